"""Words that set outlets apart where they tell the same story in their own voice: wording, not topic, not sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse, special

from analysis.errors import MeasureError, nearest
from analysis.framing.quotation import quotations
from analysis.text.comparison import own_names
from analysis.text.counts import count
from analysis.text.estimates import MINIMUM_ARTICLES, SEED
from analysis.text.intervals import CONFIDENCE, benjamini_hochberg
from analysis.text.resampling import Floats, generator, percentile_limits

REST = "the rest"
RESAMPLES = 1000
_BLOCK = 1500  # words resampled at a time: some 12 MB a side
COLUMNS = (
    "group", "against", "form", "n", "n_against", "documents", "documents_against", "stories", "stories_more",
    "n_stories", "log_ratio", "low", "high", "certain", "p", "q", "enough",
)  # fmt: skip


def own_words(articles: pd.DataFrame, statements: pd.DataFrame | None = None) -> pd.DataFrame:
    """Blank out what is somebody else's wording, so that only the outlet's own voice is left to count.

    Parameters
    ----------
    articles : pandas.DataFrame
        ``article_id`` and ``body``.
    statements : pandas.DataFrame, optional
        The statements layer: reported speech goes too.

    Returns
    -------
    pandas.DataFrame
        The articles, with a space for every character in quotation marks or in a statement. Offsets stay valid.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "body": ["The raid was “an outrage”, she said."]})
    >>> own_words(articles)["body"][0]
    'The raid was “          ”, she said.'
    """
    told: dict[str, list[tuple[int, int]]] = {}
    if statements is not None:
        for article, start, end in zip(
            statements["article_id"], statements["start"], statements["end"], strict=True
        ):
            told.setdefault(str(article), []).append((int(start), int(end)))
    bodies = []
    for article, body in zip(articles["article_id"], articles["body"].fillna(""), strict=True):
        signs = list(str(body))
        for start, end in [*quotations(str(body)), *told.get(str(article), [])]:
            signs[start:end] = [sign if sign == "\n" else " " for sign in signs[start:end]]
        bodies.append("".join(signs))
    return articles.assign(body=bodies)


def story_keyness(
    articles: pd.DataFrame,
    stories: pd.DataFrame,
    *,
    statements: pd.DataFrame | None = None,
    target: str | None = None,
    by: str = "outlet",
    units: Sequence[str] = (),
    minimum_stories: int = 3,
    resamples: int = RESAMPLES,
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Compare the words of a group with those of the others on the same stories, each story counting alike.

    Parameters
    ----------
    articles : pandas.DataFrame
        ``article_id``, ``body`` and the `by` column.
    stories : pandas.DataFrame
        ``article_id`` and ``story``: which article reports which event.
    statements : pandas.DataFrame, optional
        The statements layer, so that reported speech is left out as well as quotations.
    target : str, optional
        The group of interest; by default every group in turn, each against the other articles on its stories.
    by : str, optional
        Column that makes the groups.
    units : sequence of str, optional
        Expressions of several words that count as one.
    minimum_stories : int, optional
        Leave out words that stand in fewer of the shared stories.
    resamples, seed : int, optional
        For the intervals.
    minimum : int, optional
        Shared stories that a group needs before it is compared.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``against``, ``form``; ``n``, ``n_against`` (occurrences in the outlets' own voice on shared stories),
        ``documents``, ``documents_against`` (articles), ``stories`` (with the word), ``stories_more`` (of these, where
        the group uses it more), ``n_stories`` (shared in all); ``log_ratio``, of the mean rates over stories, binary;
        ``low``, ``high`` (95 %, from resampling stories, and articles inside them); ``certain``, the limit nearer to
        0, or 0 where the interval holds it; ``p``, of outlets that are dealt to the articles of each story by chance,
        ``q``, after Benjamini and Hochberg; ``enough``. Sorted as `analysis.text.keyness.keyness` does.

    Raises
    ------
    MeasureError
        When a column is missing or the target is unknown.

    Notes
    -----
    A stratified rate ratio, directly standardised to equal weights of the stories (after Mantel and Haenszel, 1959, who
    weight strata by size), on the binary scale of Hardie (2014). A story that only one side covers has no part in it:
    there a difference would be one of selection. An outlet's own name is left out.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": list("abcd"), "outlet": ["East", "West"] * 2,
    ...     "body": ["Rebels left Orla.", "Fighters left Orla.", "Rebels took a ferry.", "Fighters took a ferry."]})
    >>> stories = pd.DataFrame({"article_id": list("abcd"), "story": ["1", "1", "2", "2"]})
    >>> table = story_keyness(articles, stories, target="East", minimum_stories=2)
    >>> table[["form", "n", "n_against", "stories_more", "n_stories"]].iloc[[0, -1]].to_numpy().tolist()
    [['rebels', 2, 0, 2, 2], ['fighters', 0, 2, 0, 2]]
    """
    for frame, name, column in (
        (articles, "articles", by),
        (stories, "stories", "article_id"),
        (stories, "stories", "story"),
    ):
        if column not in frame.columns:
            raise MeasureError(f"{name} have no column {column!r}{nearest(column, map(str, frame.columns))}")
    groups = sorted(articles[by].dropna().astype(str).unique())
    if target is not None and target not in groups:
        raise MeasureError(f"no articles with {by} {target!r}{nearest(target, groups)}")
    named = own_names(groups, articles["body"].fillna("").tolist())
    told = articles.loc[articles["article_id"].isin(stories["article_id"])]
    counts = count(own_words(told, statements), by=by, units=units)
    names = dict(zip(stories["article_id"].astype(str), stories["story"].astype(str), strict=True))
    held = _Held(
        counts.matrix.tocsr(),
        counts.articles["n_tokens"].to_numpy().astype(float),
        np.array([names[str(one)] for one in counts.articles["article_id"]], dtype=object),
        np.array(counts.articles["group"].to_list(), dtype=object),
    )
    tables = []
    for group in [target] if target is not None else groups:
        table = _compare(held, group, minimum_stories, resamples, seed)
        forms = counts.forms.to_numpy()[table.pop("at").to_numpy(dtype=int)]
        table["enough"] = table["n_stories"] >= minimum
        table = table.assign(group=group, against=REST, form=forms)[list(COLUMNS)]
        table = table[~table["form"].isin(set().union(*named.values()))]
        order = ["certain", "log_ratio", "form"]
        tables.append(table.sort_values(order, ascending=[False, False, True], kind="stable"))
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(COLUMNS))


