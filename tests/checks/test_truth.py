"""Rules 1 to 6: names, records, copies, winners, cover and duties."""

from __future__ import annotations

import pytest

from tests.checks.making import found

PARTIES = """
[parties]
systems = [
    { name = "Stripe", role = "source" },
    { name = "Zendesk", role = "zendesk" },
]
people = [
    { key = "ops", name = "Operations desk", function = "operations", kind = "team" },
    { key = "zofia", name = "Zofia Wiśniewska", function = "finance", kind = "person" },
    { key = "inger", name = "Inger", function = "engineering", kind = "person", backup = "inger" },
    { key = "jorgen", name = "Jørgen", function = "engineering", kind = "person", backup = "zofia" },
    { key = "rota", name = "On-call", function = "engineering", kind = "rota" },
    { key = "desk", name = "Front desk", function = "support" },
]
"""
EARLY = '[handoff]\nname = "Test"\nmoment = "discovery_to_delivery"\n'
KEY = "ownership.credentials"
FIELD = 'place = "user_field", fresh_within = "15m"'

Place = tuple[str, str | None, str | None, str]


def places(rule: str, text: str, template: str = "general") -> list[Place]:
    """Return where a rule finds something: the last part of the question's id, the row, the column, how heavy."""
    return [
        (item.question.rpartition(".")[2], item.row, item.column, item.severity) for item in found(text, template, rule)
    ]


def said(rule: str, text: str, template: str = "general") -> list[tuple[str, str]]:
    return [(item.message, item.fix) for item in found(text, template, rule)]


def fields(*rows: str) -> str:
    return "[source_of_truth]\ncritical_fields = [" + ", ".join(f"{{ {row} }}" for row in rows) + "]\n"


def duties(*rows: str) -> str:
    return "[ownership]\nresponsibilities = [" + ", ".join(f"{{ {row} }}" for row in rows) + "]\n"


def key(owner: str) -> str:
    return f'{PARTIES}[ownership]\ncredentials = [{{ name = "zd-sync", expires = 2027-03-01{owner} }}]\n'


def open_cell(question: str, row: str, column: str, owner: str = "ops") -> str:
    cell = f'question = "{question}"\nrow = "{row}"\ncolumn = "{column}"\nowner = "{owner}"\ndue = 2026-12-11\n'
    return f"[[open_cells]]\n{cell}"


# -- 1 dangling-name ---------------------------------------------------------------------------------------------

