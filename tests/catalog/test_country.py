"""The atlas: which units were in force when, what holds a place, and what a loader refuses."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipelines.catalog.country import Atlas, load_atlas
from pipelines.catalog.gazetteer import Gazetteer, read_gazetteer
from pipelines.catalog.place_corrections import PlaceCorrection
from pipelines.errors import ConfigError
from pipelines.gazetteer import import_dump

BEFORE, AFTER = date(2023, 3, 12), date(2023, 3, 13)


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


@pytest.mark.parametrize(
    ("country", "day", "count"),
    [
        ("ML", date(2016, 1, 18), 9),
        ("ML", date(2016, 1, 19), 11),
        ("ML", BEFORE, 11),
        ("ML", AFTER, 20),
        ("ML", None, 20),
        ("BF", date(2025, 7, 1), 13),
        ("BF", date(2025, 7, 2), 17),
        ("NE", date(2020, 1, 1), 8),
        ("TD", None, 23),
        ("BJ", None, 12),
        ("TG", None, 5),
        ("CI", None, 14),
        ("MR", None, 15),
    ],
)
def test_first_level_by_day(atlas: Atlas, country: str, day: date | None, count: int) -> None:
    names = atlas.admin1_names(country, day)
    assert len(names) == len(set(names)) == count


@pytest.mark.parametrize(
    ("country", "day", "count"),
    [
        ("ML", date(2015, 1, 1), 49),
        ("BF", date(2025, 7, 1), 45),
        ("BF", date(2025, 7, 2), 47),
        ("NE", None, 64),
        ("BJ", None, 77),
        ("TG", None, 39),
        ("MR", None, 54),
        ("TD", None, 65),
        ("CI", None, 31),
    ],
)
def test_second_level_by_day(atlas: Atlas, country: str, day: date | None, count: int) -> None:
    assert len(atlas.units.in_force(country, 2, day)) == count


@pytest.mark.parametrize(("country", "count"), [("ML", 680), ("BF", 340), ("NE", 255)])
def test_communes_stand_today_and_before_the_reforms(atlas: Atlas, country: str, count: int) -> None:
    for day in (None, date(2015, 6, 1)):
        communes = atlas.units.in_force(country, 3, day)
        assert len(communes) >= count
        assert len({unit.id for unit in communes}) == len(communes)
        assert all(set(atlas.units.chain(unit.id, day)) == {1, 2, 3} for unit in communes)


@pytest.mark.parametrize(
    ("unit", "day", "admin2", "admin1"),
    [
        ("ml:3:tessit", BEFORE, "Ansongo", "Gao"),
        ("ml:3:tessit", AFTER, "Tessit", "Gao"),
        ("ml:3:ouelessebougou", AFTER, "Ouéléssébougou", "Bougouni"),
        ("bf:3:koutougou", date(2025, 7, 2), "Karo-Peli", "Soum"),
        ("bf:3:botou", date(2025, 7, 2), "Dyamongou", "Tapoa"),
        ("ne:3:karma", None, "Kollo", "Tillabéri"),
    ],
)
def test_a_commune_lies_in_the_units_of_the_day(
    atlas: Atlas, unit: str, day: date | None, admin2: str, admin1: str
) -> None:
    chain = atlas.units.chain(unit, day)
    assert (chain[2].name, chain[1].name) == (admin2, admin1)


@pytest.mark.parametrize(
    ("unit", "iso", "pcode"),
    [
        ("ml:1:gao", "ML-7", "ML07"),
        ("bf:2:soum", "BF-SOM", ""),
        ("bf:2:karo-peli", "", ""),
        ("ne:2:gaya", "", "NE003006"),
        ("ne:2:kollo", "", "NE006008"),
        ("td:1:lac", "TD-LC", "TD07"),
        ("ml:2:niono", "", "ML0404"),
        ("ml:2:bankass", "", ""),  # OCHA's code is of the cercle of the region of Mopti, until 2023
        ("bj:2:banikoara", "", "BJ0101"),
        ("mr:2:bassikounou", "", "MR012"),
    ],
)
def test_codes_of_units(atlas: Atlas, unit: str, iso: str, pcode: str) -> None:
    state = atlas.units.on(unit, None)
    assert state is not None
    assert (state.iso, state.pcode) == (iso, pcode)


PCODES = {"BF": "4,6", "BJ": "4,6", "ML": "4,6", "MR": "4,5", "NE": "5,8", "NG": "5", "TD": "4,6", "TG": "4,6"}


def test_p_codes_have_their_country_their_length_and_the_code_of_what_lies_above(atlas: Atlas) -> None:
    coded = [state for state in atlas.units.all_states() if state.pcode]
    above = {(state.id, state.pcode) for state in coded}
    assert Counter(state.level for state in coded) == {1: 124, 2: 395}
    for state in coded:
        lengths = PCODES[state.country].split(",")
        assert state.pcode[:2] == state.country
        assert state.pcode[2:].isdigit()
        assert len(state.pcode) == int(lengths[state.level - 1])
        if state.level == 2:
            assert (state.parent, state.pcode[: int(lengths[0])]) in above


def test_codes_are_borne_by_one_unit_each(atlas: Atlas) -> None:
    for column in ("iso", "pcode"):
        bearers: dict[str, set[str]] = {}
        for state in atlas.units.all_states():
            code = getattr(state, column)
            if code:
                bearers.setdefault(code, set()).add(state.id)
        assert len(bearers) > 20
        assert {code: units for code, units in bearers.items() if len(units) > 1} == {}


# Not one of the corrections of GeoNames may be idle: what the dumps say of each point stands in corrected.txt.
CORRECTED = sorted(load_atlas().gazetteer.corrections.items())


@pytest.fixture(scope="module")
def dumped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a gazetteer into which the corrected points were imported."""
    folder = tmp_path_factory.mktemp("gazetteer")
    dump = folder / "ML.txt"
    dump.write_bytes((Path(__file__).parent / "corrected.txt").read_bytes())
    import_dump(dump, folder)
    return folder / "gazetteer"


