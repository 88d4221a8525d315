"""Bytes to text: seven ways to be wrong about a charset, on French pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.web import decode_body

TEXT = (
    "L’armée a « neutralisé » une trentaine d’assaillants à Djibo – près de Nouna, cœur du Ségué… l’état-major était là"
)
PAGE = "<html><head><meta charset={charset}><title>Communiqué</title></head><body><p>{text}</p></body></html>"

CASES = {
    "utf-8 said and meant": ("utf-8", "utf-8", "utf-8"),
    "utf-8, nothing said": ("utf-8", "", ""),
    "utf-8 that calls itself latin-1": ("utf-8", "iso-8859-1", "iso-8859-1"),
    "cp1252 that calls itself latin-1": ("cp1252", "iso-8859-1", "iso-8859-1"),
    "cp1252 that calls itself utf-8": ("cp1252", "utf-8", "utf-8"),
    "cp1252, nothing said": ("cp1252", "", ""),
    "cp1252, header and page disagree": ("cp1252", "utf-8", "windows-1252"),
}


@pytest.mark.parametrize("case", CASES)
def test_seven_cases(case: str) -> None:
    real, in_header, in_page = CASES[case]
    page = (
        PAGE.format(charset=in_page, text=TEXT)
        if in_page
        else PAGE.replace("<meta charset={charset}>", "").format(text=TEXT)
    )
    header = f"text/html; charset={in_header}" if in_header else "text/html"
    assert TEXT in decode_body(page.encode(real), header)


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (b"\xef\xbb\xbf\xc3\xa9t\xc3\xa9", "", "été"),
        ("été".encode("utf-16"), "", "été"),
        ("été".encode("iso-8859-15"), "text/html; charset=ISO-8859-15", "été"),
        ("łódź".encode("iso-8859-2"), "text/html; charset='ISO-8859-2'", "łódź"),
        ("été".encode("cp1252"), "text/html; charset=no-such-thing", "été"),
        ("été".encode("cp1252"), "text/html; charset=rot13", "été"),
        ("été".encode("cp1252"), "text/html; charset=utf-7", "été"),
        ("un été à Gao, décédé".encode() + b"\xc3", "text/html; charset=utf-8", "un été à Gao, décédéÃ"),
        (b"", "", ""),
        (b"\x81\x8d\x8f\x90\x9d", "", "\ufffd" * 5),
    ],
)  # fmt: skip
def test_others(body: bytes, content_type: str, text: str) -> None:
    assert decode_body(body, content_type) == text


@given(st.binary(max_size=300), st.text(max_size=30))
def test_never_fails(body: bytes, content_type: str) -> None:
    decode_body(body, content_type)


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_utf8_is_kept(text: str) -> None:
    assert decode_body(text.encode()) == text.removeprefix("\ufeff")


def test_an_xml_declaration_is_no_part_of_the_text() -> None:
    page = '<?xml version="1.0" encoding="iso-8859-1"?>\n<html><p>tués</p></html>'
    assert decode_body(page.encode("latin-1")) == "<html><p>tués</p></html>"
    assert decode_body(b"\xef\xbb\xbf" + page.encode()) == "<html><p>tués</p></html>"
    assert decode_body(b"<p>a <?xml b?></p>") == "<p>a <?xml b?></p>"
