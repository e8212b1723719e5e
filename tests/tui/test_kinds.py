"""Each kind of question with keys, with the mouse, and with input that is no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handoff_tui.tui.widgets.field import Field
from handoff_tui.tui.widgets.options import Options
from tests.tui.driver import Room, in_interview
from tests.tui.making import NAMED, kinds


@dataclass(frozen=True)
class Case:
    """One way to answer: what is pressed, then the button or key that continues, and what is stored."""

    question: str
    keys: Sequence[str]
    value: Any
    then: str = "enter"

    @property
    def id(self) -> str:
        return f"kinds.{self.question}"


def _typed(text: str) -> list[str]:
    return ["enter" if char == "\n" else char for char in text]


BY_KEYS = (
    Case("line", _typed("  a  [b] "), "a  [b]"),
    Case("text", _typed("one\ntwo"), "one\ntwo", then="ctrl+n"),
    Case("number", _typed("1,800 updates"), 1800),
    Case("duration", _typed("4 hours"), "4h"),
    Case("date", _typed("24 Dec"), date(2026, 12, 24)),
    Case("contact", _typed("māra bērziņa"), "mara"),
    Case("contact", ["down", "down"], "zofia"),
    Case("system", _typed("stripe"), "Stripe"),
    Case("choice", ["down", "down"], "mid"),
    Case("choice", ["3"], "high"),
    Case("choice", ["space"], "low"),
    Case("many", ["space", "down", "down", "space"], ["card", "photo"]),
    Case("many", ["2", "tab", *_typed("Bank login"), "enter"], ["code", "bank_login"]),
    Case("many", ["1", "1", "3"], ["photo"]),
    Case("few", ["3"], ["none"]),
    Case("suggested", [], "in user external_id"),
    Case("suggested", ["ctrl+u", *_typed("other")], "other"),
    Case("suggested_many", ["2"], ["card", "code"]),
)


@pytest.mark.parametrize("case", BY_KEYS, ids=lambda case: f"{case.question}-{case.value}")
async def test_keys_answer_it_and_bring_up_the_next_question(case: Case, tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=case.id) as room:
        following = room.session.interview.after(room.session.place)
        await room.press(*case.keys)
        assert room.value(case.id) is None, "nothing is an answer before Continue"
        await room.press(case.then)
        assert room.value(case.id) == case.value
        assert room.session.place == following
        assert room.page.question.id == following.id
        assert room.on_disk().answer(case.id).value == case.value


@pytest.mark.parametrize("key", ["enter", "ctrl+n"])
async def test_both_keys_continue_from_a_field_of_one_line(key: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.line") as room:
        await room.press("x", key)
        assert (room.value("kinds.line"), room.here) == ("x", "kinds.text")


BY_MOUSE = (
    Case("line", _typed("a"), "a"),
    Case("text", _typed("a\nb"), "a\nb"),
    Case("number", _typed("7"), 7),
    Case("duration", _typed("2w"), "2w"),
    Case("date", _typed("2026-12-01"), date(2026, 12, 1)),
    Case("contact", _typed("mara"), "mara"),
    Case("system", _typed("Zendesk"), "Zendesk"),
)


@pytest.mark.parametrize("case", BY_MOUSE, ids=lambda case: case.question)
async def test_a_click_into_the_field_and_one_on_continue_answer_it(case: Case, tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=case.id) as room:
        room.app.set_focus(None)
        await room.click(room.field.query("LineInput, TextBox").first(), line=0)
        await room.press(*case.keys)
        await room.click("#continue")
        assert room.value(case.id) == case.value
        assert room.here != case.id


@pytest.mark.parametrize(
    ("question", "lines", "value"),
    [
        ("choice", [2], "high"),
        ("choice", [0, 1], "mid"),
        ("many", [0, 2], ["card", "photo"]),
        ("few", [0, 0, 1], ["retry"]),
    ],
)
async def test_a_click_on_an_option_chooses_it(
    question: str, lines: Sequence[int], value: object, tmp_path: Path
) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=f"kinds.{question}") as room:
        for line in lines:
            await room.click(room.of(Options), line=line)
        await room.click("#continue")
        assert room.value(f"kinds.{question}") == value


@pytest.mark.parametrize(("question", "name"), [("contact", "zofia"), ("system", "Zendesk")])
async def test_a_click_on_a_name_that_is_known_takes_it(question: str, name: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=f"kinds.{question}") as room:
        names = room.field.query_one(Options)
        line = names.render().plain.split("\n")[0]
        await room.click(names, line=0, column=line.index(name) + 1 + names.styles.padding.left)
        assert room.field.raw == name
        await room.press("enter")
        assert room.value(f"kinds.{question}") == name


@dataclass(frozen=True)
class Wrong:
    """Input that is no answer, and a word of what is said about it."""

    question: str
    keys: Sequence[str]
    said: str
    raw: str | list[str]
    then: str = "enter"


WRONG = (
    Wrong("line", [], "no answer yet", ""),
    Wrong("line", _typed("TBD"), "“TBD” is not an answer", "TBD"),
    Wrong("text", _typed("n/a"), "“n/a” is not an answer", "n/a", then="ctrl+n"),
    Wrong("number", _typed("many"), "not a whole number", "many"),
    Wrong("number", _typed("0"), "too small", "0"),
    Wrong("duration", _typed("4"), "4h", "4"),
    Wrong("duration", _typed("2 months"), "Months differ", "2 months"),
    Wrong("date", _typed("03/04/2026"), "two different days", "03/04/2026"),
    Wrong("date", _typed("someday"), "not a date", "someday"),
    Wrong("contact", _typed("???"), "not an answer", "???"),
    Wrong("system", [], "no answer yet", ""),
    Wrong("choice", [], "Choose one", ""),
    Wrong("many", [], "Nothing is chosen", []),
    Wrong("many", ["tab", "?"], "not an answer", ["?"], then="ctrl+n"),
    Wrong("few", ["1", "3"], "cannot stand beside", ["refresh", "none"]),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: f"{wrong.question}-{wrong.said}")
async def test_what_is_no_answer_is_said_only_on_continue_and_stays_as_it_was_typed(
    wrong: Wrong, tmp_path: Path
) -> None:
    question_id = f"kinds.{wrong.question}"
    async with in_interview(tmp_path, kinds(), NAMED, at=question_id) as room:
        await room.press(*wrong.keys)
        assert room.text("#wrong") == "", "nothing is said while somebody types"
        await room.press(wrong.then)
        assert wrong.said in room.text("#wrong")
        assert wrong.said in room.words
        assert room.field.raw == wrong.raw
        assert room.focused_in(Field)
        assert (room.value(question_id), room.here) == (None, question_id)


async def test_the_complaint_goes_away_with_the_next_key_and_comes_back_only_on_continue(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.duration") as room:
        await room.press("4", "enter")
        assert room.text("#wrong")
        await room.press("x")
        assert room.text("#wrong") == ""
        await room.press("backspace", "h", "enter")
        assert room.value("kinds.duration") == "4h"


@pytest.mark.parametrize(
    ("question", "text", "understood"),
    [("duration", "4h", "4 hours"), ("date", "24 Dec", "24 Dec 2026"), ("number", "2k", "2,000")],
)
async def test_what_is_read_as_something_else_is_shown_beside_it(
    question: str, text: str, understood: str, tmp_path: Path
) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=f"kinds.{question}") as room:
        await room.write(text)
        assert understood in room.text(".understood")


async def test_the_button_counts_what_is_chosen_of_many(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.many") as room:
        assert "Continue with" not in room.words
        await room.press("1", "2")
        assert "Continue with 2" in room.words
        await room.press("1")
        assert "Continue with 1" in room.words


@pytest.mark.parametrize(
    ("question", "name", "lacks", "table", "row"),
    [
        (
            "contact",
            "Jürgen Groß",
            ["1"],
            "parties.people",
            {"key": "jurgen-gross", "name": "Jürgen Groß", "function": "eng"},
        ),
        ("system", "Entitlements", ["2"], "parties.systems", {"name": "Entitlements", "role": "other"}),
    ],
)
async def test_a_new_name_joins_on_the_spot_and_is_asked_for_what_it_lacks(
    question: str, name: str, lacks: Sequence[str], table: str, row: dict[str, str], tmp_path: Path
) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=f"kinds.{question}") as room:
        await room.write(name)
        await room.press("enter")
        assert room.screen_name == "FormDialog"
        assert f"{name} is new here" in room.words
        await room.press(*lacks, "enter")
        assert room.rows(table)[-1] == row
        assert room.here not in (f"kinds.{question}", "parties.people")
        assert room.screen_name == "InterviewScreen"


async def test_a_newcomer_nobody_wants_to_describe_stays_in_the_answer_and_unfinished_among_the_names(
    tmp_path: Path,
) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.contact") as room:
        await room.write("Ann\n")
        await room.press("escape")
        assert room.value("kinds.contact") == "ann"
        assert room.rows("parties.people")[-1] == {"key": "ann", "name": "Ann"}
        assert room.here == "kinds.system"
        people = room.session.template.by_id["parties.people"]
        assert room.session.interview.state(people).value == "unfinished"


async def _paste_lines(room: Room) -> str:
    await room.paste("first line\nsecond | line\n\nthird")
    return str(room.field.raw)


async def test_lines_pasted_into_a_field_of_one_line_lose_no_word(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.line") as room:
        raw = await _paste_lines(room)
        assert [word for word in ("first", "second", "|", "third") if word not in raw] == []


async def test_lines_pasted_into_a_text_stay_lines(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.text") as room:
        await _paste_lines(room)
        await room.press("ctrl+n")
        assert room.value("kinds.text") == "first line\nsecond | line\n\nthird"


@pytest.mark.parametrize(
    ("question", "key"), [("line", "ctrl+backspace"), ("duration", "alt+backspace"), ("text", "ctrl+backspace")]
)
async def test_deleting_a_word_deletes_to_the_left(question: str, key: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at=f"kinds.{question}") as room:
        await room.write("one two three")
        for _ in " three":
            await room.press("left")
        await room.press(key)
        assert str(room.field.raw).split() == ["one", "three"]
