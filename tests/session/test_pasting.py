"""Pasted rows: nothing overwritten unasked, nothing dropped, one step, limits told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handoff_tui.core.handoff import Handoff
from handoff_tui.core.pasted import MAX_PASTE
from handoff_tui.core.table import MAX_ROWS, Row
from handoff_tui.core.text import MAX_TEXT
from handoff_tui.session.parting import parting_words
from handoff_tui.session.pasting import plan_paste, take_paste, unread, unread_cells
from handoff_tui.session.session import Session
from tests.session.making import places, saved, session_of
from tests.tui.driver import new_handoff
from tests.tui.making import NAMED, kinds

TABLE = "kinds.table"
EVENTS: Row = {"path": "events", "sends": "Stripe", "by": "batch"}


def session(answers: dict[str, Any] | None = None, **head: Any) -> Session:
    handoff: Handoff = new_handoff(kinds(), {**NAMED, **(answers or {})}, **head)
    return session_of(handoff, kinds())


def paste(to: Session, text: str, question: str = TABLE, *, replacing: bool = False) -> None:
    take_paste(to, plan_paste(to, question, text), replacing=replacing)


def test_rows_are_read_as_if_they_were_typed_and_one_step_takes_all_of_them_back() -> None:
    room = session()
    before = room.handoff
    paste(room, "Path\tSends\tTravels by\tIds kept\nevents\tstripe\ta webhook\t30 days\ncopy\tZendesk\tbatch\t")
    assert room.rows(TABLE) == [
        {"path": "events", "sends": "Stripe", "by": "webhook", "ids_kept": "30d"},
        {"path": "copy", "sends": "Zendesk", "by": "batch"},
    ]
    assert len(saved(room)) == 1
    assert "2 pasted rows" in str(room.undo())
    assert room.handoff == before
    room.redo()
    assert len(room.rows(TABLE)) == 2


def test_a_row_that_stands_gets_its_empty_cells_and_keeps_the_others() -> None:
    room = session({TABLE: [EVENTS]})
    plan = plan_paste(room, TABLE, "EVENTS\tZendesk\twebhook\t30d\tlate")
    assert [(item.row, item.column.id, item.stands, item.pasted) for item in plan.differs] == [
        ("events", "sends", "Stripe", "Zendesk"),
        ("events", "by", "batch", "webhook"),
    ]
    assert (plan.new, plan.fills) == ((), 2)
    take_paste(room, plan)
    assert room.rows(TABLE) == [EVENTS | {"ids_kept": "30d", "says": "late"}]


def test_what_stands_is_replaced_only_where_that_was_chosen() -> None:
    room = session({TABLE: [EVENTS]})
    paste(room, "events\tZendesk\twebhook", replacing=True)
    assert room.rows(TABLE) == [{"path": "events", "sends": "Zendesk", "by": "webhook"}]
    room.undo()
    assert room.rows(TABLE) == [EVENTS]


def test_seeded_rows_are_filled_in_their_places() -> None:
    room = session()
    paste(room, "Duty\tWho\nretries\tmara\nvendor\tzofia", "kinds.seeded")
    assert room.rows("kinds.seeded") == [
        {"duty": "changes"},
        {"duty": "retries", "who": "mara"},
        {"duty": "vendor", "who": "zofia"},
    ]


def test_what_cannot_be_read_is_kept_beside_its_row_and_named_by_row_and_column() -> None:
    room = session()
    paste(room, "Path\tTravels by\tIds kept\tTested\ncopy\tbatch\tsoon\tsome day\nevents\tpigeon\t3d\t")
    assert room.rows(TABLE) == [{"path": "copy", "by": "batch"}, {"path": "events", "ids_kept": "3d"}]
    assert places(unread(room, TABLE)) == [("copy", "ids_kept"), ("copy", "tested"), ("events", "by")]
    assert unread_cells(room, TABLE) == {
        ("copy", "ids_kept"): "soon",
        ("copy", "tested"): "some day",
        ("events", "by"): "pigeon",
    }
    assert room.drafts[f"{TABLE}#copy"]["by"] == "batch", "the form shows the whole row"
    room.undo()
    assert room.drafts == {}
    room.redo()
    assert len(unread(room, TABLE)) == 3
    room.remove_row(TABLE, 0)
    assert places(unread(room, TABLE)) == [("events", "by")]
    room.undo()
    assert len(unread(room, TABLE)) == 3


def test_on_leaving_it_is_said_that_pasted_cells_are_not_in_the_file_yet(tmp_path: Path) -> None:
    room = session()
    assert "cannot be read" not in parting_words(room, tmp_path / "x.handoff.toml", tmp_path)
    paste(room, "Path\tIds kept\tTested\ncopy\tsoon\tsome day")
    said = parting_words(room, tmp_path / "x.handoff.toml", tmp_path)
    assert "2 cells of “Table” cannot be read yet; what was typed is kept beside the file only." in said


def test_what_was_typed_into_a_row_before_stays_typed_there() -> None:
    room = session({TABLE: [EVENTS]})
    room.drafts[f"{TABLE}#events"] = {"path": "events", "says": "half a sen"}
    paste(room, "Path\tTested\nevents\t4 Nov 2026")
    assert room.drafts[f"{TABLE}#events"]["says"] == "half a sen"
    assert room.drafts[f"{TABLE}#events"]["tested"] == "2026-11-04"
    room.undo()
    assert room.drafts[f"{TABLE}#events"] == {"path": "events", "says": "half a sen"}


def test_an_unreadable_cell_for_one_that_has_a_value_is_told_and_the_value_stays() -> None:
    room = session({TABLE: [EVENTS]})
    plan = plan_paste(room, TABLE, "Path\tTravels by\nevents\tpigeon")
    assert [(label, item.header, item.text) for label, item in plan.beside] == [("events", "Travels by", "pigeon")]
    take_paste(room, plan)
    assert room.rows(TABLE) == [EVENTS]
    assert room.undo() is None


def test_a_name_that_cannot_be_one_stays_as_it_was_pasted_until_it_is_mended() -> None:
    room = session()
    paste(room, "Path\tSends\nTBD\tStripe")
    assert room.rows(TABLE) == [{"path": "TBD", "sends": "Stripe"}]
    assert places(unread(room, TABLE)) == [("TBD", "path")]
    assert room.accept_table(TABLE)


def test_rows_without_a_name_and_rows_of_one_name_are_all_taken() -> None:
    room = session()
    plan = plan_paste(room, TABLE, "Path\tSends\ncopy\tStripe\n\tZendesk\nCopy\tAdyen\ncopy\tStripe")
    assert plan.named == ("unnamed 2", "Copy (2)")
    take_paste(room, plan)
    assert [(row["path"], row["sends"]) for row in room.rows(TABLE)] == [
        ("copy", "Stripe"),
        ("unnamed 2", "Zendesk"),
        ("Copy (2)", "Adyen"),
    ]


def test_people_get_their_short_names_and_may_name_one_another() -> None:
    room = session({"parties.people": []})
    paste(room, "Siobhán O'Reilly\nZofia\n", "parties.people")
    assert [row["key"] for row in room.rows("parties.people")] == ["siobhan-oreilly", "zofia"]


def test_a_new_name_in_a_pasted_cell_joins_as_it_was_written() -> None:
    room = session()
    paste(room, "Path\tSends\tOwner\nevents\tAdyen\tNew Body")
    assert room.rows("parties.people")[-1] == {"key": "new-body", "name": "New Body"}
    assert room.rows("parties.systems")[-1] == {"name": "Adyen"}
    room.undo()
    assert room.rows("parties.systems") == NAMED["parties.systems"]


def test_a_cell_that_gets_a_value_is_no_longer_open() -> None:
    room = session({TABLE: [EVENTS]})
    room.open_cell(TABLE, "events", "says", {"owner": "mara", "due": "2026-12-04"})
    assert [cell.column for cell in room.handoff.open_cells] == ["says"]
    paste(room, "Path\tMay say\nevents\tIt is late.")
    assert not room.handoff.open_cells


@pytest.mark.parametrize("stand", [0, 3])
def test_rows_past_the_limit_are_left_out_by_name(stand: int) -> None:
    rows: list[Row] = [{"path": f"old {at}"} for at in range(stand)]
    room = session({TABLE: rows} if rows else {})
    plan = plan_paste(room, TABLE, "\n".join(f"row {at}" for at in range(MAX_ROWS + 2)))
    assert len(plan.left_out) == 2 + stand
    assert plan.left_out[-1] == f"row {MAX_ROWS + 1}"
    take_paste(room, plan)
    assert len(room.rows(TABLE)) == MAX_ROWS


def test_a_cell_past_the_limit_is_kept_and_told_and_a_paste_past_it_is_refused() -> None:
    room = session()
    long = "x" * (MAX_TEXT + 1)
    plan = plan_paste(room, TABLE, f"Path\tMay say\nevents\t{long}")
    assert "20,000 is the limit" in str(plan.wrong[0])
    take_paste(room, plan)
    assert room.drafts[f"{TABLE}#events"]["says"] == long
    assert plan_paste(room, TABLE, "x" * (MAX_PASTE + 1)).too_long == MAX_PASTE + 1


def test_nothing_is_pasted_into_what_somebody_else_has_open() -> None:
    room = session()
    room.read_only = "zofia"
    paste(room, "events\ncopy")
    assert room.rows(TABLE) == []


def test_a_corrected_sheet_takes_the_place_of_the_cell_that_could_not_be_read() -> None:
    room = session()
    paste(room, "Path\tSends\tTravels by\tIds kept\nnewp\tStripe\tbatch\tabc")
    assert unread_cells(room, TABLE)
    paste(room, "Path\tSends\tTravels by\tIds kept\nnewp\tStripe\tbatch\t5h")
    assert room.rows(TABLE) == [{"path": "newp", "sends": "Stripe", "by": "batch", "ids_kept": "5h"}]
    assert not unread_cells(room, TABLE)
    assert room.drafts == {}


def test_a_new_name_in_a_replaced_cell_joins_its_table_too() -> None:
    room = session({TABLE: [EVENTS]})
    paste(room, "events\tBrand New\twebhook", replacing=True)
    assert room.rows(TABLE)[0]["sends"] == "Brand New"
    assert "Brand New" in [row.get("name") for row in room.rows("parties.systems")]
