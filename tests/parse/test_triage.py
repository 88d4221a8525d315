"""Security news from other news, statements, their makers and days."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.catalog.language import load_language
from pipelines.parse.triage import look_at, triage

FR = load_language("fr")

SECURITY = [
    "Attaque à Djibo\n\nAu moins dix soldats burkinabè ont perdu la vie lundi dans l'attaque de leur base.",
    "Nord du Togo : une mine tue trois enfants\n\nIls gardaient des moutons quand un engin a explosé près de Mandouri.",
    "Kidal : saisie d'armes\n\nLes FAMa ont découvert une cache d'armes mardi. Des munitions ont été récupérées.",
    "Des pêcheurs emmenés\n\nUne dizaine de pêcheurs ont été enlevés samedi par des hommes de Boko Haram.",
    "Torodi\n\nDes individus armés ont incendié vendredi le marché et emporté du bétail. On ne signale pas de victime.",
    "Ménaka : sept redditions\n\nSept combattants de l'EIGS se sont rendus dimanche aux FAMa avec leurs armes.",
    "Parc W\n\nUne patrouille a essuyé des tirs mardi. Deux rangers ont été blessés.",
    "Rapt d'un ingénieur\n\nUn étranger a été kidnappé dans la nuit de lundi à mardi à Niamey. Il a été conduit vers "
    "un lieu inconnu.",
    "Trois hameaux assaillis\n\nDe nouvelles violences ont éclaté ce mercredi près de Koro. Les hameaux ont été visés "
    "par "
    "des hommes armés et des greniers ont brûlé.",
    "Diffa : un procès\n\nDes suspects sont entendus. Samedi, une attaque de Boko Haram a tué six soldats à Toumour. "
    "L'armée a riposté dimanche et abattu dix assaillants.",
    "Opération Koundjoaré\n\nLes forces armées ont interpellé quatre individus suspects munis de cordons détonants.",
]
OTHER = [
    "Football : l'équipe attaque et l'emporte\n\nLe buteur a fusillé le gardien à bout portant. Deux tirs, "
    "deux buts au stade.",
    "Procès de l'attentat : la perpétuité requise\n\nLes accusés avaient tué dix personnes, dit le procureur "
    "à l'audience. Le "
    "tribunal rendra son verdict lundi. L'avocat annonce un pourvoi.",
    "Rougeole : l'offensive est lancée\n\nUne campagne de vaccination vise 96 000 enfants. L'ennemi est le "
    "virus, dit l'OMS.",
    "Kita : un car se renverse\n\nTrente personnes ont péri mardi dans un accident. Le chauffeur roulait "
    "trop vite sur la chaussée.",
    "Inondations : 339 morts\n\nLes pluies ont fait 339 morts et 383 blessés. L'armée a évacué des villages.",
    "Nouvelle promotion d'officiers\n\nLors de la cérémonie, le général a décoré dix militaires. Les "
    "récipiendaires ont défilé.",
    "Exercice : une prise d'otages simulée\n\nDe faux terroristes ont été neutralisés au cours de "
    "l'exercice. Les stagiaires "
    "ont fini leur formation.",
    "L'armée dément l'attaque de Sévaré\n\nL'état-major dément ces rumeurs : aucun coup de feu, de fausses "
    "informations.",
    "Des vivres pour les déplacés\n\nMercredi, 300 ménages ont reçu des sacs de riz et des nattes. Ils ont fui les "
    "attaques "
    "terroristes. Les bénéficiaires ont remercié les donateurs.",
    "L'armée compte de nouveaux bataillons\n\nLe Premier ministre a annoncé mardi la création d'unités. "
    "Des milliers de militaires ont été recrutés et dotés. Les groupes liés à Al-Qaïda endeuillent le pays.",
    "Le président promet des renforts\n\nAu terme de sa visite, lundi, il a promis 500 militaires de plus afin de "
    "continuer le combat contre les jihadistes, qui ne sont plus en mesure d'attaquer les casernes.",
    "Conseil des ministres\n\nLe gouvernement a adopté un décret sur le découpage en 17 régions. Les députés "
    "voteront le budget.",
    "",
    "\x00" * 500,
    "The quick brown fox jumps over the lazy dog.",
]


@pytest.mark.parametrize("text", SECURITY)
def test_security_news(text: str) -> None:
    assert triage(text, FR).is_security
    assert look_at(text, FR)


@pytest.mark.parametrize("text", OTHER)
def test_other_news(text: str) -> None:
    assert not triage(text, FR).is_security


def test_the_first_look_spares_what_is_plainly_other() -> None:
    assert not look_at("Le prix du mil augmente à Ségou, les commerçantes s'inquiètent.", FR)
    assert look_at("Des hommes armés sont venus.", FR)


def test_reasons_name_cues_and_contexts() -> None:
    reasons = triage("Football\n\nLe match a été une attaque terroriste de buts, dit l'arbitre au stade.", FR).reasons
    assert any(reason.startswith("sport -") for reason in reasons)
    assert any(reason.startswith("armed") for reason in reasons)


@pytest.mark.parametrize(
    ("text", "issuer", "day"),
    [
        (
            "Mali : dix terroristes neutralisés\n\nDix terroristes ont été neutralisés à Tessit, indique un "
            "communiqué de "
            "l'État-major général des armées publié mardi.",
            "l'État-major général des armées",
            "mardi",
        ),
        (
            "Point\n\nL'état-major a rendu public ce lundi 5 mai 2025 son point hebdomadaire. Six "
            "terroristes ont été abattus.",
            "L'état-major",
            "ce lundi 5 mai 2025",
        ),
        (
            "COMMUNIQUE\n\nLe Gouvernement condamne l'attaque terroriste qui a tué dix civils.\n\nNiamey, le "
            "24 janvier 2026\n",
            "Le Gouvernement",
            "le 24 janvier 2026",
        ),
        (
            "Six morts\n\nSix soldats ont été tués samedi 4 mai dans une attaque, selon un communiqué de l'armée.",
            "l'armée",
            None,
        ),
    ],
)
def test_who_states_it_and_when(text: str, issuer: str, day: str | None) -> None:
    found = triage(text, FR)
    assert found.is_communique
    assert found.issuer is not None
    assert found.issuer.text == issuer
    assert text[found.issuer.start : found.issuer.end] == issuer
    assert (found.statement.span.text if found.statement else None) == day


def test_an_outlet_s_own_report_is_no_communique() -> None:
    found = triage("Six morts\n\nDes hommes armés ont tué six villageois mardi, rapportent des sources locales.", FR)
    assert found.is_security
    assert not found.is_communique
    assert found.issuer is None
    assert found.statement is None


@given(st.text(max_size=200), st.booleans())
@settings(max_examples=200)
def test_any_text_can_be_looked_at(text: str, has_title: bool) -> None:
    found = triage(text, FR, has_title=has_title)
    assert not found.is_communique or found.is_security
    assert isinstance(look_at(text, FR), bool)
