"""One question: what is asked and why, what stands there, the prompt; and what can be said beside an answer."""

from __future__ import annotations

from collections.abc import Sequence

from handoff_tui.core.answers import State
from handoff_tui.core.conflicts import conflicts_in
from handoff_tui.core.finding import Finding, grouped
from handoff_tui.core.kinds import TextKind
from handoff_tui.core.question import Question
from handoff_tui.core.reading import Rejection
from handoff_tui.core.resolve import Side
from handoff_tui.core.table import TableKind
from handoff_tui.core.text import plural
from handoff_tui.core.wording import say_scalar
from handoff_tui.plain.beside import Beside
from handoff_tui.plain.commands import Command
from handoff_tui.plain.fields import Raw, ask_field, how, say_offer, say_raw
from handoff_tui.plain.tables import Rows
from handoff_tui.plain.talk import Here, Talk
from handoff_tui.session.asking import may_pass, raw_of, standing
from handoff_tui.session.findings import at_once
from handoff_tui.session.joining import Newcomer, newcomers
from handoff_tui.session.session import Session
from handoff_tui.session.words import conflict_place, note_line, progress_line, say_side, state_line

__all__ = ["QuestionPage"]

_TAKES = frozenset({"open", "assumed", "na", "still", "ours", "theirs", "clear", "drop"})
_LEADS = frozenset({"back", "go", "sections", "review", "undo", "quit"})
_MARKS = {"open": "open", "assumed": "assumed", "na": "not_applicable"}
_SEVERITY = {"error": "Error", "warning": "Warning", "advice": "Advice"}


