"""Reports in a real browser: they render, stay on the machine, open their evidence, and can be read by everyone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@contextmanager
def opened(chromium: Any, path: Path, **options: Any) -> Iterator[Any]:
    """Open a page; on leaving, see that nothing was asked of anyone and nothing went wrong."""
    context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    page = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "console",
        lambda message: wrong.append(message.text) if message.type in {"error", "warning"} else None,
    )
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(path.as_uri())
    yield page
    context.close()
    assert wrong == []
    assert [url for url in asked if not url.startswith("file://")] == []


def violations(page: Any, axe: str) -> list[str]:
    """Run axe-core on a page and tell what it finds, in lines."""
    page.evaluate(axe)
    context = {"include": [["html"]]}
    found = page.evaluate("([context, options]) => axe.run(context, options)", [context, RULES])["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.fixture(scope="session")
def report(pages: Path) -> Path:
    return pages / "40-words" / "report.html"


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_pages_pass_axe_wide_and_narrow_light_and_dark(
    chromium: Any, axe: str, pages: Path, look: str, width: int
) -> None:
    names = ["40-words/report.html", "index.html", "90-broken/failed.html"]
    names.append(next((pages / "40-words" / "articles").iterdir()).relative_to(pages).as_posix())
    for name in names:
        with opened(
            chromium, pages / name, color_scheme=look, viewport={"width": width, "height": 900}
        ) as page:
            assert violations(page, axe) == [], name
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def test_a_cell_opens_its_sentences_with_mouse_and_keyboard(chromium: Any, axe: str, report: Path) -> None:
    with opened(chromium, report) as page:
        buttons = page.locator("[data-cell] button")
        assert buttons.count() >= 8
        dialog = page.locator("dialog")
        assert not dialog.is_visible()
        buttons.first.click()
        assert dialog.is_visible()
        assert dialog.locator("li mark").count() >= 1
        assert dialog.locator("li .outlet svg").count() >= 1
        assert violations(page, axe) == []
        page.keyboard.press("Escape")
        assert not dialog.is_visible()
        assert buttons.first.evaluate("button => document.activeElement === button")
        buttons.nth(1).focus()
        page.keyboard.press("Enter")
        assert dialog.is_visible()
        assert page.evaluate("document.activeElement.id") == "sentences-title"
        dialog.get_by_role("button", name="Close").click()
        assert not dialog.is_visible()


def test_the_sentences_of_a_cell_are_those_it_counts(chromium: Any, report: Path) -> None:
    with opened(chromium, report) as page:
        row = page.locator("tr", has=page.get_by_role("rowheader", name="invasion", exact=True))
        row.locator("button").first.click()
        dialog = page.locator("dialog")
        assert dialog.locator("h2").inner_text() == "invasion: Continental Wire"
        assert set(dialog.locator("mark").all_inner_texts()) == {"invasion"}
        assert set(dialog.locator(".outlet").all_inner_texts()) == {"Continental Wire"}


def test_a_sentence_leads_to_its_place_in_its_article(chromium: Any, report: Path) -> None:
    with opened(chromium, report) as page:
        link = page.locator("details.evidence[open] .quotes a").first
        words = page.locator("details.evidence[open] mark").first.inner_text()
        link.click()
        page.wait_for_load_state()
        assert "/articles/" in page.url
        assert words in page.locator("span:target, :target").first.inner_text()
        page.get_by_role("link", name="The commonest word").click()
        assert page.url.endswith("report.html")


def test_without_scripts_the_folds_still_show_sentences(chromium: Any, report: Path) -> None:
    with opened(chromium, report, java_script_enabled=False) as page:
        assert page.locator("details.evidence[open] blockquote").count() >= 3
        assert page.locator("[data-cell] button").count() == 0
        page.locator("details.against summary").click()
        assert page.locator("details.against blockquote").first.is_visible()


def test_hostile_words_are_shown_and_never_run(chromium: Any, pages: Path) -> None:
    folder = pages / "40-words"
    hostile = next(
        path for path in (folder / "articles").iterdir() if path.name.startswith("0000000000000001")
    )
    for path in (folder / "report.html", hostile, pages / "index.html"):
        with opened(chromium, path) as page:
            for button in page.locator("[data-cell] button").all():
                button.click()
                page.keyboard.press("Escape")
            assert page.evaluate("typeof window.hacked") == "undefined"
            assert page.locator("main img").count() == 0
    with opened(chromium, pages / "90-broken" / "failed.html") as page:
        assert "ValueError: <b>no</b> ferry today" in page.locator("main").inner_text()
    with opened(chromium, hostile) as page:
        words = page.locator(".body").inner_text()
        for part in (
            "<script>window.hacked=1</script>",
            "{{ 7*7 }}",
            "$E=mc^2$",
            "]]>",
            "[U+202E]gnirts desrever a",
        ):
            assert part in words


def test_a_telephone_gets_a_picture_laid_out_for_it(chromium: Any, report: Path) -> None:
    with opened(chromium, report, viewport={"width": 400, "height": 900}) as page:
        assert page.locator(".picture .narrow svg").first.is_visible()
        assert not page.locator(".picture .wide svg").first.is_visible()
        assert page.locator(".only-narrow").first.is_visible()
        box = page.locator(".picture .narrow svg text").first.bounding_box()
        assert box["height"] >= 9
    with opened(chromium, report) as page:
        assert page.locator(".picture .wide svg").first.is_visible()
        assert not page.locator(".picture .narrow svg").first.is_visible()


def test_on_paper_there_is_no_navigation_and_no_code(chromium: Any, report: Path) -> None:
    with opened(chromium, report) as page:
        page.emulate_media(media="print")
        for name in ("nav", "details.code", ".skip"):
            assert not page.locator(name).first.is_visible()
        assert page.locator("h1").is_visible()


def test_the_keyboard_reaches_the_text_first(chromium: Any, report: Path) -> None:
    with opened(chromium, report) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.url.endswith("#main")


def test_every_real_report_renders_clean(chromium: Any, axe: str, real_pages: Path) -> None:
    for path in [real_pages / "index.html", *sorted(real_pages.glob("*/report.html"))]:
        for look in ("light", "dark"):
            with opened(chromium, path, color_scheme=look) as page:
                assert page.locator("h1").count() == 1
                assert violations(page, axe) == [], path
        with opened(chromium, path, viewport={"width": 400, "height": 900}) as page:
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
