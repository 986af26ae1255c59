"""A picture that is part of a page: inline SVG with words in the reader's own font and colours of the page.

The bytes are the same whenever the picture is: no date, no random ids, layout measured in a font matplotlib ships.
"""

from __future__ import annotations

import hashlib
import io
import re
import textwrap
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from analysis.errors import MeasureError
from analysis.figures.escape import escaped, visible
from analysis.figures.key import DIRECT, Key
from analysis.figures.key import of as key_of
from analysis.figures.page import bundle
from analysis.figures.palette import ink, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Picture

NARROW = 3.7
"""Inches: the column of a telephone."""
_LETTERS = 34
"""Letters of an axis label in a line of the narrow layout."""

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_COLOUR = re.compile(r"(?<=: )#[0-9a-fA-F]{6}\b")
_LONG = re.compile(r"-?\d+\.\d{3,}")
_LINK = re.compile(r"url\(#([^)]+)\)")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Figure:
    """A matplotlib picture with the words that stand for it.

    Parameters
    ----------
    picture : matplotlib.figure.Figure
        Drawn under `style`, best by one of the kinds in `analysis.figures`. It is closed after drawing.
    alt : str
        What the picture shows, in a sentence or two made from the data, for those who do not see it.
    caption : str
        What marks and bars mean, and what they were counted from.
    colours : mapping of str to str, optional
        When given, a key of outlets stands above the picture: mark and name each.
    narrow : bool or matplotlib.figure.Figure, optional
        What a telephone gets: the same picture laid out again on a narrow field (True), another picture, or the
        wide one to scroll (False). By default, pictures of one panel are laid out again.

    Raises
    ------
    MeasureError
        When ``alt`` or ``caption`` says nothing.

    Examples
    --------
    >>> from matplotlib.figure import Figure as Picture
    >>> with style():
    ...     picture = Picture()
    ...     _ = picture.subplots().plot([1, 2])
    >>> Figure(picture, alt="A line that rises from one to two.", caption="Invented numbers.")
    Figure: A line that rises from one to two.
    """

    def __init__(
        self,
        picture: Picture,
        *,
        alt: str,
        caption: str,
        colours: Mapping[str, str] | None = None,
        narrow: bool | Picture | None = None,
    ) -> None:
        if len(alt.strip()) < 20:
            raise MeasureError(
                f"the alternative text {alt!r} is too short: say in a sentence what the picture shows"
            )
        if not caption.strip():
            raise MeasureError(
                "a figure needs a caption: what the marks mean and what they were counted from"
            )
        self.alt = alt
        self.caption = caption
        self._key = Key(dict(colours)) if colours else key_of(picture)
        self._wide = _drawn(picture)
        self._narrow = _narrowed(picture, narrow)
        _closed(picture)

    def __repr__(self) -> str:
        return f"Figure: {visible(self.alt)}"

    @property
    def svg(self) -> str:
        """The picture as it stands in a wide page."""
        return self._named(self._wide, "w")

    def html(self) -> str:
        """Return the figure as markup, without the page's style."""
        parts = [
            '<figure class="picture">',
            self._key.html() if self._key and (self._key.always or self._narrow) else "",
            # without a narrow drawing a telephone scrolls the wide one: by keyboard, too
            '<div class="wide also-narrow">'
            if self._narrow
            else f'<div class="wide" role="group" tabindex="0" aria-label="{escaped(self.caption)}">',
            f"{self.svg}</div>",
            f'<div class="narrow" hidden>{self._named(self._narrow, "n")}</div>' if self._narrow else "",
            f"<figcaption>{escaped(self.caption)}</figcaption></figure>",
        ]
        return "".join(parts)

    def _named(self, svg: str, suffix: str) -> str:
        """Put the alternative text and ids of its own into a drawing."""
        digest = hashlib.blake2s(f"{svg}{self.alt}{self.caption}".encode(), digest_size=5).hexdigest()
        name = f"fig-{digest}{suffix}"
        svg = svg.replace("@@-", f"{name}-")
        head, body = svg.split(">", 1)
        return f'{head} role="img" aria-labelledby="{name}-alt"><desc id="{name}-alt">{escaped(self.alt)}</desc>{body}'

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return bundle(self.html(), visible(self.alt))


