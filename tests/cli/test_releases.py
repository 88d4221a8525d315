"""Releases by hand: list, tag, go back."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.merge.factories import NOW
from tests.publish.steps import publish_items
from tests.validate.worlds import make_item


@pytest.fixture
def data(tmp_path):
    for number in range(1, 4):
        publish_items([make_item(n) for n in range(number)], tmp_path / "data", now=NOW + timedelta(hours=number))
    return tmp_path / "data"


def test_the_list_marks_the_current_one(communiques, data):
    listed = communiques("releases", "list", "--data", data).out.splitlines()
    assert [line[0] for line in listed] == [" ", " ", "*"]


def test_going_back_and_forth_by_id_and_by_tag(communiques, data):
    first, _, last = [line[2:] for line in communiques("releases", "list", "--data", data).out.splitlines()]
    assert communiques("releases", "tag", "july", "--data", data).out == f"tags/july names {last}\n"
    assert communiques("releases", "use", first, "--data", data).status == 0
    assert (data / "current").resolve().name == first
    assert communiques("releases", "use", "july", "--data", data).out == f"current names {last}\n"
    rows = json.loads(communiques("releases", "list", "--json", "--data", data).out)
    assert rows[-1] == {"release": last, "is_current": True, "tags": ["july"]}


def test_a_tag_never_changes_its_meaning(communiques, data):
    first = communiques("releases", "list", "--data", data).out.splitlines()[0][2:]
    communiques("releases", "tag", "july", "--data", data)
    answer = communiques("releases", "tag", "july", first, "--data", data)
    assert answer.status == 2
    assert "choose another one" in answer.err


@pytest.mark.parametrize("name", ["../july", "", "a b", "-x/"])
def test_a_tag_is_no_path(communiques, data, name):
    assert communiques("releases", "tag", "--data", data, "--", name).status == 2
    assert not (data.parent / "july").exists()


def test_a_release_that_is_not_there_is_named_with_those_that_are(communiques, data):
    answer = communiques("releases", "use", "20000101T000000Z-0", "--data", data)
    assert answer.status == 2
    assert "there is no release" in answer.err


def test_an_empty_folder_has_nothing_to_tag(communiques, tmp_path):
    assert "nothing was published here yet" in communiques("releases", "tag", "x", "--data", tmp_path).err
