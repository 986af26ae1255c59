"""A lesson as a learner meets it: in a real JupyterLab, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from jupyter_served import Lab

from analysis.workshop import make, teaching_corpus

pytestmark = pytest.mark.browser
WAIT = 120_000  # milliseconds; a busy machine starts a kernel slowly


@pytest.fixture(scope="module")
def lesson(lab: Lab) -> str:
    """Where the learners' copy of lesson 3 is opened."""
    make(3, lab.folder / "handouts")
    teaching_corpus()  # annotated once, before the kernel asks for it
    return lab.page("handouts/3-name.ipynb")


def test_a_learner_runs_a_lesson_opens_a_hint_and_is_told_what_is_wrong(lesson: str, chromium: Any) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(lesson)
    page.wait_for_selector(".jp-Notebook", timeout=WAIT)
    page.locator("h1", has_text="Lesson 3: Name").first.wait_for(timeout=WAIT)
    # the kernel is there when the status line says that it idles
    page.locator("text=Python 3 (ipykernel) | Idle").first.wait_for(timeout=WAIT)
    page.keyboard.press("Escape")
    page.locator(".lm-MenuBar-item", has_text="Run").first.click()
    page.click("text=Run All Cells")
    page.locator("div[role=status]", has_text="There is no answer yet").first.wait_for(timeout=WAIT)

    hint = page.locator("summary", has_text="Hint 1").first
    hint.scroll_into_view_if_needed()
    assert not page.locator("details p").first.is_visible()
    hint.click()
    assert page.locator("details p").first.is_visible()

    cell = page.locator(".jp-CodeCell", has_text="YOUR CODE HERE").first
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.type('spellings = ["Zelensky", "He"]')
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    verdict = page.locator("div[role=status]", has_text="no spelling of his name").first
    verdict.wait_for(timeout=WAIT)
    assert "missing" in verdict.inner_text()
    page.close()
