"""Every command says what it does and shows an example; stdout carries data only."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from handoff_tui import __version__
from handoff_tui.cli.main import cli
from tests.cli.calling import PAYMENTS, call, run


def every_command() -> list[tuple[str, ...]]:
    """Return the words of each command and of each of its own commands."""
    context = click.Context(cli)
    found: list[tuple[str, ...]] = [()]
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        found.append((name,))
        if isinstance(command, click.Group):
            found += [(name, below) for below in command.list_commands(context)]
    return found


def test_the_commands_of_this_version_are_all_there() -> None:
    assert every_command() == [
        (),
        ("new",),
        ("example",),
        ("resume",),
        ("check",),
        ("explain",),
        ("drill",),
        ("render",),
        ("diff",),
        ("merge",),
        ("git-setup",),
        ("schema",),
        ("templates",),
        ("templates", "check"),
        ("templates", "list"),
        ("templates", "new"),
        ("templates", "show"),
        ("completion",),
    ]


@pytest.mark.parametrize("option", ["--help", "-h"])
@pytest.mark.parametrize("words", every_command(), ids=lambda words: " ".join(words) or "the group")
def test_help_says_what_a_command_does_and_shows_an_example(
    words: tuple[str, ...], option: str, tmp_path: Path
) -> None:
    done = run(*words, option, cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Usage: {' '.join(['handoff-wizard', *words])} ")
    example = re.search(r"^  Examples?[:,].*\n((?:    .+\n)+)", done.out, re.MULTILINE)
    assert example is not None, done.out
    assert " ".join(["handoff-wizard", *words]) in example[1]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [words for words in every_command() if words], ids=" ".join)
def test_each_example_of_the_help_is_a_command_that_can_be_called(words: tuple[str, ...], tmp_path: Path) -> None:
    text = run(*words, "--help", cwd=tmp_path).out
    for line in re.findall(r"^    handoff-wizard (.*)$", text, re.MULTILINE):
        (tmp_path / "handoff-templates").mkdir(exist_ok=True)
        done = run(*line.split(), cwd=tmp_path)
        assert "No such" not in done.err, done.err
        assert "Usage" not in done.err
        assert done.code != 70, done.err


def test_the_help_of_the_group_names_every_command_with_its_line() -> None:
    out = call("--help", cwd=Path.cwd()).out
    listed = re.findall(r"^  ([a-z-]+)  +(\S.*\.)$", out.partition("Commands:")[2], re.MULTILINE)
    assert [name for name, _ in listed] == [words[0] for words in every_command() if len(words) == 1]


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_is_said(option: str, tmp_path: Path) -> None:
    done = call(option, cwd=tmp_path)
    assert (done.code, done.out, done.err) == (0, f"handoff-wizard {__version__}\n", "")


def test_help_is_given_before_anything_is_read(tmp_path: Path) -> None:
    done = run("--templates", "no-such-folder", "render", "no-such-file", "--help", cwd=tmp_path)
    assert done.code == 0
    assert done.out.startswith("Usage: handoff-wizard render")


def test_a_group_without_its_command_is_wrong_usage_and_shows_its_commands(tmp_path: Path) -> None:
    done = run("templates", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.lines[0] == "Usage: handoff-wizard templates [OPTIONS] COMMAND [ARGS]..."
    assert [line.split()[0] for line in done.lines[-4:]] == ["check", "list", "new", "show"]


def test_in_a_process_of_its_own_a_command_does_the_same(tmp_path: Path) -> None:
    arguments = ("render", str(PAYMENTS), "--output", "-")
    assert call(*arguments, cwd=tmp_path) == run(*arguments, cwd=tmp_path)
    assert call("render", "nothing", cwd=tmp_path) == run("render", "nothing", cwd=tmp_path)
