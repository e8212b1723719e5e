from __future__ import annotations

import pytest

from handoff_tui.core.duration import is_duration, longest_in, read_duration, say_seconds, seconds


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("4 hours", "4h"),
        ("4h", "4h"),
        ("15 min.", "15m"),
        ("15 MINS", "15m"),
        ("an hour", "1h"),
        ("a week", "1w"),
        ("half an hour", "30m"),
        ("½ hour", "30m"),
        ("an hour and a half", "90m"),
        ("one and a half hours", "90m"),
        ("two days", "2d"),
        ("1h30", "90m"),
        ("1 h 30 min", "90m"),
        ("1 hour and 30 minutes", "90m"),
        ("1 day, 2 hours", "26h"),
        ("5m30", "330s"),
        ("1.5 hours", "90m"),
        ("1,5 hours", "90m"),
        ("1.1 hours", "66m"),
        ("2.2h", "132m"),
        ("0.7 min", "42s"),
        ("0s", "0s"),
        ("0 days", "0s"),
    ],
)
def test_a_length_of_time_as_people_say_it(said: str, stored: str) -> None:
    assert read_duration(said) == stored


@pytest.mark.parametrize("stored", ["60m", "24h", "7d", "3600s", "90m", "0s", "1w"])
def test_the_unit_that_was_said_stays(stored: str) -> None:
    assert read_duration(stored) == stored


def test_24_hours_is_not_turned_into_a_day() -> None:
    assert read_duration("24 hours") == "24h"


@pytest.mark.parametrize(
    "said",
    [
        "",
        " ",
        "4",
        "1 month",
        "3 working days",
        "soon",
        "-4h",
        "4h ago",
        "1,000 seconds",
        "0.0001s",
        "h",
        "4 x",
        "1d12",
        "9" * 12 + "h",
        "1e3s",
        "4h?",
        "99999999999999 weeks",
    ],
)
def test_what_has_no_plain_length_is_none(said: str) -> None:
    assert read_duration(said) is None


@pytest.mark.parametrize(
    ("stored", "length"), [("0s", 0), ("30s", 30), ("15m", 900), ("4h", 14_400), ("3d", 259_200), ("2w", 1_209_600)]
)
def test_seconds(stored: str, length: int) -> None:
    assert seconds(stored) == length


@pytest.mark.parametrize("text", ["04h", "0h", "4", "4 h", "4H", "4h\n", "٤h", ""])
def test_only_the_form_of_the_file_is_a_stored_duration(text: str) -> None:
    assert not is_duration(text)
    with pytest.raises(ValueError):
        seconds(text)


@pytest.mark.parametrize(
    ("total", "said"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (90, "1 minute 30 seconds"),
        (4200, "1 hour 10 minutes"),
        (86_405, "1 day"),
        (90_061, "1 day 1 hour"),
        (1_209_600, "14 days"),
    ],
)
def test_a_sum_is_said_in_its_two_largest_units(total: int, said: str) -> None:
    assert say_seconds(total) == said


@pytest.mark.parametrize(
    ("text", "longest"),
    [
        ("No event for 15 minutes by day or 60 minutes by night", 3600),
        ("Persona answers none of our calls for five minutes", 300),
        ("no scan for three days, or 20 parcels of one day have none", 259_200),
        ("behind for more than an hour", 3600),
        ("a 90-second gap", 90),
        ("no scan for half an hour", 1800),
        ("quiet for a quarter of an hour, or an hour and a half at night", 5400),
        ("no delivery for half a day", 43_200),
        ("lag over 20m", 1200),
        ("Stripe refuses our key three times in a row", None),
        ("for more than a working day", None),
        ("a m and a d", None),
        ("version 2.5 days", None),
        ("20 messages", None),
        ("", None),
    ],
)
def test_the_longest_time_that_a_sentence_names(text: str, longest: int | None) -> None:
    assert longest_in(text) == longest
