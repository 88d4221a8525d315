"""When a sentence goes on with the incident being told, and when it opens another."""

from __future__ import annotations

import pytest

from tests.parse.readings import only, read

ONE_MORE = [
    (
        "Lundi, des terroristes ont attaqué le camp de Boni. Trois soldats ont été tués. Une seconde attaque, le même "
        "jour, a visé un poste de gendarmerie à Hombori : deux gendarmes sont morts.",
        ["Boni", "Hombori"],
    ),
    (
        "Des hommes armés ont attaqué samedi le marché de Ber, tuant cinq civils. La deuxième attaque, que le JNIM a "
        "revendiquée, visait un convoi de l'armée entre Ansongo et Ménaka.",
        ["Ber", "Ansongo - Ménaka"],
    ),
    (
        "Dimanche, une mine a tué quatre soldats à Boni. La troisième enfin, à Konna, avait pour cible un camion de la "
        "formation agricole.",
        ["Boni", "Konna"],
    ),
    (
        "Mercredi, un poste a été pris d'assaut à Mondoro. Six soldats ont péri. Un autre groupe a tenté, cette même "
        "nuit, de s'en prendre à la brigade de gendarmerie.",
        ["Mondoro", "Mondoro"],
    ),
    (
        "Lundi, un véhicule de l'armée a sauté sur une mine à Ansongo. Deux soldats ont été tués.\n\nLe même jour, un "
        "camion civil a lui aussi sauté sur une mine. Trois passagers ont été blessés.",
        ["Ansongo", None],
    ),
    (
        "Mardi 4 mars, six passagers ont été enlevés à Konna. Le lendemain mercredi, ce fut le tour des passagers d'un "
        "autre car.",
        ["Konna", "Konna"],
    ),
]


@pytest.mark.parametrize(("text", "places"), ONE_MORE)
def test_one_more_incident_is_told_by_its_words(text: str, places: list[str | None]) -> None:
    assert [report.where.place for report in read(text, published="2025-03-06").reports] == places


GOES_ON = [
    "Dimanche, le camp de Boni a été attaqué. Un second assaut a été repoussé. Bilan : douze soldats tués.",
    "Mardi, des djihadistes ont attaqué la position de Boni. Un autre assaillant a été capturé. Huit soldats ont péri.",
    "Lundi, des terroristes ont attaqué Boni. Trois soldats ont été tués. Les assaillants ont été repoussés aux portes "
    "de Hombori.",
    "Samedi, des hommes armés ont attaqué le camp de Boni. Le campement onusien est au sud, à côté de Hombori. Deux "
    "soldats sont morts sur le coup.",
    "Mardi, dans la région de Douentza, des hommes armés ont tué douze civils. C'est dans le village de Boni que les "
    "villageois ont été surpris, mardi 4 mars.",
    "Une attaque a visé lundi un camp de l'armée à Boni.\n\nLe lundi 3 mars, à Boni, des véhicules ont été incendiés.",
    "Des hommes armés ont attaqué lundi la zone de Hombori, tuant dix-huit civils.\n\nLundi matin, des hommes à moto "
    "ont attaqué. Il y a eu dix-huit tués et quatre blessés à Boni, a dit un élu.",
]


@pytest.mark.parametrize("text", GOES_ON)
def test_what_goes_on_opens_no_other_incident(text: str) -> None:
    assert only(text).where.place == "Boni"


def test_the_longer_name_and_the_finer_day_of_two_tellings_hold() -> None:
    text = (
        "La semaine dernière, quatre captifs ont été exécutés à Toguéré-Koumbé.\n\nQuatre civils ont été retrouvés "
        "tués à Toguéré samedi."
    )
    report = only(text)
    assert (report.where.place, str(report.when.start)) == ("Toguéré-Koumbé", "2025-03-01")


