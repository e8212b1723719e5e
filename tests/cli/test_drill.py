"""`drill`: one failure or all of them, as text or as a record; what cannot be rehearsed is said with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoff_tui.core.answers import Answer
from tests.cli.calling import COMMAND, EXAMPLES, PAYMENTS, call, run
from tests.cli.checkout import example, write
from tests.cli.test_completion import completed
from tests.terminal import Terminal

MODES = "failure_handling.failure_modes"
GOLDEN = Path(__file__).resolve().parents[1] / "render"
FILES = sorted(EXAMPLES.glob("*.handoff.toml"))
DAY = ("--on", "2026-11-24")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_stdout_carries_the_record_and_nothing_else(path: Path, tmp_path: Path) -> None:
    done = call("drill", str(path), "--format", "markdown", *DAY, cwd=tmp_path)
    assert done.code == 0
    assert done.out == (GOLDEN / path.name.replace(".handoff.toml", ".drill.md")).read_text(encoding="utf-8")
    assert done.lines == [f"A gap is decided in the handoff itself: handoff-wizard resume {path}"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", ["source_down", "Source-Down", "the source is down", " SOURCE  down "])
def test_a_failure_is_named_in_any_way(mode: str, tmp_path: Path) -> None:
    done = run("drill", str(PAYMENTS), mode, *DAY, cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert done.out == run("drill", str(PAYMENTS), "source_down", *DAY, cwd=tmp_path).out
    assert done.out.startswith("Drill: Charging plan payments in Zendesk, 24 Nov 2026\n\nFailure: the source is down\n")
    assert "   Rehearsed on 21 Oct 2026.\n" in done.out
    assert "Support hears 1 hour 10 minutes after the customer could notice" in done.out
    assert done.out.endswith("\nThe chain holds.\n")
    assert "\x1b" not in done.out


def test_without_a_failure_all_are_played_through_and_their_outcomes_come_first(tmp_path: Path) -> None:
    done = run("drill", str(PAYMENTS), *DAY, cwd=tmp_path)
    listed = done.out.split("\n\n")[1].splitlines()
    assert len(listed) == done.out.count("\nFailure: ") == 10
    assert "a status nobody knows" in done.out
    assert sum("the chain breaks: 1 gap, never rehearsed" in line for line in listed) == 1


@pytest.mark.parametrize(
    ("mode", "hint"),
    [
        ("sorce_down", "Did you mean source_down?"),
        ("the sauce is down", "Did you mean source_down?"),
        ("zzz", "It has: duplicate, out_of_order, timeout, "),
        ("", "It has: duplicate, "),
        ("\x1b[31m", "It has: duplicate, "),
    ],
)
def test_a_failure_that_it_does_not_have_is_guessed_or_all_are_named(mode: str, hint: str, tmp_path: Path) -> None:
    done = run("drill", str(PAYMENTS), mode, cwd=tmp_path)
    assert (done.code, done.out, len(done.lines)) == (2, "", 1)
    assert "The handoff has no failure called “" in done.err
    assert hint in done.err
    assert "\x1b" not in done.err


def test_without_any_failure_it_is_said_where_to_answer(tmp_path: Path) -> None:
    path = tmp_path / "my plan.handoff.toml"
    write(path, example().with_answer(MODES, Answer()))
    done = run("drill", path.name, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("handoff-wizard: my plan.handoff.toml: There is no failure to rehearse")
    assert "handoff-wizard resume 'my plan.handoff.toml'" in done.err


@pytest.mark.parametrize("content", [None, b"", b"not toml", b"\xff"])
def test_a_file_that_cannot_be_used_is_refused(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "x.handoff.toml").write_bytes(content)
    done = run("drill", "x.handoff.toml", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("handoff-wizard: ")


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_secret_is_never_printed(form: str, tmp_path: Path) -> None:
    secret = "sk_live_4eC39HqLyjWDarjtT1zdp7dc"
    text = PAYMENTS.read_text(encoding="utf-8")
    for said in ('alert = "StripeSilent"', 'customer_sees = "Nothing"', 'name = "Billing on-call"'):
        assert said in text
        text = text.replace(said, f'{said.partition(" = ")[0]} = "{secret}"')
    (tmp_path / "x.handoff.toml").write_text(text, encoding="utf-8")
    done = run("drill", "x.handoff.toml", "--format", form, cwd=tmp_path)
    assert done.code == 0
    assert secret not in done.out + done.err
    assert "hidden" in done.out


@pytest.mark.parametrize(
    ("env", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
    ids=["plain", "NO_COLOR", "dumb"],
)
def test_colour_is_for_terminals_that_want_it(env: dict[str, str], coloured: bool, tmp_path: Path) -> None:
    with Terminal([*COMMAND, "drill", str(PAYMENTS), "unknown_value"], cwd=tmp_path, columns=80, env=env) as terminal:
        assert terminal.wait_exit() == 0
        assert (b"\x1b[" in terminal.output) == coloured


def test_the_failures_of_the_file_are_completed(tmp_path: Path) -> None:
    (tmp_path / "x.handoff.toml").write_bytes(PAYMENTS.read_bytes())
    (tmp_path / "broken.handoff.toml").write_bytes(b"[")
    assert completed(tmp_path, "drill", "x.handoff.toml", "") == [row["mode"] for row in example().rows(MODES)]
    assert completed(tmp_path, "drill", "x.handoff.toml", "sour") == ["source_down"]
    assert completed(tmp_path, "drill", "broken.handoff.toml", "") == []
    assert completed(tmp_path, "drill", "gone.handoff.toml", "") == []
