"""A small annotated corpus, made by hand: two outlets, four articles, every layer that a panel reads."""

from __future__ import annotations

import pandas as pd

from analysis import Corpus
from analysis.schemas import conform

BODIES = (
    "Crews withdrew the ferry from Odesa on Monday, the port said.\nThe harbour's crews <b>left</b> at noon. The U.S. envoy saw the ferry go.",
    "The army withdraws from Bakhmut, the ministry said. “We hold the line,” the mayor Vell said.",
    "Crews withdrew the ferry from Odesa on Monday, a spokesman of the port said.\nThe operation goes on near Bakhmut. =cmd",
    "Lviv waits for the bridge. The operation ends soon, the withdrawal too.",
)
OUTLETS = ("Harbour Gazette", "Harbour Gazette", "Tidewater Post", "Tidewater Post")
DAYS = ("2023-03-01", "2023-04-03", "2023-03-01", "2023-05-04")
HEADS = (
    "Crews take the ferry out of Odesa",
    "Bridge & tunnel: 100 % shut",
    "Ferry crews leave Odesa on Monday",
    "Mayor speaks in Lviv",
)
IDS = ("d4d4d4d4d4d4d4d4", "a1a1a1a1a1a1a1a1", "c3c3c3c3c3c3c3c3", "b2b2b2b2b2b2b2b2")
TOWNS = {
    "Odesa": ("698740", 46.48, 30.74, "UA"),
    "Bakhmut": ("712451", 48.59, 38.0, "UA"),
    "Lviv": ("702550", 49.84, 24.03, "UA"),
}


def made_corpus() -> Corpus:
    """Make the corpus."""
    articles = conform(
        pd.DataFrame(
            {
                "article_id": IDS,
                "path": [f"{number}.txt" for number in range(4)],
                "outlet": OUTLETS,
                "headline": HEADS,
                "byline": ["Ina Marsh", "", "", ""],
                "published": pd.to_datetime(list(DAYS)).date,
                "published_until": pd.to_datetime(list(DAYS)).date,
                "published_precision": ["day", "day", "day", "month"],
                "url": ["https://example.org/a?b={c}", "", "", ""],
                "language": "en",
                "kind": "original",
                "body": BODIES,
                "n_words": [len(body.split()) for body in BODIES],
                "n_lines_removed": [1, 0, 0, 0],
            }
        ),
        "articles",
    )
    sentences = []
    for key, body in zip(IDS, BODIES, strict=True):
        start = 0
        for number, line in enumerate(body.split("\n")):
            sentences.append(
                {
                    "article_id": key,
                    "start": start,
                    "end": start + len(line),
                    "sentence": number,
                    "paragraph": number,
                }
            )
            start += len(line) + 1
    lines = [
        {
            **{
                "article_id": row["article_id"],
                "start": row["start"],
                "end": row["end"],
                "line": 2 * row["sentence"] + 1,
            },
            **{"kind": "body", "kept": True, "rule": "article text", "reason": "reads like a paragraph"},
            "text": BODIES[IDS.index(row["article_id"])][row["start"] : row["end"]],
        }
        for row in sentences
    ]
    share = {"kind": "share bar", "kept": False, "rule": "share bar", "reason": "names of networks only"}
    lines.append({"article_id": IDS[0], "line": 2, "text": "Share <this>:", **share})
    return Corpus(
        articles.to_pandas(),
        conform([], "set_aside").to_pandas(),
        source="made",
        layers={
            "sentences": conform(sentences, "sentences"),
            "lines": conform(lines, "lines"),
            "mentions": conform(
                [
                    *_spans("Vell", kind="person", actor="Anton Vell", rule="model", sentence=0),
                    *_spans("the mayor Vell", kind="person", actor="Anton Vell", rule="model", sentence=0),
                    *_spans(
                        "the ministry",
                        kind="organisation",
                        actor="Ministry of Defence",
                        rule="model",
                        sentence=0,
                    ),
                    *_spans("the port", kind="organisation", actor="Port of Odesa", rule="model", sentence=0),
                ],
                "mentions",
            ),
            "statements": conform(
                _spans(
                    "We hold the line",
                    source="the mayor Vell",
                    actor="Anton Vell",
                    cue="say",
                    form="direct",
                    source_class="government",
                ),
                "statements",
            ),
            "actions": conform(
                _actions(
                    "withdraws",
                    verb="withdraw",
                    agent="Ministry of Defence",
                    patient="Anton Vell",
                    voice="active",
                ),
                "actions",
            ),
            "places": conform(
                [
                    row
                    for name, (key, lat, lon, country) in TOWNS.items()
                    for row in _spans(
                        name,
                        kind="town",
                        role="event",
                        place_id=key,
                        place=name,
                        country=country,
                        lat=lat,
                        lon=lon,
                        precision="town",
                    )
                ],
                "places",
            ),
            "labels": conform(
                _spans("operation", concept="the fighting", label="operation", voice="own", scare=False),
                "labels",
            ),
            "harms": conform([], "harms"),
            "quantities": conform([], "quantities"),
            "aliases": conform([], "aliases"),
        },
    )


def _actions(words: str, **columns: object) -> list[dict[str, object]]:
    return [
        {name: value for name, value in row.items() if name != "surface"} for row in _spans(words, **columns)
    ]


def _spans(words: str, **columns: object) -> list[dict[str, object]]:
    return [
        {
            "article_id": key,
            "start": body.index(words),
            "end": body.index(words) + len(words),
            "surface": words,
            **columns,
        }
        for key, body in zip(IDS, BODIES, strict=True)
        if words in body
    ]
