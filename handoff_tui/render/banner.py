"""What stands at the top of every document: whether it is signed off, and what is not settled."""

from __future__ import annotations

from handoff_tui.core.dates import say_date
from handoff_tui.core.text import plural
from handoff_tui.render.markdown import Block, Markup, alert, join, led, paragraph, strong
from handoff_tui.render.view import View

__all__ = ["banner", "kept_by", "stands"]


def banner(view: View) -> Block:
    """Return whether it is signed off, and in counts what is not settled."""
    return alert("NOTE" if view.interview.handoff.head.status == "final" else "WARNING", stands(view))


def stands(view: View) -> Markup:
    """Return the words of the banner, for where it cannot be coloured."""
    progress = view.interview.progress
    versions = sum(1 for question in view.questions.values() for _ in view.conflicts(question))
    counts = [
        (len(view.missing()), "question has no answer", "questions have no answer"),
        (len(view.unfinished()), "answer is not finished", "answers are not finished"),
        (progress.open, "point is open", "points are open"),
        (progress.assumed, "answer is assumed", "answers are assumed"),
        (progress.stale, "answer is to be reconfirmed", "answers are to be reconfirmed"),
        (versions, "answer has two versions", "answers have two versions"),
    ]
    said = ", ".join(plural(count, one, many) for count, one, many in counts if count)
    if view.interview.handoff.head.status == "final":
        return join(Markup("**Final: signed off.**"), led("", said, "."), by=" ")
    rest = led("", said, ".") or "Every question that has to be answered has an answer."
    return join(Markup("**Draft: not signed off yet.**"), rest, by=" ")


def kept_by(view: View) -> Block:
    """Return whose the document is and how old: a copy in a wiki outlives the meeting."""
    head = view.interview.handoff.head
    review = view.interview.handoff.value("close.review_by")
    return paragraph(
        join(
            led("Integration owner: ", strong(view.name(head.owner))) or "No integration owner is named",
            f"Decided from {say_date(head.created)} on" if head.created else "",
            led("Read again by ", view.say_value("close.review_by")) if review else "",
            by=" · ",
        )
    )
