"""Two edits of one handoff become one: what joins by itself, what is a conflict, and what has to be looked at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from handoff_tui.core import changes
from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Note, Open, OpenCell, Stale
from handoff_tui.core.conflicts import Conflict, conflicts_in, with_conflicts
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.merge import Merged, merge
from handoff_tui.core.three_way import ABSENT
from tests.core.making import ALERT, complete, handoff_of, small

ALERTS, PEOPLE, WEIGHT, GOAL, SIGNOFF = "watch.alerts", "parties.people", "start.weight", "start.goal", "close.signoff"
OTHER = {"alert": "Silence", "goes_to": "mara", "urgency": "notice"}
THIRD = {"alert": "Drift", "goes_to": "zofia", "urgency": "page_now"}
DUE = date(2026, 12, 4)


def joined(base: Handoff | None, ours: Handoff, theirs: Handoff) -> Merged:
    return merge(base, ours, theirs, small())


def give(handoff: Handoff, question_id: str, value: Any) -> Handoff:
    return changes.give(handoff, small(), question_id, value)


def table(*rows: dict[str, Any]) -> Handoff:
    return handoff_of({ALERTS: list(rows)})


def put(handoff: Handoff, question_id: str, **parts: Any) -> Handoff:
    return handoff.with_answer(question_id, handoff.answer(question_id).with_(**parts))


def where(merged: Merged) -> list[tuple[str, str | None, str | None, str]]:
    return [(item.question, item.row, item.column, item.part) for item in merged.conflicts]


# -- single answers ----------------------------------------------------------------------------------------------


def test_two_groups_that_answer_different_questions_join_without_a_word() -> None:
    ours = give(give(handoff_of(), GOAL, "Keep reading."), WEIGHT, "high")
    theirs = give(give(handoff_of(), "watch.window", "4h"), "close.review_by", DUE)
    merged = joined(handoff_of(), ours, theirs)
    assert merged.conflicts == ()
    assert {key: answer.value for key, answer in merged.handoff.answers.items()} == {
        GOAL: "Keep reading.",
        WEIGHT: "high",
        "watch.window": "4h",
        "close.review_by": DUE,
    }


def test_the_same_answer_on_both_sides_is_one() -> None:
    merged = joined(handoff_of(), give(handoff_of(), GOAL, "Same."), give(handoff_of(), GOAL, "Same."))
    assert (merged.conflicts, merged.handoff.value(GOAL)) == ((), "Same.")


def test_an_answer_that_both_changed_differently_keeps_ours_and_tells_theirs() -> None:
    base = handoff_of({GOAL: "one"})
    merged = joined(base, give(base, GOAL, "two"), give(base, GOAL, "three"))
    assert merged.handoff.value(GOAL) == "two"
    assert merged.handoff.conflict == {"start": {"goal": [{"ours": "two", "theirs": "three"}]}}
    assert merged.conflicts == (Conflict(GOAL, ours="two", theirs="three"),)


def test_texts_are_never_joined_line_by_line() -> None:
    base = handoff_of({GOAL: "one\ntwo\nthree"})
    merged = joined(base, give(base, GOAL, "ONE\ntwo\nthree"), give(base, GOAL, "one\ntwo\nTHREE"))
    assert where(merged) == [(GOAL, None, None, "")]


@pytest.mark.parametrize("ours_deletes", [True, False])
def test_an_answer_taken_away_here_and_changed_there_is_a_conflict_without_our_side(ours_deletes: bool) -> None:
    base = handoff_of({GOAL: "one"})
    sides = [changes.clear(base, small(), GOAL), give(base, GOAL, "two")]
    merged = joined(base, *(sides if ours_deletes else sides[::-1]))
    entry = {"theirs": "two"} if ours_deletes else {"ours": "two"}
    assert merged.handoff.conflict == {"start": {"goal": [entry]}}
    assert merged.handoff.value(GOAL) == (None if ours_deletes else "two")


def test_what_python_calls_equal_and_a_file_does_not_is_a_change() -> None:
    base = handoff_of({"future.question": 1})
    merged = joined(base, put(base, "future.question", value=True), base)
    assert merged.handoff.answer("future.question").value is True


def test_a_list_of_choices_is_one_answer() -> None:
    base = handoff_of({"future.many": ["a"]})
    merged = joined(base, put(base, "future.many", value=["a", "b"]), put(base, "future.many", value=["a", "c"]))
    assert where(merged) == [("future.many", None, None, "")]


# -- states ------------------------------------------------------------------------------------------------------


def test_who_answers_what_the_other_side_leaves_open_is_not_overruled() -> None:
    ours, theirs = give(handoff_of(), GOAL, "one"), put(handoff_of(), GOAL, mark=Open(owner="mara", due=DUE))
    merged = joined(handoff_of(), ours, theirs)
    assert merged.handoff.answer(GOAL) == Answer("one")
    assert conflicts_in(merged.handoff) == (
        Conflict(GOAL, part="state", ours="answered", theirs={"open": {"owner": "mara", "due": DUE}}),
    )


def test_a_value_and_the_state_beside_it_do_not_come_from_two_sides_unasked() -> None:
    # They confirmed one value, and we wrote another one.
    base = put(handoff_of({GOAL: "one"}), GOAL, mark=Assumed(basis="draft 3"))
    merged = joined(base, put(base, GOAL, value="two"), put(base, GOAL, mark=None))
    assert merged.handoff.answer(GOAL) == Answer("two", Assumed(basis="draft 3"))
    assert where(merged) == [(GOAL, None, None, "state")]


def test_two_answers_with_two_states_are_two_conflicts_at_one_question() -> None:
    ours = put(handoff_of({GOAL: "one"}), GOAL, mark=Assumed(basis="draft"))
    merged = joined(handoff_of(), ours, handoff_of({GOAL: "two"}))
    assert where(merged) == [(GOAL, None, None, ""), (GOAL, None, None, "state")]
    assert [item.index for item in merged.conflicts] == [0, 1]


def test_a_state_that_one_side_changed_alone_is_taken() -> None:
    base = put(handoff_of(), GOAL, mark=Open(owner="mara"))
    merged = joined(base, base, put(base, GOAL, mark=NotApplicable(reason="there are no customers")))
    assert merged.handoff.answer(GOAL).mark == NotApplicable(reason="there are no customers")


def test_two_dates_for_one_open_point_are_a_conflict() -> None:
    base = put(handoff_of(), GOAL, mark=Open(owner="mara"))
    sides = [put(base, GOAL, mark=Open(owner="mara", due=date(2026, 12, day))) for day in (4, 5)]
    assert where(joined(base, *sides)) == [(GOAL, None, None, "state")]


# -- tables ------------------------------------------------------------------------------------------------------


def test_rows_that_both_add_are_both_kept_and_in_one_order_whoever_merges() -> None:
    ours, theirs = table(ALERT, OTHER), table(ALERT, THIRD)
    one, two = joined(table(ALERT), ours, theirs), joined(table(ALERT), theirs, ours)
    assert one.conflicts == two.conflicts == ()
    assert one.handoff.rows(ALERTS) == two.handoff.rows(ALERTS) == [ALERT, THIRD, OTHER]


def test_rows_stay_where_each_side_put_them() -> None:
    first, last = {"alert": "A"}, {"alert": "Z"}
    base = table(ALERT, OTHER)
    merged = joined(base, table(first, ALERT, OTHER), table(ALERT, last, OTHER))
    assert merged.handoff.rows(ALERTS) == [first, ALERT, last, OTHER]


def test_a_row_that_both_add_alike_stands_there_once() -> None:
    assert joined(handoff_of(), table(ALERT), table(ALERT)).handoff.rows(ALERTS) == [ALERT]


def test_a_row_that_both_add_with_other_cells_has_a_conflict_for_each_cell() -> None:
    merged = joined(None, table(ALERT), table(ALERT | {"urgency": "page_now", "runbook": "wiki"}))
    assert merged.handoff.rows(ALERTS) == [ALERT | {"runbook": "wiki"}]
    assert merged.conflicts == (Conflict(ALERTS, "LagHigh", "urgency", "", "notice", "page_now"),)


def test_a_row_is_known_by_its_name_as_the_checks_compare_names() -> None:
    theirs = table({"alert": "lag-high", "goes_to": "mara", "urgency": "notice"})
    merged = joined(handoff_of(), table({"alert": "lag_high", "goes_to": "mara", "urgency": "notice"}), theirs)
    assert merged.conflicts == (Conflict(ALERTS, "lag_high", "alert", "", "lag_high", "lag-high"),)


def test_cells_of_one_row_that_each_side_changed_join() -> None:
    merged = joined(table(ALERT), table(ALERT | {"urgency": "page_now"}), table(ALERT | {"goes_to": "zofia"}))
    assert merged.handoff.rows(ALERTS) == [{"alert": "LagHigh", "goes_to": "zofia", "urgency": "page_now"}]
    assert merged.conflicts == ()


def test_a_cell_emptied_here_and_changed_there_has_no_side_of_ours() -> None:
    ours = table({key: value for key, value in ALERT.items() if key != "goes_to"})
    merged = joined(table(ALERT), ours, table(ALERT | {"goes_to": "zofia"}))
    assert merged.handoff.rows(ALERTS) == ours.rows(ALERTS)
    assert merged.handoff.conflict["watch"]["alerts"] == [{"row": "LagHigh", "column": "goes_to", "theirs": "zofia"}]


def test_a_row_deleted_here_and_left_alone_there_is_gone() -> None:
    merged = joined(table(ALERT, OTHER), table(ALERT), table(ALERT | {"goes_to": "zofia"}, OTHER))
    assert merged.handoff.rows(ALERTS) == [ALERT | {"goes_to": "zofia"}]
    assert merged.conflicts == ()


@pytest.mark.parametrize("ours_deletes", [True, False])
def test_a_row_deleted_here_and_changed_there_is_a_conflict_about_the_row(ours_deletes: bool) -> None:
    changed = OTHER | {"urgency": "page_now"}
    sides = [table(ALERT), table(ALERT, changed)]
    merged = joined(table(ALERT, OTHER), *(sides if ours_deletes else sides[::-1]))
    assert merged.handoff.rows(ALERTS) == ([ALERT] if ours_deletes else [ALERT, changed])
    entry = {"row": "Silence", "theirs" if ours_deletes else "ours": changed}
    assert merged.handoff.conflict == {"watch": {"alerts": [entry]}}


def test_an_order_that_one_side_changed_is_no_conflict_with_a_cell_of_the_other() -> None:
    merged = joined(table(ALERT, OTHER), table(OTHER, ALERT), table(ALERT, OTHER | {"goes_to": "zofia"}))
    assert merged.handoff.rows(ALERTS) == [OTHER | {"goes_to": "zofia"}, ALERT]
    assert merged.conflicts == ()


def test_two_orders_are_no_conflict_either() -> None:
    rows = [{"alert": name} for name in "abc"]
    sides = [table(*(rows[at] for at in order)) for order in ((1, 0, 2), (2, 1, 0))]
    one, two = joined(table(*rows), *sides), joined(table(*rows), *sides[::-1])
    assert one.conflicts == ()
    assert one.handoff == two.handoff


def test_a_renamed_row_is_another_row() -> None:
    renamed = OTHER | {"alert": "Quiet"}
    clean = joined(table(ALERT, OTHER), table(ALERT, renamed), table(ALERT | {"goes_to": "zofia"}, OTHER))
    assert clean.handoff.rows(ALERTS) == [ALERT | {"goes_to": "zofia"}, renamed]
    both = joined(table(ALERT, OTHER), table(ALERT, renamed), table(ALERT, OTHER | {"goes_to": "zofia"}))
    assert both.handoff.rows(ALERTS) == [ALERT, renamed]
    assert where(both) == [(ALERTS, "Silence", None, "")]


def test_two_rows_of_one_name_stay_two_rows() -> None:
    twice = table(ALERT, ALERT | {"goes_to": "zofia"})
    merged = joined(twice, twice, table(ALERT, ALERT | {"goes_to": "jo"}, OTHER))
    assert merged.handoff.rows(ALERTS) == [ALERT, ALERT | {"goes_to": "jo"}, OTHER]


def test_a_table_emptied_here_keeps_what_they_added() -> None:
    merged = joined(table(ALERT), handoff_of(), table(ALERT, OTHER))
    assert merged.handoff.rows(ALERTS) == [OTHER]


def test_a_table_that_the_questions_do_not_know_is_joined_by_its_first_column() -> None:
    first, second = {"id": "a", "x": 1}, {"id": "b", "x": 2}
    base = handoff_of({"future.rows": [first]})
    merged = joined(
        base, put(base, "future.rows", value=[first | {"x": 3}]), put(base, "future.rows", value=[first, second])
    )
    assert merged.handoff.answer("future.rows").value == [{"id": "a", "x": 3}, second]
    assert merged.conflicts == ()


def test_what_is_no_table_where_one_belongs_is_one_answer() -> None:
    merged = joined(handoff_of(), table(ALERT), handoff_of({ALERTS: "by hand"}))
    assert merged.conflicts == (Conflict(ALERTS, ours=[ALERT], theirs="by hand"),)


# -- open cells --------------------------------------------------------------------------------------------------


def cell(owner: str = "mara", row: str = "LagHigh") -> OpenCell:
    return OpenCell(ALERTS, row, "runbook", owner)


def test_open_cells_of_both_sides_stand() -> None:
    base = table(ALERT, OTHER)
    merged = joined(base, changes.open_cell(base, cell()), changes.open_cell(base, cell(row="Silence")))
    assert [item.row for item in merged.handoff.open_cells] == ["LagHigh", "Silence"]


def test_two_owners_of_one_open_cell_are_a_conflict() -> None:
    base = table(ALERT)
    merged = joined(base, changes.open_cell(base, cell("mara")), changes.open_cell(base, cell("zofia")))
    assert merged.handoff.open_cells == (cell("mara"),)
    assert merged.conflicts == (
        Conflict(ALERTS, "LagHigh", "runbook", "open_cell", {"owner": "mara"}, {"owner": "zofia"}),
    )


def test_a_cell_opened_here_and_filled_there_is_a_conflict() -> None:
    base = table(ALERT)
    merged = joined(base, changes.open_cell(base, cell()), table(ALERT | {"runbook": "wiki"}))
    assert where(merged) == [(ALERTS, "LagHigh", "runbook", "open_cell")]
    assert merged.handoff.rows(ALERTS) == [ALERT | {"runbook": "wiki"}]


def test_a_cell_filled_here_and_still_open_there_is_filled() -> None:
    base = changes.open_cell(table(ALERT), cell())
    merged = joined(base, replace(table(ALERT | {"runbook": "wiki"}), open_cells=()), base)
    assert (merged.handoff.open_cells, merged.conflicts) == ((), ())


def test_a_row_deleted_here_in_which_they_opened_a_cell_is_told_with_the_cell() -> None:
    base = table(ALERT, OTHER)
    merged = joined(base, table(OTHER), changes.open_cell(base, cell()))
    assert merged.handoff.rows(ALERTS) == [OTHER]
    assert merged.handoff.open_cells == ()
    assert where(merged) == [(ALERTS, "LagHigh", None, ""), (ALERTS, "LagHigh", "runbook", "open_cell")]


# -- notes, and what belongs to no question ----------------------------------------------------------------------


def test_notes_are_joined_line_by_line_and_by_who_agreed() -> None:
    base = put(handoff_of(), GOAL, note=Note(text="asked finance", agreed_by=("mara",)))
    ours = put(base, GOAL, note=Note(text="asked finance\nthey want 4h", agreed_by=("mara", "jo")))
    theirs = put(base, GOAL, note=Note(text="see the wiki\nasked finance", agreed_by=("zofia", "mara")))
    one, two = joined(base, ours, theirs), joined(base, theirs, ours)
    note = Note(text="see the wiki\nasked finance\nthey want 4h", agreed_by=("zofia", "mara", "jo"))
    assert one.handoff.answer(GOAL).note == two.handoff.answer(GOAL).note == note
    assert one.conflicts == ()


def test_the_head_joins_key_by_key() -> None:
    base = handoff_of(name="Billing", owner="mara", participants=("Mara",), comment="keep")
    ours = replace(base, head=replace(base.head, owner="zofia", participants=("Mara", "Zofia"), comment="keep\nours"))
    theirs = replace(
        base, head=replace(base.head, name="Billing state", participants=("Mara", "Jo"), comment="keep\nmore")
    )
    head = joined(base, ours, theirs).handoff.head
    assert (head.name, head.owner, head.comment) == ("Billing state", "zofia", "keep\nmore\nours")
    assert head.participants == ("Mara", "Jo", "Zofia")


def test_a_key_of_the_head_that_both_changed_is_a_conflict_under_its_own_name() -> None:
    base = handoff_of(owner="mara")
    sides = [replace(base, head=replace(base.head, owner=name)) for name in ("zofia", "jo")]
    merged = joined(base, *sides)
    assert merged.handoff.head.owner == "zofia"
    assert merged.handoff.conflict == {"handoff": {"owner": [{"ours": "zofia", "theirs": "jo"}]}}


def test_warnings_accepted_on_either_side_are_accepted() -> None:
    one, two = ({"rule": rule, "question": ALERTS, "reason": "booked", "by": "mara"} for rule in ("untested", "late"))
    base = table(ALERT)
    merged = joined(base, replace(base, accepted=(one,)), replace(base, accepted=(two,)))
    assert sorted(item["rule"] for item in merged.handoff.accepted) == ["late", "untested"]
    other = joined(base, replace(base, accepted=(one,)), replace(base, accepted=(one | {"by": "jo"},)))
    assert (other.handoff.accepted, where(other)) == ((one,), [(ALERTS, None, None, "accepted")])


def test_unknown_keys_of_both_sides_stand() -> None:
    base = handoff_of()
    merged = joined(base, replace(base, extra={"a": 1}), replace(base, extra={"b": [2]}))
    assert merged.handoff.extra == {"a": 1, "b": [2]}
    both = joined(base, replace(base, extra={"a": 1}), replace(base, extra={"a": 2}))
    assert both.handoff.conflict == {"handoff": {"a": [{"part": "extra", "ours": 1, "theirs": 2}]}}


def test_conflicts_of_an_earlier_merge_stand_until_one_side_decided_them() -> None:
    base, _ = with_conflicts(handoff_of({GOAL: "one"}), [Conflict(GOAL, ours="one", theirs="two")])
    decided = replace(give(base, GOAL, "two"), conflict={})
    assert joined(base, base, give(base, WEIGHT, "low")).handoff.conflict == base.conflict
    assert joined(base, base, decided).handoff.conflict == {}
    new, _ = with_conflicts(base, [Conflict(WEIGHT, ours="low", theirs="high")])
    assert joined(base, new, decided).handoff.conflict == {"start": {"weight": [{"ours": "low", "theirs": "high"}]}}


# -- two files begun by themselves -------------------------------------------------------------------------------


def test_without_a_common_beginning_what_differs_is_a_conflict_and_what_one_has_is_kept() -> None:
    ours = put(handoff_of({GOAL: "one", WEIGHT: "low"}, name="A", owner="mara"), GOAL, note=Note(text="n"))
    theirs = handoff_of({GOAL: "two", "watch.window": "4h"}, name="B")
    merged = joined(None, ours, theirs)
    assert where(merged) == [("handoff.name", None, None, ""), (GOAL, None, None, "")]
    assert merged.handoff.head.owner == "mara"
    assert set(merged.handoff.answers) == {GOAL, WEIGHT, "watch.window"}
    assert merged.handoff.answer(GOAL) == Answer("one", note=Note(text="n"))


# -- final -------------------------------------------------------------------------------------------------------


def final(handoff: Handoff) -> Handoff:
    return replace(handoff, head=replace(handoff.head, status="final"))


def test_a_signed_off_handoff_that_the_other_side_left_alone_stays_final() -> None:
    base = complete()
    assert joined(base, final(base), base).handoff == final(base)
    assert joined(base, base, final(base)).handoff == final(base)


def test_a_merge_that_adds_anything_to_a_final_handoff_makes_it_a_draft() -> None:
    base = complete()
    for sides in (
        (final(base), give(base, "start.limits", "None.")),
        (give(base, "start.limits", "None."), final(base)),
    ):
        assert joined(base, *sides).handoff.head.status == "draft"


def test_two_that_were_signed_off_differently_are_a_draft_together() -> None:
    base = complete()
    sides = [final(give(base, key, value)) for key, value in (("start.limits", "No."), ("start.count", 3))]
    assert joined(base, *sides).handoff.head.status == "draft"


# -- staleness ---------------------------------------------------------------------------------------------------


def test_an_answer_of_one_side_whose_premise_the_other_changed_is_stale() -> None:
    base = handoff_of({WEIGHT: "low"})
    merged = joined(base, give(base, WEIGHT, "high"), give(base, ALERTS, [ALERT]))
    assert merged.handoff.answer(ALERTS) == Answer([ALERT], stale=Stale(WEIGHT, "low"))
    assert merged.stale == (ALERTS,)
    assert joined(base, give(base, ALERTS, [ALERT]), give(base, WEIGHT, "high")).handoff == merged.handoff


def test_what_one_side_looked_at_again_and_the_other_changed_without_knowing_is_stale() -> None:
    base = handoff_of({WEIGHT: "low", ALERTS: [ALERT]})
    ours = changes.reconfirm(give(base, WEIGHT, "high"), ALERTS)
    merged = joined(base, ours, give(base, ALERTS, [ALERT, OTHER]))
    assert merged.handoff.answer(ALERTS).stale == Stale(WEIGHT, "low")


def test_a_table_joined_from_both_is_stale_if_either_side_knew_another_premise() -> None:
    base = handoff_of({WEIGHT: "low", ALERTS: [ALERT]})
    ours = give(give(base, WEIGHT, "high"), ALERTS, [ALERT, OTHER])
    merged = joined(base, ours, give(base, ALERTS, [ALERT, THIRD]))
    assert merged.handoff.answer(ALERTS).stale == Stale(WEIGHT, "low")


def test_what_was_reconfirmed_after_the_same_change_on_both_sides_is_not_stale() -> None:
    base = handoff_of({WEIGHT: "low", ALERTS: [ALERT]})
    ours = give(base, WEIGHT, "high")
    theirs = give(ours, ALERTS, [ALERT, OTHER])
    merged = joined(base, ours, theirs)
    assert merged.handoff.answer(ALERTS) == Answer([ALERT, OTHER])
    assert joined(base, theirs, ours).handoff == merged.handoff


def test_a_premise_in_conflict_makes_the_answer_of_the_other_side_stale() -> None:
    base = handoff_of({WEIGHT: "low"})
    template = small()
    more = give(give(base, WEIGHT, "high"), ALERTS, [ALERT])
    merged = merge(handoff_of(), base, more, template)
    assert where(merged) == [(WEIGHT, None, None, "")]
    assert merged.handoff.answer(ALERTS).stale == Stale(WEIGHT, "high")


def test_a_newer_template_on_one_side_makes_the_answers_of_the_other_stale() -> None:
    base = handoff_of({WEIGHT: "high"}, template_version=2)
    ours = changes.renew(base, small())
    merged = joined(base, ours, give(base, "close.drill", "by hand"))
    assert merged.handoff.head.template_version == 3
    assert merged.handoff.answer("close.drill").stale == Stale("handoff.template_version", "2")


def test_without_the_questions_nothing_becomes_stale_and_all_is_joined() -> None:
    base = handoff_of({WEIGHT: "low"})
    merged = merge(base, give(base, WEIGHT, "high"), give(base, ALERTS, [ALERT]), None)
    assert merged.handoff.answer(ALERTS) == Answer([ALERT])
    assert merged.stale == ()


def test_an_open_point_is_not_stale_because_the_answer_on_the_other_side_is() -> None:
    base = handoff_of({WEIGHT: "low", ALERTS: [ALERT]})
    merged = joined(base, give(base, WEIGHT, "high"), changes.mark(base, small(), ALERTS, Open(owner="mara")))
    assert merged.handoff.answer(ALERTS) == Answer([ALERT], Open(owner="mara"))


def test_absent_is_not_written_as_a_value() -> None:
    assert Conflict(GOAL, theirs="x").entry() == {"theirs": "x"}
    assert Conflict(GOAL).ours is ABSENT
