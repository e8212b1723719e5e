"""The links of the chain: noticed, called, told, seen and said, worked around, ended, squared."""

from __future__ import annotations

from collections.abc import Callable

from handoff_tui.checks.facts import Row
from handoff_tui.checks.ids import (
    ACTIONS,
    ALERTS,
    CATCH_UP,
    DUTIES,
    FALLBACK_EXIT,
    FALLBACK_MAX,
    FALLBACK_START,
    FRESHNESS_SHOWN,
    RECONCILIATION,
    SIGNALS,
    STEPS,
    TOLD,
)
from handoff_tui.checks.rehearsal.reading import Reading
from handoff_tui.checks.rehearsal.scene import Scene
from handoff_tui.core.answers import NotApplicable
from handoff_tui.core.drill import Link
from handoff_tui.core.wording import say_scalar

__all__ = ["LINKS"]

_BY_ITSELF = "Not needed: what happens by itself deals with it."


def noticed(scene: Scene) -> Link:
    """What notices it first; a customer who complains is a gap."""
    row = scene.row
    link = Reading(
        scene.facts, "noticed", "What notices it?", "Say aloud what we would see in the first minute, and where."
    )
    link.cell(row, "automatic", "By itself", needed=False)
    said = link.words(row, "detected_by")
    match scene.noticed:
        case "alert" if scene.alert is not None:
            link.say("Alert", scene.alert.label)
            link.cell(scene.alert, "fires_when", "It goes off when", needed=False)
        case "reconciliation":
            for found in link.table(RECONCILIATION):
                every = link.words(found, "every")
                link.say("Comparison", f"{found.label}{f', every {every}' if every else ''}")
        case "agents":
            link.gap("Nothing notices it but agents: customers report it first.", row, "detected_by")
        case "itself":
            link.say("Nobody", "It needs no alert.")
            link.aloud = "And if that once does not work by itself: who would notice, and how?"
        case _ if said == "not needed":
            link.gap("It says that nobody needs to notice it, and nothing deals with it by itself.", row, "automatic")
        case _ if said and link.stands(ALERTS, ""):
            link.gap(f"No alert is called “{said}”.", row, "detected_by")
    return link.link


def called(scene: Scene) -> Link:
    """Who is called, whether they are awake, and what they do first."""
    row, alert = scene.row, scene.alert
    link = Reading(
        scene.facts, "called", "Who is called?", "Call or page them now, as if it had happened. Do they answer?"
    )
    if scene.noticed == "itself":
        return link.needless(_BY_ITSELF)
    if alert is not None:
        _contact(link, alert, "goes_to", "Goes to")
        link.cell(alert, "urgency", "Urgency")
        _awake(link, scene, alert)
        link.cell(alert, "first_action", "First action")
        link.cell(alert, "runbook", "Runbook", needed=False)
    elif scene.noticed == "reconciliation":
        for found in scene.facts.rows(RECONCILIATION):
            _contact(link, found, "owner", f"Who reads “{found.label}”")
    else:
        link.gap("Nobody is called: no alert leads to anybody.", row, "detected_by")
    _contact(link, row, "owner", "Puts it right")
    link.cell(row, "human_step", "By hand", needed=False)
    return link.link


def _contact(link: Reading, row: Row, column: str, label: str) -> None:
    """Say who it is, when they are there, how they are reached, and who stands in."""
    name = link.words(row, column)
    person = link.facts.people.get(row.text(column))
    if person is not None:
        backup = link.words(person, "backup", needed=False)
        parts = (link.words(person, "hours", needed=False), link.words(person, "reach", needed=False))
        name = " · ".join(part for part in (name, *parts, f"else {backup}" if backup else "") if part)
    link.say(label, name)


def _awake(link: Reading, scene: Scene, alert: Row) -> None:
    """Name who may be asleep: as rule `page-without-cover` has it, and where nobody wrote down the hours."""
    person = scene.facts.people.get(alert.text("goes_to"))
    if not scene.page_now or person is None:
        return
    name = scene.facts.called(person.label)
    if person["kind"] == "person":
        link.gap(f"{name} is one person, who may be asleep.", alert, "goes_to")
    elif person.lacks("hours"):
        link.gap(f"Nobody wrote down when {name} answers.", person, "hours")


def told(scene: Scene) -> Link:
    """How support hears of it before a customer says so."""
    link = Reading(scene.facts, "told", "What is support told?", "Write the message that support would get.")
    if scene.noticed == "itself":
        return link.needless(_BY_ITSELF)
    if scene.noticed == "agents":
        link.say("Support", "hears it from the customer.")
        return link.link
    if scene.support_is_called:
        link.say("Support", "is called itself.")
        return link.link
    rows, why = scene.telling
    for row in rows:
        link.cell(row, "event", "When")
        link.cell(row, "who", "Told by")
        link.cell(row, "channel", "Where")
        link.cell(row, "within", "Within")
    if rows:
        link.aloud = f"Write the message that support would get. This answer was taken because {why}: does it fit?"
    elif link.table(TOLD):
        what = f"“{scene.alert.label}”" if scene.alert else "this"
        link.gap(f"No row says how support hears of {what}, or of whoever is called.", TOLD)
    return link.link


