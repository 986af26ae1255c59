"""The article told from its page, line by line; nothing is thrown away."""

from analysis.corpus.cleaning.cleaner import body_of, clean, headline_of, recurring

__all__ = ["body_of", "clean", "headline_of", "recurring"]
