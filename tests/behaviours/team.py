"""A template of a team's own, beside the handoffs, so that every command and every screen finds it."""

from __future__ import annotations

from pathlib import Path

__all__ = ["ANSWERS", "TEMPLATE", "with_team"]

TEMPLATE = """
format = 1
version = 1
title = "Team"
about = "A few questions of ours."

[one]
title = "One"
theme = "Ownership"
minutes = 10

[one.goal]
kind = "line"
need = "essential"
label = "Goal"
ask = "What is it for?"
why = "Somebody has to know."
example = "reading on"

[one.weight]
kind = "choice"
need = "essential"
label = "Weight"
ask = "How bad is it?"
why = "It decides how much is asked."
example = "a nuisance"
choices = { low = "a nuisance", high = "money is lost" }

[one.drill]
kind = "line"
need = "essential"
label = "Drill"
ask = "When do you rehearse it?"
why = "What is never rehearsed does not work."
example = "every May"
when = { "one.weight" = "high" }

[one.window]
kind = "duration"
need = "essential"
label = "Window"
ask = "For how long may it be down?"
why = "It is the limit for everything else."
example = "4h"
premises = ["one.weight"]

[two]
title = "Two"
theme = "Escalation"
minutes = 5

[two.copies]
kind = "line"
need = "essential"
label = "Copies"
ask = "Where are the copies?"
why = "Somebody looks for them at night."
example = "in the wiki"
when = { "one.weight" = "high" }
"""

ANSWERS = """
format = 1

[handoff]
name = "Billing"
template = "team"
moment = "engineering_to_support"
owner = "Mara"

[one]
goal = "reading on"
weight = "low"
drill = "every May"
window = "4 hours"
"""
"""Answers for it; one of them is to a question that is not asked then."""


def with_team(folder: Path, template: str = TEMPLATE) -> Path:
    """Put the team's template beside the handoffs of a folder; return the folder."""
    (folder / "handoff-templates").mkdir(exist_ok=True)
    (folder / "handoff-templates" / "team.toml").write_text(template, encoding="utf-8")
    return folder
