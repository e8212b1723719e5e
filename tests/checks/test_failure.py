"""Rules 7 to 15: owners of failures, retries, repeats, order, detection, staleness and rate."""

from __future__ import annotations

import pytest

from tests.checks.making import found

FIELDS, PATHS, MODES = (
    "source_of_truth.critical_fields",
    "failure_handling.delivery_paths",
    "failure_handling.failure_modes",
)
RECONCILIATION, ALERTS = "failure_handling.reconciliation", "alerts.alerts"
MARK = 'owner = "ops"\ndue = 2026-12-04\n'
REQUIRED = ("duplicate", "timeout", "partial", "source_down")

Place = tuple[str | None, str | None, str]


def places(rule: str, text: str, template: str = "general") -> list[Place]:
    """Return the row, the column, and how heavy."""
    return [(item.row, item.column, item.severity) for item in found(text, template, rule)]


def said(rule: str, text: str) -> list[tuple[str, str]]:
    return [(item.message, item.fix) for item in found(text, rule=rule)]


def table(question: str, *rows: str) -> str:
    return "".join(f"[[{question}]]\n" + "\n".join(row.split("; ")) + "\n" for row in rows)


def open_cell(question: str, row: str, column: str) -> str:
    return f'[[open_cells]]\nquestion = "{question}"\nrow = "{row}"\ncolumn = "{column}"\n{MARK}'


def opened(question: str) -> str:
    return f"[open.{question}]\n{MARK}"


def path(more: str, name: str = "events", trigger: str = "webhook") -> str:
    return table(PATHS, f'path = "{name}"; trigger = "{trigger}"' + (f"; {more}" if more else ""))


def field(more: str, name: str = "plan") -> str:
    return table(FIELDS, f'field = "{name}"' + (f"; {more}" if more else ""))


def modes(*rows: str) -> str:
    """Return failures that are in order, and others."""
    named = {row.split('"')[1] for row in rows}
    fine = [f'mode = "{mode}"; owner = "ops"; detected_by = "reconciliation"' for mode in REQUIRED if mode not in named]
    return table(MODES, *fine, *rows)


# -- 7 failure-unowned -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (table(MODES, *(f'mode = "{mode}"; owner = "ops"' for mode in REQUIRED)), []),
        (
            table(MODES, *(f'mode = "{mode}"; owner = "ops"' for mode in REQUIRED[1:3])),
            [("duplicate", None, "error"), ("source_down", None, "error")],
        ),
        (modes('mode = "timeout"'), [("timeout", "owner", "error")]),
        (modes('mode = "backlog"'), [("backlog", "owner", "error")]),
        (
            table(MODES, 'mode = "backlog"'),
            [("backlog", "owner", "error"), *((mode, None, "error") for mode in REQUIRED)],
        ),
        (modes('mode = "backlog"; owner = "nobody-listed"'), []),
        (modes('mode = "backlog"; owner = 3'), []),
        (modes('mode = "backlog"') + open_cell(MODES, "backlog", "owner"), []),
        (table(MODES, 'mode = "time-out"; owner = "ops"'), []),
        (table(MODES, 'mode = "backlog"; owner = "ops"', 'mode = "time-out"; owner = "ops"'), []),
        (table(MODES, 'mode = "backlog"') + opened(MODES), []),
        ("", []),
        ('[not_applicable.failure_handling.failure_modes]\nreason = "typed in by hand"\n', []),
        ('[failure_handling]\nfailure_modes = "all of them"\n', []),
        ("[failure_handling]\nfailure_modes = []\n", []),
    ],
)
def test_every_failure_has_an_owner(text: str, expected: list[Place]) -> None:
    assert places("failure-unowned", text) == expected


@pytest.mark.parametrize("template", ["payments", "identity", "operations"])
def test_the_failures_of_a_scenario_are_optional(template: str) -> None:
    assert places("failure-unowned", modes(), template) == []


