"""Who joined on the spot and what is still to be asked about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handoff_tui.core.answers import Answer, OpenCell
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.reading import PEOPLE, SYSTEMS
from handoff_tui.core.template import Template
from handoff_tui.session.joining import Newcomer, newcomers, people_from
from tests.core.making import SMALL, handoff_of, small, template_from
from tests.session.making import session_of

KNOWN = {"key": "mara", "name": "Māra Bērziņa", "function": "engineering"}
ALERT = {
    "alert": "LagHigh",
    "audience": "engineering",
    "goes_to": "mara",
    "urgency": "page_now",
    "first_action": "Look",
}


def lacking(handoff: Handoff, template: Template) -> dict[str, tuple[str, ...]]:
    return {newcomer.row: newcomer.lacks for newcomer in newcomers(handoff, template)}


def test_somebody_who_is_known_in_full_is_no_newcomer(payments: Template) -> None:
    handoff = handoff_of({PEOPLE: [KNOWN], SYSTEMS: [{"name": "Stripe", "role": "source"}]})
    assert newcomers(handoff, payments) == []


def test_a_new_contact_and_a_new_system_lack_what_their_table_needs(payments: Template) -> None:
    session = session_of(handoff_of({PEOPLE: [KNOWN]}), payments)
    step = {"step": "Extend access", "who": "Zofia Ł", "uses_system": "Entitlements"}
    assert session.put_row("fallback.fallback_steps", None, step) == []
    assert newcomers(session.handoff, payments) == [
        Newcomer(PEOPLE, "zofia-l", ("function",)),
        Newcomer(SYSTEMS, "Entitlements", ("role",)),
    ]


def test_a_newcomer_whose_cells_were_given_is_known(payments: Template) -> None:
    session = session_of(handoff_of({PEOPLE: [KNOWN]}), payments)
    session.put_row("close.known_gaps", None, {"gap": "x", "owner": "Zofia Ł"})
    assert session.put_row(PEOPLE, 1, {**session.rows(PEOPLE)[1], "function": "finance"}) == []
    assert newcomers(session.handoff, payments) == []


def test_who_is_woken_by_an_alert_lacks_the_hours(payments: Template) -> None:
    paged = handoff_of({PEOPLE: [KNOWN], "alerts.alerts": [ALERT]})
    assert lacking(paged, payments) == {"mara": ("hours",)}
    known = handoff_of({PEOPLE: [KNOWN | {"hours": "24x7"}], "alerts.alerts": [ALERT]})
    assert lacking(known, payments) == {}


@pytest.mark.parametrize("change", [{"urgency": "work_hours"}, {"goes_to": "zofia"}])
def test_who_is_not_woken_needs_no_hours(payments: Template, change: dict[str, str]) -> None:
    assert lacking(handoff_of({PEOPLE: [KNOWN], "alerts.alerts": [ALERT | change]}), payments) == {}


def test_one_page_among_other_alerts_is_enough(payments: Template) -> None:
    others = [ALERT | {"alert": "A", "urgency": "ticket"}, ALERT, ALERT | {"alert": "B", "urgency": "notice"}]
    assert lacking(handoff_of({PEOPLE: [KNOWN], "alerts.alerts": others}), payments) == {"mara": ("hours",)}


def test_somebody_new_who_is_woken_lacks_the_table_s_cells_and_then_the_hours(payments: Template) -> None:
    session = session_of(handoff_of({PEOPLE: [KNOWN]}), payments)
    session.put_row("alerts.alerts", None, ALERT | {"goes_to": "Zofia Ł"})
    assert lacking(session.handoff, payments) == {"zofia-l": ("function", "hours")}


@pytest.mark.parametrize(("person", "column"), [({"key": "mara", "name": "Māra"}, "function"), (KNOWN, "hours")])
def test_a_cell_that_is_open_is_not_asked_for_again(payments: Template, person: dict[str, str], column: str) -> None:
    alert = ALERT | ({} if column == "hours" else {"urgency": "notice"})
    handoff = handoff_of({PEOPLE: [person], "alerts.alerts": [alert]})
    cell = OpenCell(PEOPLE, "mara", column, "mara", date(2026, 12, 4))
    assert lacking(handoff, payments) == {"mara": (column,)}
    assert lacking(replace(handoff, open_cells=(cell,)), payments) == {}


def test_a_template_without_systems_asks_for_people_only() -> None:
    assert lacking(handoff_of({PEOPLE: [{"key": "zofia"}]}), small()) == {"zofia": ("name",)}


def test_who_joins_a_table_with_rows_that_stand_there_at_first_joins_those() -> None:
    seeded = template_from(SMALL.replace('row_name = "contact"', 'row_name = "contact"\nseeds = ["lead", "rota"]'))
    session = session_of(handoff_of(), seeded)
    session.put_row("close.gaps", None, {"gap": "x", "owner": "Zofia Ł"})
    assert [row["key"] for row in session.rows(PEOPLE)] == ["lead", "rota", "zofia-l"]
    session = session_of(handoff_of(), seeded)
    session.put_row("close.gaps", None, {"gap": "x", "owner": "Rota"})
    assert session.rows(PEOPLE) == [{"key": "lead"}, {"key": "rota", "name": "Rota"}], "one of them, now with a name"


def test_what_is_no_table_in_the_file_has_no_newcomers(payments: Template) -> None:
    assert newcomers(Handoff(answers={PEOPLE: Answer("all of us")}), payments) == []


def test_people_get_keys_that_nobody_has_yet() -> None:
    rows = people_from(["Māra", "Lee"], taken={"mara", "mara-2"})
    assert rows == [
        {"key": "mara-3", "name": "Māra", "kind": "person"},
        {"key": "lee", "name": "Lee", "kind": "person"},
    ]
