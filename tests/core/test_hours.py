"""When somebody answers, and when nobody does."""

from __future__ import annotations

import pytest

from handoff_tui.core.hours import always_there, nobody_there, zone_of

DAY = "Mon-Fri 08:00-17:00 Europe/Oslo"


@pytest.mark.parametrize("hours", ["24x7", "24X7", "24/7", "24 x 7", "24×7", " 24x7 "])
def test_other_spellings_of_any_hour(hours: str) -> None:
    assert always_there(hours)


@pytest.mark.parametrize("hours", ["", DAY, "24x5", "24", 247, None])
def test_office_hours_are_not_any_hour(hours: object) -> None:
    assert not always_there(hours)


@pytest.mark.parametrize(
    ("hours", "gaps"),
    [
        ([DAY], "Mon-Thu 17:00 until 08:00; Fri 17:00 until Mon 08:00"),
        (["mon – fri 8:00 – 17:00 Europe/Oslo"], "Mon-Thu 17:00 until 08:00; Fri 17:00 until Mon 08:00"),
        (["Mon-Sun 08:00-20:00 America/Mexico_City"], "every day 20:00 until 08:00"),
        (["Sat 09:00-10:00 UTC"], "Sat 10:00 until Sat 09:00"),
        ([DAY, "Mon-Fri 06:00-14:00 Europe/Warsaw"], "Mon-Thu 17:00 until 06:00; Fri 17:00 until Mon 06:00"),
        ([DAY, "Fri-Mon 17:00-08:00 Europe/Oslo"], "Tue-Thu 17:00 until 08:00; Sat-Sun 08:00 until 17:00"),
        (["Mon-Fri 08:00-12:00, Sat 09:00-10:00 Europe/Oslo"], "Mon-Thu 12:00 until 08:00; Fri 12:00 until 09:00; "
         "Sat 10:00 until Mon 08:00"),
        (["Wed-Thu 0:00-24:00 UTC", "Sat-Mon 0:00-24:00 UTC"], "Tue 00:00 until Wed 00:00; Fri 00:00 until Sat 00:00"),
        ([DAY, "24x7"], ""),
        (["Mon-Sun 00:00-24:00 UTC"], ""),
    ],
)  # fmt: skip
def test_when_nobody_of_them_is_there(hours: list[str], gaps: str) -> None:
    assert nobody_there(hours) == gaps


@pytest.mark.parametrize(
    "hours",
    [
        [],
        ["office hours"],
        ["Mon-Fri 08:00-17:00"],
        ["Mon-Fri 08:00-17:00, by phone Europe/Oslo"],
        ["Mon-Fri 25:00-17:00 Europe/Oslo"],
        [DAY, "late"],
        [DAY, None],
        [DAY, "Mon-Fri 09:00-17:30 Europe/Dublin"],
    ],
)
def test_what_cannot_be_told_is_not_guessed(hours: list[object]) -> None:
    assert nobody_there(hours) is None


def test_what_does_not_touch_the_hours_of_the_callers_is_left_out() -> None:
    late = "Mon-Sat 08:00-18:00 Europe/Budapest"
    assert nobody_there([late], [late]) == ""
    assert nobody_there([DAY], [late]) == "Mon-Thu 17:00 until 08:00; Fri 17:00 until Mon 08:00"
    for unknown in (["24x7"], ["late"], [late, None], [late, "Mon-Fri 08:00-17:00 America/Lima"]):
        assert nobody_there([late], unknown) == "Mon-Fri 18:00 until 08:00; Sat 18:00 until Mon 08:00"


def test_the_time_zone_of_hours_is_told_where_they_name_one() -> None:
    assert zone_of("Mon-Fri 08:00-17:00 Europe/Budapest") == "Europe/Budapest"
    for unknown in ("24x7", "by day", None):
        assert zone_of(unknown) == ""
