"""Which questions are asked now, in which order, and how far we are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from handoff_tui.core import changes
from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Open, OpenCell, Stale, State
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.interview import PREWORK, REVIEW, Interview, Place, SectionStatus
from handoff_tui.core.template import Template
from tests.core.making import ALERT, COMPLETE, bundled, complete, handoff_of, small

OPEN = Open(owner="mara", due=date(2026, 12, 4))
WINDOW = small().by_id["watch.window"]
ALERTS = small().by_id["watch.alerts"]


def view(handoff: Handoff | None = None, **how: Any) -> Interview:
    return Interview(small(), handoff if handoff is not None else handoff_of(), **how)


def stops(interview: Interview) -> list[str]:
    return [place.id or place.kind for place in interview.route]


def questions(interview: Interview) -> list[str]:
    return [place.id for place in interview.route if place.kind == "question"]


# -- the route ---------------------------------------------------------------------------------------------------


def test_essentials_come_first_each_section_ends_with_a_read_back_and_all_with_the_review() -> None:
    assert stops(view()) == [
        "start.goal",
        "start.weight",
        "start",
        "parties.people",
        "parties",
        "watch.alerts",
        "watch.window",
        "watch",
        "close.review_by",
        "close.signoff",
        "close.gaps",
        "close",
        "review",
    ]
    assert [place.kind for place in view().route if place.id == "watch"] == ["read_back"]


def test_a_question_that_is_always_offered_is_asked_unbidden_although_it_is_not_essential() -> None:
    assert "close.gaps" in questions(view())
    assert "start.limits" not in questions(view())


def test_the_optional_questions_of_a_section_join_behind_its_essentials_when_they_are_wanted() -> None:
    wanted = view(wanted=frozenset({"start", "close"}))
    assert questions(wanted)[:4] == ["start.goal", "start.weight", "start.limits", "start.count"]
    assert questions(wanted)[-1] == "close.until"


def test_an_optional_question_that_has_an_answer_or_a_note_stays_on_the_route() -> None:
    assert "start.count" in questions(view(handoff_of({"start.count": 7})))
    marked = handoff_of().with_answer("start.limits", Answer(mark=OPEN))
    assert "start.limits" in questions(view(marked))


def test_the_end_of_a_section_offers_what_is_optional_and_has_no_state_yet() -> None:
    section = small().section_by_id["start"]
    assert [q.id for q in view().optional_left(section)] == ["start.limits", "start.count"]
    assert [q.id for q in view(handoff_of({"start.count": 7})).optional_left(section)] == ["start.limits"]


def test_a_question_appears_and_disappears_with_its_condition() -> None:
    assert "close.drill" not in questions(view(handoff_of({"start.weight": "low"})))
    assert "close.drill" in questions(view(handoff_of({"start.weight": "high"})))
    opened = handoff_of({"start.weight": "high"}).with_answer("start.weight", Answer("high", OPEN))
    assert "close.drill" not in questions(view(opened))


def test_the_moment_decides_what_is_asked_at_the_end() -> None:
    close = small().section_by_id["close"]
    late = view(handoff_of(moment="engineering_to_support")).asked_in(close)
    early = view(handoff_of(moment="discovery_to_delivery")).asked_in(close)
    assert [q.name for q in late if q not in early] == ["until"]


def test_an_answer_whose_question_is_hidden_is_counted_and_kept() -> None:
    handoff = handoff_of({"start.weight": "low", "close.drill": "a night"})
    assert [q.id for q in view(handoff).hidden()] == ["close.drill"]
    assert view(handoff).progress.hidden == 1
    shown = changes.give(handoff, small(), "start.weight", "high")
    assert view(shown).hidden() == []
    assert shown.value("close.drill") == "a night"


def test_a_hidden_question_counts_in_no_other_number() -> None:
    hidden = handoff_of({"start.weight": "low"}).with_answer("close.drill", Answer("x", OPEN, Stale("start.weight")))
    progress = view(hidden).progress
    assert (progress.open, progress.stale, progress.answered) == (0, 0, 1)


# -- going on and going back -------------------------------------------------------------------------------------


def test_after_and_before_walk_the_route_and_stop_at_its_ends() -> None:
    interview = view()
    walked = [interview.route[0]]
    while walked[-1] != REVIEW:
        walked.append(interview.after(walked[-1]))
    assert tuple(walked) == interview.route
    assert interview.after(REVIEW) == REVIEW
    back = [REVIEW]
    while before := interview.before(back[-1]):
        back.append(before)
    assert tuple(reversed(back)) == interview.route


def test_going_back_needs_no_answer_and_leads_out_of_a_place_that_is_gone() -> None:
    gone = Place("question", "close.drill")
    assert view().before(gone) == view().route[0]
    assert view(complete()).after(gone) == REVIEW


def test_resuming_goes_to_the_first_question_without_an_answer() -> None:
    assert view().first_unsettled() == Place("question", "start.goal")
    assert view(handoff_of({"start.goal": "x"})).first_unsettled() == Place("question", "start.weight")


def test_resuming_a_complete_handoff_goes_to_the_review() -> None:
    assert view(complete()).first_unsettled() == REVIEW


@pytest.mark.parametrize(
    ("question_id", "answer"),
    [
        ("watch.window", Answer("4h", OPEN)),
        ("watch.window", Answer("4h", stale=Stale("start.weight"))),
        ("watch.window", Answer("four hours or so")),
        ("watch.alerts", Answer([{"alert": "LagHigh"}])),
        ("start.count", Answer(7, stale=Stale("start.weight"))),
    ],
)
def test_resuming_goes_to_what_is_open_stale_wrong_or_unfinished(question_id: str, answer: Answer) -> None:
    assert view(complete().with_answer(question_id, answer)).first_unsettled() == Place("question", question_id)


# -- prework -----------------------------------------------------------------------------------------------------


def test_prework_asks_five_questions_and_nothing_else(payments: Template) -> None:
    interview = Interview(payments, handoff_of(), only=PREWORK)
    assert questions(interview) == [
        "parties.systems",
        "parties.people",
        "ownership.credentials",
        "failure_handling.delivery_paths",
        "alerts.alerts",
    ]
    assert interview.progress.total == 5
    assert {question.id for question in interview.asked} == PREWORK


def test_prework_asks_unbidden_what_is_otherwise_optional() -> None:
    interview = view(only=frozenset({"start.limits"}))
    assert stops(interview) == ["start.limits", "start", "review"]
    assert interview.optional_left(small().section_by_id["start"]) == []
    assert interview.section_status(small().section_by_id["watch"]) is SectionStatus.EMPTY


# -- states ------------------------------------------------------------------------------------------------------


def test_a_table_with_gaps_is_unfinished_until_they_are_filled_or_open() -> None:
    paged = complete().with_answer("watch.alerts", Answer([ALERT | {"urgency": "page_now"}]))
    assert view(paged).state(ALERTS) is State.UNFINISHED
    opened = replace(paged, open_cells=(OpenCell("watch.alerts", "LagHigh", "runbook"),))
    assert view(opened).state(ALERTS) is State.ANSWERED
    assert view(opened).settled(ALERTS)


@pytest.mark.parametrize("value", [[], ["stray"], "no table", [ALERT | {"urgency": "whenever"}], {"alert": "x"}])
def test_a_table_that_a_person_broke_by_hand_is_unfinished(value: Any) -> None:
    assert view(handoff_of({"watch.alerts": value})).state(ALERTS) is State.UNFINISHED


def test_a_value_that_does_not_fit_its_kind_is_unfinished() -> None:
    assert view(handoff_of({"watch.window": "soon"})).state(WINDOW) is State.UNFINISHED
    assert view(handoff_of({"watch.window": "4h"})).state(WINDOW) is State.ANSWERED


def test_open_and_not_applicable_settle_a_question_whatever_its_value() -> None:
    for mark in (OPEN, NotApplicable(reason="there is no retry")):
        handoff = handoff_of({}).with_answer("watch.window", Answer("soon", mark))
        assert view(handoff).settled(WINDOW)


def test_a_stale_answer_is_not_settled() -> None:
    stale = handoff_of().with_answer("watch.window", Answer("4h", stale=Stale("start.weight", "low")))
    assert not view(stale).settled(WINDOW)
    assert view(stale).needs_another_look(WINDOW)


@pytest.mark.parametrize(
    ("handoff", "status"),
    [
        (handoff_of(), SectionStatus.NOT_STARTED),
        (handoff_of({"start.goal": "x"}), SectionStatus.IN_PROGRESS),
        (handoff_of({"start.count": 7}), SectionStatus.IN_PROGRESS),
        (complete(), SectionStatus.COMPLETED),
        (complete().with_answer("start.goal", Answer(mark=OPEN)), SectionStatus.COMPLETED),
        (complete().with_answer("start.goal", Answer("x", stale=Stale("y"))), SectionStatus.STALE),
    ],
)
def test_the_status_of_a_section(handoff: Handoff, status: SectionStatus) -> None:
    assert view(handoff).section_status(small().section_by_id["start"]) is status


# -- progress ----------------------------------------------------------------------------------------------------


def test_progress_counts_what_is_asked_unbidden() -> None:
    assert (view().progress.done, view().progress.total) == (0, 8)
    assert (view(complete()).progress.done, view(complete()).progress.total) == (8, 8)


def test_the_total_is_counted_again_when_a_branch_changes() -> None:
    assert view(handoff_of(COMPLETE | {"start.weight": "high"})).progress.total == 9


def test_progress_counts_each_state_once_and_open_cells_as_open() -> None:
    handoff = (
        complete()
        .with_answer("start.goal", Answer("x", OPEN))
        .with_answer("watch.window", Answer("4h", Assumed(basis="draft")))
        .with_answer("close.review_by", Answer(mark=NotApplicable(reason="the system goes in June")))
        .with_answer("close.signoff", Answer("Support", stale=Stale("start.goal")))
    )
    handoff = replace(
        handoff,
        open_cells=(OpenCell("watch.alerts", "LagHigh", "runbook"), OpenCell("close.drill", "hidden", "x")),
    )
    progress = view(handoff).progress
    assert (progress.open, progress.assumed, progress.not_applicable, progress.stale) == (2, 1, 1, 1)
    assert progress.answered == 5
    assert progress.done == 7


def test_the_minutes_left_shrink_with_each_answer_and_end_at_none() -> None:
    assert view().progress.minutes_left == 29
    assert view(handoff_of({"start.goal": "x"})).progress.minutes_left == 24
    assert view(complete()).progress.minutes_left == 0
    assert view(handoff_of({"start.limits": "optional"})).progress.minutes_left == 29


@pytest.mark.parametrize(("name", "minutes"), [("payments", 103), ("general", 95)])
def test_an_untouched_interview_takes_about_100_minutes(name: str, minutes: int) -> None:
    assert Interview(bundled(name), handoff_of()).progress.minutes_left == minutes


def test_a_question_has_its_number_among_those_asked_unbidden() -> None:
    assert view().number(WINDOW) == (5, 8)
    assert view().number(small().by_id["start.limits"]) is None
