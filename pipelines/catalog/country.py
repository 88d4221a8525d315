"""The atlas: all countries with their units and places, looked up by name, by id and by point.

One country is one folder: `country.yml` (names, box), `admin.csv`, `places.csv`. A user's own
catalog folder may hold `countries/<cc>/` too: its rows add to the shipped ones, a row with the same id replaces them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.catalog.admin import AdminTree, Unit, build_tree, merge_units, read_units
from pipelines.catalog.gazetteer import Gazetteer, read_gazetteer
from pipelines.catalog.geo import Box
from pipelines.catalog.language import read_yaml
from pipelines.catalog.names import NameHit, NameIndex, fold_exact
from pipelines.catalog.nearest import Neighbourhood, RegionGuess
from pipelines.catalog.place_corrections import read_place_corrections
from pipelines.catalog.places import Place, read_places
from pipelines.catalog.tables import Row
from pipelines.errors import ConfigError

SHIPPED = Path(__file__).parent / "countries"


class Country(BaseModel):
    """What `country.yml` says of one country."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    iso2: str
    iso3: str
    name: str  # English short name, as ACLED writes it
    names: tuple[str, ...]  # as the news write it
    capital: str
    box: Box
    geonames_admin1: dict[str, str] = {}  # GeoNames' admin1 code -> unit
    geonames_admin2: dict[str, tuple[str, ...]] = {}  # its admin1.admin2 codes -> unit, or the units made of it since


@dataclass(frozen=True)
class Atlas:
    """Countries, units and places. Ids: `ML` a country, `ml:2:macina` a unit, `ml/tessit` or `gn/123` a place."""

    countries: dict[str, Country]
    units: AdminTree
    places: dict[str, Place]
    gazetteer: Gazetteer = field(default_factory=lambda: Gazetteer({}))

    @cached_property
    def capitals(self) -> frozenset[str]:
        """The names of all capitals, folded exactly."""
        return frozenset(fold_exact(country.capital) for country in self.countries.values())

    @cached_property
    def index(self) -> NameIndex:
        """All names of all that the atlas knows."""
        index = NameIndex(self._names())
        skipped = {place.geonameid for place in self.places.values() if place.geonameid}
        for exact, key, place_id in self.gazetteer.names(skipped):
            index.add_folded(exact, key, place_id)
        return index

    def find_names(self, text: str) -> list[NameHit]:
        """The longest known names of a text that begin with a capital, with the ids of all that bear them."""
        return self.index.find(text)

    def lookup(self, name: str) -> tuple[str, ...]:
        """The ids of all that bear this name, by its letters or else by its folded spelling."""
        return self.index.get(name)

    def place(self, place_id: str) -> Place | None:
        """The place with this id."""
        return self.places.get(place_id) or self.gazetteer.place(place_id)

    def country_name(self, iso2: str) -> str:
        """The English short name; KeyError for a country that has no folder."""
        return self.countries[iso2].name

    def box(self, iso2: str) -> Box | None:
        """The rectangle that holds the country, None for a country that has no folder."""
        country = self.countries.get(iso2)
        return country.box if country else None

    def admin1_names(self, iso2: str, day: date | None) -> list[str]:
        """The official names of the first level in force on that day (None: today), sorted."""
        return sorted(unit.name for unit in self.units.in_force(iso2, 1, day))

    def admin_on(self, iso2: str, level: int, name: str, day: date | None) -> Unit | None:
        """The unit of that level that bore or bears this name and is in force on that day."""
        ids = [found for found in self.lookup(name) if found.startswith(f"{iso2.lower()}:{level}:")]
        states = [state for found in ids if (state := self.units.on(found, day)) is not None]
        exact = [state for state in states if fold_exact(state.name) == fold_exact(name)]
        return next(iter(exact or states), None)

    def unit_of(self, place: Place, day: date | None) -> Unit | None:
        """The finest unit that held the place on that day: the last of its units that is in force."""
        states = (self.units.on(unit_id, day) for unit_id in reversed(place.units))
        return next((state for state in states if state is not None), None)

    def chain_of(self, place: Place, day: date | None) -> dict[int, Unit]:
        """All units that held the place on that day, by level."""
        unit = self.unit_of(place, day)
        return self.units.chain(unit.id, day) if unit else {}

    def region_of(self, place: Place, day: date | None) -> str | None:
        """The official name of the first level around the place on that day."""
        region = self.chain_of(place, day).get(1)
        return region.name if region else None

    def region_of_point(
        self, latitude: float, longitude: float, day: date | None, country: str | None = None
    ) -> RegionGuess | None:
        """The region around a point, told by the nearest known places (of one country, if it is given).

        None more than 150 km from all of them.
        """
        return self._neighbourhood.guess_region(latitude, longitude, day, self.chain_of, country)

    def places_around(self, latitude: float, longitude: float) -> list[tuple[float, Place]]:
        """The curated places within 150 km with their distance in km, nearest first."""
        return self._neighbourhood.around(latitude, longitude)

    def nearest_place(self, latitude: float, longitude: float) -> tuple[Place, float] | None:
        """The nearest curated place with a point, and its distance in km."""
        return self._neighbourhood.nearest(latitude, longitude)

    @cached_property
    def _neighbourhood(self) -> Neighbourhood:
        return Neighbourhood(place for place in self.places.values() if place.is_curated and place.units)

    def _names(self) -> Iterable[tuple[str, str]]:
        for iso2, country in self.countries.items():
            for name in country.names:
                yield name, iso2
        for state in self.units.all_states():
            for name in (state.name, *state.aliases):
                yield name, state.id
        for place in self.places.values():
            for name in (place.name, *place.aliases):
                yield name, place.id


