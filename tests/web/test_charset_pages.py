"""Seven ways to be wrong about a charset, on every page of the sample site: each gives the text that was meant."""

from __future__ import annotations

import re

import pytest

from benchmarks.extraction_pages import Known, list_own
from pipelines.web import decode_body
from tests.web.test_charset import CASES


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [_read_text(known) for known in list_own()]


def _read_text(known: Known) -> str:
    """A page as its outlet means it, without a word on its charset and with what Windows' charset has."""
    content_type = next(value for name, value in known.page.headers if name.lower() == "content-type")
    text = re.sub(r"charset\s*=\s*[\"']?[\w-]+|encoding=\"[\w-]+\"", "", decode_body(known.page.body, content_type))
    return text.replace("'", "’").encode("cp1252", "xmlcharrefreplace").decode("cp1252")


@pytest.mark.parametrize("case", CASES)
def test_every_page_of_the_sample(texts: list[str], case: str) -> None:
    real, in_header, in_page = CASES[case]
    assert len(texts) > 35
    for text in texts:
        told = text.replace("<head>", f'<head><meta charset="{in_page}">', 1) if in_page else text
        header = f"text/html; charset={in_header}" if in_header else "text/html"
        assert decode_body(told.encode(real), header) == told