def test_more_people_than_any_incident_are_a_sum() -> None:
    text = "Trois civils ont été tués samedi à Boni. Plus de 20 000 personnes y ont perdu la vie, selon une ONG."
    assert only(text).tolls[0].figure.best == 3
    assert [total.figure.best for total in read(text).totals] == [20_000]


CAME_BEFORE = [
    (
        "Lundi, trois soldats ont été tués à Pama. C'était 24 heures après l'attaque d'un poste de douane à Batié, où "
        "un douanier avait trouvé la mort.",
        [("Pama", "2025-03-03"), ("Batié", "2025-03-02")],
    ),
    (
        "Dimanche 2 mars, des hommes armés ont tué dix civils à Boni. Cette attaque intervient trois jours après une "
        "embuscade contre l'armée à Hombori, qui avait fait six morts.",
        [("Boni", "2025-03-02"), ("Hombori", "2025-02-27")],
    ),
    (
        "Samedi, un poste a été attaqué à Porga. L'assaut est survenu un jour après l'explosion d'une mine à Koualou, "
        "où deux gardes ont péri.",
        [("Porga", "2025-03-01"), ("Koualou", "2025-02-28")],
    ),
    (
        "Trois jours après une première tuerie, le village de Téra a de nouveau été frappé mercredi : dix-huit "
        "personnes y ont péri.",
        [("Téra", "2025-03-05")],
    ),
    (
        "Deux jours après l'attaque de Boni, l'armée a frappé lundi une base à Tessit, tuant dix terroristes.",
        [("Tessit", "2025-03-03")],
    ),
    (
        "Une semaine après la terrible embuscade de Gaskindé, onze soldats ont été tués samedi à Djibo.",
        [("Djibo", "2025-03-01")],
    ),
    (
        "Cinq jours après l'attaque de Dori, qui a fait onze morts le 20 février, trois soldats ont été tués à Djibo.",
        [("Dori", "2025-02-20"), ("Djibo", "2025-02-25")],
    ),
    (
        "Trois jours avant l'attaque de Djibo, qui a fait dix morts mardi, quatre civils avaient été tués à Dori.",
        [("Djibo", "2025-03-04"), ("Dori", "2025-03-01")],
    ),
    (
        "Samedi, dix civils ont été tués à Djibo, suivis le lendemain d'une embuscade à Dori où un soldat a été tué.",
        [("Djibo", "2025-03-01"), ("Dori", "2025-03-02")],
    ),
    (
        "Deux civils ont été tués, le 4 février dernier, à Dori, indique l'armée dans un communiqué du 13 février.",
        [("Dori", "2025-02-04")],
    ),
    (
        "Cinq jours après, le maire est sorti de son silence : l'attaque de samedi à Djibo a fait dix morts.",
        [("Djibo", "2025-03-01")],
    ),
    (
        "Un deuil national débute mercredi, après l'attaque qui a tué dix civils samedi à Djibo.",
        [("Djibo", "2025-03-01")],
    ),
    (
        "Dix civils ont été tués dimanche à Djibo, au surlendemain d'une embuscade qui a tué trois soldats à Dori.",
        [("Djibo", "2025-03-02"), ("Dori", "2025-02-28")],
    ),
    (
        "Dix civils ont été tués samedi à Djibo. Au lendemain de ce carnage, trois soldats sont morts à Dori.",
        [("Djibo", "2025-03-01"), ("Dori", "2025-03-02")],
    ),
]


@pytest.mark.parametrize(("text", "told"), CAME_BEFORE)
def test_days_counted_from_another_incident(text: str, told: list[tuple[str, str]]) -> None:
    reports = read(text, country="BF").reports
    assert [(report.where.place, str(report.when.start)) for report in reports] == told


def test_words_about_a_claim_that_name_a_later_day_are_no_incident() -> None:
    text = "Dimanche, dix filles ont été enlevées à Boni. Personne n'a revendiqué ce rapt et, lundi, rien n'a été dit."
    assert str(only(text).when.start) == "2025-03-02"


