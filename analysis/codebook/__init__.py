"""Read and check a codebook: one TOML file with the analyst's categories.

To change the topic you change the codebook, nothing else. See docs/codebook.md.
"""

from analysis.codebook.model import Actor, Codebook, Concept, Frame, HarmWords, Label
from analysis.codebook.reading import load, parse, shipped

__all__ = ["Actor", "Codebook", "Concept", "Frame", "HarmWords", "Label", "load", "parse", "shipped"]
