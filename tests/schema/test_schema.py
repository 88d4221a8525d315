"""Columns are declared once; everything derived from them is whole and fresh."""

from importlib.resources import files

import pyarrow as pa
import pytest

from pipelines.schema import arrow_schema, load_tables, table_from_rows
from pipelines.schema.codebook import load_codebook
from pipelines.schema.datapackage import FIELD_TYPES, build_datapackage
from pipelines.schema.dictionary import render_dictionary, render_readme
from pipelines.validate.dictionary import render_expectations

EVENTS = """event_id event_version record_status date_start date_end date_prec time_precision date_text date_basis
disorder_type event_type sub_event_type type_of_violence civilian_targeting actor1 assoc_actor_1 inter1 actor2
assoc_actor_2 inter2 interaction initiator country_name iso iso3 admin1 admin2 admin3 admin_version location
location_text latitude longitude geo_precision where_prec geonameid where_description geometry fatalities low best high
deaths_a deaths_b deaths_civilians deaths_unknown neutralised injured captured fatality_rule event_clarity claimant
claimant_inter verification number_of_sources number_of_articles source source_url evidence evidence_start evidence_end
notes language confidence qc_flags codebook_version pipeline_version run_id first_seen_at updated_at"""


def test_events_have_the_columns_of_the_codebook_in_their_order():
    assert list(load_tables()["events"].column_names) == EVENTS.split()


@pytest.mark.parametrize("name", list(load_tables()))
def test_every_column_says_what_it_means(name):
    table = load_tables()[name]
    assert table.title
    assert set(table.key) | set(table.sort) <= set(table.column_names) | {"country", "year", "month"}
    assert table.untracked <= set(table.column_names)
    assert len(set(table.column_names)) == len(table.columns)
    for column in table.columns:
        assert len(column.meaning) > 7, column.name
        assert column.references is None or column.references in load_tables()
        assert column.type in FIELD_TYPES


@pytest.mark.parametrize("name", list(load_tables()))
def test_arrow_schemas_follow(name):
    table, schema = load_tables()[name], arrow_schema(name, with_partition=True)
    assert schema.names == [*table.column_names, *table.partition]
    assert [field.nullable for field in schema] == [c.is_nullable for c in table.columns] + [False] * len(
        table.partition
    )
    assert table_from_rows(name, []).schema.equals(schema)


def test_the_codebook_covers_the_vocabulary():
    columns = {column.name: column for column in load_tables()["events"].columns}
    book = load_codebook()
    assert set(book.sub_event_types) == set(columns["sub_event_type"].values)
    assert {event for event, _ in book.sub_event_types.values()} == set(columns["event_type"].values)
    assert {disorder for _, disorder in book.sub_event_types.values()} == set(columns["disorder_type"].values)
    assert set(book.violence.values()) <= set(columns["type_of_violence"].values)
    assert all(" ".join(sorted(key.split())) == key for key in book.violence)


def test_a_value_of_another_type_is_refused():
    row = {"event_id": 5, "superseded_by": None, "reason": "merged", "retired_at": None}
    with pytest.raises((pa.ArrowInvalid, pa.ArrowTypeError)):
        table_from_rows("retired", [row])


def test_the_data_dictionary_is_fresh():
    """After a change: python -m tests.schema.write_dictionary."""
    text = (files("expectations") / "README.md").read_text(encoding="utf-8")
    assert text == render_expectations() + "\n" + render_dictionary()


def test_the_readme_of_a_release_names_every_column():
    text = render_readme("20250801T060000Z-abc")
    assert all(f"`{column.name}`" in text for table in load_tables().values() for column in table.columns)


def test_the_datapackage_describes_every_table_with_files():
    listed = [{"path": f"{name}/part-0.parquet", "table": name, "bytes": 1, "sha256": "x"} for name in load_tables()]
    package = build_datapackage("r1", listed)
    assert [resource["name"] for resource in package["resources"]] == list(load_tables())
    fields = {field["name"]: field for field in package["resources"][0]["schema"]["fields"]}
    assert fields["event_id"]["constraints"] == {"required": True}
    assert fields["latitude"]["unit"] == "degrees"
    assert package["resources"][1]["schema"]["foreignKeys"][0]["reference"]["resource"] == "events"
    assert build_datapackage("r1", [])["resources"] == []
