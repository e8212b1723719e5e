"""Answers from a file: the same bytes as the same steps by hand, and nothing dropped without a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Note, Open, OpenCell, Stale
from handoff_tui.core.handoff import Handoff, Head
from handoff_tui.core.reading import PEOPLE
from handoff_tui.core.template import Template
from handoff_tui.session.batch import fill, missing, start_answers
from handoff_tui.session.session import Session
from handoff_tui.session.start import begin, compose
from handoff_tui.store.file import HandoffFile
from handoff_tui.store.text import dumps
from tests.core.making import ALERT, COMPLETE, MARA, TODAY, complete, handoff_of, small
from tests.session.making import ASSUMED, OPEN, saved, session_of

HEAD = Head(name="Small", template="small", template_version=3, owner="mara", participants=("Māra",))
DUE = date(2026, 12, 4)


def empty() -> Session:
    return session_of(Handoff(head=replace(HEAD, participants=())))


def refused(answers: Handoff) -> list[str]:
    return [str(item) for item in fill(empty(), answers)]


# -- the start screen's part -------------------------------------------------------------------------------------


def test_the_start_screen_is_filled_from_the_file() -> None:
    answers = Handoff(head=HEAD)
    assert start_answers(answers, "other-file") == {
        "name": "Small",
        "moment": "engineering_to_support",
        "participants": ["Māra"],
        "owner": "mara",
    }


def test_without_a_name_in_the_file_it_is_called_as_the_file_is() -> None:
    assert start_answers(Handoff(), "stripe")["name"] == "stripe"
    assert start_answers(None, "stripe") == {"name": "stripe"}
    assert start_answers(None, None) == {"name": ""}


# -- filling -----------------------------------------------------------------------------------------------------


def by_hand(session: Session) -> None:
    for question_id, value in COMPLETE.items():
        assert session.answer(question_id, value) == []
    assert session.mark("watch.window", "open", OPEN) == []
    assert session.assume("start.weight", "high", ASSUMED) == []
    assert session.mark("start.limits", "not_applicable", {"reason": "there are none"}) == []
    assert session.note("start.goal", {"text": "asked\nfinance", "agreed_by": ["mara"]}) == []
    assert session.note("start.count", {"agreed_by": ["mara"]}) == []
    assert session.put_row("watch.alerts", 0, {**ALERT, "urgency": "page_now"}, allow_gaps=True) == []
    assert session.open_cell("watch.alerts", "LagHigh", "runbook", OPEN) == []
    assert session.put_row("watch.alerts", None, {"alert": "Silence", "goes_to": "Zofia Ł", "urgency": "notice"}) == []
    assert session.put_row(PEOPLE, 1, {**session.rows(PEOPLE)[1], "backup": "mara"}) == []
    assert session.answer("close.drill", "every spring") == []
    session.reconfirm("watch.alerts")


def test_the_same_answers_give_the_same_bytes_as_by_hand() -> None:
    spoken, filled = empty(), empty()
    by_hand(spoken)
    assert fill(filled, spoken.handoff) == []
    assert filled.handoff == replace(spoken.handoff, head=filled.handoff.head)
    assert dumps(filled.handoff, small(), "x.handoff.toml") == dumps(spoken.handoff, small(), "x.handoff.toml")
    assert saved(filled)[-1] == filled.handoff


def test_a_hidden_answer_is_taken_over_too() -> None:
    session = empty()
    assert fill(session, complete().with_answer("close.drill", Answer("every spring"))) == []
    assert session.interview.progress.hidden == 1
    assert session.handoff.value("close.drill") == "every spring"


def test_what_is_stale_in_the_file_is_stale_and_nothing_else() -> None:
    stale = complete().with_answer("watch.alerts", Answer([ALERT], stale=Stale("start.weight", "high")))
    session = empty()
    fill(session, stale)
    found = {key: answer.stale for key, answer in session.handoff.answers.items() if answer.stale}
    assert found == {"watch.alerts": Stale("start.weight", "high")}


def test_answers_are_read_as_on_the_screen() -> None:
    session = empty()
    answers = handoff_of({"watch.window": "4 hours", "close.review_by": "1 May 2027", "start.weight": "a nuisance"})
    assert fill(session, answers) == []
    assert session.handoff.value("watch.window") == "4h"
    assert session.handoff.value("close.review_by") == date(2027, 5, 1)
    assert session.handoff.value("start.weight") == "low"


def test_filling_over_answers_that_stand_keeps_those_the_file_does_not_have() -> None:
    session = session_of()
    fill(session, handoff_of({"watch.window": "6h"}))
    assert session.handoff.value("watch.window") == "6h"
    assert session.handoff.value("start.goal") == COMPLETE["start.goal"]


# -- what is refused ---------------------------------------------------------------------------------------------

REFUSED: dict[str, tuple[Handoff, list[str]]] = {
    "a value": (handoff_of({"watch.window": "soon"}), ["watch.window: “soon” is not a length of time."]),
    "a placeholder": (handoff_of({"start.goal": "TBD"}), ["start.goal: “TBD” is not an answer."]),
    "no text": (handoff_of({"start.goal": 3}), ["start.goal: This is not text."]),
    "no number": (handoff_of({"start.count": "x"}), ["start.count: “x” is not a whole number."]),
    "cells": (
        handoff_of({"watch.alerts": [{"alert": "A", "urgency": "later"}, {"alert": "B", "goes_to": "mara"}]}),
        ["watch.alerts.A.urgency: ", "watch.alerts.B.urgency: "],
    ),
    "a gap": (handoff_of({"watch.alerts": [ALERT | {"urgency": "page_now"}]}), ["watch.alerts.LagHigh.runbook: "]),
    "no table": (handoff_of({"watch.alerts": "all"}), ["watch.alerts: This is not a table."]),
    "an open point of nobody": (
        Handoff(answers={"watch.window": Answer(mark=Open(note="asked"))}),
        ["watch.window.owner: ", "watch.window.due: "],
    ),
    "an unreadable date": (
        Handoff(answers={"watch.window": Answer(mark=Open(owner="mara", extra={"due": "soon"}))}),
        ["watch.window.due: "],
    ),
    "an assumption": (
        Handoff(answers={"watch.window": Answer("4h", Assumed(confirmer="mara", due=DUE))}),
        ["watch.window.basis: "],
    ),
    "no reason": (Handoff(answers={"watch.window": Answer(mark=NotApplicable())}), ["watch.window.reason: "]),
    "a note": (
        Handoff(answers={"start.goal": Answer("x", note=Note(agreed_by=("???",)))}),
        ["start.goal.agreed_by: “???” is not an answer."],
    ),
}


@pytest.mark.parametrize(("answers", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_named_by_its_place_with_the_way_out(answers: Handoff, said: list[str]) -> None:
    found = refused(answers)
    assert len(found) == len(said)
    assert all(item.startswith(begin) for item, begin in zip(found, said, strict=True)), found
    assert all(item.count(". ") >= 1 for item in found), "what to do follows what is wrong"


def test_one_refused_answer_costs_none_of_the_others() -> None:
    session = empty()
    answers = handoff_of(COMPLETE | {"watch.window": "soon"})
    assert [item.question for item in fill(session, answers)] == ["watch.window"]
    assert session.handoff.answers == {key: Answer(v) for key, v in COMPLETE.items() if key != "watch.window"}


def test_a_refused_answer_leaves_no_staleness_without_an_answer() -> None:
    session = empty()
    fill(session, Handoff(answers={"watch.window": Answer("soon", stale=Stale("start.weight", "low"))}))
    assert session.handoff.answer("watch.window") == Answer()


def test_a_gap_that_is_open_in_the_file_is_none() -> None:
    cell = OpenCell("watch.alerts", "LagHigh", "runbook", owner="mara", due=DUE)
    answers = handoff_of({PEOPLE: [MARA], "watch.alerts": [ALERT | {"urgency": "page_now"}]})
    session = empty()
    assert fill(session, replace(answers, open_cells=(cell,))) == []
    assert session.handoff.open_cells == (cell,)


# -- what nobody asks for ----------------------------------------------------------------------------------------

STRANGE: dict[str, dict[str, Any]] = {
    "an answer of a newer template": {"answers": {"start.newer": Answer("kept", note=Note(text="n"))}},
    "a section of a newer template": {"answers": {"newer.rows": Answer([{"a": 1}])}},
    "top-level keys": {"extra": {"colour": "red", "open": {"x": 3}}},
    "conflicts": {"conflict": {"start": {"goal": [{"ours": "a", "theirs": "b"}]}}},
    "what was accepted": {"accepted": ({"rule": "untested", "by": "mara"},)},
    "the schema line": {"schema": "schema.json"},
    "a comment": {"head": replace(HEAD, comment="ask Lee")},
    "keys of the head": {"head": replace(HEAD, extra={"ticket": 4711})},
}


@pytest.mark.parametrize("strange", STRANGE.values(), ids=STRANGE)
def test_what_nobody_asks_for_is_kept_also_in_the_file(tmp_path: Path, strange: dict[str, Any]) -> None:
    answers = Handoff(**{"head": HEAD, **strange})
    handoff = compose(small(), start_answers(answers, None), TODAY)
    assert isinstance(handoff, Handoff)
    opened = begin(tmp_path / "x.handoff.toml", small(), handoff, lambda: TODAY)
    assert fill(opened.session, answers) == []
    assert opened.close()
    written = HandoffFile.read(opened.path)[1]
    assert written == opened.session.handoff
    for part, value in strange.items():
        stands = getattr(written, part)
        if part == "answers":
            assert stands.items() >= value.items()
        elif part == "head":
            assert (stands.comment, stands.extra) == (value.comment, value.extra)
        else:
            assert stands == value


def test_what_a_newer_program_wrote_beside_marks_and_notes_is_kept() -> None:
    answers = {
        "watch.window": Answer(
            mark=Open(owner="mara", due=DUE, extra={"ticket": 1}), note=Note(text="x", extra={"a": 2})
        ),
        "start.weight": Answer("low", Assumed(basis="b", confirmer="mara", due=DUE, extra={"ticket": 3})),
        "start.limits": Answer(mark=NotApplicable(reason="r", extra={"ticket": 4})),
    }
    session = empty()
    assert fill(session, Handoff(answers=answers)) == []
    assert {key: session.handoff.answer(key) for key in answers} == answers


def test_cells_that_no_column_asks_for_are_kept() -> None:
    session = empty()
    assert fill(session, handoff_of({PEOPLE: [MARA | {"pronoun": "she"}]})) == []
    assert session.rows(PEOPLE) == [MARA | {"pronoun": "she"}]


def test_status_day_and_template_are_those_of_the_new_handoff() -> None:
    session = empty()
    fill(session, complete(status="final", created=date(2020, 1, 1), template="other", template_version=9))
    head = session.handoff.head
    assert (head.status, head.created, head.template, head.template_version) == ("draft", None, "small", 3)


# -- what is missing ---------------------------------------------------------------------------------------------


def test_what_is_missing_is_told_apart_by_whether_a_handoff_can_do_without() -> None:
    essential, others = missing(empty())
    assert [question.id for question in essential] == [
        "start.goal",
        "start.weight",
        "parties.people",
        "watch.alerts",
        "watch.window",
        "close.review_by",
        "close.signoff",
    ]
    assert [question.id for question in others] == ["start.limits", "start.count", "close.until", "close.gaps"]


def test_an_unfinished_table_is_missing_and_an_open_question_is_not(payments: Template) -> None:
    session = session_of()
    session.put_row("watch.alerts", 0, ALERT | {"urgency": "page_now"}, allow_gaps=True)
    session.mark("watch.window", "open", OPEN)
    assert [question.id for question in missing(session)[0]] == ["watch.alerts"]
