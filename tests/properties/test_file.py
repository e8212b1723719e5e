"""What was written is what is read, whatever it was; and the same handoff is the same bytes."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from handoff_tui.core.answers import Answer
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.text import clean
from handoff_tui.store.text import dumps, loads
from handoff_tui.tomlfile import parse_toml
from tests.core.making import bundled
from tests.properties.strategies import by_hand, handoffs, stored, toml_values

NAME = "x.handoff.toml"


def again(text: str) -> Handoff:
    return loads(parse_toml(text.encode(), Path(NAME)))


@given(handoffs())
def test_what_was_written_is_read_back_and_written_the_same(handoff: Handoff) -> None:
    text = dumps(handoff, bundled("payments"), NAME)
    assert again(text) == handoff
    assert dumps(again(text), bundled("payments"), NAME) == text


@given(handoffs())
def test_without_its_template_nothing_is_lost_either(handoff: Handoff) -> None:
    assert again(dumps(handoff, None, NAME)) == handoff


@given(handoffs(), st.randoms())
def test_the_order_in_which_answers_were_given_does_not_show(handoff: Handoff, random: Any) -> None:
    known = [key for key in handoff.answers if key in bundled("payments").by_id]
    strange = [key for key in handoff.answers if key not in known]
    random.shuffle(known)
    turned = Handoff(
        head=handoff.head,
        answers={key: handoff.answers[key] for key in [*strange, *known]},
        open_cells=handoff.open_cells,
        accepted=handoff.accepted,
        conflict=handoff.conflict,
        extra=handoff.extra,
        schema=handoff.schema,
    )
    assert dumps(turned, bundled("payments"), NAME) == dumps(handoff, bundled("payments"), NAME)


@given(stored, stored)
def test_changing_one_text_leaves_every_other_line_as_it_was(before: str, after: str) -> None:
    def written(text: str) -> list[str]:
        rows = [{"alert": "A", "first_action": "one"}, {"alert": "B", "first_action": text}, {"alert": "C"}]
        handoff = Handoff(answers={"alerts.alerts": Answer(rows), "fallback.fallback_max": Answer("8h")})
        return dumps(handoff, bundled("payments"), NAME).split("\n")

    def around(lines: list[str]) -> tuple[list[str], list[str]]:
        start = lines.index('alert = "B"') + 1
        end = len(lines) - 1 - lines[::-1].index('alert = "C"')
        return lines[:start], lines[end:]

    assert around(written(before)) == around(written(after))


@given(st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), toml_values, max_size=4))
def test_any_table_that_toml_has_survives_in_a_row(more: dict[str, Any]) -> None:
    row = {"alert": "A"} | {f"x_{key}": value for key, value in more.items()}
    handoff = Handoff(answers={"alerts.alerts": Answer([row, {"alert": "B"}])})
    text = dumps(handoff, bundled("payments"), NAME)
    assert tomllib.loads(text)["alerts"]["alerts"] == [row, {"alert": "B"}]


@given(
    st.dictionaries(st.sampled_from(["name", "owner", "comment", "future"]), by_hand),
    st.lists(by_hand, max_size=3),
    by_hand,
)
def test_what_was_written_by_hand_is_normal_after_one_reading(
    head: dict[str, str], actions: list[str], comment: str
) -> None:
    remark = "".join(char for char in comment if char.isprintable() or char in "\t\u2028\u202e\ufeff\x85").split("\n")[
        0
    ]
    rows = [{"alert": f"A{number}", "first_action": action} for number, action in enumerate(actions)]
    document = {"format": 1, "handoff": head, "alerts": {"alerts": rows}, "future": {"list": actions}}
    # Without multi-line strings, tomli_w writes line ends as escapes: what is read is what was drawn.
    handoff = again(tomli_w.dumps(document) + f"# {remark}")
    assert [row["first_action"] for row in handoff.rows("alerts.alerts")] == [clean(action) for action in actions]
    text = dumps(handoff, bundled("payments"), NAME)
    assert again(text) == handoff
    assert dumps(again(text), bundled("payments"), NAME) == text
