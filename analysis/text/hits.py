"""Finding the hits of a query, as spans of bodies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from analysis.errors import MeasureError
from analysis.text.buffer import Buffer, Places
from analysis.text.query import Query, core, matches
from analysis.text.tokens import APOSTROPHE, initials, normalise, pieces

Frame = pl.DataFrame | pl.LazyFrame
_SPANS = pl.Schema({"row": pl.Int64, "start": pl.Int64, "end": pl.Int64})


def hits(
    batch: pl.DataFrame,
    queries: Sequence[Query],
    *,
    tokens: Frame | None = None,
    mentions: Frame | None = None,
) -> pl.DataFrame:
    """Find the hits of a query in a batch of articles.

    Parameters
    ----------
    batch : polars.DataFrame
        Rows with ``article_id`` and ``body``.
    queries : sequence of Query
        The alternatives; a span that several find is one hit.
    tokens, mentions : polars frame, optional
        Layers, needed for ``lemma:`` and ``@``.

    Returns
    -------
    polars.DataFrame
        ``row`` (in the batch), ``start``, ``end`` (string offsets), in the order of the text.

    Raises
    ------
    MeasureError
        When an expression is wrong, or a layer that the query needs is not given.
    """
    parts = []
    for query in queries:
        if query.kind == "word":
            parts.append(_word(batch, query.terms[0]))
        elif query.kind == "phrase":
            parts.append(_phrase(batch, query.terms))
        elif query.kind == "regex":
            parts.append(_regex(batch, query))
        else:
            layer = tokens if query.kind == "lemma" else mentions
            if layer is None:
                name = "tokens" if query.kind == "lemma" else "mentions"
                raise MeasureError(
                    f"the query {query.text!r} needs the {name} layer: pass {name}=corpus.layer({name!r})"
                )
            parts.append(_layer(batch, query, layer))
    return pl.concat(parts).unique().sort("row", "start", "end") if parts else pl.DataFrame(schema=_SPANS)


def _word(batch: pl.DataFrame, term: str) -> pl.DataFrame:
    needles, any_case = _needles(term)
    if not needles:
        return _tokens_where(batch, batch.select(pl.lit(True)).to_series(), term)
    rows = _holding(batch, needles, any_case)
    if not len(rows):
        return pl.DataFrame(schema=_SPANS)
    bodies = batch["body"].gather(rows)
    buffer = Buffer(bodies)
    found = bodies.str.find_many(needles, ascii_case_insensitive=any_case, overlapping=True)
    row = np.repeat(np.arange(len(bodies)), found.list.len().to_numpy())
    place = found.explode(empty_as_null=False).drop_nulls().to_numpy().astype(np.int64) + buffer.starts[row]
    # only the stretch of text around a hit is cut into tokens, and equal stretches once
    chunk = buffer.chunks(place)
    chunks, first = np.unique(chunk, return_index=True)
    texts = pl.Series(buffer.cut(buffer.chunk_starts[chunks], buffer.chunk_ends[chunks]), dtype=pl.String)
    inner = _in_chunks(texts.unique(), term)
    placed = pl.DataFrame({"chunk": texts, "row": row[first], "at": buffer.chunk_starts[chunks]}).join(
        inner, on="chunk", maintain_order="left"
    )
    rows_of = placed["row"].to_numpy()
    base = buffer.offsets(rows_of, placed["at"].to_numpy())
    return pl.DataFrame(
        {
            "row": rows[rows_of],
            "start": base + placed["start"].to_numpy(),
            "end": base + placed["end"].to_numpy(),
        },
        schema=_SPANS,
    )


def _in_chunks(chunks: pl.Series, term: str) -> pl.DataFrame:
    """Find a word in stretches of text without white space."""
    table = pieces(pl.DataFrame({"article_id": chunks, "body": chunks})).filter("is_token")
    return (
        table.with_columns(form=normalise(table["token"]))
        .filter(_fits(term))
        .select(pl.col("article_id").alias("chunk"), "start", "end")
    )


def _fits(term: str) -> pl.Expr:
    if "*" not in term:
        return pl.col("form") == term
    inner = ".*".join(pl.Series([part]).str.escape_regex()[0] for part in term.split("*"))
    return pl.col("form").str.contains(f"^(?s:{inner})$")


def _needles(term: str) -> tuple[list[str], bool]:
    """Give the strings one of which the text must hold, and whether their case does not matter."""
    spellings = [token for token, form in initials().items() if form == term]
    if spellings:
        return spellings, False
    if any(form.startswith(term.split("*")[0]) for form in initials().values()) and "*" in term:
        return [], True
    needle = core(term)
    if len(needle) < 2 and len(term) > 1:
        return [], True
    dotted = [".".join(term) + "."] if term.isalpha() and len(term) <= 6 else []
    return [needle, *dotted] if needle else [], True


def _holding(batch: pl.DataFrame, needles: list[str], any_case: bool) -> Places:
    found = batch["body"].str.contains_any(needles, ascii_case_insensitive=any_case)
    return np.flatnonzero(found.fill_null(False).to_numpy())


def _tokens_where(batch: pl.DataFrame, keep: pl.Series, *terms: str) -> pl.DataFrame:
    """Find words in a row by cutting whole articles into tokens."""
    if not keep.any():
        return pl.DataFrame(schema=_SPANS)
    rows = np.flatnonzero(np.broadcast_to(keep.to_numpy(), (len(batch),)))
    chosen = batch[rows].with_columns(article_id=pl.Series(rows).cast(pl.String))
    table = (
        pieces(chosen)
        .with_columns(breaks=(~pl.col("is_token") & pl.col("token").str.contains("\n")).cum_sum())
        .filter("is_token")
    )
    table = table.with_columns(form=normalise(table["token"]), row=pl.col("article_id").cast(pl.Int64))
    whole = [pl.lit(True)]
    for step, term in enumerate(terms):
        fits = pl.lit(True) if term == "*" else _fits(term)
        whole.append(fits.shift(-step) if step and term != "*" else fits)
        if step:
            whole += [pl.col(name).shift(-step) == pl.col(name) for name in ("row", "breaks")]
    return (
        table.with_columns(last=pl.col("end").shift(-(len(terms) - 1)), hit=pl.all_horizontal(whole))
        .filter(pl.col("hit").fill_null(False))
        .select("row", "start", pl.col("last").alias("end"))
    )


def _phrase(batch: pl.DataFrame, terms: Sequence[str]) -> pl.DataFrame:
    special = set(initials().values())
    if all(term.isalnum() and term.isascii() and len(term) > 1 and term not in special for term in terms):
        # spaced initials apart, the words must follow each other with nothing but signs between
        spellings = ("(?:" + term + "|" + "".join(rf"{letter}\." for letter in term) + ")" for term in terms)
        apart = r"(?:['’‘ʼ`´′]s)?\P{L}+".join(spellings)
        return _tokens_where(batch, batch["body"].str.contains(rf"(?i){apart}"), *terms)
    keep = np.ones(len(batch), dtype=bool)
    for term in terms:
        needles, any_case = _needles(term) if term != "*" else ([], True)
        if needles:
            keep &= batch["body"].str.contains_any(needles, ascii_case_insensitive=any_case).to_numpy()
    return _tokens_where(batch, pl.Series(keep), *terms)


def _regex(batch: pl.DataFrame, query: Query) -> pl.DataFrame:
    expression = query.terms[0]
    try:
        if pl.Series([""]).str.contains(expression)[0]:
            raise MeasureError(
                f"the expression {query.text!r} is also met by nothing; ask for one letter at least"
            )
        rows = np.flatnonzero(batch["body"].str.contains(expression).to_numpy())
        bodies = batch["body"].gather(rows)
        found = bodies.str.extract_all(expression)
        upto = bodies.str.extract_all(f"(?s:.*?)(?:{expression})")
    except pl.exceptions.PolarsError as error:
        raise MeasureError(
            f"the expression {query.text!r} cannot be read: {str(error).splitlines()[-1].strip()}"
        ) from error
    same = (found.list.len() == upto.list.len()).to_numpy()
    table = (
        pl.DataFrame({"row": rows, "hit": found, "upto": upto}, schema_overrides={"row": pl.Int64})
        .filter(pl.Series(same))
        .explode("hit", "upto")
        .with_columns(pl.col("upto").str.len_chars().cast(pl.Int64).cum_sum().over("row").alias("end"))
    )
    spans = table.select("row", (pl.col("end") - pl.col("hit").str.len_chars()).alias("start"), "end")
    return spans.filter(pl.col("end") > pl.col("start")).cast(_SPANS)


def _layer(batch: pl.DataFrame, query: Query, layer: Frame) -> pl.DataFrame:
    here = batch.with_row_index("row").select(pl.col("row").cast(pl.Int64), "article_id").lazy()
    column = "lemma" if query.kind == "lemma" else "actor"
    table = (
        layer.lazy()
        .select(
            pl.col("article_id").cast(pl.String), "start", "end", pl.col(column).cast(pl.String).alias("name")
        )
        .join(here, on="article_id")
        .collect()
    )
    names = table["name"].drop_nulls().unique()
    if query.kind == "lemma":
        if names.is_empty() and len(table):
            raise MeasureError(
                f"the query {query.text!r} needs dictionary forms, which the rules engine does not make: "
                "read with the model engine, or ask for the forms with a star (kill*)"
            )
        wanted = [name for name in names if matches(query.terms[0], name.lower())]
    else:
        wanted = named(query.terms, names)
    return table.filter(pl.col("name").is_in(wanted)).select("row", "start", "end").cast(_SPANS)


def named(terms: Sequence[str], actors: pl.Series) -> list[str]:
    """Give the actors whose name has all the words of an actor query, not counting whose something is.

    Parameters
    ----------
    terms : sequence of str
        The words, as forms with stars.
    actors : polars.Series of text
        Names.

    Returns
    -------
    list of str

    Examples
    --------
    >>> named(["marsh"], pl.Series(["Ada Marsh", "Marsh’s Cabinet", "McMarsh"]))
    ['Ada Marsh']
    """
    words = pl.DataFrame({"actor": actors, "word": actors.str.split(" ")}).explode("word")
    # a possessor is somebody else, but at the end of a name (McDonald’s) the sign belongs to it
    last = pl.col("actor") != pl.col("actor").shift(-1)
    own = words.filter(~pl.col("word").str.contains(rf"{APOSTROPHE}[sS]$") | last.fill_null(True))
    forms = own.with_columns(form=normalise(own["word"])).group_by("actor", maintain_order=True)
    return [
        actor
        for actor, held in forms.agg("form").iter_rows()
        if all(any(matches(term, form) for form in held) for term in terms)
    ]
