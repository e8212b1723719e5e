"""What changed in the contract is told in words that a meeting understands, what matters most first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from handoff_tui.core import changes
from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Note, Open, OpenCell, Stale
from handoff_tui.core.compare import Change, compare, findings
from handoff_tui.core.finding import Finding, Readiness, Severity, Verdict
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.telling import two_shorts
from handoff_tui.core.weight import Weight
from tests.core.making import bundled
from tests.core.making import handoff_of as small_handoff_of

PEOPLE = [{"key": "zofia", "name": "Zofia"}, {"key": "revenue-ops", "name": "Revenue-ops"}]
DUTIES = "ownership.responsibilities"
ALERTS = "alerts.alerts"
FIELDS = "source_of_truth.critical_fields"
PATHS = "failure_handling.delivery_paths"
SIGNALS = "support_view.support_signals"
LAG = {"alert": "LagHigh", "audience": "engineering", "goes_to": "zofia", "urgency": "page_now"}
DUE = date(2026, 12, 4)


def of(values: dict[str, Any] | None = None, **head: Any) -> Handoff:
    return small_handoff_of({"parties.people": PEOPLE} | (values or {}), template="payments", **head)


def told(old: Handoff, new: Handoff) -> list[Change]:
    return compare(old, new, bundled("payments"))


def words(old: Handoff, new: Handoff) -> list[str]:
    return [change.words for change in told(old, new)]


def one(question_id: str, was: Any, now: Any) -> Change:
    """Return the one change between two answers to a question."""
    sides = [of({question_id: value} if value is not None else {}) for value in (was, now)]
    (change,) = told(*sides)
    return change


def test_the_same_handoff_has_not_changed() -> None:
    assert told(of({ALERTS: [LAG]}), of({ALERTS: [LAG]})) == []


# -- weights -----------------------------------------------------------------------------------------------------


def cell(question_id: str, row: dict[str, Any], column: str, was: Any, now: Any) -> Change:
    return one(question_id, [row | {column: was}], [row | {column: now}])


@pytest.mark.parametrize(
    ("change", "weight", "said"),
    [
        (
            cell(DUTIES, {"duty": "reconciliation"}, "accountable", "zofia", "revenue-ops"),
            Weight.OWNERS,
            "Duties, proving that both sides agree: accountable was Zofia, is now Revenue-ops",
        ),
        (
            cell(DUTIES, {"duty": "reconciliation"}, "informed", ["zofia"], ["zofia", "revenue-ops"]),
            Weight.OWNERS,
            "Duties, proving that both sides agree: informed was Zofia, is now Zofia, Revenue-ops",
        ),
        (
            cell("parties.people", {"key": "mara", "name": "Māra"}, "hours", "24x7", "Mon-Fri 08:00-17:00 Europe/Riga"),
            Weight.OWNERS,
            "People, Māra: hours was “24x7”, is now “Mon-Fri 08:00-17:00 Europe/Riga”",
        ),
        (
            cell(FIELDS, {"field": "state"}, "record", "Stripe", "Zendesk"),
            Weight.TRUTH,
            "Critical fields, state: record was Stripe, is now Zendesk",
        ),
        (
            cell(FIELDS, {"field": "state"}, "agent_edit", "locked", "editable"),
            Weight.TRUTH,
            "Critical fields, state: agents was “locked for agents”, is now “agents can change it”",
        ),
        (
            one("source_of_truth.conflict_rule", "Stripe wins.", "Zendesk wins."),
            Weight.TRUTH,
            "If values disagree was “Stripe wins.”, is now “Zendesk wins.”",
        ),
        (
            cell(PATHS, {"path": "events"}, "dedupe_window", "7d", "1d"),
            Weight.WINDOWS,
            "Delivery paths, events: ids kept for was 7 days, is now 1 day",
        ),
        (one("fallback.fallback_max", "8h", "12h"), Weight.WINDOWS, "Longest fallback was 8 hours, is now 12 hours"),
        (
            cell(SIGNALS, {"signal": "delayed"}, "agent_may_say", "Wait.", "It is late."),
            Weight.SUPPORT,
            "Support signals, the update is late: may say was “Wait.”, is now “It is late.”",
        ),
        (
            cell(ALERTS, {"alert": "A", "audience": "support"}, "first_action", "Call.", "Write."),
            Weight.SUPPORT,
            "Alerts, A: first action was “Call.”, is now “Write.”",
        ),
        (
            cell(ALERTS, {"alert": "A", "audience": "engineering"}, "first_action", "Call.", "Write."),
            Weight.WORDING,
            "Alerts, A: first action was “Call.”, is now “Write.”",
        ),
        (
            cell(ALERTS, {"alert": "A"}, "urgency", "page_now", "notice"),
            Weight.FACTS,
            "Alerts, A: urgency was “wake somebody now”, is now “no action but good to know”",
        ),
        (
            one("close.review_by", date(2027, 5, 1), date(2027, 6, 1)),
            Weight.FACTS,
            "Read again by was 1 May 2027, is now 1 Jun 2027",
        ),
        (
            one("business_state.journey", "One.", "Two."),
            Weight.WORDING,
            "Customer journey was “One.”, is now “Two.”",
        ),
    ],
    ids=lambda item: item.words[:40] if isinstance(item, Change) else "",
)
def test_a_change_has_its_weight_and_its_words(change: Change, weight: Weight, said: str) -> None:
    assert (change.words, change.weight) == (said, weight)


def test_what_matters_most_comes_first_and_then_the_order_of_the_questions() -> None:
    old = of({"business_state.journey": "a", "fallback.fallback_max": "8h", ALERTS: [LAG], FIELDS: [{"field": "x"}]})
    new = of(
        {
            "business_state.journey": "b",
            "fallback.fallback_max": "1d",
            ALERTS: [LAG | {"goes_to": "revenue-ops"}],
            FIELDS: [{"field": "x", "fresh_within": "1h"}],
        }
    )
    assert [(change.weight, change.question) for change in told(old, new)] == [
        (Weight.OWNERS, ALERTS),
        (Weight.WINDOWS, FIELDS),
        (Weight.WINDOWS, "fallback.fallback_max"),
        (Weight.WORDING, "business_state.journey"),
    ]


def test_every_weight_has_a_title() -> None:
    assert len({weight.title for weight in Weight}) == len(Weight)


# -- what was and what is ----------------------------------------------------------------------------------------


def test_a_first_answer_and_one_taken_away_say_so() -> None:
    assert one("fallback.fallback_max", None, "8h").words == "Longest fallback is now 8 hours; nothing stood there"
    gone = one("fallback.fallback_max", "8h", None)
    assert gone.words == "Longest fallback was 8 hours; nothing stands there now"
    assert (gone.was, gone.now) == ("8 hours", None)


def test_a_long_text_is_whole_in_the_change_and_cut_around_what_differs_in_the_words() -> None:
    text = "A customer whose renewal failed keeps reading, and everybody knows it, until day {}; after that they stop."
    change = one("business_state.journey", text.format(14), text.format(21))
    assert (change.was, change.now) == (text.format(14), text.format(21))
    assert "day 14" in change.words
    assert "day 21" in change.words
    assert len(change.words) < len(text) * 2


@pytest.mark.parametrize(("was", "now"), [("a" * 300, "a" * 299 + "b"), ("x " * 200, "x " * 200 + "y"), ("", "z" * 99)])
def test_cut_texts_show_where_they_differ(was: str, now: str) -> None:
    one_, other = two_shorts(was, now)
    assert max(len(one_), len(other)) <= 81 or len(was.split()) == 1
    assert one_ != other or len(was.split()) == 1


def test_a_name_that_nobody_listed_is_shown_as_it_stands() -> None:
    assert one("fallback.fallback_max", "8h", "soon").now == "soon"
    assert cell(ALERTS, {"alert": "A"}, "goes_to", "zofia", "nobody").now == "nobody"


# -- rows --------------------------------------------------------------------------------------------------------


def test_a_row_that_is_new_or_gone_weighs_as_its_heaviest_cell() -> None:
    change = one(ALERTS, None, [LAG])
    assert change.weight is Weight.OWNERS
    assert change.words == (
        "Alerts: the alert LagHigh is new (team: engineering · goes to: Zofia · urgency: wake somebody now)"
    )
    gone = one(ALERTS, [LAG, {"alert": "B", "urgency": "notice"}], [LAG])
    assert (gone.weight, gone.row, gone.now) == (Weight.FACTS, "B", None)
    assert gone.words == "Alerts: the alert B is gone (urgency: no action but good to know)"


def test_a_renamed_row_is_told_once_and_compared_with_itself() -> None:
    new = LAG | {"alert": "BillingLagHigh", "urgency": "notice"}
    assert words(of({ALERTS: [LAG]}), of({ALERTS: [new]})) == [
        "Alerts: “LagHigh” is now called “BillingLagHigh”",
        "Alerts, BillingLagHigh: urgency was “wake somebody now”, is now “no action but good to know”",
    ]


def test_what_refers_to_a_renamed_person_has_not_changed() -> None:
    old = of({ALERTS: [LAG], "close.signoff": [{"who": "zofia", "function": "Finance"}]}, owner="zofia")
    renamed = [{"key": "zofie", "name": "Zofia"}, PEOPLE[1]]
    new = changes.put_row(old, bundled("payments"), "parties.people", PEOPLE, 0, renamed[0])
    assert words(old, new.with_answer("close.signoff", new.answer("close.signoff").with_(stale=None))) == [
        "People: “zofia” is now called “zofie”"
    ]


def test_a_row_in_which_little_is_the_same_is_another_row() -> None:
    other = {"alert": "B", "audience": "support", "goes_to": "revenue-ops", "urgency": "page_now"}
    assert [change.row for change in told(of({ALERTS: [LAG]}), of({ALERTS: [other]}))] == ["B", "LagHigh"]


def test_rows_in_another_order_are_told() -> None:
    steps = [{"step": "Look"}, {"step": "Write"}]
    change = one("fallback.fallback_steps", steps, steps[::-1])
    assert change.words == "Fallback steps: the order was Look, Write, is now Write, Look"


def test_a_cell_that_nobody_asks_for_is_told_by_its_key() -> None:
    assert cell(ALERTS, {"alert": "A"}, "colour", "blue", 3).words == "Alerts, A: “colour” was “blue”, is now “3”"


def test_two_rows_of_one_name_are_compared_one_by_one() -> None:
    rows = [{"alert": "A", "urgency": "notice"}, {"alert": "A", "urgency": "ticket"}]
    (change,) = told(of({ALERTS: rows}), of({ALERTS: [rows[0], rows[1] | {"urgency": "page_now"}]}))
    assert change.was == "when the ticket's turn comes"


# -- states ------------------------------------------------------------------------------------------------------


def state(answer: Answer, other: Answer, question_id: str = "ownership.change_notice") -> list[Change]:
    return told(*(of().with_answer(question_id, item) for item in (answer, other)))


def test_an_open_point_that_was_answered_says_who_had_it() -> None:
    (change,) = state(Answer(mark=Open(owner="zofia", due=DUE, note="finance wants 20d")), Answer("10d"))
    assert change.words == ("Change notice was open, Zofia finds out by 4 Dec 2026 (finance wants 20d), is now 10 days")
    assert change.weight is Weight.WINDOWS
    (other,) = state(Answer(mark=Open()), Answer("v3"), "ownership.contract_location")
    assert other.weight is Weight.STATES


def test_a_value_that_is_only_assumed_now_has_another_state() -> None:
    (change,) = state(Answer("10d"), Answer("10d", Assumed(basis="draft 3", confirmer="zofia", due=DUE)))
    assert change.weight is Weight.STATES
    assert change.now == "10 days, assumed until Zofia confirms by 4 Dec 2026: draft 3"


def test_a_reason_why_it_does_not_apply_is_told() -> None:
    (change,) = state(Answer(), Answer("10d", NotApplicable(reason="the vendor never says")))
    assert change.words == "Change notice is now not applicable: the vendor never says; nothing stood there"


def test_a_table_that_is_open_now_has_a_state_and_no_rows() -> None:
    sides = [of({ALERTS: [LAG]}), of().with_answer(ALERTS, Answer([LAG], Open(owner="zofia")))]
    assert words(*sides) == [
        "Alerts: the alert LagHigh is gone (team: engineering · goes to: Zofia · urgency: wake somebody now)",
        "Alerts was answered, is now open, Zofia finds out",
    ]


def test_an_open_cell_is_the_state_of_its_cell() -> None:
    old = of({PATHS: [{"path": "events"}]})
    opened = changes.open_cell(old, OpenCell(PATHS, "events", "dedupe_window", "zofia", DUE))
    filled = of({PATHS: [{"path": "events", "dedupe_window": "7d"}]})
    (change,) = told(old, opened)
    assert (change.weight, change.now) == (Weight.STATES, "open, Zofia finds out by 4 Dec 2026")
    (change,) = told(opened, filled)
    assert (change.weight, change.was, change.now) == (
        Weight.WINDOWS,
        "open, Zofia finds out by 4 Dec 2026",
        "7 days",
    )


def test_what_is_to_be_looked_at_again_and_what_was_is_told() -> None:
    fresh = of({ALERTS: [LAG]})
    stale = fresh.with_answer(ALERTS, Answer([LAG], stale=Stale("business_state.criticality", "delay")))
    assert words(fresh, stale) == ["Alerts is to be looked at again, for “Worst effect” changed"]
    assert words(stale, fresh) == ["Alerts was looked at again"]


def test_a_note_is_wording_and_who_agreed_is_a_state() -> None:
    old = of({"fallback.fallback_max": "8h"})
    new = changes.annotate(old, "fallback.fallback_max", Note(text="finance asked", agreed_by=("zofia",)))
    assert [(change.weight, change.words) for change in told(old, new)] == [
        (Weight.STATES, "Longest fallback: who agreed is now Zofia; nothing stood there"),
        (Weight.WORDING, "Longest fallback: the note is now “finance asked”; nothing stood there"),
    ]


def test_what_is_not_asked_any_more_counts_as_not_answered() -> None:
    old = of({"close.early_support_until": DUE})
    new = replace(old, head=replace(old.head, moment="discovery_to_delivery"))
    assert words(old, new) == [
        "Handover was from engineering to support, is now from discovery to delivery",
        "Early support until was 4 Dec 2026; nothing stands there now",
    ]


# -- the head and the rest ---------------------------------------------------------------------------------------


def test_the_head_is_told_in_words() -> None:
    old = of(owner="zofia", status="draft", participants=("Zofia",))
    new = of(owner="revenue-ops", status="final", participants=("Zofia", "Jo"))
    assert [(change.weight, change.words) for change in told(old, new)] == [
        (Weight.OWNERS, "Integration owner was Zofia, is now Revenue-ops"),
        (Weight.STATES, "Status was draft, is now final"),
        (Weight.FACTS, "In the room was Zofia, is now Zofia, Jo"),
    ]


def test_an_accepted_warning_is_told_with_reason_and_name() -> None:
    item = {"rule": "untested", "question": ALERTS, "row": "LagHigh", "reason": "booked", "by": "zofia"}
    new = replace(of({ALERTS: [LAG]}), accepted=(item,))
    assert words(of({ALERTS: [LAG]}), new) == ["Alerts, LagHigh: accepted by Zofia (untested: booked)"]
    assert words(new, of({ALERTS: [LAG]})) == ["Alerts, LagHigh: no longer accepted by Zofia (untested: booked)"]


def test_what_nobody_asks_for_is_told_by_its_key() -> None:
    old, new = of({"future.question": 1}), replace(of({"future.question": True}), extra={"newer": [1]})
    assert words(old, new) == [
        "future.question was “1”, is now “true”",
        "newer is now “1”; nothing stood there",
    ]


def test_a_secret_is_hidden_before_a_text_is_cut() -> None:
    secret = "sk_live_4eC39HqLyjWDarjtT1zdp7dc"
    text = "We use a key, and everybody who reads this far into the sentence can see it: " + secret
    found = compare(
        of({"business_state.journey": text}),
        of({"business_state.journey": text + "!"}),
        bundled("payments"),
        lambda said: said.replace(secret, "[hidden]"),
    )
    assert "[hidden]" in found[0].words
    assert "4eC39" not in str(found)


# -- findings ----------------------------------------------------------------------------------------------------


def verdict(*items: Finding) -> Verdict:
    return Verdict(items, (), Readiness.NOT_READY)


def finding(rule: str = "untested", severity: Severity = "warning", row: str | None = None) -> Finding:
    return Finding(rule, severity, ALERTS, f"About {row}.", "Do it.", row)


def test_findings_appear_and_go() -> None:
    one_, two, three = finding(row="A"), finding(row="B"), finding("late", "error")
    assert findings(verdict(one_, three), verdict(one_, two)) == ([two], [three])


def test_a_finding_in_other_words_is_the_same_and_one_that_weighs_more_is_not() -> None:
    said = replace(finding(row="A"), message="In other words.", fingerprint="12345678")
    assert findings(verdict(finding(row="A")), verdict(said)) == ([], [])
    worse = replace(said, severity="error")
    assert findings(verdict(said), verdict(worse)) == ([worse], [said])


def test_two_alike_of_which_one_is_left_lost_one() -> None:
    assert findings(verdict(finding(), finding()), verdict(finding())) == ([], [finding()])
