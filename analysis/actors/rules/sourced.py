"""Who the source of a statement is, without a parse: the mention in its words, else what its nouns say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl

from analysis.actors.lexicons import mapping
from analysis.actors.rules.asked import Asked
from analysis.actors.rules.laid import Laid, Whole
from analysis.actors.sources import Known, Source, adjective_countries

_WORD = re.compile(r"[A-Za-z][\w’'-]*")
_PRONOUNS = frozenset({"he", "she", "they", "it", "who", "which", "that", "whom", "this", "these", "those"})


@dataclass(frozen=True)
class Mentioned:
    """The mentions of some articles, in order, with their places as `Laid` counts them."""

    table: pl.DataFrame
    starts: Whole
    ends: Whole
    roles: Sequence[Mapping[str, str]]  # by actor, for each article

    @classmethod
    def of(cls, mentions: pl.DataFrame, laid: Laid) -> Mentioned:
        """Lay mentions end to end."""
        numbers = {text.article_id: number for number, text in enumerate(laid.texts)}
        article = pl.col("article_id").replace_strict(numbers, default=None, return_dtype=pl.Int64)
        table = (
            mentions.with_columns(article=article)
            .drop_nulls("article")
            .sort("article", "start", maintain_order=True)
        )
        base = laid.base[table["article"].to_numpy()]
        roles: list[dict[str, str]] = [{} for _ in laid.texts]
        given = table.filter(pl.col("role") != "")
        for number, actor, role in given.select("article", "actor", "role").iter_rows():
            roles[number][actor] = role
        return cls(table, table["start"].to_numpy() + base, table["end"].to_numpy() + base, roles)

    def over(self, low: Whole, high: Whole) -> Iterator[list[Known]]:
        """Give the mentions that share a character with each of some stretches of text."""
        first, last = np.searchsorted(self.starts, low), np.searchsorted(self.starts, high)
        first = first - (np.concatenate([[0], self.ends])[first] > low)  # the mention before may reach in
        sizes = np.maximum(last - first, 0)
        bounds = np.concatenate([[0], np.cumsum(sizes)])
        known = self.known(np.arange(bounds[-1]) + np.repeat(first - bounds[:-1], sizes))
        return (known[a:b] for a, b in pairwise(bounds.tolist()))

    def known(self, rows: Whole) -> list[Known]:
        """Give some rows."""
        return list(map(Known, *(self.table[name][rows].to_list() for name in Known._fields)))


def source_of(words: str, inside: Sequence[Known], end: int, roles: Mapping[str, str], ask: Asked) -> Source:
    """Describe a source by the mention in its words, else by its nouns.

    Parameters
    ----------
    words : str
        The source's words.
    inside : sequence of Known
        The mentions that share a character with them.
    end : int
        The character behind them.
    roles : mapping of str to str
        The role that the article gives an actor somewhere.
    ask : Asked
        Questions to the codebook.

    Returns
    -------
    Source
    """
    people = [m for m in inside if m.kind == "person"]
    mention = people[-1] if people else inside[-1] if inside else None
    if mention is not None and mention.kind != "person" and _head_behind(words, mention, end, ask):
        mention = None  # "a Kremlin spokesman" is not the Kremlin
    listed = ask.actor_of(mention.actor) if mention else None
    if mention is not None and (mention.kind != "group" or listed is not None):
        given = listed.source_class if listed else ""
        found = given or _class_of(mention, words, ask, roles)
        openness = "role" if mention.rule.startswith("role:") else "named"
        return Source(mention.actor, found, openness, listed.side if listed else "")
    described = _plain(words)
    if described in _PRONOUNS or not described:
        return Source()
    use = mapping("sourcing", "word", "use")
    head = described.split(" of ", 1)[0].rsplit(" ", 1)[-1]
    singular = head.removesuffix("s")
    how = use.get(head) or use.get(singular)
    if how == "anonymous":
        return Source("", "anonymous", "anonymous", "")
    found = ask.class_of(f"{described} {singular}") or "other"
    side = _side(inside, described, ask)
    if how == "document":
        return Source("", found, "document", side)
    return Source(mention.actor if mention is not None else "", found, "role", side)


def _head_behind(words: str, mention: Known, end: int, ask: Asked) -> bool:
    """Say whether a role noun behind an organisation or a government is the one who speaks."""
    if mention.kind == "group" or mention.end >= end:
        return False
    rest = _plain(words[mention.end - end :])
    return bool(rest) and bool(ask.class_of(rest.split(" of ", 1)[0]))


def _class_of(mention: Known, words: str, ask: Asked, roles: Mapping[str, str]) -> str:
    if mention.kind == "government":
        return "government"
    role = (mention.role or roles.get(mention.actor, "")).lower()
    found = ask.class_of(role) if role else ""
    if found and found != "other":
        return found
    if role.startswith(("a ", "an ")) and not found:
        return "civilian"  # "a baker": an occupation of no list is no office
    return ask.class_of(mention.actor.lower() if mention.kind == "organisation" else _plain(words)) or "other"


def _plain(words: str) -> str:
    """Write words small, without the marks between them."""
    return " ".join(_WORD.findall(words)).lower()


def _side(inside: Sequence[Known], described: str, ask: Asked) -> str:
    """Return the side of an unnamed source by the actor or country that defines it: "Ukrainian officials"."""
    actors = [ask.actor_of(m.actor) for m in inside]
    adjectives = adjective_countries()
    actors += [ask.actor_of(adjectives[word]) for word in described.split() if word in adjectives]
    sides = {actor.side for actor in actors if actor is not None and actor.side}
    return sides.pop() if len(sides) == 1 else ""
