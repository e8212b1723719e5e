"""The first lines of a team's own template."""

from __future__ import annotations

import tomli_w

from handoff_tui.core.template import Template

__all__ = ["starter"]


def starter(below: Template, name: str) -> str:
    """Return a template that extends another: it loads as it stands, and shows each thing that can be added."""
    title = name.replace("-", " ").replace("_", " ").capitalize()
    head = {
        "format": 1,
        "version": 1,
        "extends": "base" if below.id == "general" else below.id,
        "title": title,
        "about": f"{below.title}, with what our team asks besides.",
    }
    return f"""\
# Questions of our own, laid over “{below.title}”. What each key means: docs/templates.md of handoff-wizard.
# Check it: handoff-wizard templates check {name}

{tomli_w.dumps(head)}
# Say more about a question that exists; it is shown under the question and replaces nothing.
[business_state.journey]
adds = "Which of our products does this touch?"

# A question of our own, in a section that exists.
[close.our_check]
kind = "line"
need = "recommended"
label = "Our check"
ask = "What does our own checklist ask, that nobody asked here?"
why = "Each team has one thing that always goes wrong."
example = "The feature flag has an owner and an end date"
"""