@lru_cache(maxsize=4)
def load_atlas(extra: Path | None = None, gazetteer: Path | None = None) -> Atlas:
    """The shipped countries, the user's own (`extra`/countries), and the imported GeoNames files of `gazetteer`.

    >>> atlas = load_atlas()
    >>> atlas.admin_on("ML", 2, "Macina", date(2021, 9, 12)).parent
    'ml:1:segou'
    """
    folders = [SHIPPED, *([extra / "countries"] if extra else [])]
    countries: dict[str, Country] = {}
    for file in (file for folder in folders for file in sorted(folder.glob("*/country.yml"))):
        country = _read_country(file)
        countries[country.iso2] = country
    units = _read_all_units(folders)
    places = _read_all_places(folders, countries, units)
    corrections = (file for folder in folders for file in sorted(folder.glob("*/corrections.csv")))
    imported = sorted(gazetteer.glob("*.tsv")) if gazetteer else []
    return Atlas(countries, units, places, read_gazetteer(imported, read_place_corrections(corrections)))


def _read_country(file: Path) -> Country:
    try:
        country = Country.model_validate(read_yaml(file))
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigError(f"{file}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    if country.iso2.lower() != file.parent.name:
        raise ConfigError(f"{file}: iso2: {country.iso2} stands in the folder {file.parent.name}")
    return country


def _read_all_units(folders: Sequence[Path]) -> AdminTree:
    rows: list[tuple[Row, Unit]] = []
    for folder in folders:
        added = [pair for file in sorted(folder.glob("*/admin.csv")) for pair in read_units(file)]
        rows = merge_units(rows, added)
    return build_tree(rows)


def _read_all_places(folders: Sequence[Path], countries: dict[str, Country], units: AdminTree) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for folder in folders:
        lines: dict[str, int] = {}
        for file in sorted(folder.glob("*/places.csv")):
            country = countries.get(file.parent.name.upper())
            if country is None:
                raise ConfigError(f"{file}: there is no country.yml beside it")
            for row, place in read_places(file, country.box):
                _check_place(row, place, units, lines)
                places[place.id] = place
    return places


def _check_place(row: Row, place: Place, units: AdminTree, lines: dict[str, int]) -> None:
    if place.id in lines:
        raise row.refuse(f"place: {place.id} stands in line {lines[place.id]} already")
    lines[place.id] = row.line
    for unit_id in place.units:
        if unit_id not in units:
            raise row.refuse(f"units: there is no unit {unit_id!r} in admin.csv")
