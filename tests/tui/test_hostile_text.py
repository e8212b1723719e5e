"""Text that looks like markup, an action, an escape sequence or Markdown is text on every screen, and crashes none."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from handoff_tui.catalog.shape import build
from handoff_tui.core.answers import Answer, Assumed, Note, Open, Stale
from handoff_tui.core.conflicts import Conflict, with_conflicts
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.table import Row
from handoff_tui.core.template import Template
from handoff_tui.session.opened import Outside
from handoff_tui.store.file import HandoffFile
from handoff_tui.tui.app import WizardApp
from handoff_tui.tui.dialogs.outside import OutsideDialog
from tests.slow import rest_slow
from tests.tui.driver import FILE, HOSTILE, Room, in_interview, in_room, open_handoff
from tests.tui.making import NAMED, kinds

PRINTABLE = ("[/x] [red]r[/red] \\[b", "[@click=app.quit]q[/] | `t` <b> @all")
DUE = date(2026, 12, 4)


def _safe(room: Room) -> None:
    """Nothing on the screen obeys: no control character is painted, and nothing but our own widgets can be clicked."""
    for strip in room.app.screen._compositor.render_strips():
        for segment in strip:
            assert segment.text.isprintable(), repr(segment.text)
            assert not segment.style or "@click" not in (segment.style.meta or {}), segment
    assert room.app.is_running


def _shown(room: Room, text: str) -> None:
    _safe(room)
    assert text in room.words, f"{text} is not on\n{room.screen}"


def _answers(text: str) -> dict[str, Any]:
    row: Row = {"path": text, "sends": text, "by": "webhook", "ids_kept": "3d", "says": text, "owner": "mara"}
    people = [{"key": "mara", "name": text, "function": "eng"}, {"key": text, "name": "Zofia", "function": "eng"}]
    return {
        "parties.people": people,
        "parties.systems": [{"name": text, "role": "source"}],
        "kinds.line": Answer(value=text, note=Note(text=f"note {text}", agreed_by=("mara", text))),
        "kinds.text": f"{text}\n{text}",
        "kinds.number": Answer(mark=Open(note=text, owner=text, due=DUE)),
        "kinds.duration": Answer(value="4h", mark=Assumed(basis=text, confirmer="mara", due=DUE)),
        "kinds.contact": text,
        "kinds.system": text,
        "kinds.many": ["card", text],
        "kinds.suggested": Answer(value="x", stale=Stale("kinds.line", text)),
        "kinds.table": [row],
    }


@pytest.mark.parametrize("text", rest_slow(PRINTABLE))
async def test_in_answers_marks_notes_and_rows_it_is_shown_as_it_was_typed(text: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), _answers(text), name=text, owner="mara", size=(140, 40)) as room:
        for question in kinds().by_id.values():
            await room.jump(question.id)
            _shown(room, text)
        await room.jump("kinds.table")
        await room.press("enter")
        _shown(room, text)
        await room.click("#form-more")
        _safe(room)
        await room.press("escape")
        for key in ("f1", "f2", "f3", "f9", "ctrl+q"):
            await room.press(key)
            _safe(room)
            await room.press("escape")
        room.session.jump(room.session.interview.route[-4])
        await room.press("f8")
        _shown(room, text)
        await room.press("slash", *"x", "escape")
        _safe(room)
        await room.press("ctrl+n")
        _shown(room, text)
        await room.press("d")
        _safe(room)
        await room.press("ctrl+p", *"a")
        _safe(room)


@pytest.mark.parametrize("text", PRINTABLE)
async def test_in_a_read_back_it_is_said_as_it_was_typed(text: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), _answers(text), name=text, size=(140, 60)) as room:
        for place in room.session.interview.route:
            if place.kind == "read_back" and place.id != "end":
                room.session.jump(place)
                await room.show()
                assert text in "\n".join(room.listed("#decisions"))
                _safe(room)


@pytest.mark.parametrize("question", rest_slow(["line", "text", "contact", "system", "many", "duration"], keep=3))
async def test_pasted_and_continued_it_crashes_nothing_and_is_stored_or_refused(question: str, tmp_path: Path) -> None:
    at = f"kinds.{question}"
    async with in_interview(tmp_path, kinds(), NAMED, at=at) as room:
        for text in HOSTILE:
            if question == "many":
                await room.press("tab")
            await room.paste(text)
            _safe(room)
            await room.press("ctrl+n")
            _safe(room)
            if room.screen_name == "FormDialog":
                await room.press("escape")
            if question in ("line", "text"):
                assert room.value(at) == "".join(char for char in text if char.isprintable())
            room.session.clear(at)
            room.session.drafts.clear()
            await room.jump(at)


@pytest.mark.parametrize("text", PRINTABLE)
async def test_a_name_that_joins_is_asked_for_as_it_was_typed(text: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.system") as room:
        await room.paste(text)
        await room.press("enter")
        assert room.screen_name == "FormDialog"
        _shown(room, f"{text} is new here")
        await room.press("1", "enter")
        assert room.rows("parties.systems")[-1]["name"] == text


@cache
def _template(text: str) -> Template:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    words = f'label = "{quoted}"\nask = "{quoted}?"\nwhy = "{quoted}"\nexample = "{quoted}"\nhint = "{quoted}"\n'
    raw = tomllib.loads(f"""
