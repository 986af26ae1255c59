"""The key of a picture, set in the page above it, where words wrap and a screen reader finds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.figures.escape import escaped
from analysis.figures.palette import ink, named

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Picture

_ATTRIBUTE = "parallax_key"
DIRECT = "direct"
"""The gid of words in a picture that the key says as well; a narrow picture leaves them out."""


@dataclass(frozen=True)
class Shade:
    """A shade of a stacked bar and what it stands for."""

    words: str
    colour: str
    opacity: float = 1.0


@dataclass(frozen=True)
class Key:
    """Outlets, or shades, with their names; shown always, or only where the picture is narrow.

    ``outlets`` holds the colours of the whole corpus, which decide an outlet's mark; ``shown`` names those in the picture.
    """

    outlets: Mapping[str, str]
    shades: Sequence[Shade] = ()
    always: bool = True
    shown: Sequence[str] | None = None

    def html(self) -> str:
        """Return the key as a list, without the page's style."""
        entries = [named(name, self.outlets) for name in (self.outlets if self.shown is None else self.shown)]
        for shade in self.shades:
            paint = f"fill:{ink(shade.colour)};fill-opacity:{shade.opacity:.2f}"
            swatch = (
                '<svg class="dot" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true" focusable="false">'
                f'<path style="{paint}" d="M0 0H10V10H0Z"/></svg>'
            )
            entries.append(f'<span class="outlet">{swatch}{escaped(shade.words)}</span>')
        if not entries:
            return ""
        where = "key" if self.always else "key only-narrow"
        return f'<ul class="{where}">{"".join(f"<li>{entry}</li>" for entry in entries)}</ul>'


def attach(picture: Picture, key: Key) -> None:
    """Leave a key with a picture, for `analysis.figures.Figure` to find."""
    setattr(picture, _ATTRIBUTE, key)


def of(picture: Picture) -> Key | None:
    """Return the key that was left with a picture."""
    found = getattr(picture, _ATTRIBUTE, None)
    return found if isinstance(found, Key) else None
