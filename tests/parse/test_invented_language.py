"""The grammar names no word: a small invented language is read by the same code."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipelines.catalog.language import Lexicon, load_language
from pipelines.parse.counts import find_counts
from pipelines.parse.dates import find_dates
from pipelines.parse.sentences import split_sentences
from pipelines.parse.triage import triage
from pipelines.resolve.date_chains import resolve_chain
from pipelines.text import normalise

SECTIONS = {
    "numbers": """
units: {un: 1, ba: 2, ti: 3}
teens: {oko: 10}
tens: {bako: 20}
hundreds: {sto: 100}
magnitudes: {kilo: 1000}
joiners: [e]
joined: [un]
wide_tens: []
wide_teens: {}
multiplied_tens: {}
articles: [un]
round_nouns: {okoto: [10, 2]}
round_plurals: {okotos: 10}
round_adjectives: []
before: {approximate: [sirka], at_least: [meno ke], at_most: [maso ke], between: [entra]}
after: {at_least: [almeno]}
range_joiners: [til]
between_joiners: [e]
change_words: []
of: [ko]
out_of: [su]
in_number: [en numero]
other: [altra]
several: [plusa]
plural_articles: []
none: [nula]
one_of: []
measures: [kilometra, ora]
measure_adjectives: []
hour_words: [ora]
labels: [sektor]
label_joiners: [e]
plural_endings: [s]
function_words: [ko]
years: [1900, 2100]
""",
    "dates": """
months: {pima: 1, sekona: 2, terza: 3}
weekdays: {luna: 0, marta: 1}
spoken: {yera: -1}
told: {preda: -1, posta: 1}
classes: {the: [il], of: [ko], of_the: [kol], to: [til], to_the: [til il], night: [nokta], day: [jorna], same: [sama]}
first_suffixes: [st]
ordinal_suffixes: [th]
years: [1990, 2100]
feasts: {soltica: soltica}
fixed_feasts: {soltica: 12-21}
moving_feasts: {}
report_verbs: [dikta]
report_stops: []
""",
    "layout": """
abbreviations: [gen]
line_enders: [ko]
heading_starts: [regiona]
furniture_starts: [legi anke]
comments_starts: [komenta]
comments_words: [komenta]
teaser_starts: [legi anke]
caption_starts: [foto]
byline_starts: [da]
""",
    "triage": """
classes: {armed: [bandit*], force: [armeo], loss: [mort*], when: [luna, marta], background: [unfoje]}
cues: [{classes: [armed, loss], points: 2}]
title_factor: 2
background_factor: 0.5
undated_factor: 0.7
context_factors: [0.6, 0.2]
incident_points: 2
yielding_factor: 0.2
other_contexts_factor: 0.25
free_context_points: 3
threshold: 0.9
contexts: {sport: {points: 2, most: 10, beats_incidents: true, words: [ludo, stadion, golo]}}
communique_words: [anunsa]
issuers: [il armeo]
""",
}

TEXT = """Bandits en Zanka

Il armeo anunsa: sirka oko bandits mortis luna en il sektor 4, ba kilometra ko Zanka.

REGIONA NORDA
- Nokta ko luna til marta, ti (03) mortis. Il posta, plusa okotos ko bandits mortis.
- Il 12 terza 2024, meno ke bako e un mortis; nula armeo mortis.

Legi anke: golo en Zanka
"""


@pytest.fixture
def invented(tmp_path: Path) -> Lexicon:
    folder = tmp_path / "languages" / "zz"
    folder.mkdir(parents=True)
    for name, text in SECTIONS.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return load_language("zz", tmp_path)


def test_its_figures_are_read(invented: Lexicon) -> None:
    counts = [(c.low, c.best, c.high) for c in find_counts(TEXT, invented)]
    assert counts == [(9, 10, 11), (3, 3, 3), (20, None, None), (21, 21, None), (0, 0, 0)]


def test_its_dates_are_read_and_resolved(invented: Lexicon) -> None:
    mentions = find_dates(TEXT, invented)
    published = date(2024, 3, 20)
    found = [
        resolve_chain(m, mentions[:i][::-1], published=published, lexicon=invented) for i, m in enumerate(mentions)
    ]
    assert [(str(when.start), str(when.end)) for when in found] == [
        ("2024-03-18", "2024-03-18"),
        ("2024-03-18", "2024-03-19"),
        ("2024-03-20", "2024-03-20"),
        ("2024-03-12", "2024-03-12"),
    ]


def test_its_layout_is_read(invented: Lexicon) -> None:
    kinds = [sentence.kind for sentence in split_sentences(normalise(TEXT).text, invented)]
    assert kinds == ["title", "body", "heading", "bullet", "bullet", "bullet", "noise"]


def test_its_security_news_are_told_from_other_news(invented: Lexicon) -> None:
    found = triage(TEXT, invented)
    assert found.is_security
    assert found.is_communique
    assert found.issuer is not None
    assert found.issuer.text == "Il armeo"
    assert not triage("Ludo\n\nGolo en stadion, bandits mortis ludo golo.", invented).is_security
