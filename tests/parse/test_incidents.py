"""Where one incident ends and another begins, and what is a sum over several."""

from __future__ import annotations

import pytest

from tests.parse.readings import TITLE, only, read

APART = [
    ("Le 24 février, un camp a été pris d'assaut à Bamba. Le 26, une patrouille a sauté sur une mine à Bourem.", 2),
    ("Lundi, les FAMa ont attaqué une base à Tessit. Ils ont tué dix terroristes et saisi trois motos.", 1),
    (
        "Le 2 mars, une frappe a visé un groupe à Niono. Dans la même journée, une autre base est détruite à Diabaly.",
        2,
    ),
    (
        "Vendredi. Des hommes armés arrivent à Mondoro. Ils ont ouvert le feu sur le poste. Deux gendarmes sont morts.",
        1,
    ),
    ("Des attaques ont visé lundi les positions de Boni et de Tessit. Le bilan cumulé est de seize morts.", 2),
]


@pytest.mark.parametrize(("text", "count"), APART)
def test_incidents_are_told_apart(text: str, count: int) -> None:
    assert len(read(text).reports) == count


def test_one_sentence_may_tell_two() -> None:
    text = (
        "Le 1er mars, un convoi est tombé dans une embuscade à Ansongo, et le 3 mars une frappe aérienne a détruit "
        "un pick-up à Labbezanga."
    )
    assert [report.where.place for report in read(text).reports] == ["Ansongo", "Labbezanga"]


def test_a_lead_is_laid_on_its_story() -> None:
    text = (
        "Cinq soldats ont été tués lors d'une attaque, selon l'armée.\n\nL'assaut a eu lieu lundi 3 mars à Dioura. "
        "Les assaillants ont été repoussés."
    )
    report = only(text)
    assert (report.where.place, str(report.when.start), len(report.tolls)) == ("Dioura", "2025-03-03", 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Six civils ont été tués à Boni le 18 février, selon le bulletin de l'armée paru mardi 4 mars.", "2025-02-18"),
        ("Trois soldats sont morts à Boni dimanche, d'après un communiqué publié mardi par l'armée.", "2025-03-02"),
        ("(Échos du Sahel, 4 mars) Des hommes armés ont tué six civils à Boni dimanche.", "2025-03-02"),
        ("Six civils ont été tués à Boni le 24 février dernier, jour de l'Aïd.", "2025-02-24"),
        ("Une attaque a tué six civils à Boni. Le drame remonte à quarante-huit heures.", "2025-03-03"),
    ],
)
def test_the_day_of_the_deed_is_not_that_of_its_telling(text: str, day: str) -> None:
    assert str(only(text).when.start) == day


@pytest.mark.parametrize(("first", "second"), [("Boni", "Hombori"), ("Farako", "Farakoro")])
def test_equal_figures_of_one_day_at_two_places_are_two_incidents(first: str, second: str) -> None:
    told = f"Lundi 3 mars, dix civils ont été tués à {first} par des hommes armés. "
    told += f"Le même jour, dix civils ont été tués à {second} par des terroristes."
    assert [report.where.place for report in read(told).reports] == [first, second]


def test_a_great_arrest_is_an_incident() -> None:
    assert only("600 civils ont été arrêtés lundi à Boni par l'armée.").tolls[0].figure.best == 600


def test_an_incident_of_recent_days_has_no_day() -> None:
    second = read("Mardi, six soldats ont été tués à Boni. Récemment, huit soldats sont tombés à Hombori.").reports[1]
    assert (second.when.start, second.when.span and second.when.span.text) == (None, "Récemment")


