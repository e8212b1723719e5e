"""The checked-in examples are what the program makes of them, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoff_tui.catalog import Catalog
from handoff_tui.core.handoff import Handoff
from handoff_tui.session.batch import fill, missing, start_answers
from handoff_tui.session.finish import errors_of, finish
from handoff_tui.session.start import begin, compose, file_named, resume
from handoff_tui.store.file import HandoffFile
from tests.session.making import EXAMPLES

FILES = sorted(EXAMPLES.glob("*.handoff.toml"))


def summary_beside(path: Path) -> bytes:
    return path.with_name(path.name.replace(".toml", ".md")).read_bytes()


def test_there_is_an_example_for_each_scenario() -> None:
    made_with = {HandoffFile.read(path)[1].head.template for path in FILES}
    assert made_with == {"payments", "identity", "operations"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_example_given_as_answers_comes_out_as_it_is_checked_in(path: Path, tmp_path: Path) -> None:
    answers = HandoffFile.read(path)[1]
    created = answers.head.created
    assert created is not None
    template = Catalog().load(answers.head.template)
    handoff = compose(template, start_answers(answers, None), created)
    assert isinstance(handoff, Handoff), handoff
    opened = begin(tmp_path / path.name, template, handoff, lambda: created)
    assert [str(item) for item in fill(opened.session, answers)] == []
    assert missing(opened.session)[0] == []
    finished = finish(opened.session, opened.path, final=answers.head.status == "final")
    assert opened.close()
    assert finished.path.read_bytes() == path.read_bytes()
    assert finished.summary.read_bytes() == summary_beside(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_example_is_signed_off_and_nothing_in_it_stands_in_the_way(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    created = HandoffFile.read(path)[1].head.created
    assert created is not None
    opened = resume(copy, Catalog(), lambda: created)
    assert opened.session.handoff.head.status == "final"
    assert errors_of(opened.session) == []
    opened.close()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_change_and_its_undo_leave_an_example_as_it_was(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    created = HandoffFile.read(path)[1].head.created
    assert created is not None
    opened = resume(copy, Catalog(), lambda: created)
    session = opened.session
    for question_id in ("business_state.criticality", "parties.people", "alerts.alerts"):
        session.clear(question_id)
    assert opened.saver.flush(30)
    assert copy.read_bytes() != path.read_bytes()
    while session.undo() is not None:
        pass
    assert opened.close()
    assert copy.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_row_of_an_example_may_be_opened_and_kept_without_a_change(path: Path, tmp_path: Path) -> None:
    answers = HandoffFile.read(path)[1]
    created = answers.head.created
    assert created is not None
    copy = tmp_path / file_named(answers.head.name, tmp_path).name
    copy.write_bytes(path.read_bytes())
    opened = resume(copy, Catalog(), lambda: created)
    session, rows = opened.session, 0
    for question, table in session.template.tables():
        for index, row in enumerate(session.rows(question.id)):
            typed = {c.id: c.field.edit_text(row[c.id]) for c in table.columns if c.id in row}
            if session.handoff.answer(question.id).value is not None:
                assert session.put_row(question.id, index, {**row, **typed}) == [], (question.id, row)
                rows += 1
    assert rows >= 40
    assert opened.close()
    assert session.handoff == answers
    assert copy.read_bytes() == path.read_bytes()
