"""The Markdown summary of a handoff: what to do when it breaks first, then the open points, then the answers.

Its reader was not in the room. The order is that of `questions.md`, "Where answers go".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handoff_tui.core.dates import say_date
from handoff_tui.core.finding import Verdict
from handoff_tui.core.interview import Interview
from handoff_tui.core.table import TableKind
from handoff_tui.core.template import Section
from handoff_tui.render.banner import banner
from handoff_tui.render.diagram import flowchart
from handoff_tui.render.findings import doubts
from handoff_tui.render.incident import if_it_breaks
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
)
from handoff_tui.render.points import points
from handoff_tui.render.questions import answers, single, table_block
from handoff_tui.render.view import View

__all__ = ["summary"]

PARTIES = "parties"
CLOSE = "close"
SIGNOFF = "close.signoff"
_MOMENTS = {
    "discovery_to_delivery": "from discovery to delivery",
    "engineering_to_support": "from engineering to support",
}


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the document: its heading, the link to it, its blocks."""

    title: Markup
    place: Markup
    blocks: Sequence[Block]


def summary(interview: Interview, verdict: Verdict) -> str:
    """Return the summary of a handoff; the same answers and the same verdict give the same bytes."""
    view = View.of(interview)
    parts = [part for part in _parts(view, verdict) if any(part.blocks)]
    blocks = [*_beginning(view, verdict), paragraph(join(*(part.place for part in parts), by=" · "))]
    for part in parts:
        blocks += [heading(2, part.title), *part.blocks]
    return document(blocks)


# -- the beginning -----------------------------------------------------------------------------------------------


def _beginning(view: View, verdict: Verdict) -> list[Block]:
    head = view.interview.handoff.head
    owner = led("Integration owner: ", strong(view.name(head.owner)))
    about = [
        join(
            led("", strong(view.interview.template.title), " handoff"), _MOMENTS.get(head.moment, head.moment), by=", "
        ),
        owner or "No integration owner is named",
        led("In the room: ", join(*head.participants, by=", ")),
        f"Created {say_date(head.created)}" if head.created else "",
        led("Status: ", head.status),
        led("Readiness: ", verdict.readiness.words),
    ]
    return [
        heading(1, head.name or "Handoff without a name"),
        banner(view),
        paragraph(join(*about, by=" · ")),
        paragraph(led("Comment: ", head.comment)),
    ]


# -- the parts ---------------------------------------------------------------------------------------------------


def _parts(view: View, verdict: Verdict) -> Iterator[_Part]:
    sections = view.interview.template.sections
    scenario = [item for item in sections if not item.asks and item.id not in (PARTIES, CLOSE)]
    by_id = view.interview.template.section_by_id
    yield _ours("If it breaks now", if_it_breaks(view))
    yield _ours("Open and assumed points", points(view))
    yield _ours("What does not fit yet", doubts(view, verdict))
    yield _ours("How updates travel", flowchart(view))
    for section in (*(item for item in sections if item.asks), *scenario):
        yield _Part(view.title(section), view.place(section), _answers(view, section))
    if PARTIES in by_id:
        yield _ours("Who to call", _answers(view, by_id[PARTIES]))
    if CLOSE in by_id:
        yield _ours("Gaps, rehearsals and review", [*_answers(view, by_id[CLOSE]), *_accepted(view)])
    if signoff := view.questions.get(SIGNOFF):
        is_table = isinstance(signoff.field, TableKind)
        yield _ours("Sign-off", table_block(view, signoff) if is_table else [bullets([single(view, signoff)])])


def _ours(title: str, blocks: Sequence[Block]) -> _Part:
    """Return a part under a heading in our own words."""
    return _Part(Markup(title), link(title, slug(title)), blocks)


def _answers(view: View, section: Section) -> list[Block]:
    return answers(view, [q for q in section.questions if q.id in view.questions and q.id != SIGNOFF])


def _accepted(view: View) -> list[Block]:
    """Return the warnings that somebody took on, with the reason."""
    lines = [_accepted_line(view, item) for item in view.interview.handoff.accepted]
    return [heading(3, "Risks taken on"), bullets(lines)] if any(lines) else []


def _accepted_line(view: View, item: Mapping[str, object]) -> Markup:
    question = view.questions.get(str(item.get("question")))
    if question is None:
        return Markup()
    row = str(item.get("row", ""))
    if row and isinstance(question.field, TableKind):
        row = view.row_name(question, {question.field.key.id: row})
    by = led("accepted by ", view.name(str(item.get("by", ""))))
    where = strong(join(question.label, row, by=", "), after=":")
    return join(where, join(str(item.get("reason", "")), by, by=" — "), by=" ")
