"""Judge an answer and say why: every comparison ends in a sentence that helps, never in a bare "wrong"."""

from __future__ import annotations

import difflib
import math
import numbers
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd


@dataclass(frozen=True)
class Verdict:
    """Whether an answer is right, and why.

    Attributes
    ----------
    right : bool
        True when the answer is right.
    message : str
        What is right about it, or what is wrong and where to look.
    exercise : str
        Number of the exercise, such as ``"3.2"``.

    Examples
    --------
    >>> Verdict(True, "Forty-five articles.", "1.1")
    1.1 ✓ Right. Forty-five articles.
    """

    right: bool
    message: str
    exercise: str = ""

    def __bool__(self) -> bool:
        return self.right

    def __repr__(self) -> str:
        mark = "✓ Right." if self.right else "✗ Not yet."
        return f"{self.exercise} {mark} {self.message}".strip()

    def _repr_html_(self) -> str:
        # mark and word say it as well as the colour of the bar (blue and orange: safe for colour-blind readers)
        colour = "#0072B2" if self.right else "#D55E00"
        head = "✓ Right." if self.right else "✗ Not yet."
        return (
            f'<div role="status" style="border-left:6px solid {colour};padding:.4em .9em;margin:.3em 0;font-size:1.1em">'
            f"<b>{escape(self.exercise)} {head}</b> {escape(self.message)}</div>"
        )


def right(message: str) -> Verdict:
    """Give the verdict on a right answer."""
    return Verdict(True, message)


def wrong(message: str) -> Verdict:
    """Give the verdict on a wrong answer; the message says what to look at."""
    return Verdict(False, message)


def number(
    answer: object,
    expected: float,
    *,
    what: str,
    praise: str,
    slips: Sequence[tuple[float, str]] = (),
    tolerance: float = 0.0,
    hint: str,
) -> Verdict:
    """Judge a number.

    Parameters
    ----------
    answer : object
        What the learner gave.
    expected : float
        What the kit computes.
    what : str
        What was asked for, as in "the number of articles".
    praise : str
        Said when the answer is right.
    slips : sequence of (value, explanation), optional
        Typical wrong values, and what went wrong there.
    tolerance : float, optional
        How far off a right answer may be.
    hint : str
        Said of any other number.

    Examples
    --------
    >>> number(43, 45, what="the number of articles", praise="Yes.", hint="Count rows.",
    ...        slips=[(43, "That is the number of files.")])
    ✗ Not yet. That is the number of files.
    >>> number("45", 45, what="the number of articles", praise="Yes.", hint="Count rows.")
    ✗ Not yet. Give the number of articles as a number, without quotation marks: 45, not "45".
    """
    if isinstance(answer, str):
        if not re.fullmatch(r"-?[\d.,]+", answer.strip()):
            return wrong(f"Give {what} as a number, in figures; {answer!r} is a text.")
        return wrong(f'Give {what} as a number, without quotation marks: {answer}, not "{answer}".')
    if isinstance(answer, pd.DataFrame | pd.Series):
        return wrong(
            f"That is a table of {len(answer)} rows. Give {what} as one number; `len(table)` counts rows."
        )
    if isinstance(answer, bool) or not isinstance(answer, numbers.Real):
        return wrong(f"Give {what} as one number; this is {_kind(answer)}.")
    value = float(answer)
    if math.isclose(value, expected, rel_tol=1e-9, abs_tol=tolerance):
        return right(praise)
    for slip, why in slips:
        if math.isclose(value, slip, rel_tol=1e-9, abs_tol=tolerance):
            return wrong(why)
    if tolerance and abs(value - expected) < 0.05 * abs(expected):
        return wrong(f"{answer} is close, but not exact: round only at the end. {hint}")
    return wrong(f"{answer} is too {'high' if value > expected else 'low'}. {hint}")


def text(
    answer: object,
    accepted: Collection[str],
    *,
    what: str,
    praise: str,
    known: Iterable[str] = (),
    slips: Mapping[str, str] | None = None,
    hint: str,
) -> Verdict:
    """Judge a name or a word; upper and lower case are the same.

    Parameters
    ----------
    answer : object
        What the learner gave.
    accepted : collection of str
        Right answers.
    what, praise, hint : str
        As in `number`.
    known : iterable of str, optional
        Names that make sense here: a misspelt one is told from a wrong one.
    slips : mapping of str to str, optional
        Typical wrong answers, and what went wrong there.

    Examples
    --------
    >>> text("Tarsk Todya", ["Tarsk Today"], what="the outlet", praise="Yes.", known=["Tarsk Today"], hint="Read on.")
    ✗ Not yet. There is no 'Tarsk Todya' here; did you mean 'Tarsk Today'?
    """
    if isinstance(answer, pd.Series):
        answer = answer.tolist()
    if isinstance(answer, Collection) and not isinstance(answer, str | Mapping) and len(answer) > 1:
        return wrong(f"That is {_kind(answer)} of {len(answer)} values. Give {what} alone, as one value.")
    if isinstance(answer, list | tuple | set) and len(answer) == 1:
        answer = next(iter(answer))
    if not isinstance(answer, str):
        return wrong(f'Give {what} in quotation marks, such as "word"; this is {_kind(answer)}.')
    given = _plain(answer)
    if not given:
        return wrong(f"The quotation marks are empty: write {what} between them.")
    if given in {_plain(name) for name in accepted}:
        return right(praise)
    for slip, why in (slips or {}).items():
        if given == _plain(slip):
            return wrong(why)
    names = list(known)
    if names and given not in {_plain(name) for name in names}:
        return wrong(_strange(answer, names, what, hidden=accepted))
    return wrong(f"It is not {answer!r}. {hint}")


