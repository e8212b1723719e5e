"""Each answer by its own kind, and what a changed premise or a merge leaves behind, at the exact place."""

from __future__ import annotations

from typing import Any

import pytest

from handoff_tui.checks import check
from handoff_tui.core.finding import Finding
from handoff_tui.core.interview import Interview
from tests.checks.corpus import DAY
from tests.checks.making import found
from tests.core.making import bundled, handoff_of

HEAD = '[handoff]\nname = "Test"\nowner = "ops"\n'
EARLY = HEAD + 'moment = "discovery_to_delivery"\n'

Place = tuple[str, str | None, str | None, int | None, str]


def place(item: Finding) -> Place:
    return item.question, item.row, item.column, item.index, item.part


def places(text: str, rule: str, **more: Any) -> list[Place]:
    return [place(item) for item in found(text, rule=rule, **more)]


def said(text: str, rule: str) -> list[str]:
    return [f"{item.message} {item.fix}" for item in found(text, rule=rule)]


# -- bad-value ---------------------------------------------------------------------------------------------------

BAD: dict[str, tuple[str, Place, str]] = {
    "the moment": (
        HEAD + 'moment = "go_live"\n',
        ("handoff.moment", None, None, None, ""),
        "“go_live” is not a moment. Write discovery_to_delivery or engineering_to_support.",
    ),
    "the status": (
        HEAD + 'status = ""\n',
        ("handoff.status", None, None, None, ""),
        "“” is not a status. Write draft or final.",
    ),
    "the participants": (
        HEAD + 'participants = "Zofia"\n',
        ("handoff.participants", None, None, None, ""),
        "“participants” of the handoff is of the wrong kind. Write a list of names in quotes.",
    ),
    "the day": (
        HEAD + 'created = "2026-11-23"\n',
        ("handoff.created", None, None, None, ""),
        "“created” of the handoff is of the wrong kind. Write it like 2026-12-24, without quotes.",
    ),
    "the version of the template": (
        HEAD + 'template_version = "one"\n',
        ("handoff.template_version", None, None, None, ""),
        "“template_version” of the handoff is of the wrong kind. Write a number without quotes.",
    ),
    "the name": (
        HEAD.replace('"Test"', "3"),
        ("handoff.name", None, None, None, ""),
        "“name” of the handoff is of the wrong kind. Write it in quotes.",
    ),
    "a due date": (
        HEAD + '[open.fallback.fallback_max]\nowner = "ops"\ndue = "2026-12-04"\n',
        ("fallback.fallback_max", None, None, None, "open"),
        "“due” under “open” is of the wrong kind. Write it like 2026-12-24, without quotes.",
    ),
    "an assumption's basis": (
        HEAD + "[assumed.fallback.fallback_max]\nbasis = 3\n",
        ("fallback.fallback_max", None, None, None, "assumed"),
        "“basis” under “assumed” is of the wrong kind. Write it in quotes.",
    ),
    "who agreed": (
        HEAD + '[notes.fallback.fallback_max]\nagreed_by = "ops"\n',
        ("fallback.fallback_max", None, None, None, "notes"),
        "“agreed_by” under “notes” is of the wrong kind. Write a list of names in quotes.",
    ),
    "the date of an open cell": (
        HEAD + '[[open_cells]]\nquestion = "alerts.alerts"\nrow = "A"\ncolumn = "runbook"\ndue = "soon"\n',
        ("alerts.alerts", "A", None, None, "open_cells"),
        "“due” under “open_cells” is of the wrong kind. Write it like 2026-12-24, without quotes.",
    ),
    "an answer": (
        HEAD + '[fallback]\nfallback_max = "8"\n',
        ("fallback.fallback_max", None, None, None, ""),
        "“8” is not a length of time. Write a number and a unit: 30s, 15m, 4h, 3d or 2w.",
    ),
    "a cell": (
        HEAD + '[[alerts.alerts]]\nalert = "A"\n[[alerts.alerts]]\nalert = "B"\ntested_on = "2026-11-04"\n',
        ("alerts.alerts", "B", "tested_on", 1, ""),
        "“2026-11-04” is not a date. Write it like 2026-12-24, without quotes.",
    ),
    "a table": (
        HEAD + '[alerts]\nalerts = "all"\n',
        ("alerts.alerts", None, None, None, ""),
        "It is not a table. Write each row as its own [[…]] table.",
    ),
}


