"""Does it survive? Each main finding recomputed without copies, with other words, with another engine."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.codebook import Codebook
from analysis.codebook.matching import Matcher
from analysis.framing.groups import in_voice, with_voice
from analysis.framing.voice import hidden_doer_rate
from analysis.text.estimates import MINIMUM_ARTICLES

COPIES = ("repost", "rewritten")


def plain_labels(articles: pd.DataFrame, statements: pd.DataFrame, *, codebook: Codebook) -> pd.DataFrame:
    """Find labels without grammar: words and quotation marks only, fast enough for any corpus.

    Parameters
    ----------
    articles : pandas.DataFrame
        ``article_id`` and ``body``.
    statements : pandas.DataFrame
        The statements layer; may be empty.
    codebook : Codebook
        Whose concepts are looked for.

    Returns
    -------
    pandas.DataFrame
        ``article_id, start, end, surface, concept, label, voice``: what the labels layer would hold by this engine.

    Examples
    --------
    >>> from analysis.codebook import load
    >>> articles = pd.DataFrame({"article_id": ["a"], "body": ["The war goes on."]})
    >>> none = pd.DataFrame(columns=["article_id", "start", "end", "form"])
    >>> plain_labels(articles, none, codebook=load("general"))[["concept", "label", "voice"]]
            concept label voice
    0  the fighting   war   own
    """
    matcher: Matcher[tuple[str, str]] = Matcher(
        (
            (form, concept.name, (concept.name, label.name))
            for concept in codebook.concepts
            for label in concept.labels
            for form in label.forms
        ),
        blocks=codebook.units,
    )
    rows = []
    for article, body in zip(articles["article_id"], articles["body"], strict=True):
        for match in matcher.find(str(body)):
            assert isinstance(match.value, tuple)
            rows.append((article, match.start, match.end, body[match.start : match.end], *match.value))
    columns = ["article_id", "start", "end", "surface", "concept", "label"]
    return with_voice(pd.DataFrame(rows, columns=columns), articles, statements)


def panel(
    labels: pd.DataFrame,
    harms: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    concept: str,
    lines: pd.DataFrame | None = None,
    others: dict[str, pd.DataFrame] | None = None,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Recompute the main findings under switches and say which survive.

    Parameters
    ----------
    labels, harms : pandas.DataFrame
        Layers.
    articles : pandas.DataFrame
        ``article_id``, ``outlet``, ``kind``.
    concept : str
        The concept whose labels are compared.
    lines : pandas.DataFrame, optional
        The lines layer: what stands in a caption is left out under the switch "without captions".
    others : dict of str to pandas.DataFrame, optional
        Other label layers by name, such as ``{"other codebook": ..., "other engine": ...}``; an empty one that was
        not run, or a codebook without the concept, is told as such.
    minimum : int, optional
        Articles an outlet needs for a finding of its own.

    Returns
    -------
    pandas.DataFrame
        ``finding, result`` (as reported), and one row a switch: ``switch, articles, with_switch, survives``
        ("yes", "no", "nothing left", "not run").

    Notes
    -----
    Our definition of a sensitivity panel: a result survives a switch when it reads the same.
    """
    published = dict(_results(labels, harms, articles, concept=concept, minimum=minimum))
    rows = []
    for switch, one_labels, one_harms, one_articles in _switches(
        labels, harms, articles, lines, others or {}
    ):
        again = dict(_results(one_labels, one_harms, one_articles, concept=concept, minimum=1))
        for finding, result in published.items():
            # an engine that was not run, a codebook that does not ask
            if switch.startswith("with the") and not (one_labels["concept"] == concept).any():
                rows.append((finding, result, switch, 0, "–", "not run"))
                continue
            now = again.get(finding, "")
            survives = "nothing left" if not now else "yes" if now == result else "no"
            rows.append((finding, result, switch, len(one_articles), now or "–", survives))
    columns = ["finding", "result", "switch", "articles", "with_switch", "survives"]
    return pd.DataFrame(rows, columns=columns)


