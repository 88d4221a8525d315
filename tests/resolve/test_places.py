"""From phrases to one place: homonyms, moved points, units of the day, and what stays open."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.catalog.country import Atlas, load_atlas
from pipelines.catalog.gazetteer import HEADER
from pipelines.catalog.geo import measure_km
from pipelines.catalog.language import load_language
from pipelines.models import Issue, Where
from pipelines.parse.places import find_places
from pipelines.resolve.place_survey import survey_places
from pipelines.resolve.places import resolve_place

DAY = date(2024, 6, 1)


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


def resolve(
    text: str, atlas: Atlas, *, day: date | None = DAY, country: str = "ML", article: str = ""
) -> tuple[Where, tuple[Issue, ...]]:
    lexicon = load_language("fr")
    told = find_places(text, lexicon, atlas)
    others = find_places(article, lexicon, atlas)
    return resolve_place(told, article=survey_places([*told, *others], atlas), day=day, outlet_country=country)


def test_a_point_is_moved_by_distance_and_bearing(atlas: Atlas) -> None:
    town, _ = resolve("à Tessit", atlas)
    where, issues = resolve("à 22 km au sud-ouest de Tessit", atlas)
    assert town.latitude
    assert town.longitude
    assert where.latitude
    assert where.longitude
    assert not issues
    assert abs(measure_km(town.latitude, town.longitude, where.latitude, where.longitude) - 22) < 0.1
    assert where.latitude < town.latitude
    assert where.longitude < town.longitude
    assert (where.relation, where.place, where.admin1, where.distance_km) == ("near", "Tessit", "Gao", 22)


@pytest.mark.parametrize(
    ("text", "relation", "has_point"),
    [
        ("à Niono", "at", True),
        ("dans le secteur de Niono", "near", True),
        ("à 20 km de Niono", "near", True),
        ("à 40 km de Niono", "near", False),
        ("à 40 km au nord de Niono", "near", True),
        ("au nord de Niono", "near", True),
        ("entre Koro et Bandiagara", "between", False),
        ("sur l'axe Bandiagara-Sévaré", "between", True),
        ("dans le cercle de Niono", "admin2", False),
        ("dans la région de Ségou", "admin1", False),
        ("au Mali", "country", False),
    ],
)
def test_what_gets_a_point(text: str, relation: str, has_point: bool, atlas: Atlas) -> None:
    where, _ = resolve(text, atlas)
    assert where.relation == relation
    assert (where.latitude is not None) == (where.longitude is not None) == has_point


@pytest.mark.parametrize(
    ("text", "country", "admin1"),
    [
        ("à Boni, dans le cercle de Douentza", "ML", "Douentza"),
        ("à Boni, dans la province du Tuy", "BF", "Hauts-Bassins"),
        ("à Koumbia, dans le cercle de Yorosso", "ML", "Koutiala"),
        ("à Bamba, dans le cercle de Koro", "ML", "Bandiagara"),
        ("à Bamba, dans la région de Gao", "ML", "Gao"),
        ("dans le département de Téra", "NE", "Tillabéri"),
        ("dans la province du Lac", "TD", "Lac"),
    ],
)
def test_the_text_decides_among_homonyms(text: str, country: str, admin1: str, atlas: Atlas) -> None:
    where, _ = resolve(text, atlas, country=country)
    assert (where.country, where.admin1) == (country, admin1)


def test_the_outlet_and_the_other_places_decide_when_the_text_does_not(atlas: Atlas) -> None:
    here, _ = resolve("à Boni", atlas, country="ML", article="à Hombori, à Douentza")
    there, _ = resolve("à Boni", atlas, country="BF", article="à Houndé, à Béréba")
    assert (here.country, there.country) == ("ML", "BF")
    assert "not Boni" in here.description


@pytest.mark.parametrize(
    ("text", "day", "admin2", "admin1"),
    [
        ("à Djibo", date(2025, 7, 1), "Soum", "Sahel"),
        ("à Djibo", date(2025, 7, 2), "Djelgodji", "Soum"),
        ("Foutouri, dans l'Est", date(2025, 8, 20), "Komandjari", "Sirba"),
        ("dans la région de l'Est", date(2025, 8, 20), None, "Goulmou"),
        ("dans la région de l'Est", date(2025, 6, 20), None, "Est"),
    ],
)
def test_units_are_those_of_the_day(text: str, day: date, admin2: str | None, admin1: str, atlas: Atlas) -> None:
    where, _ = resolve(text, atlas, day=day, country="BF")
    assert (where.admin2, where.admin1) == (admin2, admin1)


def test_an_unknown_place_keeps_its_words_within_the_finest_unit(atlas: Atlas) -> None:
    where, [issue] = resolve("le village de Farambougou, dans le cercle de Niono", atlas)
    assert (where.relation, where.place, where.location) == ("at", "Farambougou", None)
    assert (where.admin2, where.admin1, where.latitude) == ("Niono", "Ségou", None)
    assert (issue.stage, issue.code, issue.quote) == ("resolve", "unknown_place", "Farambougou")
    assert "Farabougou" in issue.detail


def test_a_line_of_csv_makes_an_unknown_place_known(tmp_path: Path) -> None:
    folder = tmp_path / "countries" / "ml"
    folder.mkdir(parents=True)
    header = "place,name,kind,latitude,longitude,units,aliases,geonameid,population,source,checked"
    row = "ml/farambougou,Farambougou,village,14.9,-6.1,ml:2:niono,,,,operator,coordinates"
    (folder / "places.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    where, issues = resolve("à Farambougou", load_atlas(tmp_path))
    assert (where.location, where.latitude, where.admin1, issues) == ("Farambougou", 14.9, "Ségou", ())


def test_an_unknown_place_takes_the_point_told_beside_it(atlas: Atlas) -> None:
    where, issues = resolve("le village de Xyzabou, à 40 km au nord de Gao", atlas)
    assert where.latitude is not None
    assert 16.5 < where.latitude < 16.8
    assert where.admin1 == "Gao"
    assert issues


@pytest.mark.parametrize(
    ("text", "article", "admin1"),
    [
        ("dans le village de Kassela", "dans les communes de Goundaka et de Sangha, dans la région de Mopti", "Mopti"),
        ("à Xyzabou, au Cameroun", "à Gao, dans la région de Gao, à Ansongo", None),
    ],
)
def test_what_lies_far_from_all_that_is_told_stays_unknown(
    text: str, article: str, admin1: str | None, atlas: Atlas
) -> None:
    where, [issue] = resolve(text, atlas, article=article)
    assert (where.latitude, where.admin1, issue.code) == (None, admin1, "unknown_place")


def test_the_country_told_once_holds_for_the_name(atlas: Atlas) -> None:
    where, _ = resolve("à Bondéri", atlas, country="TD", article="à Bondéri, au Cameroun, à Bol, à Bagassola")
    assert where.latitude is None


@pytest.mark.parametrize(
    ("text", "country", "admin3", "admin2"),
    [
        ("à Tessit", "ML", "Tessit", "Tessit"),
        ("dans la commune de Haribomo", "ML", "Haribomo", "Gourma-Rharous"),
        ("à Xyzabou, commune de Djaptodji", "ML", "Djaptodji", "Douentza"),
        ("à Xyzabou, dans la commune de Koutougou", "BF", "Koutougou", "Soum"),
    ],
)
def test_communes_are_the_third_level(text: str, country: str, admin3: str, admin2: str, atlas: Atlas) -> None:
    where, _ = resolve(text, atlas, country=country)
    assert (where.admin3, where.admin2) == (admin3, admin2)


@pytest.mark.parametrize(
    ("text", "article", "latitude"),
    [
        ("à Xyzabou", "à Konna, à Sévaré, à Mopti", 14.5),  # the other lies at Ansongo, far from all that is named
        ("à Xyzabou, dans le cercle d'Ansongo", "à Konna", 15.6),
        ("à Xyzabou", "", None),
    ],
)
def test_among_homonyms_of_geonames_the_text_must_decide(
    text: str, article: str, latitude: float | None, tmp_path: Path
) -> None:
    points = [("1", "14.5", "-4.1", "ml:2:mopti"), ("2", "15.6", "0.5", "ml:2:ansongo")]
    lines = [f"{n}\tXyzabou\tvillage\t{lat}\t{lon}\tML\t{unit}\t0\txyzabou=xizabu" for n, lat, lon, unit in points]
    (tmp_path / "ML.tsv").write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    where, issues = resolve(text, load_atlas(gazetteer=tmp_path), article=article)
    assert where.latitude == latitude
    assert [issue.code for issue in issues] == ([] if latitude else ["ambiguous_place"])


def test_a_town_across_the_border_is_taken_near_the_article_s_other_places(atlas: Atlas) -> None:
    where, issues = resolve("dans la zone de Malamfatori", atlas, country="NE", article="à Bosso, à N'Guigmi, à Diffa")
    assert (where.country, where.admin1, issues) == ("NG", "Borno", ())


def test_a_distance_from_another_town_does_not_move_a_known_place(atlas: Atlas) -> None:
    alone, _ = resolve("à Douékiré", atlas)
    where, _ = resolve("près de Douékiré, à 45 km à l'ouest de Tombouctou", atlas)
    assert (where.relation, where.latitude, where.longitude) == ("near", alone.latitude, alone.longitude)


def test_a_distance_from_a_unit_is_told_from_its_seat(atlas: Atlas) -> None:
    where, _ = resolve("à 15 km au sud du département de Téra", atlas, country="NE")
    seat = atlas.place("ne/tera")
    assert seat is not None
    assert seat.latitude is not None
    assert where.relation == "near"
    assert where.latitude == pytest.approx(seat.latitude - 15 / 111.2, abs=0.01)


def test_a_quarter_lies_in_its_town(atlas: Atlas) -> None:
    where, issues = resolve("au quartier Xyzabou, au centre de Niamey", atlas, country="NE")
    assert (where.place, where.location, where.admin1, issues) == ("Xyzabou", "Niamey", "Niamey", ())


def test_a_point_told_from_a_town_lies_in_the_town_s_country(atlas: Atlas) -> None:
    where, _ = resolve("le poste de Xyzabou, à 45 km au sud-est de Sikasso", atlas)
    assert (where.country, where.admin1) == ("ML", "Sikasso")
    assert where.latitude is not None


def test_a_village_abroad_is_not_taken_by_its_name_alone(atlas: Atlas) -> None:
    where, issues = resolve("à Gomboro", atlas, country="ML", article="à Gao, à Kidal, à Ménaka")
    assert where.latitude is None
    assert where.country == "ML"
    assert issues[0].code == "unknown_place"


def test_an_unknown_village_lies_in_the_region_of_the_place_told_beside_it(atlas: Atlas) -> None:
    region = "Dans la région de Bankui, un calme. "
    text = "à Xyzabou, au nord de Barsalogho"
    where, issues = resolve(region + text, atlas, day=date(2025, 11, 1), country="BF")
    assert (where.place, where.admin1, issues[0].code) == ("Xyzabou", "Kuilsé", "unknown_place")


def test_a_region_told_after_an_unknown_village_is_rather_the_next_event_s(atlas: Atlas) -> None:
    text = "Dans la région du Centre-Nord, des tirs ont fait un mort chez les assaillants dans la zone de Xyzabou. "
    told = find_places(text + "Autre lieu, dans la région de l'Est : rien.", load_language("fr"), atlas)
    where, _ = resolve_place(told[1:2], article=survey_places(told, atlas), day=DAY, outlet_country="BF")
    assert (where.place, where.admin1) == ("Xyzabou", "Centre-Nord")


def test_a_park_may_bear_a_single_letter(atlas: Atlas) -> None:
    where, issues = resolve("dans le parc W, au nord du Bénin", atlas, country="BJ")
    assert (where.location, where.admin1, issues) == ("Parc W", "Alibori", ())


def test_no_place_at_all_is_the_article_s_country(atlas: Atlas) -> None:
    where, issues = resolve("rien de nouveau", atlas)
    assert (where.relation, where.country, where.admin1, issues) == ("country", "ML", None, ())


def test_a_journey_without_a_site_lies_between_its_ends(atlas: Atlas) -> None:
    where, _ = resolve("un convoi parti de Dori pour ravitailler Gorom-Gorom", atlas, country="BF")
    assert (where.relation, where.place) == ("between", "Dori - Gorom-Gorom")


def test_a_journey_of_which_only_the_start_is_told_lies_near_it(atlas: Atlas) -> None:
    where, _ = resolve("un bus venant de Konna", atlas)
    assert (where.relation, where.location) == ("near", "Konna")
    where, _ = resolve("un bus venant de Bamako", atlas)
    assert where.relation == "country"


def test_a_direction_that_is_a_region_abroad_does_not_move_the_place_there(atlas: Atlas) -> None:
    where, issues = resolve("à Ouahigouya, dans le Nord-Ouest du pays", atlas, country="BF")
    assert (where.country, where.admin1, issues) == ("BF", "Nord", ())


def test_a_direction_is_no_region_in_which_the_place_must_lie(atlas: Atlas) -> None:
    where, issues = resolve("à Kongoussi, dans le Nord", atlas, country="BF", day=date(2024, 2, 25))
    assert (where.location, where.admin1, issues) == ("Kongoussi", "Centre-Nord", ())
    where, _ = resolve("à Xyzabou, dans le Nord", atlas, country="BF", day=date(2024, 2, 25))
    assert where.admin1 == "Nord"


def test_the_very_name_comes_before_another_one_that_is_told_so_too(atlas: Atlas) -> None:
    where, issues = resolve("à Dioura", atlas)
    assert (where.admin2, issues) == ("Ténenkou", ())


def test_a_town_lies_where_it_lies_whatever_region_the_event_names_beside_it(atlas: Atlas) -> None:
    where, issues = resolve("à Tahoua. Une mine dans la région de Diffa.", atlas, country="NE")
    assert (where.location, where.admin1, issues) == ("Tahoua", "Tahoua", ())


def test_an_unknown_place_near_a_known_one_has_its_point(atlas: Atlas) -> None:
    near, _ = resolve("à Tessit", atlas)
    where, issues = resolve("à Xyzabou, près de Tessit", atlas)
    assert (where.latitude, where.longitude, where.place) == (near.latitude, near.longitude, "Xyzabou")
    assert [issue.code for issue in issues] == ["unknown_place"]
    assert resolve("à Xyzabou, à 40 km de Tessit", atlas)[0].latitude is None


def test_the_same_region_is_all_that_a_phrase_of_it_tells(atlas: Atlas) -> None:
    where, _ = resolve("Dans la même région, deux morts", atlas, article="")
    assert where.admin1 is None
    told = find_places("à Tessit. Dans la même région, deux morts", load_language("fr"), atlas)
    where, _ = resolve_place(told[1:], article=survey_places(told, atlas), day=DAY, outlet_country="ML")
    assert (where.relation, where.admin1, where.location, where.latitude) == ("admin1", "Gao", None, None)


@pytest.mark.parametrize(
    ("text", "admin1"),
    [
        ("sur l'axe Gossi-Gao", None),  # from one region to another
        ("sur l'axe Ansongo-Gao", "Gao"),
        ("entre Bamako et Kati", "Koulikoro"),  # the district of the capital is left at once
        ("à 40 km de Bamako", "Koulikoro"),
        ("à 40 km de Gao", "Gao"),
    ],
)
def test_the_region_of_what_lies_between_or_around(text: str, admin1: str | None, atlas: Atlas) -> None:
    assert resolve(text, atlas)[0].admin1 == admin1


def test_the_far_end_of_a_road_need_not_lie_in_the_region_told(atlas: Atlas) -> None:
    where, _ = resolve("sur l'axe Djibo-Bourzanga, dans le Sahel", atlas, country="BF")
    assert (where.location, where.latitude is None) == ("Djibo - Bourzanga", False)


@pytest.mark.parametrize(
    ("text", "location"),
    [
        ("deux hommes opérant à Tessit se sont rendus", "Tessit"),
        ("les habitants de Tessit ont fui", "Tessit"),
        ("les autorités de Bamako ont parlé", None),  # a capital speaks for its country
    ],
)
def test_where_people_are_at_home_they_are_met_if_no_other_place_is_told(
    text: str, location: str | None, atlas: Atlas
) -> None:
    assert resolve(text, atlas)[0].location == location


def test_an_unknown_village_takes_the_region_of_its_point(atlas: Atlas) -> None:
    where, _ = resolve("à Xyzabou, à 45 km au sud-est de Sikasso", atlas, article="dans la région de Ségou. À Niono,")
    assert (where.admin1, where.latitude is not None) == ("Sikasso", True)


def test_a_namesake_far_from_the_town_told_beside_it_is_not_meant(atlas: Atlas) -> None:
    where, _ = resolve("à Kaya, à 5 kilomètres de Bol", atlas, country="TD")  # and no town of Burkina Faso
    assert (where.country, where.admin1) == ("TD", "Lac")


def test_a_namesake_that_only_geonames_has_is_no_rival_of_a_town(tmp_path: Path) -> None:
    told = "\t".join(("7", "Niamé", "village", "13.6708", "1.79068", "NE", "ne:2:kollo", "0", "niamey=niamei"))
    (tmp_path / "NE.tsv").write_text(f"{HEADER}{told}\n", encoding="utf-8")
    rich = load_atlas(gazetteer=tmp_path)
    where, issues = resolve("à Niamey", rich, country="NE", article="dans la région de Tillabéri")
    assert (where.location, where.latitude is not None, issues) == ("Niamey", True, ())


def test_a_place_is_told_as_a_quarter_by_the_words_after_it(atlas: Atlas) -> None:
    assert resolve("à Xyzabou, un quartier de Bamako", atlas)[0].location == "Bamako"


def test_the_same_phrase_gives_the_same_point(atlas: Atlas) -> None:
    once = resolve("à 15 km à l'est d'Ansongo", atlas)
    assert once == resolve("à 15 km à l'est d'Ansongo", atlas)
