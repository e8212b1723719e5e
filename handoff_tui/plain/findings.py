"""Findings with numbers: what is wrong, what to do, where; to go there, or to take a warning on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from handoff_tui.core.finding import Finding, Group, grouped
from handoff_tui.core.interview import Place
from handoff_tui.core.text import plural
from handoff_tui.plain.forms import Form
from handoff_tui.plain.talk import Talk
from handoff_tui.session.findings import accept, can_be_accepted, place_of, withdraw
from handoff_tui.session.forms import ACCEPTANCE, START
from handoff_tui.session.session import Session

__all__ = ["Numbered", "counted"]

_MOST_PLACES = 12


def counted(findings: Iterable[Finding]) -> str:
    """Return how much was found: “2 errors · 1 warning”."""
    found = [group.first.severity for group in grouped(findings)]
    return " · ".join(plural(found.count(item), item) for item in ("error", "warning") if item in found)


@dataclass
class Numbered:
    """The lines of a page that have numbers: findings, and questions."""

    talk: Talk
    session: Session
    _lines: list[tuple[Group, Finding] | str] = field(default_factory=list)
    _taken: list[Group] = field(default_factory=list)

    def begin(self) -> None:
        """Begin to number anew."""
        self._lines, self._taken = [], []

    @property
    def led(self) -> tuple[Finding, ...]:
        """The finding that was followed last."""
        return self._led

    _led: tuple[Finding, ...] = ()

    # -- saying ------------------------------------------------------------------------------------------------------

    def say_question(self, text: str, question_id: str) -> None:
        """Say a line about a question."""
        self._number(text, question_id)

    def say_findings(self, findings: Iterable[Finding]) -> None:
        """Say findings, those of one cause once, with every place."""
        for group in grouped(findings):
            first = group.first
            said = f"{first.severity.capitalize()}: {group.message} {first.fix}"
            if len(group.findings) == 1:
                self._number(f"{said} ({place_of(self.session, first)})", (group, first))
                continue
            self._number(said, (group, first))
            for finding in group.findings[:_MOST_PLACES]:
                self._number(f"in {place_of(self.session, finding)}", (group, finding))
            if len(group.findings) > _MOST_PLACES:
                self.talk.console.say(f"and {len(group.findings) - _MOST_PLACES} more places.", indent=4)

    def say_accepted(self, findings: Iterable[Finding]) -> None:
        """Say what was taken on, with the reason."""
        people = self.session.people()
        for group in grouped(findings):
            taken = group.first.accepted
            why = f" {taken.reason} ({people.get(taken.by, taken.by)})" if taken else ""
            self._number(f"Accepted: {group.message}{why}", (group, group.first))
            self._taken.append(group)

    def _number(self, text: str, target: tuple[Group, Finding] | str) -> None:
        self._lines.append(target)
        self.talk.console.numbered([text], begin=len(self._lines))

    # -- acting ------------------------------------------------------------------------------------------------------

    def _target(self, said: str) -> tuple[Group, Finding] | str | None:
        number = self.talk.number(said, len(self._lines))
        return None if number is None else self._lines[number - 1]

    def go(self, said: str, return_to: Place) -> bool:
        """Go where a number leads; say whether that is somewhere else."""
        target, session = self._target(said), self.session
        self._led = ()
        if target is None:
            return False
        if isinstance(target, str):
            session.jump(Place("question", target), return_to=return_to)
            return True
        finding = target[1]
        if finding.question in session.template.by_id:
            self._led = (finding,)
            place = Place("question", finding.question)
            session.jump(place, return_to=return_to, row=finding.index, cell=finding.column)
            return True
        if finding.question.startswith("handoff."):
            self.head()
        else:
            self.talk.console.say("This stands in the file itself; open it in an editor.")
        return False

    def head(self) -> None:
        """Change the name, the moment or the owner."""
        session = self.session
        head = session.handoff.head
        stands = {"name": head.name, "moment": head.moment, "owner": head.owner}
        self.talk.console.say("The head of the handoff:")
        form = Form(
            self.talk, START, stands, lambda: session.context, session.change_head, only=tuple(stands), from_first=True
        )
        form.run()

    def accept(self, said: str) -> None:
        """Take a warning on with a reason and a name; what was accepted, no longer."""
        target, say = self._target(said), self.talk.console.say
        if target is None:
            return
        if isinstance(target, str):
            say("This is an answer; only a warning can be accepted.")
            return
        group = target[0]
        if group in self._taken:
            withdraw(self.session, group.findings)
            say("It is no longer accepted.")
        elif can_be_accepted(group.first):
            say("A false alarm:" if group.first.rule == "secret" else "Accept this warning:")
            say(f"{group.message} It comes back when the text changes.")
            session = self.session
            form = Form(
                self.talk, ACCEPTANCE, {}, lambda: session.context, lambda raw: accept(session, group.findings, raw)
            )
            say("Accepted." if form.run() else "It stands.")
        else:
            advice = group.first.severity == "advice"
            say(
                "Advice needs no accepting." if advice else "An error has to be mended; only a warning can be accepted."
            )
