"""Who is told what when it fails: the drawing and the table beside it, from the chain of the drill."""

from __future__ import annotations

from typing import Any

from handoff_tui.checks.facts import Facts
from handoff_tui.checks.rehearsal import rehearse
from handoff_tui.core.answers import Answer, Open, OpenCell
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.interview import Interview
from tests.core.making import TODAY, bundled
from tests.render.samples import billing, example, handoff_of, part, published

MODES, ALERTS = "failure_handling.failure_modes", "alerts.alerts"
TIMEOUT = {"mode": "timeout", "customer_sees": "Waits", "automatic": "Tries again", "owner": "x", "detected_by": "Lag"}
LAG = {"alert": "Lag", "audience": "engineering", "goes_to": "x", "urgency": "page_now", "first_action": "Look"}
TOLD = {"event": "Lag goes off", "who": "y", "channel": "#live", "within": "10m"}
LATE = {"signal": "delayed", "agent_sees": "A badge", "agent_may_say": "It is late.", "next_step": "Wait"}
PEOPLE = [{"key": "x", "name": "Xenia", "function": "engineering"}, {"key": "y", "name": "Yan", "function": "support"}]


def handoff(modes: list[dict[str, Any]], **more: list[dict[str, Any]]) -> Handoff:
    tables = {"alerts": [LAG], "support_told": [TOLD], "support_signals": [LATE], "people": PEOPLE} | more
    places = {
        "alerts": ALERTS,
        "support_told": "alerts.support_told",
        "support_signals": "support_view.support_signals",
        "people": "parties.people",
    }
    return handoff_of({MODES: modes} | {places[key]: rows for key, rows in tables.items()})


def told(sample: Handoff) -> str:
    return part(published(sample, "summary"), "Who is told what", 3)


def drawing(sample: Handoff) -> list[str]:
    return [line.strip() for line in told(sample).split("```")[1].splitlines()[2:]]


def row(sample: Handoff, failure: str) -> str:
    return next(line for line in told(sample).splitlines() if line.startswith(f"| **{failure}**"))


def test_the_line_goes_from_the_failure_to_what_the_customer_hears() -> None:
    assert drawing(handoff([TIMEOUT])) == [
        'n1["no reply in time"]',
        'n2["Called#58;<br/>Xenia"]',
        'n3["Agents see#58;<br/>the update is late<br/>A badge"]',
        'n4["The customer hears#58;<br/>It is late#46;"]',
        'n2 -->|"Support hears#58;<br/>told by Yan<br/>#35;live<br/>within 10 minutes"| n3',
        "n3 --> n4",
        'n1 -->|"Lag<br/>wake somebody now"| n2',
    ]


def test_the_table_has_the_whole_chain_too() -> None:
    cells = "Lag: wake somebody now | Xenia | told by Yan · \\#live · within 10 minutes | the update is late"
    assert row(handoff([TIMEOUT]), "no reply in time") == f"| **no reply in time** | {cells} |"


def test_what_is_handled_by_itself_is_in_the_table_and_not_in_the_drawing() -> None:
    quiet = {"mode": "duplicate", "automatic": "Dropped", "detected_by": "not_needed"}
    sample = handoff([quiet, TIMEOUT])
    assert "arrives twice" not in "".join(drawing(sample))
    assert "nobody: what happens by itself deals with it |  |  |  |" in row(sample, "the same update arrives twice")
    assert "mermaid" not in told(handoff([quiet]))


def test_failures_that_go_on_alike_are_one_line() -> None:
    modes = [TIMEOUT | {"mode": mode} for mode in ("timeout", "backlog", "rate_limited", "silent_carrier")]
    assert drawing(handoff(modes[:3]))[0] == 'n1["no reply in time<br/>updates pile up<br/>slowed down by a limit"]'
    many = [TIMEOUT | {"mode": "timeout"} for _ in range(6)]
    assert drawing(handoff(many))[0].endswith('<br/>and 3 more"]')


