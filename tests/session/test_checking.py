"""Which files are checked, on which day and by which templates, what fails, and that no secret leaves its file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handoff_tui.catalog import Catalog
from handoff_tui.core.finding import Finding, Readiness, Severity
from handoff_tui.core.report import FileReport, Placed, Totals
from handoff_tui.session import checking
from handoff_tui.session.checking import HIDDEN, Checker, check_all, failed, files_at
from tests.core.making import TODAY
from tests.session.making import EXAMPLES

PAYMENTS = EXAMPLES / "charging-plans.handoff.toml"
OURS = 'format = 1\nversion = 1\nextends = "payments"\ntitle = "Ours"\nabout = "For us."\n'
SECRET = "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc"


def changed(folder: Path, *changes: tuple[str, str], name: str = "x.handoff.toml") -> Path:
    """Write the payments example with some of its text changed, each change once."""
    text = PAYMENTS.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def checked(path: Path, today: date = TODAY, templates: Path | None = None) -> FileReport:
    return Checker(today, templates).check(path)


def rules(report: FileReport) -> list[str]:
    return [placed.finding.rule for placed in report.findings]


# -- which files -------------------------------------------------------------------------------------------------


def touch(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("")
    return [folder / name for name in names]


def test_a_folder_is_every_handoff_below_it_in_a_stable_order(tmp_path: Path) -> None:
    made = touch(tmp_path, "a.handoff.toml", "b/c.handoff.toml", "b/d/e.handoff.toml", "c.handoff.toml")
    touch(tmp_path, "a.toml", "b/notes.md", "handoff.toml")
    assert files_at([tmp_path]) == made


@pytest.mark.parametrize("hidden", [".git", ".venv", "node_modules", "venv", "env", "__pycache__", "site-packages"])
def test_hidden_folders_and_those_of_others_are_skipped(hidden: str, tmp_path: Path) -> None:
    touch(tmp_path, f"{hidden}/x.handoff.toml", f"below/{hidden}/x.handoff.toml", ".x.handoff.toml")
    assert files_at([tmp_path]) == []


def test_a_virtual_environment_of_any_name_is_skipped(tmp_path: Path) -> None:
    touch(tmp_path, "python/pyvenv.cfg", "python/lib/x.handoff.toml")
    assert files_at([tmp_path]) == []


def test_links_are_skipped_and_a_circle_is_no_trap(tmp_path: Path) -> None:
    (made,) = touch(tmp_path, "real/x.handoff.toml")
    (tmp_path / "real" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "y.handoff.toml").symlink_to(made)
    assert files_at([tmp_path]) == [made]


def test_a_link_that_is_named_is_followed(tmp_path: Path) -> None:
    (made,) = touch(tmp_path, "real/x.handoff.toml")
    (tmp_path / "link.toml").symlink_to(made)
    assert files_at([tmp_path / "link.toml"]) == [tmp_path / "link.toml"]


def test_a_named_file_may_have_any_name_and_a_named_folder_may_be_hidden(tmp_path: Path) -> None:
    made = touch(tmp_path, "draft.txt", ".hidden/x.handoff.toml")
    assert files_at([tmp_path / "draft.txt", tmp_path / ".hidden"]) == made


def test_a_file_that_is_named_twice_is_checked_once(tmp_path: Path) -> None:
    (made,) = touch(tmp_path, "a/x.handoff.toml")
    assert files_at([made, tmp_path / "a", tmp_path, tmp_path / "a" / ".." / "a" / made.name]) == [made]


ABSENT = ["absent", "absent.handoff.toml", "x" * 300, "a\0b"]


@pytest.mark.parametrize("name", ABSENT, ids=lambda name: ascii(name)[:20])
def test_what_does_not_exist_stands_for_itself_and_is_reported(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    assert files_at([path]) == [path]
    report = checked(path)
    assert (report.status, report.readiness, rules(report)) == ("unreadable", Readiness.NOT_READY, ["unreadable"])


def test_a_folder_that_cannot_be_listed_stands_for_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert files_at([tmp_path]) == [tmp_path]
    assert checked(tmp_path).unreadable


# -- one file ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.handoff.toml")), ids=lambda path: path.stem)
def test_an_example_is_ready_but_for_what_is_open(path: Path) -> None:
    report = checked(path)
    assert (report.path, report.status) == (path.as_posix(), "final")
    assert report.readiness is Readiness.WITH_OPEN_POINTS
    assert not failed(report, strict=True)


def test_a_finding_comes_with_its_line(tmp_path: Path) -> None:
    path = changed(tmp_path, ("events_per_hour_peak = 2600", 'events_per_hour_peak = "many"'))
    report = checked(path)
    assert rules(report) == ["bad-value"]
    line = report.findings[0].line
    assert line is not None
    assert path.read_text(encoding="utf-8").split("\n")[line - 1] == 'events_per_hour_peak = "many"'


UNREADABLE = {
    "no TOML": ("format = 1\n[handoff\n", 2),
    "cut off": ('format = 1\n[handoff]\nname = """x\n', 3),
    "no handoff": ("a = 1\n", None),
    "of a newer format": ("format = 2\n[handoff]\n", None),
    "a merge that is not finished": ("format = 1\n<<<<<<< ours\n[handoff]\n", 2),
    "without its template": ('format = 1\n\n[handoff]\nname = "x"\ntemplate = "gone"\n', 5),
}