@pytest.mark.parametrize(("text", "where", "words"), BAD.values(), ids=BAD)
def test_a_value_that_cannot_be_what_was_asked(text: str, where: Place, words: str) -> None:
    (item,) = found(text, rule="bad-value")
    assert place(item) == where
    assert f"{item.message} {item.fix}" == words
    assert item.severity == "error"


@pytest.mark.parametrize(
    "text",
    [
        HEAD + '[fallback]\nfallback_max = "8"\n[open.fallback.fallback_max]\nowner = "ops"\n',
        HEAD + '[fallback]\nfallback_max = "8"\n[not_applicable.fallback.fallback_max]\nreason = "nothing to do"\n',
        HEAD
        + '[fallback]\nfallback_max = "8"\n'
        + '[assumed.fallback.fallback_max]\nbasis = "x"\nconfirmer = "ops"\ndue = 2026-11-22\n',
        EARLY + '[close]\nearly_support_until = "soon"\n',
        EARLY + "[notes.close.early_support_until]\ntext = 3\n",
        HEAD + '[future]\nanswer = ["x"]\n',
        HEAD + 'future = ["x"]\nextra = 3\n',
    ],
)
def test_a_value_that_nobody_reads(text: str) -> None:
    assert places(text, "bad-value") == []


# -- missing-cell ------------------------------------------------------------------------------------------------


def test_a_cell_that_is_needed() -> None:
    rows = '[[close.known_gaps]]\ngap = "A"\nowner = "ops"\n[[close.known_gaps]]\ngap = "B"\n[[close.known_gaps]]\n'
    people = '[[parties.people]]\nkey = "ops"\nname = "Ops"\nfunction = "operations"\n'
    assert places(HEAD + people + rows, "missing-cell") == [("close.known_gaps", "", "gap", 2, "")]
    assert [(item.rule, item.row) for item in found(HEAD + people + rows) if item.column == "owner"] == [
        ("dangling-name", "B"),
        ("dangling-name", ""),
    ]


def test_an_assumption_without_what_it_needs() -> None:
    text = HEAD + '[fallback]\nfallback_max = "8h"\n[assumed.fallback.fallback_max]\n'
    fix = "Say what it rests on, and who confirms it by when; or answer it."
    full = 'basis = "x"\nconfirmer = "ops"\ndue = 2026-12-04\n'
    assert places(text, "missing-cell") == [("fallback.fallback_max", None, None, None, "assumed")]
    assert said(text, "missing-cell") == [
        f"“Longest fallback” is assumed without a basis, somebody to confirm it or a date. {fix}"
    ]
    assert said(text + 'basis = "x"\nconfirmer = "ops"\n', "missing-cell") == [
        f"“Longest fallback” is assumed without a date. {fix}"
    ]
    assert said(text + full, "missing-cell") == []


def test_a_handoff_without_a_name_and_an_owner() -> None:
    assert said("[handoff]\n", "missing-cell") == [
        "The handoff has no name. Say what an agent would call the integration.",
        "Nobody is named as the integration owner. Name one person or team.",
    ]
    assert places("[handoff]\nname = 3\nowner = 4\n", "missing-cell") == []
    assert places("[handoff]\n", "missing-cell") == [
        ("handoff.name", None, None, None, ""),
        ("handoff.owner", None, None, None, ""),
    ]


# -- duplicate-row -----------------------------------------------------------------------------------------------


def rows(*names: str) -> str:
    return HEAD + "".join(f"[[close.known_gaps]]\ngap = '{name}'\n" for name in names)


