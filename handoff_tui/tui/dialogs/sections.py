"""F2: every section with its status and every question with its mark; jump anywhere, or type to find."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from handoff_tui.core.interview import REVIEW, Place, SectionStatus
from handoff_tui.session.session import Session
from handoff_tui.tui.dialogs.base import Dialog
from handoff_tui.tui.host import host_of
from handoff_tui.tui.typeahead import focus_now
from handoff_tui.tui.widgets.chrome import Action
from handoff_tui.tui.widgets.inputs import LineInput
from handoff_tui.tui.widgets.listing import Listing
from handoff_tui.tui.words import mark

__all__ = ["ALL_ACTIONS", "DRILL", "OPEN_POINTS", "SectionsDialog"]

_STYLES = {SectionStatus.STALE: "$warning", SectionStatus.IN_PROGRESS: "$accent"}


DRILL, OPEN_POINTS = "drill", "open points"
"""What the dialog returns where one of those is wanted."""
ALL_ACTIONS = "all actions"
"""What it returns where the palette is: the way to every action for whoever has only the mouse."""


class Places(Listing):
    """The list; a letter typed on it begins to find, and those after it go on with that."""

    def is_step(self, event: events.Key) -> bool:
        return event.is_printable or super().is_step(event)


class SectionsDialog(Dialog[Place | str]):
    """Returns the place to jump to, `OPEN_POINTS`, `DRILL` or `ALL_ACTIONS`."""

    BINDINGS = [
        Binding("f5", "open_points", "Open points, by owner and date", id="open-points", show=False),
        Binding("f6", "drill", "A drill: play a failure through", id="drill", show=False),
    ]

    title_text = "Sections"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._filled_for = ""

    def body(self) -> Iterable[Widget]:
        """Return the line to find with, and the list."""
        find = LineInput(classes="find")
        find.placeholder = "Type part of a question to find it"
        yield find
        yield Places(id="places")

    def buttons(self) -> Iterable[Widget]:
        """Return the buttons."""
        yield Action("Review", id="to-review", action="screen.review")
        yield Action("Open points", id="to-open-points", action="screen.open_points")
        yield Action("Drill", id="to-drill", action="screen.drill")
        yield Action("Actions", id="to-actions", action="screen.actions")
        yield Action("Close", id="dialog-close", action="screen.close")

    def on_mount(self) -> None:
        """Show all places, the present one highlighted."""
        here = self._session.place
        self._fill("", f"question:{here.id}" if here.kind == "question" else f"section:{here.id}")
        focus_now(self.query_one("#places"))

    def _fill(self, find: str, at: str | None = None) -> None:
        interview = self._session.interview
        self._filled_for = find
        options: list[Option] = []
        for section in self._session.template.sections:
            found = interview.found_in(section, find)
            # Prework leaves sections out on purpose: nothing there waits for an answer.
            cannot_start = not interview.asked_in(section) and not find.strip() and interview.only is None
            if not found and not cannot_start:
                continue
            status = interview.section_status(section)
            title = Content.assemble((section.title, "bold"), "  ", (str(status), _STYLES.get(status, "$quiet")))
            options.append(Option(title, id=f"section:{section.id}", disabled=cannot_start))
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
        elif event.is_printable:
            host_of(self).release_keys()

    @on(OptionList.OptionSelected)
    def _jump(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        chosen, find = event.option_id, self.query_one(LineInput)
        if find.value != self._filled_for:
            # Enter overtook the letters typed before it, which the list has not followed yet: what they find is meant.
            self._fill(find.value)
            highlighted = self.query_one("#places", Listing).highlighted_option
            if highlighted is None:
                focus_now(find)
                return
            chosen = highlighted.id
        kind, _, place_id = (chosen or "").partition(":")
        if kind == "section":
            section = self._session.template.section_by_id[place_id]
            place_id = self._session.interview.first_in(section).id
        self.dismiss(Place("question", place_id))

    def action_open_points(self) -> None:
        """Go to the open points."""
        self.dismiss(OPEN_POINTS)

    def action_actions(self) -> None:
        """Go to the palette."""
        self.dismiss(ALL_ACTIONS)

    def action_review(self) -> None:
        """Go to the review."""
        self.dismiss(REVIEW)

    def action_drill(self) -> None:
        """Go to the drill."""
        self.dismiss(DRILL)
