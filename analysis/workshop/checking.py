"""Check an answer of a learner, and explain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from analysis.errors import ReadingError, nearest
from analysis.workshop.checks import capstone, comparing, counting, framing, naming, placing, reading
from analysis.workshop.teaching import teaching_corpus
from analysis.workshop.verdicts import Verdict, wrong

if TYPE_CHECKING:
    from analysis.corpus.corpus import Corpus

Check = Callable[[Any, "Corpus"], Verdict]

CHECKS: Mapping[str, Check] = {
    **reading.CHECKS,
    **counting.CHECKS,
    **naming.CHECKS,
    **placing.CHECKS,
    **framing.CHECKS,
    **comparing.CHECKS,
    **capstone.CHECKS,
}
"""Every exercise that can be checked, by its number."""


def check(exercise: str, answer: object) -> Verdict:
    """Check an answer against what the kit finds in the teaching corpus, or against what was planted in it.

    Parameters
    ----------
    exercise : str
        Its number, such as ``"3.2"``.
    answer : object
        What the exercise asks for.

    Returns
    -------
    Verdict
        True when the answer is right. Shown in a notebook, it says what is wrong and where to look.

    Raises
    ------
    ReadingError
        When there is no such exercise.

    Examples
    --------
    >>> check("1.1", ...)
    1.1 ✗ Not yet. There is no answer yet: put yours in place of the three dots, run that cell, then this one.
    """
    number = str(exercise).strip()
    if number not in CHECKS:
        raise ReadingError(f"there is no exercise {number!r}{nearest(number, CHECKS)}")
    if answer is ... or answer is None or (isinstance(answer, str) and answer.strip() in ("...", "…")):
        verdict = wrong(
            "There is no answer yet: put yours in place of the three dots, run that cell, then this one."
        )
    else:
        verdict = CHECKS[number](answer, teaching_corpus())
    return replace(verdict, exercise=number)
