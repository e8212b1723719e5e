"""Readers take any text, and what they accept is right, and stays what it is when it is edited again."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from handoff_tui.core.dates import Leaning, read_date
from handoff_tui.core.duration import is_duration, read_duration, seconds
from handoff_tui.core.kinds import (
    ChoiceKind,
    ContactKind,
    DateKind,
    DurationKind,
    LineKind,
    ManyKind,
    NumberKind,
    ScalarKind,
    SystemKind,
    TextKind,
)
from handoff_tui.core.reading import PEOPLE, SYSTEMS, Context, Known, Rejection
from handoff_tui.core.table import TableKind
from handoff_tui.core.text import clean_line, key_from
from tests.core.making import bundled
from tests.properties.strategies import toml_values, typed

PIECES = [
    "1",
    "2",
    "15",
    "30",
    "24",
    "2026",
    "1.5",
    "1,5",
    "0",
    "999999999",
    "h",
    "hours",
    "min",
    "days",
    "weeks",
    "a",
    "an",
    "half",
    "and",
    "&",
    ",",
    ".",
    "-",
    "/",
    " ",
    "in",
    "ago",
    "on",
    "of",
    "th",
    "Dec",
    "feb",
    "sept",
    "May",
    "fri",
    "monday",
    "today",
    "month",
    "k",
    "1 800",
    "page now",
    "page_now",
    "none",
    "NONE!",
    "tbd!",
    "T.B.D.",
    "???",
    "secret",
    "Secret!",
    "pass",
    "password or key",
    "password_or_key",
    "mara",
    "Māra Bērziņa",
    "Lag-High",
    "not needed",
    "reconciliation",
    ";",
    "\n",
]
almost: SearchStrategy[str] = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda joint: joint.join(parts))
)
"""Text that is nearly, or just, something that a reader knows."""
inputs: SearchStrategy[str] = typed | almost

ids = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True) | st.sampled_from(
    ["none", "page_now", "secret", "yes", "no"]
)
words = typed.map(clean_line).filter(bool) | ids | st.sampled_from(["password or key", "Page now", "nothing"])
choices = st.dictionaries(ids, words, min_size=2, max_size=4)

kinds: SearchStrategy[ScalarKind] = st.one_of(
    st.just(LineKind()),
    st.builds(LineKind, refers_to=st.just("alerts.alerts"), also=st.lists(ids, max_size=2).map(tuple)),
    st.just(TextKind(kind="text")),
    choices.map(lambda offered: ChoiceKind(kind="choice", choices=offered)),
    choices.map(lambda offered: ManyKind(kind="many", choices=offered, exclusive=next(iter(offered)))),
    choices.map(lambda offered: ManyKind(kind="many", choices=offered, others=True)),
    st.just(ManyKind(kind="many", refers_to=PEOPLE)),
    st.builds(
        NumberKind, kind=st.just("number"), minimum=st.none() | st.just(0), unit=st.sampled_from(["", "h", "an hour"])
    ),
    st.just(DurationKind(kind="duration")),
    st.builds(DateKind, kind=st.just("date"), usually=st.sampled_from(["future", "past"])),
    st.just(ContactKind(kind="contact")),
    st.just(SystemKind(kind="system")),
)

names = typed.map(clean_line).filter(lambda text: text and "\n" not in text) | st.sampled_from(
    ["Lag-High", "lag high", "mara"]
)
contexts = st.builds(
    lambda today, people, systems, alerts: Context(
        today,
        {
            PEOPLE: [Known(key_from(name), name) for name in people],
            SYSTEMS: [Known(name, name) for name in systems],
            "alerts.alerts": [Known(name, name) for name in alerts],
        },
    ),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.lists(names, max_size=3),
    st.lists(names, max_size=3),
    st.lists(names, max_size=3),
)


@given(kinds, inputs, contexts, st.booleans())
def test_what_a_reader_accepts_is_right_and_stays_when_it_is_edited(
    kind: ScalarKind, raw: str, context: Context, cell: bool
) -> None:
    value = kind.read(raw, context, cell=cell)
    if isinstance(value, Rejection):
        assert value.message
        assert value.fix
        return
    assert kind.check(value) is None
    assert kind.read(kind.edit_text(value), context, cell=cell) == value
    assert kind.say(value)


@given(kinds, toml_values, contexts, st.booleans())
def test_a_reader_takes_any_value_of_a_file_and_rejects_what_it_is_not(
    kind: ScalarKind, raw: Any, context: Context, cell: bool
) -> None:
    value = kind.read(raw, context, cell=cell)
    if not isinstance(value, Rejection):
        assert kind.check(value) is None
    problem = kind.check(raw)
    assert problem is None or problem.fix
    if problem is None:
        kind.say(raw)
        kind.edit_text(raw)


@given(inputs)
def test_a_duration_is_read_to_the_form_of_the_file_or_not_at_all(text: str) -> None:
    stored = read_duration(text)
    if stored is not None:
        assert is_duration(stored)
        assert read_duration(stored) == stored
        assert seconds(stored) >= 0


@given(
    st.integers(1, 9999),
    st.sampled_from([("s", 1, "seconds"), ("m", 60, "minutes"), ("h", 3600, "hours"), ("d", 86_400, "days")]),
)
def test_a_whole_number_of_a_unit_keeps_both(number: int, unit: tuple[str, int, str]) -> None:
    letter, length, word = unit
    assert read_duration(f"{number} {word}") == f"{number}{letter}"
    assert seconds(f"{number}{letter}") == number * length


@given(st.integers(0, 999), st.integers(1, 9), st.sampled_from([("hours", 360), ("min", 6)]))
def test_a_tenth_of_a_unit_is_exact(whole: int, tenth: int, unit: tuple[str, int]) -> None:
    word, length = unit
    stored = read_duration(f"{whole}.{tenth} {word}")
    assert stored is not None
    assert seconds(stored) == (whole * 10 + tenth) * length


@given(inputs, st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(["future", "past"]))
def test_a_date_is_a_day_or_nothing(text: str, today: date, leaning: Leaning) -> None:
    day = read_date(text, today, leaning)
    if day is not None:
        assert read_date(day.isoformat(), today, leaning) == day


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_day_without_a_year_is_the_next_or_the_last_one(today: date, day: date) -> None:
    said = f"{day.day} {day:%b}"
    later, earlier = read_date(said, today), read_date(said, today, "past")
    assert later is not None
    assert earlier is not None
    assert (later.day, later.month) == (earlier.day, earlier.month) == (day.day, day.month)
    assert earlier <= today <= later
    assert (later == earlier) == (later == today)


_TABLES = [table for _, table in bundled("payments").tables()]


@given(st.data(), contexts)
def test_a_row_is_read_or_rejected_and_what_is_read_is_right(data: st.DataObject, context: Context) -> None:
    table: TableKind = data.draw(st.sampled_from(_TABLES))
    raw = {column.id: data.draw(inputs) for column in data.draw(st.lists(st.sampled_from(table.columns), max_size=5))}
    row = table.read_row(raw, context, allow_gaps=True)
    if isinstance(row, list):
        assert all(item.message and item.fix and item.column for item in row)
        return
    assert table.check([row]) == []
    again = table.read_row({key: table.column(key).field.edit_text(value) for key, value in row.items()}, context)
    assert again == row or (isinstance(again, list) and all("is empty" in item.message for item in again))
