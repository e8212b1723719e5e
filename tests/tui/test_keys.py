"""Keys of one's own: what is a key, what is said of one that is none, and that screens show and obey them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.binding import Binding
from textual.keys import _character_to_key

from handoff_tui.errors import InputError
from handoff_tui.store.settings import Settings
from handoff_tui.tui.app import WizardApp
from handoff_tui.tui.keys import ACTIONS, Keys, keys_from
from handoff_tui.tui.screens.drill import DrillScreen
from handoff_tui.tui.screens.finish import FinishScreen
from handoff_tui.tui.screens.home import HomeScreen
from handoff_tui.tui.screens.interview import InterviewScreen
from handoff_tui.tui.screens.read_back import ReadBackScreen
from handoff_tui.tui.screens.review import ReviewScreen
from handoff_tui.tui.screens.start import StartScreen
from handoff_tui.tui.widgets.rows import RowList
from tests.core.making import COMPLETE, small
from tests.tui.driver import Room, in_room, open_handoff
from tests.tui.making import NAMED, kinds

PATH = Path("settings.toml")
EVERYWHERE = (
    WizardApp, HomeScreen, StartScreen, InterviewScreen, ReadBackScreen, ReviewScreen, FinishScreen, DrillScreen,
    RowList,
)  # fmt: skip


def keys(**chosen: Any) -> Keys:
    written = {name.replace("_", "-"): key for name, key in chosen.items()}
    lines: dict[tuple[str | int, ...], int] = {("keys", name): number for number, name in enumerate(written, 2)}
    return keys_from(Settings(PATH, written, lines))


def wrong(**chosen: Any) -> str:
    with pytest.raises(InputError) as refused:
        keys(**chosen)
    return str(refused.value)


def bindings() -> Iterator[Binding]:
    for node in EVERYWHERE:
        for kind in node.__mro__:
            for binding in kind.__dict__.get("BINDINGS", ()):
                if binding.id and kind.__module__.startswith("handoff_tui"):
                    yield from Binding.make_bindings([binding])


def test_every_binding_stands_in_the_list_of_actions_with_its_key() -> None:
    known = {(name, _character_to_key(key) if len(key) == 1 else key) for name, a in ACTIONS.items() for key in a.keys}
    bound = {(str(binding.id), binding.key) for binding in bindings()} - {("copy", "ctrl+c")}
    assert bound == known


@pytest.mark.parametrize(
    ("written", "key", "shown"),
    [
        ("f10", "f10", "F10"),
        ("Ctrl + G", "ctrl+g", "Ctrl+G"),
        ("Alt+PgUp", "alt+pageup", "Alt+Pageup"),
        ("shift+F8", "shift+f8", "Shift+F8"),
        ("alt+r", "alt+r", "Alt+R"),
        ("F7", "f7", "F7"),
    ],
)
def test_a_key_is_understood_however_it_is_written(written: str, key: str, shown: str) -> None:
    mine = keys(review=written)
    assert (mine.of("review"), mine.shown("review"), mine.hint("F8")) == ((key,), shown, shown)


def test_outside_text_a_letter_is_a_key_and_there_may_be_several() -> None:
    mine = keys(undo=["ctrl+z", "u"], accept="!", remove_row="x")
    assert mine.shown("undo") == "Ctrl+Z or u"
    assert mine.keymap == {"undo": "ctrl+z,u", "accept": "!", "remove-row": "x"}


def test_two_actions_can_change_places() -> None:
    mine = keys(review="f2", sections="f8")
    assert (mine.hint("F8"), mine.hint("F2")) == ("F2", "F8")


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"revew": "f10"}, "settings.toml:2: “revew” is not an action. Did you mean “review”?"),
        ({"dance": "f10"}, "settings.toml:2: “dance” is not an action. The actions are continue, back"),
        ({"review": 8}, "settings.toml:2: The key of “review” is no text. Write it in quotes"),
        ({"review": []}, "The key of “review” is no text."),
        ({"review": "f99"}, "settings.toml:2: “f99” is not a key. Choose another, like f10"),
        ({"review": "hyper+x"}, "“hyper+x” is not a key."),
        ({"review": ""}, "“” is not a key."),
        ({"review": "ctrl+"}, "“ctrl+” is not a key."),
        ({"review": "x"}, "“x” is typed into a text."),
        ({"review": "ctrl+a"}, "“ctrl+a” edits inside a text."),
        ({"review": "Ctrl+Z"}, "“Ctrl+Z” edits inside a text."),
        ({"review": "ctrl+i"}, "“ctrl+i” is the same as Tab to a terminal."),
        ({"accept": "enter"}, "“enter” moves or chooses on every screen."),
        ({"accept": "ctrl+enter"}, "“ctrl+enter” moves or chooses on every screen."),
        ({"note": "down"}, "“down” moves or chooses on every screen."),
        ({"help": "f10", "review": "f2"}, "settings.toml:3: F2 is the key of “sections” and of “review”. Give one"),
        ({"help": "f10", "review": "F10"}, "settings.toml:3: F10 is the key of “help” and of “review”."),
        ({"accept": "r"}, "settings.toml:2: r is the key of “reconfirm” and of “accept”."),
        ({"undo": ["u", "u"]}, "u is the key of “undo” and of “undo”."),
    ],
)
def test_what_cannot_be_used_is_one_line_with_file_line_and_what_to_do(chosen: dict[str, Any], said: str) -> None:
    told = wrong(**chosen)
    assert said in told
    assert "\n" not in told


MINE = keys(review="f7", **{"continue": "f10"}, open_points="f8", undo="u", find="j", add_row="f12", leave="ctrl+g")


@pytest.fixture
def app(tmp_path: Path) -> WizardApp:
    app = WizardApp(tmp_path, keys=MINE)
    app.opened = open_handoff(tmp_path, small(), COMPLETE)
    return app


async def _at(room: Room, question: str) -> None:
    await room.settle()
    await room.jump(question)


@pytest.mark.parametrize("question", ["start.goal", "close.signoff", "start.weight", "close.review_by"])
async def test_a_chosen_key_works_whatever_is_being_typed_into_and_the_old_one_no_longer(
    question: str, app: WizardApp
) -> None:
    async with in_room(app) as room:
        await _at(room, question)
        await room.press("f8")
        assert room.screen_name == "OpenPointsDialog"
        await room.press("escape", "f7")
        assert room.screen_name == "ReviewScreen"
        await room.press("escape", "f2", "escape", "ctrl+n")
        assert room.here == question
        await room.press("f10")
        assert room.here != question


async def test_hints_help_and_palette_show_the_chosen_keys(app: WizardApp) -> None:
    async with in_room(app, (120, 36)) as room:
        await _at(room, "start.goal")
        assert "F10 continue" in room.words
        assert "F7 review" in room.words
        assert "Ctrl+N" not in room.words
        commands = {command.title: command.help for command in app.get_system_commands(app.screen)}
        assert (commands["Review every answer"], commands["Undo the last step"]) == ("Key: F7", "Key: u")
        await room.press("f1")
        await room.press(*["pagedown"] * 3)
        told = dict(MINE.help)
        assert told["F7"] == "review every answer, and finish"
        assert told["u, Ctrl+Y"].startswith("outside text: undo")
        assert told["Enter, F10"] == "continue to the next question"


async def test_undo_find_and_rows_obey_too(tmp_path: Path) -> None:
    app = WizardApp(tmp_path, keys=MINE)
    rows = [{"path": "events", "sends": "Stripe", "by": "batch", "says": "late"}]
    app.opened = open_handoff(tmp_path, kinds(), {**NAMED, "kinds.table": rows})
    async with in_room(app) as room:
        await _at(room, "kinds.table")
        await room.press("delete")
        assert room.rows("kinds.table") == []
        await room.press("u")
        assert room.rows("kinds.table") == rows
        await room.press("insert")
        assert not room.table.editing
        await room.press("f12")
        assert room.table.editing
        await room.press(*"copy", "f10")
        assert room.table.editing, "the row has gaps"
        await room.press("escape", "j")
        assert room.screen_name == "SectionsDialog"
        await room.press("escape")
        await room.review()
        await room.press("slash")
        assert not room.one(".find").display
        await room.press("j")
        assert room.one(".find").display
        await room.press("escape", "ctrl+g")
        assert room.screen_name == "LeaveDialog"


async def test_what_is_typed_ahead_of_a_chosen_key_goes_to_the_next_question(tmp_path: Path) -> None:
    app = WizardApp(tmp_path, keys=MINE)
    app.opened = open_handoff(tmp_path, kinds(), NAMED)
    async with in_room(app) as room:
        await _at(room, "kinds.line")
        for key in (*"one", "f10", *"two", "f10"):
            room._send(key)
        await room.settle()
        await room.settle()
        assert (room.value("kinds.line"), room.value("kinds.text")) == ("one", "two")


def test_another_key_to_agree_is_no_other_key_to_go_on() -> None:
    assert keys(agree="y").hint("Enter") == "Enter"


async def test_the_start_screen_obeys_and_shows_the_chosen_keys(tmp_path: Path) -> None:
    app = WizardApp(tmp_path, keys=keys(back="f11", **{"continue": "f10"}))
    app.begin_with_start(path=None, template=None, first={}, answers=None)
    async with in_room(app) as room:
        assert "F11 back" in room.words
        await room.press("f10")
        assert room.one("#start-form").display
        await room.press("f11")
        assert not room.one("#start-form").display
