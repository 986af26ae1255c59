"""Stories: the same event side by side, what each outlet has of it and what it leaves out."""

from analysis.stories.linking import explain, link
from analysis.stories.quantities import annotate_quantities

__all__ = ["annotate_quantities", "explain", "link"]