@pytest.mark.parametrize(
    "text",
    [
        "Deux autres attaques ont fait, ce dernier mois, au moins 60 morts dans le nord.",
        "En moins d'une semaine, 32 civils ont ainsi trouvé la mort dans la région.",
        "Treize civils, dont sept enfants, ont péri jeudi et vendredi lors de deux frappes de drones.",
        "Entre le 15 janvier et le 15 février 2025, au moins 114 terroristes ont perdu la vie, selon l'armée.",
        "Selon une organisation, plus de 17 000 civils et militaires y ont perdu la vie dans des attaques djihadistes.",
        "Au moins 34 terroristes ont été tués les 17 et 19 février, dans deux opérations menées dans la région de Gao.",
        "Quatre attaques distinctes ont coûté la vie, dans le nord du Mali, à une trentaine de civils.",
    ],
)
def test_a_figure_over_several_incidents_is_no_incident(text: str) -> None:
    found = read(text)
    assert found.totals
    assert not found.reports


def test_period_figures_are_totals() -> None:
    text = (
        "Le 26 février, des terroristes ont attaqué le poste de Mondoro ; deux soldats sont tombés.\n\n"
        "Au total, 25 terroristes ont été neutralisés au cours de la semaine."
    )
    found = read(text)
    assert [toll.figure.best for report in found.reports for toll in report.tolls] == [2]
    assert [total.figure.best for total in found.totals] == [25]


def test_a_bulletins_items_stay_apart() -> None:
    text = (
        "POINT DES OPERATIONS\n\nTHEATRE EST\n- Le 3 mars, à Ansongo, quatre terroristes ont été neutralisés.\n"
        "- Même jour, à Gossi, trois suspects ont été interpellés.\n- Le 4 mars, à Ménaka, une moto a été saisie "
        "lors d'une fouille.\n"
    )
    assert [report.where.place for report in read(text).reports] == ["Ansongo", "Gossi", "Ménaka"]


def test_old_incidents_are_background() -> None:
    text = (
        "Lundi, une attaque a visé le camp de Dioura, faisant trois morts parmi les soldats. "
        "En mars 2019 déjà, vingt-trois militaires y avaient été tués dans une attaque."
    )
    assert [toll.figure.best for report in read(text).reports for toll in report.tolls] == [3]


@pytest.mark.parametrize(
    "text",
    [
        "Les FAMa vont neutraliser les terroristes de Niono, a promis le ministre de la Défense lundi.",
        "En cas d'attaque à Niono, les soldats devraient riposter, rappelle l'armée dans son exercice.",
        "Le ministre dément la mort de dix soldats dans une attaque à Gao.",
    ],
)
def test_plans_and_denials_are_no_incidents(text: str) -> None:
    assert all(not report.tolls for report in read(text).reports)


SETTLED = [
    (  # days and sites of what came before are not those of what is told
        "Mardi, en réaction aux opérations menées lundi à Koro, un détachement a été attaqué à Boni par des bandits.",
        ["Boni"],
    ),
    (  # a bearing is no region, a village known nowhere lies where its neighbour does
        "Lundi, deux suspects ont été interpellés à proximité du village de Koulabagou au sud-ouest de Mopti.",
        ["Koulabagou"],
    ),
    (  # "cette frappe" goes on, "par ailleurs" with a unit of its own does not
        "Lundi 3 mars, une frappe a visé un camp à Niono. Cette frappe a tué dix terroristes. "
        "Par ailleurs, dans le cercle de Koro, cinq soldats ont été tués lundi 3 mars dans une embuscade.",
        ["Niono", "Koro"],
    ),
    (  # an incident put among others tells no new figures
        "Lundi, quatre soldats ont été tués dans une attaque à Gao. Cette attaque survient au lendemain d'un raid "
        "qui a fait trente morts.",
        ["Gao"],
    ),
    (  # people who die in an accident are no toll
        "Lundi, deux soldats ont été tués dans une attaque à Gao. Neuf autres sont morts dans un accident de la route.",
        ["Gao"],
    ),
]


@pytest.mark.parametrize(("text", "places"), SETTLED)
def test_sites_are_those_of_what_is_told(text: str, places: list[str]) -> None:
    reports = read(text).reports
    assert [report.where.place for report in reports] == places
    assert all(len(report.tolls) < 2 for report in reports)


