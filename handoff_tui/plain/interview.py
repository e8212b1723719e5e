"""The interview in lines: from place to place, and what leads from one to another."""

from __future__ import annotations

from collections.abc import Sequence

from handoff_tui.core.finding import Finding
from handoff_tui.core.interview import REVIEW, Place
from handoff_tui.core.text import fold
from handoff_tui.core.wording import gist
from handoff_tui.plain.commands import Command
from handoff_tui.plain.pages import Finish, ReadBack, Review
from handoff_tui.plain.question import QuestionPage
from handoff_tui.plain.talk import Here, Leave, Talk
from handoff_tui.session.findings import told
from handoff_tui.session.opened import Opened

__all__ = ["Interview"]


class Interview:
    """One interview that is open, until somebody leaves."""

    def __init__(self, talk: Talk, opened: Opened) -> None:
        self._talk = talk
        self._say = talk.console.say
        self._opened = opened
        self._session = opened.session
        self._led: Sequence[Finding] = ()
        self._reviewed = False
        talk.opened = opened
        talk.finds = self._find
        talk.console.waits = opened.record
        talk.console.hides = lambda text: told(opened.session, text)

    def run(self) -> None:
        """Ask from where the session stands, until it is finished or left."""
        self._welcome()
        over = False
        while not over:
            self._look_outside()
            try:
                over = self._at_place()
            except Leave as leave:
                over = self._lead(leave)

    def _welcome(self) -> None:
        session = self._session
        head = session.handoff.head
        self._say(f"{head.name} · {session.template.title.lower()} · {head.status} · {session.summary_line()}")
        self._say(
            f"Saved in {self._opened.path.name} with each answer. “:help” lists what can be done, “:quit” leaves."
        )
        if self._opened.recovered:
            self._say(self._opened.recovered)

    def _at_place(self) -> bool:
        """Ask what the place asks; say whether the interview is over."""
        session = self._session
        place, led, self._led = session.place, self._led, ()
        if place.kind == "question" and session.question is not None:
            QuestionPage(self._talk, session, session.question, led).run()
        elif place.kind == "read_back":
            page = ReadBack(self._talk, session)
            page.run()
            self._led = page.lines.led
        else:
            return self._review()
        return False

    def _review(self) -> bool:
        review = Review(self._talk, self._session)
        finish = Finish(self._talk, self._session, self._opened.path)
        briefly, self._reviewed = self._reviewed, True
        over = review.run(finish.run, briefly=briefly)
        self._led = review.lines.led or finish.lines.led
        return over

    # -- leading away ------------------------------------------------------------------------------------------------

    def _lead(self, leave: Leave) -> bool:
        """Follow a command to another place; say whether it leads out."""
        session, command = self._session, leave.command
        if leave.place is not None:
            session.jump(leave.place)
        if command.name == "quit":
            return True
        if command.name == "back":
            if session.go_back() is None:
                self._say("This is the first question. “:quit” leaves; everything is saved.")
        elif command.name == "review":
            self._reviewed = False
            session.jump(REVIEW)
        elif command.name == "undo":
            what = session.undo()
            self._say(f"Undone: {what}." if what else "There is nothing to undo.")
        return False

    def _find(self, command: Command) -> Place | None:
        """Return the place that is looked for: a question by its words, or a section."""
        return self._question_with(command.words) if command.name == "go" else self._section()

    def _question_with(self, words: str) -> Place | None:
        interview = self._session.interview
        found = [q for section in self._session.template.sections for q in interview.found_in(section, words)]
        named = [question for question in found if all(word in fold(question.label) for word in fold(words).split())]
        found = named if len(named) == 1 else found  # its name says more than a word somewhere in a question
        if not words:
            self._say("Say where to: “:go” and part of a question. “:sections” lists the sections.")
        elif not found:
            self._say(f"No question has “{words}”. “:sections” lists the sections.")
        elif (at := self._choose([question.label for question in found])) is not None:
            return Place("question", found[at].id)
        return None

    def _section(self) -> Place | None:
        interview = self._session.interview
        sections = [section for section in self._session.template.sections if interview.asked_in(section)]
        lines = [f"{section.title}: {interview.section_status(section).lower()}" for section in sections]
        at = self._choose(lines)
        return None if at is None else Place("question", interview.first_in(sections[at]).id)

    def _choose(self, lines: Sequence[str]) -> int | None:
        """Ask which of several; without a number, none of them. Of one there is nothing to ask."""
        if len(lines) == 1:
            return 0
        self._talk.console.numbered(lines)
        while True:
            said = self._talk.ask("Which number? Enter stays here:", Here())
            if not isinstance(said, str) or not said.strip():
                return None
            if (number := self._talk.number(said, len(lines))) is not None:
                return number - 1

    # -- others ------------------------------------------------------------------------------------------------------

    def _look_outside(self) -> None:
        """Bring in what somebody else wrote into the file, and say so."""
        self._opened.saver.flush(1.0)
        outside = self._opened.look_outside()
        if outside is None:
            return
        if outside.gone:
            self._say("The file is no longer there. “:saved” writes it again, “:saved PATH” in another place.")
            return
        self._say(f"Somebody else changed this file. {outside.in_words()}")
        for question_id in dict.fromkeys((*outside.disputed, *outside.taken)):
            question = self._session.template.by_id.get(question_id)
            what = "to decide" if question_id in outside.disputed else "new"
            value = gist(question, self._session.handoff.answer(question_id).value) if question else ""
            self._say(f"{question.label if question else question_id}, {what}: {value}", indent=2, hang=4)
        if outside.disputed:
            self._say("“:go” and part of its name leads to one of them.")
