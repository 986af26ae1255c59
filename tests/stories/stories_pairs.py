"""Precision and recall of grouping, alignment and line-up on labelled pairs; run it to print the figures."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from analysis import language
from analysis.schemas import conform
from analysis.stories import align, annotate_quantities, line_up
from analysis.stories.facts import group_statements

DATA = Path(__file__).resolve().parents[1] / "data"
Figures = dict[str, tuple[int, int, int]]


def rows(name: str, half: str) -> list[dict[str, str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    table = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return [{key: value or "" for key, value in row.items()} for row in table if row["half"] == half]


def told(half: str) -> list[tuple[pd.DataFrame, pd.DataFrame, set[tuple[str, str]]]]:
    """Give of each story its two articles, their sentences with sources, and the pairs that say the same."""
    found = []
    every = rows("stories_pairs.tsv", half)
    for story in dict.fromkeys(row["story"] for row in every):
        own = [row for row in every if row["story"] == story]
        sides = {side: [(row[side], row["source"]) for row in own if row[side]] for side in ("left", "right")}
        sides["right"] = sides["right"][::-1]  # no help from the order
        articles, spans = [], []
        for side, said in sides.items():
            start = 0
            for number, (text, source) in enumerate(said):
                spans.append(
                    {
                        "article_id": side,
                        "start": start,
                        "end": start + len(text),
                        "surface": text,
                        "actor": source,
                    }
                    | {"source": source, "sentence": number, "statement": number}
                )
                start += len(text) + 1
            articles.append({"article_id": side, "outlet": side, "body": "\n".join(text for text, _ in said)})
        gold = {(row["left"], row["right"]) for row in own if row["left"] and row["right"]}
        found.append((pd.DataFrame(articles), pd.DataFrame(spans), gold))
    return found


def alignment(half: str) -> tuple[int, int, int]:
    """Count pairs right, pairs found and pairs there are."""
    right = found = there = 0
    for articles, spans, gold in told(half):
        sentences = conform(spans[["article_id", "start", "end", "sentence"]], "sentences").to_pandas()
        lines = align(articles, sentences, "left", "right")
        pairs = {(a, b) for a, b in lines[["left_text", "right_text"]].itertuples(index=False) if a and b}
        right, found, there = right + len(pairs & gold), found + len(pairs), there + len(gold)
    return right, found, there


def grouping(half: str) -> tuple[int, int, int]:
    """Count pairs of statements grouped rightly, grouped, and to be grouped."""
    right = found = there = 0
    for _, spans, gold in told(half):
        group = group_statements(spans)
        left, other = spans["article_id"] == "left", spans["article_id"] == "right"
        pairs = {
            (spans["surface"][i], spans["surface"][j])
            for i in spans.index[left]
            for j in spans.index[other]
            if group[i] == group[j]
        }
        right, found, there = right + len(pairs & gold), found + len(pairs), there + len(gold)
    return right, found, there


def quantities(half: str) -> tuple[Figures, list[tuple[str, str, str, str]]]:
    """Count line-ups and contradictions right, found and there; and list what went wrong."""
    table = rows("stories_quantities.tsv", half)
    bodies = [
        {"article_id": f"{i}{side}", "body": row[side]}
        for i, row in enumerate(table)
        for side in ("left", "right")
    ]
    parses = list(language.parse(bodies))
    empty = conform([], "places"), conform([], "statements")
    ledger = annotate_quantities(parses, places=empty[0], statements=empty[1]).to_pandas()
    articles = pd.DataFrame(bodies).assign(outlet="x", published=pd.Timestamp("2024-05-06"))
    number = articles["article_id"].str.extract(r"(\d+)")[0]
    links = pd.DataFrame({"article_id": articles["article_id"], "story": number})
    lined = line_up(ledger, links, articles)
    together = set(lined["story"].astype(int))
    against = set(lined.loc[lined["conflict"].astype(bool), "story"].astype(int))
    one = {i for i, row in enumerate(table) if row["gold"] != "other"}
    clash = {i for i, row in enumerate(table) if row["gold"] == "conflict"}
    wrong = [
        (
            row["gold"],
            "conflict" if i in against else "same" if i in together else "other",
            row["left"],
            row["right"],
        )
        for i, row in enumerate(table)
        if (i in one) != (i in together) or (i in clash) != (i in against)
    ]
    return {
        "line-up": (len(one & together), len(together), len(one)),
        "contradictions": (len(clash & against), len(against), len(clash)),
    }, wrong


if __name__ == "__main__":
    for half in ("d", "k"):
        figures = {"alignment": alignment(half), "grouping": grouping(half), **quantities(half)[0]}
        for name, (right, found, there) in figures.items():
            print(
                f"{half} {name}: precision {right / found:.2f} ({right}/{found}), recall {right / there:.2f} of {there}"
            )
    for line in quantities("d")[1]:
        print(line)
