"""Which answers have to be looked at again after a merge: those given while a premise was another one.

A side vouches for an answer that it has, not stale, with the premises that hold now. An answer of one side needs one
who vouches; an answer that was joined from both needs both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handoff_tui.core import changes
from handoff_tui.core.answers import Answer, Stale
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.question import Question
from handoff_tui.core.template import Template
from handoff_tui.core.three_way import canonical, same

__all__ = ["restale"]


def restale(
    merged: Handoff, base: Handoff, sides: Sequence[Handoff], template: Template
) -> tuple[Handoff, tuple[str, ...]]:
    """Return the merged handoff with what became stale by the merge marked so, and the ids of those answers.

    Where one side gave an answer anew under the premises that hold now, the other side's mark on the old one goes.
    """
    became: dict[str, Stale | None] = {}
    for question in template.by_id.values():
        answer = merged.answer(question.id)
        if not answer.given:
            continue
        origin = [side for side in sides if same(_said(side.answer(question.id)), _said(answer))]
        vouching = [not any(_doubts(merged, side, template, question)) for side in origin or sides]
        if answer.stale is None and not (any(vouching) if origin else all(vouching)):
            doubts = [doubt for side in origin or sides for doubt in _doubts(merged, side, template, question)]
            became[question.id] = min(doubts, key=canonical)
        elif answer.stale and answer.stale.because in template.premises_of(question):
            anew = [not same(_said(side.answer(question.id)), _said(base.answer(question.id))) for side in origin]
            if any(vouches and given for vouches, given in zip(vouching, anew, strict=False)):
                became[question.id] = None
    for question_id, stale in became.items():
        merged = merged.with_answer(question_id, merged.answer(question_id).with_(stale=stale))
    return merged, tuple(question_id for question_id, stale in became.items() if stale)


def _said(answer: Answer) -> tuple[object, object]:
    return answer.value, answer.mark


def _doubts(merged: Handoff, side: Handoff, template: Template, question: Question) -> Iterator[Stale]:
    """Yield why the answer of a side may no longer hold in the merged handoff."""
    stale = side.answer(question.id).stale
    if stale:
        yield stale
    made_with = side.head.template_version
    if question.changed is not None and made_with < question.changed <= merged.head.template_version:
        yield Stale("handoff.template_version", str(made_with))
    for premise in template.premises_of(question):
        now = merged.answer(premise).effective
        if not same(side.answer(premise).effective, now):
            # What the change would have done in an interview of that side.
            before = merged.with_answer(premise, side.answer(premise))
            before = before.with_answer(question.id, merged.answer(question.id).with_(stale=None))
            marked = changes.give(before, template, premise, now).answer(question.id).stale
            if marked:
                yield marked
