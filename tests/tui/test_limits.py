"""The limits of an answer are told before they are met, and what is over them is kept as it was typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoff_tui.core.table import MAX_ROWS
from handoff_tui.core.text import MAX_TEXT
from tests.core.making import ALERT, COMPLETE, small
from tests.tui.driver import in_interview
from tests.tui.making import NAMED, kinds


@pytest.mark.parametrize("question", ["line", "text"])
async def test_the_limit_of_a_text_is_told_before_it_is_met_and_nothing_is_cut(question: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=f"kinds.{question}") as room:
        await room.paste("x" * (MAX_TEXT - 2_001))
        assert "the limit" not in room.screen
        await room.press("y")
        assert "Room for 2,000 more characters" in room.text("#room")
        await room.paste("z" * 2_003)
        assert "3 characters too many" in room.text("#room")
        await room.press("ctrl+n")
        assert room.here == f"kinds.{question}"
        assert f"{MAX_TEXT + 3:,} characters" in room.text("#wrong")
        typed = "x" * (MAX_TEXT - 2_001) + "y" + "z" * 2_003
        assert room.field.raw == typed
        assert room.session.drafts[f"kinds.{question}"] == typed
        await room.press("backspace", "backspace", "backspace")
        assert "Room for 0 more" in room.text("#room")
        await room.press("ctrl+n")
        assert room.value(f"kinds.{question}") == typed[:-3]


async def test_what_comes_back_over_the_limit_says_so_at_once(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.choice") as room:
        room.session.drafts["kinds.text"] = "x" * (MAX_TEXT + 1)
        await room.jump("kinds.text")
        assert "1 character too many" in room.text("#room")


async def test_the_limit_of_a_cell_is_told_at_the_cell(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.table") as room:
        await room.press("enter")
        await room.paste("x" * (MAX_TEXT + 7))
        assert "7 characters too many" in room.text("#line-path .form-wrong")
        await room.press("ctrl+n")
        assert room.raw["path"] == "x" * (MAX_TEXT + 7)
        assert room.rows("kinds.table") == []


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (MAX_ROWS - 51, ""),
        (MAX_ROWS - 50, "Room for 50 more"),
        (MAX_ROWS, "Room for 0 more"),
        (MAX_ROWS + 1, "501 rows; 500 is the limit"),
    ],
)
async def test_the_limit_of_a_table_is_told_before_it_is_met(rows: int, said: str, tmp_path: Path) -> None:
    many = [ALERT | {"alert": f"A{number}"} for number in range(rows)]
    async with in_interview(tmp_path, small(), COMPLETE | {"watch.alerts": many}, at="watch.alerts") as room:
        assert said in room.text("#room")
        assert bool(room.text("#room")) == bool(said)
