"""Each scenario from its first question to both files, through the session and through the batch."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from handoff_tui.catalog import Catalog
from handoff_tui.session.finish import errors_of, finish
from handoff_tui.session.opened import Opened
from handoff_tui.session.start import resume
from tests.end_to_end.by_keys import COMMAND
from tests.end_to_end.by_session import play, play_to_files, start
from tests.end_to_end.scenarios import SCRIPTS
from tests.end_to_end.script import Script

TODAY = date.today()


@pytest.fixture(params=list(SCRIPTS))
def script(request: pytest.FixtureRequest) -> Script:
    return SCRIPTS[request.param]


@pytest.fixture
def played(script: Script, tmp_path: Path) -> Iterator[Opened]:
    opened = start(script, tmp_path, TODAY)
    play(opened.session, script.steps)
    yield opened
    opened.close()


def test_the_script_answers_every_question_that_is_asked_unbidden(played: Opened, script: Script) -> None:
    unbidden = [q.id for q in played.session.interview.asked if q.asked_first]
    assert sorted(unbidden) == sorted({step.question for step in script.steps})
    assert played.session.interview.progress.done == played.session.interview.progress.total == len(unbidden)


def test_nothing_stands_in_the_way_of_final_and_nothing_became_stale(played: Opened) -> None:
    assert errors_of(played.session) == []
    assert played.session.interview.progress.stale == 0


def test_a_finished_handoff_opens_again_as_it_was_and_finishing_it_again_changes_no_byte(
    script: Script, tmp_path: Path
) -> None:
    contract, summary = play_to_files(script, tmp_path, TODAY, final=True)
    path = next(tmp_path.glob("*.handoff.toml"))
    again = resume(path, Catalog(), lambda: TODAY)
    finished = finish(again.session, path, final=True)
    again.close()
    assert not finished.summary_written
    assert (path.read_bytes(), finished.summary.read_bytes()) == (contract, summary)
    assert again.session.handoff.head.status == "final"


def test_a_script_without_a_terminal_writes_the_same_bytes(script: Script, tmp_path: Path) -> None:
    (tmp_path / "said").mkdir()
    wanted = play_to_files(script, tmp_path / "said", TODAY, final=True)
    answers = next((tmp_path / "said").glob("*.handoff.toml"))
    batch = tmp_path / "batch"
    batch.mkdir()
    call = [*COMMAND, "new", "--answers", str(answers), "--no-input", "--final"]
    done = subprocess.run(call, cwd=batch, capture_output=True, text=True, check=False)
    path = batch / answers.name
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert (path.read_bytes(), path.with_suffix(".md").read_bytes()) == wanted
