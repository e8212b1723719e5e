"""The end: draft or final, what was written, what is open, and how to check it in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Static

from handoff_tui.core.answers import Answer, Open
from handoff_tui.tui.widgets.chrome import Action
from tests.core.making import COMPLETE, small
from tests.tui.driver import Room, in_interview

LEFT = {key: value for key, value in COMPLETE.items() if key != "close.signoff"}
OPEN = {**COMPLETE, "start.limits": Answer(mark=Open(owner="mara", due=date(2026, 12, 4)))}


async def _finish(room: Room) -> None:
    await room.review()
    await room.click("#finish")
    assert room.screen_name == "FinishScreen"


def _written(room: Room) -> str:
    return str(room.app.screen.query_one("#written", Static).content)


@pytest.mark.parametrize("way", ["enter", "f", "#final"])
async def test_with_nothing_in_the_way_it_is_signed_off_and_both_files_are_there(way: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, name="Billing; rm -rf [x]") as room:
        await _finish(room)
        if way.startswith("#"):
            await room.click(way)
        else:
            await room.press(way)
        assert room.on_disk().head.status == "final"
        assert (tmp_path / "x.handoff.md").read_text().startswith("# ")
        said = _written(room)
        assert "x.handoff.toml" in said
        assert "git add x.handoff.toml x.handoff.md" in said
        assert "git commit -m 'Sign off the handoff: Billing; rm -rf [x]'" in said


async def test_on_a_small_screen_too_it_says_what_final_means(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, size=(60, 20)) as room:
        await _finish(room)
        assert "Final means signed off" in room.words
        buttons = [button for button in room.app.screen.query(Action) if button.display]
        assert [button.id for button in buttons if not room.in_sight(button)] == []


@pytest.mark.parametrize("way", ["enter", "d", "#draft", "ctrl+n"])
async def test_with_something_in_the_way_only_the_draft_is_offered(way: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), LEFT) as room:
        await _finish(room)
        await room.press("f")
        assert not (tmp_path / "x.handoff.md").exists()
        if way.startswith("#"):
            await room.click(way)
        else:
            await room.press(way)
        assert room.on_disk().head.status == "draft"
        assert (tmp_path / "x.handoff.md").exists()
        assert "git commit -m 'Draft" in _written(room)


async def test_the_button_for_final_cannot_be_pressed_while_something_is_in_the_way(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), LEFT) as room:
        await _finish(room)
        await room.click("#final")
        assert room.on_disk().head.status == "draft"
        assert room.one("#final").disabled


async def test_what_is_in_the_way_leads_to_its_question_and_back(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), LEFT) as room:
        await _finish(room)
        assert any("Signoff" in line for line in room.listed("#errors"))
        room.one("#errors").focus()
        await room.press("enter")
        assert room.here == "close.signoff"
        await room.press(*"Support", "enter")
        assert room.screen_name == "ReviewScreen"


async def test_a_draft_can_be_chosen_although_final_is_possible(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE) as room:
        await _finish(room)
        await room.click("#draft")
        assert room.on_disk().head.status == "draft"
        assert (tmp_path / "x.handoff.md").exists()


async def test_what_is_open_is_listed_by_owner_with_its_date(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), OPEN) as room:
        await _finish(room)
        await room.press("d")
        said = _written(room)
        assert "Māra Bērziņa" in said
        assert "Limits" in said
        assert "4 Dec 2026" in said


async def test_escape_goes_back_to_the_review_and_writes_nothing(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE) as room:
        await _finish(room)
        await room.press("escape")
        assert room.screen_name == "ReviewScreen"
        assert not (tmp_path / "x.handoff.md").exists()
        assert room.on_disk().head.status == "draft"


async def test_after_it_is_written_leaving_asks_nothing(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE) as room:
        await _finish(room)
        await room.press("f")
        await room.click("#leave")
        assert room.app.return_value == 0


async def test_a_change_after_final_makes_it_a_draft_again(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, status="final", at="watch.window") as room:
        assert "final" in room.words
        await room.press("end", "ctrl+u", *"9h", "enter")
        assert room.on_disk().head.status == "draft"
        assert "draft" in room.words


async def test_looking_through_a_final_handoff_leaves_it_final(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, status="final", at="watch.window") as room:
        await room.press("enter", "escape", "f8", "escape", "f2", "escape")
        assert room.on_disk().head.status == "final"


async def test_who_only_reads_along_writes_nothing_and_accepts_nothing(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE) as room:
        room.session.read_only = "Mara"
        await room.review()
        await room.press("a")
        assert room.screen_name == "ReviewScreen"
        await room.press("ctrl+n", "d")
        assert not (tmp_path / "x.handoff.md").exists()
        assert any("Mara" in said for said in room.said)
