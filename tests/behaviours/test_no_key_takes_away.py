"""Behaviours 9 and 14: no single key takes anything away, and help stands in nobody's way."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.containers import VerticalScroll

from handoff_tui.core.answers import Answer
from handoff_tui.tui.app import WizardApp
from handoff_tui.tui.dialogs.base import Dialog
from handoff_tui.tui.widgets.form import Form
from tests.core.making import COMPLETE, small
from tests.slow import rest_slow
from tests.tui.driver import Room, in_interview, in_room
from tests.tui.making import NAMED, kinds

# -- 9 -----------------------------------------------------------------------------------------------------------------

PLACES = {
    "a question": ["end", *" or so"],
    "a row": [],
    "don't know": ["f3", *"Nob"],
    "a note": ["f9", *"finance"],
    "sections": ["end", *" or so", "f2"],
    "help": ["end", *" or so", "f1"],
    "review": ["f8"],
    "finding an answer": ["f8", "slash", "x"],
    "the end": ["f8", "ctrl+n"],
}
KEYS = ("escape", "q", "ctrl+c", "ctrl+q")


@pytest.mark.parametrize("place", rest_slow(PLACES, keep=3))
async def test_09_no_single_key_discards_an_answer_or_what_is_typed_on_any_screen(place: str, tmp_path: Path) -> None:
    rows = {**NAMED, "kinds.line": "reading", "kinds.table": [{"path": "events", "sends": "Stripe"}]}
    for key in KEYS:
        folder = tmp_path / key
        folder.mkdir()
        at = "kinds.table" if place == "a row" else "kinds.line"
        async with in_interview(folder, kinds(), rows, at=at) as room:
            await room.press(*(["enter", "tab", *"x"] if place == "a row" else PLACES[place]))
            before, typed = room.session.handoff, _everything_typed(room)
            await room.press(key)
            assert room.app.is_running
            if place == "a row" and key == "escape":  # closing a row keeps it as far as it goes
                assert room.session.handoff.answer(at).value != before.answer(at).value
                continue
            assert room.session.handoff == before
            room.session.jump(room.session.interview.route[0])
            await room.show()
            assert typed.items() <= _everything_typed(room).items() or key == "q"


def _everything_typed(room: Room) -> dict[str, object]:
    room.app.record()
    return dict(room.session.drafts)


@pytest.mark.parametrize("keys", [["escape", "escape"], ["ctrl+q", "escape"], ["ctrl+c"]])
async def test_09_the_start_screen_loses_nothing_by_one_key_either(keys: list[str], tmp_path: Path) -> None:
    async with in_room(WizardApp(tmp_path)) as room:
        await room.press("n", "enter", *"Billing")
        await room.press(*keys)
        assert room.app.is_running
        if room.screen_name == "HomeScreen":
            await room.press("n", "enter")
        assert room.of(Form).raw["name"] == "Billing"
    async with in_room(WizardApp(tmp_path)) as room:
        await room.press("n", "enter", *"Billing", "ctrl+q")
        assert "Nothing is written yet" in room.words
        await room.press("enter")
        assert room.app.is_running, "the button that has the focus is the one that stays"


async def test_09_an_overwritten_answer_and_a_removed_row_come_back(tmp_path: Path) -> None:
    rows = [{"gap": "no test account", "owner": "mara"}, {"gap": "no alert", "owner": "mara"}]
    async with in_interview(tmp_path, small(), {**COMPLETE, "close.gaps": rows}, at="watch.window") as room:
        await room.press("end", "ctrl+u", *"9d", "enter")
        assert room.on_disk().answer("watch.window").value == "9d"
        await room.press("ctrl+z")
        assert room.on_disk().answer("watch.window").value == "4h"
        await room.press("ctrl+y")
        assert room.on_disk().answer("watch.window").value == "9d", "and what was undone comes back too"
        await room.jump("close.gaps")
        await room.press("home", "delete")
        assert room.on_disk().rows("close.gaps") == rows[1:]
        await room.press("ctrl+z")
        assert room.on_disk().rows("close.gaps") == rows


# -- 14 ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20)])
@pytest.mark.parametrize("way", ["escape", "enter", "#dialog-close"])
async def test_14_help_says_why_and_an_example_and_keeps_text_and_cursor(
    way: str, size: tuple[int, int], tmp_path: Path
) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.line", size=size) as room:
        await room.press(*"abcd", "left", "left", "f1")
        for words in ("Line?", "Why.", "For example", "one line"):
            assert words in room.words
        assert room.in_sight(room.one("#dialog-close"))
        if way.startswith("#"):
            await room.click(way)
        else:
            await room.press(way)
        assert room.screen_name == "InterviewScreen"
        await room.press("X")
        assert room.field.raw == "abXcd"


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_14_long_help_is_read_to_its_end_by_keyboard(size: tuple[int, int], tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.text", size=size) as room:
        await room.press(*"half\nof"[:4], "f1")
        assert isinstance(room.app.screen, Dialog)
        assert "how to resume" not in room.words, "too long for this screen"
        for _ in range(5):
            await room.press("pagedown")
        assert "leave: says what is open and how to resume" in room.words
        assert room.of(VerticalScroll).max_scroll_y == room.of(VerticalScroll).scroll_y
        await room.press("escape")
        assert room.field.raw == "half"


@pytest.mark.parametrize("opened", ["f1", "f2", "f3", "f9", "ctrl+q"])
async def test_14_every_dialog_has_its_buttons_in_sight_on_the_smallest_screen(opened: str, tmp_path: Path) -> None:
    async with in_interview(
        tmp_path, kinds(), {"kinds.line": Answer(value="x")}, at="kinds.line", size=(60, 20)
    ) as room:
        await room.press(opened)
        buttons = [button for button in room.app.screen.query("Action") if button.display]
        assert buttons
        assert [button for button in buttons if not room.in_sight(button)] == []
