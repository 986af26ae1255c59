"""The ledger of names: which spelling was counted for which actor, by which rule, and what was not merged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl

from analysis.actors.mentions import governments
from analysis.actors.names import bare, name_words, namesakes, sound, surname
from analysis.actors.organisations import government_of, key_of, merge_groups, merge_organisations
from analysis.actors.people import Decision, merge_people
from analysis.actors.titled import tell
from analysis.errors import CodebookError, nearest
from analysis.schemas import conform

if TYPE_CHECKING:
    from analysis.codebook import Codebook

NAMES = {"article_id": pl.String(), "local": pl.String(), "actor": pl.String()}
_FIELDS = ("surface", "actor", "article", "note")
# rules of mentions that are no names: they follow the actor they were resolved to
NOT_NAMES = ("pronoun", "role:")


def merge(
    mentions: pl.DataFrame,
    articles: pl.DataFrame | pd.DataFrame,
    *,
    codebook: Codebook,
    overrides: pl.DataFrame | pd.DataFrame | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Merge the actors of single articles into the actors of the corpus.

    Parameters
    ----------
    mentions : polars.DataFrame
        Layer ``mentions``, actors named article by article; without ``role`` no title tells who is meant.
    articles : DataFrame
        The articles; their ``path`` and ``article_id`` are what an override may name.
    codebook : Codebook
        Its names win over all rules but the overrides.
    overrides : DataFrame, optional
        Rows of ``aliases.csv``: ``surface, actor`` and optionally ``article``; see `read_overrides`.

    Returns
    -------
    names : polars.DataFrame
        ``article_id, local, actor``: what to call each article's actor.
    aliases : polars.DataFrame
        The ledger (see `analysis.schemas`), one row a surface form, actor and rule; refusals have ``merged`` false.

    Raises
    ------
    CodebookError
        When an override lacks a surface or an actor, or names an article that is not there.
    """
    if "role" not in mentions.columns:
        mentions = mentions.with_columns(role=pl.lit(""))
    counted = (
        mentions.group_by("article_id", "actor", "kind", "surface")
        .agg(pl.len().alias("n"), pl.col("rule").sort().first(), _roles().alias("roles"))
        .sort("article_id", "kind", "actor", "surface")
    )
    rows = counted.rows(named=True)
    wished = _override_rows(overrides, articles)
    ruled = _overruled(rows, wished)
    decided = _decisions(rows, codebook)
    by_title = tell(rows, decided)
    names: dict[tuple[str, str], str] = {}
    ledger: list[dict[str, Any]] = []
    for row in rows:
        place = (row["article_id"], row["actor"])
        told = by_title.get(place) if row["kind"] == "person" else None
        decision = ruled.get(place) or told or decided[row["kind"], row["actor"]]
        names[row["article_id"], row["actor"]] = decision.actor
        ledger.append(_ledger_row(row, decision))
    ledger.extend(_unmet(rows, wished))
    frame = pl.DataFrame(
        [(a, local, actor) for (a, local), actor in sorted(names.items())], schema=NAMES, orient="row"
    )
    return frame, _ledger(ledger)


def _roles() -> pl.Expr:
    """Collect the titles and roles that stand beside a name."""
    return pl.col("role").fill_null("").unique().sort()


def only_names(mentions: pl.DataFrame) -> pl.DataFrame:
    """Leave out mentions that name nobody: pronouns, roles that stand for a person, groups without a name.

    Parameters
    ----------
    mentions : polars.DataFrame
        Layer ``mentions``.

    Returns
    -------
    polars.DataFrame
        The rows with a name.
    """
    rule = pl.col("rule").fill_null("")
    nobody = pl.any_horizontal(*(rule.str.starts_with(start) for start in (*NOT_NAMES, "group noun")))
    return mentions.filter(~nobody)


