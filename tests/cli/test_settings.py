"""Settings that cannot be used end the program before a screen opens: one line with file and line, exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import COMMAND, PAYMENTS, call
from tests.terminal import CTRL_Q, Terminal

SCREENS = [(), ("new", "x"), ("resume", "y.handoff.toml")]


@pytest.mark.parametrize("words", SCREENS, ids=lambda words: " ".join(words) or "home")
def test_a_key_that_cannot_be_used_is_told_before_the_screen(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "y.handoff.toml").write_bytes(PAYMENTS.read_bytes())
    (tmp_path / "mine.toml").write_text('[keys]\nreview = "ctrl+a"\n')
    env = {"HANDOFF_WIZARD_SETTINGS": "mine.toml"}
    with Terminal([*COMMAND, *words], cwd=tmp_path, columns=200, env=env) as terminal:
        assert terminal.wait_exit() == 2
        said = [line for line in terminal.rows if line]
    assert said == [
        "handoff-wizard: mine.toml:2: “ctrl+a” edits inside a text. Choose another, like f10, f12, alt+r or ctrl+g."
    ]
    assert b"\x1b" not in terminal.output, "nothing was drawn"
    assert not (tmp_path / "x.handoff.toml").exists()


def test_a_command_without_a_screen_needs_no_settings(tmp_path: Path) -> None:
    (tmp_path / "y.handoff.toml").write_bytes(PAYMENTS.read_bytes())
    env = {"HANDOFF_WIZARD_SETTINGS": "no such file"}
    assert call("render", "y.handoff.toml", "--output", "-", cwd=tmp_path, env=env).code == 0


def test_a_chosen_key_works_in_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[keys]\nleave = "f12"\n')
    with Terminal([*COMMAND], cwd=tmp_path, env={"HANDOFF_WIZARD_SETTINGS": "mine.toml"}) as terminal:
        terminal.wait_for("F12 leave")
        terminal.send(CTRL_Q, "\x1b[24~")
        assert terminal.wait_exit() == 0
