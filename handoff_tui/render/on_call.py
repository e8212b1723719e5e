"""The on-call page: for an engineer who is paged at three in the morning and was not in the room.

Night first: which alert it is, what to do, whom to tell, who else answers; what can wait stands at the end, by day.
Each thing is said once, and a fact that nobody has given is said to be missing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handoff_tui.core.dates import say_date
from handoff_tui.core.interview import Interview
from handoff_tui.core.reading import PEOPLE, SYSTEMS
from handoff_tui.core.text import plural
from handoff_tui.render.answering import Answering
from handoff_tui.render.banner import banner, kept_by
from handoff_tui.render.incident import fallback, systems_down
from handoff_tui.render.markdown import (
    Block,
    Markup,
    bullets,
    document,
    heading,
    join,
    led,
    link,
    paragraph,
    slug,
    strong,
    table,
)
from handoff_tui.render.night import gaps_at_night, named_for_fallback
from handoff_tui.render.outages import PEAK, SQUARED, hops, outages
from handoff_tui.render.paged import MEANWHILE, Paged
from handoff_tui.render.pieces import Row, lines, list_under, named_rows, standing, stated, under
from handoff_tui.render.points import Point, open_points
from handoff_tui.render.questions import table_block
from handoff_tui.render.telling import who_is_told
from handoff_tui.render.view import View

__all__ = ["on_call"]

ALERTS = "alerts.alerts"
FAILURES = "failure_handling.failure_modes"
RECONCILIATION = "failure_handling.reconciliation"
SIGNALS = "support_view.support_signals"
TOLD = "alerts.support_told"
STEPS = "fallback.fallback_steps"
CATCH_UP = "fallback.catch_up"
GAPS = "close.known_gaps"
CREDENTIALS = "ownership.credentials"
DUTIES = "ownership.responsibilities"

WORST = {"business_state.criticality": "If it stops"}
ABOUT = {"business_state.journey": "What it is for"}
CONTRACT = {"ownership.contract_location": "Schema and version", "source_of_truth.join_key": "Joined by"}
HERE = ("parties.", "failure_handling.", "alerts.", "fallback.")
HERE_TOO = (SIGNALS, GAPS, CREDENTIALS, DUTIES, *WORST, *ABOUT, *CONTRACT, *SQUARED, *PEAK)
"""What stands on this page: sections by how the id of their questions begins, and single questions."""


def on_call(view: View) -> str:
    """Return the page; the same answers give the same bytes."""
    view = _without_agreement(view)
    paged = Paged(view)
    found = [
        ("Which alert is it?", paged.index()),
        ("If it goes off", paged.alerts()),
        ("How else it fails", _failures(view, paged)),
        ("Gaps at night", gaps_at_night(paged)),
        ("Known gaps", _known(view)),
        ("Until it works again: by hand", fallback(view, paged.owners)),
        ("What an outage does", outages(view)),
        ("Who is told what", _told(view, paged)),
        (MEANWHILE, _support(view, paged)),
        ("Whom else to call", _others(view, paged)),
        ("Is a system down?", _systems(view)),
        ("How updates travel", hops(view)),
        ("By day", _by_day(view, paged)),
    ]
    parts = [(title, blocks) for title, blocks in found if any(blocks)]
    title = join(view.interview.handoff.head.name or "Handoff without a name", "on call", by=": ")
    return document(
        [
            heading(1, title),
            banner(view),
            bullets([*lines(view, WORST, notes=False), _rehearsed(view, paged), *_unsettled(view)]),
            paragraph(join(*(link(title, slug(title)) for title, _ in parts), by=" · ")),
            *(block for title, blocks in parts for block in under(heading(2, Markup(title)), blocks)),
            kept_by(view),
        ]
    )


def _without_agreement(view: View) -> View:
    """Return the view with the notes, but not with who agreed to them: at night that helps nobody."""
    handoff = view.interview.handoff
    answers = {
        key: answer.with_(note=replace(answer.note, agreed_by=())) if answer.note else answer
        for key, answer in handoff.answers.items()
    }
    return View(Interview(view.interview.template, replace(handoff, answers=answers)))


# -- the top -----------------------------------------------------------------------------------------------------


def _rehearsed(view: View, paged: Paged) -> Markup:
    """Return how many of the alerts were ever set off on purpose, and which were not."""
    days = [row["tested_on"] for _, row in paged.rows if type(row.get("tested_on")) is date]
    never = [name for name, row in paged.rows if not view.cell(ALERTS, row, "tested_on")]
    if not paged.rows:
        return Markup()
    if not days:
        return Markup("**Rehearsed:** no alert that wakes somebody has ever been set off on purpose.")
    count = f"{len(days)} of {plural(len(paged.rows), 'alert')} that wake somebody, the first on {say_date(min(days))}"
    return join(Markup(f"**Rehearsed:** {count}"), led("never: ", join(*never, by=", ")), by="; ")


def _unsettled(view: View) -> list[Markup]:
    """Return what is open, assumed, to be reconfirmed or in two versions, in words; it is marked at its line too."""
    here: list[Markup] = []
    elsewhere: list[Markup] = []
    for point in open_points(view, numbers=False):
        (here if point.question.startswith(HERE) or point.question in HERE_TOO else elsewhere).append(_point(point))
    return [
        led("**Not settled yet, on this page:** ", join(*here, by="; ")),
        led("**Not settled yet, elsewhere in the handoff:** ", join(*elsewhere, by="; ")),
    ]


def _point(point: Point) -> Markup:
    """Return a point with who sees to it by when."""
    due = f"by {say_date(point.due)}" if point.due else "no date"
    who = join(point.who or "nobody named", due, by=", ")
    return join(point.what, Markup(f"({point.kind}: {who})"), by=" ")


# -- who is told ------------------------------------------------------------------------------------------------


def _told(view: View, paged: Paged) -> list[Block]:
    """Return the drawing, and which alerts have no place in it."""
    drawing = who_is_told(view, in_words=False)
    left = [name for name, row in named_rows(view, ALERTS) if not paged.noticed_by(row)]
    words = led("Not drawn, because no failure names them: ", join(*left, by=", "), ".")
    return [*drawing, paragraph(words)] if any(drawing) else []


# -- failures ----------------------------------------------------------------------------------------------------


def _failures(view: View, paged: Paged) -> list[Block]:
    """Return the failures that stand at no alert above, in a form that is always the same."""
    above = [mode for _, alert in paged.rows for _, mode in paged.noticed_by(alert)]
    columns = ("customer_sees", "automatic", "human_step", "detected_by", "owner")
    rows = [
        [
            strong(name),
            *(stated(view, FAILURES, row, column) for column in columns),
            view.cell(FAILURES, row, "tested_on") or Markup("never"),
        ]
        for name, row in named_rows(view, FAILURES)
        if row not in above
    ]
    header = ["Failure", "Customers notice", "By itself", "By hand", "Noticed by", "Put right by", "Rehearsed"]
    return [*standing(view, FAILURES, "Failures"), table(header, rows) if rows else Block("")]


def _known(view: View) -> list[Block]:
    lead = [
        join(strong(name), view.cell(GAPS, row, "effect"), led("owner: ", view.cell(GAPS, row, "owner")), by=" · ")
        for name, row in named_rows(view, GAPS)
    ]
    return [*standing(view, GAPS, "Known gaps"), bullets(lead)]


# -- support -----------------------------------------------------------------------------------------------------


def _support(view: View, paged: Paged) -> list[Block]:
    """Return what agents see, say and never say meanwhile, and when else support is told."""
    rows = [
        [
            strong(name),
            *(stated(view, SIGNALS, row, column) for column in ("agent_sees", "agent_may_say", "agent_must_not")),
            view.cell(SIGNALS, row, "next_step"),
            _handed_over(view, row),
        ]
        for name, row in named_rows(view, SIGNALS)
    ]
    return [
        *standing(view, SIGNALS, "What agents see and say"),
        table(["When", "Agents see", "They say", "Never", "They do", "They hand over to"], rows) if rows else Block(""),
        *standing(view, TOLD, "Telling support"),
        *list_under("Support is told too", list(paged.told_otherwise())),
    ]


def _handed_over(view: View, row: Row) -> Markup:
    """Return to whom agents hand over and after how long; what works again is handed over to nobody."""
    if row.get("signal") == "recovered":
        return Markup()
    after = led("after ", view.cell(SIGNALS, row, "escalate_after"))
    return join(view.cell(SIGNALS, row, "escalate_to"), after, by=" ")


# -- who else, and where -----------------------------------------------------------------------------------------


def _others(view: View, paged: Paged) -> list[Block]:
    """Return whom else this page names for the night, each once, with what for and who stands behind."""
    answering = paged.answering
    rows = [
        [
            strong(view.name(key)),
            answering.hours(key),
            stated(view, PEOPLE, view.people[key], "reach"),
            join(*(join(words, join(*names, by=", "), by=" ") for words, names in why.items()), by="; "),
            answering.behind_in_short(key),
        ]
        for key, why in sorted(_reasons(view, answering).items(), key=lambda item: not answering.always(item[0]))
        if key not in paged.owners
    ]
    return [table(["Who", "When", "How", "For", "If they do not answer"], rows)] if rows else []


NEEDED = (
    (STEPS, "who", "by hand: step"),
    (STEPS, "approver", "approves step"),
    (RECONCILIATION, "owner", "comparison"),
    (SIGNALS, "escalate_to", "agents hand over"),
    (FAILURES, "owner", "puts failures right"),
    (CATCH_UP, "owner", "catches up afterwards"),
)
"""What somebody may be called for: a table, its column of contacts, our words; the rows stand above with their name."""
NUMBERED = (STEPS, RECONCILIATION)


def _reasons(view: View, answering: Answering) -> dict[str, dict[str, list[Markup]]]:
    """Return by key what everybody is needed for: our words, with the numbers of the rows where these have one."""
    found: dict[str, dict[str, list[Markup]]] = {}
    for question_id, column, words in NEEDED:
        for number, (_, row) in enumerate(named_rows(view, question_id), 1):
            if row.get("signal") != "recovered" and (key := answering.key(question_id, row, column)):
                numbers = found.setdefault(key, {}).setdefault(words, [])
                numbers += [Markup(number)] if question_id in NUMBERED else []
    for key, words in named_for_fallback(view, answering):
        found.setdefault(key, {}).setdefault("fallback:", []).append(words)
    return found


def _systems(view: View) -> list[Block]:
    question = view.questions.get(SYSTEMS)
    note = view.note(view.answer(question).note) if question else Markup()
    return [*systems_down(view), paragraph(note)]


# -- by day ------------------------------------------------------------------------------------------------------


def _by_day(view: View, paged: Paged) -> list[Block]:
    """Return what can wait until the morning: alerts, who answers for what, access, contract."""
    waiting = [
        [
            strong(name),
            *(stated(view, ALERTS, row, column) for column in ("fires_when", "first_action", "goes_to", "urgency")),
        ]
        for name, row in named_rows(view, ALERTS)
        if not paged.wakes(row)
    ]
    duties: dict[str, list[Markup]] = {}
    for name, row in named_rows(view, DUTIES):
        if key := paged.answering.key(DUTIES, row, "accountable"):
            duties.setdefault(key, []).append(name)
    who = join(*(led(f"{strong(view.name(key))}: ", join(*what, by=", ")) for key, what in duties.items()), by="; ")
    credentials = view.questions.get(CREDENTIALS)
    return [
        bullets(lines(view, ABOUT, notes=False)),
        table(["Alert", "It goes off when", "First action", "Goes to", "When"], waiting) if waiting else Block(""),
        *standing(view, DUTIES, "Who answers for what"),
        paragraph(led("Who answers for what: ", who)),
        *(table_block(view, credentials) if credentials else []),
        bullets(lines(view, CONTRACT)),
    ]
