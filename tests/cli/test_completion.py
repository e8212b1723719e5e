"""The shell completes commands, templates and handoffs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.calling import PAYMENTS, Done, call, run


def completed(folder: Path, *words: str) -> list[str]:
    """Return what bash would offer for the last word."""
    line = {"COMP_WORDS": " ".join(["handoff-wizard", *words]), "COMP_CWORD": str(len(words))}
    done = run(cwd=folder, env={"_HANDOFF_WIZARD_COMPLETE": "bash_complete", **line})
    assert (done.code, done.err) == (0, "")
    return [item.rpartition(",")[2] for item in done.out.splitlines() if item]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_is_printed_for_each_shell(shell: str, tmp_path: Path) -> None:
    done = run("completion", shell, cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert f"_HANDOFF_WIZARD_COMPLETE={shell}_complete" in done.out
    assert "handoff-wizard" in done.out
    assert done.out.endswith("\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_one_that_its_shell_can_read(shell: str, tmp_path: Path) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"no {shell} here")
    script = run("completion", shell, cwd=tmp_path).out
    done = subprocess.run([program, "-n"], input=script, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_commands_and_options_are_completed(tmp_path: Path) -> None:
    assert completed(tmp_path, "re") == ["resume", "render"]
    assert completed(tmp_path, "templates", "") == ["check", "list", "new", "show"]
    assert completed(tmp_path, "new", "--an") == ["--answers"]
    assert completed(tmp_path, "completion", "z") == ["zsh"]


@pytest.mark.parametrize(
    "words", [("new", "--template"), ("new", "-t"), ("templates", "show"), ("templates", "new", "x", "--extends")]
)
def test_templates_are_completed_the_teams_own_too(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "handoff-templates").mkdir()
    head = 'format = 1\nversion = 1\nextends = "base"\ntitle = "Ours"\nabout = "Ours."\n'
    (tmp_path / "handoff-templates" / "our-payments.toml").write_text(head)
    assert completed(tmp_path, *words, "") == ["payments", "identity", "operations", "our-payments", "general"]
    assert completed(tmp_path, *words, "o") == ["operations", "our-payments"]


@pytest.mark.parametrize("command", ["resume", "render"])
def test_handoffs_below_this_folder_are_completed(command: str, tmp_path: Path) -> None:
    for name in ("billing.handoff.toml", "sub/orders.handoff.toml", "sub/notes.toml", ".git/x.handoff.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(PAYMENTS.read_bytes())
    assert completed(tmp_path, command, "") == ["billing.handoff.toml", "sub/orders.handoff.toml"]
    assert completed(tmp_path, command, "su") == ["sub/orders.handoff.toml"]
    assert completed(tmp_path, command, "x") == []


def test_the_shell_asks_a_process_of_its_own(tmp_path: Path) -> None:
    asked = {"_HANDOFF_WIZARD_COMPLETE": "bash_complete", "COMP_WORDS": "handoff-wizard temp", "COMP_CWORD": "1"}
    assert call(cwd=tmp_path, env=asked) == Done(0, "plain,templates\n", "")


def test_where_there_is_nothing_nothing_is_completed(tmp_path: Path) -> None:
    assert completed(tmp_path, "resume", "") == []
