"""Read and check a codebook: one TOML file with the analyst's categories.

To change the topic you change the codebook, nothing else. See docs/codebook.md.
"""

from analysis.codebook.checking import check
from analysis.codebook.model import Actor, Codebook, Concept, Frame, HarmWords, Label
from analysis.codebook.reading import load, parse, shipped
from analysis.codebook.sampling import sample
from analysis.codebook.sheets import CodingSheet, join, read_sheet, record, save_sheet

__all__ = [
    "Actor",
    "Codebook",
    "CodingSheet",
    "Concept",
    "Frame",
    "HarmWords",
    "Label",
    "check",
    "join",
    "load",
    "parse",
    "read_sheet",
    "record",
    "sample",
    "save_sheet",
    "shipped",
]
