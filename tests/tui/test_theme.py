"""The look: text that can be read from the back of a room, and no colour where nobody wants any."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

from handoff_tui import tui
from handoff_tui.core.answers import Answer, Assumed, Open, Stale
from handoff_tui.core.table import Row
from handoff_tui.tui.app import WizardApp
from handoff_tui.tui.theme import DARK, LIGHT
from tests.core.making import COMPLETE, small
from tests.slow import rest_slow
from tests.tui.driver import TODAY, Room, in_interview, in_room, open_handoff
from tests.tui.making import NAMED, kinds

TEXT = ("foreground", "quiet", "accent", "warning", "error", "success")
CSS = "\n".join(path.read_text(encoding="utf-8") for path in Path(tui.__file__).parent.rglob("*.tcss"))
GROUND = ("background", "surface", "panel")


def _channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def _luminance(color: Color) -> float:
    return 0.2126 * _channel(color.r) + 0.7152 * _channel(color.g) + 0.0722 * _channel(color.b)


def contrast(one: Color, other: Color) -> float:
    """The contrast of WCAG 2, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself_is_right() -> None:
    assert round(contrast(Color(0, 0, 0), Color(255, 255, 255)), 1) == 21.0
    assert round(contrast(Color.parse("#777777"), Color(255, 255, 255)), 2) == 4.48


