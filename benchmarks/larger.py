"""Make a larger collection whose stories stay of natural size: the collection again and again, in other words.

    python benchmarks/larger.py [--data FILE] [--articles 100000] [--out FILE] [--check]

The collection is told several times over. In each telling after the first

- every word stem that at most one in four articles has stands for another one about as rare, names for names, and one that
  only one or two articles have is spelt anew: what a story shares within, it still shares, and no other telling has it;
- the commoner stems stay, so that articles on one topic go on resembling each other across tellings;
- numbers of two digits and more, years excepted, become others of the same length;
- sentences are left out, one in three at random, and the order of those after the second is drawn: no article is the double
  of another telling's;
- all days are moved by the same step, round the years the collection spans: a week holds as many more stories as there are
  tellings. The share of articles without a date stays, but others have none.

Names of outlets stay. ``--check`` links what was made and prints what shows whether it is natural: the sizes of stories beside
those of the collection alone, and how many stories hold articles of several tellings.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE))

from nltk.stem.snowball import SnowballStemmer  # noqa: E402
from speed import DATA, OUT, parquet  # noqa: E402

from analysis.text.tokens import function_words  # noqa: E402

_TOKEN = re.compile(r"[A-Za-z]{3,}|\d[\d,.]*\d")
_STOP = re.compile(r"(?<=[.!?”\"])\s+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_COMMON, _RARE = 1 / 4, 2
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_BANDS = 40
_STEP = 157  # days from one telling to the next


def told_again(articles: pl.DataFrame, number: int) -> pl.DataFrame:
    """Give ``number`` articles: those of the collection, then of its tellings in other words."""
    words = _Words(articles)
    parts = [articles.with_columns(telling=pl.lit(0))]
    while sum(part.height for part in parts) < number:
        parts.append(_telling(articles, words, len(parts)))
    return pl.concat(parts).head(number)


class _Words:
    """The stems of the collection: how many articles have each, how it is written, and whether as a name."""

    def __init__(self, articles: pl.DataFrame) -> None:
        stem = cache(SnowballStemmer("english").stem)
        frequency: Counter[str] = Counter()
        forms: dict[str, Counter[str]] = {}
        for body in articles["body"]:
            seen = set()
            for token in _TOKEN.findall(body):
                if token[0].isalpha() and token.lower() not in function_words():
                    key = stem(token.lower())
                    forms.setdefault(key, Counter())[token] += 1
                    seen.add(key)
            frequency.update(seen)
        self.stem = stem
        self.common = {key for key, count in frequency.items() if count > _COMMON * articles.height}
        self.rare = {key for key, count in frequency.items() if count <= _RARE}
        self.form = {
            key: sorted(counts.items(), key=lambda one: (-one[1], one[0]))[0][0].lower()
            for key, counts in forms.items()
        }
        between = sorted(set(frequency) - self.common - self.rare, key=lambda key: (-frequency[key], key))
        name = {
            key: sum(n for form, n in forms[key].items() if form[0].isupper()) * 2 > forms[key].total()
            for key in between
        }
        self.bands = [
            [str(key) for key in band]
            for named in (False, True)
            for band in np.array_split([key for key in between if name[key] == named], _BANDS)
        ]


def _telling(articles: pl.DataFrame, words: _Words, telling: int) -> pl.DataFrame:
    rng = np.random.default_rng(2026 + telling)
    meaning = {
        one: words.form[other]
        for band in words.bands
        for one, other in zip(band, (band[i] for i in rng.permutation(len(band))), strict=True)
    }
    rows = [
        (_respelt(headline, words, meaning, telling), _shortened(body, words, meaning, telling, rng))
        for headline, body in articles.select("headline", "body").iter_rows()
    ]
    return articles.with_columns(
        article_id=pl.format("t{}-{}", pl.lit(telling), "article_id"),
        headline=pl.Series([row[0] for row in rows]),
        body=pl.Series([row[1] for row in rows]),
        published=_moved(articles["published"], telling, rng),
        telling=pl.lit(telling),
    )


def _respelt(text: str, words: _Words, meaning: Mapping[str, str], telling: int) -> str:
    def other(match: re.Match[str]) -> str:
        token = match[0]
        if token[0].isdigit():
            return token if _YEAR.fullmatch(token) else _number(token, telling)
        plain = token.lower()
        if plain in function_words():
            return token
        key = words.stem(plain)
        word = meaning.get(key) or (f"{plain[:-1]}q{_LETTERS[telling]}" if key in words.rare else plain)
        return token if word == plain else word.capitalize() if token[0].isupper() else word

    return _TOKEN.sub(other, text)


def _number(token: str, telling: int) -> str:
    digits = str.maketrans("0123456789", "".join(str((7 * d + telling) % 10) for d in range(10)))
    return token.translate(digits)


def _shortened(
    body: str, words: _Words, meaning: Mapping[str, str], telling: int, rng: np.random.Generator
) -> str:
    sentences = _STOP.split(_respelt(body, words, meaning, telling))
    kept = [row for row in range(len(sentences)) if row < 2 or rng.random() < 2 / 3]
    return " ".join(sentences[row] for row in [*kept[:2], *rng.permutation(kept[2:]).tolist()])


def _moved(published: pl.Series, telling: int, rng: np.random.Generator) -> pl.Series:
    """Move all days by the same step, round the time the collection spans; others than before have none."""
    day = published.str.slice(0, 10).str.to_date(strict=False)
    known = day.drop_nulls().dt.epoch("d").to_numpy()
    share = 1 - len(known) / len(day)
    here = day.dt.epoch("d").to_numpy(writable=True)
    unknown = np.isnan(here)
    here[unknown] = rng.choice(known, int(unknown.sum()))
    span = known.max() - known.min() + 1
    here = known.min() + (here - known.min() + telling * _STEP) % span
    there = pl.Series("published", here.astype(int)).cast(pl.Int32).cast(pl.Date).cast(pl.String)
    return there.set(pl.Series(rng.random(len(day)) < share), None)


def checked(made: pl.DataFrame, collection: int) -> None:
    from analysis.stories import link

    for what, articles in (("the collection", made.head(collection)), ("all tellings", made)):
        found = link(articles.with_columns(published_until=pl.col("published")).to_pandas())
        sizes = found["story"].value_counts()
        tellings = articles["telling"].to_pandas().groupby(found["story"]).nunique()
        print(
            f"{what}: {len(found)} articles, {len(sizes)} stories; of two or more {(sizes > 1).mean():.3f}, of three or more "
            f"{(sizes > 2).mean():.3f}, the largest {sizes.max()}; of several tellings {(tellings > 1).sum()}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--out", type=Path, default=OUT / "larger.parquet")
    parser.add_argument(
        "--check", action="store_true", help="link what was made, and say what the stories are like"
    )
    given = parser.parse_args()
    articles = pl.read_parquet(parquet(given.data)).select(
        "article_id", "outlet", "published", "headline", "body"
    )
    if not given.out.is_file():
        told_again(articles, given.articles).write_parquet(given.out, row_group_size=1000)
    if given.check:
        checked(pl.read_parquet(given.out), articles.height)


if __name__ == "__main__":
    main()
