"""Try a codebook on articles: what matches nothing, what overlaps, what is missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pandas as pd

from analysis.codebook.matching import Matcher
from analysis.codebook.model import Codebook, is_acronym, key
from analysis.codebook.reading import load
from analysis.errors import nearest

CANDIDATES = 10
# capitalised words in a row, perhaps joined by "of" or "for", or an acronym: what a name looks like
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?:(?:\s+(?:of|for|de|von|van|al))*\s+[A-Z][\w’'-]+)+|\b[A-Z]{2,6}\b")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[“\"‘']\s*|\n)$")


def check(codebook: Codebook, articles: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Compare a codebook with a corpus.

    Parameters
    ----------
    codebook : Codebook
        What is checked.
    articles : pandas.DataFrame
        ``article_id`` and ``body``.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``entries that match nothing``: section, entry, form. ``entries partly used``: actors and labels with the
        forms that never occur. In both ``of`` names the codebook an entry stands in, your own first, where one
        extends another. ``overlaps``: forms of two labels that match the same words, and which wins.
        ``unused sides and classes``. ``frequent names not in the codebook``: the ten most frequent, with counts.

    Examples
    --------
    >>> from analysis.codebook import load
    >>> articles = pd.DataFrame({"article_id": ["a"], "body": ["Mara Quill spoke of war. Mara Quill left."]})
    >>> check(load("ukraine-war"), articles)["frequent names not in the codebook"]
      name        n  n_articles
    0 Mara Quill  2           1
    """
    bodies = [str(body) for body in articles["body"]]
    found = _used(codebook, bodies)
    nothing, partly = _unmatched(codebook, found)
    if codebook.extends:
        # what the analyst wrote is theirs to mend; what it extends is general on purpose
        base = set(_entries(load(codebook.extends)))
        inherited = {(section, entry) for section, entry, _ in base} - {
            (section, entry)
            for section, entry, form in _entries(codebook)
            if (section, entry, form) not in base
        }
        nothing, partly = (
            table.assign(
                of=[
                    codebook.extends if pair in inherited else codebook.name
                    for pair in zip(table["section"], table["entry"], strict=True)
                ]
            ).sort_values("of", key=lambda names: names != codebook.name, kind="stable", ignore_index=True)
            for table in (nothing, partly)
        )
    return {
        "entries that match nothing": nothing,
        "entries partly used": partly,
        "overlaps": _overlaps(codebook),
        "unused sides and classes": _unused(codebook),
        "frequent names not in the codebook": _candidates(codebook, bodies),
    }


def _entries(codebook: Codebook) -> Iterator[tuple[str, str, str]]:
    """Every form of the codebook: section, entry, form."""
    for actor in codebook.actors:
        for name in (actor.name, *actor.aliases):
            yield "actors", actor.name, name
    for concept in codebook.concepts:
        for label in concept.labels:
            for form in label.forms:
                yield "concepts", f"{concept.name}: {label.name}", form
    for frame in codebook.frames:
        for form in frame.forms:
            yield "frames", frame.name, form


def _used(codebook: Codebook, bodies: list[str]) -> set[tuple[str, str, str]]:
    """Give the entries whose form occurs, whichever form wins where several do."""
    patterns = [
        (form.lower(), f"{number}", (section, entry, form))
        for number, (section, entry, form) in enumerate(_entries(codebook))
    ]
    matcher = Matcher(patterns)
    used: set[tuple[str, str, str]] = set()
    for body in bodies:
        for match in matcher.find(body):
            value = match.value
            assert isinstance(value, tuple)
            if not is_acronym(value[2]) or body[match.start : match.end] == value[2]:
                used.add(value)
    return used


def _unmatched(codebook: Codebook, used: set[tuple[str, str, str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    forms: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for section, entry, form in _entries(codebook):
        forms.setdefault((section, entry), []).append((form, (section, entry, form) in used))
    nothing, partly = [], []
    for (section, entry), tried in forms.items():
        idle = [form for form, hit in tried if not hit]
        if len(idle) == len(tried):
            nothing.append((section, entry, len(tried)))
        elif idle:
            partly.append((section, entry, len(idle), ", ".join(idle[:6])))
    return (
        pd.DataFrame(nothing, columns=["section", "entry", "forms"]),
        pd.DataFrame(partly, columns=["section", "entry", "idle", "forms"]),
    )


def _overlaps(codebook: Codebook) -> pd.DataFrame:
    """List the forms of one label that a starred form of another label of the same concept matches as well."""
    rows: list[tuple[str, ...]] = []
    for concept in codebook.concepts:
        forms = [(form, label.name) for label in concept.labels for form in label.forms]
        for starred, owner in forms:
            if not starred.endswith("*"):
                continue
            rows.extend(
                (concept.name, starred, owner, form, other, other)
                for form, other in forms
                if other != owner and form.startswith(starred[:-1])
            )
    return pd.DataFrame(rows, columns=["concept", "form", "label", "also matches", "of label", "counted as"])


def _unused(codebook: Codebook) -> pd.DataFrame:
    sides = {actor.side for actor in codebook.actors}
    classes = {actor.source_class for actor in codebook.actors} | set(codebook.source_classes)
    rows = [("side", side, "no actor takes it") for side in codebook.sides if side not in sides]
    rows += [
        ("reporting", name, "no verbs")
        for name in ("neutral", "endorsing", "distancing", "combative")
        if not codebook.reporting.get(name)
    ]
    rows += [("source class", "civilian", "no role nouns")] if "civilian" not in classes else []
    known = load("general").lists
    rows += [
        ("lists", name, f"no measure reads a list of this name{nearest(name, known)}")
        for name in codebook.lists
        if name not in known
    ]
    return pd.DataFrame(rows, columns=["section", "entry", "reason"])


def _candidates(codebook: Codebook, bodies: list[str]) -> pd.DataFrame:
    known = {key(name) for actor in codebook.actors for name in (actor.name, *actor.aliases)}
    times: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    for body in bodies:
        here: Counter[str] = Counter()
        for match in _NAME.finditer(body):
            name = match.group().split("’")[0].split("'s")[0].removeprefix("The ")
            opening = _SENTENCE_START.search(body[: match.start()][-4:]) and " " not in name
            if not opening and key(name) not in known and codebook.actor_of(name) is None:
                here[" ".join(name.split())] += 1
        times.update(here)
        articles.update(here.keys())
    ranked = sorted(times, key=lambda name: (-times[name], name))[:CANDIDATES]
    rows = [(name, times[name], articles[name]) for name in ranked]
    return pd.DataFrame(rows, columns=["name", "n", "n_articles"])