DANGLING: list[tuple[str, str, list[Place]]] = [
    ("a contact", key(', owner = "zofie"'), [("credentials", "zd-sync", "owner", "error")]),
    ("by name, not by key", key(', owner = "Inger"'), [("credentials", "zd-sync", "owner", "error")]),
    ("an empty contact that is needed", key(""), [("credentials", "zd-sync", "owner", "error")]),
    (
        "a system",
        PARTIES + fields(f'field = "status", record = "stripe", agent_edit = "locked", {FIELD}'),
        [("critical_fields", "status", "record", "error")],
    ),
    (
        "an empty system that is needed",
        PARTIES + fields(f'field = "status", agent_edit = "locked", {FIELD}'),
        [("critical_fields", "status", "record", "error")],
    ),
    (
        "the owner of an open answer",
        PARTIES + '[open.ownership.change_notice]\nowner = "dolores"\ndue = 2026-12-04\n',
        [("change_notice", None, None, "error")],
    ),
    (
        "who confirms an assumption",
        PARTIES + '[ownership]\nchange_notice = "10d"\n'
        '[assumed.ownership.change_notice]\nbasis = "draft"\nconfirmer = "legal"\ndue = 2026-12-04\n',
        [("change_notice", None, None, "error")],
    ),
    (
        "who confirms an assumption that is past its date",
        PARTIES + '[ownership]\nchange_notice = "10d"\n'
        '[assumed.ownership.change_notice]\nbasis = "draft"\nconfirmer = "legal"\ndue = 2026-11-01\n',
        [("change_notice", None, None, "error")],
    ),
    (
        "the owner of an open cell",
        key("") + open_cell(KEY, "zd-sync", "owner", owner="henrike"),
        [("credentials", "zd-sync", None, "error")],
    ),
    ("the integration owner", '[handoff]\nname = "T"\nowner = "zofie"\n' + PARTIES, [("owner", None, None, "error")]),
    (
        "one of several who are informed",
        PARTIES + duties('duty = "credentials", accountable = "ops", informed = ["ops", "archive"]'),
        [("responsibilities", "credentials", "informed", "error")],
    ),
    (
        "the same name twice in a row is said once",
        PARTIES + duties('duty = "credentials", accountable = "x", backup = "x", doer = "y"'),
        [
            ("responsibilities", "credentials", "accountable", "error"),
            ("responsibilities", "credentials", "doer", "error"),
        ],
    ),
    (
        "a backup among the people themselves",
        PARTIES.replace('backup = "zofia"', 'backup = "bob"'),
        [("people", "jorgen", "backup", "error")],
    ),
    (
        "nobody is listed, on purpose",
        '[not_applicable.parties.people]\nreason = "we all know each other"\n'
        + key(', owner = "ops"').replace(PARTIES, ""),
        [("credentials", "zd-sync", "owner", "error")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in DANGLING])
def test_a_name_that_is_not_listed_is_found(text: str, expected: list[Place]) -> None:
    assert places("dangling-name", text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(key(', owner = "ops"'), id="listed"),
        pytest.param(key("") + open_cell(KEY, "zd-sync", "owner"), id="an open cell"),
        pytest.param(key(", owner = 7"), id="no name at all is a bad value"),
        pytest.param(key(', owner = "x"').replace(PARTIES, ""), id="no list yet"),
        pytest.param(
            key(', owner = "x"') + '[open.parties.people]\nowner = "x"\ndue = 2026-12-04\n', id="the list is open"
        ),
        pytest.param('[parties]\npeople = "all of us"\n' + key(', owner = "x"').replace(PARTIES, ""), id="a bad list"),
        pytest.param(
            key(', owner = "x"') + '[open.ownership.credentials]\nowner = "ops"\ndue = 2026-12-04\n',
            id="the answer is open",
        ),
        pytest.param(
            f'{EARLY}{PARTIES}[close]\nevidence = [{{ tested = "A", on = 2026-11-04, by = "x" }}]\n', id="hidden"
        ),
        pytest.param(PARTIES + duties('duty = "reconciliation", doer = "ops"'), id="left to duty-unowned"),
        pytest.param(
            PARTIES + '[failure_handling]\nfailure_modes = [{ mode = "backlog" }]\n', id="left to failure-unowned"
        ),
    ],
)
def test_a_name_is_left_alone(text: str) -> None:
    assert places("dangling-name", text) == []


def test_what_is_said_of_a_name() -> None:
    row = 'duty = "retry_logic", accountable = "zofie"'
    assert said("dangling-name", PARTIES + duties(row)) == [
        ("Resending what failed names “zofie”, which is not listed.", "Pick one of the people, or add it.")
    ]
    status = f'field = "status", record = "CRM", agent_edit = "locked", {FIELD}'
    assert said("dangling-name", PARTIES + fields(status)) == [
        ("“status” names “CRM”, which is not listed.", "Pick one of the systems, or add it.")
    ]
    assert said("dangling-name", key("")) == [("“Owner” of “zd-sync” is empty.", "Pick one of the people, or add one.")]
    mode = '[failure_handling]\nfailure_modes = [{ mode = "timeout" }]\n'
    cell = open_cell("failure_handling.failure_modes", "timeout", "owner", owner="x")
    assert said("dangling-name", PARTIES + mode + cell) == [
        ("The open cell of no reply in time names “x”, which is not listed.", "Pick one of the people, or add it.")
    ]


def test_one_misspelt_name_is_one_cause() -> None:
    text = key(', owner = "zofie"') + 'responsibilities = [{ duty = "credentials", accountable = "zofie" }]\n'
    causes = {item.cause for item in found(text, rule="dangling-name")}
    assert causes == {"“zofie” is not listed"}


