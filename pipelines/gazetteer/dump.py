"""Importing a GeoNames country dump: their 19 columns in, the compact `gazetteer/<CC>.tsv` out."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pipelines.catalog.country import Atlas, load_atlas
from pipelines.catalog.gazetteer import HEADER, IMPORTED
from pipelines.errors import ConfigError, UsageError
from pipelines.gazetteer.points import Point, fold_names, read_point

BORDER_DEGREES = 0.6  # how far a place of the country may lie outside its box
MAX_BYTES = 600_000_000  # unpacked; the largest country dump has a quarter of it


class Imported(NamedTuple):
    """What an import did: points written, lines left out, by country."""

    country: str
    file: Path
    points: int
    skipped: int


def import_dump(path: Path, data_folder: Path, *, atlas: Atlas | None = None) -> list[Imported]:
    """Write the points of a dump (`ML.txt`, `ML.txt.gz` or GeoNames' `ML.zip`) to `data_folder/gazetteer`.

    A line that is not of the format is a ConfigError with file and line; points rounded to whole degrees or outside
    their country, and features that no report names, are left out and counted. An earlier import is replaced.
    """
    atlas = atlas or load_atlas()
    written: dict[str, list[str]] = defaultdict(list)
    skipped: dict[str, int] = defaultdict(int)
    for point in mend_points(read_points(path), atlas):
        if is_taken(point, atlas):
            written[point.country].append(format_point(point, atlas))
        else:
            skipped[point.country] += 1
    if not written:
        raise ConfigError(f"{path}: holds no GeoNames points; it must be a country dump, not the list of countries")
    folder = data_folder / "gazetteer"
    return [
        Imported(country, _write(folder, country, lines), len(lines), skipped[country])
        for country, lines in sorted(written.items())
        if len(lines) > 20 or len(written) == 1  # a few points of a neighbour stand in every dump
    ]


def mend_points(points: Iterable[Point], atlas: Atlas) -> Iterator[Point]:
    """The points with the coordinates that our corrections give them, so that none is left out for a lost sign."""
    for point in points:
        for correction in atlas.gazetteer.corrections.get(f"{IMPORTED}{point.geonameid}", ()):
            if correction.column == "latitude" and f"{point.latitude:g}" == correction.was:
                point = replace(point, latitude=float(correction.now))
            elif correction.column == "longitude" and f"{point.longitude:g}" == correction.was:
                point = replace(point, longitude=float(correction.now))
        yield point


def is_taken(point: Point, atlas: Atlas) -> bool:
    """Whether the point is usable and lies in its country: some of GeoNames' have lost the sign of a coordinate."""
    box = atlas.box(point.country)
    return point.is_usable and (box is None or box.holds(point.latitude, point.longitude, margin=BORDER_DEGREES))


def read_points(path: Path) -> Iterator[Point]:
    """All points of a dump; ConfigError with file and line for a line that is not of the format."""
    for number, line in enumerate(_open_lines(path), start=1):
        point = _read_line(path, number, line)
        if point is not None:
            yield point


def _read_line(path: Path, number: int, line: str) -> Point | None:
    if not line.strip():
        return None
    try:
        return read_point(line)
    except ValueError as error:
        raise ConfigError(f"{path}, line {number}: {error}") from error


def format_point(point: Point, atlas: Atlas) -> str:
    """The point as a line of the gazetteer, with the units that hold it."""
    units = " ".join(_find_units(point, atlas))
    where = (point.latitude, point.longitude, point.country, units)
    return "\t".join(
        map(str, (point.geonameid, point.name, point.kind, *where, point.population, "|".join(fold_names(point))))
    )


def _find_units(point: Point, atlas: Atlas) -> tuple[str, ...]:
    """The units of the nearest curated place that lies in the province, or else the region, that GeoNames tells."""
    told = _told_units(point, atlas)
    for _, place in atlas.places_around(point.latitude, point.longitude):
        above = {unit for own in place.units for unit in atlas.units.ever_above(own)}
        if place.country == point.country and (not told or above & set(told)):
            return tuple(unit for unit in place.units if not unit[2:].startswith(":3:"))  # another village's commune
    return told[:1]


def _told_units(point: Point, atlas: Atlas) -> tuple[str, ...]:
    country = atlas.countries.get(point.country)
    if country is None:
        return ()
    region = country.geonames_admin1.get(point.admin1)
    return country.geonames_admin2.get(f"{point.admin1}.{point.admin2}") or ((region,) if region else ())


def _open_lines(path: Path) -> Iterator[str]:
    try:
        yield from _read_lines(path)
    except FileNotFoundError:
        raise UsageError(f"{path}: there is no such file") from None
    except (OSError, EOFError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as a GeoNames dump: {error}") from error


def _read_lines(path: Path) -> Iterator[str]:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive, archive.open(_pick_member(path, archive)) as stream:
            yield from _limit(path, io.TextIOWrapper(stream, encoding="utf-8", newline="\n"))
    elif path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as text:
            yield from _limit(path, text)
    else:
        with path.open(encoding="utf-8", newline="\n") as text:
            yield from _limit(path, text)


def _pick_member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The dump in GeoNames' zip; it is read where it lies, nothing is ever unpacked to a path that the zip names."""
    members = [info for info in archive.infolist() if info.filename.endswith(".txt") and info.filename != "readme.txt"]
    if len(members) != 1:
        raise ConfigError(f"{path}: must hold one dump beside its readme, holds {len(members)}")
    return members[0]


def _limit(path: Path, lines: Iterable[str]) -> Iterator[str]:
    size = 0
    for line in lines:
        size += len(line)
        if size > MAX_BYTES:
            raise ConfigError(f"{path}: unpacks to more than {MAX_BYTES // 1_000_000} MB; that is no country dump")
        yield line


def _write(folder: Path, country: str, lines: list[str]) -> Path:
    """The file in one piece: a broken-off import leaves the one before."""
    folder.mkdir(parents=True, exist_ok=True)
    target, part = folder / f"{country}.tsv", folder / f".{country}.part"
    part.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    part.replace(target)
    return target
