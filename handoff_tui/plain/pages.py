"""What is not a question: the end of a section, the review, the finish."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from handoff_tui.core.answers import State
from handoff_tui.core.dates import say_date
from handoff_tui.core.interview import REVIEW, Place
from handoff_tui.core.question import Question
from handoff_tui.core.read_back import Decision, decisions
from handoff_tui.core.template import Section
from handoff_tui.core.text import fold, plural
from handoff_tui.core.wording import gist
from handoff_tui.errors import SaveError
from handoff_tui.plain.commands import Command
from handoff_tui.plain.findings import Numbered, counted
from handoff_tui.plain.talk import Here, Talk
from handoff_tui.session.findings import about_section, said_now, verdict
from handoff_tui.session.finish import Finished, by_owner, errors_of, finish, git_commands, open_points
from handoff_tui.session.session import Session
from handoff_tui.session.words import progress_line, state_line

__all__ = ["Finish", "ReadBack", "Review"]

_LEADS = frozenset({"back", "go", "sections", "review", "undo", "quit"})


class _Page:
    """A page with numbered lines, and words that do something."""

    help_text = ""
    prompt = ""

    def __init__(self, talk: Talk, session: Session) -> None:
        self._talk = talk
        self._say = talk.console.say
        self._session = session
        self.lines = Numbered(talk, session)
        self._here = Here(self._help, self.show, leads=_LEADS, instead="It belongs to a question.")

    def show(self) -> None:
        """Say the page."""
        raise NotImplementedError

    def _help(self) -> None:
        self._say(self.help_text)

    def _ask(self) -> tuple[str, str]:
        """Return the word that was typed, and what stands behind it; of a number alone, `go` and the number."""
        said = self._talk.ask(self.prompt, self._here)
        if isinstance(said, Command):
            raise TypeError("a page takes no commands")
        word, _, rest = said.strip().partition(" ")
        return ("go", word) if word.isdecimal() and not rest else (word.casefold(), rest.strip())


class ReadBack(_Page):
    """You decided. Agreed?"""

    help_text = (
        "Enter agrees and goes on. A number goes there, to change it. “accept” and the number of a warning takes it "
        "on with a reason. “more” asks the optional questions. “:back” goes to the last question."
    )
    prompt = "Agreed? Enter agrees, a number changes that:"

    @property
    def section(self) -> Section:
        """The section that ended."""
        return self._session.template.section_by_id[self._session.place.id]

    def show(self) -> None:
        session, section = self._session, self.section
        self.lines.begin()
        self._say()
        self._say(f"{section.title} · end of the section · {progress_line(session, spoken=True)}")
        self._say("You decided:")
        for decision in decisions(session.interview, section, session.people()):
            self.lines.say_question(self._decided(decision), decision.question.id)
        for question in session.interview.without_answer(section):
            self.lines.say_question(f"{question.label}: no answer yet", question.id)
        found = about_section(session, section.id)
        if found:
            self._say(f"Found: {counted(found) or 'advice'}.")
            self.lines.say_findings(found)
        if left := session.interview.optional_left(section):
            names = ", ".join(question.label.lower() for question in left)
            self._say(f"Not asked yet, optional: {names}. “more” asks for them.")

    def _decided(self, decision: Decision) -> str:
        session, question = self._session, decision.question
        unfinished = decision.state is State.UNFINISHED
        state = state_line(session, session.handoff.answer(question.id), unfinished=unfinished)
        head = f"{question.label}{f' ({state})' if state else ''}:"
        if len(decision.lines) == 1:
            return f"{head} {decision.lines[0]}"
        return "\n".join([head, *(f"– {line}" for line in decision.lines)]) if decision.lines else head.rstrip(":")

    def run(self) -> None:
        """Ask until it is agreed to, or left."""
        place = self._session.place
        self.show()
        while True:
            word, rest = self._ask()
            if not word or word in ("y", "yes", "agreed"):
                self._session.go_on()
                return
            if word == "go" and self.lines.go(rest, place):
                return
            if word == "more":
                self._session.want_optional(self.section.id)
                return
            if word == "accept":
                self.lines.accept(rest)
                self.show()
            elif word != "go":
                self._say(self.help_text)


class Review(_Page):
    """Every finding and every answer."""

    help_text = (
        "A number goes there. Other words find an answer by part of its name or its question, and go there. "
        "“accept” and the number of a warning takes it on with a reason, or takes that back. “next” goes to the next "
        "question to answer, “head” changes name, moment and owner, “list” says everything again, “finish” ends."
    )
    prompt = "Review, Enter finishes, a number or part of a name goes there:"

    def show(self) -> None:
        session = self._session
        self.show_findings()
        for section in session.template.sections:
            asked = session.interview.asked_in(section)
            if asked:
                self._say(f"{section.title}: {session.interview.section_status(section).lower()}.")
            for question in asked:
                self.lines.say_question(self._answer(question), question.id)
        if hidden := session.interview.progress.hidden:
            self._say(f"{plural(hidden, 'answer')} kept for a question that is not asked now.")

    def show_findings(self) -> None:
        """Say how ready it is, and what was found; the answers are there for who asks."""
        session = self._session
        found = verdict(session)
        said = said_now(session, found.findings)
        self.lines.begin()
        self._say()
        self._say(f"Review · {found.readiness.words} · {counted(said) or session.summary_line()}")
        self.lines.say_findings(said)
        self.lines.say_accepted(found.accepted)
        if unseen := len({item.question for item in found.findings} - {item.question for item in said}):
            self._say(f"{plural(unseen, 'question has', 'questions have')} no answer yet; “next” goes to the first.")

    def _answer(self, question: Question) -> str:
        session, interview = self._session, self._session.interview
        answer, state = session.handoff.answer(question.id), interview.state(question)
        said = state_line(session, answer, unfinished=state is State.UNFINISHED)
        value = gist(question, answer.value, width=120)
        missing = "" if value or said else "no answer yet" if question.essential else question.need
        return f"{question.label}: {' · '.join(part for part in (value, said, missing) if part)}"

    def run(self, finish: Callable[[], bool], *, briefly: bool) -> bool:
        """Ask until somebody goes elsewhere; say whether that was out of the interview, after the finish."""
        if briefly:
            self.show_findings()
            self._say("“list” says every answer.")
        else:
            self.show()
        while True:
            word, rest = self._ask()
            if not word or word == "finish":
                return finish()
            if word == "go":
                if self.lines.go(rest, REVIEW):
                    return False
            elif word == "next":
                self._session.jump(self._session.interview.first_unsettled())
                return False
            elif word == "accept":
                self.lines.accept(rest)
                self.show_findings()
            elif word == "head":
                self.lines.head()
            elif word == "list":
                self.show()
            elif (question := self._found(f"{word} {rest}")) is not None:
                self._session.jump(Place("question", question.id), return_to=REVIEW)
                return False

    def _found(self, words: str) -> Question | None:
        """Return the one question with these words; of several, or of none, say so."""
        session = self._session
        asked = [
            question
            for section in session.template.sections
            for question in session.interview.asked_in(section)
            if all(part in fold(f"{question.label} {question.ask} {question.id}") for part in fold(words).split())
        ]
        if len(asked) == 1:
            return asked[0]
        if asked:
            self._say(f"Several have that: {', '.join(question.label for question in asked)}. Type more of one.")
        else:
            self._say(f"Nothing has that. {self.help_text}")
        return None


class Finish(_Page):
    """Draft or final; then what was written, and how to check it in."""

    help_text = (
        "“final” signs it off, where no error is left; “draft” writes the draft; a number goes to what stands in the "
        "way; “:review” goes back."
    )

    def __init__(self, talk: Talk, session: Session, path: Path) -> None:
        super().__init__(talk, session)
        self._path = path

    def show(self) -> None:
        errors = errors_of(self._session)
        self.lines.begin()
        self._say()
        self._say(f"Finish · {verdict(self._session).readiness.words}")
        self.lines.say_findings(item for item in verdict(self._session).findings if item.severity != "advice")
        if errors:
            self._say("The errors must be settled before it can be final. A draft can be written at any time.")
        else:
            self._say("Nothing stands in the way. Final means signed off; a later change makes it a draft again.")

    def run(self) -> bool:
        """Ask until the files are written, or somebody goes elsewhere; say whether the interview is over."""
        self.show()
        while True:
            errors = bool(errors_of(self._session))
            default = "Enter writes the draft" if errors else "Enter signs it off as final"
            self.prompt = f"Draft or final? {default}:"
            word, rest = self._ask()
            word = word or ("draft" if errors else "final")
            if word == "go":
                if self.lines.go(rest, REVIEW):
                    return False
            elif word == "accept":
                self.lines.accept(rest)
                self.show()
            elif word == "final" and errors:
                self._say("Not yet: the errors must be settled first. “draft” writes the draft.")
            elif word in ("draft", "final"):
                if self._finish(final=word == "final"):
                    return self._leave()
            else:
                self._say(self.help_text)

    def _finish(self, *, final: bool) -> bool:
        try:
            finished = finish(self._session, self._path, final=final)
        except SaveError as error:
            self._say(f"! {error}")
            return False
        self._tell(finished)
        return True

    def _tell(self, finished: Finished) -> None:
        say = self._say
        say("Signed off." if finished.handoff.head.status == "final" else "The draft is written.")
        say("Both files lie side by side; check them in together.")
        say(f"{finished.path.name}: the contract, for machines and diffs", indent=2)
        say(f"{finished.summary.name}: the summary, for people", indent=2)
        points = by_owner(open_points(self._session))
        if points:
            say("Open, by owner:")
        for owner, items in points.items():
            for point in items:
                due = f"by {say_date(point.due)}" if point.due else "no date"
                say(f"{owner or 'nobody yet'}: {point.what}, {point.kind}, {due}", indent=2, hang=4)
        say("To check it in:")
        for command in git_commands(finished):
            self._talk.console.say_as_is(f"  {command}")

    def _leave(self) -> bool:
        self.prompt = "Enter leaves, “:review” goes back:"
        while self._ask()[0]:
            self._say("Press Enter to leave, or type “:review”.")
        return True