# -- 2 record-twice ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("order_total", "orderTotal"),
        ("order-total", "ORDER TOTAL"),
        ("order\N{NO-BREAK SPACE}total", "ordertotal"),
        ("größe", "GRÖßE"),
        ("zurückgezahlt", "zuru\N{COMBINING DIAERESIS}ckgezahlt"),
        ("status", "status"),
    ],
)
def test_one_field_with_two_records(first: str, second: str) -> None:
    text = fields(
        f'field = "{first}", record = "Stripe"', 'field = "x", record = "CRM"', f'field = "{second}", record = "CRM"'
    )
    assert places("record-twice", text) == [("critical_fields", second, "record", "error")]
    assert said("record-twice", text) == [
        (f"“{second}” has two systems of record.", "Keep Stripe or CRM, and show the other as a reference.")
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ('field = "order_total", record = "Stripe"', 'field = "ordertotal", record = "Stripe"'),
        ('field = "order_total", record = "Stripe"', 'field = "order_totals", record = "CRM"'),
        ('field = "order.total", record = "Stripe"', 'field = "ordertotal", record = "CRM"'),
        ('field = "order_total", record = "Stripe"', 'field = "ordertotal"'),
        ('field = "order_total", record = "Stripe"', 'field = "ordertotal", record = 3'),
    ],
)
def test_one_record_each(rows: tuple[str, str]) -> None:
    assert places("record-twice", fields(*rows)) == []


def test_an_open_record_waits() -> None:
    text = fields('field = "order_total", record = "Stripe"', 'field = "ordertotal", record = "CRM"')
    assert places("record-twice", text + open_cell("source_of_truth.critical_fields", "ordertotal", "record")) == []
    marked = '[open.source_of_truth.critical_fields]\nowner = "ops"\ndue = 2026-12-04\n'
    assert places("record-twice", text + marked) == []


# -- 3 mirror-editable -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        (', class = "financial"', "error"),
        (', class = "identity"', "error"),
        (', class = "operational"', "warning"),
        (', class = "contact"', "warning"),
        ("", "warning"),
    ],
)
def test_a_copy_that_agents_can_overtype(more: str, severity: str) -> None:
    text = fields(f'field = "plan", agent_edit = "editable", direction = "in"{more}')
    assert places("mirror-editable", text) == [("critical_fields", "plan", "agent_edit", severity)]
    assert said("mirror-editable", text) == [
        ("Agents can overtype “plan”; the next sync silently undoes what they wrote.", "Lock it, or use an app panel.")
    ]


@pytest.mark.parametrize(
    "row",
    [
        'agent_edit = "editable", direction = "out"',
        'agent_edit = "editable", direction = "both"',
        'agent_edit = "editable"',
        'agent_edit = "locked", direction = "in"',
        'agent_edit = "not_shown", direction = "in"',
        'direction = "in"',
        'agent_edit = "Editable", direction = "in"',
    ],
)
def test_a_copy_that_is_safe_or_not_decided(row: str) -> None:
    assert places("mirror-editable", fields(f'field = "plan", class = "financial", {row}')) == []


def test_whether_agents_can_edit_is_open() -> None:
    text = fields('field = "plan", class = "financial", agent_edit = "editable", direction = "in"')
    assert places("mirror-editable", text + open_cell("source_of_truth.critical_fields", "plan", "agent_edit")) == []


# -- 4 two-way-no-rule -------------------------------------------------------------------------------------------

BOTH = fields('field = "phone", direction = "both"', 'field = "plan", direction = "in"')
RULE = '[source_of_truth]\nconflict_rule = "Stripe wins."\n' + BOTH.removeprefix("[source_of_truth]\n")
MARK = 'owner = "ops"\ndue = 2026-12-04\n'


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(BOTH, id="never given"),
        pytest.param(BOTH + f"[open.source_of_truth.conflict_rule]\n{MARK}", id="open"),
        pytest.param(RULE + f"[open.source_of_truth.conflict_rule]\n{MARK}", id="open with a value that is kept"),
        pytest.param(
            BOTH + '[not_applicable.source_of_truth.conflict_rule]\nreason = "they never disagree"\n', id="waived"
        ),
        pytest.param(
            RULE + '[assumed.source_of_truth.conflict_rule]\nbasis = "draft"\nconfirmer = "ops"\ndue = 2026-11-22\n',
            id="assumed until yesterday",
        ),
    ],
)
def test_both_ways_without_a_winner(text: str) -> None:
    assert places("two-way-no-rule", text) == [("critical_fields", "phone", "direction", "error")]
    assert said("two-way-no-rule", text) == [
        (
            "“phone” flows both ways, and nobody said which side wins.",
            "Answer “If values disagree”, or make it one-way.",
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(RULE, id="answered"),
        pytest.param(
            RULE + '[assumed.source_of_truth.conflict_rule]\nbasis = "draft"\nconfirmer = "ops"\ndue = 2026-11-23\n',
            id="assumed until today",
        ),
        pytest.param(RULE.replace('"Stripe wins."', "3"), id="a bad value waits"),
        pytest.param(fields('field = "phone"', 'field = "plan", direction = "out"'), id="not both ways"),
        pytest.param(BOTH + open_cell("source_of_truth.critical_fields", "phone", "direction"), id="direction is open"),
    ],
)
def test_both_ways_is_settled_or_waits(text: str) -> None:
    assert places("two-way-no-rule", text) == []


