"""Every shipped question, at every size a team has: question, answer, Continue and a key hint are in sight together."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.geometry import Region
from textual.widget import Widget

from handoff_tui.catalog import Catalog
from handoff_tui.core.answers import Answer, Note
from handoff_tui.core.question import Question
from handoff_tui.core.table import TableKind
from handoff_tui.core.template import Template
from handoff_tui.tui.widgets.chrome import Action
from handoff_tui.tui.widgets.form import FormLine
from handoff_tui.tui.widgets.rows import Rows
from tests.tui.driver import Room, in_interview
from tests.tui.making import NAMED, kinds

SIZES = ((120, 36), (80, 24), (60, 20))
ROW = {"path": "events", "sends": "Stripe", "by": "batch", "says": "late", "class": "money"}
NAMES = ("general", "payments", "identity", "operations")
TIGHTEST = SIZES[-1]
"""Always looked at; the roomier ones with what is slow."""
BY_SIZE = [
    pytest.param(size, id="{}x{}".format(*size), marks=[pytest.mark.slow] * (size != TIGHTEST)) for size in SIZES
]


def _looks(question: Question, height: int) -> object:
    """What a question shows at this height: first the example moves behind F1, then the why and a scenario's words."""
    field = question.field
    shown: list[object] = [question.ask, question.suggest, question.id]
    shown += [question.why, question.adds] if height >= 22 else []
    shown += [question.example, question.hint] if height >= 30 else []
    rows = (field.row_name, field.seeds) if isinstance(field, TableKind) else field
    return [*shown, rows]


def _own(name: str, height: int) -> list[Question]:
    """The questions of a template that look otherwise than in the base: those that look the same are looked at once."""
    catalog = Catalog()
    own = list(catalog.load(name).by_id.values())
    base = {} if name == "general" else catalog.load("general").by_id
    return [q for q in own if q.id not in base or _looks(base[q.id], height) != _looks(q, height)]


def _sized(widget: Widget) -> Region:
    return widget.app.screen.find_widget(widget).region


def _out_of_sight(room: Room, question: Question) -> list[str]:
    """What of the four is not wholly on the screen."""
    body = "#row-add" if isinstance(question.field, TableKind) else "#page .field"
    parts = {"question": "#ask", "answer": body, "Continue": "#continue", "hint": "#hints .hint"}
    found = {name: room.app.screen.query(selector).first() for name, selector in parts.items()}
    return [f"{name} at {_sized(widget)}" for name, widget in found.items() if not room.in_sight(widget)]


@pytest.mark.parametrize("size", BY_SIZE)
@pytest.mark.parametrize("name", NAMES)
async def test_question_answer_continue_and_a_hint_are_in_sight(
    name: str, size: tuple[int, int], tmp_path: Path, catalog: Catalog
) -> None:
    hidden: dict[str, list[str]] = {}
    template: Template = catalog.load(name)
    async with in_interview(tmp_path, template, size=size) as room:
        for question in _own(name, size[1]):
            await room.jump(question.id)
            if out := _out_of_sight(room, question):
                hidden[question.id] = out
    assert hidden == {}


@pytest.mark.slow
@pytest.mark.parametrize("size", BY_SIZE[1:])
async def test_the_form_of_a_row_begins_in_sight_with_the_button_that_keeps_it_and_a_hint(
    size: tuple[int, int], tmp_path: Path, catalog: Catalog
) -> None:
    hidden: dict[str, list[str]] = {}
    async with in_interview(tmp_path, catalog.load("general"), size=size) as room:
        for question in _own("general", size[1]):
            if not isinstance(question.field, TableKind):
                continue
            await room.jump(question.id)
            room.one("#row-add").focus()
            await room.press("enter")
            field = room.app.screen.find_widget(room.table.form.query(".field").first())
            whole = [room.one("#row-keep"), room.one("#hints .hint")]
            # Eleven choices and the rows do not fit beside a question on twenty lines: the choices' beginning does.
            whole += [room.one("#ask")] if field.region.height <= 3 else []
            out = [str(_sized(widget)) for widget in whole if not room.in_sight(widget)]
            begins = field.visible_region.offset == field.region.offset
            if out or not begins or field.visible_region.height < min(field.region.height, 3):
                hidden[question.id] = [*out, str(field.visible_region)]
    assert hidden == {}


async def test_on_a_small_screen_a_row_that_stands_is_edited_without_the_note_and_the_list_in_the_way(
    tmp_path: Path,
) -> None:
    rows = {**NAMED, "kinds.table": Answer(value=[ROW], note=Note(text="; ".join(["finance asked"] * 20)))}
    async with in_interview(tmp_path, kinds(), rows, at="kinds.table", size=(60, 20)) as room:
        await room.press("home", "enter")
        fields = [line.field for line in room.table.form.query(FormLine) if not line.column.more and line.display]
        assert [field for field in fields if not room.in_sight(field)] == []
        await room.press("escape")
        assert room.in_sight(room.one(".rows-list")), "closed, they are there again"
        assert "finance asked" in room.words


async def test_on_a_small_screen_every_button_of_the_rows_is_in_sight(tmp_path: Path) -> None:
    async with in_interview(
        tmp_path, kinds(), {**NAMED, "kinds.table": [ROW]}, at="kinds.table", size=(60, 20)
    ) as room:
        assert [action.id for action in room.of(Rows).query(Action) if not room.in_sight(action)] == []


async def test_the_buttons_of_a_dialog_are_in_sight_however_many_people_it_offers(tmp_path: Path) -> None:
    people = [{"key": f"p{number}", "name": f"Person {number} of the team", "function": "eng"} for number in range(30)]
    async with in_interview(tmp_path, kinds(), {"parties.people": people}, at="kinds.line", size=(60, 20)) as room:
        for key in ("f9", "f3"):
            await room.press(key)
            assert room.in_sight(room.one("#dialog-keep")), key
            assert room.in_sight(room.one("#dialog-close")), key
            await room.press("escape")
