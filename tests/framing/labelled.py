"""The labelled sentences of tests/data: how they are read, and the kit's layers of them.

Each file has a working half and, below a line, a half kept aside, which nobody read while making the rules.
"""

import re
from functools import cache
from pathlib import Path

import pandas as pd

from analysis import actors, framing, places, stories
from analysis.codebook import load
from analysis.language import parse

DATA = Path(__file__).parents[1] / "data"
MARK = re.compile(r"\{([^|}]+)\|([^}]*)\}")
KEPT = "# ---- kept aside"


def halves(name):
    """Give the lines of the working half and of the half kept aside."""
    parts = [[], []]
    half = 0
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        half = 1 if line.startswith(KEPT) else half
        if line and not line.startswith("#"):
            parts[half].append(line)
    return parts


def marked(lines):
    """Give ``(text, {start: (surface, code)})`` for lines with ``{words|code}``."""
    cases = []
    for line in lines:
        text, marks, at = "", {}, 0
        for mark in MARK.finditer(line):
            text += line[at : mark.start()]
            marks[len(text)] = mark.group(1), mark.group(2)
            text += mark.group(1)
            at = mark.end()
        cases.append((text + line[at:], marks))
    return cases


def coded(lines):
    """Give ``(text, {code, ...})`` for lines of codes, a tab and a sentence; "-" and "Ot" are no codes."""
    rows = [line.split("\t") for line in lines if not line.startswith(("items\t", "where\t"))]
    return [(text, set(codes.split(",")) - {"-", "Ot"}) for codes, text in rows]


def codes_of(name):
    """Give the items of the codebook that the codes of one set stand for."""
    table = pd.read_csv(DATA / "framing_codes.tsv", sep="\t", comment="#")
    rows = table[table["set"] == name]
    return dict(zip(rows["code"], rows["item"], strict=True))


@cache
def annotated(texts):
    """Give articles and layers as the kit would make them, one article a text."""
    book = load("ukraine-war")
    parses = list(parse({"article_id": f"{n:03d}", "body": text} for n, text in enumerate(texts)))
    found = places.annotate(parses)
    mentions = actors.annotate_mentions(parses, places=found, codebook=book)
    told = actors.annotate_statements(parses, mentions=mentions, codebook=book)
    layers = {
        "mentions": mentions,
        "statements": told,
        "labels": framing.annotate_labels(parses, statements=told, codebook=book),
        "harms": framing.annotate_harms(
            parses, mentions=mentions, statements=told, codebook=book, places=found
        ),
        "quantities": stories.annotate_quantities(parses, places=found, statements=told),
    }
    articles = pd.DataFrame(
        {"article_id": [f"{n:03d}" for n in range(len(texts))], "body": texts, "outlet": "Hill Post"}
    )
    return articles, {name: layer.to_pandas() for name, layer in layers.items()}