class _Held(NamedTuple):
    """Counts of articles by words; the tokens, story and group of each article."""

    counts: sparse.csr_array
    sizes: Floats
    story: npt.NDArray[np.object_]
    group: npt.NDArray[np.object_]


class _Shared(NamedTuple):
    """The articles of stories that both sides cover: where they stand, on which side, in which story."""

    rows: npt.NDArray[np.int64]
    inside: npt.NDArray[np.bool_]
    story: npt.NDArray[np.int64]
    sizes: Floats


def _shared(held: _Held, group: str) -> _Shared:
    inside = (held.group == group) & (held.sizes > 0)
    outside = (held.group != group) & (held.sizes > 0)
    both = np.array(sorted({*held.story[inside]} & {*held.story[outside]}), dtype=object)
    rows = np.flatnonzero(np.isin(held.story, both) & (held.sizes > 0))
    story = np.searchsorted(both, held.story[rows]) if len(both) else np.zeros(0, dtype=np.int64)
    return _Shared(rows, inside[rows], story.astype(np.int64), held.sizes[rows])


def _compare(held: _Held, group: str, minimum_stories: int, resamples: int, seed: int) -> pd.DataFrame:
    shared = _shared(held, group)
    counts = held.counts[shared.rows]
    n_stories = int(shared.story.max(initial=-1)) + 1
    of_story = sparse.csr_array(
        (np.ones(len(shared.story)), (shared.story, np.arange(len(shared.story)))),
        shape=(n_stories, len(shared.story)),
    )
    spread = np.asarray(((of_story @ counts) > 0).sum(axis=0)).ravel()
    keep = np.flatnonzero(spread >= max(minimum_stories, 1)) if n_stories else np.zeros(0, dtype=np.int64)
    counts = counts[:, keep].astype(np.float64).tocsr()
    sides = [counts[np.flatnonzero(side)] for side in (shared.inside, ~shared.inside)]
    n = [np.asarray(side.sum(axis=0)).ravel() for side in sides]
    sizes = [float(shared.sizes[side].sum()) for side in (shared.inside, ~shared.inside)]
    one, two = (np.asarray(weight @ counts) for weight in _weights(shared))
    point = _ratio(one, two, sizes)
    more = _more(counts, shared, of_story)
    low, high = _limits(counts, shared, n, sizes, point, generator(seed, group), resamples)
    p = _chance(counts, shared)
    return pd.DataFrame(
        {
            "at": keep,
            "n": n[0].astype(int),
            "n_against": n[1].astype(int),
            "documents": np.asarray((sides[0] > 0).sum(axis=0)).ravel(),
            "documents_against": np.asarray((sides[1] > 0).sum(axis=0)).ravel(),
            "stories": spread[keep],
            "stories_more": more,
            "n_stories": n_stories,
            "log_ratio": point,
            "low": low,
            "high": high,
            "certain": np.where(low > 0, low, np.where(high < 0, high, 0.0)),
            "p": p,
            "q": benjamini_hochberg(p),
        }
    )


