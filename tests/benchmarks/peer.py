"""The other side of each ratio: the least that Textual itself costs. `python -m tests.benchmarks.peer list|text FILE`.

Each is what the toolkit's own manual would write; it imports nothing of ours, and takes its text from a file.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Footer, OptionList, TextArea


class ListApp(App[None]):
    """A list and a footer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("n", "new", "Start"), Binding("q", "quit", "Leave")]

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Lay out the list and the footer."""
        yield OptionList(*self._lines, markup=False)
        yield Footer()


class TextApp(App[None]):
    """A text area."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay out the text area."""
        yield TextArea(self._text, soft_wrap=True)


def main() -> None:
    """Run one of the two."""
    what, path = sys.argv[1:]
    text = Path(path).read_text(encoding="utf-8")
    app: App[None] = ListApp(text.splitlines()) if what == "list" else TextApp(text)
    app.run()


if __name__ == "__main__":
    main()
