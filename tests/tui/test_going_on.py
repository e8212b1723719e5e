"""What was typed and not accepted is gone on with where the typing stopped."""

from __future__ import annotations

from pathlib import Path

from handoff_tui.core.interview import Place
from tests.tui.driver import in_interview
from tests.tui.making import NAMED, kinds


async def test_a_note_that_was_closed_half_typed_is_gone_on_with(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.text") as room:
        await room.press("f9")
        await room.write("half a ")
        await room.press("escape", "f9")
        await room.write("note")
        await room.press("ctrl+n")
        note = room.answer("kinds.text").note
        assert note is not None
        assert (note.text, note.agreed_by) == ("half a note", ())


async def test_a_mark_that_was_closed_half_typed_is_gone_on_with(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.text") as room:
        await room.press("f3")
        await room.write("Zof")
        await room.press("escape", "f3")
        await room.write("ia")
        assert room.session.drafts["mark:kinds.text"]["owner"] == "Zofia"


async def test_the_end_of_a_long_line_in_a_cell_is_in_sight_on_coming_back(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.choice") as room:
        session = room.session
        session.jump(Place("question", "kinds.table"))
        session.drafts["kinds.table#"] = {"path": "a path with very many words " * 8 + "the end"}
        session.row, session.form_open, session.cell = None, True, "path"  # as after a crash
        await room.show()
        assert room.focused_column == "path"
        assert "the end" in room.screen
