"""Whatever a person types comes back from readers of YAML 1.1 and 1.2 as text, and never becomes anything else."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handoff_tui.core.text import visible
from handoff_tui.render.yaml import Noted, documents, scalar
from tests.render.catalog import read

WORDS = [
    "y",
    "NO",
    "On",
    "null",
    "~",
    "1e3",
    "0o17",
    "0b1",
    "1:30",
    "1_0",
    ".nan",
    "2026-11-23",
    "<<",
    "=",
    "...",
    "---",
]
text = st.text() | st.from_regex(r"[-+.0-9a-fxo_:eE]{1,8}", fullmatch=True) | st.sampled_from(WORDS)


@given(text)
@example("\x85\u2028\ufffe\U0001f468\u200d\ud800")
def test_text_comes_back_as_text_from_every_place(typed: str) -> None:
    written = documents(
        {"first": Noted(typed, (typed, "ours")), "many": [typed, {"a": typed, "b": [typed]}], "last": "x"},
        {"first": typed},
    )
    shown = visible(typed)
    assert read(written) == [
        {"first": shown, "many": [shown, {"a": shown, "b": [shown]}], "last": "x"},
        {"first": shown},
    ]


@given(text)
def test_text_stays_on_its_line(typed: str) -> None:
    assert len(scalar(typed).splitlines()) == 1 or typed == ""


@pytest.mark.parametrize("typed", ["stripe", "user:default/asa", "backstage.io/v1alpha1", "money_or_access", "B2"])
def test_what_is_surely_text_needs_no_quotes(typed: str) -> None:
    assert scalar(typed) == typed


@pytest.mark.parametrize("typed", [*WORDS, "", "a b", "a: b", "a #b", "-a", "a-", "1a", "true", "Yes"])
def test_what_could_be_something_else_is_quoted(typed: str) -> None:
    assert scalar(typed) == f'"{typed}"'


def test_what_is_empty_is_left_out() -> None:
    assert documents({"a": [], "b": {}, "c": "x", "d": Noted([], ("nothing", ""))}) == "c: x\n# nothing\n"
