"""After a crash: answers the file lacks, the place, what was typed and not accepted; joined with others' edits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from handoff_tui.catalog import Catalog
from handoff_tui.core.handoff import Handoff, Head
from handoff_tui.core.interview import REVIEW, Place
from handoff_tui.session.opened import Opened
from handoff_tui.session.start import begin, resume
from handoff_tui.store.file import HandoffFile
from handoff_tui.store.journal import journal_path
from tests.core.making import bundled

TODAY = date(2026, 11, 23)
JOURNEY, WORST, SYSTEMS = "business_state.journey", "business_state.criticality", "parties.systems"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.handoff.toml"


@pytest.fixture
def opened(path: Path) -> Iterator[Opened]:
    template = bundled("payments")
    head = Head(name="X", template="payments", template_version=template.version, owner="mara", created=TODAY)
    opened = begin(path, template, Handoff(head), lambda: TODAY)
    yield opened
    opened.close()


def crash(opened: Opened) -> bytes:
    """End as a kill does: what the journal holds stays; return it."""
    assert opened.journal is not None
    opened.saver.close()
    content = journal_path(opened.path).read_bytes()
    opened.journal.close(keep=True)
    opened.journal = opened.recorder = None
    return content


def again(path: Path) -> Opened:
    return resume(path, Catalog(), lambda: TODAY)


def unsaved(opened: Opened, act: Callable[[Opened], object]) -> None:
    """Do something of which nothing reaches the file."""
    before = opened.path.read_bytes()
    opened.saver.submit = lambda _: None  # type: ignore[method-assign, assignment]
    act(opened)
    opened.record()
    assert opened.path.read_bytes() == before


def test_a_clean_end_leaves_no_journal(opened: Opened) -> None:
    opened.session.answer(JOURNEY, "A customer can read.")
    assert opened.close()
    assert not journal_path(opened.path).exists()


def test_what_is_typed_and_not_accepted_stays_after_a_clean_end_too(opened: Opened) -> None:
    opened.session.drafts[JOURNEY] = "half a sen"
    assert opened.close()
    after = again(opened.path)
    assert after.session.drafts == {JOURNEY: "half a sen"}
    assert "typed" in after.recovered
    after.session.drafts.clear()
    after.close()


def test_the_place_and_every_key_come_back(opened: Opened) -> None:
    session = opened.session
    session.jump(Place("question", SYSTEMS), return_to=REVIEW)
    session.row, session.form_open = None, True
    session.drafts[f"{SYSTEMS}#"] = {"name": "Stri", "role": None}
    opened.record()
    crash(opened)
    after = again(opened.path)
    assert after.session.place == Place("question", SYSTEMS)
    assert after.session.return_to == REVIEW
    assert after.session.form_open
    assert after.session.drafts == {f"{SYSTEMS}#": {"name": "Stri", "role": None}}
    after.close()


def test_steps_that_never_reached_the_file_are_replayed_and_saved(opened: Opened) -> None:
    def act(opened: Opened) -> None:
        opened.session.answer(JOURNEY, "A customer can read.\nUntil day 14.")
        opened.session.answer(WORST, "delay")
        opened.session.put_row(SYSTEMS, None, {"name": "Stripe", "role": "source"})
        opened.session.mark("source_of_truth.keep_for", "open", {"owner": "Zofia", "due": "2026-12-04"})

    unsaved(opened, act)
    wanted = opened.session.handoff
    crash(opened)
    after = again(opened.path)
    assert after.session.handoff == wanted
    assert "Recovered" in after.recovered
    assert after.saver.flush(30)
    assert HandoffFile.read(opened.path)[1] == wanted
    after.close()


def test_steps_that_reached_the_file_are_not_told(opened: Opened) -> None:
    opened.session.answer(JOURNEY, "A customer can read.")
    opened.session.answer(WORST, "delay")
    assert opened.saver.flush(30)
    crash(opened)
    after = again(opened.path)
    assert after.recovered == ""
    assert after.session.handoff == opened.session.handoff
    after.close()


def test_a_file_that_holds_some_of_the_steps_gets_the_others(opened: Opened) -> None:
    opened.session.answer(WORST, "delay")
    opened.session.answer(WORST, "inconvenience")
    assert opened.saver.flush(30)
    unsaved(opened, lambda o: o.session.answer(WORST, "money_or_access"))
    crash(opened)
    after = again(opened.path)
    assert after.session.handoff.value(WORST) == "money_or_access"
    assert after.session.handoff.conflict == {}
    after.close()


def edit(path: Path, question_id: str, value: object) -> None:
    """Change the file as another program does."""
    file, handoff = HandoffFile.read(path)
    file.template = bundled("payments")
    file.save(handoff.with_answer(question_id, handoff.answer(question_id).with_(value=value)))


def test_another_answer_that_somebody_changed_meanwhile_is_kept(opened: Opened) -> None:
    unsaved(opened, lambda o: o.session.answer(JOURNEY, "Ours."))
    crash(opened)
    edit(opened.path, WORST, "delay")
    after = again(opened.path)
    assert after.session.handoff.value(JOURNEY) == "Ours."
    assert after.session.handoff.value(WORST) == "delay"
    assert after.session.handoff.conflict == {}
    after.close()


def test_the_same_answer_changed_by_both_is_kept_in_both_versions(opened: Opened) -> None:
    unsaved(opened, lambda o: o.session.answer(JOURNEY, "Ours."))
    crash(opened)
    edit(opened.path, JOURNEY, "Theirs.")
    after = again(opened.path)
    assert after.session.handoff.value(JOURNEY) == "Ours."
    assert "Theirs." in str(after.session.handoff.conflict)
    assert "both versions" in after.recovered
    after.close()


def test_a_second_instance_reads_and_changes_nothing(opened: Opened) -> None:
    assert opened.saver.flush(30)
    second = again(opened.path)
    assert " on " in second.session.read_only
    before = second.session.handoff
    second.session.answer(JOURNEY, "Not mine to say.")
    assert second.session.undo() is None
    assert second.session.handoff is before
    second.close()
    assert HandoffFile.read(opened.path)[1].value(JOURNEY) is None
    opened.session.answer(JOURNEY, "Mine.")
    opened.close()
    third = again(opened.path)
    assert third.session.read_only == ""
    third.close()


# -- while it is open ------------------------------------------------------------------------------------------------


def test_an_edit_from_outside_is_brought_in(opened: Opened) -> None:
    opened.session.answer(JOURNEY, "Ours.")
    assert opened.saver.flush(30)
    assert opened.look_outside() is None
    edit(opened.path, WORST, "delay")
    outside = opened.look_outside()
    assert outside is not None
    assert (outside.taken, outside.disputed) == ((WORST,), ())
    assert opened.session.handoff.value(WORST) == "delay"
    assert opened.session.handoff.value(JOURNEY) == "Ours."
    assert opened.look_outside() is None
    opened.session.answer(JOURNEY, "Ours again.")
    assert opened.saver.flush(30)
    assert opened.saver.error is None
    assert HandoffFile.read(opened.path)[1] == opened.session.handoff


def test_a_save_that_meets_an_edit_keeps_both_and_joins_them(opened: Opened) -> None:
    assert opened.saver.flush(30)
    edit(opened.path, JOURNEY, "Theirs.")
    opened.session.answer(JOURNEY, "Ours.")
    opened.saver.flush(30)
    assert opened.saver.error is not None
    assert opened.saver.error.aside is not None
    assert opened.saver.error.aside.exists()
    outside = opened.look_outside()
    assert outside is not None
    assert outside.disputed == (JOURNEY,)
    assert opened.saver.flush(30)
    assert opened.saver.error is None
    stood = HandoffFile.read(opened.path)[1]
    assert stood.value(JOURNEY) == "Ours."
    assert "Theirs." in str(stood.conflict)
    assert [item.name for item in opened.path.parent.iterdir() if "conflict" in item.name] == []


def test_a_file_that_cannot_be_read_any_more_is_told_and_nothing_is_lost(opened: Opened) -> None:
    opened.session.answer(JOURNEY, "Ours.")
    assert opened.saver.flush(30)
    opened.path.write_text("<<<<<<< ours\n", encoding="utf-8")
    outside = opened.look_outside()
    assert outside is not None
    assert "merge" in outside.problem
    opened.session.answer(WORST, "delay")
    opened.saver.flush(30)
    assert opened.saver.error is not None, "theirs is not overwritten"
    assert opened.path.read_text(encoding="utf-8") == "<<<<<<< ours\n"


def test_another_place_is_as_good(opened: Opened, tmp_path: Path) -> None:
    opened.session.answer(JOURNEY, "Ours.")
    (tmp_path / "other").mkdir()
    place = tmp_path / "other" / "y.handoff.toml"
    opened.save_as(place)
    opened.session.answer(WORST, "delay")
    assert opened.close()
    assert HandoffFile.read(place)[1] == opened.session.handoff
    assert not journal_path(place).exists()
    assert not journal_path(tmp_path / "x.handoff.toml").exists()
