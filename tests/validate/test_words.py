"""Checks that look at wording."""

from dataclasses import replace

import pytest

from pipelines.catalog.language import load_language
from pipelines.validate.checks.figures import check_number
from pipelines.validate.rows import Rows
from pipelines.validate.words import weekday_finder
from tests.validate.worlds import make_world, spoil_row


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Mardi 15 juillet", 1),
        ("le 15 juillet", None),
        ("dans la nuit de samedi à dimanche", None),
        ("dimanche dernier", 6),
    ],
)
def test_the_weekday_that_words_name(words, expected):
    find_weekday = weekday_finder({"fr": load_language("fr")})
    assert find_weekday(words, "fr") == expected
    assert find_weekday(words, "xx") is None


@pytest.mark.parametrize(
    ("words", "best", "is_right"),
    [
        ("Ils ont été neutralisés", 12, True),
        ("Ils ont été neutralisés", 99, False),
        ("trois tués", 3, True),
        ("3 tués", 4, False),
    ],
)
def test_a_number_stands_in_its_words_or_in_the_sentences_that_they_lean_on(words, best, is_right):
    world = make_world(1)
    tolls = spoil_row(world.tables["tolls"], 0, {"text": words, "best": best, "rule": "exact"})
    around = world.look_around(tolls=tolls)
    around = replace(around, find_numbers=lambda text, language: {3} if "trois" in text else set())
    assert check_number(Rows(tolls), around)[0] is is_right
