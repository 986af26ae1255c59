"""Measure the kit beside what a user would take instead.

    python benchmarks/speed.py NAME [NAME …] [--repeats N] [--articles N] [--data FILE]
    python benchmarks/speed.py --list

NAME is a module in ``benchmarks/speeds``. Such a module has a line of text about what is compared, and

- ``CONTENDERS``: name → function of the data, ours first; the function does the whole task and returns a small answer
  (a number of hits, say) that is printed, so that one sees that all did the same;
- ``prepare(articles)``: what is done before the clock starts, given a polars frame (``article_id outlet published body``);
  its result is handed to the contenders. Optional: by default the frame itself;
- ``ARTICLES``: how many articles are taken; 0 for all;
- ``REPEATS``: how often, where once is enough;
- ``TARGETS``: contender → how many times faster ours should be; ``LIMITS``: contender → seconds it may take. Optional.

The contenders run in turn, each time in a process of its own, so that memory is that of one contender; medians of the
repeats are compared. The core-seconds beside them do not change with what else the machine is doing. Memory is the peak above what the process held when the clock started. A table is printed, and a
JSON line appended to ``benchmarks/out/speed.jsonl``.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent
OUT = HERE / "out"
DATA = HERE.parents[1] / "shared" / "benchmarks" / "scale" / "articles.jsonl.gz"


def load(name: str) -> ModuleType:
    path = HERE / "speeds" / f"{name}.py"
    if not path.is_file():
        sys.exit(f"there is no comparison {name!r}; known are {', '.join(known())}")
    specification = importlib.util.spec_from_file_location(f"speed_{name}", path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[specification.name] = module
    specification.loader.exec_module(module)
    return module


def known() -> list[str]:
    return sorted(path.stem for path in (HERE / "speeds").glob("*.py") if not path.stem.startswith("_"))


def parquet(source: Path) -> Path:
    """Keep the articles as Parquet, made once."""
    import polars as pl

    OUT.mkdir(exist_ok=True)
    target = OUT / f"{source.parent.name}-{source.stat().st_size}.parquet"
    if not target.is_file():
        with gzip.open(source, "rt", encoding="utf-8") as handle:
            rows = [json.loads(line) for line in handle]
        frame = pl.DataFrame(
            {
                "article_id": [row["id"] for row in rows],
                "outlet": [row["outlet"] for row in rows],
                "published": [row.get("published") for row in rows],
                "headline": [row.get("title") or "" for row in rows],
                "body": [row["text"] for row in rows],
            }
        )
        partial = target.with_suffix(".partial")
        frame.write_parquet(partial, row_group_size=1000)
        partial.replace(target)
    return target


class Peak:
    """The most memory this process held, in megabytes, sampled while a block runs."""

    def __enter__(self) -> Peak:
        self.start = self.most = held()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def _watch(self) -> None:
        while not self._done.wait(0.01):
            self.most = max(self.most, held())

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()
        self.most = max(self.most, held())


def held() -> float:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def child(name: str, contender: str, data: Path, articles: int) -> None:
    """Run one contender once and print what it took."""
    import polars as pl

    module = load(name)
    frame = pl.read_parquet(data)
    if articles:
        frame = frame.head(articles)
    given = module.prepare(frame) if hasattr(module, "prepare") else frame
    function = module.CONTENDERS[contender]
    with Peak() as memory:
        started, busy = time.perf_counter(), time.process_time()
        answer = function(given)
        seconds, busy = time.perf_counter() - started, time.process_time() - busy
    print(
        json.dumps(
            {"seconds": seconds, "cpu": busy, "megabytes": memory.most - memory.start, "answer": answer}
        )
    )


def compare(name: str, *, data: Path, repeats: int, articles: int | None) -> dict[str, Any]:
    module = load(name)
    number = articles if articles is not None else getattr(module, "ARTICLES", 0)
    repeats = min(repeats, getattr(module, "REPEATS", repeats))
    runs: dict[str, list[dict[str, Any]]] = {contender: [] for contender in module.CONTENDERS}
    for _ in range(repeats):
        for contender, found in runs.items():
            command = [sys.executable, str(Path(__file__).resolve()), name, "--child", contender]
            command += ["--data", str(data), "--articles", str(number)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                sys.exit(f"{name}, {contender}: stopped\n{done.stderr}")
            found.append(json.loads(done.stdout.splitlines()[-1]))
    medians = {
        contender: {
            "seconds": statistics.median(run["seconds"] for run in found),
            "cpu": statistics.median(run["cpu"] for run in found),
            "megabytes": statistics.median(run["megabytes"] for run in found),
            "answer": found[-1]["answer"],
        }
        for contender, found in runs.items()
    }
    ours = next(iter(medians.values()))
    for row in medians.values():
        row["ratio"] = row["seconds"] / ours["seconds"]
        row["cpu_ratio"] = row["cpu"] / ours["cpu"]
    return {
        "name": name,
        "what": (module.__doc__ or "").strip().splitlines()[0],
        "articles": number,
        "repeats": repeats,
        "contenders": medians,
        "targets": getattr(module, "TARGETS", {}),
        "limits": getattr(module, "LIMITS", {}),
    }


def show(result: dict[str, Any]) -> None:
    size = f"{result['articles']} articles" if result["articles"] else "all articles"
    print(f"\n{result['name']}: {result['what']} ({size}, median of {result['repeats']})")
    heads = f"{'seconds':>9s} {'ours ×':>8s} {'core-s':>8s} {'ours ×':>8s} {'MB':>7s}  {'target':>14s}"
    print(f"  {'':32s} {heads}  answer")
    for name, row in result["contenders"].items():
        target = result["targets"].get(name)
        limit = result["limits"].get(name)
        wanted = f"≥ {target}×: {'met' if row['ratio'] >= target else 'missed'}" if target else ""
        wanted = wanted or (f"≤ {limit} s: {'met' if row['seconds'] <= limit else 'missed'}" if limit else "")
        taken = f"{row['seconds']:9.3f} {row['ratio']:8.1f} {row['cpu']:8.2f} {row['cpu_ratio']:8.1f}"
        print(f"  {name:32s} {taken} {row['megabytes']:7.0f}  {wanted:>14s}  {row['answer']}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", help="comparisons; none for all")
    parser.add_argument("--list", action="store_true", help="say which comparisons there are")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--articles", type=int, help="take so many articles; 0 for all")
    parser.add_argument("--data", type=Path, default=DATA, help="articles.jsonl.gz, or its Parquet")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.list:
        print(
            "\n".join(f"{name:16s} {(load(name).__doc__ or '').strip().splitlines()[0]}" for name in known())
        )
        return
    if not options.data.exists():
        sys.exit(f"there are no articles at {options.data}; name a file with --data")
    data = options.data if options.data.suffix == ".parquet" else parquet(options.data)
    if options.child:
        child(options.names[0], options.child, data, options.articles or 0)
        return
    OUT.mkdir(exist_ok=True)
    for name in options.names or known():
        result = compare(name, data=data, repeats=options.repeats, articles=options.articles)
        show(result)
        line = result | {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
            "load": round(os.getloadavg()[0], 1),
        }
        with (OUT / "speed.jsonl").open("a", encoding="utf-8") as handle:
            handle.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
