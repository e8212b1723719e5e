"""F5: all that is open on one screen, by owner and date; to any of it and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handoff_tui.core.answers import Answer, Assumed, Open, OpenCell
from handoff_tui.core.text import clean
from handoff_tui.tui.widgets.listing import Listing
from handoff_tui.tui.widgets.rows import Rows
from tests.core.making import COMPLETE, MARA, small
from tests.tui.driver import HOSTILE, TODAY, Room, in_interview

ALERTS = [{"alert": name, "goes_to": "mara", "urgency": "notice"} for name in ("LagHigh", "Silence")]
POINTS = {
    **COMPLETE,
    "parties.people": [MARA, {"key": "zofia", "name": "Zofia"}],
    "watch.alerts": ALERTS,
    "start.goal": Answer(mark=Open(owner="", due=None, note="ask finance")),
    "start.weight": Answer(value="low", mark=Assumed(basis="draft 3", confirmer="mara", due=date(2026, 12, 4))),
    "watch.window": Answer(mark=Open(owner="mara", due=date(2026, 11, 20), note="")),
    "close.review_by": Answer(mark=Open(owner="zofia", due=TODAY, note="")),
}
CELLS = (OpenCell("watch.alerts", "Silence", "tested_on", "mara", date(2026, 12, 1)),)


async def _room_with_cells(room: Room) -> None:
    room.session.commit(replace(room.session.handoff, open_cells=CELLS), "cells")
    await room.show()


async def test_points_stand_under_their_owners_by_date_and_what_is_overdue_says_so(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), POINTS, at="close.signoff") as room:
        await _room_with_cells(room)
        await room.press("f5")
        assert "5 points, 1 overdue" in room.words
        lines = [" ".join(line.split()) for line in room.listed("#points")]
        assert lines == [
            "Nobody yet 1 point",
            "? no date Goal ask finance",
            "Māra Bērziņa 3 points, 1 overdue",
            "? overdue since 20 Nov 2026 Window",
            "? by 1 Dec 2026 Alerts: Tested of Silence",
            "◐ by 4 Dec 2026 Weight to confirm: draft 3",
            "Zofia 1 point",
            "? by 23 Nov 2026 Review_by",
        ]


@pytest.mark.parametrize("by_mouse", [False, True], ids=["key", "mouse"])
async def test_a_point_leads_to_its_question_and_from_there_back(by_mouse: bool, tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), POINTS, at="close.signoff") as room:
        await room.press("f5")
        if by_mouse:
            await room.click(room.of(Listing), line=1)
        else:
            await room.press("enter")
        assert (room.here, room.screen_name) == ("start.goal", "InterviewScreen")
        await room.press("escape")
        assert room.here == "close.signoff"


async def test_an_open_cell_leads_to_its_row(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), POINTS, at="close.signoff") as room:
        await _room_with_cells(room)
        await room.press("f5", "down", "down")
        await room.click("#points-go")
        assert (room.here, room.of(Rows).index) == ("watch.alerts", 1)


async def test_escape_stays_where_we_are_with_what_was_typed(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), POINTS, at="close.signoff") as room:
        await room.press(*" and so on", "f5", "escape")
        assert room.here == "close.signoff"
        assert str(room.field.raw).endswith("and so on")


async def test_from_review_to_a_point_and_continue_comes_back_to_review(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), POINTS) as room:
        await room.review()
        await room.click("#open-points")
        assert room.screen_name == "OpenPointsDialog"
        await room.press("enter")
        assert room.here == "start.goal"
        await room.write("A customer can read.")
        await room.press("ctrl+n")
        assert room.here == "review"


async def test_it_opens_from_a_read_back_from_the_sections_and_from_the_palette(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), POINTS, at="start.goal") as room:
        commands = {command.title: command for command in room.app.get_system_commands(room.app.screen)}
        commands["Open points, by owner and date"].callback()
        await room.settle()
        assert room.screen_name == "OpenPointsDialog"
        await room.press("escape", "f2", "f5")
        assert room.screen_name == "OpenPointsDialog"
        await room.press("escape", "f2")
        await room.click("#to-open-points")
        assert room.screen_name == "OpenPointsDialog"
        await room.press("escape", "f3", "escape")
        room.session.go_on()
        while room.session.place.kind != "read_back":
            room.session.go_on()
        await room.show()
        await room.press("f5")
        assert room.screen_name == "OpenPointsDialog"


async def test_where_nothing_is_open_it_says_how_something_is_marked(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, at="close.signoff") as room:
        await room.press("f5")
        assert "Nothing is open. F3" in room.words
        await room.press("enter")
        assert room.here == "close.signoff"
        await room.review()
        assert not room.one("#open-points").display


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20)])
async def test_it_fits_every_screen(size: tuple[int, int], tmp_path: Path) -> None:
    teams = [f"Team {at}" for at in range(40)]
    cells = tuple(OpenCell("watch.alerts", "Silence", "tested_on", team, TODAY) for team in teams)
    async with in_interview(tmp_path, small(), POINTS, at="close.signoff", size=size) as room:
        room.session.commit(replace(room.session.handoff, open_cells=cells), "cells")
        await room.show()
        await room.press("f5")
        assert room.in_sight(room.one("#points-go"))
        assert "overdue since 20 Nov" in room.words
        await room.press("end")
        assert room.in_sight(room.one("#dialog-close"))
        assert "Review_by" in room.words
        await room.press("escape")
        await room.review()
        assert room.in_sight(room.one("#open-points"))
        assert room.in_sight(room.one("#head"))


async def test_what_a_point_says_is_never_markup(tmp_path: Path) -> None:
    note = clean(" ".join(HOSTILE))
    points = {**COMPLETE, "start.goal": Answer(mark=Open(owner="[red]x[/red]", due=None, note=note))}
    async with in_interview(tmp_path, small(), points, at="close.signoff") as room:
        await room.press("f5")
        assert "[red]x[/red]" in room.words
        assert "[@click=app.quit]" in room.words
