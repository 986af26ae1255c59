"""Lexical diversity: how many different words a text uses for its length."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from analysis.text.batches import Articles, group_names
from analysis.text.counts import token_stream
from analysis.text.resampling import Floats
from analysis.text.tokens import check_form

Codes = npt.NDArray[np.int64]
MEASURES = (
    "ttr", "root_ttr", "corrected_ttr", "herdan_c", "summer_s", "dugast_u", "msttr", "mattr", "mtld", "hdd", "yule_k",
)  # fmt: skip
# Under these lengths a measure says more about length than about words; the sources give no firm figures, these are
# the usual ones: McCarthy and Jarvis (2010) for MTLD and HD-D, the window itself for the moving averages.
STABLE_FROM = {"mtld": 100, "hdd": 42, "yule_k": 100}
WINDOW = 50
MTLD_LEVEL = 0.72
HDD_DRAW = 42
# articles are followed side by side, so some hundreds at a time pay; tokens read ahead, of which a stretch has about a hundred
_BATCH, _AHEAD = 300, 160


def diversity(
    articles: Articles, *, by: str | None = "outlet", window: int = WINDOW, form: str = "lower"
) -> pd.DataFrame:
    """Measure the diversity of words of every article.

    Parameters
    ----------
    articles : Articles
        Rows with ``article_id``, ``body`` and the `by` column.
    by : str or None, optional
        Column shown as ``group``.
    window : int, optional
        Tokens of a segment for MSTTR, and of the moving window for MATTR.
    form : {"lower", "stem", "surface"}, optional
        Which forms count as the same word.

    Returns
    -------
    pandas.DataFrame
        ``article_id``, ``group``, ``n_tokens``, ``n_types``, the measures of `lexical_diversity`, and ``unstable``: the measures
        the article is too short for, joined by ", "; their values are missing where they are not defined. Compare groups
        with `analysis.text.averages.averages`.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["East"], "body": ["one one two one one two one"]})
    >>> diversity(articles)[["n_tokens", "n_types", "ttr", "unstable"]].round(3)
       n_tokens  n_types    ttr               unstable
    0         7        2  0.286  msttr, mattr, mtld, hdd, yule_k
    """
    check_form(form)
    parts = []
    columns = ("article_id", "body") if by is None else ("article_id", "body", by)
    for batch, row, code in token_stream(articles, columns, form=form, size=_BATCH):
        part = _measures(row, code, len(batch), window)
        part.insert(0, "article_id", batch["article_id"].to_numpy())
        part.insert(1, "group", "all" if by is None else group_names(batch[by]).to_numpy())
        parts.append(part)
    names = ["article_id", "group", "n_tokens", "n_types", *MEASURES, "unstable"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=names)


def lexical_diversity(tokens: Sequence[str], *, window: int = WINDOW) -> pd.Series:
    """Measure the diversity of one sequence of words.

    Parameters
    ----------
    tokens : sequence of str
        The words, already in the form that counts.
    window : int, optional
        Tokens of a segment (MSTTR) and of the moving window (MATTR).

    Returns
    -------
    pandas.Series
        ``ttr``, types by tokens; ``root_ttr`` (Guiraud, 1954); ``corrected_ttr`` (Carroll, 1964); ``herdan_c`` (Herdan, 1964);
        ``summer_s`` (Somers, 1966); ``dugast_u`` (Dugast, 1979); ``msttr`` (Johnson, 1944); ``mattr`` (Covington and McFall,
        2010); ``mtld`` (McCarthy and Jarvis, 2010; both directions, level .72); ``hdd`` (McCarthy and Jarvis, 2007; draws of
        42); ``yule_k`` (Yule, 1944). Missing where a measure is not defined: no tokens, fewer than a window, no word that recurs
        (MTLD).

    Examples
    --------
    >>> lexical_diversity("b a b a b a b a".split())[["ttr", "yule_k"]].astype(float).tolist()
    [0.25, 3750.0]
    """
    _, code = np.unique(np.asarray(tokens, dtype=str), return_inverse=True)
    return (
        _measures(np.zeros(len(code), np.int64), code.astype(np.int64), 1, window).iloc[0].rename("diversity")
    )


def yule_k(spectrum: dict[int, int]) -> float:
    """Give Yule's characteristic K from a frequency spectrum (Yule, 1944).

    Parameters
    ----------
    spectrum : dict
        How many words occur once, twice, and so on.

    Returns
    -------
    float
        0 when no word recurs; larger for more repetition.

    Examples
    --------
    >>> yule_k({1: 2, 2: 1})
    1250.0
    """
    n = sum(times * words for times, words in spectrum.items())
    squares = sum(times**2 * words for times, words in spectrum.items())
    return 1e4 * (squares - n) / n**2 if n else float("nan")


def _measures(row: Codes, code: Codes, n_rows: int, window: int) -> pd.DataFrame:
    n = np.bincount(row, minlength=n_rows).astype(float)
    key, k = np.unique(row * (int(code.max(initial=0)) + 1) + code, return_counts=True)
    type_row = key // (int(code.max(initial=0)) + 1)
    types = np.bincount(type_row, minlength=n_rows).astype(float)
    squares = np.bincount(type_row, weights=k.astype(float) ** 2, minlength=n_rows)
    first = np.concatenate([[0], np.cumsum(n)[:-1]]).astype(np.int64)
    before = _previous(row, code)
    with np.errstate(divide="ignore", invalid="ignore"):
        log_n, log_v = np.log10(n), np.log10(types)
        table = pd.DataFrame(
            {
                "n_tokens": n.astype(int),
                "n_types": types.astype(int),
                "ttr": types / n,
                "root_ttr": types / np.sqrt(n),
                "corrected_ttr": types / np.sqrt(2 * n),
                "herdan_c": log_v / log_n,
                "summer_s": np.log10(log_v) / np.log10(log_n),
                "dugast_u": log_n**2 / (log_n - log_v),
                "msttr": _segments(row, before, n, first, window),
                "mattr": _moving(row, before, n, first, window),
                "mtld": _mtld(row, before, n, first),
                "hdd": _hdd(type_row, k, n),
                "yule_k": 1e4 * (squares - n) / n**2,
            }
        )
    table = table.replace([np.inf, -np.inf], np.nan)
    limits = {"msttr": window, "mattr": window} | STABLE_FROM
    short = [
        (table["n_tokens"] < limit).map({True: f"{name}, ", False: ""}) for name, limit in limits.items()
    ]
    table["unstable"] = pd.concat(short, axis=1).sum(axis=1).str.removesuffix(", ")
    table.loc[table["n_tokens"] == 0, "unstable"] = "no words: nothing to measure"
    return table


def _previous(row: Codes, code: Codes) -> Codes:
    """Give the place of the same word's last occurrence in the article, -1 where there is none."""
    # tokens of a batch are fewer than 2^32; one sort of numbers is much faster than one by several keys
    order = np.sort((code << 32) | np.arange(len(code))) & 0xFFFFFFFF
    result = np.full(len(code), -1, dtype=np.int64)
    same = (row[order][1:] == row[order][:-1]) & (code[order][1:] == code[order][:-1])
    result[order[1:][same]] = order[:-1][same]
    return result


