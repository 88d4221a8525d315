"""Dates as told: which words are found, in which form, with which values."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.catalog.language import load_language
from pipelines.mentions import DateMention
from pipelines.parse.date_items import LETTERS
from pipelines.parse.dates import find_dates

FR = load_language("fr")


def find_one(text: str) -> DateMention:
    (mention,) = find_dates(text, FR)
    return mention


@pytest.mark.parametrize(
    ("text", "words", "form"),
    [
        ("L'attaque de ce 09 septembre 2025 a", "ce 09 septembre 2025", "day"),
        ("le 1er mars 2024", "le 1er mars 2024", "day"),
        ("dans la matinée du samedi 04 janvier 2020", "dans la matinée du samedi 04 janvier 2020", "day"),
        ("DIMANCHE 14 SEPTEMBRE 2025", "DIMANCHE 14 SEPTEMBRE 2025", "day"),
        ("Niamey, 24 sept. (ANP)", "24 sept.", "day"),
        ("le deux mai", "le deux mai", "day"),
        ("lundi15, à Gao", "lundi15", "day"),
        ("dans la soirée du lundi 17, le village", "dans la soirée du lundi 17", "day"),
        ("Le 18, dans le secteur", "Le 18", "day"),
        ("le 12/03/2024", "le 12/03/2024", "day"),
        ("le 12.03.2024.", "le 12.03.2024", "day"),
        ("samedi 06-09-25", "samedi 06-09-25", "day"),
        ("le 06/09 à Gao", "le 06/09", "day"),
        ("2024-03-12", "2024-03-12", "day"),
        ("le 19 août dernier", "le 19 août dernier", "day"),
        ("du 22 au 28 août", "du 22 au 28 août", "range"),
        ("DU 28 DECEMBRE 2021 AU 02 JANVIER 2022", "DU 28 DECEMBRE 2021 AU 02 JANVIER 2022", "range"),
        ("entre le 9 et le 15", "entre le 9 et le 15", "range"),
        ("les 12 et 13 mars", "les 12 et 13 mars", "range"),
        ("de lundi à mercredi", "de lundi à mercredi", "range"),
        ("vendredi et samedi", "vendredi et samedi", "range"),
        ("Semaine du 05 au 11 décembre 2022", "Semaine du 05 au 11 décembre 2022", "range"),
        ("dans la nuit du 12 au 13", "dans la nuit du 12 au 13", "night"),
        ("dans la nuit du 28 février au 1er mars", "dans la nuit du 28 février au 1er mars", "night"),
        ("cette nuit du 24 au 25", "cette nuit du 24 au 25", "night"),
        ("dans la nuit de dimanche à hier", "dans la nuit de dimanche à hier", "night"),
        ("Le lendemain 5 février 2022", "Le lendemain 5 février 2022", "day"),
        ("dans la nuit de lundi à mardi,", "dans la nuit de lundi à mardi", "night"),
        ("la veille dimanche", "la veille dimanche", "weekday"),
        ("courant la même journée du dimanche", "la même journée du dimanche", "weekday"),
        ("tard dans la nuit de mardi 3 au mercredi 4 mars", "tard dans la nuit de mardi 3 au mercredi 4 mars", "night"),
        ("L'attaque remonte à quarante-huit heures", "remonte à quarante-huit heures", "offset"),
        ("il y a plus de deux semaines", "il y a plus de deux semaines", "recent"),
        ("Récemment, à Gao", "Récemment", "recent"),
        ("A la fin de l'année 2017", "la fin de l'année 2017", "month_part"),
        ("début 2018", "début 2018", "month_part"),
        ("lundi dernier", "lundi dernier", "weekday"),
        ("ce vendredi", "ce vendredi", "weekday"),
        ("mercredi après-midi", "mercredi après-midi", "weekday"),
        ("hier", "hier", "offset"),
        ("Avant-hier", "Avant-hier", "offset"),
        ("aujourd'hui", "aujourd'hui", "offset"),
        ("Hier mercredi, à", "Hier mercredi", "offset"),
        ("ce matin", "ce matin", "offset"),
        ("La veille,", "La veille", "offset"),
        ("dès le lendemain", "lendemain", "offset"),
        ("deux jours plus tard", "deux jours plus tard", "offset"),
        ("Quarante-huit heures plus tôt", "Quarante-huit heures plus tôt", "offset"),
        ("il y a trois jours", "il y a trois jours", "offset"),
        ("le même jour", "le même jour", "same_day"),
        ("à la même date", "la même date", "same_day"),
        ("ce jour-là", "ce jour-là", "same_day"),
        ("le matin même", "le matin même", "same_day"),
        ("deux heures plus tard", "deux heures plus tard", "same_day"),
        ("Au même moment", "Au même moment", "same_day"),
        ("sur la même période", "la même période", "same_period"),
        ("au cours de la période", "au cours de la période", "period"),
        ("cette nuit", "cette nuit", "last_days"),
        ("la semaine écoulée", "la semaine écoulée", "week"),
        ("en début de semaine", "début de semaine", "week"),
        ("ce week-end", "ce week-end", "weekend"),
        ("le week-end du 13 et 14 septembre", "le week-end du 13 et 14 septembre", "range"),
        ("en janvier", "en janvier", "month"),
        ("en septembre 2023,", "en septembre 2023", "month"),
        ("à la mi-juin", "la mi-juin", "month_part"),
        ("fin décembre 2021", "fin décembre 2021", "month_part"),
        ("les dix derniers jours de juin", "dix derniers jours de juin", "month_part"),
        ("de janvier à juin", "de janvier à juin", "month_range"),
        ("en 2021", "en 2021", "year"),
        ("l'an dernier", "l'an dernier", "year"),
        ("jour de Tabaski", "jour de Tabaski", "feast"),
        ("premier jour du Ramadan", "premier jour du Ramadan", "feast"),
        ("veille de Tabaski", "veille de Tabaski", "feast"),
        ("quelques jours plus tôt", "quelques jours plus tôt", "vague"),
        ("mercredi prochain", "mercredi prochain", "vague"),
    ],
)
def test_each_form_is_found(text: str, words: str, form: str) -> None:
    mention = find_one(text)
    assert (mention.span.text, mention.form) == (words, form)
    assert text[mention.span.start : mention.span.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "vers 12h45, à 09:30, à 9 heures",
        "le 12 militaires, les 3 soldats, le 5 terroristes",
        "de 10 à 15 assaillants, entre 10 et 15 morts",
        "au lendemain des élections, la veille de la fête",
        "sept morts, les sept. Mais",
        "en plein Ramadan",
        "The attack on Monday, 12 March, killed 3",
        "score 2-1, 12-13 ans, 45.12.99.4",
        "le 2ème bataillon, la 7e région",
        "À ce jour, rien",
        "trois semaines, une semaine, par semaine",
        "",
    ],
)
def test_words_that_are_no_dates(text: str) -> None:
    assert find_dates(text, FR) == []


def test_a_list_of_days_is_taken_apart_and_shares_its_month() -> None:
    told = [(m.day, m.month) for m in find_dates("Le 9, le 12 et le 15 mars ; les 5 et 9 avril", FR)]
    assert told == [(9, 3), (12, 3), (15, 3), (5, 4), (9, 4)]
    assert [m.weekday for m in find_dates("lundi et mercredi", FR)] == [0, 2]


def test_a_weekday_before_a_count_is_only_a_weekday() -> None:
    assert find_one("vendredi, 02 terroristes").span.text == "vendredi"
    assert find_one("lundi 12 militaires").span.text == "lundi"


def test_a_blank_line_parts_dates() -> None:
    assert [m.span.text for m in find_dates("le 12\n\nmai 2020", FR)] == ["le 12", "mai 2020"]
    assert find_one("le 12\nmars 2020").month == 3


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("selon un communiqué publié mardi", "report"),
        ("a-t-on appris lundi", "report"),
        ("indique un communiqué daté du samedi 21 juin", "report"),
        ("une attaque survenue mardi", None),
        ("le communiqué publié après l'attaque de mardi", None),
        ("depuis dimanche 24 août", "since"),
        ("depuis janvier", "since"),
    ],
)
def test_the_day_of_the_telling_and_the_beginning_are_marked(text: str, part: str | None) -> None:
    assert find_one(text).part == part


PIECES = st.sampled_from(
    [word for words in FR.section("dates")["classes"].values() for word in words]
    + [
        *FR.section("dates")["months"],
        *FR.section("dates")["weekdays"],
        "12",
        "1er",
        "2024",
        "12/03/2024",
        "\n\n",
        ".",
        "hier",
    ]
)


@given(st.one_of(st.lists(PIECES, max_size=20).map(" ".join), st.text(max_size=60)))
@settings(max_examples=300)
def test_mentions_stand_in_order_and_are_substrings(text: str) -> None:
    mentions = find_dates(text, FR)
    for mention in mentions:
        assert text[mention.span.start : mention.span.end] == mention.span.text
        assert mention.span.text.strip()
    assert all(left.span.end <= right.span.start for left, right in pairwise(mentions))


def test_every_class_has_its_own_letter() -> None:
    assert len(set(LETTERS.values())) == len(LETTERS)
    assert set(FR.section("dates")["classes"]) <= set(LETTERS)
