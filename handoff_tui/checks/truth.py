"""Truth and ownership: every name leads somewhere, every value has one source, every duty one owner."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, TypeAlias

from handoff_tui.checks.facts import Facts, Found, Row
from handoff_tui.checks.ids import CONFLICT_RULE, DUTIES, FIELDS, PEOPLE, SYSTEMS
from handoff_tui.checks.rule import rule
from handoff_tui.core.answers import Assumed, NotApplicable, Open
from handoff_tui.core.rule import Page
from handoff_tui.core.table import Column, TableKind

__all__ = ["dangling_name", "duty_unowned", "mirror_editable", "record_twice", "sole_owner", "two_way_no_rule"]

THEME = "Truth and ownership"

_Lists: TypeAlias = dict[str, set[str]]
"""The listed names by the question that lists them."""
_Naming: TypeAlias = list[tuple[Column, str]]
"""Columns of names, each with the question that lists them."""


@rule(
    "dangling-name",
    "A name that leads nowhere",
    "error",
    number=1,
    theme=THEME,
    reads={PEOPLE: {}, SYSTEMS: {}},
    page=Page(
        looks_for="A person, team or system that an answer names and that is not listed under People or Systems, or a "
        "cell for one that has to be filled and is empty.",
        why="On a bad day somebody looks the name up to call it, and finds nobody.",
        bad="The alert RefundMismatch goes to “billing-oncal”; the people listed are billing-oncall and zofia.",
        good="The alert RefundMismatch goes to “billing-oncall”, who is listed with hours and a way to reach them.",
        fix="Pick somebody who is listed, or add the name to the list.",
    ),
)
def dangling_name(facts: Facts) -> Iterator[Found]:
    """Names in single answers, marks and cells, then in the head and in what is said of open cells."""
    lists = _lists(facts)
    for question, answer in facts.answers:
        table_id = question.field.table_of_names
        for name in _names(facts.value(question.id)) if table_id else ():
            yield from _dangling(lists, table_id, name, question.id, question.label)
        mark = answer.mark
        if isinstance(mark, (Open, Assumed)):
            name, part = (mark.owner, "open") if isinstance(mark, Open) else (mark.confirmer, "assumed")
            yield from _dangling(lists, PEOPLE, name, question.id, question.label, part=part, text=name)
    for question, table in facts.tables():
        naming = [(column, table_id) for column, table_id in table.naming if table_id in lists]
        for row in facts.rows(question.id) if naming else ():
            # Next to every cell holds a listed name: the words are made for one that does not.
            others = [item for item in naming if not ((name := row.text(item[0].id)) and name in lists[item[1]])]
            yield from _row(row, others, lists) if others else ()
    owner = facts.handoff.head.owner
    yield from _dangling(lists, PEOPLE, owner, "handoff.owner", "The handoff", text=owner)
    for cell in facts.handoff.open_cells:
        if cell.question in facts.asked:
            says = next((row.says for row in facts.rows(cell.question) if row.label == cell.row), f"“{cell.row}”")
            where = f"the open cell of {says}"
            yield from _dangling(
                lists, PEOPLE, cell.owner, cell.question, where, row=cell.row, part="open_cells", text=cell.owner
            )


def _lists(facts: Facts) -> _Lists:
    """Return the names that are listed; of a list that is open or not there yet, `open-essential` speaks."""
    lists = {PEOPLE: facts.people, SYSTEMS: facts.systems}
    return {question: set(rows) for question, rows in lists.items() if rows or _waived(facts, question)}


def _waived(facts: Facts, question_id: str) -> bool:
    return isinstance(facts.handoff.answer(question_id).mark, NotApplicable)


def _dangling(
    lists: _Lists, table_id: str | None, name: str, question: str, where: str, **more: Any
) -> Iterator[Found]:
    if table_id is not None and table_id in lists and name and name not in lists[table_id]:
        message = f"{where[:1].upper()}{where[1:]} names “{name}”, which is not listed."
        fix = f"Pick one of the {_what(table_id)}, or add it."
        yield Found(question, message, fix, cause=f"“{name}” is not listed", **more)


def _row(row: Row, naming: _Naming, lists: _Lists) -> Iterator[Found]:
    said: set[tuple[str, str]] = set()
    for column, table_id in naming:
        value = row[column.id]
        if value is None and row.lacks(column.id) and column is not row.table.key and column.needed(row.cells):
            fix = f"Pick one of the {_what(table_id)}, or add one."
            yield row.found(f"“{column.label}” of {row.says} is empty.", fix, column.id)
        for name in _names(value):
            if name not in lists[table_id] and (table_id, name) not in said:
                said.add((table_id, name))
                place = {"row": row.label, "column": column.id, "index": row.index}
                yield from _dangling(lists, table_id, name, row.question.id, row.says, **place)


def _names(value: object) -> list[str]:
    return [value] if isinstance(value, str) else value if isinstance(value, list) else []


def _what(table_id: str) -> str:
    return "people" if table_id == PEOPLE else "systems"


@rule(
    "record-twice",
    "One value, two systems of record",
    "error",
    number=2,
    theme=THEME,
    reads={FIELDS: {"field": (), "record": ()}},
    page=Page(
        looks_for="Two rows for the same field that name different systems as the one that really knows.",
        why="Two truths cause wrong promises: each agent believes the one on their screen.",
        bad="subscription_status is kept by Stripe in one row, and “Subscription Status” by the CRM in another.",
        good="subscription_status is kept by Stripe; the CRM's copy is listed as a field of its own, crm_status, for "
        "reference.",
        fix="Keep one row, and show the other value as a reference under another name.",
    ),
)
def record_twice(facts: Facts) -> Iterator[Found]:
    """At the later row."""
    records: dict[str, str] = {}
    for row in facts.rows(FIELDS):
        field, record = _bare(row.text("field")), row.text("record")
        if field and record:
            first = records.setdefault(field, record)
            if first != record:
                yield row.found(
                    f"{row.says} has two systems of record.",
                    f"Keep {first} or {record}, and show the other as a reference.",
                    "record",
                )


def _bare(text: str) -> str:
    return re.sub(r"[\s_-]+", "", unicodedata.normalize("NFC", text).lower())


_GRAVE = ("financial", "identity")


@rule(
    "mirror-editable",
    "A copy that agents can overtype",
    "error",
    weight="an error for financial and identity values, else a warning",
    number=3,
    theme=THEME,
    reads={FIELDS: {"direction": ("in",), "agent_edit": ("editable",), "class": _GRAVE}},
    page=Page(
        looks_for="A value that only flows into Zendesk, in a place where agents can change it.",
        why="The next sync silently undoes what the agent wrote, and until then the copy is wrong.",
        bad="dispute_state flows in from Stripe into a user field that agents can edit.",
        good="dispute_state flows in from Stripe into a user field that a role locks, or an app panel shows it.",
        fix="Lock the field for agents, or show the value in an app panel.",
    ),
)
def mirror_editable(facts: Facts) -> Iterator[Found]:
    """A direction that nobody stated is not `in`."""
    for row in facts.rows(FIELDS):
        if row["direction"] == "in" and row["agent_edit"] == "editable":
            grave = row["class"] in _GRAVE
            yield row.found(
                f"Agents can overtype {row.says}; the next sync silently undoes what they wrote.",
                "Lock it, or use an app panel.",
                "agent_edit",
                severity=None if grave else "warning",
            )


@rule(
    "two-way-no-rule",
    "Both sides may write, and nobody wins",
    "error",
    number=4,
    theme=THEME,
    reads={FIELDS: {"direction": ("both",)}, CONFLICT_RULE: {}},
    page=Page(
        looks_for="A value that flows both ways while the question who wins has no answer.",
        why="When both sides change at once, whichever sync runs last wins, and nobody chose that.",
        bad="phone flows both ways, and “When the two disagree, who wins?” is open.",
        good="phone flows both ways: the account system wins, and its team repairs the copy within a day.",
        fix="Answer who wins when the two disagree, or make the value flow one way.",
    ),
)
def two_way_no_rule(facts: Facts) -> Iterator[Found]:
    """Open and not applicable are no rule either."""
    if facts.has(CONFLICT_RULE):
        return
    question = facts.asked.get(CONFLICT_RULE)
    label = question.label if question else "who wins"
    for row in facts.rows(FIELDS):
        if row["direction"] == "both":
            yield row.found(
                f"{row.says} flows both ways, and nobody said which side wins.",
                f"Answer “{label}”, or make it one-way.",
                "direction",
                cause="A value flows both ways, and nobody said which side wins",
                lacks=CONFLICT_RULE,
            )


_OWNING = ("accountable", "owner", "approver", "second_approver")


@rule(
    "sole-owner",
    "A person nobody covers for",
    "error",
    weight="an error from engineering to support, else a warning",
    number=5,
    theme=THEME,
    reads={PEOPLE: {"kind": ("person",), "backup": ()}},
    page=Page(
        looks_for="Somebody who alone owns, approves or is accountable for something, and for whom no backup is "
        "named. A duty may name its own backup instead. Owners of open points do not count.",
        why="People go on holiday, and the incident does not wait.",
        bad="Reconciliation: Zofia; Zofia has no backup.",
        good="Reconciliation: Zofia, backup revenue-ops.",
        fix="Name a backup for the person, or give the duty to a team or a rota.",
    ),
)
def sole_owner(facts: Facts) -> Iterator[Found]:
    """Every cell of that name in every table, also in a team's own."""
    alone = {key for key in facts.people if _alone(facts, key)}
    for question, table in facts.tables() if alone else ():
        columns = [column for column in table.columns if column.id in _OWNING]
        for row in facts.rows(question.id) if columns else ():
            named = dict.fromkeys(row.text(column.id) for column in columns)
            for key in named:
                if key in alone and not (question.id == DUTIES and _covered(row, key)):
                    column = next(column.id for column in columns if row.text(column.id) == key)
                    yield row.found(
                        f"Nobody covers for {facts.called(key)}.",
                        "Add a backup for them, or name a rota.",
                        column,
                        severity=None if facts.to_support else "warning",
                        cause=f"Nobody covers for {facts.called(key)}",
                    )


