"""Bad input: no exception, an issue that says what, in bounded time (the time limit of the whole suite holds it)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.mentions import Span
from pipelines.models import Article, Reading
from pipelines.parse.intake import LONGEST_TEXT
from pipelines.parse.lexis import lexis
from pipelines.run.knowledge import Knowledge, load_knowledge, read_article

LEAD = "Dix terroristes ont été tués lundi à Gao, "
ENGLISH = "Ten fighters were killed on Monday by soldiers near the town, said the army, and two were wounded as well."
ARABIC = "قتل عشرة مسلحين يوم الاثنين في هجوم على موقع قرب المدينة وأصيب جنديان بجروح طفيفة كما قال الجيش"
SUMS = "".join(f"{n} personnes ont été tuées. {n // 2} soldats ont été tués. " for n in range(10, 1_000))
LONG = LONGEST_TEXT // 2


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    return load_knowledge(None)


def make(body: str, *, title: str = "Mali", published: date | None = date(2026, 3, 1)) -> Article:
    return Article("a", "s", "Outlet", "ML", "https://outlet.example/a", "fr", title, body, None, published)


def read(body: str, *, title: str = "Mali", published: date | None = date(2026, 3, 1)) -> Reading:
    return read_article(make(body, title=title, published=published), knowledge())


def codes(reading: Reading) -> set[str]:
    return {issue.code for issue in reading.issues}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "empty_text"),
        (" \n\t ", "empty_text"),
        ("".join(map(chr, range(256))) * 20, "not_text"),
        ("\x00" * 5_000, "not_text"),
        (LEAD * 30_000, "text_too_long"),
        ("x" * 1_000_000, "text_too_long"),
        (ENGLISH, "other_language"),
        (ARABIC, "other_language"),
        ("Dix terroristes ont été tués lors d'une attaque à Gao le 5 mars 2099.", "future_date"),
        ("Dix terroristes ont été tués lors d'une attaque à Gao le lundi 5 février 2026.", "contradictory_date"),
    ],
)
def test_an_issue_says_what_is_wrong(body: str, code: str) -> None:
    title = "" if code == "empty_text" else "Mali"
    assert code in codes(read(body, title=title))


def test_no_day_of_publication_dates_nothing() -> None:
    assert codes(read(LEAD + "dit l'armée.", published=None)) == {"no_publication_date"}


def test_an_unknown_day_is_an_issue() -> None:
    reading = read(
        "Une attaque terroriste a fait dix morts parmi les soldats à Gao en 2026.", published=date(2026, 3, 1)
    )
    assert all(report.when.start is not None or "no_date" in codes(reading) for report in reading.reports)


def test_french_of_any_length_is_known_as_such() -> None:
    for body in ("Gao", LEAD, LEAD * 20, "Région\tTués\nGao\t10\nMopti\t4\n" * 3):
        assert "other_language" not in codes(read(body))


def test_a_title_alone_is_read() -> None:
    assert len(read("", title="Dix terroristes tués dans une attaque à Gao").reports) <= 1


def test_a_table_of_figures_is_no_story() -> None:
    table = "Région\tTués\tBlessés\n" + "Gao\t10\t2\nMopti\t4\t3\n" * 200 + "Total\t14\t5"
    assert not read(table).reports


def test_tags_that_slipped_through_change_nothing() -> None:
    plain = read(LEAD + "dit l'armée.")
    tagged = read("<div class='x'><p>" + LEAD.replace("lundi", "<b>lundi</b>") + "dit l&rsquo;armée.</p></div>")
    assert [report.when.start for report in tagged.reports] == [report.when.start for report in plain.reports]
    assert [report.tolls[0].figure.best for report in tagged.reports] == [10]


FAMILIES = sorted(lexis(load_knowledge(None).lexicons["fr"]).scanner.names)


def test_an_endless_list_of_sums_and_parts_ends() -> None:
    assert read(SUMS).article_id == "a"


@pytest.mark.parametrize("family", FAMILIES)
def test_one_endless_sentence_of_the_words_of_a_class_ends(family: str) -> None:
    scanner = lexis(knowledge().lexicons["fr"]).scanner
    words = [" ".join(word.rstrip("*") for word in phrase) for phrase in scanner.phrases(family)]
    once = words[0] + " "
    for seed in (once, " ".join(words[:300]) + " "):
        assert read(LEAD + seed * (LONG // len(seed))).article_id == "a"


@pytest.mark.parametrize(
    "seed",
    [
        ".",
        "…",
        "?!",
        ". ",
        '." ',
        "(",
        ")",
        "«",
        "« ",
        "»",
        "-",
        "- ",
        "\n",
        "\n\n",
        "\n- ",
        "\t",
        ",",
        ";",
        ":",
        "'",
        "d'",
        "<",
        "<a ",
        "&",
        "&#1",
        "Ã",
        "Ã©",
        "e\u0301",
        "\u200b",
        "1",
        "1 ",
        "1 000 ",
        "1/2 ",
        "12h",
        "le 1er et ",
        "du 1 au ",
        "dix ",
        "cent ",
        "une dizaine de ",
        "entre dix et ",
        "dont deux ",
        "lundi ",
        "Gao ",
        "à Gao, ",
        "Gao-",
        "Ab d'",
        "A. ",
        "région de Gao - AK-47 ",
        "- région de Gao ; « ",
        "FAMa et ",
        "ont tué dix ",
        "dix soldats tués à Gao, ",
        "ABC DEF\n\n",
    ],
)
def test_a_line_of_one_thing_ends(seed: str) -> None:
    for lead in (LEAD, ""):
        assert read(lead + seed * (LONG // len(seed))).article_id == "a"


PIECES = st.sampled_from(
    [
        "Le 3 mars,",
        "lundi",
        "à Niono,",
        "près de Gao",
        "des terroristes",
        "les FAMa",
        "ont attaqué",
        "ont été tués",
        "trois soldats",
        "deux (02) motos",
        "saisies",
        ". Le lendemain",
        ";",
        ". ",
        "\n\n",
        "\n- ",
        "dont",
        "Bilan :",
        "«",
        "»",
        "Ã©",
        "&nbsp;",
        "<br>",
        "Au total",
        "le 31 février",
        "en 2099",
        "une dizaine d'",
        "par",
        "côté ami",
        "ils",
        "\x00",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map(" ".join), st.text(max_size=120))


def list_spans(value: object) -> list[Span]:
    if isinstance(value, Span):
        return [value]
    if isinstance(value, tuple):
        return [span for part in value for span in list_spans(part)]
    names = getattr(value, "__dataclass_fields__", ())
    return [span for name in names for span in list_spans(getattr(value, name))]


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_every_wording_is_exact_and_every_reading_repeatable(text: str) -> None:
    article = make(LEAD + text)
    reading = read_article(article, knowledge())
    for span in list_spans((reading.reports, reading.totals)):
        assert article.text[span.start : span.end] == span.text
    assert read_article(article, knowledge()) == reading


STORY = (
    "Le 24 février, des terroristes attaquent le poste de Niono, dans la région de Ségou. Trois soldats y sont morts.",
    "Le 25 février, l'armée a neutralisé dix terroristes à Ménaka et saisi deux motos.",
    "Les blessés ont été évacués vers l'hôpital.",
)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(STORY), min_size=1, max_size=3, unique=True))
def test_paragraphs_told_twice_make_no_more_events(paragraphs: list[str]) -> None:
    once = read("\n\n".join(paragraphs))
    twice = read("\n\n".join([*paragraphs, *paragraphs]))
    assert len(twice.reports) == len(once.reports)
