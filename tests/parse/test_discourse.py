"""When a sentence goes on with the incident being told, and when it opens another."""

from __future__ import annotations

import pytest

from tests.parse.readings import only, read

ONE_MORE = [
    (
        "Lundi, des terroristes ont attaqué le camp de Boni. Trois soldats ont été tués. Une seconde attaque, le même "
        "jour, a visé un poste de gendarmerie à Hombori : deux gendarmes sont morts.",
        ["Boni", "Hombori"],
    ),
    (
        "Des hommes armés ont attaqué samedi le marché de Ber, tuant cinq civils. La deuxième attaque, que le JNIM a "
        "revendiquée, visait un convoi de l'armée entre Ansongo et Ménaka.",
        ["Ber", "Ansongo - Ménaka"],
    ),
    (
        "Dimanche, une mine a tué quatre soldats à Boni. La troisième enfin, à Konna, avait pour cible un camion de la "
        "formation agricole.",
        ["Boni", "Konna"],
    ),
    (
        "Mercredi, un poste a été pris d'assaut à Mondoro. Six soldats ont péri. Un autre groupe a tenté, cette même "
        "nuit, de s'en prendre à la brigade de gendarmerie.",
        ["Mondoro", "Mondoro"],
    ),
    (
        "Lundi, un véhicule de l'armée a sauté sur une mine à Ansongo. Deux soldats ont été tués.\n\nLe même jour, un "
        "camion civil a lui aussi sauté sur une mine. Trois passagers ont été blessés.",
        ["Ansongo", None],
    ),
    (
        "Mardi 4 mars, six passagers ont été enlevés à Konna. Le lendemain mercredi, ce fut le tour des passagers d'un "
        "autre car.",
        ["Konna", "Konna"],
    ),
]


@pytest.mark.parametrize(("text", "places"), ONE_MORE)
def test_one_more_incident_is_told_by_its_words(text: str, places: list[str | None]) -> None:
    assert [report.where.place for report in read(text, published="2025-03-06").reports] == places


GOES_ON = [
    "Dimanche, le camp de Boni a été attaqué. Un second assaut a été repoussé. Bilan : douze soldats tués.",
    "Mardi, des djihadistes ont attaqué la position de Boni. Un autre assaillant a été capturé. Huit soldats ont péri.",
    "Lundi, des terroristes ont attaqué Boni. Trois soldats ont été tués. Les assaillants ont été repoussés aux portes "
    "de Hombori.",
    "Samedi, des hommes armés ont attaqué le camp de Boni. Le campement onusien est au sud, à côté de Hombori. Deux "
    "soldats sont morts sur le coup.",
    "Mardi, dans la région de Douentza, des hommes armés ont tué douze civils. C'est dans le village de Boni que les "
    "villageois ont été surpris, mardi 4 mars.",
    "Une attaque a visé lundi un camp de l'armée à Boni.\n\nLe lundi 3 mars, à Boni, des véhicules ont été incendiés.",
    "Des hommes armés ont attaqué lundi la zone de Hombori, tuant dix-huit civils.\n\nLundi matin, des hommes à moto "
    "ont attaqué. Il y a eu dix-huit tués et quatre blessés à Boni, a dit un élu.",
]


@pytest.mark.parametrize("text", GOES_ON)
def test_what_goes_on_opens_no_other_incident(text: str) -> None:
    assert only(text).where.place == "Boni"


def test_the_longer_name_and_the_finer_day_of_two_tellings_hold() -> None:
    text = (
        "La semaine dernière, quatre captifs ont été exécutés à Toguéré-Koumbé.\n\nQuatre civils ont été retrouvés "
        "tués à Toguéré samedi."
    )
    report = only(text)
    assert (report.where.place, str(report.when.start)) == ("Toguéré-Koumbé", "2025-03-01")


def test_more_people_than_any_incident_are_a_sum() -> None:
    text = "Trois civils ont été tués samedi à Boni. Plus de 20 000 personnes y ont perdu la vie, selon une ONG."
    assert only(text).tolls[0].figure.best == 3
    assert [total.figure.best for total in read(text).totals] == [20_000]
