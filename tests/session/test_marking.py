"""“We don't know yet”, one open cell, a note: what stands beside an answer (behaviours 5 and 17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from handoff_tui.core.answers import Answer, Assumed, Mark, NotApplicable, Note, Open, OpenCell, Stale, State
from handoff_tui.core.reading import PEOPLE
from tests.core.making import ALERT, MARA, complete, handoff_of
from tests.session.making import ASSUMED, OPEN, places, saved, session_of

WINDOW, ALERTS = "watch.window", "watch.alerts"
DUE = date(2026, 12, 4)
MARKS: dict[str, tuple[str, dict[str, object], Mark]] = {
    "open": ("open", OPEN, Open(owner="mara", due=DUE)),
    "open, with what is known": (
        "open",
        OPEN | {"note": "10d\nor 20d"},
        Open(owner="mara", due=DUE, note="10d\nor 20d"),
    ),
    "open, as people say it": ("open", {"owner": "MĀRA BĒRZIŅA", "due": "in 11 days"}, Open(owner="mara", due=DUE)),
    "assumed": ("assumed", ASSUMED, Assumed(basis="draft 3", confirmer="mara", due=DUE)),
    "not applicable": ("not_applicable", {"reason": "no alerts at all"}, NotApplicable(reason="no alerts at all")),
}


@pytest.mark.parametrize(("kind", "raw", "mark"), MARKS.values(), ids=MARKS)
def test_a_mark_is_set_and_the_value_is_kept(kind: str, raw: dict[str, object], mark: Mark) -> None:
    session = session_of()
    assert session.mark(WINDOW, kind, raw) == []
    assert session.handoff.answer(WINDOW) == Answer("4h", mark)
    assert saved(session) == [session.handoff]


@pytest.mark.parametrize(
    ("kind", "raw", "wrong"),
    [
        ("open", {}, ["owner", "due"]),
        ("open", {"owner": "?", "due": "soon"}, ["owner", "due"]),
        ("open", {"owner": "mara"}, ["due"]),
        ("assumed", {}, ["basis", "confirmer", "due"]),
        ("assumed", {"basis": "x", "confirmer": "mara", "due": "03/04/2027"}, ["due"]),
        ("not_applicable", {"reason": " "}, ["reason"]),
    ],
)
def test_a_mark_that_says_too_little_is_refused_and_nothing_changes(
    kind: str, raw: dict[str, object], wrong: list[str]
) -> None:
    session = session_of()
    assert [column for _, column in places(session.mark(WINDOW, kind, raw))] == wrong
    assert session.handoff == complete()
    assert saved(session) == []


def test_who_finds_out_joins_the_people_with_the_name_as_typed() -> None:
    session = session_of()
    session.mark(WINDOW, "open", OPEN | {"owner": "Siobhán O'Reilly"})
    session.mark("start.goal", "assumed", ASSUMED | {"confirmer": "Zofia Ł"})
    session.open_cell(ALERTS, "LagHigh", "runbook", OPEN | {"owner": "Lee Nguyễn"})
    assert session.people() == {
        "mara": "Māra Bērziņa",
        "siobhan-oreilly": "Siobhán O'Reilly",
        "zofia-l": "Zofia Ł",
        "lee-nguyen": "Lee Nguyễn",
    }


def test_one_mark_takes_the_place_of_another() -> None:
    session = session_of()
    session.mark(WINDOW, "open", OPEN)
    session.mark(WINDOW, "not_applicable", {"reason": "no window at all"})
    assert session.handoff.answer(WINDOW) == Answer("4h", NotApplicable(reason="no window at all"))


@pytest.mark.parametrize(("kind", "raw", "mark"), MARKS.values(), ids=MARKS)
def test_what_a_newer_program_wrote_beside_a_mark_stays(kind: str, raw: dict[str, object], mark: Mark) -> None:
    old = replace(mark, extra={"ticket": 4711})
    session = session_of(complete().with_answer(WINDOW, Answer("4h", old)))
    assert session.mark(WINDOW, kind, raw) == []
    assert session.handoff.answer(WINDOW).mark == old
    assert session.mark(WINDOW, "open", {"owner": "mara", "due": "2027-01-01"}) == []
    other = session.handoff.answer(WINDOW).mark
    assert other is not None
    assert other.extra == ({"ticket": 4711} if kind == "open" else {}), "the key belonged to the other kind of mark"


def test_a_mark_lifts_staleness_and_keeps_the_note() -> None:
    note = Note(text="asked finance")
    session = session_of(complete().with_answer(WINDOW, Answer("4h", stale=Stale("start.weight", "low"), note=note)))
    session.mark(WINDOW, "open", OPEN)
    assert session.handoff.answer(WINDOW) == Answer("4h", Open(owner="mara", due=DUE), note=note)


def test_an_open_question_is_open_everywhere_and_counts_as_done() -> None:
    session = session_of(handoff_of({PEOPLE: [MARA]}))
    for question in session.interview.asked:
        assert session.mark(question.id, "open", OPEN) == [], question.id
        assert session.interview.state(question) is State.OPEN
    assert session.interview.progress.open == len(session.interview.asked)


# -- an answer that is assumed -----------------------------------------------------------------------------------


def test_an_assumption_has_its_answer_and_its_basis_in_one_step() -> None:
    session = session_of(handoff_of({PEOPLE: [MARA]}))
    before = session.handoff
    assert session.assume(WINDOW, "8 hours", ASSUMED) == []
    assert session.handoff.answer(WINDOW) == Answer("8h", Assumed(basis="draft 3", confirmer="mara", due=DUE))
    session.undo()
    assert session.handoff == before, "not an answer that nobody gave as a firm one"


def test_an_answer_that_stood_may_be_assumed_as_it_is() -> None:
    session = session_of()
    assert session.assume(WINDOW, "4h", ASSUMED) == []
    assert session.handoff.answer(WINDOW).state is State.ASSUMED
    assert session.undo() == "“Window” marked assumed"
    assert session.handoff == complete()


@pytest.mark.parametrize(
    ("raw", "form", "wrong"), [("soon", ASSUMED, None), ("8h", {}, "basis"), ("soon", {}, "basis")]
)
def test_an_assumption_that_is_half_right_changes_nothing(raw: str, form: dict[str, object], wrong: str | None) -> None:
    session = session_of()
    rejections = session.assume(WINDOW, raw, form)
    assert rejections[0].column == wrong
    assert session.handoff == complete()
    assert session.undo() is None


def test_a_table_may_be_assumed() -> None:
    session = session_of()
    assert session.assume(ALERTS, [ALERT | {"alert": "Silence"}], ASSUMED) == []
    assert session.handoff.answer(ALERTS).state is State.ASSUMED
    assert session.rows(ALERTS)[0]["alert"] == "Silence"


# -- one open cell -----------------------------------------------------------------------------------------------


def test_one_cell_is_open_by_itself() -> None:
    session = session_of()
    assert session.open_cell(ALERTS, "LagHigh", "runbook", OPEN) == []
    assert session.handoff.open_cells == (OpenCell(ALERTS, "LagHigh", "runbook", "mara", DUE),)
    assert session.handoff.answer(ALERTS) == Answer([ALERT]), "the rest of the table is answered"
    assert session.interview.progress.open == 1


def test_a_cell_is_marked_open_anew_in_its_place() -> None:
    session = session_of()
    session.open_cell(ALERTS, "LagHigh", "runbook", OPEN)
    session.open_cell(ALERTS, "LagHigh", "runbook", {"owner": "mara", "due": "2027-01-01"})
    assert [cell.due for cell in session.handoff.open_cells] == [date(2027, 1, 1)]


def test_an_open_cell_needs_an_owner_and_a_date() -> None:
    session = session_of()
    assert [column for _, column in places(session.open_cell(ALERTS, "LagHigh", "runbook", {}))] == ["owner", "due"]
    assert session.handoff == complete()


# -- notes -------------------------------------------------------------------------------------------------------

NOTES: dict[str, tuple[dict[str, object], Note]] = {
    "a text": ({"text": "asked finance\non Monday"}, Note(text="asked finance\non Monday")),
    "who agreed": ({"text": "", "agreed_by": ["mara"]}, Note(agreed_by=("mara",))),
    "both": ({"text": "sure", "agreed_by": "Māra Bērziņa"}, Note(text="sure", agreed_by=("mara",))),
}


@pytest.mark.parametrize(("raw", "note"), NOTES.values(), ids=NOTES)
def test_a_note_says_something_or_who_agreed_or_both(raw: dict[str, object], note: Note) -> None:
    session = session_of()
    assert session.note(WINDOW, raw) == []
    assert session.handoff.answer(WINDOW) == Answer("4h", note=note)


@pytest.mark.parametrize("raw", [{}, {"text": "", "agreed_by": []}, {"text": " \n", "agreed_by": " "}])
def test_an_empty_form_takes_the_note_away(raw: dict[str, object]) -> None:
    session = session_of(complete().with_answer(WINDOW, Answer("4h", note=Note(text="x", agreed_by=("mara",)))))
    assert session.note(WINDOW, raw) == []
    assert session.handoff == complete()
    session.undo()
    assert session.handoff.answer(WINDOW).note == Note(text="x", agreed_by=("mara",))


def test_a_note_is_replaced_as_a_whole_but_for_what_a_newer_program_wrote() -> None:
    old = Note(text="x", agreed_by=("mara",), extra={"ticket": 4711})
    session = session_of(complete().with_answer(WINDOW, Answer("4h", note=old)))
    session.note(WINDOW, {"text": "y"})
    assert session.handoff.answer(WINDOW).note == Note(text="y", extra={"ticket": 4711})


@pytest.mark.parametrize(
    ("raw", "column"),
    [({"text": "x" * 20_001}, "text"), ({"text": "fine", "agreed_by": ["mara", "???"]}, "agreed_by")],
)
def test_a_note_that_cannot_be_taken_changes_nothing(raw: dict[str, Any], column: str) -> None:
    session = session_of()
    assert places(session.note(WINDOW, raw)) == [(None, column)]
    assert session.handoff == complete()


def test_a_question_without_an_answer_may_have_a_note() -> None:
    session = session_of(handoff_of())
    assert session.note(WINDOW, {"text": "ask Lee"}) == []
    assert session.interview.state(session.template.by_id[WINDOW]) is State.UNANSWERED
    assert session.handoff.answer(WINDOW).note == Note(text="ask Lee")