format = 1
version = 1
title = "{quoted}"
about = "{quoted}"
[one]
title = "{quoted}"
theme = "{quoted}"
asks = "{quoted}"
minutes = 3
[one.line]
kind = "line"
need = "essential"
{words}
[one.choice]
kind = "choice"
need = "essential"
choices = {{ a = "{quoted}", b = "other" }}
{words}
[one.table]
kind = "table"
need = "essential"
row_name = "{quoted}"
{words}
columns.a = {{ label = "{quoted[:14]}", ask = "{quoted}", example = "{quoted}", hint = "{quoted}" }}
columns.b = {{ kind = "choice", label = "B", choices = {{ a = "{quoted}", b = "other" }} }}
columns.c = {{ label = "{quoted[:14]}", more = true }}
""")
    built = build(raw, "small", ("small",))
    assert isinstance(built, Template), built
    return built


@pytest.mark.parametrize("text", rest_slow(PRINTABLE))
async def test_in_a_template_it_is_shown_as_it_was_written(text: str, tmp_path: Path) -> None:
    async with in_interview(tmp_path, _template(text), {}, size=(120, 40)) as room:
        for question in _template(text).by_id:
            await room.jump(question)
            _shown(room, text)
            await room.press("f1")
            _shown(room, text)
            await room.press("escape")
        await room.jump("one.table")
        await room.press("enter", "x", "enter", "1", "ctrl+n")
        _shown(room, text)
        await room.press("f2")
        _shown(room, text)
        await room.press("escape", "f8")
        _shown(room, text)
        await room.press("ctrl+n")
        _shown(room, text)


async def test_in_a_file_name_it_is_shown_and_the_file_can_be_opened(tmp_path: Path) -> None:
    for text in HOSTILE:
        (tmp_path / f"{text.replace('/', '_')}.handoff.toml").write_text("not toml at all [")
    async with in_room(WizardApp(tmp_path), (120, 40)) as room:
        _safe(room)
        for _ in HOSTILE:
            await room.press("enter")
            _safe(room)
            assert room.screen_name == "HomeScreen"
            await room.press("down")
        assert len(room.said) == len(HOSTILE)


# -- what a file may hold that nobody typed here -----------------------------------------------------------------------

OBEYED = f"{HOSTILE[3]} {HOSTILE[1]} {HOSTILE[0]} {HOSTILE[5]} {HOSTILE[2]}"
"""All of it in one answer, written into the file by hand: what is typed or pasted has no control characters."""


def _from_file(folder: Path) -> Handoff:
    """Return the handoff of a file into which all of it was written by hand, in place of a plain word."""
    opened = open_handoff(folder, kinds(), _answers("plainword"), name="plainword", owner="plainword")
    assert opened.close()
    path = folder / FILE
    path.write_text(path.read_text().replace("plainword", json.dumps(OBEYED)[1:-1]))
    handoff = HandoffFile.read(path)[1]
    path.unlink()
    return handoff


def _disputed(room: Room) -> None:
    handoff, _ = with_conflicts(room.session.handoff, [Conflict("kinds.line", ours=PRINTABLE[0], theirs=PRINTABLE[1])])
    room.session.commit(handoff, f"a merge of {OBEYED}")


@pytest.mark.slow
@pytest.mark.parametrize("size", [(120, 36), (60, 20)])
async def test_from_a_file_it_is_obeyed_nowhere_on_questions_rows_and_dialogs(
    size: tuple[int, int], tmp_path: Path
) -> None:
    handoff = _from_file(tmp_path)
    async with in_interview(tmp_path, kinds(), handoff.answers, name=handoff.head.name, size=size) as room:
        _disputed(room)
        for question in kinds().by_id.values():
            await room.jump(question.id)
            _safe(room)
            for key in ("f3", "f9"):
                await room.press(key)
                _safe(room)
                await room.press("escape")
        await room.jump("kinds.table")
        await room.press("enter")
        _safe(room)
        await room.press("ctrl+n")
        _safe(room)
        await room.press("escape")
        for key in ("f1", "f2", "ctrl+q", "ctrl+p"):
            await room.press(key)
            _safe(room)
            await room.press("escape")
        outside = Outside(("kinds.line", OBEYED), ("kinds.table",))
        for told in (outside, Outside(problem=OBEYED)):
            room.app.push_screen(OutsideDialog(room.session, told))
            await room.settle()
            _safe(room)
            await room.press("escape")


async def test_from_a_file_it_is_obeyed_nowhere_on_review_read_back_and_the_end(tmp_path: Path) -> None:
    handoff = _from_file(tmp_path)
    async with in_interview(tmp_path, kinds(), handoff.answers, name=handoff.head.name, size=(120, 36)) as room:
        _disputed(room)
        for place in room.session.interview.route:
            if place.kind == "read_back":
                room.session.jump(place)
                await room.show()
                _safe(room)
                assert any("wiped" in line for line in room.listed("#decisions")) or place.id == "end"
        await room.review()
        for _ in range(40):
            await room.press("down")
            _safe(room)
        await room.press("slash", *"wiped", "enter")
        assert "wiped" in room.words
        _safe(room)
        await room.press("escape")
        await room.click("#head")
        _safe(room)
        await room.press("escape", "ctrl+n")
        _safe(room)
        await room.press("d")
        assert "wiped" in room.words, "who finds out is listed"
        _safe(room)


async def test_from_a_file_it_is_obeyed_neither_at_home_nor_in_what_is_notified(tmp_path: Path) -> None:
    handoff = _from_file(tmp_path)
    async with in_interview(tmp_path, kinds(), handoff.answers, name=handoff.head.name, at="kinds.table") as room:
        await room.press("home", "delete", "ctrl+z")
        assert any("wiped" in said for said in room.said)
        assert all(char.isprintable() or char == "\n" for said in room.said for char in said)
        _safe(room)
    async with in_room(WizardApp(tmp_path), (120, 36)) as room:
        assert "wiped" in room.words
        _safe(room)
