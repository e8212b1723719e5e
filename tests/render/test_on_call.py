"""The on-call page: what an engineer must find at three in the morning."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from handoff_tui.core.answers import Answer, Note, Open
from handoff_tui.render.paged import MEANWHILE
from tests.core.making import TODAY
from tests.render.samples import billing, changed, example, handoff_of, part, published

PAGE = "on-call"


def page(name: str = "") -> str:
    return published(example(name) if name else billing(), PAGE)


def alert(name: str, **cells: Any) -> dict[str, Any]:
    row = {"alert": name, "audience": "engineering", "goes_to": "x", "urgency": "page_now", "first_action": "Do this"}
    return row | cells


def person(key: str, hours: str = "24x7", backup: str = "", **cells: Any) -> dict[str, Any]:
    row = {"key": key, "name": f"{key.title()} rota", "function": "engineering", "kind": "rota", "reach": f"#{key}"}
    return row | ({"hours": hours} if hours else {}) | ({"backup": backup} if backup else {}) | cells


def of(**tables: Any) -> str:
    """Return the page of a handoff with these alerts and people, and whatever else is given by its name."""
    names = {
        "alerts": "alerts.alerts",
        "people": "parties.people",
        "systems": "parties.systems",
        "told": "alerts.support_told",
        "modes": "failure_handling.failure_modes",
        "paths": "failure_handling.delivery_paths",
        "compared": "failure_handling.reconciliation",
        "steps": "fallback.fallback_steps",
        "start": "fallback.fallback_start",
        "signals": "support_view.support_signals",
        "end": "fallback.fallback_exit",
        "longest": "fallback.fallback_max",
    }
    tables = {"alerts": [alert("Lag")], "people": [person("x")]} | tables
    return published(handoff_of({names[name]: value for name, value in tables.items()}), PAGE)


# -- the alerts --------------------------------------------------------------------------------------------------


def test_the_index_says_what_each_alert_means_whose_it_is_and_whether_it_was_rehearsed() -> None:
    text = part(page("charging-plans"), "Which alert is it?")
    assert "| **[StripeSilent](#stripesilent)** | No event for 15 minutes" in text
    assert "| Billing on-call | 21 Oct 2026 |" in text


def test_an_alert_has_all_that_hangs_on_it_first_what_to_do() -> None:
    lines = [line for line in part(page("charging-plans"), "PlanSyncBehind", 4).splitlines() if line]
    labels = [line.removeprefix("- **").split("**")[0] for line in lines]
    assert labels[:2] == ["First action:", "Runbook:"]
    assert labels[2].startswith("It may be: no reply in time")
    assert labels[-2:] == ["Agents see and say:", "Starts the fallback?"]
    assert any("Customers notice: Has just paid" in line for line in lines)


def test_owner_and_cover_are_said_once_for_all_alerts_of_theirs() -> None:
    text = page("charging-plans")
    assert text.count("- **Owner:** **Billing on-call**, 24x7, /page billing in Slack, then #billing-live") == 1


def test_what_support_is_told_is_said_once_where_it_is_the_same_for_all_alerts_of_an_owner() -> None:
    told = {"event": "X rota is paged", "who": "x", "channel": "A call", "within": "30m"}
    both = [alert("Lag"), alert("Dead")]
    text = of(alerts=both, told=[told])
    assert text.count("A call, within 30 minutes") == 1
    assert "- **Tell support, for each alert here:** A call, within 30 minutes" in part(text, "X rota", 3)
    text = of(alerts=both, told=[told, told | {"event": "Dead goes off", "within": "5m"}])
    assert "- **Tell support:** A call, within 30 minutes" in part(text, "Lag", 4)
    assert "- **Tell support:** A call, within 5 minutes" in part(text, "Dead", 4)


def test_what_nobody_has_written_at_an_alert_is_not_stated() -> None:
    text = part(of(told=[], signals=[], start="Somebody says so"), "Lag", 4)
    labels = ("Runbook", "Customers notice", "Tell support", "Agents see and say")
    assert [f"- **{label}:** not stated" in text for label in labels] == [True] * 4
    assert "- **Starts the fallback?** not stated" in text


def test_a_failure_tells_its_own_rehearsal_only_where_that_is_another() -> None:
    mode = {"mode": "timeout", "customer_sees": "N", "automatic": "A", "owner": "x", "detected_by": "lag"}
    day = date(2026, 11, 1)
    assert "Rehearsed: never" in part(of(alerts=[alert("Lag", tested_on=day)], modes=[mode]), "Lag", 4)
    assert "Rehearsed:" not in part(
        of(alerts=[alert("Lag", tested_on=day)], modes=[mode | {"tested_on": day}]), "Lag", 4
    )


def test_an_event_that_names_no_alert_is_told_with_its_condition() -> None:
    told = {"event": "A wallet is frozen", "who": "x", "channel": "A call", "within": "30m"}
    assert "- **Tell support:** A wallet is frozen: A call, within 30 minutes" in of(told=[told])
    assert "- **Tell support:** A call, within 30 minutes" in of(told=[told | {"event": "Lag goes off"}])


def test_what_support_is_told_of_no_alert_stands_with_its_words() -> None:
    told = {"event": "The fallback ends", "who": "x", "channel": "A call", "within": "5m"}
    text = of(alerts=[alert("Lag", goes_to="y")], people=[person("x"), person("y")], told=[told])
    assert "- **The fallback ends:** A call, within 5 minutes, told by X rota" in part(text, MEANWHILE)


@pytest.mark.parametrize(
    ("start", "action", "said"),
    [
        (
            "Ask first. When Lag has been on for an hour.",
            "Wait",
            "its start says: “… When Lag has been on for an hour.”",
        ),
        ("Anybody", "Wait. Start no fallback: it passes.", "the first action says: “… Start no fallback: it passes.”"),
        (
            "If Lag is on.",
            "Start the fallback *now*",
            r"its start says: “If Lag is on.”; the first action says: “Start the fallback \*now\*”",
        ),
        (
            "Anybody",
            "Look. Is it dead? Then start the fallback. Go on. No fallback at night.",
            "the first action says: “… Is it dead? Then start the fallback. … No fallback at night.”",
        ),
        ("When LagHigh is on", "Fall back on us", "not stated"),
    ],
)
def test_of_the_fallback_the_answers_are_quoted_and_never_judged(start: str, action: str, said: str) -> None:
    text = of(alerts=[alert("Lag", first_action=action)], start=start)
    assert f"- **Starts the fallback?** {said}\n" in text


def test_what_is_done_by_hand_may_speak_of_the_fallback() -> None:
    mode = {"mode": "timeout", "owner": "x", "detected_by": "Lag", "human_step": "Wait. Start the fallback."}
    assert "**Starts the fallback?** by hand: “… Start the fallback.”" in of(modes=[mode], start="Anybody")


def test_an_alert_that_can_wait_wakes_nobody() -> None:
    assert "#### RefundMismatch" not in page()
    assert "| **RefundMismatch** |" in part(page(), "By day")


def test_that_nobody_covers_and_that_nothing_was_rehearsed_is_said() -> None:
    text = of()
    assert "- **If they do not answer:** nobody is named" in part(text, "X rota", 3)
    assert "**Rehearsed:** no alert that wakes somebody has ever been set off on purpose." in text


def test_an_alert_that_goes_to_nobody_who_is_listed_says_so() -> None:
    text = of(alerts=[alert("Lag", goes_to="ghost")])
    assert "- **Owner:** ghost" in part(text, "Lag", 4)


# -- who answers -------------------------------------------------------------------------------------------------

OFFICE = "Mon-Fri 08:00-17:00 Europe/Oslo"


@pytest.mark.parametrize(
    ("people", "ends"),
    [
        ([person("x", backup="y"), person("y")], "**Y rota**, 24x7, #y"),
        (
            [person("x", backup="y"), person("y", backup="x")],
            "**Y rota**, 24x7, #y; after that **nobody**: they cover only each other",
        ),
        ([person("x", backup="y"), person("y", OFFICE)], f"**Y rota**, {OFFICE}, #y; outside their hours **nobody**"),
        (
            [person("x", backup="y"), person("y", OFFICE, "z"), person("z")],
            f"**Y rota**, {OFFICE}, #y; then **Z rota**, 24x7, #z",
        ),
        ([person("x", backup="y"), person("y", "")], "**Y rota**, hours not stated, #y"),
    ],
)
def test_who_stands_in_is_worked_out_to_the_end(people: list[dict[str, Any]], ends: str) -> None:
    lines = part(of(people=people), "X rota", 3).replace("\\#", "#").splitlines()
    assert f"- **If they do not answer:** {ends}" in lines


@pytest.mark.parametrize(
    ("people", "gap"),
    [
        ([person("x", kind="person", backup="y"), person("y")], "**X rota** is one person, who may be asleep: Lag"),
        ([person("x", "", backup="y"), person("y")], "When **X rota** answers is not stated: Lag"),
        ([person("x", OFFICE, backup="y"), person("y")], f"**X rota** answers {OFFICE} only: Lag"),
        ([person("x")], "Nobody is named for when **X rota** does not answer: Lag"),
        (
            [person("x", backup="y"), person("y", OFFICE)],
            "If **X rota** does not answer: **nobody** outside the hours of Y rota",
        ),
        (
            [person("x", backup="y"), person("y", backup="x")],
            "**X rota** and **Y rota** cover only each other: if neither answers, nobody does",
        ),
    ],
)
def test_a_gap_at_night_is_said_aloud(people: list[dict[str, Any]], gap: str) -> None:
    assert part(of(people=people), "Gaps at night").strip() == f"- {gap}"


@pytest.mark.parametrize(
    "people",
    [
        [person("x", backup="y"), person("y")],
        [person("x", backup="y"), person("y", OFFICE, "z"), person("z")],
        [person("x", backup="y"), person("y", "")],
    ],
)
def test_where_somebody_answers_or_it_is_not_known_there_is_no_gap(people: list[dict[str, Any]]) -> None:
    assert part(of(people=people), "Gaps at night").strip() == "The answers show none."


def test_the_fallback_needs_somebody_who_is_off_at_night() -> None:
    people = [person("x", backup="b"), person("b"), person("y", OFFICE), person("z", OFFICE, "x")]
    step = {"step": "Do", "who": "y", "approver": "z"}
    longest = Answer("4h", note=Note(text="Then Y rota decides"))
    text = part(of(people=people, steps=[step], start="The y rota says so", longest=longest), "Gaps at night")
    why = "step 1, its start and how it goes on after its longest time"
    assert text.strip().splitlines() == [
        f"- The fallback needs **Y rota** ({OFFICE}) for {why}; nobody behind them is there at every hour.",
        f"- The fallback needs **Z rota** ({OFFICE}) for approval of step 1; at other hours **X rota** stands in.",
    ]


@pytest.mark.parametrize(("who", "approver"), [("y", "x"), ("x", "y"), ("y", "z")])
def test_a_stand_in_who_would_approve_their_own_step_is_a_gap(who: str, approver: str) -> None:
    people = [person("x", backup="b"), person("b"), person("y", OFFICE, "x"), person("z", OFFICE, "x")]
    text = part(of(people=people, steps=[{"step": "Do", "who": who, "approver": approver}]), "Gaps at night")
    gap = "- **X rota** may have to do step 1 and to approve it: there is nobody else at every hour."
    assert gap in text.splitlines()


def test_who_ends_the_fallback_is_needed_for_it() -> None:
    people = [person("x", backup="b"), person("b"), person("y", OFFICE)]
    assert "needs **Y rota** (" + OFFICE + ") for its end;" in of(people=people, end="Y rota says so")


def test_a_name_inside_a_longer_one_is_not_named() -> None:
    people = [person("x", backup="b"), person("b"), person("y", OFFICE), person("y2", name="Y rota on duty")]
    assert "The answers show none." in of(people=people, start="The Y rota on duty says so")


def test_a_system_that_no_alert_names_is_named_as_one() -> None:
    people = [person("x", backup="b"), person("b")]
    systems = [{"name": name, "role": role} for name, role in (("Pay", "source"), ("Bus", "other"), ("Tix", "zendesk"))]
    mode = {"mode": "zendesk_down", "customer_sees": "N", "automatic": "A", "owner": "x", "detected_by": "PaySilent"}
    text = of(alerts=[alert("PaySilent")], people=people, systems=systems, modes=[mode])
    assert (
        part(text, "Gaps at night").strip()
        == "- No alert that wakes somebody names **Bus**: an outage there may wake nobody."
    )


# -- outages -----------------------------------------------------------------------------------------------------


def outage(path: dict[str, Any], compared: list[dict[str, Any]]) -> list[str]:
    """Return the cells of a path: compared by, then the three outages."""
    row = {"path": "P", "from": "A", "to": "B", "trigger": "poll"} | path
    lines = part(of(paths=[row], compared=compared), "What an outage does").splitlines()
    line = next(line for line in lines if line.startswith("| **P**"))
    return [cell.strip() for cell in line.split(" | ")[4:]]


TRIED = "tried again until it is through"
READ = "looks back far enough: read what it does"
SENDER = {"retried_by": "sender", "retry_window": "6h", "then": "reconcile"}


@pytest.mark.parametrize(
    ("path", "compares", "cells"),
    [
        (SENDER, None, ["none", TRIED, "not stated", "not stated |"]),
        (SENDER, "A with B", ["1", TRIED, f"comparison 1 (runs every 6 hours) {READ}", "not stated |"]),
        (SENDER, "A with C", ["none", TRIED, "not stated", "not stated |"]),
        (SENDER | {"then": "dead_letter"}, "A with B", ["1", TRIED, "by hand", "by hand |"]),
        (SENDER | {"then": "lost"}, "A with B", ["1", TRIED, "**lost**", "**lost** |"]),
        ({"then": "ticket"}, "A with B", ["1", "not stated", "not stated", "not stated |"]),
        (
            SENDER | {"dedupe_window": "30h", "then": "ticket"},
            None,
            [
                "none",
                TRIED,
                "by hand; repeats may count as new",
                "by hand; repeats may count as new |",
            ],
        ),
    ],
)
def test_an_outage_is_followed_on_each_path(path: dict[str, Any], compares: str | None, cells: list[str]) -> None:
    row = {"compares": compares, "every": "6h", "looks_back": "36h", "owner": "x"}
    assert outage(path, [row] if compares else []) == cells


def test_that_nobody_tries_again_is_said_in_words() -> None:
    text = of(paths=[{"path": "P", "retried_by": "nobody", "retry_window": "0s", "then": "ticket"}])
    assert "| not tried again |" in part(text, "What an outage does")
    assert "nobody at all" not in text


def test_an_open_cell_of_a_path_is_not_stated_and_says_who_finds_out() -> None:
    row = next(line for line in page().splitlines() if line.startswith("| **billing events** | 3 days"))
    assert "Not decided yet: Siobhán" in row


def test_of_what_is_fetched_on_a_timer_nothing_is_promised() -> None:
    path = {"path": "P", "from": "A", "to": "B", "retried_by": "nobody", "retry_window": "0s", "then": "reconcile"}
    text = part(of(paths=[path | {"trigger": "poll"}]), "What an outage does")
    assert "| not tried again, but fetched on a timer |" in text
    assert "whether that brings what was missed, the answers do not say." in text
    assert "timer" not in part(of(paths=[path | {"trigger": "webhook"}]), "What an outage does")


def test_an_alert_without_a_failure_has_no_place_in_the_drawing_and_that_is_said() -> None:
    mode = {"mode": "timeout", "owner": "x", "detected_by": "Lag"}
    text = of(alerts=[alert("Lag"), alert("Dead")], modes=[mode])
    assert "Not drawn, because no failure names them: Dead." in part(text, "Who is told what")
    assert "Not drawn" not in of(modes=[mode])


def test_each_hop_has_its_way_timeout_and_check() -> None:
    text = part(page(), "How updates travel")
    assert "```mermaid" in text
    assert "| **billing events** | Stripe to billing-sync | pushed by webhook | 10 seconds |" in text
    assert "not stated" in text


# -- the rest ----------------------------------------------------------------------------------------------------


def test_what_is_not_settled_stands_at_the_top_in_words() -> None:
    top = page().split("## ")[0]
    here, elsewhere = (line for line in top.splitlines() if "Not settled yet" in line)
    assert here.startswith("- **Not settled yet, on this page:** ")
    assert "Fallback ends (open: Zofia Wiśniewska, by 1 Dec 2026)" in here
    assert elsewhere.startswith("- **Not settled yet, elsewhere in the handoff:** ")
    assert "Copy is kept for (to confirm: Zofia Wiśniewska, by 15 Dec 2026)" in elsewhere
    assert "Change notice (open: Siobhán O'Reilly-Nguyễn, by 4 Dec 2026)" in elsewhere


def test_what_agents_say_stands_beside_what_they_never_say() -> None:
    text = part(page(), MEANWHILE)
    assert "| When | Agents see | They say | Never | They do | They hand over to |" in text
    assert "Do not offer a refund or a credit before billing has answered." in text


def test_a_failure_stands_at_its_alert_or_in_the_table_but_not_in_both() -> None:
    text = page("charging-plans")
    assert "It may be: the source is down." in text
    assert "**the source is down**" not in part(text, "How else it fails")
    assert "| **a status nobody knows** |" in part(text, "How else it fails")


def test_a_step_that_is_on_calls_is_marked() -> None:
    assert "**On call:** **Switch automatic blocks" in page("charging-plans")


@pytest.mark.parametrize("name", ["charging-plans", "wallet-verification", "furniture-deliveries"])
def test_what_can_wait_stands_at_the_end(name: str) -> None:
    titles = [line for line in page(name).splitlines() if line.startswith("## ")]
    assert titles[:2] == ["## Which alert is it?", "## If it goes off"]
    assert titles[-1] == "## By day"


@pytest.mark.parametrize(
    "question",
    [
        "alerts.alerts",
        "failure_handling.delivery_paths",
        "failure_handling.failure_modes",
        "failure_handling.reconciliation",
        "failure_handling.replay",
        "fallback.fallback_start",
        "fallback.fallback_steps",
        "fallback.catch_up",
        "alerts.support_told",
        "support_view.support_signals",
        "alerts.silence_check",
        "close.known_gaps",
    ],
)
def test_what_nobody_has_decided_is_said_where_a_reader_looks_for_it(question: str) -> None:
    text = published(changed(question, lambda _: Answer(None, Open(owner="zofia", due=TODAY))), PAGE)
    assert "**Not decided yet:** Zofia Wiśniewska finds out by 23 Nov 2026" in text


def test_a_handoff_of_nothing_has_a_page_that_says_so() -> None:
    text = published(handoff_of({}), PAGE)
    assert text.startswith("# A name: on call\n")
    assert "No answer yet" in text


def test_what_an_alert_means_is_found_whatever_the_case_of_its_name() -> None:
    rows = billing().answer("failure_handling.failure_modes").value
    lower = [row | {"detected_by": str(row.get("detected_by", "")).lower()} for row in rows]
    text = published(changed("failure_handling.failure_modes", lambda answer: answer.with_(value=lower)), PAGE)
    assert "- **It may be: the source is down.**" in part(text, "StripeSilence", 4)


def test_how_silence_is_noticed_stands_with_all_alerts_and_not_with_the_last() -> None:
    text = page("charging-plans")
    assert "- **If nothing arrives at all:** StripeSilent goes off" in part(text, "Which alert is it?")
    assert "If nothing arrives" not in part(text, "If it goes off")


def test_who_is_named_for_the_fallback_alone_stands_among_those_to_call() -> None:
    people = [person("x"), person("boss", name="Manager on duty")]
    text = of(people=people, longest=Answer("4h", note=Note(text="Then the manager on duty decides")))
    row = "| **Manager on duty** | 24x7 | \\#boss | fallback: how it goes on after its longest time |"
    assert row in part(text, "Whom else to call")


def test_a_rehearsal_with_a_time_is_not_counted_and_stops_nothing() -> None:
    alerts = [alert("Lag", tested_on=datetime(2026, 10, 1, 9, 0)), alert("Late", tested_on=date(2026, 10, 2))]
    assert "**Rehearsed:** 1 of 2 alerts that wake somebody, the first on 2 Oct 2026" in of(alerts=alerts)
