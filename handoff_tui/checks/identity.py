"""Identity: support asks and others decide, and what could help a thief is shown to nobody who need not see it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from handoff_tui.checks.facts import Facts, Found, Row
from handoff_tui.checks.ids import FIELDS, HIGH_RISK, PEOPLE, STEPS
from handoff_tui.checks.rule import rule
from handoff_tui.core.rule import Page

__all__ = ["decides", "identity_exposed", "support_decides_identity"]

THEME = "Identity"


@rule(
    "support-decides-identity",
    "An identity decision in the hands of support",
    "error",
    number=28,
    theme=THEME,
    scope="identity",
    reads={
        FIELDS: {"class": ("identity",), "may_change": ()},
        STEPS: {"step": (), "who": (), "approver": ()},
        PEOPLE: {"function": ("support",)},
    },
    page=Page(
        looks_for="A value about who somebody is that support may change, and a fallback step in which support "
        "verifies, approves, unlocks or resets something and nobody outside support agrees first.",
        why="Thieves call the support desk first, and a convincing caller finds the one agent who wants to help.",
        bad="While verification is down: reset the login of callers who know their birth date, by wallet-support.",
        good="While verification is down: pass the request to the risk desk, by wallet-support; never reset a login by "
        "phone.",
        fix="Move the decision to another team and let support request it, or name an approver from another team.",
    ),
)
def support_decides_identity(facts: Facts) -> Iterator[Found]:
    """Whose function is not known is not in support; an approver who is still open may become one from elsewhere."""
    for row in facts.rows(FIELDS):
        key = row.text("may_change")
        if row["class"] == "identity" and facts.function_of(key) == "support":
            name = facts.called(key)
            yield row.found(
                f"Support would decide {row.says}: {name} may change it.",
                "Move the decision to another team, and let support request it.",
                "may_change",
                cause=f"{name} may change what support must not decide",
            )
    for row in facts.rows(STEPS):
        by_support = facts.function_of(row.text("who")) == "support"
        if by_support and decides(row.text("step")) and not _agreed(facts, row):
            yield row.found(
                f"Support would decide in the step {row.says}, and nobody outside support agrees first.",
                "Move the decision to another team and let support request it, or name an approver from another team.",
                "step",
            )


def _agreed(facts: Facts, row: Row) -> bool:
    """Say whether somebody from outside support approves, or may still be named."""
    key = row.text("approver")
    person = facts.people.get(key)
    if row.waits("approver") or (person is not None and person.waits("function")):
        return True
    return facts.function_of(key) not in ("", "support")


@rule(
    "identity-exposed",
    "An identity that is open to too many",
    "error",
    number=29,
    theme=THEME,
    scope="identity",
    reads={
        FIELDS: {"sensitivity": ("restricted",), "place": ("ticket_field", "tag", "internal_note")},
        HIGH_RISK: {"approver": (), "second_approver": ()},
    },
    page=Page(
        looks_for="A value for named people only that stands in a ticket field, a tag or an internal note, and a "
        "high-risk change that two different people or teams do not both have to approve.",
        why="Everybody who can open the ticket reads it, and one person alone can be tricked or bribed.",
        bad="decline_reason stands in an internal note; the risk desk alone approves a new phone number.",
        good="decline_reason stays in the verification system, and the ticket holds its case number; the risk desk and "
        "then the fraud lead approve a new phone number.",
        fix="Show the value in an app panel, or copy only a reference id; name a second approver for the change.",
    ),
)
def identity_exposed(facts: Facts) -> Iterator[Found]:
    """Values, then changes; an approver who is open waits, one who was never named does not."""
    for row in facts.rows(FIELDS):
        if row["sensitivity"] == "restricted" and row["place"] in ("ticket_field", "tag", "internal_note"):
            yield row.found(
                f"{row.says} is too exposed: it is “{row.say('sensitivity')}”, and its place is “{row.say('place')}”.",
                "Show it in an app panel, or keep only a reference id in the ticket.",
                "place",
            )
    for row in facts.rows(HIGH_RISK):
        column, problem, fix = _approval(facts, row)
        if problem:
            name = f"The change “{row.say('change')}”" if row.label else "A change without a name"
            yield row.found(f"{name} is too exposed: {problem}.", fix, column)


def _approval(facts: Facts, row: Row) -> tuple[str, str, str]:
    """Return what is wrong with the two approvers of a change: the cell, the problem, the fix."""
    first, second = row.lacks("approver"), row.lacks("second_approver")
    if first and second:
        return "approver", "nobody has to approve it", "Name two different people or teams who approve it."
    if first:
        return "approver", "only the second approver is named", "Name the first approver too."
    if second:
        return "second_approver", "there is no second approver", "Add the second approver."
    key = row.text("approver")
    if key and key == row.text("second_approver"):
        return "second_approver", f"{facts.called(key)} alone approves it twice", "Name somebody else as the second."
    return "", "", ""


# -- whether a step decides --------------------------------------------------------------------------------------

_DECIDING = frozenset({"verify", "verifies", "approve", "approves", "unlock", "unlocks", "reset", "resets"})
_DENYING = frozenset({"not", "never", "no", "cannot", "without", "nobody", "neither"})
_OPENING = frozenset(
    {"but", "then", "until", "unless", "before", "after", "if", "when", "while", "because", *".;:!?…()[]–—-\n"}
)
"""What begins another clause; a comma does too, but for one in a list: “never verify, approve or unlock”."""
_LISTING = frozenset({"or", "nor", "and"})
_REACH = 3
_ADDRESS = re.compile(r"https?://\S+")
# A word with a hyphen is a word of its own, as is the name of a channel: the tag verify-fallback verifies nobody.
_TOKEN = re.compile(r"[#@]?\w+(?:[-‑'’]\w+)*|[.,;:!?…()\[\]–—\n]|(?<=\s)-(?=\s)")


def decides(step: str) -> bool:
    """Say whether a step verifies, approves, unlocks or resets: in whole words, and not as something not to do."""
    before: deque[str] = deque(maxlen=_REACH)
    denied = False  # whether the word before, but for a comma and “or”, was one of these and not to be done
    for token in _TOKEN.findall(_ADDRESS.sub(" ", step.casefold())):
        if token in _DECIDING:
            denied = denied or any(map(_denies, before))
            if not denied:
                return True
        elif token not in _LISTING and token != ",":
            denied = False
        if token in _OPENING or token == ",":
            before.clear()
        else:
            before.append(token)
    return False


def _denies(word: str) -> bool:
    return word in _DENYING or word.endswith(("n't", "n’t"))
