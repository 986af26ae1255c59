"""Actors: who is in the coverage, who speaks, who does what to whom."""

from analysis.actors.actions import annotate_actions
from analysis.actors.agency import acting, acts_and_undergoes, participations, who_to_whom
from analysis.actors.aliases import merge, only_names, read_overrides
from analysis.actors.called import called
from analysis.actors.comentions import co_mentions
from analysis.actors.ledger import refusals, variants, with_and_without
from analysis.actors.localnames import name_mentions
from analysis.actors.mentions import annotate_mentions
from analysis.actors.over_time import over_time
from analysis.actors.prominence import (
    article_shares,
    depth,
    leading,
    mention_shares,
    names_only,
    positions,
    spellings,
    without_media,
    without_self,
)
from analysis.actors.rules.mentions import annotate_mentions_text
from analysis.actors.rules.statements import annotate_statements_text
from analysis.actors.sourcing import diversity, reported, shares_by_row, source_shares, verb_stance
from analysis.actors.statements import annotate_statements, statements_once

__all__ = [
    "acting",
    "acts_and_undergoes",
    "annotate_actions",
    "annotate_mentions",
    "annotate_mentions_text",
    "annotate_statements",
    "annotate_statements_text",
    "article_shares",
    "called",
    "co_mentions",
    "depth",
    "diversity",
    "leading",
    "mention_shares",
    "merge",
    "name_mentions",
    "names_only",
    "only_names",
    "over_time",
    "participations",
    "positions",
    "read_overrides",
    "refusals",
    "reported",
    "shares_by_row",
    "source_shares",
    "spellings",
    "statements_once",
    "variants",
    "verb_stance",
    "who_to_whom",
    "with_and_without",
    "without_media",
    "without_self",
]
