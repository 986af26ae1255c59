"""The figures of docs/measures-stories.md on labelled pairs do not fall."""

from __future__ import annotations

import pytest
from stories_pairs import alignment, grouping, quantities


@pytest.mark.parametrize("half", ["d", "k"])
def test_statements_that_say_the_same_are_put_together(half: str) -> None:
    for right, found, there in (alignment(half), grouping(half)):
        assert right / found >= 0.95
        assert right / there >= 0.85


@pytest.mark.parametrize("half", ["d", "k"])
def test_quantities_are_lined_up_and_contradictions_found(half: str) -> None:
    for right, found, there in quantities(half)[0].values():
        assert right / found >= 0.95
        assert right / there >= 0.85
