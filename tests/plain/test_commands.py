"""What begins with a colon is a command; two colons begin a text that begins with one."""

from __future__ import annotations

import pytest

from handoff_tui.plain.commands import COMMANDS, Command, Unknown, parse


@pytest.mark.parametrize("text", ["", "back", "a :back", " :back", "?"])
def test_what_begins_otherwise_is_text_as_it_was_typed(text: str) -> None:
    assert parse(text) == text


@pytest.mark.parametrize(("typed", "text"), [("::back", ":back"), ("::", ":"), (":::)", "::)")])
def test_two_colons_begin_a_text_that_begins_with_one(typed: str, text: str) -> None:
    assert parse(typed) == text


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_known_by_its_name(name: str) -> None:
    assert parse(f":{name}") == Command(name)
    assert parse(f":{name.upper()}  two words ") == Command(name, "two words")


def test_the_beginning_of_a_name_is_enough_where_only_one_has_it() -> None:
    assert parse(":rev") == Command("review")
    several = parse(":s")
    assert isinstance(several, Unknown)
    assert ":sections, :still, :saved" in several.why


@pytest.mark.parametrize("typed", [":", ":)", ":smile:"])
def test_what_is_no_command_is_said_with_how_to_give_it_as_a_text(typed: str) -> None:
    unknown = parse(typed)
    assert isinstance(unknown, Unknown)
    assert f"“:{typed}”" in unknown.why
