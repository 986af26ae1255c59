"""A manifest keeps parameters by name; made again, they stand in the notebook's own order."""

from __future__ import annotations

from pathlib import Path

from analysis.reports.verify import _in_order

ROOT = Path(__file__).resolve().parents[2]


def test_parameters_come_back_in_the_order_of_the_notebook():
    notebook = ROOT / "notebooks" / "10-corpus.ipynb"
    sealed = {
        "codebook": "general",
        "corpus": "seeds",
        "outlets": [],
        "seed": 7,
        "since": "",
        "store": "",
        "until": "",
    }
    assert list(_in_order(notebook, sealed)) == [
        "corpus",
        "store",
        "outlets",
        "since",
        "until",
        "codebook",
        "seed",
    ]
    assert _in_order(notebook, {**sealed, "gone": 1})["gone"] == 1
