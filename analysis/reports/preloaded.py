"""What the kernels of reports load, loaded in advance: see `analysis.reports.kernels`.

Nothing of polars may run here, only be imported: its threads would not live on in a fork.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib import import_module

MODULES = (
    "ipykernel.kernelapp",
    "papermill",
    "nbconvert.exporters.html",
    "pandas",
    "polars",
    "pyarrow.parquet",
    "scipy.sparse.csgraph",
    "scipy.special",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_svg",
    "geopandas",
    "networkx",
    "bokeh.embed",
    "analysis.annotation.run",
    "analysis.explore",
    "analysis.framing",
    "analysis.figures.map",
    "analysis.figures.network",
    "analysis.figures.zoom",
    "analysis.figures.words",
    "analysis.stories.shown",
    "analysis.text.stemming",
    "analysis.text.readability",
    "analysis.corpus.overview",
    "analysis.places.claims",
    "analysis.reports.execute",
)

# jsonschema builds the grammar of internationalised addresses when it is imported, which takes a second and which no
# notebook needs.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
for _name in MODULES:
    with suppress(Exception):  # the notebook that needs it will say what is wrong with it
        import_module(_name)
