"""The invitation: the sheet that goes out before the workshop, to people who have never heard of this program.

Whoever reads it wants to know why they of all people, what to bring, how long it takes. The questions, their minutes
and what to bring for them stand in the template; what is prepared and who is named, in the handoff.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable

from handoff_tui.core.answers import State
from handoff_tui.core.dates import say_date
from handoff_tui.core.interview import PREWORK, Interview
from handoff_tui.core.question import Question
from handoff_tui.core.reading import PEOPLE
from handoff_tui.core.template import Section
from handoff_tui.core.text import one_line
from handoff_tui.render.banner import stands
from handoff_tui.render.calls import reached
from handoff_tui.render.markdown import (
    Block,
    Markup,
    bullets,
    document,
    fence,
    heading,
    join,
    led,
    paragraph,
    strong,
    table,
)
from handoff_tui.render.pieces import lines, list_under, under
from handoff_tui.render.points import Point, named, open_points
from handoff_tui.render.view import View
from handoff_tui.render.wanted import Contact, contacts, functions, unclaimed

__all__ = ["FILE", "invitation"]

FILE = "NAME.handoff.toml"
"""What the file of a handoff is called where nobody knows its name."""

ABOUT = {"business_state.journey": "What it is for", "business_state.criticality": "If it stops"}
MOMENTS = {
    "discovery_to_delivery": "It goes from those who designed it to those who build it.",
    "engineering_to_support": "It goes from those who built it to those who support it.",
}
WHY = (
    "Before the first incident decides it for us, we decide together who owns this integration with Zendesk: where the "
    "truth is, who repairs what, what happens when it fails, and what support may say then."
)
AGAIN = "This is signed off, and you are invited to read it again: what is still right, and what has changed since?"
HOW = (
    "One person types, and everybody reads along on the projector: nothing to install, nothing to learn. Every "
    "question is read aloud. “We don't know yet” is an answer too; it gets a name and a date."
)
OUTCOME = "One document that says who, what and when, with a page for support and one for whoever is on call."
NO_SECRETS = (
    "Nothing has to be written for it. Have it at hand; passwords, keys and customers' data stay where they are."
)
NOT_LISTED = "**Named in it, and not on the list:** come, or send somebody who can speak for you."
TYPIST = "And one more who types and takes no side. Send who can decide: who can only report has to ask afterwards."
NOBODY = Markup("Nobody is named from there yet: whoever is closest to it brings this.")
ASKED = Markup("the questions below; nothing is in their name yet")


def invitation(view: View, file: str = FILE) -> str:
    """Return the sheet; `file` is what the handoff's file is called."""
    title = join(view.interview.handoff.head.name or "An integration without a name", "invitation", by=": ")
    parts = [
        ("In short", _short(view)),
        ("Who comes, and what for", _people(view)),
        ("What to bring", _bring(view)),
        ("What we decide", _agenda(view)),
        ("What to find out before", _before(view)),
        ("What one person prepares alone", _prework(view, file)),
        ("Where it is, and how to look at it", _where(file)),
    ]
    final = view.interview.handoff.head.status == "final"
    blocks = (block for words, part in parts for block in under(heading(2, Markup(words)), part))
    return document([heading(1, title), paragraph(Markup(AGAIN if final else WHY)), *blocks])


# -- in short ----------------------------------------------------------------------------------------------------


def _short(view: View) -> list[Block]:
    template, head = view.interview.template, view.interview.handoff.head
    about = [item for item in ABOUT if item in view.questions and view.decided(view.questions[item])]
    said = [
        *lines(view, {item: ABOUT[item] for item in about}, notes=False),
        led("**What kind it is:** ", join(template.title, template.about, by=". ")),
        led("**Why now:** ", Markup(MOMENTS.get(head.moment, ""))),
        led("**How long:** ", _how_long(view)),
        Markup("**When and where:** whoever sends this fills it in"),
        led("**Who asks you to come:** ", led("", reached(view, head.owner), ", the integration owner"))
        if head.owner
        else Markup("**Who asks you to come:** no integration owner is named yet"),
        led("**How far it is:** ", stands(view)),
        led("**How it goes:** ", Markup(HOW)),
        led("**What comes of it:** ", Markup(OUTCOME)),
    ]
    return [bullets(said)]


def _how_long(view: View) -> Markup:
    whole = sum(section.minutes for section in _sections(view))
    left = view.interview.progress.minutes_left
    words = f"about {_rounded(whole)} minutes with four to eight people"
    if left == 0:
        every = all(_answered(view, question) for section in _sections(view) for question in _first(view, section))
        how = "every question has an answer" if every else "every question was gone through, and some are still open"
        return Markup(f"{words}; {how}, so reading them again takes less")
    return Markup(f"{words}, of which about {left} are left" if left < whole else words)


def _rounded(minutes: int) -> int:
    return max(5, 5 * round(minutes / 5))


def _sections(view: View) -> list[Section]:
    asked = {question.section_id for question in view.questions.values()}
    return [section for section in view.interview.template.sections if section.id in asked]


# -- who comes ---------------------------------------------------------------------------------------------------


