"""The sample's own catalog of sources, and what it declares to be wrong with itself."""

from __future__ import annotations

from urllib.parse import urlsplit

from pipelines.catalog.source import load_sources
from pipelines.sample import BUILT_IN_FAULTS, EXPECTED_FAULTS, NOW, SOURCES, list_addresses
from pipelines.sample.outlets import read_outlets


def test_every_outlet_has_its_source_and_none_is_shipped_to_users():
    sources = load_sources(folder=SOURCES)
    assert set(sources) == {outlet.outlet_id for outlet in read_outlets()}
    assert not set(sources) & set(load_sources())


def test_the_sources_lead_to_the_outlets_and_nowhere_else():
    sources = load_sources(folder=SOURCES)
    for outlet in read_outlets():
        source = sources[outlet.outlet_id]
        assert urlsplit(source.home).hostname == outlet.host
        assert source.hosts == {outlet.host.removeprefix("www.")}
        assert all(host.endswith(".example") for host in source.hosts)
        assert source.allow_private
        assert source.min_delay_s < 0.1


def test_the_issuer_is_declared_as_such():
    assert [source.id for source in load_sources(folder=SOURCES).values() if source.is_issuer] == ["etat-major-modele"]


def test_expected_faults_lie_on_articles_of_their_source():
    addresses = {(told.outlet, url) for url, told in list_addresses(NOW).items()}
    assert EXPECTED_FAULTS
    assert {fault.name for fault in EXPECTED_FAULTS} < BUILT_IN_FAULTS
    for fault in EXPECTED_FAULTS:
        assert (fault.source_id, fault.url) in addresses
