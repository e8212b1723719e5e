"""`render`: the summary on stdout or in a file, written only where something changed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.calling import COMMAND, EXAMPLES, PAYMENTS, call, run

FILES = sorted(EXAMPLES.glob("*.handoff.toml"))


def summary_of(path: Path) -> Path:
    return path.with_name(path.name.replace(".toml", ".md"))


@pytest.fixture
def handoff(tmp_path: Path) -> Path:
    path = tmp_path / PAYMENTS.name
    path.write_bytes(PAYMENTS.read_bytes())
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_stdout_carries_the_checked_in_summary_and_nothing_else(path: Path, tmp_path: Path) -> None:
    command = [*COMMAND, "render", str(path), "--output", "-"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == summary_of(path).read_bytes()
    assert list(tmp_path.iterdir()) == []


def test_the_summary_is_written_beside_the_handoff_and_a_second_time_unchanged(handoff: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = run("render", str(handoff), cwd=elsewhere)
    assert (done.code, done.out, done.err) == (0, "", "charging-plans.handoff.md: written.\n")
    written = summary_of(handoff)
    stood = written.read_bytes(), written.stat().st_mtime_ns, written.stat().st_ino
    assert stood[0].startswith(b"# Charging plan payments in Zendesk\n")
    again = run("render", str(handoff), cwd=elsewhere)
    assert (again.code, again.out, again.err) == (0, "", "charging-plans.handoff.md: unchanged.\n")
    assert (written.read_bytes(), written.stat().st_mtime_ns, written.stat().st_ino) == stood
    assert list(elsewhere.iterdir()) == []


def test_a_changed_answer_is_written_again(handoff: Path, tmp_path: Path) -> None:
    run("render", handoff.name, cwd=tmp_path)
    text = handoff.read_text(encoding="utf-8")
    handoff.write_text(text.replace("Charging plan payments", "Plan payments"), encoding="utf-8")
    assert run("render", handoff.name, cwd=tmp_path).err == "charging-plans.handoff.md: written.\n"
    assert summary_of(handoff).read_text(encoding="utf-8").startswith("# Plan payments in Zendesk\n")


def test_the_handoff_itself_is_not_touched(handoff: Path, tmp_path: Path) -> None:
    run("render", handoff.name, cwd=tmp_path)
    assert handoff.read_bytes() == PAYMENTS.read_bytes()


def test_it_is_written_where_it_is_asked_for(handoff: Path, tmp_path: Path) -> None:
    done = run("render", handoff.name, "-o", "docs.md", "--document", "summary", cwd=tmp_path)
    assert (done.code, done.err) == (0, "docs.md: written.\n")
    assert (tmp_path / "docs.md").exists()
    assert not summary_of(handoff).exists()


@pytest.mark.parametrize("output", ["charging-plans.handoff.toml", "./charging-plans.handoff.toml", "link.md"])
def test_the_summary_never_takes_the_place_of_the_handoff(handoff: Path, output: str, tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(handoff.name)
    done = run("render", handoff.name, "--output", output, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "That would overwrite the handoff." in done.err
    assert handoff.read_bytes() == PAYMENTS.read_bytes()


def test_a_handoff_that_is_called_md_is_not_overwritten_by_its_own_summary(handoff: Path, tmp_path: Path) -> None:
    odd = handoff.rename(tmp_path / "notes.md")
    assert run("render", "notes.md", cwd=tmp_path).code == 2
    assert odd.read_bytes() == PAYMENTS.read_bytes()


def test_a_draft_of_nothing_has_a_summary_too(tmp_path: Path) -> None:
    (tmp_path / "x.handoff.toml").write_text('format = 1\n[handoff]\nname = "X"\n')
    done = run("render", "x.handoff.toml", "-o", "-", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("# X\n")
    assert "draft" in done.out.casefold()


def test_a_folder_is_no_output(handoff: Path, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    done = run("render", handoff.name, "-o", "docs", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "docs: Not saved: this is not a file." in done.err


def test_a_teams_template_beside_the_handoff_is_found_from_anywhere(handoff: Path, tmp_path: Path) -> None:
    folder = tmp_path / "handoff-templates"
    folder.mkdir()
    head = 'format = 1\nversion = 1\nextends = "payments"\ntitle = "Ours"\nabout = "Ours."\n'
    (folder / "ours.toml").write_text(head + '[business_state.journey]\nadds = "Whose state?"\n')
    text = handoff.read_text(encoding="utf-8")
    handoff.write_text(text.replace('template = "payments"', 'template = "ours"'), encoding="utf-8")
    elsewhere = tmp_path / ".git"
    elsewhere.mkdir()
    done = run("render", str(handoff), "-o", "-", cwd=elsewhere)
    assert (done.code, done.err) == (0, ""), done.err
    (folder / "ours.toml").rename(elsewhere / "ours.toml")
    assert run("render", str(handoff), "-o", "-", cwd=elsewhere).code == 2
    named = run("--templates", str(elsewhere), "render", str(handoff), "-o", "-", cwd=tmp_path)
    assert (named.code, named.out) == (0, done.out)


def test_a_reader_who_leaves_early_is_no_error(tmp_path: Path) -> None:
    script = 'set -o pipefail; "$@" 2>err | head -c 10; echo "/${PIPESTATUS[0]}"'
    command = ["bash", "-c", script, "bash", *COMMAND, "render", str(PAYMENTS), "-o", "-"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == "# Charging/0\n"
    assert (tmp_path / "err").read_text() == ""


@pytest.mark.parametrize("words", [("render", str(PAYMENTS), "-o", "-"), ("templates", "list"), ("completion", "bash")])
def test_a_reader_who_has_left_already_is_no_error(words: tuple[str, ...], tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [*COMMAND, *words], cwd=tmp_path, stdout=writing, stderr=subprocess.PIPE, text=True, check=False
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_stdout_that_is_closed_is_said(tmp_path: Path) -> None:
    script = '"$@" >&-'
    done = subprocess.run(
        ["sh", "-c", script, "sh", *COMMAND, "render", str(PAYMENTS), "-o", "-"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "handoff-wizard: Not written: standard output is closed. Try --output FILE.\n"


def test_a_summary_in_another_terminal_encoding_is_the_same_bytes(tmp_path: Path) -> None:
    plain = call("render", str(PAYMENTS), "-o", "-", cwd=tmp_path)
    other = call("render", str(PAYMENTS), "-o", "-", cwd=tmp_path, env={"PYTHONIOENCODING": "latin-1", "LC_ALL": "C"})
    assert other == plain


@pytest.mark.parametrize(
    ("words", "name", "begins"),
    [
        (
            ("--document", "support-card"),
            "charging-plans.support-card.md",
            b"# Charging plan payments in Zendesk: supp",
        ),
        (("--document", "on-call", "-o", "page.HTML"), "page.HTML", b"<!DOCTYPE html>\n"),
        (("--document", "on-call", "--format", "html"), "charging-plans.on-call.html", b"<!DOCTYPE html>\n"),
        (("--format", "html"), "charging-plans.handoff.html", b"<!DOCTYPE html>\n"),
        (("--document", "follow-ups", "-o", "todo.csv"), "todo.csv", b'"due","owner",'),
        (("--document", "follow-ups", "-o", "notes.txt"), "notes.txt", b"# Charging plan"),
        (("--document", "guide-article"), "charging-plans.guide-article.html", b'<blockquote class="note">\n'),
        (
            ("--document", "guide-article", "--locale", "sv", "--permission-group", "1", "--user-segment", "2"),
            "charging-plans.guide-article.json",
            b'{\n  "article": {\n    "title": "Charging plan payments in Zendesk: what support says and does",',
        ),
        (("--document", "zendesk-macros"), "charging-plans.zendesk-macros.json", b'[\n  {\n    "macro": {'),
    ],
)
def test_a_document_is_written_as_its_file_is_called(
    handoff: Path, tmp_path: Path, words: tuple[str, ...], name: str, begins: bytes
) -> None:
    done = run("render", handoff.name, *words, cwd=tmp_path)
    assert (done.code, done.out, done.err) == (0, "", f"{name}: written.\n")
    assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--document", "zendesk-macros", "-o", "x.html"),
            "There is no zendesk-macros as html. It is written as json.",
        ),
        (("--document", "guide-article", "-o", "x.json"), "There is no guide-article as json. It is written as html"),
        (("--document", "guide-article", "--locale", "en-us"), "A request body needs --locale, --permission-group and"),
        (("--user-segment", "1"), "Only a guide-article is for one account. Add --document guide-article."),
        (("--format", "csv"), "There is no summary as csv. It is written as md or html."),
    ],
)
def test_a_document_that_is_not_written_so_is_refused(
    handoff: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    done = run("render", handoff.name, *words, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert sorted(path.name for path in tmp_path.iterdir()) == [handoff.name]