def test_a_gap_is_a_broken_line_with_its_words() -> None:
    lines = drawing(handoff([TIMEOUT | {"detected_by": "Gone", "mode": "partial"}]))
    assert 'n2["Called#58;<br/>nobody"]' in lines
    assert 'n1 -.->|"Gone<br/>no alert is called so"| n2' in lines
    assert 'n2 -.->|"Support hears#58;<br/>nobody has said"| n3' in lines
    assert 'n3["Agents see#58;<br/>nobody has said"]' in lines
    assert "n3 -.-> n4" in lines


def test_agents_who_notice_it_hear_it_from_the_customer() -> None:
    said = row(handoff([TIMEOUT | {"detected_by": "agents"}]), "no reply in time")
    assert "| agents, when customers say so | nobody | from the customer | the update is late |" in said


def test_support_that_is_called_itself_needs_no_telling() -> None:
    sample = handoff([TIMEOUT], alerts=[LAG | {"goes_to": "y"}])
    assert "| Yan | Support is called itself |" in row(sample, "no reply in time")


def test_a_cell_that_is_open_says_who_finds_out() -> None:
    sample = handoff([TIMEOUT])
    cell = OpenCell(ALERTS, "Lag", "goes_to", owner="y")
    opened = Handoff(sample.head, sample.answers, open_cells=(cell,))
    assert "| Not decided yet: Yan, no date is set |" in row(opened, "no reply in time")


def test_of_many_failures_those_that_wake_somebody_are_drawn_and_it_is_said() -> None:
    waits = LAG | {"alert": "Slow", "urgency": "ticket"}
    modes = [TIMEOUT | {"mode": f"odd {n}", "detected_by": "Slow" if n < 8 else "Lag"} for n in range(16)]
    sample = handoff(modes, alerts=[LAG, waits])
    text = told(sample)
    assert "Drawn are 12 of 16 failures, first those that wake somebody; the table has all." in text
    assert len([line for line in text.splitlines() if line.startswith("| **odd")]) == 16
    assert "odd 15" not in drawing(sample)[1]
    assert "first those that wake somebody.\n" in published(sample, "on-call")


def test_without_failures_or_with_none_decided_there_is_no_such_part() -> None:
    for state in (Open(owner="mara"), None):
        answer = billing().answer(MODES)
        left = answer.with_(mark=state) if state else answer.with_(value=[])
        assert "## Who is told what" not in published(billing().with_answer(MODES, left), "on-call")


def test_a_drill_and_the_page_say_the_same_of_each_failure() -> None:
    for name in ("charging-plans", "furniture-deliveries", "wallet-verification"):
        sample = example(name)
        for drill in rehearse(Facts(Interview(bundled(sample.head.template), sample), TODAY)):
            said = row(sample, drill.name)
            if drill.by_itself:
                assert "deals with it |  |  |  |" in said
                continue
            assert drill.alert in said
            _, called, heard, seen, *_ = drill.links
            goes_to = next((one.text.split(" · ")[0] for one in called.said if one.label == "Goes to"), "nobody")
            assert f"| {goes_to} |" in said
            assert all(one.text in said.replace("\\", "") for one in heard.said if one.label in ("Where", "Within"))
            assert ("nobody has said |" in said) == bool(heard.gaps or seen.gaps) or not seen.said


def test_support_is_told_where_not_only_support_is_called() -> None:
    compared = [{"compares": "All", "every": "1h", "owner": who} for who in ("y", "x")]
    sample = handoff([TIMEOUT | {"detected_by": "reconciliation"}])
    sample = sample.with_answer("failure_handling.reconciliation", Answer(compared))
    assert "Support is called itself" not in row(sample, "no reply in time")
    alone = sample.with_answer("failure_handling.reconciliation", Answer(compared[:1]))
    assert "| Yan | Support is called itself |" in row(alone, "no reply in time")
