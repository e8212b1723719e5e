"""Typing ahead: keys that come faster than the screen follows end where they belong, and no step kills the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoff_tui.tui.app import WizardApp
from handoff_tui.tui.keys import Keys
from handoff_tui.tui.widgets.inputs import LineInput
from tests.core.making import COMPLETE, small
from tests.slow import rest_slow
from tests.tui.driver import in_interview, in_room, open_handoff
from tests.tui.making import NAMED, kinds


async def test_a_burst_across_enter_goes_into_the_next_question(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.line") as room:
        await room.burst("first one", "enter", "second", "ctrl+n", "1800", "enter", "4 hours", "enter", "24 Dec")
        assert room.value("kinds.line") == "first one"
        assert room.value("kinds.text") == "second"
        assert room.value("kinds.number") == 1800
        assert room.value("kinds.duration") == "4h"
        assert room.here == "kinds.date"
        assert room.field.raw == "24 Dec"


async def test_a_burst_through_choices_names_and_a_read_back(tmp_path: Path) -> None:
    answers = {**NAMED, "kinds.suggested": "x", "kinds.suggested_many": ["card"]}
    async with in_interview(tmp_path, kinds(), answers, at="kinds.contact") as room:
        await room.burst(
            "mara", "enter", "Stripe", "enter", "3", "enter", "1", "2", "enter", "2", "enter", "enter", "enter"
        )
        values = {name: room.value(f"kinds.{name}") for name in ("contact", "system", "choice", "many", "few")}
        assert values == {
            "contact": "mara",
            "system": "Stripe",
            "choice": "high",
            "many": ["card", "code"],
            "few": ["retry"],
        }
        assert room.here == "kinds.table"


async def test_a_burst_fills_a_row_and_begins_the_next(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.table") as room:
        row = ("Stripe", "enter", "1", "enter", "30d", "enter", "It is late.")
        await room.burst("enter", "events", "enter", *row, "ctrl+n", "enter", "copy", "enter", *row, "ctrl+n")
        for _ in range(5):
            await room.settle()
        wanted = {"sends": "Stripe", "by": "webhook", "ids_kept": "30d", "says": "It is late.", "class": "money"}
        assert room.rows("kinds.table") == [{"path": "events", **wanted}, {"path": "copy", **wanted}]


async def test_a_burst_with_tabs_goes_from_field_to_field(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.table") as room:
        await room.burst("enter", "events", "tab", "Stripe", "tab", "2", "tab", "It is late.")
        for _ in range(3):
            await room.settle()
        raw = room.raw
        assert (raw["path"], raw["sends"], raw["by"], raw["says"]) == ("events", "Stripe", "batch", "It is late.")


async def test_keys_that_are_held_twice_stay_in_front_of_those_typed_after_them(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.table") as room:
        await room.press("enter")
        room.app.hold_keys()
        await room.burst("events", "tab", "Str")
        room.app.release_keys()
        # Read by the app only when it has sent the keys above; Tab then holds the end of those and these together.
        await room.burst("ipe", "tab", "2")
        assert (room.raw["path"], room.raw["sends"], room.raw["by"]) == ("events", "Stripe", "batch")


async def test_a_paste_among_held_keys_goes_where_it_was_pasted(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.table") as room:
        await room.press("enter")
        room.app.hold_keys()
        await room.burst("events", "tab", "Str")
        await room.paste("ipe")
        await room.burst("tab", "2")
        room.app.release_keys()
        await room.settle()
        assert (room.raw["path"], room.raw["sends"], room.raw["by"]) == ("events", "Stripe", "batch")


async def test_what_is_typed_after_a_row_with_newcomers_goes_into_their_forms_and_on(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.table") as room:
        row = ("events", "enter", "Billing", "enter", "2", "enter", "It is late.", "tab", "enter", "Ann", "ctrl+n")
        await room.burst("enter", *row, "2", "ctrl+n", "2", "ctrl+n", "enter", "copy")
        for _ in range(5):
            await room.settle()
        assert room.rows("parties.people")[-1] == {"key": "ann", "name": "Ann", "function": "support"}
        assert room.rows("parties.systems")[-1] == {"name": "Billing", "role": "other"}
        assert room.raw["path"] == "copy"


async def test_a_burst_into_a_refused_answer_stays_in_its_field(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.duration") as room:
        await room.burst("4", "enter", "h")
        assert room.here == "kinds.duration"
        assert room.field.raw == "4h"


async def test_a_burst_through_a_newcomer_goes_into_its_form_and_on(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.contact") as room:
        await room.burst("Ann", "enter", "2", "enter", "Zendesk")
        for _ in range(5):
            await room.settle()
        assert room.rows("parties.people")[-1] == {"key": "ann", "name": "Ann", "function": "support"}
        assert room.here == "kinds.system"
        assert room.field.raw == "Zendesk"


async def test_a_burst_from_the_start_screen_on(tmp_path: Path) -> None:
    app = WizardApp(tmp_path)
    app.begin_with_start(path=None, template="general", first={}, answers=None)
    async with in_room(app) as room:
        await room.burst("Billing", "enter", "2", "enter", "Ann", "tab", "ops", "enter", "A customer can read.")
        for _ in range(5):
            await room.settle()
        assert (room.session.handoff.head.name, room.session.handoff.head.owner) == ("Billing", "ops")
        assert room.here == "business_state.journey"
        assert room.field.raw == "A customer can read."


# `press` itself fails where a step leaves the keyboard dead.


@pytest.mark.parametrize("key", ["enter", "ctrl+n", "tab", "escape"])
@pytest.mark.parametrize("at", rest_slow(["kinds.seeded", "kinds.line", "kinds.many"]))
async def test_no_step_on_a_question_leaves_the_keyboard_dead(at: str, key: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=at) as room:
        stops = [widget for widget in room.app.screen.focus_chain if widget.id not in ("dont-know", "note")]
        for widget in stops:
            if not widget.is_attached or widget.screen is not room.app.screen:
                continue
            room.app.screen.set_focus(widget)
            await room.press(key)
            await room.jump(at)


@pytest.mark.parametrize("place", rest_slow(["review", "read_back", "finish", "written"]))
@pytest.mark.parametrize("key", ["ctrl+n", "tab", "escape"])
async def test_no_step_elsewhere_leaves_the_keyboard_dead(place: str, key: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, at="start.weight") as room:
        if place == "read_back":
            await room.press("enter")
        else:
            await room.review()
            await room.press(*{"review": [], "finish": ["ctrl+n"], "written": ["ctrl+n", "d"]}[place])
        await room.press(key)


@pytest.mark.slow
async def test_no_step_in_a_dialog_leaves_the_keyboard_dead(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.line") as room:
        for dialog in ("f1", "f2", "f3", "f9", "ctrl+q"):
            for key in ("ctrl+n", "tab", "escape"):
                await room.press(dialog)
                await room.press(key)
                while room.screen_name != "InterviewScreen" and room.app.is_running:
                    await room.press("escape")
                await room.jump("kinds.line")


async def test_a_refused_start_leaves_the_keyboard_alive(tmp_path: Path) -> None:
    (tmp_path / "billing.handoff.toml").write_text("# taken")
    app = WizardApp(tmp_path)
    app.begin_with_start(path=None, template="general", first={}, answers=None)
    async with in_room(app) as room:
        await room.press(*"billing", "enter", "2", "enter", "tab", *"ops", "enter")
        assert "exists" in room.text("#wrong")


@pytest.mark.parametrize("key", ["f2", "slash"])
async def test_a_burst_into_the_sections_finds_with_every_letter(key: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.choice") as room:
        await room.press(key)
        await room.burst(" ", "durat")
        assert room.app.screen.query_one(LineInput).value == "durat"
        await room.press("enter")
        assert room.here == "kinds.duration"


async def test_a_blank_in_the_sections_does_not_kill_the_keyboard(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.choice") as room:
        await room.press("f2", " ")
        assert not room.keys_are_held


@pytest.mark.parametrize("question", ["line", "text", "duration"])
async def test_a_burst_with_corrections_is_worked_off_in_the_order_it_was_typed(question: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=f"kinds.{question}") as room:
        await room.burst("teh", "backspace", "backspace", "he x", "home", "o", "end", "y", "ctrl+u", "after")
        assert room.field.raw == "after"


@pytest.mark.parametrize(
    ("question", "keys", "value"),
    [
        ("kinds.duration", ["4", "h", "backspace", "backspace", "5", "d", "enter"], "5d"),
        ("kinds.duration", ["4", "h", "ctrl+u", "5", "d", "enter"], "5d"),
        ("kinds.line", ["a", "c", "left", "b", "home", "x", "enter"], "xabc"),
        ("kinds.text", ["a", "b", "backspace", "c", "ctrl+n"], "ac"),
    ],
)
async def test_keys_that_edit_keep_their_place_among_letters_that_follow_at_once(
    question: str, keys: list[str], value: str, tmp_path: Path
) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=question) as room:
        for key in keys:
            room._send(key)
        await room.settle()
        await room.settle()
        assert room.value(question) == value


async def test_a_burst_into_the_list_of_sections_goes_to_what_it_finds(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, at="start.goal") as room:
        await room.press("f2")
        await room.burst("signoff", "enter")
        assert room.here == "close.signoff"


@pytest.mark.parametrize("find", ["/", "g"])
async def test_a_burst_into_the_review_finds_with_every_letter(find: str, tmp_path: Path) -> None:
    app = WizardApp(tmp_path, keys=Keys({"find": (find,)}))
    app.opened = open_handoff(tmp_path, small(), COMPLETE)
    async with in_room(app) as room:
        await room.review()
        await room.press("end")
        await room.burst(find, "weight", "enter", "enter")
        assert room.here == "start.weight"
