"""SIGKILL at random moments while somebody types 30 characters a second (cases 1 and 2).

Each program that is killed goes on where the one before it was killed: so every kill is also a recovery, and what all
of them typed must be there at the end. While one is typed into, the next one starts on another handoff.

What was sent and not yet painted may be lost: on a busy machine that is more than one letter, and nobody has seen them.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest

from handoff_tui.store.file import HandoffFile
from handoff_tui.store.journal import journal_path
from tests.faults.typed import (
    FIND,
    LINE,
    LINE_AT,
    NOTE,
    ROW,
    ROWS_AT,
    STEPS,
    TEXT,
    TEXT_AT,
    Page,
    begun,
    left_in,
    resumed,
    saturated_disk,
    shown,
    word,
)
from tests.terminal import CTRL_N, CTRL_Q, ENTER, Terminal

pytestmark = pytest.mark.slow

KILLED = -9
LONGEST = 0.4
"""Seconds of typing before the kill, at most."""


class Typist:
    """Somebody at a page of one handoff, where the program is killed again and again."""

    def __init__(self, path: Path, page: Page, seed: str) -> None:
        self.path = path
        self.page = page
        self.rng = Random(seed)
        self.typed = ""
        self.number = 0
        self.lost: list[int] = []
        """How many of the characters that were sent each kill took: those that were still in flight."""
        self.seen = 0
        """How many letters were on the screen when the program was killed, over all kills."""

    def type_until_killed(self, terminal: Terminal) -> None:
        """Type a word, and kill the program at some moment of it."""
        if self.number:
            self.page.reach(terminal, self.typed)
        else:
            self.page.begin_at(terminal)
        text = word(self.number, self.rng, 14)
        self.number += 1
        blank = " " if self.typed and not self.typed.endswith(" ") else ""
        # However slow the machine is, every second kill has letters to lose.
        first = len(blank) + self.rng.randint(1, 8) if self.rng.random() < 0.5 else 0
        sent = terminal.type((blank + text)[:first])
        terminal.wait_for(sent.strip())
        sent += terminal.type((blank + text)[first:], seconds=self.rng.uniform(0.01, LONGEST))
        terminal.kill()
        assert terminal.wait_exit() == KILLED
        seen = shown(terminal, text)
        left = left_in(self.path)
        now = self.page.typed(left)
        if self.page.reopens:
            assert now.startswith(self.typed)
            kept = now.removeprefix(self.typed)
            assert sent.startswith(kept)
            assert len(kept.lstrip()) >= seen, f"{text[:seen]!r} was on the screen, and {kept!r} is kept"
            self.lost.append(len(sent) - len(kept))
            self.seen += seen
            self.typed = now
        assert left.drafts.get(TEXT_AT, "") == self.page.under or self.page is TEXT
        assert left.at["id"] == self.page.at


def kill_again_and_again(typists: Sequence[Typist], kills: int) -> None:
    """Let typists type in turn; each has a program that starts while the other types."""
    with ExitStack() as open_terminals:
        upcoming = open_terminals.enter_context(resumed(typists[0].path))
        for number in range(kills):
            terminal, typist = upcoming, typists[number % len(typists)]
            if number + 1 < kills:
                upcoming = open_terminals.enter_context(resumed(typists[(number + 1) % len(typists)].path))
            typist.type_until_killed(terminal)
            terminal.close()


def hold_that_there_was_something_to_lose(typists: Sequence[Typist], kills: int) -> None:
    lost = sorted(count for typist in typists for count in typist.lost)
    print(f"in flight at {len(lost)} kills: {lost}")
    if typists[0].page.reopens:
        assert len(lost) == kills
        assert sum(typist.seen for typist in typists) >= kills


@pytest.mark.parametrize(
    ("page", "kills"),
    [(TEXT, 44), (LINE, 40), (ROW, 40), (NOTE, 40), (FIND, 10)],
    ids=["text", "line", "row", "note over half a text", "find over half a text"],
)
def test_no_key_that_was_on_the_screen_is_lost_by_a_kill(page: Page, kills: int, tmp_path: Path) -> None:
    typists = [Typist(begun(tmp_path / name, page.before), page, f"{page.title} {name}") for name in "ab"]
    kill_again_and_again(typists, kills)
    hold_that_there_was_something_to_lose(typists, kills)


def test_no_key_is_lost_by_a_kill_while_the_disk_is_saturated(tmp_path: Path) -> None:
    typists = [Typist(begun(tmp_path / name), TEXT, f"saturated {name}") for name in "ab"]
    with saturated_disk(tmp_path):
        kill_again_and_again(typists, 40)
    hold_that_there_was_something_to_lose(typists, 40)


class Stepper(Typist):
    """Somebody who answers question after question, where the program is killed right after Continue."""

    def __init__(self, path: Path, seed: str) -> None:
        super().__init__(path, TEXT, seed)
        self.at = STEPS[0]
        self.answers: dict[str, str] = {}

    def type_until_killed(self, terminal: Terminal) -> None:
        """Answer a question, and kill the program within a moment after Continue."""
        terminal.wait_for(f"What comes at {self.at.partition('.')[2]}?")
        terminal.wait_for(self.typed)
        text = word(self.number, self.rng, 3)
        self.number += 1
        terminal.send(text)
        terminal.wait_for(text)
        after = STEPS[STEPS.index(self.at) + 1]
        asked = f"What comes at {after.partition('.')[2]}?"
        terminal.type(f"{CTRL_N}     ", seconds=self.rng.uniform(0.01, 0.2))
        if self.rng.random() < 0.5:
            terminal.wait_for(asked)
        terminal.kill()
        assert terminal.wait_exit() == KILLED
        accepted = asked in terminal.screen_text
        left, said = left_in(self.path), self.typed + text
        if left.handoff.value(self.at) is None:
            assert not accepted, "the next question was on the screen, and the answer to this one is nowhere"
            assert left.drafts[self.at].strip() == said  # blanks that were typed ahead are there too
        else:
            self.answers[self.at] = said
        assert {step: left.handoff.value(step) for step in self.answers} == self.answers
        self.at = left.at["id"]
        assert self.at in (after, STEPS[STEPS.index(after) - 1])
        self.typed = "" if self.at == after else said


def test_no_answer_is_lost_by_a_kill_right_after_continue(tmp_path: Path) -> None:
    before = [TEXT_AT, LINE_AT, ROWS_AT]
    steppers = [Stepper(begun(tmp_path / name, before), f"steps {name}") for name in "ab"]
    kill_again_and_again(steppers, 40)
    assert sum(len(stepper.answers) for stepper in steppers) >= 10


def test_what_comes_back_is_accepted_as_if_nothing_had_happened(tmp_path: Path) -> None:
    path = begun(tmp_path)
    with resumed(path) as terminal:
        TEXT.begin_at(terminal)
        terminal.type("half a text")
        terminal.wait_for("half a text")
        terminal.kill()
        terminal.wait_exit()
    with resumed(path) as terminal:
        terminal.wait_for("Recovered: what you had typed")
        terminal.wait_for("half a text")
        terminal.send(", and the rest", CTRL_N)
        terminal.wait_for("Which line?")
        terminal.send(CTRL_Q)
        terminal.wait_for("Leave the interview?")
        terminal.send(ENTER)
        assert terminal.wait_exit() == 0
    assert HandoffFile.read(path)[1].value(TEXT_AT) == "half a text, and the rest"
    assert not journal_path(path).exists()
