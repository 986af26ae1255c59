"""Count how news uses the words that are also names of places: as places, as people, as plain words.

    python scripts/build_name_use.py ARTICLES.jsonl.gz

Needs vicary==0.2.18 for the family names of notable people (Wikidata, CC0). The input is any large English news collection, one JSON object with a "text" a line; the committed table was counted
over about 9,000 articles of 268 outlets (2012 to 2020). Only counts of single words are kept, no text.
"""

from __future__ import annotations

import gzip
import importlib.resources
import json
import re
import sys
from collections import Counter
from pathlib import Path

from analysis.places.gazetteer import load
from analysis.places.lexicon import lexicon
from analysis.places.names import fold

OUT = Path(__file__).resolve().parents[1] / "analysis" / "data" / "gazetteer" / "name_use.tsv.gz"
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]{2,})*")
PLACE = re.compile(r"\b(?:in|near|outside|across|throughout) ([A-Z][\w’']+)(?! [A-Z])")
PERSON = re.compile(r"\b([A-Z][a-z]+)\.? (?:[A-Z]\. )?([A-Z][\w’']+)")
SPEAKER = re.compile(r"(?<![A-Z]\w )\b([A-Z][\w’']+) (?:said|says|told|added|asked|noted|wrote|tweeted)\b")
MINIMUM = 4


def bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", fold(word))


def family_names() -> Counter[str]:
    packed = (importlib.resources.files("vicary") / "data" / "notability.txt.gz").read_bytes()
    tier, names = "", Counter()
    for line in gzip.decompress(packed).decode("utf-8").splitlines():
        if line.startswith("#!tier"):
            tier = line.split()[1]
        elif tier == "full" and len(line.split()) in (2, 3):
            names[bare(line.split()[-1])] += 1
    return names


def main() -> None:
    gazetteer, words = load(), lexicon()
    lower, place, person = Counter(), Counter(), Counter()
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as file:
        for line in file:
            text = json.loads(line)["text"]
            lower.update(word for word in WORD.findall(text) if word.islower())
            place.update(bare(match[1]) for match in PLACE.finditer(text))
            person.update(bare(match[1]) for match in SPEAKER.finditer(text))
            for match in PERSON.finditer(text):
                before = fold(match[1])
                if before in words.given_names or before in words.titles:
                    person[bare(match[2])] += 1
    family = family_names()
    rows = ["name\tlower\tplace\tperson\tfamily"]
    for name in sorted(set(lower) | set(person) | set(family)):
        if gazetteer.has(name) and max(lower[name], person[name], family[name]) >= MINIMUM:
            rows.append(f"{name}\t{lower[name]}\t{place[name]}\t{person[name]}\t{family[name]}")
    OUT.write_bytes(gzip.compress(("\n".join(rows) + "\n").encode(), 9, mtime=0))
    print(len(rows) - 1, "names")


if __name__ == "__main__":
    main()
