"""What stands at the top of every document: whether it is signed off, and what is not settled."""

from __future__ import annotations

from collections.abc import Collection

from handoff_tui.core.dates import say_date
from handoff_tui.core.text import plural
from handoff_tui.render.markdown import Block, Markup, alert, join, led, paragraph, strong
from handoff_tui.render.view import View

__all__ = ["banner", "kept_by", "stands"]

_FEW = 6
"""Answers that are called by name; of a draft with more of them nobody reads the list."""


def banner(view: View, page: Collection[str] | None = None) -> Block:
    """Return whether it is signed off, and in counts what is not settled.

    A document of a part of the answers names the questions of its `page`: which of it all concerns a reader of it.
    """
    here = _here(view, page) if page is not None else Markup()
    final = view.interview.handoff.head.status == "final"
    return alert("NOTE" if final else "WARNING", join(stands(view), here, by=" "))


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


def _here(view: View, page: Collection[str]) -> Markup:
    """Return which of the answers that are not settled stand on a page, and which do not."""
    unsettled = [question for question in view.questions.values() if not view.settled(question)]
    there = [question.label for question in unsettled if question.id in page]
    if not there:
        return led("", _few([question.label for question in unsettled]), ": not on this page.")
    return led("On this page, and marked where it stands: ", _few(there), ".")


def _few(labels: list[str]) -> Markup:
    rest = len(labels) - _FEW
    named = [led("“", label, "”") for label in labels[:_FEW]]
    return join(*named, Markup(f"and {rest} more") if rest > 0 else "", by=", ")


def kept_by(view: View) -> Block:
    """Return whose the document is and how old: a copy in a wiki outlives the meeting."""
    head = view.interview.handoff.head
    review = view.interview.handoff.value("close.review_by")
    return paragraph(
        join(
            led("Integration owner: ", strong(view.name(head.owner))) or "No integration owner is named",
            f"First written on {say_date(head.created)}" if head.created else "",
            led("Read again by ", view.say_value("close.review_by")) if review else "",
            by=" · ",
        )
    )
