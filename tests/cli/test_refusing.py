"""What cannot be used: one clear line on stderr and exit code 2; no traceback, nothing that a terminal obeys."""

from __future__ import annotations

import os
import re
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.calling import COMMAND, PAYMENTS, Done, call, run

HEAD = 'format = 1\n[handoff]\nname = "x"\ntemplate = "payments"\n'

# -- files that cannot be used -----------------------------------------------------------------------------------


def nothing(_: Path) -> None:
    """There is no such file."""


def folder(path: Path) -> None:
    path.mkdir()


def broken(path: Path) -> None:
    path.write_text('format = 1\n[handoff]\nname = "x\n')


def merging(path: Path) -> None:
    path.write_text("<<<<<<< ours\nformat = 1\n=======\nformat = 1\n>>>>>>> theirs\n")


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)))


def empty(path: Path) -> None:
    path.write_text("")


def no_handoff(path: Path) -> None:
    path.write_text('[project]\nname = "x"\n')


def newer(path: Path) -> None:
    path.write_text(HEAD.replace("format = 1", "format = 2"))


def fifo(path: Path) -> None:
    os.mkfifo(path)


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def too_large(path: Path) -> None:
    path.write_bytes(b"#" * (4 * 1024 * 1024 + 1))


def strange_template(path: Path) -> None:
    path.write_text(HEAD.replace("payments", "paiments"))


UNUSABLE: dict[str, tuple[Callable[[Path], None], str]] = {
    "missing": (nothing, "There is no such file."),
    "a folder": (folder, r"This is not a file\.|is a directory"),
    "broken": (broken, r"x\.handoff\.toml:3:\d+: It cannot be read as TOML"),
    "a merge": (merging, r"x\.handoff\.toml:1:\d+: .*unfinished git merge"),
    "binary": (binary, "It is not UTF-8 text"),
    "empty": (empty, "This is not a handoff"),
    "another TOML": (no_handoff, "This is not a handoff"),
    "a newer format": (newer, "format 2, which is newer than this program knows"),
    "a FIFO": (fifo, "This is not a file."),
    "a link to itself": (loop, r"cannot be opened|not readable|no such file"),
    "too large": (too_large, "larger than 4 MB"),
    "an unknown template": (strange_template, "no template called “paiments”"),
}


def refuses(done: Done) -> str:
    """Check the manners of a refusal, and return what it says."""
    assert (done.code, done.out) == (2, ""), done
    assert "Traceback" not in done.err
    assert all(char == "\n" or char.isprintable() for char in done.err), repr(done.err)
    assert done.lines[0].startswith("handoff-wizard: ")
    return done.err


