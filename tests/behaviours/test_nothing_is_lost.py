"""Behaviours 1, 2 and 4: whatever happens and wherever one goes, what was said and typed is still there."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from handoff_tui.tui.app import WizardApp
from handoff_tui.tui.widgets.form import Form
from tests.core.making import COMPLETE, small
from tests.end_to_end.by_keys import Keys, terminal
from tests.faults.playing import ANSWER, JOURNEY, STATES, TEMPLATE, WORST
from tests.slow import rest_slow
from tests.terminal import CTRL_N, ENTER, ESC, F3, Terminal
from tests.tui.driver import Room, in_interview, in_room
from tests.tui.making import NAMED, kinds

HIGH = {**COMPLETE, "start.weight": "high", "close.drill": "every May"}

TYPED = {
    "line": "x",
    "text": "half\nof it",
    "number": "many",
    "duration": "4 of",
    "date": "some day",
    "contact": "Somebody",
    "system": "Somewhere",
    "choice": "2",
    "many": "13",
    "suggested": " or so",
}
"""Something half-typed for a question of each kind; what cannot be read is among it, and nothing at all comes after."""

WAYS = ("escape", "f8", "f2", "#bar-place")


# -- 1 -----------------------------------------------------------------------------------------------------------------


def _close_the_window(wall: Terminal) -> None:
    os.close(wall._master)
    wall._master, wall._open = -1, False
    wall._process.wait(20)


@pytest.mark.parametrize("way", ["SIGKILL", "SIGHUP", "the connection is gone"])
def test_01_after_a_kill_or_a_dropped_connection_the_same_command_reopens_the_same_question(
    way: str, tmp_path: Path
) -> None:
    command = ("new", "billing", "--template", "payments")
    with terminal(tmp_path, *command) as wall:
        room = Keys(wall, TEMPLATE)
        room.wait("what do we call it")
        wall.send("Billing", ENTER, "2", ENTER, "\t", "Māra", CTRL_N)
        room.wait(JOURNEY.ask)
        wall.send(ANSWER, CTRL_N)
        room.wait(STATES.ask)
        wall.send(F3)
        room.wait("We don't know yet")
        wall.send("Māra", ENTER, "in 2 weeks", CTRL_N)
        room.wait(WORST.ask)
        if way == "the connection is gone":
            _close_the_window(wall)
        else:
            wall.kill(getattr(signal, way))
            wall.wait_exit()
    with terminal(tmp_path, *command) as wall:
        room = Keys(wall, TEMPLATE)
        room.wait(WORST.ask)
        wall.send(ESC)
        room.wait(STATES.ask)
        room.wait("open · Māra")
        wall.send(ESC)
        room.wait(JOURNEY.ask)
        room.wait(ANSWER)


def test_01_what_is_typed_and_on_the_screen_outlives_a_kill_too(tmp_path: Path) -> None:
    command = ("new", "billing", "--template", "payments")
    with terminal(tmp_path, *command) as wall:
        room = Keys(wall, TEMPLATE)
        room.wait("what do we call it")
        wall.send("Billing", ENTER, "2", ENTER, "\t", "Māra", CTRL_N)
        room.wait(JOURNEY.ask)
        wall.send("half of an answ")
        room.wait("half of an answ")
        wall.kill(signal.SIGKILL)
        wall.wait_exit()
    with terminal(tmp_path, *command) as wall:
        room = Keys(wall, TEMPLATE)
        room.wait(JOURNEY.ask)
        room.wait("half of an answ")


# -- 2 -----------------------------------------------------------------------------------------------------------------


async def _leave(room: Room, way: str) -> None:
    """Leave the question: one back, to the review, or by the list of sections, called by key or by a click on top."""
    if way.startswith("#"):
        await room.click(way)
    else:
        await room.press(way)
    if room.screen_name == "SectionsDialog":
        await room.press("home", "enter")


def _says_no_error(room: Room) -> bool:
    told = [item for item in room.app._notifications if item.severity != "information"]
    wrong = [line for line in room.app.screen.query("#wrong, .form-wrong") if line.display and str(line.render())]
    return not told and not wrong


@pytest.mark.parametrize("way", rest_slow(WAYS))
async def test_02_back_and_jump_from_a_half_typed_answer_keep_the_text_and_show_no_error(
    way: str, tmp_path: Path
) -> None:
    async with in_interview(tmp_path, kinds(), NAMED) as room:
        before = room.session.handoff
        for question, keys in TYPED.items():
            at = f"kinds.{question}"
            await room.jump(at)
            await room.press("end")
            await room.write(keys)
            typed = room.field.raw
            assert typed
            await _leave(room, way)
            assert room.here != at
            assert _says_no_error(room), room.screen
            await room.jump(at)
            assert room.field.raw == typed
            assert _says_no_error(room), room.screen
        assert room.session.handoff is before
        assert room.on_disk() == before


@pytest.mark.parametrize("way", WAYS)
async def test_02_back_and_jump_work_from_an_empty_answer_and_from_one_that_was_refused(
    way: str, tmp_path: Path
) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.line") as room:
        await _leave(room, way)
        assert room.here != "kinds.line"
        assert _says_no_error(room)
        await room.jump("kinds.duration")
        await room.press(*"4 of", "enter")
        assert not _says_no_error(room), "Continue does say it"
        await _leave(room, way)
        assert room.here != "kinds.duration"
        assert _says_no_error(room)
        await room.jump("kinds.duration")
        assert room.field.raw == "4 of"
        assert _says_no_error(room)


@pytest.mark.parametrize("way", ["f8", "f2", "#bar-place"])
async def test_02_a_jump_out_of_a_row_with_a_cell_that_cannot_be_read_keeps_every_cell(
    way: str, tmp_path: Path
) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.table") as room:
        await room.press("enter", *"events", "enter", *"Stripe", "enter", "1", "enter", *"4 of")
        typed = room.raw
        assert typed["ids_kept"] == "4 of"
        await _leave(room, way)
        assert room.here != "kinds.table"
        assert _says_no_error(room), room.screen
        await room.jump("kinds.table")
        await room.press("enter")
        assert room.raw == typed
        assert _says_no_error(room), room.screen


@pytest.mark.parametrize("way", ["escape", "#dialog-close"])
@pytest.mark.parametrize(("opened", "keys"), [("f3", [*"Nob", "tab", *"some d"]), ("f9", [*"finance as"])])
async def test_02_a_dialog_that_is_closed_half_typed_shows_no_error_and_has_its_text_again(
    opened: str, keys: list[str], way: str, tmp_path: Path
) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.duration") as room:
        await room.press(*"4 of", opened, *keys)
        typed = room.of(Form).raw
        assert any(typed.values())
        if way.startswith("#"):
            await room.click(way)
        else:
            await room.press(way)
        assert room.field.raw == "4 of"
        assert _says_no_error(room)
        await room.press(opened)
        assert room.of(Form).raw == typed
        assert _says_no_error(room)


async def test_02_the_head_and_the_start_screen_have_their_half_typed_text_again_too(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE) as room:
        await room.review()
        await room.click("#head")
        await room.press("end", "ctrl+u", *"Half a na", "escape")
        assert room.session.handoff.head.name == "Billing"
        await room.click("#head")
        assert room.of(Form).raw["name"] == "Half a na"
    async with in_room(WizardApp(tmp_path)) as room:
        await room.press("n", "enter", *"Half a na", "escape", "escape")
        assert room.screen_name == "HomeScreen"
        await room.press("n", "enter")
        assert room.of(Form).raw["name"] == "Half a na"


# -- 4 -----------------------------------------------------------------------------------------------------------------


async def test_04_a_hidden_answer_stays_in_the_draft_is_counted_at_review_and_in_no_summary_and_returns(
    tmp_path: Path,
) -> None:
    async with in_interview(tmp_path, small(), HIGH, at="start.weight") as room:
        await room.press("1", "enter")
        assert room.on_disk().answer("close.drill").value == "every May"
        await room.review()
        await room.press("end")
        assert "1 answer kept for a question that is not asked now" in room.words
        await room.press("enter")
        assert "“Drill”: kept in the file" in room.said[-1]
        assert "every May" not in room.words
        await room.press("ctrl+n", "d")
        summary = (tmp_path / "x.handoff.md").read_text()
        assert "A customer can keep reading." in summary
        assert "every May" not in summary
        await room.jump("start.weight")
        await room.press("2", "enter")
        await room.jump("close.drill")
        assert room.field.raw == "every May"
        await room.review()
        assert "every May" in room.words