@pytest.fixture(scope="module")
def imported(dumped: Path) -> Gazetteer:
    return read_gazetteer(sorted(dumped.glob("*.tsv")))


@pytest.mark.parametrize(("place_id", "corrections"), CORRECTED, ids=[place_id for place_id, _ in CORRECTED])
def test_no_correction_of_a_place_is_unused(
    place_id: str, corrections: tuple[PlaceCorrection, ...], imported: Gazetteer
) -> None:
    raw = imported.place(place_id)
    assert raw is not None, "no such point: delete the correction"
    for correction in corrections:
        assert len(correction.reason) > 20
        is_mended = replace(correction, was=correction.now).applies_to(raw)  # when the dump was imported
        assert correction.applies_to(raw) or is_mended, "GeoNames says something else by now: delete the correction"


@pytest.mark.parametrize(
    ("place", "day", "admin2", "admin1"),
    [
        ("ml/tessit", BEFORE, "Ansongo", "Gao"),
        ("ml/tessit", AFTER, "Tessit", "Gao"),
        ("ml/mahou", BEFORE, "Yorosso", "Sikasso"),
        ("ml/mahou", AFTER, "Yorosso", "Koutiala"),
        ("ml/menaka", date(2016, 1, 18), "Ménaka", "Gao"),
        ("ml/menaka", date(2016, 1, 19), "Ménaka", "Ménaka"),
        ("ml/nara", AFTER, "Nara", "Nara"),
        ("bf/djibo", date(2025, 7, 1), "Soum", "Sahel"),
        ("bf/djibo", date(2025, 7, 2), "Djelgodji", "Soum"),
        ("bf/arbinda", date(2025, 7, 2), "Karo-Peli", "Soum"),
        ("bf/diapaga", date(2025, 7, 1), "Tapoa", "Est"),
        ("bf/diapaga", date(2025, 7, 2), "Gobnangou", "Tapoa"),
        ("bf/kantchari", date(2025, 7, 2), "Dyamongou", "Tapoa"),
        ("bf/nouna", date(2025, 7, 2), "Kossin", "Sourou"),
        ("ne/tera", date(2023, 6, 22), "Téra", "Tillabéri"),
    ],
)
def test_units_around_a_place(atlas: Atlas, place: str, day: date, admin2: str, admin1: str) -> None:
    found = atlas.place(place)
    assert found is not None
    chain = atlas.chain_of(found, day)
    assert (chain[2].name, chain[1].name) == (admin2, admin1)