def _segments(row: Codes, before: Codes, n: Floats, first: Codes, window: int) -> Floats:
    place = np.arange(len(row)) - first[row]
    start = first[row] + place // window * window
    full = place // window < n[row] // window
    new = np.bincount(row[full & (before < start)], minlength=len(n))
    return np.asarray(new / (n // window * window))


def _moving(row: Codes, before: Codes, n: Floats, first: Codes, window: int) -> Floats:
    # a token is the first of its word in as many windows as lie between its last occurrence and itself
    place = np.arange(len(row)) - first[row]
    last_window = n[row] - window
    latest = np.minimum(place, last_window)
    earliest = np.maximum(np.maximum(before - first[row] + 1, place - window + 1), 0)
    earliest = np.where(before < 0, np.maximum(place - window + 1, 0), earliest)
    seen = np.bincount(row, weights=np.maximum(latest - earliest + 1, 0), minlength=len(n))
    return np.where(n >= window, seen / (window * (n - window + 1)), np.nan)


def _hdd(type_row: Codes, k: npt.NDArray[np.int64], n: Floats) -> Floats:
    total = n[type_row]
    rest = total - k
    log_absent = special.gammaln(rest + 1) - special.gammaln(np.maximum(rest - HDD_DRAW, 0) + 1)
    log_absent -= special.gammaln(total + 1) - special.gammaln(np.maximum(total - HDD_DRAW, 0) + 1)
    present = np.where(rest >= HDD_DRAW, 1 - np.exp(log_absent), 1.0)
    value = np.bincount(type_row, weights=present, minlength=len(n)) / HDD_DRAW
    return np.where(n >= HDD_DRAW, value, np.nan)


def _mtld(row: Codes, before: Codes, n: Floats, first: Codes) -> Floats:
    # read backwards, the last occurrence of a word is its next one
    size = len(row)
    after = np.full(size, -1, dtype=np.int64)
    has = before >= 0
    after[before[has]] = np.flatnonzero(has)
    turned = np.where(after[::-1] >= 0, 2 * size - 1 - after[::-1], -1)
    # both directions side by side: each article once as it is, and once turned behind all the others
    factors = _factors(
        np.concatenate([before, turned]),
        np.concatenate([n, n]),
        np.concatenate([first, 2 * size - first - n.astype(np.int64)]),
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (n / factors[: len(n)] + n / factors[len(n) :]) / 2
    return np.where(n > 0, value, np.nan)


def _factors(before: Codes, n: Floats, first: Codes) -> Floats:
    """Count the stretches over which the type-token ratio falls to the level, one of every article at a time."""
    end = first + n.astype(np.int64)
    start, at = first.copy(), first.copy()
    types, factors = np.zeros(len(n), dtype=np.int64), np.zeros(len(n))
    ahead, last = np.arange(_AHEAD), max(len(before) - 1, 0)
    live = np.flatnonzero(n > 0)
    while live.size:
        here, begin = at[live, None] + ahead, start[live, None]
        inside = here < end[live, None]
        new = (before[np.minimum(here, last)] < begin) & inside
        seen = types[live, None] + np.cumsum(new, axis=1)
        ended = (seen <= MTLD_LEVEL * (here - begin + 1)) & inside
        stop = ended.argmax(axis=1)
        full = ended[np.arange(len(live)), stop]
        done, going = live[full], live[~full]
        factors[done] += 1
        start[done] = at[done] = at[done] + stop[full] + 1
        types[done] = 0
        types[going] = seen[~full, -1]
        at[going] += _AHEAD
        live = live[at[live] < end[live]]
    left = end - start
    with np.errstate(divide="ignore", invalid="ignore"):
        partial = np.where(left > 0, (1 - types / left) / (1 - MTLD_LEVEL), 0.0)
    return np.asarray(factors + partial)
