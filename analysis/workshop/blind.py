"""Blind coding: sentences without their outlets, coded by people first, compared with each other and with the kit after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.codebook.sheets import NONE, mask, telling_words
from analysis.errors import CodebookError, nearest

if TYPE_CHECKING:
    from analysis.corpus.corpus import Corpus

KIT = "the kit"
Codes = Mapping[str, str]


@dataclass(frozen=True)
class BlindSheet:
    """Sentences to be coded, with all that would tell the outlet hidden; made by `blind`.

    Attributes
    ----------
    sheet : pandas.DataFrame
        What coders get: ``code`` (a number that tells nothing), ``article`` (a letter instead of a name), ``sentence``.
    question : str
        What is to be decided.
    codes : tuple of str
        What may be answered; ``"none"`` is always among them.
    articles : pandas.DataFrame
        The articles behind the sentences, shuffled: ``article`` (its letter), ``body`` with names of outlets masked.
    """

    sheet: pd.DataFrame
    question: str
    codes: tuple[str, ...]
    articles: pd.DataFrame
    key: pd.DataFrame = field(repr=False)

    def save(self, path: str | Path) -> Path:
        """Write the sheet as CSV with an empty column ``answer``, for coding on paper or in a spreadsheet.

        Parameters
        ----------
        path : str or pathlib.Path
            Where; the file's name without suffix becomes the coder's name when it is read back.

        Returns
        -------
        pathlib.Path
        """
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        self.sheet.assign(answer="").to_csv(target, index=False)
        return target


def blind(
    corpus: Corpus,
    *,
    concept: str = "the fighting",
    n: int = 20,
    seed: int = 2026,
    codebook: str = "ukraine-war",
) -> BlindSheet:
    """Draw sentences for coding, hide the outlets, shuffle the articles.

    Half of the sentences hold a word that the kit has found for the concept, half hold none; outlets get equal parts.
    A name of an outlet in the text is masked as well.

    Parameters
    ----------
    corpus : Corpus
        Annotated articles.
    concept : str, optional
        A concept of the codebook: what is named, under competing labels.
    n : int, optional
        How many sentences.
    seed : int, optional
        The same seed draws the same sentences: a class that shares it can compare answers.
    codebook : str, optional
        Its labels are the codes.

    Returns
    -------
    BlindSheet

    Raises
    ------
    CodebookError
        When the codebook has no such concept, or the corpus has no sentences.
    """
    from analysis import codebook as codebooks

    book = codebooks.load(codebook)
    concepts = {each.name: each for each in book.concepts}
    if concept not in concepts:
        raise CodebookError(
            f"the codebook {codebook!r} has no concept {concept!r}{nearest(concept, concepts)}"
        )
    labels = corpus.layer("labels")
    drawn = codebooks.sample(
        corpus.layer("sentences"),
        corpus.articles,
        rows=labels[labels["concept"] == concept],
        item="label",
        n=n,
        seed=seed,
    )
    names = drawn.key["article_id"].drop_duplicates().sort_values().to_numpy()
    order = np.random.default_rng(seed).permutation(len(names))
    letters = {names[place]: f"Article {number:02d}" for number, place in enumerate(order, start=1)}
    hidden = telling_words(corpus.all_outlets, corpus.articles["body"].tolist())
    bodies = corpus.articles.set_index("article_id")["body"]
    articles = pd.DataFrame(
        {
            "article": [letters[name] for name in names],
            "body": [mask(str(bodies[name]), hidden) for name in names],
        }
    ).sort_values("article", ignore_index=True)
    sheet = pd.DataFrame(
        {
            "code": drawn.sheet["code"],
            "article": drawn.key["article_id"].map(letters),
            "sentence": [mask(str(sentence), hidden) for sentence in drawn.sheet["sentence"]],
        }
    )
    key = drawn.key.assign(kit=drawn.key["kit"].replace("", NONE))
    question = f"{concepts[concept].question} Which label does the sentence use for {concept}?".strip()
    return BlindSheet(
        sheet, question, (*(label.name for label in concepts[concept].labels), NONE), articles, key
    )


def tidy(paper: BlindSheet, answers: Mapping[str, Codes]) -> pd.DataFrame:
    """Bring the coders' answers into one table, a row a judgement.

    Parameters
    ----------
    paper : BlindSheet
        What was coded.
    answers : mapping of coder to mapping of code to label
        ``{"Ada": {"S001": "war", ...}, "Ben": {...}}``. Sentences may be left out.

    Returns
    -------
    pandas.DataFrame
        ``coder, code, answer``.

    Raises
    ------
    CodebookError
        When an answer is for a sentence that is not on the sheet, or is not one of the codes; the message says which
        coder, which sentence, and what was probably meant.
    """
    known = {code.casefold(): code for code in paper.codes}  # labels may hold names: "added to Russia"
    rows = []
    for coder, given in answers.items():
        for code, label in given.items():
            if code not in set(paper.sheet["code"]):
                raise CodebookError(
                    f"{coder}: there is no sentence {code!r}{nearest(code, paper.sheet['code'])}"
                )
            plain = str(label).strip().casefold()
            if plain in ("", "nan", "none given"):
                continue
            if plain not in known:
                raise CodebookError(
                    f"{coder}, {code}: {label!r} is not one of the codes{nearest(plain, paper.codes)}"
                )
            rows.append((coder, code, known[plain]))
    return pd.DataFrame(rows, columns=["coder", "code", "answer"])


def agree(paper: BlindSheet, answers: Mapping[str, Codes], *, seed: int = 2026) -> pd.DataFrame:
    """Measure how far coders agree with each other, and with the kit.

    Parameters
    ----------
    paper : BlindSheet
        What was coded.
    answers : mapping of coder to mapping of code to label
        As in `tidy`.
    seed : int, optional
        For the intervals; articles are resampled.

    Returns
    -------
    pandas.DataFrame
        ``coders, measure, value, low, high, n_units, note``: percent agreement and kappa (Cohen, 1960) for every pair,
        Krippendorff's alpha (2019) for all people together, without the kit.

    Raises
    ------
    CodebookError
        As in `tidy`, and when nobody has coded anything.
    """
    from analysis.text.agreement import agreement

    people = tidy(paper, answers)
    if people.empty:
        raise CodebookError("nobody has coded a sentence yet: give at least one coder with one answer")
    kit = paper.key[["code", "kit"]].rename(columns={"kit": "answer"}).assign(coder=KIT)
    rows = pd.concat([people, kit], ignore_index=True).merge(paper.key[["code", "article_id"]], on="code")
    pairs = agreement(rows, unit="code", coder="coder", code="answer", cluster="article_id", seed=seed)
    pairs = pairs[pairs["coders"] != "all"]
    if people["coder"].nunique() < 2 or not people.duplicated("code").any():
        return pairs.reset_index(drop=True)
    own = rows[rows["coder"] != KIT]
    together = agreement(own, unit="code", coder="coder", code="answer", cluster="article_id", seed=seed)
    alpha = together[together["coders"] == "all"].assign(coders="all people")
    return pd.concat([pairs, alpha], ignore_index=True)


def reveal(paper: BlindSheet, answers: Mapping[str, Codes] | None = None) -> pd.DataFrame:
    """Take the blindfold off: the outlet of each sentence, the kit's code, and every coder's.

    Parameters
    ----------
    paper : BlindSheet
        What was coded.
    answers : mapping of coder to mapping of code to label, optional
        As in `tidy`.

    Returns
    -------
    pandas.DataFrame
        ``code, outlet, sentence, the kit``, a column a coder, and ``all agree``.
    """
    shown = paper.sheet[["code", "sentence"]].merge(paper.key[["code", "outlet", "kit"]], on="code")
    shown = shown[["code", "outlet", "sentence", "kit"]].rename(columns={"kit": KIT})
    people = tidy(paper, answers or {})
    wide = people.pivot_table(index="code", columns="coder", values="answer", aggfunc="first")
    shown = shown.merge(wide.reset_index(), on="code", how="left") if len(people) else shown
    judges = [KIT, *(list(wide.columns) if len(people) else [])]
    same = shown[judges].eq(shown[KIT], axis=0).all(axis=1)
    return shown.assign(**{"all agree": same.map({True: "yes", False: "no"})})


def read_sheets(folder: str | Path) -> dict[str, dict[str, str]]:
    """Read the filled sheets of a class, one CSV a coder.

    Parameters
    ----------
    folder : str or pathlib.Path
        CSV files with ``code`` and ``answer``; a file's name without suffix is the coder.

    Returns
    -------
    dict
        What `agree` and `reveal` take.

    Raises
    ------
    CodebookError
        When there is no sheet, or a sheet lacks a column; the message names the file.
    """
    files = sorted(Path(folder).glob("*.csv"))
    if not files:
        raise CodebookError(
            f"there is no filled sheet (*.csv) in {folder}; put there what the class has filled in, saved as CSV"
        )
    found = {}
    for file in files:
        frame = pd.read_csv(file, dtype=str, keep_default_na=False)
        for column in ("code", "answer"):
            if column not in frame.columns:
                raise CodebookError(
                    f"{file.name}: no column {column!r}; it has {', '.join(map(str, frame.columns))}"
                )
        found[file.stem] = dict(zip(frame["code"], frame["answer"], strict=True))
    return found


def another_coder(paper: BlindSheet, *, slips: int = 3, seed: int = 1) -> dict[str, str]:
    """Invent a second coder, for those who work alone: the kit's codes with some slips.

    Parameters
    ----------
    paper : BlindSheet
        What is to be coded.
    slips : int, optional
        On how many sentences the invented coder gives another code.
    seed : int, optional
        Which sentences these are.

    Returns
    -------
    dict
        Code of sentence to label.
    """
    rng = np.random.default_rng(seed)
    answers = dict(zip(paper.key["code"], paper.key["kit"], strict=True))
    for code in rng.permutation(sorted(answers))[:slips]:
        others = [label for label in paper.codes if label != answers[code]]
        answers[str(code)] = others[int(rng.integers(len(others)))]
    return answers
