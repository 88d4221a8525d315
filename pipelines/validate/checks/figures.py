"""Checks of tolls, materiel and totals: words, numbers, parts and wholes."""

from __future__ import annotations

import re

from pipelines.validate.checks.reports import check_article, check_event
from pipelines.validate.rows import Rows
from pipelines.validate.surroundings import Surroundings

_NUMBER = re.compile(r"\d+(?:[ .\u00a0\u202f]\d{3})*")


def check_report(rows: Rows, around: Surroundings) -> list[bool]:
    """The report exists and reports the same event."""
    walked = rows.walk("report_id", "event_id")
    return [around.report_events.get(report_id) == event_id for report_id, event_id in walked]


def check_text(rows: Rows, around: Surroundings) -> list[bool]:
    """The words stand in the article at their offsets."""
    walked = rows.walk("article_id", "text", "text_start", "text_end")
    return [around.texts.get(article_id, "")[start:end] == text for article_id, text, start, end in walked]


def check_total_text(rows: Rows, around: Surroundings) -> list[bool]:
    """The words stand in the article."""
    return [text in around.texts.get(article_id, "") for article_id, text in rows.walk("article_id", "text")]


def check_camp(rows: Rows, _: Surroundings) -> list[bool]:
    """Civilians are in the camp of civilians, and nobody else is."""
    return [(side == "civilian") == (camp == "civilian") for side, camp in rows.walk("side", "camp")]


def check_number(rows: Rows, around: Surroundings) -> list[bool]:
    """An exact number stands in its words, or in the sentences that they lean on ("ils ont été neutralisés").

    A number that a rule made is explained by the rule.
    """
    oks = []
    for text, best, rule, article_id, report_id in rows.walk("text", "best", "rule", "article_id", "report_id"):
        language, evidence = around.languages.get(article_id, ""), around.evidence.get(report_id, "")
        is_exact = rule == "exact" and best is not None
        oks.append(
            not is_exact or _is_told(text, best, around, language) or _has_number(evidence, best, around, language)
        )
    return oks


def _is_told(text: str, best: int, around: Surroundings, language: str) -> bool:
    """Without a count grammar only words that begin with figures are judged."""
    is_readable = around.find_numbers is not None or text[:1].isdigit()
    return best == 0 or not is_readable or _has_number(text, best, around, language)


def _has_number(text: str, number: int, around: Surroundings, language: str) -> bool:
    """Whether a text holds a number, in figures or, by the count grammar, in letters."""
    found = {int(re.sub(r"\D", "", figure)) for figure in _NUMBER.findall(text)}
    return number in found or (around.find_numbers is not None and number in around.find_numbers(text, language))


def _check_parts(rows: Rows, key: str) -> list[bool]:
    wholes = {id_: (report_id, best) for id_, report_id, best in rows.walk(key, "report_id", "best")}
    oks = []
    for whole_id, report_id, best in rows.walk("subset_of", "report_id", "best"):
        whole = wholes.get(whole_id, (None, None))
        is_small = best is None or whole[1] is None or best <= whole[1]
        oks.append(whole_id is None or (whole[0] == report_id and is_small))
    return oks


def check_toll_parts(rows: Rows, _: Surroundings) -> list[bool]:
    """A part has its whole in the same report and is not larger."""
    return _check_parts(rows, "toll_id")


def check_materiel_parts(rows: Rows, _: Surroundings) -> list[bool]:
    """A part has its whole in the same report and is not larger."""
    return _check_parts(rows, "materiel_id")


def check_kind(rows: Rows, _: Surroundings) -> list[bool]:
    """A total counts people or things."""
    return [(outcome is None) != (status is None) for outcome, status in rows.walk("outcome", "status")]


def check_residual(rows: Rows, _: Surroundings) -> list[bool]:
    """What is left is the total less what is explained."""
    oks = []
    for best, explained, residual in rows.walk("best", "explained_best", "residual_best"):
        expected = None if best is None or explained is None else max(0, best - explained)
        oks.append(residual == expected)
    return oks


def check_explained(rows: Rows, _: Surroundings) -> list[bool]:
    """The incidents do not exceed the total."""
    return [
        high is None or explained is None or explained <= high
        for high, explained in rows.walk("high", "explained_best")
    ]


TOLL_CHECKS = {
    "event": check_event,
    "report": check_report,
    "text": check_text,
    "camp": check_camp,
    "number": check_number,
    "subset": check_toll_parts,
}
MATERIEL_CHECKS = {
    "event": check_event,
    "report": check_report,
    "text": check_text,
    "subset": check_materiel_parts,
}
TOTAL_CHECKS = {
    "article": check_article,
    "kind": check_kind,
    "text": check_total_text,
    "residual": check_residual,
    "explained": check_explained,
}
