"""What holds in payments, identity and operations only, and in the templates that extend them."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoff_tui.catalog import Catalog
from handoff_tui.checks import check
from handoff_tui.checks.identity import decides
from handoff_tui.core.finding import Finding, grouped
from handoff_tui.core.interview import Interview
from handoff_tui.store.text import loads
from handoff_tui.tomlfile import parse_toml
from tests.checks.corpus import DAY
from tests.checks.making import found


def places(findings: list[Finding]) -> list[tuple[str, str | None, str | None, str]]:
    return [(item.question, item.row, item.column, item.severity) for item in findings]


def row(table: str, **cells: str) -> str:
    return f"[[{table}]]\n" + "".join(f'{key.rstrip("_")} = "{value}"\n' for key, value in cells.items())


def cell(question: str, name: str, column: str) -> str:
    return row("open_cells", question=question, row=name, column=column)


def field(name: str, **cells: str) -> str:
    return row("source_of_truth.critical_fields", field=name, **cells)


FIELDS = "source_of_truth.critical_fields"
WHO = "".join(
    row("parties.people", key=key, name=name, function=function)
    for key, name, function in [
        ("desk", "Trust desk", "support"),
        ("lead", "Lead of the desk", "support"),
        ("risk", "Risk desk", "security"),
    ]
) + row("parties.people", key="new", name="Somebody new")
WHERE = row("parties.systems", name="Adyen", role="source") + row("parties.systems", name="Zendesk", role="zendesk")

# -- zendesk-holds-money -----------------------------------------------------------------------------------------


def money(text: str) -> list[Finding]:
    return found(text, "payments", "zendesk-holds-money")


@pytest.mark.parametrize(
    ("cells", "column", "message", "fix"),
    [
        (
            {"record": "Zendesk", "direction": "in"},
            "record",
            "Zendesk may not own “sum”.",
            "Name the billing system as its record; if it is only a request, class it “about the daily work”.",
        ),
        (
            {"record": "Adyen", "direction": "out"},
            "direction",
            "Zendesk may not write “sum”.",
            "Let it flow into Zendesk only; if it is only a request, class it “about the daily work”.",
        ),
        (
            {"record": "Zendesk", "direction": "both"},
            "record",
            "Zendesk may not own or write “sum”.",
            "Name the billing system as its record and let it flow into Zendesk only; if it is only a request, class "
            "it “about the daily work”.",
        ),
    ],
)
def test_money_that_zendesk_owns_or_writes(cells: dict[str, str], column: str, message: str, fix: str) -> None:
    (item,) = money(WHERE + field("sum", class_="financial", **cells))
    assert places([item]) == [(FIELDS, "sum", column, "error")]
    assert (item.message, item.fix) == (message, fix)


@pytest.mark.parametrize("cells", [{"record": "Zendesk"}, {"direction": "both"}, {"direction": "out"}])
def test_one_reason_is_enough(cells: dict[str, str]) -> None:
    assert len(money(WHERE + field("a", class_="financial", **cells) + field("b", class_="financial", **cells))) == 2


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(field("sum", class_="financial", record="Adyen", direction="in"), id="flows in"),
        pytest.param(field("sum", class_="financial", record="Adyen"), id="no direction"),
        pytest.param(field("wish", class_="operational", record="Zendesk", direction="out"), id="a request"),
        pytest.param(field("wish", record="Zendesk", direction="out"), id="no class"),
        pytest.param(field("sum", class_="financial", record="Mollie", direction="in"), id="record is not listed"),
        pytest.param(
            field("sum", class_="financial", record="Zendesk") + cell(FIELDS, "sum", "record"), id="record is open"
        ),
        pytest.param(
            field("sum", class_="financial", direction="out") + cell(FIELDS, "sum", "class"), id="class is open"
        ),
        pytest.param(field("sum", class_="financial", direction="outside"), id="direction does not fit"),
        pytest.param(
            field("sum", class_="financial", record="Zendesk") + cell("parties.systems", "Zendesk", "role"),
            id="role is open",
        ),
        pytest.param(
            field("sum", class_="financial", direction="out") + f'[open.{FIELDS}]\nowner = "i"\n',
            id="the table is open",
        ),
    ],
)
def test_money_that_flows_in_or_is_not_decided_is_left_alone(text: str) -> None:
    assert money(WHERE + text) == []


# -- card-data-allowed -------------------------------------------------------------------------------------------

NEVER = "source_of_truth.never_copied"


def cards(text: str) -> list[Finding]:
    return found(text, "payments", "card-data-allowed")


@pytest.mark.parametrize(
    ("listed", "message", "fix"),
    [
        (
            '"card_number", "bank_account"',
            "Card data could enter tickets: “Never copied” does not list “card security code”.",
            "Add it to the list.",
        ),
        (
            '"security_code"',
            "Card data could enter tickets: “Never copied” does not list “full card number”.",
            "Add it to the list.",
        ),
        (
            '"secret", "pin"',
            "Card data could enter tickets: “Never copied” does not list “full card number” and “card security code”.",
            "Add both to the list.",
        ),
    ],
)
def test_a_list_without_card_data(listed: str, message: str, fix: str) -> None:
    (item,) = cards(f"[source_of_truth]\nnever_copied = [{listed}]\n")
    assert places([item]) == [(NEVER, None, None, "error")]
    assert (item.message, item.fix) == (message, fix)


def test_more_of_a_card_number_than_four_digits() -> None:
    (item,) = cards('[payments]\ncard_data = "other"\n')
    assert places([item]) == [("payments.card_data", None, None, "error")]
    assert item.message == "Card data could enter tickets: “Card numbers” is answered with “more than that”."
    assert item.fix == "Choose “nothing at all” or “the last four digits”."


def test_both_are_said_each_at_its_question() -> None:
    both = cards('[source_of_truth]\nnever_copied = ["secret"]\n[payments]\ncard_data = "other"\n')
    assert [item.question for item in both] == [NEVER, "payments.card_data"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing asked yet"),
        pytest.param(
            '[source_of_truth]\nnever_copied = ["security_code", "card_number", "pin"]\n', id="both, and more"
        ),
        pytest.param('[source_of_truth]\nnever_copied = ["Card number", "SECURITY-CODE"]\n', id="written by hand"),
        pytest.param('[source_of_truth]\nnever_copied = "card_number"\n', id="list does not fit"),
        pytest.param(
            f'[source_of_truth]\nnever_copied = ["pin"]\n[open.{NEVER}]\nowner = "i"\ndue = 2026-12-04\n', id="open"
        ),
        pytest.param(
            '[source_of_truth]\nnever_copied = ["pin"]\n'
            f'[assumed.{NEVER}]\nbasis = "b"\nconfirmer = "i"\ndue = 2026-11-22\n',
            id="assumed, past its date",
        ),
        pytest.param('[payments]\ncard_data = "none"\n', id="nothing"),
        pytest.param('[payments]\ncard_data = "last_four"\n', id="last four"),
        pytest.param('[payments]\ncard_data = "others"\n', id="choice does not fit"),
        pytest.param(
            '[payments]\ncard_data = "other"\n[open.payments.card_data]\nowner = "i"\ndue = 2026-12-04\n',
            id="card data is open",
        ),
    ],
)
def test_cards_that_stay_out_are_left_alone(text: str) -> None:
    assert cards(text) == []


# -- support-decides-identity ------------------------------------------------------------------------------------

STEPS = "fallback.fallback_steps"


def deciding(text: str) -> list[Finding]:
    return found(WHO + text, "identity", "support-decides-identity")


def step(text: str = "Unlock the account", who: str = "desk", **cells: str) -> str:
    return row(STEPS, step=text, who=who, **cells)


def test_a_value_that_support_may_change() -> None:
    findings = deciding(
        field("status", class_="identity", may_change="desk") + field("phone", class_="identity", may_change="desk")
    )
    assert places(findings) == [(FIELDS, "status", "may_change", "error"), (FIELDS, "phone", "may_change", "error")]
    assert findings[0].message == "Support would decide “status”: Trust desk may change it."
    assert findings[0].fix == "Move the decision to another team, and let support request it."
    assert [group.message for group in grouped(findings)] == [
        "Trust desk may change what support must not decide, in 2 places."
    ]


@pytest.mark.parametrize("approver", ["", "lead", "desk", "new", "nobody-listed"])
def test_a_step_in_which_support_decides(approver: str) -> None:
    (item,) = deciding(step(**({"approver": approver} if approver else {})))
    assert places([item]) == [(STEPS, "Unlock the account", "step", "error")]
    assert item.message == (
        "Support would decide in the step “Unlock the account”, and nobody outside support agrees first."
    )
    assert item.fix == (
        "Move the decision to another team and let support request it, or name an approver from another team."
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(field("status", class_="identity", may_change="risk"), id="another team"),
        pytest.param(field("status", class_="identity"), id="nobody said"),
        pytest.param(field("status", class_="identity", may_change="new"), id="function is not known"),
        pytest.param(field("status", class_="contact", may_change="desk"), id="not an identity value"),
        pytest.param(field("status", may_change="desk"), id="no class"),
        pytest.param(
            field("status", class_="identity", may_change="desk") + cell(FIELDS, "status", "may_change"), id="open"
        ),
        pytest.param(
            field("status", class_="identity", may_change="desk") + cell("parties.people", "desk", "function"),
            id="function is open",
        ),
        pytest.param(step("Answer with the words for late updates"), id="nothing is decided"),
        pytest.param(step(approver="risk"), id="approver from another team"),
        pytest.param(step() + cell(STEPS, "Unlock the account", "approver"), id="approver is open"),
        pytest.param(
            step(approver="new") + cell("parties.people", "new", "function"), id="approver's function is open"
        ),
        pytest.param(step(who="risk"), id="another team's step"),
        pytest.param(step(who="new"), id="a step of somebody whose function is not known"),
        pytest.param(step() + cell(STEPS, "Unlock the account", "who"), id="who is open"),
        pytest.param(step("Wait", limit="Never approve more than 48h"), id="only the step is read"),
    ],
)
def test_what_others_decide_is_left_alone(text: str) -> None:
    assert deciding(text) == []


@pytest.mark.parametrize(
    "text",
    [
        *("verify", "verifies", "approve", "approves", "unlock", "unlocks", "reset", "resets"),
        "Verify the caller",
        "RESET the login.",
        "(unlock)",
        "“Approve” in the panel",
        "verify/approve by video",
        "password reset",
        "Prüfen, dann: reset",
        "No. Reset the login",
        "Do not wait, reset the login",
        "Never guess; verify by video",
        "Do not argue, but unlock the account",
        "Close nothing until support verifies it",
        "Do not promise a time — reset it",
        "Do not open a ticket for this, unlock it",
        "Never verify by chat; verify by video",
        "Never verify, ask the lead and reset",
        "Do not do more than reset the login",
        "Do nothing\nReset the login",
        "https://kontor.example/reset, then reset it",
    ],
)
def test_a_step_decides(text: str) -> None:
    assert decides(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Tell the customer that the check is not finished",
        "verified, verifying, approval, unlocked, resetting, approver",
        "Tag the ticket verify-fallback, write to #reset and @approve",
        "unlock_account reset_2 rèset résets",
        "Send the link https://kontor.example/reset/approve",
        "Do not reset the login",
        "Never ever reset",
        "NEVER APPROVE",
        "No reset by phone",
        "Don't reset anything",
        "Don’t just verify",
        "Agents cannot unlock it",
        "Agents can't simply approve it",
        "Let them wait, without a reset",
        "Nobody unlocks anything here",
        "Never verify, approve, or unlock anybody",
        "Do not verify or approve or unlock or reset",
        "Neither verify nor approve",
        "Never verify/approve",
        "Do not press “Reset”",
        "Pass it on; do not verify, reset",
    ],
)
def test_a_step_does_not_decide(text: str) -> None:
    assert not decides(text)


def test_a_long_text_is_read_quickly() -> None:
    assert not decides("never " + "a-" * 10_000)
    assert not decides("never verify, " * 1_500)
    assert decides("no " * 5_000 + "one at the desk may verify")


# -- identity-exposed --------------------------------------------------------------------------------------------

CHANGES = "identity.high_risk_changes"


def exposed(text: str) -> list[Finding]:
    return found(WHO + text, "identity", "identity-exposed")


def change(name: str = "phone", **cells: str) -> str:
    return row(CHANGES, change=name, proof="A new selfie check", **cells)


@pytest.mark.parametrize(
    ("place", "words"), [("ticket_field", "ticket field"), ("tag", "ticket tag"), ("internal_note", "internal note")]
)
def test_what_is_for_named_people_only_stands_in_the_ticket(place: str, words: str) -> None:
    (item,) = exposed(field("reason", class_="contact", sensitivity="restricted", place=place))
    assert places([item]) == [(FIELDS, "reason", "place", "error")]
    assert item.message == f"“reason” is too exposed: it is “only for named people”, and its place is “{words}”."
    assert item.fix == "Show it in an app panel, or keep only a reference id in the ticket."


@pytest.mark.parametrize(
    ("cells", "column", "problem", "fix"),
    [
        ({"approver": "risk"}, "second_approver", "there is no second approver", "Add the second approver."),
        ({"second_approver": "risk"}, "approver", "only the second approver is named", "Name the first approver too."),
        ({}, "approver", "nobody has to approve it", "Name two different people or teams who approve it."),
        (
            {"approver": "risk", "second_approver": "risk"},
            "second_approver",
            "Risk desk alone approves it twice",
            "Name somebody else as the second.",
        ),
    ],
)
def test_a_change_that_two_do_not_approve(cells: dict[str, str], column: str, problem: str, fix: str) -> None:
    (item,) = exposed(change(**cells))
    assert places([item]) == [(CHANGES, "phone", column, "error")]
    assert item.message == f"The change “phone number” is too exposed: {problem}."
    assert item.fix == fix


def test_an_empty_approver_is_named_once() -> None:
    findings = found(WHO + change(approver="risk"), "identity")
    assert [item.rule for item in findings if item.row == "phone"] == ["identity-exposed"]


def test_a_second_approver_who_was_never_named_does_not_wait_for_the_first() -> None:
    assert places(exposed(change() + cell(CHANGES, "phone", "approver"))) == [
        (CHANGES, "phone", "second_approver", "error")
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(field("reason", sensitivity="restricted", place="app_panel"), id="in a panel"),
        pytest.param(field("reason", sensitivity="restricted", place="not_shown"), id="not shown"),
        pytest.param(field("reason", sensitivity="restricted", place="user_field"), id="in a user field"),
        pytest.param(field("reason", sensitivity="personal", place="internal_note"), id="personal only"),
        pytest.param(field("reason", place="tag"), id="no sensitivity"),
        pytest.param(
            field("reason", sensitivity="restricted", place="tag") + cell(FIELDS, "reason", "place"), id="place is open"
        ),
        pytest.param(field("reason", sensitivity="restricted", place="a note"), id="place does not fit"),
        pytest.param(change(approver="risk", second_approver="lead"), id="two approvers"),
        pytest.param(change(approver="risk") + cell(CHANGES, "phone", "second_approver"), id="second is open"),
        pytest.param(change(second_approver="risk") + cell(CHANGES, "phone", "approver"), id="first is open"),
        pytest.param(
            change(approver="risk", second_approver="risk") + cell(CHANGES, "phone", "second_approver"),
            id="second is open, with a draft in it",
        ),
        pytest.param(change(approver="risk") + "second_approver = 3\n", id="second does not fit"),
        pytest.param(change() + f'[open.{CHANGES}]\nowner = "i"\n', id="the table is open"),
    ],
)
def test_what_few_can_see_or_is_not_decided_is_left_alone(text: str) -> None:
    assert exposed(text) == []


# -- queue-unprepared --------------------------------------------------------------------------------------------

CHECK, QUEUE, REMEDIES = "operations.subscription_check", "operations.queue_rule", "operations.remedy_limits"
PREPARED = '[operations]\nsubscription_check = "Every hour"\nqueue_rule = "Oldest first"\n'


def queue(text: str) -> list[Finding]:
    return found(text, "operations", "queue-unprepared")


def test_nothing_is_prepared() -> None:
    findings = queue("")
    assert places(findings) == [(CHECK, None, None, "error"), (QUEUE, None, None, "error")]
    assert [item.lacks for item in findings] == [CHECK, QUEUE]
    assert [(item.message, item.fix) for item in findings] == [
        (
            "An outage becomes a ticket flood: “Dropped subscription” has no answer.",
            "Say how we notice that the sender has dropped our subscription.",
        ),
        (
            "An outage becomes a ticket flood: “Waiting tickets” has no answer.",
            "Say how waiting tickets are marked, parked and released again.",
        ),
    ]


@pytest.mark.parametrize(
    "mark",
    [
        f'[open.{QUEUE}]\nowner = "i"\ndue = 2026-12-04\n',
        f'[not_applicable.{QUEUE}]\nreason = "We never had a queue"\n',
        f'[assumed.{QUEUE}]\nbasis = "b"\nconfirmer = "i"\ndue = 2026-11-22\n',
    ],
    ids=["open", "not applicable", "assumed, past its date"],
)
def test_an_answer_without_a_value_today(mark: str) -> None:
    assert [item.question for item in queue(PREPARED + mark)] == [QUEUE]


def test_an_offer_without_a_limit() -> None:
    offers = row(REMEDIES, situation="Five days late", may_offer="Send it again")
    (item,) = queue(PREPARED + offers + row(REMEDIES, situation="Broken", may_offer="A voucher", up_to="150 kr"))
    assert places([item]) == [(REMEDIES, "Five days late", "up_to", "error")]
    assert item.message == (
        "An outage becomes a ticket flood: what agents may offer for “Five days late” has no limit."
    )
    assert item.fix == "Say up to which amount they may go."
    rules = [item.rule for item in found(PREPARED + offers, "operations") if item.row]
    assert rules == ["queue-unprepared"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="no remedies"),
        pytest.param(f'[assumed.{QUEUE}]\nbasis = "b"\nconfirmer = "i"\ndue = 2026-11-23\n', id="assumed until today"),
        pytest.param(row(REMEDIES, situation="Late") + cell(REMEDIES, "Late", "up_to"), id="limit is open"),
        pytest.param(row(REMEDIES, situation="Late") + "up_to = 150\n", id="limit does not fit"),
        pytest.param(row(REMEDIES, situation="Late") + f'[open.{REMEDIES}]\nowner = "i"\n', id="the table is open"),
    ],
)
def test_a_queue_that_is_prepared_is_left_alone(text: str) -> None:
    assert queue(PREPARED + text) == []


# -- scope -------------------------------------------------------------------------------------------------------

ALL_WRONG = (
    WHO
    + WHERE
    + field("sum", class_="financial", direction="out")
    + field("status", class_="identity", may_change="desk", sensitivity="restricted", place="tag")
    + '[source_of_truth]\nnever_copied = ["pin"]\n'
)
OWN = {
    "payments": {"zendesk-holds-money", "card-data-allowed"},
    "identity": {"support-decides-identity", "identity-exposed"},
    "operations": {"queue-unprepared"},
    "general": set[str](),
}
SCENARIO_RULES = set().union(*OWN.values())


@pytest.mark.parametrize("scenario", OWN)
def test_a_rule_of_a_scenario_holds_there_and_in_templates_that_extend_it(scenario: str, tmp_path: Path) -> None:
    ours = 'format = 1\nversion = 1\nextends = "{}"\ntitle = "Ours"\nabout = "For our team only."\n'
    (tmp_path / "club.toml").write_text(ours.format("base" if scenario == "general" else scenario), encoding="utf-8")
    (tmp_path / "junior.toml").write_text(ours.format("club").replace("Ours", "Juniors"), encoding="utf-8")
    handoff = loads(parse_toml(f'[handoff]\nname = "Test"\n{ALL_WRONG}'.encode(), Path("test.handoff.toml")))
    for name in (scenario, "club", "junior"):
        template = Catalog([tmp_path]).load(name)
        rules = {item.rule for item in check(Interview(template, handoff), DAY).findings}
        assert rules & SCENARIO_RULES == OWN[scenario], name
