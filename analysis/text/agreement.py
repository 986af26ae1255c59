"""How far coders agree: with each other, and with the kit."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import MeasureError, nearest
from analysis.text.estimates import RESAMPLES, SEED, shares
from analysis.text.intervals import wilson
from analysis.text.resampling import Floats, generator

METRICS = ("nominal", "ordinal", "interval", "ratio")


def agreement(
    codes: pd.DataFrame,
    *,
    unit: str = "unit",
    coder: str = "coder",
    code: str = "code",
    cluster: str | None = None,
    metric: str = "nominal",
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> pd.DataFrame:
    """Measure the agreement of coders, in pairs and all together.

    Parameters
    ----------
    codes : pandas.DataFrame
        One row a judgement; missing codes are left out. The kit itself may be one of the coders.
    unit, coder, code : str, optional
        The columns: what was coded, by whom, with what result.
    cluster : str, optional
        Column of the article a unit comes from; then articles are resampled instead of units.
    metric : {"nominal", "ordinal", "interval", "ratio"}, optional
        How far apart two codes are, for alpha.
    resamples, seed : int, optional
        For the intervals of kappa and alpha.

    Returns
    -------
    pandas.DataFrame
        ``coders``, ``measure``, ``value``, ``low``, ``high`` (95 %), ``n_units``, ``note``. For every pair of coders: percent agreement, with
        Wilson's interval, or that of `analysis.text.estimates.shares` where articles are resampled, and Cohen's kappa (Cohen, 1960); for all coders: Krippendorff's alpha (Krippendorff, 2019), which
        bears missing codes. Kappa and alpha are 1 for full agreement, 0 for chance; where only one code was used
        they are not defined: the value is missing and the note says why.

    Raises
    ------
    MeasureError
        When a column is absent, a coder coded a unit twice, or nobody coded the same unit.

    Examples
    --------
    >>> codes = pd.DataFrame({
    ...     "unit": [1, 2, 3, 4, 1, 2, 3, 4], "coder": list("aaaabbbb"), "code": list("xxyyxyyy")})
    >>> agreement(codes, resamples=200)[["coders", "measure", "value"]].round(3)
      coders            measure  value
    0  a – b  percent agreement  0.750
    1  a – b              kappa  0.500
    2    all              alpha  0.533
    """
    for name in (unit, coder, code, *([cluster] if cluster else [])):
        if name not in codes.columns:
            raise MeasureError(f"codes have no column {name!r}{nearest(name, map(str, codes.columns))}")
    if metric not in METRICS:
        raise MeasureError(f"metric is {metric!r}{nearest(metric, METRICS)}")
    known = codes[codes[code].notna()]
    twice = known.duplicated([unit, coder])
    if twice.any():
        row = known[twice].iloc[0]
        raise MeasureError(
            f"coder {str(row[coder])!r} coded unit {row[unit]} twice; keep one of the two codes"
        )
    wide = known.pivot_table(
        index=unit, columns=coder, values=code, aggfunc="first", observed=True
    ).sort_index()
    wide = wide.reindex(sorted(wide.columns, key=str), axis=1)
    clusters = (
        known.groupby(unit)[cluster].first().reindex(wide.index).to_numpy()
        if cluster
        else np.arange(len(wide))
    )
    values = sorted(pd.unique(known[code]), key=lambda each: (str(type(each)), each))
    coded = (
        wide.apply(lambda column: pd.Index(values).get_indexer(pd.Index(column)))
        .to_numpy()
        .reshape(wide.shape)
    )
    scale = (
        np.asarray(values, dtype=float)
        if metric in ("interval", "ratio")
        else np.arange(len(values), dtype=float)
    )
    rows = []
    for left, right in combinations(range(coded.shape[1]), 2):
        both = (coded[:, left] >= 0) & (coded[:, right] >= 0)
        pair = coded[both][:, [left, right]]
        name = f"{wide.columns[left]} – {wide.columns[right]}"
        if not len(pair):
            continue
        key = (seed, name)
        same = pair[:, 0] == pair[:, 1]
        low, high = _percent(same, clusters[both] if cluster else None, key, resamples)
        rows.append(_row(name, "percent agreement", float(same.mean()), low, high, len(pair)))
        rows.append(
            _resampled(name, "kappa", pair, clusters[both], lambda units: _kappa(units), key, resamples)
        )
    shared = (coded >= 0).sum(axis=1) > 1
    if not shared.any():
        raise MeasureError("no unit was coded by two coders, so there is nothing to compare")
    together = coded[shared]
    rows.append(
        _resampled(
            "all",
            "alpha",
            together,
            clusters[shared],
            lambda units: _alpha(units, scale, metric),
            (seed, "all"),
            resamples,
        )
    )
    return pd.DataFrame(rows)


def _row(
    coders: str, measure: str, value: float, low: float, high: float, n: int, note: str = ""
) -> dict[str, object]:
    return {
        "coders": coders,
        "measure": measure,
        "value": value,
        "low": low,
        "high": high,
        "n_units": n,
        "note": note,
    }


def _percent(
    same: npt.NDArray[np.bool_],
    clusters: npt.NDArray[np.object_] | None,
    key: tuple[int, str],
    resamples: int,
) -> tuple[float, float]:
    """Give the interval of a share of units coded alike."""
    if clusters is None:
        low, high = wilson(same.sum(), len(same))
        return float(low), float(high)
    rows = pd.DataFrame({"article_id": clusters.astype(str), "coded": np.where(same, "same", "")})
    articles = rows[["article_id"]].drop_duplicates().assign(outlet=key[1])
    found = shares(rows, articles, item="coded", items=["same"], resamples=resamples, seed=key[0]).iloc[0]
    return float(found["low"]), float(found["high"])


def _resampled(
    coders: str,
    measure: str,
    units: npt.NDArray[np.int64],
    clusters: npt.NDArray[np.object_],
    statistic: Callable[[npt.NDArray[np.int64]], float],
    key: tuple[int, str],
    resamples: int,
) -> dict[str, object]:
    value = statistic(units)
    if np.isnan(value):
        return _row(
            coders,
            measure,
            value,
            np.nan,
            np.nan,
            len(units),
            "only one code was used, so chance agreement is full",
        )
    names, index = np.unique(clusters.astype(str), return_inverse=True)
    members = [np.flatnonzero(index == at) for at in range(len(names))]
    rng = generator(*key)
    draws = [
        statistic(units[np.concatenate([members[at] for at in rng.integers(0, len(names), len(names))])])
        for _ in range(resamples)
    ]
    usable = np.asarray([draw for draw in draws if not np.isnan(draw)])
    if not len(usable) or len(names) < 2:
        return _row(coders, measure, value, np.nan, np.nan, len(units), "too few units for an interval")
    low, high = np.quantile(usable, [0.025, 0.975])
    return _row(coders, measure, value, float(min(low, value)), float(max(high, value)), len(units))


def _kappa(pair: npt.NDArray[np.int64]) -> float:
    size = int(pair.max()) + 1
    table = np.bincount(pair[:, 0] * size + pair[:, 1], minlength=size**2).reshape(size, size) / len(pair)
    chance = float(table.sum(axis=1) @ table.sum(axis=0))
    return float((np.trace(table) - chance) / (1 - chance)) if chance < 1 else float("nan")


def _alpha(coded: npt.NDArray[np.int64], scale: Floats, metric: str) -> float:
    size = len(scale)
    counts = np.stack([(coded == value).sum(axis=1) for value in range(size)], axis=1).astype(float)
    n = counts.sum(axis=1)
    counts, n = counts[n > 1], n[n > 1]
    weights = counts / (n - 1)[:, None]
    coincidences = weights.T @ counts - np.diag(weights.sum(axis=0))
    totals = coincidences.sum(axis=0)
    distance = _distance(totals, scale, metric)
    expected = (np.outer(totals, totals) * distance).sum() / max(totals.sum() - 1, 1)
    observed = (coincidences * distance).sum()
    return float(1 - observed / expected) if expected > 0 else float("nan")


def _distance(totals: Floats, scale: Floats, metric: str) -> Floats:
    """Give the squared distance of every two codes (Krippendorff, 2019)."""
    first, second = scale[:, None], scale[None, :]
    if metric == "nominal":
        return np.asarray(first != second, dtype=np.float64)
    if metric == "interval":
        return np.asarray((first - second) ** 2)
    if metric == "ratio":
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.nan_to_num(((first - second) / (first + second)) ** 2)
    upto = np.cumsum(totals)
    larger = np.maximum.outer(np.arange(len(totals)), np.arange(len(totals)))
    smaller = np.minimum.outer(np.arange(len(totals)), np.arange(len(totals)))
    between = upto[larger] - upto[smaller] + totals[smaller] - (totals[larger] + totals[smaller]) / 2
    return np.asarray(np.where(larger == smaller, 0.0, between) ** 2)
