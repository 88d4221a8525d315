"""A figure that sums up several incidents is a total, and no figure of the incident it stands before."""

from __future__ import annotations

import pytest

from tests.parse.readings import read

NARA = "Le 17 février, près de Nara, les soldats ont abattu 22 assaillants."
ANSONGO = "Le 19 février, à Ansongo, 12 terroristes ont été tués."


def read_figures(text: str) -> tuple[list[list[int | None]], list[int | None]]:
    """The figures of each event and those of the totals."""
    resolved = read(text)
    events = [[toll.figure.best for toll in report.tolls] for report in resolved.reports]
    return events, [total.figure.best for total in resolved.totals if total.outcome]


@pytest.mark.parametrize(
    ("text", "events", "totals"),
    [
        (f"Au moins 34 terroristes ont été tués en deux opérations. {NARA} {ANSONGO}", [[22], [12]], [34]),
        (
            "Deux attaques ont coûté la vie à onze soldats en deux jours. Lundi 24 février à Mondoro, sept soldats sont"
            " morts dans une embuscade. Mardi 25 février à Boni, quatre autres ont été tués par une mine.",
            [[7], [4]],
            [11],
        ),
        (f"Au moins 30 terroristes ont été tués. {NARA} {ANSONGO}", [[30], [12]], []),
    ],
)
def test_what_the_incidents_add_up_to_is_a_total(
    text: str, events: list[list[int | None]], totals: list[int | None]
) -> None:
    assert read_figures(text) == (events, totals)
