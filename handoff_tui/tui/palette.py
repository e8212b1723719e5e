"""Ctrl+P: every action of a screen by name, from the same bindings that its keys come from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from textual.app import App, SystemCommand
from textual.screen import Screen

from handoff_tui.tui.keys import ACTIONS, keys_of
from handoff_tui.tui.theme import DARK, LIGHT

__all__ = ["commands_for"]


def commands_for(app: App[Any], screen: Screen[Any]) -> Iterator[SystemCommand]:
    """Yield a command for each binding that has an id and a description, then the theme that is not on."""
    seen = {"palette"}  # that one is open
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.id and binding.description and binding.id not in seen:
            seen.add(binding.id)  # one line each, whatever number of keys it has
            run = partial(app.call_later, app.run_action, binding.action, active.node)
            shown = keys_of(app).shown(binding.id) if binding.id in ACTIONS else app.get_key_display(binding)
            yield SystemCommand(binding.description, f"Key: {shown}", run)
    other, word = (LIGHT, "light") if app.theme == DARK.name else (DARK, "dark")
    yield SystemCommand(
        f"Theme: {word}", "For a bright room, or a dark one", partial(setattr, app, "theme", other.name)
    )
