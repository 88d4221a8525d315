"""Parties: found by their names, named by their class, dated by their regime; wrong catalogs are refused."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.catalog.actors import Actors, load_actors
from pipelines.errors import ConfigError


@pytest.fixture(scope="module")
def actors() -> Actors:
    return load_actors()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Les FAMa ont riposté", ["Military Forces of Mali"]),
        ("des éléments d'AQMI et du MUJAO", ["AQIM", "MUJAO"]),
        ("le Jnim, lié à Al-Qaïda", ["JNIM", "AQIM"]),
        ("la force française Barkhane", ["Military Forces of France"]),
        ("les Forces armées nigériennes (FAN)", ["Military Forces of Niger"]),
        ("le vent du nord", []),
        ("antenne, cimetière, fabuleux", []),
    ],
)
def test_names_are_found_whole(actors: Actors, text: str, names: list[str]) -> None:
    assert [hit.actor.name for hit in actors.find(text)] == names


def test_an_acronym_is_found_in_capitals_only(actors: Actors) -> None:
    assert actors.find("une ant rouge") == []
    assert [hit.actor.name for hit in actors.find("l'ANT")] == ["Military Forces of Chad"]


@pytest.mark.parametrize(
    ("actor_class", "country", "name"),
    [
        ("army", "ML", "Military Forces of Mali"),
        ("fighters", "TG", "Unidentified Armed Group (Togo)"),
        ("civilians", "CI", "Civilians (Ivory Coast)"),
        ("customs", "BF", "Customs of Burkina Faso"),
    ],
)
def test_a_class_is_named_by_its_country(actors: Actors, actor_class: str, country: str, name: str) -> None:
    assert actors.name_class(actor_class, country) == name


def test_regimes_date_an_army(actors: Actors) -> None:
    army = actors.actor("ne/army")
    assert army.name_on(date(2024, 1, 1)) == "Military Forces of Niger (2023-)"
    assert army.name_on(None) == army.name
    assert actors.actor("jnim").name_on(date(2024, 1, 1)) == "JNIM"


def test_acled_classes_of_names(actors: Actors) -> None:
    assert actors.inter("JNIM") == 2
    assert actors.inter("Civilians (Mali)") == 7
    assert actors.inter("nobody at all") is None


def test_a_users_folder_adds_a_group(tmp_path: Path) -> None:
    (tmp_path / "groups.yml").write_text("actors:\n  new: {name: New Front, class: group, forms: [Front nouveau]}\n")
    found = load_actors(tmp_path).find("Le Front nouveau a frappé")
    assert [hit.actor.name for hit in found] == ["New Front"]


@pytest.mark.parametrize(
    "text",
    ["actors:\n  x: {name: X, forms: [X]}\n", "actors:\n  x: {name: X, class: nowhere, forms: [X]}\n", "colour: red\n"],
)
def test_a_wrong_group_is_refused_by_its_key(tmp_path: Path, text: str) -> None:
    (tmp_path / "groups.yml").write_text(text)
    with pytest.raises(ConfigError):
        load_actors(tmp_path)


@given(st.text(max_size=300))
def test_hits_lie_in_the_text_in_order(text: str) -> None:
    hits = load_actors().find(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(a.end <= b.start for a, b in pairwise(hits))
