"""A small corpus of fictional outlets and a notebook over it, for tests that make a report."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

HOSTILE = (
    "A reader wrote <script>window.hacked=1</script> under the war report, then {{ 7*7 }} and $E=mc^2$ and ]]> "
    "and <img src=x onerror=window.hacked=1> and \u202egnirts desrever a\u202c."
)
OUTLETS = ("Continental Wire", "Harbour Gazette", "State Channel One", "Tidewater Post")
_SENTENCES = (
    "The ferry company said on Monday that the war had closed the strait.",
    "Residents of Old Ferry called it an invasion and kept their shops shut.",
    "Nobody on the quay could say how long the conflict would last.",
    "The council met twice about the war and adjourned without a vote.",
    "=SUM(A1:A9) stood in the table that the harbour office sent about the conflict.",
)


def corpus(folder: Path) -> Path:
    """Write twenty-four articles as one table."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for i in range(24):
        words = [_SENTENCES[(i * 2 + j) % len(_SENTENCES)] for j in range(3)]
        if i == 1:
            words.insert(0, HOSTILE)
        headline = "Day of the </script><b>war</b>" if i == 1 else f"Ferry day {i}"
        rows.append(
            {
                "article_id": f"{i:016x}",
                "outlet": OUTLETS[i % 4],
                "headline": headline,
                "published": f"2023-03-{i + 1:02d}",
                "path": "articles.csv",
                "row": i + 1,
                "body": " ".join(words[:2]) + "\n" + " ".join(words[2:]),
            }
        )
    with (folder / "articles.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder


_LOAD = """\
import pandas as pd
from analysis.figures import Evidence, Figure, Finding, Opening, Table, dots, outlet_colours

everything = pd.read_csv(f"{corpus}/articles.csv")
articles = everything[everything["outlet"].isin(outlets or everything["outlet"])]
colours = outlet_colours(everything["outlet"])
found = articles["body"].str.extractall(r"(?P<label>war|invasion|conflict)").reset_index()
spans = articles[["article_id", "body"]].reset_index().rename(columns={"index": "level_0"}).merge(found, on="level_0")
spans["start"] = [body.index(label) for body, label in zip(spans["body"], spans["label"])]
spans["end"] = spans["start"] + spans["label"].str.len()
counts = spans.merge(articles[["article_id", "outlet"]], on="article_id").groupby(["label", "outlet"]).size()
sizes = counts.groupby("outlet").sum()
shares = counts.rename("k").reset_index().rename(columns={"label": "item", "outlet": "group"})
shares["n"] = shares["group"].map(sizes)
shares["share"] = shares["k"] / shares["n"]
shares["low"] = (shares["share"] - 0.1).clip(lower=0)
shares["high"] = (shares["share"] + 0.1).clip(upper=1)
shares["enough"] = shares["group"] != "Tidewater Post"
"""
_OPENING = """\
Opening(
    f"The commonest word is “{spans['label'].value_counts().idxmax()}”",
    standfirst="Four fictional outlets and their ferry.",
    facts=[(len(articles), "articles"), (articles["outlet"].nunique(), "outlets")],
    limits=["A demonstration on invented articles."],
)
"""
_FINDING = """\
Finding(
    f"“War” stands in {(spans['label'] == 'war').sum()} places",
    lead="Counted in all sentences.",
    figure=Figure(
        dots.dots(shares, colours=colours),
        alt="Dot plot of three labels by outlet, with intervals.",
        caption="Dots are shares of all labels.",
    ),
    table=Table(shares, caption="Labels by outlet", colours=colours),
    evidence=Evidence(spans, articles, item="label", title="Sentences with a label", colours=colours),
    against=Evidence(spans[spans["label"] == "conflict"], articles, title="Sentences with “conflict”", colours=colours),
)
"""


def notebook(path: Path, *, last: str = "") -> Path:
    """Write a notebook; ``last`` is the source of one more cell."""
    cells: list[dict[str, Any]] = [
        _cell("markdown", "title", "# Words for the fighting\n\nA demonstration."),
        _cell(
            "code",
            "parameters",
            'corpus: str = "seeds"  # where the articles lie\noutlets: list[str] = []  # empty: all\nseed: int = 2026  # of the resampling',
            tags=["parameters"],
        ),
        _cell("code", "load", _LOAD),
        _cell("code", "opening", _OPENING),
        _cell("markdown", "labels-why", "## The word for it\n\nEvery label counts once."),
        _cell("code", "labels", _FINDING),
        _cell(
            "code",
            "articles",
            'Table(articles[["outlet", "headline", "published"]], caption="Articles", limit=3)',
        ),
    ]
    if last:
        cells.append(_cell("code", "last", last))
    content = {
        "cells": cells,
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def _cell(kind: str, name: str, source: str, *, tags: list[str] | None = None) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": kind,
        "id": name,
        "metadata": {"tags": tags} if tags else {},
        "source": source,
    }
    return cell | ({"outputs": [], "execution_count": None} if kind == "code" else {})
