"""From lines to raw input: choices by number or by words, several with commas, texts that a dot ends."""

from __future__ import annotations

from datetime import date

import pytest

from handoff_tui.core.kinds import ChoiceKind, ContactKind, LineKind, ManyKind, ScalarKind, TextKind
from handoff_tui.core.reading import PEOPLE, Context, Known
from handoff_tui.plain.commands import Command
from handoff_tui.plain.fields import ask_field, say_offer
from handoff_tui.plain.stdin import InputOver
from handoff_tui.plain.talk import Here
from tests.plain.talking import Heard, talk_of

CHOICE = ChoiceKind(kind="choice", choices={"low": "a nuisance", "high": "money is lost"})
MANY = ManyKind(kind="many", choices={"a": "first", "b": "second", "c": "third"}, others=True)
CONTACT = ContactKind(kind="contact")
LINE = LineKind(kind="line")
TEXT = TextKind(kind="text")
NAMES = Context(date(2026, 11, 23), {PEOPLE: [Known("mara", "Māra Bērziņa"), Known("rota", "On-call")]})


def asked(kind: ScalarKind, *lines: str, stands: str = "") -> tuple[object, Heard]:
    talk, heard = talk_of(lines)
    return ask_field(talk, kind, NAMES, "Answer:", Here(takes=frozenset({"open"})), stands=stands), heard


@pytest.mark.parametrize(
    ("kind", "line", "raw"),
    [
        (CHOICE, "2", "high"),
        (CHOICE, "money", "money"),
        (MANY, "1, 3", ["a", "c"]),
        (MANY, "second;2, passport ", ["second", "b", "passport"]),
        (CONTACT, "1", "mara"),
        (CONTACT, "Zofia Ł", "Zofia Ł"),
        (LINE, "3", "3"),
        (LINE, "::)", ":)"),
    ],
)
def test_a_line_becomes_raw_input(kind: ScalarKind, line: str, raw: object) -> None:
    assert asked(kind, line)[0] == raw


@pytest.mark.parametrize("kind", [CHOICE, MANY, CONTACT, LINE, TEXT])
def test_an_empty_line_is_nothing_and_a_command_of_the_place_is_handed_back(kind: ScalarKind) -> None:
    assert asked(kind, "")[0] is None
    assert asked(kind, ":open")[0] == Command("open")


@pytest.mark.parametrize("kind", [CHOICE, MANY, CONTACT])
def test_a_number_that_nothing_has_is_refused_and_asked_again(kind: ScalarKind) -> None:
    raw, heard = asked(kind, "7", "1")
    assert "no such number" in heard.said
    assert raw in ("low", ["a"], "mara")


def test_what_can_be_chosen_is_said_with_its_numbers() -> None:
    talk, heard = talk_of(())
    say_offer(talk, CHOICE, NAMES)
    say_offer(talk, CONTACT, NAMES)
    say_offer(talk, LINE, NAMES)
    assert heard.said == "  1 a nuisance, 2 money is lost.\n  1 Māra Bērziņa, 2 On-call; or a new name.\n"


# -- texts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("one", "", "three", "."), "one\n\nthree"),
        (("one", "..", "...", "."), "one\n.\n.."),
        (("one", "?", "::x", "."), "one\n?\n:x"),
        (("one", ":line 1 two", "three", "."), "two\nthree"),
        (("one", "two", ":line 1", "."), "two"),
    ],
)
def test_a_dot_alone_ends_a_text(lines: tuple[str, ...], text: str) -> None:
    assert asked(TEXT, *lines)[0] == text


def test_a_text_that_stands_can_be_gone_on_with_and_changed_line_by_line() -> None:
    assert asked(TEXT, ":add", "three", ".", stands="one\ntwo")[0] == "one\ntwo\nthree"
    raw, heard = asked(TEXT, ":line 2 zwei", ".", stands="one\ntwo")
    assert raw == "one\nzwei"
    assert "  2 zwei\n" in heard.said
    assert "Say which line, from 1 to 2" in asked(TEXT, ":line 9 x", "", stands="one\ntwo")[1].said


def test_each_line_of_a_text_is_kept_as_it_is_typed() -> None:
    talk, _ = talk_of(("one", "two"))
    kept: list[str] = []
    with pytest.raises(InputOver):
        ask_field(talk, TEXT, NAMES, "Text:", Here(), keep=kept.append)
    assert kept == ["one", "one\ntwo"]


def test_help_and_an_unknown_command_ask_again() -> None:
    talk, heard = talk_of(("?", ":help", ":undo", ":wat", "x"))
    helped: list[bool] = []
    assert talk.ask("Answer:", Here(help=lambda: helped.append(True))) == "x"
    assert helped == [True]
    assert ":review every finding" in heard.said
    assert "“:undo” has no meaning here." in heard.said
    assert "“:wat” is not a command." in heard.said
