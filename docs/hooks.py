"""MkDocs' hook: pages of the site that live at the repository's root, with their links turned towards the site."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parent.parent
PAGES = {  # page of the site -> file of the repository
    "index.md": "README.md",
    "francais.md": "README.fr.md",
    "contributing.md": "CONTRIBUTING.md",
    "changelog.md": "CHANGELOG.md",
    "rules.md": "expectations/README.md",
}
SHIM, OWN_SHIM = "https://unpkg.com/iframe-worker/shim", "vendor/iframe-worker/shim.js"
LINK = re.compile(r"\[([^\]\[]*)\]\((?!https?:|#)([^)#\s]+)((?:#[^)]*)?)\)")
MARK = re.compile(r"^\s*<!-- (?:not run|gives|status): .* -->\n", re.MULTILINE)


def on_files(files: Files, *, config: Any) -> Files:
    """Add the pages that lie outside of docs/."""
    for page, source in PAGES.items():
        files.append(File.generated(config, page, content=(ROOT / source).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """Turn the links for the site, and leave out what is said to the tests only."""
    path = page.file.src_uri
    return turn_links(MARK.sub("", markdown), PAGES.get(path, f"docs/{path}"), path)


def turn_links(text: str, source: str, page: str) -> str:
    """A page's links as the site has them; a link to a file that is no page becomes its words.

    >>> turn_links("[a](docs/page.md#x) [b](CITATION.cff)", "README.md", "index.md")
    '[a](page.md#x) b'
    """

    def turn(match: re.Match[str]) -> str:
        path = (ROOT / source).parent.joinpath(match[2]).resolve().relative_to(ROOT).as_posix()
        own = next((name for name, original in PAGES.items() if original == path), None)
        if own is None and not path.startswith("docs/"):
            return match[1]
        up = "../" * page.count("/")
        return f"[{match[1]}]({up}{own or path.removeprefix('docs/')}{match[3]})"

    return LINK.sub(turn, text)


def on_post_page(output: str, *, page: Any, **_: Any) -> str:
    """Let the search's helper for pages on a disk come from the site itself."""
    return output.replace(SHIM, "../" * page.file.dest_uri.count("/") + OWN_SHIM)


def on_post_template(output_content: str, **_: Any) -> str:
    """The same for the pages that are no Markdown."""
    return output_content.replace(SHIM, OWN_SHIM)
