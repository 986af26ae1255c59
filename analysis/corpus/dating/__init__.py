"""The day of publication: stamps, metadata, addresses and the text itself, weighed one against another."""

from analysis.corpus.dating.choosing import Candidate, Dated, Line, date_article

__all__ = ["Candidate", "Dated", "Line", "date_article"]
