"""The main job, as a team does it: the payments interview with keys only, through a crash, to both files."""

from __future__ import annotations

import signal
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handoff_tui.catalog import Catalog
from handoff_tui.core.handoff import Handoff
from handoff_tui.store.file import HandoffFile
from tests.end_to_end.by_keys import Keys, terminal
from tests.end_to_end.by_session import play, play_to_files, start
from tests.end_to_end.scenarios import SCRIPTS
from tests.end_to_end.script import Table
from tests.terminal import CTRL_N

PAYMENTS = SCRIPTS["payments"]
TEMPLATE = Catalog().load("payments")
STEM = "stripe-billing-state-in-zendesk"

# The power fails in the middle of a table: two of four failures are told.
AT = next(i for i, step in enumerate(PAYMENTS.steps) if step.question == "failure_handling.failure_modes")


def _split() -> tuple[Table, Table]:
    table = PAYMENTS.steps[AT]
    assert isinstance(table, Table)
    return replace(table, rows=table.rows[:2]), replace(table, rows=table.rows[2:])


def _read(path: Path) -> Handoff:
    return HandoffFile.read(path)[1]


def _as_said(folder: Path, created: date) -> Handoff:
    """The handoff after the steps before the power failed, by the session alone."""
    folder.mkdir()
    opened = start(PAYMENTS, folder, created)
    play(opened.session, PAYMENTS.steps[:AT])
    for index, row in enumerate(_split()[0].rows):
        seed = opened.session.rows("failure_handling.failure_modes")[index]
        assert opened.session.put_row("failure_handling.failure_modes", index, {**seed, **row.cells}) == []
    opened.close()
    return opened.session.handoff


@pytest.mark.slow
def test_keys_alone_lead_through_a_crash_to_the_bytes_that_the_session_writes(tmp_path: Path) -> None:
    path = tmp_path / "room" / f"{STEM}.handoff.toml"
    path.parent.mkdir()
    before, after = _split()

    with terminal(path.parent, "new") as wall:
        room = Keys(wall, TEMPLATE)
        room.start(PAYMENTS.start)
        room.play(PAYMENTS.steps[:AT])
        room.come_to(before)
        room.rows(before.question, before.rows)
        room.wait_in_file(path, "BillingLagHigh")
        wall.kill(signal.SIGKILL)
        wall.wait_exit()

    created = _read(path).head.created
    assert created is not None
    assert _read(path) == _as_said(tmp_path / "before", created)

    with terminal(path.parent, "resume", path.name) as wall:
        room = Keys(wall, TEMPLATE)
        room.wait(TEMPLATE.by_id[before.question].ask)
        room.rows(after.question, after.rows, past=len(before.rows))
        wall.send(CTRL_N)
        room.play(PAYMENTS.steps[AT + 1 :])
        room.finish()
        assert wall.wait_exit() == 0

    summary = path.with_name(f"{STEM}.handoff.md")
    (tmp_path / "session").mkdir()
    wanted = play_to_files(PAYMENTS, tmp_path / "session", created, final=True)
    assert (path.read_bytes(), summary.read_bytes()) == wanted
    assert {item.name for item in path.parent.iterdir()} == {path.name, summary.name}
