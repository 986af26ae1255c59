"""Read and check a notebook's parameters: one cell of lines ``name: type = literal  # help``.

The cell is read as a syntax tree, never executed. A name that the notebook does not have, or a value of another type,
is an error before anything runs.
"""

from __future__ import annotations

import ast
import io
import json
import tokenize
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from analysis.errors import ReportError, nearest

_SCALARS: Mapping[str, type] = {"str": str, "int": int, "float": float, "bool": bool}
_DAYS = ("since", "until")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a notebook: its name, its type as written, its default and what it means."""

    name: str
    type: str
    default: Any
    help: str = ""


def read_parameters(notebook: str | Path) -> tuple[Parameter, ...]:
    """Read the parameters of a notebook from its cell tagged ``parameters``.

    Parameters
    ----------
    notebook : str or pathlib.Path
        A notebook file.

    Returns
    -------
    tuple of Parameter
        In the order of the cell; empty where the notebook has no such cell.

    Raises
    ------
    ReportError
        When the file is no notebook, or a line of the cell is not ``name: type = literal``.
    """
    path = Path(notebook)
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except FileNotFoundError:
        known = sorted(other.name for other in path.parent.glob("*.ipynb")) if path.parent.is_dir() else []
        raise ReportError(
            f"there is no notebook {path}{nearest(path.name, known) if known else ''}"
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReportError(f"{path} is not a notebook: {error}") from error
    tagged = [cell for cell in cells if "parameters" in cell.get("metadata", {}).get("tags", [])]
    if not tagged:
        return ()
    source = tagged[0].get("source", "")
    return parse_cell(source if isinstance(source, str) else "".join(source), where=str(path))


def parse_cell(source: str, *, where: str = "the parameters cell") -> tuple[Parameter, ...]:
    """Read parameters from the source of a cell.

    Examples
    --------
    >>> parse_cell('corpus: str = "seeds"  # where the articles lie')
    (Parameter(name='corpus', type='str', default='seeds', help='where the articles lie'),)
    """
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise ReportError(
            f"{where}: line {error.lineno} of the parameters cell is not Python: {error.msg}"
        ) from error
    helps = _comments(source)
    found: list[Parameter] = []
    for statement in tree.body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue
        line = ast.get_source_segment(source, statement) or ""
        shape = (
            f"{where}: line {statement.lineno} of the parameters cell must be `name: type = literal  # help`"
        )
        if not (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and statement.value
        ):
            raise ReportError(f"{shape}, and is `{line}`")
        try:
            default = ast.literal_eval(statement.value)
        except ValueError:
            raise ReportError(f"{shape}: `{ast.unparse(statement.value)}` is not a literal") from None
        kind = ast.unparse(statement.annotation)
        parameter = Parameter(statement.target.id, kind, default, helps.get(statement.end_lineno or 0, ""))
        if not _fits(default, statement.annotation):
            raise ReportError(f"{shape}: the default {default!r} of {parameter.name} is not of type {kind}")
        found.append(parameter)
    return tuple(found)


def checked(
    parameters: Sequence[Parameter], given: Mapping[str, Any], *, where: str = "the notebook"
) -> dict[str, Any]:
    """Check values against a notebook's parameters and fill in the defaults.

    Parameters
    ----------
    parameters : sequence of Parameter
        From `read_parameters`.
    given : mapping of str to value
        Values of JSON types; days and paths are texts.
    where : str
        Name of the notebook, for messages.

    Returns
    -------
    dict
        Every parameter with its value, in the order of the cell.

    Raises
    ------
    ReportError
        When a name is unknown, with the nearest one, or a value is of another type, or no day where a day is meant.

    Examples
    --------
    >>> checked(parse_cell('since: str = ""'), {"since": "2023-03-01"})
    {'since': '2023-03-01'}
    """
    known = {parameter.name: parameter for parameter in parameters}
    for name, value in given.items():
        if name not in known:
            raise ReportError(f"{where} has no parameter {name!r}{nearest(name, known)}")
        annotation = ast.parse(known[name].type, mode="eval").body
        if not _fits(value, annotation):
            raise ReportError(
                f"{where}: the parameter {name} is {known[name].type}, and {value!r} is {type(value).__name__}"
            )
        if name in _DAYS and value and not _is_day(value):
            raise ReportError(f"{where}: {name}={value!r} is not a day; write it as 2024-08-19")
    return {name: given.get(name, parameter.default) for name, parameter in known.items()}


def _is_day(value: str) -> bool:
    """Whether a text is a day, or the month or the year that begins with one."""
    try:
        date.fromisoformat(f"{value}-01-01"[:10] if len(value) in (4, 7) else value)
    except ValueError:
        return False
    return True


def from_words(
    parameters: Sequence[Parameter], words: Sequence[str], *, where: str = "the notebook"
) -> dict[str, Any]:
    """Turn ``name=value`` words of a command line into values of the parameters' types.

    A list is written with commas, or as JSON where its words have commas of their own.

    Examples
    --------
    >>> from_words(parse_cell('outlets: list[str] = []'), ["outlets=Harbour Gazette,Tidewater Post"])
    {'outlets': ['Harbour Gazette', 'Tidewater Post']}
    """
    known = {parameter.name: parameter for parameter in parameters}
    given: dict[str, Any] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals:
            raise ReportError(f"{word!r} must be written name=value; known are {', '.join(known)}")
        if name not in known:
            raise ReportError(f"{where} has no parameter {name!r}{nearest(name, known)}")
        given[name] = _read(text, ast.parse(known[name].type, mode="eval").body, name, known[name].type)
    return given


def _comments(source: str) -> dict[int, str]:
    """Return the comment that ends each line."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {
        token.start[0]: token.string.lstrip("# ").strip()
        for token in tokens
        if token.type == tokenize.COMMENT
    }