class QuestionPage:
    """The question that the session stands at. `led` are the findings that lead here, said with it."""

    def __init__(self, talk: Talk, session: Session, question: Question, led: Sequence[Finding] = ()) -> None:
        self._talk = talk
        self._say = talk.console.say
        self._session = session
        self._question = question
        self._led = led
        self._beside = Beside(talk, session, question)
        self._here = Here(self.help, self.show, _TAKES, _LEADS, self._beside.note)

    # -- saying ------------------------------------------------------------------------------------------------------

    def show(self) -> None:
        """Say the question, and what stands there."""
        session, question = self._session, self._question
        section = session.template.section_of(question.id)
        number = session.interview.number(question)
        count = f"question {number[0]} of {number[1]}" if number else "an optional question"
        self._say()
        self._say(f"{section.title} · {count} · {progress_line(session, spoken=True)}")
        self._say(question.ask)
        for title, text in question.adds:
            self._say(f"In {title.lower()}: {text}")
        self._say(question.why)
        if question.example:
            self._say(f"For example: {' '.join(question.example.split())}")
        for group in grouped(self._led):
            self._say(f"{_SEVERITY[group.first.severity]}: {group.message} {group.first.fix}")
        self._say_conflict()
        self._say_standing()

    def help(self) -> None:
        """Say more about the question."""
        question = self._question
        self._say(f"{question.label}. {question.ask}")
        self._say(f"Why it is asked: {question.why}")
        self._say(f"For example: {question.example}")
        if question.hint:
            self._say(f"Good to know: {' '.join(question.hint.split())}")
        self._say("“:open” if nobody knows yet, “:back”, “:review”, “:quit”; “:help” lists all commands.")

    def _say_standing(self) -> None:
        """Say the answer that stands, or what is suggested, its state, and what Enter does."""
        session, question = self._session, self._question
        answer = session.handoff.answer(question.id)
        unfinished = session.interview.state(question) is State.UNFINISHED
        if not isinstance(question.field, TableKind):
            draft = session.drafts.get(question.id)
            value = standing(session, question)
            if draft:
                self._tell("Typed and not accepted:", say_raw(question.field, session.context, draft))
                self._say("Enter takes it, “:drop” forgets it.")
            if answer.value is not None:
                self._tell("The answer now:", say_scalar(question.field, value, session.people()))
            elif value is not None and answer.mark is None:
                self._tell("Suggested:", say_scalar(question.field, value, session.people()))
        if said := state_line(session, answer, unfinished=unfinished):
            self._say(f"State: {said.rstrip('.')}.")
        if answer.note:
            self._say(note_line(session, answer.note))
        if answer.stale is not None:
            self._say("Enter goes on and leaves it so; “:still” says that it still holds.")

    def _tell(self, title: str, text: str) -> None:
        """Say a title and a text, in one line where the text is one."""
        if "\n" in text:
            self._say(title)
            self._say(text, indent=2)
        else:
            self._say(f"{title} {text}")

    def _say_conflict(self) -> None:
        question = self._question
        found = conflicts_in(self._session.handoff, question.id)
        if found:
            more = f" {plural(len(found) - 1, 'more of these', 'more of these')}." if len(found) > 1 else ""
            self._say(f"Two people answered this differently{conflict_place(question, found[0])}.{more}")
            for title, side in (("Ours", found[0].ours), ("Theirs", found[0].theirs)):
                said = say_side(question, found[0], side, self._session.people())
                self._say(f"{title}: {said}", indent=2, hang=4)
            self._say("“:ours” or “:theirs” decides which of them holds.")

    # -- asking ------------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Ask until the answer is accepted, or passed by; then the session has gone on."""
        if left_open := self._beside.left_open:
            self._say("Where you were when it ended:")
            if left_open == "note":
                self._beside.note()
            elif self._mark(left_open):
                return
        self.show()
        if isinstance(self._question.field, TableKind):
            self._ask_rows()
        else:
            self._ask_value()

    def _ask_rows(self) -> None:
        rows = Rows(self._talk, self._session, self._question, self._here, self._beside.greet, self._remark)
        rows.say()
        while True:
            command = rows.run()
            if command is None:
                self._go_on(rows.before, rows.known)
                return
            if self._do(command):
                return
            rows.say()

    def _ask_value(self) -> None:
        field, session = self._question.field, self._session
        if isinstance(field, TableKind):
            raise TypeError("a table is asked row by row")
        say_offer(self._talk, field, session.context)
        while True:
            said = self._listen()
            if isinstance(said, Command):
                if self._do(said):
                    return
                continue
            before = set(newcomers(session.handoff, session.template))
            known = at_once(session, self._question.id)
            draft = session.drafts.get(self._question.id)
            raw = (draft or None) if said is None else said
            if rejections := self._accept(raw):
                for item in rejections:
                    self._say(f"! {item}")
                if raw is not None:
                    session.drafts[self._question.id] = raw
                    if isinstance(field, TextKind):
                        self._say("It is kept; “:line 1 other words” changes a line, “:add” adds some.")
                elif self._question.essential:
                    self._say("“:open” if nobody knows yet; “:go” and “:sections” go elsewhere.")
                continue
            self._say_taken(raw)
            self._go_on(before, known)
            return

    def _listen(self) -> Raw | Command | None:
        field, session = self._question.field, self._session
        if isinstance(field, TableKind):
            raise TypeError("a table is asked row by row")
        draft = session.drafts.get(self._question.id)
        stands = raw_of(field, standing(session, self._question)) if draft is None else draft
        ways = ", ".join(part for part in (how(field, session.context), self._what_enter_does(bool(draft))) if part)
        return ask_field(
            self._talk,
            field,
            session.context,
            f"Answer, {ways}:" if ways else "Answer:",
            self._here,
            stands=stands if isinstance(stands, str) else "",
            keep=lambda text: session.keep_draft(self._question.id, text),
        )

    def _what_enter_does(self, draft: bool) -> str:
        answer = self._session.handoff.answer(self._question.id)
        if draft:
            return "Enter takes what you typed"
        if answer.stale is not None:
            return "Enter leaves it stale"
        if answer.mark is not None or answer.value is not None:
            return "Enter keeps it"
        if self._question.suggest is not None:
            return "Enter takes what is suggested"
        return "" if self._question.essential else "Enter goes on without"

    def _accept(self, raw: Raw | None) -> Sequence[Rejection]:
        session, question = self._session, self._question
        field = question.field
        if raw is not None or isinstance(field, TableKind):
            return session.answer(question.id, raw)
        stands = raw_of(field, standing(session, question))
        if may_pass(session, question, nothing=not stands):
            return []
        return session.answer(question.id, stands)

    def _say_taken(self, raw: Raw | None) -> None:
        """Say what was understood, where that is not what was typed."""
        field, value = self._question.field, self._session.handoff.answer(self._question.id).value
        if raw is None or isinstance(field, TableKind | TextKind) or value is None:
            return
        said = say_scalar(field, value, self._session.people())
        self._talk.say_taken(said)

    def _go_on(self, before: set[Newcomer], known: Sequence[Finding]) -> None:
        self._remark([item for item in at_once(self._session, self._question.id) if item not in known])
        self._beside.greet(before)
        self._session.go_on()

    # -- what follows from an answer ---------------------------------------------------------------------------------

    def _remark(self, findings: Sequence[Finding]) -> None:
        """Say what is wrong with an answer that was accepted: never in the way of going on."""
        for group in grouped(findings):
            self._say(f"{_SEVERITY[group.first.severity]}: {group.message} {group.first.fix}")

    # -- beside the answer -------------------------------------------------------------------------------------------

    def _do(self, command: Command) -> bool:
        """Do what belongs to the question; say whether it is done with."""
        session, question_id = self._session, self._question.id
        if command.name in _MARKS:
            return self._mark(_MARKS[command.name])
        if command.name == "still":
            if session.handoff.answer(question_id).stale is None:
                self._say("This answer is not stale.")
                return False
            session.reconfirm(question_id)
            session.go_on()
            return True
        if command.name in ("ours", "theirs"):
            self._decide("ours" if command.name == "ours" else "theirs")
        elif command.name == "drop":
            self._say("Forgotten." if session.drafts.pop(question_id, None) else "Nothing is waiting here.")
        elif session.handoff.answer(question_id).value is not None:
            session.clear(question_id)
            self._say("The answer is taken away. “:undo” brings it back.")
        else:
            self._say("There is no answer here.")
        return False

    def _decide(self, take: Side) -> None:
        found = conflicts_in(self._session.handoff, self._question.id)
        if not found:
            self._say("There is only one version of this.")
            return
        self._session.resolve(found[0], take)
        self._say(f"{take.capitalize()} holds.")
        self._say_conflict()
        self._say_standing()

    def _mark(self, kind: str) -> bool:
        """Mark the question; say whether it was marked, and gone on from."""
        session, question = self._session, self._question
        before = set(newcomers(session.handoff, session.template))
        known = at_once(session, question.id)
        here = Here(self.help, self.show, leads=_LEADS, instead="Give the answer first.")
        if not self._beside.mark(kind, here):
            return False
        self._go_on(before, known)
        return True
