"""How often the intervals of estimates hold the truth: simulated corpora, a thousand draws a setting.

    python benchmarks/coverage.py [--draws 1000] [--interval bca]

Articles have skewed numbers of rows (1 + negative binomial), and an item's probability varies from article to article (beta, with
the intraclass correlation given), as labels in news do. Nominal coverage is 95 %.
"""

from __future__ import annotations

import argparse
from itertools import product

import numpy as np
from scipy import sparse

from analysis.text.intervals import INTERVALS, bootstrap_limits
from analysis.text.resampling import ratio_draws


def coverage(
    articles: int,
    share: float,
    correlation: float,
    *,
    draws: int,
    interval: str,
    resamples: int = 500,
    seed: int = 5,
) -> tuple[float, float, float]:
    """Give the share of draws whose interval holds the truth, its mean width, and the share of draws without a hit."""
    rng = np.random.default_rng(seed)
    a, b = (p * (1 - correlation) / correlation for p in (share, 1 - share))
    held, width, none = 0, 0.0, 0
    for draw in range(draws):
        sizes = 1.0 + rng.negative_binomial(1, 1 / 8, articles)
        counts = rng.binomial(sizes.astype(int), rng.beta(a, b, articles)).astype(float)
        table = sparse.csr_array(counts[:, None])
        drawn = ratio_draws(table, sizes, resamples=resamples, rng=np.random.default_rng(draw))
        low, high = bootstrap_limits(drawn, table, sizes, interval=interval)
        held += bool(low[0] <= share <= high[0])
        width += float(high[0] - low[0])
        none += not counts.any()
    return held / draws, width / draws, none / draws


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--interval", choices=INTERVALS, default=INTERVALS[0])
    options = parser.parse_args()
    print(
        f"{'articles':>8s} {'share':>6s} {'correlation':>11s} {'coverage':>9s} {'width':>6s} {'no hit':>6s}"
    )
    inside = total = 0
    for articles, share, correlation in product((10, 20, 40, 100), (0.02, 0.1, 0.3, 0.5), (0.05, 0.3)):
        held, width, none = coverage(
            articles, share, correlation, draws=options.draws, interval=options.interval
        )
        total += 1
        inside += 0.92 <= held <= 0.98
        note = "" if 0.92 <= held <= 0.98 else "  above: too wide" if held > 0.98 else "  below"
        print(
            f"{articles:8d} {share:6.2f} {correlation:11.2f} {held:9.3f} {width:6.3f} {none:6.3f}{note}",
            flush=True,
        )
    print(f"{inside} of {total} settings between 92 and 98 %")


if __name__ == "__main__":
    main()
