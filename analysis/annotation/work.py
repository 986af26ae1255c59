"""The unit of annotation: some articles in, their parses and layers out, as bytes.

Pure and importable anywhere, so that it runs the same in this process, in a worker process or on a cluster.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from analysis import fingerprints
from analysis.corpus.store import FAMILIES, digest, from_bytes, to_bytes
from analysis.schemas import conform


@dataclass(frozen=True)
class Settings:
    """What the layers depend on besides the articles; plain values, so that it travels to any worker."""

    codebook: str = "general"
    model: str = ""
    places: Any = None
    aliases: Any = None
    keys: Mapping[str, str] = field(default_factory=dict)


def made_with(settings: Settings) -> str:
    """Identify what a parse depends on besides the body."""
    return digest(settings.keys["model"], fingerprints.parsing_code())


def annotate_chunk(articles: bytes, lines: bytes, tokens: bytes, settings: Settings) -> dict[str, Any]:
    """Annotate some articles: the unit of work, a pure function from bytes to bytes.

    Parameters
    ----------
    articles : bytes
        The ``articles`` table as Parquet.
    lines : bytes
        Their ``lines`` table, kept and removed ones.
    tokens : bytes
        The ``tokens`` of those articles that are parsed already.
    settings : Settings
        Codebook, model and hand corrections.

    Returns
    -------
    dict
        ``parses`` and ``layers`` (table name to Parquet bytes), ``parse_note`` and ``failures`` (article id to what
        went wrong; such an article has a parse but no layers).
    """
    from analysis import language
    from analysis.codebook import load

    rows = from_bytes(articles).to_dicts()
    at_hand = from_bytes(tokens).partition_by("article_id", as_dict=True)
    fresh = iter(
        list(
            language.parse([row for row in rows if (row["article_id"],) not in at_hand], model=settings.model)
        )
    )
    parses = [
        language.rebuild(row, at_hand[(row["article_id"],)], model=settings.model)
        if (row["article_id"],) in at_hand
        else next(fresh)
        for row in rows
    ]
    codebook = load(settings.codebook)
    removed = from_bytes(lines).filter(~pl.col("kept"))
    failures: dict[str, str] = {}
    try:
        layers = _layers(parses, codebook, settings)
    except Exception:
        # one article is at fault: find it, set it aside, keep the others
        pieces = []
        for item in parses:
            try:
                pieces.append(_layers([item], codebook, settings))
            except Exception as error:  # whatever it is, the run goes on without this article's layers
                failures[item.article_id] = f"{type(error).__name__}: {error}"
        layers = (
            {name: pl.concat([piece[name] for piece in pieces]) for name in pieces[0]}
            if pieces
            else _no_layers()
        )
    return {
        "parses": {
            "sentences": to_bytes(language.sentences_table(parses)),
            "tokens": to_bytes(language.tokens_table(parses)),
        },
        "parse_note": {
            "made_with": made_with(settings),
            "bodies": {item.article_id: digest(item.body)[:12] for item in parses},
        },
        "layers": {
            **{name: to_bytes(frame) for name, frame in layers.items()},
            "contamination": to_bytes(_contamination(rows, removed, codebook, settings)),
        },
        "failures": failures,
    }


def _layers(parses: list[Any], codebook: Any, settings: Settings) -> dict[str, pl.DataFrame]:
    """Let the subjects annotate, in the order in which they need one another."""
    from analysis import actors, framing, places, stories

    found = places.annotate(parses, overrides=settings.places)
    mentions = actors.annotate_mentions(parses, places=found, codebook=codebook)
    statements = actors.annotate_statements(parses, mentions=mentions, codebook=codebook)
    return {
        "places": found,
        "mentions": mentions,
        "statements": statements,
        "actions": actors.annotate_actions(
            parses, mentions=mentions, statements=statements, codebook=codebook
        ),
        "labels": framing.annotate_labels(parses, statements=statements, codebook=codebook),
        "harms": framing.annotate_harms(parses, mentions=mentions, statements=statements, codebook=codebook),
        "quantities": stories.annotate_quantities(parses, places=found, statements=statements),
    }


def _contamination(
    articles: list[dict[str, Any]], removed: pl.DataFrame, codebook: Any, settings: Settings
) -> pl.DataFrame:
    """Read the removed lines as if they were articles, to know which names they would have added."""
    from analysis import language

    # an article's own headline is kept apart, not removed as foreign to it
    foreign = removed.filter(~pl.col("kind").is_in(["headline", "duplicate headline"]))
    pieces = foreign.partition_by("article_id", as_dict=True, maintain_order=True)
    texts = [
        {**article, "body": "\n".join(piece["text"]), "lines": piece["line"].to_list()}
        for article in articles
        if (piece := pieces.get((article["article_id"],))) is not None
    ]
    if not texts:
        return conform([], "contamination")
    parses = list(language.parse(texts, model=settings.model))
    found, mentions = _names_in(parses, codebook, settings)
    by_id = {str(text["article_id"]): text for text in texts}
    rows = [
        {
            "article_id": row["article_id"],
            "line": by_id[row["article_id"]]["lines"][
                by_id[row["article_id"]]["body"].count("\n", 0, row["start"])
            ],
            "surface": row["surface"],
            "kind": kind or row["kind"],
            "name": row[name] or row["surface"],
        }
        for frame, kind, name in ((mentions, "", "actor"), (found, "place", "place"))
        for row in frame.iter_rows(named=True)
    ]
    return conform(rows, "contamination").unique(maintain_order=True)


def _names_in(parses: list[Any], codebook: Any, settings: Settings) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Find places and actors in removed lines; lines too odd to be read name nobody."""
    from analysis import actors, places

    try:
        found = places.annotate(parses, overrides=settings.places)
        return found, actors.annotate_mentions(parses, places=found, codebook=codebook)
    except Exception:
        if len(parses) == 1:
            return conform([], "places"), conform([], "mentions")
        pairs = [_names_in([item], codebook, settings) for item in parses]
        return pl.concat([pair[0] for pair in pairs]), pl.concat([pair[1] for pair in pairs])


def _no_layers() -> dict[str, pl.DataFrame]:
    return {name: conform([], name) for name in FAMILIES["layers"] if name != "contamination"}
