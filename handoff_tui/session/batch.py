"""Answers from a file: the same steps as on the screen, taken by a script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from handoff_tui.checks.texts import Texts
from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Open, State
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.question import Question
from handoff_tui.core.reading import Rejection
from handoff_tui.core.text import brief
from handoff_tui.session.secrecy import Hush
from handoff_tui.session.session import Session

__all__ = ["Refused", "fill", "missing", "start_answers"]


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer of the file that was not accepted."""

    question: str
    rejection: Rejection

    def __str__(self) -> str:
        """The place by id, row and column; what is wrong; what to do."""
        row = brief(self.rejection.row or "")
        place = ".".join(part for part in (self.question, row, self.rejection.column) if part)
        return f"{place}: {self.rejection}"


def start_answers(answers: Handoff | None, name: str | None) -> dict[str, object]:
    """Return the start screen's raw answers that a (partial) handoff file holds."""
    if answers is None:
        return {"name": name or ""}
    head = answers.head
    return {
        "name": head.name or name or "",
        "moment": head.moment,
        "participants": list(head.participants),
        "owner": head.owner,
    }


def fill(session: Session, answers: Handoff) -> list[Refused]:
    """Give every answer, mark and note of another handoff to a session; return what it refused.

    What the template does not ask for is taken over as it stands.
    """
    known = session.template.by_id
    strange = {key: answer for key, answer in answers.answers.items() if key not in known}
    head = replace(session.handoff.head, comment=answers.head.comment, extra=answers.head.extra)
    session.handoff = replace(
        session.handoff,
        head=head,
        answers=dict(session.handoff.answers) | strange,
        open_cells=answers.open_cells,
        accepted=answers.accepted,
        conflict=answers.conflict,
        extra=answers.extra,
        schema=answers.schema,
    )
    refused = [
        Refused(question.id, rejection)
        for question in known.values()
        if question.id in answers.answers
        for rejection in _one(session, question, answers.answers[question.id])
    ]
    _keep_the_rest(session, answers)
    return _without_secrets(refused, answers, session) if refused else []


def _without_secrets(refused: list[Refused], answers: Handoff, session: Session) -> list[Refused]:
    """Return what was refused without the secrets in it: it goes to a log, or stands before the room."""
    hush = Hush.of(Texts(answers, session.template).all)

    def told(wrong: Rejection) -> Rejection:
        return replace(wrong, message=hush(wrong.message), row=hush(wrong.row or "") or None)

    return [Refused(item.question, told(item.rejection)) for item in refused]


def _keep_the_rest(session: Session, answers: Handoff) -> None:
    """Take over what is stale, for giving answers in turn makes none so, and what a newer program wrote beside."""
    handoff = session.handoff
    for question_id in session.template.by_id:
        ours, theirs = handoff.answer(question_id), answers.answer(question_id)
        if question_id in answers.answers and not ours.empty:
            mark, note = _with_extra(ours.mark, theirs.mark), _with_extra(ours.note, theirs.note)
            handoff = handoff.with_answer(question_id, ours.with_(mark=mark, note=note, stale=theirs.stale))
    session.handoff = handoff
    session.save(handoff)


def _with_extra(ours: Any, theirs: Any) -> Any:
    return replace(ours, extra=theirs.extra) if ours is not None and type(ours) is type(theirs) else ours


def _one(session: Session, question: Question, answer: Answer) -> Iterator[Rejection]:
    if answer.value is not None:
        yield from session.answer(question.id, answer.value)
    if answer.mark is not None:
        # The first cell of a mark's form is no row of a table.
        wrong = session.mark(question.id, _MARKS[type(answer.mark)], _cells(answer.mark))
        yield from (replace(item, row=None) for item in wrong)
    if answer.note is not None:
        yield from session.note(question.id, {"text": answer.note.text, "agreed_by": list(answer.note.agreed_by)})


_MARKS: Mapping[type, str] = {Open: "open", Assumed: "assumed", NotApplicable: "not_applicable"}


def _cells(mark: Any) -> dict[str, object]:
    return {name: getattr(mark, name) for name in mark.__dataclass_fields__ if name != "extra" and getattr(mark, name)}


def missing(session: Session) -> tuple[list[Question], list[Question]]:
    """Return the questions without a state, unfinished ones included: the essential ones, and the others."""
    interview = session.interview
    without = [q for q in interview.asked if interview.state(q) in (State.UNANSWERED, State.UNFINISHED)]
    return [q for q in without if q.essential], [q for q in without if not q.essential]
