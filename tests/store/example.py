"""The example of the format, as the design has it, without the comments that explain it."""

from __future__ import annotations

from pathlib import Path

from handoff_tui.core.handoff import Handoff
from handoff_tui.store.text import dumps, loads
from handoff_tui.tomlfile import parse_toml
from tests.core.making import bundled

NAME = "stripe-billing.handoff.toml"
EXAMPLE = '''\
# Integration handoff. Resume it: handoff-wizard resume stripe-billing.handoff.toml
format = 1

[handoff]
name = "Stripe billing state in Zendesk"
template = "payments"
template_version = 1
moment = "engineering_to_support"
status = "draft"
owner = "billing-platform"
participants = [
    "Siobhán O'Reilly-Nguyễn",
    "Māra Bērziņa",
]
created = 2026-11-23

[business_state]
journey = """
A customer whose renewal failed can keep reading until day 14,
and cannot after that."""
criticality = "money_or_access"

[[business_state.business_states]]
state = "past_due"
plain_meaning = "renewal failed, bank asked again"
final = "no"

[[parties.systems]]
name = "Stripe"
role = "source"

[source_of_truth]
keep_for = "90d"

[[source_of_truth.critical_fields]]
field = "subscription_status"
record = "Stripe"
place = "user_field"
agent_edit = "locked"
fresh_within = "15m"

[open.ownership.change_notice]
note = "finance wants 20d, engineering offers 10d"
owner = "siobhan"
due = 2026-12-04

[[open_cells]]
question = "failure_handling.delivery_paths"
row = "events"
column = "dedupe_window"
owner = "siobhan"
due = 2026-12-04

[assumed.source_of_truth.keep_for]
basis = "privacy notice draft 3"
confirmer = "zofie"
due = 2026-12-15

[not_applicable.business_state.success_measure]
reason = "replaces a manual look-up; nobody recorded a before-figure"

[stale.alerts.alerts]
because = "business_state.criticality"
was = "delay"

[notes.fallback.fallback_max]
text = "finance asked for 4h"
agreed_by = [
    "zofie",
]

[[accepted]]
rule = "untested"
question = "alerts.alerts"
row = "StripeSilence"
reason = "drill booked for December"
by = "mara"
fingerprint = "9c1185a5"
'''
HEAD = 'format = 1\n\n[handoff]\nname = "x"\ntemplate = "payments"\n'


def read(text: str | bytes) -> Handoff:
    raw = text.encode() if isinstance(text, str) else text
    return loads(parse_toml(raw, Path(NAME)))


def written(handoff: Handoff) -> str:
    return dumps(handoff, bundled("payments"), NAME)
