"""From articles to layers: parse what is new, let each subject annotate it, keep everything in the store."""

from analysis.annotation.run import Progress, annotate, default_store, open_corpus

__all__ = ["Progress", "annotate", "default_store", "open_corpus"]
