"""The tokeniser: what counts as a word of English news, and how its spellings are brought to one form.

A token is

- an address or handle: ``https://…``, ``www.…``, ``example.org``, ``name@host.org``, ``@handle``, ``#tag``;
- initials with their stops: ``U.S.``, ``J.R.R.``, ``Ph.D.``; a few letters joined by an ampersand: ``AT&T``;
- a word: letters (with accents and digits inside), joined by single hyphens (``Russian-held``) and by apostrophes of
  any make (``don’t``, ``O'Brien``, ``Slov‘yansk``). A closing *'s* belongs to the token but not to its form:
  ``Russia’s`` counts as ``russia`` and ``it's`` as ``it``;
- a number with what is written on to it: ``1,060``, ``$1.5bn``, ``10%``, ``155mm``, ``2°C``, ``20-year-old``,
  ``9:30am``; what stands apart is apart (``155 mm``, ``$1.5 billion``), and a sign before it is none of it (``-5``).

Punctuation, emoji and spaces are no tokens. The *form* is what is counted: lower case, a straight apostrophe, a plain
hyphen, initials without stops (``U.N.`` and ``UN`` are ``un``), save those that would become another word
(``US``, ``U.S.`` → ``u.s.``; see ``data/text/initials.tsv``). In a text set in capitals that cannot be told: ``US``,
``IT`` and ``WHO`` are initials there too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

import numpy as np
import polars as pl

from analysis.errors import MeasureError, nearest
from analysis.text.batches import Articles, batches

APOSTROPHE = "['’‘ʼ`´′]"
_HYPHEN = "[-‐‑]"
# the modifier letter apostrophe is a letter to Unicode, but not to readers
_L = r"\p{L}--ʼ"
# after an apostrophe: two letters or more, or one that is not the s of a possessive
_JOINED = rf"(?:{APOSTROPHE}(?:[{_L}]{{2,}}|[{_L}--[sS]]))*"
_PART = rf"[[{_L}]\p{{N}}][[{_L}]\p{{M}}\p{{N}}]*"
_CLITIC = rf"(?:{APOSTROPHE}[sS])?"
_HOST = rf"[[{_L}]\p{{N}}][[{_L}]\p{{N}}-]*(?:\.[[{_L}]\p{{N}}-]+)*"
_PATH = r"[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]’'‘]"
_ADDRESS = (
    rf"(?:https?://|www\.){_PATH}"
    rf"|[[{_L}]\p{{N}}][[{_L}]\p{{N}}._%+-]*@[[{_L}]\p{{N}}-]+(?:\.[[{_L}]\p{{N}}-]+)+"
    # only the usual endings, because a stop without a blank behind it mostly ends a sentence
    rf"|{_HOST}\.(?:com|org|net|gov|edu|info|co\.uk|org\.uk|gov\.uk)\b(?:/{_PATH})?"
    rf"|[@#][[{_L}]\p{{N}}_]+"
)
_INITIALS = rf"(?:(?:[Pp]h\.|[{_L}]\.){{2,}}|U\.S\b)(?:{_HYPHEN}{_PART})*{_CLITIC}|[{_L}]{{1,3}}&[{_L}]{{1,2}}\b{_CLITIC}"
_WORD = rf"[{_L}][[{_L}]\p{{M}}\p{{N}}]*{_JOINED}(?:{_HYPHEN}{_PART}{_JOINED})*{_CLITIC}"
_NUMBER = rf"\p{{Sc}}?\p{{N}}+(?:[.,:/]\p{{N}}+)*(?:%|°?[{_L}]+)?(?:{_HYPHEN}{_PART})*{_CLITIC}"

#: The whole pattern, in the dialect of Rust's regex crate.
PATTERN = "|".join((_ADDRESS, _INITIALS, _WORD, _NUMBER))
# what lies between tokens, so that the pieces cover the text without a hole and offsets are exact
_GAP = r"(?s:[^\p{L}\p{N}\p{Sc}@#]+|.)"
# Letters of western Europe and the signs of print, emoji among them: the automaton of these alone is built in a hundredth
# of the time, and with `units` that of all alphabets is too large to be kept at all.
_WEST = r"\x00-\x{24f}\x{2000}-\x{2bff}\x{fe0f}\x{feff}\x{1f000}-\x{1faff}"
_DOTTED = r"^(?:\p{L}\.){2,}"
FORMS = ("lower", "stem", "surface", "lemma")


def tokenise(articles: Articles, *, form: str = "lower", units: Sequence[str] = ()) -> pl.DataFrame:
    """Cut the bodies of articles into tokens with their exact places.

    Parameters
    ----------
    articles : Articles
        Rows with ``article_id`` and ``body``: a frame, a lazy frame, or paths of Parquet files.
    form : {"lower", "stem", "surface"}, optional
        The form that is counted: see the module's text; ``"stem"`` is Porter's second algorithm (NLTK's Snowball).
        Lemmas come from the ``tokens`` layer of a store, not from here.
    units : sequence of str, optional
        Expressions of several words that count as one token, such as ``"air defence"``; an ending is taken along
        (``air defences``).

    Returns
    -------
    polars.DataFrame
        ``article_id``, ``start``, ``end``, ``token`` (``body[start:end]``), ``form``, in the order of the text.

    Raises
    ------
    MeasureError
        When a column is absent or the form is unknown.

    Examples
    --------
    >>> articles = pl.DataFrame({"article_id": ["a"], "body": ["Kyiv’s U.S.-made jets didn’t fly."]})
    >>> tokenise(articles)["form"].to_list()
    ['kyiv', 'u.s.-made', 'jets', "didn't", 'fly']
    """
    check_form(form)
    parts = [
        pieces(batch, units).filter("is_token").drop("is_token")
        for batch in batches(articles, ("article_id", "body"))
    ]
    if not parts:
        return (
            pieces(pl.DataFrame(schema={"article_id": pl.String, "body": pl.String}), ())
            .drop("is_token")
            .with_columns(form=pl.lit(""))
            .clear()
        )
    table = pl.concat(parts)
    forms = normalise(table["token"], form=form)
    return table.with_columns(forms.alias("form"))


def words(text: str, *, form: str = "lower", units: Sequence[str] = ()) -> list[str]:
    """Give the forms of the tokens of one text.

    Parameters
    ----------
    text : str
        Any text.
    form, units
        As in `tokenise`.

    Returns
    -------
    list of str

    Examples
    --------
    >>> words("The U.S. and the UN didn't pay $1.5bn")
    ['the', 'u.s.', 'and', 'the', 'un', "didn't", 'pay', '$1.5bn']
    """
    return tokenise(pl.DataFrame({"article_id": [""], "body": [text]}), form=form, units=units)[
        "form"
    ].to_list()


def normalise(tokens: pl.Series, *, form: str = "lower") -> pl.Series:
    """Bring tokens to the form that is counted; the work is done once for each distinct spelling.

    Parameters
    ----------
    tokens : polars.Series of text
        Tokens as written.
    form : {"lower", "stem", "surface"}, optional
        See `tokenise`.

    Returns
    -------
    polars.Series

    Examples
    --------
    >>> normalise(pl.Series(["Kyiv’s", "U.N.", "US", "Russian‑held"])).to_list()
    ['kyiv', 'un', 'u.s.', 'russian-held']
    """
    types = tokens.unique()
    forms = _forms(types, form)
    return (
        tokens.replace_strict(types, forms, return_dtype=pl.String) if len(types) else tokens.cast(pl.String)
    )


def _forms(types: pl.Series, form: str) -> pl.Series:
    # most words are letters and nothing else; only the others need a closer look
    bare = types.str.contains(rf"^[[{_L}]\p{{M}}\p{{N}}]*$") & ~types.is_in(list(initials()))
    where = np.flatnonzero(~bare.to_numpy())
    if form == "surface":
        return types.clone().scatter(where, _plain(types.gather(where)))
    forms = types.str.to_lowercase().scatter(where, _joined(types.gather(where)))
    return stems(forms) if form == "stem" else forms


def _plain(types: pl.Series) -> pl.Series:
    """Write apostrophes and hyphens one way and cut off a possessive."""
    return (
        types.str.replace_all(APOSTROPHE, "'").str.replace_all(_HYPHEN, "-").str.replace(r"(?i)(.)'s$", "$1")
    )


def _joined(types: pl.Series) -> pl.Series:
    """Bring tokens with signs in them, and initials, to lower case."""
    table = _plain(types).alias("plain").to_frame()
    head = pl.col("plain").str.replace(r"-.*$", "", literal=False)
    tail = pl.col("plain").str.extract(r"^[^-]*(-.*)$").fill_null("")
    known = initials()
    special = head.replace_strict(list(known), list(known.values()), default=None, return_dtype=pl.String)
    undotted = (
        pl.when(pl.col("plain").str.contains(_DOTTED))
        .then(pl.col("plain").str.replace_all(".", "", literal=True))
        .otherwise(pl.col("plain"))
    )
    return table.select(form=pl.coalesce(special + tail, undotted).str.to_lowercase()).to_series()


def stems(forms: pl.Series) -> pl.Series:
    """Cut lower-case forms to their stems with NLTK's English Snowball stemmer (Porter, 2001)."""
    from analysis.text.stemming import stemmer

    types = forms.unique()
    cut = pl.Series([stemmer()(each) for each in types], dtype=pl.String)
    return forms.replace_strict(types, cut, return_dtype=pl.String) if len(types) else forms


def pieces(batch: pl.DataFrame, units: Sequence[str] = ()) -> pl.DataFrame:
    """Cut bodies into tokens and the gaps between them.

    Parameters
    ----------
    batch : polars.DataFrame
        Rows with ``article_id`` and ``body``.
    units : sequence of str, optional
        Expressions of several words that count as one token.

    Returns
    -------
    polars.DataFrame
        ``article_id``, ``start``, ``end``, ``token`` (the piece as written), ``is_token``; the pieces of an article
        cover its body.
    """
    found = extract_all(batch["body"], units=units, rest=f"|{_GAP}")
    size = found.list.len().fill_null(0).to_numpy()
    token = found.explode(empty_as_null=False, keep_nulls=False)
    length = token.str.len_chars().to_numpy().astype(np.int64)
    end = np.cumsum(length)
    # the pieces cover each body, so what was summed before a body is where its own count begins
    last = np.cumsum(size)
    before = np.concatenate([[0], end])[last - size]
    end = end - np.repeat(before, size)
    table = pl.DataFrame(
        {
            "article_id": batch["article_id"].gather(np.repeat(np.arange(len(size)), size)),
            "start": end - length,
            "end": end,
            "token": token,
        }
    )
    return table.with_columns(
        is_token=pl.col("token").str.contains(rf"^(?:[\p{{Sc}}@#]?[[{_L}]\p{{N}}]|[@#]_)")
    )


def extract_all(texts: pl.Series, *, units: Sequence[str] = (), rest: str = "") -> pl.Series:
    """Give the tokens of each text as written, with what else a pattern finds.

    Parameters
    ----------
    texts : polars.Series of str
        Bodies.
    units : sequence of str, optional
        Expressions of several words that count as one token.
    rest : str, optional
        Further alternatives, tried last.

    Returns
    -------
    polars.Series of list of str

    Examples
    --------
    >>> extract_all(pl.Series(["No cold war."]), units=["cold war"]).to_list()
    [['No', 'cold war']]
    """
    bare, whole = PATTERN + rest, unit_pattern(units) + PATTERN + rest
    far = beyond_west(texts)
    has_unit = (
        texts.str.contains(unit_pattern(units).removesuffix("|")).fill_null(False) if units else far & ~far
    )
    lanes = ((~far, _western(whole)), (far & has_unit, whole), (far & ~has_unit, bare))
    used = [(mask, pattern) for mask, pattern in lanes if mask.any()]
    if len(used) < 2:
        return texts.str.extract_all(used[0][1] if used else bare)
    order = pl.concat([mask.arg_true() for mask, _ in used])
    found = pl.concat([texts.filter(mask).str.extract_all(pattern) for mask, pattern in used])
    return found.gather(order.arg_sort())


def beyond_west(texts: pl.Series) -> pl.Series:
    """Mark texts with letters that western Europe does not write, or other signs than those of print."""
    return texts.str.contains(f"[^{_WEST}]").fill_null(False)


def _western(pattern: str) -> str:
    return re.sub(r"\\p\{\w+\}", lambda found: f"[{found[0]}&&[{_WEST}]]", pattern)


def unit_pattern(units: Sequence[str]) -> str:
    """Write expressions of several words as the first alternatives of the token pattern, longest first."""
    if not units:
        return ""
    longest = sorted(set(units), key=lambda unit: (-len(unit), unit))
    spaced = (r"[ \u00a0]".join(_escape(word) for word in unit.split()) for unit in longest)
    # an ending belongs to the expression: "air defences", "the air defence's"
    return "(?i:" + "|".join(spaced) + r")[\p{L}\p{M}\p{N}]*" + _CLITIC + "|"


def _escape(word: str) -> str:
    return "".join(rf"\x{{{ord(letter):x}}}" if not letter.isalnum() else letter for letter in word)


def check_form(form: str) -> None:
    """Refuse a form that the tokeniser cannot give.

    Raises
    ------
    MeasureError
        Naming the forms there are.
    """
    if form == "lemma":
        raise MeasureError("lemmas come from a parse: pass the tokens layer of a store as tokens=")
    if form not in FORMS:
        raise MeasureError(f"form is {form!r}{nearest(form, FORMS)}")


@cache
def initials() -> dict[str, str]:
    """Give initials whose lower-case form would be another word, with the form that is counted instead."""
    rows = table_lines("initials.tsv")[1:]
    pairs = (row.split("\t") for row in rows)
    return {pair[0]: pair[1] for pair in pairs}


@cache
def function_words() -> frozenset[str]:
    """Give words that say little about the subject: articles, pronouns, prepositions, auxiliaries (our own list)."""
    return frozenset(table_lines("function_words.tsv")[1:])


def table_lines(name: str) -> list[str]:
    """Read the lines of a data file of this room, without its header comment."""
    text = resources.files("analysis").joinpath("data", "text", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