def test_one_name_means_other_units_by_date(atlas: Atlas) -> None:
    old, new = date(2025, 7, 1), date(2025, 7, 2)
    province = atlas.admin_on("BF", 2, "Soum", old)
    region = atlas.admin_on("BF", 1, "Soum", new)
    assert province
    assert region
    assert province.id != region.id
    assert atlas.admin_on("BF", 1, "Soum", old) is None
    renamed = atlas.admin_on("BF", 1, "Est", new)
    assert renamed is not None
    assert renamed.name == "Goulmou"


def test_every_country_has_its_folder(atlas: Atlas) -> None:
    assert set(atlas.countries) == {
        "ML",
        "BF",
        "NE",
        "TD",
        "MR",
        "BJ",
        "TG",
        "CI",
        "NG",
        "CM",
        "GH",
        "DZ",
        "SN",
        "GN",
        "LY",
        "SD",
    }
    assert atlas.country_name("CI") == "Ivory Coast"
    box = atlas.box("ML")
    assert box is not None
    assert box.holds(16.27, -0.04)
    assert not box.holds(-0.04, 16.27)
    assert atlas.box("FR") is None


def test_places_with_confirmed_points(atlas: Atlas) -> None:
    counts = Counter(place.country for place in atlas.places.values() if place.point and place.geonameid)
    assert counts["ML"] >= 600
    assert counts["BF"] >= 500
    assert counts["NE"] >= 350


@pytest.mark.parametrize("country", ["ML", "BF", "NE", "BJ", "TG", "MR", "TD"])
@pytest.mark.parametrize("level", [1, 2])
def test_every_seat_is_a_place_of_its_country(atlas: Atlas, country: str, level: int) -> None:
    for day in (None, date(2015, 6, 1)):
        for unit in atlas.units.in_force(country, level, day):
            found = (atlas.place(place_id) for place_id in atlas.lookup(unit.seat or ""))
            assert any(place and place.country == country for place in found), unit.id


@pytest.mark.parametrize(
    ("place_id", "region"),
    [("bj/zagnanado", "Zou"), ("tg/notse", "Plateaux"), ("td/yao", "Batha"), ("mr/mbagne", "Brakna")],
)
def test_where_few_places_are_known_geonames_tells_the_region(atlas: Atlas, place_id: str, region: str) -> None:
    place = atlas.place(place_id)
    assert place
    assert atlas.region_of(place, None) == region


def test_every_place_lies_in_a_unit_of_its_country_today_and_in_2015(atlas: Atlas) -> None:
    for place in atlas.places.values():
        for day in (None, date(2015, 6, 1)):
            if place.units and not place.is_wide:
                chain = atlas.chain_of(place, day)
                assert 1 in chain, (place.id, day)
                assert chain[1].country == place.country, place.id


@pytest.mark.parametrize(
    ("latitude", "longitude", "day", "name"),
    [
        (15.2, 0.4, AFTER, "Gao"),
        (13.35, -4.9, BEFORE, "Ségou"),
        (13.35, -4.9, AFTER, "San"),
        (14.1, -1.6, date(2025, 8, 1), "Soum"),
        (14.0, 0.75, date(2024, 1, 1), "Tillabéri"),
    ],
)
def test_region_of_a_point_is_told_by_its_neighbours(
    atlas: Atlas, latitude: float, longitude: float, day: date, name: str
) -> None:
    guess = atlas.region_of_point(latitude, longitude, day)
    assert guess is not None
    assert guess.name == name
    assert guess.distance_km < 60


