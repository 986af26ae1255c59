"""Two texts side by side: the same statement on one line, what differs marked word by word, what is missing left blank."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

import pandas as pd

from analysis.errors import MeasureError, nearest
from analysis.figures import page
from analysis.figures.escape import escaped, visible
from analysis.figures.evidence import Evidence
from analysis.figures.palette import named, outlet_colours
from analysis.figures.provenance import when

_PIECES = re.compile(r"\s+|\d[\d.,]*\d|[\w’'-]+|[^\w\s]")
_RELATIONS = {
    "same": ("=", "same"),
    "rephrased": ("≈", "rephrased"),
    "only left": ("◂", "only on the left"),
    "only right": ("▸", "only on the right"),
}


class SideBySide:
    """Two aligned articles as a reader of two columns.

    Parameters
    ----------
    aligned : pandas.DataFrame
        As `analysis.stories.align` gives it: ``relation left_start left_end left_text right_start right_end right_text``.
    articles : pandas.DataFrame
        Articles with ``article_id``, ``outlet``, ``body``; where present also ``headline``, ``published``.
    left, right : str
        Ids of the two articles.
    sentences : pandas.DataFrame, optional
        The ``sentences`` layer, by which the pages of the articles are laid out.
    caption : str
        What is compared.
    colours : mapping of str to str, optional
        From `outlet_colours` over the whole corpus.

    Raises
    ------
    MeasureError
        When one of the two articles is not there.

    Examples
    --------
    >>> both = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Harbour Gazette", "Continental Wire"],
    ...                      "body": ["Two men died.", "Three men died."]})
    >>> lines = pd.DataFrame([{"relation": "rephrased", "left_start": 0, "left_end": 13, "left_text": "Two men died.",
    ...                        "right_start": 0, "right_end": 15, "right_text": "Three men died."}])
    >>> SideBySide(lines, both, "a", "b", caption="Two reports")
    Two reports
    Harbour Gazette | Continental Wire
    ≈ Two men died. | Three men died.
    """

    def __init__(
        self,
        aligned: pd.DataFrame,
        articles: pd.DataFrame,
        left: str,
        right: str,
        *,
        sentences: pd.DataFrame | None = None,
        caption: str = "Sentence by sentence",
        colours: Mapping[str, str] | None = None,
    ) -> None:
        known = articles.drop_duplicates("article_id").set_index("article_id", drop=False)
        for name in (left, right):
            if name not in known.index:
                raise MeasureError(
                    f"there is no article {name!r} among those given{nearest(name, known.index, most=4)}"
                )
        self.caption = caption
        self._heads = [{str(key): value for key, value in known.loc[name].items()} for name in (left, right)]
        self._rows = [{str(key): value for key, value in row.items()} for row in aligned.to_dict("records")]
        self._colours = colours if colours is not None else outlet_colours(articles["outlet"].astype(str))
        spans = [
            {"article_id": name, "start": row[f"{side}_start"], "end": row[f"{side}_end"]}
            for side, name in (("left", left), ("right", right))
            for row in self._rows
            if pd.notna(row[f"{side}_start"])
        ]
        self._evidence = (
            Evidence(pd.DataFrame(spans), articles, sentences, show=len(spans)) if spans else None
        )

    def __repr__(self) -> str:
        heads = " | ".join(str(head["outlet"]) for head in self._heads)
        lines = [
            f"{_RELATIONS[row['relation']][0]} {row['left_text'] or '–'} | {row['right_text'] or '–'}"
            for row in self._rows
        ]
        return visible("\n".join([self.caption, heads, *lines]))

    def summary(self) -> str:
        """Say in words how much the two share."""
        counts = pd.Series([row["relation"] for row in self._rows]).value_counts()
        said = [f"{int(counts.get(key, 0))} {words}" for key, (_, words) in _RELATIONS.items()]
        return f"Sentences: {', '.join(said)}."

    def html(self) -> str:
        """Return the reader as markup, without the page's style."""
        if self._evidence is not None:
            self._evidence.html()  # leaves the pages of the two articles
        heads = "".join(f'<th scope="col">{self._head(head)}</th>' for head in self._heads)
        lines = "".join(self._line(number, row) for number, row in enumerate(self._rows, 1))
        return (
            f'<table class="sides"><caption>{escaped(self.caption)} <span class="size">{escaped(self.summary())} '
            "Underlined: words that the other has not.</span></caption>"
            f'<thead><tr><th scope="col"><span class="unseen">Line</span></th>{heads}</tr></thead><tbody>{lines}</tbody></table>'
        )

    def _head(self, head: Mapping[str, Any]) -> str:
        facts = [when(head), str(head.get("headline") or "")]
        return " · ".join(
            [named(str(head["outlet"]), self._colours), *(escaped(fact) for fact in facts if fact)]
        )

    def _line(self, number: int, row: Mapping[str, Any]) -> str:
        sign, words = _RELATIONS[row["relation"]]
        one, other = marked(str(row["left_text"]), str(row["right_text"]))
        cells = "".join(
            self._cell(text, head, row[f"{side}_start"])
            for text, head, side in ((one, self._heads[0], "left"), (other, self._heads[1], "right"))
        )
        return (
            f'<tr class="{row["relation"].replace(" ", "-")}"><th scope="row" title="{words}"><span aria-hidden="true">{sign}</span>'
            f'<span class="unseen">Line {number}, {words}</span></th>{cells}</tr>'
        )

    def _cell(self, text: str, head: Mapping[str, Any], start: Any) -> str:
        if pd.isna(start):
            outlet = escaped(head["outlet"])
            return f'<td class="none"><span class="unseen">not in {outlet}</span></td>'
        if page.folder() is None:
            return f"<td>{text}</td>"
        place = f"articles/{page.page_name(str(head['article_id']), head['body'])}.html#c{int(start)}"
        return f'<td><a href="{escaped(place)}" title="open in its article">{text}</a></td>'

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return page.bundle(self.html(), repr(self))


def marked(left: str, right: str) -> tuple[str, str]:
    """Mark in each of two texts, as markup, the words that the other has not in that place.

    Examples
    --------
    >>> marked("Two men died.", "Three men died.")
    ('<del>Two</del> men died.', '<ins>Three</ins> men died.')
    >>> marked("Nobody was hurt.", "")
    ('Nobody was hurt.', '')
    """
    if not left or not right:
        return escaped(left), escaped(right)
    one, other = _PIECES.findall(" ".join(left.split())), _PIECES.findall(" ".join(right.split()))
    match = SequenceMatcher(None, list(map(_plain, one)), list(map(_plain, other)), autojunk=False)
    first, second = list[str](), list[str]()
    for what, a, b, c, d in match.get_opcodes():
        for pieces, out, tag in ((one[a:b], first, "del"), (other[c:d], second, "ins")):
            text = escaped("".join(pieces))
            out.append(_around(text, tag) if what != "equal" and text.strip() else text)
    return _joined(first, "del"), _joined(second, "ins")


def _plain(piece: str) -> str:
    return " " if piece.isspace() else piece.lower().replace("’", "'").replace("“", '"').replace("”", '"')


def _around(text: str, tag: str) -> str:
    inner = text.strip()
    before, _, after = text.partition(inner)
    return f"{before}<{tag}>{inner}</{tag}>{after}"


def _joined(parts: list[str], tag: str) -> str:
    """Join marks that only a blank keeps apart: whole phrases read better than single words."""
    return "".join(parts).replace(f"</{tag}> <{tag}>", " ")
