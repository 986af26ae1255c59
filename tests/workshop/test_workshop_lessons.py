"""Every solution runs and is right; every check fails on the unsolved copy, and says why."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.workshop import Verdict, lessons
from analysis.workshop.checking import CHECKS
from analysis.workshop.making import learner_copy, read_notebook, teacher_copy

LESSONS = lessons()
GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"


@pytest.fixture(params=LESSONS, ids=lambda lesson: lesson.source.stem)
def source(request: pytest.FixtureRequest) -> dict[str, Any]:
    return read_notebook(request.param.source)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lessons run from any folder, and leave their files there."""
    monkeypatch.chdir(tmp_path)


def run(notebook: dict[str, Any], *, show: bool = True) -> dict[str, object]:
    """Run the cells in order in one namespace, show what they end in, and give it by the cells' ids."""
    import matplotlib as mpl

    mpl.use("Agg")
    names: dict[str, Any] = {}
    shown: dict[str, object] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse(cell["source"])
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, cell["id"], "exec"), names)
        if isinstance(last, ast.Expr):
            shown[cell["id"]] = value = eval(compile(ast.Expression(last.value), cell["id"], "eval"), names)
            for method in ("_repr_mimebundle_", "_repr_html_"):
                if show and hasattr(value, method):
                    assert getattr(value, method)()
    return shown


def verdicts(shown: dict[str, object]) -> dict[str, Verdict]:
    found = [value for value in shown.values() if isinstance(value, Verdict)]
    return {verdict.exercise: verdict for verdict in found}


def cells(notebook: dict[str, Any], kind: str) -> Iterator[str]:
    return (cell["source"] for cell in notebook["cells"] if cell["cell_type"] == kind)


def test_there_are_six_lessons_and_a_capstone() -> None:
    assert [lesson.number for lesson in LESSONS] == [1, 2, 3, 4, 5, 6, 7]
    verbs = ["Read", "Count", "Name", "Place", "Frame", "Compare", "Your own five articles to a report"]
    assert [lesson.title.split(": ")[1] for lesson in LESSONS][:6] == verbs[:6]


def test_every_solution_is_right_and_every_check_fails_on_the_unsolved_copy(source: dict[str, Any]) -> None:
    solved = verdicts(run(source))
    assert solved
    assert all(solved.values()), [verdict for verdict in solved.values() if not verdict]
    unsolved = verdicts(run(learner_copy(source), show=False))
    assert set(unsolved) == set(solved)
    for verdict in unsolved.values():
        assert not verdict
        assert len(verdict.message) > 30, "a check must say what is wrong"


def test_every_exercise_that_can_be_checked_stands_in_one_lesson() -> None:
    used = [
        number
        for lesson in LESSONS
        for code in cells(read_notebook(lesson.source), "code")
        for number in re.findall(r'^check\("([\d.]+)"', code, re.MULTILINE)
    ]
    assert sorted(used) == sorted(CHECKS)


def test_the_learners_copy_holds_no_answer(source: dict[str, Any]) -> None:
    copy = learner_copy(source)
    text = "\n".join(cell["source"] for cell in copy["cells"])
    assert "SOLUTION" not in text
    assert not any("teacher" in cell["metadata"].get("tags", []) for cell in copy["cells"])
    answers = [cell for cell in copy["cells"] if cell["id"].startswith("answer-")]
    assert answers
    for cell in answers:
        assert cell["source"].startswith("# YOUR CODE HERE")
        assert re.search(r"^\w+ = \.\.\.$", cell["source"], re.MULTILINE)


def test_the_teachers_copy_holds_everything(source: dict[str, Any]) -> None:
    copy = teacher_copy(source)
    assert len(copy["cells"]) == len(source["cells"])
    assert "# solution" in "\n".join(cells(copy, "code"))
    assert "SOLUTION" not in "\n".join(cells(copy, "code"))


