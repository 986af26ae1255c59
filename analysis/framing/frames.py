"""Frames as evidence: which words of which scheme stand where, by item, never as one verdict.

Schemes: the Policy Frames Codebook (Boydstun et al., 2014), the five generic frames by item (Semetko & Valkenburg,
2000), pairs of war and peace journalism (Galtung; Lee & Maslog, 2005). The words are the codebook's.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.codebook import Codebook
from analysis.codebook.matching import Matcher
from analysis.framing.groups import in_voice, with_voice
from analysis.framing.quality import trusted
from analysis.text.estimates import MINIMUM_ARTICLES, SEED, shares

ENOUGH_EVIDENCE = (
    10  # evidence sentences below which a war/peace pair is left blank (notes on the method, WPJ)
)
# items that layers know better than words do: who speaks, and what can be seen of harm
_SPEAKERS = {
    "government": "war: elites speak",
    "military": "war: elites speak",
    "international": "war: elites speak",
    "civilian": "peace: people speak",
}
_VISIBLE = "war: visible effects"
# war and peace journalism: which item stands against which
PAIRS = (
    ("war: fighting here and now", "peace: causes and consequences"),
    ("war: visible effects", "peace: invisible effects"),
    ("war: elites speak", "peace: people speak"),
    ("war: differences", "peace: agreement"),
    ("war: zero-sum", "peace: win-win"),
)


@lru_cache(maxsize=8)
def _matcher(codebook: Codebook) -> Matcher[tuple[str, str]]:
    patterns = [
        (form, frame.name, (frame.name, frame.family)) for frame in codebook.frames for form in frame.forms
    ]
    return Matcher(patterns, blocks=codebook.lists.get("other_senses", ()))


def frame_evidence(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    statements: pd.DataFrame,
    *,
    codebook: Codebook,
    harms: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Find the words that are evidence for a frame or an item of one.

    Parameters
    ----------
    articles : pandas.DataFrame
        ``article_id`` and ``body``.
    sentences, statements : pandas.DataFrame
        Layers: a sentence counts once for an item, and speech is kept apart from the outlet's voice.
    codebook : Codebook
        Its ``frames``, and its list ``visible_effects``.
    harms : pandas.DataFrame, optional
        The harms layer: its events are the evidence for visible effects of war.

    Returns
    -------
    pandas.DataFrame
        One row an item and sentence, at its first word: ``article_id, start, end, surface, frame, family, form,
        sentence, voice``.

    Notes
    -----
    Policy frames (Boydstun et al., 2014); generic frames (Semetko & Valkenburg, 2000); war and peace journalism
    (Lee & Maslog, 2005). Words are ours, see docs/codebook.md for their measured precision.
    """
    matcher = _matcher(codebook)
    rows = []
    for article, body in zip(articles["article_id"], articles["body"], strict=True):
        for match in matcher.find(str(body)):
            assert isinstance(match.value, tuple)
            rows.append(
                (article, match.start, match.end, body[match.start : match.end], *match.value, match.form)
            )
    columns = ["article_id", "start", "end", "surface", "frame", "family", "form"]
    parts = [pd.DataFrame(rows, columns=columns), _speakers(articles, statements)]
    if harms is not None:
        visible = harms.loc[harms["event"].isin(codebook.lists.get("visible_effects", ()))]
        parts.append(visible.assign(frame=_VISIBLE, family="war/peace", form=visible["event"])[columns])
    every = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    found = with_sentence(every, sentences)
    found = found.sort_values(["article_id", "start", "end", "frame"]).drop_duplicates(
        ["article_id", "sentence", "frame"], ignore_index=True
    )
    return with_voice(found, articles, statements)