def _narrowed(picture: Picture, narrow: bool | Picture | None) -> str:
    if narrow is None:
        panels = picture.get_axes()
        narrow = len(panels) == 1 and panels[0].get_aspect() == "auto"
    if narrow is False:
        return ""
    if narrow is not True:
        drawing = _drawn(narrow)
        _closed(narrow)
        return drawing
    width, height = picture.get_size_inches()
    direct = [artist for artist in picture.findobj() if artist.get_gid() == DIRECT]
    picture.set_size_inches(NARROW, height)
    for artist in direct:
        artist.set_visible(False)
    axis_words = {panel.xaxis.label: panel.get_xlabel() for panel in picture.get_axes()}
    for label, words in axis_words.items():
        label.set_text(textwrap.fill(words, _LETTERS))
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("error", message="constrained_layout not applied")
            drawing = _drawn(picture)
    except UserWarning:
        drawing = ""  # too many words for so small a field: the wide picture is scrolled instead
    for artist in direct:
        artist.set_visible(True)
    for label, words in axis_words.items():
        label.set_text(words)
    picture.set_size_inches(width, height)
    return drawing


def _closed(picture: Picture) -> None:
    """Forget the picture, so that JupyterLab does not show it a second time by itself."""
    if getattr(picture, "number", None) is not None:
        from matplotlib import pyplot

        pyplot.close(picture)


def _drawn(picture: Picture) -> str:
    """Draw to SVG and make it fit for a page: no outer styles, page colours, short numbers, ids to be named."""
    buffer = io.BytesIO()
    with style():
        picture.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = _FORBIDDEN.sub("\ufffd", buffer.getvalue().decode())
    tree = ElementTree.fromstring(text)
    wanted = {link.lstrip("#") for element in tree.iter() if (link := element.get(_HREF, "")).startswith("#")}
    for element in tree.iter():
        for value in element.attrib.values():
            wanted.update(_LINK.findall(value))
    for parent in list(tree.iter()):
        for child in list(parent):
            if child.tag in {f"{_SVG}metadata", f"{_SVG}style"}:
                parent.remove(child)
    for element in tree.iter():
        _tidied(element, wanted)
    box = tree.get("viewBox", "0 0 475 245")
    tree.attrib.clear()
    tree.set("viewBox", box)
    return ElementTree.tostring(tree, encoding="unicode", short_empty_elements=False)


def _tidied(element: ElementTree.Element, wanted: set[str]) -> None:
    """Rewrite one element of a drawing in place."""
    element.tag = element.tag.removeprefix(_SVG)
    words = element.tag in {"text", "tspan"}
    if element.text and not element.text.strip():
        element.text = None
    element.tail = None
    if words and element.text:
        element.text = visible(element.text)
    attributes: dict[str, str] = {}
    for key, value in element.attrib.items():
        if key == "id":
            if value in wanted:
                attributes["id"] = f"@@-{value}"
            continue
        if key == _HREF:
            attributes["href"] = f"#@@-{value[1:]}" if value.startswith("#") else value
            continue
        value = _LINK.sub(r"url(#@@-\1)", value)
        value = _LONG.sub(lambda found: f"{float(found.group()):.2f}".rstrip("0").rstrip("."), value)
        if key == "style":
            value = _COLOUR.sub(lambda found: ink(found.group(), words=words), value)
            value = value.replace("'DejaVu Sans'", "var(--px-sans,sans-serif)")
        attributes[key] = value
    if words and element.tag == "text" and "fill" not in attributes.get("style", ""):
        attributes["style"] = f"{attributes.get('style', '')}; fill: {ink('#222222')}".lstrip("; ")
    element.attrib.clear()
    element.attrib.update(attributes)
