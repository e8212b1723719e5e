"""The macros against the shape that Zendesk documents (`POST /api/v2/macros`, Actions reference); its placeholders."""

from __future__ import annotations

import json
from typing import Any

import pytest

from handoff_tui.checks.wording import unsafe_in
from handoff_tui.core.answers import Assumed, OpenCell
from handoff_tui.core.handoff import Handoff
from handoff_tui.render.macros import MENU
from tests.render.samples import billing, changed, example, handoff_of, published
from tests.render.test_hostile import HOSTILE, poisoned
from tests.session.test_publishing import SECRET

NAMES = ["charging-plans", "furniture-deliveries", "wallet-verification"]
SIGNALS = "support_view.support_signals"


def macros(handoff: Handoff) -> list[dict[str, Any]]:
    bodies = json.loads(published(handoff, "zendesk-macros"))
    assert all(list(body) == ["macro"] for body in bodies)
    return [body["macro"] for body in bodies]


def action(macro: dict[str, Any], field: str) -> str:
    return str(next(item["value"] for item in macro["actions"] if item["field"] == field))


def assert_is_one(macro: dict[str, Any]) -> None:
    """Hold a macro against the documented object: `title` and `actions` mandatory, `active`, `description` optional."""
    assert set(macro) == {"title", "actions", "active", "description"}
    assert isinstance(macro["title"], str)
    assert macro["title"]
    assert macro["active"] is False
    assert isinstance(macro["description"], str)
    assert [item["field"] for item in macro["actions"]] == ["comment_mode_is_public", "comment_value"]
    for item in macro["actions"]:
        assert set(item) == {"field", "value"}
        assert isinstance(item["value"], str)
        assert item["value"]
    assert action(macro, "comment_mode_is_public") in ("true", "false")


@pytest.mark.parametrize("name", NAMES)
def test_each_signal_and_outcome_has_one_for_the_customer_and_one_internal(name: str) -> None:
    handoff = example(name)
    found = macros(handoff)
    for macro in found:
        assert_is_one(macro)
        assert unsafe_in(json.dumps(macro)) == []
    rows = [*handoff.rows(SIGNALS), *handoff.rows("identity.outcome_wording")]
    assert len(found) == 2 * len(rows)
    said = [action(macro, "comment_value") for macro in found if action(macro, "comment_mode_is_public") == "true"]
    assert said == [row.get("agent_may_say") or row["customer_told"] for row in rows]
    assert len({macro["title"] for macro in found}) == len(found)


def test_what_is_never_told_stands_in_no_text_for_the_customer() -> None:
    found = macros(example("wallet-verification"))
    for row in example("wallet-verification").rows("identity.outcome_wording"):
        holding = [macro for macro in found if row["never_told"] in action(macro, "comment_value")]
        assert [action(macro, "comment_mode_is_public") for macro in holding] == ["false"]


def test_the_internal_note_says_what_to_do_and_whom_to_hand_over_to() -> None:
    note = next(macro for macro in macros(billing()) if macro["title"].endswith("the update is late::internal note"))
    text = action(note, "comment_value")
    assert text.startswith("You see: A grey badge: last update 40 min ago\n")
    assert "Never: Do not refund, and do not say when it will work again.\n" in text
    assert text.endswith(
        "Hand over: after 2 hours · Billing on-call · Pager, then #billing-live in Slack "
        "· 24x7 · no answer: Siobhán O'Reilly-Nguyễn, Mon-Fri 09:00-17:30 Europe/Dublin, +353 1 555 0142"
    )


def test_words_that_nobody_has_decided_are_no_macro_for_the_customer() -> None:
    rows = billing().rows(SIGNALS)
    late = [{key: cell for key, cell in rows[0].items() if key != "agent_may_say"}]
    without = changed(SIGNALS, lambda answer: answer.with_(value=late))
    (note,) = macros(without)
    assert "You may say: No answer yet" in action(note, "comment_value")
    cell = OpenCell(SIGNALS, "delayed", "agent_may_say", "mara")
    marked = changed(SIGNALS, lambda answer: answer.with_(value=rows[:1]))
    (note,) = macros(Handoff(marked.head, marked.answers, open_cells=(cell,)))
    assert "You may say: Not decided yet: Māra Bērziņa" in action(note, "comment_value")


@pytest.mark.parametrize("bad", ["See 10.20.0.15 for it.", f"Use {SECRET}"])
def test_what_a_customer_must_not_read_is_no_macro_for_the_customer(bad: str) -> None:
    rows = [billing().rows(SIGNALS)[0] | {"agent_may_say": bad}]
    (note,) = macros(changed(SIGNALS, lambda answer: answer.with_(value=rows)))
    assert "You may say: (left out: it would show" in action(note, "comment_value")


def test_words_that_are_assumed_say_so_to_whoever_makes_the_macro_active() -> None:
    assumed = changed(SIGNALS, lambda answer: answer.with_(mark=Assumed(confirmer="mara", basis="the draft")))
    assert "Assumed until Māra Bērziņa confirms: the draft" in macros(assumed)[0]["description"]


def test_without_signals_there_is_none() -> None:
    assert macros(handoff_of({})) == []


@pytest.mark.parametrize(
    "text", [*HOSTILE, "{{ticket.requester.email}}", "{{{{a}}}}", "{%comment%}", "{{%", "a::b", ":::", "\u202eb", '"}]']
)
def test_no_text_of_a_person_is_filled_in_or_makes_a_menu(text: str) -> None:
    found = macros(poisoned(text))
    assert len(found) == len(macros(poisoned("word")))
    for macro in found:
        assert_is_one(macro)
        assert macro["title"].count(MENU) == 2
        assert "{{" not in json.dumps(macro)
        assert "{%" not in json.dumps(macro)
    said = action(found[0], "comment_value")
    assert said.replace(" ", "").replace("\ufffd", "\u202e") == text.replace(" ", "")


@pytest.mark.parametrize("blank", ["", "  "])
def test_blank_words_are_no_macro_for_the_customer(blank: str) -> None:
    (only,) = macros(handoff_of({SIGNALS: [{"signal": "failed", "agent_sees": "A badge", "agent_may_say": blank}]}))
    assert action(only, "comment_mode_is_public") == "false"
