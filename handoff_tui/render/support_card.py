"""The support card: for an agent with a customer on the line, who was not in the room and has no time.

Only what an agent may act on: no delivery paths, no retries. What a text must not show to support is taken out of
the handoff before it comes here (`session/publishing.py`).
"""

from __future__ import annotations

from dataclasses import replace

from handoff_tui.core.interview import Interview
from handoff_tui.core.reading import PEOPLE
from handoff_tui.render.allowed import DISPUTES, HIGH_RISK, MONEY, REMEDIES, REOPENED, high_risk, may_be_given
from handoff_tui.render.banner import banner, kept_by
from handoff_tui.render.by_hour import by_hour, covered_by, is_support_team
from handoff_tui.render.calls import Source, reasons
from handoff_tui.render.incident import step, support_told
from handoff_tui.render.markdown import (
    Block,
    Markup,
    bullets,
    document,
    heading,
    join,
    led,
    link,
    numbered,
    paragraph,
    slug,
    strong,
    table,
)
from handoff_tui.render.named import Parts, names_used, people_named
from handoff_tui.render.pieces import Row, lines, list_under, named_rows, note, standing, under
from handoff_tui.render.screen import FIELDS, FRESHNESS, OUTCOMES, STALE_AFTER, STATES, states, values
from handoff_tui.render.view import View
from handoff_tui.render.wording import RULES, always, signal_title, signals

__all__ = ["PAGE", "support_card", "support_page"]

SIGNALS = "support_view.support_signals"
ALERTS = "alerts.alerts"
TOLD = "alerts.support_told"
SYSTEMS = "parties.systems"
STEPS = "fallback.fallback_steps"
LONGEST = "fallback.fallback_max"
CATCH_UP = "fallback.catch_up"

ABOUT = {
    "business_state.journey": "What it is for",
    "business_state.does_not_do": "What it does not do",
    "business_state.criticality": "If it stops",
}
STARTS = {"fallback.fallback_start": "Starts when", LONGEST: "At most for"}
ENDS = {"fallback.fallback_exit": "Over when"}

TABLES = {STATES, OUTCOMES, FIELDS, SIGNALS, MONEY, REMEDIES, DISPUTES, HIGH_RISK}
MORE = {PEOPLE, SYSTEMS, ALERTS, TOLD, STEPS, CATCH_UP}
PAGE = frozenset({*TABLES, *MORE, *ABOUT, *FRESHNESS, *RULES, *STARTS, *ENDS, STALE_AFTER, REOPENED})
"""The questions whose answers stand on the card, each with how it stands."""

SYNOPSIS, SEEN, RULED = "What it does and does not do", "What do you see?", "In every case"
BROKEN, FINE = "When it is late, failed or in conflict", "It looks fine, but the customer says otherwise"
STATE, GIVEN, THIEF = "What each state means", "What may be given", "Changes that a thief would want"
CALLS, BY_HAND = "Where to escalate, by hour", "When it stops: what support does by hand"
HEARD, NAMES = "How you hear of it", "Names used here"


def support_card(view: View) -> str:
    """Return the card; the same answers give the same bytes."""
    title = join(view.interview.handoff.head.name or "Handoff without a name", "support card", by=": ")
    return document([heading(1, title), *support_page(view)])


def support_page(view: View) -> list[Block]:
    """Return what support needs, without a title."""
    view = _without_agreement(view)
    blocks = (block for title, part in _parts(view) for block in under(heading(2, Markup(title)), part))
    return [banner(view, PAGE), *blocks, kept_by(view)]


def _without_agreement(view: View) -> View:
    """Return the same answers without who agreed to their notes: that is for the summary."""
    answers = {
        question_id: answer.with_(note=replace(answer.note, agreed_by=())) if answer.note else answer
        for question_id, answer in view.interview.handoff.answers.items()
    }
    return View.of(Interview(view.interview.template, replace(view.interview.handoff, answers=answers)))


def _parts(view: View) -> Parts:
    """Return the parts that hold something, in the order in which an agent needs them."""
    found: dict[str, list[Block]] = {
        RULED: [bullets(always(view))],
        BROKEN: signals(view, 3, seen=False),
        FINE: values(view),
        STATE: states(view),
        GIVEN: may_be_given(view),
        THIEF: high_risk(view),
        BY_HAND: _by_hand(view),
        HEARD: _heard(view),
    }
    said = list(found.items())
    about = lines(view, ABOUT, notes=False)
    found[SYNOPSIS] = [bullets(about)]
    names = bullets(names_used(view, [*said, (SYNOPSIS, [bullets(about)])]))
    found[NAMES] = [names, *standing(view, SYSTEMS, "Systems")]
    found[CALLS] = by_hour(view, ESCALATION, _only_named(view, said))
    full = {title: blocks for title, blocks in found.items() if any(blocks)}
    found[SEEN] = full[SEEN] = _what_you_see(view, set(full))
    order = (SYNOPSIS, SEEN, RULED, BROKEN, FINE, STATE, GIVEN, THIEF, CALLS, BY_HAND, HEARD, NAMES)
    return [(title, full[title]) for title in order if title in full]


