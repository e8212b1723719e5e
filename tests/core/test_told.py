"""Which answer says how support hears of an alert."""

from __future__ import annotations

import pytest

from handoff_tui.core.told import alert_name, telling

ROWS = [
    ("Lag is red", "ops"),
    ("Billing on-call is paged", "ops"),
    ("We fix something", "billing"),
    ("Any page", "ops"),
]


@pytest.mark.parametrize(
    ("rows", "found", "why"),
    [
        (ROWS, [0], "its event names the alert"),
        (ROWS[1:], [0], "its event names who is called"),
        (ROWS[2:], [0], "it is told by who is called"),
        (ROWS[3:], [0], "it is about any page"),
        ([], [], ""),
    ],
)
def test_the_nearest_row_is_taken(rows: list[tuple[str, str]], found: list[int], why: str) -> None:
    said = telling(
        rows, alert="lag", called={"billing": "Billing on-call"}, alerts=["lag"], people=["Billing on-call"], wakes=True
    )
    assert said == (found, why)


def test_a_row_about_another_alert_is_not_about_this_one() -> None:
    rows = [("Silence goes off", "billing")]
    said = telling(rows, alert="Lag", called={"billing": "B"}, alerts=["Lag", "Silence"], people=["B"], wakes=True)
    assert said == ([], "")


def test_an_alert_that_wakes_nobody_is_no_page() -> None:
    said = telling([("Any page", "ops")], alert="Lag", called={}, alerts=["Lag"], people=[], wakes=False)
    assert said == ([], "")


def test_the_name_of_an_alert_may_be_typed_in_another_case() -> None:
    assert alert_name(" LagHigh ") == alert_name("laghigh")
