"""Draw a coding sheet from an annotated corpus: which layers people can code, and with which codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis import codebook as codebooks
from analysis.corpus.corpus import Corpus
from analysis.errors import CodebookError, nearest
from analysis.framing import VOICES

#: Layers whose codes people can check, and the column that holds the code.
CODED: Mapping[str, str] = {
    "labels": "label",
    "harms": "voice",
    "statements": "source_class",
    "places": "kind",
    "mentions": "kind",
    "tone": "tone",
}
_CHOICES: Mapping[str, Sequence[str]] = {"harms": VOICES, "tone": ("negative", "neutral", "positive")}


def draw(
    news: Corpus,
    path: str | Path,
    *,
    layers: Sequence[str] = ("labels", "harms"),
    n: int = 60,
    seed: int = 2026,
    concept: str = "",
) -> Path:
    """Draw sentences for coders and write sheet and key, unless the sheet is there already.

    Parameters
    ----------
    news : Corpus
        An annotated corpus.
    path : str or pathlib.Path
        Where the sheet is written; the kit's own codes go beside it, into ``.key.csv``, which coders must not see.
    layers : sequence of str, optional
        What is to be coded, each an indicator of its own: ``labels``, ``harms``, ``statements``, ``places``,
        ``mentions``, ``tone``.
    n : int, optional
        Sentences for each layer.
    seed : int, optional
        The same seed draws the same sentences.
    concept : str, optional
        Of the labels, only those of this concept: coders then choose of a few words, not of all in the codebook.

    Returns
    -------
    pathlib.Path
        The sheet; one that is there already is left as it is, with its codes.

    Raises
    ------
    CodebookError
        When a layer cannot be coded, has no row in this corpus, or none of the concept.
    """
    target = Path(path)
    if target.is_file():
        return target
    drawn = []
    for layer in layers:
        if layer not in CODED:
            raise CodebookError(
                f"the layer {layer!r} cannot be coded; choose of {', '.join(CODED)}{nearest(layer, CODED)}"
            )
        rows = news.layer(layer)
        if rows.empty:
            raise CodebookError(f"the layer {layer!r} has no row in this corpus, so there is nothing to code")
        if layer == "labels" and concept:
            known = sorted(rows["concept"].unique())
            if concept not in known:
                raise CodebookError(
                    f"no label of a concept {concept!r} in this corpus{nearest(concept, known)}"
                )
            rows = rows[rows["concept"] == concept]
        drawn.append(
            codebooks.sample(
                news.layer("sentences"),
                news.articles,
                rows=rows,
                item=CODED[layer],
                n=n,
                seed=seed,
                indicator=layer,
                choices=_CHOICES.get(layer, ()),
            )
        )
    return codebooks.save_sheet(codebooks.join(drawn), target)
