"""One key for all spellings of a name, and the longest match over a text."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.catalog.names import NameIndex, fold_exact, fold_name

SAME = [
    ("Tin Aïcha", "Ti-n-Aicha"),
    ("Aguelhoc", "Aguel-Hok"),
    ("Ouatagouna", "Watagouna"),
    ("Djibo", "JIBO"),
    ("N’Tillit", "N'tillit"),
    ("Dandéresso", "Dandérésso"),
    ("Ségou", "SEGOU"),
    ("Gothèye", "Gotheye"),
    ("Doucombo", "Doukombo"),
    ("Ouagadougou", "Wagadugu"),
    ("N'Tillit", "I-n-Tillit"),
    ("In-Délimane", "Indelimane"),
    ("Inchinanane", "N'Chinanane"),
    ("Tin-Zaouatène", "Tinzawaten"),
    ("Ti-n-Hama", "Tine Hama"),
    ("Diallassagou", "Djallassagou"),
    ("Diafarabé", "Djafarabé"),
    ("Gothèye", "Gothey"),
    ("Koygourou", "Koïgourou"),
    ("Bourra", "Boura"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Farabougou", "Faradabougou"),
        ("Tessalit", "Tessit"),
        ("Koro", "Kouri"),
        ("Gao", "Goa"),
        ("Inékar", "Nékar"),
        ("Bandié", "Bandi"),
    ],
)
def test_different_villages_keep_different_keys(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


@given(st.text(max_size=40))
def test_any_text_folds_and_case_does_not_matter(text: str) -> None:
    assert fold_exact(text) == fold_exact(fold_exact(text))
    assert isinstance(fold_name(text), str)


@pytest.fixture
def index() -> NameIndex:
    names = [
        ("Tin", "t"),
        ("Tin Aïcha", "ta"),
        ("Koro", "k"),
        ("Bandiagara", "b"),
        ("Boucle du Mouhoun", "bm"),
        ("Saya", "s"),
    ]
    return NameIndex(names, ignored=["Dan"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("à Tin Aicha hier", [("Tin Aicha", "ta")]),
        ("à Tin, à Koro", [("Tin", "t"), ("Koro", "k")]),
        ("l'axe Koro-Bandiagara", [("Koro", "k"), ("Bandiagara", "b")]),
        ("dans la BOUCLE DU MOUHOUN", [("BOUCLE DU MOUHOUN", "bm")]),
        ("le poste de SAY a été", []),
        ("koro sans majuscule", []),
        ("Korotoumou", []),
        ("KORO", [("KORO", "k")]),
        ("", []),
    ],
)
def test_the_longest_name_wins_at_word_bounds(index: NameIndex, text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[hit.start : hit.end], hit.ids[0]) for hit in index.find(text)] == found


@given(st.text(alphabet="Tin Aïcha-Koro'éà. \n", max_size=80))
def test_hits_are_in_order_and_never_overlap(text: str) -> None:
    hits = NameIndex([("Tin", "t"), ("Tin Aïcha", "ta"), ("Koro", "k")]).find(text)
    assert all(before.end <= after.start for before, after in itertools.pairwise(hits))
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)


def test_the_same_letters_come_before_the_same_sound() -> None:
    index = NameIndex([("Dioura", "a"), ("Djoura", "b"), ("Dioura", "c")])
    assert index.get("DIOURA") == ("a", "c")
    assert index.get("nowhere") == ()


def test_of_a_name_of_three_letters_no_other_spelling_is_taken() -> None:
    index = NameIndex([("Hong", "ng/hong"), ("Pô", "bf/po")])
    assert index.find("Selon l'ONG, des renforts sont à Pô et à Po.") == [(33, 35, ("bf/po",)), (41, 43, ("bf/po",))]
    assert index.get("ONG") == ()


def test_four_capitals_are_rather_an_acronym_than_another_spelling() -> None:
    index = NameIndex([("Maal", "mr/maal"), ("Biro", "bj/biro")])
    assert index.find("Un drone MALE vole.") == []
    assert [hit.ids for hit in index.find("De Mâle à BIRO.")] == [("mr/maal",), ("bj/biro",)]