def seen_and_said(scene: Scene) -> Link:
    """What the agent sees, says, never says, may press, and to whom it goes on."""
    link = Reading(
        scene.facts,
        "agent",
        "What does the agent see and say?",
        "One plays the customer: read the words aloud. Would you believe them?",
    )
    if scene.noticed == "itself":
        return link.needless(_BY_ITSELF)
    rows = link.table(SIGNALS)
    row = next((row for row in rows if row["signal"] == scene.signal), None)
    if row is not None:
        _signal(link, row)
    elif rows and scene.signal:
        key = rows[0].table.key.field
        link.gap(f"There is no signal “{say_scalar(key, scene.signal)}”: nothing to see and no words.", SIGNALS)
    elif rows:
        link.say("Signals", "; ".join(row.say("signal") for row in rows))
        link.aloud = "Which of these would agents see, and which words would they use?"
    if scene.mode == "zendesk_down":
        link.aloud = "Zendesk is what is down: where do agents read this, and where do they write?"
    if scene.facts.value(FRESHNESS_SHOWN) == "nothing":
        link.gap("Agents cannot see when a value was last updated.", FRESHNESS_SHOWN)
    link.question(ACTIONS, "May press")
    return link.link


def _signal(link: Reading, row: Row) -> None:
    link.cell(row, "agent_sees", "Sees")
    link.cell(row, "shown_where", "Where", needed=False)
    link.cell(row, "agent_may_say", "Says")
    link.cell(row, "agent_must_not", "Never", needed=False)
    link.cell(row, "next_step", "Then")
    _contact(link, row, "escalate_to", "Hands over to")
    link.cell(row, "escalate_after", "After", needed=False)
    link.cell(row, "channel", "By", needed=False)


def fallback(scene: Scene) -> Link:
    """What starts it, and each step: who, where, and whether that system is one that is down."""
    link = Reading(
        scene.facts,
        "fallback",
        "How do we work until then?",
        "Say the words that start it. Then: could each of these do their step right now?",
    )
    if scene.noticed == "itself":
        return link.needless(_BY_ITSELF)
    link.question(FALLBACK_START, "Starts when")
    rows = link.table(STEPS, "Steps")
    for number, row in enumerate(rows, 1):
        _step(link, scene, row, number)
    used = {row.text("uses_system") for row in rows}
    if used and used <= scene.down:
        systems = ", ".join(sorted(used))
        link.gap(f"Every step uses what is down: {systems}.", STEPS, "uses_system")
    link.question(FALLBACK_MAX, "At most for")
    return link.link


def _step(link: Reading, scene: Scene, row: Row, number: int) -> None:
    who, system = link.words(row, "who"), link.words(row, "uses_system")
    if row.text("uses_system") in scene.down:
        system += " (which is down: can it be done at all?)"
    more = {"limit": "limit", "approver": "approved by", "recorded_in": "written down"}
    said = (f"{words}: {text}" for column, words in more.items() if (text := link.words(row, column, needed=False)))
    parts = [row.label, who, f"in {system}" if system else "", *said]
    link.say(f"Step {number}", " · ".join(part for part in parts if part))


def ended(scene: Scene) -> Link:
    """What proves that it is over; without it the workaround stays."""
    link = Reading(scene.facts, "exit", "What proves that it is over?", "Where would we look for this proof? Open it.")
    if scene.noticed == "itself":
        return link.needless(_BY_ITSELF)
    if isinstance(scene.facts.handoff.answer(FALLBACK_EXIT).mark, NotApplicable) and FALLBACK_EXIT in scene.facts.asked:
        label = scene.facts.asked[FALLBACK_EXIT].label
        link.gap(f"The workaround has no end: “{label}” is marked as not applicable.", FALLBACK_EXIT)
    else:
        link.question(FALLBACK_EXIT, "Over when")
    return link.link


def squared(scene: Scene) -> Link:
    """Who undoes what was done by hand, who compares both sides, and who answers for it."""
    link = Reading(
        scene.facts, "books", "Who squares the books?", "Where is it written down what was done, and who reads it?"
    )
    if scene.noticed != "itself":
        for row in link.table(CATCH_UP, "Afterwards"):
            owner, within = link.words(row, "owner"), link.words(row, "within")
            done = link.words(row, "done_when", needed=False)
            parts = (row.label, owner, f"within {within}" if within else "", f"done when: {done}" if done else "")
            link.say("Afterwards", " · ".join(part for part in parts if part))
    for row in link.table(RECONCILIATION, "Comparison"):
        owner, every = link.words(row, "owner"), link.words(row, "every")
        link.say("Compared", " · ".join(part for part in (row.label, f"every {every}" if every else "", owner) if part))
    for row in link.table(DUTIES):
        if row["duty"] == "reconciliation":
            link.cell(row, "accountable", "Answers for it")
            break
    else:
        if scene.facts.rows(DUTIES):
            link.gap("Nobody answers for reconciliation.", DUTIES)
    return link.link


LINKS: tuple[Callable[[Scene], Link], ...] = (noticed, called, told, seen_and_said, fallback, ended, squared)
"""The chain, in its order."""
