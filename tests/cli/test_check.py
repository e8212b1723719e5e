"""`check`: exit codes, what goes where, and the same findings for a person, a script, GitHub and code scanning."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handoff_tui.render.reports import FORMATS
from handoff_tui.session import checking
from tests.cli.calling import COMMAND, EXAMPLES, PAYMENTS, Done, call, run
from tests.render.sarif import validated
from tests.terminal import Terminal

DAY = ("--on", "2026-11-23")
NO_BACKUP = ('backup = "jorgen"\n', "")
"""Two errors at the handover from engineering to support: Åsa is the only one, for several things."""
DRAFT = ('status = "final"', 'status = "draft"')
EARLY = ('"engineering_to_support"', '"discovery_to_delivery"')
"""Only warnings then."""
MARKED = ('does_not_do = "', 'does_not_do = "sk_live_4eC39HqLyjWDarjtT1zdp7dc ')
"""A secret."""


def write(folder: Path, *changes: tuple[str, str], name: str = "x.handoff.toml", more: str = "") -> Path:
    """Write the payments example with some of its text changed."""
    text = PAYMENTS.read_text(encoding="utf-8") + more
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def check(*words: str, cwd: Path, **env: str) -> Done:
    return run("check", *DAY, *words, cwd=cwd, env=env)


def found(done: Done) -> list[dict[str, Any]]:
    return [item for file in json.loads(done.out)["files"] for item in file["findings"]]


# -- exit codes --------------------------------------------------------------------------------------------------

Make = Callable[[Path], object]


def accepted(folder: Path) -> None:
    """Write a handoff whose one warning somebody took on."""
    colour = ('hours = "Mon-Fri 09', 'colour = "blue"\nhours = "Mon-Fri 09')
    path = write(folder, colour)
    finding = next(placed.finding for placed in checking.Checker(date(2026, 11, 23)).check(path).findings)
    assert finding.severity == "warning"
    write(
        folder,
        colour,
        more=f'\n[[accepted]]\nrule = "{finding.rule}"\nquestion = "{finding.question}"\nrow = "{finding.row}"\n'
        f'reason = "the wiki reads it"\nby = "asa"\nfingerprint = "{finding.fingerprint}"\n',
    )


def twice(folder: Path) -> None:
    """Write a draft with two rows of one name."""
    text = PAYMENTS.read_text(encoding="utf-8")
    start = text.index("[[alerts.alerts]]")
    row = text[start : text.index("[[alerts.alerts]]", start + 5)]
    write(folder, DRAFT, (row, row + row))


EXITS: dict[str, tuple[Make, int, int]] = {
    "nothing there": (lambda folder: None, 0, 0),
    "ready": (write, 0, 0),
    "an error in a draft": (lambda folder: write(folder, NO_BACKUP, DRAFT), 0, 1),
    "an error in a final handoff": (lambda folder: write(folder, NO_BACKUP), 1, 1),
    "a warning in a final handoff": (lambda folder: write(folder, NO_BACKUP, EARLY), 0, 1),
    "a warning in a draft": (lambda folder: write(folder, NO_BACKUP, EARLY, DRAFT), 0, 1),
    "an accepted warning": (accepted, 0, 0),
    "a secret in a draft": (lambda folder: write(folder, DRAFT, MARKED), 1, 1),
    "a row twice in a draft": (twice, 1, 1),
    "a conflict in a draft": (
        lambda folder: write(folder, DRAFT, more='\n[conflict.alerts.alerts]\nours = "a"\ntheirs = "b"\n'),
        1,
        1,
    ),
    "marks of a merge in a text of a draft": (
        lambda folder: write(folder, DRAFT, ('journey = """\n', 'journey = """\n<<<<<<< ours\n')),
        1,
        1,
    ),
    "no TOML": (lambda folder: (folder / "x.handoff.toml").write_text("="), 2, 2),
    "no TOML beside an error in a final handoff": (
        lambda folder: (write(folder, NO_BACKUP), (folder / "y.handoff.toml").write_text("=")),
        2,
        2,
    ),
    "a template that is not there": (lambda folder: write(folder, ('"payments"', '"gone"')), 2, 2),
    "only advice": (
        lambda folder: (folder / "x.handoff.toml").write_bytes(
            (EXAMPLES / "wallet-verification.handoff.toml").read_bytes()
        ),
        0,
        0,
    ),
}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(("make", "code", "strict"), EXITS.values(), ids=EXITS)
def test_the_exit_code_says_whether_it_may_be_checked_in(
    make: Make, code: int, strict: int, form: str, tmp_path: Path
) -> None:
    make(tmp_path)
    assert check("--format", form, cwd=tmp_path).code == code
    assert check("--format", form, "--strict", cwd=tmp_path).code == strict


def test_a_process_of_its_own_does_the_same(tmp_path: Path) -> None:
    write(tmp_path, NO_BACKUP)
    for form in FORMATS:
        assert call("check", *DAY, "--format", form, cwd=tmp_path) == check("--format", form, cwd=tmp_path)


# -- what goes where ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_findings_go_to_stdout_and_nothing_else_does(form: str, tmp_path: Path) -> None:
    write(tmp_path, NO_BACKUP)
    done = check("--format", form, cwd=tmp_path)
    assert done.err == ""
    assert "Nobody covers for" in done.out
    assert done.out.endswith("\n")


def test_the_text_is_for_people(tmp_path: Path) -> None:
    path = write(tmp_path, NO_BACKUP, name="sub/x.handoff.toml")
    out = check(cwd=tmp_path).out
    line = path.read_text(encoding="utf-8").split("\n").index('owner = "asa"', 300) + 1
    assert out.startswith("sub/x.handoff.toml: final, but not ready; 3 errors.\n\n  error    Nobody covers for")
    assert f"           sub/x.handoff.toml:{line}: ownership.credentials · " in out
    assert out.endswith("1 file: not ready; 3 errors.\n")


def test_a_ready_handoff_is_one_calm_line(tmp_path: Path) -> None:
    write(tmp_path)
    assert check(cwd=tmp_path).out == "x.handoff.toml: final and ready, with open points.\n"


@pytest.mark.parametrize("form", FORMATS)
def test_a_folder_without_a_handoff_is_said_so_that_nobody_takes_it_for_a_pass(form: str, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    done = check("--format", form, cwd=tmp_path)
    assert (done.code, done.lines) == (0, ["There is no handoff below this folder: nothing was checked."])
    named = check("--format", form, "sub", str(PAYMENTS), cwd=tmp_path)
    assert (named.code, named.lines) == (0, ["There is no handoff below sub: nothing was checked."])
    if form == "json":
        assert json.loads(done.out) == {
            "files": [],
            "summary": {"files": 0, "errors": 0, "warnings": 0, "advice": 0},
        }
    if form == "sarif":
        assert validated(done.out)["runs"][0]["results"] == []


def test_what_a_template_changes_is_shown_in_each_format(tmp_path: Path) -> None:
    (tmp_path / "handoff-templates").mkdir()
    (tmp_path / "handoff-templates" / "ours.toml").write_text(
        'format = 1\nversion = 1\nextends = "payments"\ntitle = "Ours"\nabout = "For us."\n'
        '[rules.sole-owner]\nseverity = "off"\nreason = "a rota follows\\n::error::in January"\n'
    )
    for name in ("x", "y"):
        write(tmp_path, NO_BACKUP, ('"payments"', '"ours"'), name=f"{name}.handoff.toml")
    note = "Note: sole-owner is off in the template ours: a rota follows"
    for form in FORMATS:
        done = check("--format", form, cwd=tmp_path)
        assert (done.code, "Nobody covers for" in done.out) == (0, False)
        said = " ".join((done.out if form == "text" else done.err).split())
        assert said.count(note) == 1
        assert not [line for line in done.err.splitlines() if line.lstrip().startswith("::")]
        assert note not in (done.err if form == "text" else done.out)


# -- formats -----------------------------------------------------------------------------------------------------


def test_json_names_each_finding_with_its_place(tmp_path: Path) -> None:
    path = write(tmp_path, NO_BACKUP)
    done = check("--format", "json", cwd=tmp_path)
    whole = json.loads(done.out)
    assert whole["summary"] == {"files": 1, "errors": 3, "warnings": 0, "advice": 0}
    assert (whole["files"][0]["path"], whole["files"][0]["status"]) == (path.name, "final")
    lines = path.read_text(encoding="utf-8").split("\n")
    for item in found(done):
        assert item["rule"] == "sole-owner"
        assert lines[item["line"] - 1] == 'owner = "asa"'
        assert any(item["row"] in line for line in lines[item["line"] - 5 : item["line"]])


def test_sarif_holds_against_its_schemas(tmp_path: Path) -> None:
    accepted(tmp_path)
    write(tmp_path, NO_BACKUP, name="sub folder/ü.handoff.toml")
    (tmp_path / "z.handoff.toml").write_text("=")
    done = check("--format", "sarif", ".", "absent", cwd=tmp_path)
    results = validated(done.out)["runs"][0]["results"]
    assert [item["ruleId"] for item in results] == ["sole-owner"] * 3 + ["unknown-key"] + ["unreadable"] * 2
    uris = [item["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for item in results]
    assert list(dict.fromkeys(uris)) == [
        "sub%20folder/%C3%BC.handoff.toml",
        "x.handoff.toml",
        "z.handoff.toml",
        "absent",
    ]
    assert results[3]["suppressions"][0]["justification"] == "the wiki reads it (asa)"


def test_every_format_tells_of_the_same_findings(tmp_path: Path) -> None:
    write(tmp_path, NO_BACKUP)
    (tmp_path / "z.handoff.toml").write_text("=")
    told = found(check("--format", "json", cwd=tmp_path))
    rules = sorted(item["rule"] for item in told)
    results = json.loads(check("--format", "sarif", cwd=tmp_path).out)["runs"][0]["results"]
    assert sorted(item["ruleId"] for item in results) == rules
    annotations = check("--format", "github", cwd=tmp_path).out.splitlines()
    assert len(annotations) == len(rules)
    assert all(any(f"({rule})" in line for line in annotations) for rule in rules)
    text = check(cwd=tmp_path).out
    assert all(f":{item['line']}: " in text or f":{item['line']}:\n" in text for item in told)


@pytest.mark.parametrize("form", FORMATS)
def test_a_secret_is_never_printed(form: str, tmp_path: Path) -> None:
    secret = "sk_live_4eC39HqLyjWDarjtT1zdp7dc"
    write(tmp_path, MARKED, ('state = "active"', f'state = "{secret}"'), ('owner = "asa"', f'owner = "{secret}"'))
    (tmp_path / f"{secret[:4]}.handoff.toml").write_text(f'"{secret}" = {secret}\n')
    done = check("--format", form, cwd=tmp_path)
    assert done.code == 2
    assert secret not in done.out + done.err


# -- which files, which day, which templates ---------------------------------------------------------------------


def test_files_come_in_a_stable_order_each_once(tmp_path: Path) -> None:
    for name in ("b.handoff.toml", "a/z.handoff.toml", "c/a.handoff.toml", "plain.toml", ".git/x.handoff.toml"):
        write(tmp_path, name=name)
    everything = ["a/z.handoff.toml", "b.handoff.toml", "c/a.handoff.toml"]

    def paths(*words: str) -> list[str]:
        return [file["path"] for file in json.loads(check("--format", "json", *words, cwd=tmp_path).out)["files"]]

    assert paths() == everything
    assert paths(".") == everything
    assert paths("./c", "b.handoff.toml", ".") == ["c/a.handoff.toml", "b.handoff.toml", "a/z.handoff.toml"]
    assert paths("plain.toml") == ["plain.toml"]
    assert paths(".git") == [".git/x.handoff.toml"]
    assert paths(str(tmp_path / "c")) == [(tmp_path / "c" / "a.handoff.toml").as_posix()]


def test_a_broken_file_is_reported_and_the_rest_still_checked(tmp_path: Path) -> None:
    write(tmp_path, NO_BACKUP, name="a.handoff.toml")
    (tmp_path / "b.handoff.toml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "c.handoff.toml").write_text("format = 1\n[handoff\n")
    write(tmp_path, name="d.handoff.toml")
    done = check("--format", "json", ".", "absent.handoff.toml", cwd=tmp_path)
    whole = json.loads(done.out)
    assert done.code == 2
    assert [(file["status"], file["readiness"]) for file in whole["files"]] == [
        ("final", "not_ready"),
        ("unreadable", "not_ready"),
        ("unreadable", "not_ready"),
        ("final", "ready_with_open_points"),
        ("unreadable", "not_ready"),
    ]
    broken = whole["files"][2]["findings"][0]
    assert (broken["rule"], broken["line"], broken["question"], broken["row"]) == ("unreadable", 2, "", None)
    assert "no such file" in whole["files"][4]["findings"][0]["message"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="FIFOs as POSIX has them")
def test_what_is_no_file_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.handoff.toml")
    (tmp_path / "y.handoff.toml").mkdir()
    done = check("x.handoff.toml", cwd=tmp_path)
    assert (done.code, "This is not a file." in done.out) == (2, True)
    assert check(cwd=tmp_path).code == 2


def test_the_day_can_be_given(tmp_path: Path) -> None:
    write(tmp_path)
    assert check("--format", "json", cwd=tmp_path).code == 0
    done = run("check", "--on", "2028-01-01", "--format", "json", cwd=tmp_path)
    assert done.code == 1
    assert "untested" in {item["rule"] for item in found(done)}


@pytest.mark.parametrize("day", ["tomorrow", "23.11.2026", "2026-13-01", "2026-02-30", "", "\x1b[31m"])
def test_a_day_that_is_none_is_wrong_usage_and_says_what_to_write(day: str, tmp_path: Path) -> None:
    write(tmp_path)
    done = run("check", "--on", day, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "is not a day. Write year, month and day: 2026-11-23." in done.err
    assert "\x1b" not in done.err


def test_a_format_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    done = check("--format", "xml", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "'text', 'json', 'github', 'sarif'" in done.err


def test_a_folder_of_templates_may_be_named(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "team.toml").write_text(
        'format = 1\nversion = 1\nextends = "payments"\ntitle = "Ours"\nabout = "For us."\n'
    )
    write(tmp_path, ('"payments"', '"team"'))
    assert check(cwd=tmp_path).code == 2
    assert run("--templates", "ours", "check", *DAY, cwd=tmp_path).code == 0
    wrong = run("--templates", "absent", "check", *DAY, cwd=tmp_path)
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.lines == ["handoff-wizard: absent: There is no such folder of templates. Check --templates."]


def test_many_files_give_the_same_on_one_core_and_on_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        write(tmp_path, *([NO_BACKUP] if number % 2 else []), name=f"{number}.handoff.toml")
    (tmp_path / "broken.handoff.toml").write_text("=")
    told = {}
    for cores in (1, 2):
        monkeypatch.setattr(checking, "_MANY", 2)
        monkeypatch.setattr(checking, "_processors", lambda cores=cores: cores)
        told[cores] = [check("--format", form, cwd=tmp_path) for form in FORMATS]
    assert told[1] == told[2]
    assert {done.code for done in told[1]} == {2}


# -- the terminal ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("env", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, False), ({"TERM": "dumb"}, False)],
    ids=["plain", "NO_COLOR", "NO_COLOR, empty", "dumb"],
)
def test_colour_is_for_terminals_that_want_it(env: dict[str, str], coloured: bool, tmp_path: Path) -> None:
    write(tmp_path, NO_BACKUP)
    with Terminal([*COMMAND, "check", *DAY], cwd=tmp_path, columns=80, env=env) as terminal:
        assert terminal.wait_exit() == 1
        assert (b"\x1b[" in terminal.output) == coloured
        assert "x.handoff.toml: final, but not ready; 3 errors." in terminal.rows


@pytest.mark.parametrize("form", ["json", "github", "sarif"])
def test_what_a_machine_reads_is_never_coloured(form: str, tmp_path: Path) -> None:
    write(tmp_path, NO_BACKUP)
    with Terminal([*COMMAND, "check", *DAY, "--format", form], cwd=tmp_path) as terminal:
        assert terminal.wait_exit() == 1
        assert b"\x1b" not in terminal.output


def test_hostile_words_of_a_file_reach_no_terminal(tmp_path: Path) -> None:
    write(
        tmp_path,
        ('key = "asa"', 'key = "\\u001b]52;c;eA==\\u0007\\n::error::x\\u202e"'),
        ('journey = """', 'journey = "\\u001b[2J"\n"\\u009b31m" = """'),
        name="a\x1b[31mb\n::error::x.handoff.toml",
    )
    for form in FORMATS:
        done = check("--format", form, cwd=tmp_path)
        assert done.code == 1, done.err
        assert not set(done.out + done.err) & set("\x1b\x07\x9b\u202e")
        assert form == "github" or not [line for line in done.out.splitlines() if line.lstrip().startswith("::")]


def test_a_reader_who_leaves_early_is_no_error(tmp_path: Path) -> None:
    for number in range(3):
        write(tmp_path, NO_BACKUP, name=f"{number}.handoff.toml")
    command = f"{' '.join(COMMAND)} check --on 2026-11-23 --format sarif | head -c 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("{", "")
    assert done.returncode in (0, 1)


@pytest.mark.slow
def test_an_interruption_ends_it_at_once_without_a_traceback(tmp_path: Path) -> None:
    for number in range(400):
        write(tmp_path, NO_BACKUP, name=f"{number}.handoff.toml")
    process = subprocess.Popen(
        [*COMMAND, "check"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    time.sleep(1.0)  # in the middle of it, on most machines; wherever it is, it ends well
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    assert process.returncode in (130, 1)
    assert process.returncode == 1 or out == ""
