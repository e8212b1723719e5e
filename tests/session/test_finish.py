"""The end of an interview: draft or final, both files, the open points by owner, and the last words."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handoff_tui.core.answers import Answer, Assumed, Open, OpenCell
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.reading import PEOPLE
from handoff_tui.errors import SaveError
from handoff_tui.session.finish import Finished, by_owner, errors_of, finish, git_commands, open_points, summary_of
from handoff_tui.session.opened import Opened
from handoff_tui.session.parting import parting_words
from handoff_tui.session.start import begin
from handoff_tui.store.file import HandoffFile
from tests.core.making import ALERT, MARA, TODAY, complete, handoff_of, small
from tests.session.making import ASSUMED, OPEN, session_of

DUE = date(2026, 12, 4)
ZOFIA = {"key": "zofia", "name": "Zofia Ł"}


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """A complete handoff in its file."""
    opened = begin(tmp_path / "small.handoff.toml", small(), complete(name="Small", owner="mara"), lambda: TODAY)
    yield opened
    opened.close()


def on_disk(path: Path) -> tuple[bytes, bytes]:
    return path.read_bytes(), path.with_name(path.name.replace(".toml", ".md")).read_bytes()


# -- draft and final ---------------------------------------------------------------------------------------------


def test_a_final_handoff_is_in_both_files(opened: Opened) -> None:
    finished = finish(opened.session, opened.path, final=True)
    assert opened.close()
    assert finished == Finished(opened.session.handoff, opened.path, opened.path.with_name("small.handoff.md"), True)
    assert HandoffFile.read(opened.path)[1].head.status == "final"
    summary = finished.summary.read_text(encoding="utf-8")
    assert summary == summary_of(opened.session)
    assert "draft" not in summary.casefold()


def test_a_draft_has_its_summary_too_and_says_what_it_is(opened: Opened) -> None:
    opened.session.clear("watch.window")
    finished = finish(opened.session, opened.path, final=False)
    assert opened.close()
    assert HandoffFile.read(opened.path)[1].head.status == "draft"
    assert "draft" in finished.summary.read_text(encoding="utf-8").casefold()


def test_an_error_keeps_a_handoff_from_becoming_final_and_nothing_is_written(opened: Opened) -> None:
    opened.session.clear("watch.window")
    assert {item.question for item in errors_of(opened.session)} == {"watch.window", "close.signoff"}
    with pytest.raises(ValueError, match="cannot become final"):
        finish(opened.session, opened.path, final=True)
    assert opened.session.handoff.head.status == "draft"
    assert not opened.path.with_name("small.handoff.md").exists()


def test_a_stale_answer_keeps_it_from_becoming_final_until_it_is_confirmed(opened: Opened) -> None:
    opened.session.answer("start.goal", "Something else.")
    assert [(item.rule, item.question) for item in errors_of(opened.session)] == [("stale", "close.signoff")]
    opened.session.reconfirm("close.signoff")
    assert finish(opened.session, opened.path, final=True).handoff.head.status == "final"


def test_an_error_that_prework_does_not_ask_for_counts_too(tmp_path: Path) -> None:
    session = session_of(handoff_of({PEOPLE: [MARA]}), only={PEOPLE})
    assert session.interview.progress.done == session.interview.progress.total
    assert "start.goal" in [item.question for item in errors_of(session)]


def test_finishing_again_without_a_change_writes_nothing(opened: Opened) -> None:
    finish(opened.session, opened.path, final=True)
    assert opened.saver.flush(30)
    files = sorted(opened.path.parent.glob("[!.]*"))
    stood, times = on_disk(opened.path), [path.stat().st_mtime_ns for path in files]
    again = finish(opened.session, opened.path, final=True)
    assert opened.close()
    assert not again.summary_written
    assert on_disk(opened.path) == stood
    assert [path.stat().st_mtime_ns for path in files] == times


def test_a_change_after_signing_off_is_a_draft_until_it_is_finished_again(opened: Opened) -> None:
    finish(opened.session, opened.path, final=True)
    opened.session.answer("watch.window", "6h")
    opened.session.reconfirm("close.signoff")
    assert opened.session.handoff.head.status == "draft"
    finished = finish(opened.session, opened.path, final=True)
    assert opened.close()
    assert finished.summary_written
    assert HandoffFile.read(opened.path)[1].head.status == "final"


def test_signing_off_can_be_taken_back(opened: Opened) -> None:
    finish(opened.session, opened.path, final=True)
    opened.session.undo()
    assert opened.close()
    assert HandoffFile.read(opened.path)[1].head.status == "draft"


def test_a_summary_that_cannot_be_written_is_said(opened: Opened) -> None:
    opened.path.with_name("small.handoff.md").mkdir()
    with pytest.raises(SaveError, match="not a file"):
        finish(opened.session, opened.path, final=False)


# -- the git commands --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Small", 'a\'b "c" $(touch x) `y`', "Šķirba; rm -rf *", "two\nlines"])
@pytest.mark.parametrize("status", ["draft", "final"])
def test_the_git_commands_do_what_they_say_whatever_the_names_are(tmp_path: Path, name: str, status: str) -> None:
    path = tmp_path / f"{name}.handoff.toml"
    summary = path.with_name(path.name.replace(".toml", ".md"))
    path.write_text("x")
    summary.write_text("y")
    commands = git_commands(Finished(complete(name=name, status=status), path, summary, True))
    git = ["git", "-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "core.quotepath=off"]
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    for command in commands:
        words = shlex.split(command)
        assert words[0] == "git"
        subprocess.run([*git, *words[1:]], cwd=tmp_path, check=True, capture_output=True)
    shown = subprocess.run(
        [*git, "log", "-z", "--name-only", "--format=%B%x00"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout
    verb = "Sign off" if status == "final" else "Draft"
    assert shown.startswith(f"{verb} the handoff: {name.strip()}")
    assert {path.name, summary.name} <= {item.strip("\n") for item in shown.split("\0")}
    assert subprocess.run([*git, "status", "-s"], cwd=tmp_path, check=True, capture_output=True).stdout == b""


# -- open points -------------------------------------------------------------------------------------------------


def with_points() -> Handoff:
    handoff = complete().with_answer(PEOPLE, Answer([ZOFIA, MARA]))
    handoff = handoff.with_answer("watch.window", Answer(mark=Open(owner="zofia", due=DUE)))
    handoff = handoff.with_answer("start.goal", Answer("x", Assumed(confirmer="mara", due=date(2027, 1, 1))))
    handoff = handoff.with_answer("start.limits", Answer(mark=Open(owner="mara")))
    handoff = handoff.with_answer("close.review_by", Answer(mark=Open(owner="somebody", due=DUE)))
    handoff = handoff.with_answer("close.drill", Answer(mark=Open(owner="hidden", due=DUE)))
    cells = (
        OpenCell("watch.alerts", "LagHigh", "runbook", "mara", DUE),
        OpenCell("watch.alerts", "LagHigh", "strange"),
        OpenCell("close.drill", "x", "y", "hidden", DUE),
    )
    return replace(handoff, open_cells=cells)


def test_open_points_stand_by_owner_and_then_by_date_those_without_one_first() -> None:
    points = open_points(session_of(with_points()))
    assert [(point.owner, point.due, point.what, point.kind) for point in points] == [
        ("", None, "Alerts: strange of LagHigh", "open"),
        ("Māra Bērziņa", None, "Limits", "open"),
        ("Māra Bērziņa", DUE, "Alerts: Runbook of LagHigh", "open"),
        ("Māra Bērziņa", date(2027, 1, 1), "Goal", "to confirm"),
        ("Zofia Ł", DUE, "Window", "open"),
        ("somebody", DUE, "Review_by", "open"),
    ]
    assert {point.question for point in points} >= {"watch.alerts", "start.limits", "watch.window"}


def test_open_points_are_grouped_by_owner_in_their_order() -> None:
    owners = by_owner(open_points(session_of(with_points())))
    assert list(owners) == ["", "Māra Bērziņa", "Zofia Ł", "somebody"]
    assert [point.what for point in owners["Māra Bērziņa"]] == ["Limits", "Alerts: Runbook of LagHigh", "Goal"]


def test_a_handoff_where_all_is_decided_has_no_open_point() -> None:
    assert open_points(session_of()) == []
    assert by_owner([]) == {}


def test_open_points_that_nobody_was_asked_about_in_prework_count_all_the_same() -> None:
    session = session_of(with_points(), only={PEOPLE})
    assert "Window" in [point.what for point in open_points(session)]


# -- the last words ----------------------------------------------------------------------------------------------


def test_the_last_words_say_what_is_open_by_whom_where_it_is_and_how_to_go_on(tmp_path: Path) -> None:
    session = session_of()
    session.mark("watch.window", "open", OPEN)
    session.assume("start.goal", "A customer can read.", ASSUMED)
    session.open_cell("watch.alerts", "LagHigh", "runbook", {"owner": "Zofia Ł", "due": "2027-01-01"})
    session.reconfirm("close.signoff")
    words = parting_words(session, tmp_path / "sub" / "small.handoff.toml", tmp_path)
    assert words.split("\n") == [
        "6 answered · 2 open · 1 assumed.",
        "  Māra Bērziņa:",
        "    Goal, by 4 Dec 2026",
        "    Window, by 4 Dec 2026",
        "  Zofia Ł:",
        "    Alerts: Runbook of LagHigh, by 1 Jan 2027",
        "Saved in sub/small.handoff.toml.",
        "Resume: handoff-wizard resume sub/small.handoff.toml",
    ]


def test_what_nobody_owns_is_said_to_be_nobodys(tmp_path: Path) -> None:
    session = session_of(complete().with_answer("watch.window", Answer(mark=Open())))
    assert "  nobody yet:\n    Window\n" in parting_words(session, tmp_path / "x.handoff.toml", tmp_path)


def test_a_file_elsewhere_is_named_in_full(tmp_path: Path) -> None:
    path = tmp_path / "x.handoff.toml"
    words = parting_words(session_of(), path, tmp_path / "elsewhere")
    assert words.endswith(f"Saved in {path}.\nResume: handoff-wizard resume {shlex.quote(str(path))}")
    relative = Path("../x.handoff.toml")
    assert f"resume {relative}" in parting_words(session_of(), relative, tmp_path)


def test_the_way_back_is_a_command_that_can_be_pasted(tmp_path: Path) -> None:
    path = tmp_path / "Māra's $(x) handoff.handoff.toml"
    command = parting_words(session_of(), path, tmp_path).rpartition("Resume: ")[2]
    assert shlex.split(command) == ["handoff-wizard", "resume", path.name]


def test_the_way_back_into_a_prework_asks_no_more_than_that(tmp_path: Path) -> None:
    words = parting_words(session_of(only={PEOPLE}), tmp_path / "x.handoff.toml", tmp_path).split("\n")
    assert words[-2:] == [
        "Resume the prework: handoff-wizard new x.handoff.toml --prework",
        "With every question: handoff-wizard resume x.handoff.toml",
    ]


def test_the_last_words_hold_nothing_that_a_terminal_obeys(tmp_path: Path) -> None:
    row = ALERT | {"alert": "Lag\x1b[31mHigh"}
    handoff = complete().with_answer("watch.alerts", Answer([row]))
    cell = OpenCell("watch.alerts", "Lag\x1b[31mHigh", "runbook", "ma\x9bra")
    session = session_of(replace(handoff, open_cells=(cell,)))
    words = parting_words(session, tmp_path / "x\x1b]0;y\x07.handoff.toml", tmp_path)
    assert all(char == "\n" or char.isprintable() for char in words)
