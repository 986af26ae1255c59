"""The page that lists all reports of a folder, made from their manifests."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.reports import manifest


def write(out: Path) -> Path:
    """Write ``index.html`` over the reports of a folder.

    Parameters
    ----------
    out : pathlib.Path
        Folder of all reports.

    Returns
    -------
    pathlib.Path
        The page.
    """
    rows = [_row(folder.name, found) for folder in _folders(out) if (found := manifest.read(folder))]
    target = out / "index.html"
    digest = hashlib.sha256(repr((rows, manifest.code()["modules"])).encode()).hexdigest()
    seal = f"<!-- {digest} -->\n"
    if target.is_file() and target.read_text(encoding="utf-8").endswith(seal):
        return target
    from analysis.reports.page import environment, sealed, styles

    done = [row for row in rows if row["status"] == "done"]
    failed = len(rows) - len(done)
    page = (
        environment()
        .get_template("listing.html.j2")
        .render(
            title="Reports",
            standfirst=_standfirst(len(done), failed),
            featured=done,
            rows=rows,
            **styles(),
        )
    )
    out.mkdir(parents=True, exist_ok=True)
    target.write_text(sealed(page) + "\n" + seal, encoding="utf-8", newline="\n")
    return target


def _folders(out: Path) -> list[Path]:
    if not out.is_dir():
        return []
    return sorted(path for path in out.iterdir() if path.is_dir() and not path.name.startswith("."))


def _standfirst(done: int, failed: int) -> str:
    made = f"{done} report{'' if done == 1 else 's'}"
    if not failed:
        return f"{made}, each made from the articles as they lie in the folder; every share in them opens."
    return f"{made}; {failed} failed and {'is' if failed == 1 else 'are'} no report until mended."


def _row(slug: str, found: Mapping[str, Any]) -> dict[str, Any]:
    parameters = found.get("parameters", {})
    outlets = parameters.get("outlets", parameters.get("outlet")) or "all"
    since, until = parameters.get("since", ""), parameters.get("until", "")
    done = found["status"] == "done"
    period = f"{since or '…'} to {until or '…'}" if since or until else "all days"
    outlets = ", ".join(outlets) if isinstance(outlets, list) else str(outlets)
    facts = ", ".join(f"{number} {words}" for number, words in found.get("facts", [])[:2])
    scope = [
        words for words in (outlets if outlets != "all" else "", period if since or until else "") if words
    ]
    return {
        "slug": slug,
        "title": html.unescape(found.get("title", slug)),
        "kicker": found.get("kicker", ""),
        "notebook": found["notebook"]["path"],
        "link": f"{slug}/report.html" if done else f"{slug}/failed.html",
        "outlets": outlets,
        "period": period,
        "scope": " · ".join(scope),
        "size": facts or f"{found.get('spans', 0)} spans",
        "corpus": (found.get("inputs") or {}).get("path", ""),
        "findings": len(found.get("findings", [])) if done else "–",
        "spans": f"{found.get('spans', 0):,}" if done else "–",
        "status": found["status"],
        "words": "done" if done else f"failed: {found.get('message', '')[:160]}",
    }
