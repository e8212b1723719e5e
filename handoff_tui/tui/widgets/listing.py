"""A list to choose a line from; every line is content, never markup."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widgets import OptionList
from textual.widgets.option_list import Option

from handoff_tui.tui.typeahead import TypesAhead

__all__ = ["Listing"]


class Listing(TypesAhead, OptionList):
    """Lines to go through with the arrows; Enter or a click chooses one."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id, classes=classes, markup=False, compact=True)

    def show(self, options: Sequence[Option], *, at: str | None = None) -> None:
        """Replace the lines; highlight the one with the id `at`, else the first that can be chosen."""
        self.clear_options()
        self.add_options(options)
        able = [index for index, option in enumerate(options) if not option.disabled]
        wanted = [index for index in able if at is not None and options[index].id == at]
        self.highlighted = next(iter([*wanted, *able]), None)
