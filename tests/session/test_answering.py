"""Answers are accepted or rejected; every step can be taken back; whatever is changed is a draft again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from handoff_tui.core.answers import Answer, Note, Open, Stale, State
from handoff_tui.core.reading import PEOPLE
from handoff_tui.core.template import Template
from handoff_tui.session.session import Session
from tests.core.making import ALERT, COMPLETE, MARA, complete, handoff_of
from tests.session.making import ASSUMED, OPEN, at, places, saved, session_of

# -- accepted or rejected ----------------------------------------------------------------------------------------


def test_an_accepted_answer_is_stored_in_its_own_form_and_handed_to_the_saver() -> None:
    session = session_of()
    assert session.answer("watch.window", " 6 hours ") == []
    assert session.handoff.value("watch.window") == "6h"
    assert saved(session) == [session.handoff]


@pytest.mark.parametrize(
    ("question_id", "raw"),
    [
        ("start.goal", "  "),
        ("start.goal", "TBD"),
        ("start.weight", "medium"),
        ("start.count", "many"),
        ("watch.window", "soon"),
        ("close.review_by", "03/04/2027"),
        ("watch.alerts", []),
        ("watch.alerts", "LagHigh"),
        ("watch.alerts", [{"alert": "LagHigh", "urgency": "later"}]),
    ],
)
def test_a_rejected_answer_leaves_everything_as_it_was(question_id: str, raw: object) -> None:
    session = session_of()
    session.drafts[question_id] = raw
    before = session.handoff
    assert all(item.message and item.fix for item in session.answer(question_id, raw))
    assert session.answer(question_id, raw) != []
    assert session.handoff is before
    assert saved(session) == []
    assert session.drafts == {question_id: raw}, "what was typed is kept"
    assert session.undo() is None


def test_a_table_names_every_cell_that_is_wrong_by_row_and_column() -> None:
    session = session_of(handoff_of())
    rows = [ALERT, {"alert": "Silence", "urgency": "later"}, {"goes_to": "mara"}, ALERT]
    assert places(session.answer("watch.alerts", rows)) == [
        ("Silence", "urgency"),
        ("", "alert"),
        ("LagHigh", "alert"),
    ]
    assert places(session.answer("watch.alerts", [ALERT | {"urgency": "page_now"}])) == [("LagHigh", "runbook")]
    assert session.handoff == handoff_of()


def test_an_accepted_answer_takes_the_draft_of_it_away() -> None:
    session = session_of()
    session.drafts = {"watch.window": "6 ho", "start.goal": "A cus"}
    session.answer("watch.window", "6h")
    assert session.drafts == {"start.goal": "A cus"}
    session.answer("start.goal", COMPLETE["start.goal"])
    assert session.drafts == {}, "the same answer again is accepted too"


def test_the_same_answer_again_writes_nothing() -> None:
    session = session_of()
    assert session.answer("watch.window", "4 hours") == []
    assert session.accept_table("watch.alerts") == []
    assert saved(session) == []
    assert session.undo() is None


def test_the_same_answer_again_lifts_a_mark_and_staleness() -> None:
    for answer in (Answer("4h", mark=Open(owner="mara")), Answer("4h", stale=Stale("start.weight", "low"))):
        session = session_of(complete().with_answer("watch.window", answer))
        session.answer("watch.window", "4h")
        assert session.handoff.answer("watch.window") == Answer("4h")


def test_a_table_is_complete_only_when_its_seeded_rows_are_filled(payments: Template) -> None:
    session = session_of(handoff_of(), payments)
    wrong = session.accept_table("ownership.responsibilities")
    assert [row for row, _ in places(wrong)] == [
        "contract_changes",
        "retry_logic",
        "reconciliation",
        "zendesk_config",
        "finance_close",
    ]
    for index in range(5):
        row = session.rows("ownership.responsibilities")[index]
        assert session.put_row("ownership.responsibilities", index, {**row, "accountable": "Māra"}) == []
    assert session.accept_table("ownership.responsibilities") == []


def test_a_table_is_not_an_answer_of_one_field() -> None:
    session = session_of()
    with pytest.raises(TypeError, match=r"start\.goal is not a table"):
        session.table("start.goal")


def test_a_changed_premise_makes_an_answer_stale_until_it_is_confirmed() -> None:
    session = session_of()
    session.answer("start.weight", "high")
    assert session.handoff.answer("watch.alerts") == Answer([ALERT], stale=Stale("start.weight", "low"))
    session.reconfirm("watch.alerts")
    assert session.handoff.answer("watch.alerts") == Answer([ALERT])
    assert session.undo() == "“Alerts” confirmed again"
    assert session.handoff.answer("watch.alerts").stale is not None


def test_an_answer_that_is_hidden_survives_and_comes_back() -> None:
    session = session_of()
    session.answer("start.weight", "high")
    session.answer("close.drill", "a night")
    session.answer("start.weight", "low")
    assert session.template.by_id["close.drill"] not in session.interview.asked
    assert session.interview.progress.hidden == 1
    session.answer("start.weight", "high")
    assert session.interview.state(session.template.by_id["close.drill"]) is State.ANSWERED
    assert session.handoff.value("close.drill") == "a night"


def test_a_contact_that_nobody_named_before_joins_with_the_name_as_typed() -> None:
    session = session_of()
    session.put_row("close.gaps", None, {"gap": "no rota", "owner": "Siobhán O'Reilly"})
    assert session.handoff.rows(PEOPLE) == [MARA, {"key": "siobhan-oreilly", "name": "Siobhán O'Reilly"}]
    assert session.people()["siobhan-oreilly"] == "Siobhán O'Reilly"
    assert len(saved(session)) == 1, "the answer and the newcomer are one step"


def test_names_in_a_list_join_with_the_name_as_typed_too() -> None:
    session = session_of()
    assert session.note("start.goal", {"agreed_by": "māra bērziņa, Siobhán O'Reilly; Zofia  Ł"}) == []
    assert [row["name"] for row in session.handoff.rows(PEOPLE)] == ["Māra Bērziņa", "Siobhán O'Reilly", "Zofia  Ł"]
    assert session.handoff.answer("start.goal").note == Note(agreed_by=("mara", "siobhan-oreilly", "zofia-l"))


# -- undo --------------------------------------------------------------------------------------------------------

STEPS: dict[str, tuple[Callable[[Session], object], str]] = {
    "an answer": (lambda s: s.answer("watch.window", "6h"), "the answer to “Window”"),
    "a table": (lambda s: s.answer("watch.alerts", [ALERT | {"alert": "X"}]), "the answer to “Alerts”"),
    "clear": (lambda s: s.clear("watch.window"), "“Window” cleared"),
    "a new row": (lambda s: s.put_row("watch.alerts", None, ALERT | {"alert": "Y"}), "alert “Y”"),
    "a changed row": (lambda s: s.put_row(PEOPLE, 0, MARA | {"key": "mb"}), "contact “mb”"),
    "a newcomer": (lambda s: s.put_row("close.gaps", None, {"gap": "X", "owner": "New Person"}), "gap “X”"),
    "a removed row": (lambda s: s.remove_row(PEOPLE, 0), "contact “mara” removed"),
    "open": (lambda s: s.mark("watch.window", "open", OPEN), "“Window” marked open"),
    "assumed": (lambda s: s.mark("watch.window", "assumed", ASSUMED), "“Window” marked assumed"),
    "not applicable": (
        lambda s: s.mark("watch.window", "not_applicable", {"reason": "X"}),
        "“Window” marked not applicable",
    ),
    "assume": (lambda s: s.assume("watch.window", "6h", ASSUMED), "“Window” marked assumed"),
    "an open cell": (
        lambda s: s.open_cell("watch.alerts", "LagHigh", "runbook", OPEN),
        "“Runbook” of LagHigh marked open",
    ),
    "a note": (lambda s: s.note("watch.window", {"text": "X"}), "the note on “Window”"),
    "the head": (
        lambda s: s.change_head({"name": "X", "moment": "discovery_to_delivery", "owner": "mara"}),
        "the head of the handoff",
    ),
    "the status": (lambda s: s.set_head(status="final"), "the head of the handoff"),
}


@pytest.mark.parametrize(("step", "what"), STEPS.values(), ids=STEPS)
def test_one_undo_takes_back_one_step_saves_and_says_which(step: Callable[[Session], object], what: str) -> None:
    session = session_of()
    before = session.handoff
    step(session)
    assert session.handoff != before
    assert session.undo() == what
    assert session.handoff == before
    assert saved(session)[-1] == before
    assert session.undo() is None


def test_all_steps_are_taken_back_one_at_a_time_newest_first() -> None:
    session = session_of()
    stood = [session.handoff]
    for step, _ in STEPS.values():
        step(session)
        stood.append(session.handoff)
    while session.undo() is not None:
        stood.pop()
        assert session.handoff == stood[-1]
    assert len(stood) == 1


def test_undo_brings_back_what_a_cleared_answer_had() -> None:
    session = session_of(complete().with_answer("watch.window", Answer("4h", Open(owner="mara"), note=Note(text="x"))))
    session.clear("watch.window")
    assert session.handoff.answer("watch.window") == Answer(note=Note(text="x"))
    session.undo()
    assert session.handoff.answer("watch.window") == Answer("4h", Open(owner="mara"), note=Note(text="x"))


# -- final -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "step",
    [step for name, (step, _) in STEPS.items() if name != "the status"],
    ids=[n for n in STEPS if n != "the status"],
)
def test_any_change_turns_a_final_handoff_back_into_a_draft_and_its_undo_back(
    step: Callable[[Session], object],
) -> None:
    session = session_of(complete(status="final"))
    step(session)
    assert session.handoff.head.status == "draft"
    session.undo()
    assert session.handoff == complete(status="final")


def test_what_changes_nothing_leaves_a_final_handoff_final() -> None:
    session = session_of(complete(status="final", name="Small", owner="mara"))
    assert session.answer("watch.window", "4h") == []
    assert session.put_row("watch.alerts", 0, ALERT) == []
    assert session.note("watch.window", {}) == []
    assert session.change_head({"name": "Small", "moment": "engineering_to_support", "owner": "Māra Bērziņa"}) == []
    session.reconfirm("watch.alerts")
    assert session.answer("watch.window", "soon") != []
    session.jump(at("start.goal"))
    assert session.handoff.head.status == "final"
    assert saved(session) == []


# -- the head ----------------------------------------------------------------------------------------------------


def test_the_head_is_changed_and_a_new_owner_joins_the_people() -> None:
    session = session_of(replace(complete(), head=replace(complete().head, participants=("Māra",))))
    raw = {"name": " New name ", "moment": "discovery", "owner": "Zofia Ł"}
    assert session.change_head(raw) == []
    head = session.handoff.head
    assert (head.name, head.moment, head.owner) == ("New name", "discovery_to_delivery", "zofia-l")
    assert head.participants == ("Māra",), "who was in the room does not change afterwards"
    assert session.people()["zofia-l"] == "Zofia Ł"


def test_a_wrong_head_changes_nothing_and_every_mistake_is_said() -> None:
    session = session_of()
    wrong = session.change_head({"name": "", "moment": "someday", "owner": "TBD"})
    assert [column for _, column in places(wrong)] == ["name", "moment", "owner"]
    assert session.handoff == complete()
    assert saved(session) == []


def test_the_moment_decides_what_is_asked() -> None:
    session = session_of()
    until = session.template.by_id["close.until"]
    assert until in session.interview.asked
    session.change_head({"name": "X", "moment": "discovery_to_delivery", "owner": "mara"})
    assert until not in session.interview.asked
    session.set_head(moment="engineering_to_support")
    assert until in session.interview.asked


def test_the_same_head_again_is_no_step() -> None:
    session = session_of()
    session.set_head(status="draft")
    assert saved(session) == []
    assert session.undo() is None


# -- the counts --------------------------------------------------------------------------------------------------


def test_the_counts_are_said_in_one_line_and_what_is_nought_is_left_out() -> None:
    session = session_of()
    assert session.summary_line() == "8 answered"
    session.answer("start.weight", "high")
    session.mark("watch.window", "open", OPEN)
    session.assume("close.review_by", "1 May 2027", ASSUMED)
    # `close.drill` has come up, and the alerts and the sign-off rest on what changed.
    assert session.summary_line() == "6 answered · 1 open · 1 assumed · 2 stale · 3 questions to go"
