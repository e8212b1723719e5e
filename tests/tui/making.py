"""A template with one question of each kind, and the tables of names that some of them need."""

from __future__ import annotations

from functools import cache

from handoff_tui.core.table import Row
from handoff_tui.core.template import Template
from tests.core.making import template_from

__all__ = ["NAMED", "kinds"]

_KINDS = """
format = 1
version = 1
title = "Kinds"
about = "One question of each kind."

[parties]
title = "Who and what"
theme = "Ownership"
minutes = 5

[parties.people]
kind = "table"
need = "essential"
row_name = "contact"
columns.key = { label = "Short name", suggest_from = "name" }
columns.name = { label = "Name" }
columns.function = { kind = "choice", label = "Works in", choices = { eng = "engineering", support = "support" } }

[parties.systems]
kind = "table"
need = "essential"
row_name = "system"
columns.name = { label = "Name" }
columns.role = { kind = "choice", label = "Role", choices = { source = "the source", other = "something else" } }

[kinds]
title = "Kinds"
theme = "Ownership"
minutes = 10
line = { kind = "line", need = "essential", ask = "Line?", example = "one line" }
text = { kind = "text", need = "essential", ask = "Text?" }
number = { kind = "number", need = "essential", ask = "Number?", minimum = 1, unit = "updates" }
duration = { kind = "duration", need = "essential", ask = "Duration?" }
date = { kind = "date", need = "essential", ask = "Date?" }
contact = { kind = "contact", need = "essential", ask = "Contact?" }
system = { kind = "system", need = "essential", ask = "System?" }

[kinds.choice]
kind = "choice"
need = "essential"
ask = "Choice?"
choices = { low = "a nuisance", mid = "customers wait", high = "money is lost" }

[kinds.many]
kind = "many"
need = "essential"
ask = "Many?"
others = true
choices = { card = "card number", code = "security code", photo = "photo of an ID" }

[kinds.few]
kind = "many"
need = "essential"
ask = "Few?"
exclusive = "none"
choices = { refresh = "refresh it", retry = "send it again", none = "none of these" }

[kinds.suggested]
kind = "line"
need = "essential"
ask = "Suggested?"
suggest = "in user external_id"

[kinds.suggested_many]
kind = "many"
need = "essential"
ask = "Suggested many?"
suggest = ["card"]
choices = { card = "card number", code = "security code" }

[kinds.table]
kind = "table"
need = "essential"
ask = "Table?"
row_name = "path"
columns.path = { label = "Path", ask = "Which path is it?" }
columns.sends = { kind = "system", label = "Sends", ask = "Which system sends?" }
columns.by = { kind = "choice", label = "Travels by", choices = { webhook = "a webhook", batch = "a batch" } }
columns.ids_kept = { kind = "duration", label = "Ids kept", needed_when = { by = "webhook" } }
columns.says = { kind = "text", label = "May say" }
columns.owner = { kind = "contact", label = "Owner", more = true }
columns.tested = { kind = "date", label = "Tested", more = true, usually = "past" }
columns.class.kind = "choice"
columns.class.label = "Class"
columns.class.more = true
columns.class.suggest = "money"
columns.class.choices = { money = "money", id = "ids" }

[kinds.seeded]
kind = "table"
need = "essential"
ask = "Seeded?"
row_name = "duty"
seeds = ["changes", "retries"]
columns.duty = { label = "Duty" }
columns.who = { kind = "contact", label = "Who" }

[end]
title = "End"
theme = "Escalation"
minutes = 5
last = { kind = "line", need = "essential", ask = "Last?" }
"""


@cache
def kinds() -> Template:
    return template_from(_KINDS)


NAMED: dict[str, list[Row]] = {
    "parties.people": [
        {"key": "mara", "name": "Māra Bērziņa", "function": "eng"},
        {"key": "zofia", "name": "Zofia", "function": "support"},
    ],
    "parties.systems": [{"name": "Stripe", "role": "source"}, {"name": "Zendesk", "role": "other"}],
}
"""People and systems that everybody knows already."""
