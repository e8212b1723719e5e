from __future__ import annotations

from datetime import date

import pytest

from handoff_tui.core.dates import Leaning, read_date, say_date
from tests.core.making import TODAY


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-12-24", date(2026, 12, 24)),
        ("2026/12/24", date(2026, 12, 24)),
        ("24 Dec", date(2026, 12, 24)),
        ("24 december", date(2026, 12, 24)),
        ("24. Dec", date(2026, 12, 24)),
        ("24th of December", date(2026, 12, 24)),
        ("Dec 24, 2027", date(2027, 12, 24)),
        ("Dec 24th", date(2026, 12, 24)),
        ("4 Sept", date(2027, 9, 4)),
        ("4 Nov", date(2027, 11, 4)),
        ("23 Nov", TODAY),
        ("29 Feb", date(2028, 2, 29)),
        ("24.12.2026", date(2026, 12, 24)),
        ("3.4.2026", date(2026, 4, 3)),
        ("24/12/2026", date(2026, 12, 24)),
        ("12/24/2026", date(2026, 12, 24)),
        ("04/04/2027", date(2027, 4, 4)),
        ("today", TODAY),
        ("Tomorrow", date(2026, 11, 24)),
        ("in 2 weeks", date(2026, 12, 7)),
        ("in 10 days", date(2026, 12, 3)),
        ("3 days ago", date(2026, 11, 20)),
        ("Friday", date(2026, 11, 27)),
        ("on fri", date(2026, 11, 27)),
        ("monday", date(2026, 11, 30)),
    ],
)
def test_a_date_that_has_one_meaning_is_read(said: str, day: date) -> None:
    assert read_date(said, TODAY) == day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("4 Nov", date(2026, 11, 4)),
        ("24 Dec", date(2025, 12, 24)),
        ("friday", date(2026, 11, 20)),
        ("monday", date(2026, 11, 16)),
        ("29 Feb", date(2024, 2, 29)),
        ("23 Nov", TODAY),
    ],
)
def test_where_dates_are_usually_past_the_last_such_day_is_meant(said: str, day: date) -> None:
    assert read_date(said, TODAY, "past") == day


@pytest.mark.parametrize(
    "said",
    [
        "03/04/2026",
        "3-4-2026",
        "10",
        "24/12",
        "24/12/26",
        "31/02/2026",
        "30 Feb",
        "2026-13-01",
        "next friday",
        "soon",
        "frid4y",
        "frog",
        "24 De",
        "0000-01-01",
        "24 Dec 0000",
        "mayday",
        "",
    ],
)
@pytest.mark.parametrize("leaning", ["future", "past"])
def test_what_has_two_meanings_or_none_is_not_guessed(said: str, leaning: Leaning) -> None:
    assert read_date(said, TODAY, leaning) is None


def test_a_date_is_said_with_its_month_as_a_word() -> None:
    assert say_date(date(2026, 12, 4)) == "4 Dec 2026"
