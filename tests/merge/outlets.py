"""How outlets tell the incidents of a chronicle: the army's bulletins word for word, the press in its own way.

The press leaves out whom it does not know, rounds ("une dizaine"), says "plusieurs", errs by one or two, takes another
day, names the next town or only the district, and calls an attack a clash. The truth stays known: `Told.incident`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count, groupby
from random import Random
from typing import Any, NamedTuple, cast

from pipelines.mentions import Category, Figure, Outcome, Side, Span
from pipelines.models import Materiel, Party, Report, Toll, When, Where
from pipelines.schema.records import ReadArticle
from tests.merge.chronicle import GROUPS, KM, Incident
from tests.merge.factories import make_article, make_when, read_item

KINDS = {
    "Armed clash": "Attack",
    "Attack": "Armed clash",
    "Air/drone strike": "Armed clash",
    "Remote explosive/landmine/IED": "Attack",
    "Arrests": "Disrupted weapons use",
    "Abduction/forced disappearance": "Attack",
}
WORDS = {
    "killed": ("tués", "morts", "abattus"), "neutralised": ("neutralisés", "mis hors d'état de nuire"),
    "wounded": ("blessés",), "arrested": ("interpellés", "arrêtés"), "kidnapped": ("enlevés", "emmenés de force"),
}  # fmt: skip
LEADS = (
    "À {place}, {day}, {deed} a fait {dead}.",
    "{deed} s'est produit {day} vers {place} ; on parle de {dead}, selon des sources locales jointes par téléphone.",
    "Selon nos informations, {place} a connu {day} {deed} : {dead} d'après un élu de la zone.",
    "Des habitants de {place} racontent que {deed}, {day}, a laissé {dead} derrière lui, dans un secteur sous tension.",
    "Bilan de {dead} après {deed} survenu {day} à {place}, rapporte un correspondant.",
)
DEEDS = {
    "Armed clash": ("un accrochage", "de violents combats"), "Attack": ("une attaque armée", "un raid d'hommes à moto"),
    "Air/drone strike": ("une frappe aérienne", "un bombardement par drone"),
    "Remote explosive/landmine/IED": ("l'explosion d'un engin", "une mine"),
    "Arrests": ("une opération de bouclage", "un coup de filet"),
    "Abduction/forced disappearance": ("un enlèvement", "un rapt"),
    "Disrupted weapons use": ("une saisie",),
}  # fmt: skip
FORMULA = (
    "Dans le cadre de la sécurisation du territoire, les unités engagées dans la zone de {place} ont conduit {day} une "
    "action relative à {deed}. Bilan : {dead}. Les opérations de ratissage se poursuivent dans le secteur."
)


class Told(NamedTuple):
    """All articles, and the incident that each report tells."""

    items: list[ReadArticle]
    incident: dict[str, Incident]  # by report id


def tell_incidents(chance: Random, incidents: Sequence[Incident]) -> Told:
    """Bulletins of a country's day carried by outlets, and press articles about one or two incidents."""
    told = Told([], {})
    numbers = count()
    for _, group in groupby(incidents, key=lambda i: i.day):
        day = list(group)
        for country in sorted({i.village.country for i in day}):
            here = [i for i in day if i.village.country == country]
            _carry_bulletin(chance, told, numbers, [i for i in here if chance.random() < 0.7])
            for incident in here:
                for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
                    beside = [i for i in here if i is not incident and chance.random() < 0.25][:1]
                    _publish_press(chance, told, next(numbers), [incident, *beside])
    return told


def _carry_bulletin(chance: Random, told: Told, numbers: Iterator[int], incidents: list[Incident]) -> None:
    """The staff's own words, in one to three outlets; each may cut an incident or add a lead of its own."""
    texts = [_word(chance, FORMULA, i, i.tolls, _say_day(i.day), i.village.name, i.kind) for i in incidents]
    for _ in range(chance.randrange(1, 4) if incidents else 0):
        kept = [n for n in range(len(incidents)) if chance.random() < 0.9] or [0]
        reports = [_read_plainly(incidents[n], told=texts[n]) for n in kept]
        _publish(told, next(numbers), [incidents[n] for n in kept], [texts[n] for n in kept], reports, chance)