def test_what_is_said_of_a_failure_without_an_owner() -> None:
    assert said("failure-unowned", modes('mode = "timeout"')) == [
        ("“no reply in time” has no owner.", "Name who puts it right.")
    ]
    rest = table(MODES, *(f'mode = "{mode}"; owner = "ops"' for mode in REQUIRED[:3]))
    assert said("failure-unowned", rest) == [("“the source is down” has no owner.", "Add a row for it, with an owner.")]
    assert said("failure-unowned", modes('customer_sees = "nothing"')) == [
        ("A failure without a name has no owner.", "Name who puts it right.")
    ]


def test_an_empty_owner_is_said_once() -> None:
    people = '[[parties.people]]\nkey = "ops"\nname = "Ops"\n'
    at_owner = [item.rule for item in found(people + modes('mode = "timeout"')) if item.column == "owner"]
    assert at_owner == ["failure-unowned"]


# -- 8 dedupe-too-short ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        ('retry_window = "3d"; dedupe_window = "2h"', "error"),
        ('retry_window = "3d"; dedupe_window = "71h"; order_rule = "sequence"', "error"),
        ('retry_window = "1s"', "error"),
        ('retry_window = "3d"; dedupe_window = "2h"; order_rule = "refetch"', "warning"),
        ('retry_window = "3d"; order_rule = "refetch"', "warning"),
    ],
)
def test_repeats_outlast_the_memory(more: str, severity: str) -> None:
    assert places("dedupe-too-short", path(more)) == [("events", "dedupe_window", severity)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(path('retry_window = "3d"; dedupe_window = "72h"'), id="as long"),
        pytest.param(path('retry_window = "1h"; dedupe_window = "61m"'), id="longer"),
        pytest.param(path('retry_window = "0s"'), id="no retries"),
        pytest.param(path('dedupe_window = "2h"'), id="retries never given"),
        pytest.param(path('retry_window = "3 days"; dedupe_window = "2h"'), id="retries that cannot be read"),
        pytest.param(path('retry_window = "3d"; dedupe_window = "2 hours"'), id="memory that cannot be read"),
        pytest.param(path('retry_window = "3d"; dedupe_window = ""'), id="empty text cannot be read"),
        pytest.param(path('retry_window = "3d"') + open_cell(PATHS, "events", "dedupe_window"), id="memory is open"),
        pytest.param(
            path('retry_window = "3d"; dedupe_window = "2h"') + open_cell(PATHS, "events", "retry_window"),
            id="retries are open",
        ),
        pytest.param(path('retry_window = "3d"', trigger="event_bus"), id="event bus"),
        pytest.param(table(PATHS, 'path = "events"; retry_window = "3d"'), id="no trigger"),
        pytest.param(path('retry_window = "3d"') + opened(PATHS), id="all open"),
    ],
)
def test_repeats_are_recognised_or_it_waits(text: str) -> None:
    assert places("dedupe-too-short", text) == []


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            'from = "Stripe"; retry_window = "3d"; dedupe_window = "2h"',
            "Stripe may repeat for 3 days; we forget after 2 hours.",
        ),
        ('retry_window = "1d"; dedupe_window = "0s"', "The sender may repeat for 1 day; we forget at once."),
        ('from = "Stripe"; retry_window = "3d"', "Stripe may repeat for 3 days; we forget at once."),
    ],
)
def test_what_is_said_of_repeats(more: str, message: str) -> None:
    fix = "Store the ids of handled events for longer; Zendesk's own key lasts 2 hours."
    assert said("dedupe-too-short", path(more)) == [(message, fix)]


def test_an_accepted_warning_about_repeats_lapses_when_the_retries_change() -> None:
    def fingerprint(window: str) -> str:
        text = path(f'retry_window = "{window}"; dedupe_window = "2h"; order_rule = "refetch"')
        return found(text, rule="dedupe-too-short")[0].fingerprint

    assert fingerprint("3h") == fingerprint("180m")
    assert fingerprint("3h") != fingerprint("3d")


# -- 9 outage-outlives-retry -------------------------------------------------------------------------------------

MAX = '[fallback]\nfallback_max = "8h"\n'


