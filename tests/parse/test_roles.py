"""Who acted against whom, what kind of event it was, and who says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.parse.readings import only, read

ROLES = [
    ("Lundi à Niono, des hommes armés ont attaqué une patrouille des FAMa.", "non-state", "state"),
    ("Lundi à Niono, les FAMa ont attaqué une base terroriste.", "state", "non-state"),
    ("Une patrouille est tombée dans une embuscade tendue par le JNIM lundi à Niono.", "non-state", "state"),
    ("Le poste de Niono a été pris pour cible lundi par des terroristes.", "non-state", "state"),
    ("Lundi, l'armée a repoussé une attaque de terroristes à Niono.", "non-state", "state"),
    (
        "Dix terroristes ont été tués lundi lors d'une offensive contre une base jihadiste à Niono.",
        "state",
        "non-state",
    ),
    ("Lundi à Niono, un engin explosif improvisé a explosé au passage d'un convoi militaire.", None, "state"),
    ("Six villageois ont été enlevés lundi à Niono par des individus armés.", "non-state", "civilian"),
]


@pytest.mark.parametrize(("text", "initiator", "target"), ROLES)
def test_sides(text: str, initiator: str | None, target: str) -> None:
    report = only(text)
    assert (report.initiator.side if report.initiator else None) == initiator
    assert report.target is not None
    assert report.target.side == target


TYPES = [
    ("Une frappe aérienne a neutralisé dix terroristes lundi à Niono.", "Air/drone strike"),
    ("Un véhicule des FAMa a sauté sur une mine lundi près de Niono : deux blessés.", "Remote explosive/landmine/IED"),
    ("Un kamikaze s'est fait exploser lundi à Gao : trois soldats tués.", "Suicide bomb"),
    (
        "Des obus de mortier sont tombés sur le camp de Gao lundi : deux soldats blessés.",
        "Shelling/artillery/missile attack",
    ),
    ("Des terroristes ont exécuté sept paysans lundi à Niono.", "Attack"),
    ("Trois suspects ont été interpellés lundi à Niono par les FAMa.", "Arrests"),
    ("Lundi à Niono, les FAMa ont découvert une cache d'armes. Dix fusils ont été saisis.", "Disrupted weapons use"),
    ("Six agents de santé ont été enlevés lundi à Niono.", "Abduction/forced disappearance"),
    ("Des hommes armés ont incendié la mairie de Niono lundi.", "Looting/property destruction"),
    ("Dix combattants se sont rendus aux FAMa lundi à Niono.", "Change to group/activity"),
    ("Un accrochage a opposé lundi les FAMa à des terroristes à Niono.", "Armed clash"),
    ("Le camp de Niono a essuyé des tirs de roquettes lundi.", "Shelling/artillery/missile attack"),
    ("Le poste de Niono a été pris pour cible par des tirs d'obus lundi.", "Shelling/artillery/missile attack"),
    ("Des hommes armés ont emporté le chef de village de Niono lundi.", "Abduction/forced disappearance"),
    ("Le maire de Niono a été relâché lundi par ses ravisseurs.", "Other"),
    ("Le JNIM a pris lundi le contrôle de la ville de Boni.", "Non-state actor overtakes territory"),
    ("L'armée malienne a repris, lundi 3 mars, la ville de Boni.", "Government regains territory"),
    ("Quinze civils ont été tués lundi par un drone à Boni.", "Air/drone strike"),
    ("Un véhicule piégé conduit par un kamikaze a explosé lundi devant le camp de Boni.", "Suicide bomb"),
    ("Des obus sont tombés lundi sur l'aéroport de Boni, tuant un soldat.", "Shelling/artillery/missile attack"),
    ("Des hommes armés ont violé lundi plusieurs femmes à Boni.", "Sexual violence"),
]


@pytest.mark.parametrize(("text", "kind"), TYPES)
def test_types(text: str, kind: str) -> None:
    assert only(text).sub_event_type == kind


@pytest.mark.parametrize(
    "text",
    [
        "Le maire de Niono, enlevé le 10 janvier 2025, a été libéré lundi 3 mars 2025.",
        "Deux otages enlevés le 10 janvier 2025 à Niono ont retrouvé la liberté lundi 3 mars 2025.",
    ],
)
def test_a_release_has_its_own_day(text: str) -> None:
    report = only(text)
    assert (report.sub_event_type, str(report.when.start)) == ("Other", "2025-03-03")


VOICES = [
    ("Selon un communiqué de l'État-major général des armées, une frappe a visé une base à Niono lundi.",
     "État-major général des armées"),
    ("Deux civils ont été tués lundi dans l'attaque de Niono, selon des sources sécuritaires.", "sources sécuritaires"),
    ("Le JNIM affirme avoir tué dix soldats lundi dans une attaque à Niono.", "JNIM"),
    ("Deux soldats ont été tués lundi dans une attaque à Niono.", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "claimant"), VOICES)
def test_voices(text: str, claimant: str | None) -> None:
    assert only(text).claimant == claimant


def test_the_country_is_that_of_the_forces_named() -> None:
    report = only("L'armée malienne a perdu six soldats maliens lundi dans une embuscade à Dioura.", country="FR")
    assert report.where.country == "ML"
    assert report.target is not None
    assert report.target.name == "Military Forces of Mali"


CASES = yaml.safe_load((Path(__file__).parent / "roles.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=str(number)) for number, case in enumerate(CASES)])
def test_names_types_and_voices(case: dict[str, Any]) -> None:
    (report,) = read(case["text"], published="2023-05-04").reports
    parties = [party.name if party else None for party in (report.initiator, report.target)]
    told = {"names": parties, "type": report.sub_event_type, "by": report.claimant}
    assert {key: told[key] for key in case if key != "text"} == {key: case[key] for key in case if key != "text"}