def _decisions(rows: Iterable[Mapping[str, Any]], codebook: Codebook) -> dict[tuple[str, str], Decision]:
    """Decide once for every name of the corpus, kind by kind."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    expansions: dict[str, Counter[str]] = defaultdict(Counter)
    beside: dict[tuple[str, str], set[str]] = defaultdict(set)
    known = {actor.name for actor in codebook.actors}
    for row in rows:
        counts[row["kind"]][row["actor"]] += row["n"]
        if row["kind"] == "organisation":
            beside["organisation", row["article_id"]].add(row["actor"])
            short = bare(row["surface"])
            if short != row["actor"]:
                expansions[short][row["actor"]] += row["n"]
        elif row["kind"] == "person":
            beside[surname(row["actor"]), row["article_id"]].add(row["actor"])
    together: dict[str, set[str]] = defaultdict(set)
    for (kind, _), local in beside.items():
        for name in local if len(local) > 1 else ():
            together[name] |= {n for n in local - {name} if kind == "organisation" or namesakes(n, name)}
    out: dict[tuple[str, str], Decision] = {}
    persons = [actor.name for actor in codebook.actors if actor.kind == "person"]
    for kind, names in counts.items():
        free = {name: n for name, n in names.items() if name not in known}
        if kind == "person":
            found = merge_people(
                {**free, **{n: c for n, c in names.items() if n in known}}, persons, together
            )
        elif kind == "organisation":
            found = merge_organisations(free, expansions, together)
        else:
            found = merge_groups(free) | _governments(free, codebook)
        for name in names:
            out[kind, name] = Decision(name, "codebook") if name in known else found[name]
    return out


def _governments(names: Iterable[str], codebook: Codebook) -> dict[str, Decision]:
    """Name a government spelt out ("the Syrian government") as one that is named by its country or capital."""
    called = governments(codebook)
    countries = {name: government_of(name) for name in names}
    return {
        name: Decision(called[country], "government of a country", f"{name}: {called[country]}")
        for name, country in countries.items()
        if country in called
    }


def _ledger_row(row: Mapping[str, Any], decision: Decision) -> dict[str, Any]:
    surface, local = bare(row["surface"]), row["actor"]
    resolved = str(row["rule"]).startswith((*NOT_NAMES, "group noun"))
    first = str(row["rule"]) if resolved else _within(surface, local, row["kind"], str(row["rule"]))
    if resolved:
        rule = first
    elif decision.rule == "codebook" or decision.actor == local:
        told = decision.rule in {"codebook", "aliases.csv"} or not decision.merged
        rule = decision.rule if told else first or decision.rule
    else:
        rule = f"{first}, then {decision.rule}" if first else decision.rule
    return {
        "surface": row["surface"],
        "kind": row["kind"],
        "actor": decision.actor,
        "rule": rule,
        "evidence": decision.evidence
        or (f"{local} in the same article" if first and surface != local else ""),
        "confidence": decision.confidence * (0.95 if first and surface != local else 1.0),
        "merged": decision.merged,
        "n": row["n"],
        "article_id": row["article_id"],
    }


def _within(surface: str, local: str, kind: str, rule: str) -> str:
    """Say how a surface form belongs to the article's fullest name; empty where it is that name."""
    if surface == local:
        return ""
    if kind == "person":
        words, full = name_words(surface), name_words(local)
        if words == full or [sound(w) for w in words] == [sound(w) for w in full]:
            return "same name"
        if len(words) == 1 and surname(surface) == surname(local):
            return "surname in article"
        return "given name in article" if len(words) == 1 else "shorter name in article"
    if kind == "organisation":
        if surface.isupper():
            return "acronym in article"
        return "same words" if key_of(surface) == key_of(local) else "short form in article"
    return rule if kind == "government" else ""


