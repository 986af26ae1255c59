"""Count which words the news writes small: analysis/data/actors/ordinary_words.tsv.

    python scripts/build_ordinary_words.py ARTICLES.jsonl.gz

ARTICLES is any large collection of English news, one JSON object with ``text`` a line. Kept are words of at least
three letters that stand in small letters in `MINIMUM` articles, and inside sentences hardly ever with a capital: a
capitalised one is then likely a sentence's or a heading's first word, not a name. No text is kept. The committed list
was counted on 9,389 articles of 268 outlets, 2012 to 2020.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "analysis" / "data" / "actors" / "ordinary_words.tsv"
MINIMUM = 30
SMALL = 0.9
# a word behind a word and a single space: inside a sentence, and in no heading where every word has a capital
INSIDE = re.compile(r"(?<=[a-z,] )[A-Za-z][a-z]{2,}\b")
HEAD = """# Words that the news writes small, lower case: a capitalised one opens a sentence or a heading and names nobody.
# Built by scripts/build_ordinary_words.py from articles of 268 outlets, 2012 to 2020: words written small in at least
# 30 articles and in nine of ten places inside sentences. No text is kept. Licence as the project's (Apache-2.0).
word
"""


def main(path: str) -> None:
    articles: Counter[str] = Counter()
    small: Counter[str] = Counter()
    big: Counter[str] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            found = Counter(INSIDE.findall(json.loads(line)["text"]))
            for word, times in found.items():
                if word.islower():
                    articles[word] += 1
                    small[word] += times
                else:
                    big[word.lower()] += times
    kept = sorted(
        word
        for word, n in articles.items()
        if n >= MINIMUM and small[word] >= SMALL * (small[word] + big[word])
    )
    TARGET.write_text(HEAD + "\n".join(kept) + "\n", encoding="utf-8")
    print(f"{len(kept)} words")


if __name__ == "__main__":
    main(sys.argv[1])
