"""Writing a corpus for other programs: CSV, Parquet, Excel, GeoJSON, GraphML, bibliographies, the methods paragraph."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.corpus.corpus import Corpus
from analysis.errors import AnalysisError, StoreError, nearest
from analysis.explore.bibliography import bibliography
from analysis.explore.methods import methods
from analysis.explore.workbook import write_workbook
from analysis.figures.escape import harmless

#: Layers written by default, where they are there; tokens only when asked for.
TABLES = (
    *("articles", "set_aside", "lines", "dates", "sentences", "mentions", "aliases", "statements", "actions"),
    *("places", "labels", "harms", "tone", "quantities", "duplicates", "contamination"),
)
FORMATS = ("csv", "parquet", "excel", "geojson", "graphml", "bibtex", "csl-json", "methods")


def export(
    corpus: Corpus, folder: str | Path, formats: Sequence[str] = ("csv",), *, tables: Sequence[str] = ()
) -> list[Path]:
    """Write the corpus for other programs; the same corpus gives the same bytes.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    folder : str or pathlib.Path
        Where to; made if need be. Files of these names are written over.
    formats : sequence of str, optional
        From `FORMATS`.
    tables : sequence of str, optional
        Tables for CSV, Parquet and Excel; by default those of `TABLES` that the corpus has.

    Returns
    -------
    list of pathlib.Path
        The files written, in order.

    Raises
    ------
    AnalysisError
        When a format is unknown; the message names the nearest.
    StoreError
        When a format needs layers and the corpus was only read.
    """
    wanted = [formats] if isinstance(formats, str) else list(formats)
    for name in wanted:
        if name not in FORMATS:
            raise AnalysisError(f"there is no format {name!r}{nearest(name, FORMATS)}")
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name in wanted:
        if name in _TABULAR:
            written += _TABULAR[name](_tables(corpus, tables), target)
        else:
            written.append(_WHOLE[name](corpus, target))
    return written


def _tables(corpus: Corpus, names: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Give the tables asked for, or those that are there."""
    found: dict[str, pd.DataFrame] = {}
    for name in names or TABLES:
        if name == "articles":
            found[name] = corpus.articles
        elif name == "set_aside":
            found[name] = corpus.set_aside
        else:
            try:
                found[name] = corpus.layer(name)
            except StoreError:
                if names:
                    raise
    return found


def _csv(tables: Mapping[str, pd.DataFrame], folder: Path) -> list[Path]:
    paths = []
    for name, table in tables.items():
        path = folder / f"{name}.csv"
        # text that a spreadsheet would take for a formula gets an apostrophe in front
        safe = table.apply(
            lambda column: column.map(harmless) if column.dtype in ("object", "str") else column
        )
        safe.to_csv(path, index=False, encoding="utf-8", lineterminator="\n", date_format="%Y-%m-%d")
        paths.append(path)
    return paths


def _parquet(tables: Mapping[str, pd.DataFrame], folder: Path) -> list[Path]:
    paths = []
    for name, table in tables.items():
        path = folder / f"{name}.parquet"
        table.to_parquet(path, index=False)
        paths.append(path)
    return paths


def _excel(tables: Mapping[str, pd.DataFrame], folder: Path) -> list[Path]:
    return [write_workbook(tables, folder / "corpus.xlsx")]


def _geojson(corpus: Corpus, folder: Path) -> Path:
    from analysis.places import to_geojson

    collection = to_geojson(corpus.layer("places"), corpus.articles)
    return _text(folder / "places.geojson", json.dumps(collection, ensure_ascii=False, indent=1))


def _graphml(corpus: Corpus, folder: Path) -> Path:
    import networkx as nx

    path = folder / "actors.graphml"
    nx.write_graphml(actor_graph(corpus), path, encoding="utf-8", prettyprint=True)
    return path


def actor_graph(corpus: Corpus) -> object:
    """Build the network of actors: who is named with whom in a sentence, and who acts on whom.

    Parameters
    ----------
    corpus : Corpus
        An annotated corpus.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes with ``kind``, ``articles``, ``mentions``; edges with ``relation`` ("acts on", or "named with" from the
        first to the second in the alphabet), ``weight`` (sentences or actions) and ``articles``.
    """
    import networkx as nx

    graph = nx.MultiDiGraph()
    table = corpus.actors.table()  # type: ignore[attr-defined]
    for row in table.sort_values("actor").itertuples():
        graph.add_node(row.actor, kind=row.kind, articles=int(row.articles), mentions=int(row.mentions))
    known = set(table["actor"])
    mentions = corpus.layer("mentions")
    named = mentions.loc[mentions["actor"].isin(known), ["article_id", "sentence", "actor"]].drop_duplicates()
    pairs = named.merge(named, on=["article_id", "sentence"])
    pairs = pairs[pairs["actor_x"] < pairs["actor_y"]].rename(columns={"actor_x": "one", "actor_y": "two"})
    _edges(graph, pairs, "named with")
    actions = corpus.layer("actions").rename(columns={"agent": "one", "patient": "two"})
    done = actions[actions["one"].isin(known) & actions["two"].isin(known)]
    _edges(graph, done, "acts on")
    return graph


def _edges(graph: object, rows: pd.DataFrame, relation: str) -> None:
    counted = rows.groupby(["one", "two"], sort=True)["article_id"].agg(weight="size", articles="nunique")
    for (one, two), row in counted.iterrows():
        graph.add_edge(  # type: ignore[attr-defined]
            one, two, relation=relation, weight=int(row["weight"]), articles=int(row["articles"])
        )


def _text(path: Path, text: str) -> Path:
    path.write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")
    return path


_TABULAR: Mapping[str, Callable[[Mapping[str, pd.DataFrame], Path], list[Path]]] = {
    "csv": _csv,
    "parquet": _parquet,
    "excel": _excel,
}
_WHOLE: Mapping[str, Callable[[Corpus, Path], Path]] = {
    "geojson": _geojson,
    "graphml": _graphml,
    "bibtex": lambda corpus, folder: _text(folder / "articles.bib", bibliography(corpus.articles)),
    "csl-json": lambda corpus, folder: _text(
        folder / "articles.csl.json", bibliography(corpus.articles, style="csl-json")
    ),
    "methods": lambda corpus, folder: _text(folder / "methods.txt", methods(corpus)),
}