def _alone(facts: Facts, key: str) -> bool:
    person = facts.people[key]
    if person["kind"] != "person" or person.waits("backup"):
        return False
    return person.text("backup") in ("", key)


def _covered(row: Row, key: str) -> bool:
    return row.waits("backup") or row.text("backup") not in ("", key)


@rule(
    "duty-unowned",
    "A duty that nobody answers for",
    "error",
    number=6,
    theme=THEME,
    reads={
        DUTIES: {
            "duty": ("contract_changes", "retry_logic", "reconciliation", "zendesk_config"),
            "accountable": (),
        }
    },
    page=Page(
        looks_for="One of the four duties that every integration has (contract changes, retries, reconciliation, "
        "Zendesk's configuration) without exactly one row that names who is accountable.",
        why="Shared duty is nobody's duty: the first incident is spent finding out whose it is.",
        bad="The row for retries was removed, because “the team” does it.",
        good="Retries: billing-platform is accountable, integrations is the backup.",
        fix="Give each duty one row with one name; put helpers under “Backup”, “Done by” or “Informed”.",
    ),
)
def duty_unowned(facts: Facts) -> Iterator[Found]:
    """At the missing duty. An open list is left to `open-essential`; that there are no duties answers for none."""
    rows, table = facts.rows(DUTIES), facts.asked[DUTIES].field if DUTIES in facts.asked else None
    if not isinstance(table, TableKind) or not (rows or _waived(facts, DUTIES)):
        return
    unread = any(row.waits("duty") for row in rows)
    for duty in table.required_rows:
        named = [row for row in rows if row["duty"] == duty]
        says = table.key.field.say(duty)
        if any(row.waits("accountable") for row in named) or (unread and not named):
            continue
        owned = [row for row in named if not row.lacks("accountable")]
        message, fix = f"Nobody answers for {says}.", "Name one person or team who is accountable."
        if not named:
            yield Found(DUTIES, message, fix, duty)
        elif not owned:
            yield named[0].found(message, fix, "accountable")
        elif len(owned) > 1:
            message = f"{len(owned)} rows answer for {says}, so nobody does."
            yield owned[-1].found(message, "Keep one row with one name; put the others under “Backup” or “Done by”.")