SIDE_BY_SIDE = [
    (
        "Le 1er mars, douze terroristes se sont rendus à Boni, tandis que sept autres ont déposé les armes à Hombori.",
        ["Boni", "Hombori"],
    ),
    (
        "Lundi, une frappe a détruit une base à Tessit, tandis qu'une embuscade a coûté la vie à trois soldats à "
        "Ansongo.",
        ["Tessit", "Ansongo"],
    ),
    ("Le 1er mars, neuf combattants ont été tués à Ansongo, quatre à Labbezanga et deux à Tessit.",
     ["Ansongo", "Labbezanga", "Tessit"]),
    ("Dimanche, les FAMa ont respectivement neutralisé huit et cinq terroristes à Boni et à Hombori.",
     ["Boni", "Hombori"]),
    ("Dimanche, le camp de Dioura a été attaqué par des hommes armés. Celui de Nampala l'a été à son tour mardi.",
     ["Dioura", "Nampala"]),
    ("L'armée a mené une frappe à Tessit le 2 mars. Une autre a visé, le lendemain, un campement près d'Ansongo.",
     ["Tessit", "Ansongo"]),
    ("Le 2 mars, une patrouille a arrêté six suspects à Boni. Trois autres l'ont été le lendemain à Hombori.",
     ["Boni", "Hombori"]),
    ("Les postes de Boni et de Hombori ont été attaqués lundi. À Hombori, le commissariat a été incendié.",
     ["Boni", "Hombori"]),
    ("Boni (cercle de Douentza), Tessit (cercle de Gao) et Léré (région de Tombouctou) ont été attaqués lundi.",
     ["Boni", "Tessit", "Léré"]),
    ("Samedi, des combats ont opposé l'armée au JNIM dans les localités de Tessit et de Labbezanga.", ["Tessit"]),
    ("Dimanche, deux soldats ont été tués à Boni et cinq blessés évacués à Sévaré.", ["Boni"]),
    ("Tandis que le marché de Boni était visé, on tirait à Hombori.", ["Boni", "Hombori"]),
    ("Au moment même où le poste de Boni était attaqué, des hommes armés ont tué deux soldats à Hombori.",
     ["Boni", "Hombori"]),
    ("Mardi, un homme a été tué à Boni. Plus tôt dans la même journée, trois bergers avaient été enlevés.",
     ["Boni", "Boni"]),
    ("Lundi, des hommes armés ont attaqué un poste à Boni, tuant deux gendarmes.\n\nUn autre groupe, de voyageurs, a "
     "été enlevé par des hommes à moto.", ["Boni", "Boni"]),
    ("Des hommes armés ont attaqué lundi le village de Boni.\n\nLes rescapés étaient mercredi à Hombori. « Ils ont tué "
     "dix personnes », raconte l'un d'eux.", ["Boni"]),
    ("Une patrouille est tombée lundi dans une embuscade à Boni.\n\nLe général était mardi à Hombori. « Cinq de nos "
     "hommes sont morts », a-t-il dit.", ["Boni"]),
    ("Dimanche, trois gendarmes ont été enlevés à Boni. Leurs corps sans vie ont été retrouvés mardi à Hombori.",
     ["Boni"]),
    ("Dimanche, un poste a été attaqué dans la région de Mopti. Près de Gao, dans le nord, d'autre part, les positions "
     "d'un groupe ont été attaquées.", [None, "Gao"]),
    ("Lundi, un convoi a été attaqué à Tessit. Dans la région de Kayes, des hommes armés ont attaqué un poste.",
     ["Tessit", None]),
    ("Lundi, cinq soldats ont été tués à Boni. Vendredi, l'attaque d'un camp du centre du pays avait fait huit morts.",
     ["Boni", None]),
    ("Les sept gendarmes tués lundi à Boni ont été inhumés mercredi à Bamako.", ["Boni"]),
    ("Une embuscade a eu lieu lundi à Adab-Dab. Deux soldats sont morts, et l'attaque d'Adab Dab a été revendiquée.",
     ["Adab-Dab"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "places"), SIDE_BY_SIDE)
def test_incidents_told_side_by_side(text: str, places: list[str | None]) -> None:
    assert [report.where.place for report in read(text).reports] == places


def test_a_days_figure_is_kept_apart_from_the_day_before() -> None:
    text = (
        "Le 12 février, neuf terroristes se sont rendus à Boni. Le 13 février, c'est au tour de treize autres de "
        "rendre les armes."
    )
    assert [str(report.when.start) for report in read(text).reports] == ["2025-02-12", "2025-02-13"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Trois terroristes se sont rendus à Boni mardi.", 1),
        ("Une délégation du ministère s'est rendue à Boni mardi pour saluer les soldats.", 0),
    ],
)
def test_fighters_surrender_where_others_travel(text: str, count: int) -> None:
    assert len(read(text).reports) == count


