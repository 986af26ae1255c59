"""A file that lies beside the report: data for a map program, a spreadsheet, another tool."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis.errors import MeasureError
from analysis.figures import page
from analysis.figures.escape import escaped


@dataclass(frozen=True)
class Download:
    """Data written into the report's ``tables`` folder, and a line that says so.

    Parameters
    ----------
    content : mapping
        What to write, as JSON.
    name : str
        Name of the file, such as ``places.geojson``.
    says : str
        What it holds.

    Examples
    --------
    >>> Download({"type": "FeatureCollection"}, name="places.geojson", says="Places for a map program")
    Places for a map program: places.geojson
    """

    content: Mapping[str, Any]
    name: str = field(kw_only=True)
    says: str = field(kw_only=True)

    def __post_init__(self) -> None:
        if "/" in self.name or "." not in self.name:
            raise MeasureError(f"{self.name!r} is no file name; give one such as 'places.geojson'")

    def __repr__(self) -> str:
        return f"{self.says}: {self.name}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        text = json.dumps(self.content, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"
        page.keep_file(self.name, text)
        where = f"tables/{self.name}"
        link = f'<a href="{escaped(where)}">{escaped(where)}</a>' if page.folder() else escaped(self.name)
        return page.bundle(f'<p class="note">{escaped(self.says)}: {link}</p>', repr(self))
