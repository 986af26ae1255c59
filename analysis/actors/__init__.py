"""Actors: who is in the coverage, who speaks, who does what to whom."""

from analysis.actors.actions import annotate_actions
from analysis.actors.aliases import merge, only_names, read_overrides
from analysis.actors.localnames import name_mentions
from analysis.actors.mentions import annotate_mentions
from analysis.actors.statements import annotate_statements, statements_once

__all__ = [
    "annotate_actions",
    "annotate_mentions",
    "annotate_statements",
    "merge",
    "name_mentions",
    "only_names",
    "read_overrides",
    "statements_once",
]