def _publish_press(chance: Random, told: Told, number: int, incidents: list[Incident]) -> None:
    retold = [_retell(chance, incident) for incident in incidents]
    _publish(told, number, incidents, [text for text, _ in retold], [values for _, values in retold], chance)


def _publish(
    told: Told, number: int, incidents: Sequence[Incident], texts: Sequence[str], values: Sequence[Any], chance: Random
) -> None:
    last = max(incident.day for incident in incidents)
    article = make_article(f"t{number:05}", texts, day=last + timedelta(days=chance.choice((0, 1, 1, 2, 3))))
    article = replace(article, outlet=f"outlet-{number % 9}", outlet_country=incidents[0].village.country)
    reports, start = [], len(article.title) + 2
    for place, (text, changes) in enumerate(zip(texts, values, strict=True)):
        span = Span(start, start + len(text), text)
        start += len(text) + 1
        reports.append(_make_report(article.article_id, place, span, changes))
        told.incident[reports[-1].report_id] = incidents[place]
    told.items.append(read_item(article, *reports))


def _make_report(article_id: str, place: int, span: Span, values: dict[str, Any]) -> Report:
    def read_party(name: str | None) -> Party | None:
        return Party(name, _side_of(name), span) if name else None

    tolls = tuple(Toll(outcome, side, figure, span) for (outcome, side), figure in values["tolls"].items())
    things = tuple(_make_thing(name, number, span) for name, number in values["things"])
    return Report(
        report_id=f"{article_id}.{place}", claim_id=f"{article_id}.{place}", article_id=article_id, trigger=span,
        sub_event_type=values["kind"], when=values["when"], where=values["where"],
        initiator=read_party(values["initiator"]), target=read_party(values["target"]), others=(),
        tolls=tolls, materiel=things, claimant=values["claimant"], evidence=(span,),
    )  # fmt: skip


def _make_thing(name: str, number: int, span: Span) -> Materiel:
    return Materiel(cast("Category", name), name, number, None, "seized", "non-state", span)


def _side_of(name: str) -> Side:
    return "state" if name.startswith("Military") else "civilian" if name == "Civilians" else "non-state"


def _make_figure(low: int, best: int | None, high: int | None) -> Figure:
    return Figure(low, best, high, Span(0, 0, ""), "exact")


def _read_plainly(incident: Incident, told: str) -> dict[str, Any]:
    """As the staff tells it: all of it."""
    return {
        "kind": incident.kind, "when": make_when(incident.day), "where": _locate(incident),
        "initiator": incident.initiator, "target": incident.target, "claimant": "Staff",
        "tolls": {key: _make_figure(n, n, n) for key, n in incident.tolls.items()}, "things": incident.things,
    }  # fmt: skip


def _locate(incident: Incident, **changes: Any) -> Where:
    village = incident.village
    where = Where(
        "at", village.country, village.admin1, village.admin2, place=village.name, location=village.name,
        latitude=village.latitude, longitude=village.longitude,
    )  # fmt: skip
    where = replace(where, **changes)
    is_unknown = where.location == village.name and not village.has_point
    return replace(where, latitude=None, longitude=None) if is_unknown else where


def _retell(chance: Random, incident: Incident) -> tuple[str, dict[str, Any]]:
    """Another newsroom's words and what they say."""
    day = incident.day + timedelta(days=chance.choices((0, 1, -1), weights=(94, 4, 2))[0])
    kind = incident.kind if chance.random() < 0.85 else KINDS[incident.kind]
    rival = next((name for name in (incident.initiator, incident.target) if name in GROUPS), None)
    is_rival = rival is not None and chance.random() < 0.08  # the other side's own account
    tolls = _retell_tolls(chance, incident, scale=chance.uniform(0.3, 3) if is_rival else 1)
    where, name = _retell_place(chance, incident)
    text = _word(chance, chance.choice(LEADS), incident, {key: f.low or 0 for key, f in tolls.items()}, _say_day(day),
                 name, kind)  # fmt: skip
    return text, {
        "kind": kind,
        "when": _blur_day(chance, day),
        "where": where,
        "initiator": _retell_party(chance, incident.initiator, incident),
        "target": _retell_party(chance, incident.target, incident),
        "claimant": rival if is_rival else chance.choice((None, None, "Staff")),
        "tolls": tolls,
        "things": _retell_things(chance, incident.things) if chance.random() < 0.5 else (),
    }