def test_a_lesson_has_aims_hints_a_discussion_and_a_page_for_the_teacher(source: dict[str, Any]) -> None:
    words = "\n".join(cells(source, "markdown"))
    assert "At the end of this lesson you" in words
    assert "can’t say" in words or "can't say" in words
    answers = [cell for cell in source["cells"] if cell["id"].startswith("answer-")]
    assert words.count("<details>") == words.count("</details>") >= len(answers)
    teacher = "\n".join(
        cell["source"] for cell in source["cells"] if "teacher" in cell["metadata"].get("tags", [])
    )
    for part in ("| minutes | what |", "**Typical", "planted"):
        assert part in teacher


def terms(notebook: dict[str, Any]) -> set[str]:
    """Give the words that a lesson explains: they stand in bold; what is longer or ends like a sentence is stress."""
    bold = [
        " ".join(found.split())
        for cell in cells(learner_copy(notebook), "markdown")
        for found in re.findall(r"\*\*([^*]+)\*\*", cell)
    ]
    return {word for word in bold if len(word.split()) <= 4 and not word.endswith((".", "?", ":"))} - {"bold"}


def test_every_term_is_in_the_glossary(source: dict[str, Any]) -> None:
    glossary = {term.casefold() for term in _glossary()}
    assert not {term for term in terms(source) if term.casefold() not in glossary}


def test_the_glossary_is_in_order_and_names_the_lesson_of_each_term() -> None:
    entries = re.findall(
        r"^\*\*(.+?)\*\* \(lesson (\d)\): \S", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE
    )
    names = [name.casefold() for name, _ in entries]
    assert names == sorted(names)
    explained = {
        term.casefold(): lesson.number
        for lesson in reversed(LESSONS)
        for term in terms(read_notebook(lesson.source))
    }
    assert {name.casefold(): int(number) for name, number in entries} == explained


# words of everyday life that a later lesson gives a narrower meaning
PLAIN = {"quotation", "source", "difference", "story", "conflict"}


def test_no_term_stands_in_a_lesson_before_the_one_that_explains_it() -> None:
    text = GLOSSARY.read_text(encoding="utf-8")
    entries = re.findall(r"^\*\*(.+?)\*\* \(lesson (\d)\)", text, re.MULTILINE)
    for lesson in LESSONS:
        read = " ".join(cells(learner_copy(read_notebook(lesson.source)), "markdown"))
        plain = re.sub(r"`[^`]*`|<code>.*?</code>", " ", read)
        early = [
            term
            for term, number in entries
            if int(number) > lesson.number and re.search(rf"(?i)\b{re.escape(term)}\b", plain)
        ]
        assert set(early) <= PLAIN, lesson.title


def test_a_lesson_reads_easily_and_fits_its_hour() -> None:
    """Reading at 150 words a minute, a minute and a half a box, four an exercise, nine of discussion: see docs/teaching.md."""
    from analysis.text.readability import readability

    for lesson in LESSONS:
        copy = learner_copy(read_notebook(lesson.source))
        read = re.sub(r"<details>.*?</details>", "", "\n\n".join(cells(copy, "markdown")), flags=re.DOTALL)
        body = re.sub(r"`[^`]*`|[#*|_>]|^\s*[-\d.]+\s", " ", read, flags=re.MULTILINE)
        article = pd.DataFrame({"article_id": ["a"], "outlet": ["lesson"], "body": [body]})
        assert readability(article)["flesch"].iloc[0] > 75, lesson.title
        boxes = [cell["id"] for cell in copy["cells"] if cell["cell_type"] == "code"]
        exercises = sum(name.startswith("answer-") for name in boxes)
        shown = sum(not name.startswith(("answer-", "check-")) for name in boxes)
        needed = len(re.findall(r"\w+", read)) / 150 + 1.5 * shown + 4 * exercises + 9
        stated = int(re.search(r"\*(\d+) minutes", read)[1])  # type: ignore[index]
        assert needed <= stated <= 60, f"{lesson.title}: {needed:.0f} of {stated} minutes"


def _glossary() -> list[str]:
    return re.findall(r"^\*\*(.+?)\*\*", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE)
