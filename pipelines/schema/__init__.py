"""Each published column once: name, type, unit, meaning, source. All else is derived from it.

The tables stand as data in `tables/*.yml`; Arrow schemas and file metadata come from `arrow`, the data dictionary from
`dictionary`, `datapackage.json` from `datapackage`.
"""

from pipelines.schema.arrow import arrow_schema, table_from_rows
from pipelines.schema.countries import Country, find_country
from pipelines.schema.tables import CODEBOOK_VERSION, SCHEMA_VERSION, Column, Table, load_tables

__all__ = [
    "CODEBOOK_VERSION",
    "SCHEMA_VERSION",
    "Column",
    "Country",
    "Table",
    "arrow_schema",
    "find_country",
    "load_tables",
    "table_from_rows",
]
