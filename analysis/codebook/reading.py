"""Read a codebook from TOML: find it, check it, lay it over what it extends."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

from analysis.codebook.faults import Lines, refuse_doubles, refuse_sides, validate
from analysis.codebook.merging import merge
from analysis.codebook.model import Codebook
from analysis.errors import CodebookError, nearest

_SHIPPED = files("analysis") / "data" / "codebooks"


def shipped() -> tuple[str, ...]:
    """Name the codebooks that come with the kit.

    Examples
    --------
    >>> shipped()
    ('general', 'ukraine-war')
    """
    return tuple(
        sorted(item.name.removesuffix(".toml") for item in _SHIPPED.iterdir() if item.name.endswith(".toml"))
    )


def load(name_or_path: str | Path) -> Codebook:
    """Read a codebook by the name of a shipped one, or from a file.

    Parameters
    ----------
    name_or_path : str or pathlib.Path
        ``"general"``, ``"ukraine-war"``, or the path of a TOML file.

    Returns
    -------
    Codebook
        Complete: what it extends is merged in. An entry of the same name replaces the one it extends; a verb listed
        again moves to the class it is listed in.

    Raises
    ------
    CodebookError
        When there is no such codebook, the file is no TOML, a field is unknown or wrong, or a word stands for two
        things. The message names the file and the line.

    Examples
    --------
    >>> load("general").reporting["distancing"][:3]
    ('claim', 'allege', 'assert')
    """
    name = str(name_or_path)
    if name in shipped():
        return _load_shipped(name)
    path = Path(name_or_path)
    if not path.is_file():
        known = shipped()
        raise CodebookError(
            f"there is no codebook {name!r}: neither a file nor a shipped one{nearest(name, known)}"
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CodebookError(
            f"{path.name}: cannot be read as UTF-8 text ({error}); save it as UTF-8 in your editor"
        ) from error
    return parse(text, where=path.name)


@cache
def _load_shipped(name: str) -> Codebook:
    return parse((_SHIPPED / f"{name}.toml").read_text(encoding="utf-8"), where=f"{name}.toml")


def parse(text: str, *, where: str = "codebook") -> Codebook:
    r"""Read a codebook from the text of a TOML file.

    Parameters
    ----------
    text : str
        The TOML.
    where : str, optional
        What to call the file in messages.

    Returns
    -------
    Codebook
        As `load` gives it.

    Raises
    ------
    CodebookError
        As `load` does.

    Examples
    --------
    >>> parse('name = "mine"\ntitle = "Mine"\nextends = "general"').actor_of("Putin") is None
    True
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column \d+\)", str(error))
        at = f" line {found.group(1)}" if found else ""
        what = str(error).split(" (at ")[0].lower()
        hint = "a quotation mark or a bracket is not closed" if "\\n" in what or "unclosed" in what else what
        raise CodebookError(
            f"{where}{at}: this is not TOML: {hint}; look for a missing quotation mark, comma or bracket here or in the "
            "line before"
        ) from error
    lines = Lines(text)
    own = validate(data, lines, where)
    refuse_doubles(own, lines, where)
    if not own.extends:
        merged = own
    else:
        if own.extends not in shipped():
            line = lines.find("extends")
            raise CodebookError(
                f"{where} line {line}: extends = {own.extends!r} is no shipped codebook{nearest(own.extends, shipped())}"
            )
        merged = merge(load(own.extends), own)
        refuse_doubles(merged, lines, where)
    refuse_sides(merged, lines, where)
    return merged
