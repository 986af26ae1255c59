"""The data dictionary: every table of the kit, its columns, types, units and meaning.

Offsets are Python string offsets into an article's ``body``, end exclusive: ``body[start:end]`` is the text of the
span. A table whose rows are spans is called a *layer*. `columns` gives the dictionary as a frame; `conform` brings
rows into the declared shape or says what does not fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import polars as pl

from analysis.errors import AnalysisError, nearest

_TYPES: dict[str, pl.DataType] = {
    "text": pl.String(),
    "int": pl.Int64(),
    "float": pl.Float64(),
    "bool": pl.Boolean(),
    "date": pl.Date(),
    "texts": pl.List(pl.String()),
    "ints": pl.List(pl.Int64()),
}


@dataclass(frozen=True)
class Column:
    """One column: its name, type, and meaning in a line."""

    name: str
    type: str
    note: str


@dataclass(frozen=True)
class Table:
    """One table: its name, meaning, columns and whether its rows are spans of a body."""

    name: str
    note: str
    columns: tuple[Column, ...]
    layer: bool = False

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """The columns as a polars schema."""
        return {column.name: _TYPES[column.type] for column in self.columns}


def _table(name: str, note: str, rows: str, *, layer: bool = False) -> Table:
    """Read a table from lines of ``name  type  meaning``; a layer begins with article, start and end."""
    lines = [line.split(None, 2) for line in rows.strip().splitlines()]
    columns = [Column(*line) for line in lines]
    if layer:
        columns = [
            Column("article_id", "text", "the article the span lies in"),
            Column("start", "int", "first character in the body"),
            Column("end", "int", "character after the last"),
            *columns,
        ]
    return Table(name, note, tuple(columns), layer)


_ALL = (
    _table(
        "articles",
        "One row an article.",
        """
        article_id           text   first 16 hex digits of the sha256 of the source (file bytes, or the row of a table)
        path                 text   where it came from, relative to the corpus, with forward slashes
        row                  int    row in that file, counted from 1; missing where a file is one article
        outlet               text   who published it; "unknown" where nothing says so
        outlet_how           text   how the outlet is known: sources.csv, column, html, text, unknown
        headline             text   the article's own headline; empty where there is none
        headline_how         text   how the headline is known
        byline               text   author line; empty where there is none
        published            date   day of publication, or the first day of the range; missing where unknown
        published_until      date   last day of the range; the same day where the day is known
        published_precision  text   day, month, range or unknown
        published_how        text   the evidence for the date, in words
        published_conflict   text   a date that contradicts it, in words; empty where none does
        url                  text   address of the page; empty where unknown
        language             text   ISO 639-1 code of the body
        kind                 text   original, repost, rewritten, wire or unknown
        kind_how             text   how the kind is known
        body                 text   the kept lines, joined by newlines
        n_words              int    words in the body
        n_lines_removed      int    lines that cleaning removed
        notes                text   repairs made while reading, joined by "; "
        """,
    ),
    _table(
        "set_aside",
        "Inputs that did not become articles, with the reason.",
        """
        path    text  the file, relative to the corpus
        row     int   row in that file, counted from 1; missing for a whole file
        reason  text  empty, binary, too large, duplicate, not English, unreadable, no text
        detail  text  what exactly was seen, and what to do
        """,
    ),
    _table(
        "lines",
        "Every non-empty line of the source: what was kept or removed, and why. Removed lines have no offsets.",
        """
        line          int    number of the line in the source, counted from 1
        source_start  int    first character in the decoded source text
        source_end    int    character after the last
        kind          text   body, subheading, headline, duplicate headline, byline, dateline, timestamp, section label, caption, image credit, related link, share bar, player notice, video title, promotion, comment, navigation, footer
        kept          bool   whether the line is part of the body
        rule          text   short name of the rule that decided
        reason        text   the rule's reason in words
        text          text   the line itself
        """,
        layer=True,
    ),
    _table(
        "dates",
        "Candidates for the day of publication, the chosen one marked.",
        """
        article_id  text   the article
        start_date  date   first day meant
        end_date    date   last day meant
        kind        text   sources.csv, column, html, stamp, dateline, caption, body, weekday, url, file
        evidence    text   the words that say so, with their line
        chosen      bool   whether this candidate, or a reading of it, was taken
        reason      text   why it was taken or left
        """,
    ),
    _table(
        "sentences",
        "Sentences of the body.",
        """
        sentence   int  number in the article, from 0
        paragraph  int  number of the body line it stands in, from 0
        """,
        layer=True,
    ),
    _table(
        "tokens",
        "Tokens with their grammar, as the language model read them: enough to rebuild the parse.",
        """
        sentence  int   number of the sentence
        lemma     text  dictionary form
        pos       text  Universal Dependencies part of speech
        tag       text  Penn Treebank tag
        dep       text  dependency label (CLEAR scheme)
        head      int   number of the head token in the article, from 0
        entity    text  entity as the model saw it, B-TYPE or I-TYPE; empty outside
        """,
        layer=True,
    ),
    _table(
        "mentions",
        "Mentions of people, organisations and groups, and of governments by metonymy.",
        """
        surface   text   body[start:end]
        kind      text   person, organisation, group, government
        actor     text   the actor it stands for, one name for all spellings in the corpus
        role      text   title or role in the text beside it, as written
        rule      text   why it is a mention of this kind
        sentence  int    number of the sentence
        quoted    bool   inside a quotation
        """,
        layer=True,
    ),
    _table(
        "aliases",
        "The ledger of names: each surface form, the actor it was counted for, or why it was not merged.",
        """
        surface     text   the form as written
        kind        text   person, organisation, group, government
        actor       text   the actor it is counted for
        rule        text   codebook, aliases.csv, same name, surname in article, transliteration, acronym, ...
        evidence    text   what the rule saw
        confidence  float  0 to 1
        merged      bool   false for a refusal: two candidates, and why
        n_mentions  int    how often the form occurs
        n_articles  int    in how many articles
        article_id  text   the article the row holds for; empty where it holds for the corpus
        """,
    ),
    _table(
        "statements",
        "Who is quoted or paraphrased, with which words. start and end are the span of the content; a statement whose content is broken has a row a piece, with one number.",
        """
        statement      int   number in the article, from 0
        surface        text  body[start:end]
        source_start   int   first character of the source; missing where there is none
        source_end     int   character after its last
        source         text  the source as written
        actor          text  the actor it stands for; empty where none is known
        source_class   text  government, military, international, expert, civilian, business, ngo, media, anonymous, other
        explicitness   text  named, role, anonymous, document
        cue_start      int   first character of the cue; missing where there is none
        cue_end        int   character after its last
        cue            text  lemma of the reporting verb or phrase
        cue_class      text  neutral, endorsing, distancing, combative
        form           text  direct, partial, indirect
        side           text  the source's side in the codebook; empty where none
        relay          text  through whom it reached the outlet: "Interfax"
        hedge          text  hedging words in the cue clause
        verification   text  a note such as "could not be independently verified"
        rule           text  how it was found
        sentence       int   number of the sentence the content begins in
        """,
        layer=True,
    ),
    _table(
        "actions",
        "Who did what to whom. start and end are the verb's span.",
        """
        verb           text   lemma
        verb_class     text   class in the codebook: attack, capture, negotiate, accuse, help, ...; empty where none
        agent_start    int    first character of the agent; missing where none is named
        agent_end      int    character after its last
        agent          text   actor, or head noun where it is no known actor
        patient_start  int    first character of the patient
        patient_end    int    character after its last
        patient        text   actor, or head noun
        voice          text   active, passive, intransitive
        negated        bool   "did not"
        modal          text   may, could, ... ; empty where none
        attributed     text   actor whose statement it stands in; empty in the outlet's own voice
        sentence       int    number of the sentence
        """,
        layer=True,
    ),
    _table(
        "places",
        "Place names with the place each was resolved to.",
        """
        surface     text   body[start:end]
        kind        text   country, region, district, town, water, area, facility, demonym, metonym
        role        text   event, dateline, mention, comparison
        place_id    text   gazetteer id; empty where unresolved
        place       text   the gazetteer's name
        country     text   ISO 3166-1 alpha-2
        region      text   GeoNames first-order code, such as UA.05
        lat         float  degrees north
        lon         float  degrees east
        precision   text   town, district, region, country, area, unresolved
        margin      float  lead of the chosen candidate over the next
        candidates  text   up to three candidates with their scores, as words
        rule        text   why it is a place, and why this one
        sentence    int    number of the sentence
        quoted      bool   inside a quotation
        """,
        layer=True,
    ),
    _table(
        "labels",
        "The word chosen for a concept of the codebook.",
        """
        surface   text  body[start:end]
        concept   text  the concept in the codebook
        label     text  the label in the codebook
        voice     text  own, quoted, reported
        speaker   text  whose words they are; empty in the outlet's own voice
        scare     bool  in quotation marks without a speaker
        sentence  int   number of the sentence
        """,
        layer=True,
    ),
    _table(
        "harms",
        "Harm events and the voice they are told in. start and end are the event word's span.",
        """
        surface   text  body[start:end]
        event     text  lemma of the harm word
        voice     text  active named, active vague, passive with agent, passive agentless, intransitive, nominal, existential
        agent     text  as written; empty where none
        agent_side   text  side in the codebook
        victim    text  as written; empty where none
        victim_side  text  side in the codebook
        quoted    bool  inside a quotation or reported
        rule      text  what in the parse decided
        sentence  int   number of the sentence
        """,
        layer=True,
    ),
    _table(
        "quantities",
        "Number claims.",
        """
        surface    text   body[start:end]
        low        float  the value, or the lower end of the range
        high       float  the value, or the upper end
        unit       text   what it is measured in; empty for counts
        counted    text   what is counted
        qualifier  text   about, more than, up to, at least; empty where none
        claimant   text   who says so; empty in the outlet's own voice
        cue        text   the reporting verb
        hedge      text   hedging words
        verified   text   a verification note beside it
        place      text   where, as resolved in the sentence
        when       text   when, as written
        flag       text   why it looks implausible; empty where it does not
        sentence   int    number of the sentence
        """,
        layer=True,
    ),
    _table(
        "duplicates",
        "Articles that share a quarter or more of their five-word runs with another.",
        """
        article_id  text   the article
        cluster     text   the first id of the cluster
        earliest    bool   whether it is the earliest of its cluster
        like        text   the earlier article it shares most with; missing for the earliest
        jaccard     float  runs shared, by all runs of both
        contained   float  runs shared, by those of the shorter article
        """,
    ),
    _table(
        "pairs",
        "Pairs of articles that may report one event, as linking keeps them; pairs below .05 are left out.",
        """
        left    text   an article
        right   text   another
        chance  float  probability of being of one story
        """,
    ),
    _table(
        "contamination",
        "Who and what would have been counted, had the removed lines stayed in the body.",
        """
        article_id  text  the article the line was removed from
        line        int   number of the line in the source, counted from 1
        surface     text  the name as written
        kind        text  person, organisation, group, government, place
        name        text  the actor or place it would have counted for
        """,
    ),
    _table(
        "estimates",
        "A share or rate with its size and interval. Every row counts rows of a layer.",
        """
        group   text   the outlet, side or period
        item    text   what is counted
        k       int    how many
        n       int    of how many
        share   float  k / n
        low     float  lower end of the 95 % interval
        high    float  upper end
        enough  bool   whether the group has enough articles to be compared
        """,
    ),
)

TABLES: Mapping[str, Table] = {table.name: table for table in _ALL}
LAYERS: tuple[str, ...] = tuple(table.name for table in _ALL if table.layer)


def table(name: str) -> Table:
    """Return the declaration of a table.

    Raises
    ------
    AnalysisError
        When there is no such table; the message names the nearest one.
    """
    if name not in TABLES:
        raise AnalysisError(f"there is no table {name!r}{nearest(name, TABLES)}")
    return TABLES[name]


def columns(name: str) -> pd.DataFrame:
    """Show what each column of a table means.

    Parameters
    ----------
    name : str
        Name of the table, such as ``"places"``.

    Returns
    -------
    pandas.DataFrame
        One row a column: ``column``, ``type``, ``meaning``.

    Examples
    --------
    >>> columns("sentences").head(3)
           column  type                       meaning
    0  article_id  text  the article the span lies in
    1       start   int   first character in the body
    2         end   int      character after the last
    """
    declared = table(name).columns
    return pd.DataFrame(
        {
            "column": [column.name for column in declared],
            "type": [column.type for column in declared],
            "meaning": [column.note for column in declared],
        }
    )


def conform(rows: Iterable[Mapping[str, Any]] | pd.DataFrame | pl.DataFrame, name: str) -> pl.DataFrame:
    """Bring rows into the declared shape of a table: all its columns, in its order, of its types.

    Parameters
    ----------
    rows : iterable of mappings, pandas.DataFrame or polars.DataFrame
        The rows; a declared column that is absent becomes missing.
    name : str
        Name of the table.

    Returns
    -------
    polars.DataFrame

    Raises
    ------
    AnalysisError
        When a column is unknown to the table or a value does not fit its type.

    Examples
    --------
    >>> conform([{"article_id": "a", "start": 0, "end": 4, "sentence": 0}], "sentences").columns
    ['article_id', 'start', 'end', 'sentence', 'paragraph']
    """
    schema = table(name).schema
    try:
        if isinstance(rows, pl.DataFrame):
            frame = rows
        elif isinstance(rows, pd.DataFrame):
            frame = pl.from_pandas(rows)
        else:
            records = list(rows)
            unknown = sorted({key for record in records for key in record} - set(schema))
            if unknown:
                raise AnalysisError(
                    f"table {name!r} has no column {unknown[0]!r}{nearest(unknown[0], schema)}"
                )
            return pl.DataFrame(records, schema=schema)
        unknown = sorted(set(frame.columns) - set(schema))
        if unknown:
            raise AnalysisError(f"table {name!r} has no column {unknown[0]!r}{nearest(unknown[0], schema)}")
        absent = [pl.lit(None).alias(column) for column in schema if column not in frame.columns]
        return frame.with_columns(absent).select(pl.col(column).cast(kind) for column, kind in schema.items())
    except (pl.exceptions.PolarsError, TypeError) as error:
        raise AnalysisError(f"rows do not fit table {name!r}: {error}") from error
