"""Make docs/report.png: the top of the framing report on the teaching corpus, as a browser shows it.

    make reports
    .venv/bin/python scripts/make_picture.py [reports/40-framing]

Needs Chromium, like the tests of the pages; its path may be given in CHROMIUM.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

WIDE, HIGH = 1060, 1900
TARGET = Path(__file__).resolve().parents[1] / "docs" / "report.png"


def main() -> None:
    page_file = Path(sys.argv[1] if len(sys.argv) > 1 else "reports/40-framing") / "report.html"
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        page = browser.new_page(viewport={"width": WIDE, "height": HIGH}, color_scheme="light")
        page.goto(page_file.resolve().as_uri())
        page.screenshot(path=TARGET)
        browser.close()
    print(f"{TARGET}: {TARGET.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
