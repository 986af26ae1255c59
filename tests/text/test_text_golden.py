"""Published numbers of text statistics, each reproduced by the package's own functions.

``golden.json`` holds 168 values with their input, tolerance and source; see the field ``source`` of each. They are run
through the same adapter as the benchmark, `benchmarks/tasks/statistics.py`.
"""

from __future__ import annotations

import importlib.util
import json
import math
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
ITEMS = json.loads((HERE / "golden.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def adapter() -> ModuleType:
    path = HERE.parents[1] / "benchmarks" / "tasks" / "statistics.py"
    specification = importlib.util.spec_from_file_location("golden_adapter", path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def same(value: Any, item: dict[str, Any]) -> bool:
    expected = item["expected"]
    if expected == "Infinity":
        return value == "Infinity"
    if isinstance(expected, int | float):
        limit = max(item["tol_abs"], item["tol_rel"] * abs(expected))
        return isinstance(value, int | float) and math.isfinite(value) and abs(value - expected) <= limit
    return bool(value == expected)


@pytest.mark.parametrize("measure", sorted({item["measure"] for item in ITEMS}))
def test_published_values_are_reproduced(adapter: ModuleType, measure: str) -> None:
    items = [item for item in ITEMS if item["measure"] == measure]
    given = [{"id": item["id"], "measure": measure, "input": item["input"]} for item in items]
    for item, row in zip(items, adapter.predict(given), strict=True):
        assert "skip" not in row, row
        assert same(row["value"], item), (
            f"{item['id']}: {item['expected']} expected, {row['value']} found ({item['source']})"
        )


def test_every_value_has_a_source() -> None:
    assert len(ITEMS) == len({item["id"] for item in ITEMS}) == 168
    assert all(item["source"] for item in ITEMS)
