"""Tables: rows are added, edited, duplicated, moved, removed and brought back, by key and by mouse."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from handoff_tui.core.table import Row, TableKind
from handoff_tui.tui.widgets.form import FormLine
from handoff_tui.tui.widgets.options import Options
from handoff_tui.tui.widgets.rows import Rows
from tests.core.making import bundled
from tests.tui.driver import Room, in_interview
from tests.tui.making import NAMED, kinds

TABLE = "kinds.table"
ONE: Row = {"path": "events", "sends": "Stripe", "by": "batch", "says": "late", "class": "money"}
TWO: Row = {"path": "copy", "sends": "Zendesk", "by": "batch", "says": "soon", "class": "id"}
THREE: Row = {"path": "third", "sends": "Zendesk", "by": "webhook", "ids_kept": "30d", "says": "no", "class": "id"}
ROWS: Mapping[str, list[Row]] = {**NAMED, TABLE: [ONE, TWO, THREE]}


def _names(room: Room, table: str = TABLE) -> list[str]:
    key = "path" if table == TABLE else "duty"
    return [str(row[key]) for row in room.rows(table)]


async def _highlight(room: Room, index: int) -> None:
    room.of(Rows).take_focus()
    await room.press("home", *["down"] * index)


async def test_a_row_is_added_field_by_field_and_stands_in_the_list_and_in_the_file(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.press("enter")
        await room.press(*"events", "enter", *"Stripe", "enter", "2", "enter", *"It is late.")
        await room.press("ctrl+n")
        assert room.rows(TABLE) == [{**ONE, "says": "It is late."}]
        assert room.on_disk().rows(TABLE) == room.rows(TABLE)
        assert not room.table.editing
        assert "It is late." in room.words
        await room.press("ctrl+n")
        assert room.here == "kinds.seeded"


async def test_enter_leads_through_the_needed_fields_in_their_order(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.press("enter")
        seen = [room.focused_column]
        for keys in (["a"], ["b"], ["1"], ["1", "h"]):
            await room.press(*keys, "enter")
            seen.append(room.focused_column)
        assert seen == ["path", "sends", "by", "ids_kept", "says"]


async def test_a_column_is_asked_for_only_while_the_row_needs_it(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.press("enter")
        line = next(line for line in room.table.form.query(FormLine) if line.column.id == "ids_kept")
        assert not line.display
        await room.press("a", "enter", "b", "enter", "1")
        assert line.display
        await room.press("2")
        assert not line.display


async def test_the_mouse_alone_adds_a_row(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.seeded") as room:
        await room.click("#row-add")
        assert room.table.editing
        await room.press(*"vendor")
        await room.click(room.one("#line-who LineInput"), line=0)
        await room.press(*"mara")
        await room.click("#row-keep")
        assert room.rows("kinds.seeded")[-1] == {"duty": "vendor", "who": "mara"}


async def test_what_is_missing_is_said_at_its_field_by_row_and_column_and_the_rest_stays(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.press("enter", *"events", "tab", *"Stripe", "ctrl+n")
        assert room.focused_column == "by"
        said = " ".join(room.text("#line-by .form-wrong").split())
        assert "Travels by" in said
        assert "events" in said
        assert (room.raw["path"], room.raw["sends"]) == ("events", "Stripe")
        assert room.text("#line-path .form-wrong") == ""
        assert room.value(TABLE) is None
        await room.press("2")
        assert room.text("#line-by .form-wrong") == ""


async def test_a_cell_that_is_wrong_is_said_on_keeping_the_row_and_not_before(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), ROWS, at=TABLE) as room:
        await _highlight(room, 2)
        await room.press("enter")
        await room.click(room.one("#line-ids_kept LineInput"), line=0)
        await room.press("end", "ctrl+u", *"2 months")
        assert room.text("#line-ids_kept .form-wrong") == ""
        await room.press("ctrl+n")
        assert "Months differ" in " ".join(room.text("#line-ids_kept .form-wrong").split())
        assert room.focused_column == "ids_kept"
        assert room.raw["ids_kept"] == "2 months"
        assert room.rows(TABLE)[2] == THREE


async def test_a_second_row_of_one_name_is_refused(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), ROWS, at=TABLE) as room:
        await room.click("#row-add")
        await room.press(*"EVENTS", "ctrl+n")
        assert "already" in room.text("#line-path .form-wrong")
        assert _names(room) == ["events", "copy", "third"]


async def test_editing_shows_the_row_prefilled_and_changes_only_what_was_changed(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), ROWS, at=TABLE) as room:
        await _highlight(room, 1)
        await room.press("enter")
        assert {key: value for key, value in room.raw.items() if value} == TWO
        await room.click(room.one("#line-says TextBox"), line=0)
        await room.press("end", *", surely", "ctrl+n")
        assert room.rows(TABLE) == [ONE, {**TWO, "says": "soon, surely"}, THREE]


async def test_a_row_that_is_opened_and_closed_untouched_changes_nothing(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), ROWS, at=TABLE) as room:
        before = room.session.handoff
        await _highlight(room, 2)
        await room.press("enter", "escape")
        assert not room.table.editing
        assert room.session.handoff is before
        assert room.here == TABLE


async def test_a_new_name_for_a_row_is_followed_by_what_refers_to_it(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), ROWS, at="parties.systems") as room:
        await _highlight(room, 0)
        await room.press("enter")
        await room.click(room.one("#line-name LineInput"), line=0)
        await room.press("end", "ctrl+u", *"Stripe EU", "ctrl+n")
        assert room.rows(TABLE)[0]["sends"] == "Stripe EU"


async def test_a_duplicate_begins_with_all_cells_but_the_name_and_leaves_the_first_as_it_was(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), ROWS, at=TABLE) as room:
        await _highlight(room, 1)
        await room.press("ctrl+d")
        assert room.focused_column == "path"
        await room.press(*"copy 2", "ctrl+n")
        assert room.rows(TABLE) == [ONE, TWO, THREE, {**TWO, "path": "copy 2"}]


@pytest.mark.parametrize(
    ("key", "button", "index", "order", "then"),
    [
        ("alt+up", "#row-up", 2, ["events", "third", "copy"], 1),
        ("alt+down", "#row-down", 0, ["copy", "events", "third"], 1),
        ("alt+up", "#row-up", 0, ["events", "copy", "third"], 0),
        ("alt+down", "#row-down", 2, ["events", "copy", "third"], 2),
    ],
)
async def test_moving_a_row_changes_the_order_and_keeps_it_highlighted(
    key: str, button: str, index: int, order: list[str], then: int, tmp_path: Path
) -> None:
    async with in_interview(tmp_path, kinds(), ROWS, at=TABLE) as room:
        await _highlight(room, index)
        await room.press(key)
        assert (_names(room), room.of(Rows).index) == (order, then)
        assert room.focused_in(Rows)
        await room.press("ctrl+z")
        assert _names(room) == ["events", "copy", "third"]
        await _highlight(room, index)
        await room.click(button)
        assert (_names(room), room.of(Rows).index) == (order, then)


@pytest.mark.parametrize("by_mouse", [False, True], ids=["key", "mouse"])
async def test_a_removed_row_comes_back_where_it_stood(by_mouse: bool, tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), ROWS, at=TABLE) as room:
        await _highlight(room, 1)
        if by_mouse:
            await room.click("#row-remove")
        else:
            await room.press("delete")
        assert _names(room) == ["events", "third"]
        assert "copy" not in [str(row["path"]) for row in room.on_disk().rows(TABLE)]
        if by_mouse:
            await room.click("#row-undo")
        else:
            await room.press("ctrl+z")
        assert room.rows(TABLE) == [ONE, TWO, THREE]
        assert room.on_disk().rows(TABLE) == [ONE, TWO, THREE]


async def test_the_last_row_can_be_removed_and_the_button_that_adds_has_the_focus(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), {**NAMED, TABLE: [ONE]}, at=TABLE) as room:
        await room.press("delete")
        assert room.value(TABLE) is None
        await room.press("enter")
        assert room.table.editing


async def test_more_unfolds_the_other_columns_and_folds_them_again(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), ROWS, at=TABLE) as room:
        await _highlight(room, 0)
        await room.press("enter")
        assert room.app.screen.query("#form-folded").first().display is False
        assert "owner" in room.words, "the fold says what is in it"
        await room.click("#form-more")
        assert room.app.screen.query("#form-folded").first().display is True
        assert room.focused_column == "owner"
        await room.press(*"mara", "enter", *"4 Nov 2026", "ctrl+n")
        assert room.rows(TABLE)[0] == {**ONE, "owner": "mara", "tested": room.rows(TABLE)[0]["tested"]}
        assert str(room.rows(TABLE)[0]["tested"]) == "2026-11-04"
        await room.press("enter")
        await room.click("#form-more")
        await room.click("#form-more")
        assert room.app.screen.query("#form-folded").first().display is False


async def test_a_suggested_cell_is_marked_and_stored_only_with_the_row(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.press("enter")
        await room.click("#form-more")
        assert "suggested" in str(room.text("#line-class .form-label"))
        await room.press("escape")
        assert room.value(TABLE) is None
        await room.press("enter", *"a", "enter", *"Stripe", "enter", "2", "enter", *"x", "ctrl+n")
        assert room.rows(TABLE)[0]["class"] == "money"


async def test_a_cell_that_is_open_stays_open_where_something_could_be_suggested(tmp_path: Path) -> None:
    rows = [{"path": "events", "sends": "Stripe", "by": "batch", "says": "late"}]
    async with in_interview(tmp_path, kinds(), NAMED | {TABLE: rows}, at=TABLE) as room:
        room.session.open_cell(TABLE, "events", "class", {"owner": "Zofia", "due": "2027-01-01"})
        await _highlight(room, 0)
        await room.press("enter")
        assert room.raw["class"] == ""
        await room.press("end", *"!", "ctrl+n")
        assert room.rows(TABLE) == [rows[0] | {"path": "events!"}]
        assert [(cell.row, cell.column) for cell in room.on_disk().open_cells] == [("events!", "class")]


async def test_the_short_name_is_suggested_from_the_name_until_somebody_writes_another(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="parties.people") as room:
        await room.click("#row-add")
        assert room.focused_column == "name"
        await room.press(*"Siobhán O'Reilly")
        suggested = room.raw["key"]
        await room.press("enter", "ctrl+u", *"sio", "shift+tab", *" jr")
        assert (suggested, room.raw["key"]) == ("siobhan-oreilly", "sio")
        await room.press("enter", "enter", "1", "ctrl+n")
        assert room.rows("parties.people")[-1] == {"key": "sio", "name": "Siobhán O'Reilly jr", "function": "eng"}


async def test_f3_in_a_row_marks_this_cell_open_and_the_row_may_stand(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.press("enter", *"events", "enter", *"Stripe", "enter", "2", "enter", "f3")
        assert room.screen_name == "FormDialog"
        await room.press(*"Zofia", "enter", *"4 Dec", "enter")
        cell = room.session.handoff.open_cells[0]
        assert (cell.question, cell.row, cell.column, cell.owner, str(cell.due)) == (
            TABLE,
            "events",
            "says",
            "zofia",
            "2026-12-04",
        )
        assert room.table.editing
        await room.press("ctrl+n")
        assert "? open" in room.words
        await room.press("ctrl+n")
        assert room.here == "kinds.seeded"
        assert room.on_disk().open_cells == (cell,)
        assert room.session.drafts == {}


async def test_f3_that_is_closed_again_leaves_the_cell_as_it_was(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), ROWS, at=TABLE) as room:
        await _highlight(room, 2)
        await room.press("enter", "tab", "tab", "tab", "f3")
        assert "Ids kept of third" in room.words
        await room.press("escape")
        assert (room.focused_column, room.raw["ids_kept"]) == ("ids_kept", "30d"), "a value that stands"
        await room.press("ctrl+u", *"4 hou", "f3", "escape")
        assert room.raw["ids_kept"] == "4 hou", "what was typed and cannot be read"
        assert room.rows(TABLE)[2] == THREE
        await room.press("f3", *"Zofia", "enter", *"4 Dec", "enter")
        assert not room.raw["ids_kept"], "marked: nothing stands there"
        await room.press("ctrl+n")
        assert "ids_kept" not in room.rows(TABLE)[2]
        assert [(cell.row, cell.column) for cell in room.session.handoff.open_cells] == [("third", "ids_kept")]
        await room.press("ctrl+z")
        assert (room.rows(TABLE)[2], room.session.handoff.open_cells) == (THREE, ()), "one step, and it is back"


async def test_f3_at_the_name_of_a_row_says_why_it_cannot_be_open(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.press("enter", *"events", "f3")
        assert room.screen_name == "InterviewScreen"
        assert any("cannot be open" in said for said in room.said)
        assert room.raw["path"] == "events"


@pytest.mark.parametrize("way", ["escape", "#row-close"])
async def test_a_row_that_is_left_half_way_stays_as_an_unfinished_row(way: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.press("enter", *"events", "enter", *"Stripe")
        if way == "escape":
            await room.press(way)
        else:
            await room.click(way)
        assert not room.table.editing
        assert room.rows(TABLE) == [{"path": "events", "sends": "Stripe", "class": "money"}]
        assert room.text("#wrong") == ""
        await room.press("ctrl+n")
        assert room.table.editing, "Continue leads to the gap"
        assert room.focused_column == "by"
        assert room.here == TABLE


async def test_a_row_without_a_name_is_not_lost_but_opened_again_by_add(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.press("enter", "tab", *"Stripe", "escape")
        assert room.value(TABLE) is None
        await room.press("enter")
        assert room.raw["sends"] == "Stripe"


async def test_a_seeded_row_is_no_answer_until_it_is_filled(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.seeded") as room:
        assert _names(room, "kinds.seeded") == ["changes", "retries"]
        await room.press("ctrl+n")
        assert room.value("kinds.seeded") is None
        assert room.table.editing
        assert room.focused_column == "who"
        await room.press(*"mara", "enter")
        assert room.rows("kinds.seeded") == [{"duty": "changes", "who": "mara"}, {"duty": "retries"}]
        assert room.of(Rows).index == 1, "the next row that is not finished"
        await room.press("enter", *"zofia", "enter", "ctrl+n")
        assert room.here == "read_back"


TEMPLATES = ("general", "payments", "identity", "operations")


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_row_that_is_required_stands_there_at_first(name: str) -> None:
    tables = [question.field for question in bundled(name).by_id.values() if isinstance(question.field, TableKind)]
    assert any(table.required_rows for table in tables)
    for table in tables:
        assert set(table.required_rows) <= {table.row_label(row) for row in table.seed_rows()}


async def test_the_required_rows_stand_on_the_screen_and_only_the_needed_columns_show(tmp_path: Path) -> None:
    async with in_interview(tmp_path, bundled("payments"), at="ownership.responsibilities") as room:
        table = room.table.table
        assert len(room.listed(".rows-list")) >= len(table.required_rows) > 0
        head = room.text(".rows-head")
        for column in table.columns:
            assert (column.label in head) is not column.more
        await room.press("enter")
        folded = room.app.screen.query("#form-folded").first()
        assert {line.column.id for line in folded.query(FormLine)} == {c.id for c in table.columns if c.more}
        assert not folded.display


async def test_an_empty_table_says_what_to_do_and_does_not_pass(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.press("ctrl+n")
        assert "no row yet" in room.text("#wrong")
        assert room.here == TABLE


async def test_a_new_name_in_a_row_is_asked_for_after_the_row_is_kept(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.seeded") as room:
        await room.press("enter", *"New Body", "enter")
        assert room.screen_name == "FormDialog"
        assert "New Body is new here" in room.words
        await room.press("2", "enter")
        assert room.rows("kinds.seeded")[0] == {"duty": "changes", "who": "new-body"}
        assert room.rows("parties.people")[-1] == {"key": "new-body", "name": "New Body", "function": "support"}
        assert room.here == "kinds.seeded"


async def test_a_choice_in_a_row_can_be_clicked(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.click("#row-add")
        options = next(line for line in room.table.form.query(FormLine) if line.column.id == "by").query_one(Options)
        second = options.render().plain.index("a batch")
        await room.click(options, line=0, column=second)
        assert room.raw["by"] == "batch"
