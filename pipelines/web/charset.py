"""Bytes to text: strict UTF-8, else the charset that the page declares, else Windows' Western one."""

from __future__ import annotations

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""")
_IN_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]*>\s*")
# What calls itself Latin-1 on the web is the Windows charset that has quotes and dashes where Latin-1 has controls.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252"}


def decode_body(body: bytes, content_type: str = "") -> str:
    """The text of a page; never fails: what no charset explains becomes U+FFFD.

    An XML declaration is left out: it tells of the bytes, and makes HTML parsers doubt that a page is one.

    >>> decode_body("tués à Djibo".encode("cp1252"), "text/html; charset=utf-8")
    'tués à Djibo'
    """
    return _XML_DECLARATION.sub("", _decode(body, content_type))


def _decode(body: bytes, content_type: str) -> str:
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return body.removeprefix(mark if charset == "utf-8" else b"").decode(charset, "replace")
    for charset in ("utf-8", *_list_declared(body, content_type)):
        try:
            return body.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
    return _decode_mixed(body)


def _list_declared(body: bytes, content_type: str) -> list[str]:
    in_header = _IN_HEADER.findall(content_type)
    in_page = [name.decode("ascii") for name in _DECLARED.findall(body[:4096])]
    return [charset for name in (*in_header, *in_page) if (charset := _name_charset(name))]


def _name_charset(name: str) -> str | None:
    """The codec that a declared name means, None for a name that is no charset or would be tried anyway."""
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return None
    if not getattr(codec, "_is_text_encoding", True) or codec.name in ("utf-8", "utf-7", "idna", "punycode"):
        return None
    return _MEANT.get(codec.name, codec.name)


def _decode_mixed(body: bytes) -> str:
    """UTF-8 with a few stray Western bytes in it (pages that were pasted together or cut), else all Western.

    >>> _decode_mixed("tués à Séguénéga, près de Ouahigouya, un été".encode() + bytes([0xE9]))
    'tués à Séguénéga, près de Ouahigouya, un étéé'
    """
    mixed = body.decode("utf-8", "western")
    kept = len(body.decode("utf-8", "ignore").encode())
    letters = sum(1 for char in mixed if char > "\x7f")
    strays = len(body) - kept
    return mixed if letters > 4 * strays else body.decode("cp1252", "replace")


def _read_western(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("western", _read_western)
