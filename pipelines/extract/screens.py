"""What is no article although it came with status 200: told by a code, never passed on as news."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, field_validator

from pipelines.catalog.language import load_language
from pipelines.errors import ExtractError
from pipelines.extract.tree import parse_tree
from pipelines.text import fold

_SHORT = 900  # characters: a wall or an error page is not longer
_LEAST = 80
_WALL = 3000  # characters of a whole page that hides behind a wall
_EMBEDDED = "//img|//iframe|//embed|//object|//video|//a[contains(@href,'.pdf')]"


class PageSigns(BaseModel):
    """The section `pages` of a language: phrases by which pages that are no article are known."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    missing: tuple[str, ...] = ()
    maintenance: tuple[str, ...] = ()
    consent: tuple[str, ...] = ()
    teaser: tuple[str, ...] = ()
    challenge: tuple[str, ...] = ()
    issued: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    announce: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()

    @field_validator("*")
    @classmethod
    def _fold_phrases(cls, phrases: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(fold(phrase) for phrase in phrases)


def read_signs(language: str) -> PageSigns:
    """The phrases of a language."""
    return load_language(language).read("pages", PageSigns)


def screen_title(title: str, signs: PageSigns) -> None:
    """Raise ExtractError if the title alone says that this is no article."""
    folded = fold(title)
    for code, phrases in (
        ("soft_404", signs.missing),
        ("challenge", signs.challenge),
        ("maintenance", signs.maintenance),
    ):
        if len(folded) < 90 and _has(folded, phrases):
            raise ExtractError(code, title)


def screen_body(title: str, body: str, html: str, signs: PageSigns, *, is_free: bool) -> None:
    """Raise ExtractError if there is no article's text: a wall, an error, a teaser, a picture of a text, nothing.

    `html` is the whole page, looked at only where there is hardly any text.
    """
    if len(body) >= _SHORT:
        return
    folded = fold(body)
    for code, phrases in (
        ("soft_404", signs.missing),
        ("maintenance", signs.maintenance),
        ("consent_wall", signs.consent),
    ):
        if _has(folded, phrases):
            raise ExtractError(code, body[:200])
    if not is_free or _has(folded[-300:], signs.teaser):
        raise ExtractError("teaser_only", body[:200])
    if len(body) < _LEAST:
        raise ExtractError(_explain_void(title, body, html, signs), title or body)


def _explain_void(title: str, body: str, html: str, signs: PageSigns) -> str:
    """The code of a page with hardly any text."""
    tree = parse_tree(html)
    if tree is None:
        return "empty"
    if _has(fold(title), signs.issued) and tree.xpath(_EMBEDDED):
        return "communique_not_text"
    whole = fold(" ".join(tree.itertext()))
    if _has(whole, signs.challenge):
        return "challenge"
    if len(whole) < _WALL and _has(whole, signs.consent):
        return "consent_wall"
    return "too_short" if body else "empty"


def _has(text: str, phrases: tuple[str, ...]) -> bool:
    return any(phrase in text for phrase in phrases)
