"""A codebook and articles of an invented country for the tests of actors."""

from __future__ import annotations

import polars as pl
import pytest

from analysis import actors, language
from analysis.codebook import Actor, Codebook, load
from analysis.schemas import conform


@pytest.fixture(scope="session")
def book():
    """The general codebook with a few actors of our own."""
    own = (
        Actor(
            name="Government of Harland",
            kind="government",
            aliases=("Harland", "Port Aster"),
            side="harland",
            source_class="government",
        ),
        Actor(
            name="Armed Forces of Harland",
            kind="organisation",
            aliases=("Harland's army", "Harlandic forces"),
            side="harland",
            source_class="military",
        ),
        Actor(
            name="Anna Bergskaya",
            kind="person",
            aliases=("Bergskaya",),
            side="harland",
            source_class="government",
            roles=("president",),
        ),
    )
    base = load("general")
    fields = {name: getattr(base, name) for name in type(base).model_fields}
    return Codebook(**{**fields, "actors": (*base.actors, *own), "sides": {"harland": "Harland"}})


@pytest.fixture(scope="session")
def annotate(book):
    """Annotate texts: a function from texts to the three layers, the names and the ledger."""

    def run(*texts: str) -> dict[str, pl.DataFrame]:
        rows = [{"article_id": f"a{n}", "body": body} for n, body in enumerate(texts)]
        parses = list(language.parse(rows))
        mentions = actors.annotate_mentions(parses, places=conform([], "places"), codebook=book)
        statements = actors.annotate_statements(parses, mentions=mentions, codebook=book)
        actions = actors.annotate_actions(parses, mentions=mentions, statements=statements, codebook=book)
        names, aliases = actors.merge(mentions, pl.DataFrame(rows), codebook=book)
        return {
            "mentions": mentions,
            "statements": statements,
            "actions": actions,
            "names": names,
            "aliases": aliases,
        }

    return run