@pytest.mark.parametrize(("make", "says"), UNUSABLE.values(), ids=UNUSABLE)
@pytest.mark.parametrize("command", [("render", "FILE"), ("new", "--answers", "FILE", "--no-input")], ids=" ".join)
def test_a_file_that_cannot_be_used_is_named_with_what_is_wrong(
    make: Callable[[Path], None], says: str, command: tuple[str, ...], tmp_path: Path
) -> None:
    make(tmp_path / "x.handoff.toml")
    stood = sorted(path.name for path in tmp_path.iterdir())
    done = run(*[word.replace("FILE", "x.handoff.toml") for word in command], cwd=tmp_path)
    said = refuses(done)
    assert re.search(says, said), said
    assert len(done.lines) == 1 or "See handoff-wizard new --help." in done.lines, said
    assert sorted(path.name for path in tmp_path.iterdir()) == stood, "nothing was made"


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
@pytest.mark.parametrize("command", [("render", "FILE"), ("new", "--answers", "FILE", "--no-input")], ids=" ".join)
def test_a_file_that_we_may_not_read_is_refused(command: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "x.handoff.toml"
    path.write_text(HEAD)
    path.chmod(0)
    said = refuses(run(*[word.replace("FILE", path.name) for word in command], cwd=tmp_path))
    assert path.name in said


def test_a_file_whose_folder_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    assert "not a directory" in refuses(run("render", "x/y.handoff.toml", cwd=tmp_path))


# -- wrong usage -------------------------------------------------------------------------------------------------

WRONG: dict[str, tuple[tuple[str, ...], str]] = {
    "a command that is none": (("chek",), "No such command 'chek'"),
    "an option that is none": (("new", "--anwsers", "x"), "--anwsers"),
    "an option of the group that is none": (("--tempaltes", "x"), "--tempaltes"),
    "an option without its value": (("new", "--answers"), "--answers"),
    "a file that is not given": (("render",), "FILE"),
    "too many names": (("new", "a", "b", "--no-input"), "b"),
    "a document that is none": (("render", "x", "--document", "poem"), "poem"),
    "a shell that is none": (("completion", "tcsh"), "tcsh"),
    "final in an interview": (("new", "x", "--final"), "--final goes with --no-input"),
}


@pytest.mark.parametrize(("words", "says"), WRONG.values(), ids=WRONG)
def test_wrong_usage_is_said_with_the_way_to_the_help(words: tuple[str, ...], says: str, tmp_path: Path) -> None:
    done = run(*words, cwd=tmp_path)
    assert says in refuses(done)
    assert re.fullmatch(r"See handoff-wizard( \w+)? --help\.", done.lines[-1]), done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [("templates", "list"), ("templates", "check"), ("new", "x", "--no-input"), ("render", str(PAYMENTS))],
    ids=" ".join,
)
def test_a_folder_of_templates_that_is_not_there_is_refused(words: tuple[str, ...], tmp_path: Path) -> None:
    said = refuses(run("--templates", "no-such-folder", *words, cwd=tmp_path))
    assert "no-such-folder: There is no such folder of templates." in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words", [("new", "x", "--no-input", "-t", "paiments"), ("templates", "show", "paiments")], ids=" ".join
)
def test_a_template_that_is_not_there_is_refused_and_those_that_are_named(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    said = refuses(run(*words, cwd=tmp_path))
    assert "no template called “paiments”" in said
    assert "payments, identity, operations, general" in said
    assert list(tmp_path.iterdir()) == []


# -- names that a terminal would obey ----------------------------------------------------------------------------

ODD = [
    "a\x1b[31mb",
    "a\x1b]0;title\x07b",
    "a\nhandoff-wizard: all is well",
    "a\rb",
    "[red]a[@click=app.quit]b",
    "a\x9b31mb",
    "\u202eb",
]


@pytest.mark.parametrize("name", ODD, ids=ascii)
@pytest.mark.parametrize("exists", [False, True], ids=["missing", "broken"])
def test_an_odd_file_name_is_shown_and_not_obeyed(name: str, exists: bool, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.handoff.toml"
    if exists:
        path.write_text("= broken")
    done = run("render", path.name, cwd=tmp_path)
    refuses(done)
    assert len(done.lines) == 1, "a file name begins no line of its own"
    assert name[-1] in done.err


def test_a_file_name_that_is_no_text_is_shown(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.handoff.toml"))
    path.write_text("= broken")
    assert "a\N{REPLACEMENT CHARACTER}" in refuses(call("render", path.name, cwd=tmp_path))


@pytest.mark.parametrize("name", ODD, ids=ascii)
def test_odd_words_of_the_command_line_are_shown_and_not_obeyed(name: str, tmp_path: Path) -> None:
    for words in (
        (name,),
        ("new", f"--{name}"),
        ("templates", "show", name),
        ("--templates", name, "templates", "list"),
    ):
        done = run(*words, cwd=tmp_path)
        assert done.code == 2
        assert done.out == ""
        assert all(char == "\n" or char.isprintable() for char in done.err), repr(done.err)


def test_a_template_named_in_a_file_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    (tmp_path / "x.handoff.toml").write_text(HEAD.replace("payments", r"a\u001b[31mb\nc"))
    done = run("render", "x.handoff.toml", cwd=tmp_path)
    refuses(done)
    assert len(done.lines) == 1


# -- what the machine refuses ------------------------------------------------------------------------------------


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_a_full_disk_behind_stdout_is_said(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [*COMMAND, "render", str(PAYMENTS), "-o", "-"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=tmp_path, check=False)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == [
        "handoff-wizard: Not written: no space left on device. Try --output FILE."
    ]


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    said = refuses(run("new", "missing/x", "--no-input", cwd=tmp_path))
    assert "Not saved: no such file or directory." in said
    said = refuses(run("render", str(PAYMENTS), "-o", "missing/x.md", cwd=tmp_path))
    assert "Not saved: no such file or directory." in said


def test_a_name_that_is_too_long_for_a_file_is_said(tmp_path: Path) -> None:
    assert "file name too long" in refuses(run("new", "x" * 300, "--no-input", cwd=tmp_path)).lower()
    assert "That is not a template name" in refuses(run("templates", "new", "x" * 300, cwd=tmp_path))
    for words in (["render", str(PAYMENTS), "-o"], ["render"]):
        assert "file name too long" in refuses(run(*words, "x" * 300, cwd=tmp_path)).lower()
    for words in (["templates", "show"], ["new", "x", "--no-input", "-t"]):
        assert "no template called" in refuses(run(*words, "x" * 300, cwd=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    script = 'rmdir ../gone; exec "$@"'
    for words in (["new", "x", "--no-input"], ["templates", "list"], ["render", "x.handoff.toml"]):
        command = ["sh", "-c", script, "sh", *COMMAND, *words]
        (tmp_path / "gone").mkdir(exist_ok=True)
        done = subprocess.run(command, cwd=tmp_path / "gone", capture_output=True, text=True, check=False)
        refuses(Done(done.returncode, done.stdout, done.stderr))


def test_no_other_file_is_left_behind_where_nothing_could_be_written(tmp_path: Path) -> None:
    (tmp_path / "x.handoff.toml").mkdir()
    refuses(run("new", "x", "--no-input", cwd=tmp_path))
    assert [stat.S_ISDIR(path.stat().st_mode) for path in tmp_path.iterdir()] == [True]