def compare(*reaches: str) -> str:
    rows = (
        f'compares = "c{number}"' + (f'; looks_back = "{reach}"' if reach else "")
        for number, reach in enumerate(reaches)
    )
    return table(RECONCILIATION, *rows)


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        pytest.param(path('retry_window = "7m"; then = "lost"'), "error", id="lost"),
        pytest.param(path('retry_window = "7m"; then = "lost"') + compare("30d"), "error", id="lost, but compared"),
        pytest.param(path('retry_window = "7m"; then = "reconcile"') + compare("479m"), "error", id="too short"),
        pytest.param(path('retry_window = "7m"') + compare("1h", "7h"), "error", id="all too short"),
        pytest.param(path('retry_window = "0s"; then = "lost"'), "error", id="no retries"),
        pytest.param(path('retry_window = "7h"; then = "lost"', trigger="event_bus"), "error", id="event bus"),
        pytest.param(path('retry_window = "7m"; then = "reconcile"') + compare("8h"), "advice", id="just enough"),
        pytest.param(path('retry_window = "7m"') + compare("1h", "1d"), "advice", id="one reaches"),
        pytest.param(path('retry_window = "7m"; then = "dead_letter"'), "advice", id="no comparison given"),
        pytest.param(path('retry_window = "7m"') + compare("1h", ""), "advice", id="one is empty"),
        pytest.param(path('retry_window = "7m"') + compare("1h", "a day"), "advice", id="one cannot be read"),
        pytest.param(
            path('retry_window = "7m"') + compare("1h", "2h") + open_cell(RECONCILIATION, "c1", "looks_back"),
            "advice",
            id="one is open",
        ),
        pytest.param(path('retry_window = "7m"') + compare("1h") + opened(RECONCILIATION), "advice", id="all open"),
        pytest.param(
            path('retry_window = "7m"; then = "lost"') + open_cell(PATHS, "events", "then"), "advice", id="then is open"
        ),
    ],
)
def test_an_outage_outlives_the_retries(text: str, severity: str) -> None:
    assert places("outage-outlives-retry", text + MAX) == [("events", "retry_window", severity)]


LOST = path('retry_window = "7m"; then = "lost"')


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(path('retry_window = "8h"; then = "lost"') + MAX, id="as long"),
        pytest.param(path('retry_window = "7m"; then = "lost"', trigger="poll") + MAX, id="poll"),
        pytest.param(path('retry_window = "7m"; then = "lost"', trigger="batch") + MAX, id="batch"),
        pytest.param(path('then = "lost"') + MAX, id="retries never given"),
        pytest.param(LOST + MAX + open_cell(PATHS, "events", "retry_window"), id="retries are open"),
        pytest.param(LOST, id="fallback never given"),
        pytest.param(LOST + MAX + opened("fallback.fallback_max"), id="fallback is open"),
        pytest.param(LOST + MAX.replace("8h", "a day"), id="fallback cannot be read"),
        pytest.param(
            LOST + MAX + '[assumed.fallback.fallback_max]\nbasis = "draft"\nconfirmer = "ops"\ndue = 2026-11-22\n',
            id="fallback was assumed until yesterday",
        ),
        pytest.param(LOST + MAX + '[not_applicable.fallback.fallback_max]\nreason = "no fallback"\n', id="no fallback"),
    ],
)
def test_retries_last_long_enough_or_it_waits(text: str) -> None:
    assert places("outage-outlives-retry", text) == []


def test_what_is_said_of_an_outage() -> None:
    stop = "After 7 minutes events stop coming; you planned 8 hours."
    plan = "Plan a replay, or a comparison that looks back at least 8 hours."
    short = path('retry_window = "7m"') + MAX
    assert said("outage-outlives-retry", short + compare("1h")) == [(stop, plan)]
    assert said("outage-outlives-retry", short + compare("1h", "")) == [(stop, plan)]
    assert said("outage-outlives-retry", short + compare("1h", "8h")) == [
        (stop, "A comparison looks back far enough: make sure that it covers this path, or plan a replay.")
    ]
    assert said("outage-outlives-retry", path('retry_window = "0s"; then = "lost"') + MAX + compare("8h")) == [
        (
            "Events stop coming at once; you planned 8 hours.",
            "Plan how to resend it, or let a comparison repair what is lost after the last try.",
        )
    ]


