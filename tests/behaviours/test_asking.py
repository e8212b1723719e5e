"""Behaviours 8, 10, 15, 16, 18, 19 and 27: how one question is asked, answered and placed among the others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.widgets import Button

from handoff_tui.catalog import Catalog
from handoff_tui.core.answers import Answer, Open, Stale
from handoff_tui.store.file import HandoffFile
from handoff_tui.tui.widgets.field import Field
from handoff_tui.tui.widgets.form import Form
from tests.behaviours.team import with_team
from tests.cli.calling import PAYMENTS
from tests.core.making import COMPLETE, TODAY, small
from tests.end_to_end.by_keys import COMMAND
from tests.terminal import CTRL_N, ENTER, Terminal, paste
from tests.tui.driver import Room, in_interview
from tests.tui.making import NAMED, kinds

SIZES = ((120, 36), (80, 24), (60, 20))
sizes = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


# -- 8 -----------------------------------------------------------------------------------------------------------------


async def test_08_no_error_while_typing_or_on_leaving_the_field_and_continue_says_it_and_how_to_mend_it(
    tmp_path: Path,
) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.duration") as room:
        for key in (*"4 of", "tab", "tab", "shift+tab", "shift+tab"):
            await room.press(key)
            assert room.text("#wrong") == ""
        await room.press("ctrl+n")
        assert room.here == "kinds.duration"
        assert room.field.raw == "4 of"
        assert room.focused_in(Field)
        assert re.search(r"Try|Write|for example|like", room.text("#wrong")), room.text("#wrong")


async def test_08_continue_shows_all_errors_of_a_form_keeps_the_input_and_goes_to_the_first(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.table") as room:
        await room.press("enter", *"events", "enter", *"Stripe", "enter", "1", "enter", *"4 of", "ctrl+n")
        assert room.table.editing
        wrong = [str(line.render()) for line in room.app.screen.query(".form-wrong") if line.display]
        assert len(wrong) == 2, "one cell cannot be read, another has nothing"
        assert room.raw["ids_kept"] == "4 of"
        assert room.focused_column == "ids_kept"
        await room.press("escape")
        await room.jump("kinds.line")
        await room.press("f3", "tab", *"some day", "ctrl+n")
        wrong = [str(line.render()) for line in room.app.screen.query(".form-wrong") if line.display]
        assert len(wrong) == 2
        assert room.of(Form).raw["due"] == "some day"
        current = room.of(Form).current
        assert current is not None
        assert current.id == "owner"


# -- 10 ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [pytest.param((80, 24), marks=pytest.mark.slow), (60, 20)], ids="{0[0]}x{0[1]}".format)
async def test_10_question_answer_continue_and_hints_are_in_sight_of_every_answered_question_too(
    size: tuple[int, int], tmp_path: Path, catalog: Catalog
) -> None:
    """Of the questions as they are shipped, without answers: `tests/tui/test_every_question_fits.py`."""
    handoff = HandoffFile.read(PAYMENTS)[1]
    hidden: dict[str, list[str]] = {}
    async with in_interview(tmp_path, catalog.load("payments"), handoff.answers, size=size) as room:
        for question in room.session.interview.asked:
            await room.jump(question.id)
            parts = ["#ask", "#continue", "#hints .hint"]
            out = [part for part in parts if not room.in_sight(room.app.screen.query(part).first())]
            field = room.app.screen.find_widget(room.app.screen.query("#page .field, .rows-list").first())
            out += [] if field.visible_region.height >= min(field.region.height, 2) else ["the answer"]
            if out:
                hidden[question.id] = out
    assert hidden == {}


@pytest.mark.parametrize(("columns", "lines"), SIZES[1:])
def test_10_in_a_real_terminal_of_this_size_the_first_question_is_all_there(
    columns: int, lines: int, tmp_path: Path
) -> None:
    command = [*COMMAND, "new", "billing", "--template", "payments"]
    with Terminal(command, cwd=tmp_path, columns=columns, lines=lines) as wall:
        wall.wait_for("what do we call it")
        wall.send("Billing", ENTER, "2", ENTER, "\t", "Māra", CTRL_N)
        wall.wait_for("Finish the sentence")
        wall.wait_for(lambda seen: "Continue" in seen.screen_text and "Ctrl+N continue" in seen.screen_text)
        assert "F1 help" in wall.screen_text
        assert "▌" in wall.screen_text, "the field"


# -- 15 ----------------------------------------------------------------------------------------------------------------


def _counted(room: Room) -> tuple[int, int]:
    found = re.search(r"(\d+) of (\d+)", room.screen)
    assert found, room.screen
    return int(found[1]), int(found[2])


async def test_15_progress_says_the_number_the_open_and_the_stale_and_recounts_when_a_branch_changes(
    tmp_path: Path,
) -> None:
    marked = {
        **COMPLETE,
        "watch.window": Answer(mark=Open(owner="mara", due=TODAY)),
        "close.signoff": Answer(value="Support", stale=Stale("start.weight", "high")),
    }
    async with in_interview(tmp_path, small(), marked, at="start.goal") as room:
        assert "1 open · 1 stale" in room.words
        first, total = _counted(room)
        assert first == 1
        await room.jump("start.weight")
        assert _counted(room) == (2, total)
        await room.press("2", "enter")
        await room.jump("start.weight")
        assert _counted(room) == (2, total + 1), "the rehearsal is asked now too"
        await room.press("1", "enter")
        await room.jump("close.signoff")
        assert _counted(room) == (total - 1, total)


async def test_15_a_question_that_is_asked_on_request_has_no_number_of_a_total(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, at="start.count") as room:
        assert "optional" in room.words
        assert not re.search(r"\d+ of \d+", room.words)


# -- 16 ----------------------------------------------------------------------------------------------------------------


async def test_16_a_suggested_value_is_marked_can_be_changed_and_counts_only_once_it_is_confirmed(
    tmp_path: Path,
) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.suggested") as room:
        assert "suggested" in room.text("#state")
        assert room.field.raw == "in user external_id"
        await room.press("escape")
        await room.review()
        assert "in user external_id" not in room.words
        assert "external_id" not in (tmp_path / "x.handoff.toml").read_text()
        await room.jump("kinds.suggested")
        await room.press("end", *" of Zendesk", "enter")
        assert room.on_disk().answer("kinds.suggested").value == "in user external_id of Zendesk"


async def test_16_what_only_stands_there_as_an_example_is_never_stored(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED) as room:
        before = room.session.handoff
        for question in ("line", "text", "number", "duration", "date", "contact", "system", "many", "choice"):
            await room.jump(f"kinds.{question}")
            await room.press("ctrl+n")
            assert room.here == f"kinds.{question}"
            assert room.text("#wrong")
        for opened in ("f3", "f9"):
            await room.press(opened, "ctrl+n", "escape")
        assert room.session.handoff == before


# -- 18 ----------------------------------------------------------------------------------------------------------------


async def test_18_several_lines_pasted_into_a_field_of_one_line_lose_nothing_and_are_not_taken_as_one(
    tmp_path: Path,
) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.line") as room:
        await room.paste("first\r\nsecond\tone\n\nthird")
        assert str(room.field.raw).split() == ["first", "second", "one", "third"]
        await room.press("enter")
        assert room.here == "kinds.line"
        assert "several" in room.text("#wrong")
        assert str(room.field.raw).split() == ["first", "second", "one", "third"]
        await room.jump("kinds.system")
        await room.paste("first\nsecond")
        assert str(room.field.raw).split() == ["first", "second"]


def test_18_in_a_real_terminal_a_paste_of_several_lines_answers_nothing_by_itself(tmp_path: Path) -> None:
    with_team(tmp_path)
    with Terminal([*COMMAND, "new", "billing", "--template", "team"], cwd=tmp_path) as wall:
        wall.wait_for("what do we call it")
        wall.send("Billing", ENTER, "2", ENTER, "\t", "Māra", CTRL_N)
        wall.wait_for("What is it for?")
        wall.send(paste("first line\nsecond line\nthird line"))
        wall.wait_for("third line")
        assert "What is it for?" in wall.screen_text
        assert "first line" in wall.screen_text
        assert "second line" in wall.screen_text


# -- 19 ----------------------------------------------------------------------------------------------------------------


async def test_19_space_toggles_enter_continues_and_the_button_counts(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.few") as room:
        await room.press("enter")
        assert room.here == "kinds.few", "nothing is chosen"
        assert "Choose at least one" in room.text("#wrong")
        for keys, count in ((["space"], " with 1"), (["down", "space"], " with 2"), (["space"], " with 1")):
            await room.press(*keys)
            assert str(room.app.screen.query_one("#continue", Button).label) == f"Continue{count}"
        await room.press("enter")
        assert room.on_disk().answer("kinds.few").value == ["refresh"]
        assert room.here != "kinds.few"


async def test_19_by_mouse_a_click_toggles_and_the_button_continues(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.few") as room:
        options = room.one("#page .field Options")
        for line in (0, 1, 0):
            await room.click(options, line=line)
        await room.click("#continue")
        assert room.on_disk().answer("kinds.few").value == ["retry"]


# -- 27 ----------------------------------------------------------------------------------------------------------------


@sizes
async def test_27_the_top_says_theme_question_and_what_is_left_at_every_size(
    size: tuple[int, int], tmp_path: Path, catalog: Catalog
) -> None:
    template = catalog.load("identity")
    open_ones = [question.id for question in template.by_id.values()][-12:]
    answers = {
        **{key: Answer(mark=Open(owner="mara", due=TODAY)) for key in open_ones},
        "business_state.criticality": "delay",
        "source_of_truth.keep_for": Answer(value="90d", stale=Stale("business_state.criticality", "money_or_access")),
    }
    async with in_interview(tmp_path, template, answers, size=size) as room:
        for section in template.sections:
            question = room.session.interview.asked_in(section)[0]
            await room.jump(question.id)
            number = room.session.interview.number(question)
            assert number is not None
            line = next(line for line in room.screen.split("\n") if f"{number[0]} of {number[1]}" in line)
            theme = line.split("·")[0].strip()
            assert theme.rstrip("…").strip() in section.theme
            assert len(theme) >= 12, "enough to tell one theme from another"
            assert re.search(r"\d+ open · 1 stale · \d+ min left", line), line


async def test_27_the_top_never_nags(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), COMPLETE, at="start.goal") as room:
        top = "\n".join(room.screen.split("\n")[:6])
        assert "all answered" in top
        assert not re.search(r"!|hurry|only|still|late|remember", top)
