"""Rows one by one: put, renamed, removed, moved, copied; what is needed may be empty only where it is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handoff_tui.core.answers import Answer, Open, OpenCell, Stale
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.reading import PEOPLE, SYSTEMS
from handoff_tui.core.table import MAX_ROWS
from handoff_tui.core.template import Template
from handoff_tui.session.session import Session
from tests.core.making import ALERT, MARA, complete, handoff_of
from tests.session.making import OPEN, places, saved, session_of

ALERTS = "watch.alerts"
PAGED = ALERT | {"urgency": "page_now"}
CELL = OpenCell(ALERTS, "LagHigh", "runbook", owner="mara", due=date(2026, 12, 4))


def with_open_cell(row: dict[str, str]) -> Session:
    """Return a session in which this is the only alert, and its runbook is open."""
    return session_of(replace(complete().with_answer(ALERTS, Answer([row])), open_cells=(CELL,)))


# -- putting -----------------------------------------------------------------------------------------------------


def test_a_row_is_read_like_answers_are() -> None:
    session = session_of()
    raw = {"alert": " Silence ", "goes_to": "MARA", "urgency": "only a note", "tested_on": "4 Nov", "runbook": " "}
    assert session.put_row(ALERTS, None, raw) == []
    assert session.rows(ALERTS)[1] == {
        "alert": "Silence",
        "goes_to": "mara",
        "urgency": "notice",
        "tested_on": date(2026, 11, 4),
    }


def test_a_changed_row_holds_what_was_given_and_nothing_of_what_was_emptied() -> None:
    session = session_of(complete().with_answer(ALERTS, Answer([PAGED | {"runbook": "wiki"}])))
    assert session.put_row(ALERTS, 0, ALERT | {"runbook": ""}) == []
    assert session.rows(ALERTS) == [ALERT]


def test_cells_of_a_newer_template_stay_when_a_row_is_changed() -> None:
    strange = ALERT | {"colour": "red", "since": date(2026, 1, 1)}
    session = session_of(complete().with_answer(ALERTS, Answer([strange])))
    assert session.put_row(ALERTS, 0, ALERT | {"urgency": "page_now", "runbook": "wiki"}) == []
    assert session.rows(ALERTS) == [strange | {"urgency": "page_now", "runbook": "wiki"}]


@pytest.mark.parametrize(
    ("raw", "wrong"),
    [
        ({}, [("", "alert"), ("", "goes_to"), ("", "urgency")]),
        ({"alert": "Silence"}, [("Silence", "goes_to"), ("Silence", "urgency")]),
        (ALERT | {"alert": "Silence", "urgency": "page_now"}, [("Silence", "runbook")]),
        (ALERT | {"alert": "lag-high", "urgency": "later"}, [("lag-high", "urgency")]),
        (ALERT | {"alert": "laghigh"}, [("laghigh", "alert")]),
        ({"goes_to": "?", "urgency": "later"}, [("", "alert"), ("", "goes_to"), ("", "urgency")]),
    ],
)
def test_a_row_that_is_wrong_is_refused_cell_by_cell(
    raw: dict[str, object], wrong: list[tuple[str | None, str | None]]
) -> None:
    session = session_of()
    assert places(session.put_row(ALERTS, None, raw)) == wrong
    assert session.handoff == complete()
    assert saved(session) == []


def test_an_unfinished_row_is_kept_on_request_but_it_needs_a_name() -> None:
    session = session_of()
    assert session.put_row(ALERTS, None, {"alert": "Silence"}, allow_gaps=True) == []
    assert session.rows(ALERTS) == [ALERT, {"alert": "Silence"}]
    assert places(session.accept_table(ALERTS)) == [("Silence", "goes_to"), ("Silence", "urgency")]
    assert places(session.put_row(ALERTS, None, {"urgency": "notice"}, allow_gaps=True)) == [("", "alert")]


def test_a_cell_that_is_open_may_be_empty() -> None:
    session = with_open_cell(ALERT)
    assert session.put_row(ALERTS, 0, PAGED) == []
    assert session.accept_table(ALERTS) == []
    assert places(session.put_row(ALERTS, None, PAGED | {"alert": "Silence"})) == [("Silence", "runbook")]


def test_a_cell_that_is_open_may_be_empty_while_its_row_is_renamed() -> None:
    session = with_open_cell(PAGED)
    assert session.put_row(ALERTS, 0, PAGED | {"alert": "Lagging"}) == []
    assert session.handoff.open_cells == (replace(CELL, row="Lagging"),)
    assert session.accept_table(ALERTS) == []


def test_a_cell_that_is_filled_is_no_longer_open() -> None:
    session = with_open_cell(PAGED)
    assert session.put_row(ALERTS, 0, PAGED | {"runbook": "wiki"}) == []
    assert list(session.handoff.open_cells) == []
    session.undo()
    assert list(session.handoff.open_cells) == [CELL]


def test_a_row_that_stays_as_it_is_writes_nothing_and_confirms_nothing() -> None:
    stale = complete().with_answer(ALERTS, Answer([ALERT], stale=Stale("start.weight", "low")))
    session = session_of(stale)
    assert session.put_row(ALERTS, 0, ALERT) == []
    assert session.handoff is stale
    assert saved(session) == []


def test_a_row_put_into_an_open_table_answers_it() -> None:
    session = session_of(handoff_of().with_answer(ALERTS, Answer(mark=Open(owner="mara"))))
    assert session.put_row(ALERTS, None, ALERT) == []
    assert session.handoff.answer(ALERTS) == Answer([ALERT])


def test_a_suggested_value_is_not_stored_until_somebody_gives_it(payments: Template) -> None:
    session = session_of(handoff_of(), payments)
    table = session.table(PEOPLE)
    assert table.column("kind").suggest == "person"
    raw = {"name": "Zofia Ł", "function": "finance"}
    assert places(session.put_row(PEOPLE, None, raw)) == [("", "key")]
    assert table.column("key").suggestion(raw) == "zofia-l"
    assert session.put_row(PEOPLE, None, raw | {"key": "zofia-l"}) == []
    assert "kind" not in session.rows(PEOPLE)[0]
    assert session.handoff.value("source_of_truth.never_copied") is None


def test_the_limit_of_rows_holds_for_a_table_of_one_row_more() -> None:
    rows = [ALERT | {"alert": f"A{number}"} for number in range(MAX_ROWS + 1)]
    session = session_of(handoff_of())
    assert session.answer(ALERTS, rows) != []
    assert session.answer(ALERTS, rows[:-1]) == []


# -- newcomers and renames ---------------------------------------------------------------------------------------


def test_everybody_a_row_names_joins_with_the_name_as_typed(payments: Template) -> None:
    session = session_of(handoff_of({PEOPLE: [MARA]}), payments)
    raw = {
        "duty": "retry_logic",
        "accountable": "Siobhán O'Reilly",
        "backup": "Māra Bērziņa",
        "informed": "Zofia Ł, siobhan-oreilly, mara",
    }
    assert session.put_row("ownership.responsibilities", 1, raw) == []
    assert session.rows("ownership.responsibilities")[1] == {
        "duty": "retry_logic",
        "accountable": "siobhan-oreilly",
        "backup": "mara",
        "informed": ["zofia-l", "siobhan-oreilly", "mara"],
    }
    assert session.people() == {"mara": "Māra Bērziņa", "siobhan-oreilly": "Siobhán O'Reilly", "zofia-l": "Zofia Ł"}


def test_a_new_system_joins_the_systems_and_a_known_word_beside_them_does_not(payments: Template) -> None:
    session = session_of(handoff_of({SYSTEMS: [{"name": "Stripe", "role": "source"}]}), payments)
    row = {"path": "events", "from": "stripe", "to": "Billing Sync"}
    session.put_row("failure_handling.delivery_paths", None, row, allow_gaps=True)
    assert [system["name"] for system in session.rows(SYSTEMS)] == ["Stripe", "Billing Sync"]
    modes = "failure_handling.failure_modes"
    session.put_row(modes, 0, {"mode": "duplicate", "detected_by": "Not needed"}, allow_gaps=True)
    session.put_row(modes, 1, {"mode": "timeout", "detected_by": "LagHigh"}, allow_gaps=True)
    assert [row["alert"] for row in session.rows("alerts.alerts")] == ["LagHigh"]


def test_the_first_row_of_a_seeded_table_stands_below_its_seeds(payments: Template) -> None:
    session = session_of(handoff_of(), payments)
    seeds = session.rows("support_view.support_signals")
    assert [row["signal"] for row in seeds] == ["delayed", "failed", "conflict"]
    assert session.put_row("support_view.support_signals", None, {"signal": "recovered"}, allow_gaps=True) == []
    assert session.rows("support_view.support_signals") == [*seeds, {"signal": "recovered"}]


def renamed(session: Session, new: str) -> Handoff:
    index = [row["key"] for row in session.rows(PEOPLE)].index("mara")
    assert session.put_row(PEOPLE, index, {**session.rows(PEOPLE)[index], "key": new}) == []
    return session.handoff


def test_a_renamed_person_is_followed_through_rows_marks_notes_cells_and_the_head() -> None:
    session = with_open_cell(PAGED)
    session.change_head({"name": "X", "moment": "engineering_to_support", "owner": "mara"})
    session.mark("watch.window", "open", OPEN)
    session.note("start.goal", {"agreed_by": "mara"})
    handoff = renamed(session, "mb")
    assert handoff.rows(ALERTS)[0]["goes_to"] == "mb"
    assert handoff.rows("close.gaps")[0]["owner"] == "mb"
    assert handoff.head.owner == "mb"
    assert handoff.open_cells[0].owner == "mb"
    mark, note = handoff.answer("watch.window").mark, handoff.answer("start.goal").note
    assert isinstance(mark, Open)
    assert mark.owner == "mb"
    assert note is not None
    assert note.agreed_by == ("mb",)
    assert [row["key"] for row in handoff.rows(PEOPLE)] == ["mb"], "nobody joined under the old name"


def test_renaming_is_one_step_that_can_be_undone() -> None:
    session = session_of()
    before = session.handoff
    renamed(session, "mb")
    assert len(saved(session)) == 1
    session.undo()
    assert session.handoff == before


# -- removing, moving, copying -----------------------------------------------------------------------------------


def test_a_removed_row_takes_its_open_cells_along_and_undo_brings_both_back() -> None:
    other = replace(CELL, row="Silence")
    handoff = complete().with_answer(ALERTS, Answer([PAGED, PAGED | {"alert": "Silence"}]))
    session = session_of(replace(handoff, open_cells=(CELL, other)))
    before = session.handoff
    session.remove_row(ALERTS, 0)
    assert [row["alert"] for row in session.rows(ALERTS)] == ["Silence"]
    assert session.handoff.open_cells == (other,)
    session.undo()
    assert session.handoff == before


def test_a_table_without_its_last_row_has_no_answer() -> None:
    session = session_of()
    session.remove_row(ALERTS, 0)
    assert session.handoff.answer(ALERTS) == Answer()
    assert session.rows(ALERTS) == []


def test_rows_move_up_and_down_and_stop_at_the_ends() -> None:
    rows = [ALERT | {"alert": name} for name in "ABC"]
    session = session_of(complete().with_answer(ALERTS, Answer(rows)))
    assert session.move_row(ALERTS, 0, 1) == 1
    assert session.move_row(ALERTS, 1, 1) == 2
    assert [row["alert"] for row in session.rows(ALERTS)] == ["B", "C", "A"]
    stood = len(saved(session))
    assert session.move_row(ALERTS, 2, 1) == 2
    assert session.move_row(ALERTS, 0, -1) == 0
    assert session.move_row(ALERTS, 9, -1) == 9
    assert len(saved(session)) == stood
    assert session.move_row(ALERTS, 2, -1) == 1


def test_moving_a_row_makes_nothing_stale_and_can_be_undone() -> None:
    rows = [ALERT, ALERT | {"alert": "B"}]
    session = session_of(complete().with_answer(ALERTS, Answer(rows)))
    session.move_row(ALERTS, 0, 1)
    assert session.interview.progress.stale == 0
    assert session.undo() == "alert moved"
    assert session.rows(ALERTS) == rows


def test_a_copy_of_a_row_is_everything_but_its_name_and_changes_nothing() -> None:
    session = session_of()
    copy = session.copy_of_row(ALERTS, 0)
    assert copy == {"goes_to": "mara", "urgency": "notice"}
    copy["goes_to"] = "zofia"
    assert session.handoff == complete()
    assert session.put_row(ALERTS, None, {**copy, "alert": "Silence"}) == []


def test_rows_that_are_handed_out_are_copies() -> None:
    session = session_of()
    session.rows(ALERTS)[0]["alert"] = "changed behind its back"
    assert session.handoff == complete()


def test_a_table_that_a_file_filled_with_something_else_has_no_rows() -> None:
    assert session_of(handoff_of({ALERTS: "all of them"})).rows(ALERTS) == []
    assert session_of(handoff_of({ALERTS: ["stray", ALERT]})).rows(ALERTS) == [ALERT]
