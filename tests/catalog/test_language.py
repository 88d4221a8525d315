"""The loader of lexicons: what it reads, what it refuses, and how a user adds to it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from pipelines.catalog.language import SHIPPED, Lexicon, list_languages, load_language, read_yaml
from pipelines.errors import ConfigError


class Months(BaseModel):
    months: dict[str, int]


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_every_shipped_lexicon_can_be_read() -> None:
    for code in list_languages():
        lexicon = load_language(code)
        for file in (SHIPPED / code).glob("*.yml"):
            assert lexicon.section(file.stem)


def test_the_same_lexicon_is_given_again() -> None:
    assert load_language("fr") is load_language("fr")
    assert len({load_language("fr"), load_language("fr")}) == 1


def test_an_unknown_language_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match=r"no lexicon for language 'xx'.*fr"):
        load_language("xx")


def test_a_missing_section_is_named() -> None:
    with pytest.raises(ConfigError, match=r"languages/fr/nothing\.yml is missing"):
        load_language("fr").section("nothing")


def test_a_section_is_read_only() -> None:
    section = load_language("fr").section("numbers")
    with pytest.raises(TypeError):
        section["units"]["un"] = 2


def test_words_stay_words(tmp_path: Path) -> None:
    file = write(
        tmp_path, "a.yml", "words: [no, oui, on, off, y, 12:30, 2024-01-05, 02, 0x1f, 1_000, null, true, 7, 1.5]"
    )
    assert read_yaml(file)["words"] == [
        "no", "oui", "on", "off", "y", "12:30", "2024-01-05", "02", "0x1f", "1_000", None, True, 7, 1.5,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a: 1\na: 2\n", "stands twice"),
        ("b: {c: 1, c: 2}\n", "stands twice"),
        ("- 1\n", "must be a mapping"),
        ("a: [1\n", "cannot be read as YAML"),
        ("a: !!python/object/apply:os.getcwd []\n", "cannot be read as YAML"),
        ("? [a, b]\n: 1\n", "must be one word"),
    ],
)
def test_a_wrong_file_is_refused_by_name(tmp_path: Path, text: str, complaint: str) -> None:
    file = write(tmp_path, "wrong.yml", text)
    with pytest.raises(ConfigError, match=complaint) as caught:
        read_yaml(file)
    assert "wrong.yml" in str(caught.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "latin.yml"
    file.write_bytes(b"a: \xe9\xff")
    with pytest.raises(ConfigError, match=r"latin\.yml"):
        read_yaml(file)


def test_an_empty_file_is_an_empty_section(tmp_path: Path) -> None:
    assert read_yaml(write(tmp_path, "empty.yml", "# nothing yet\n")) == {}


def test_a_broken_section_harms_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "languages" / "zz"
    write(folder, "good.yml", "a: 1\n")
    write(folder, "bad.yml", "a: [\n")
    lexicon = load_language("zz", tmp_path)
    assert lexicon.section("good") == {"a": 1}
    with pytest.raises(ConfigError, match=r"bad\.yml"):
        lexicon.section("bad")


def test_a_user_adds_words_and_overrides_values(tmp_path: Path) -> None:
    write(tmp_path / "languages" / "fr", "dates.yml", "months: {vendemiaire: 9, mars: 4}\nreport_verbs: [claironne]\n")
    shipped, mine = load_language("fr"), load_language("fr", tmp_path)
    assert mine is not shipped
    assert mine.section("dates")["months"]["vendemiaire"] == 9
    assert mine.section("dates")["months"]["mars"] == 4
    assert mine.section("dates")["months"]["avril"] == 4
    assert mine.section("dates")["report_verbs"][:-1] == shipped.section("dates")["report_verbs"]
    assert mine.section("numbers") == shipped.section("numbers")


def test_a_user_brings_a_language(tmp_path: Path) -> None:
    write(tmp_path / "languages" / "zz", "dates.yml", "months: {pima: 1}\n")
    assert "zz" in list_languages(tmp_path)
    assert load_language("zz", tmp_path).read("dates", Months).months == {"pima": 1}


def test_a_wrong_value_names_file_and_key(tmp_path: Path) -> None:
    write(tmp_path / "languages" / "zz", "dates.yml", "months: {pima: first}\n")
    with pytest.raises(ConfigError, match=r"dates\.yml: months\.pima: "):
        load_language("zz", tmp_path).read("dates", Months)


def test_what_is_built_is_built_once() -> None:
    lexicon, made = Lexicon("zz", {}), list[int]()
    for _ in range(3):
        assert lexicon.build("key", lambda: made.append(1) or len(made)) == 1
    assert made == [1]


@pytest.mark.parametrize(
    "file", sorted(SHIPPED.parent.rglob("*.yml")), ids=lambda file: f"{file.parent.name}/{file.name}"
)
def test_the_shipped_data_is_yaml_for_every_parser(file: Path) -> None:
    """PyYAML without libyaml, and most editors, refuse a bare `aux?` in a list that libyaml takes."""
    assert isinstance(yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader), dict)
