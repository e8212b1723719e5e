"""Home: the handoffs below this folder with their state; one is resumed, one is started."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from textual.widgets import OptionList

from handoff_tui.catalog import Catalog
from handoff_tui.core.answers import Answer, Open, Stale
from handoff_tui.session.start import begin
from handoff_tui.tui.app import WizardApp
from tests.tui.driver import TODAY, in_room, new_handoff

ROOT = Path(__file__).resolve().parents[2]
PAYMENTS = Catalog().load("payments")


def _write(path: Path, name: str, *, status: str = "draft") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    answers = {
        "business_state.journey": Answer(mark=Open(owner="mara", due=date(2026, 12, 4))),
        "source_of_truth.join_key": Answer(value="id", stale=Stale("business_state.journey", "x")),
    }
    handoff = new_handoff(PAYMENTS, answers, name=name, status=status)
    begin(path, PAYMENTS, handoff, lambda: TODAY).close()


async def test_an_empty_folder_offers_to_start_one(tmp_path: Path) -> None:
    async with in_room(WizardApp(tmp_path)) as room:
        assert room.screen_name == "HomeScreen"
        assert not room.app.screen.query("#handoffs, #resume")
        await room.press("enter")
        assert room.screen_name == "StartScreen"


async def test_each_handoff_is_a_line_with_its_name_and_state(tmp_path: Path) -> None:
    _write(tmp_path / "one.handoff.toml", "Stripe [billing]")
    _write(tmp_path / "deep" / "er" / "two.handoff.toml", "Orders", status="final")
    _write(tmp_path / ".hidden" / "three.handoff.toml", "Hidden")
    _write(tmp_path / "node_modules" / "four.handoff.toml", "Foreign")
    async with in_room(WizardApp(tmp_path), (120, 30)) as room:
        assert len(room.listed("#handoffs")) == 2
        one = next(line for line in room.listed("#handoffs") if "Stripe [billing]" in line)
        for words in ("payments", "draft", "1 open", "1 stale"):
            assert words in one
        assert "final" in next(line for line in room.listed("#handoffs") if "Orders" in line)


@pytest.mark.parametrize("way", ["enter", "#resume", "click"])
async def test_a_handoff_is_resumed_at_its_first_open_question(way: str, tmp_path: Path) -> None:
    _write(tmp_path / "one.handoff.toml", "Stripe")
    async with in_room(WizardApp(tmp_path)) as room:
        if way == "click":
            await room.click("#handoffs", line=0)
        elif way.startswith("#"):
            await room.click(way)
        else:
            await room.press(way)
        assert room.screen_name == "InterviewScreen"
        assert room.here == "business_state.journey"
        assert "Stripe" in room.words


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_who_is_ready_is_said_when_the_files_are_read_to_their_ends(
    size: tuple[int, int], tmp_path: Path
) -> None:
    for example in (ROOT / "docs" / "examples").glob("*.handoff.toml"):
        shutil.copy(example, tmp_path)
    async with in_room(WizardApp(tmp_path), size) as room:
        await room.app.workers.wait_for_complete()
        await room.settle()
        for said in ("ready, 1 open", "ready, 2 open", "ready, some open"):
            assert said in room.screen


async def test_a_broken_file_is_a_line_with_its_problem_and_opening_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "bad.handoff.toml").write_text("[handoff\nname = 'x'")
    _write(tmp_path / "good.handoff.toml", "Good")
    async with in_room(WizardApp(tmp_path)) as room:
        bad = next(line for line in room.listed("#handoffs") if line.startswith("!"))
        assert "bad" in bad
        listing = room.app.screen.query_one("#handoffs", OptionList)
        listing.highlighted = room.listed("#handoffs").index(bad)
        await room.press("enter")
        assert room.screen_name == "HomeScreen"
        assert any("bad.handoff.toml" in said for said in room.said)


async def test_n_starts_one_and_escape_comes_back(tmp_path: Path) -> None:
    _write(tmp_path / "one.handoff.toml", "Stripe")
    async with in_room(WizardApp(tmp_path)) as room:
        await room.press("n")
        assert room.screen_name == "StartScreen"
        await room.press("escape")
        assert room.screen_name == "HomeScreen"
        assert len(room.listed("#handoffs")) == 1


@pytest.mark.parametrize("way", ["ctrl+q", "escape", "#leave"])
async def test_leaving_home_asks_nothing(way: str, tmp_path: Path) -> None:
    async with in_room(WizardApp(tmp_path)) as room:
        if way.startswith("#"):
            await room.click(way)
        else:
            await room.press(way)
        assert room.app.return_value == 0


async def test_help_says_what_is_listed_and_the_keys(tmp_path: Path) -> None:
    _write(tmp_path / "one.handoff.toml", "Stripe billing")
    async with in_room(WizardApp(tmp_path)) as room:
        await room.press("f1")
        assert room.screen_name == "HelpDialog"
        assert "It is saved as you type" in room.words
        assert "n start a new one" in room.words
        await room.press("enter")
        assert room.screen_name == "HomeScreen"