def test_a_lead_that_adds_up_its_parts_is_a_sum() -> None:
    text = (
        "Trente-six terroristes neutralisés lors d'une action conduite vers Gao et Mopti, a annoncé l'armée. Le 1er "
        "mars, neuf assaillants ont été neutralisés à Boni. Le 2 mars, vingt-sept terroristes ont été neutralisés à "
        "Tessit."
    )
    assert [report.where.place for report in read(text).reports] == ["Boni", "Tessit"]


def test_uncounted_fighters_who_give_themselves_up() -> None:
    text = (
        "Le 1er mars, deux terroristes se sont rendus à Gao. Pour rappel, le 28 février, une poignée d'hommes armés "
        "s'était déjà livrée aux FAMa à Aguelhoc."
    )
    assert [report.where.place for report in read(text).reports] == ["Gao", "Aguelhoc"]


AFTERMATH = [
    "Des hommes armés ont attaqué jeudi le village de Boni, tuant 33 maraîchers. Selon un habitant, trois blessés ont "
    "été conduits à l'hôpital de Mopti.\n\nLes assaillants ont tiré sans distinction. Vingt-cinq blessés sont soignés, "
    "dont certains à Bamako et à Sévaré.",
    "Des hommes armés ont attaqué vendredi un car près de Boni. Au moins 31 personnes ont péri. Le véhicule conduisait "
    "des forains au marché de Konna quand les assaillants ont ouvert le feu sur le chauffeur.",
    "Plus de 130 civils ont été tués samedi à Boni, le pire massacre depuis des années. On a dénombré 134 corps.",
    "Vingt-trois soldats ont été tués jeudi à Boni. C'est l'attaque la plus meurtrière depuis 2015 et le début de la "
    "crise.",
]


@pytest.mark.parametrize("text", AFTERMATH)
def test_aftermath_and_comparisons_open_no_incident(text: str) -> None:
    assert only(text).where.place == "Boni"


def test_attackers_who_go_on_attack_again() -> None:
    text = (
        "Des hommes armés ont attaqué jeudi le village de Boni, tuant dix civils. Les assaillants ont ensuite incendié "
        "l'école de Konna."
    )
    assert [report.where.place for report in read(text).reports] == ["Boni", "Konna"]


ONE_DAY = [
    "Des chasseurs ont tué mardi 37 civils à Boni. « Nous avons été attaqués tôt ce matin par une milice. Le chef "
    "du village y est resté », a confié un éleveur.",
    "Dix soldats ont été tués mardi lors de l'attaque d'une garnison à Boni. Le chef de l'État s'est rendu hier sur "
    "les lieux. Ceux-ci ont pris les armes et brûlé les véhicules, dit un élu des assaillants.",
]


@pytest.mark.parametrize("text", ONE_DAY)
def test_days_of_speakers_and_visitors_are_none_of_an_incident(text: str) -> None:
    assert str(only(text).when.start) == "2025-03-04"


def test_a_day_counts_from_the_incident_and_not_from_background() -> None:
    text = (
        "Le 3 mars, le camp de Boni a été attaqué. Déjà, en septembre 2023, le groupe avait essayé cette arme.\n\n"
        "Moins de 24 heures plus tôt, une autre embuscade avait fait deux morts à Hombori."
    )
    assert [str(report.when.start) for report in read(text).reports] == ["2025-03-03", "2025-03-02"]


def test_a_lead_that_adds_up_the_first_parts_is_a_sum() -> None:
    text = (
        "Deux postes ont subi une attaque vers Gao. Douze soldats sont morts, dit l'armée.\n\nLe 3 mars, sept soldats "
        "ont été tués à Boni. Le 3 mars aussi, cinq soldats ont été tués à Hombori. Le 1er mars, six soldats avaient "
        "été tués à Tessit."
    )
    assert [report.where.place for report in read(text).reports] == ["Boni", "Hombori", "Tessit"]
