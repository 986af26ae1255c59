"""A parse as plain lists, read once per article, so that rules over it stay fast and need no spaCy objects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.language import Parse


# forms whose dictionary form the lemmatiser gets wrong, all of verbs of saying and thinking
_KEPT = "analysis.actors.grammar"
_MISREAD = {"hopes": "hope", "hoped": "hope", "hoping": "hope"}


@dataclass(frozen=True)
class Grammar:
    """One article's tokens as parallel lists; ``head``, ``left`` and ``right`` are token numbers.

    ``left`` and ``right`` are the first and last token of the subtree, ``sentence`` the number in the sentences
    layer, ``paragraph`` the number of the body line, ``entities`` the model's entities as (first, end, label).
    """

    body: str
    text: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    start: list[int]
    end: list[int]
    sentence: list[int]
    paragraph: list[int]
    left: list[int]
    right: list[int]
    children: list[list[int]]
    entities: list[tuple[int, int, str]]
    bounds: list[tuple[int, int]]

    def __len__(self) -> int:
        return len(self.text)

    def span(self, first: int, end: int) -> str:
        """Return the body text of the tokens ``first`` up to ``end``, end exclusive."""
        return self.body[self.start[first] : self.end[end - 1]] if end > first else ""

    def child(self, token: int, *deps: str) -> int:
        """Return the first child with one of the labels, or -1."""
        return next((c for c in self.children[token] if self.dep[c] in deps), -1)


def grammar(parse: Parse) -> Grammar:
    """Read a parse into lists; once, however many layers ask for them.

    Parameters
    ----------
    parse : analysis.language.Parse
        One parsed article.

    Returns
    -------
    Grammar
    """
    kept: Grammar | None = parse.doc.user_data.get(_KEPT)
    if kept is None:
        kept = parse.doc.user_data[_KEPT] = _read(parse)
    return kept


def _read(parse: Parse) -> Grammar:
    doc = parse.doc
    n = len(doc)
    strings = doc.vocab.strings
    table = doc.to_array(["ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "HEAD"]).tolist() if n else []
    known: dict[int, str] = {0: ""}

    def words(column: int) -> list[str]:
        out = []
        for row in table:
            key = row[column]
            word = known.get(key)
            if word is None:
                word = known[key] = strings[key]
            out.append(word)
        return out

    # heads are stored as unsigned offsets: a value past half the range is a negative one
    offsets = [row[6] if row[6] < 2**63 else row[6] - 2**64 for row in table]
    head = [i + offset for i, offset in enumerate(offsets)]
    text = words(0)
    start = [token.idx for token in doc]
    end = [position + len(word) for position, word in zip(start, text, strict=True)]
    lemma = [_MISREAD.get(word, found) for word, found in zip(words(1), words(2), strict=True)]
    children: list[list[int]] = [[] for _ in range(n)]
    for i, parent in enumerate(head):
        if parent != i:
            children[parent].append(i)
    sentence, bounds = _sentences(parse, n)
    left, right = extents(head)
    paragraph, line = [], 0
    for word in text:
        paragraph.append(line)
        line += word.count("\n")
    entities = [(ent.start, ent.end, ent.label_) for ent in doc.ents]
    return Grammar(
        parse.body, text, words(1), lemma, words(3), words(4), words(5), head, start, end, sentence, paragraph,
        left, right, children, entities, bounds,
    )  # fmt: skip


def _sentences(parse: Parse, n: int) -> tuple[list[int], list[tuple[int, int]]]:
    """Give each token its sentence as in the sentences layer, where spans without a word do not count."""
    sentence, bounds = [0] * n, []
    number = -1
    for span in parse.doc.sents:
        if span.text.strip():
            number += 1
            bounds.append((span.start, span.end))
        for i in range(span.start, span.end):
            sentence[i] = max(number, 0)
    return sentence, bounds


def extents(head: list[int]) -> tuple[list[int], list[int]]:
    """Give each token the first and last token below it, by handing extents up from the leaves."""
    n = len(head)
    left, right = list(range(n)), list(range(n))
    waiting = [0] * n
    for i, parent in enumerate(head):
        if parent != i:
            waiting[parent] += 1
    ready = [i for i in range(n) if not waiting[i]]
    while ready:
        i = ready.pop()
        parent = head[i]
        if parent == i:
            continue
        left[parent] = min(left[parent], left[i])
        right[parent] = max(right[parent], right[i])
        waiting[parent] -= 1
        if not waiting[parent]:
            ready.append(parent)
    return left, right
