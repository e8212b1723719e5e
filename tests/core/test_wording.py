from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from handoff_tui.core.reading import Known
from handoff_tui.core.wording import gist, names_of, say_cell, say_scalar
from tests.core.making import ALERT, small, table_of

ALERTS = table_of(small(), "watch.alerts")


@pytest.mark.parametrize(
    ("question_id", "value", "words"),
    [
        ("start.weight", "high", "money is lost"),
        ("close.review_by", date(2026, 12, 4), "4 Dec 2026"),
        ("start.goal", "one\n\ntwo   three", "one two three"),
        ("start.goal", "x" * 70, "x" * 59 + "…"),
        ("watch.alerts", [ALERT, {"alert": "Silence"}], "2 rows: LagHigh, Silence"),
        ("watch.alerts", "broken", "0 rows:"),
        ("watch.window", None, ""),
    ],
)
def test_the_gist_of_a_value_is_one_short_line(question_id: str, value: Any, words: str) -> None:
    assert gist(small().by_id[question_id], value).strip() == words


def test_a_value_that_does_not_fit_is_shown_as_it_stands_and_safely() -> None:
    assert say_scalar(ALERTS.column("urgency").field, "\x1b[2J") == "␛[2J"
    assert say_scalar(ALERTS.column("tested_on").field, "soon") == "soon"


def test_people_are_called_by_their_names_where_they_are_known() -> None:
    names = names_of([Known("mara", "Māra Bērziņa")])
    assert say_cell(ALERTS.column("goes_to"), ALERT, names) == "Māra Bērziņa"
    assert say_cell(ALERTS.column("goes_to"), ALERT | {"goes_to": "zofia"}, names) == "zofia"
    assert say_cell(ALERTS.column("goes_to"), ALERT) == "mara"
    assert say_cell(ALERTS.column("runbook"), ALERT, names) == ""
