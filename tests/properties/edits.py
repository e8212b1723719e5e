"""What two people do to one handoff: few questions, few values and few names, so that they often meet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from handoff_tui.core import changes
from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Note, Open, OpenCell, Stale
from handoff_tui.core.handoff import STATUSES, Handoff, Head
from tests.core.making import bundled

__all__ = ["three"]

PAYMENTS = bundled("payments")
_TABLES = ("alerts.alerts", "parties.people", "failure_handling.delivery_paths", "future.rows")
_SINGLE: dict[str, list[Any]] = {
    "business_state.criticality": ["delay", "money_or_access", "inconvenience"],
    "support_view.stale_after": ["30m", "1h", "TBD"],
    "fallback.fallback_max": ["8h", "1d", 5],
    "source_of_truth.conflict_rule": ["Stripe wins.", "Stripe wins.\nAlways.", "<<<<<<< ours"],
    "source_of_truth.never_copied": [["secret"], ["secret", "card_number"], []],
    "future.question": ["x", 1, True, 1.0, {"a": [{"b": 1}]}],
}
_KEYS = {"alerts.alerts": "alert", "parties.people": "key", "failure_handling.delivery_paths": "path"}
_COLUMNS = {
    "alerts.alerts": ("goes_to", "urgency", "strange"),
    "parties.people": ("name", "backup"),
    "failure_handling.delivery_paths": ("retry_window", "from"),
}
_NAMES = ["a", "b", "A_", "c-c", "c c", ""]
_CELLS = ["mara", "zofia", "3d", 7, ["x", "y"]]
_MARKS = [
    Open(owner="mara", due=date(2026, 12, 4)),
    Open(note="finance asks", owner="zofia"),
    Assumed(basis="draft 3", confirmer="mara"),
    NotApplicable(reason="nobody needs this here", extra={"newer": 1}),
    None,
]
_STALE = [Stale("business_state.criticality", "delay"), Stale("handoff.template_version", "1"), None]
_NOTES = [
    Note(text="one"),
    Note(text="one\ntwo", agreed_by=("mara",)),
    Note(text="zero\none", agreed_by=("zofia", "mara")),
    Note(agreed_by=("zofia",), extra={"newer": 1}),
    Note(text="one", extra={"newer": 2}),
    None,
]
_HEADS: dict[str, list[Any]] = {
    "name": ["", "Billing", "Billing state"],
    "moment": ["discovery_to_delivery", "engineering_to_support"],
    "status": [*STATUSES, "finla"],
    "owner": ["", "mara", "zofia"],
    "participants": [(), ("Mara", "Zofia"), ("Zofia", "Mara", "Mara"), ("Jo",)],
    "created": [None, date(2026, 11, 23), date(2026, 11, 24)],
    "comment": ["", "ours", "ours\n\ntheirs"],
    "template_version": [1, 2, 3],
    "extra": [{}, {"newer": 1}, {"newer": 2, "owner": 7}],
}
_CONFLICTS: list[dict[str, Any]] = [
    {},
    {"alerts": {"alerts": [{"row": "a", "column": "goes_to", "ours": "mara", "theirs": "zofia"}]}},
    {"alerts": {"alerts": [{"row": "a", "ours": {"alert": "a"}}, {"theirs": "x"}]}, "handoff": {"owner": [{}]}},
    {"alerts": {"alerts": "by hand"}, "odd": 3},
]


def _of(items: list[Any]) -> SearchStrategy[Any]:
    return st.sampled_from(items)


@st.composite
def _one_answer(draw: DrawFn, handoff: Handoff, about: list[str]) -> Handoff:
    question_id = draw(_of(about))
    answer = handoff.answer(question_id)
    match draw(_of(["give", "give", "put", "mark", "stale", "note", "clear"])):
        case "give" if question_id in _SINGLE:
            return changes.give(handoff, PAYMENTS, question_id, draw(_of(_SINGLE[question_id])))
        case "put" if question_id in _SINGLE:
            return handoff.with_answer(question_id, answer.with_(value=draw(_of(_SINGLE[question_id]))))
        case "mark":
            return handoff.with_answer(question_id, answer.with_(mark=draw(_of(_MARKS))))
        case "stale":
            return handoff.with_answer(question_id, answer.with_(stale=draw(_of(_STALE))))
        case "note":
            return changes.annotate(handoff, question_id, draw(_of(_NOTES)))
        case "clear":
            return changes.clear(handoff, PAYMENTS, question_id)
    return changes.give(handoff, PAYMENTS, "close.signoff", [{"who": draw(_of(["mara", "zofia"]))}])


@st.composite
def _one_row(draw: DrawFn, handoff: Handoff, about: list[str]) -> Handoff:
    table_id = draw(_of([item for item in about if item in _TABLES] or [_TABLES[0]]))
    key, columns = _KEYS.get(table_id, "id"), _COLUMNS.get(table_id, ("x", "y"))
    value = handoff.answer(table_id).value
    found: list[dict[str, Any]] = [dict(row) for row in value] if isinstance(value, list) else []
    at = draw(st.integers(0, len(found)))
    what = draw(_of(["add", "add", "remove", "change", "change", "empty", "rename", "move", "open"]))
    if at == len(found) or what == "add":
        found.insert(at, {key: draw(_of(_NAMES))} | {name: draw(_of(_CELLS)) for name in columns[:2]})
    elif what == "remove":
        found.pop(at)
    elif what == "change":
        found[at][draw(_of(list(columns)))] = draw(_of(_CELLS))
    elif what == "empty":
        found[at].pop(columns[0], None)
    elif what == "rename":
        found[at][key] = draw(_of(_NAMES))
    elif what == "move":
        found.append(found.pop(at))
    elif found[at][key]:
        cell = OpenCell(table_id, found[at][key], draw(_of(list(columns))), draw(_of(["mara", "zofia"])))
        found[at].pop(cell.column, None)
        handoff = changes.open_cell(handoff, cell)
    return changes.give(handoff, PAYMENTS, table_id, found or None)


@st.composite
def _the_rest(draw: DrawFn, handoff: Handoff, about: list[str]) -> Handoff:
    match draw(_of(["head", "head", "cells", "accepted", "conflict", "extra", "schema"])):
        case "head":
            name = draw(_of(list(_HEADS)))
            return replace(handoff, head=replace(handoff.head, **{name: draw(_of(_HEADS[name]))}))
        case "cells":
            return replace(handoff, open_cells=handoff.open_cells[1:])
        case "accepted":
            item = {
                "rule": "untested",
                "question": draw(_of(["alerts.alerts", "odd"])),
                "by": draw(_of(["mara", "jo"])),
            }
            return replace(handoff, accepted=(*handoff.accepted[draw(st.integers(0, 1)) :], item))
        case "conflict":
            return replace(handoff, conflict=draw(_of(_CONFLICTS)))
        case "extra":
            return replace(handoff, extra=draw(_of([{}, {"newer": 1}, {"newer": [1, 2], "other": "x"}])))
    return replace(handoff, schema=draw(_of(["", "./a.json", "./b.json"])))


@st.composite
def _edited(draw: DrawFn, handoff: Handoff, about: list[str], most: int) -> Handoff:
    """The handoff after some steps of one person."""
    for _ in range(draw(st.integers(1, most))):
        handoff = draw(draw(st.sampled_from([_one_answer, _one_row, _one_row, _the_rest]))(handoff, about))
    return replace(handoff, answers={key: answer for key, answer in handoff.answers.items() if answer != Answer()})


@st.composite
def three(draw: DrawFn) -> tuple[Handoff, Handoff, Handoff]:
    """What two people began with, and what each of them made of it."""
    every = [*_SINGLE, *_TABLES, "close.signoff"]
    about = draw(st.lists(_of(every), min_size=1, max_size=4, unique=True))
    begun = Handoff(Head(name="Billing", template="payments"))
    base = draw(_edited(begun, about, 6))
    return base, draw(_edited(base, about, 5)), draw(_edited(base, about, 5))