def _retell_party(chance: Random, name: str, incident: Incident) -> str | None:
    if chance.random() < 0.15:
        return None
    is_group = not name.startswith("Military") and name != "Civilians"
    return f"Unidentified Armed Group ({incident.village.country})" if is_group and chance.random() < 0.4 else name


def _blur_day(chance: Random, day: date) -> When:
    way = chance.random()
    if way < 0.03:
        return make_when(None)
    return make_when(day - timedelta(days=1), day) if way < 0.09 else make_when(day)  # the night between two days


def _retell_tolls(chance: Random, incident: Incident, scale: float) -> dict[tuple[Outcome, Side], Figure]:
    """The figures as another newsroom has them; a side may be missing, "neutralised" may be "killed"."""
    told: dict[tuple[Outcome, Side], Figure] = {}
    for (outcome, side), number in incident.tolls.items():
        if chance.random() < 0.12:
            continue
        if outcome in ("killed", "neutralised") and side == "non-state" and chance.random() < 0.3:
            outcome = chance.choice(("killed", "neutralised"))
        told[cast("Outcome", outcome), cast("Side", side)] = _retell_number(chance, max(1, round(number * scale)))
    return told


def _retell_things(chance: Random, things: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """Some of them, one number in eight another one."""
    kept = [thing for thing in things if chance.random() < 0.7]
    return tuple((name, number + (chance.random() < 0.125)) for name, number in kept)


def _retell_number(chance: Random, number: int) -> Figure:
    way = chance.random()
    if way < 0.68:
        return _make_figure(number, number, number)
    if way < 0.80:
        other = max(1, number + chance.choice((-1, 1, 1, 2)))
        return _make_figure(other, other, other)
    if way < 0.86:
        return _make_figure(number, number, None)  # au moins
    if way < 0.92 and number >= 8:
        ten = round(number, -1)
        return _make_figure(round(ten * 0.9), ten, round(ten * 1.2))  # une dizaine
    return _make_figure(2 if number > 1 else 1, None, None)  # plusieurs


def _retell_place(chance: Random, incident: Incident) -> tuple[Where, str]:
    village, way = incident.village, chance.random()
    if way < 0.70:
        return _locate(incident), village.name
    if way < 0.75:  # another table's point
        return _locate(incident, latitude=village.latitude + 2 * KM), village.name
    if way < 0.80:  # "près de" the village
        return _locate(incident, relation="near", latitude=village.latitude + 4 * KM), village.name
    if way < 0.90:  # the next town, near which it lies
        town = f"{village.admin2} ville"
        point = {"latitude": village.latitude + 8 * KM, "longitude": village.longitude - 6 * KM}
        return _locate(incident, relation="near", place=town, location=town, **point), town
    unit = "admin2" if way < 0.96 else "admin1"
    gone = {"place": None, "location": None, "latitude": None, "longitude": None}
    where = _locate(incident, relation=unit, **gone)
    return (where if unit == "admin2" else replace(where, admin2=None)), village.admin2


def _say_day(day: date) -> str:
    return f"le {day.day}/{day.month}"


def _word(
    chance: Random, form: str, incident: Incident, numbers: dict[Any, int], day: str, place: str, kind: str
) -> str:
    dead = (
        ", ".join(f"{n} {chance.choice(WORDS[outcome])}" for (outcome, _), n in numbers.items()) or "un bilan inconnu"
    )
    deed = chance.choice(DEEDS[kind])
    return form.format(place=place, day=day, deed=deed, dead=dead)
