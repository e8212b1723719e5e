"""Whatever two people did to a handoff: a merge loses nothing, invents nothing, and takes nobody's part unasked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from handoff_tui.core.conflicts import as_table, conflicts_in
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.merge import merge
from handoff_tui.core.merge_rows import key_column
from handoff_tui.core.resolve import resolve
from handoff_tui.core.text import fold
from handoff_tui.core.three_way import canonical, same
from handoff_tui.store.text import dumps, loads
from handoff_tui.tomlfile import parse_toml
from tests.core.making import bundled
from tests.properties.edits import three
from tests.properties.strategies import answers, handoffs, values

NAME = "x.handoff.toml"
PAYMENTS = bundled("payments")
FEW = settings(max_examples=25)
"""For whole handoffs of any text anywhere, which take long to make."""


def text(handoff: Handoff) -> str:
    return dumps(handoff, PAYMENTS, NAME)


def again(handoff: Handoff) -> Handoff:
    return loads(parse_toml(text(handoff).encode(), Path(NAME)))


# -- what must hold ----------------------------------------------------------------------------------------------


@FEW
@given(handoffs(), handoffs())
def test_what_one_side_alone_did_is_the_result(base: Handoff, changed: Handoff) -> None:
    for sides in ((base, base, changed), (base, changed, base), (base, changed, changed)):
        merged = merge(*sides, PAYMENTS)
        assert merged.conflicts == ()
        assert merged.stale == ()
        assert same(merged.handoff, changed)
        assert text(merged.handoff) == text(changed)


@FEW
@given(handoffs(), handoffs())
def test_without_the_questions_too(base: Handoff, changed: Handoff) -> None:
    for sides in ((base, base, changed), (base, changed, base), (base, changed, changed)):
        assert same(merge(*sides, None).handoff, changed)


@FEW
@given(handoffs())
def test_two_files_that_are_the_same_are_one(handoff: Handoff) -> None:
    merged = merge(None, handoff, handoff, PAYMENTS)
    assert (text(merged.handoff), merged.conflicts) == (text(handoff), ())


NOTHING = ("''", "[]", "NoneType:None")
"""What a file does not hold: whoever took something away says so by its absence."""


def facts(handoff: Handoff) -> Iterator[tuple[str, str]]:
    """Yield everything somebody wrote: where, and what. What follows from it by a rule is left out."""
    for name in ("name", "template", "moment", "owner", "created"):
        yield f"handoff.{name}", canonical(getattr(handoff.head, name))
    yield from (("participants", canonical(name)) for name in handoff.head.participants)
    yield from (("comment", canonical(line)) for line in handoff.head.comment.split("\n"))
    for place, table in (("handoff", handoff.head.extra), ("file", handoff.extra)):
        yield from ((f"{place}.{key}", canonical(value)) for key, value in table.items())
    yield "schema", canonical(handoff.schema)
    for question_id, answer in handoff.answers.items():
        yield from of_value(question_id, answer.value)
        yield f"{question_id} mark", canonical(as_table(answer.mark) if answer.mark else None)
        if answer.note:
            yield from ((f"{question_id} note", canonical(line)) for line in answer.note.text.split("\n"))
            yield from ((f"{question_id} agreed", canonical(name)) for name in answer.note.agreed_by)
            yield from ((f"{question_id} note {key}", canonical(value)) for key, value in answer.note.extra.items())
    for cell in handoff.open_cells:
        table = as_table(cell)
        told = {key: table[key] for key in table.keys() - {"question", "row", "column"}}
        yield f"{cell.question} {fold(cell.row)} {cell.column} open", canonical(told)
    yield from (("accepted", canonical(item)) for item in handoff.accepted)
    yield from (("conflict", canonical(item.entry())) for item in conflicts_in(handoff))


def of_value(question_id: str, value: Any) -> Iterator[tuple[str, str]]:
    key = key_column(PAYMENTS, question_id, [value])
    if key is None:
        yield question_id, canonical(value)
        return
    for row in value or []:
        # Of two rows of one name it is the same which is the first.
        name = fold(str(row.get(key, "")))
        yield from ((f"{question_id} {name} {column}", canonical(cell)) for column, cell in row.items())


@given(three())
def test_nothing_that_anybody_wrote_is_lost(sides: tuple[Handoff, Handoff, Handoff]) -> None:
    base, ours, theirs = sides
    merged = merge(base, ours, theirs, PAYMENTS).handoff
    before, after = set(facts(base)), set(facts(merged))
    told = canonical(merged.conflict)
    for side in (ours, theirs):
        lost = [fact for fact in facts(side) if fact not in before and fact not in after]
        assert [(where, what) for where, what in lost if what not in (*NOTHING, "{}") and what not in told] == []


@given(three())
def test_nothing_stands_there_that_nobody_wrote(sides: tuple[Handoff, Handoff, Handoff]) -> None:
    written = {fact for side in sides for fact in facts(side)}
    merged = merge(*sides, PAYMENTS)
    new = {canonical(item.entry()) for item in merged.conflicts}
    strange = [fact for fact in facts(merged.handoff) if fact not in written and fact[1] not in new]
    assert [fact for fact in strange if fact[1] not in NOTHING] == []


@given(three())
def test_whichever_side_is_ours_the_same_is_answered(sides: tuple[Handoff, Handoff, Handoff]) -> None:
    base, ours, theirs = sides
    one, other = merge(base, ours, theirs, PAYMENTS), merge(base, theirs, ours, PAYMENTS)
    assert bool(one.conflicts) == bool(other.conflicts)
    if not one.conflicts:
        assert one.handoff.answers.keys() == other.handoff.answers.keys()
        assert text(one.handoff) == text(other.handoff)


@given(three())
def test_the_result_is_a_file_that_reads_back(sides: tuple[Handoff, Handoff, Handoff]) -> None:
    merged = merge(*sides, PAYMENTS).handoff
    again = loads(parse_toml(text(merged).encode(), Path(NAME)))
    assert same(again, merged) or text(again) == text(merged)


@given(three())
def test_merging_their_work_once_more_changes_nothing(sides: tuple[Handoff, Handoff, Handoff]) -> None:
    _, ours, theirs = sides
    merged = merge(*sides, PAYMENTS).handoff
    assert same(merge(theirs, merged, theirs, PAYMENTS).handoff, merged)
    assert same(merge(ours, merged, ours, PAYMENTS).handoff, merged)


@FEW
@given(handoffs(), st.data())
def test_edits_of_different_answers_never_conflict(base: Handoff, data: st.DataObject) -> None:
    ids = list(PAYMENTS.by_id)
    chosen = data.draw(st.lists(st.sampled_from(ids), min_size=2, max_size=6, unique=True))
    ours = theirs = base
    for number, question_id in enumerate(chosen):
        answer = data.draw(answers(values(PAYMENTS.by_id[question_id])))
        if number % 2:
            ours = ours.with_answer(question_id, answer)
        else:
            theirs = theirs.with_answer(question_id, answer)
    merged = merge(base, ours, theirs, PAYMENTS)
    assert merged.conflicts == ()
    for number, question_id in enumerate(chosen):
        side = ours if number % 2 else theirs
        found, wanted = merged.handoff.answer(question_id), side.answer(question_id)
        assert same((found.value, found.mark, found.note), (wanted.value, wanted.mark, wanted.note))


def without_earlier(sides: tuple[Handoff, Handoff, Handoff]) -> Handoff:
    """Merge what two people did who began without any conflict."""
    base, ours, theirs = (replace(side, conflict={}) for side in sides)
    return merge(base, ours, theirs, PAYMENTS).handoff


@given(three(), st.data())
def test_every_conflict_can_be_decided(sides: tuple[Handoff, Handoff, Handoff], data: st.DataObject) -> None:
    handoff = without_earlier(sides)
    while found := conflicts_in(handoff):
        item = data.draw(st.sampled_from(found))
        handoff = resolve(handoff, PAYMENTS, item.question, item.index, data.draw(st.sampled_from(["ours", "theirs"])))
        assert len(conflicts_in(handoff)) < len(found)
    assert handoff.conflict == {}
    assert text(again(handoff)) == text(handoff)


@given(three())
def test_who_takes_ours_each_time_has_what_stood_there(sides: tuple[Handoff, Handoff, Handoff]) -> None:
    merged = handoff = without_earlier(sides)
    while found := conflicts_in(handoff):
        handoff = resolve(handoff, PAYMENTS, found[0].question, found[0].index, "ours")
    assert {key: (answer.value, answer.mark) for key, answer in handoff.answers.items()} == {
        key: (answer.value, answer.mark) for key, answer in merged.answers.items()
    }
    assert (handoff.head, handoff.open_cells, handoff.accepted) == (merged.head, merged.open_cells, merged.accepted)