def test_a_periods_sum_is_no_incident_beside_its_parts() -> None:
    text = (
        "Du 24 février au 2 mars, les forces armées ont neutralisé 29 terroristes. Le 25 février, une frappe a tué "
        "douze terroristes à Tessit. Le 28 février, 17 autres ont été abattus à Boni."
    )
    found = read(text)
    assert [report.where.place for report in found.reports] == ["Tessit", "Boni"]
    assert [total.figure.best for total in found.totals] == [29]


def test_the_sum_of_one_operation_is_its_toll() -> None:
    text = (
        "Les forces armées ont mené du 20 au 27 février une opération de ratissage dans la forêt de Wagadou. Bilan "
        "global : douze terroristes tués et trois bases détruites."
    )
    report = only(text)
    assert (str(report.when.start), [toll.figure.best for toll in report.tolls]) == ("2025-02-20", [12])


def test_what_is_told_of_several_sites_at_once_is_handed_out() -> None:
    text = (
        "Les localités de Boni et de Hombori ont été la cible d'attaques lundi. On compte 18 morts parmi les civils. "
        "À Boni, douze habitants ont été tués. Des maisons ont été brûlées dans les deux villages."
    )
    found = read(text)
    assert [total.figure.best for total in found.totals] == [18]
    tolls = {report.where.place: [toll.figure.best for toll in report.tolls] for report in found.reports}
    assert tolls == {"Boni": [12], "Hombori": []}
    assert all(report.materiel for report in found.reports)


NEWS = "Lundi 3 mars, des hommes armés ont attaqué le poste de Boni, tuant quatre soldats. "
BEFORE = [
    ("Cette attaque survient deux semaines après celle de Hombori, où un gendarme avait été tué le 13 février.",
     "2025-02-13"),
    ("Pour rappel, le 13 février, un engin explosif avait coûté la vie à trois soldats à Hombori.", "2025-02-13"),
    ("Elle intervient après l'embuscade de Hombori, qui avait fait deux morts le 13 février.", "2025-02-13"),
    ("Une semaine plus tôt, six soldats étaient tombés dans une embuscade à Hombori.", "2025-02-24"),
    ("La région a connu plusieurs attaques ces derniers mois, notamment à Hombori et à Tessit.", None),
    ("En janvier 2019, deux touristes avaient été enlevés à Hombori.", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), BEFORE)
def test_what_went_before_is_an_incident_with_day_and_place(text: str, day: str | None) -> None:
    told = [(report.where.place, str(report.when.start)) for report in read(NEWS + text).reports]
    assert told == [("Boni", "2025-03-03"), *([("Hombori", day)] if day else [])]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Dix soldats ont été inhumés mercredi à Sévaré. Ils avaient été tués dimanche à Boni par des hommes armés.",
         "2025-03-02"),
        ("Le ministre de la Défense s'est rendu mardi à Boni, où dix soldats ont été tués dimanche dans une attaque.",
         "2025-03-02"),
        ("Trois jours après l'attaque de Boni, le calme revient. L'attaque avait eu lieu le 2 mars vers 5 heures.",
         "2025-03-02"),
    ],
)  # fmt: skip
def test_an_incident_told_by_its_aftermath_has_its_own_day_and_place(text: str, day: str) -> None:
    report = only(text)
    assert (report.where.place, str(report.when.start)) == ("Boni", day)


