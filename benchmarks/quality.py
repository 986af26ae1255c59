"""Measure the kit against gold data: predict, score, print.

    python benchmarks/quality.py TASK [--data DIR] [--set NAME] [--engine rules] [--html] [--gold-mentions] [--scorer FILE]

TASK names a module in ``benchmarks/tasks``; without --data the sets lie in ``../shared/benchmarks/TASK`` beside the
checkout. A set is a folder that holds ``inputs.jsonl.gz`` and ``gold.jsonl.gz``, or ``golden.json`` (values to be
computed); DIR may be a set or hold several. The scorer is ``score.py`` in the folder above the set, or in the set.

A task module defines ``predict(inputs)``: an iterable of dictionaries in, an iterator of dictionaries out, one an
input, each with its ``id``. It gets the inputs alone; the gold is read by the scorer only. With --html the runner
adds the page of ``html/ID.html.gz`` as ``html`` and calls ``predict_html(inputs)``; with --engine rules it calls
``predict_rules(inputs)``, which reads without a language model. With --gold-mentions it calls ``predict_gold(inputs,
spans)``: each article's marked names, where they stand and of which type, without who they are; so the merging alone is
measured. A module may name its first choice of figures in ``SHOW``, a tuple of dotted paths into the scorer's result.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent
OUT = HERE / "out"
INPUTS, GOLD, GOLDEN = "inputs.jsonl.gz", "gold.jsonl.gz", "golden.json"
ANSWERS = ("expected", "tol_abs", "tol_rel", "status", "source")


def sets_of(folder: Path, wanted: str | None) -> list[Path]:
    """The set folders at or below ``folder``, one level deep."""
    found = [
        path
        for path in (folder, *sorted(folder.glob("*/")))
        if (path / INPUTS).is_file() or (path / GOLDEN).is_file()
    ]
    chosen = [path for path in found if wanted is None or path.name == wanted]
    if not chosen:
        names = ", ".join(path.name for path in found) or "none"
        sys.exit(f"no set {wanted or ''} in {folder}: found {names}; a set holds {INPUTS} or {GOLDEN}")
    return chosen


def load_task(name: str) -> ModuleType:
    path = HERE / "tasks" / f"{name}.py"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in path.parent.glob("*.py") if not p.stem.startswith("_")))
        sys.exit(f"there is no task {name!r}; known are {known}")
    specification = importlib.util.spec_from_file_location(f"benchmark_{name}", path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[specification.name] = module
    specification.loader.exec_module(module)
    return module


def inputs_of(folder: Path, *, html: bool) -> Iterator[dict[str, Any]]:
    """Read the inputs of a set, without any answer."""
    if (folder / INPUTS).is_file():
        with gzip.open(folder / INPUTS, "rt", encoding="utf-8") as handle:
            for line in handle:
                if not line.strip():
                    continue
                row = json.loads(line)
                if html:
                    page = folder / "html" / f"{row['id']}.html.gz"
                    row["html"] = gzip.decompress(page.read_bytes())
                yield row
        return
    for item in json.loads((folder / GOLDEN).read_text(encoding="utf-8")):
        yield {name: value for name, value in item.items() if name not in ANSWERS}


def scorer_of(folder: Path) -> Path:
    """The scorer above the set; values to be computed have theirs beside them."""
    for candidate in (folder.parent / "score.py", folder / "score.py"):
        if candidate.is_file():
            return candidate
    sys.exit(f"no score.py above or in {folder}; name one with --scorer")


def spans_of(folder: Path) -> Iterator[dict[str, Any]]:
    """Read where the marked names of a set stand and of which type they are, but not whom they name."""
    with gzip.open(folder / GOLD, "rt", encoding="utf-8") as handle:
        for line in handle:
            row = json.loads(line)
            yield {
                "id": row["id"],
                "mentions": [
                    {name: m[name] for name in ("start", "end", "type", "ignore") if name in m}
                    for m in row["mentions"]
                ],
            }


def run(task: str, folder: Path, *, kind: str = "", scorer: Path | None = None) -> dict[str, Any]:
    """Predict one set, score it, and return what the scorer found; ``kind`` is "html", "rules", "gold" or nothing."""
    module = load_task(task)
    wanted = f"predict_{kind}" if kind else "predict"
    predict = getattr(module, wanted, None)
    if predict is None:
        sys.exit(f"benchmarks/tasks/{task}.py has no {wanted}")
    OUT.mkdir(exist_ok=True)
    target = OUT / f"{'-'.join(filter(None, (task, folder.name, kind)))}.jsonl"
    started = time.perf_counter()
    with target.open("w", encoding="utf-8") as handle:
        given = (spans_of(folder),) if kind == "gold" else ()
        for row in predict(inputs_of(folder, html=kind == "html"), *given):
            handle.write(json.dumps(row, ensure_ascii=False) + "\n")
    seconds = time.perf_counter() - started
    gold = folder / (GOLD if (folder / INPUTS).is_file() else GOLDEN)
    command = [
        sys.executable,
        str(scorer or scorer_of(folder)),
        str(gold),
        str(target),
        *(["--html"] if kind == "html" else []),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{task}, {folder.name}: the scorer stopped\n{done.stdout}{done.stderr}")
    print(f"\n{task} · {' · '.join(filter(None, (folder.name, kind)))} · {seconds:.1f} s")
    print(done.stdout.rstrip())
    result = json.loads(done.stdout.strip().splitlines()[-1])
    shown = [(path, _dig(result, path)) for path in getattr(module, "SHOW", ())]
    print("  ".join(f"{path} {value:.3f}" for path, value in shown if isinstance(value, (int, float))))
    return {"set": folder.name, "seconds": round(seconds, 1), **result}


def _dig(result: Any, path: str) -> Any:
    for step in path.split("."):
        result = result.get(step) if isinstance(result, dict) else None
    return result


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("task")
    parser.add_argument("--data", type=Path, help="a set, or a folder of sets")
    parser.add_argument("--set", dest="name", help="only this set")
    parser.add_argument(
        "--html", action="store_true", help="read the pages themselves, not their pasted text"
    )
    parser.add_argument("--engine", choices=("model", "rules"), default="model", help="who reads the texts")
    parser.add_argument(
        "--gold-mentions", action="store_true", help="give the marked names, measure the merging"
    )
    parser.add_argument("--scorer", type=Path, help="the scorer, where it does not lie above the set")
    options = parser.parse_args(arguments)
    folder = options.data or HERE.parent.parent / "shared" / "benchmarks" / options.task
    if not folder.is_dir():
        sys.exit(f"no folder {folder}; name one with --data")
    kinds = {"html": options.html, "rules": options.engine == "rules", "gold": options.gold_mentions}
    chosen = [name for name, wanted in kinds.items() if wanted]
    if len(chosen) > 1:
        sys.exit("choose one of --html, --engine rules and --gold-mentions")
    kind = "".join(chosen)
    for path in sets_of(folder.resolve(), options.name):
        run(options.task, path, kind=kind, scorer=options.scorer)


if __name__ == "__main__":
    main()
