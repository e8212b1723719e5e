"""An answer whose premise changed is kept, marked with the reason, and never touched (behaviour 3)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from handoff_tui.core import changes
from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Note, Open, Stale, State
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.template import Template
from tests.core.making import ALERT, COMPLETE, complete, handoff_of, small

WEIGHT, ALERTS, SIGNOFF = "start.weight", "watch.alerts", "close.signoff"


def give(handoff: Handoff, question_id: str, value: Any) -> Handoff:
    return changes.give(handoff, small(), question_id, value)


def test_a_changed_premise_marks_what_rests_on_it_and_says_what_it_was() -> None:
    after = give(complete(), WEIGHT, "high")
    assert after.answer(ALERTS).stale == Stale(WEIGHT, "low")
    assert after.answer(SIGNOFF).stale == Stale(WEIGHT, "low")
    assert after.answer("watch.window").stale is None


def test_the_value_of_a_stale_answer_is_untouched() -> None:
    after = give(complete(), WEIGHT, "high")
    assert after.answer(ALERTS).value == [ALERT]
    assert after.answer(ALERTS).state is State.ANSWERED


def test_the_same_answer_again_makes_nothing_stale() -> None:
    assert give(complete(), WEIGHT, "low") == complete()


def test_staleness_is_lifted_when_the_old_value_returns() -> None:
    there = give(complete(), WEIGHT, "high")
    assert give(there, WEIGHT, "low").answer(ALERTS).stale is None


def test_the_first_reason_stays_until_the_answer_is_looked_at() -> None:
    without = give(handoff_of({ALERTS: [ALERT]}), WEIGHT, "high")
    assert without.answer(ALERTS).stale == Stale(WEIGHT, "")
    assert give(without, WEIGHT, "low").answer(ALERTS).stale == Stale(WEIGHT, "")


def test_a_longer_text_that_begins_the_same_is_not_the_old_value() -> None:
    text = "A customer whose renewal failed can keep reading until day 14, and "
    before = give(complete(), "start.goal", text + "not after it.")
    before = changes.reconfirm(before, SIGNOFF)
    after = give(give(before, "start.goal", "Something else."), "start.goal", text + "even after it.")
    assert after.answer(SIGNOFF).stale is not None


def test_staleness_stays_while_another_premise_is_still_changed() -> None:
    one = give(complete(), WEIGHT, "high")
    two = give(one, "watch.window", "8h")
    assert give(two, WEIGHT, "low").answer(SIGNOFF).stale is not None


@pytest.mark.parametrize("mark", [None, Open(owner="mara")])
def test_what_nobody_answered_yet_does_not_become_stale(mark: Open | None) -> None:
    before = complete().with_answer(ALERTS, Answer(mark=mark))
    assert give(before, WEIGHT, "high").answer(ALERTS).stale is None


@pytest.mark.parametrize("mark", [Assumed(basis="draft"), NotApplicable(reason="no alerts at all here")])
def test_what_was_assumed_or_ruled_out_becomes_stale(mark: Assumed | NotApplicable) -> None:
    before = complete().with_answer(ALERTS, Answer([ALERT], mark))
    assert give(before, WEIGHT, "high").answer(ALERTS).stale == Stale(WEIGHT, "low")


def test_a_premise_that_becomes_open_has_changed() -> None:
    after = changes.mark(complete(), small(), WEIGHT, Open(owner="mara"))
    assert after.answer(ALERTS).stale == Stale(WEIGHT, "low")
    assert after.answer(WEIGHT).value == "low"


def test_a_premise_that_is_only_assumed_now_has_not_changed() -> None:
    after = changes.mark(complete(), small(), WEIGHT, Assumed(basis="draft 3"))
    assert after.answer(ALERTS).stale is None


def test_a_premise_that_is_cleared_has_changed_and_its_note_stays() -> None:
    before = changes.annotate(complete(), WEIGHT, Note(text="asked finance"))
    after = changes.clear(before, small(), WEIGHT)
    assert after.answer(ALERTS).stale == Stale(WEIGHT, "low")
    assert after.answer(WEIGHT) == Answer(note=Note(text="asked finance"))


def test_a_table_that_changes_is_a_premise_too(payments: Template) -> None:
    paths = "failure_handling.delivery_paths"
    before = handoff_of({paths: [{"path": "events"}], "fallback.fallback_max": "8h"})
    after = changes.give(before, payments, paths, [{"path": "events"}, {"path": "polls"}])
    assert after.answer("fallback.fallback_max").stale == Stale(paths, "1 row: events")
    back = changes.give(after, payments, paths, [{"path": "events", "timeout": "10s"}])
    assert back.answer("fallback.fallback_max").stale is not None


def test_a_premise_that_no_question_asks_for_any_more_makes_nothing_stale() -> None:
    assert give(complete(), "gone.question", "x").answer(ALERTS).stale is None


# -- what lifts it -----------------------------------------------------------------------------------------------


def test_reconfirming_lifts_it_and_keeps_the_value() -> None:
    after = changes.reconfirm(give(complete(), WEIGHT, "high"), ALERTS)
    assert after.answer(ALERTS) == Answer([ALERT])


def test_answering_again_lifts_it() -> None:
    stale = give(complete(), WEIGHT, "high")
    assert give(stale, ALERTS, [ALERT]).answer(ALERTS).stale is None


def test_marking_lifts_it() -> None:
    stale = give(complete(), WEIGHT, "high")
    assert changes.mark(stale, small(), ALERTS, Open(owner="mara")).answer(ALERTS).stale is None


def test_answering_takes_the_mark_and_keeps_the_note() -> None:
    before = handoff_of().with_answer("watch.window", Answer(mark=Open(owner="mara"), note=Note(text="asked")))
    assert give(before, "watch.window", "4h").answer("watch.window") == Answer("4h", note=Note(text="asked"))


def test_a_value_may_be_given_as_an_assumption() -> None:
    assumed = Assumed(basis="draft 3", confirmer="mara", due=date(2026, 12, 15))
    after = changes.give(handoff_of(), small(), "watch.window", "4h", assumed=assumed)
    assert after.answer("watch.window") == Answer("4h", assumed)


def test_a_note_changes_nothing_else_and_can_be_taken_away() -> None:
    noted = changes.annotate(complete(), WEIGHT, Note(text="sure", agreed_by=("mara",)))
    assert noted.answer(WEIGHT) == Answer("low", note=Note(text="sure", agreed_by=("mara",)))
    assert changes.annotate(noted, WEIGHT, None) == complete()


# -- a newer template --------------------------------------------------------------------------------------------


def test_a_question_that_changed_its_meaning_is_asked_again() -> None:
    before = handoff_of(COMPLETE | {"close.drill": "a night"}, template_version=2)
    after = changes.renew(before, small())
    assert after.answer("close.drill").stale == Stale("handoff.template_version", "2")
    assert after.head.template_version == 3
    assert [key for key, answer in after.answers.items() if answer.stale] == ["close.drill"]


def test_a_handoff_of_this_or_a_newer_template_is_left_alone() -> None:
    for version in (3, 4):
        before = handoff_of({"close.drill": "a night"}, template_version=version)
        assert changes.renew(before, small()) == before


def test_renewing_marks_no_question_that_nobody_answered_and_keeps_an_older_reason() -> None:
    assert changes.renew(handoff_of(template_version=1), small()).answers == {}
    stale = handoff_of(template_version=1).with_answer("close.drill", Answer("x", stale=Stale(WEIGHT, "low")))
    assert changes.renew(stale, small()).answer("close.drill").stale == Stale(WEIGHT, "low")
