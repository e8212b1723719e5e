"""Steps back and forth: undo, redo, and what a new step between them does."""

from __future__ import annotations

from tests.session.making import ASSUMED, saved, session_of
from tests.tui.driver import new_handoff
from tests.tui.making import NAMED, kinds

WINDOW = "watch.window"


def test_a_step_that_was_taken_back_is_taken_again_and_saved() -> None:
    session = session_of()
    session.answer(WINDOW, "6h")
    session.answer(WINDOW, "8h")
    after = session.handoff
    assert "Window" in str(session.undo())
    assert "Window" in str(session.undo())
    assert session.handoff.value(WINDOW) == "4h"
    assert "Window" in str(session.redo())
    assert session.handoff.value(WINDOW) == "6h"
    session.redo()
    assert session.handoff == after
    assert saved(session)[-1] == after
    assert session.redo() is None


def test_back_and_forth_any_number_of_times_ends_where_it_began() -> None:
    session = session_of()
    before = session.handoff
    session.answer(WINDOW, "6h")
    after = session.handoff
    for _ in range(5):
        assert session.undo() is not None
        assert session.handoff == before
        assert session.redo() is not None
        assert session.handoff == after


def test_a_new_step_ends_what_could_be_taken_again() -> None:
    session = session_of()
    session.answer(WINDOW, "6h")
    session.undo()
    session.answer("start.goal", "Something else.")
    assert session.redo() is None
    assert session.handoff.value(WINDOW) == "4h"


def test_what_was_one_step_is_one_step_forward_too() -> None:
    session = session_of()
    session.assume(WINDOW, "9h", ASSUMED)
    after = session.handoff
    session.undo()
    assert session.handoff.value(WINDOW) == "4h"
    session.redo()
    assert session.handoff == after


def test_what_was_typed_into_a_removed_row_comes_back_with_it() -> None:
    session = session_of(new_handoff(kinds(), {**NAMED, "kinds.table": [{"path": "events"}]}), kinds())
    session.drafts["kinds.table#events"] = {"path": "events", "says": "half"}
    session.remove_row("kinds.table", 0)
    assert session.drafts == {}
    session.undo()
    assert session.drafts == {"kinds.table#events": {"path": "events", "says": "half"}}


def test_nothing_goes_back_or_forth_where_somebody_else_has_it_open() -> None:
    session = session_of()
    session.answer(WINDOW, "6h")
    session.undo()
    session.answer(WINDOW, "7h")
    session.read_only = "zofia"
    assert (session.undo(), session.redo()) == (None, None)
    assert session.handoff.value(WINDOW) == "7h"
