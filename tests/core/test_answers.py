"""What stands behind a question: its state, and what others may read of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from handoff_tui.core.answers import Answer, Assumed, Mark, NotApplicable, Note, Open, Stale, State
from handoff_tui.core.condition import holds, is_head_id
from handoff_tui.core.handoff import Handoff
from tests.core.making import handoff_of

OPEN = Open(owner="mara", due=date(2026, 12, 4))
ASSUMED = Assumed(basis="draft 3", confirmer="zofia")
NOT_APPLICABLE = NotApplicable(reason="nobody measured it before")


@pytest.mark.parametrize(
    ("value", "mark", "state"),
    [
        (None, None, State.UNANSWERED),
        ("4h", None, State.ANSWERED),
        ("4h", ASSUMED, State.ASSUMED),
        (None, ASSUMED, State.UNANSWERED),
        ("4h", OPEN, State.OPEN),
        (None, OPEN, State.OPEN),
        ("4h", NOT_APPLICABLE, State.NOT_APPLICABLE),
        (None, NOT_APPLICABLE, State.NOT_APPLICABLE),
    ],
)
def test_the_state_comes_from_mark_and_value(value: Any, mark: Mark | None, state: State) -> None:
    assert Answer(value, mark).state is state


@pytest.mark.parametrize(
    ("answer", "effective", "given"),
    [
        (Answer("4h"), "4h", True),
        (Answer("4h", ASSUMED), "4h", True),
        (Answer("4h", OPEN), None, False),
        (Answer("4h", NOT_APPLICABLE), None, True),
        (Answer(), None, False),
    ],
)
def test_only_answered_and_assumed_values_are_read_by_others(answer: Answer, effective: Any, given: bool) -> None:
    assert answer.effective == effective
    assert answer.given is given


def test_a_note_alone_is_no_state_but_is_not_nothing() -> None:
    answer = Answer(note=Note(text="asked finance"))
    assert answer.state is State.UNANSWERED
    assert not answer.empty
    assert Answer().empty


def test_an_answer_that_holds_nothing_leaves_the_handoff() -> None:
    handoff = handoff_of({"a.b": "x"}).with_answer("a.b", Answer())
    assert handoff.answers == {}
    assert handoff.answer("a.b") == Answer()


def test_a_change_is_a_new_handoff_and_the_old_one_stays() -> None:
    before = handoff_of({"a.b": "x"})
    after = before.with_answer("a.b", Answer("y"))
    assert (before.value("a.b"), after.value("a.b")) == ("x", "y")


def test_values_of_the_head_are_read_by_their_id() -> None:
    handoff = handoff_of(moment="discovery_to_delivery")
    assert handoff.value("handoff.moment") == "discovery_to_delivery"
    assert handoff.value("handoff.nothing") is None


def test_rows_are_read_only_where_they_are_rows() -> None:
    handoff = handoff_of({"a.rows": [{"x": 1}, "stray"], "a.text": "x"})
    assert handoff.rows("a.rows") == [{"x": 1}]
    assert handoff.rows("a.text") == []
    assert Handoff().rows("a.rows") == []


def test_staleness_does_not_change_the_state() -> None:
    assert Answer("4h", stale=Stale("a.b", "low")).state is State.ANSWERED


# -- conditions --------------------------------------------------------------------------------------------------


def test_a_condition_holds_when_every_id_has_its_value() -> None:
    handoff = handoff_of({"a.b": "x", "a.many": ["one", "two"]})
    assert holds({}, handoff.value)
    assert holds({"a.b": "x", "handoff.moment": "engineering_to_support"}, handoff.value)
    assert not holds({"a.b": "x", "handoff.moment": "discovery_to_delivery"}, handoff.value)
    assert not holds({"a.unanswered": "x"}, handoff.value)


def test_a_list_holds_a_value_that_it_contains() -> None:
    handoff = handoff_of({"a.many": ["one", "two"]})
    assert holds({"a.many": "two"}, handoff.value)
    assert not holds({"a.many": "three"}, handoff.value)


def test_an_open_answer_fulfils_no_condition() -> None:
    handoff = handoff_of({"a.b": "x"})
    assert not holds({"a.b": "x"}, handoff.with_answer("a.b", Answer("x", OPEN)).value)


@pytest.mark.parametrize(
    ("answer_id", "is_head"),
    [
        ("handoff.moment", True),
        ("handoff.owner", True),
        ("handoff.colour", False),
        ("start.moment", False),
        ("moment", False),
    ],
)
def test_ids_of_the_head(answer_id: str, is_head: bool) -> None:
    assert is_head_id(answer_id) is is_head