def test_two_fields_without_a_winner_have_one_cause() -> None:
    both = fields('field = "phone", direction = "both"', 'field = "email", direction = "both"')
    findings = found(both, rule="two-way-no-rule")
    assert {(item.cause, item.lacks) for item in findings} == {
        ("A value flows both ways, and nobody said which side wins", "source_of_truth.conflict_rule")
    }


# -- 5 sole-owner ------------------------------------------------------------------------------------------------

SOLE: list[tuple[str, str, str, list[Place]]] = [
    ("owner", "general", key(', owner = "zofia"'), [("credentials", "zd-sync", "owner", "error")]),
    ("covers for herself", "general", key(', owner = "inger"'), [("credentials", "zd-sync", "owner", "error")]),
    ("early", "general", EARLY + key(', owner = "zofia"'), [("credentials", "zd-sync", "owner", "warning")]),
    (
        "accountable",
        "general",
        PARTIES + duties('duty = "retry_logic", accountable = "zofia"'),
        [("responsibilities", "retry_logic", "accountable", "error")],
    ),
    (
        "the row's backup is the same person",
        "general",
        PARTIES + duties('duty = "retry_logic", accountable = "zofia", backup = "zofia"'),
        [("responsibilities", "retry_logic", "accountable", "error")],
    ),
    (
        "approver",
        "payments",
        PARTIES + '[payments]\nmoney_actions = [{ action = "refund", approver = "zofia" }]\n',
        [("money_actions", "refund", "approver", "error")],
    ),
    (
        "both approvers",
        "identity",
        PARTIES
        + '[identity]\nhigh_risk_changes = [{ change = "phone", approver = "zofia", second_approver = "inger" }]\n',
        [
            ("high_risk_changes", "phone", "approver", "error"),
            ("high_risk_changes", "phone", "second_approver", "error"),
        ],
    ),
    (
        "one person twice in a row",
        "identity",
        PARTIES
        + '[identity]\nhigh_risk_changes = [{ change = "phone", approver = "zofia", second_approver = "zofia" }]\n',
        [("high_risk_changes", "phone", "approver", "error")],
    ),
    (
        "of a known gap",
        "general",
        PARTIES + '[close]\nknown_gaps = [{ gap = "no sandbox", owner = "zofia" }]\n',
        [("known_gaps", "no sandbox", "owner", "error")],
    ),
    (
        "of a system",
        "general",
        PARTIES.replace('role = "source"', 'role = "source", owner = "zofia"'),
        [("systems", "Stripe", "owner", "error")],
    ),
]


@pytest.mark.parametrize(("template", "text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in SOLE])
def test_somebody_is_the_only_one(template: str, text: str, expected: list[Place]) -> None:
    assert places("sole-owner", text, template) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(key(', owner = "jorgen"'), id="has a backup"),
        pytest.param(key(', owner = "ops"'), id="a team"),
        pytest.param(key(', owner = "rota"'), id="a rota"),
        pytest.param(key(', owner = "desk"'), id="kind not said"),
        pytest.param(key(', owner = "zofie"'), id="not listed"),
        pytest.param(key(', owner = "zofia"') + open_cell("parties.people", "zofia", "backup"), id="backup is open"),
        pytest.param(key(', owner = "zofia"') + open_cell(KEY, "zd-sync", "owner"), id="owner is open"),
        pytest.param(
            PARTIES + duties('duty = "retry_logic", accountable = "zofia", backup = "inger"'), id="covered in the row"
        ),
        pytest.param(
            PARTIES
            + duties('duty = "retry_logic", accountable = "zofia"')
            + open_cell("ownership.responsibilities", "retry_logic", "backup"),
            id="backup of the row is open",
        ),
        pytest.param(PARTIES + duties('duty = "retry_logic", accountable = "ops", doer = "zofia"'), id="doer"),
        pytest.param(
            PARTIES + '[open.ownership.change_notice]\nowner = "zofia"\ndue = 2026-12-04\n', id="of an open point"
        ),
        pytest.param(
            PARTIES + '[ownership]\nchange_notice = "10d"\n'
            '[assumed.ownership.change_notice]\nbasis = "draft"\nconfirmer = "zofia"\ndue = 2026-12-04\n',
            id="confirmer",
        ),
        pytest.param('[handoff]\nname = "T"\nowner = "zofia"\n' + PARTIES, id="integration owner"),
    ],
)
def test_somebody_is_covered_or_not_counted(text: str) -> None:
    assert places("sole-owner", text) == []


