"""A template small enough to hold in the head, and short ways to make what tests need."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from handoff_tui.catalog import Catalog
from handoff_tui.catalog.review import review
from handoff_tui.catalog.shape import build
from handoff_tui.core.answers import Answer
from handoff_tui.core.handoff import Handoff, Head
from handoff_tui.core.table import TableKind
from handoff_tui.core.template import Template

TODAY = date(2026, 11, 23)
"""A Monday."""

COMMON = 'label = "L"\nask = "A?"\nwhy = "W."\nexample = "E"\n'
"""What every question of a template has, for those that are about something else."""

SMALL = """
format = 1
version = 3
title = "Small"
about = "Enough questions to walk through."

[start]
title = "Start"
theme = "Ownership"
minutes = 10
goal = { kind = "text", need = "essential" }
weight = { kind = "choice", need = "essential", choices = { low = "a nuisance", high = "money is lost" } }
limits = { kind = "text", need = "recommended" }
count = { kind = "number", need = "optional" }

[parties]
title = "Who"
theme = "Ownership"
minutes = 6

[parties.people]
kind = "table"
need = "essential"
row_name = "contact"
columns.key = { label = "Key" }
columns.name = { label = "Name" }
columns.backup = { kind = "contact", label = "Backup", more = true }

[watch]
title = "Watch"
theme = "Alerts"
minutes = 9

[watch.alerts]
kind = "table"
need = "essential"
premises = ["start.weight"]
row_name = "alert"
columns.alert = { label = "Alert", example = "LagHigh" }
columns.goes_to = { kind = "contact", label = "Goes to" }
columns.urgency = { kind = "choice", label = "Urgency", choices = { page_now = "wake", notice = "only a note" } }
columns.runbook = { label = "Runbook", example = "wiki page", needed_when = { urgency = "page_now" } }
columns.tested_on = { kind = "date", label = "Tested", more = true, usually = "past" }

[watch.window]
kind = "duration"
need = "essential"
may_stay_open = true

[close]
title = "Close"
theme = "Escalation"
minutes = 4
review_by = { kind = "date", need = "essential" }
until = { kind = "date", need = "recommended", when = { "handoff.moment" = "engineering_to_support" } }
drill = { kind = "line", need = "essential", when = { "start.weight" = "high" }, changed = 3 }
signoff = { kind = "line", need = "essential", premises = "essentials" }

[close.gaps]
kind = "table"
need = "recommended"
always_offered = true
row_name = "gap"
columns.gap = { label = "Gap" }
columns.owner = { kind = "contact", label = "Owner" }
"""

ALERT = {"alert": "LagHigh", "goes_to": "mara", "urgency": "notice"}
MARA = {"key": "mara", "name": "Māra Bērziņa"}

COMPLETE: dict[str, Any] = {
    "start.goal": "A customer can keep reading.",
    "start.weight": "low",
    "parties.people": [MARA],
    "watch.alerts": [ALERT],
    "watch.window": "4h",
    "close.review_by": date(2027, 5, 1),
    "close.signoff": "Support",
    "close.gaps": [{"gap": "no test account", "owner": "mara"}],
}
"""An answer to everything that the small template asks unbidden at first."""


def template_from(text: str) -> Template:
    """Return the template of a TOML text; questions may leave out label, ask, why and example."""
    raw = tomllib.loads(text)
    for section in (value for value in raw.values() if isinstance(value, dict)):
        for name, question in section.items():
            if isinstance(question, dict):
                section[name] = {"label": name.capitalize(), "ask": "Well?", "why": "Why.", "example": ""} | question
    built = build(raw, "small", ("small",))
    assert isinstance(built, Template), built
    assert review(built) == []
    return built


@cache
def small() -> Template:
    return template_from(SMALL)


@cache
def bundled(name: str) -> Template:
    return Catalog().load(name)


def handoff_of(values: Mapping[str, Any] | None = None, **head: Any) -> Handoff:
    """Return a handoff with answered questions, by full id."""
    answers = {question_id: Answer(value=value) for question_id, value in (values or {}).items()}
    return Handoff(head=replace(Head(template="small", template_version=3), **head), answers=answers)


def complete(**head: Any) -> Handoff:
    return handoff_of(COMPLETE, **{"name": "Small", "owner": "mara"} | head)


def table_of(template: Template, question_id: str) -> TableKind:
    field = template.by_id[question_id].field
    assert isinstance(field, TableKind)
    return field
