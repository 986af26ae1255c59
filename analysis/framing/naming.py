"""Measures of word choice: label shares in each voice, and scare quotes."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.codebook import Codebook
from analysis.errors import MeasureError, nearest
from analysis.framing.groups import in_voice
from analysis.text.estimates import MINIMUM_ARTICLES, SEED, differences, shares


def leading_concept(labels: pd.DataFrame, codebook: Codebook, *, concept: str = "") -> str:
    """Say which concept a report begins with: the one asked for, else the first of the codebook that is in the texts.

    A codebook's own concepts stand before those of the codebook it extends.

    Parameters
    ----------
    labels : pandas.DataFrame
        The labels layer.
    codebook : Codebook
        Its concepts, in their order.
    concept : str, optional
        The one asked for, by name.

    Returns
    -------
    str
        The name of a concept of the codebook; "" where it has none.

    Raises
    ------
    MeasureError
        When the codebook has no concept of that name.

    Examples
    --------
    >>> from analysis import load_codebook
    >>> labels = pd.DataFrame({"concept": ["the ruler", "the fleeing"], "voice": ["own", "own"]})
    >>> leading_concept(labels, load_codebook("general"))
    'the ruler'
    """
    names = [known.name for known in codebook.concepts]
    if concept and concept not in names:
        raise MeasureError(
            f"concept={concept!r}: the codebook {codebook.name} has no such concept{nearest(concept, names)}"
        )
    own, used = set(labels.loc[labels["voice"] == "own", "concept"]), set(labels["concept"])
    first = (name for known in (own, used) for name in names if name in known)
    return concept or next(first, names[0] if names else "")


def label_shares(
    labels: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    concept: str,
    voice: str = "own",
    by: str = "outlet",
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Estimate the share of each label among all words chosen for one concept (LAB1).

    Parameters
    ----------
    labels : pandas.DataFrame
        The labels layer.
    articles : pandas.DataFrame
        One row an article.
    concept : str
        A concept of the codebook, such as "the fighting".
    voice : {"own", "quoted", "reported", "all"}, optional
        Whose words are counted; the outlet's own by default.
    by, seed, minimum
        As in `analysis.text.estimates.shares`.

    Returns
    -------
    pandas.DataFrame
        Estimates: *k* uses of the label among the *n* labelled uses of the concept in that voice.

    Raises
    ------
    MeasureError
        When no such concept was annotated.

    Notes
    -----
    Word choice and labelling (Hamborg, 2023); the closed list of labels is the codebook's.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Harbour Gazette", "Hill Post"]})
    >>> labels = pd.DataFrame({"article_id": ["a", "a", "b"], "concept": "the fighting",
    ...                        "label": ["war", "war", "conflict"], "voice": "own"})
    >>> label_shares(labels, articles, concept="the fighting")[["group", "item", "k", "n"]]
                 group      item  k  n
    0  Harbour Gazette       war  2  2
    1        Hill Post       war  0  1
    2  Harbour Gazette  conflict  0  2
    3        Hill Post  conflict  1  1
    """
    rows = in_voice(_of_concept(labels, concept), voice)
    return shares(rows, articles, item="label", by=by, seed=seed, minimum=minimum)


def label_differences(
    labels: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    concept: str,
    voice: str = "own",
    by: str = "outlet",
    groups: Sequence[tuple[str, str]] | None = None,
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Estimate by how much two outlets differ in the share of each label of a concept.

    Parameters
    ----------
    labels, articles, concept, voice, by, seed, minimum
        As in `label_shares`.
    groups : sequence of pairs, optional
        Which outlets to compare; every pair by default.

    Returns
    -------
    pandas.DataFrame
        As `analysis.text.estimates.differences` gives it, with ``clear`` where the difference stands after
        correction for the number of comparisons.

    Notes
    -----
    Our definition: the difference of two `label_shares`.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Hill Post", "Quay Star"]})
    >>> labels = pd.DataFrame({"article_id": ["a", "a", "b"], "label": ["war", "war", "conflict"],
    ...     "concept": "the fighting", "voice": ["own", "quoted", "own"], "scare": [True, False, False]})
    >>> label_differences(labels, articles, concept="the fighting")[["item", "share", "share_against", "difference"]]
           item  share  share_against  difference
    0  conflict    0.0            1.0        -1.0
    1       war    1.0            0.0         1.0
    """
    rows = in_voice(_of_concept(labels, concept), voice)
    return differences(rows, articles, item="label", by=by, groups=groups, seed=seed, minimum=minimum)


def voice_of_labels(
    labels: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Estimate how many of the labelled words are the outlet's own, quoted, or reported.

    Parameters
    ----------
    labels, articles, by, seed, minimum
        As in `label_shares`.

    Returns
    -------
    pandas.DataFrame
        Estimates with the voices as items.

    Notes
    -----
    Our definition.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Hill Post", "Quay Star"]})
    >>> labels = pd.DataFrame({"article_id": ["a", "a", "b"], "label": ["war", "war", "conflict"],
    ...     "concept": "the fighting", "voice": ["own", "quoted", "own"], "scare": [True, False, False]})
    >>> voice_of_labels(labels, articles)[["group", "item", "k", "n"]]
           group    item  k  n
    0  Hill Post     own  1  2
    1  Quay Star     own  1  1
    2  Hill Post  quoted  1  2
    3  Quay Star  quoted  0  1
    """
    return shares(labels, articles, item="voice", by=by, seed=seed, minimum=minimum)


def scare_quotes(
    labels: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Estimate how often a label in the outlet's own voice stands in quotation marks without a speaker (LAB2).

    Parameters
    ----------
    labels, articles, by, seed, minimum
        As in `label_shares`.

    Returns
    -------
    pandas.DataFrame
        Estimates; an item is a label that was marked at least once, *k* its marked uses, *n* its uses in own voice.

    Notes
    -----
    Our definition: a marked fragment of at most three words to which no speaker belongs.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Hill Post", "Quay Star"]})
    >>> labels = pd.DataFrame({"article_id": ["a", "a", "b"], "label": ["war", "war", "conflict"],
    ...     "concept": "the fighting", "voice": ["own", "quoted", "own"], "scare": [True, False, False]})
    >>> scare_quotes(labels, articles)[["group", "item", "k", "n"]]
           group item  k  n
    0  Hill Post  war  1  1
    1  Quay Star  war  0  0
    """
    own = in_voice(labels, "own")
    marked = sorted(own.loc[own["scare"].astype(bool), "label"].unique())
    parts = [
        shares(
            own.loc[own["label"] == label].assign(
                marked=lambda rows: rows["scare"].map({True: "marked", False: ""})
            ),
            articles,
            item="marked",
            by=by,
            seed=seed,
            minimum=minimum,
        ).assign(item=label)
        for label in marked
    ]
    empty = shares(own.head(0), articles, item="label", by=by, seed=seed, minimum=minimum)
    return pd.concat(parts, ignore_index=True) if parts else empty


def _of_concept(labels: pd.DataFrame, concept: str) -> pd.DataFrame:
    rows = labels.loc[labels["concept"] == concept]
    known = sorted(labels["concept"].dropna().unique())
    if rows.empty and known and concept not in known:
        raise MeasureError(f"no label of the concept {concept!r} was annotated{nearest(concept, known)}")
    return rows
