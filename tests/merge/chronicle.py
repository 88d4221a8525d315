"""What happened in an invented war, as crowded as a real one: the incidents that merging must keep apart.

Villages lie 5 to 20 km from their neighbours. Attacks draw ripostes within a day, at the same place or nearby; two
villages are struck the same day; one village is struck on days that follow, or twice in a day. All drawn from a seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

FIRST_DAY = date(2024, 12, 1)  # so that the turn of the year lies inside
DAYS = 60
KM = 1 / 111.2


@dataclass(frozen=True)
class Village:
    """A named point with the units that it lies in."""

    name: str
    latitude: float
    longitude: float
    country: str
    admin1: str
    admin2: str
    has_point: bool  # some names are known to no table


@dataclass(frozen=True)
class Incident:
    """What happened: the truth, which no outlet tells whole. `tolls` are (outcome, side) -> people."""

    number: int
    episode: str
    day: date
    village: Village
    kind: str  # ACLED's sub-event type
    initiator: str
    target: str
    tolls: dict[tuple[str, str], int] = field(default_factory=dict)
    things: tuple[tuple[str, int], ...] = ()


AREAS = (
    ("ML", "Mopti", 14.6, -3.6), ("ML", "Ménaka", 15.8, 2.3), ("BF", "Sahel", 13.9, -0.6), ("BF", "Est", 12.1, 0.6),
    ("NE", "Tillabéri", 14.4, 1.2), ("NE", "Diffa", 13.4, 12.7),
)  # fmt: skip
SYLLABLES = ("ba", "do", "ga", "kou", "ma", "na", "sé", "ti", "wa", "yo", "di", "ko", "ra", "bou", "fé")
GROUPS = ("JNIM", "IS Sahel")
STATE, FIGHTERS, CIVILIANS = "state", "non-state", "civilian"


def settle_villages(chance: Random) -> list[Village]:
    """Twelve villages an area, each near a spot on a grid of 9 km."""
    villages, names = [], set[str]()
    for country, admin1, latitude, longitude in AREAS:
        for spot in range(12):
            name = ""
            while not name or name in names:
                name = "".join(chance.choice(SYLLABLES) for _ in range(3)).capitalize()
            names.add(name)
            north, east = (9 * KM * (step + chance.uniform(-0.3, 0.3)) for step in (spot // 4, spot % 4))
            admin2 = f"{admin1} {'nord' if spot // 4 else 'sud'}"
            point = (round(latitude + north, 4), round(longitude + east, 4))
            villages.append(Village(name, *point, country, admin1, admin2, has_point=spot % 10 != 9))
    return villages


def tell_history(chance: Random, episodes: int) -> list[Incident]:
    """The incidents of as many episodes, in the order of their days."""
    villages = settle_villages(chance)
    told = []
    for _ in range(episodes):
        day, village = FIRST_DAY + timedelta(days=chance.randrange(DAYS)), chance.choice(villages)
        group = f"Unidentified Armed Group ({village.country})" if chance.random() < 0.5 else chance.choice(GROUPS)
        kind = chance.choices(list(EPISODES), weights=[weight for weight, _ in EPISODES.values()])[0]
        start = draw_incident(chance, kind, day, village, group)
        told += EPISODES[kind][1](chance, start, [v for v in villages if v.admin1 == village.admin1])
    told.sort(key=lambda incident: incident.day)
    return [replace(incident, number=number) for number, incident in enumerate(told)]


def draw_incident(chance: Random, episode: str, day: date, village: Village, group: str) -> Incident:
    """An incident of some kind with figures as such incidents have them."""
    army, count = f"Military Forces of {village.country}", _draw_number(chance)
    kind = chance.choice(("Armed clash", "Armed clash", "Attack", "Air/drone strike", "IED", "Arrests", "Abduction"))
    base = Incident(0, episode, day, village, kind, army, group)
    outcome = chance.choice(("neutralised", "killed"))
    if kind == "Armed clash":
        tolls = {(outcome, FIGHTERS): count} | ({("killed", STATE): _draw_number(chance, 8)} if count % 2 else {})
        struck = (army, group) if chance.random() < 0.5 else (group, army)
        return replace(base, initiator=struck[0], target=struck[1], tolls=tolls, things=_draw_things(chance))
    if kind == "Attack":
        return replace(base, initiator=group, target="Civilians", tolls={("killed", CIVILIANS): count})
    if kind == "Air/drone strike":
        return replace(base, tolls={(outcome, FIGHTERS): count}, things=_draw_things(chance))
    if kind == "IED":
        hit = chance.choice(((army, STATE), ("Civilians", CIVILIANS)))
        tolls = {("killed", hit[1]): _draw_number(chance, 6), ("wounded", hit[1]): _draw_number(chance, 9)}
        return replace(base, kind="Remote explosive/landmine/IED", initiator=group, target=hit[0], tolls=tolls)
    if kind == "Arrests":
        return replace(base, tolls={("arrested", FIGHTERS): _draw_number(chance, 12)}, things=_draw_things(chance))
    tolls = {("kidnapped", CIVILIANS): _draw_number(chance, 12)}
    return replace(base, kind="Abduction/forced disappearance", initiator=group, target="Civilians", tolls=tolls)


def _draw_number(chance: Random, most: int = 60) -> int:
    """Small numbers are the usual ones."""
    return max(1, round(most ** chance.random()))


def _draw_things(chance: Random) -> tuple[tuple[str, int], ...]:
    names = chance.sample(("motorcycle", "vehicle", "weapon", "ammunition", "communication"), chance.randrange(4))
    return tuple((name, _draw_number(chance, 15)) for name in names)


def happen_alone(_: Random, start: Incident, __: list[Village]) -> Iterator[Incident]:
    """Nothing follows."""
    yield start


def draw_riposte(chance: Random, start: Incident, villages: list[Village]) -> Iterator[Incident]:
    """An attack, then the army's strike or sweep, the same day or the next, there or nearby."""
    army = f"Military Forces of {start.village.country}"
    fighters = start.target if start.initiator == army else start.initiator
    dead = {("killed", chance.choice((STATE, CIVILIANS))): _draw_number(chance, 30)}
    victims = "Civilians" if ("killed", CIVILIANS) in dead else army
    kind = "Attack" if victims == "Civilians" else "Armed clash"
    yield replace(start, kind=kind, initiator=fighters, target=victims, tolls=dead, things=())
    yield replace(
        start,
        day=start.day + timedelta(days=chance.randrange(2)),
        village=chance.choice((start.village, _pick_neighbour(chance, start.village, villages))),
        kind=chance.choice(("Air/drone strike", "Armed clash")),
        initiator=army,
        target=fighters,
        tolls={("neutralised", FIGHTERS): _draw_number(chance)},
        things=_draw_things(chance),
    )


