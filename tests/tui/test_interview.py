"""The interview: going on and back, marks, notes, what is suggested, what became stale, undo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Open, Stale, State
from handoff_tui.tui.widgets.field import Field
from tests.core.making import COMPLETE, small
from tests.tui.driver import Room, in_interview
from tests.tui.making import NAMED, kinds

FEW = {"start.goal": "A customer can keep reading.", "start.weight": "low"}
DUE = date(2026, 12, 4)


# -- half-typed --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["escape", "f2", "f8"])
@pytest.mark.parametrize(("question", "keys", "raw"), [("duration", "4 of", "4 of"), ("text", "half\nof", "half\nof")])
async def test_leaving_keeps_what_is_half_typed_says_nothing_and_stores_nothing(
    question: str, keys: str, raw: str, way: str, tmp_path: Path
) -> None:
    at = f"kinds.{question}"
    async with in_interview(tmp_path, kinds(), NAMED, at=at) as room:
        await room.write(keys)
        await room.press(way, *(["home", "down", "enter"] if way == "f2" else []))
        assert room.here != at
        assert room.value(at) is None
        await room.jump(at)
        assert room.field.raw == raw
        assert room.text("#wrong") == ""
        assert room.answer(at).empty


async def test_a_draft_counts_once_continue_accepts_it(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.number") as room:
        await room.press("1", "8", "escape")
        await room.jump("kinds.number")
        await room.press("end", "0", "enter")
        assert room.value("kinds.number") == 180


async def test_a_chosen_option_that_was_not_continued_is_a_draft_too(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.choice") as room:
        await room.press("3", "escape")
        await room.jump("kinds.choice")
        assert room.field.raw == "high"
        assert room.value("kinds.choice") is None


async def test_escape_goes_back_question_by_question_and_stops_at_the_first(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, at="watch.alerts") as room:
        seen = []
        for _ in range(7):
            await room.press("escape")
            seen.append(room.here)
        assert seen == [
            "read_back",
            "parties.people",
            "read_back",
            "start.weight",
            "start.goal",
            "start.goal",
            "start.goal",
        ]
        assert any("first question" in said for said in room.said)
        assert room.app.is_running


async def test_going_back_shows_the_answer_for_editing_and_continue_leaves_it_as_it_is(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, at="start.weight") as room:
        before = room.session.handoff
        await room.press("escape")
        assert room.field.raw == COMPLETE["start.goal"]
        await room.press("ctrl+n")
        assert room.here == "start.weight"
        assert room.session.handoff is before


# -- marks and notes ---------------------------------------------------------------------------------------------------


async def test_f3_marks_a_question_open_and_goes_on(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.line") as room:
        await room.press("f3", *"Māra Bērziņa", "enter", *"4 Dec", "enter")
        assert room.answer("kinds.line") == Answer(mark=Open(owner="mara", due=DUE))
        assert room.here == "kinds.text"
        await room.press("escape")
        assert "Māra Bērziņa" in room.text("#state")
        assert "4 Dec 2026" in room.text("#state")
        assert room.on_disk().answer("kinds.line").mark == Open(owner="mara", due=DUE)


async def test_f3_on_a_typed_answer_can_assume_it(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.duration") as room:
        await room.press(*"90d", "f3", "shift+tab", "2", "enter")
        await room.press(*"notice draft 3", "enter", *"zofia", "enter", *"4 Dec", "enter")
        wanted = Answer(value="90d", mark=Assumed(basis="notice draft 3", confirmer="zofia", due=DUE))
        assert room.answer("kinds.duration") == wanted
        assert room.here == "kinds.date"


async def test_f3_says_that_a_question_does_not_arise_here(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.line") as room:
        await room.press("f3", "shift+tab", "2", "enter", *"no match needed", "enter")
        assert room.answer("kinds.line") == Answer(mark=NotApplicable(reason="no match needed"))


async def test_without_an_answer_there_is_nothing_to_assume(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.line") as room:
        await room.press("f3")
        assert "assumed" not in room.words
        await room.press("escape", "x", "f3")
        assert "assumed" in room.words


async def test_a_mark_without_owner_and_date_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.line") as room:
        await room.press("f3", "tab", *"some day", "ctrl+n")
        assert room.screen_name == "MarkDialog"
        assert room.text("#line-owner .form-wrong")
        assert room.text("#line-due .form-wrong")
        assert room.answer("kinds.line").empty
        await room.press("escape")
        assert room.here == "kinds.line"
        assert room.answer("kinds.line").empty


async def test_switching_between_the_marks_keeps_what_they_share(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.line") as room:
        await room.press("x", "f3", "tab", *"4 Dec", "shift+tab", "shift+tab", "2", "1")
        await room.press("2", "enter", *"draft", "enter", *"zofia", "enter", "enter")
        assert room.answer("kinds.line").mark == Assumed(basis="draft", confirmer="zofia", due=DUE)


async def test_answering_an_open_question_takes_the_mark_away(tmp_path: Path) -> None:
    marked = {**NAMED, "kinds.line": Answer(mark=Open(owner="mara", due=DUE))}
    async with in_interview(tmp_path, kinds(), marked, at="kinds.line") as room:
        await room.press(*"external_id", "enter")
        assert room.answer("kinds.line") == Answer(value="external_id")


async def test_continue_passes_an_open_question_untouched(tmp_path: Path) -> None:
    marked = {**NAMED, "kinds.line": Answer(mark=Open(owner="mara", due=DUE))}
    async with in_interview(tmp_path, kinds(), marked, at="kinds.line") as room:
        await room.press("enter")
        assert room.here == "kinds.text"
        assert room.answer("kinds.line").state is State.OPEN


async def test_the_dont_know_button_opens_the_same_dialog(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.line") as room:
        await room.click("#dont-know")
        assert room.screen_name == "MarkDialog"
        await room.click("#dialog-close")
        assert room.screen_name == "InterviewScreen"


async def test_f9_notes_what_was_said_and_who_agreed_beside_what_is_typed(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.line") as room:
        await room.press(*"half", "f9", *"finance asked", "tab", "space", "ctrl+n")
        note = room.answer("kinds.line").note
        assert note is not None
        assert (note.text, note.agreed_by) == ("finance asked", ("mara",))
        assert room.field.raw == "half", "what was typed is still there"
        assert "finance asked" in room.text("#state")
        assert "Māra Bērziņa" in room.text("#state")
        assert room.on_disk().answer("kinds.line").note == note


async def test_an_emptied_note_is_taken_away(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.line") as room:
        await room.click("#note")
        await room.press(*"x", "ctrl+n", "f9")
        await room.click(room.one("#line-text TextBox"), line=0)
        await room.press("end", "backspace", "ctrl+n")
        assert room.answer("kinds.line").empty


# -- suggested, optional, stale ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["kinds.suggested", "kinds.suggested_many"])
async def test_a_suggested_value_is_marked_and_no_answer_until_continue(question: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=question) as room:
        assert "suggested" in room.text("#state")
        assert room.field.raw == room.session.template.by_id[question].suggest
        await room.press("f2", "escape", "escape")
        assert room.answer(question).empty
        await room.jump(question)
        assert "suggested" in room.text("#state")
        await room.press("enter")
        assert room.value(question) == room.session.template.by_id[question].suggest
        await room.press("escape")
        assert "suggested" not in room.text("#state")


async def test_a_question_that_is_not_essential_passes_empty_and_is_no_answer(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), FEW, at="start.limits") as room:
        await room.press("ctrl+n")
        assert room.here != "start.limits"
        assert room.answer("start.limits").empty


async def _stale(room: Room) -> None:
    """Change what `watch.alerts` rests on."""
    await room.jump("start.weight")
    await room.press("2", "enter")
    await room.jump("watch.alerts")


async def test_a_changed_premise_marks_what_rests_on_it_with_the_reason_and_keeps_it(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE) as room:
        await _stale(room)
        answer = room.answer("watch.alerts")
        assert answer.value == COMPLETE["watch.alerts"]
        assert answer.stale == Stale("start.weight", "low")
        said = room.text("#state")
        assert small().by_id["start.weight"].label in said
        assert "a nuisance" in said or "low" in said
        assert room.in_sight(room.one("#reconfirm"))


@pytest.mark.parametrize("way", ["r", "#reconfirm"])
async def test_a_stale_answer_that_still_holds_is_confirmed_in_one_step(way: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE) as room:
        await _stale(room)
        if way.startswith("#"):
            await room.click(way)
        else:
            await room.press(way)
        assert room.answer("watch.alerts") == Answer(value=COMPLETE["watch.alerts"])
        assert room.here == "watch.window"


async def test_r_is_a_letter_while_somebody_types(tmp_path: Path) -> None:
    stale = {**COMPLETE, "close.signoff": Answer(value="Support", stale=Stale("start.weight", "low"))}
    async with in_interview(tmp_path, small(), stale, at="close.signoff") as room:
        await room.press("end", "r")
        assert room.field.raw == "Supportr"
        assert room.answer("close.signoff").stale is not None


async def test_answering_a_stale_question_anew_lifts_it(tmp_path: Path) -> None:
    stale = {**COMPLETE, "close.signoff": Answer(value="Support", stale=Stale("start.weight", "low"))}
    async with in_interview(tmp_path, small(), stale, at="close.signoff") as room:
        await room.press("end", *" team", "enter")
        assert room.answer("close.signoff") == Answer(value="Support team")


async def test_only_changing_the_premise_back_or_confirming_lifts_staleness_not_passing_by(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE) as room:
        await _stale(room)
        await room.press("ctrl+n")
        assert room.answer("watch.alerts").stale is not None


# -- undo --------------------------------------------------------------------------------------------------------------


async def _undo(room: Room, way: str) -> None:
    if way == "key":
        room.one("#continue").focus()
        await room.press("ctrl+z")
    else:
        room.app.call_later(room.app.run_action, "screen.undo")
        await room.settle()


@pytest.mark.parametrize("way", ["key", "action"])
async def test_an_overwritten_answer_comes_back(way: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, at="watch.window") as room:
        await room.press("end", "ctrl+u", *"9d", "enter")
        assert room.value("watch.window") == "9d"
        await room.press("escape")
        await _undo(room, way)
        assert room.value("watch.window") == "4h"
        assert room.on_disk().answer("watch.window").value == "4h"
        await room.jump("watch.window")
        assert room.field.raw == "4h"


async def test_undo_goes_back_step_by_step_through_marks_and_notes(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.line") as room:
        start = room.session.handoff
        await room.press(*"a", "enter", "escape", "f9", "n", "ctrl+n", "f3", *"mara", "enter", *"4 Dec", "enter")
        for left in (2, 1, 0):
            await _undo(room, "key")
            answer = room.answer("kinds.line")
            given = (answer.value is not None, answer.note is not None, answer.mark is not None)
            assert given == (left > 0, left > 1, False)
        assert room.session.handoff == start
        await _undo(room, "key")
        assert any("nothing to undo" in said for said in room.said)


@pytest.mark.parametrize("way", ["key", "action"])
async def test_a_step_that_was_undone_is_taken_again(way: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, at="watch.window") as room:
        await room.press("end", "ctrl+u", *"9d", "enter", "escape")
        await _undo(room, "key")
        if way == "key":
            room.one("#continue").focus()
            await room.press("ctrl+y")
        else:
            room.app.call_later(room.app.run_action, "screen.redo")
            await room.settle()
        assert room.value("watch.window") == "9d"
        assert room.on_disk().answer("watch.window").value == "9d"
        assert any("Done again" in said for said in room.said)
        await room.jump("watch.window")
        room.one("#continue").focus()
        await room.press("ctrl+y")
        assert any("nothing to redo" in said for said in room.said)


@pytest.mark.parametrize("key", ["ctrl+z", "ctrl+y"])
async def test_in_the_middle_of_a_line_no_step_goes_back_or_forth(key: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, at="watch.window") as room:
        await room.press("end", "ctrl+u", *"9d", "enter", "escape")
        if key == "ctrl+y":
            await _undo(room, "key")
        before = room.session.handoff
        await room.jump("watch.window")
        await room.press("1", key)
        assert room.session.handoff is before
        assert "1" in str(room.field.raw)
        assert any("Leave the text first" in said for said in room.said)


async def test_ctrl_z_while_typing_takes_back_typing_and_no_answer(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, at="start.goal") as room:
        before = room.session.handoff
        await room.press("end", *" And", "ctrl+z")
        assert room.session.handoff is before
        assert room.focused_in(Field)


# -- what is on top ----------------------------------------------------------------------------------------------------


async def test_the_top_says_the_name_the_place_and_that_all_is_saved(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), FEW, at="watch.window", name="Billing [x]") as room:
        section = small().section_by_id["watch"]
        assert "Billing [x]" in room.words
        assert f"{section.theme} · {section.title}" in room.words
        await room.press(*"4h", "enter")
        room.on_disk()
        await room.settle()
        assert "saved" in room.words
        assert "min left" in room.words


async def test_ctrl_s_says_where_it_is_saved(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), FEW) as room:
        await room.press("ctrl+s")
        assert any("x.handoff.toml" in said for said in room.said)


async def test_a_file_that_cannot_be_written_is_said_and_saved_as_soon_as_it_can_be(tmp_path: Path) -> None:
    folder = tmp_path / "drive"
    folder.mkdir()
    async with in_interview(folder, small(), FEW, at="watch.window") as room:
        assert room.app.opened is not None
        folder.rename(tmp_path / "pulled")
        await room.press(*"4h", "enter")
        room.app.opened.saver.flush(20)
        await room.settle()
        assert "NOT SAVED" in room.words
        assert room.value("watch.window") == "4h"
        (tmp_path / "pulled").rename(folder)
        await room.press("ctrl+s")
        assert room.on_disk().answer("watch.window").value == "4h"
        await room.settle()
        assert room.app.saved_state().plain == "saved"


@pytest.mark.parametrize(
    ("hint", "then"), [("F2", "SectionsDialog"), ("F1", "HelpDialog"), ("F3", "MarkDialog"), ("F8", "ReviewScreen")]
)
async def test_each_key_at_the_bottom_can_be_clicked(hint: str, then: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.line", size=(120, 30)) as room:
        widget = next(item for item in room.app.screen.query("#hints .hint") if hint in str(item.render()))
        await room.click(widget)
        assert room.screen_name == then


@pytest.mark.parametrize("keys", [["escape"], ["q"], ["ctrl+c"], ["ctrl+q", "escape"]])
async def test_no_single_key_discards_an_answer(keys: Sequence[str], tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, at="watch.alerts") as room:
        before = room.session.handoff
        await room.press(*keys)
        assert room.session.handoff == before
        assert room.app.is_running
