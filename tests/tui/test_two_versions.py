"""What a merge could not join is shown at its question in both versions, and decided there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from handoff_tui.core.conflicts import Conflict, with_conflicts
from handoff_tui.core.interview import REVIEW, Place
from handoff_tui.store.file import HandoffFile
from tests.core.making import ALERT, COMPLETE, small
from tests.tui.driver import FILE, Room, in_interview

WINDOW = Conflict("watch.window", ours="4h", theirs="2 [/x]d")
CELL = Conflict("watch.alerts", "LagHigh", "urgency", ours="notice", theirs="page_now")
GONE = Conflict("watch.alerts", "LagHigh", ours=ALERT)


def dispute(room: Room, *conflicts: Conflict) -> None:
    handoff, _ = with_conflicts(room.session.handoff, conflicts)
    room.session.commit(handoff, "a merge")


async def show(room: Room, question_id: str) -> None:
    room.session.jump(Place("question", question_id))
    await room.app.show_place()
    await room.settle()


@pytest.mark.parametrize(("take", "value"), [("ours", "4h"), ("theirs", "2d")])
async def test_either_version_can_be_taken_by_mouse(take: str, value: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE) as room:
        dispute(room, replace(WINDOW, theirs="2d"))
        await show(room, "watch.window")
        assert "answered this differently" in room.screen
        assert "4 hours" in room.screen
        assert "2 days" in room.screen
        await room.click(f"#take-{take}")
        assert room.value("watch.window") == value
        assert HandoffFile.read(tmp_path / FILE)[1].conflict == {}
        assert "differently" not in room.screen


async def test_a_handoff_is_resumed_at_what_has_to_be_decided(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), {}) as room:
        assert room.session.interview.first_unsettled().id != "watch.window"
        dispute(room, WINDOW)
        assert room.session.interview.first_unsettled() == Place("question", "watch.window")
        await show(room, "watch.window")
        assert "1 to decide" in room.words
        await room.press("f2")
        assert "two versions" in room.words
        await room.press("escape")
        await room.click("#take-ours")
        assert "to decide" not in room.words


async def test_it_is_on_the_screen_where_the_screen_is_small(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, size=(60, 20)) as room:
        dispute(room, CELL)
        await show(room, "watch.alerts")
        assert room.app.screen.query_one("#page-scroll").scroll_y == 0
        assert "Two people answered this differently" in room.words
        assert "Ours: " in room.words


async def test_by_key_in_a_table_one_after_the_other(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE) as room:
        dispute(room, CELL, Conflict("watch.alerts", "LagHigh", "goes_to", ours="mara", theirs="zofia"))
        await show(room, "watch.alerts")
        assert "1 more of these" in room.screen
        await room.press("t")
        await room.press("o")
        assert room.rows("watch.alerts")[0]["urgency"] == "page_now"
        assert room.rows("watch.alerts")[0]["goes_to"] == "mara"
        assert room.session.handoff.conflict == {}


async def test_a_row_that_one_side_deleted(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE) as room:
        dispute(room, GONE)
        await show(room, "watch.alerts")
        assert "deleted" in room.screen
        await room.press("t")
        assert room.session.handoff.rows("watch.alerts") == []


async def test_what_is_in_a_version_is_only_text(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE) as room:
        dispute(room, WINDOW)
        await show(room, "watch.window")
        assert "[/x]" in room.screen


async def test_review_leads_to_what_has_to_be_decided_and_final_waits_for_it(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE) as room:
        dispute(room, replace(WINDOW, theirs="2d"))
        await room.review()
        await room.press("home", "enter")
        assert room.here == "watch.window"
        assert room.session.return_to == REVIEW
        await room.click("#take-theirs")
        await room.click("#continue")
        assert room.screen_name == "ReviewScreen"
        assert "differently" not in room.screen
