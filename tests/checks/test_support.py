"""Support and alerts: rules 16 to 20, at the exact row, cell and severity."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.making import found
from tests.core.making import bundled, table_of

Place = tuple[str | None, str | None, str]


def places(text: str, rule: str, template: str = "general", **more: Any) -> list[Place]:
    return [(item.row, item.column, item.severity) for item in found(text, template, rule, **more)]


def rows(question: str, *items: dict[str, str]) -> str:
    return "".join(
        f"\n[[{question}]]\n" + "".join(f'{key} = "{value}"\n' for key, value in item.items()) for item in items
    )


def answer(question: str, value: str) -> str:
    section, name = question.split(".")
    return f'\n[{section}]\n{name} = "{value}"\n'


def open_cell(question: str, row: str, column: str) -> str:
    return rows("open_cells", {"question": question, "row": row, "column": column, "owner": "ops"})


def person(key: str, **cells: str) -> dict[str, str]:
    return {"key": key, "name": key.title(), "function": "engineering"} | cells


MONEY = answer("business_state.criticality", "money_or_access")
DELAY = answer("business_state.criticality", "delay")
NO_VALUE = {
    "open": '\n[open.{}]\nowner = "ops"\ndue = 2026-12-04\n',
    "assumed past its date": '\n[assumed.{}]\nbasis = "draft"\nconfirmer = "ops"\ndue = 2026-11-16\n',
    "not applicable": '\n[not_applicable.{}]\nreason = "nothing of the kind here"\n',
}

# -- 16 ----------------------------------------------------------------------------------------------------------

ALERTS = "alerts.alerts"
NO_ACTION = "support-alert-no-action"


def alert(name: str = "Lag", audience: str = "support", action: str = "Restart it now", **cells: str) -> str:
    row = {"alert": name, "audience": audience, "first_action": action} | cells
    return rows(ALERTS, {key: value for key, value in row.items() if value})


@pytest.mark.parametrize("audience", ["support", "operations"])
@pytest.mark.parametrize("action", ["Escalate!", "Investigate and monitor", "check logs"])
def test_an_action_that_is_none(audience: str, action: str) -> None:
    assert places(alert(audience=audience, action=action), NO_ACTION) == [("Lag", "first_action", "error")]


def test_an_alert_without_a_step_in_words() -> None:
    (item,) = found(alert(action="Investigate"), rule=NO_ACTION)
    assert item.message == "“Lag” tells agents nothing to do."
    assert item.fix == "Name a visible step."


@pytest.mark.parametrize(
    "text",
    [
        alert(audience="engineering", action="Investigate"),
        alert(audience="finance", action="Monitor"),
        alert(audience="security", action="Monitor"),
        alert(audience="", action="Investigate"),
        alert(audience="agents", action="Investigate"),
        alert(action=""),
        alert(action="Investigate") + open_cell(ALERTS, "Lag", "first_action"),
        alert(action="Investigate") + open_cell(ALERTS, "Lag", "audience"),
        alert(action="Park the tickets"),
        *(alert(action="Investigate") + text.format(ALERTS) for text in NO_VALUE.values()),
    ],
)
def test_an_action_that_is_one_or_waits(text: str) -> None:
    assert places(text, NO_ACTION) == []


def test_an_empty_action_is_left_to_the_missing_cell() -> None:
    assert ("Lag", "first_action", "error") in places(alert(action=""), "missing-cell")


# -- 17 ----------------------------------------------------------------------------------------------------------

COVER = "page-without-cover"
ZOFIA = person("zofia", kind="person")
TEAM = person("ops", kind="team", hours="Mon-Fri 08:00-17:00 Europe/Oslo")
ROTA = person("rota", kind="rota", hours="24x7")
PEOPLE = rows("parties.people", ZOFIA, TEAM, ROTA)


def page(to: str, urgency: str = "page_now") -> str:
    return rows(ALERTS, {"alert": "Lag", "goes_to": to, "urgency": urgency})


@pytest.mark.parametrize("stakes", [MONEY, DELAY, ""])
def test_a_person_is_paged(stakes: str) -> None:
    assert places(stakes + PEOPLE + page("zofia"), COVER) == [("Lag", "goes_to", "error")]


def test_a_person_with_hours_around_the_clock_sleeps_all_the_same() -> None:
    text = rows("parties.people", ZOFIA | {"hours": "24x7"}) + page("zofia")
    assert places(text, COVER) == [("Lag", "goes_to", "error")]


@pytest.mark.parametrize(
    "paged",
    [TEAM, TEAM | {"kind": "rota"}, person("ops", kind="rota"), TEAM | {"hours": "24x6"}],
    ids=["a team", "a rota", "no hours", "nearly always"],
)
def test_a_team_that_is_not_always_there(paged: dict[str, str]) -> None:
    text = rows("parties.people", paged) + page("ops")
    assert places(MONEY + text, COVER) == [("Lag", "goes_to", "warning")]
    assert places(DELAY + text, COVER) == []
    assert places(text, COVER) == []


def test_a_page_in_words() -> None:
    team = rows("parties.people", TEAM)
    (item,) = found(PEOPLE + page("zofia"), rule=COVER)
    assert (item.message, item.fix) == ("“Lag” pages someone who may be asleep.", "Use a rota.")
    (item,) = found(MONEY + team + page("ops"), rule=COVER)
    assert (item.message, item.fix) == ("“Lag” pages someone who may be asleep.", "Use a rota whose hours are 24x7.")


def test_pages_of_one_person_have_one_cause() -> None:
    first = {"alert": "Lag", "goes_to": "zofia", "urgency": "page_now"}
    items = found(PEOPLE + rows(ALERTS, first, first | {"alert": "Silence"}), rule=COVER)
    assert {item.cause for item in items} == {"Zofia may be asleep when a page comes"}
    assert [item.row for item in items] == ["Lag", "Silence"]


@pytest.mark.parametrize(
    "text",
    [
        PEOPLE + page("rota"),
        rows("parties.people", ROTA | {"hours": " 24X7 "}) + page("rota"),
        *(PEOPLE + page("zofia", urgency) for urgency in ("work_hours", "ticket", "notice", "at once")),
        PEOPLE + page("ops", "ticket"),
        PEOPLE + page("nobody-listed"),
        PEOPLE + rows(ALERTS, {"alert": "Lag", "urgency": "page_now"}),
        rows("parties.people", person("desk")) + page("desk"),
        rows("parties.people", person("desk", kind="crowd")) + page("desk"),
        PEOPLE + page("zofia") + open_cell(ALERTS, "Lag", "goes_to"),
        PEOPLE + page("zofia") + open_cell("parties.people", "zofia", "kind"),
        PEOPLE + page("ops") + open_cell("parties.people", "ops", "hours"),
        rows("parties.people", person("ops", kind="team")) + "hours = 24\n" + page("ops"),
        PEOPLE + page("zofia") + NO_VALUE["open"].format("parties.people"),
    ],
)
def test_a_page_that_is_heard_or_waits(text: str) -> None:
    assert places(MONEY + text, COVER) == []


@pytest.mark.parametrize("text", NO_VALUE.values(), ids=NO_VALUE)
def test_what_is_at_stake_has_no_value(text: str) -> None:
    stakes = MONEY + text.format("business_state.criticality")
    assert places(stakes + PEOPLE + page("ops"), COVER) == []


# -- 18 ----------------------------------------------------------------------------------------------------------

UNSAFE = "unsafe-text"
INSIDE = "see db.prod.internal"
STATES, SIGNALS = "business_state.business_states", "support_view.support_signals"
DESK = rows("parties.people", person("desk", function="support"), person("ops"))


def test_the_columns_that_only_one_scenario_has() -> None:
    outcomes = table_of(bundled("identity"), "identity.outcome_wording")
    assert {outcomes.column(name).id for name in ("customer_told", "agent_sees")} == {"customer_told", "agent_sees"}


def step(who: str) -> str:
    return DESK + rows("fallback.fallback_steps", {"step": INSIDE, "who": who})


@pytest.mark.parametrize(
    ("text", "template", "row", "column"),
    [
        (rows(STATES, {"state": "due", "plain_meaning": INSIDE}), "general", "due", "plain_meaning"),
        (rows(STATES, {"state": "due", "agent_may_say": INSIDE}), "payments", "due", "agent_may_say"),
        (rows(SIGNALS, {"signal": "failed", "agent_sees": INSIDE}), "general", "failed", "agent_sees"),
        (rows(SIGNALS, {"signal": "failed", "agent_may_say": INSIDE}), "general", "failed", "agent_may_say"),
        (rows(SIGNALS, {"signal": "failed", "next_step": INSIDE}), "operations", "failed", "next_step"),
        (
            rows("identity.outcome_wording", {"outcome": "declined", "customer_told": INSIDE}),
            "identity",
            "declined",
            "customer_told",
        ),
        (
            rows("identity.outcome_wording", {"outcome": "declined", "agent_sees": INSIDE}),
            "identity",
            "declined",
            "agent_sees",
        ),
        (alert(action=INSIDE), "general", "Lag", "first_action"),
        (step("desk"), "general", INSIDE, "step"),
    ],
)
def test_every_text_that_support_reads(text: str, template: str, row: str, column: str) -> None:
    assert places(text, UNSAFE, template) == [(row, column, "error")]


@pytest.mark.parametrize(
    "text",
    [
        *(alert(audience=name, action=INSIDE) for name in ("engineering", "operations", "finance", "security", "")),
        step("ops"),
        step("nobody-listed"),
        step("desk") + open_cell("fallback.fallback_steps", INSIDE, "who"),
        step("desk") + open_cell("parties.people", "desk", "function"),
        rows(STATES, {"state": INSIDE, "customer_effect": INSIDE}),
        rows(SIGNALS, {"signal": "failed", "agent_must_not": INSIDE, "shown_where": INSIDE}),
        rows("failure_handling.failure_modes", {"mode": "timeout", "customer_sees": INSIDE, "human_step": INSIDE}),
        rows(SIGNALS, {"signal": "failed", "next_step": INSIDE}) + open_cell(SIGNALS, "failed", "next_step"),
        *(rows(STATES, {"state": "due", "plain_meaning": INSIDE}) + text.format(STATES) for text in NO_VALUE.values()),
        # What another scenario asks is kept, and nobody reads it here.
        rows("identity.outcome_wording", {"outcome": "declined", "customer_told": INSIDE}),
    ],
)
def test_what_support_does_not_read_or_what_waits(text: str) -> None:
    assert places(text, UNSAFE) == []


def test_one_finding_for_a_row_and_kind() -> None:
    row = {"signal": "failed", "agent_sees": INSIDE, "agent_may_say": f"{INSIDE} at 10.0.0.1", "next_step": "10.0.0.2"}
    text = rows(SIGNALS, row, {"signal": "conflict", "next_step": INSIDE})
    assert [(item.row, item.column, item.message) for item in found(text, rule=UNSAFE)] == [
        (
            "failed",
            "agent_sees",
            "“Agent sees” of “the update failed” would show the name of a server inside our network to support.",
        ),
        (
            "failed",
            "agent_may_say",
            "“May say” of “the update failed” would show an address inside our network to support.",
        ),
        (
            "conflict",
            "next_step",
            "“Next step” of “the two systems disagree” would show the name of a server inside our network to support.",
        ),
    ]


def test_the_fix_names_the_effect_and_a_step_is_not_repeated() -> None:
    (item,) = found(step("desk"), rule=UNSAFE)
    assert item.message == "“Step” would show the name of a server inside our network to support."
    assert item.fix == "Remove it; name the effect instead."


# -- 19 ----------------------------------------------------------------------------------------------------------

ETA = "promised-eta"
PROMISE = "It will be fixed by noon."


@pytest.mark.parametrize(
    ("text", "template", "place"),
    [
        (rows(STATES, {"state": "due", "agent_may_say": PROMISE}), "general", ("due", "agent_may_say", "warning")),
        (
            rows(SIGNALS, {"signal": "failed", "agent_may_say": PROMISE}),
            "general",
            ("failed", "agent_may_say", "warning"),
        ),
        (
            rows("identity.outcome_wording", {"outcome": "declined", "customer_told": PROMISE}),
            "identity",
            ("declined", "customer_told", "warning"),
        ),
    ],
)
def test_a_promise_where_customers_hear_it(text: str, template: str, place: Place) -> None:
    assert places(text, ETA, template) == [place]


def test_a_promise_in_words_is_said_once_for_all() -> None:
    items = found(rows(SIGNALS, *({"signal": s, "agent_may_say": PROMISE} for s in ("failed", "delayed"))), rule=ETA)
    assert [(item.message, item.fix) for item in items] == [
        ("Do not promise repair times.", "Promise the next update instead."),
    ] * 2


@pytest.mark.parametrize(
    "text",
    [
        rows(STATES, {"state": "due", "plain_meaning": PROMISE, "customer_effect": PROMISE}),
        rows(SIGNALS, {"signal": "failed", "agent_must_not": PROMISE, "agent_sees": PROMISE, "next_step": PROMISE}),
        rows(SIGNALS, {"signal": "failed", "agent_may_say": PROMISE}) + open_cell(SIGNALS, "failed", "agent_may_say"),
        rows(SIGNALS, {"signal": "failed", "agent_may_say": PROMISE}) + NO_VALUE["open"].format(SIGNALS),
        rows("identity.outcome_wording", {"outcome": "declined", "never_told": PROMISE, "agent_sees": PROMISE}),
    ],
)
def test_what_customers_do_not_hear_or_what_waits(text: str) -> None:
    assert places(text, ETA, "identity") == []


# -- 20 ----------------------------------------------------------------------------------------------------------

GAP = "escalation-gap"
AWAKE = person("desk", function="support", hours="24x7")


def signal(to: str = "ops", name: str = "failed", people: tuple[dict[str, str], ...] = (AWAKE, TEAM)) -> str:
    return rows("parties.people", *people) + rows(SIGNALS, {"signal": name, "escalate_to": to})


@pytest.mark.parametrize("name", ["delayed", "failed", "conflict", "unknown_value"])
def test_nobody_takes_over_at_night(name: str) -> None:
    assert places(MONEY + signal(name=name), GAP) == [(name, "escalate_to", "warning")]


@pytest.mark.parametrize(
    "people",
    [
        (AWAKE, person("ops")),
        (AWAKE, TEAM | {"backup": "zofia"}, ZOFIA),
        (AWAKE, TEAM | {"backup": "ops"}),
        (AWAKE, TEAM, ROTA),
    ],
    ids=["no hours", "the backup sleeps too", "its own backup", "a rota that is not asked"],
)
def test_neither_they_nor_their_backup(people: tuple[dict[str, str], ...]) -> None:
    assert places(MONEY + signal(people=people), GAP) == [("failed", "escalate_to", "warning")]


def test_a_night_in_words() -> None:
    (item,) = found(MONEY + signal(), rule=GAP)
    assert item.message == "Nobody takes “the update failed” at night."
    assert item.fix == "Name out-of-hours cover."
    assert item.cause == "Ops has no cover at night"


@pytest.mark.parametrize(
    "text",
    [
        signal(),
        DELAY + signal(),
        *(MONEY + text.format("business_state.criticality") + signal() for text in NO_VALUE.values()),
        MONEY + signal(name="recovered"),
        MONEY + signal(name="odd"),
        MONEY + signal(to="desk"),
        MONEY + signal(people=(AWAKE, TEAM | {"backup": "rota"}, ROTA)),
        MONEY + signal(people=(AWAKE | {"hours": "Mon-Sun 07:00-23:00"}, TEAM)),
        MONEY + signal(people=(AWAKE | {"function": "operations"}, TEAM)),
        MONEY + signal(to="nobody-listed"),
        MONEY + signal(people=(AWAKE, TEAM | {"backup": "nobody-listed"})),
        MONEY + rows("parties.people", AWAKE, TEAM) + rows(SIGNALS, {"signal": "failed"}),
        MONEY + signal() + open_cell(SIGNALS, "failed", "escalate_to"),
        MONEY + signal() + open_cell("parties.people", "ops", "hours"),
        MONEY + signal() + open_cell("parties.people", "ops", "backup"),
        MONEY + signal() + open_cell("parties.people", "desk", "hours"),
        MONEY
        + signal(people=(AWAKE, TEAM | {"backup": "zofia"}, ZOFIA))
        + open_cell("parties.people", "zofia", "hours"),
        MONEY + signal() + NO_VALUE["assumed past its date"].format("parties.people"),
        MONEY + signal() + NO_VALUE["open"].format(SIGNALS),
    ],
)
def test_a_night_with_cover_or_one_that_waits(text: str) -> None:
    assert places(text, GAP) == []
