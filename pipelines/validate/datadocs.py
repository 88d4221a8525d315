"""Great Expectations' own Data Docs, as GX makes them. Their styles and scripts come from the internet.

Our own summary (`summary`) needs no network and shows the offending rows; these pages are for those who know GX.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from pipelines.validate.checks import CHECKS
from pipelines.validate.engine import build_suite, import_gx, list_parameters, open_context
from pipelines.validate.frames import build_frame
from pipelines.validate.parameters import build_parameters
from pipelines.validate.suites import load_suites
from pipelines.validate.surroundings import Surroundings


def write_data_docs(around: Surroundings, folder: Path, *, today: date, archive_start: date | None = None) -> Path:
    """Validate the tables once more under GX's own bookkeeping and write its pages; their index is returned."""
    context, parameters = open_context(), build_parameters(today, archive_start)
    context.add_data_docs_site(site_name="communiques", site_config=_describe_site(folder))
    source = context.data_sources.add_pandas("tables")
    for name in CHECKS:
        rules = load_suites()[name]
        batch = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("all")
        suite = context.suites.add(build_suite(rules))
        definition = import_gx().ValidationDefinition(name=name, data=batch, suite=suite)
        context.validation_definitions.add(definition).run(
            batch_parameters={"dataframe": build_frame(around.rows[name], name, around)},
            expectation_parameters={key: parameters[key] for key in list_parameters(rules)},
            result_format="SUMMARY",
        )
    context.build_data_docs()
    return folder / "index.html"


def _describe_site(folder: Path) -> dict[str, Any]:
    return {
        "class_name": "SiteBuilder",
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder.resolve())},
    }
