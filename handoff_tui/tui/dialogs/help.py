"""F1: why it is asked, an example, a fact that helps, and the keys."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from handoff_tui.core.question import Question
from handoff_tui.core.table import Column
from handoff_tui.tui.dialogs.base import TextDialog
from handoff_tui.tui.typeahead import focus_now
from handoff_tui.tui.widgets.chrome import Action

__all__ = ["HelpDialog"]


class HelpDialog(TextDialog[None]):
    """Help for where somebody is; `keys` are pairs of key and what it does, `about` of a heading and a text."""

    title_text = "Help"

    def __init__(
        self,
        keys: Sequence[tuple[str, str]],
        question: Question | None = None,
        column: Column | None = None,
        about: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__()
        self._keys = keys
        self._explained = about
        self._question = question
        self._column = column
        if question:
            self.title_text = question.label

    def body(self) -> Iterable[Widget]:
        """Return the help, the question's first."""
        parts = [Content.assemble((heading, "bold"), "\n", text) for heading, text in self._explained]
        if self._question:
            parts += self._about(self._question)
        if self._column and (self._column.ask or self._column.hint):
            about = "  ".join(part for part in (self._column.ask, self._column.hint) if part)
            parts.append(Content.assemble((self._column.label, "bold"), "\n", about))
        width = max((len(key) for key, _ in self._keys), default=0)
        room = min(self.app.size.width - 12, 68) - width - 2
        keys = []
        for key, what in self._keys:
            first, *more = textwrap.wrap(what, max(room, 20))
            keys.append(Content.assemble((key.ljust(width + 2), "bold"), (first, "$quiet")))
            keys += [Content.assemble(" " * (width + 2), (line, "$quiet")) for line in more]
        parts.append(Content.assemble(("Keys", "bold"), "\n") + Content("\n").join(keys))
        yield Static(Content("\n\n").join(parts), markup=False)

    @staticmethod
    def _about(question: Question) -> list[Content]:
        parts = [Content.assemble((question.ask, "bold"))]
        parts += [Content(f"In {title.lower()}: {text}") for title, text in question.adds]
        parts.append(Content.assemble(("Why it is asked\n", "$quiet"), question.why))
        parts.append(Content.assemble(("For example\n", "$quiet"), question.example))
        if question.hint:
            parts.append(Content.assemble(("Good to know\n", "$quiet"), " ".join(question.hint.split())))
        return parts

    def buttons(self) -> Iterable[Widget]:
        """Return the one button."""
        yield Action("Close", id="dialog-close", action="screen.close", main=True)

    def on_mount(self) -> None:
        """Focus the button, so that Enter closes."""
        focus_now(self.query_one("#dialog-close"))
