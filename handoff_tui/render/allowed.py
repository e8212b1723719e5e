"""What support may give, and which changes need more than an agent: tables with limits and who approves."""

from __future__ import annotations

from collections.abc import Mapping

from handoff_tui.core.answers import NotApplicable
from handoff_tui.render.markdown import Block, Markup, join, led, paragraph, strong, table
from handoff_tui.render.named import whom_to_ask
from handoff_tui.render.pieces import Row, lines, named_rows, note, standing
from handoff_tui.render.view import View

__all__ = ["DISPUTES", "HIGH_RISK", "MONEY", "REMEDIES", "REOPENED", "high_risk", "may_be_given"]

MONEY = "payments.money_actions"
REMEDIES = "operations.remedy_limits"
DISPUTES = "payments.dispute_clock"
HIGH_RISK = "identity.high_risk_changes"
REOPENED = "identity.re_review"

_GIVEN: Mapping[str, tuple[str, Mapping[str, str]]] = {
    MONEY: ("Money", {"limit": "Limit", "approver": "Approved by", "asked_by": "Asked for by", "done_in": "Where"}),
    REMEDIES: ("Goodwill", {"may_offer": "You may offer", "up_to": "Up to", "approver": "Above that, ask"}),
}
_FIRST = {MONEY: "What", REMEDIES: "When", DISPUTES: "In a dispute"}


def may_be_given(view: View) -> list[Block]:
    """Return what may be refunded, extended or offered within which limit, and what a dispute forbids."""
    asked = [question_id for question_id in _GIVEN if question_id in view.questions]
    if not any(view.rows(question_id) for question_id in asked):
        return [*_nothing(view, asked), *_disputes(view)]
    blocks = [block for question_id in asked for block in _table(view, question_id, *_GIVEN[question_id])]
    return [*blocks, *_disputes(view)]


def _nothing(view: View, asked: list[str]) -> list[Block]:
    """Say that support may give nothing, or that nobody has decided what it may."""
    marks = [view.answer(view.questions[question_id]).mark for question_id in asked]
    if marks and all(isinstance(mark, NotApplicable) for mark in marks):
        reasons = join(*(mark.reason for mark in marks if isinstance(mark, NotApplicable)), by="; ")
        return [paragraph(join(Markup("**Support may give nothing**"), reasons, by=": "))]
    undecided = [block for question_id in asked for block in standing(view, question_id, _GIVEN[question_id][0])]
    nobody = Markup(
        "**Support may give nothing:** nobody has decided that it may refund, credit or offer goodwill. Ask "
    )
    return [*undecided, paragraph(join(nobody, whom_to_ask(view), Markup(" before you promise any.")))]


def _table(view: View, question_id: str, label: str, columns: Mapping[str, str]) -> list[Block]:
    rows = [
        [strong(name), *(view.cell(question_id, row, column) for column in columns)]
        for name, row in named_rows(view, question_id)
    ]
    shown = table([_FIRST[question_id], *columns.values()], rows) if rows else Block("")
    return [*standing(view, question_id, label), shown, note(view, question_id)]


def _disputes(view: View) -> list[Block]:
    return _table(view, DISPUTES, "Disputes", {"support_stops": "Support stops"}) if DISPUTES in view.questions else []


def high_risk(view: View) -> list[Block]:
    """Return the changes that a thief would want, with the proof each needs and who approves it."""
    columns = ("proof", "approver", "second_approver")
    rows = [
        [
            strong(name),
            *(view.cell(HIGH_RISK, row, column) for column in columns),
            _wait(view, row),
            view.cell(HIGH_RISK, row, "notify"),
        ]
        for name, row in named_rows(view, HIGH_RISK)
    ]
    header = ["Change", "Proof", "Approved by", "And by", "Waits", "Who is told"]
    reopened = lines(view, {REOPENED: "Who may reopen a decision"}, notes=False)
    return [
        *standing(view, HIGH_RISK, "Changes"),
        table(header, rows) if rows else Block(""),
        note(view, HIGH_RISK),
        *map(paragraph, reopened),
    ]


def _wait(view: View, row: Row) -> Markup:
    return Markup("no wait") if row.get("wait") == "0s" else led("", view.cell(HIGH_RISK, row, "wait"))