def test_a_point_in_the_ocean_has_no_region(atlas: Atlas) -> None:
    assert atlas.region_of_point(0.0, -30.0, None) is None
    assert atlas.nearest_place(0.0, -30.0) is None


# ---------------------------------------------------------------------------------------------- what is refused

ADMIN = "unit,name,parent,valid_from,valid_to,seat,aliases,iso,pcode,source,checked"
PLACES = "place,name,kind,latitude,longitude,units,aliases,geonameid,population,source,checked"
COUNTRY = "iso2: XX\niso3: XYZ\nname: Nowhere\nnames: [Nulle part]\ncapital: A\nbox: [10, -5, 15, 3]\n"


def write_country(folder: Path, admin: list[str], places: list[str], country: str = COUNTRY) -> Path:
    target = folder / "countries" / "xx"
    target.mkdir(parents=True)
    (target / "country.yml").write_text(country, encoding="utf-8")
    (target / "admin.csv").write_text("\n".join([ADMIN, *admin]) + "\n", encoding="utf-8")
    (target / "places.csv").write_text("\n".join([PLACES, *places]) + "\n", encoding="utf-8")
    return folder


REGION = "xx:1:a,A,,,,A,,,,here,yes"
GOOD = "xx/a,A,city,12.0,-1.0,xx:1:a,,,,here,coordinates"


@pytest.mark.parametrize(
    ("admin", "places", "why"),
    [
        ([REGION], ["xx/a,A,city,-1.0,12.0,xx:1:a,,,,here,coordinates"], "places.csv, line 2: .*swapped"),
        ([REGION], [GOOD, "xx/b,B,town,,,xx:1:a,,,,here,coordinates"], "line 3: latitude, longitude: are missing"),
        ([REGION], ["xx/b,B,town,12.0,,xx:1:a,,,,here,coordinates"], "line 2: .*one of the two is missing"),
        ([REGION], ["xx/b,B,town,99,1,xx:1:a,,,,here,coordinates"], "line 2: latitude: 99.0 lies outside"),
        ([REGION], ["xx/b,B,town,nan?,1,xx:1:a,,,,here,coordinates"], "line 2: latitude: .*no number"),
        ([REGION], ["xx/b,B,castle,12,1,xx:1:a,,,,here,coordinates"], "line 2: kind: 'castle'"),
        ([REGION], ["xx/b,B,town,12,1,xx:1:zz,,,,here,coordinates"], "line 2: units: there is no unit 'xx:1:zz'"),
        ([REGION], ["xx/b,B,town,12,1"], "line 2: 5 cells where 11 are due"),
        ([REGION], [GOOD, GOOD], "line 3: place: xx/a stands in line 2 already"),
        ([REGION], ["yy/a,A,city,12.0,-1.0,xx:1:a,,,,here,coordinates"], "line 2: place: 'yy/a' must be xx/slug"),
        ([REGION], ["xx/b,B,town,12,1,xx:1:a,,,,here,maybe"], "line 2: checked: 'maybe'"),
        (["xx:2:b,B,xx:1:zz,,,B,,,,here,yes"], [], "admin.csv, line 2: parent: there is no unit"),
        (["xx:2:b,B,,,,B,,,,here,yes"], [], "admin.csv, line 2: parent: a unit of level 2 needs one"),
        ([REGION, "xx:1:b,B,xx:1:a,,,B,,,,here,yes"], [], "line 3: parent: xx:1:a is not above"),
        (["xx:1:a,A,xx:1:b,,,A,,,,h,yes", "xx:1:b,B,xx:1:a,,,B,,,,h,yes"], [], "line 2: parent: xx:1:b is not above"),
        ([REGION, "xx:1:a,A2,,2020-01-01,,A,,,,here,yes"], [], "line 3: unit: xx:1:a is in force twice"),
        (["xx:1:a,A,,2020-13-01,,A,,,,here,yes"], [], "line 2: valid_from: '2020-13-01' is no date"),
        (["xx:1:a,A,,2020-01-02,2020-01-01,A,,,,here,yes"], [], "line 2: valid_to: lies before"),
        (["xx:a,A,,,,A,,,,here,yes"], [], "line 2: unit: 'xx:a' must be xx:LEVEL:slug"),
        (["xx:1:a,,,,,A,,,,here,yes"], [], "line 2: name: is empty"),
        (
            ["xx:1:a,A,,,2010-01-01,A,,,,h,yes", "xx:2:b,B,xx:1:a,2015-01-01,,B,,,,h,yes"],
            [],
            "line 3: parent: xx:1:a is never in force",
        ),
    ],
)
def test_a_wrong_row_is_refused_with_file_and_line(
    tmp_path: Path, admin: list[str], places: list[str], why: str
) -> None:
    with pytest.raises(ConfigError, match=why):
        load_atlas(write_country(tmp_path, admin, places))