def _people(view: View) -> list[Block]:
    found = contacts(view)
    invited = [contact for contact in found if contact.invited]
    others = [contact for contact in found if not contact.invited]
    nobody = paragraph(Markup("Nobody is on the list yet. Four to eight people come, and those who own these duties:"))
    return [
        _table(view, invited, ASKED) if invited else Block(""),
        *under(paragraph(Markup(NOT_LISTED)), [_table(view, others, Markup())] if others else []),
        Block("") if found else nobody,
        *list_under("Nobody is named yet who answers for", unclaimed(view)),
        paragraph(Markup(TYPIST)),
    ]


def _table(view: View, found: list[Contact], otherwise: Markup) -> Block:
    rows = [
        [
            strong(contact.name) or "without a name",
            _cell(view, contact, "function"),
            join(*contact.reasons, by="\n") or otherwise,
            _cell(view, contact, "reach"),
        ]
        for contact in found
    ]
    return table(["Who", "Works in", "Wanted for", "Reached by"], rows)


def _cell(view: View, contact: Contact, column: str) -> Markup:
    row = view.people.get(contact.key, {})
    return view.cell(PEOPLE, row, column) if column in row else Markup()


# -- what to bring -----------------------------------------------------------------------------------------------


def _bring(view: View) -> list[Block]:
    """Return what to have at hand, by function: first what is not answered yet, then what is to be checked."""
    words = functions(view)
    every = dict.fromkeys([*words, *(key for question in view.questions.values() for key in question.bring)])
    blocks = [block for function in every for block in _brings(view, function, words.get(function, function))]
    return under(paragraph(Markup(NO_SECRETS)), blocks)


def _brings(view: View, function: str, words: str) -> list[Block]:
    wanted = [question for question in view.questions.values() if function in question.bring]
    answered = [question for question in wanted if _answered(view, question)]
    names = [view.name(key) for key, row in view.people.items() if row.get("function") == function]

    def items(questions: Iterable[Question]) -> list[Markup]:
        return [join(strong(named(view, item), after=":"), item.bring[function], by=" ") for item in questions]

    things = [
        bullets(items(question for question in wanted if question not in answered)),
        *list_under("To check what is answered already", items(answered)),
    ]
    title = heading(3, words[:1].upper() + words[1:])
    return under(title, [paragraph(join(*names, by="; ") or NOBODY), *things]) if wanted else []


# -- what is decided ---------------------------------------------------------------------------------------------


def _agenda(view: View) -> list[Block]:
    """Return the sections in their order: the questions of the playbook as they stand, each with its minutes."""
    rows = [
        [
            str(view.numbers.get(section.id, "")),
            join(strong(section.asks or section.title), join(*_labels(view, section), by=" · "), by="\n"),
            str(section.minutes),
            _done(view, section),
        ]
        for section in _sections(view)
    ]
    return [table(["", "What", "Minutes", "Answered"], rows)]


def _labels(view: View, section: Section) -> list[str]:
    return [question.label for question in _first(view, section)]


def _done(view: View, section: Section) -> str:
    asked = _first(view, section)
    return f"{sum(_answered(view, question) for question in asked)} of {len(asked)}"


def _first(view: View, section: Section) -> list[Question]:
    return [question for question in view.interview.asked_in(section) if question.asked_first]


def _answered(view: View, question: Question) -> bool:
    """Say whether a question has an answer that holds: one that is open is settled for now, and has none."""
    return view.interview.settled(question) and view.state(question) is not State.OPEN


# -- beforehand --------------------------------------------------------------------------------------------------


def _before(view: View) -> list[Block]:
    rows = [
        [point.who or "nobody named", say_date(point.due) if point.due else "no date", point.what, point.stands]
        for point in sorted(open_points(view), key=Point.order)
    ]
    return [table(["Who", "By", "What", "How it stands"], rows)] if rows else []


def _prework(view: View, file: str) -> list[Block]:
    """Return what needs no room: prepared by one, and corrected by all."""
    asked = [question for question in view.questions.values() if question.id in PREWORK]
    if not asked:
        return []
    alone = Interview(view.interview.template, view.interview.handoff, only=PREWORK)
    left = alone.progress.minutes_left
    said = f"Some days before, in about {_rounded(left)} minutes, so that the room only has to correct it:"
    call = fence(f"handoff-wizard new {_quoted(file)} --prework", "sh")
    return [
        paragraph(Markup(said if left else "This is done. Whoever sees a mistake in it, says so before:")),
        bullets(_prepared(view, question) for question in asked),
        call if left else Block(""),
    ]


def _prepared(view: View, question: Question) -> Markup:
    names = join(*(view.row_name(question, row) for row in view.rows(question.id)), by="; ")
    return join(strong(question.label, after=":"), names or view.value(question), by=" ")


def _where(file: str) -> list[Block]:
    name = _quoted(file)
    calls = [
        (f"handoff-wizard render {name} --output -", "read all that it says"),
        (f"handoff-wizard resume {name}", "go on where it stopped"),
        ("handoff-wizard example", "see where it leads: a finished one"),
    ]
    width = max(len(call) for call, _ in calls)
    return [
        paragraph(led("Everything is in one file beside this sheet, ", strong(one_line(file)), _PLACE)),
        fence("\n".join(f"{call:<{width}}  # {words}" for call, words in calls), "sh"),
    ]


_PLACE = ": plain text that any editor opens. Only whoever prepares it or types needs the program, handoff-wizard."


def _quoted(file: str) -> str:
    """Return the file's name as a shell takes it for one word, and no command for an option."""
    name = one_line(file)
    return shlex.quote(f"./{name}" if name.startswith("-") else name)
