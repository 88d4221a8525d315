"""The code blocks of a Markdown page, and how each of them is tried.

A block is tried by its language: `console` by bash, `python` by Python, `yaml`, `json` and `csv` by their readers. All
blocks of a page share one folder and run in order. A comment before a block says what the test should know:

    <!-- not run: why -->        the block cannot be tried here
    <!-- gives: words -->        its output holds these words (may stand more than once)
    <!-- status: 1 -->           it ends with this exit status
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
TRIED_ELSEWHERE = {  # pages whose commands start servers, clusters and benchmarks: where they are tried instead
    "docs/operations.md": "tests/flows",
    "docs/scale.md": "benchmarks",
    "docs/security.md": "tests/web",
}
MARK = re.compile(r"\s*<!-- (not run|gives|status): (.+?) -->\s*")
FENCE = re.compile(r"(?P<indent> *)```(?P<language>\w*).*")


@dataclass(frozen=True)
class Block:
    """One fenced block: its text without the indent of a list, and what its marks say."""

    page: str
    line: int
    language: str
    text: str
    not_run: str = ""
    gives: tuple[str, ...] = ()
    status: int = 0

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def list_pages() -> list[str]:
    """Every Markdown page that people read, by its path in the repository."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "deployments").rglob("*.md")]
    return sorted(page.relative_to(ROOT).as_posix() for page in pages)


def read_blocks(page: str) -> list[Block]:
    """The fenced blocks of a page in their order."""
    return list(_cut(page, (ROOT / page).read_text(encoding="utf-8").splitlines()))


def _cut(page: str, lines: list[str]) -> Iterator[Block]:
    marks: list[tuple[str, str]] = []
    at = 0
    while at < len(lines):
        fence, mark = FENCE.fullmatch(lines[at]), MARK.fullmatch(lines[at])
        if mark:
            marks.append((mark[1], mark[2]))
        elif fence:
            end = next(k for k in range(at + 1, len(lines)) if lines[k].strip() == "```")
            text = "\n".join(line.removeprefix(fence["indent"]) for line in lines[at + 1 : end])
            yield _make_block(page, at + 1, fence["language"], text, marks)
            marks, at = [], end
        elif lines[at].strip():
            marks = []
        at += 1


def _make_block(page: str, line: int, language: str, text: str, marks: list[tuple[str, str]]) -> Block:
    told = dict(marks)
    gives = tuple(words for name, words in marks if name == "gives")
    return Block(page, line, language, text, told.get("not run", ""), gives, int(told.get("status", "0")))
