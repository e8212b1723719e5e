from __future__ import annotations

from typing import Any

import pytest

from handoff_tui.core.answers import Answer, Open, State
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.interview import Interview
from handoff_tui.core.read_back import decisions
from tests.core.making import ALERT, complete, small


def said(handoff: Handoff, section_id: str) -> list[tuple[str, State, tuple[str, ...]]]:
    interview = Interview(small(), handoff)
    found = decisions(interview, small().section_by_id[section_id], {"mara": "Māra Bērziņa"})
    return [(item.question.name, item.state, item.lines) for item in found]


def test_a_section_is_said_back_in_the_words_of_its_answers() -> None:
    assert said(complete(), "start") == [
        ("goal", State.ANSWERED, ("A customer can keep reading.",)),
        ("weight", State.ANSWERED, ("a nuisance",)),
    ]


def test_a_row_is_a_line_with_names_instead_of_keys() -> None:
    assert said(complete(), "watch")[0] == (
        "alerts",
        State.ANSWERED,
        ("LagHigh · Goes to: Māra Bērziņa · Urgency: only a note",),
    )


def test_what_is_open_is_said_with_the_value_it_has() -> None:
    handoff = complete().with_answer("watch.window", Answer(mark=Open(owner="mara")))
    assert said(handoff, "watch")[1] == ("window", State.OPEN, ())


@pytest.mark.parametrize("value", [[{}], ["stray"], "broken", [{"alert": "a\nb"}], [ALERT | {"urgency": "later"}]])
def test_what_a_person_broke_by_hand_can_be_said_back(value: Any) -> None:
    assert said(complete().with_answer("watch.alerts", Answer(value)), "watch")[0][1] is State.UNFINISHED