def strike_neighbours(chance: Random, start: Incident, villages: list[Village]) -> Iterator[Incident]:
    """The same people strike the next village as well, that day."""
    yield start
    yield _strike_again(chance, replace(start, village=_pick_neighbour(chance, start.village, villages)))


def strike_daily(chance: Random, start: Incident, _: list[Village]) -> Iterator[Incident]:
    """The same village is struck again the day after, and perhaps a third day."""
    yield start
    for days in range(1, chance.choice((2, 2, 3))):
        yield _strike_again(chance, replace(start, day=start.day + timedelta(days=days)))


def strike_twice(chance: Random, start: Incident, _: list[Village]) -> Iterator[Incident]:
    """The same village is struck twice in a day."""
    yield start
    yield _strike_again(chance, start)


def _pick_neighbour(chance: Random, village: Village, villages: list[Village]) -> Village:
    def measure(other: Village) -> float:
        return abs(other.latitude - village.latitude) + abs(other.longitude - village.longitude)

    return chance.choice(sorted(villages, key=measure)[1:4])


def _strike_again(chance: Random, incident: Incident) -> Incident:
    """The same kind of thing with figures of its own, which may happen to be the same."""
    tolls = {key: _draw_number(chance, 30) for key in incident.tolls}
    return replace(incident, tolls=tolls, things=_draw_things(chance) if incident.things else ())


EPISODES = {
    "alone": (50, happen_alone),
    "riposte": (20, draw_riposte),
    "neighbours": (12, strike_neighbours),
    "days that follow": (12, strike_daily),
    "twice a day": (3, strike_twice),
}
