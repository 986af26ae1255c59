"""Count in how many articles of general news each word stem stands, for linking articles into stories.

    python benchmarks/rarity.py [--data FILE] [--least 10]

Writes ``analysis/data/stories/rarity.tsv.gz``: counts only, no text. Needs the scale collection beside the checkout.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from nltk.stem.snowball import SnowballStemmer  # noqa: E402

COLLECTION = HERE.parent.parent / "shared" / "benchmarks" / "scale" / "articles.jsonl.gz"
TABLE = HERE.parent / "analysis" / "data" / "stories" / "rarity.tsv.gz"
HEADER = """\
# In how many of 9,389 English news articles of 2012 to 2020, most of them of the United States, each word stem stands;
# rarer stems are left out. Counted by benchmarks/rarity.py from one part of the Article-Bias-Prediction collection
# (Baly et al. 2020; ramybaly/Article-Bias-Prediction, Apache-2.0). The table holds counts only.
stem	articles
"""


def main() -> None:
    import polars as pl

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=COLLECTION)
    parser.add_argument("--least", type=int, default=10)
    given = parser.parse_args()
    with gzip.open(given.data, "rt", encoding="utf-8") as handle:
        texts = [f"{row['title'] or ''}\n{row['text']}" for row in map(json.loads, handle)]
    stem = cache(SnowballStemmer("english").stem)
    counts: Counter[str] = Counter()
    words = (
        pl.Series(texts)
        .str.to_lowercase()
        .str.replace_all("['’]s", "  ")
        .str.extract_all(r"[a-z][a-z’']{2,}")
    )
    for one in words.list.unique():
        counts.update({stem(word) for word in one})
    kept = sorted((word, count) for word, count in counts.items() if count >= given.least)
    lines = HEADER + f"(articles)\t{len(texts)}\n" + "".join(f"{word}\t{count}\n" for word, count in kept)
    TABLE.write_bytes(gzip.compress(lines.encode(), 9, mtime=0))
    print(f"{len(kept)} stems, {TABLE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
