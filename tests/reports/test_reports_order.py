"""A manifest keeps parameters by name; made again, they stand in the notebook's own order."""

from __future__ import annotations

import re
from pathlib import Path

from nbformat import v4

from analysis.reports import normalise
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


def test_random_ids_of_a_plot_come_out_the_same_and_stay_apart(tmp_path):
    def shown(*ids: str) -> str:
        markup = "".join(f'<div id="{one}"></div><script>draw("{one}")</script>' for one in ids)
        prose = "<p>The paper is filed as 1b4e28ba-2fa1-41d2-883f-0016d3cca427.</p>"
        cells = [
            v4.new_code_cell("plot", outputs=[v4.new_output("display_data", data={"text/html": markup})]),
            v4.new_code_cell("prose", outputs=[v4.new_output("display_data", data={"text/html": prose})]),
        ]
        for number, cell in enumerate(cells):
            cell["id"] = f"cell-{number}"
        path = tmp_path / "plots.ipynb"
        path.write_text(v4.writes(v4.new_notebook(cells=cells)), encoding="utf-8")
        made = normalise.tidied(path)
        assert made.cells[1].outputs[0].data["text/html"] == prose
        return made.cells[0].outputs[0].data["text/html"]

    one = shown("d18978ea-be09-4629-908f-d6e225bb70b7", "09feb3ef-323c-46ce-a241-9e48a4b909d6")
    other = shown("a9b26e9a-b4d0-40c9-90f6-bc8a6be628df", "272f7c4a-b1cf-4e28-81ac-85bdd573dcae")
    assert one == other
    assert len(set(re.findall(r'id="([^"]+)"', one))) == 2


def test_counters_and_addresses_in_memory_are_left_out(tmp_path):
    table = v4.new_output("execute_result", {"text/plain": "<Corpus at 0x7f3a2b1c9d10>"}, execution_count=7)
    path = tmp_path / "counted.ipynb"
    cell = v4.new_code_cell(
        "news", execution_count=7, outputs=[table], metadata={"papermill": {"duration": 2}}
    )
    path.write_text(v4.writes(v4.new_notebook(cells=[cell])), encoding="utf-8")
    made = normalise.tidied(path).cells[0]
    assert made.execution_count is None
    assert made.outputs[0].execution_count is None
    assert made.outputs[0].data["text/plain"] == "<Corpus at 0x…>"
    assert made.metadata == {}
