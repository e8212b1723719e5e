"""`example`: both files of a finished handoff in this folder, what to try next, and nothing ever overwritten."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from handoff_tui.cli.example import TEMPLATES
from tests.cli.calling import EXAMPLES, call, run
from tests.cli.test_completion import completed

NAMES = {"payments": "charging-plans", "identity": "wallet-verification", "operations": "furniture-deliveries"}


def files(template: str) -> list[str]:
    return [f"{NAMES[template]}.handoff.{end}" for end in ("md", "toml")]


@pytest.mark.parametrize("template", TEMPLATES)
def test_both_files_are_put_into_the_folder_as_they_are_checked_in(template: str, tmp_path: Path) -> None:
    done = call("example", template, cwd=tmp_path)
    assert (done.code, done.out) == (0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == files(template)
    for name in files(template):
        assert (tmp_path / name).read_bytes() == (EXAMPLES / name).read_bytes()


def test_without_a_template_it_is_the_first(tmp_path: Path) -> None:
    assert run("example", cwd=tmp_path).code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == files("payments")


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_it_says_to_try_next_works(template: str, tmp_path: Path) -> None:
    done = run("example", template, cwd=tmp_path)
    tries = [shlex.split(line.split(": handoff-wizard ")[1]) for line in done.lines[1:]]
    assert [words[0] for words in tries] == ["resume", "check", "render", "drill", "new"]
    for words in tries[1:4]:
        assert run(*words, cwd=tmp_path).code == 0
    for words in (tries[0], tries[4]):  # a screen, and here is no terminal: all else about them is right
        assert "needs a terminal" in run(*words, cwd=tmp_path).err


@pytest.mark.parametrize("there", files("payments"))
@pytest.mark.parametrize("kind", ["file", "link", "folder"])
def test_nothing_is_overwritten_and_nothing_written_beside_it(there: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / there
    if kind == "file":
        path.write_text("mine")
    elif kind == "link":
        path.symlink_to("nowhere")
    else:
        path.mkdir()
    done = run("example", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"handoff-wizard: {there}: There is such a file already")
    assert "handoff-wizard resume charging-plans.handoff.toml" in done.err
    assert list(tmp_path.iterdir()) == [path]
    assert kind != "file" or path.read_text() == "mine"


@pytest.mark.parametrize("wrong", ["general", "paymnts", "", "\x1b[31m"])
def test_a_template_without_an_example_is_refused_with_those_that_have_one(wrong: str, tmp_path: Path) -> None:
    done = run("example", wrong, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert all(name in done.err for name in TEMPLATES)
    assert "\x1b" not in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root writes everywhere")
    tmp_path.chmod(0o500)
    done = run("example", cwd=tmp_path)
    tmp_path.chmod(0o700)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("handoff-wizard: ")


def test_templates_that_have_an_example_are_completed(tmp_path: Path) -> None:
    assert completed(tmp_path, "example", "") == list(TEMPLATES)
