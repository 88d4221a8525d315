"""Great Expectations at work: a suite on a frame, and which rows failed.

The context is ephemeral; nothing is written and nobody is called. A suite that GX does not evaluate as a whole is an
error, for GX passes over what it cannot build.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.errors import ConfigError
from pipelines.validate.suites import Rule

if TYPE_CHECKING:
    import pandas as pd


class Finding(NamedTuple):
    """What a rule found: `positions` are the failing rows' places; a rule about the whole table has none."""

    rule: Rule
    is_met: bool
    positions: Sequence[int]
    observed: str


# Without names of index columns GX gives the failing rows' positions, which costs a tenth of the time.
POSITIONS = {"result_format": "COMPLETE", "include_unexpected_rows": False, "return_unexpected_index_query": False}


def import_gx() -> Any:
    """Great Expectations, which imports modules of the standard library that are on their way out and say so."""
    import warnings

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="module 'sre_", category=DeprecationWarning)
        import great_expectations
    return great_expectations


def run_rules(rules: Sequence[Rule], frame: pd.DataFrame, parameters: Mapping[str, Any]) -> list[Finding]:
    """Every rule's finding on a frame with a plain range index; ConfigError if one was not evaluated.

    Rules are first asked for yes or no, and only those that say no for their rows.
    """
    batch = _open_batch(frame)
    answers = _evaluate(batch, rules, parameters, "BOOLEAN_ONLY")
    failed = [rule for rule in rules if not answers[rule.name]["success"]]
    details = _evaluate(batch, failed, parameters, POSITIONS) if failed else {}
    return [_read_finding(rule, details.get(rule.name, answers[rule.name])) for rule in rules]


def open_context() -> Any:
    """An ephemeral context, which keeps everything in memory and shows no progress bars."""
    gx = import_gx()
    from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults

    stores = InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
    context = gx.get_context(project_config=DataContextConfig(store_backend_defaults=stores), mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    return context


def _open_batch(frame: pd.DataFrame) -> Any:
    asset = open_context().data_sources.add_pandas("tables").add_dataframe_asset("table")
    return asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})


def _evaluate(batch: Any, rules: Sequence[Rule], parameters: Mapping[str, Any], result_format: Any) -> dict[str, Any]:
    used = {key: parameters[key] for key in list_parameters(rules)}
    result = batch.validate(build_suite(rules), result_format=result_format, expectation_parameters=used)
    entries = [entry.to_json_dict() for entry in result.results]
    found = {entry["expectation_config"]["meta"]["name"]: entry for entry in entries}
    missing = [rule.name for rule in rules if rule.name not in found]
    if missing or len(entries) != len(rules):
        raise ConfigError(f"expectations: {len(entries)} of {len(rules)} were evaluated, not {missing}")
    return found


def build_suite(rules: Sequence[Rule]) -> Any:
    """The rules as GX's own suite."""
    gx = import_gx()
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
    from great_expectations.expectations.metadata_types import FailureSeverity

    suite = gx.ExpectationSuite(name=rules[0].table)
    for rule in rules:
        suite.add_expectation_configuration(
            ExpectationConfiguration(
                type=rule.type,
                kwargs=dict(rule.kwargs),
                severity=FailureSeverity(rule.severity),
                meta={"name": rule.name, "reason": rule.reason},
            )
        )
    return suite


def list_parameters(rules: Sequence[Rule]) -> set[str]:
    """The names of the parameters that rules ask for."""
    return {
        v["$PARAMETER"] for rule in rules for v in rule.kwargs.values() if isinstance(v, dict) and "$PARAMETER" in v
    }


def _read_finding(rule: Rule, entry: Mapping[str, Any]) -> Finding:
    trouble = _find_exception(entry["exception_info"])
    if trouble:
        raise ConfigError(f"expectations: {rule.name} could not be evaluated: {trouble}")
    result = entry["result"]
    observed = result.get("observed_value")
    return Finding(
        rule, entry["success"], result.get("unexpected_index_list") or (), "" if observed is None else str(observed)
    )


def _find_exception(info: Mapping[str, Any]) -> str | None:
    """The message of an exception, which GX files under the expectation or under one of its metrics."""
    if info.get("raised_exception"):
        return str(info.get("exception_message"))
    nested = (_find_exception(value) for value in info.values() if isinstance(value, Mapping))
    return next((message for message in nested if message), None)
