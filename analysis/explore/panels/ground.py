"""The map of a panel as one drawing: land, regions as areas, towns as dots, and the days below it as bars."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.explore.markup import times
from analysis.figures.escape import escaped

Numbers = npt.NDArray[np.float64]

WIDTH, HEIGHT = 720.0, 420.0
_LABELS = 20
_BARS = 46.0  # height of the strip of days
# a click on a place writes its id into the hidden field of the panel, which the kernel listens to
_PICK = (
    "const p=event.target.closest('[data-place]');if(!p)return;"
    "const f=this.closest('.px-map-panel').querySelector('.px-pick input');"
    "f.value=p.dataset.place;f.dispatchEvent(new Event('change',{bubbles:true}))"
)


def picture(table: pd.DataFrame, fit: pd.DataFrame, *, chosen: str, zoom: float, worldview: str) -> str:
    """Draw places on a map.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a place: ``place_id, place, precision, region, lat, lon, articles, mentions``, most articles first.
    fit : pandas.DataFrame
        As `table`: the places the window is fitted to, so that the map stands still while days go by.
    chosen : str
        Id of the place that stands out; where zoomed in, it is the middle.
    zoom : float
        1 fits the places of most articles; 2 shows half as much.
    worldview : str
        Whose borders.

    Returns
    -------
    str
        An SVG element.
    """
    x, y = mercator(table["lon"].to_numpy(), table["lat"].to_numpy())
    left, top, wide = _window(fit, chosen=chosen, zoom=zoom)
    unit = wide / WIDTH
    radius = unit * (3.0 + 2.2 * np.sqrt(table["articles"].to_numpy()))
    shapes = regions(frozenset(table.loc[table["precision"] == "region", "region"]))
    most = max(int(table["articles"].max()), 1)
    areas, dots = [], []
    points: list[tuple[str, float, float, str]] = []
    rows: list[Any] = list(table.itertuples())
    for row, cx, cy, r in zip(rows, x, y, radius, strict=True):
        title = f"<title>{escaped(row.place)}: {times(row.articles, 'article')}, {times(row.mentions, 'time')}</title>"
        look = " chosen" if row.place_id == chosen else ""
        here = f'data-place="{escaped(row.place_id)}"'
        if row.precision == "region" and row.region in shapes:
            outline, middle = shapes[row.region]
            shade = 0.12 + 0.5 * row.articles / most
            areas.append(
                f'<path class="area{look}" {here} d="{outline}" fill-opacity="{shade:.2f}">{title}</path>'
            )
            points.append((row.place, *middle, "middle"))
        else:
            rough = "" if row.precision in ("town", "district") else " rough"
            dots.append(
                f'<circle class="dot{rough}{look}" {here} cx="{cx:.3f}" cy="{cy:.3f}" r="{r:.4f}">{title}</circle>'
            )
            points.append((row.place, cx + r, cy, "start"))
    names = "".join(
        f'<text x="{tx:.3f}" y="{ty:.3f}" font-size="{11 * unit:.4f}" text-anchor="{anchor}" '
        f'class="{"of-area" if anchor == "middle" else ""}">{escaped(name)}</text>'
        for name, tx, ty, anchor in _apart(points, unit)
    )
    box = f"{left:.3f} {top:.3f} {wide:.3f} {wide * HEIGHT / WIDTH:.3f}"
    return (
        f'<svg viewBox="{box}" role="img" onclick="{escaped(_PICK)}" '
        f'aria-label="Map of {len(table)} places; the list beside it names them">'
        f"{_land(worldview)}{''.join(areas)}{''.join(dots)}{names}</svg>"
    )


def strip(names: Sequence[str], counts: npt.NDArray[np.int64], first: int, last: int) -> str:
    """Draw how many articles each stop of the slider has, the chosen stops dark.

    Parameters
    ----------
    names : sequence of str
        The stops.
    counts : array of int
        Articles of each.
    first, last : int
        Which stops are chosen.

    Returns
    -------
    str
        An SVG element.

    Examples
    --------
    >>> strip(["1 Mar 2023", "7 Mar 2023"], np.array([2, 4]), 1, 1).count('class="bar in"')
    1
    """
    slot = WIDTH / max(len(names), 1)
    scale = (_BARS - 4) / max(int(counts.max(initial=0)), 1)
    bars = "".join(
        f'<rect class="bar{" in" if first <= i <= last else ""}" x="{i * slot + slot * 0.1:.2f}" '
        f'y="{_BARS - n * scale:.2f}" width="{slot * 0.8:.2f}" height="{n * scale:.2f}">'
        f"<title>{escaped(name)}: {times(n, 'article')}</title></rect>"
        for i, (name, n) in enumerate(zip(names, counts.tolist(), strict=True))
    )
    ends = (
        f'<text x="0" y="{_BARS + 13}" font-size="11">{escaped(names[0])}</text>'
        f'<text x="{WIDTH}" y="{_BARS + 13}" font-size="11" text-anchor="end">{escaped(names[-1])}</text>'
    )
    return (
        f'<svg class="px-days" viewBox="0 0 {WIDTH:.0f} {_BARS + 17:.0f}" role="img" '
        f'aria-label="Articles at each of {len(names)} stops of the slider">{bars}{ends}</svg>'
    )


def mercator(lon: Numbers, lat: Numbers) -> tuple[Numbers, Numbers]:
    """Project to Mercator in degrees, north upwards on a screen."""
    bounded = np.radians(np.clip(lat, -84, 84))
    return lon.astype(float), -np.degrees(np.log(np.tan(np.pi / 4 + bounded / 2)))


def _window(table: pd.DataFrame, *, chosen: str, zoom: float) -> tuple[float, float, float]:
    """Fit the places named most, then zoom in on the chosen one, or on the middle."""
    x, y = mercator(table["lon"].to_numpy(), table["lat"].to_numpy())
    # places far from most of the coverage are left to zooming out
    weight = table["articles"].to_numpy()
    (x0, x1), (y0, y1) = (np.quantile(np.repeat(values, weight), (0.06, 0.94)) for values in (x, y))
    wide = max((x1 - x0) * 1.3, (y1 - y0) * 1.3 * WIDTH / HEIGHT, 6.0) / zoom
    here = np.flatnonzero((table["place_id"] == chosen).to_numpy())
    if len(here) and zoom > 1:
        cx, cy = x[here[0]], y[here[0]]
    else:
        cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
    return float(cx - wide / 2), float(cy - wide * HEIGHT / WIDTH / 2), float(wide)


def _apart(points: list[tuple[str, float, float, str]], unit: float) -> list[tuple[str, float, float, str]]:
    """Keep the names that do not run into one already kept, the places of most articles first."""
    kept: list[tuple[float, float, float]] = []
    shown = []
    for name, x, y, anchor in points:
        wide = 6.0 * unit * len(name)
        left = x - wide / 2 if anchor == "middle" else x
        if all(left + wide < a or left > b or abs(y - level) > 12 * unit for a, b, level in kept):
            kept.append((left, left + wide, y))
            shown.append((name, x, y, anchor))
        if len(shown) == _LABELS:
            break
    return shown


@cache
def regions(codes: frozenset[str]) -> dict[str, tuple[str, tuple[float, float]]]:
    """Give each region its outline as a path, and where its name stands.

    Parameters
    ----------
    codes : frozenset of str
        First-order codes, such as ``UA.05``; those without a shape are left out.
    """
    if not codes - {""}:
        return {}
    from analysis.places.boundaries import regions as shapes

    table = shapes()
    found = {}
    for code, shape in zip(table["region"], table.geometry, strict=True):
        if code and code in codes:
            middle = shape.representative_point()
            x, y = mercator(np.array([middle.x]), np.array([middle.y]))
            found[str(code)] = (_outline(shape.simplify(0.03)), (float(x[0]), float(y[0])))
    return found


@cache
def _land(worldview: str) -> str:
    """Return the countries as one path each, coarse enough for a screen; what another state holds is hatched."""
    from analysis.places.boundaries import contested, countries

    paths = [
        '<defs><pattern id="px-hatch" width=".5" height=".5" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path d="M0 0V.5" stroke="#888" stroke-width=".16"/></pattern></defs>'
    ]
    for kind, shapes in (("land", countries(worldview=worldview)), ("held", contested())):
        for shape in shapes.geometry.simplify(0.12):
            steps = _outline(shape)
            if steps:
                paths.append(f'<path class="{kind}" d="{steps}"/>')
    return "".join(paths)


def _outline(shape: Any) -> str:
    import shapely

    steps = []
    for part in getattr(shape, "geoms", [shape]):
        if part.area > 0.05:
            points = shapely.get_coordinates(part.exterior)
            x, y = mercator(points[:, 0], points[:, 1])
            steps.append("M" + "L".join(f"{a:.2f} {b:.2f}" for a, b in zip(x, y, strict=True)) + "Z")
    return "".join(steps)
