"""F8: every answer by section; one is changed, and Continue comes back to its row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import OptionList

from handoff_tui.core.answers import Answer, Open, Stale
from tests.core.making import COMPLETE, small
from tests.tui.driver import Room, in_interview

MARKED = {
    **COMPLETE,
    "watch.window": Answer(mark=Open(owner="mara", due=date(2026, 12, 4))),
    "close.signoff": Answer(value="Support", stale=Stale("start.weight", "high")),
    "start.limits": Answer(),
}


def _highlighted(room: Room) -> str:
    listing = room.app.screen.query_one("#answers", OptionList)
    return str(listing.highlighted_option.id) if listing.highlighted_option else ""


async def _go_to(room: Room, question_id: str) -> None:
    listing = room.app.screen.query_one("#answers", OptionList)
    listing.highlighted = [option.id for option in listing.options].index(question_id)
    listing.focus()
    await room.settle()


async def test_every_question_that_is_asked_stands_there_once_with_its_answer_and_state(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), MARKED, at="start.goal") as room:
        await room.press("f8")
        assert room.screen_name == "ReviewScreen"
        listing = room.app.screen.query_one("#answers", OptionList)
        ids = [option.id for option in listing.options if option.id and ":" not in option.id]
        assert ids == [q.id for s in small().sections for q in room.session.interview.asked_in(s)]
        lines = {str(option.id): str(option.prompt) for option in listing.options}
        assert "A customer can keep reading." in lines["start.goal"]
        assert "a nuisance" in lines["start.weight"]
        assert "Māra" in lines["watch.window"]
        assert "4 Dec 2026" in lines["watch.window"]
        assert "Weight" in lines["close.signoff"], "the reason it is stale"
        assert "optional" in lines["start.count"]


@pytest.mark.parametrize("way", ["enter", "click"])
async def test_a_changed_answer_leads_back_to_its_row(way: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE) as room:
        await room.review()
        await _go_to(room, "watch.window")
        if way == "enter":
            await room.press("enter")
        else:
            listing = room.app.screen.query_one("#answers", OptionList)
            row = next(
                y
                for y, line in enumerate(room.screen.split("\n"))
                if small().by_id["watch.window"].label in line and "4" in line
            )
            await room.click(listing, line=row - listing.region.y)
        assert room.here == "watch.window"
        assert room.field.raw == "4h"
        await room.press("end", "ctrl+u", *"8h", "enter")
        assert room.screen_name == "ReviewScreen"
        assert _highlighted(room) == "watch.window"
        assert room.value("watch.window") == "8h"
        listing = room.app.screen.query_one("#answers", OptionList)
        assert "8" in str(next(option.prompt for option in listing.options if option.id == "watch.window"))


async def test_a_question_that_the_change_brings_up_is_asked_before_the_review_comes_back(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE) as room:
        await room.review()
        await _go_to(room, "start.weight")
        await room.press("enter", "2", "enter")
        assert room.here == "close.drill"
        await room.press(*"every May", "enter")
        assert room.screen_name == "ReviewScreen"
        assert _highlighted(room) == "start.weight"


async def test_escape_from_a_change_comes_back_too_and_changes_nothing(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE) as room:
        before = room.session.handoff
        await room.review()
        await _go_to(room, "watch.window")
        await room.press("enter", "x", "escape")
        assert room.screen_name == "ReviewScreen"
        assert _highlighted(room) == "watch.window"
        assert room.session.handoff is before


async def test_an_answer_to_a_hidden_question_is_counted_and_not_shown(tmp_path: Path) -> None:
    hidden = {**COMPLETE, "close.drill": "every May"}
    async with in_interview(tmp_path, small(), hidden) as room:
        await room.review()
        assert "close.drill" not in [option.id for option in room.app.screen.query_one("#answers", OptionList).options]
        assert "1 answer kept" in " ".join(room.listed("#answers"))
        await _go_to(room, "start.weight")
        await room.press("enter", "2", "enter")
        assert room.screen_name == "ReviewScreen", "its old answer is back: nothing is left to ask"
        assert any("every May" in line for line in room.listed("#answers"))


async def test_slash_finds_and_escape_shows_all_again(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE) as room:
        await room.review()
        all_lines = room.listed("#answers")
        await room.press("slash", *"test account")
        found = [line for line in room.listed("#answers") if "no test account" in line]
        assert found
        assert len(room.listed("#answers")) < len(all_lines)
        await room.press("escape")
        assert room.listed("#answers") == all_lines
        assert room.screen_name == "ReviewScreen"


async def test_what_stands_in_the_way_of_final_is_on_top_and_leads_to_its_question(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), MARKED) as room:
        await room.review()
        lines = room.app.screen.query_one("#answers", OptionList).options
        errors = [option for option in lines if str(option.id).startswith("finding:")]
        assert ["Error" in str(option.prompt) for option in errors] == [True, True]
        for option, question_id in zip(errors, ("close.signoff", "watch.window"), strict=True):
            assert small().by_id[question_id].label in str(option.prompt)
            await _go_to(room, str(option.id))
            await room.press("enter")
            assert room.here == question_id
            await room.press("escape")
            assert _highlighted(room) == option.id


async def test_the_head_can_be_changed_and_a_new_owner_joins_the_people(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, owner="mara") as room:
        await room.review()
        await room.click("#head")
        assert room.screen_name == "FormDialog"
        await room.click(room.one("#line-name LineInput"), line=0)
        await room.press("end", *" [2]", "enter", "enter", "end", "ctrl+u", *"New Team", "ctrl+n")
        head = room.on_disk().head
        assert (head.name, head.owner) == ("Billing [2]", "new-team")
        assert room.rows("parties.people")[-1]["key"] == "new-team"


async def test_the_next_question_without_an_answer_is_one_button_away(tmp_path: Path) -> None:
    left = {key: value for key, value in COMPLETE.items() if key != "watch.window"}
    async with in_interview(tmp_path, small(), left) as room:
        await room.review()
        await room.click("#next")
        assert room.here == "watch.window"


async def test_with_nothing_left_there_is_no_such_button(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE) as room:
        await room.review()
        assert not room.one("#next").display
