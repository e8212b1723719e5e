"""The drill over the examples: each link taken away in turn is named as the gap, and the rest of the chain stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from handoff_tui.checks.facts import Facts
from handoff_tui.checks.rehearsal import rehearse
from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Open, OpenCell
from handoff_tui.core.drill import Drill, near, of_mode
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.interview import Interview
from handoff_tui.errors import FileError
from handoff_tui.store.file import HandoffFile
from handoff_tui.store.text import loads
from handoff_tui.tomlfile import parse_toml
from tests.checks.making import HEAD
from tests.core.making import bundled
from tests.hostile.mutants import EXAMPLES, torn

DAY = date(2026, 11, 24)
NAME = Path("x.handoff.toml")
MODES, ALERTS, TOLD = "failure_handling.failure_modes", "alerts.alerts", "alerts.support_told"
SIGNALS, ACTIONS = "support_view.support_signals", "support_view.agent_actions"
START, STEPS, MAX = "fallback.fallback_start", "fallback.fallback_steps", "fallback.fallback_max"
EXIT, CATCH_UP = "fallback.fallback_exit", "fallback.catch_up"
RECONCILIATION, DUTIES = "failure_handling.reconciliation", "ownership.responsibilities"
CHAIN = ["noticed", "called", "told", "agent", "fallback", "exit", "books"]
NAMES = [path.name.split(".")[0] for path in EXAMPLES]


@cache
def example(index: int) -> Handoff:
    return HandoffFile.read(EXAMPLES[index])[1]


def drills(handoff: Handoff, day: date = DAY) -> list[Drill]:
    return rehearse(Facts(Interview(bundled(handoff.head.template), handoff), day))


def source_down(handoff: Handoff) -> Drill:
    (drill,) = of_mode(drills(handoff), "source_down")
    return drill


def written(text: str) -> list[Drill]:
    return drills(loads(parse_toml((HEAD + text).encode(), NAME)))


def rows(handoff: Handoff, question: str, change: Callable[[dict[str, Any]], dict[str, Any] | None]) -> Handoff:
    """Return a handoff with each row of a table changed, or taken away."""
    changed = [new for row in handoff.rows(question) if (new := change(dict(row))) is not None]
    return handoff.with_answer(question, handoff.answer(question).with_(value=changed))


def without(question: str, column: str = "", **where: str) -> Callable[[Handoff], Handoff]:
    """Return what takes a question, a row or a cell away."""

    def change(row: dict[str, Any]) -> dict[str, Any] | None:
        if not where.items() <= row.items():
            return row
        return {key: cell for key, cell in row.items() if key != column} if column else None

    def taken(handoff: Handoff) -> Handoff:
        return rows(handoff, question, change) if column or where else handoff.with_answer(question, Answer())

    return taken


def alert_of(handoff: Handoff) -> dict[str, Any]:
    name = next(row["detected_by"] for row in handoff.rows(MODES) if row["mode"] == "source_down")
    return next(row for row in handoff.rows(ALERTS) if row["alert"] == name)


def the_alert(handoff: Handoff) -> Handoff:
    return without(ALERTS, alert=alert_of(handoff)["alert"])(handoff)


def whom_it_goes_to(handoff: Handoff) -> Handoff:
    return without(ALERTS, "goes_to", alert=alert_of(handoff)["alert"])(handoff)


def its_first_action(handoff: Handoff) -> Handoff:
    return without(ALERTS, "first_action", alert=alert_of(handoff)["alert"])(handoff)


CUTS: dict[str, tuple[Callable[[Handoff], Handoff], set[str], str]] = {
    "what notices it": (without(MODES, "detected_by", mode="source_down"), {"noticed", "called", "told"}, MODES),
    "the alert": (the_alert, {"noticed", "called", "told"}, MODES),
    "all alerts": (without(ALERTS), {"noticed", "called", "told"}, ALERTS),
    "its first action": (its_first_action, {"called"}, ALERTS),
    "who puts it right": (without(MODES, "owner", mode="source_down"), {"called"}, MODES),
    "telling support": (without(TOLD), {"told"}, TOLD),
    "how soon support is told": (without(TOLD, "within"), {"told"}, TOLD),
    "where support is told": (without(TOLD, "channel"), {"told"}, TOLD),
    "all signals": (without(SIGNALS), {"agent"}, SIGNALS),
    "the signal": (without(SIGNALS, signal="failed"), {"agent"}, SIGNALS),
    "what agents see": (without(SIGNALS, "agent_sees", signal="failed"), {"agent"}, SIGNALS),
    "what agents say": (without(SIGNALS, "agent_may_say", signal="failed"), {"agent"}, SIGNALS),
    "to whom they hand over": (without(SIGNALS, "escalate_to", signal="failed"), {"agent"}, SIGNALS),
    "what agents may press": (without(ACTIONS), {"agent"}, ACTIONS),
    "what starts the fallback": (without(START), {"fallback"}, START),
    "the steps": (without(STEPS), {"fallback"}, STEPS),
    "who does the steps": (without(STEPS, "who"), {"fallback"}, STEPS),
    "how long": (without(MAX), {"fallback"}, MAX),
    "the exit": (without(EXIT), {"exit"}, EXIT),
    "catching up": (without(CATCH_UP), {"books"}, CATCH_UP),
    "who catches up": (without(CATCH_UP, "owner"), {"books"}, CATCH_UP),
    "the comparison": (without(RECONCILIATION), {"books"}, RECONCILIATION),
    "who compares": (without(RECONCILIATION, "owner"), {"books"}, RECONCILIATION),
    "who answers for it": (without(DUTIES, duty="reconciliation"), {"books"}, DUTIES),
    "their name": (without(DUTIES, "accountable", duty="reconciliation"), {"books"}, DUTIES),
}


@pytest.mark.parametrize("index", range(len(EXAMPLES)), ids=NAMES)
class TestExamples:
    def test_each_failure_is_played_through_from_end_to_end(self, index: int) -> None:
        found = drills(example(index))
        assert [drill.mode for drill in found] == [row["mode"] for row in example(index).rows(MODES)]
        for drill in found:
            assert [link.id for link in drill.links] == CHAIN
            assert all(link.said or link.gaps for link in drill.links)
        assert source_down(example(index)).gaps == ()

    @pytest.mark.parametrize(("cut", "broken", "place"), CUTS.values(), ids=CUTS)
    def test_a_link_that_is_taken_away_is_named_and_the_rest_stands(
        self, index: int, cut: Callable[[Handoff], Handoff], broken: set[str], place: str
    ) -> None:
        whole, torn_drill = source_down(example(index)), source_down(cut(example(index)))
        assert {link.id for link in torn_drill.broken} == broken
        first = torn_drill.gaps[0]
        assert first.question == place
        assert first.place.startswith(bundled(example(index).head.template).by_id[place].label)
        before = {link.id: link for link in whole.links}
        for link in torn_drill.links:
            if link.id not in broken:
                assert link == before[link.id]

    def test_whom_the_alert_goes_to_is_missed_where_they_are_called(self, index: int) -> None:
        drill = source_down(whom_it_goes_to(example(index)))
        gap = next(link for link in drill.links if link.id == "called").gaps[0]
        assert (gap.question, gap.column) == (ALERTS, "goes_to")
        assert alert_of(example(index))["alert"] in gap.text

    def test_no_cell_is_missed_so_much_that_the_drill_ends(self, index: int) -> None:
        handoff, template = example(index), bundled(example(index).head.template)
        tables = (MODES, ALERTS, TOLD, SIGNALS, STEPS, CATCH_UP, RECONCILIATION, DUTIES, "parties.people")
        cells = [(table, column.id) for table in tables for column in template.by_id[table].field.columns]  # type: ignore[union-attr]
        for table, column in cells:
            for wrong in (None, 7, ["a"], "\x1b[2J", {"a": 1}, ""):

                def change(row: dict[str, Any], column: str = column, wrong: object = wrong) -> dict[str, Any]:
                    rest = {key: cell for key, cell in row.items() if key != column}
                    return rest if wrong is None else rest | {column: wrong}

                for drill in drills(rows(handoff, table, change)):
                    for gap in drill.gaps:
                        assert gap.text
                        assert gap.question in template.by_id

    @pytest.mark.parametrize("question", [MODES, ALERTS, TOLD, SIGNALS, ACTIONS, START, STEPS, MAX, EXIT, CATCH_UP])
    def test_a_value_that_is_none_is_survived(self, index: int, question: str) -> None:
        for value in ("text", 7, [], ["a"], [7], {"a": "b"}, date(2026, 1, 1)):
            for drill in drills(example(index).with_answer(question, Answer(value=value))):
                assert [link.id for link in drill.links] == CHAIN


@pytest.mark.parametrize("seed", range(60))
def test_a_torn_file_is_rehearsed_as_far_as_it_goes(seed: int) -> None:
    try:
        handoff = loads(parse_toml(torn(seed), NAME))
    except FileError:
        return
    template = bundled("payments")
    for drill in rehearse(Facts(Interview(template, handoff), DAY)):
        assert [link.id for link in drill.links] == CHAIN


# -- why something is a gap ----------------------------------------------------------------------------------------


def exit_of(mark: Any, value: Any = None, day: date = DAY) -> tuple[str, ...]:
    handoff = example(0).with_answer(EXIT, Answer(value=value, mark=mark))
    return tuple(gap.text for gap in next(link for link in drills(handoff, day)[4].links if link.id == "exit").gaps)


def test_a_gap_says_who_finds_out_and_by_when() -> None:
    owed = Open(owner="goran", due=date(2026, 12, 4))
    assert exit_of(owed) == ("“Fallback ends” is not decided yet: Göran Sjöström, by 4 Dec 2026.",)
    assert exit_of(Open()) == ("“Fallback ends” is not decided yet: nobody is named, no date is set.",)


def test_what_is_assumed_counts_until_its_day() -> None:
    mark = Assumed(basis="the drill", confirmer="asa", due=DAY)
    assert exit_of(mark, "Two clean comparisons") == ()
    late = exit_of(mark, "Two clean comparisons", date(2026, 11, 25))
    assert late == ("“Fallback ends” was assumed until 24 Nov 2026, and nobody has confirmed it.",)


def test_a_fallback_without_an_end_is_a_gap_whatever_the_reason() -> None:
    assert exit_of(NotApplicable(reason="it never stops")) == (
        "The workaround has no end: “Fallback ends” is marked as not applicable.",
    )


def test_what_does_not_arise_is_an_answer() -> None:
    handoff = example(0).with_answer(TOLD, Answer(mark=NotApplicable(reason="support is the team that runs it")))
    link = next(link for link in source_down(handoff).links if link.id == "told")
    assert link.gaps == ()
    assert link.said[0].text == "not applicable: support is the team that runs it"


def test_an_open_cell_is_a_gap_with_its_owner() -> None:
    cut = without(MODES, "detected_by", mode="source_down")(example(0))
    cell = OpenCell(MODES, "source_down", "detected_by", owner="asa", due=date(2026, 12, 1))
    drill = source_down(replace(cut, open_cells=(cell,)))
    assert drill.gaps[0].text == (
        "“Noticed by” of “the source is down” is not decided yet: Åsa Lindqvist, by 1 Dec 2026."
    )
    assert (drill.gaps[0].row, drill.gaps[0].column) == ("source_down", "detected_by")


def test_a_plan_that_needs_only_what_is_down_is_a_gap() -> None:
    handoff = rows(example(0), STEPS, lambda row: row | {"uses_system": "Stripe"})
    (gap,) = source_down(handoff).gaps
    assert gap.text == "Every step uses what is down: Stripe."
    (other,) = of_mode(drills(handoff), "timeout")
    assert other.gaps == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "person"}, "Billing on-call is one person, who may be asleep."),
        ({"hours": None}, "Nobody wrote down when Billing on-call answers."),
    ],
)
def test_who_may_be_asleep_is_a_gap(change: dict[str, Any], said: str) -> None:
    def changed(row: dict[str, Any]) -> dict[str, Any]:
        new = row | change if row["key"] == "billing-oncall" else row
        return {key: cell for key, cell in new.items() if cell is not None}

    assert [gap.text for gap in source_down(rows(example(0), "parties.people", changed)).gaps] == [said]


# -- how support hears, and the clock ------------------------------------------------------------------------------

PLAN = """
[[parties.people]]
key = "oncall"
name = "Billing on-call"
function = "engineering"
kind = "rota"
hours = "24x7"
[[parties.people]]
key = "desk"
name = "Finance desk"
function = "finance"
[[parties.people]]
key = "lead"
name = "Duty lead"
function = "support"
[[failure_handling.failure_modes]]
mode = "timeout"
detected_by = "{noticed}"
automatic = "It is tried again"
owner = "oncall"
[[failure_handling.reconciliation]]
compares = "Counts"
every = "24h"
owner = "desk"
[[alerts.alerts]]
alert = "LagHigh"
goes_to = "{to}"
urgency = "{urgency}"
fires_when = "{fires}"
[[alerts.alerts]]
alert = "OtherAlert"
goes_to = "oncall"
"""


def clock(*told: str, noticed: str = "LagHigh", to: str = "oncall", urgency: str = "page_now", fires: str = "") -> str:
    """Return the first time of the clock; `told` are events, who tells and how soon, as `event|who|within`."""
    table = "".join(
        f'[[alerts.support_told]]\nevent = "{event}"\nwho = "{who}"\nwithin = "{within}"\n'
        for event, who, within in (line.split("|") for line in told)
    )
    plan = PLAN.format(noticed=noticed, to=to, urgency=urgency, fires=fires)
    (drill,) = written(plan + table)
    span = drill.clock[0]
    return " | ".join(part for part in (span.words, *span.parts, span.lacks) if part)


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        (["Any urgent page (P1)|desk|10m"], "10 minutes"),
        (["Any urgent page|desk|10m", "A call|oncall|20m"], "20 minutes"),
        (["A call|oncall|20m", "Billing on-call is paged|desk|30m"], "30 minutes"),
        (["Billing on-call is paged|oncall|30m", "laghigh goes off|desk|40m"], "40 minutes"),
        (["LagHigh by day|desk|15m", "LagHigh at night|desk|1h"], "1 hour"),
    ],
)
def test_the_event_that_fits_best_counts_and_the_slowest_of_those(told: list[str], seconds: str) -> None:
    assert clock(*told).startswith(f"Support hears {seconds} after it is noticed")


@pytest.mark.parametrize(
    "event", ["OtherAlert goes off|oncall|5m", "Finance desk is paged|lead|5m", "The fallback starts|lead|5m"]
)
def test_what_is_about_something_else_does_not_count(event: str) -> None:
    assert clock(event) == "Nobody can say when support hears of it"


def test_the_time_until_the_alert_is_added_where_its_words_name_one() -> None:
    said = clock("LagHigh|oncall|10m", fires="No event for 15 minutes by day or one hour by night")
    assert said.startswith("Support hears 1 hour 10 minutes after the customer could notice | 1 hour until “LagHigh”")
    assert said.endswith("| 10 minutes until Billing on-call tells support")


def test_a_time_that_no_answer_says_is_named_and_not_guessed() -> None:
    said = clock("LagHigh|oncall|10m", urgency="work_hours")
    assert said.endswith("how long until “LagHigh” goes off and how long it waits outside working hours")


def test_support_that_is_called_itself_need_not_be_told() -> None:
    assert clock(to="lead", fires="for 5 minutes").startswith("Support hears 5 minutes after the customer could notice")


def test_a_comparison_notices_when_it_runs() -> None:
    said = clock("The comparison|desk|2h", noticed="reconciliation")
    assert said.startswith("Support hears 1 day 2 hours after the customer could notice | 1 day until the slowest")


def test_what_only_agents_notice_has_no_clock_for_support() -> None:
    (drill,) = written(PLAN.format(noticed="agents", to="oncall", urgency="page_now", fires=""))
    assert drill.gaps[0].text == "Nothing notices it but agents: customers report it first."
    assert not any(span.words.startswith("Support hears") for span in drill.clock)


def test_what_works_by_itself_needs_nobody() -> None:
    plan = PLAN.format(noticed="not_needed", to="oncall", urgency="page_now", fires="")
    (quiet,) = written(plan.replace("timeout", "duplicate"))
    assert quiet.by_itself
    assert quiet.clock == ()
    assert [link.id for link in quiet.links if link.needless] == CHAIN[1:6]
    (loud,) = written(plan)
    assert not loud.by_itself
    assert loud.gaps[0].text.startswith("It says that nobody needs to notice it")


def test_a_failure_is_found_by_any_of_its_names() -> None:
    found = drills(example(0))
    for name in ("source_down", "Source Down", " source-down ", "The source is down", "THE  SOURCE IS DOWN"):
        assert [drill.mode for drill in of_mode(found, name)] == ["source_down"]
    assert of_mode(found, "source") == []
    assert near(found, "sorce down") == "source_down"
    assert near(found, "zzz") is None


def test_no_secret_is_needed_to_tell_a_drill() -> None:
    told = source_down(example(0)).told(lambda text: text.replace("StripeSilent", "[hidden]"))
    assert "StripeSilent" not in repr(told)
    assert told.mode == "source_down"
