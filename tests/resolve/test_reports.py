"""Claims understood: days against their chain, incidents told twice, confidence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.resolve.confidence import weigh_signals
from tests.parse.readings import read

DAYS = [
    ("Le 26 février, une embuscade a tué deux soldats à Niono. Le lendemain, une frappe a visé une base à Diabaly.",
     [date(2025, 2, 26), date(2025, 2, 27)]),
    ("L'armée annonce que le 14 février deux soldats ont été tués dans une attaque à Niono.", [date(2025, 2, 14)]),
    ("Dans un communiqué publié mardi, l'armée déplore deux soldats tués dans une attaque dimanche à Niono.",
     [date(2025, 3, 2)]),
    ("Le 1er mars, soit deux jours plus tard, les FAMa ont attaqué une base à Niono.", [date(2025, 3, 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "days"), DAYS)
def test_days(text: str, days: list[date]) -> None:
    assert [report.when.start for report in read(text).reports] == days


def test_an_incident_told_twice_is_one() -> None:
    text = (
        "Une attaque a fait cinq morts parmi les soldats lundi à Dioura.\n\n"
        "Le camp de Dioura a été attaqué lundi à l'aube par des terroristes. Cinq soldats ont été tués."
    )
    reports = read(text).reports
    assert len(reports) == 1
    assert [toll.figure.best for toll in reports[0].tolls] == [5]


def test_a_rival_figure_is_left_out() -> None:
    text = (
        "L'armée annonce la mort de neuf soldats lundi dans une embuscade à Dioura. Un élu parle de seize soldats tués."
    )
    assert [toll.figure.best for toll in read(text).reports[0].tolls] == [9]


@given(st.lists(st.sampled_from(["own_date", "own_place", "toll", "background", "no_place", "unheard_of"])))
def test_confidence_is_a_probability_of_named_signals(signals: list[str]) -> None:
    value = weigh_signals(signals)
    assert 0 < value < 1
    assert weigh_signals([*signals, "own_date"]) >= value


def test_what_is_recalled_from_weeks_before_does_not_rest_on_the_voice_of_the_news() -> None:
    news = "L'état-major annonce que trois soldats ont été tués lundi 3 mars à Mondoro."
    recalled = "Le 20 janvier, des hommes armés avaient attaqué le marché de Bankass, tuant dix civils."
    reports = read(f"{news} {recalled}").reports
    assert [report.claimant for report in reports] == ["État-major général des armées", None]
    weekly = "Le 25 février, des hommes armés ont attaqué le marché de Bankass, tuant dix civils."
    assert {report.claimant for report in read(f"{news} {weekly}").reports} == {"État-major général des armées"}


def test_where_something_was_told_is_not_where_it_happened() -> None:
    text = "Onze militaires ont été tués lundi à Tessit, ont indiqué mardi à Bamako des sources militaires."
    assert [report.where.place for report in read(text).reports] == ["Tessit"]


def test_an_advanced_post_says_nothing() -> None:
    text = "Dix soldats ont péri dans une attaque attribuée au JNIM contre leur poste avancé, lundi 3 mars, à Mondoro."
    assert [report.claimant for report in read(text).reports] == [None]
