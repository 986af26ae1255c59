"""Stories: the same event side by side, what each outlet has of it and what it leaves out.

>>> import pandas as pd
>>> from analysis.stories import link
>>> text = "The bridge over the river Orla was closed on Monday after engineers found cracks in a pillar"
>>> both = pd.DataFrame({"article_id": ["a", "b"], "headline": ["Orla bridge closed", "Cracks shut Orla bridge"],
...                      "body": [text, text + ", the city said."], "published": ["2024-05-06", "2024-05-07"]})
>>> link(both)["story"].tolist()
['a', 'a']
"""

from analysis.stories.alignment import align, quotations
from analysis.stories.claims import line_up
from analysis.stories.corrections import read_corrections
from analysis.stories.facts import fact_matrix
from analysis.stories.happening import event_days
from analysis.stories.linking import explain, link
from analysis.stories.overview import coverage, describe
from analysis.stories.quantities import annotate_quantities
from analysis.stories.rewriting import rewriting_signs, suspects

__all__ = [
    "align",
    "annotate_quantities",
    "coverage",
    "describe",
    "event_days",
    "explain",
    "fact_matrix",
    "line_up",
    "link",
    "quotations",
    "read_corrections",
    "rewriting_signs",
    "suspects",
]
