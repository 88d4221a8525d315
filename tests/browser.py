"""A real browser for the slow tests: Debian's Chromium, headless, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


PATIENCE_MS = 120_000  # Playwright's own 30 s are short on a machine that is busy


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Chromium, closed again with the loop that drives it.

    Never keep it open longer than one module's tests: Playwright leaves an event loop running in this thread, and a
    Prefect flow that is called meanwhile gives a coroutine instead of its result.
    """
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "the slow tests need Debian's package chromium (tests/system-packages.txt)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield browser
        browser.close()


def open_page(browser: Browser, **options: Any) -> Page:
    """A page in a context of its own, which waits as long as a machine that is busy may need."""
    page = browser.new_context(**options).new_page()
    page.set_default_timeout(PATIENCE_MS)
    return page