def test_a_new_paragraph_of_the_same_day_tells_another() -> None:
    text = (
        "Lundi, des hommes armés ont attaqué le poste de Tessit : dix soldats tués.\n\nLe même jour, un convoi parti "
        "de Boni pour ravitailler Hombori n'est pas arrivé. Pris dans une embuscade, il a perdu six camions."
    )
    assert [report.where.place for report in read(text).reports] == ["Tessit", "Boni - Hombori"]


COUNTED = [
    ("Lundi, une patrouille a arrêté deux suspects à Boni. Ils ont été remis à la brigade de Sévaré.", ["Boni"]),
    ("Lundi, à Boni, les FAMa ont récupéré 200 bœufs volés.", ["Boni"]),
    ("Vendredi, dix habitants ont été tués à Tessit et, dimanche, cinq autres à Boni.", ["Tessit", "Boni"]),
    ("Lundi 3 mars, le sous-préfet de Boni a été enlevé par des hommes armés.", ["Boni"]),
    (
        "Comme cela s'était produit dix jours auparavant, une patrouille a été attaquée lundi 3 mars à Boni.",
        ["Boni"],
    ),
    (
        "Neuf morts : l'armée revoit à la hausse le bilan de deux attaques subies samedi et lundi à Boni.\n\nSamedi, "
        "une patrouille a sauté sur une mine. Lundi, deux soldats ont été tués dans une embuscade.",
        ["Boni", "Boni"],
    ),
    ("Lundi, une patrouille a sauté sur une mine à Boni. Une deuxième patrouille a connu le même sort.",
     ["Boni", "Boni"]),
    (
        "Lundi, une frappe a tué le chef d'un groupe terroriste à Boni. Il était recherché pour l'attaque de Hombori, "
        "en 2016.",
        ["Boni"],
    ),
    ("La semaine dernière, l'armée a neutralisé six terroristes. Lundi 3 mars, elle en a tué dix à Boni.", ["Boni"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "places"), COUNTED)
def test_each_incident_is_counted_once(text: str, places: list[str]) -> None:
    assert [report.where.place for report in read(text).reports] == places


def test_a_place_taken_by_fighters_changes_hands() -> None:
    report = only("Lundi, des terroristes ont pris le contrôle de Boni.")
    assert report.sub_event_type == "Non-state actor overtakes territory"


LISTED = [
    (
        "Dimanche, un bataillon a été attaqué à Boni, un détachement militaire l'a été à Hombori, et un autre "
        "bataillon à Tessit.",
        ["Boni", "Hombori", "Tessit"],
    ),
    ("Des attaques à Boni et à Hombori ont fait douze morts lundi.", ["Boni", "Hombori"]),
    ("Une attaque contre les villages de Boni et de Hombori a fait douze morts lundi.", ["Boni"]),
    (
        "Deux véhicules ont sauté sur des mines lundi, le premier à Boni, le second à Hombori, faisant cinq morts.",
        ["Boni", "Hombori"],
    ),
    (
        "L'armée recherche les auteurs d'une double attaque menée le 1er mars dans les villages de Boni et Hombori.",
        ["Boni", "Hombori"],
    ),
    (
        "L'armée a neutralisé lundi au moins cinquante terroristes. À Boni, une embuscade a été repoussée : 40 "
        "assaillants tués. À Hombori, dix autres ont été abattus.",
        ["Boni", "Hombori"],
    ),
    (
        "La première action a eu lieu dimanche à Boni : treize terroristes abattus. La deuxième action, conduite dans "
        "le village de Hombori, a débouché sur la neutralisation de deux autres terroristes.",
        ["Boni", "Hombori"],
    ),
    (
        "Fin février, les attaques de deux positions de l'armée, l'une à Boni, l'autre à Hombori, avaient coûté la vie "
        "à quatre militaires.",
        ["Boni", "Hombori"],
    ),
    ("Le préfet de Boni, kidnappé en mai 2018 par des terroristes, a retrouvé la liberté lundi.", ["Boni"]),
]


@pytest.mark.parametrize(("text", "places"), LISTED)
def test_sites_told_in_a_list(text: str, places: list[str]) -> None:
    assert [report.where.place for report in read(text).reports] == places


def test_a_lead_and_its_story_share_their_figure() -> None:
    text = (
        "Vingt soldats au moins ont été tués lors de l'attaque d'un camp de l'armée à Gao.\n\nDes terroristes ont pris "
        "d'assaut lundi 3 mars le camp de Tessit, région de Gao. Au moins vingt soldats ont été tués."
    )
    assert only(text).where.place == "Tessit"


def test_the_day_beside_the_deed_is_no_day_of_the_telling() -> None:
    report = only("Vingt villageois ont été tués samedi à Boni, ont indiqué lundi à l'AFP un élu et un habitant.")
    assert str(report.when.start) == "2025-03-01"


def test_where_a_source_or_help_comes_from_is_no_site() -> None:
    text = (
        "Sept gendarmes ont été tués mardi à Boni. Des renforts ont été envoyés de Sévaré. Une source hospitalière de "
        "Hombori confirme avoir reçu sept corps et quatre blessés."
    )
    assert only(text).where.place == "Boni"


SHARED = [  # each place with its own figure
    (
        "Lundi, des hommes armés ont tué neuf personnes à Bogandé, six à Bilanga et quatre à Gayéri.",
        {"Bogandé": 9, "Bilanga": 6, "Gayéri": 4},
    ),
    ("Lundi, onze villageois ont été tués à Dinangourou, cinq à Yoro.", {"Dinangourou": 11, "Yoro": 5}),
    (
        "Les postes de Boni et de Hombori ont été attaqués dimanche, faisant respectivement sept et quatre morts.",
        {"Boni": 7, "Hombori": 4},
    ),
    (
        "Des hommes armés ont attaqué dimanche le marché de Dori, où cinq commerçants sont morts, et celui de Sebba, "
        "où trois femmes ont été tuées.",
        {"Dori": 5, "Sebba": 3},
    ),
    (
        "L'armée a subi deux embuscades lundi, l'une à Diabaly, l'autre à Niono. Dans la première, cinq soldats sont "
        "morts. La seconde a fait trois blessés.",
        {"Diabaly": 5, "Niono": 3},
    ),
    (
        "À Djibo, douze soldats ont péri dimanche dans un assaut. Non loin de là, à Tongomayel, cinq habitants ont été "
        "enlevés le même jour.",
        {"Djibo": 12, "Tongomayel": 5},
    ),
]


@pytest.mark.parametrize(("text", "figures"), SHARED)
def test_each_place_has_its_own_figure(text: str, figures: dict[str, int]) -> None:
    reports = read(text).reports
    assert {report.where.place: report.tolls[0].figure.best for report in reports} == figures


def test_a_list_by_pronouns_has_a_day_and_a_place_each() -> None:
    text = "Deux écoles ont été brûlées par des hommes armés, celle de Torodi samedi, celle de Makalondi dimanche."
    told = [(report.where.place, str(report.when.start)) for report in read(text, country="NE").reports]
    assert told == [("Torodi", "2025-03-01"), ("Makalondi", "2025-03-02")]


@pytest.mark.parametrize(
    ("text", "title", "places"),
    [
        (
            "Le village de Sampelga a été attaqué vendredi et sept villageois tués. Revenus dimanche, les assaillants "
            "ont tué deux vieillards.",
            TITLE,
            ["Sampelga", "Sampelga"],
        ),
        (
            "Des jihadistes ont attaqué lundi une base de l'armée dans le centre du Mali, tuant huit militaires. "
            "C'est Nampala qui a été visée, a précisé un élu.",
            TITLE,
            ["Nampala"],
        ),
        (
            "Douze soldats ont péri samedi sous les balles de jihadistes.",
            "Attaque à Nampala : douze morts",
            ["Nampala"],
        ),
        ("Douze soldats ont péri samedi dans une attaque à Boni.", "Le ministre est à Nampala", ["Boni"]),
        (
            "Des terroristes ont attaqué lundi le camp de Dioura, tuant trois soldats. Quelques heures plus tard, "
            "l'aviation a frappé les assaillants en fuite et en a neutralisé une vingtaine.",
            TITLE,
            ["Dioura"],
        ),
    ],
)
def test_an_incident_is_placed_by_what_is_told_of_it(text: str, title: str, places: list[str]) -> None:
    assert [report.where.place for report in read(text, title=title).reports] == places


def test_a_lead_says_killed_and_its_story_neutralised() -> None:
    text = (
        "BAMAKO (AFP) - Plus d'une centaine de terroristes ont été tués dimanche dans le centre du Mali par une frappe "
        "aérienne, a fait savoir l'armée malienne.\n\nOn lit dans son communiqué que, le 2 mars, les vecteurs aériens "
        "ont traité une base dans le secteur de Tessit. « Plus d'une centaine de terroristes neutralisés : tel est le "
        "bilan », ajoutent les militaires."
    )
    assert only(text).where.place == "Tessit"


def test_an_undated_lead_is_dated_by_its_story() -> None:
    text = (
        "Le JNIM a endossé l'attaque d'un convoi de l'armée à Tessit.\n\n"
        "Le convoi avait été attaqué à Tessit par des hommes armés le 24 février."
    )
    assert str(only(text).when.start) == "2025-02-24"


WITH_WHAT_CAME_OF_IT = [
    (
        "Treize villageois ont été enlevés dimanche à Djenné. Trois d'entre eux ont été retrouvés morts le lendemain.",
        [("Djenné", "2025-03-02")],
    ),
    (
        "Des hommes armés ont attaqué dimanche le poste de Diafarabé, tuant quatre militaires. Un renfort parti de "
        "Ténenkou a sauté sur une mine en chemin ; deux soldats ont été tués.",
        [("Diafarabé", "2025-03-02"), ("Diafarabé", "2025-03-02")],
    ),
    (
        "Onze soldats ont été tués mardi à Dioura. Cette attaque survient quatre jours à peine après celle de Boni, "
        "dans laquelle six gendarmes avaient été tués.",
        [("Dioura", "2025-03-04"), ("Boni", "2025-02-28")],
    ),
    (
        "Après la mort de trois soldats samedi à Boni, l'armée a de nouveau été frappée lundi : cinq militaires ont "
        "été tués à Dioura.",
        [("Boni", "2025-03-01"), ("Dioura", "2025-03-03")],
    ),
    (
        "Enlevé le 26 février à Bankass, le sous-préfet a été relâché lundi à Koro par ses ravisseurs.",
        [("Koro", "2025-03-03")],
    ),
]


@pytest.mark.parametrize(("text", "told"), WITH_WHAT_CAME_OF_IT)
def test_what_comes_before_and_after_has_its_own_day_and_place(text: str, told: list[tuple[str, str]]) -> None:
    assert [(report.where.place, str(report.when.start)) for report in read(text).reports] == told


@pytest.mark.parametrize(
    "text",
    [
        "Des jihadistes ont fondu lundi sur le village de Boni.",
        "Des hommes en armes ont semé la mort lundi à Boni.",
        "Dans la nuit de dimanche à lundi, Boni a vu déferler des hommes armés.",
        "Des avions de chasse ont largué, lundi à Boni, des bombes sur une position terroriste.",
        "Lundi 3 mars, Boni a vu surgir des assaillants à moto.\n\nEn images : dix morts à Gao",
    ],
)
def test_attacks_are_told_by_pictures(text: str) -> None:
    assert only(text).where.place == "Boni"
