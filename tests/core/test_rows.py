"""Rows are put into tables, and whatever names a row follows when it is renamed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from handoff_tui.core import changes
from handoff_tui.core.answers import Answer, Assumed, Note, Open, OpenCell
from handoff_tui.core.handoff import Handoff, Head, rename
from handoff_tui.core.kinds import ManyKind
from handoff_tui.core.reading import PEOPLE, SYSTEMS
from handoff_tui.core.table import Column, TableKind
from handoff_tui.core.template import Template
from tests.core.making import ALERT, MARA, complete, handoff_of, small

OLD, NEW = "mara", "mara-b"


def everywhere(template: Template, table_id: str, name: str) -> Handoff:
    """Return a handoff in which every cell that can name a row of a table names this one."""
    answers: dict[str, Answer] = {}
    for question in template.by_id.values():
        if isinstance(question.field, TableKind):
            cells: dict[str, Any] = {question.field.key.id: f"row of {question.name}"}
            for column in question.field.columns:
                if column.field.table_of_names == table_id:
                    cells[column.id] = _named(column, name)
            answers[question.id] = Answer([cells, {question.field.key.id: "untouched"}])
        elif question.field.table_of_names == table_id:
            answers[question.id] = Answer(name)
    return Handoff(answers=answers)


def _named(column: Column, name: str) -> Any:
    return [name, "zofia"] if isinstance(column.field, ManyKind) else name


def mentions(value: Any, name: str) -> int:
    if isinstance(value, dict):
        return sum(mentions(item, name) for item in value.values())
    if isinstance(value, list | tuple):
        return sum(mentions(item, name) for item in value)
    return int(value == name)


@pytest.mark.parametrize(("table_id", "least"), [(PEOPLE, 20), (SYSTEMS, 4), ("alerts.alerts", 1)])
def test_every_cell_that_names_a_row_follows_when_it_is_renamed(table_id: str, least: int, payments: Template) -> None:
    before = everywhere(payments, table_id, OLD)
    after = rename(before, payments, table_id, {OLD: NEW})
    count = mentions([answer.value for answer in before.answers.values()], OLD)
    assert count >= least
    assert mentions([answer.value for answer in after.answers.values()], OLD) == 0
    assert mentions([answer.value for answer in after.answers.values()], NEW) == count


def test_a_text_that_happens_to_be_the_same_word_does_not_follow(payments: Template) -> None:
    before = handoff_of({"business_state.journey": OLD, "parties.systems": [{"name": OLD}]})
    assert rename(before, payments, PEOPLE, {OLD: NEW}) == before


def test_people_are_followed_through_head_marks_notes_cells_and_what_was_accepted(payments: Template) -> None:
    answers = {
        "ownership.change_notice": Answer(mark=Open(owner=OLD), note=Note(text="x", agreed_by=("zofia", OLD))),
        "source_of_truth.keep_for": Answer("90d", Assumed(confirmer=OLD)),
    }
    before = Handoff(
        head=Head(owner=OLD, participants=("mara",)),
        answers=answers,
        open_cells=(OpenCell("alerts.alerts", "LagHigh", "runbook", owner=OLD),),
        accepted=({"rule": "untested", "by": OLD}, {"rule": "x", "by": 3}),
    )
    after = rename(before, payments, PEOPLE, {OLD: NEW})
    assert after.head.owner == NEW
    assert after.head.participants == ("mara",), "participants are names, not keys"
    assert after.answer("ownership.change_notice").mark == Open(owner=NEW)
    assert after.answer("ownership.change_notice").note == Note(text="x", agreed_by=("zofia", NEW))
    assert after.answer("source_of_truth.keep_for").mark == Assumed(confirmer=NEW)
    assert after.open_cells[0].owner == NEW
    assert [item["by"] for item in after.accepted] == [NEW, 3]


def test_a_system_of_the_same_name_as_a_person_leaves_the_person_alone(payments: Template) -> None:
    before = Handoff(head=Head(owner=OLD))
    assert rename(before, payments, SYSTEMS, {OLD: NEW}) == before


def test_open_cells_follow_the_row_they_stand_in(payments: Template) -> None:
    cells = (
        OpenCell("parties.people", OLD, "backup"),
        OpenCell("close.signoff", OLD, "decision"),
        OpenCell("parties.systems", OLD, "owner"),
    )
    after = rename(Handoff(open_cells=cells), payments, PEOPLE, {OLD: NEW})
    assert [cell.row for cell in after.open_cells] == [NEW, NEW, OLD]


def test_what_does_not_fit_its_kind_is_kept_when_a_row_is_renamed(payments: Template) -> None:
    strange = {
        "alerts.alerts": ["stray", {"alert": "x", "goes_to": {"deep": OLD}}, {"alert": "y", "goes_to": 3}],
        "fallback.fallback_steps": "no table at all",
    }
    after = rename(handoff_of(strange), payments, PEOPLE, {OLD: NEW})
    assert {key: answer.value for key, answer in after.answers.items()} == strange


# -- putting rows ------------------------------------------------------------------------------------------------


def put(handoff: Handoff, table_id: str, index: int | None, row: dict[str, Any]) -> Handoff:
    return changes.put_row(handoff, small(), table_id, handoff.rows(table_id), index, row)


def test_a_row_is_added_at_the_end_or_put_in_its_place() -> None:
    other = ALERT | {"alert": "Silence"}
    added = put(complete(), "watch.alerts", None, other)
    assert added.rows("watch.alerts") == [ALERT, other]
    assert put(added, "watch.alerts", 0, ALERT | {"urgency": "page_now"}).rows("watch.alerts")[1] == other


def test_renaming_a_row_takes_every_reference_with_it() -> None:
    after = put(complete(owner=OLD), PEOPLE, 0, MARA | {"key": NEW})
    assert after.rows("watch.alerts")[0]["goes_to"] == NEW
    assert after.rows("close.gaps")[0]["owner"] == NEW
    assert after.head.owner == NEW


def test_renaming_a_person_follows_the_backups_of_the_others() -> None:
    people = [MARA, {"key": "zofia", "name": "Zofia", "backup": OLD}, {"key": "lee", "name": "Lee", "backup": "zofia"}]
    after = put(handoff_of({PEOPLE: people}), PEOPLE, 0, MARA | {"key": NEW})
    assert [row.get("backup") for row in after.rows(PEOPLE)] == [None, NEW, "zofia"]


def test_a_new_row_renames_nothing() -> None:
    after = put(complete(), PEOPLE, None, {"key": "zofia", "name": "Zofia"})
    assert after.rows("watch.alerts") == [ALERT]


def test_a_row_that_gets_its_first_name_renames_nothing() -> None:
    before = handoff_of({PEOPLE: [{"name": "Māra"}], "watch.alerts": [ALERT | {"goes_to": ""}]})
    after = put(before, PEOPLE, 0, MARA)
    assert after.rows("watch.alerts")[0]["goes_to"] == ""


def test_putting_a_row_makes_stale_what_rests_on_the_table() -> None:
    after = put(complete(), "watch.alerts", 0, ALERT | {"goes_to": "zofia"})
    stale = after.answer("close.signoff").stale
    assert stale is not None
    assert stale.because == "watch.alerts"


def test_a_cell_that_was_filled_is_no_longer_open_and_the_others_stay() -> None:
    cells = tuple(
        OpenCell(table, row, column, owner="mara", due=date(2026, 12, 4))
        for table, row, column in (
            ("watch.alerts", "LagHigh", "runbook"),
            ("watch.alerts", "LagHigh", "tested_on"),
            ("watch.alerts", "Silence", "runbook"),
            ("close.gaps", "LagHigh", "runbook"),
        )
    )
    after = put(replace(complete(), open_cells=cells), "watch.alerts", 0, ALERT | {"runbook": "wiki"})
    assert after.open_cells == cells[1:]


def test_an_open_cell_follows_its_row_into_a_new_name_and_goes_when_it_is_filled() -> None:
    before = replace(complete(), open_cells=(OpenCell("watch.alerts", "LagHigh", "runbook"),))
    renamed = put(before, "watch.alerts", 0, ALERT | {"alert": "Lagging"})
    assert renamed.open_cells == (OpenCell("watch.alerts", "Lagging", "runbook"),)
    filled = put(before, "watch.alerts", 0, ALERT | {"alert": "Lagging", "runbook": "wiki"})
    assert filled.open_cells == ()


def test_a_cell_is_open_once_and_its_newest_mark_holds() -> None:
    first = changes.open_cell(complete(), OpenCell("watch.alerts", "LagHigh", "runbook", owner="mara"))
    second = changes.open_cell(first, OpenCell("watch.alerts", "LagHigh", "runbook", owner="zofia"))
    assert [cell.owner for cell in second.open_cells] == ["zofia"]
    assert second.open_in("watch.alerts") == {("LagHigh", "runbook")}
    assert second.open_in("close.gaps") == set()


def test_rows_are_put_only_into_tables() -> None:
    with pytest.raises(TypeError, match=r"start\.goal"):
        changes.put_row(complete(), small(), "start.goal", [], None, {})