# -- 10 retry-doubled --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trigger", ["webhook", "poll", "event_bus", "batch", "manual"])
def test_both_sides_try_again(trigger: str) -> None:
    text = path('retried_by = "both"', trigger=trigger) + path('retried_by = "sender"', "others")
    assert places("retry-doubled", text) == [("events", "retried_by", "warning")]
    assert said("retry-doubled", text) == [
        ("Both sides try again, which multiplies the load and the duplicates.", "Choose one side that tries again.")
    ]


@pytest.mark.parametrize("who", ["sender", "us", "nobody", "both of them"])
def test_one_side_tries_again(who: str) -> None:
    assert places("retry-doubled", path(f'retried_by = "{who}"')) == []


def test_who_tries_again_is_open() -> None:
    assert places("retry-doubled", path('retried_by = "both"') + open_cell(PATHS, "events", "retried_by")) == []


# -- 11 unsigned-webhook -----------------------------------------------------------------------------------------


def test_anyone_could_send_it() -> None:
    text = path('auth = "none"', "Zahlungen & Co.") + path('auth = "token"', "others")
    assert places("unsigned-webhook", text) == [("Zahlungen & Co.", "auth", "error")]
    assert said("unsigned-webhook", text) == [
        ("Anyone could send “Zahlungen & Co.”.", "Verify the signature of each message.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        path('auth = "signature"'),
        path('auth = "mtls"'),
        path(""),
        path('auth = "None"'),
        path('auth = "none"', trigger="event_bus"),
        path('auth = "none"', trigger="poll"),
        table(PATHS, 'path = "events"; auth = "none"'),
        path('auth = "none"') + open_cell(PATHS, "events", "auth"),
        path('auth = "none"') + open_cell(PATHS, "events", "trigger"),
    ],
)
def test_the_sender_is_known_or_not_decided(text: str) -> None:
    assert places("unsigned-webhook", text) == []


# -- 12 order-ignored --------------------------------------------------------------------------------------------

LAST = 'order_rule = "last_write_wins"'


@pytest.mark.parametrize(
    ("fields", "severity"),
    [
        (field('class = "financial"'), "error"),
        (field('class = "operational"') + field('class = "identity"', "status"), "error"),
        (field('class = "operational"') + field('class = "contact"', "phone"), "warning"),
        (field(""), "warning"),
        ("", "warning"),
        (field('class = "financial"') + opened(FIELDS), "warning"),
        (field('class = "financial"') + open_cell(FIELDS, "plan", "class"), "warning"),
    ],
)
@pytest.mark.parametrize("trigger", ["webhook", "event_bus"])
def test_a_late_old_event_wins(fields: str, severity: str, trigger: str) -> None:
    assert places("order-ignored", path(LAST, trigger=trigger) + fields) == [("events", "order_rule", severity)]


@pytest.mark.parametrize(
    "text",
    [
        *(path(f'order_rule = "{rule}"') for rule in ("refetch", "sequence", "ignore_older", "not_needed")),
        path(""),
        path(LAST, trigger="poll"),
        path(LAST, trigger="batch"),
        path(LAST) + open_cell(PATHS, "events", "order_rule"),
    ],
)
def test_order_is_kept_or_not_decided(text: str) -> None:
    assert places("order-ignored", text + field('class = "financial"')) == []


def test_what_is_said_of_order() -> None:
    assert said("order-ignored", path(LAST)) == [
        (
            "A late old event can overwrite a newer state.",
            "Fetch the current state instead, or compare the times of the events.",
        )
    ]


# -- 13 undetected-failure ---------------------------------------------------------------------------------------

LAG = table(ALERTS, 'alert = "BillingLagHigh"', 'alert = "Späte Rückzahlung"', 'alert = "agents only"')


def noticed(by: str, mode: str = "timeout", automatic: str | None = "it waits") -> str:
    said_too = f'; automatic = "{automatic}"' if automatic else ""
    return modes(f'mode = "{mode}"; owner = "ops"; detected_by = "{by}"{said_too}') + LAG


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(noticed("agents"), id="agents"),
        pytest.param(noticed(" Agents "), id="agents in any case"),
        pytest.param(noticed("BillingLag"), id="part of a name"),
        pytest.param(noticed("BillingLagHigh."), id="a stop is part of the name"),
        pytest.param(noticed("Billing Lag High"), id="blanks count"),
        pytest.param(noticed("the reconciliation"), id="more words"),
        pytest.param(noticed("not_needed"), id="needed here"),
        pytest.param(noticed("not_needed", "backlog"), id="needed there"),
        pytest.param(noticed("not_needed", "duplicate", None), id="nothing automatic"),
        pytest.param(noticed("not needed", "duplicate"), id="other words"),
    ],
)
def test_customers_notice_first(text: str) -> None:
    [place] = places("undetected-failure", text)
    assert place[1:] == ("detected_by", "warning")


