"""What is brought back from a journal and what is not: of another handoff, of no question, torn, beside a cut file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from handoff_tui.catalog import Catalog
from handoff_tui.core.handoff import Handoff, Head
from handoff_tui.core.interview import REVIEW, Place
from handoff_tui.errors import SaveError
from handoff_tui.session.opened import Opened
from handoff_tui.session.recording import identity
from handoff_tui.session.recovery import recover
from handoff_tui.session.start import begin, resume
from handoff_tui.store import salvage
from handoff_tui.store.file import HandoffFile
from handoff_tui.store.journal import Journal, Record, journal_path
from tests.core.making import bundled
from tests.session.test_recording import JOURNEY, SYSTEMS, TODAY, WORST, again, crash, unsaved

TEMPLATE = bundled("payments")
MANY = "source_of_truth.never_copied"


def bare(**head: Any) -> Handoff:
    values: dict[str, Any] = {"name": "X", "template": "payments", "created": TODAY} | head
    return Handoff(Head(**values))


def begun(folder: Path, stem: str = "x", **head: Any) -> Opened:
    return begin(folder / f"{stem}.handoff.toml", TEMPLATE, bare(**head), lambda: TODAY)


def journal_with(path: Path, *records: Record) -> None:
    """Leave a journal beside a file, as a program that was killed does."""
    journal = Journal.open(path)
    assert journal is not None
    journal.begin(records)
    journal.close(keep=True)


def beside(path: Path, why: str) -> list[Path]:
    return sorted(path.parent.glob(f"{journal_path(path).name}.{why}-*"))


# -- whose journal it is -----------------------------------------------------------------------------------------


def test_a_journal_of_another_handoff_is_not_used_and_is_kept(tmp_path: Path) -> None:
    other = begun(tmp_path, "other", name="Other")
    unsaved(other, lambda o: o.session.answer(JOURNEY, "Of the other one."))
    content = crash(other)
    mine = begun(tmp_path)
    mine.close()
    journal_path(mine.path).write_bytes(content)
    opened = again(mine.path)
    assert opened.session.handoff.value(JOURNEY) is None
    assert "another handoff" in opened.recovered
    (kept,) = beside(mine.path, "foreign")
    assert kept.read_bytes() == content
    assert kept.name in opened.recovered
    opened.close()


def test_a_handoff_that_was_renamed_has_its_journal(tmp_path: Path) -> None:
    opened = begun(tmp_path)

    def act(opened: Opened) -> None:
        opened.session.set_head(name="Another name")
        opened.session.answer(JOURNEY, "Typed under the new name.")

    unsaved(opened, act)
    crash(opened)
    after = again(opened.path)
    assert after.session.handoff.head.name == "Another name"
    assert after.session.handoff.value(JOURNEY) == "Typed under the new name."
    assert beside(opened.path, "foreign") == []
    after.close()


@pytest.mark.parametrize("head", [{"name": "Y"}, {"template": "identity"}, {"created": None}])
def test_name_template_and_day_tell_handoffs_apart(head: Mapping[str, Any]) -> None:
    records: list[Record] = [{"of": identity(bare(**head))}, {"draft": JOURNEY, "raw": "half"}]
    found = recover(bare(), TEMPLATE, records)
    assert (found.foreign, found.drafts) == (True, {})
    assert recover(bare(**head), TEMPLATE, records).drafts == {JOURNEY: "half"}


def test_what_an_earlier_file_of_that_name_left_is_kept_when_a_new_one_is_begun(tmp_path: Path) -> None:
    first = begun(tmp_path)
    unsaved(first, lambda o: o.session.answer(JOURNEY, "Never saved."))
    content = crash(first)
    first.path.unlink()
    second = begun(tmp_path)
    assert second.session.handoff.value(JOURNEY) is None
    assert [item.read_bytes() for item in beside(second.path, "earlier")] == [content]
    second.close()


# -- what is of no use here --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "record",
    [
        {"draft": "gone.question", "raw": "typed"},
        {"draft": JOURNEY, "raw": 5},
        {"draft": JOURNEY, "raw": ["a", "list"]},
        {"draft": JOURNEY, "raw": {"a": "table"}},
        {"draft": MANY, "raw": "a text"},
        {"draft": f"{SYSTEMS}#", "raw": "a text"},
        {"draft": f"{SYSTEMS}#", "raw": {"name": {"deep": 1}}},
        {"draft": f"{JOURNEY}#", "raw": {"name": "no table"}},
        {"draft": SYSTEMS, "raw": "a text"},
        {"draft": f"note:{JOURNEY}", "raw": "a text"},
        {"future": True},
        {"changed": [JOURNEY], "was": "]", "now": "[", "whole": []},
        {"changed": 3},
    ],
    ids=str,
)
def test_a_record_that_fits_nowhere_is_left_out_told_and_kept(record: Record, tmp_path: Path) -> None:
    opened = begun(tmp_path)
    opened.close()
    journal_with(opened.path, {"of": identity(bare())}, record, {"draft": WORST, "raw": "delay"})
    after = again(opened.path)
    assert after.session.drafts == {WORST: "delay"}
    assert "What could not be read" in after.recovered
    (kept,) = beside(opened.path, "unused")
    assert all(str(word) in kept.read_text(encoding="utf-8") for word in record)
    after.close()


def test_a_torn_end_is_told_on_the_way_in_and_the_rest_is_there(tmp_path: Path) -> None:
    opened = begun(tmp_path)
    unsaved(opened, lambda o: o.session.answer(JOURNEY, "Whole."))
    crash(opened)
    with journal_path(opened.path).open("ab") as stream:
        stream.write(b'{"draft":"business_state.crit')
    after = again(opened.path)
    assert after.session.handoff.value(JOURNEY) == "Whole."
    assert "What could not be read" in after.recovered
    assert [item.read_bytes() for item in beside(opened.path, "torn")] == [b'{"draft":"business_state.crit']
    after.close()


@pytest.mark.parametrize(
    "at",
    [
        {"kind": "question", "id": "gone.question"},
        {"kind": "question", "id": 7},
        {"kind": "nowhere", "id": JOURNEY},
        {"kind": "read_back", "id": "gone"},
        {},
    ],
    ids=str,
)
def test_a_place_that_is_no_more_leads_to_the_first_question_without_an_answer(
    at: Mapping[str, Any], tmp_path: Path
) -> None:
    opened = begun(tmp_path)
    opened.close()
    odd = {"back": ["question"], "wanted": ["gone", 3], "form": 5}
    journal_with(opened.path, {"at": {**at, **odd}})
    after = again(opened.path)
    assert after.session.place == Place("question", JOURNEY)
    assert after.session.return_to is None
    after.close()


def test_the_place_and_the_way_back_are_those_of_the_last_record() -> None:
    found = recover(
        bare(),
        TEMPLATE,
        [
            {"at": {"kind": "question", "id": WORST}},
            {"at": {"kind": "question", "id": SYSTEMS, "back": ["review", ""], "dialog": "note"}},
        ],
    )
    assert found.at["id"] == SYSTEMS
    assert found.at["back"] == [REVIEW.kind, REVIEW.id]


def test_of_one_draft_the_last_is_taken_and_what_was_accepted_is_none() -> None:
    records: list[Record] = [
        {"draft": JOURNEY, "raw": "on"},
        {"draft": JOURNEY, "raw": "one"},
        {"draft": WORST, "raw": "delay"},
        {"draft": WORST},
    ]
    assert recover(bare(), TEMPLATE, records).drafts == {JOURNEY: "one"}


def test_what_was_typed_into_a_row_that_is_gone_is_offered_as_a_new_one(tmp_path: Path) -> None:
    opened = begun(tmp_path)
    opened.session.put_row(SYSTEMS, None, {"name": "Stripe", "role": "source"})
    opened.close()
    opened = again(opened.path)  # a journal that has no step of the row: so it is not theirs to bring back
    opened.session.jump(Place("question", SYSTEMS))
    opened.session.row, opened.session.form_open = 0, True
    opened.session.drafts[f"{SYSTEMS}#Stripe"] = {"name": "Stripe", "role": "zen"}
    opened.record()
    crash(opened)
    file, handoff = HandoffFile.read(opened.path)
    file.template = TEMPLATE
    file.save(handoff.with_answer(SYSTEMS, handoff.answer(SYSTEMS).with_(value=None)))
    after = again(opened.path)
    assert after.session.row is None
    assert after.session.form_open
    assert after.session.drafts == {f"{SYSTEMS}#": {"name": "Stripe", "role": "zen"}}
    after.close()


# -- a file that was cut off -------------------------------------------------------------------------------------


def test_a_file_that_was_cut_off_is_gone_on_with_and_saved_whole(tmp_path: Path) -> None:
    opened = begun(tmp_path)
    opened.session.answer(JOURNEY, "A customer can read.")
    opened.session.answer(WORST, "delay")
    opened.close()
    whole = opened.path.read_bytes()
    cut = whole[: whole.index(b'"delay') + 3]
    opened.path.write_bytes(cut)
    after = again(opened.path)
    assert after.session.handoff.value(JOURNEY) == "A customer can read."
    assert after.session.handoff.value(WORST) is None
    assert "cut off at line" in after.recovered
    (kept,) = tmp_path.glob("*.damaged-*")
    assert kept.read_bytes() == cut
    after.session.answer(WORST, "delay")
    assert after.close()
    assert HandoffFile.read(opened.path)[1].answers == opened.session.handoff.answers


def test_what_is_cut_off_and_still_in_the_journal_comes_back(tmp_path: Path) -> None:
    opened = begun(tmp_path)
    opened.session.answer(JOURNEY, "A customer can read.")
    opened.session.answer(WORST, "delay")
    opened.session.put_row(SYSTEMS, None, {"name": "Stripe", "role": "source"})
    assert opened.saver.flush(30)
    wanted = opened.session.handoff
    crash(opened)
    whole = opened.path.read_bytes()
    opened.path.write_bytes(whole[: whole.index(b"A customer") + 4])
    after = again(opened.path)
    assert after.session.handoff.answers == wanted.answers
    assert after.session.handoff.conflict == {}, "what the file lacks is no edit of anybody"
    assert "Recovered: 3 steps" in after.recovered
    assert after.saver.flush(30)
    assert HandoffFile.read(opened.path)[1].answers == wanted.answers
    after.close()


def test_a_cut_file_that_cannot_be_kept_beside_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = begun(tmp_path)
    unsaved(opened, lambda o: o.session.answer(JOURNEY, "Only in the journal."))
    journal = crash(opened)
    cut = opened.path.read_bytes() + b'\n[business_state]\ncriticality = "de'
    opened.path.write_bytes(cut)

    def full(*_: object, **__: object) -> None:
        raise SaveError("Not saved: the disk is full.", hint="Make room.")

    monkeypatch.setattr(salvage, "atomic_write", full)
    with pytest.raises(SaveError):
        resume(opened.path, Catalog(), lambda: TODAY)
    assert opened.path.read_bytes() == cut
    assert journal_path(opened.path).read_bytes() == journal


def test_the_journal_knows_which_handoff_it_is_of_also_without_a_line_that_says_so() -> None:
    found = recover(replace(bare(), head=replace(bare().head, name="Z")), TEMPLATE, [{"draft": JOURNEY, "raw": "half"}])
    assert not found.foreign
    assert found.drafts == {JOURNEY: "half"}
