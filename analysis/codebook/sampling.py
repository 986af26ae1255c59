"""Draw sentences for human coders: stratified, seeded, with the outlets hidden; and compare what they code."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.errors import CodebookError


class CodingSheet(NamedTuple):
    """What coders get, and what only the researcher keeps."""

    sheet: pd.DataFrame
    key: pd.DataFrame


def sample(
    sentences: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    rows: pd.DataFrame,
    item: str,
    n: int = 60,
    seed: int = 2026,
) -> CodingSheet:
    """Draw sentences to be coded by people, half with a find of the kit and half without.

    Parameters
    ----------
    sentences : pandas.DataFrame
        The sentences layer.
    articles : pandas.DataFrame
        ``article_id``, ``outlet``, ``body``.
    rows : pandas.DataFrame
        The layer whose codes are to be checked.
    item : str
        Its column with the code, such as ``"label"`` or ``"voice"``.
    n : int, optional
        How many sentences. Outlets get equal parts as far as they have sentences; within an outlet, half of them
        hold a find.
    seed : int, optional
        Seed of the draw.

    Returns
    -------
    CodingSheet
        ``sheet``: ``code`` (a number that tells nothing), ``sentence``, ``marked`` (the words in question, empty where
        the kit found none), ``coder_1``, ``coder_2`` (empty). ``key``: ``code, article_id, start, end, outlet, kit``.

    Raises
    ------
    CodebookError
        When the layer has no such column, or there are no sentences.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Hill Post"], "body": ["War came. It rained."]})
    >>> sentences = pd.DataFrame({"article_id": "a", "start": [0, 10], "end": [9, 20]})
    >>> labels = pd.DataFrame({"article_id": ["a"], "start": [0], "end": [3], "label": ["war"]})
    >>> drawn = sample(sentences, articles, rows=labels, item="label", n=2)
    >>> sorted(drawn.sheet["sentence"]), sorted(drawn.key["kit"])
    (['It rained.', 'War came.'], ['', 'war'])
    """
    if item not in rows:
        raise CodebookError(f"the layer has no column {item!r} to be coded; it has {', '.join(rows.columns)}")
    if sentences.empty:
        raise CodebookError("there are no sentences to draw from: annotate the corpus first")
    pool = _pool(sentences, articles, rows, item)
    drawn = _draw(pool, n, seed)
    order = np.random.default_rng(seed).permutation(len(drawn))
    drawn = drawn.iloc[order].reset_index(drop=True)
    codes = [f"S{number:03d}" for number in range(1, len(drawn) + 1)]
    sheet = pd.DataFrame(
        {"code": codes, "sentence": drawn["text"], "marked": drawn["surface"], "coder_1": "", "coder_2": ""}
    )
    key = drawn[["article_id", "start", "end", "outlet", "kit"]].copy()
    key.insert(0, "code", codes)
    return CodingSheet(sheet, key)


def _pool(sentences: pd.DataFrame, articles: pd.DataFrame, rows: pd.DataFrame, item: str) -> pd.DataFrame:
    """Give every sentence with its outlet, text and the kit's code for it; one row a find, one where there is none."""
    held = articles.set_index("article_id")
    pool = sentences[["article_id", "start", "end"]].drop_duplicates().sort_values(["article_id", "start"])
    pool = pool.loc[pool["article_id"].isin(held.index)].reset_index(drop=True)
    finds = rows.sort_values(["article_id", "start"])
    starts = {article: part["start"].to_numpy() for article, part in pool.groupby("article_id")}
    offsets = {article: int(part.index[0]) for article, part in pool.groupby("article_id")}
    kit = [""] * len(pool)
    surface = [""] * len(pool)
    for article, start, end, code in zip(
        finds["article_id"], finds["start"], finds["end"], finds[item], strict=True
    ):
        if article not in starts:
            continue
        at = int(np.searchsorted(starts[article], start, side="right")) - 1
        number = offsets[article] + max(at, 0)
        if not surface[number]:
            kit[number], surface[number] = str(code), str(held["body"][article])[start:end]
    texts = [
        " ".join(str(held["body"][article])[start:end].split())
        for article, start, end in zip(pool["article_id"], pool["start"], pool["end"], strict=True)
    ]
    return pool.assign(outlet=pool["article_id"].map(held["outlet"]), text=texts, kit=kit, surface=surface)


def _draw(pool: pd.DataFrame, n: int, seed: int) -> pd.DataFrame:
    """Take from each outlet in turn, a find and a non-find alternating, until there are enough."""
    queues = []
    for outlet in sorted(pool["outlet"].unique()):
        for found in (True, False):
            part = pool.loc[(pool["outlet"] == outlet) & ((pool["surface"] != "") == found)]
            salt = int(hashlib.sha256(f"{seed} {outlet} {found}".encode()).hexdigest()[:8], 16)
            queues.append(list(np.random.default_rng(salt).permutation(np.array(part.index))))
    taken: list[int] = []
    while len(taken) < n and any(queues):
        for queue in queues:
            if queue and len(taken) < n:
                taken.append(int(queue.pop()))
    return pool.loc[sorted(taken)]


def agreement(coded: pd.DataFrame, key: pd.DataFrame) -> pd.DataFrame:
    """Compare two coders with each other and with the kit.

    Parameters
    ----------
    coded : pandas.DataFrame
        The filled sheet: ``code``, ``coder_1``, ``coder_2``; an empty cell is no answer.
    key : pandas.DataFrame
        The key that came with the sheet.

    Returns
    -------
    pandas.DataFrame
        A row for each pair: ``pair, n`` (sentences both coded), ``agree`` (share), ``kappa`` (Cohen, 1960),
        ``alpha`` (Krippendorff, 2004). Missing where nothing was coded twice or only one code was used.

    Examples
    --------
    >>> coded = pd.DataFrame({"code": list("abcd"), "coder_1": list("xxyy"), "coder_2": list("xxyx")})
    >>> key = pd.DataFrame({"code": list("abcd"), "kit": list("xxyy")})
    >>> agreement(coded, key).round(2)
                    pair  n  agree  kappa  alpha
    0  coder 1 / coder 2  4   0.75    0.5   0.53
    1      coder 1 / kit  4   1.00    1.0   1.00
    2      coder 2 / kit  4   0.75    0.5   0.53
    """
    from nltk.metrics.agreement import AnnotationTask

    joined = coded.merge(key[["code", "kit"]], on="code", how="inner")
    joined["kit"] = joined["kit"].replace("", "none")
    rows = []
    for one, two in (("coder_1", "coder_2"), ("coder_1", "kit"), ("coder_2", "kit")):
        both = joined.loc[(joined[one].fillna("") != "") & (joined[two].fillna("") != "")]
        codes = {*both[one], *both[two]}
        kappa = alpha = float("nan")
        if len(both) and len(codes) > 1:
            triples = [
                (side, code, value)
                for side in (one, two)
                for code, value in zip(both["code"], both[side], strict=True)
            ]
            task = AnnotationTask(data=triples)
            kappa, alpha = task.kappa(), task.alpha()
        agree = float((both[one] == both[two]).mean()) if len(both) else float("nan")
        rows.append((f"{one.replace('_', ' ')} / {two.replace('_', ' ')}", len(both), agree, kappa, alpha))
    return pd.DataFrame(rows, columns=["pair", "n", "agree", "kappa", "alpha"])