def _fits(value: Any, annotation: ast.expr) -> bool:
    """Whether a value is of the annotated type; only types that JSON has, so that nothing is lost on the way."""
    match annotation:
        case ast.Constant(value=None):
            return value is None
        case ast.Name(id=name) if name in _SCALARS:
            if isinstance(value, bool):
                return name == "bool"
            return isinstance(value, (int, float)) if name == "float" else isinstance(value, _SCALARS[name])
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _fits(value, left) or _fits(value, right)
        case ast.Subscript(value=ast.Name(id="list"), slice=inner):
            return isinstance(value, list) and all(_fits(item, inner) for item in value)
        case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[ast.Name(id="str"), inner])):
            return isinstance(value, dict) and all(
                isinstance(key, str) and _fits(item, inner) for key, item in value.items()
            )
        case ast.Name(id="list" | "dict" as name):
            return type(value).__name__ == name
    return False


_WRITTEN = {"int": "write digits, as in 5", "float": "write a number, as in 0.5", "bool": "write yes or no"}


def _read(text: str, annotation: ast.expr, name: str, kind: str) -> Any:
    """Read one value from a word of the command line."""
    match annotation:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            options = [left, right]
            if text == "" and any(isinstance(option, ast.Constant) for option in options):
                return None
            return _read(text, next(o for o in options if not isinstance(o, ast.Constant)), name, kind)
        case ast.Subscript(value=ast.Name(id="list")) | ast.Name(id="list") if text.lstrip().startswith("["):
            try:
                value = json.loads(text)
            except ValueError:
                value = None
            if _fits(value, annotation):
                return value
        case ast.Subscript(value=ast.Name(id="list"), slice=inner):
            return [_read(part.strip(), inner, name, kind) for part in text.split(",") if part.strip()]
        case ast.Name(id="list"):
            return [part.strip() for part in text.split(",") if part.strip()]
        case ast.Name(id="str"):
            return text
        case ast.Name(id="bool") if text.lower() in {"true", "false", "yes", "no"}:
            return text.lower() in {"true", "yes"}
        case ast.Name(id="int" | "float" as number):
            try:
                return int(text) if number == "int" else float(text)
            except ValueError:
                pass
    raise ReportError(
        f"the parameter {name} is {kind}, and {text!r} cannot be read as that; "
        + _WRITTEN.get(ast.unparse(annotation), "give it in a batch file, as TOML")
    )