@pytest.mark.parametrize(("text", "line"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_a_report_too(text: str, line: int | None, tmp_path: Path) -> None:
    path = tmp_path / "x.handoff.toml"
    path.write_text(text)
    report = checked(path)
    assert (report.status, report.readiness, rules(report)) == ("unreadable", Readiness.NOT_READY, ["unreadable"])
    finding = report.findings[0].finding
    assert (report.findings[0].line, finding.severity, finding.row) == (line, "error", None)
    assert finding.message.endswith((".", ")"))
    assert finding.fix.endswith(".")


def test_a_template_that_is_broken_is_named_with_its_own_line_and_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "handoff-templates").mkdir()
    (tmp_path / "handoff-templates" / "ours.toml").write_text(OURS + 'colour = "red"\n')
    paths = [changed(tmp_path, ('"payments"', '"ours"'), name=f"{n}.handoff.toml") for n in range(3)]
    looked: list[str] = []
    examine = Catalog.examine

    def counted(catalog: Catalog, name: str) -> Any:
        looked.append(name)
        return examine(catalog, name)

    monkeypatch.setattr(Catalog, "examine", counted)
    checker = Checker(TODAY)
    for path in paths:
        report = checker.check(path)
        finding = report.findings[0].finding
        assert (rules(report), finding.question, report.findings[0].line) == (["unreadable"], "handoff.template", 6)
        assert "ours.toml:6" in finding.message
    assert looked == ["ours"]


def test_the_day_decides_what_is_past(tmp_path: Path) -> None:
    path = changed(tmp_path)
    assert rules(checked(path, date(2026, 11, 23))) == []
    late = checked(path, date(2027, 12, 31))
    assert {"open-essential", "untested"} & set(rules(late))
    assert late.readiness is Readiness.NOT_READY


def test_templates_beside_a_file_are_found_and_those_named_come_first(tmp_path: Path) -> None:
    for folder, severity in (("handoff-templates", "off"), ("named", "warning")):
        (tmp_path / folder).mkdir()
        change = f'[rules.sole-owner]\nseverity = "{severity}"\nreason = "a rota follows in January"\n'
        (tmp_path / folder / "ours.toml").write_text(OURS + change)
    path = changed(tmp_path, ('"payments"', '"ours"'), ('backup = "jorgen"\n', ""), name="below/x.handoff.toml")
    plain = changed(tmp_path / "else", ('backup = "jorgen"\n', ""))
    (tmp_path / "else" / ".git").mkdir()
    severities = [
        {placed.finding.severity for placed in report.findings if placed.finding.rule == "sole-owner"}
        for report in (checked(plain), checked(path), checked(path, templates=tmp_path / "named"))
    ]
    assert severities == [{"error"}, set(), {"warning"}]


def test_what_a_template_changes_about_the_rules_is_noted(tmp_path: Path) -> None:
    (tmp_path / "handoff-templates").mkdir()
    text = "".join(
        f'[rules.{rule}]\nseverity = "{severity}"\nreason = "we drill them all at once"\n'
        for rule, severity in (("untested", "off"), ("sole-owner", "warning"), ("untestd", "off"), ("secret", "off"))
    )
    (tmp_path / "handoff-templates" / "ours.toml").write_text(OURS + text)
    path = changed(tmp_path, ('"payments"', '"ours"'), ("Åsa", SECRET))
    report = checked(path, date(2028, 1, 1))
    assert "untested" not in rules(report)
    assert "secret" in rules(report), "what guards the file cannot be turned off"
    assert report.notes == (
        "untested is off in the template ours: we drill them all at once",
        "sole-owner is at most a warning in the template ours: we drill them all at once",
        "untestd is not changed by the template ours: there is no such rule.",
        "secret is not changed by the template ours: this rule protects the file and cannot be changed.",
    )


# -- what fails --------------------------------------------------------------------------------------------------


def report_of(status: str, *findings: tuple[str, Severity]) -> FileReport:
    placed = tuple(Placed(Finding(rule, severity, "a.b", "Wrong.", "Mend it."), 1) for rule, severity in findings)
    return FileReport("x", status, Readiness.READY, placed)


@pytest.mark.parametrize(
    ("status", "rule", "severity", "fails", "fails_strictly"),
    [
        ("draft", "sole-owner", "error", False, True),
        ("draft", "sole-owner", "warning", False, True),
        ("draft", "sole-owner", "advice", False, False),
        ("final", "sole-owner", "error", True, True),
        ("final", "sole-owner", "warning", False, True),
        ("final", "sole-owner", "advice", False, False),
        ("finl", "bad-value", "error", True, True),
        ("draft", "secret", "error", True, True),
        ("draft", "conflict", "error", True, True),
        ("draft", "conflict-marker", "error", True, True),
        ("draft", "duplicate-row", "error", True, True),
        ("draft", "stale", "error", False, True),
        ("draft", "bad-value", "error", False, True),
    ],
)
def test_what_fails(status: str, rule: str, severity: Severity, fails: bool, fails_strictly: bool) -> None:
    report = report_of(status, ("outage-outlives-retry", "advice"), (rule, severity))
    assert (failed(report, strict=False), failed(report, strict=True)) == (fails, fails_strictly)


def test_what_was_accepted_never_fails() -> None:
    accepted = report_of("final", ("untested", "warning"), ("secret", "error")).findings
    report = FileReport("x", "final", Readiness.READY, (), accepted)
    assert not failed(report, strict=True)


def test_totals_count_what_stands_over_all_files() -> None:
    reports = [
        report_of("final", ("a", "error"), ("b", "error"), ("c", "advice")),
        report_of("draft", ("a", "warning")),
        FileReport("y", "draft", Readiness.READY, (), report_of("draft", ("a", "warning")).findings),
    ]
    assert Totals.of(reports) == Totals(3, 2, 1, 1)
    assert Totals.of([]) == Totals(0, 0, 0, 0)


# -- secrets -----------------------------------------------------------------------------------------------------

PLACES = {
    "a text": ('does_not_do = "', f'does_not_do = "{SECRET} '),
    "the name of a row": ('state = "active"', f'state = "{SECRET}"'),
    "a value that does not fit": ("events_per_hour_peak = 2600", f'events_per_hour_peak = "{SECRET}"'),
    "a name that is not listed": ('owner = "asa"', f'owner = "{SECRET}"'),
    "the status": ('status = "final"', f'status = "{SECRET}"'),
    "a password": ('does_not_do = "', 'does_not_do = "password: zK9vQm2xLr7w '),
}


@pytest.mark.parametrize(("old", "new"), PLACES.values(), ids=PLACES)
def test_a_secret_is_found_and_its_value_is_nowhere_in_the_report(old: str, new: str, tmp_path: Path) -> None:
    report = checked(changed(tmp_path, (old, new)))
    assert "secret" in rules(report)
    assert failed(report, strict=False)
    assert SECRET not in repr(report)
    assert "zK9vQm2xLr7w" not in repr(report)
    guilty = next(placed.finding for placed in report.findings if placed.finding.rule == "secret")
    assert guilty.fingerprint == ""


def test_where_a_row_is_called_by_its_secret_a_word_stands_for_it(tmp_path: Path) -> None:
    report = checked(changed(tmp_path, ('state = "active"', f'state = "{SECRET}"')))
    assert [(item.finding.rule, item.finding.row) for item in report.findings] == [("secret", HIDDEN)]


def test_a_reason_that_holds_a_secret_is_not_told(tmp_path: Path) -> None:
    path = changed(tmp_path, ('hours = "Mon-Fri 09', 'colour = "blue"\nhours = "Mon-Fri 09'))
    found = checked(path).findings[0].finding
    entry = {"rule": found.rule, "question": found.question, "row": found.row, "by": "asa"}
    lines = [f'{key} = "{value}"' for key, value in entry.items()]
    lines += [f'fingerprint = "{found.fingerprint}"', f'reason = "the key is {SECRET}"']
    path.write_text(path.read_text(encoding="utf-8") + "\n[[accepted]]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    report = checked(path)
    assert len(report.accepted) == 1
    accepted = report.accepted[0].finding.accepted
    assert accepted is not None
    assert accepted.reason == f"the key is {HIDDEN}"
    assert SECRET not in repr(report)


def test_what_is_no_secret_stays(tmp_path: Path) -> None:
    report = checked(changed(tmp_path, ('owner = "asa"', 'owner = "5f3c9a1e-0000-4b1d-9c55-aa12bb34cc56"')))
    assert any("5f3c9a1e-0000-4b1d-9c55-aa12bb34cc56" in item.finding.message for item in report.findings)


# -- many files --------------------------------------------------------------------------------------------------


@pytest.fixture
def many(tmp_path: Path) -> list[Path]:
    """Files of each kind, a broken one among good ones."""
    changes: list[list[tuple[str, str]]] = [
        [],
        [("events_per_hour_peak = 2600", 'events_per_hour_peak = "many"')],
        [('backup = "jorgen"\n', "")],
        [('template = "payments"', 'template = "gone"')],
        [('status = "final"', 'status = "draft"')],
    ]
    paths = [changed(tmp_path, *change, name=f"{n}.handoff.toml") for n, change in enumerate(changes * 2)]
    paths[3].write_text("format = ")
    return [*paths, tmp_path / "absent"]


def test_several_processes_say_the_same_in_the_same_order(many: list[Path]) -> None:
    serial = list(check_all(many, TODAY, processes=1))
    assert [report.path for report in serial] == [path.as_posix() for path in many]
    assert [report.unreadable for report in serial].count(True) == 3
    assert list(check_all(many, TODAY, processes=2)) == serial
    assert list(check_all(many[:1], TODAY, processes=2)) == serial[:1]
    assert list(check_all([], TODAY, processes=2)) == []


def test_beside_other_threads_processes_begin_anew_and_say_the_same(many: list[Path]) -> None:
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)  # a copy of this process could be one that waits for ever
    thread.start()
    try:
        assert list(check_all(many, TODAY, processes=2)) == list(check_all(many, TODAY, processes=1))
    finally:
        ended.set()
        thread.join()


def test_few_files_are_checked_in_this_process_and_many_on_every_core(
    many: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    shared: list[int] = []

    def share(paths: Any, *_: Any) -> Any:
        shared.append(len(paths))
        return iter(())

    monkeypatch.setattr(checking, "_shared", share)
    monkeypatch.setattr(checking, "_processors", lambda: 2)
    list(check_all(many, TODAY))
    assert shared == []
    monkeypatch.setattr(checking, "_MANY", len(many))
    list(check_all(many, TODAY))
    assert shared == [len(many)]
    monkeypatch.setattr(checking, "_processors", lambda: 1)
    list(check_all(many, TODAY))
    assert shared == [len(many)]


def test_where_there_is_no_second_process_this_one_goes_on(many: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    serial = list(check_all(many, TODAY, processes=1))

    def breaks(*_: Any) -> Any:
        yield from serial[:3]
        raise OSError

    monkeypatch.setattr(checking, "_shared", breaks)
    assert list(check_all(many, TODAY, processes=2)) == serial


INTERRUPTED = """
import signal, sys, time
from datetime import date
from pathlib import Path
from handoff_tui.session import checking

class Slow(checking.Checker):
    def check(self, path):
        time.sleep(0.2)
        return super().check(path)

# Whoever starts the tests in the background of a shell has them ignore it.
signal.signal(signal.SIGINT, signal.default_int_handler)
checking.Checker = Slow
paths = [Path(name) for name in sys.argv[1:]]
try:
    for report in checking.check_all(paths, date(2026, 11, 23), processes=2):
        print("ready", flush=True)
        time.sleep(5)
except KeyboardInterrupt:
    print("interrupted", flush=True)
    sys.exit(130)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
def test_an_interruption_ends_every_process_and_none_of_them_complains(many: list[Path]) -> None:
    words = [sys.executable, "-c", INTERRUPTED, *map(str, many)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does it: to all of them at once
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "interrupted\n", "")
    deadline = time.monotonic() + 20
    while True:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            break  # nobody of the group is left
        assert time.monotonic() < deadline
        time.sleep(0.05)
