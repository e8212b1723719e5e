"""F2: every section with its status and every question with its mark; jump anywhere, or type to find."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from handoff_tui.core.interview import REVIEW, Place, SectionStatus
from handoff_tui.core.text import fold
from handoff_tui.session.session import Session
from handoff_tui.tui.dialogs.base import Dialog
from handoff_tui.tui.typeahead import focus_now
from handoff_tui.tui.widgets.chrome import Action
from handoff_tui.tui.widgets.inputs import LineInput
from handoff_tui.tui.widgets.listing import Listing
from handoff_tui.tui.words import mark

__all__ = ["SectionsDialog"]

_STYLES = {SectionStatus.STALE: "$warning", SectionStatus.IN_PROGRESS: "$accent"}


class SectionsDialog(Dialog[Place]):
    """Returns the place to jump to."""

    title_text = "Sections"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.wants_drill = False
        """Whether it was closed to play a failure through, which is no place of the interview."""

    def body(self) -> Iterable[Widget]:
        """Return the line to find with, and the list."""
        find = LineInput(classes="find")
        find.placeholder = "Type part of a question to find it"
        yield find
        yield Listing(id="places")

    def buttons(self) -> Iterable[Widget]:
        """Return the three buttons."""
        yield Action("Review everything", id="to-review", action="screen.review")
        yield Action("Drill", id="to-drill", action="screen.drill")
        yield Action("Close", id="dialog-close", action="screen.close")

    def on_mount(self) -> None:
        """Show all places, the present one highlighted."""
        here = self._session.place
        self._fill("", f"question:{here.id}" if here.kind == "question" else f"section:{here.id}")
        focus_now(self.query_one("#places"))

    def _fill(self, find: str, at: str | None = None) -> None:
        interview = self._session.interview
        words = fold(find).split()
        options: list[Option] = []
        for section in self._session.template.sections:
            asked = interview.asked_in(section)
            found = [
                question
                for question in asked
                if all(word in fold(f"{question.ask} {question.label} {question.id} {section.title}") for word in words)
            ]
            if not found:
                continue
            status = interview.section_status(section)
            title = Content.assemble((section.title, "bold"), "  ", (str(status), _STYLES.get(status, "$quiet")))
            options.append(Option(title, id=f"section:{section.id}"))
            for question in found:
                sign = mark(interview.state(question), stale=interview.needs_another_look(question))
                need = "" if question.essential else f"  {question.need}"
                if question.id in interview.disputed:
                    need = "  two versions"
                line = Content("   ") + sign + Content(f" {question.label}") + Content.styled(need, "$quiet")
                options.append(Option(line, id=f"question:{question.id}"))
        if not options:
            options = [Option(Content.styled("Nothing found", "$quiet"), disabled=True)]
        first = options[1].id if find and len(options) > 1 else at
        self.query_one("#places", Listing).show(options, at=first)

    @on(Input.Changed, ".find")
    def _find(self, event: Input.Changed) -> None:
        self._fill(event.value)

    @on(Input.Submitted, ".find")
    def _take(self, event: Input.Submitted) -> None:
        event.stop()
        places = self.query_one("#places", Listing)
        if places.highlighted is not None:
            places.action_select()
        else:
            focus_now(event.input)

    def on_key(self, event: events.Key) -> None:
        """Begin to find by typing; the arrows go between the line and the list."""
        find, places = self.query_one(LineInput), self.query_one("#places", Listing)
        if find.has_focus and event.key == "down":
            event.stop()
            focus_now(places)
        elif places.has_focus and event.is_printable and event.character and (event.key != "space" or find.value):
            event.stop()
            focus_now(find)
            if event.character != "/":
                find.insert_text_at_cursor(event.character)

    @on(OptionList.OptionSelected)
    def _jump(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        kind, _, place_id = (event.option_id or "").partition(":")
        if kind == "section":
            section = self._session.template.section_by_id[place_id]
            asked = self._session.interview.asked_in(section)
            left = [question for question in asked if not self._session.interview.settled(question)]
            place_id = (left or asked)[0].id
        self.dismiss(Place("question", place_id))

    def action_review(self) -> None:
        """Go to the review."""
        self.dismiss(REVIEW)

    def action_drill(self) -> None:
        """Go to the drill."""
        self.wants_drill = True
        self.dismiss(None)
