"""What the checks say of the answers, for a reader of the summary: each thing once, with its places and the way out."""

from __future__ import annotations

from handoff_tui.core.finding import Finding, Group, Verdict, grouped
from handoff_tui.render.markdown import Block, Markup, bullets, escape, join, led, strong
from handoff_tui.render.view import View

__all__ = ["doubts"]

_SAID_ABOVE = {"open-essential", "stale", "conflict"}
"""What stands among the open points already."""
_MOST_PLACES = 6


def doubts(view: View, verdict: Verdict) -> list[Block]:
    """Return errors and warnings as a list; advice is for the screen only."""
    told = [item for item in verdict.findings if item.severity != "advice" and item.rule not in _SAID_ABOVE]
    return [bullets(_line(view, group) for group in grouped(told))] if told else []


def _line(view: View, group: Group) -> Markup:
    weight = strong(group.first.severity.capitalize(), after=":")
    places = list(dict.fromkeys(_place(view, item) for item in group.findings))
    where = join(*places[:_MOST_PLACES], by="; ") if any(places) else Markup()
    more = f" and {len(places) - _MOST_PLACES} more" if len(places) > _MOST_PLACES else ""
    said = join(escape(group.message), escape(group.first.fix), by=" ")
    return join(weight, said, led("(", where, f"{more})"), by=" ")


def _place(view: View, finding: Finding) -> Markup:
    question = view.questions.get(finding.question)
    if question is None:
        return escape(view.label(finding.question))
    table = view.table(question.id)
    if finding.row is None or table is None:
        return escape(question.label)
    return join(question.label, view.row_name(question, {table.key.id: finding.row}), by=", ")
