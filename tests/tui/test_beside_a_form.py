"""What is done to the rows of a table while the form of one of them is open: nothing is lost, nothing falls over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.driver import Room, in_interview
from tests.tui.making import NAMED, kinds
from tests.tui.test_tables import _highlight

TABLE = "kinds.table"
ROWS = [{"path": name, "sends": "Stripe", "by": "batch", "says": "late", "class": "money"} for name in ("a", "b", "c")]


def names(room: Room) -> list[str]:
    return [str(row["path"]) for row in room.rows(TABLE)]


@pytest.mark.parametrize(
    ("step", "then"), [("delete", ["a", "b"]), ("alt+up", ["a", "cZ", "b"]), ("insert", ["a", "b", "cZ"])]
)
async def test_a_step_on_the_rows_first_keeps_the_row_in_the_form(step: str, then: list[str], tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED | {TABLE: ROWS}, at=TABLE) as room:
        await _highlight(room, 2)
        await room.press("enter", "end", "Z")
        room.one("#rows-list, .rows-list").focus()
        await room.settle()
        await room.press(step)
        assert names(room) == then


async def test_undo_in_the_form_of_a_row_that_it_takes_away_falls_over_nothing(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=TABLE) as room:
        await room.press("enter", *"a", "enter", *"Stripe", "enter", "2", "enter", *"x", "ctrl+n")
        await _highlight(room, 0)
        await room.press("enter", "tab", "tab", "ctrl+z")
        assert names(room) == []
        assert not room.table.editing
        await room.press("ctrl+y")
        assert names(room) == ["a"]


async def test_a_duplicate_does_not_take_the_place_of_a_new_row_that_was_begun(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED | {TABLE: ROWS}, at=TABLE) as room:
        await room.press("insert", "enter", *"Half", "escape")
        begun = dict(room.session.drafts)
        assert begun
        await _highlight(room, 0)
        await room.press("ctrl+d")
        assert not room.table.editing
        assert room.session.drafts == begun
        assert "First finish the new row" in room.said[-1]
