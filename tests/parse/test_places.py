"""Place phrases: names with the words around them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.catalog.country import Atlas, load_atlas
from pipelines.catalog.gazetteer import HEADER
from pipelines.catalog.language import Lexicon, load_language
from pipelines.catalog.names import fold_name
from pipelines.mentions import PlaceMention
from pipelines.parse.places import find_places


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_language("fr")


def show(mention: PlaceMention) -> tuple[object, ...]:
    return mention.relation, mention.role, "+".join(name.text for name in mention.names)


PHRASES = [
    ("Une attaque à Tessit.", [("at", "site", "Tessit")]),
    ("A Gossi, deux morts.", [("at", "site", "Gossi")]),
    ("une base dans la zone de Labbezanga", [("near", "site", "Labbezanga")]),
    ("dans le secteur de Niono", [("near", "site", "Niono")]),
    ("non loin du village de Bamba, dans le cercle de Koro", [("near", "site", "Bamba")]),
    ("à la sortie sud de la ville de Sikasso", [("near", "site", "Sikasso")]),
    ("au sud de Gossi", [("near", "site", "Gossi")]),
    ("sur la RN16 entre Gossi et Hombori", [("between", "site", "Gossi+Hombori")]),
    ("sur l'axe Koro-Bandiagara", [("between", "site", "Koro+Bandiagara")]),
    ("l'axe routier Sévaré – Bandiagara", [("between", "site", "Sévaré+Bandiagara")]),
    ("entre les villages de Donkou et de Dagalé", [("between", "site", "Donkou+Dagalé")]),
    ("dans le cercle de Kangaba", [("admin2", "site", "Kangaba")]),
    ("au nord du cercle de Bourem", [("admin2", "site", "Bourem")]),
    ("dans la région du Centre-Nord", [("admin1", "site", "Centre-Nord")]),
    ("parti de Gao à destination d'Ansongo", [("at", "origin", "Gao"), ("at", "destination", "Ansongo")]),
    ("le maire de Kidal a parlé", [("at", "title", "Kidal")]),
    ("le préfet du cercle de Koro", [("admin2", "title", "Koro")]),
    ("une compagnie basée à Ouahigouya", [("at", "home", "Ouahigouya")]),
    ("les localités de Bourzanga, Alga et Foubé", [("at", "site", n) for n in ("Bourzanga", "Alga", "Foubé")]),
    ("à Wagadougou", [("at", "site", "Wagadougou")]),
    ("dans la zone dite des trois frontières", []),
    ("dans le Liptako-Gourma", []),
    ("le général Moussa Traoré a salué", []),
    ("le colonel Assimi Gao s'est rendu", []),
    ("dans le nord du pays", [("country", "site", "pays")]),
    ("un camp du centre du Mali", [("country", "site", "Mali")]),
    ("Togo : huit soldats tués", []),
    ("huit soldats tués au Togo", [("country", "site", "Togo")]),
    ("huit soldats tués à Togo", [("at", "site", "Togo")]),
    ("dans l'extrême-nord du Cameroun", [("country", "site", "Cameroun")]),
    ("dans le centre-nord du Mali, à Boni", [("country", "site", "Mali"), ("at", "site", "Boni")]),
    ("Xyzabou, une ville de la province du Bam", [("at", "site", "Xyzabou")]),
    ("ils cernent Xyzabou, un village frontalier, à 1 km de Gao", [("at", "site", "Xyzabou")]),
    ("à Xy, commune que traverse la route", [("at", "site", "Xy")]),
    ("à Xyzabou 2, un village distant de Gao", [("at", "site", "Xyzabou 2"), ("at", "site", "Gao")]),
    ("un élu local de la région de Gao raconte", [("admin1", "title", "Gao")]),
    ("une source sécuritaire, à Ouagadougou, explique", [("at", "home", "Ouagadougou")]),
    ("un responsable de l'ONU à Bamako", [("at", "home", "Bamako")]),
    ("une attaque contre les éléments stationnés à Xyzabou", [("at", "site", "Xyzabou")]),
    ("des soldats stationnés à Gao", [("at", "home", "Gao")]),
    ("l'ont confirmé à Anadolu", []),
    ("au Mali", [("country", "site", "Mali")]),
    ("le village de Xyzabou, attaqué", [("at", "site", "Xyzabou")]),
    ("Xyzabou, dans le cercle de Koro", [("at", "site", "Xyzabou")]),
    ("Xyzabou a parlé", []),
    ("une attaque de Boko Haram", []),
    ("à Bama, une attaque de Boko Haram", [("at", "site", "Bama")]),
    ("le village de #Xyz_Abou, attaqué", [("at", "site", "Xyz_Abou")]),
    ("le village de «Tin_Aicha»", [("at", "site", "Tin_Aicha")]),
    ("à une quinzaine de km au sud du département de Téra", [("near", "site", "Téra")]),
    ("dans le quartier Xyzabou", [("at", "site", "Xyzabou")]),
    ("dans le secteur de Torodi-Séno", [("near", "site", "Torodi")]),
    ("des hommes armés ont assailli Xyzabou", [("at", "site", "Xyzabou")]),
    ("l'armée a frappé Xyzabou", []),
    ("les villages de Xyz, Abou Koro et Zab ont brûlé", [("at", "site", n) for n in ("Xyz", "Abou Koro", "Zab")]),
    ("le village de Xyz, Abou Zab", [("at", "site", "Xyz")]),
    ("la préfecture de Xyzabou a brûlé", [("admin2", "site", "Xyzabou")]),
    ("une embuscade dans le parc naturel W (nord)", [("at", "site", "W")]),
    ("un point W", []),
    ("à Gao Xyzabou, trois morts", [("at", "site", "Gao Xyzabou")]),
    ("la sous-préfecture de Gao Xyzabou", [("at", "site", "Gao Xyzabou")]),
    ("dans la région de Gao Moussa Traoré", [("admin1", "site", "Gao")]),
    ("dans la forêt de Xyzabou", [("at", "site", "forêt de Xyzabou")]),
    ("dans la forêt classée de Xyzabou", [("at", "site", "forêt classée de Xyzabou")]),
    ("entre la vallée de Xyzabou et Gossi", [("between", "site", "vallée de Xyzabou+Gossi")]),
    ("aux chutes de Xyzabou", [("at", "site", "chutes de Xyzabou")]),
    ("contre le camp du Xyzisme opérationnel", []),
    ("l'attaque du camp de Xyzabou", [("at", "site", "Xyzabou")]),
    ("Une ONG a parlé. S'y ajoutent deux blessés.", []),
    ("Niamey n'avait rien publié", [("at", "home", "Niamey")]),
    ("BAMAKO (AFP) - Deux morts à Niafunké", [("at", "home", "BAMAKO"), ("at", "site", "Niafunké")]),
    ("Niamey : deux gendarmes tués", [("at", "site", "Niamey")]),
    ("Hier, Niamey a été attaquée", [("at", "site", "Niamey")]),
    ("des combats à Kati et Bamako", [("at", "site", "Kati"), ("at", "site", "Bamako")]),
    ("indiquaient jeudi à Gao des sources", [("at", "home", "Gao")]),
    ("a expliqué ce matin à Bol un porte-parole", [("at", "home", "Bol")]),
    ("un bus qui arrivait de Gao", [("at", "origin", "Gao")]),
    ("à la foire de Konna à 70 km de Mopti", [("at", "site", "Konna")]),
    ("rentrant de la foire de Konna à 70 km de Mopti", [("at", "origin", "Konna"), ("near", "origin", "Mopti")]),
    ("escortaient un convoi de la mine d'or de Boungou", [("at", "home", "Boungou")]),
    ("un camp de l'armée malienne basé à Gossi", [("at", "site", "Gossi")]),
    ("ils se sont glissés dans Xyzabou", [("at", "site", "Xyzabou")]),
    ("ont fait irruption lundi dans Xyzabou", [("at", "site", "Xyzabou")]),
    ("sur l'axe Téhini-Xyzabou", [("between", "site", "Téhini+Xyzabou")]),
    ("l'axe Dargol-Xyz-Abou-Zabkoro", [("between", "site", "Dargol+Zabkoro")]),
    ("entre Koro et Xyzabou", [("between", "site", "Koro+Xyzabou")]),
    (
        "dans la région du Sahel, le détachement militaire de Déou",
        [("admin1", "site", "Sahel"), ("at", "site", "Déou")],
    ),
    ("dans la région de Mopti, Konna a brûlé", [("admin1", "site", "Mopti"), ("at", "site", "Konna")]),
    ("dans les régions de Mopti et Gao", [("admin1", "site", "Mopti"), ("admin1", "site", "Gao")]),
    ("il a fallu emmener par air 22 blessés à Gao", [("at", "destination", "Gao")]),
    ("conduit au pôle antiterroriste à Niamey", [("at", "destination", "Niamey")]),
    ("à 04h 47 heure de N'Djaména", [("at", "home", "N'Djaména")]),
    ("l'école primaire de Xyzabou", [("at", "site", "Xyzabou")]),
]


@pytest.mark.parametrize(("text", "found"), PHRASES, ids=[text for text, _ in PHRASES])
def test_relation_role_and_names(text: str, found: list[tuple[object, ...]], lexicon: Lexicon, atlas: Atlas) -> None:
    assert [show(mention) for mention in find_places(text, lexicon, atlas)] == found


@pytest.mark.parametrize(
    ("text", "distance", "bearing"),
    [
        ("à 22 km au sud-ouest de Tessit", 22, 225),
        ("à une dizaine de km de Tessit", 10, None),
        ("à environ 15 kilomètres au nord-est de la ville de Ménaka", 15, 45),
        ("à cinq kilomètres de Diabaly", 5, None),
        ("distant de 30 km de Gao", 30, None),
        ("à 12,5 km à l'est d'Ansongo", 12.5, 90),
        ("à l'ouest de Mopti", None, 270),
    ],
)
def test_distance_and_bearing(
    text: str, distance: float | None, bearing: float | None, lexicon: Lexicon, atlas: Atlas
) -> None:
    [mention] = find_places(text, lexicon, atlas)
    assert (mention.relation, mention.distance_km, mention.bearing) == ("near", distance, bearing)


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("à Mahou, cercle de Yorosso", [("admin2", "Yorosso")]),
        (
            "GOMBORO (province du Sourou, région de la Boucle du Mouhoun)",
            [("admin2", "Sourou"), ("admin1", "Boucle du Mouhoun")],
        ),
        ("à Gorgadji (Séno, Sahel)", [(None, "Séno"), (None, "Sahel")]),
        ("à Djibo, chef-lieu de la province du Soum", [("admin2", "Soum")]),
        ("à Hamakouladji, à 40 km au nord de Gao", [("anchor", "Gao")]),
        ("le village de Xyzabou dans la commune de Dioungani", [("commune", "Dioungani")]),
        ("dans le secteur de Torodi-Séno", []),
        ("à Gorgadji (Séno)", [(None, "Séno")]),
        ("à Xyzabou, dans l'Etat nigérian du Borno", [("admin1", "Borno")]),
        ("à Kongoussi, dans le Nord", [("bearing", "Nord")]),
        ("Boko (Centre-Nord)", [(None, "Centre-Nord")]),
        ("à Xyzabou précisément, à l'ouest de Gao", [("anchor", "Gao")]),
        ("dans la localité de Diabaly, plus exactement à Xyzabou", [("anchor", "Diabaly")]),
        ("près de Xyzabou, soit à 45 km à l'ouest de Gao", [("anchor", "Gao")]),
        ("à Xyzabou, dans la région centrale de Mopti", [("admin1", "Mopti")]),
        ("le village de Xyzabou, même commune de Banibangou", [("commune", "Banibangou")]),
        ("à Xyzabou, arrondissement de Dassari, commune de Matéri", [("canton", "Dassari"), ("commune", "Matéri")]),
    ],
)
def test_what_lies_around_a_place(
    text: str, within: list[tuple[str | None, str]], lexicon: Lexicon, atlas: Atlas
) -> None:
    mention = find_places(text, lexicon, atlas)[0]
    assert [(level, span.text) for level, span in mention.within] == within


@pytest.mark.parametrize(
    ("text", "is_aside"),
    [
        ("le car faisait route vers Gao", True),
        ("en route pour Gossi", True),
        ("au sud de Gossi", False),
        ("à l'unité Garsi de Barani", True),
        ("contre le camp de Lerneb", False),
    ],
)
def test_goals_and_homes_of_units_are_told_in_passing(
    text: str, is_aside: bool, lexicon: Lexicon, atlas: Atlas
) -> None:
    [mention] = find_places(text, lexicon, atlas)
    assert mention.role == "site"
    assert (mention.is_goal or mention.is_post) == is_aside


def test_a_unit_may_be_met_far_from_its_home(lexicon: Lexicon, atlas: Atlas) -> None:
    text = "une embuscade à l'unité Garsi de Barani, à quelques kilomètres de la localité de Xyzabou"
    home, site = find_places(text, lexicon, atlas)
    assert (home.is_post, home.within) == (True, ())
    assert (site.relation, site.names[0].text) == ("near", "Xyzabou")


def test_the_same_region_is_the_one_told_last(lexicon: Lexicon, atlas: Atlas) -> None:
    text = "à Téra (région de Tillabéri). Puis à Say, dans la même région."
    first, second = find_places(text, lexicon, atlas)
    assert second.within == (("admin1", first.within[0][1]),)


@pytest.mark.parametrize(
    ("text", "words", "relation"),
    [
        ("à Tessit. Dans la même localité, deux morts", "Dans la même localité", "at"),
        ("à Tessit. Dans cette localité, deux morts", "Dans cette localité", "at"),
        ("à Tessit. Non loin de là, deux morts", "Non loin de là", "near"),
        ("à Tessit. Dans la même zone, deux morts", "Dans la même zone", "near"),
        ("à Tessit. Dans cette région, deux morts", "Dans cette région", "admin1"),
        ("à Tessit. Dans le reste de la zone, deux morts", "Dans le reste de la zone", "admin1"),
        ("entre Tessit et Ansongo. Sur ce même axe, deux morts", "Sur ce même axe", "between"),
    ],
)
def test_a_phrase_that_refers_back_means_the_site_told_last(
    text: str, words: str, relation: str, lexicon: Lexicon, atlas: Atlas
) -> None:
    told, echo = find_places(text, lexicon, atlas)
    assert (echo.span.text, echo.relation, echo.names) == (words, relation, told.names)


@pytest.mark.parametrize(
    "text",
    [
        "à Tessit, non loin de la frontière",  # what comes after it says from where
        "à Tessit. Dix jours auparavant au même lieu, deux morts",
        "venus de Tessit, ils ont tué dans la même localité",  # not where it happened
        "dans la même localité, deux morts",
    ],
)
def test_what_refers_back_to_no_site_is_none(text: str, lexicon: Lexicon, atlas: Atlas) -> None:
    assert len(find_places(text, lexicon, atlas)) == text.count("Tessit")


@pytest.mark.parametrize(
    ("text", "distance", "bearing"),
    [
        ("à 12km au Nord – Est de Gao", 12, 45),
        ("à 12 km au nord - est de Gao", 12, 45),
        ("à 35 kilomètres seulement au nord de Gao", 35, 0),
        ("à 35 km environ de Gao", 35, None),
    ],
)
def test_distances_and_bearings_are_told_in_many_ways(
    text: str, distance: float, bearing: float | None, lexicon: Lexicon, atlas: Atlas
) -> None:
    [mention] = find_places(text, lexicon, atlas)
    assert (mention.distance_km, mention.bearing, mention.names[0].text) == (distance, bearing, "Gao")


def test_a_phrase_goes_on_in_the_next_line(lexicon: Lexicon, atlas: Atlas) -> None:
    [mention] = find_places("dans le secteur de Xyzabou,\nà 21 km au nord-est de Niono", lexicon, atlas)
    assert (mention.names[0].text, [span.text for _, span in mention.within]) == ("Xyzabou", ["Niono"])


def test_an_article_before_a_name_is_no_part_of_a_person(lexicon: Lexicon, atlas: Atlas) -> None:
    assert [mention.names[0].text for mention in find_places("Les Monts de Lam ont vu", lexicon, atlas)] == [
        "Monts de Lam"
    ]


@pytest.fixture(scope="module")
def rich_atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """With villages that only GeoNames has, three of which bear a French word."""
    folder = tmp_path_factory.mktemp("gazetteer")
    names = ["Hier", "Terre", "Xyzabou", "Boubacar"]
    rows = [(name, "village", "14.5", f"-4.{n}", "ML", "ml:2:mopti", "0") for n, name in enumerate(names, 1)]
    lines = ["\t".join((str(n), *row, f"{row[0].lower()}={fold_name(row[0])}")) for n, row in enumerate(rows, 1)]
    (folder / "ML.tsv").write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    return load_atlas(gazetteer=folder)


@pytest.mark.parametrize("name", ["Xyzabou 2", "Xyzabou-Gao"])
def test_a_longer_name_is_not_the_village_of_geonames_that_it_begins_with(
    name: str, lexicon: Lexicon, rich_atlas: Atlas
) -> None:
    assert [mention.names[0].text for mention in find_places(f"à {name}, un village", lexicon, rich_atlas)] == [name]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hier mercredi, l'armée de Terre a parlé.", []),
        ("Xyzabou a parlé.", []),
        ("Une attaque à Xyzabou. Xyzabou a brûlé.", ["Xyzabou", "Xyzabou"]),
        ("Une attaque à Sévaré, Xyzabou et Konna.", ["Sévaré", "Xyzabou", "Konna"]),
        ("Xyzabou, dans le cercle de Koro, a brûlé.", ["Xyzabou"]),
        ("le camp Boubacar Sada Sy", []),
    ],
)
def test_a_name_that_only_geonames_has_needs_a_word_for_it(
    text: str, found: list[str], lexicon: Lexicon, rich_atlas: Atlas
) -> None:
    assert [name.text for mention in find_places(text, lexicon, rich_atlas) for name in mention.names] == found


@given(st.text(alphabet=st.sampled_from(list("àAdeKoroGi, 'l-(\n)0kmTsnu")), max_size=120))
@settings(max_examples=150, deadline=None)
def test_spans_are_substrings_in_order(text: str) -> None:
    mentions = find_places(text, load_language("fr"), load_atlas())
    for mention in mentions:
        for span in (mention.span, *mention.names, *(span for _, span in mention.within)):
            assert text[span.start : span.end] == span.text
        assert mention.span.start <= mention.names[0].start
