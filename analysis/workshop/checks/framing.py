"""Lesson 5, frame: code first, compare after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from analysis.errors import CodebookError
from analysis.workshop.blind import BlindSheet, blind, tidy
from analysis.workshop.teaching import planted
from analysis.workshop.verdicts import Verdict, number, right, text, truth, wrong

if TYPE_CHECKING:
    from analysis.corpus.corpus import Corpus

SENTENCES, SEED = 12, 5
# Two coders, ten sentences, two codes used evenly: they agree on eight, and half is what chance would give.
_AGREED, _CHANCE = 0.8, 0.5


@cache
def lesson_sheet(news: Corpus) -> BlindSheet:
    """Draw the sentences of lesson 5."""
    return blind(news, concept="the fighting", n=SENTENCES, seed=SEED)


def _coded(answer: object, news: Corpus) -> Verdict:
    paper = lesson_sheet(news)
    if not isinstance(answer, Mapping):
        return wrong('Give your codes as a dictionary: {"S001": "war", "S002": "none"}.')
    try:
        given = tidy(paper, {"you": {str(code): label for code, label in answer.items() if label is not ...}})
    except CodebookError as error:
        said = str(error).removeprefix("you: ")
        return wrong(f"{said[:1].upper()}{said[1:]}{'' if said.endswith('?') else '.'}")
    missing = sorted(set(paper.sheet["code"]) - set(given["code"]))
    if missing:
        return wrong(
            f'{len(missing)} of {len(paper.sheet)} sentences have no code yet: {", ".join(missing)}. A sentence without a label gets "none".'
        )
    if given["answer"].nunique() == 1:
        return wrong(
            "Every sentence has the same code. Then there is nothing to compare: read again, sentence by sentence."
        )
    kit = dict(zip(paper.key["code"], paper.key["kit"], strict=True))
    differ = [code for code, label in zip(given["code"], given["answer"], strict=True) if kit[code] != label]
    return right(
        f"All {len(paper.sheet)} are coded. On {len(paper.sheet) - len(differ)} you and the kit agree"
        + (
            f"; look again at {', '.join(differ)}: it may be you, the kit, or the codebook."
            if differ
            else "."
        )
    )


def _kappa(answer: object, news: Corpus) -> Verdict:
    expected = (_AGREED - _CHANCE) / (1 - _CHANCE)
    return number(
        answer,
        expected,
        tolerance=0.005,
        what="kappa",
        praise="They agree on 0.8; chance gives 0.5; they have won 0.3 of the 0.5 that could be won.",
        slips=[
            (
                _AGREED,
                "That is the share of sentences on which they agree. Two people who toss coins agree on half: take chance out.",
            ),
            (_CHANCE, "That is what chance would give. Kappa is (agreement − chance) / (1 − chance)."),
            (
                _AGREED - _CHANCE,
                "Agreement less chance; now divide by what could be won beyond chance, 1 − chance.",
            ),
        ],
        hint="Kappa is (agreement − chance) / (1 − chance). Chance is 0.5 here: each coder said war for half of the sentences.",
    )


def _operation(answer: object, news: Corpus) -> Verdict:
    return text(
        answer,
        ["Tarsk Today"],
        what="the outlet",
        praise="In its own voice, and nowhere else once copies are left out: so it was planted.",
        known=news.outlets,
        slips={
            "Daily Skim": 'Daily Skim has it in 24.txt, a repost of another outlet. Leave copies out: kinds=["original", "wire"].',
            "Verrin Courier": "The Courier has it once, in quotation marks, as the term of others. Keep its own voice.",
        },
        hint='label_shares(..., concept="the fighting") counts the own voice; read which group has k above 0.',
    )


def _includes_zero(answer: object, news: Corpus) -> Verdict:
    from analysis import framing

    pair = ("Channel Marrowgate", "Verrin Courier")
    gaps = framing.label_differences(
        news.layer("labels"), news.articles, concept="the territory", groups=[pair]
    )
    row = gaps[gaps["item"] == "occupied"].iloc[0]
    inside = bool(row["low"] <= 0 <= row["high"])
    return truth(
        answer,
        inside,
        what="whether the interval includes zero",
        praise="No difference can be claimed. And none was planted: both outlets were written to say occupied. A claim here would be a false alarm.",
        hint=f"The interval runs from {row['low']:.2f} to {row['high']:.2f}. Does 0 lie between these two?",
    )


def _no_doer(answer: object, news: Corpus) -> Verdict:
    harms = planted("harms")
    rows = harms[(harms["victim_side"] == "ua") & (harms["voice"] == "passive agentless")]
    counts = rows["outlet"].value_counts()
    return text(
        answer,
        list(counts.index[counts == counts.max()]),
        what="the outlet",
        praise=f"{counts.max()} of {counts.sum()} such sentences. “Houses were hit” has no doer; “Russian troops hit houses” has one.",
        known=news.outlets,
        slips={
            "Lakeside Herald": "The Herald often tells harm as a noun (“the shelling”): another voice. Keep “passive agentless”."
        },
        hint='Keep victim_side == "ua" and voice == "passive agentless", then count by outlet.',
    )


CHECKS: Mapping[str, Callable[[Any, Corpus], Verdict]] = {
    "5.1": _coded,
    "5.2": _kappa,
    "5.3": _operation,
    "5.4": _includes_zero,
    "5.5": _no_doer,
}
