"""Writing down that a failure was rehearsed: one step, undone as any other, that decides nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handoff_tui.core.answers import Answer, Assumed, Note, OpenCell, Stale
from handoff_tui.core.drill import Drill, of_mode
from handoff_tui.core.handoff import Handoff
from handoff_tui.session.drilling import record, rehearsal, row_of
from handoff_tui.session.session import Session
from handoff_tui.store.text import dumps, loads
from handoff_tui.tomlfile import parse_toml
from tests.cli.checkout import TEMPLATE, example
from tests.core.making import TODAY

MODES, ALERTS = "failure_handling.failure_modes", "alerts.alerts"
DAY = date(2026, 11, 20)
HELD = {"on": "2026-11-20", "took_part": ["asa", "wiktor"]}
LINE = "Rehearsed on 20 Nov 2026: the source is down, with Åsa Lindqvist, Wiktor Żurawski."


def session(handoff: Handoff | None = None) -> Session:
    return Session(TEMPLATE, handoff or example(), lambda: TODAY)


def drill(of: Session, mode: str = "source_down") -> Drill:
    return of_mode(rehearsal(of.handoff, of.template, TODAY).drills, mode)[0]


def row(of: Session, table: str, key: str, name: str) -> dict[str, Any]:
    return next(dict(row) for row in of.rows(table) if row[key] == name)


def test_the_day_goes_into_the_row_and_who_took_part_into_the_note() -> None:
    room = session()
    before = room.handoff
    saved: list[Handoff] = []
    room.save = saved.append
    assert record(room, drill(room), HELD) == []
    assert row(room, MODES, "mode", "source_down")["tested_on"] == DAY
    assert room.handoff.answer(MODES).note == Note(text=LINE, agreed_by=("asa", "wiktor"))
    assert len(saved) == 1
    assert room.undo() == "the drill of “the source is down”"
    assert room.handoff == before


def test_nothing_else_is_changed_and_nothing_becomes_stale() -> None:
    room = session()
    before = room.handoff
    assert record(room, drill(room), HELD) == []
    changed = {key for key in before.answers if before.answer(key) != room.handoff.answer(key)}
    assert changed == {MODES}
    others = [item for item in room.rows(MODES) if item["mode"] != "source_down"]
    assert others == [item for item in before.rows(MODES) if item["mode"] != "source_down"]
    assert room.handoff.head == replace(before.head, status="draft")


def test_what_is_written_down_is_in_the_file() -> None:
    room = session()
    record(room, drill(room), HELD | {"learned": "nobody knew the phone"})
    text = dumps(room.handoff, TEMPLATE, "x.handoff.toml")
    assert loads(parse_toml(text.encode(), Path("x.handoff.toml"))) == room.handoff
    assert f"{LINE} nobody knew the phone" in text


@pytest.mark.parametrize(("rang", "day"), [("yes", DAY), ("no", date(2026, 10, 21)), ("", date(2026, 10, 21))])
def test_the_alert_gets_its_day_only_where_it_was_set_off(rang: str, day: date) -> None:
    room = session()
    assert record(room, drill(room), HELD | {"alert_rang": rang}) == []
    assert row(room, ALERTS, "alert", "StripeSilent")["tested_on"] == day


def test_what_stood_in_the_note_stays_and_names_are_not_doubled() -> None:
    note = Note(text="Finance reads this.", agreed_by=("goran", "asa"))
    room = session(example().with_answer(MODES, example().answer(MODES).with_(note=note)))
    record(room, drill(room), HELD)
    assert room.handoff.answer(MODES).note == Note(
        text=f"Finance reads this.\n{LINE}", agreed_by=("goran", "asa", "wiktor")
    )


def test_what_is_assumed_or_stale_stays_so() -> None:
    mark, stale = (
        Assumed(basis="last year's", confirmer="asa", due=date(2027, 1, 1)),
        Stale("parties.systems", "2 rows"),
    )
    room = session(example().with_answer(MODES, example().answer(MODES).with_(mark=mark, stale=stale)))
    record(room, drill(room), HELD)
    assert (room.handoff.answer(MODES).mark, room.handoff.answer(MODES).stale) == (mark, stale)


def test_a_day_that_was_open_is_open_no_more() -> None:
    kept = OpenCell(MODES, "backlog", "tested_on", owner="asa", due=DAY)
    room = session(replace(example(), open_cells=(OpenCell(MODES, "source_down", "tested_on", owner="asa"), kept)))
    record(room, drill(room), HELD)
    assert room.handoff.open_cells == (kept,)


def test_who_was_not_listed_joins_the_people() -> None:
    room = session()
    assert record(room, drill(room), HELD | {"took_part": ["asa", "Ørjan Næss"]}) == []
    assert row(room, "parties.people", "key", "orjan-naess")["name"] == "Ørjan Næss"
    note = room.handoff.answer(MODES).note
    assert note is not None
    assert note.text.endswith("with Åsa Lindqvist, Ørjan Næss.")
    assert note.agreed_by == ("asa", "orjan-naess")


@pytest.mark.parametrize(
    ("raw", "column"),
    [
        ({"on": ""}, "on"),
        ({"on": "03/04/2026"}, "on"),
        ({"took_part": []}, "took_part"),
        ({"learned": "x" * 20_001}, "learned"),
        ({"learned": "x" * 19_950}, "learned"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(raw: dict[str, object], column: str) -> None:
    room = session()
    before = room.handoff
    wrong = record(room, drill(room), HELD | raw)
    assert [item.column for item in wrong] == [column]
    assert room.handoff == before


def test_who_only_reads_along_writes_nothing() -> None:
    room = session()
    room.read_only = "Mara"
    before = room.handoff
    record(room, drill(room), HELD)
    assert room.handoff == before


def test_a_gap_leads_to_its_row() -> None:
    cut = [
        {key: cell for key, cell in item.items() if item["mode"] != "source_down" or key != "detected_by"}
        for item in example().rows(MODES)
    ]
    room = session(example().with_answer(MODES, example().answer(MODES).with_(value=cut)))
    gap = drill(room).gaps[0]
    assert row_of(room, gap) == 4
    assert row_of(room, replace(gap, row="gone")) is None
    assert row_of(room, replace(gap, row=None)) is None
    assert row_of(room, replace(gap, question="")) is None


def test_a_row_is_found_also_where_its_name_holds_a_secret() -> None:
    secret = "sk_live_4eC39HqLyjWDarjtT1zdp7dc"
    rows = [item | ({"mode": secret} if item["mode"] == "source_down" else {}) for item in example().rows(MODES)]
    room = session(example().with_answer(MODES, example().answer(MODES).with_(value=rows)))
    (odd,) = [item for item in rehearsal(room.handoff, TEMPLATE, TODAY).drills if item.mode == secret]
    assert secret not in odd.name
    assert record(room, odd, HELD) == []
    assert row(room, MODES, "mode", secret)["tested_on"] == DAY


def test_no_secret_stands_in_a_label_nor_are_its_ends_left_by_a_cut() -> None:
    secret = "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc" * 3
    compared = [item | {"compares": secret} for item in example().rows("failure_handling.reconciliation")[:1]]
    rows = [item | {"detected_by": "reconciliation", "owner": secret} for item in example().rows(MODES)[:1]]
    rows += [item | {"detected_by": secret} for item in example().rows(MODES)[1:2]]
    handoff = example().with_answer("failure_handling.reconciliation", Answer(compared))
    handoff = handoff.with_answer(MODES, Answer(rows))
    told = repr(rehearsal(handoff, TEMPLATE, TODAY))
    assert "Who reads “[hidden]”" in told
    assert "No alert is called “[hidden]”" in told
    assert "is [hidden], who is not listed" in told
    assert secret[:12] not in told.replace(f"mode='{secret}'", "")
    assert secret[-12:] not in told
