"""The imported GeoNames points, compact: `<CC>.tsv` in the data folder's gazetteer, one point a line, names folded.

The lines are cut when a point is asked for, so that four countries load in a fraction of a second. Points carry the
unit that the import found for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipelines.catalog.place_corrections import PlaceCorrections
from pipelines.catalog.places import Place
from pipelines.errors import ConfigError

HEADER = "#communiques gazetteer 1: geonameid name kind latitude longitude country units population names\n"
CELLS = 9
IMPORTED = "gn/"  # how the ids of its points begin


class Gazetteer:
    """Imported points by id (`gn/<geonameid>`), and the folded names under which they are found."""

    def __init__(self, lines: dict[str, str], corrections: PlaceCorrections | None = None) -> None:
        self._lines = lines
        self.corrections = corrections or {}

    def __len__(self) -> int:
        return len(self._lines)

    def place(self, place_id: str) -> Place | None:
        """The point with this id."""
        line = self._lines.get(place_id)
        if line is None:
            return None
        place = _read_point(line)
        for correction in self.corrections.get(place_id, ()):
            place = correction.apply(place)
        return place

    def names(self, skipped: set[int]) -> Iterator[tuple[str, str, str]]:
        """Exact folded name, key and id of every name; `skipped` are the GeoNames ids that the curated tables hold."""
        for place_id, line in self._lines.items():
            if skipped and int(place_id.removeprefix(IMPORTED)) in skipped:
                continue
            for pair in line.rsplit("\t", 1)[1].split("|"):
                exact, _, key = pair.partition("=")
                yield exact, key or exact, place_id


def read_gazetteer(files: Iterable[Path], corrections: PlaceCorrections | None = None) -> Gazetteer:
    """The points of all the files, mended as the corrections say; a file of another make is refused by name."""
    lines: dict[str, str] = {}
    for file in files:
        text = _read_text(file)
        header, _, body = text.partition("\n")
        if header + "\n" != HEADER:
            raise ConfigError(f"{file}: is no file of this gazetteer; import the GeoNames dump again")
        for number, line in enumerate(body.splitlines(), start=2):
            if line.count("\t") != CELLS - 1:
                raise ConfigError(f"{file}, line {number}: is torn; import the GeoNames dump again")
            lines[IMPORTED + line[: line.index("\t")]] = line
    return Gazetteer(lines, corrections)


def _read_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: cannot be read: {error}") from error


def _read_point(line: str) -> Place:
    geonameid, name, kind, latitude, longitude, country, units, population, _ = line.split("\t")
    return Place(
        id=f"{IMPORTED}{geonameid}",
        name=name,
        kind=kind,
        country=country,
        latitude=float(latitude),
        longitude=float(longitude),
        units=tuple(units.split()),
        geonameid=int(geonameid),
        population=int(population),
        source="GeoNames",
        is_curated=False,
    )