def _color(theme: Theme, name: str) -> Color:
    return Color.parse(theme.variables.get(name) or getattr(theme, name))


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", GROUND)
@pytest.mark.parametrize("text", TEXT)
def test_every_text_stands_out_from_every_ground(text: str, ground: str, theme: Theme) -> None:
    assert contrast(_color(theme, text), _color(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_the_button_that_has_the_focus_can_be_read(theme: Theme) -> None:
    assert contrast(_color(theme, "on-accent"), _color(theme, "accent")) >= 4.5


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("text", TEXT)
def test_every_text_stands_out_from_a_line_that_is_chosen(text: str, theme: Theme) -> None:
    chosen = re.findall(r"^(\.dialog )?.*background: \$accent (\d+)%", CSS, re.MULTILINE)
    assert len(chosen) > 1
    for in_dialog, share in chosen:
        below = _color(theme, "surface" if in_dialog else "background")
        ground = below.blend(_color(theme, "accent"), int(share) / 100)
        assert contrast(_color(theme, text), ground) >= 4.5, (in_dialog, share)


def _pale(room: Room) -> set[tuple[str, str, str]]:
    """The words on the screen that cannot be read on the ground they are painted on."""
    found = set()
    dialog = room.app.screen.query(".dialog, #--container")
    inside = dialog.first().region if dialog else room.app.screen.region  # what is behind a dialog is dimmed
    for y, strip in enumerate(room.app.screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            style, at = segment.style, (x, y)
            x += segment.cell_length
            if style is None or not inside.contains(*at) or not any(char.isalnum() for char in segment.text):
                continue
            assert style.color is not None
            assert style.bgcolor is not None
            text, ground = (Color(*color.get_truecolor()) for color in (style.color, style.bgcolor))
            if contrast(text, ground) < 4.5:
                found.add((segment.text.strip(), text.hex, ground.hex))
    return found


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
async def test_every_word_that_is_painted_can_be_read(theme: Theme, tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, at="start.weight") as room:
        room.app.theme = theme.name
        for keys in ((), ("2",), ("f2",), ("escape", "f3"), ("escape", "f1"), ("escape", "f8")):
            await room.press(*keys)
            assert _pale(room) == set(), keys


ROWS: list[Row] = [
    {"path": "events", "sends": "Stripe", "by": "batch", "says": "late"},
    {"path": "copy", "sends": "Zendesk"},
    {"path": "third", "sends": "Zendesk", "by": "webhook", "ids_kept": "30d", "says": "no"},
]
WALKS: tuple[tuple[str, Sequence[Sequence[str]]], ...] = (
    ("kinds.table", [(), ["down"], ["tab"], ["enter"], ["tab"], ["ctrl+n"], ["f3"], ["escape"]]),
    ("kinds.line", [(), [*"some text"], ["shift+home"], ["backspace", "enter"], ["f9"], ["escape"], ["ctrl+q"]]),
    ("kinds.text", [(), [*"some text"], ["f7"], ["f2"], [*"line"], ["escape"], ["f5"], ["escape"], ["ctrl+p"]]),
    ("kinds.contact", [(), ["down"], [*"ma"], ["f1"]]),
    ("kinds.choice", [(), ["down"], ["tab"], ["tab"]]),
    ("kinds.many", [(), ["space"], ["down"], ["tab"], ["f3"]]),
    ("kinds.suggested", [(), ["f8"], ["end"], ["slash"], [*"x"], ["escape"], ["ctrl+n"], ["d"]]),
)
"""From a question through what can be opened there, looking at every stop."""


@pytest.mark.parametrize("theme", rest_slow([DARK, LIGHT]), ids=lambda theme: theme.name)
@pytest.mark.parametrize(("begin", "walk"), WALKS, ids=[begin for begin, _ in WALKS])
async def test_every_word_of_every_screen_can_be_read(
    begin: str, walk: Sequence[Sequence[str]], theme: Theme, tmp_path: Path
) -> None:
    answers = {
        **NAMED,
        "kinds.table": ROWS,
        "kinds.number": Answer(mark=Open(owner="mara", due=date(2026, 11, 1), note="who knows")),
        "kinds.duration": Answer(value="4h", mark=Assumed(basis="a guess", confirmer="mara", due=TODAY)),
        "kinds.date": Answer(value=TODAY, stale=Stale("kinds.choice", "low")),
    }
    async with in_interview(tmp_path, kinds(), answers, at=begin, size=(120, 36)) as room:
        room.app.theme = theme.name
        await room.settle()
        for keys in walk:
            await room.press(*keys)
            assert _pale(room) == set(), (room.screen_name, keys)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
async def test_what_is_pasted_and_said_can_be_read(theme: Theme, tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), {**NAMED, "kinds.table": ROWS}, at="kinds.table") as room:
        room.app.theme = theme.name
        await room.paste("Path\tSends\tIds kept\tWhy\nevents\tAdyen\tsoon\tbecause\nfourth\tStripe\tsoon\t")
        assert _pale(room) == set()
        await room.press("enter")
        assert _pale(room) == set()


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("files", [0, 2])
async def test_home_and_start_can_be_read(files: int, theme: Theme, tmp_path: Path) -> None:
    if files:
        open_handoff(tmp_path, small(), COMPLETE).close()
        (tmp_path / "broken.handoff.toml").write_text("[[")
    async with in_room(WizardApp(tmp_path)) as room:
        room.app.theme = theme.name
        await room.settle()
        await room.app.workers.wait_for_complete()
        await room.settle()
        assert _pale(room) == set()
        for keys in (["tab"], ["tab"], ["f1"], ["n"], ["down"], ["enter"], ["enter"], [*"name"]):
            await room.press(*keys)
            assert _pale(room) == set(), (room.screen_name, keys)


@pytest.mark.parametrize(
    ("environment", "theme"),
    [
        ({}, "handoff-dark"),
        ({"NO_COLOR": "1"}, "handoff-ansi"),
        ({"NO_COLOR": "1", "HANDOFF_WIZARD_THEME": "light"}, "handoff-ansi"),
        ({"HANDOFF_WIZARD_THEME": "light"}, "handoff-light"),
        ({"HANDOFF_WIZARD_THEME": "no such"}, "handoff-dark"),
    ],
    ids=str,
)
async def test_the_environment_chooses_the_theme(
    environment: dict[str, str], theme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "HANDOFF_WIZARD_THEME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    async with in_room(WizardApp(tmp_path)) as room:
        assert room.app.theme == theme


async def test_the_palette_changes_from_dark_to_light_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("HANDOFF_WIZARD_THEME", raising=False)
    async with in_room(WizardApp(tmp_path)) as room:
        for wanted in ("light", "dark"):
            command = next(c for c in room.app.get_system_commands(room.app.screen) if c.title == f"Theme: {wanted}")
            command.callback()
            await room.settle()
            assert room.app.theme == f"handoff-{wanted}"
