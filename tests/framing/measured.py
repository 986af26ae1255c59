"""Read the labelled sentences and compare the kit with them; also run by hand to print the tables of the docs."""

import re
from pathlib import Path

import polars as pl

from analysis.codebook import load
from analysis.framing import annotate_harms, annotate_labels
from analysis.language import parse
from analysis.schemas import conform

DATA = Path(__file__).parents[1] / "data"
MARK = re.compile(r"\{([^|}]+)\|([^}]*)\}")


def read(name):
    """Give ``(text, {start: (surface, code)})`` for each labelled sentence."""
    cases = []
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        text, marks, at = "", {}, 0
        for mark in MARK.finditer(line):
            text += line[at : mark.start()]
            marks[len(text)] = (mark.group(1), mark.group(2))
            text += mark.group(1)
            at = mark.end()
        cases.append((text + line[at:], marks))
    return cases


def annotated(cases):
    """Parse all sentences once: one article a sentence."""
    return list(
        parse({"article_id": f"{number:03d}", "body": text} for number, (text, _) in enumerate(cases))
    )


def voices(cases, parses):
    """Give pairs (gold, kit) of harm events; "" for none."""
    empty = {name: conform([], name) for name in ("mentions", "statements")}
    rows = annotate_harms(parses, codebook=load("ukraine-war"), **empty)
    return _pairs(cases, {(r["article_id"], r["start"]): r["voice"] for r in rows.to_dicts()})


def label_voices(cases, parses, statements=None):
    """Give pairs (gold, kit) of label voices; only marked labels are compared."""
    told = conform([], "statements") if statements is None else statements
    rows = annotate_labels(parses, statements=told, codebook=load("ukraine-war"))
    kit = {(r["article_id"], r["start"]): "scare" if r["scare"] else r["voice"] for r in rows.to_dicts()}
    return [pair for pair in _pairs(cases, kit) if pair[0]]


def _pairs(cases, kit):
    pairs = []
    for number, (text, marks) in enumerate(cases):
        found = {start: code for (article, start), code in kit.items() if article == f"{number:03d}"}
        for start in sorted({*marks, *found}):
            # "Russian-held" is marked whole and found whole; a compound may begin one word earlier
            gold = marks.get(start, ("", "none"))[1]
            if gold == "":
                continue
            pairs.append(("" if gold == "none" else gold, found.get(start, ""), number, text))
    return pairs


def scores(pairs):
    """Give a frame: code, n, precision, recall, f1; the last row is the macro mean."""
    codes = sorted({gold for gold, *_ in pairs if gold})
    rows = []
    for code in codes:
        hit = sum(gold == code == kit for gold, kit, *_ in pairs)
        n, said = sum(gold == code for gold, *_ in pairs), sum(kit == code for _, kit, *_ in pairs)
        rows.append((code, n, hit / said if said else 0.0, hit / n, 2 * hit / (n + said)))
    frame = pl.DataFrame(rows, schema=["code", "n", "precision", "recall", "f1"], orient="row")
    mean = frame.select(
        pl.lit("macro").alias("code"),
        pl.col("n").sum(),
        *(pl.col(c).mean() for c in ("precision", "recall", "f1")),
    )
    return pl.concat([frame, mean])


if __name__ == "__main__":
    for name, compare in (("framing_voices.txt", voices), ("framing_labels.txt", label_voices)):
        cases = read(name)
        pairs = compare(cases, annotated(cases))
        print(name, len(cases), "sentences", len(pairs), "pairs")
        print(scores(pairs))
        print("right:", sum(gold == kit for gold, kit, *_ in pairs) / len(pairs))
        for gold, kit, number, text in pairs:
            if gold != kit:
                print(f"  {number} {gold or '-'} != {kit or '-'}: {text}")