def _weights(shared: _Shared) -> tuple[Floats, Floats]:
    """Weigh articles so that a sum of counts is a mean of rates over stories, on either side."""
    weights = []
    stories = max(int(shared.story.max(initial=0)) + 1, 1)
    for side in (shared.inside, ~shared.inside):
        size = np.bincount(shared.story[side], weights=shared.sizes[side], minlength=stories)
        weights.append(np.where(side, 1 / np.maximum(size[shared.story], 1) / stories, 0.0))
    return weights[0], weights[1]


def _ratio(one: Floats, two: Floats, sizes: Sequence[float]) -> Floats:
    """Give the binary logarithm; a word that one side lacks stands there half a time, as in `keyness`."""
    first, second = (
        np.maximum(rate, 0.5 / max(size, 1)) for rate, size in zip((one, two), sizes, strict=True)
    )
    return np.asarray(np.log2(first / second), dtype=np.float64)


def _more(counts: sparse.csr_array, shared: _Shared, of_story: sparse.csr_array) -> npt.NDArray[np.int64]:
    """Count the stories in which the group uses a word more than the others."""
    one, two = (
        of_story @ sparse.diags_array(weight) @ counts for weight in _weights(shared)
    )  # the same factor on both sides, so that the rates can be compared
    return np.asarray(((one - two) > 1e-15).sum(axis=0)).ravel().astype(np.int64)


def _limits(
    counts: sparse.csr_array,
    shared: _Shared,
    n: Sequence[Floats],
    sizes: Sequence[float],
    point: Floats,
    rng: np.random.Generator,
    resamples: int,
) -> tuple[Floats, Floats]:
    """Resample stories, and articles inside each; never narrower than independent occurrences would be."""
    n_stories = int(shared.story.max(initial=-1)) + 1
    if n_stories < 2 or not resamples or not len(point):
        missing = np.full(len(point), np.nan)
        return missing, missing.copy()
    one, two = _drawn(shared, resamples, rng)
    t = float(special.stdtrit(n_stories - 1, (1 + CONFIDENCE) / 2))
    lows, highs = [], []
    for start in range(0, len(point), _BLOCK):
        words = slice(start, start + _BLOCK)
        draws = _ratio(one @ counts[:, words], two @ counts[:, words], sizes)
        low, high = percentile_limits(draws, n_articles=n_stories)
        independent = sum(1 / np.maximum(side[words], 0.5) for side in n) / np.log(2) ** 2
        half = t * np.sqrt(np.maximum(draws.var(axis=0), independent))
        lows.append(np.minimum(low, point[words] - half))
        highs.append(np.maximum(high, point[words] + half))
    return np.concatenate(lows), np.concatenate(highs)


def _drawn(shared: _Shared, resamples: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Draw the weights of articles in each resample."""
    n_stories = int(shared.story.max()) + 1
    often = rng.multinomial(n_stories, np.full(n_stories, 1 / n_stories), size=resamples).astype(float)
    result = []
    for side in (shared.inside, ~shared.inside):
        weights = np.zeros((resamples, len(side)))
        for story, members in _cells(shared.story, side):
            drawn = rng.multinomial(len(members), np.full(len(members), 1 / len(members)), size=resamples)
            tokens = drawn @ shared.sizes[members]
            weights[:, members] = drawn * (often[:, story] / tokens / n_stories)[:, None]
        result.append(weights)
    return result[0], result[1]


def _cells(
    story: npt.NDArray[np.int64], side: npt.NDArray[np.bool_]
) -> Iterator[tuple[int, npt.NDArray[np.int64]]]:
    chosen = np.flatnonzero(side)
    order = chosen[np.argsort(story[chosen], kind="stable")]
    starts = np.flatnonzero(np.diff(story[order], prepend=-1))
    for members in np.split(order, starts[1:]):
        if len(members):
            yield int(story[members[0]]), members


def _chance(counts: sparse.csr_array, shared: _Shared) -> Floats:
    """Give p of the difference when outlets are dealt to the articles of each story by chance (normal approximation).

    Rates of articles take the place of pooled rates, so that the variance of the dealing is known: with m of k articles
    on the group's side, the difference of means has variance s² k / (m (k − m)), s² being that of the k rates.
    """
    rates = (sparse.diags_array(1 / np.maximum(shared.sizes, 1)) @ counts).tocsr()
    total, variance = np.zeros(counts.shape[1]), np.zeros(counts.shape[1])
    for _, members in _cells(shared.story, np.ones(len(shared.story), dtype=bool)):
        part = rates[members].toarray()
        inside = shared.inside[members]
        m, k = int(inside.sum()), len(members)
        total += part[inside].mean(axis=0) - part[~inside].mean(axis=0)
        variance += part.var(axis=0, ddof=1) * k / (m * (k - m))
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(variance > 0, total / np.sqrt(variance), 0.0)
    return np.asarray(2 * special.ndtr(-np.abs(z)), dtype=np.float64)
