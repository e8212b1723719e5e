"""Behaviours 3, 5, 6, 7, 17 and 26: what stands behind an answer, and how a room comes back to it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.widgets import Button, OptionList

from handoff_tui.core.answers import State
from handoff_tui.core.interview import Place
from tests.core.making import COMPLETE, small, template_from
from tests.tui.driver import FILE, Room, in_interview
from tests.tui.making import NAMED, kinds

SUMMARY = "x.handoff.md"
SECRET = "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc"
"""Looks like a key, and is none; in two pieces, so that nobody who scans this repository takes it for one."""


def _line(room: Room, listing: str, option_id: str) -> str:
    return next(str(o.prompt) for o in room.app.screen.query_one(listing, OptionList).options if o.id == option_id)


async def _go_to(room: Room, listing: str, option_id: str) -> None:
    lines = room.app.screen.query_one(listing, OptionList)
    lines.highlighted = [option.id for option in lines.options].index(option_id)
    lines.focus()
    await room.settle()


# -- 3 -----------------------------------------------------------------------------------------------------------------


async def test_03_a_changed_premise_keeps_later_answers_and_marks_them_stale_with_the_reason(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, at="start.weight") as room:
        await room.press("2", "enter")
        assert room.on_disk().answer("watch.alerts").value == COMPLETE["watch.alerts"]
        await room.jump("watch.alerts")
        assert "“Weight” changed after this was answered: a nuisance → money is lost" in room.words
        await room.review()
        assert "“Weight” changed" in _line(room, "#answers", "watch.alerts")


async def test_03_a_stale_answer_keeps_it_from_final_never_from_a_draft_until_it_is_confirmed(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, at="start.weight") as room:
        await room.press("2", "enter")
        await room.jump("close.drill")
        await room.press(*"every May", "enter")
        await room.review()
        await room.press("ctrl+n")
        assert room.app.screen.query_one("#final", Button).disabled
        await room.press("f")
        assert room.on_disk().head.status == "draft"
        await room.press("d")
        assert (tmp_path / SUMMARY).exists()
        for question in ("watch.alerts", "close.signoff"):
            await room.jump(question)
            await room.click("#reconfirm")
        await room.review()
        await room.press("ctrl+n", "f")
        assert room.on_disk().head.status == "final"


# -- 5 -----------------------------------------------------------------------------------------------------------------


async def test_05_dont_know_yet_is_accepted_everywhere_asks_for_owner_and_date_and_advances(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED) as room:
        for question in ("line", "text", "system", "choice", "many", "table"):
            at = f"kinds.{question}"
            await room.jump(at)
            await room.press("f3", "ctrl+n")
            assert room.screen_name == "MarkDialog", "without an owner and a date nobody finds out"
            await room.burst("mara", "enter", "4 Dec", "enter")
            assert room.answer(at).state is State.OPEN
            assert room.here != at


async def test_05_it_stands_among_the_open_points_on_the_screen_in_the_file_and_in_the_summary(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, at="watch.window") as room:
        await room.press("f3")
        await room.write("Māra Bērziņa\n4 Dec\n")
        assert "[open.watch.window]" in _file(room)
        await room.press("ctrl+q")
        assert "Window, by 4 Dec 2026" in room.words
        await room.press("escape", "f5")
        assert re.search(r"Māra Bērziņa +1 point .*by 4 Dec 2026 +Window", room.words)
        await room.press("enter")
        assert room.here == "watch.window", "the list leads there"
        await room.review()
        assert "open · Māra Bērziņa · by 4 Dec 2026" in _line(room, "#answers", "watch.window")
        await room.press("ctrl+n", "d")
        assert "Māra Bērziņa: Window, open by 4 Dec 2026" in room.words
    summary = (tmp_path / SUMMARY).read_text()
    assert "Window" in summary.partition("pen")[2]
    assert "4 Dec 2026" in summary


def _file(room: Room) -> str:
    room.on_disk()
    return (room.app.folder / FILE).read_text()


# -- 6 -----------------------------------------------------------------------------------------------------------------

_BRANCH = """
format = 1
version = 1
title = "Branch"
about = "A section that nobody can start before another one is answered."
[a]
title = "First"
theme = "Ownership"
minutes = 3
one = { kind = "line", need = "essential" }
weight = { kind = "choice", need = "essential", choices = { low = "a nuisance", high = "money" } }
[b]
title = "Second"
theme = "Ownership"
minutes = 3
two = { kind = "line", need = "essential", premises = ["a.weight"] }
[c]
title = "Third"
theme = "Ownership"
minutes = 3
three = { kind = "line", need = "essential", when = { "a.weight" = "high" } }
"""


async def test_06_one_key_opens_the_sections_with_their_statuses_in_words_and_enter_jumps_in_any_order(
    tmp_path: Path,
) -> None:
    async with in_interview(tmp_path, template_from(_BRANCH), {}, at="a.one") as room:

        async def statuses() -> list[str]:
            await room.press("f2")
            found = [str(o.prompt) for o in room.app.screen.query_one("#places", OptionList).options]
            await room.press("escape")
            return [line for line in found if not line.startswith("   ")]

        assert await statuses() == ["First  Not started", "Second  Not started", "Third  Cannot start yet"]
        await room.press("x", "enter")
        assert (await statuses())[0] == "First  In progress"
        await room.press("1", "enter")
        await room.press("f2")
        await _go_to(room, "#places", "section:b")
        await room.press("enter")
        assert room.here == "b.two"
        await room.press("y", "enter")
        assert await statuses() == ["First  Completed", "Second  Completed", "Third  Cannot start yet"]
        await room.jump("a.weight")
        await room.press("2", "enter")
        assert await statuses() == ["First  Completed", "Second  Stale", "Third  Not started"]


# -- 7 -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20)])
async def test_07_review_shows_every_answer_and_a_change_comes_back_to_its_row_after_what_it_newly_requires(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, at="start.goal", size=size) as room:
        await room.press("f8")
        listing = room.app.screen.query_one("#answers", OptionList)
        asked = [q.id for section in small().sections for q in room.session.interview.asked_in(section)]
        assert [option.id for option in listing.options if option.id in asked] == asked
        await _go_to(room, "#answers", "start.weight")
        await room.press("enter")
        assert room.here == "start.weight"
        assert room.field.raw == "low"
        await room.press("2", "enter")
        assert room.here == "close.drill", "asked only now"
        await room.press(*"every May", "enter")
        assert room.screen_name == "ReviewScreen"
        back = room.app.screen.query_one("#answers", OptionList).highlighted_option
        assert back is not None
        assert back.id == "start.weight"
        assert "money is lost" in room.words


# -- 17 ----------------------------------------------------------------------------------------------------------------


async def test_17_any_answer_may_have_a_note_and_who_agreed_and_both_are_in_the_outputs(tmp_path: Path) -> None:
    questions = ("start.weight", "watch.alerts", "watch.window")
    async with in_interview(tmp_path, small(), COMPLETE) as room:
        for at, question in enumerate(questions):
            await room.jump(question)
            await room.press("f9", *f"said {at}", "tab", "space", "ctrl+n")
            note = room.on_disk().answer(question).note
            assert note is not None
            assert (note.text, note.agreed_by) == (f"said {at}", ("mara",))
        text = _file(room)
        await room.review()
        await room.press("ctrl+n", "d")
    summary = (tmp_path / SUMMARY).read_text()
    for at, question in enumerate(questions):
        assert f"[notes.{question}]" in text
        assert f"said {at}" in summary
    assert 'agreed_by = [\n    "mara",\n]' in text
    assert summary.count("greed") >= len(questions)


# -- 26 ----------------------------------------------------------------------------------------------------------------


async def test_26_a_section_ends_with_a_read_back_of_what_was_decided_and_the_findings_it_caused(
    tmp_path: Path,
) -> None:
    answers = {**COMPLETE, "start.goal": f"It reads with {SECRET}."}
    async with in_interview(tmp_path, small(), answers, at="start.weight") as room:
        await room.press("enter")
        assert room.session.place == Place("read_back", "start")
        assert "You decided. Agreed?" in room.words
        assert "It reads with" in room.words
        assert "a nuisance" in room.words
        found = [line for line in room.listed("#decisions") if line.startswith("! Error")]
        assert len(found) == 1
        assert "Stripe live key" in found[0]
        await room.press("enter")
        assert room.here == "parties.people", "Enter agrees"


async def test_26_one_cell_of_a_row_can_be_open_by_itself(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, at="watch.alerts") as room:
        await room.press("enter")
        for _ in range(20):
            if room.focused_column == "goes_to":
                break
            await room.press("shift+tab")
        await room.press("f3")
        await room.write("Māra Bērziņa\n4 Dec\n")
        await room.press("escape")
        assert "? open" in room.words
        assert [(cell.row, cell.column) for cell in room.on_disk().open_cells] == [("LagHigh", "goes_to")]
        assert room.answer("watch.alerts").state is State.ANSWERED
        await room.press("ctrl+q")
        assert "Goes to of LagHigh, by 4 Dec 2026" in room.words
