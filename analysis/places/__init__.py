"""Places: found by a gazetteer and the parse, resolved, mapped, with the name each outlet chose kept.

>>> from analysis.places import annotate_text
>>> annotate_text([{"article_id": "a", "body": "The train left Odessa for Kyiv."}])["country"].to_list()
['UA', 'UA']
"""

from analysis.places.annotation import annotate, annotate_text
from analysis.places.measures import (
    by_region,
    counts,
    doubtful,
    located,
    name_of_unit,
    timeline,
    to_geojson,
    unlocated,
)
from analysis.places.naming import contested_names, naming
from analysis.places.overrides import read_overrides
from analysis.places.settling import settle

__all__ = [
    "annotate",
    "annotate_text",
    "by_region",
    "contested_names",
    "counts",
    "doubtful",
    "located",
    "name_of_unit",
    "naming",
    "read_overrides",
    "settle",
    "timeline",
    "to_geojson",
    "unlocated",
]