def by_finding(panel: pd.DataFrame) -> pd.DataFrame:
    """Sum the panel up: a row a finding, how many switches it survives, and what it says under the others.

    Parameters
    ----------
    panel : pandas.DataFrame
        What `panel` returns.

    Returns
    -------
    pandas.DataFrame
        ``finding, as reported, survives`` ("7 of 8", of the switches that were run), ``else`` (a switch and what the
        finding reads under it; "" where it survives all).

    Examples
    --------
    >>> by_finding(pd.DataFrame({"finding": ["a", "a"], "result": ["war", "war"], "switch": ["without s", "with t"],
    ...                          "articles": [9, 8], "with_switch": ["war", "conflict"], "survives": ["yes", "no"]}))
      finding as reported survives              else
    0       a         war   1 of 2  with t: conflict
    """
    rows = []
    for finding, part in panel.groupby("finding", sort=False):
        run = part[part["survives"] != "not run"]
        kept = int((run["survives"] == "yes").sum())
        other = [
            f"{switch}: {survives if survives in ('nothing left', 'not run') else now}"
            for switch, now, survives in zip(
                part["switch"], part["with_switch"], part["survives"], strict=True
            )
            if survives != "yes"
        ]
        rows.append((finding, part["result"].iloc[0], f"{kept} of {len(run)}", "; ".join(other)))
    return pd.DataFrame(rows, columns=["finding", "as reported", "survives", "else"])


def _switches(
    labels: pd.DataFrame,
    harms: pd.DataFrame,
    articles: pd.DataFrame,
    lines: pd.DataFrame | None,
    others: dict[str, pd.DataFrame],
) -> Iterator[tuple[str, pd.DataFrame, pd.DataFrame, pd.DataFrame]]:
    yield "without wire copy", labels, harms, articles.loc[articles["kind"] != "wire"]
    yield "without reposts and rewritten copies", labels, harms, articles.loc[~articles["kind"].isin(COPIES)]
    if lines is not None:
        captions = lines.loc[(lines["kind"] == "caption") & lines["kept"].astype(bool)]
        yield "without captions", _outside(labels, captions), _outside(harms, captions), articles
    yield "without words in scare quotes", labels.loc[~labels["scare"].astype(bool)], harms, articles
    yield "with quoted and reported words", labels.assign(voice="own"), harms.assign(quoted=False), articles
    for name, layer in others.items():
        yield f"with the {name}", layer, harms, articles


def _outside(rows: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Leave out the rows that stand in one of the lines."""
    spans = {
        key: list(zip(part["start"], part["end"], strict=True)) for key, part in lines.groupby("article_id")
    }
    outside = [
        not any(low <= start < high for low, high in spans.get(article, ()))
        for article, start in zip(rows["article_id"], rows["start"], strict=True)
    ]
    return rows.loc[outside]


def caption_labels(articles: pd.DataFrame, lines: pd.DataFrame, *, codebook: Codebook) -> pd.DataFrame:
    """Find labels in the captions that cleaning took out of the bodies, to see what they would have added.

    Parameters
    ----------
    articles : pandas.DataFrame
        Which articles count.
    lines : pandas.DataFrame
        The lines layer.
    codebook : Codebook
        Whose concepts are looked for.

    Returns
    -------
    pandas.DataFrame
        As `plain_labels`; offsets are those within the caption.

    Notes
    -----
    Our definition.
    """
    removed = lines.loc[(lines["kind"] == "caption") & ~lines["kept"].astype(bool)]
    removed = removed.loc[removed["article_id"].isin(articles["article_id"])]
    nobody = pd.DataFrame(columns=["article_id", "start", "end", "form"])
    return plain_labels(removed.rename(columns={"text": "body"}), nobody, codebook=codebook).assign(
        scare=False
    )


def _results(
    labels: pd.DataFrame, harms: pd.DataFrame, articles: pd.DataFrame, *, concept: str, minimum: int
) -> Iterator[tuple[str, str]]:
    """Give the findings that can be recomputed, each as its question and its answer."""
    own = in_voice(labels.loc[labels["concept"] == concept], "own")
    joined = own.merge(articles[["article_id", "outlet"]], on="article_id")
    if len(joined):
        yield f"commonest word for {concept}", _first(joined["label"])
    sizes = articles["outlet"].value_counts()
    for outlet in sorted(joined["outlet"].unique()):
        if sizes.get(outlet, 0) >= minimum:
            yield (
                f"commonest word for {concept} in {outlet}",
                _first(joined.loc[joined["outlet"] == outlet, "label"]),
            )
    events = harms.loc[harms["article_id"].isin(articles["article_id"])]
    rates = hidden_doer_rate(events, articles, minimum=minimum) if len(events) else pd.DataFrame()
    if len(rates):
        share = rates["k"].sum() / max(rates["n"].sum(), 1)
        yield "harm told without a doer", "more than half" if share > 0.5 else "half or less"


def _first(labels: pd.Series) -> str:
    counts = labels.value_counts()
    return " and ".join(sorted(str(name) for name in counts[counts == counts.max()].index)[:2])
