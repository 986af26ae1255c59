"""The unit of annotation: some articles in, their parses and layers out, as bytes.

Pure and importable anywhere, so that it runs the same in this process, in a worker process or on a cluster.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import polars as pl

from analysis import fingerprints
from analysis.annotation import by_model, by_rules
from analysis.corpus.store import FAMILIES, digest, from_bytes, to_bytes
from analysis.schemas import conform

MODEL, RULES = "model", "rules"
LANES: Mapping[str, ModuleType] = {MODEL: by_model, RULES: by_rules}
"""The engines: each a module that reads bodies, gives the tables of what it read, and the layers."""


@dataclass(frozen=True)
class Settings:
    """What the layers depend on besides the articles; plain values, so that it travels to any worker."""

    codebook: str = "general"
    model: str = ""
    engine: str = MODEL
    places: Any = None
    aliases: Any = None
    keys: Mapping[str, str] = field(default_factory=dict)


def made_with(settings: Settings) -> str:
    """Identify what a parse depends on besides the body."""
    if settings.engine == RULES:
        return digest(RULES, fingerprints.reading_code())
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
        Codebook, engine, model and hand corrections.

    Returns
    -------
    dict
        ``parses`` and ``layers`` (table name to Parquet bytes), ``parse_note`` and ``failures`` (article id to what
        went wrong; such an article has a parse but no layers).
    """
    lane = LANES[settings.engine]
    rows, removed, at_hand = from_bytes(articles).to_dicts(), from_bytes(lines), from_bytes(tokens)
    pieces = []
    # some at a time: what is parsed takes a hundred times the memory of what is kept of it
    for start in range(0, len(rows), lane.AT_ONCE):
        group = rows[start : start + lane.AT_ONCE]
        ids = pl.Series([row["article_id"] for row in group], dtype=pl.String).implode()
        here = pl.col("article_id").is_in(ids)
        with lane.memory(settings):
            pieces.append(_annotated(lane, group, removed.filter(here), at_hand.filter(here), settings))
    return {
        "parses": {name: _joined([piece["parses"][name] for piece in pieces]) for name in FAMILIES["parses"]},
        "parse_note": {
            "made_with": made_with(settings),
            "bodies": {row["article_id"]: digest(row["body"])[:12] for row in rows},
        },
        "layers": {name: _joined([piece["layers"][name] for piece in pieces]) for name in FAMILIES["layers"]},
        "failures": {key: why for piece in pieces for key, why in piece["failures"].items()},
    }


def _joined(frames: list[pl.DataFrame]) -> bytes:
    return to_bytes(pl.concat(frames, rechunk=True))


def _annotated(
    lane: ModuleType,
    rows: list[dict[str, Any]],
    lines: pl.DataFrame,
    tokens: pl.DataFrame,
    settings: Settings,
) -> dict[str, Any]:
    """Annotate a few articles into frames."""
    from analysis.codebook import load

    read = lane.read(rows, tokens, settings)
    codebook = load(settings.codebook)
    failures: dict[str, str] = {}
    try:
        layers = lane.layers(read, codebook, settings)
    except Exception:
        # one article is at fault: find it, set it aside, keep the others
        pieces = []
        for item in read:
            try:
                pieces.append(lane.layers([item], codebook, settings))
            except Exception as error:  # whatever it is, the run goes on without this article's layers
                failures[item.article_id] = f"{type(error).__name__}: {error}"
        layers = {name: pl.concat([piece[name] for piece in pieces]) for name in pieces[0]} if pieces else {}
    contamination = _contamination(lane, rows, lines.filter(~pl.col("kept")), codebook, settings)
    return {
        "parses": lane.tables(read),
        "layers": _no_layers() | layers | {"contamination": contamination},
        "failures": failures,
    }


def _contamination(
    lane: ModuleType,
    articles: list[dict[str, Any]],
    removed: pl.DataFrame,
    codebook: Any,
    settings: Settings,
) -> pl.DataFrame:
    """Read the removed lines as if they were articles, to know which names they would have added."""
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
    found, mentions = _names_in(lane, lane.read(texts, conform([], "tokens"), settings), codebook, settings)
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


def _names_in(
    lane: ModuleType, read: list[Any], codebook: Any, settings: Settings
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Find places and actors in removed lines; lines too odd to be read name nobody."""
    try:
        found: tuple[pl.DataFrame, pl.DataFrame] = lane.names(read, codebook, settings)
        return found
    except Exception:
        if len(read) == 1:
            return conform([], "places"), conform([], "mentions")
        pairs = [_names_in(lane, [item], codebook, settings) for item in read]
        return pl.concat([pair[0] for pair in pairs]), pl.concat([pair[1] for pair in pairs])


def _no_layers() -> dict[str, pl.DataFrame]:
    return {name: conform([], name) for name in FAMILIES["layers"] if name != "contamination"}
