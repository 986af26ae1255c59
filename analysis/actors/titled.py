"""Tell by a title which bearer of a surname an article means: "Mrs Lund", "President Lund", "Senator Lund"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from analysis.actors.lexicons import mapping
from analysis.actors.names import name_words, split_title
from analysis.actors.people import CANDIDATES, Decision

_SEX = {"mr": "he", "sir": "he", "lord": "he", "king": "he", "prince": "he"} | dict.fromkeys(
    ("mrs", "ms", "miss", "madam", "lady", "dame", "queen", "princess", "first lady"), "she"
)
_LONG = {"sen": "senator", "gov": "governor", "rep": "representative", "gen": "general", "col": "colonel"} | {
    "prof": "professor",
    "dr": "doctor",
    "congressman": "representative",
    "congresswoman": "representative",
}


def tell(
    rows: Iterable[Mapping[str, Any]], decided: Mapping[tuple[str, str], Decision]
) -> dict[tuple[str, str], Decision]:
    """Decide, article by article, on surnames that several people of the corpus bear.

    Parameters
    ----------
    rows : iterable of mapping
        Names by article: ``article_id, kind, actor, roles`` (a list of what stands beside the name).
    decided : mapping
        (kind, name) to what was decided for the corpus.

    Returns
    -------
    dict
        (article, name) to `Decision`, where a title fits one of the candidates only.
    """
    people = [row for row in rows if row["kind"] == "person" and row["actor"]]
    bears: dict[str, Counter[str]] = defaultdict(Counter)
    for row in people:
        decision = decided["person", row["actor"]]
        if decision.merged and len(name_words(decision.actor)) > 1:
            bears[decision.actor].update(set(_titles(row["roles"])))
    asked: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in people:
        decision = decided["person", row["actor"]]
        if decision.rule == CANDIDATES and len(name_words(row["actor"])) == 1:
            asked[row["article_id"], row["actor"]].update(_titles(row["roles"]))
    out = {}
    for (article, name), titles in sorted(asked.items()):
        fitting = _fitting(titles, decided["person", name].evidence.split(" / "), bears)
        if len(fitting) == 1:
            told = ", ".join(sorted(titles))
            out[article, name] = Decision(
                fitting[0], "title and surname", f"{told}: of those of this name only {fitting[0]}", 0.75
            )
    return out


def _titles(roles: Iterable[str]) -> list[str]:
    """Return the titles that open roles, in full and in small letters."""
    known = mapping("titles", "title", "kind")
    out = []
    for role in roles:
        title = split_title(role)[0].lower().replace(".", "")
        title = title if title in known else title.split(" ")[-1]
        if title in known:
            out.append(_LONG.get(title, title))
    return out


def _fitting(titles: Iterable[str], candidates: list[str], bears: Mapping[str, Counter[str]]) -> list[str]:
    """Return the candidates whom the titles fit: of their sex, and known by the office where anybody is."""
    sexes = {_SEX[title] for title in titles if title in _SEX}
    offices = {title for title in titles if title not in _SEX}
    if len(sexes) > 1 or not (sexes or offices):
        return candidates
    for sex in sexes:
        against = {title for title, other in _SEX.items() if other != sex}
        own = [name for name in candidates if any(_SEX.get(title) == sex for title in bears[name])]
        rest = [name for name in candidates if not against & set(bears[name])]
        # "Mr" is hers only who is nowhere called so, if somebody else is
        candidates = own if len(own) == 1 else rest
    for office in sorted(offices):
        holders = [name for name in candidates if bears[name][office]]
        candidates = holders or candidates
    return candidates
