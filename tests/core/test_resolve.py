"""A conflict is decided: the version that holds is put where it belongs, and what rests on it is looked at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from handoff_tui.core import changes
from handoff_tui.core.answers import Answer, Assumed, Note, Open, OpenCell, Stale
from handoff_tui.core.conflicts import Conflict, conflicts_in, with_conflicts
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.merge import merge
from handoff_tui.core.resolve import Other, Side, dismiss, resolve
from tests.core.making import ALERT, MARA, complete, handoff_of, small

ALERTS, PEOPLE, WEIGHT, GOAL = "watch.alerts", "parties.people", "start.weight", "start.goal"
OTHER = {"alert": "Silence", "goes_to": "mara", "urgency": "notice"}
DUE = date(2026, 12, 4)


def with_(handoff: Handoff, *found: Conflict) -> Handoff:
    return with_conflicts(handoff, found)[0]


def decided(handoff: Handoff, question_id: str, take: Side | Other, index: int = 0) -> Handoff:
    return resolve(handoff, small(), question_id, index, take)


def table(*rows: dict[str, Any]) -> Handoff:
    return handoff_of({ALERTS: list(rows)})


# -- whole answers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("take", "value"), [("ours", "low"), ("theirs", "high"), (Other("low"), "low")])
def test_the_chosen_answer_stands_and_the_conflict_is_gone(take: Any, value: str) -> None:
    after = decided(with_(handoff_of({WEIGHT: "low"}), Conflict(WEIGHT, ours="low", theirs="high")), WEIGHT, take)
    assert after == handoff_of({WEIGHT: value})


def test_what_rests_on_the_chosen_answer_becomes_stale() -> None:
    after = decided(with_(complete(), Conflict(WEIGHT, ours="low", theirs="high")), WEIGHT, "theirs")
    assert after.answer(ALERTS).stale == Stale(WEIGHT, "low")


def test_what_stood_there_before_makes_nothing_stale() -> None:
    assert decided(with_(complete(), Conflict(WEIGHT, ours="low", theirs="high")), WEIGHT, "ours") == complete()


def test_an_answer_that_changed_since_is_what_was_chosen() -> None:
    handoff = with_(handoff_of({GOAL: "third"}), Conflict(GOAL, ours="one", theirs="two"))
    assert decided(handoff, GOAL, "ours").value(GOAL) == "one"


@pytest.mark.parametrize(("take", "value"), [("ours", None), ("theirs", "two"), (Other(), None)])
def test_a_side_that_deleted_it_deletes_it_and_the_note_stays(take: Any, value: str | None) -> None:
    handoff = handoff_of().with_answer(GOAL, Answer(note=Note(text="asked")))
    assert decided(with_(handoff, Conflict(GOAL, theirs="two")), GOAL, take).answer(GOAL) == Answer(
        value, note=Note(text="asked")
    )


def test_choosing_again_what_is_stale_says_that_it_holds() -> None:
    handoff = handoff_of().with_answer(ALERTS, Answer("x", stale=Stale(WEIGHT, "low")))
    assert decided(with_(handoff, Conflict(ALERTS, ours="x", theirs="y")), ALERTS, "ours").answer(ALERTS) == Answer("x")


def test_dismissing_keeps_what_stands() -> None:
    handoff = with_(complete(), Conflict(WEIGHT, theirs="high"), Conflict(WEIGHT, theirs="low"))
    once = dismiss(handoff, WEIGHT, 0)
    assert [item.theirs for item in conflicts_in(once)] == ["low"]
    assert dismiss(once, WEIGHT, 0) == complete()


@pytest.mark.parametrize("index", [1, 7])
def test_a_conflict_that_is_not_there_cannot_be_decided(index: int) -> None:
    handoff = with_(complete(), Conflict(WEIGHT, theirs="high"))
    with pytest.raises(LookupError):
        decided(handoff, WEIGHT, "ours", index)
    with pytest.raises(LookupError):
        dismiss(handoff, WEIGHT, index)


# -- states ------------------------------------------------------------------------------------------------------


def test_a_state_is_taken_over_and_its_value_kept() -> None:
    theirs = {"open": {"owner": "mara", "due": DUE}}
    handoff = with_(complete(), Conflict(WEIGHT, part="state", ours="answered", theirs=theirs))
    after = decided(handoff, WEIGHT, "theirs")
    assert after.answer(WEIGHT) == Answer("low", Open(owner="mara", due=DUE))
    assert after.answer(ALERTS).stale == Stale(WEIGHT, "low")
    assert decided(handoff, WEIGHT, "ours") == complete()


def test_with_a_value_comes_the_state_that_was_said_of_it() -> None:
    base = handoff_of()
    ours = base.with_answer(GOAL, Answer("one", Assumed(basis="draft")))
    merged = merge(base, ours, handoff_of({GOAL: "two"}), small()).handoff
    assert len(conflicts_in(merged)) == 2
    assert decided(merged, GOAL, "theirs") == handoff_of({GOAL: "two"})
    assert decided(merged, GOAL, "ours") == ours
    assert decided(merged, GOAL, Other("three")) == handoff_of({GOAL: "three"})


def test_a_value_under_an_open_point_is_replaced_without_an_answer_being_given() -> None:
    handoff = complete().with_answer(WEIGHT, Answer("low", Open(owner="mara")))
    after = decided(with_(handoff, Conflict(WEIGHT, ours="low", theirs="high")), WEIGHT, "theirs")
    assert after == handoff.with_answer(WEIGHT, Answer("high", Open(owner="mara")))


# -- rows and cells ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("take", "cell"), [("ours", "notice"), ("theirs", "page_now"), (Other("page_now"), "page_now")]
)
def test_a_cell_is_put_in_its_row(take: Any, cell: str) -> None:
    handoff = with_(table(OTHER, ALERT), Conflict(ALERTS, "LagHigh", "urgency", "", "notice", "page_now"))
    assert decided(handoff, ALERTS, take) == table(OTHER, ALERT | {"urgency": cell})


def test_a_cell_that_a_side_emptied_is_empty() -> None:
    handoff = with_(table(ALERT), Conflict(ALERTS, "LagHigh", "urgency", ours="notice"))
    assert decided(handoff, ALERTS, "theirs") == table({"alert": "LagHigh", "goes_to": "mara"})


def test_a_cell_of_a_row_that_is_gone_since_has_no_place() -> None:
    handoff = with_(table(OTHER), Conflict(ALERTS, "LagHigh", "urgency", "", "notice", "page_now"))
    assert decided(handoff, ALERTS, "theirs") == table(OTHER)


def test_of_two_rows_with_one_name_the_one_is_meant_that_is_as_the_merge_left_it() -> None:
    twice = [ALERT | {"urgency": "page_now"}, ALERT]
    handoff = with_(table(*twice), Conflict(ALERTS, "LagHigh", "urgency", "", "notice", "later"))
    assert decided(handoff, ALERTS, "theirs").rows(ALERTS) == [twice[0], ALERT | {"urgency": "later"}]


def test_a_row_that_we_deleted_comes_back_or_stays_away() -> None:
    handoff = with_(table(ALERT), Conflict(ALERTS, "Silence", theirs=OTHER))
    assert decided(handoff, ALERTS, "theirs") == table(ALERT, OTHER)
    assert decided(handoff, ALERTS, "ours") == table(ALERT)


def test_a_row_that_they_deleted_goes_with_its_open_cells_or_stays() -> None:
    base = changes.open_cell(table(ALERT, OTHER), OpenCell(ALERTS, "Silence", "runbook", "mara"))
    handoff = with_(base, Conflict(ALERTS, "Silence", ours=OTHER))
    assert decided(handoff, ALERTS, "theirs") == table(ALERT)
    assert decided(handoff, ALERTS, "ours") == base


def test_the_last_row_that_goes_leaves_no_table() -> None:
    handoff = with_(table(ALERT), Conflict(ALERTS, "LagHigh", ours=ALERT))
    assert decided(handoff, ALERTS, "theirs") == handoff_of()


def test_with_a_row_come_its_open_cells() -> None:
    base = table(ALERT, OTHER)
    theirs = changes.open_cell(base, OpenCell(ALERTS, "Silence", "runbook", "mara"))
    merged = merge(base, table(ALERT), theirs, small()).handoff
    assert len(conflicts_in(merged)) == 2
    assert decided(merged, ALERTS, "theirs") == theirs
    assert decided(merged, ALERTS, "ours") == table(ALERT)


def test_one_row_decided_says_nothing_of_the_state_of_its_table() -> None:
    stale = Answer([ALERT], Assumed(basis="draft"), Stale(WEIGHT, "low"))
    handoff = handoff_of().with_answer(ALERTS, stale)
    handoff = with_(handoff, Conflict(ALERTS, "LagHigh", "urgency", "", "notice", "page_now"))
    after = decided(handoff, ALERTS, "theirs").answer(ALERTS)
    assert after == stale.with_(value=[ALERT | {"urgency": "page_now"}])


def test_a_name_that_is_decided_is_followed_by_what_refers_to_it() -> None:
    handoff = handoff_of({PEOPLE: [MARA], ALERTS: [ALERT]}, owner="mara")
    handoff = with_(handoff, Conflict(PEOPLE, "mara", "key", "", "mara", "mara-b"))
    after = decided(handoff, PEOPLE, "theirs")
    assert (after.rows(ALERTS)[0]["goes_to"], after.head.owner) == ("mara-b", "mara-b")


def test_a_cell_in_a_table_that_nobody_asks_for_is_put_too() -> None:
    handoff = with_(handoff_of({"future.rows": [{"id": "a", "x": 1}]}), Conflict("future.rows", "a", "x", "", 1, 2))
    assert decided(handoff, "future.rows", "theirs").answer("future.rows").value == [{"id": "a", "x": 2}]


def test_a_row_where_there_is_no_table_any_more_has_no_place() -> None:
    handoff = with_(handoff_of({ALERTS: "by hand"}), Conflict(ALERTS, "LagHigh", "urgency", "", "notice", "page_now"))
    assert decided(handoff, ALERTS, "theirs") == handoff_of({ALERTS: "by hand"})


# -- what stands beside ------------------------------------------------------------------------------------------


def test_an_open_cell_is_put_where_the_other_stood() -> None:
    ours, theirs = OpenCell(ALERTS, "LagHigh", "runbook", "mara"), OpenCell(ALERTS, "LagHigh", "runbook", "zofia", DUE)
    last = OpenCell(ALERTS, "Silence", "runbook", "jo")
    handoff = replace(table(ALERT), open_cells=(ours, last))
    handoff = with_(
        handoff, Conflict(ALERTS, "LagHigh", "runbook", "open_cell", {"owner": "mara"}, {"owner": "zofia", "due": DUE})
    )
    assert decided(handoff, ALERTS, "theirs").open_cells == (theirs, last)
    assert decided(handoff, ALERTS, Other()).open_cells == (last,)


def test_a_key_of_the_head_is_put() -> None:
    handoff = with_(handoff_of(owner="mara"), Conflict("handoff.owner", ours="mara", theirs="zofia"))
    assert decided(handoff, "handoff.owner", "theirs") == handoff_of(owner="zofia")
    began = with_(handoff_of(created=DUE), Conflict("handoff.created", ours=DUE))
    assert decided(began, "handoff.created", "theirs") == handoff_of()


def test_a_key_that_the_head_does_not_know_stands_beside_it() -> None:
    handoff = with_(handoff_of(extra={"newer": 1}), Conflict("handoff.newer", ours=1, theirs=2))
    assert decided(handoff, "handoff.newer", "theirs") == handoff_of(extra={"newer": 2})
    assert decided(handoff, "handoff.newer", Other()) == handoff_of()


def test_what_belongs_to_the_file_as_a_whole_is_put() -> None:
    handoff = replace(handoff_of(), extra={"newer": 1}, schema="./a.json")
    handoff = with_(
        handoff,
        Conflict("handoff.newer", part="extra", ours=1),
        Conflict("handoff.schema", part="schema", ours="./a.json", theirs="./b.json"),
    )
    assert decided(decided(handoff, "handoff.newer", "theirs"), "handoff.schema", "theirs") == replace(
        handoff_of(), schema="./b.json"
    )


def test_a_note_keeps_its_joined_text() -> None:
    note = Note(text="both", extra={"newer": 1})
    handoff = handoff_of().with_answer(GOAL, Answer(note=note))
    handoff = with_(handoff, Conflict(GOAL, part="note", ours={"newer": 1}, theirs={"text": "half", "newer": 2}))
    assert decided(handoff, GOAL, "theirs").answer(GOAL).note == Note(text="both", extra={"newer": 2})


def test_an_acceptance_is_put_where_the_other_stood() -> None:
    ours, theirs = ({"rule": "untested", "question": ALERTS, "by": name} for name in ("mara", "jo"))
    handoff = with_(replace(handoff_of(), accepted=(ours,)), Conflict(ALERTS, None, None, "accepted", ours, theirs))
    assert decided(handoff, ALERTS, "theirs").accepted == (theirs,)


@pytest.mark.parametrize("entry", ["by hand", {"row": 7, "part": "strange"}, {}])
def test_a_conflict_that_somebody_wrote_in_another_form_can_be_taken_away(entry: Any) -> None:
    handoff = replace(complete(), conflict={"start": {"weight": entry}})
    assert dismiss(handoff, WEIGHT, 0) == complete()
