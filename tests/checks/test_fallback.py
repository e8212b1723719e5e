"""The fallback ends, works without what is down, and has been rehearsed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handoff_tui.core.finding import Finding, grouped
from tests.checks.corpus import DAY
from tests.checks.making import found

Place = tuple[str, str | None, str | None, str]


def places(findings: list[Finding]) -> list[Place]:
    return [(item.question, item.row, item.column, item.severity) for item in findings]


def exits(text: str) -> list[Finding]:
    return found(text, rule="fallback-no-exit")


def needs(text: str) -> list[Finding]:
    return found(text, rule="fallback-needs-failed-system")


def never(text: str, day: date = DAY) -> list[Finding]:
    return found(text, rule="untested", day=day)


# -- fallback-no-exit --------------------------------------------------------------------------------------------

NO_END = '[not_applicable.fallback.fallback_exit]\nreason = "The desk will notice it"\n'
TASK = '[[fallback.catch_up]]\ntask = "Match the passes"\nwithin = "2d"\n'
COMPARES = '[[failure_handling.reconciliation]]\ncompares = "Members per state"\nevery = "24h"\nlooks_back = "3d"\n'


def cell(question: str, row: str, column: str) -> str:
    return f'[[open_cells]]\nquestion = "{question}"\nrow = "{row}"\ncolumn = "{column}"\n'


def test_an_end_that_is_not_applicable_is_none() -> None:
    (item,) = exits(NO_END)
    assert places([item]) == [("fallback.fallback_exit", None, None, "error")]
    assert item.part == "not_applicable"
    assert item.message == "The workaround has no end: “Fallback ends” is marked as not applicable."
    assert item.fix == "Say what proves that it is over, and who says so."


def test_a_value_kept_under_the_mark_is_no_end_either() -> None:
    assert len(exits(f'[fallback]\nfallback_exit = "Two clean comparisons"\n{NO_END}')) == 1


def test_what_an_acceptance_holds_for_is_the_reason() -> None:
    other = NO_END.replace("the desk", "somebody")
    assert exits(NO_END)[0].fingerprint == exits(other)[0].fingerprint
    assert exits(NO_END)[0].fingerprint != exits(NO_END.replace("notice", "see"))[0].fingerprint


def test_a_row_without_an_owner_is_found_at_its_owner() -> None:
    findings = exits(TASK + COMPARES)
    assert places(findings) == [
        ("fallback.catch_up", "Match the passes", "owner", "error"),
        ("failure_handling.reconciliation", "Members per state", "owner", "error"),
    ]
    assert [item.message for item in findings] == [
        "Nobody puts things right after the workaround: “Match the passes” has no owner.",
        "Nobody puts things right after the workaround: “Members per state” has no owner.",
    ]
    assert {item.fix for item in findings} == {"Name the person or team who does it."}


def test_this_rule_names_the_empty_cell_and_no_other_does() -> None:
    people = '[[parties.people]]\nkey = "books"\nname = "Bookkeeping"\nfunction = "finance"\n'
    rules = [item.rule for item in found(people + TASK) if item.row == "Match the passes"]
    assert rules == ["fallback-no-exit"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="never asked"),
        pytest.param('[open.fallback.fallback_exit]\nowner = "ilze"\ndue = 2026-11-20\n', id="open, past its date"),
        pytest.param('[fallback]\nfallback_exit = "Two clean comparisons"\n', id="answered"),
        pytest.param(TASK + 'owner = "books"\n' + COMPARES + 'owner = "it"\n', id="owners"),
        pytest.param(TASK + cell("fallback.catch_up", "Match the passes", "owner"), id="owner is open"),
        pytest.param(TASK + "owner = 3\n", id="owner does not fit"),
        pytest.param(TASK + 'owner = ""\n', id="owner is blank, which bad-value names"),
        pytest.param(TASK + '[open.fallback.catch_up]\nowner = "ilze"\n', id="the table is open"),
        pytest.param(
            TASK + '[not_applicable.fallback.catch_up]\nreason = "Nothing is done by hand"\n', id="not applicable"
        ),
        pytest.param(
            TASK + '[assumed.fallback.catch_up]\nbasis = "b"\nconfirmer = "i"\ndue = 2026-11-22\n', id="assumed, past"
        ),
    ],
)
def test_an_end_that_may_still_come_is_left_alone(text: str) -> None:
    assert exits(text) == []


def test_a_row_assumed_until_today_counts() -> None:
    text = TASK + '[assumed.fallback.catch_up]\nbasis = "b"\nconfirmer = "i"\ndue = 2026-11-23\n'
    assert [item.row for item in exits(text)] == ["Match the passes"]


# -- fallback-needs-failed-system --------------------------------------------------------------------------------


def systems(**roles: str) -> str:
    return "".join(f'[[parties.systems]]\nname = "{name}"\nrole = "{role}"\n' for name, role in roles.items())


def steps(*used: str) -> str:
    return "".join(
        f'[[fallback.fallback_steps]]\nstep = "Step {number}"\nwho = "desk"\n'
        + (f'uses_system = "{system}"\n' if system else "")
        for number, system in enumerate(used, 1)
    )


TWO = systems(Stripe="source", Shop="source", Zendesk="zendesk")


@pytest.mark.parametrize("used", [["Stripe"], ["Stripe"] * 3])
def test_every_step_uses_the_source(used: list[str]) -> None:
    (item,) = needs(TWO + steps(*used))
    assert places([item]) == [("fallback.fallback_steps", None, None, "error")]
    assert item.message == "The plan needs the system that is down: every step uses “Stripe”."
    assert item.fix == "Add a step that works without “Stripe”."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TWO, id="no step"),
        pytest.param(TWO + steps("Stripe", "Zendesk"), id="a step elsewhere"),
        pytest.param(TWO + steps("Stripe", "Shop"), id="two sources"),
        pytest.param(TWO + steps("Zendesk", "Zendesk"), id="not the source"),
        pytest.param(TWO + steps("Stripe", ""), id="a step without a system"),
        pytest.param(TWO + steps(""), id="only a step without a system"),
        pytest.param(TWO + steps("stripe"), id="a name that is not listed"),
        pytest.param(steps("Stripe"), id="no systems"),
        pytest.param(
            TWO + steps("Stripe", "") + cell("fallback.fallback_steps", "Step 2", "uses_system"), id="system is open"
        ),
        pytest.param(
            TWO + steps("Stripe", "Stripe") + cell("fallback.fallback_steps", "Step 2", "uses_system"),
            id="system is open, with a draft in it",
        ),
        pytest.param(TWO + steps("Stripe") + cell("parties.systems", "Stripe", "role"), id="role is open"),
        pytest.param(systems(Stripe="origin") + steps("Stripe"), id="role does not fit"),
        pytest.param(TWO + steps("Stripe", "").strip() + "\nuses_system = 3\n", id="system does not fit"),
        pytest.param(TWO + steps("Stripe") + '[open.parties.systems]\nowner = "i"\n', id="systems are open"),
        pytest.param(TWO + steps("Stripe") + '[open.fallback.fallback_steps]\nowner = "i"\n', id="steps are open"),
    ],
)
def test_a_plan_with_a_way_out_is_left_alone(text: str) -> None:
    assert needs(text) == []


# -- untested ----------------------------------------------------------------------------------------------------


def alert(tested: str = "", urgency: str = "page_now", name: str = "LagHigh") -> str:
    return f'[[alerts.alerts]]\nalert = "{name}"\nurgency = "{urgency}"\n' + (
        f"tested_on = {tested}\n" if tested else ""
    )


def mode(name: str, tested: str = "") -> str:
    return f'[[failure_handling.failure_modes]]\nmode = "{name}"\n' + (f"tested_on = {tested}\n" if tested else "")


def test_what_was_never_rehearsed() -> None:
    findings = never(alert() + mode("partial"))
    assert places(findings) == [
        ("alerts.alerts", "LagHigh", "tested_on", "warning"),
        ("failure_handling.failure_modes", "partial", "tested_on", "warning"),
    ]
    assert [item.message for item in findings] == [
        "“LagHigh” has never been rehearsed.",
        "“only half of it worked” has never been rehearsed.",
    ]
    assert {item.fix for item in findings} == {"Rehearse it, and write down the day."}


def test_what_was_rehearsed_too_long_ago() -> None:
    (item,) = never(alert("2026-05-26"))
    assert item.message == "“LagHigh” was last rehearsed on 26 May 2026, more than 180 days ago."


def test_each_cause_is_said_once() -> None:
    findings = never(alert() + alert(name="Silent") + alert("2025-05-26", name="Old") + mode("timeout"))
    assert [group.message for group in grouped(findings)] == [
        "It has never been rehearsed, in 3 places.",
        "“Old” was last rehearsed on 26 May 2025, more than 180 days ago.",
    ]


@pytest.mark.parametrize(("days", "count"), [(181, 1), (180, 0), (0, 0), (-1, 0), (-400, 0)])
def test_a_rehearsal_holds_for_180_days_and_one_to_come_is_booked(days: int, count: int) -> None:
    tested = (DAY - timedelta(days=days)).isoformat()
    assert len(never(alert(tested))) == count
    assert len(never(mode("source_down", tested))) == count


def test_the_day_is_passed_in() -> None:
    assert never(alert("2026-11-04")) == []
    assert len(never(alert("2026-11-04"), day=date(2027, 5, 4))) == 1


EARLY = '[handoff]\nname = "Test"\nmoment = "discovery_to_delivery"\n'


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing asked: a failure without a row is named elsewhere"),
        pytest.param(EARLY + alert() + mode("partial"), id="before delivery"),
        pytest.param("".join(alert(urgency=u, name=u) for u in ("work_hours", "ticket", "notice")), id="wakes nobody"),
        pytest.param(mode("zendesk_down") + mode("backlog"), id="not required"),
        pytest.param(alert() + cell("alerts.alerts", "LagHigh", "tested_on"), id="day is open"),
        pytest.param(alert() + cell("alerts.alerts", "LagHigh", "urgency"), id="urgency is open"),
        pytest.param(alert('"2025-01-01"'), id="day does not fit"),
        pytest.param(alert("2025-01-01T10:00:00"), id="day with a time does not fit"),
        pytest.param(alert(urgency="at once"), id="urgency does not fit"),
        pytest.param('[[alerts.alerts]]\nalert = "A"\n', id="no urgency"),
        pytest.param(alert() + '[open.alerts.alerts]\nowner = "i"\n', id="the table is open"),
    ],
)
def test_what_need_not_be_rehearsed_is_left_alone(text: str) -> None:
    assert never(text) == []


def test_which_failures_are_required_the_template_says() -> None:
    required = [name for name in ("duplicate", "timeout", "partial", "source_down", "bad_data") if never(mode(name))]
    assert required == ["duplicate", "timeout", "partial", "source_down"]
