"""How often the intervals of estimates hold the truth: simulated corpora, a thousand draws a setting.

    python benchmarks/coverage.py [--draws 1000] [--interval percentile]

Shares: articles have skewed numbers of rows (1 + negative binomial), and an item's probability varies from article to article (beta,
with the intraclass correlation given), as labels in news do. Rates: articles have log-normal numbers of words, about 650, and
an item's rate varies from article to article (gamma, with the shape given). Nominal coverage is 95 %.
"""

from __future__ import annotations

import argparse
from itertools import product

import numpy as np
import numpy.typing as npt
from scipy import sparse

from analysis.text.intervals import INTERVALS, bootstrap_limits
from analysis.text.resampling import ratio_draws

Drawn = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]


def shares(rng: np.random.Generator, articles: int, share: float, correlation: float) -> Drawn:
    """Draw the rows of articles and those that are the item."""
    a, b = (p * (1 - correlation) / correlation for p in (share, 1 - share))
    sizes = np.asarray(1 + rng.negative_binomial(1, 1 / 8, articles), dtype=np.float64)
    return sizes, np.asarray(rng.binomial(sizes.astype(int), rng.beta(a, b, articles)), dtype=np.float64)


def rates(rng: np.random.Generator, articles: int, rate: float, shape: float) -> Drawn:
    """Draw the words of articles and the occurrences of the item."""
    sizes = np.asarray(np.round(rng.lognormal(6.3, 0.6, articles)) + 50, dtype=np.float64)
    occurrences = rng.poisson(sizes * rate * rng.gamma(shape, 1 / shape, articles))
    return sizes, np.asarray(occurrences, dtype=np.float64)


def coverage(
    articles: int,
    truth: float,
    spread: float,
    *,
    bounded: bool,
    draws: int,
    interval: str,
    resamples: int = 500,
    seed: int = 5,
) -> tuple[float, float, float]:
    """Give the share of draws whose interval holds the truth, its mean width, and the share of draws without a hit."""
    rng = np.random.default_rng(seed)
    held, width, none = 0, 0.0, 0
    for draw in range(draws):
        sizes, counts = (shares if bounded else rates)(rng, articles, truth, spread)
        table = sparse.csr_array(counts[:, None])
        drawn = ratio_draws(table, sizes, resamples=resamples, rng=np.random.default_rng(draw))
        low, high = bootstrap_limits(drawn, table, sizes, bounded=bounded, interval=interval)
        held += bool(low[0] <= truth <= high[0])
        width += float(high[0] - low[0])
        none += not counts.any()
    return held / draws, width / draws, none / draws


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--interval", choices=INTERVALS, default=INTERVALS[0])
    options = parser.parse_args()
    for name, bounded, truths, spreads in (
        ("share", True, (0.02, 0.1, 0.3, 0.5), (0.05, 0.3)),
        ("rate", False, (0.0002, 0.001, 0.005), (0.5, 2.0)),
    ):
        print(f"{'articles':>8s} {name:>6s} {'spread':>6s} {'coverage':>9s} {'width':>6s} {'no hit':>6s}")
        inside = total = 0
        for articles, truth, spread in product((10, 20, 40, 100), truths, spreads):
            held, width, none = coverage(
                articles, truth, spread, bounded=bounded, draws=options.draws, interval=options.interval
            )
            total += 1
            inside += 0.92 <= held <= 0.98
            note = "" if 0.92 <= held <= 0.98 else "  above: too wide" if held > 0.98 else "  below"
            print(
                f"{articles:8d} {truth:6g} {spread:6g} {held:9.3f} {width:6.4f} {none:6.3f}{note}", flush=True
            )
        print(f"{inside} of {total} settings between 92 and 98 %")


if __name__ == "__main__":
    main()