# -- what it is --------------------------------------------------------------------------------------------------

ASKED = {
    FINE: "Nothing of that, but the customer says otherwise",
    STATE: "A state, and you need its words",
    GIVEN: "Somebody wants money or goodwill",
    THIEF: "Somebody wants to change an account",
    CALLS: "Nobody answers you",
    BY_HAND: "It has stopped for longer",
    HEARD: "Something was posted, or nobody has told you anything",
    RULED: "Whatever it is: what you may press, and never ask for",
    NAMES: "A name that you do not know",
}


def _what_you_see(view: View, parts: set[str]) -> list[Block]:
    """Return where to look for what is on the screen or what the customer asks."""
    rows = [
        [view.cell(SIGNALS, row, "agent_sees"), _link(signal_title(view, name, row))]
        for name, row in named_rows(view, SIGNALS)
    ]
    rows += [[Markup(words), _link(Markup(title))] for title, words in ASKED.items() if title in parts]
    return [table(["You see, or are asked", "Look under"], rows)] if rows else []


def _link(title: Markup) -> Markup:
    return link(title, slug(title))


# -- who takes over ----------------------------------------------------------------------------------------------


def _is_supports(view: View, question_id: str, row: Row, column: str) -> bool:
    """Say whether a row is for support to do: also where nobody knows yet for whom it is."""
    key = row.get(column)
    undecided = key is None or view.open_cell(question_id, row, column) is not None
    return undecided or view.works_in(key) in ("support", "")


def _supports_step(view: View, row: Row) -> bool:
    return _is_supports(view, STEPS, row, "who")


ESCALATION = (
    Source(SIGNALS, "escalate_to", named=True),
    Source(MONEY, "approver", "approval of money"),
    Source(REMEDIES, "approver", "goodwill above the limit"),
    Source(HIGH_RISK, "approver", "approval of a change"),
    Source(HIGH_RISK, "second_approver", "second approval of a change"),
    Source(STEPS, "approver", "approval of a step by hand", only=_supports_step),
)


def _only_named(view: View, parts: Parts) -> list[str]:
    """Return whom the card names without leading to them; agents need not call themselves."""
    there = covered_by(view, list(reasons(view, ESCALATION)))
    return [key for key in people_named(view, parts) if key not in there and not is_support_team(view.people[key])]


# -- by hand -----------------------------------------------------------------------------------------------------


def _by_hand(view: View) -> list[Block]:
    """Return the steps and tasks that are support's, then how the fallback starts and ends."""
    steps = [step(view, name, row) for name, row in named_rows(view, STEPS) if _supports_step(view, row)]
    tasks = [
        join(strong(name), _task(view, row), by=" · ")
        for name, row in named_rows(view, CATCH_UP)
        if _is_supports(view, CATCH_UP, row, "owner")
    ]
    none = Markup("No step of it is support's: others do it, and you are told.")
    return [
        *standing(view, STEPS, "Steps"),
        *under(paragraph(Markup("**Your steps:**")), [numbered(steps)]),
        paragraph(none) if view.rows(STEPS) and not steps else Block(""),
        *standing(view, CATCH_UP, "Afterwards"),
        *list_under("Afterwards, support", tasks),
        *list_under("Start and end", [*lines(view, STARTS, notes=False), *lines(view, ENDS, notes=False)]),
        note(view, LONGEST),
    ]


def _task(view: View, row: Row) -> Markup:
    words = {"owner": "", "within": "within ", "done_when": "done when: "}
    return join(*(led(word, view.cell(CATCH_UP, row, column)) for column, word in words.items()), by=" · ")


def _heard(view: View) -> list[Block]:
    """Return who tells support, and the alerts that support acts on; all others are for engineers."""
    rows = [
        [
            strong(name),
            *(view.cell(ALERTS, row, column) for column in ("fires_when", "first_action", "goes_to")),
        ]
        for name, row in named_rows(view, ALERTS)
        if row.get("audience") == "support"
    ]
    shown = [table(["Alert", "It goes off when", "First action", "Comes to"], rows)] if rows else []
    return [*support_told(view, "You are told"), *standing(view, ALERTS, "Alerts"), *shown]
