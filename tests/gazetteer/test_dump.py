"""GeoNames dumps: what is taken, what is left out, what is refused, and how fast it is found again."""

import contextlib
import gzip
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.catalog.country import load_atlas
from pipelines.errors import ConfigError, UsageError
from pipelines.gazetteer import import_dump, suggest_names
from pipelines.gazetteer.check import check_places
from pipelines.gazetteer.points import read_point


def line(
    geonameid: int = 1,
    name: str = "Xyzabou",
    latitude: str = "15.21",
    longitude: str = "0.41",
    code: str = "PPL",
    cc: str = "ML",
) -> str:
    cells = [
        str(geonameid),
        name,
        name,
        "Xizabou,Zyzabu",
        latitude,
        longitude,
        "P",
        code,
        cc,
        "",
        "09",
        "",
        "",
        "",
        "120",
        "",
        "250",
    ]
    return "\t".join([*cells, "Africa/Bamako", "2014-12-01"])


def dump(folder: Path, *lines: str) -> Path:
    path = folder / "ML.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_an_imported_point_is_found_with_the_units_around_it(tmp_path: Path) -> None:
    [done] = import_dump(dump(tmp_path, line()), tmp_path)
    assert (done.country, done.points, done.skipped) == ("ML", 1, 0)
    atlas = load_atlas(gazetteer=tmp_path / "gazetteer")
    place = atlas.place("gn/1")
    assert place is not None
    assert place.point == (15.21, 0.41)
    assert not place.is_curated
    assert atlas.region_of(place, None) == "Gao"
    assert atlas.lookup("Zizabou") == ("gn/1",)
    assert [hit.ids for hit in atlas.find_names("près de XYZABOU.")] == [("gn/1",)]


def test_gzip_and_zip_are_read_like_plain_text(tmp_path: Path) -> None:
    (tmp_path / "ML.txt.gz").write_bytes(gzip.compress(line().encode()))
    with zipfile.ZipFile(tmp_path / "ML.zip", "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("ML.txt", line())
    results = {import_dump(tmp_path / name, tmp_path)[0].file.read_bytes() for name in ("ML.txt.gz", "ML.zip")}
    assert len(results) == 1


def test_a_member_that_names_a_path_outside_is_read_where_it_lies(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    with zipfile.ZipFile(inner / "ML.zip", "w") as archive:
        archive.writestr("../../evil.txt", line())
    import_dump(inner / "ML.zip", inner / "data")
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["ML.tsv", "ML.zip"]


def test_whole_degrees_and_unnamed_features_are_left_out(tmp_path: Path) -> None:
    lines = [line(), line(2, latitude="15", longitude="0"), line(3, code="ADM2"), line(4, code="STMI")]
    [done] = import_dump(dump(tmp_path, *lines), tmp_path)
    assert (done.points, done.skipped) == (1, 3)


def test_a_point_outside_its_country_is_left_out(tmp_path: Path) -> None:
    [done] = import_dump(dump(tmp_path, line(), line(2, longitude="10.35")), tmp_path)  # a lost sign
    assert (done.points, done.skipped) == (1, 1)


def test_a_correction_keeps_a_point_that_lost_its_sign(tmp_path: Path) -> None:
    [done] = import_dump(dump(tmp_path, line(), line(2460494, "Banbouta", "12.95", "10.35")), tmp_path)
    assert (done.points, done.skipped) == (2, 0)


def test_the_province_that_geonames_tells_comes_before_the_nearest_place(tmp_path: Path) -> None:
    place = load_atlas().place("bf/kaya")
    assert place is not None
    cells = line(7, "Xyzabou", str(place.latitude), str(place.longitude), cc="BF").split("\t")
    cells[10], cells[11] = "05", "15"  # the Bam, though Kaya in the Sanmatenga is where it lies
    (tmp_path / "BF.txt").write_text("\t".join(cells) + "\n", encoding="utf-8")
    import_dump(tmp_path / "BF.txt", tmp_path)
    found = load_atlas(gazetteer=tmp_path / "gazetteer").place("gn/7")
    assert found is not None
    assert found.units == ("bf:2:bam",)


def test_the_curated_table_wins(tmp_path: Path) -> None:
    atlas = load_atlas()
    known = next(place for place in atlas.places.values() if place.id == "ml/tessit")
    import_dump(dump(tmp_path, line(known.geonameid or 0, "Tessit", "15.0", "0.5")), tmp_path)
    assert load_atlas(gazetteer=tmp_path / "gazetteer").lookup("Tessit") == atlas.lookup("Tessit")


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([line(), "1\t2\t3"], "ML.txt, line 2: has 3 columns where GeoNames has 19"),
        ([line(latitude="north")], "line 1: latitude 'north' is no number"),
        ([line(latitude="95")], "line 1: latitude 95.0 lies outside"),
        ([line(cc="mali")], "line 1: 'mali' is no country code"),
        ([line().replace("1\t", "x\t", 1)], "line 1: geonameid 'x'"),
        ([""], "holds no GeoNames points"),
    ],
)
def test_a_malformed_line_is_refused_with_file_and_line(tmp_path: Path, lines: list[str], why: str) -> None:
    with pytest.raises(ConfigError, match=why):
        import_dump(dump(tmp_path, *lines), tmp_path)
    assert not (tmp_path / "gazetteer").exists()


def test_what_is_no_dump_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        import_dump(tmp_path / "ML.txt", tmp_path)
    for name in ("ML.zip", "ML.txt.gz"):
        (tmp_path / name).write_bytes(b"\x00torn")
        with pytest.raises(ConfigError, match="cannot be read"):
            import_dump(tmp_path / name, tmp_path)
    (tmp_path / "ML.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="cannot be read"):
        import_dump(tmp_path / "ML.txt", tmp_path)


@pytest.mark.parametrize("content", ["something else\n", "", "\x00"])
def test_a_foreign_file_among_the_imports_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "ML.tsv").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"ML\.tsv: is no file of this gazetteer"):
        load_atlas(gazetteer=tmp_path)


def test_a_torn_import_is_refused(tmp_path: Path) -> None:
    [done] = import_dump(dump(tmp_path, line()), tmp_path)
    done.file.write_text(done.file.read_text(encoding="utf-8") + "12\thalf", encoding="utf-8")
    with pytest.raises(ConfigError, match="line 3: is torn"):
        load_atlas(gazetteer=tmp_path / "gazetteer")


@given(st.text(max_size=200))
def test_no_line_does_worse_than_a_value_error(text: str) -> None:
    with contextlib.suppress(ValueError):
        read_point(text)


def test_proposals_look_alike_and_decide_nothing() -> None:
    atlas = load_atlas()
    assert suggest_names("Tesit", atlas, country="ML")[0].startswith("Tessit")
    assert suggest_names("Farambougou", atlas)[0].startswith("Farabougou")
    assert suggest_names("Qqqqqqqq", atlas) == []
    assert atlas.lookup("Farambougou") == ()


def test_the_check_lists_what_lies_elsewhere() -> None:
    atlas = load_atlas()
    place = atlas.place("ml/tessit")
    assert place is not None
    assert place.point is not None
    assert place.geonameid is not None
    here = read_point(line(place.geonameid, "Tessit", str(place.latitude), str(place.longitude)))
    there = read_point(line(place.geonameid, "Tessit", "16.5", "1.5"))
    assert not [found for found in check_places(atlas, [here]) if found.startswith("ml/tessit:")]
    assert [found for found in check_places(atlas, [there]) if found.startswith("ml/tessit:")]