def test_what_is_said_of_the_only_one() -> None:
    text = key(', owner = "zofia"') + 'responsibilities = [{ duty = "credentials", accountable = "zofia" }]\n'
    findings = found(text, rule="sole-owner")
    assert {(item.message, item.fix, item.cause) for item in findings} == {
        (
            "Nobody covers for Zofia Wiśniewska.",
            "Add a backup for them, or name a rota.",
            "Nobody covers for Zofia Wiśniewska",
        )
    }
    assert len(findings) == 2


# -- 6 duty-unowned ----------------------------------------------------------------------------------------------

CONTRACT, RETRY, COMPARE, CONFIG = (
    f'duty = "{duty}", accountable = "ops"'
    for duty in ("contract_changes", "retry_logic", "reconciliation", "zendesk_config")
)
RETRY_ROW = "retry_logic"


def duty_place(duty: str, column: str | None = None) -> Place:
    return ("responsibilities", duty, column, "error")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param((CONTRACT, COMPARE, CONFIG), [duty_place(RETRY_ROW)], id="absent"),
        pytest.param(
            (CONTRACT, COMPARE, CONFIG, 'duty = "retry_logic"'), [duty_place(RETRY_ROW, "accountable")], id="unnamed"
        ),
        pytest.param((CONTRACT, RETRY, COMPARE, CONFIG, RETRY), [duty_place(RETRY_ROW)], id="twice"),
        pytest.param(
            ('duty = "credentials", accountable = "ops"', COMPARE, CONFIG),
            [duty_place("contract_changes"), duty_place(RETRY_ROW)],
            id="two absent",
        ),
        pytest.param((CONTRACT, RETRY, COMPARE, CONFIG), [], id="all there"),
        pytest.param((CONTRACT, RETRY, 'duty = "retry_logic"', COMPARE, CONFIG), [], id="a second row without a name"),
        pytest.param((CONTRACT, 'duty = "retries", accountable = "ops"', COMPARE, CONFIG), [], id="unreadable duty"),
        pytest.param((CONTRACT, 'duty = "retry_logic", accountable = 3', COMPARE, CONFIG), [], id="unreadable name"),
    ],
)
def test_each_duty_has_one_owner(rows: tuple[str, ...], expected: list[Place]) -> None:
    assert places("duty-unowned", duties(*rows)) == expected


@pytest.mark.parametrize("template", ["payments", "identity", "operations"])
def test_the_duties_of_a_scenario_are_optional(template: str) -> None:
    assert places("duty-unowned", duties(CONTRACT, RETRY, COMPARE, CONFIG), template) == []


def test_a_duty_that_is_open_waits() -> None:
    rows = duties(CONTRACT, 'duty = "retry_logic"', COMPARE, CONFIG)
    assert places("duty-unowned", rows + open_cell("ownership.responsibilities", "retry_logic", "accountable")) == []
    assert places("duty-unowned", rows + f"[open.ownership.responsibilities]\n{MARK}") == []
    assert places("duty-unowned", "") == []
    assert places("duty-unowned", '[ownership]\nresponsibilities = "us"\n') == []


def test_that_there_are_no_duties_answers_for_none() -> None:
    waived = '[not_applicable.ownership.responsibilities]\nreason = "we help each other"\n'
    assert places("duty-unowned", waived) == [
        duty_place(duty) for duty in ("contract_changes", "retry_logic", "reconciliation", "zendesk_config")
    ]


def test_what_is_said_of_a_duty() -> None:
    assert said("duty-unowned", duties(CONTRACT, COMPARE, CONFIG)) == [
        ("Nobody answers for resending what failed.", "Name one person or team who is accountable.")
    ]
    assert said("duty-unowned", duties(CONTRACT, RETRY, COMPARE, CONFIG, COMPARE)) == [
        (
            "2 rows answer for proving that both sides agree, so nobody does.",
            "Keep one row with one name; put the others under “Backup” or “Done by”.",
        )
    ]