@pytest.mark.parametrize(
    ("names", "later"),
    [
        (("No sandbox", "No sandbox"), [1]),
        (("No sandbox", "no_SANDBOX", "No - sandbox"), [1, 2]),
        (("a", "b", "b", "a"), [2, 3]),
        (("Straße", "STRASSE"), [1]),
        (("ﬁne", "fine"), [1]),
        (("No sandbox", "Nosandbox"), []),
        (("a", "á"), []),
    ],
)
def test_rows_of_one_name(names: tuple[str, ...], later: list[int]) -> None:
    assert places(rows(*names), "duplicate-row") == [
        ("close.known_gaps", names[index], "gap", index, "") for index in later
    ]


def test_rows_of_one_name_in_words() -> None:
    assert said(rows("No sandbox", "No sandbox"), "duplicate-row") == [
        "There are two rows for the gap “No sandbox”. Rename one of them, or make them one row."
    ]
    assert said(rows("No sandbox", "no_SANDBOX"), "duplicate-row") == [
        "The gap “no_SANDBOX” is “No sandbox” once more: they count as one name. "
        "Rename one of them, or make them one row."
    ]
    signals = '[[support_view.support_signals]]\nsignal = "failed"\n' * 2
    assert said(HEAD + signals, "duplicate-row") == [
        "There are two rows for the signal “the update failed”. Rename one of them, or make them one row."
    ]


@pytest.mark.parametrize(
    "text",
    [
        rows("a") + "[[close.known_gaps]]\n" * 2,
        rows("a", "a") + '[open.close.known_gaps]\nowner = "ops"\n',
        rows("a") + '[[close.signoff]]\nwho = "a"\n',
        EARLY + '[[close.evidence]]\ntested = "A"\n' * 2,
    ],
)
def test_rows_that_are_not_one(text: str) -> None:
    assert places(text, "duplicate-row") == []


# -- stale and conflict ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("because", "words"),
    [
        ("business_state.criticality", "“Worst effect”"),
        ("handoff.template_version", "the question"),
        ("", "the question"),
    ],
)
def test_an_answer_whose_premise_changed(because: str, words: str) -> None:
    text = HEAD + f'[fallback]\nfallback_max = "8h"\n[stale.fallback.fallback_max]\nbecause = "{because}"\n'
    (item,) = found(text, rule="stale")
    assert (place(item), item.severity) == (("fallback.fallback_max", None, None, None, "stale"), "error")
    assert item.message == f"“Longest fallback” was answered before {words} changed."
    assert item.fix == "Read it again: confirm it, or change it."


def test_a_stale_answer_that_is_hidden() -> None:
    assert places(EARLY + '[stale.close.early_support_until]\nbecause = "handoff.moment"\n', "stale") == []


def test_what_a_merge_could_not_join() -> None:
    text = (
        HEAD
        + '[[conflict.alerts.alerts]]\nrow = "Lag"\ncolumn = "runbook"\nours = "a"\ntheirs = "b"\n'
        + '[[conflict.alerts.alerts]]\nrow = "Silence"\n'
        + '[[conflict.fallback.fallback_max]]\nours = "8h"\n'
        + "[[conflict.future.question]]\nrow = 3\n"
    )
    assert places(text, "conflict") == [
        ("alerts.alerts", "Lag", "runbook", None, "conflict"),
        ("alerts.alerts", "Silence", None, None, "conflict"),
        ("fallback.fallback_max", None, None, None, "conflict"),
        ("future.question", None, None, None, "conflict"),
    ]
    assert said(text, "conflict")[1:] == [
        "Two people answered “Alerts” differently. Decide which one holds, and remove its [[conflict.alerts.alerts]].",
        "Two people answered “Longest fallback” differently. "
        "Decide which one holds, and remove its [[conflict.fallback.fallback_max]].",
        "Two people answered this differently. Decide which one holds, and remove its [[conflict.future.question]].",
    ]


def test_a_conflict_is_found_whatever_stands_in_it() -> None:
    handoff = handoff_of(name="x", owner="ops", template="general")
    for sides in ("8h", ["8h", "4h"], {"ours": "8h"}):
        changed = type(handoff)(head=handoff.head, conflict={"fallback": {"fallback_max": sides}})
        verdict = check(Interview(bundled("general"), changed), DAY)
        assert {item.question for item in verdict.findings if item.rule == "conflict"} == {"fallback.fallback_max"}
