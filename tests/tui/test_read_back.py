"""The end of a section: what was decided, said back; what is optional, offered."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import OptionList

from tests.core.making import COMPLETE, small
from tests.tui.driver import in_interview

START = {"start.goal": "A customer | can [keep] reading.\nUntil day 14.", "start.weight": "low"}


async def test_it_says_back_every_decision_of_the_section_in_full(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), START, at="start.weight") as room:
        await room.press("enter")
        assert room.screen_name == "ReadBackScreen"
        said = "\n".join(room.listed("#decisions"))
        for words in ("A customer | can [keep] reading.", "Until day 14.", "a nuisance"):
            assert words in said


async def test_what_is_too_long_for_a_line_goes_on_below_its_own_beginning(tmp_path: Path) -> None:
    said = {**START, "start.goal": "; ".join(["A customer can keep reading"] * 6)}
    async with in_interview(tmp_path, small(), said, at="start.weight", size=(60, 20)) as room:
        await room.press("enter")
        lines = [line for line in room.screen.split("\n") if "keep reading" in line]
        assert len(lines) > 2
        assert {len(line) - len(line.lstrip()) for line in lines} == {lines[0].index("A customer")}
        await room.press("f8")
        assert room.screen.count("answered") == 1, "no count stands there twice"


@pytest.mark.parametrize("way", ["enter", "ctrl+n", "#continue"])
async def test_agreeing_goes_on_to_the_next_section(way: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), START, at="start.weight") as room:
        await room.press("enter")
        if way.startswith("#"):
            await room.click(way)
        else:
            await room.press(way)
        assert room.here == "parties.people"


async def test_escape_goes_back_to_the_last_question_of_the_section(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), START, at="start.weight") as room:
        await room.press("enter", "escape")
        assert room.here == "start.weight"


async def test_the_optional_questions_are_offered_and_asked_one_by_one(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), START, at="start.weight") as room:
        await room.press("enter")
        assert "2 more, optional" in room.words
        await room.click("#optional")
        assert room.here == "start.limits"
        await room.press(*"no refunds", "ctrl+n")
        assert room.here == "start.count"
        await room.press("enter")
        assert room.screen_name == "ReadBackScreen"
        assert "no refunds" in "\n".join(room.listed("#decisions"))
        assert "1 more, optional" in room.words


async def test_they_are_offered_in_the_list_too(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), START, at="start.weight") as room:
        await room.press("enter")
        await room.click("#change")
        await room.press("end", "enter")
        assert room.here == "start.limits"


async def test_without_optional_questions_none_are_offered(tmp_path: Path) -> None:
    people = {**START, "parties.people": COMPLETE["parties.people"]}
    async with in_interview(tmp_path, small(), people, at="parties.people") as room:
        await room.press("ctrl+n")
        assert room.screen_name == "ReadBackScreen"
        assert not room.app.screen.query("#optional")


async def test_a_decision_can_be_changed_and_the_read_back_comes_again(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), START, at="start.weight") as room:
        await room.press("enter")
        await room.click("#change")
        listing = room.app.screen.query_one("#decisions", OptionList)
        listing.highlighted = [option.id for option in listing.options].index("start.goal")
        await room.press("enter")
        assert room.here == "start.goal"
        await room.press(*" Or day 7.", "ctrl+n")
        assert room.screen_name == "ReadBackScreen"
        assert "Until day 14. Or day 7." in "\n".join(room.listed("#decisions"))


async def test_an_unfinished_table_is_said_to_be_unfinished(tmp_path: Path) -> None:
    gaps = {**START, "parties.people": [{"key": "mara"}]}
    async with in_interview(tmp_path, small(), gaps) as room:
        room.session.jump(room.session.interview.after(room.session.interview.route[3]))
        await room.show()
        assert room.screen_name == "ReadBackScreen"
        assert "not finished" in "\n".join(room.listed("#decisions"))
