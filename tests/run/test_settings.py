"""The environment, read in one place."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.errors import ConfigError
from pipelines.settings import Settings, change_environment, describe_prefect, read_settings


def test_without_a_word_the_defaults_hold():
    assert read_settings({}) == Settings()


def test_every_variable_is_read(tmp_path):
    told = {
        "COMMUNIQUES_DATA": "/srv/data",
        "COMMUNIQUES_CATALOG": str(tmp_path),
        "COMMUNIQUES_SOURCES": str(tmp_path),
        "COMMUNIQUES_CONTACT": "news@example.org",
        "COMMUNIQUES_HOSTS": "*.example=127.0.0.1:8080, a.example=127.0.0.2:80",
        "COMMUNIQUES_NOW": "2026-03-02T07:00:00+01:00",
        "COMMUNIQUES_KEEP": "3",
        "COMMUNIQUES_RETRIES": "0",
        "COMMUNIQUES_MIRROR": "s3://sahel/data",
        "COMMUNIQUES_ENGINE": "dask",
        "COMMUNIQUES_SCHEDULER": "tcp://10.0.0.5:8786",
        "COMMUNIQUES_VISIT": "90",
        "COMMUNIQUES_NOTIFY": "jsons://example.org/hook",
        "COMMUNIQUES_WAIT": "5",
        "COMMUNIQUES_DRAIN": "20",
        "COMMUNIQUES_PAGES": "https://example.org/data",
        "COMMUNIQUES_VERBOSE": "1",
    }
    settings = read_settings(told)
    assert settings == Settings(
        data=Path("/srv/data"),
        catalog=tmp_path,
        sources=tmp_path,
        contact="news@example.org",
        hosts={"*.example": ("127.0.0.1", 8080), "a.example": ("127.0.0.2", 80)},
        fixed_now=datetime(2026, 3, 2, 6, tzinfo=UTC),
        keep=3,
        retries=0,
        mirror="s3://sahel/data",
        engine="dask",
        scheduler="tcp://10.0.0.5:8786",
        visit_minutes=90,
        notify="jsons://example.org/hook",
        wait_s=5,
        drain_s=20,
        pages="https://example.org/data",
        verbose=True,
    )
    assert settings.now() == datetime(2026, 3, 2, 6, tzinfo=UTC)
    assert settings.lead_host("b.example") == ("127.0.0.1", 8080)
    assert settings.lead_host("example.org") is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COMMUNIQUES_CATALOG", "/nowhere/at/all"),
        ("COMMUNIQUES_SOURCES", "/nowhere/at/all"),
        ("COMMUNIQUES_HOSTS", "name"),
        ("COMMUNIQUES_HOSTS", "name=127.0.0.1"),
        ("COMMUNIQUES_HOSTS", "=127.0.0.1:80"),
        ("COMMUNIQUES_NOW", "today"),
        ("COMMUNIQUES_CDX", "https://user:password@archive.example/cdx"),
        ("COMMUNIQUES_MIRROR", "s3://key:secret@bucket/prefix"),
        ("COMMUNIQUES_ENGINE", "spark"),
        ("COMMUNIQUES_SCHEDULER", "10.0.0.5:8786"),
        ("COMMUNIQUES_SCHEDULER", "tcp://10.0.0.5"),
        ("COMMUNIQUES_KEEP", "0"),
        ("COMMUNIQUES_KEEP", "many"),
        ("COMMUNIQUES_RETRIES", "-1"),
        ("COMMUNIQUES_CDX", "archive.example/cdx"),
        ("COMMUNIQUES_VISIT", "0"),
        ("COMMUNIQUES_NOTIFY", "me@example.org"),
        ("COMMUNIQUES_PAGES", "data"),
        ("COMMUNIQUES_REPLAY", "http://archive.example/{timestamp}"),
    ],
)
def test_a_wrong_value_is_told_with_its_name(name, value):
    with pytest.raises(ConfigError, match=name):
        read_settings({name: value})


def test_changes_to_the_environment_are_taken_back():
    before = dict(os.environ)
    with change_environment({"COMMUNIQUES_DATA": "x", "HOME": None}):
        assert read_settings().data == Path("x")
        assert "HOME" not in os.environ
    assert dict(os.environ) == before


def test_prefect_is_told_to_stay_at_home_and_silent(tmp_path):
    told = describe_prefect(Settings(data=tmp_path))
    assert told["PREFECT_HOME"] == str(tmp_path / "prefect")
    assert told["DO_NOT_TRACK"] == "1"
    assert told["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"


@pytest.mark.parametrize("words", ["s3://sahel/data", "s3:/sahel/data"])
def test_a_bucket_as_data_folder_is_mirrored_to(words):
    settings = read_settings({"COMMUNIQUES_DATA": words, "COMMUNIQUES_MIRROR": "s3://other"})
    assert (settings.data, settings.mirror) == (Path("data"), "s3://sahel/data")


@pytest.mark.parametrize(("name", "words"), [("COMMUNIQUES_MIRROR", "sahel"), ("COMMUNIQUES_DATA", "s3://")])
def test_what_is_no_bucket_is_told(name, words):
    with pytest.raises(ConfigError, match=f"{name}.*s3://name"):
        read_settings({name: words})