def _speakers(articles: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """Give the sources of statements as evidence for who speaks in a conflict."""
    bodies = dict(zip(articles["article_id"], articles["body"], strict=True))
    if "source_start" not in statements:
        return pd.DataFrame()
    rows = statements.loc[statements["source_class"].isin(_SPEAKERS) & statements["source_start"].notna()]
    rows = rows.loc[rows["article_id"].isin(bodies)]
    start, end = rows["source_start"].astype(int), rows["source_end"].astype(int)
    surfaces = [bodies[key][low:high] for key, low, high in zip(rows["article_id"], start, end, strict=True)]
    return pd.DataFrame(
        {
            "article_id": rows["article_id"],
            "start": start,
            "end": end,
            "surface": surfaces,
            "frame": rows["source_class"].map(_SPEAKERS),
            "family": "war/peace",
            "form": rows["source_class"],
        }
    )


def conflict_stories(articles: pd.DataFrame, *, codebook: Codebook) -> pd.DataFrame:
    """Keep the articles that tell of a conflict: only for them were the pairs of war and peace journalism made.

    Parameters
    ----------
    articles : pandas.DataFrame
        ``article_id`` and ``body``.
    codebook : Codebook
        Its list ``conflict``: an article needs two different words of it.

    Returns
    -------
    pandas.DataFrame
        The rows of `articles` that tell of a conflict.

    Notes
    -----
    Our definition.

    Examples
    --------
    >>> from analysis.codebook import load
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "body": ["Troops broke the truce.", "Shares fell."]})
    >>> conflict_stories(articles, codebook=load("general"))["article_id"].tolist()
    ['a']
    """
    matcher: Matcher[str] = Matcher(
        ((form, "conflict", form) for form in codebook.lists.get("conflict", ())), blocks=codebook.units
    )
    told = [len({match.value for match in matcher.find(str(body))}) > 1 for body in articles["body"]]
    return articles.loc[told]


def with_sentence(rows: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Give each span the number of the sentence that it begins in."""
    numbers = pd.Series(0, index=rows.index, dtype="int64")
    starts = {key: np.sort(part["start"].to_numpy()) for key, part in sentences.groupby("article_id")}
    for article, part in rows.groupby("article_id"):
        if article in starts:
            at = np.searchsorted(starts[article], part["start"].to_numpy(), side="right") - 1
            numbers.loc[part.index] = np.maximum(at, 0)
    return rows.assign(sentence=numbers)


def frame_shares(
    evidence: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    family: str,
    voice: str = "own",
    by: str = "outlet",
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Estimate in how many articles each item of a scheme has at least one evidence sentence.

    Parameters
    ----------
    evidence : pandas.DataFrame
        From `frame_evidence`.
    articles : pandas.DataFrame
        One row an article.
    family : {"policy", "generic", "war/peace"}
        The scheme.
    voice : {"own", "quoted", "reported", "all"}, optional
        Whose words count; the outlet's own by default.
    by, seed, minimum
        As in `analysis.text.estimates.shares`.

    Returns
    -------
    pandas.DataFrame
        Estimates in articles. An article counts once however often a word stands in it, so that one article cannot
        carry a frame.

    Notes
    -----
    An item is present when one evidence sentence exists (Semetko & Valkenburg, 2000).

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Hill Post", "Quay Star"]})
    >>> evidence = pd.DataFrame({"article_id": ["a", "a"], "family": "generic", "frame": "conflict", "voice": "own"})
    >>> frame_shares(evidence, articles, family="generic")[["group", "item", "k", "n"]]
           group      item  k  n
    0  Hill Post  conflict  1  1
    1  Quay Star  conflict  0  1
    """
    rows = in_voice(evidence.loc[evidence["family"] == family], voice)
    return shares(rows, articles, item="frame", by=by, unit="articles", seed=seed, minimum=minimum)


def frame_words(evidence: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Show which words carry each item, and whether one article or one word carries it alone.

    Parameters
    ----------
    evidence : pandas.DataFrame
        From `frame_evidence`.
    articles : pandas.DataFrame
        The articles, for the size of the corpus.

    Returns
    -------
    pandas.DataFrame
        ``frame, form, n, n_articles, dispersion, share`` — dispersion is the share of the corpus's articles that
        hold the word, divided by what it would be were its uses spread evenly; ``share`` is the word's part of the
        item's evidence, each use weighted by that dispersion.

    Notes
    -----
    Our definition, after the advice to weight by dispersion (Egbert & Biber, 2019).
    """
    if evidence.empty:
        return pd.DataFrame(columns=["frame", "form", "n", "n_articles", "dispersion", "share"])
    counted = (
        evidence.groupby(["frame", "form"])["article_id"].agg(n="size", n_articles="nunique").reset_index()
    )
    counted["dispersion"] = counted["n_articles"] / np.minimum(counted["n"], max(len(articles), 1))
    weight = counted["n"] * counted["dispersion"]
    counted["share"] = weight / weight.groupby(counted["frame"]).transform("sum")
    return counted.sort_values(["frame", "share", "form"], ascending=[True, False, True], ignore_index=True)


def war_peace(
    evidence: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    voice: str = "own",
    by: str = "outlet",
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Estimate for each pair of war and peace journalism which pole the evidence leans to.

    Parameters
    ----------
    evidence, articles, voice, by, seed, minimum
        As in `frame_shares`.

    Returns
    -------
    pandas.DataFrame
        ``group, item`` (the pair), ``k`` (evidence of the war pole), ``n`` (of both), ``share``, ``index``
        ((war − peace) / (war + peace), −1 to 1), ``low``, ``high`` (of the share), ``enough``. Index and limits are
        missing below ten evidence sentences. Pairs with a pole that is not precise enough (`trusted`) are left out.

    Notes
    -----
    Pairs of Lee & Maslog (2005) and Galtung. The model is normative and disputed (Kelling & Horvit, 2017): the
    pairs are shown one by one and never added up.
    """
    if not len(articles):  # of no conflict
        return pd.DataFrame(
            columns=["group", "item", "k", "n", "share", "index", "low", "high", "enough", "n_articles"]
        )
    parts = []
    rows = in_voice(evidence.loc[evidence["family"] == "war/peace"], voice)
    for war, peace in PAIRS:
        if not {war, peace} <= set(trusted()):
            continue
        chosen = rows.loc[rows["frame"].isin([war, peace])]
        poles = chosen.assign(pole=chosen["frame"].map({war: "war", peace: "peace"}))
        table = shares(poles, articles, item="pole", by=by, seed=seed, minimum=minimum)
        pair = f"{war.removeprefix('war: ')} / {peace.removeprefix('peace: ')}"
        table = table.loc[table["item"] == "war"].assign(item=pair)
        if table.empty and len(chosen):
            continue
        parts.append(table)
    if not parts:
        return shares(rows.head(0), articles, item="frame", by=by).assign(index=pd.Series(dtype=float))
    result = pd.concat(parts, ignore_index=True)
    few = result["n"] < ENOUGH_EVIDENCE
    for column in ("low", "high"):
        result[column] = result[column].mask(few)
    result.insert(5, "index", (2 * result["share"] - 1).mask(few))
    return result.assign(enough=result["enough"] & ~few)
