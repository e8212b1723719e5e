"""Rows pasted into a table on the screen: said first, then taken, mended cell by cell, taken back at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoff_tui.core.table import Row
from handoff_tui.tui.widgets.rows import Rows
from tests.slow import rest_slow
from tests.tui.driver import HOSTILE, in_interview
from tests.tui.making import NAMED, kinds

TABLE = "kinds.table"
SHEET = "Path\tSends\tTravels by\tMay say\nevents\tStripe\tbatch\tlate\ncopy\tZendesk\tbatch\tsoon\n"
EVENTS: Row = {"path": "events", "sends": "Stripe", "by": "batch", "says": "late"}
COPY: Row = {"path": "copy", "sends": "Zendesk", "by": "batch", "says": "soon"}
FIRST: Row = {"path": "first", "sends": "Stripe", "by": "batch", "says": "no"}


@pytest.mark.parametrize("rows", [[], [FIRST]], ids=["empty", "with rows"])
@pytest.mark.parametrize("by_mouse", [False, True], ids=["key", "mouse"])
async def test_a_pasted_sheet_is_shown_then_taken_and_one_undo_takes_it_back(
    rows: list[Row], by_mouse: bool, tmp_path: Path
) -> None:
    async with in_interview(tmp_path, kinds(), {**NAMED, **({TABLE: rows} if rows else {})}, at=TABLE) as room:
        await room.paste(SHEET)
        assert room.screen_name == "PasteDialog"
        assert "2 new" in room.words
        assert room.rows(TABLE) == rows, "nothing is done yet"
        await (room.click("#paste-take") if by_mouse else room.press("enter"))
        assert room.rows(TABLE) == [*rows, EVENTS, COPY]
        assert room.on_disk().rows(TABLE) == [*rows, EVENTS, COPY]
        assert room.focused_in(Rows)
        await room.press("ctrl+z")
        assert room.rows(TABLE) == rows


async def test_escape_takes_nothing(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.paste(SHEET)
        await room.press("escape")
        assert (room.screen_name, room.rows(TABLE)) == ("InterviewScreen", [])


async def test_what_stands_stays_unless_replacing_is_chosen(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), {**NAMED, TABLE: [{**EVENTS, "sends": "Zendesk"}]}, at=TABLE) as room:
        await room.paste(SHEET)
        assert "1 stands here already" in room.words
        assert "events, Sends: Zendesk (pasted: Stripe)" in room.words
        await room.press("enter")
        assert room.rows(TABLE) == [{**EVENTS, "sends": "Zendesk"}, COPY]
        await room.press("ctrl+z")
        await room.paste(SHEET)
        await room.press("right", "enter")
        assert room.rows(TABLE) == [EVENTS, COPY]


async def test_a_bad_cell_is_said_kept_and_mended_where_continue_leads(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.paste(SHEET.replace("Zendesk\tbatch", "Zendesk\tpigeon"))
        assert "copy, Travels by: “pigeon”" in room.words
        await room.press("enter")
        assert "copy, Travels by: “pigeon”" in " ".join(room.text("#wrong").split())
        assert "! pigeon" in room.listed(".rows-list")[1]
        await room.press("ctrl+n")
        assert room.table.editing
        assert room.focused_column == "by"
        assert "pigeon" in room.text("#line-by .form-wrong")
        assert room.raw["says"] == "soon"
        await room.press("f3", "escape")
        assert (room.raw["by"], room.focused_column) == ("pigeon", "by"), "F3 and back: it is still there"
        await room.press("escape", "end", "enter")
        assert "pigeon" in room.text("#line-by .form-wrong"), "no option shows it, so it is said"
        await room.jump(TABLE)
        await room.press("end", "enter", "tab", "tab", "down")
        assert room.raw["by"] == "webhook", "the first that there is"
        await room.press("2", "ctrl+n")
        assert room.rows(TABLE) == [EVENTS, {**COPY, "class": "money"}]
        assert "pigeon" not in room.words
        assert not room.session.drafts


async def test_a_bad_cell_behind_more_keeps_the_table_from_passing_and_is_unfolded(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.paste("Path\tSends\tTravels by\tMay say\tTested\nevents\tStripe\tbatch\tlate\tsome day")
        await room.press("enter", "ctrl+n")
        assert room.here == TABLE
        assert (room.focused_column, room.raw["tested"]) == ("tested", "some day")
        await room.press("ctrl+u", *"4 Nov", "ctrl+n", "ctrl+n")
        assert room.here == "kinds.seeded"


async def test_bad_cells_are_there_again_after_a_crash(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.paste("Path\tIds kept\nevents\tsoon")
        await room.press("enter")
        assert room.app.opened is not None
        assert room.app.opened.journal is not None
        assert "soon" in room.app.opened.journal.content().decode()


async def test_what_no_column_takes_is_shown(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.paste("Path\tComment\nevents\tsee the wiki")
        assert "events, Comment: see the wiki" in room.words


async def test_in_a_cell_a_sheet_is_offered_as_rows_and_the_cell_is_as_before(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.press("enter", *"first")
        await room.paste(SHEET)
        assert room.screen_name == "PasteDialog"
        await room.press("enter")
        assert [row["path"] for row in room.rows(TABLE)] == ["first", "events", "copy"]
        assert not room.table.editing


async def test_left_in_the_cell_a_sheet_is_joined_and_no_word_is_lost(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.press("enter")
        await room.paste(SHEET)
        await room.press("escape")
        assert room.table.editing
        assert all(word in str(room.raw["path"]) for word in SHEET.split())


async def test_prose_pasted_into_a_cell_stays_there(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.press("enter")
        await room.paste("one line,\nand another")
        assert (room.screen_name, room.raw["path"]) == ("InterviewScreen", "one line, and another")


async def test_new_names_are_told_together_and_not_asked_one_by_one(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.paste(SHEET.replace("Stripe", "Adyen"))
        await room.press("enter")
        assert room.screen_name == "InterviewScreen"
        assert any("have joined “Systems”" in said for said in room.said)


async def test_typing_ahead_goes_to_the_dialog_and_on(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.paste(SHEET)
        await room.burst("enter", "ctrl+n")
        assert room.rows(TABLE) == [EVENTS, COPY]
        assert room.here == "kinds.seeded"


@pytest.mark.parametrize("size", rest_slow([(60, 20), (80, 24), (120, 36)]))
async def test_the_buttons_stay_in_sight_however_much_there_is_to_say(size: tuple[int, int], tmp_path: Path) -> None:
    lines = "\n".join(f"row {at}\tStripe\tpigeon\tsoon\t\t\tsome day\t\tbeside {at}" for at in range(60))
    async with in_interview(tmp_path, kinds(), {**NAMED, TABLE: [EVENTS]}, at=TABLE, size=size) as room:
        await room.paste(f"Events\tAdyen\n{lines}")
        assert room.in_sight(room.one("#paste-replace"))
        assert room.in_sight(room.one("#paste-take"))
        assert room.in_sight(room.one("#dialog-close"))
        await room.press(*["pagedown"] * 60)
        assert "beside 3" in room.words, "the arrows read on to the end"


async def test_what_a_sheet_says_is_never_obeyed(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.paste("\n".join(f"{text}\tStripe\t{text}" for text in HOSTILE))
        assert room.screen_name == "PasteDialog"
        assert "[red]r[/red]" in room.words
        await room.press("enter")
        assert len(room.rows(TABLE)) == len(HOSTILE)
        assert "[red]r[/red]" in room.words


async def test_a_paste_changes_nothing_where_somebody_else_has_it_open(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        room.session.read_only = "zofia"
        await room.show()
        await room.paste(SHEET)
        assert (room.screen_name, room.rows(TABLE)) == ("InterviewScreen", [])
