"""Each registered rule fires where it should and stays silent where it should not."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from handoff_tui.checks import RULES, check
from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Open, OpenCell, Stale
from handoff_tui.core.finding import Finding
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.interview import Interview
from handoff_tui.core.rule import Rule
from tests.core.making import ALERT, TODAY, complete, handoff_of, small

SOON, PAST = date(2026, 12, 4), date(2026, 11, 22)
OPEN = Open(owner="mara", due=SOON)
ASSUMED = Assumed(basis="draft 3", confirmer="mara", due=SOON)
CELL = OpenCell("watch.alerts", "LagHigh", "runbook", owner="mara", due=SOON)
PAGED = ALERT | {"urgency": "page_now"}


def at(question_id: str, value: Any = None, **parts: Any) -> Handoff:
    return complete().with_answer(question_id, Answer(value, **parts))


def cells(*open_cells: OpenCell) -> Handoff:
    return replace(at("watch.alerts", [PAGED]), open_cells=open_cells)


def found(handoff: Handoff, rule: str | None = None) -> list[Finding]:
    findings = check(Interview(small(), handoff), TODAY).findings
    return [item for item in findings if rule in (None, item.rule)]


def early(handoff: Handoff) -> Handoff:
    return replace(handoff, head=replace(handoff.head, moment="discovery_to_delivery"))


FIRES: dict[str, list[tuple[str, Handoff, list[tuple[str, str | None, str | None, str]]]]] = {
    "bad-value": [
        ("a scalar", at("watch.window", "soon"), [("watch.window", None, None, "error")]),
        ("an assumed scalar", at("watch.window", "soon", mark=ASSUMED), [("watch.window", None, None, "error")]),
        (
            "a cell",
            at("watch.alerts", [ALERT | {"urgency": "later"}]),
            [("watch.alerts", "LagHigh", "urgency", "error")],
        ),
        ("no table", at("watch.alerts", "all of them"), [("watch.alerts", None, None, "error")]),
        ("a date as text", at("close.review_by", "2027-05-01"), [("close.review_by", None, None, "error")]),
    ],
    "missing-cell": [
        ("one", at("watch.alerts", [PAGED]), [("watch.alerts", "LagHigh", "runbook", "error")]),
        (
            "several",
            at("watch.alerts", [{"alert": "A"}, ALERT]),
            [("watch.alerts", "A", "goes_to", "error"), ("watch.alerts", "A", "urgency", "error")],
        ),
        (
            "another cell is open",
            cells(replace(CELL, column="tested_on")),
            [("watch.alerts", "LagHigh", "runbook", "error")],
        ),
        ("the row has no name", at("close.gaps", [{"owner": "mara"}]), [("close.gaps", "", "gap", "error")]),
    ],
    "duplicate-row": [
        (
            "written differently",
            at("watch.alerts", [ALERT, ALERT | {"alert": "lag_high"}, ALERT | {"alert": "Lag High"}]),
            [("watch.alerts", "Lag High", "alert", "error")],
        ),
        ("the same", at("watch.alerts", [ALERT, ALERT]), [("watch.alerts", "LagHigh", "alert", "error")]),
    ],
    "stale": [
        (
            "a premise changed",
            at("watch.window", "4h", stale=Stale("start.weight", "low")),
            [("watch.window", None, None, "error")],
        ),
        (
            "a premise that is gone",
            at("watch.window", "4h", stale=Stale("handoff.template_version", "1")),
            [("watch.window", None, None, "error")],
        ),
    ],
    "conflict": [
        (
            "a merge",
            replace(complete(), conflict={"watch": {"window": [{"ours": "4h", "theirs": "8h"}]}}),
            [("watch.window", None, None, "error")],
        ),
    ],
    "open-essential": [
        ("unanswered", at("start.goal"), [("start.goal", None, None, "error")]),
        ("an empty table", at("watch.alerts", []), [("watch.alerts", None, None, "error")]),
        ("assumed without a value", at("start.goal", mark=ASSUMED), [("start.goal", None, None, "error")]),
        ("open", at("watch.window", mark=OPEN), [("watch.window", None, None, "error")]),
        (
            "open, early, but not one that may",
            early(at("start.goal", mark=OPEN)),
            [("start.goal", None, None, "error")],
        ),
        ("open, early", early(at("watch.window", mark=OPEN)), [("watch.window", None, None, "warning")]),
        (
            "due today is not past",
            early(at("watch.window", mark=replace(OPEN, due=TODAY))),
            [("watch.window", None, None, "warning")],
        ),
        ("past", early(at("watch.window", mark=replace(OPEN, due=PAST))), [("watch.window", None, None, "error")]),
        ("without a date", early(at("watch.window", mark=Open(owner="mara"))), [("watch.window", None, None, "error")]),
        ("without an owner", early(at("watch.window", mark=Open(due=SOON))), [("watch.window", None, None, "error")]),
        (
            "optional, without an owner",
            at("start.limits", mark=Open(due=SOON)),
            [("start.limits", None, None, "error")],
        ),
        (
            "assumed and past",
            at("watch.window", "4h", mark=replace(ASSUMED, due=PAST)),
            [("watch.window", None, None, "error")],
        ),
        ("a cell", cells(CELL), [("watch.alerts", "LagHigh", "runbook", "warning")]),
        ("a cell that is past", cells(replace(CELL, due=PAST)), [("watch.alerts", "LagHigh", "runbook", "error")]),
        ("a cell without an owner", cells(replace(CELL, owner="")), [("watch.alerts", "LagHigh", "runbook", "error")]),
        ("a cell without a date", cells(replace(CELL, due=None)), [("watch.alerts", "LagHigh", "runbook", "error")]),
    ],
}

SILENT: dict[str, list[tuple[str, Handoff]]] = {
    "bad-value": [
        ("open", at("watch.window", "soon", mark=OPEN)),
        ("not applicable", at("watch.window", "soon", mark=NotApplicable(reason="there is no retry"))),
        ("hidden", at("close.drill", 3)),
        ("unknown question", at("future.question", 3)),
        ("unknown column", at("watch.alerts", [ALERT | {"future": object()}])),
    ],
    "missing-cell": [
        ("not needed in this row", at("watch.alerts", [ALERT])),
        ("open by itself", cells(CELL)),
        ("open as a whole", at("watch.alerts", [PAGED], mark=OPEN)),
    ],
    "duplicate-row": [
        ("two names", at("watch.alerts", [ALERT, ALERT | {"alert": "Silence"}])),
        ("open", at("watch.alerts", [ALERT, ALERT], mark=OPEN)),
    ],
    "stale": [("hidden", at("close.drill", "x", stale=Stale("start.weight", "high")))],
    "conflict": [("no conflict of a question", replace(complete(), conflict={"watch": "odd"}))],
    "open-essential": [
        ("recommended, with owner and date", at("start.limits", mark=OPEN)),
        ("recommended and unanswered", at("start.limits")),
        ("hidden essential", at("close.drill")),
        ("assumed until later", at("watch.window", "4h", mark=ASSUMED)),
        ("not applicable", at("watch.window", mark=NotApplicable(reason="there is no retry"))),
        ("an open cell of a hidden question", replace(complete(), open_cells=(OpenCell("close.drill", "x", "y"),))),
    ],
}


def test_a_complete_handoff_has_no_finding() -> None:
    assert found(complete()) == []


@pytest.mark.parametrize(
    ("rule", "handoff", "places"),
    [
        pytest.param(rule, handoff, places, id=f"{rule}: {name}")
        for rule, cases in FIRES.items()
        for name, handoff, places in cases
    ],
)
def test_a_rule_fires(rule: str, handoff: Handoff, places: list[tuple[str, str | None, str | None, str]]) -> None:
    findings = found(handoff, rule)
    assert [(item.question, item.row, item.column, item.severity) for item in findings] == places
    for item in findings:
        assert item.message.endswith((".", "?"))
        assert item.fix.endswith(".")


@pytest.mark.parametrize(
    ("rule", "handoff"),
    [pytest.param(rule, handoff, id=f"{rule}: {name}") for rule, cases in SILENT.items() for name, handoff in cases],
)
def test_a_rule_stays_silent(rule: str, handoff: Handoff) -> None:
    assert found(handoff, rule) == []


def test_an_empty_handoff_lacks_every_essential_that_is_asked_and_nothing_else() -> None:
    findings = found(handoff_of(name="Small", owner="mara"))
    assert [item.question for item in findings] == [q.id for q in small().by_id.values() if q.essential and not q.when]
    assert {item.rule for item in findings} == {"open-essential"}


def test_findings_come_by_rule_and_then_in_the_order_of_the_template() -> None:
    handoff = complete().with_answer("close.review_by", Answer("soon")).with_answer("watch.window", Answer("later"))
    handoff = handoff.with_answer("start.goal", Answer())
    assert [(item.rule, item.question) for item in found(handoff)] == [
        ("bad-value", "watch.window"),
        ("bad-value", "close.review_by"),
        ("open-essential", "start.goal"),
    ]


def test_no_rule_changes_what_it_reads() -> None:
    handoff = cells(CELL)
    before = replace(handoff)
    found(handoff)
    assert handoff == before


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_has_a_page_in_whole_sentences(rule: Rule) -> None:
    assert rule.title
    assert rule.title[-1] != "."
    for field in fields(rule.page):
        text = getattr(rule.page, field.name)
        assert text.endswith((".", "?")), (field.name, text)
        assert len(text) > 15, (field.name, text)


def test_the_cases_here_are_about_rules_that_exist() -> None:
    assert set(FIRES) == set(SILENT)
    assert set(FIRES) <= set(RULES)
