"""Which outlets differ in what: all indicators of a report in one table, corrected for all its comparisons together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from analysis.actors import reported
from analysis.codebook import Codebook
from analysis.framing.beside import evaluative_words
from analysis.framing.episodes import episodes
from analysis.framing.frames import frame_evidence
from analysis.framing.groups import in_voice
from analysis.framing.people import victims
from analysis.framing.quality import trusted
from analysis.framing.responsibility import KINDS, responsibility
from analysis.framing.voice import claims_of_fact, doer_hidden
from analysis.text.estimates import MINIMUM_ARTICLES, RESAMPLES, SEED, differences
from analysis.text.intervals import CONFIDENCE, benjamini_hochberg

LAYERS = ("sentences", "mentions", "statements", "labels", "harms", "quantities")
RARE = 5  # uses in the whole corpus below which nothing could be said of an item, so that it is not asked


class Indicator(NamedTuple):
    """What one indicator counts: rows, the column whose values are compared, and in what they are counted."""

    name: str
    rows: pd.DataFrame
    item: str
    unit: str = "rows"


def indicators(
    articles: pd.DataFrame, layers: Mapping[str, pd.DataFrame], *, codebook: Codebook
) -> list[Indicator]:
    """Gather what a report on framing counts, indicator by indicator.

    Parameters
    ----------
    articles : pandas.DataFrame
        One row an article, with ``body``.
    layers : mapping of str to pandas.DataFrame
        The layers named in `LAYERS`; "harms" may be empty where the corpus was read without a model.
    codebook : Codebook
        Whose concepts, frames and lists are counted.

    Returns
    -------
    list of Indicator
        Labels by concept, whose words labels are, voices of harm, hidden doers, claims of fact, how those harmed are
        told, classes of sources and of reporting verbs, trusted items of frames, sides of responsibility, praise and
        blame beside names, episodes. Each stands for the outlet's own voice where that is asked.
    """
    return list(_indicators(articles, layers, codebook))


def _indicators(
    articles: pd.DataFrame, layers: Mapping[str, pd.DataFrame], codebook: Codebook
) -> Iterator[Indicator]:
    sentences, mentions, statements, labels, harms, quantities = (layers[name] for name in LAYERS)
    own = in_voice(labels, "own")
    for concept in sorted(own["concept"].dropna().unique()):
        yield Indicator(f"words for {concept}", own.loc[own["concept"] == concept], "label")
    yield Indicator("whose words labels are", labels, "voice")
    marked = own.assign(marked=own["scare"].astype(bool).map({True: "in scare quotes", False: ""}))
    yield Indicator("labels in scare quotes", marked, "marked")
    told = harms.loc[~harms["quoted"].astype(bool)]
    yield Indicator("voices of harm", told, "voice")
    hidden = doer_hidden(told)
    yield Indicator("harm without its doer", hidden.assign(doer=hidden["doer"].replace("told", "")), "doer")
    yield Indicator("claims of fact", claims_of_fact(harms, quantities), "told")
    harmed = victims(harms, mentions, statements)
    yield Indicator("how those harmed are told", harmed.loc[harmed["told"] != "thing"], "told")
    passed_on = reported(statements)  # each once
    yield Indicator("sources", passed_on, "source_class")
    cued = passed_on.loc[passed_on["cue_class"].fillna("") != ""]
    for side, part in cued.groupby(cued["side"].fillna("")):
        if side:
            yield Indicator(f"reporting verbs, {codebook.sides.get(str(side), str(side))}", part, "cue_class")
    evidence = frame_evidence(articles, sentences, statements, codebook=codebook, harms=harms)
    shown = evidence.loc[evidence["frame"].isin(trusted()) & (evidence["voice"] == "own")]
    for family, part in shown.loc[shown["family"] != "war/peace"].groupby("family"):
        yield Indicator(f"{family} frames", part, "frame", "articles")
    blame = responsibility(articles, sentences, mentions, statements, codebook=codebook)
    for kind in KINDS:
        part = blame.loc[blame["kind"] == kind]
        yield Indicator(f"responsibility: {kind}", part.assign(side=part["side"].map(codebook.sides)), "side")
    words = evaluative_words(mentions, articles, codebook=codebook)
    yield Indicator("praise and blame", words.loc[~words["quoted"].astype(bool)], "leaning", "words")
    yield Indicator("episodes", episodes(articles, sentences, codebook=codebook), "kind")


def verdicts(
    counted: Sequence[Indicator],
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    groups: Sequence[tuple[str, str]] | None = None,
    resamples: int = RESAMPLES,
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
    most: int = 8,
) -> pd.DataFrame:
    """Compare every two outlets in every item of every indicator, and say which differences stand.

    Parameters
    ----------
    counted : sequence of Indicator
        From `indicators`.
    articles : pandas.DataFrame
        One row an article, with the `by` column.
    by, groups, resamples, seed, minimum
        As in `analysis.text.estimates.differences`. Only groups with `minimum` articles are compared.
    most : int, optional
        How many groups are compared, those with most articles: eight make 28 pairs, twenty would make 190.

    Returns
    -------
    pandas.DataFrame
        ``indicator`` and the columns of `analysis.text.estimates.differences`. ``q`` is corrected over the whole
        table (Benjamini & Hochberg, 1995), so that a report that asks two hundred questions does not answer ten of
        them by chance; ``clear`` says that the difference stands. Items with fewer than five uses are not asked.

    Notes
    -----
    Our definition. On the teaching corpus dealt at random to two outlets, one verdict in a hundred says "differs"
    (``tests/test_planted.py``).
    """
    sizes = articles[by].value_counts()
    large = sorted(sizes.index[sizes >= minimum], key=lambda name: (-sizes[name], str(name)))[:most]
    enough = articles.loc[articles[by].isin(large)]
    parts = []
    if len(set(enough[by])) > 1:
        for name, rows, item, unit in counted:
            here = rows.loc[rows["article_id"].isin(enough["article_id"])]
            uses = here[item].fillna("").value_counts()
            items = sorted(str(value) for value in uses.index[(uses >= RARE) & (uses.index != "")])
            if items:
                table = differences(
                    here,
                    enough,
                    item=item,
                    by=by,
                    unit=unit,
                    groups=groups,
                    items=items,
                    resamples=resamples,
                    seed=seed,
                    minimum=minimum,
                )
                parts.append(table.assign(indicator=name))
    if not parts:
        return pd.DataFrame(
            columns=["indicator", "group", "against", "item", "difference", "q", "enough", "clear"]
        )
    every = pd.concat(parts, ignore_index=True)
    every["q"] = benjamini_hochberg(every["p"].to_numpy())
    every["clear"] = every["clear"] & (every["q"] < 1 - CONFIDENCE)
    return every[["indicator", *(column for column in every.columns if column != "indicator")]]


def standing(table: pd.DataFrame, *, most: int = 4) -> str:
    """Say how many differences stand over all indicators, and name the widest.

    Parameters
    ----------
    table : pandas.DataFrame
        From `verdicts`.
    most : int, optional
        How many to name.

    Examples
    --------
    >>> standing(pd.DataFrame(columns=["clear"]))
    'No two outlets have enough articles to be compared'
    """
    if table.empty:
        return "No two outlets have enough articles to be compared"
    clear = table.loc[table["clear"].astype(bool)]
    if clear.empty:
        return f"None of {len(table):,} comparisons between outlets shows a difference that stands"
    widest = clear.reindex(clear["difference"].abs().sort_values(ascending=False, kind="stable").index)
    named = [f"{row.item} ({row.indicator})" for row in widest.itertuples()]
    shown = list(dict.fromkeys(named))[:most]
    stand = "stands" if len(clear) == 1 else "stand"
    return f"{len(clear)} of {len(table)} differences between outlets {stand}; the widest: {', '.join(shown)}"


def side_by_side(table: pd.DataFrame) -> pd.DataFrame:
    """Write the differences that stand as a table to be read, the widest first within each indicator.

    Parameters
    ----------
    table : pandas.DataFrame
        From `verdicts`.

    Returns
    -------
    pandas.DataFrame
        ``indicator, item, outlet, there, against, elsewhere``: *k* of *n* in words.

    Examples
    --------
    >>> rows = {"indicator": ["sources"], "item": ["civilian"], "group": ["A"], "against": ["B"], "k": [9.0], "n": [20],
    ...         "k_against": [1.0], "n_against": [20], "difference": [0.4], "clear": [True]}
    >>> side_by_side(pd.DataFrame(rows)).iloc[0].tolist()
    ['sources', 'civilian', 'A', '9 of 20', 'B', '1 of 20']
    """
    clear = table.loc[table["clear"].astype(bool)] if len(table) else table.reindex(columns=["difference"])
    order = clear["difference"].abs().sort_values(ascending=False, kind="stable").index
    clear = clear.reindex(order).sort_values("indicator", kind="stable") if len(clear) else clear
    rows = [
        (
            row.indicator,
            row.item,
            row.group,
            f"{row.k:.0f} of {row.n:,}",
            row.against,
            f"{row.k_against:.0f} of {row.n_against:,}",
        )
        for row in clear.itertuples()
    ]
    return pd.DataFrame(rows, columns=["indicator", "item", "outlet", "there", "against", "elsewhere"])
