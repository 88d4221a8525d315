"""Mending and folding, and the way back to the raw characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text import fold, normalise

GARBLED = ["Ã©", "Ã¨", "â€™", "Å“", "É\xa0»", "Ã", "<b", "e\u0301", "\u0301", "ﬁ"]
PIECES = [*GARBLED, "é", "&rsquo;", "&nbsp;", "&#233;", "&unknown;", "<br>", "</p>", "’", "“", "”", "a", "B", "10", "«"]
BLANKS = ["Ã ", "<p class='x'>", "\r\n", "\r", "\n", "\xa0", "\u202f", "\u200b", "\ufeff", "\x00", "\xad", " "]
RAW_TEXTS = st.one_of(st.lists(st.sampled_from(PIECES + BLANKS), max_size=30).map("".join), st.text(max_size=80))


@pytest.mark.parametrize(
    ("raw", "mended"),
    [
        ("dÃ©fense", "défense"),
        ("Ã\xa0 Gao", "à Gao"),
        ("Ã  Gao", "à  Gao"),
        ("lâ€™armÃ©e", "l'armée"),
        ("cÅ“ur", "cœur"),
        ("l&rsquo;Est &amp; l&#8217;Ouest", "l'Est & l'Ouest"),
        ("10\u202f000 «\xa0ennemis\xa0»", "10 000 « ennemis »"),
        ("“ici”", "«ici»"),
        ("e\u0301tat", "état"),
        ("oﬃciel", "officiel"),
        ("un<br/>deux<b>trois</b>", "un\ndeux trois "),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("zéro\u200blargeur", "zérolargeur"),
        ("nul\x00ici", "nul ici"),
        ("LIBERTÉ\xa0» ÉTÉ’", "LIBERTÉ » ÉTÉ'"),
        ("3 < 5 et 7 > 2", "3 < 5 et 7 > 2"),
        ("Akıncı, İstanbul", "Akıncı, İstanbul"),
    ],
)
def test_mends_what_the_web_does_to_french(raw: str, mended: str) -> None:
    assert normalise(raw).text == mended


def test_text_without_faults_is_left_alone() -> None:
    text = "L'armée a neutralisé dix-huit (18) terroristes à Tessit, dans la région de Gao.\n\n- 03 AK-47 ;"
    assert normalise(text).text == text
    assert normalise(text).changes == ()


def test_a_span_is_cut_from_the_raw_text() -> None:
    raw = "Le lieutenant a dit&nbsp;: «\xa0Six tuÃ©s\xa0» prÃ¨s d’Ansongo"
    mended = normalise(raw)
    for word, expected in [("tués", "tuÃ©s"), ("près", "prÃ¨s"), ("d'Ansongo", "d’Ansongo"), ("dit :", "dit&nbsp;:")]:
        start = mended.text.index(word)
        span = mended.raw_span(start, start + len(word))
        assert span.text == expected
        assert raw[span.start : span.end] == expected


@given(RAW_TEXTS)
def test_every_span_is_a_substring_at_its_place(raw: str) -> None:
    mended = normalise(raw)
    for start in range(len(mended.text) + 1):
        for end in (start, start + 1, len(mended.text)):
            if start <= end <= len(mended.text):
                span = mended.raw_span(start, end)
                assert 0 <= span.start <= span.end <= len(raw)
                assert raw[span.start : span.end] == span.text


@given(RAW_TEXTS)
def test_the_way_back_keeps_the_order(raw: str) -> None:
    mended = normalise(raw)
    starts = [mended.to_raw(at, at)[0] for at in range(len(mended.text) + 1)]
    ends = [mended.to_raw(0, at)[1] for at in range(len(mended.text) + 1)]
    assert starts == sorted(starts)
    assert ends == sorted(ends)


@given(RAW_TEXTS)
def test_mending_the_whole_span_gives_the_text_again(raw: str) -> None:
    mended = normalise(raw)
    assert normalise(mended.raw_span(0, len(mended.text)).text).text == mended.text


@given(st.text())
def test_folding_moves_nothing(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
    assert fold(text[:5]) == fold(text)[:5]


def test_folding_is_blind_to_case_accents_and_curly_quotes() -> None:
    assert fold("À l’Étranger, ÇA ÎLE Ñ") == "a l'etranger, ca ile n"
    assert fold("“Œ”") == fold("«œ»")
