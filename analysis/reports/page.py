"""What all pages of reports have in common: templates, their look, and a policy that lets them load nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

from analysis.figures.escape import visible
from analysis.figures.page import stylesheet

TEMPLATE = Path(__file__).with_name("template")
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def sealed(page: str) -> str:
    """Let a page run only the scripts it was made with, and load nothing: a policy that browsers enforce."""
    hashes = []
    for script in _SCRIPT.findall(page):
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        hashes.append(f"'sha256-{digest}'")
    scripts = " ".join(dict.fromkeys(hashes)) or "'none'"
    policy = f"default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; script-src {scripts}; base-uri 'none'; form-action 'none'"
    return page.replace("@@POLICY@@", policy)


def environment() -> Any:
    """Give the templates of pages; what is put into them is escaped, and a name they lack is an error."""
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(TEMPLATE)),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )


def styles() -> dict[str, Any]:
    """Give the style sheet and the script that every page carries."""
    from markupsafe import Markup

    return {
        "css": Markup(stylesheet() + (TEMPLATE / "report.css").read_text(encoding="utf-8")),
        "js": Markup((TEMPLATE / "report.js").read_text(encoding="utf-8")),
    }
