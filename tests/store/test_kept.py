"""What stood in the wrong place stays there, and is set aside, not dropped, when somebody gives what belongs there."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import Any

import pytest

from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Open
from handoff_tui.core.handoff import Handoff
from handoff_tui.store.text import dumps
from tests.core.making import bundled
from tests.store.example import HEAD, NAME, read, written

MAX = "fallback.fallback_max"


def data(handoff: Handoff) -> dict[str, Any]:
    """Return what is written, which must be the same when it is read and written again."""
    text = written(handoff)
    assert written(read(text)) == text
    return tomllib.loads(text)


@pytest.mark.parametrize(
    ("text", "question_id", "answer", "aside"),
    [
        ('open = "later"\n' + HEAD, MAX, Answer(mark=Open(owner="mara")), {"open": "later"}),
        (HEAD + '\n[open]\nfallback = "x"\n', MAX, Answer(mark=Open(owner="mara")), {"open": {"fallback": "x"}}),
        (
            HEAD + "\n[open.fallback]\nfallback_max = 3\n",
            MAX,
            Answer(mark=Open(owner="mara")),
            {"open": {"fallback": {"fallback_max": 3}}},
        ),
        ("alerts = [1, 2]\n" + HEAD, "alerts.alerts", Answer(value=[{"alert": "A"}]), {"alerts": [1, 2]}),
        ('fallback = "8h"\n' + HEAD, MAX, Answer(value="8h"), {"fallback": "8h"}),
    ],
    ids=[
        "a state that is a word",
        "a section of states",
        "a state that is a number",
        "a section that is a list",
        "word",
    ],
)
def test_it_is_set_aside_once_its_place_is_taken(
    text: str, question_id: str, answer: Answer, aside: dict[str, Any]
) -> None:
    before = read(text)
    assert "unread" not in data(before), "as long as nobody gives what belongs there it stays"
    after = data(before.with_answer(question_id, answer))
    assert after["unread"] == aside
    given = read(dumps(before.with_answer(question_id, answer), bundled("payments"), NAME)).answer(question_id)
    assert (given.value, given.mark) == (answer.value, answer.mark)


def test_of_two_states_the_first_is_read_and_the_second_stays() -> None:
    text = f'{HEAD}\n[open.{MAX}]\nowner = "mara"\n\n[assumed.{MAX}]\nbasis = "draft 3"\n'
    handoff = read(text)
    assert isinstance(handoff.answer(MAX).mark, Open)
    assert data(handoff)["assumed"]["fallback"]["fallback_max"] == {"basis": "draft 3"}


@pytest.mark.parametrize(
    "answer", [Answer(value="8h"), Answer(mark=NotApplicable(reason="There is none here."))], ids=["answered", "not"]
)
def test_a_second_state_is_never_read_as_the_state_of_an_answer_that_was_given_since(answer: Answer) -> None:
    text = f'{HEAD}\n[open.{MAX}]\nowner = "mara"\n\n[assumed.{MAX}]\nbasis = "draft 3"\n'
    after = read(written(read(text).with_answer(MAX, answer))).answer(MAX)
    assert (after.value, after.mark) == (answer.value, answer.mark)
    assert data(read(text).with_answer(MAX, answer))["unread"]["assumed"]["fallback"]["fallback_max"] == {
        "basis": "draft 3"
    }


def test_what_is_set_aside_twice_lies_in_two_tables() -> None:
    text = f'open = "later"\nunread = "mine"\n{HEAD}'
    after = data(read(text).with_answer(MAX, Answer(mark=Open(owner="mara"))))
    assert (after["unread"], after["unread_2"]) == ("mine", {"open": "later"})


def test_lists_that_are_no_tables_stay_behind_those_that_are() -> None:
    text = f"{HEAD}\n[[accepted]]\nrule = 'untested'\n"
    handoff = replace(read(text), extra={"accepted": ["all of it"]})
    after = written(handoff)
    assert "untested" in after
    assert "all of it" in after


def test_an_assumed_answer_keeps_its_own_state_beside_one_that_is_kept() -> None:
    text = f"{HEAD}\n[open]\nfuture = 3\n"
    handoff = read(text).with_answer(MAX, Answer(value="8h", mark=Assumed(basis="draft 3")))
    after = data(handoff)
    assert after["open"] == {"future": 3}
    assert after["assumed"]["fallback"]["fallback_max"] == {"basis": "draft 3"}
