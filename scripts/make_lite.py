"""Build a JupyterLite site of the lessons: a folder of static files that any web server can hand out.

    make lite                              # or: python scripts/make_lite.py [--out DIR] [--pyodide PATH]
    make lite PYODIDE=pyodide-314.0.6.tar.bz2

The layers of the teaching corpus are worked out here and laid into the site, since no language model runs in a browser.
PYODIDE names a Python distribution for browsers (a tarball, or its folder), so that the site needs no other machine;
without it, learners' browsers fetch Python from the internet when a notebook is opened. docs/teaching.md says what works
in the browser and what doesn't.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from analysis.workshop.making import lessons, make
from analysis.workshop.teaching import PREPARED, project, teaching_corpus

NEEDED = {"jupyterlite_core": "jupyterlite-core", "jupyterlite_pyodide_kernel": "jupyterlite-pyodide-kernel"}
LAST = 6  # lesson 7 reads articles of the learner's own, for which there must be a language model
# what the lessons import; packages that the kit needs for other things are left out
PACKAGES = (
    "pandas",
    "polars",
    "pyarrow",
    "matplotlib",
    "scipy",
    "scikit-learn",
    "geopandas",
    "nltk",
    "pydantic",
)
# written in Python alone: their wheels are laid into the site; the first is what the browser's kernel itself asks for
PURE = ("comm", "anyascii")
SETUP = "\n".join(
    [
        "# in the browser only: the kit and what it needs; half a minute, once a visit",
        "import piplite",
        "",
        f"await piplite.install({list(PACKAGES)})",
        f"await piplite.install({[*PURE[1:], 'parallax-news']}, deps=False)",
    ]
)


def main() -> None:
    """Read the command line and build the site."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--out", type=Path, default=Path("dist/lite"), help="folder of the site")
    options.add_argument("--pyodide", default="", help="tarball or folder of a Pyodide distribution")
    given = options.parse_args()
    absent = [name for module, name in NEEDED.items() if importlib.util.find_spec(module) is None]
    if absent:
        sys.exit(
            f"the site cannot be built: {' and '.join(absent)} not installed. They are an extra that nothing else needs: "
            f".venv/bin/uv pip install {' '.join(NEEDED.values())}"
        )
    if given.pyodide and not Path(given.pyodide).exists():
        sys.exit(f"there is no Pyodide distribution at {given.pyodide}")
    build(given.out.resolve(), given.pyodide)
    print(f"the site is in {given.out}; try it: python3 -m http.server --directory {given.out}")
    if not given.pyodide:
        print("browsers will fetch Python from the internet; make lite PYODIDE=… puts it into the site")


def build(out: Path, pyodide: str) -> None:
    """Lay out the contents, build the kit's wheel, and let JupyterLite write the site."""
    root = project()
    stage = root / ".parallax" / "lite"
    shutil.rmtree(stage, ignore_errors=True)
    shutil.rmtree(out, ignore_errors=True)
    contents(root, stage / "content")
    wheel = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(stage / "pypi")]
    subprocess.run(wheel, cwd=root, check=True, stdout=subprocess.DEVNULL)
    pure = [f"{name}=={metadata.version(name)}" for name in PURE]
    fetch = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "-d",
        str(stage / "pypi"),
        *pure,
    ]
    if subprocess.run(fetch, check=False).returncode:
        sys.exit(f"{', '.join(pure)} could not be fetched: building the site needs the package index once")
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--contents", "content", "--no-sourcemaps"]
    if pyodide and Path(pyodide).is_dir():
        shutil.copytree(pyodide, stage / "static" / "pyodide")
    elif pyodide:
        command += ["--pyodide", str(Path(pyodide).resolve())]
    subprocess.run([*command, "--output-dir", str(out)], cwd=stage, check=True, stdout=subprocess.DEVNULL)


def contents(root: Path, folder: Path) -> None:
    """Lay out what learners see: the lessons, the teaching corpus, its layers."""
    corpus = teaching_corpus()
    shutil.copytree(root / "seeds" / "teaching", folder / "seeds" / "teaching")
    shutil.copytree(corpus.store_url, folder / PREPARED, ignore=shutil.ignore_patterns(".*"))
    for lesson in lessons():
        if lesson.number > LAST:
            continue
        learner, teacher = make(lesson.number, folder)
        teacher.unlink()
        notebook = json.loads(learner.read_text(encoding="utf-8"))
        first = next(i for i, cell in enumerate(notebook["cells"]) if cell["cell_type"] == "code")
        setup = {
            "cell_type": "code",
            "id": "lite-setup",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        }
        notebook["cells"].insert(first, {**setup, "source": SETUP.splitlines(keepends=True)})
        learner.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
