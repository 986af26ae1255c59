"""The paragraph that a paper's methods section needs, written from what the corpus was made with."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from analysis.corpus.corpus import Corpus
from analysis.corpus.overview import period
from analysis.errors import AnalysisError, nearest

DATA = Path(__file__).resolve().parents[1] / "data" / "explore" / "methods.toml"
#: Packages whose versions a reader would need to repeat the counts.
PACKAGES = ("spacy", "polars", "pandas", "numpy", "scipy", "scikit-learn")


def methods(corpus: Corpus, measures: Sequence[str] = (), *, manifest: str | Path = "") -> str:
    """Write what was done, with which versions and settings, and where the measures come from.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    measures : sequence of str, optional
        Groups of measures that were used: ``words, collocation, diversity, agreement, concordance, actors, statements,
        places, framing, stories``; by default all but the second to fourth. The rule for intervals is always said.
    manifest : str or pathlib.Path, optional
        A report's ``manifest.json``: its notebook, parameters, versions and key are named.

    Returns
    -------
    str
        A paragraph in plain words.

    Raises
    ------
    AnalysisError
        When a group of measures is unknown, or the manifest cannot be read.
    """
    groups = tomllib.loads(DATA.read_text(encoding="utf-8"))
    said = {name: str(group["says"]) for name, group in groups.items()}
    for name in measures:
        if name not in said:
            raise AnalysisError(f"there is no group of measures {name!r}{nearest(name, said)}")
    unasked = [name for name, group in groups.items() if not group.get("asked")]
    chosen = [name for name in said if name != "intervals" and name in (measures or unasked)]
    if not corpus.settings and not measures:
        chosen = ["words", "concordance"]  # nothing else can have been measured on a corpus without layers
    sentences = [
        _corpus_said(corpus),
        *_settings_said(corpus),
        *(said[name] for name in chosen),
        said["intervals"],
    ]
    if manifest:
        sentences.append(_manifest_said(Path(manifest)))
    return " ".join(sentences)


def _corpus_said(corpus: Corpus) -> str:
    articles = corpus.articles
    words = f", {int(articles['n_words'].sum())} words" if "n_words" in articles else ""
    when = period(articles) if "published" in articles else "no known dates"
    removed = int(articles["n_lines_removed"].sum()) if "n_lines_removed" in articles else 0
    known = f"published {when}" if when != "no known dates" else "of unknown dates"
    return (
        f"The corpus holds {len(articles)} articles of {len(corpus.outlets)} outlets ({', '.join(corpus.outlets[:12])}"
        f"{' and others' if len(corpus.outlets) > 12 else ''}){words}, {known}; {len(corpus.set_aside)} inputs were set "
        f"aside and {removed} lines of page furniture removed, each with a recorded reason."
    )


def _settings_said(corpus: Corpus) -> list[str]:
    versions = ", ".join(f"{name} {_version(name)}" for name in PACKAGES if _version(name))
    settings = corpus.settings
    if not settings:
        return [f"It was read with Parallax {_version('parallax-news')} ({versions})."]
    made = f"It was read and annotated with Parallax {_version('parallax-news')} ({versions})"
    if settings.get("engine") == "rules":
        made += ", by rules, without a language model"
    elif settings.get("model"):
        made += f", with the language model {settings['model']}"
    parts = [f"{made}."]
    if settings.get("codebook"):
        digest = str(settings.get("codebook_sha256", ""))
        parts.append(
            f"Categories come from the codebook “{settings['codebook']}”"
            + (f" (sha256 {digest[:12]}…)" if digest else "")
            + "."
        )
    return parts


def _manifest_said(path: Path) -> str:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise AnalysisError(
            f"the manifest {path} cannot be read: {error}; name a report's manifest.json"
        ) from error
    notebook = found.get("notebook", {}).get("path", "a notebook")
    given = {
        key: value
        for key, value in sorted(found.get("parameters", {}).items())
        if value not in ("", [], None)
    }
    parameters = ", ".join(f"{key}={value!r}" for key, value in given.items())
    key = str(found.get("key", ""))
    return (
        f"The report was made by {notebook}"
        + (f" with {parameters}" if parameters else "")
        + (f"; its manifest has the key {key[:16]}…" if key else "")
        + ", from which it can be made again."
    )


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
