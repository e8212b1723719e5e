"""What somebody else changed in the file while it was open, answer by answer; and what has to be decided."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from handoff_tui.core.interview import Place
from handoff_tui.session.findings import told_gist
from handoff_tui.session.opened import Outside
from handoff_tui.session.session import Session
from handoff_tui.tui.dialogs.base import Dialog
from handoff_tui.tui.typeahead import TypeAheadApp, focus_now
from handoff_tui.tui.widgets.chrome import Action
from handoff_tui.tui.widgets.listing import Listing
from handoff_tui.tui.words import safe

__all__ = ["OutsideDialog"]


class OutsideDialog(Dialog[Place]):
    """Returns the place to go to, if one was chosen."""

    title_text = "Somebody else changed this file"

    def __init__(self, session: Session, outside: Outside) -> None:
        super().__init__()
        self._session = session
        self._outside = outside
        self._typed: list[events.Key] = []

    def body(self) -> Iterable[Widget]:
        """Return what happened, and the answers that are touched."""
        yield Static(safe(self._lead(), "$quiet"), markup=False)
        yield Listing(id="outside")

    def _lead(self) -> str:
        return self._outside.in_words() + ("" if self._outside.problem else " Enter goes there.")

    def buttons(self) -> Iterable[Widget]:
        """Return the one button."""
        yield Action("Go on", id="dialog-close", action="screen.close", main=True)

    def on_mount(self) -> None:
        """Show the answers, those to decide first."""
        options = [Option(self._line(item, "decide"), id=item) for item in self._outside.disputed]
        taken = [item for item in self._outside.taken if item not in self._outside.disputed]
        options += [Option(self._line(item, "new"), id=item) for item in taken]
        listing = self.query_one(Listing)
        listing.show(options)
        listing.display = bool(options)
        focus_now(listing if self._outside.disputed else self.query_one("#dialog-close"))

    def _line(self, question_id: str, what: str) -> Content:
        question = self._session.template.by_id.get(question_id)
        label = question.label if question else question_id
        value = told_gist(self._session, question, 40) if question else ""
        return safe(f"{what:<8}", "$warning") + safe(label, "bold") + safe(f"  {value}", "$quiet")

    def on_key(self, event: events.Key) -> None:
        """Keep for the answer what is typed by somebody who has not seen yet that this came up."""
        if event.is_printable:
            event.stop()
            self._typed.append(event)

    @on(OptionList.OptionSelected)
    def _go(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._typed:
            self.action_close()  # Enter was meant for the answer too
        elif event.option_id in self._session.template.by_id:
            self.dismiss(Place("question", str(event.option_id)))

    def action_close(self) -> None:
        """Go on where we were; what was typed meanwhile goes there."""
        if self._typed and isinstance(self.app, TypeAheadApp):
            self.app.hold_keys()
            for event in self._typed:
                self.app.hold(event)
        self.dismiss(None)
