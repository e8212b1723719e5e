"""Zendesk macros: request bodies as `POST /api/v2/macros` takes them, one after the other.

Per signal and per outcome one for the customer and one as an internal note, all inactive: an administrator reads them
first. Zendesk fills in what stands in `{{…}}`, and `::` in a title makes a submenu: no text of a person may do either.

`comment_mode_is_public` is the string "true" or "false": by developer.zendesk.com, "Actions reference", the value of an
action is a string, and macros that public projects keep from their accounts have it so. For this one action the words
of the reference, "takes true (public) or false (private)", are read as a boolean by some clients, which send that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from handoff_tui.render.markdown import Markup, led, plain
from handoff_tui.render.pieces import Row, named_rows
from handoff_tui.render.view import LEFT_OUT, View
from handoff_tui.render.wording import hand_over, over
from handoff_tui.render.zendesk import inert

__all__ = ["MENU", "macros"]

SIGNALS = "support_view.support_signals"
OUTCOMES = "identity.outcome_wording"
MENU = "::"
"""What stands between the parts of a title: Zendesk shows them as menus within one another."""
_LONGEST = 70
"""Characters of a part of a title: a menu is narrow."""


def macros(view: View) -> str:
    """Return a list of request bodies as JSON; empty where there is neither a signal nor an outcome."""
    return json.dumps([{"macro": macro} for macro in _all(view)], ensure_ascii=False, indent=2) + "\n"


def _all(view: View) -> Iterator[dict[str, Any]]:
    for question_id, words in ((SIGNALS, "agent_may_say"), (OUTCOMES, "customer_told")):
        for name, row in named_rows(view, question_id):
            decided = str(row.get(words, "")).strip() and not view.open_cell(question_id, row, words)
            said = plain(view.cell(question_id, row, words)) if decided else ""
            # What was left out here would be sent to a customer as it stands.
            if said and LEFT_OUT not in said:
                yield _macro(view, question_id, name, "to the customer", said, public=True)
            note = _signal(view, row) if question_id == SIGNALS else _outcome(view, row)
            yield _macro(view, question_id, name, "internal note", "\n".join(map(plain, note)), public=False)


def _macro(view: View, question_id: str, name: Markup, kind: str, text: str, *, public: bool) -> dict[str, Any]:
    standing = map(plain, view.standing(view.questions[question_id]))
    title = MENU.join(_part(part) for part in (view.interview.handoff.head.name or "Handoff", plain(name), kind))
    return {
        "title": title,
        "active": False,
        "description": " ".join(["From the handoff; read it before you make it active.", *map(inert, standing)]),
        "actions": [
            {"field": "comment_mode_is_public", "value": "true" if public else "false"},
            {"field": "comment_value", "value": inert(text)},
        ],
    }


def _part(text: str) -> str:
    """Return a part of a title, on one line and never two parts."""
    line = re.sub(":(?=:)", ": ", " ".join(inert(text).split())).strip(": ") or "without a name"
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


# -- internal notes ----------------------------------------------------------------------------------------------


def _signal(view: View, row: Row) -> list[Markup]:
    """Return what the agent sees, does first, says and never says, and who takes over."""
    words = {
        "agent_sees": "You see: ",
        "shown_where": "Where: ",
        "next_step": "Do first: ",
        "agent_may_say": "You may say: ",
        "agent_must_not": "Never: ",
    }
    return [*_said(view, SIGNALS, row, words), led(f"{over(row)}: ", hand_over(view, row))]


def _outcome(view: View, row: Row) -> list[Markup]:
    words = {
        "agent_sees": "You see: ",
        "customer_told": "The customer hears: ",
        "never_told": "Never told: ",
        "may_retry": "New try: ",
    }
    return _said(view, OUTCOMES, row, words)


def _said(view: View, question_id: str, row: Row, words: dict[str, str]) -> list[Markup]:
    lines = (led(word, view.cell(question_id, row, column)) for column, word in words.items())
    return [line for line in lines if line]
