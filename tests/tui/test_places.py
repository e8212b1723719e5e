"""The dialogs that lead elsewhere: sections, help, leaving, and the palette with every action."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import CommandInput, CommandList
from textual.widgets import OptionList
from textual.widgets._toast import Toast

from handoff_tui.core.answers import Answer, Stale
from handoff_tui.tui.widgets.chrome import Action
from tests.core.making import COMPLETE, small
from tests.tui.driver import Room, in_interview
from tests.tui.making import NAMED, kinds

PARTLY = {
    "start.goal": "A customer can keep reading.",
    "start.weight": "low",
    "parties.people": [{"key": "mara"}],
    "close.signoff": Answer(value="Support", stale=Stale("start.weight", "high")),
}


def _line(room: Room, option_id: str) -> str:
    options = room.app.screen.query_one("#places", OptionList).options
    return str(next(option.prompt for option in options if option.id == option_id))


# -- sections ----------------------------------------------------------------------------------------------------------


async def test_each_section_says_its_status_in_words(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), PARTLY) as room:
        await room.press("f2")
        assert "Completed" in _line(room, "section:start")
        assert "In progress" in _line(room, "section:parties")
        assert "Not started" in _line(room, "section:watch")
        assert "Stale" in _line(room, "section:close")


@pytest.mark.parametrize("way", ["enter", "click"])
async def test_any_question_is_one_choice_away_in_any_order(way: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), {}, at="start.goal") as room:
        await room.press("f2")
        places = room.app.screen.query_one("#places", OptionList)
        index = [option.id for option in places.options].index("question:close.review_by")
        if way == "enter":
            places.highlighted = index
            await room.press("enter")
        else:
            await room.click(places, line=index)
        assert room.here == "close.review_by"
        assert room.screen_name == "InterviewScreen"


async def test_a_section_leads_to_its_first_question_that_is_left(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), PARTLY) as room:
        await room.press("f2")
        places = room.app.screen.query_one("#places", OptionList)
        places.highlighted = [option.id for option in places.options].index("section:close")
        await room.press("enter")
        assert room.here == "close.review_by"


async def test_typing_finds_a_question_and_enter_goes_there(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), {}) as room:
        await room.press("f2", *"sign", "enter")
        assert room.here == "close.signoff"


async def test_where_we_are_is_highlighted_and_escape_stays_there(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), {}, at="watch.window") as room:
        await room.press("4", "f2")
        places = room.app.screen.query_one("#places", OptionList)
        assert places.highlighted_option is not None
        assert places.highlighted_option.id == "question:watch.window"
        await room.press("escape")
        assert room.here == "watch.window"
        assert room.field.raw == "4"


async def test_nothing_found_is_no_place_to_go(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), {}, at="watch.window") as room:
        await room.press("f2", *"zzz", "enter")
        assert room.screen_name == "SectionsDialog"
        await room.press("escape")
        assert room.here == "watch.window"


async def test_only_what_is_asked_now_is_listed(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), {"start.weight": "low"}) as room:
        await room.press("f2")
        ids = [option.id for option in room.app.screen.query_one("#places", OptionList).options]
        assert "question:close.drill" not in ids
        await room.press("escape")
        await room.jump("start.weight")
        await room.press("2", "enter", "f2")
        assert "question:close.drill" in [o.id for o in room.app.screen.query_one("#places", OptionList).options]


# -- help --------------------------------------------------------------------------------------------------------------


async def test_f1_explains_the_question_and_the_keys_and_closes_without_losing_text_or_cursor(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.line") as room:
        await room.press(*"abcd", "left", "left", "f1")
        assert room.screen_name == "HelpDialog"
        for words in ("Line?", "Why.", "one line", "F3", "Ctrl+N"):
            assert words in room.words
        await room.press("escape", "X")
        assert room.field.raw == "abXcd"


async def test_f1_in_a_row_explains_the_cell(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.table") as room:
        await room.press("enter", *"a", "enter", "f1")
        assert "Which system sends?" in room.words
        await room.press("enter")
        assert room.table.editing
        assert room.raw["path"] == "a"
        assert room.focused_column == "sends"


# -- leaving -----------------------------------------------------------------------------------------------------------


async def test_ctrl_q_says_what_is_open_and_the_way_back_and_enter_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the file is named from here: a long path would be broken into two lines
    async with in_interview(tmp_path, small(), PARTLY, at="watch.window") as room:
        await room.press("ctrl+q")
        assert room.screen_name == "LeaveDialog"
        assert "x.handoff.toml" in room.words
        assert "handoff-wizard resume" in room.words
        await room.press("enter")
        assert room.app.return_value == 0


@pytest.mark.parametrize("way", ["escape", "#dialog-close"])
async def test_one_may_stay_and_what_was_half_typed_is_still_there(way: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), {}, at="watch.window") as room:
        await room.press("4", "ctrl+q")
        if way.startswith("#"):
            await room.click(way)
        else:
            await room.press(way)
        assert room.screen_name == "InterviewScreen"
        assert room.field.raw == "4"
        assert room.app.is_running


async def test_a_row_that_is_half_typed_is_in_the_file_when_one_leaves(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.table") as room:
        await room.press("enter", *"events", "enter", *"Stripe", "ctrl+q", "enter")
        assert room.on_disk().rows("kinds.table")[0]["sends"] == "Stripe"


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20)])
async def test_all_of_the_help_can_be_read_by_key_and_its_button_stays_in_sight(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, at="start.goal", size=size) as room:
        await room.press("f1")
        assert room.in_sight(room.one("#dialog-close"))
        await room.press(*["pagedown"] * 8)
        assert "says what is open and how to resume" in room.words
        await room.press("pageup", "up", "enter")
        assert room.screen_name == "InterviewScreen"


# -- the palette -------------------------------------------------------------------------------------------------------

EVERYWHERE = {"help", "sections", "review", "back", "continue", "undo", "saved", "leave", "drill"}
ON = {
    "interview": EVERYWHERE | {"dont-know", "editor", "note", "reconfirm"},
    "read_back": EVERYWHERE,
    "review": EVERYWHERE,
    "finish": EVERYWHERE | {"final", "draft"},
    "drill": EVERYWHERE | {"decide-gap", "write-drill"},
}


@pytest.mark.parametrize("screen", list(ON))
async def test_every_action_of_a_screen_is_in_the_palette_by_name(screen: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, at="start.weight") as room:
        if screen == "read_back":
            await room.press("enter")
        elif screen != "interview":
            await room.review()
            await room.press(*{"finish": ["ctrl+n"], "drill": ["f6"]}.get(screen, []))
        bindings = {active.binding.id: active.binding for active in room.app.screen.active_bindings.values()}
        offered = {command.title for command in room.app.get_system_commands(room.app.screen)}
        missing = {name for name in ON[screen] if name not in bindings or bindings[name].description not in offered}
        assert missing == set()
        assert any(title.startswith("Theme") for title in offered)


@pytest.mark.parametrize(
    ("typed", "then"),
    [("review every", "ReviewScreen"), ("don't know", "MarkDialog"), ("note, and who", "FormDialog")],
)
async def test_the_palette_does_what_it_says(typed: str, then: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.line") as room:
        await room.press("ctrl+p")
        assert room.app.screen.query_one(CommandInput)
        await room.write(typed)
        await room.pilot.app.workers.wait_for_complete()
        await room.settle()
        await room.press("enter")
        await room.settle()
        assert room.screen_name == then


@pytest.mark.parametrize("size", [(80, 24), (60, 20)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_by_mouse_alone_every_action_is_three_clicks_away(size: tuple[int, int], tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, at="start.weight", size=size) as room:
        await room.click("#bar-place")
        assert [action.id for action in room.app.screen.query(Action) if not room.in_sight(action)] == []
        await room.click("#to-actions")
        listing = room.app.screen.query_one(CommandList)
        await room.app.workers.wait_for_complete()
        await room.settle()
        names = [str(option.prompt).split("\n")[0] for option in listing.options]
        listing.scroll_to(y=2 * names.index("Leave"), animate=False)
        await room.settle()
        await room.click(listing, line=2 * names.index("Leave") - listing.scroll_offset.y)
        assert room.screen_name == "LeaveDialog"


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_what_is_told_covers_no_button(size: tuple[int, int], tmp_path: Path) -> None:
    gaps = [{"gap": f"gap {number}", "owner": "mara"} for number in range(9)]
    async with in_interview(tmp_path, small(), {**COMPLETE, "close.gaps": gaps}, at="close.gaps", size=size) as room:
        await room.press("delete")
        toast = room.of(Toast).region
        assert toast.area
        assert [button.id for button in room.app.screen.query(Action) if button.region.overlaps(toast)] == []
        await room.click("#row-undo")
        assert room.rows("close.gaps") == gaps


async def test_each_thing_to_do_with_a_row_has_a_key_and_a_button(tmp_path: Path) -> None:
    rows = {**NAMED, "kinds.seeded": [{"duty": "changes", "who": "mara"}]}
    async with in_interview(tmp_path, kinds(), rows, at="kinds.seeded") as room:
        described = {active.binding.description for active in room.app.screen.active_bindings.values()}
        words = {"add": "Add", "duplicate": "Duplicate", "remove": "Remove", "up": "up", "down": "down"}
        for what, word in words.items():
            assert room.in_sight(room.one(f"#row-{what}"))
            assert any(word in description for description in described), what
