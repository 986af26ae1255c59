"""Promises about the repository itself: nothing private, nothing generated, nothing unpinned."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import analysis

ROOT = Path(__file__).resolve().parents[1]


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_names_a_registry_host_or_a_machine_path():
    # written in pieces, so that this file does not name them either
    hosts = ("pypi", "pythonhosted", "npmjs", "deb.debian")
    folders = ("work", "root", "home")
    pattern = re.compile(
        "|".join(
            [*(rf"{host}\.(org|com)\b" for host in hosts), *(rf"(?<![\w.:/-])/{name}/\w" for name in folders)]
        )
    )
    guilty = [path.relative_to(ROOT).as_posix() for path in tracked() if pattern.search(text_of(path))]
    assert not guilty


def test_the_lock_pins_everything_with_hashes_and_no_address():
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    entries = re.findall(r"^[A-Za-z0-9_.-]+==\S+", lock, re.M)
    assert len(entries) > 100
    assert lock.count("--hash=sha256:") >= len(entries)
    assert not (ROOT / "uv.lock").exists()


def test_every_dependency_is_in_the_lock():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.match(r"[A-Za-z0-9_.-]+", entry)[0].lower().replace("_", "-") for entry in wanted}
    pinned = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text(), re.M))
    assert names <= pinned


def test_no_generated_report_and_no_notebook_output_is_tracked():
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        assert not (name.startswith("reports/") and name != "reports/README.md"), name
        if path.suffix == ".ipynb":
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            assert not any(cell.get("outputs") for cell in cells), name


@pytest.mark.seeds
def test_no_sentence_of_the_real_seeds_is_in_the_project(real_seeds):
    everything = "\n".join(text_of(path) for path in tracked())
    for seed in sorted(real_seeds.glob("*.txt")):
        for line in seed.read_text(encoding="utf-8").splitlines():
            if len(line.strip()) >= 70:
                assert line.strip()[:70] not in everything, f"a sentence of {seed.name} stands in the project"


def test_the_public_names_are_few_and_all_work():
    assert len(analysis.__all__) <= 20
    for name in analysis.__all__:
        assert getattr(analysis, name).__doc__, f"analysis.{name} has no docstring"


def test_importing_the_package_loads_nothing_heavy():
    code = "import analysis, sys; print([name for name in ('spacy', 'geopandas', 'matplotlib', 'pandas') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_readme_gives_the_two_commands():
    readme = (ROOT / "README.md").read_text()
    assert "make reports" in readme
    assert "make test" in readme


def test_links_between_the_pages_lead_somewhere():
    broken = []
    for page in tracked():
        if page.suffix != ".md":
            continue
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            path, _, heading = target.partition("#")
            if "://" in target or target.startswith("mailto:"):
                continue
            to = page.parent / path if path else page
            text = to.read_text(encoding="utf-8") if to.suffix == ".md" and to.is_file() else ""
            headings = re.findall(r"^#+ (.+)$", text, re.M)
            slugs = {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in headings}
            if not to.exists() or (heading and heading not in slugs):
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert not broken
