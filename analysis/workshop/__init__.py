"""The classroom: lessons, checks that explain what is wrong, and coding with the outlets hidden.

A lesson is a notebook in ``notebooks/workshop``; ``analysis workshop make`` writes the learners' and the teacher's
copy of it. In a lesson::

    from analysis.workshop import check, teaching_corpus
    news = teaching_corpus()
    check("1.1", len(news))

Importing this package loads neither spaCy nor geopandas nor matplotlib.
"""

from analysis.workshop.blind import BlindSheet, agree, another_coder, blind, read_sheets, reveal
from analysis.workshop.checking import check
from analysis.workshop.making import lessons, make
from analysis.workshop.showing import Projector, projector
from analysis.workshop.teaching import name_files, page, planted, practice_folder, teaching_corpus
from analysis.workshop.verdicts import Verdict

__all__ = [
    "BlindSheet",
    "Projector",
    "Verdict",
    "agree",
    "another_coder",
    "blind",
    "check",
    "lessons",
    "make",
    "name_files",
    "page",
    "planted",
    "practice_folder",
    "projector",
    "read_sheets",
    "reveal",
    "teaching_corpus",
]
