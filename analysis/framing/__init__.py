"""How it is told: labels, voice, frames and the other indicators of framing, each a count with its evidence."""

from analysis.framing.harms import annotate_harms
from analysis.framing.labels import annotate_labels

__all__ = ["annotate_harms", "annotate_labels"]
