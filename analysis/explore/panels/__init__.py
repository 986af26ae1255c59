"""Panels to click through, each made in one line; what one shows can be had as ``panel.frame`` and ``panel.code``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.explore.panels.actor import ActorPanel
from analysis.explore.panels.concordance import ConcordancePanel
from analysis.explore.panels.keyness import KeynessPanel
from analysis.explore.panels.panel import NothingToShow, Panel
from analysis.explore.panels.placemap import MapPanel
from analysis.explore.panels.sides import StoryPanel

#: Panels by the name `corpus.explore` takes.
KINDS: Mapping[str, Any] = {
    "concordance": ConcordancePanel,
    "actor": ActorPanel,
    "places": MapPanel,
    "keyness": KeynessPanel,
    "stories": StoryPanel,
}
__all__ = [
    "KINDS",
    "ActorPanel",
    "ConcordancePanel",
    "KeynessPanel",
    "MapPanel",
    "NothingToShow",
    "Panel",
    "StoryPanel",
]