@pytest.mark.parametrize(
    "text",
    [
        *(
            noticed(by)
            for by in (
                "BillingLagHigh",
                "billinglaghigh",
                "  BILLINGLAGHIGH  ",
                "Reconciliation",
                "späte rückzahlung",
                "Späte Ru\N{COMBINING DIAERESIS}ckzahlung",
                "Agents only",
            )
        ),
        *(noticed("not_needed", mode) for mode in ("duplicate", "out_of_order", "rate_limited")),
        noticed("Not_Needed", "duplicate"),
        noticed("not_needed", "duplicate", None) + open_cell(MODES, "duplicate", "automatic"),
        noticed("agents") + open_cell(MODES, "timeout", "detected_by"),
        noticed(" "),
        modes('mode = "timeout"; owner = "ops"') + LAG,
        modes('mode = "timeout"; owner = "ops"; detected_by = 3') + LAG,
        modes('mode = "odd"; owner = "ops"; detected_by = "not_needed"; automatic = "x"') + LAG,
        noticed("agents").replace(LAG, ""),
        noticed("agents") + opened(ALERTS),
        noticed("agents").replace(LAG, '[not_applicable.alerts.alerts]\nreason = "nobody is paged"\n'),
        noticed("agents").replace(LAG, '[alerts]\nalerts = "many"\n'),
        noticed("agents") + opened(MODES),
    ],
)
def test_something_notices_it_or_it_waits(text: str) -> None:
    assert places("undetected-failure", text) == []


@pytest.mark.parametrize(
    ("criticality", "severity"), [("money_or_access", "error"), ("delay", "warning"), ("inconvenience", "warning")]
)
def test_what_is_hurt_decides_how_bad_it_is(criticality: str, severity: str) -> None:
    text = f'[business_state]\ncriticality = "{criticality}"\n' + noticed("agents")
    assert places("undetected-failure", text) == [("timeout", "detected_by", severity)]
    assert places("undetected-failure", text + opened("business_state.criticality")) == [
        ("timeout", "detected_by", "warning")
    ]


@pytest.mark.parametrize(
    ("text", "fix", "cause"),
    [
        (noticed("agents"), "Add an alert that notices it before they do.", ""),
        (noticed("not_needed"), "Add an alert that notices it before they do.", ""),
        (
            noticed(" BillingLag "),
            "Add an alert called “BillingLag”, or pick one that is listed.",
            "No alert is called “BillingLag”",
        ),
    ],
)
def test_what_is_said_of_a_failure_nobody_notices(text: str, fix: str, cause: str) -> None:
    [item] = found(text, rule="undetected-failure")
    assert (item.message, item.fix, item.cause) == ("Customers will report “no reply in time” first.", fix, cause)


def test_what_is_said_of_a_repeat_that_nothing_stops() -> None:
    assert said("undetected-failure", noticed("not_needed", "duplicate", None)) == [
        ("Customers will report “the same update arrives twice” first.", "Say what happens by itself, or add an alert.")
    ]


# -- 14 stale-mismatch -------------------------------------------------------------------------------------------


def usual(stale_after: str) -> str:
    return f'[support_view]\nstale_after = "{stale_after}"\n'


