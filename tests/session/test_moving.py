"""On, back, anywhere, and from the review to an answer and back to the same row (behaviours 2, 4 and 7)."""

from __future__ import annotations

from handoff_tui.core.answers import Answer, Open, Stale
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.interview import PREWORK, REVIEW, Place
from handoff_tui.core.template import Template
from handoff_tui.session.session import Session
from tests.core.making import COMMON, complete, handoff_of, template_from
from tests.session.making import OPEN, at, route, saved, session_of, view

# -- on and back -------------------------------------------------------------------------------------------------


def test_continue_leads_through_every_question_to_the_review_and_stays_there() -> None:
    session = session_of(handoff_of())
    assert route(session) == [
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
    assert session.go_on() == REVIEW


def test_back_leads_the_same_way_and_ends_at_the_first_question() -> None:
    session = session_of(handoff_of())
    there = [session.place]
    while session.place != REVIEW:
        there.append(session.go_on())
    back = [session.place]
    while (place := session.go_back()) is not None:
        back.append(place)
    assert back == there[::-1]
    assert session.place == at("start.goal")


def test_moving_about_changes_nothing_and_keeps_what_is_half_typed() -> None:
    session = session_of(handoff_of())
    session.drafts["start.goal"] = "A customer whose"
    session.go_on()
    session.jump(at("close.review_by"))
    session.go_back()
    session.go_back()
    assert session.drafts == {"start.goal": "A customer whose"}
    assert session.handoff == handoff_of()
    assert saved(session) == []


def test_the_question_is_the_one_at_this_place() -> None:
    session = session_of()
    assert session.question is session.template.by_id["start.goal"]
    session.jump(Place("read_back", "start"))
    assert session.question is None


def test_an_answer_opens_the_question_that_hangs_on_it_on_the_way() -> None:
    session = session_of(handoff_of())
    session.answer("start.weight", "high")
    session.jump(at("close.review_by"))
    assert session.go_on() == at("close.drill")


def test_a_place_that_is_gone_leads_on_to_what_is_left_to_do() -> None:
    session = session_of(complete().with_answer("start.weight", Answer("high")))
    session.jump(at("close.drill"))
    session.answer("start.weight", "low")
    session.reconfirm("watch.alerts")
    assert session.go_on() == at("close.signoff")


def test_optional_questions_are_asked_when_they_are_wanted_beginning_with_the_first_left() -> None:
    session = session_of(handoff_of({"start.limits": "none of them"}))
    session.jump(Place("read_back", "start"))
    assert session.want_optional("start") == at("start.count")
    assert session.go_on() == Place("read_back", "start")
    assert session.go_back() == at("start.count")
    assert session.go_back() == at("start.limits")


def test_a_section_without_optional_questions_stays_where_it_is() -> None:
    session = session_of(handoff_of())
    session.jump(Place("read_back", "watch"))
    assert session.want_optional("watch") == Place("read_back", "watch")


def test_prework_walks_its_own_questions_only(payments: Template) -> None:
    session = session_of(handoff_of(), payments, only=PREWORK)
    walked = [name for name in route(session) if "." in name]
    assert set(walked) == PREWORK
    assert session.interview.progress.total == len(PREWORK)


# -- from the review and back ------------------------------------------------------------------------------------


def reviewing(handoff: Handoff | None = None, template: Template | None = None) -> Session:
    session = session_of(handoff, template)
    session.jump(REVIEW)
    return session


def test_continue_returns_to_the_review_that_sent_us() -> None:
    session = reviewing()
    session.jump(at("watch.window"), return_to=REVIEW)
    session.answer("watch.window", "6h")
    assert session.go_on() == REVIEW
    assert session.return_to is None


def test_continue_returns_to_a_read_back_too_and_the_next_one_goes_on() -> None:
    session = reviewing()
    session.jump(at("start.goal"), return_to=Place("read_back", "watch"))
    assert session.go_on() == Place("read_back", "watch")
    assert session.go_on() == at("close.review_by")


def test_back_from_a_detour_leads_to_where_it_began_with_nothing_changed() -> None:
    session = reviewing()
    session.jump(at("watch.window"), return_to=REVIEW)
    assert session.go_back() == REVIEW
    assert session.return_to is None
    assert session.handoff == complete()


def test_a_jump_elsewhere_ends_the_detour() -> None:
    session = reviewing()
    session.jump(at("watch.window"), return_to=REVIEW)
    session.jump(at("start.goal"))
    assert session.go_on() == at("start.weight")


def test_a_question_that_the_change_requires_is_asked_before_the_return() -> None:
    session = reviewing()
    session.jump(at("start.weight"), return_to=REVIEW)
    session.answer("start.weight", "high")
    assert session.go_on() == at("close.drill")
    session.answer("close.drill", "every spring")
    assert session.go_on() == REVIEW


def test_an_older_open_or_stale_question_does_not_hide_the_one_that_is_required_now() -> None:
    handoff = complete().with_answer("start.goal", Answer(mark=Open(owner="mara")))
    session = reviewing(handoff.with_answer("watch.window", Answer("4h", stale=Stale("start.weight", "low"))))
    session.jump(at("start.weight"), return_to=REVIEW)
    session.answer("start.weight", "high")
    assert session.go_on() == at("close.drill")
    assert session.go_on() == REVIEW


def test_what_was_unsettled_before_is_no_part_of_the_detour() -> None:
    session = reviewing(handoff_of())
    session.jump(at("start.weight"), return_to=REVIEW)
    session.answer("start.weight", "low")
    assert session.go_on() == REVIEW


def test_a_required_question_that_has_an_answer_already_is_not_asked_again() -> None:
    session = reviewing(complete().with_answer("close.drill", Answer("every spring")))
    session.jump(at("start.weight"), return_to=REVIEW)
    session.answer("start.weight", "high")
    assert session.go_on() == REVIEW


def test_a_required_question_may_be_left_open_and_is_passed_once() -> None:
    session = reviewing()
    session.jump(at("start.weight"), return_to=REVIEW)
    session.answer("start.weight", "high")
    session.go_on()
    session.mark("close.drill", "open", OPEN)
    assert session.go_on() == REVIEW
    session.jump(at("start.goal"), return_to=REVIEW)
    assert session.go_on() == REVIEW, "it was required by an earlier change"


CHAIN = f"""
format = 1
version = 1
title = "Chain"
about = "One answer asks for the next."

[one]
title = "One"
theme = "T"
minutes = 1

[one.first]
kind = "choice"
need = "essential"
choices = {{ no = "no", yes = "yes" }}
{COMMON}
[one.second]
kind = "choice"
need = "essential"
choices = {{ no = "no", yes = "yes" }}
when = {{ "one.first" = "yes" }}
{COMMON}
[one.third]
kind = "line"
need = "essential"
when = {{ "one.second" = "yes" }}
{COMMON}
[two]
title = "Two"
theme = "T"
minutes = 1

[two.also]
kind = "line"
need = "essential"
when = {{ "one.first" = "yes" }}
{COMMON}
[two.perhaps]
kind = "line"
need = "recommended"
when = {{ "one.first" = "yes" }}
{COMMON}
"""


def test_all_questions_that_a_change_requires_are_asked_those_of_those_too() -> None:
    session = reviewing(handoff_of({"one.first": "no"}), template_from(CHAIN))
    session.jump(at("one.first"), return_to=REVIEW)
    session.answer("one.first", "yes")
    assert session.go_on() == at("one.second")
    session.answer("one.second", "yes")
    assert session.go_on() == at("one.third")
    session.answer("one.third", "x")
    assert session.go_on() == at("two.also")
    session.answer("two.also", "x")
    assert session.go_on() == REVIEW, "what is only recommended is offered, not required"


def test_back_from_a_required_question_returns_to_the_review_too() -> None:
    session = reviewing(handoff_of({"one.first": "no"}), template_from(CHAIN))
    session.jump(at("one.first"), return_to=REVIEW)
    session.answer("one.first", "yes")
    session.go_on()
    assert session.go_back() == REVIEW
    assert view(session).first_unsettled() == at("one.second"), "it is still to be done"