def _ledger(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Sum the ledger over articles; a refusal stays with its article where it holds for one only."""
    if not rows:
        return conform([], "aliases")
    frame = (
        pl.DataFrame(rows)
        .group_by("surface", "kind", "actor", "rule", "evidence", "merged")
        .agg(
            pl.col("confidence").min(),
            pl.col("n").sum().alias("n_mentions"),
            pl.col("article_id").n_unique().alias("n_articles"),
            pl.col("article_id").min(),
        )
        .with_columns(
            pl.when(~pl.col("merged") & (pl.col("n_articles") == 1))
            .then(pl.col("article_id"))
            .otherwise(pl.lit(""))
            .alias("article_id"),
            pl.col("confidence").round(3),
        )
        .sort(
            ["actor", "n_mentions", "surface", "rule", "evidence"],
            descending=[False, True, False, False, False],
        )
    )
    return conform(frame, "aliases")


def read_overrides(path: str | Path) -> pd.DataFrame:
    """Read ``aliases.csv``: the analyst's own word on names, which overrules every rule.

    Parameters
    ----------
    path : str or Path
        CSV with columns ``surface, actor`` and optionally ``article`` (an article id or path; empty for all).

    Returns
    -------
    pandas.DataFrame
        ``surface, actor, article``, without blank lines.

    Raises
    ------
    CodebookError
        When a column or a field is missing, a column is unknown, two rows contradict each other, or a row names an
        actor that another row renames; the message names the file and the field.
    """
    path = Path(path)
    try:
        frame = pd.read_csv(
            path, dtype=str, keep_default_na=False, comment="#", skip_blank_lines=True, encoding="utf-8-sig"
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise CodebookError(
            f"{path.name} cannot be read: {error}; put names with a comma in quotation marks, and save it as CSV in UTF-8"
        ) from error
    frame.columns = [str(name).strip().lower() for name in frame.columns]
    for column in ("surface", "actor"):
        if column not in frame.columns:
            raise CodebookError(
                f"{path.name}: no column {column!r}; the header must be surface,actor or surface,actor,article"
            )
        empty = frame.index[frame[column].str.strip() == ""]
        if len(empty):
            raise CodebookError(
                f"{path.name}, row {int(empty[0]) + 1}: {column} is empty; fill it in or take the row out"
            )
    for column in frame.columns:
        if column not in _FIELDS:
            raise CodebookError(f"{path.name}: unknown column {column!r}{nearest(column, _FIELDS)}")
    if "article" not in frame.columns:
        frame = frame.assign(article="")
    found = pd.DataFrame({column: frame[column].str.strip() for column in ("surface", "actor", "article")})
    _consistent(path.name, list(found.itertuples(index=False, name=None)))
    return found


def _consistent(file: str, rows: list[tuple[str, str, str]]) -> None:
    """Refuse rows of which one takes back what another says."""
    said: dict[tuple[str, str], str] = {}
    for surface, actor, where in rows:
        key = (bare(surface).casefold(), where)
        if said.setdefault(key, actor) != actor:
            raise CodebookError(
                f"{file}: {surface!r} is both {said[key]!r} and {actor!r}; keep one row, or say in the column article "
                "where each holds"
            )
    for surface, actor, where in rows:
        then = said.get((bare(actor).casefold(), where), actor)
        if then != actor:
            raise CodebookError(
                f"{file}: {surface!r} is counted for {actor!r}, which another row counts for {then!r}; write {then!r} "
                "in both rows, or take one of them out"
            )


def _override_rows(
    overrides: pl.DataFrame | pd.DataFrame | None, articles: pl.DataFrame | pd.DataFrame
) -> list[tuple[str, str, str]]:
    """Return overrides as (surface key, actor, article id or "")."""
    if overrides is None or not len(overrides):
        return []
    frame = overrides if isinstance(overrides, pl.DataFrame) else pl.from_pandas(overrides)
    rows = frame.to_dicts()
    known = (
        articles
        if isinstance(articles, pl.DataFrame)
        else pl.from_pandas(articles[[c for c in ("article_id", "path") if c in articles]])
    )
    ids = {str(value): str(value) for value in known["article_id"]}
    if "path" in known.columns:
        ids.update({str(path): str(key) for key, path in known.select("article_id", "path").iter_rows()})
    out = []
    for number, row in enumerate(rows, 1):
        surface, actor = str(row.get("surface") or "").strip(), str(row.get("actor") or "").strip()
        where = str(row.get("article") or "").strip()
        if not surface or not actor:
            raise CodebookError(f"aliases.csv, row {number}: surface and actor must both be filled in")
        if where and where not in ids:
            raise CodebookError(
                f"aliases.csv, row {number}: there is no article {where!r}; use its path or article_id"
            )
        out.append((bare(surface).casefold(), actor, ids.get(where, "")))
    return out


def _unmet(rows: Iterable[Mapping[str, Any]], wished: list[tuple[str, str, str]]) -> Iterator[dict[str, Any]]:
    """Give overrides whose name stands nowhere a row of the ledger: a slip of the pen, or articles taken out."""
    forms = sorted({bare(text).casefold() for row in rows for text in (row["surface"], row["actor"])})
    known = frozenset(forms)
    for surface, actor, where in wished:
        if surface not in known:
            hint = nearest(surface, forms)
            yield {
                "surface": surface,
                "kind": "",
                "actor": actor,
                "rule": "aliases.csv: written so nowhere",
                "evidence": hint.removeprefix("; ") if "mean" in hint else "",
                "confidence": 1.0,
                "merged": False,
                "n": 0,
                "article_id": where,
            }


def _overruled(
    rows: Iterable[Mapping[str, Any]], overrides: list[tuple[str, str, str]]
) -> dict[tuple[str, str], Decision]:
    """Apply the overrides: an article's actor one of whose forms is listed goes by the listed name."""
    general = {surface: actor for surface, actor, where in overrides if not where}
    special = {(where, surface): actor for surface, actor, where in overrides if where}
    out: dict[tuple[str, str], Decision] = {}
    if not overrides:
        return out
    for row in rows:
        for form in (bare(row["surface"]).casefold(), bare(row["actor"]).casefold()):
            actor = special.get((row["article_id"], form)) or general.get(form)
            if actor:
                out[row["article_id"], row["actor"]] = Decision(
                    actor, "aliases.csv", f"{form} in aliases.csv"
                )
    return out