def members(
    answer: object,
    expected: Collection[str],
    *,
    what: str,
    praise: str,
    known: Iterable[str] = (),
    slips: Mapping[str, str] | None = None,
    hint: str,
) -> Verdict:
    """Judge a list of names; the order does not matter.

    Parameters
    ----------
    answer : object
        What the learner gave: a list, a set, a column of a table.
    expected : collection of str
        The names that belong to it.
    what, praise, known, slips, hint
        As in `text`; ``slips`` explains names that do not belong to it.

    Examples
    --------
    >>> members(["a.txt", "b.txt"], ["a.txt", "c.txt"], what="the copies", praise="Yes.", hint="Read the table.",
    ...         slips={"b.txt": "b.txt was rewritten."})
    ✗ Not yet. b.txt was rewritten. 1 is missing. Read the table.
    """
    if isinstance(answer, str):
        answer = [answer]
    if isinstance(answer, pd.DataFrame):
        return wrong(f'That is a whole table. Give {what} as a list of names: one column, or ["one", "two"].')
    if not isinstance(answer, Iterable):
        return wrong(f'Give {what} as a list, such as ["one", "two"]; this is {_kind(answer)}.')
    given = {_plain(str(name)): str(name) for name in answer}
    wanted = {_plain(name) for name in expected}
    if not given:
        return wrong(f"The list is empty. {hint}")
    if set(given) == wanted:
        return right(praise)
    names = list(known)
    strange = (
        []
        if not names
        else [name for plain, name in given.items() if plain not in {_plain(n) for n in names}]
    )
    if strange:
        return wrong(_strange(strange[0], names, what, hidden=expected))
    told = {_plain(name): why for name, why in (slips or {}).items()}
    extra = sorted(set(given) - wanted)
    missing = len(wanted - set(given))
    parts = [told[name] for name in extra if name in told]
    others = [given[name] for name in extra if name not in told]
    if others:
        parts.append(f"{', '.join(others)} {'does' if len(others) == 1 else 'do'} not belong to it.")
    if missing:
        parts.append(f"{missing} {'is' if missing == 1 else 'are'} missing.")
    return wrong(" ".join([*parts, hint]))


def truth(answer: object, expected: bool, *, what: str, praise: str, hint: str) -> Verdict:
    """Judge a yes or no.

    Examples
    --------
    >>> truth(False, True, what="whether it rained", praise="It did.", hint="Look outside.")
    ✗ Not yet. Look outside.
    """
    if not isinstance(answer, bool) and str(answer) not in ("True", "False"):
        return wrong(f"Say {what} with True or False, without quotation marks; this is {_kind(answer)}.")
    return right(praise) if (str(answer) == "True") == expected else wrong(hint)


def _plain(name: str) -> str:
    return " ".join(name.replace("’", "'").split()).casefold()


def _strange(given: str, names: Sequence[str], what: str, *, hidden: Collection[str]) -> str:
    """Say that a name does not occur, and which was meant; examples of a long list leave the right answers out."""
    known = sorted({name for name in names if name}, key=names.index)
    part = _plain(given)  # a figure may be a file's, two letters are anybody's
    holding = [name for name in known if (len(part) > 2 or part.isdigit()) and part in _plain(name)]
    close = difflib.get_close_matches(given.strip(), known, n=1, cutoff=0.6) or holding[:1]
    if close:
        return f"There is no {given!r} here; did you mean {close[0]!r}?"
    shown = known if len(known) <= 5 else [name for name in known if name not in hidden]
    return f"There is no {given!r} here. Asked for: {what}, such as {', '.join(shown[:5])}."


def _kind(answer: object) -> str:
    names: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (str, "a text"),
        (bool, "True or False"),
        (numbers.Number, "a number"),
        (Mapping, "a dictionary"),
        (pd.DataFrame, "a table"),
        (Collection, "a list"),
    )
    return next((name for kind, name in names if isinstance(answer, kind)), "something else")
