import pytest

from pipelines.catalog.language import load_language
from pipelines.validate.words import weekday_finder


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
