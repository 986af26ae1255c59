"""Compare frames, responsibility and the telling of victims with the labelled sentences; also run by hand."""

import csv
import re
from pathlib import Path

import measured
import pandas as pd

from analysis.codebook import load
from analysis.framing import frame_evidence, responsibility
from analysis.framing.people import told_as

DATA = Path(__file__).parents[1] / "data"
ITEMS = {
    "R1": "responsibility: government can ease it",
    "R2": "responsibility: somebody is to blame",
    "R3": "responsibility: solution suggested",
    "R4": "responsibility: urgent action",
    "H1": "human interest: a human face",
    "H2": "human interest: feeling words",
    "H3": "human interest: how people are affected",
    "H4": "human interest: private life",
    "C1": "conflict: disagreement",
    "C2": "conflict: reproach",
    "C3": "conflict: two sides",
    "C4": "conflict: winners and losers",
    "M1": "morality: message",
    "M2": "morality: prescription",
    "E1": "economic: losses and gains",
    "E2": "economic: costs",
    "E3": "economic: consequences",
}
NAMES = re.compile(
    r"Moscow|Kremlin|Russian forces|Russian foreign ministry|Russian|Russia|Kyiv|Ukrainian|Ukraine|NATO|Washington|"
    r"European Union|United Nations|Putin|Zelensky|Berlin|Poland|Belarus|Ankara|Pentagon|Germany|Beijing|Minsk|"
    r"London|Doctors Without Borders|Wagner|Macron|Europe|Trump|Iran|Turkey"
)


def rows_of(name):
    lines = [
        line for line in (DATA / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    return list(csv.DictReader(lines, delimiter="\t"))


def _as_articles(texts):
    articles = pd.DataFrame(
        {"article_id": [f"{n:03d}" for n in range(len(texts))], "body": texts, "outlet": "Hill Post"}
    )
    sentences = articles.assign(start=0, end=articles["body"].str.len(), sentence=0)
    nobody = pd.DataFrame(columns=["article_id", "start", "end", "form"])
    return articles, sentences, nobody


def precision_recall(gold, found):
    hit = len(gold & found)
    return hit / len(found), hit / len(gold), len(found)


def frames(*, show=False):
    cases = rows_of("framing_frames.tsv")
    articles, sentences, nobody = _as_articles([case["sentence"] for case in cases])
    evidence = frame_evidence(articles, sentences, nobody, codebook=load("general"))
    evidence = evidence[evidence["family"] == "generic"]
    short = {name: code for code, name in ITEMS.items()}
    found = {(row.article_id, short[row.frame]) for row in evidence.itertuples()}
    gold = {
        (f"{n:03d}", item) for n, case in enumerate(cases) for item in case["items"].split(",") if item != "-"
    }
    if show:
        print("frames", precision_recall(gold, found))
        for key, item in sorted(found ^ gold):
            print("  ", "missed" if (key, item) in gold else "false", item, cases[int(key)]["sentence"])
    return precision_recall(gold, found)


def responsible(*, show=False):
    cases = measured.read("framing_responsibility.txt")
    articles, sentences, nobody = _as_articles([text for text, _ in cases])
    book = load("ukraine-war")
    mentions = pd.DataFrame(
        [
            {
                "article_id": f"{n:03d}",
                "start": hit.start(),
                "end": hit.end(),
                "surface": hit.group(),
                "actor": hit.group(),
            }
            for n, (text, _) in enumerate(cases)
            for hit in NAMES.finditer(text)
        ]
    )
    rows = responsibility(articles, sentences, mentions, nobody, codebook=book)
    found = {(row.article_id, row.start, row.kind) for row in rows.itertuples()}
    gold = {
        (f"{n:03d}", start, kind) for n, (_, marks) in enumerate(cases) for start, (_, kind) in marks.items()
    }
    if show:
        print("responsibility", precision_recall(gold, found))
        for key, start, kind in sorted(found ^ gold):
            print("  ", "missed" if (key, start, kind) in gold else "false", kind, cases[int(key)][0])
    return precision_recall(gold, found)


def victims(*, show=False):
    cases = rows_of("framing_victims.tsv")
    pairs = [(case["told"], told_as(case["victim"]), case["victim"]) for case in cases]
    right = sum(gold == kit for gold, kit, _ in pairs) / len(pairs)
    if show:
        print("victims", right, len(pairs), [pair for pair in pairs if pair[0] != pair[1]])
    return right, len(pairs)


ALL = (frames, responsible, victims)