CORRECTIONS = "place,column,was,now,reason"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("gn/2460494,units,ml:2:bafoulabe,ml:2:kita,", "line 2: reason: is empty"),
        ("gn/2460494,units,,ml:2:kita,because", "line 2: was: is empty"),
        ("gn/2460494,height,1,2,because", "line 2: column: 'height' is none of"),
        ("gn/2460494,latitude,12.95,north,because", "line 2: now: 'north' is no number"),
        ("ml/tessit,name,Tessit,Tesit,because", "line 2: place: 'ml/tessit' must be gn/ID"),
        ("gn/2460494,name,Banbouta", "line 2: 3 cells where 5 are due"),
    ],
)
def test_a_wrong_correction_is_refused_with_file_and_line(tmp_path: Path, row: str, why: str) -> None:
    target = tmp_path / "countries" / "ml"
    target.mkdir(parents=True)
    (target / "corrections.csv").write_text(f"{CORRECTIONS}\n{row}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"corrections\.csv, {why}"):
        load_atlas(tmp_path)


def test_a_correction_of_ones_own_mends_a_point_until_geonames_has_mended_it(tmp_path: Path, dumped: Path) -> None:
    target = tmp_path / "countries" / "ml"
    target.mkdir(parents=True)
    rows = [
        "gn/2460494,units,ml:2:bafoulabe,ml:2:kita,told by its mayor",
        "gn/2460494,latitude,12.95,13.1,measured",
        "gn/2460494,name,Bamboutta,Banboutta,GeoNames says Banbouta: not applied",
    ]
    (target / "corrections.csv").write_text("\n".join([CORRECTIONS, *rows]) + "\n", encoding="utf-8")
    place = load_atlas(tmp_path, dumped).place("gn/2460494")
    assert place is not None
    assert (place.name, place.units, place.latitude) == ("Banbouta", ("ml:2:kita",), 13.1)


def test_a_wrong_country_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"country\.yml: box"):
        load_atlas(write_country(tmp_path, [REGION], [GOOD], COUNTRY.replace("box: [10, -5, 15, 3]", "box: [10]")))


def test_a_folder_of_ones_own_adds_and_replaces(tmp_path: Path) -> None:
    target = tmp_path / "countries" / "ml"
    target.mkdir(parents=True)
    row = "ml/tessit,Tessit,town,15.5,0.5,ml:2:ansongo,Tessite,,,operator,coordinates"
    (target / "places.csv").write_text(f"{PLACES}\n{row}\n", encoding="utf-8")
    atlas = load_atlas(tmp_path)
    place = atlas.place("ml/tessit")
    assert place is not None
    assert place.point == (15.5, 0.5)
    assert atlas.place("ml/gao") is not None
    assert "ml/tessit" in atlas.lookup("TESSITE")
