"""The stemmer loads without the rest of NLTK, and leaves no half of it behind."""

import subprocess
import sys

from analysis.text.stemming import stemmer

ASKED = """
import sys
from analysis.text.stemming import stemmer
print(stemmer()("ceasefires"), *(name for name in ("nltk", "sklearn", "scipy") if name in sys.modules))
import nltk.stem
print(nltk.stem.SnowballStemmer("english").stem("ceasefires"), nltk.word_tokenize.__name__)
"""


def test_stems_are_those_of_nltk() -> None:
    from nltk.stem.snowball import SnowballStemmer

    theirs = SnowballStemmer("english").stem
    for word in (
        "shelling",
        "withdrawals",
        "generously",
        "dying",
        "skies",
        "o'clock",
        "ukraine's",
        "gas",
        "x",
    ):
        assert stemmer()(word) == theirs(word)


def test_the_stemmer_comes_alone_and_nltk_can_still_be_had_whole() -> None:
    said = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == ["ceasefir", "ceasefir word_tokenize"]
