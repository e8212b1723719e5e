"""A list to choose a line from; every line is content, never markup."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from handoff_tui.tui.typeahead import TypesAhead

__all__ = ["Hanging", "Listing"]


class Hanging(Visual):
    """Lines that go on, where they are too long, below their own beginning and not below their mark.

    Args:
        lines: Each with the cells of its margin, which is the beginning of the line itself.
    """

    def __init__(self, *lines: tuple[int, Content]) -> None:
        self._lines = lines

    def __str__(self) -> str:
        """Return the text as one."""
        return "\n".join(line.plain for _, line in self._lines)

    def _parts(self) -> list[tuple[Content, Content]]:
        return [(line[:margin], line[margin:]) for margin, line in self._lines]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return max((line.get_optimal_width(rules, container_width) for _, line in self._lines), default=0)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return sum(text.get_height(rules, max(width - margin.cell_length, 1)) for margin, text in self._parts())

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        strips: list[Strip] = []
        for margin, text in self._parts():
            room = margin.cell_length
            below = Strip.blank(room, style.rich_style)
            first = margin.render_strips(room, 1, style, options) if margin.plain.strip() else [below]
            lines = text.render_strips(max(width - room, 1), None, style, options)
            begun = [first[0].extend_cell_length(room, style.rich_style), *[below] * (len(lines) - 1)]
            strips += [Strip.join(pair) for pair in zip(begun, lines, strict=True)]
        return strips if height is None else strips[:height]


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
