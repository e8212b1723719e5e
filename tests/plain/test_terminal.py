"""The plain face as it is called: on a dumb terminal, by a pipe, ended by signals, killed and resumed."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from handoff_tui.store.file import HandoffFile
from tests.cli.calling import COMMAND, PAYMENTS
from tests.terminal import CTRL_C, CTRL_D, ENTER, Terminal

FILE = "billing.handoff.toml"
NEW = ("new", "billing", "--template", "payments")
JOURNEY = "business_state.journey"


def dumb(folder: Path, *words: str, term: str = "dumb") -> Terminal:
    return Terminal([*COMMAND, *words], cwd=folder, columns=80, lines=50, env={"TERM": term})


def type_into(terminal: Terminal, *lines: tuple[str, str]) -> None:
    """Wait for a prompt, then type; each pair once."""
    for prompt, line in lines:
        terminal.wait_for(prompt)
        terminal.send(line, ENTER)


HEAD = (("Name:", "Billing"), ("Handover,", "2"), ("In the room,", "Māra\r."), ("Owner,", "1"))


def one_answer(terminal: Terminal) -> None:
    type_into(terminal, *HEAD, ("Answer, several lines", "A customer can read.\r."))
    terminal.wait_for("Rows, “add” begins a state:")


def piped(folder: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words], cwd=folder, input=typed, capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("words", [NEW, ("--plain", *NEW), (*NEW, "--plain")], ids=["dumb", "before", "behind"])
def test_no_escape_is_written_from_the_first_line_to_the_last(words: tuple[str, ...], tmp_path: Path) -> None:
    with dumb(tmp_path, *words, term="dumb" if "--plain" not in words else "xterm-256color") as terminal:
        one_answer(terminal)
        terminal.send(":quit", ENTER)
        assert terminal.wait_exit() == 0
        terminal.wait_for("Resume: handoff-wizard resume billing.handoff.toml")
        assert not {0x1B, 0x07, 0x08, 0x9B} & set(terminal.output)
    assert HandoffFile.read(tmp_path / FILE)[1].value(JOURNEY) == "A customer can read."


def test_home_lists_the_handoffs_by_number(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(PAYMENTS.read_bytes())
    with dumb(tmp_path) as terminal:
        type_into(terminal, ("1 Charging plan payments in Zendesk: payments, final", "7"), ("There is no “7”", "1"))
        terminal.wait_for("How long does the copy stay")
        terminal.send(CTRL_D)
        assert terminal.wait_exit() == 0
        assert b"\x1b" not in terminal.output


def test_home_without_a_handoff_starts_one(tmp_path: Path) -> None:
    with dumb(tmp_path) as terminal:
        type_into(terminal, ("No handoff below this folder yet.", ""), ("1 to 4:", "general"), ("Name:", ":quit"))
        assert terminal.wait_exit() == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGQUIT, 131)],
)
def test_a_signal_saves_and_says_how_to_go_on(number: int, code: int, tmp_path: Path) -> None:
    with dumb(tmp_path, *NEW) as terminal:
        one_answer(terminal)
        os.kill(terminal.pid, number)
        assert terminal.wait_exit() == code
        assert "Resume: handoff-wizard resume billing.handoff.toml" in terminal.screen_text
    assert HandoffFile.read(tmp_path / FILE)[1].value(JOURNEY) == "A customer can read."


@pytest.mark.parametrize(("key", "code"), [(CTRL_C, 130), (CTRL_D, 0)])
def test_a_key_that_ends_it_saves_and_says_how_to_go_on(key: str, code: int, tmp_path: Path) -> None:
    with dumb(tmp_path, *NEW) as terminal:
        one_answer(terminal)
        terminal.send(key)
        assert terminal.wait_exit() == code
        assert "Resume: handoff-wizard resume billing.handoff.toml" in terminal.screen_text


def test_when_the_terminal_is_closed_it_ends_with_everything_saved(tmp_path: Path) -> None:
    with dumb(tmp_path, *NEW) as terminal:
        one_answer(terminal)
        terminal.send("add", ENTER)
        terminal.wait_for("State:")
    assert HandoffFile.read(tmp_path / FILE)[1].value(JOURNEY) == "A customer can read."


def test_killed_in_the_middle_of_a_row_it_goes_on_at_the_same_field(tmp_path: Path) -> None:
    with dumb(tmp_path, *NEW) as terminal:
        one_answer(terminal)
        type_into(terminal, ("Rows, “add”", "add"), ("State:", "past_due"), ("Meaning:", "It failed"))
        terminal.wait_for("Can it change? 1 to 3:")
        terminal.kill()
        assert terminal.wait_exit() == -signal.SIGKILL
    with dumb(tmp_path, "resume") as terminal:
        terminal.wait_for("Recovered:")
        terminal.wait_for("Can it change? 1 to 3:")
        type_into(terminal, ("Can it change?", "1"), ("Enter keeps the state", ""), ("when that is all", ":quit"))
        assert terminal.wait_exit() == 0
    [row] = HandoffFile.read(tmp_path / FILE)[1].rows("business_state.business_states")
    assert row == {"state": "past_due", "plain_meaning": "It failed", "final": "yes"}


def test_killed_in_the_middle_of_a_text_its_lines_are_there_again(tmp_path: Path) -> None:
    with dumb(tmp_path, *NEW) as terminal:
        type_into(terminal, *HEAD, ("Answer, several lines", "one\rtwo"), ("two", ":help"))
        terminal.wait_for("A line of dots")
        terminal.kill()
        terminal.wait_exit()
    done = piped(tmp_path, "resume", "--plain", typed="\n:quit\n")
    assert "Typed and not accepted:\n  one\n  two\n" in done.stdout
    assert HandoffFile.read(tmp_path / FILE)[1].value(JOURNEY) == "one\ntwo"


def test_a_second_instance_says_who_has_it_and_ends(tmp_path: Path) -> None:
    with dumb(tmp_path, *NEW) as terminal:
        one_answer(terminal)
        done = piped(tmp_path, "resume", "--plain")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "has this handoff open." in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_line_that_the_terminal_cut_short_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(PAYMENTS.read_bytes())
    with dumb(tmp_path, "resume") as terminal:
        terminal.wait_for("Answer, Enter keeps it:")
        terminal.send(":go matching identifier", ENTER)
        terminal.wait_for("Source of truth · question")
        terminal.send("x" * 5000, ENTER)
        terminal.wait_for("Your terminal passes on 4,095 bytes of a line")


@pytest.mark.parametrize(("closed", "code"), [("<&-", 0), (">&-", 129), ("<&- 2>&-", 0)])
def test_a_stream_that_is_closed_ends_it(closed: str, code: int, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(PAYMENTS.read_bytes())
    command = ["/bin/sh", "-c", f'"$@" {closed}', "sh", *COMMAND, "resume", "--plain"]
    done = subprocess.run(
        command, cwd=tmp_path, input="", capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / FILE).read_bytes() == PAYMENTS.read_bytes()


def test_from_the_head_back_leads_to_the_scenarios_and_what_was_typed_is_there_again(tmp_path: Path) -> None:
    done = piped(tmp_path, "new", "--plain", typed="1\nBilling\n:back\n:back\n2\n2\n.\nMāra\n:quit\n")
    assert "Name: Billing. “:back” goes there." in done.stdout
    assert HandoffFile.read(tmp_path / "Billing.handoff.toml")[1].head.template == "identity"


# -- pipes -------------------------------------------------------------------------------------------------------


def test_by_a_pipe_the_end_of_input_is_like_quitting(tmp_path: Path) -> None:
    typed = "Billing\n2\nMāra\n.\n1\nA customer can read.\n.\n"
    done = piped(tmp_path, *NEW, "--plain", typed=typed)
    assert done.returncode == 0
    assert "Saved in billing.handoff.toml." in done.stderr
    assert "Which states will support meet" in done.stdout
    assert HandoffFile.read(tmp_path / FILE)[1].value(JOURNEY) == "A customer can read."


def test_lines_of_windows_and_bytes_that_are_no_utf_8_do_not_end_it(tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, *NEW, "--plain"],
        cwd=tmp_path,
        input=b"B\r\n2\r\n\r\nM\xe4ra\r\n:quit",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert HandoffFile.read(tmp_path / FILE)[1].head.name == "B"


def test_a_name_that_exists_is_resumed_and_answers_are_taken_over(tmp_path: Path) -> None:
    answers = tmp_path / "answers.toml"
    answers.write_text('format = 1\n[business_state]\njourney = "Read."\ncriticality = "wat"\n', encoding="utf-8")
    head = "Billing\n2\n\nMāra\n"
    done = piped(tmp_path, *NEW, "--plain", "--answers", "answers.toml", typed=head)
    assert "Not taken over:\n  1 business_state.criticality: “wat” is not one of the choices." in done.stdout
    assert HandoffFile.read(tmp_path / FILE)[1].value(JOURNEY) == "Read."
    again = piped(tmp_path, *NEW, "--plain")
    assert again.returncode == 0
    assert "billing.handoff.toml exists; resuming it." in again.stderr


def test_a_reader_who_leaves_ends_it_with_everything_saved(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(PAYMENTS.read_bytes())
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen(
        [*COMMAND, "resume", "--plain"], cwd=tmp_path, stdin=subprocess.PIPE, stdout=writing, stderr=subprocess.PIPE
    ) as process:
        os.close(writing)
        _, said = process.communicate(b":review\n")
    assert process.returncode == 129
    assert b"Traceback" not in said
    assert (tmp_path / FILE).read_bytes() == PAYMENTS.read_bytes()


def test_a_mistake_of_ours_ends_it_saved_with_one_line(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(PAYMENTS.read_bytes())
    program = (
        "import sys; from unittest import mock; import handoff_tui.plain.question as q; "
        "mock.patch.object(q.QuestionPage, 'show', side_effect=ZeroDivisionError('secret')).start(); "
        "sys.argv = ['handoff-wizard', 'resume', '--plain']; from handoff_tui.cli.entry import main; main()"
    )
    done = subprocess.run(
        [COMMAND[0], "-c", program], cwd=tmp_path, input="", capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 70
    assert "this is a mistake in the program, not yours (ZeroDivisionError)" in done.stderr
    assert "Traceback" not in done.stderr