@pytest.mark.parametrize(
    ("text", "column"),
    [
        (field('fresh_within = "1h"; stale_after = "59m"'), "stale_after"),
        (field('fresh_within = "1h"; stale_after = "59m"') + usual("3h"), "stale_after"),
        (field('fresh_within = "1h"; stale_after = "0s"'), "stale_after"),
        (field('fresh_within = "1d"') + usual("23h"), "fresh_within"),
    ],
)
def test_a_value_is_stale_before_it_is_due(text: str, column: str) -> None:
    assert places("stale-mismatch", text) == [("plan", column, "warning")]
    assert said("stale-mismatch", text) == [
        ("“plan” is stale before it is due.", "Let it count as stale later, or update it sooner.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(field('fresh_within = "1h"; stale_after = "60m"'), id="at once"),
        pytest.param(field('fresh_within = "1h"; stale_after = "2h"') + usual("5m"), id="its own goes first"),
        pytest.param(field('fresh_within = "1h"'), id="no usual time"),
        pytest.param(field('fresh_within = "1h"') + usual("5m") + opened("support_view.stale_after"), id="usual open"),
        pytest.param(field('stale_after = "5m"') + usual("5m"), id="never due"),
        pytest.param(
            field('fresh_within = "1h"') + usual("5m") + open_cell(FIELDS, "plan", "stale_after"), id="its own is open"
        ),
        pytest.param(field('fresh_within = "1h"; stale_after = "soon"') + usual("5m"), id="its own cannot be read"),
        pytest.param(
            field('fresh_within = "1h"; stale_after = "5m"') + open_cell(FIELDS, "plan", "fresh_within"),
            id="due is open",
        ),
        pytest.param(field('fresh_within = "1h"; stale_after = "5m"') + opened(FIELDS), id="fields are open"),
        pytest.param('[support_view]\nfreshness_shown = "stale_badge"\n', id="a badge"),
        pytest.param('[support_view]\nfreshness_shown = "Nothing"\n', id="no choice"),
        pytest.param(
            '[support_view]\nfreshness_shown = "nothing"\n' + opened("support_view.freshness_shown"), id="age is open"
        ),
    ],
)
def test_a_value_is_stale_in_time_or_it_waits(text: str) -> None:
    assert places("stale-mismatch", text) == []


def test_the_age_of_a_value_is_not_shown() -> None:
    [item] = found('[support_view]\nfreshness_shown = "nothing"\n', rule="stale-mismatch")
    assert (item.question, item.row, item.column, item.severity) == (
        "support_view.freshness_shown", None, None, "warning",
    )  # fmt: skip
    assert item.message == "Agents cannot see when a value was last updated."
    assert item.fix == "Show the time of the last update."


def test_values_that_go_by_the_usual_time_have_one_cause() -> None:
    text = field('fresh_within = "1h"') + field('fresh_within = "2h"', "status") + usual("30m")
    assert [item.cause for item in found(text, rule="stale-mismatch")] == [
        "Values that go by the usual time are stale before they are due"
    ] * 2


# -- 15 over-rate-budget -----------------------------------------------------------------------------------------


def peak(number: object) -> str:
    return f"[business_state]\nevents_per_hour_peak = {number}\n"


@pytest.mark.parametrize("place", ["ticket_field", "custom_status"])
def test_more_updates_than_tickets_take(place: str) -> None:
    text = (
        peak(3001)
        + field('place = "app_panel"', "a")
        + field(f'place = "{place}"', "b")
        + field(f'place = "{place}"', "c")
    )
    [item] = found(text, rule="over-rate-budget")
    assert (item.question, item.row, item.column) == ("business_state.events_per_hour_peak", None, None)
    assert item.severity == "warning"
    assert item.message == "The worst hour takes more than half of the usual 100 ticket updates a minute."
    assert item.fix == "Send updates in batches, and skip values that have not changed."


@pytest.mark.parametrize(
    "text",
    [
        peak(3000) + field('place = "ticket_field"'),
        peak(9000) + field('place = "user_field"') + field('place = "tag"', "tag"),
        peak(9000) + field(""),
        peak(9000),
        field('place = "ticket_field"'),
        peak('"9000"') + field('place = "ticket_field"'),
        peak(9000) + field('place = "ticket_field"') + opened("business_state.events_per_hour_peak"),
        peak(9000) + field('place = "ticket_field"') + opened(FIELDS),
        peak(9000) + field('place = "ticket_field"') + open_cell(FIELDS, "plan", "place"),
    ],
)
def test_tickets_take_it_or_it_waits(text: str) -> None:
    assert places("over-rate-budget", text) == []
