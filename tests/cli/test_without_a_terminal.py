"""The screens start only on a terminal; else one line says so, and exit code 2 (behaviour 21). A dumb one is asked in
plain lines, which `tests/plain` is about.
"""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest

from tests.cli.calling import COMMAND, PAYMENTS, call, run
from tests.terminal import ENTER, Terminal

HINT = "Pipes: --plain. For scripts: handoff-wizard new NAME --answers FILE --no-input."
SCREENS = [(), ("new",), ("new", "x", "--template", "payments"), ("new", "--answers", str(PAYMENTS)), ("resume",)]


@pytest.mark.parametrize("words", SCREENS, ids=lambda words: " ".join(words[:2]) or "home")
def test_without_a_terminal_one_line_says_so_and_nothing_is_made(words: tuple[str, ...], tmp_path: Path) -> None:
    done = call(*words, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert len(done.lines) == 1, done.err
    assert done.lines[0].startswith(
        "handoff-wizard: The interview needs a terminal, and stdin, stdout, stderr are not. "
    )
    assert done.lines[0].endswith(HINT)
    assert list(tmp_path.iterdir()) == []


def test_a_handoff_that_exists_is_not_opened_without_a_terminal_either(tmp_path: Path) -> None:
    path = tmp_path / "x.handoff.toml"
    path.write_bytes(PAYMENTS.read_bytes())
    for words in (("resume", path.name), ("resume",), ("new", "x")):
        done = run(*words, cwd=tmp_path)
        assert (done.code, len(done.lines)) == (2, 1), done.err
        assert HINT in done.err
    assert path.read_bytes() == PAYMENTS.read_bytes()


@pytest.mark.parametrize(
    ("number", "name", "words"),
    [(0, "stdin", ()), (1, "stdout", ("new", "x")), (2, "stderr", ("resume", "x.handoff.toml")), (1, "stdout", ())],
)
def test_one_stream_that_is_piped_is_enough(number: int, name: str, words: tuple[str, ...], tmp_path: Path) -> None:
    shell = '"$@" ' + {0: "</dev/null", 1: ">out", 2: "2>err"}[number]
    with Terminal(["/bin/sh", "-c", shell, "sh", *COMMAND, *words], cwd=tmp_path) as terminal:
        code = terminal.wait_exit()
        shown = " ".join(terminal.screen_text.split())
    said = (tmp_path / "err").read_text() if number == 2 else shown
    assert code == 2
    assert f"The interview needs a terminal, and {name} is not one." in said
    assert b"\x1b" not in terminal.output, "nothing was drawn"
    assert number != 1 or (tmp_path / "out").read_bytes() == b""


@pytest.mark.parametrize("words", [(), ("new", "x"), ("resume", "x.handoff.toml")], ids=" ".join)
def test_a_dumb_terminal_with_a_stream_that_is_piped_is_no_terminal_either(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    command = ["/bin/sh", "-c", '"$@" </dev/null', "sh", *COMMAND, *words]
    with Terminal(command, cwd=tmp_path, columns=200, env={"TERM": "dumb"}) as terminal:
        assert terminal.wait_exit() == 2
        said = [line for line in terminal.rows if line]
    assert said == [f"handoff-wizard: The interview needs a terminal, and stdin is not one. {HINT}"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [((), "No handoff below this folder yet."), (("new", "x"), "What is the integration about?")],
    ids=["home", "new"],
)
def test_on_a_dumb_terminal_it_is_asked_in_plain_lines_and_nothing_is_drawn(
    words: tuple[str, ...], says: str, tmp_path: Path
) -> None:
    with Terminal([*COMMAND, *words], cwd=tmp_path, env={"TERM": "dumb"}) as terminal:
        terminal.wait_for(says)
        terminal.send(":quit", ENTER)
        assert terminal.wait_exit() == 0
        assert b"\x1b" not in terminal.output
    assert list(tmp_path.iterdir()) == []


def test_a_command_that_draws_nothing_works_on_a_dumb_terminal(tmp_path: Path) -> None:
    with Terminal([*COMMAND, "render", PAYMENTS, "-o", "x.md"], cwd=tmp_path, env={"TERM": "dumb"}) as terminal:
        assert terminal.wait_exit() == 0
        assert terminal.rows[0] == "x.md: written."


# -- resume without FILE -----------------------------------------------------------------------------------------


def resumed(folder: Path) -> tuple[int, str]:
    with Terminal([*COMMAND, "resume"], cwd=folder, columns=200) as terminal:
        code = terminal.wait_exit()
        assert b"\x1b" not in terminal.output
        return code, "\n".join(line for line in terminal.rows if line)


def test_where_there_is_no_handoff_resume_says_how_to_start_one(tmp_path: Path) -> None:
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.handoff.toml").write_bytes(PAYMENTS.read_bytes())
    assert resumed(tmp_path) == (
        2,
        "handoff-wizard: There is no handoff below this folder. Start one: handoff-wizard new NAME.",
    )


def test_where_there_are_two_handoffs_resume_names_them(tmp_path: Path) -> None:
    for name in ("b.handoff.toml", "sub/a [x].handoff.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(PAYMENTS.read_bytes())
    assert resumed(tmp_path) == (
        2,
        "handoff-wizard: There are 2 handoffs here: b.handoff.toml, sub/a [x].handoff.toml. "
        "Say which: handoff-wizard resume FILE.",
    )


def test_where_there_is_one_handoff_resume_opens_it(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "x.handoff.toml"
    path.parent.mkdir()
    path.write_bytes(PAYMENTS.read_bytes())
    with Terminal([*COMMAND, "resume"], cwd=tmp_path) as terminal:
        terminal.wait_for("How long does the copy stay")


@pytest.mark.parametrize("words", [("x.handoff.toml",), ("--templates", "gone", "x.handoff.toml")], ids=" ".join)
def test_what_cannot_be_resumed_is_said_before_anything_is_drawn(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "x.handoff.toml").write_text("= broken")
    command = [*COMMAND, *words[:-1], "resume", words[-1]]
    with Terminal(command, cwd=tmp_path, columns=200) as terminal:
        assert terminal.wait_exit() == 2
        assert terminal.rows[0].startswith("handoff-wizard: ")
    assert b"\x1b" not in terminal.output


@pytest.mark.parametrize(
    ("ending", "code", "says"),
    [
        (KeyboardInterrupt, 130, "handoff-wizard: interrupted; every accepted answer is in the file."),
        (ZeroDivisionError, 70, "handoff-wizard: this is a mistake in the program, not yours (ZeroDivisionError)."),
    ],
)
def test_an_interruption_and_a_mistake_of_ours_end_with_a_line_and_their_codes(
    ending: type[BaseException], code: int, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HANDOFF_WIZARD_DEBUG", raising=False)
    with mock.patch("handoff_tui.cli.render.open_file", side_effect=ending):
        done = run("render", "x", cwd=tmp_path)
    assert (done.code, done.out) == (code, "")
    assert len(done.err.split("\n")) <= 3
    assert done.lines[-1].startswith(says)
