"""The drill in the room: a failure, link by link, a gap that leads to its question, and writing it down."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from textual.containers import VerticalScroll
from textual.widgets import OptionList

from handoff_tui.core.answers import Answer
from handoff_tui.core.drill import of_mode
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.interview import Place
from handoff_tui.session.drilling import rehearsal
from handoff_tui.store.file import HandoffFile
from handoff_tui.tui.widgets.form import Form
from tests.cli.calling import PAYMENTS
from tests.core.making import COMPLETE, bundled, small
from tests.slow import rest_slow
from tests.tui.driver import TODAY, Room, in_interview
from tests.tui.test_hostile_text import PRINTABLE, _safe

MODES, TOLD = "failure_handling.failure_modes", "alerts.support_told"
SIZES = [(120, 36), (80, 24), (60, 20)]


@cache
def example() -> Handoff:
    return HandoffFile.read(PAYMENTS)[1]


def answers(**changed: Any) -> dict[str, Any]:
    return dict(example().answers) | {key.replace("__", "."): value for key, value in changed.items()}


def at_drill(folder: Path, size: tuple[int, int] = (100, 30), given: dict[str, Any] | None = None, **head: Any) -> Any:
    return in_interview(folder, bundled("payments"), given or answers(), at=MODES, size=size, **head)


async def _choose(room: Room, mode: str) -> None:
    """Begin a drill, and choose a failure."""
    await room.press("f6")
    assert room.screen_name == "DrillScreen"
    drills = rehearsal(room.session.handoff, room.session.template, TODAY).drills
    room.app.screen.query_one("#failures", OptionList).highlighted = [drill.mode for drill in drills].index(mode)
    await room.press("enter")


async def _to_the_end(room: Room) -> None:
    for _ in range(20):
        if not room.one("#next").display:
            return
        await room.press("enter")
    raise AssertionError("it never ends")


def _title(room: Room) -> str:
    return room.text("#ask")


# -- stepping through ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", rest_slow(SIZES[::-1]), ids=str)
async def test_the_room_goes_through_every_link_with_enter_and_can_read_all_of_it(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with at_drill(tmp_path, size) as room:
        await _choose(room, "source_down")
        (drill,) = of_mode(rehearsal(room.session.handoff, room.session.template, TODAY).drills, "source_down")
        assert _title(room) == "It happens: the source is down"
        assert "Who pays now is not let in yet" in room.words
        for number, link in enumerate(drill.links, 1):
            await room.press("enter")
            assert _title(room) == f"{number}. {link.title}"
            assert room.in_sight(room.one("#next"))
            assert room.in_sight(room.one("#ask"))
            seen = room.words
            for _ in range(40):
                await room.press("down", "down", "down")
                seen += " " + room.words
                if room.of(VerticalScroll).is_vertical_scroll_end:
                    break
            for said in link.said:
                assert " ".join(said.text.split()[-4:]) in seen, said
        await room.press("enter")
        assert _title(room) == "On paper the chain holds."
        assert "Support hears 1 hour 10 minutes after the customer could notice" in room.words
        assert not room.one("#decide").display


@pytest.mark.parametrize("size", rest_slow(SIZES[::-1]), ids=str)
async def test_the_mouse_goes_through_it_too(size: tuple[int, int], tmp_path: Path) -> None:
    async with at_drill(tmp_path, size) as room:
        await room.press("f6")
        await room.click("#failures", line=2)
        assert _title(room) == "It happens: no reply in time"
        await room.click("#next")
        assert _title(room) == "1. What notices it?"
        await room.click("#back")
        assert _title(room) == "It happens: no reply in time"
        await room.click("#back")
        assert _title(room) == "Which failure shall we play through?"
        await room.click("#back")
        assert (room.screen_name, room.here) == ("InterviewScreen", MODES)


async def test_escape_goes_back_link_by_link_and_then_out_to_where_it_was(tmp_path: Path) -> None:
    async with at_drill(tmp_path) as room:
        before = room.session.handoff
        await _choose(room, "timeout")
        await room.press("enter", "enter", "escape")
        assert _title(room) == "1. What notices it?"
        await room.press("escape", "escape")
        assert _title(room) == "Which failure shall we play through?"
        highlighted = room.app.screen.query_one("#failures", OptionList).highlighted_option
        assert highlighted is not None
        assert str(highlighted.prompt).startswith("no reply in time")
        await room.press("escape")
        assert (room.screen_name, room.here) == ("InterviewScreen", MODES)
        assert room.session.handoff is before


async def test_what_works_by_itself_is_short(tmp_path: Path) -> None:
    async with at_drill(tmp_path) as room:
        await _choose(room, "duplicate")
        await _to_the_end(room)
        assert "5 of 5" in room.words
        assert _title(room) == "On paper handled by itself."


async def test_what_is_typed_and_not_accepted_is_kept_when_a_drill_begins(tmp_path: Path) -> None:
    async with at_drill(tmp_path) as room:
        await room.jump("business_state.success_measure")
        await room.write(" more")
        await room.press("f6", "escape")
        assert room.here == "business_state.success_measure"
        assert str(room.page.field.raw).endswith(" more")


async def test_the_help_is_about_the_drill(tmp_path: Path) -> None:
    async with at_drill(tmp_path) as room:
        await _choose(room, "timeout")
        await room.press("f1")
        assert room.screen_name == "HelpDialog"
        assert "go to the question where the gap is decided" in room.words
        await room.press("escape", "enter")
        assert _title(room) == "1. What notices it?"


async def test_with_nothing_to_undo_the_room_stays_where_it_is(tmp_path: Path) -> None:
    async with at_drill(tmp_path) as room:
        await _choose(room, "timeout")
        await room.press("enter", "ctrl+z", "enter")
        assert "There is nothing to undo." in room.said
        assert _title(room) == "2. Who is called?"


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_each_failure_has_its_outcome_on_one_line(size: tuple[int, int], tmp_path: Path) -> None:
    async with at_drill(tmp_path, size) as room:
        await room.press("f6")
        lines = [line.strip() for line in room.screen.splitlines()]
        assert any(line.startswith("updates pile up") and "the chain holds" in line for line in lines)
        broken = [line for line in lines if "the chain breaks: 1 gap" in line]
        assert len(broken) == 1
        assert broken[0].startswith("a status nobody knows")
        assert broken[0].endswith("never rehearsed") == (size[0] > 60)


# -- a gap -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["g", "#decide"])
async def test_a_gap_is_said_in_words_and_leads_to_its_question(way: str, tmp_path: Path) -> None:
    async with at_drill(tmp_path) as room:
        await _choose(room, "unknown_value")
        assert not room.one("#decide").display
        await room.press("g")
        assert "There is no gap here." in room.said
        await room.press("enter", "enter", "enter")
        assert "Gap: No row says how support hears of “UnknownPlanState”" in room.words
        assert "Decide it at: Telling support" in room.words
        await (room.click(way) if way.startswith("#") else room.press(way))
        assert (room.screen_name, room.here) == ("InterviewScreen", TOLD)


async def test_a_gap_in_a_row_leads_to_that_row(tmp_path: Path) -> None:
    rows = [
        {key: cell for key, cell in row.items() if row["mode"] != "backlog" or key != "owner"}
        for row in example().rows(MODES)
    ]
    async with at_drill(tmp_path, given=answers(failure_handling__failure_modes=Answer(value=rows))) as room:
        await _choose(room, "backlog")
        await room.press("enter", "enter", "g")
        assert room.here == MODES
        await room.press("enter")
        assert room.raw["mode"] == "backlog"
        assert room.focused_column == "owner"


@pytest.mark.parametrize("way", ["enter", "#decide"])
async def test_where_no_failure_is_named_it_is_said_where_to_begin(way: str, tmp_path: Path) -> None:
    async with at_drill(tmp_path, given=answers(failure_handling__failure_modes=Answer())) as room:
        await room.jump("parties.people")
        await room.press("f6")
        assert _title(room) == "No drill yet"
        assert "Nobody has said yet what the customer sees" in room.words
        await (room.click(way) if way.startswith("#") else room.press(way))
        assert room.here == MODES


async def test_a_template_without_failures_has_no_drill_and_no_way_to_one(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE) as room:
        await room.press("f6")
        assert _title(room) == "No drill yet"
        assert "This template does not ask" in room.words
        await room.press("g", "w")
        assert room.screen_name == "DrillScreen"
        await room.press("enter")
        assert room.screen_name == "ReviewScreen"


# -- writing it down -------------------------------------------------------------------------------------------------


async def _held(room: Room) -> None:
    """Fill the form in: the day as it stands, the first two of the people."""
    await room.press("space", "right", "space")


@pytest.mark.parametrize("way", ["enter", "w", "#write"])
async def test_the_day_and_who_took_part_are_written_saved_and_can_be_undone(way: str, tmp_path: Path) -> None:
    async with at_drill(tmp_path, status="final") as room:
        before = room.on_disk()
        await _choose(room, "zendesk_down")
        await _to_the_end(room)
        await (room.click(way) if way.startswith("#") else room.press(way))
        assert room.screen_name == "FormDialog"
        assert "The handoff becomes a draft again" in room.words
        await _held(room)
        await room.click("#dialog-keep")
        assert _title(room) == "Which failure shall we play through?"
        disk = room.on_disk()
        assert next(row for row in disk.rows(MODES) if row["mode"] == "zendesk_down")["tested_on"] == TODAY
        note = disk.answer(MODES).note
        assert note is not None
        assert note.agreed_by == ("asa", "jorgen")
        assert note.text == "Rehearsed on 23 Nov 2026: Zendesk is down, with Åsa Lindqvist, Jørgen Kjær."
        assert disk.head.status == "draft"
        assert "Written down: the day, and who took part. Ctrl+Z takes it back." in room.said
        await room.press("ctrl+z")
        assert "Undone: the drill of “Zendesk is down”." in room.said
        assert room.screen_name == "DrillScreen"
        assert room.on_disk() == before


@pytest.mark.parametrize("size", rest_slow(SIZES[::-1]), ids=str)
async def test_the_form_can_be_filled_in_at_every_size(size: tuple[int, int], tmp_path: Path) -> None:
    async with at_drill(tmp_path, size) as room:
        await _choose(room, "timeout")
        await room.press("w")
        await _held(room)
        assert room.in_sight(room.one("#dialog-keep"))
        await room.click("#dialog-keep")
        assert next(row for row in room.rows(MODES) if row["mode"] == "timeout")["tested_on"] == TODAY


async def test_without_anybody_who_took_part_nothing_is_written(tmp_path: Path) -> None:
    async with at_drill(tmp_path) as room:
        before = room.session.handoff
        await _choose(room, "timeout")
        await room.press("w")
        await room.click("#dialog-keep")
        assert room.screen_name == "FormDialog"
        assert "Took part" in room.words
        await room.press("escape")
        assert room.screen_name == "DrillScreen"
        assert room.session.handoff is before


async def test_the_alert_is_asked_about_only_where_one_notices_it(tmp_path: Path) -> None:
    async with at_drill(tmp_path) as room:
        await _choose(room, "timeout")
        await room.press("w")
        assert room.app.screen.query("#line-alert_rang")
        await room.press("escape", "escape", "escape")
        await _choose(room, "duplicate")
        await room.press("w")
        assert not room.app.screen.query("#line-alert_rang")


async def test_what_is_typed_and_not_written_down_is_there_again(tmp_path: Path) -> None:
    async with at_drill(tmp_path) as room:
        await _choose(room, "timeout")
        await _to_the_end(room)
        await room.press("w")
        room.one("#line-learned TextArea").focus()
        await room.settle()
        await room.press(*"nobody knew", "escape")
        assert room.screen_name == "DrillScreen"
        await room.press("w")
        assert "nobody knew" in [str(value) for value in room.of(Form).raw.values()]


async def test_before_a_failure_is_chosen_there_is_nothing_to_write_down(tmp_path: Path) -> None:
    async with at_drill(tmp_path) as room:
        await room.press("f6", "w")
        assert room.said == ["Play a failure through first."]
        assert room.screen_name == "DrillScreen"


async def test_who_only_reads_along_may_play_and_not_write(tmp_path: Path) -> None:
    async with at_drill(tmp_path) as room:
        room.session.read_only = "Mara"
        await _choose(room, "timeout")
        await _to_the_end(room)
        await room.press("enter")
        assert room.screen_name == "DrillScreen"
        assert any("Mara" in said for said in room.said)


# -- the ways in -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["f6", "palette", "sections by keys", "sections by mouse", "review"])
async def test_every_way_leads_to_it(way: str, tmp_path: Path) -> None:
    async with at_drill(tmp_path) as room:
        if way == "review":
            await room.review()
        if way == "palette":
            await room.press("ctrl+p")
            await room.write("play a failure")
            await room.app.workers.wait_for_complete()
            await room.settle()
            await room.press("enter")
        elif way == "sections by mouse":
            await room.press("f2")
            await room.click("#to-drill")
        elif way == "sections by keys":
            await room.press("f2", "f6")
        else:
            await room.press("f6")
        assert room.screen_name == "DrillScreen"


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_end_of_the_interview_offers_it(size: tuple[int, int], tmp_path: Path) -> None:
    async with at_drill(tmp_path, size) as room:
        await room.review()
        await room.press("ctrl+n")
        assert room.screen_name == "FinishScreen"
        assert not room.one("#drill").display
        await room.press("enter")
        assert room.in_sight(room.one("#drill"))
        await room.click("#drill")
        assert room.screen_name == "DrillScreen"
        await room.press("escape")
        assert room.screen_name == "ReviewScreen"


# -- what people write -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", rest_slow(PRINTABLE))
async def test_hostile_text_is_text(text: str, tmp_path: Path) -> None:
    free = ("customer_sees", "automatic", "human_step")
    rows = [row | dict.fromkeys(free, text) for row in example().rows(MODES)]
    rows.append({"mode": text, "detected_by": text, "owner": text})
    people = [row | {"name": text} for row in example().rows("parties.people")]
    given = answers(failure_handling__failure_modes=Answer(value=rows), parties__people=Answer(value=people))
    async with at_drill(tmp_path, (140, 40), given | {"fallback.fallback_exit": text}) as room:
        for mode in ("source_down", text):
            await _choose(room, mode)
            _safe(room)
            while room.one("#next").display:
                await room.press("enter")
                _safe(room)
            await room.press("w")
            _safe(room)
            await room.press("escape", "f8")


async def test_a_secret_is_hidden_from_the_room(tmp_path: Path) -> None:
    secret = "sk_live_4eC39HqLyjWDarjtT1zdp7dc"
    rows = [row | {"customer_sees": f"key {secret}"} for row in example().rows(MODES)]
    async with at_drill(tmp_path, given=answers(failure_handling__failure_modes=Answer(value=rows))) as room:
        await _choose(room, "timeout")
        assert "key [hidden]" in room.words
        assert secret not in room.screen


async def test_the_place_of_the_interview_stays_while_the_room_plays(tmp_path: Path) -> None:
    async with at_drill(tmp_path) as room:
        await _choose(room, "timeout")
        assert room.session.place == Place("question", MODES)
        assert room.session.today() == date(2026, 11, 23)
