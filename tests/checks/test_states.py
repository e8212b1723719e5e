"""What is still open, and what only looks decided; every file of the corpus says exactly one thing."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoff_tui.core.finding import Finding
from tests.checks.corpus import failing, findings
from tests.checks.making import found

PLACES: dict[str, tuple[str, str | None, str | None, str]] = {
    "essential-never-answered": ("support_view.stale_after", None, None, "error"),
    "table-without-a-row": ("alerts.alerts", None, None, "error"),
    "open-at-the-handover-to-support": ("fallback.fallback_exit", None, None, "error"),
    "open-before-delivery-and-may-not": ("support_view.stale_after", None, None, "error"),
    "open-before-delivery-as-it-may": ("fallback.fallback_exit", None, None, "warning"),
    "open-past-its-date": ("fallback.fallback_exit", None, None, "error"),
    "optional-and-open-without-an-owner": ("source_of_truth.keep_for", None, None, "error"),
    "optional-and-open-without-a-date": ("source_of_truth.keep_for", None, None, "error"),
    "assumption-past-its-date": ("support_view.stale_after", None, None, "error"),
    "open-cell-until-december": ("alerts.alerts", "LoansBehind", "goes_to", "warning"),
    "open-cell-past-its-date": ("alerts.alerts", "LoansBehind", "goes_to", "error"),
    "open-cell-without-an-owner": ("alerts.alerts", "LoansBehind", "goes_to", "error"),
    "tbd-in-a-text": ("business_state.journey", None, None, "error"),
    "none-with-a-period": ("business_state.success_measure", None, None, "error"),
    "question-mark-in-a-cell": ("fallback.fallback_steps", "Give an overdue reader two more days", "limit", "error"),
    "tbd-as-a-first-action": ("alerts.alerts", "LoansBehind", "first_action", "error"),
    "same-as-the-basis": ("support_view.stale_after", None, None, "error"),
    "not-applicable-in-two-words": ("source_of_truth.keep_for", None, None, "error"),
    "n-a-as-a-reason": ("source_of_truth.keep_for", None, None, "error"),
}
FILES = [path for rule, path in failing() if rule in ("open-essential", "placeholder-answer")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_complete_handoff_with_one_hole_has_one_finding(path: Path) -> None:
    (item,) = findings(path)
    assert item.rule == path.parent.name
    assert (item.question, item.row, item.column, item.severity) == PLACES[path.name.removesuffix(".handoff.toml")]


def test_every_file_has_its_place_here() -> None:
    assert {path.name.removesuffix(".handoff.toml") for path in FILES} == set(PLACES)


# -- open-essential ----------------------------------------------------------------------------------------------

EARLY = '[handoff]\nname = "Test"\nmoment = "discovery_to_delivery"\n'
EXIT, STALE = "fallback.fallback_exit", "support_view.stale_after"
OWNED = 'owner = "ilze"\ndue = 2026-12-04\n'


def at(text: str, question: str = EXIT, rule: str = "open-essential") -> list[Finding]:
    return [item for item in found(text, rule=rule) if item.question == question]


def test_an_essential_without_any_state() -> None:
    (item,) = at("")
    assert (item.message, item.part) == ("“Fallback ends” has no answer.", "")
    assert item.fix == "Answer it, or say who finds out by when."


def test_an_essential_that_is_open() -> None:
    (item,) = at(f"[open.{EXIT}]\n{OWNED}")
    assert (item.message, item.severity, item.part) == ("“Fallback ends” is still open.", "error", "open")
    assert item.fix == "Answer it; the owner and the date stand until then."


@pytest.mark.parametrize(
    ("question", "moment", "severity"),
    [
        (EXIT, "discovery_to_delivery", "warning"),
        (EXIT, "engineering_to_support", "error"),
        (EXIT, "next week", "error"),
        (STALE, "discovery_to_delivery", "error"),
    ],
)
def test_only_what_may_stay_open_may_and_only_before_delivery(question: str, moment: str, severity: str) -> None:
    (item,) = at(f'[handoff]\nname = "Test"\nmoment = "{moment}"\n[open.{question}]\n{OWNED}', question)
    assert item.severity == severity


@pytest.mark.parametrize(
    "mark",
    [
        'owner = "ilze"\n',
        "due = 2026-12-04\n",
        'owner = ""\ndue = 2026-12-04\n',
        'owner = "ilze"\ndue = 2026-11-22\n',
        'owner = "ilze"\ndue = "soon"\n',
        "",
    ],
    ids=["no date", "no owner", "blank owner", "past", "no real date", "nothing"],
)
@pytest.mark.parametrize("question", [EXIT, "source_of_truth.keep_for"], ids=["essential", "optional"])
def test_open_without_an_owner_and_a_date_to_come(question: str, mark: str) -> None:
    (item,) = at(f"{EARLY}[open.{question}]\n{mark}", question)
    assert (item.severity, item.part) == ("error", "open")
    assert item.message.endswith(" is still open: nobody has to close it by a date to come.")


def test_an_assumption_past_its_date_counts_as_open() -> None:
    mark = f'[assumed.{STALE}]\nbasis = "said so"\nconfirmer = "ilze"\ndue = 2026-11-22\n'
    (item,) = at(f'{EARLY}[support_view]\nstale_after = "30m"\n{mark}', STALE)
    assert (item.severity, item.part) == ("error", "assumed")
    assert item.message == (
        "“Stale after” is still open: it was assumed until 22 Nov 2026, and nobody has confirmed it."
    )
    assert at(f'[support_view]\nstale_after = "30m"\n{mark.replace("22", "23")}', STALE) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('[fallback]\nfallback_exit = "Two clean comparisons"\n', id="answered"),
        pytest.param(f'[not_applicable.{EXIT}]\nreason = "There is no fallback"\n', id="not applicable"),
    ],
)
def test_an_essential_with_a_state(text: str) -> None:
    assert at(text) == []


def test_an_optional_answer_may_be_open_or_absent() -> None:
    assert at("", "source_of_truth.keep_for") == []
    assert at("[open.source_of_truth.keep_for]\n" + OWNED.replace("12-04", "11-23"), "source_of_truth.keep_for") == []


def test_a_value_that_does_not_fit_is_no_missing_answer() -> None:
    assert at('[support_view]\nstale_after = "soon"\n', STALE) == []


MODES = "failure_handling.failure_modes"
ROW = '[[failure_handling.failure_modes]]\nmode = "source_down"\n'
CELL = f'[[open_cells]]\nquestion = "{MODES}"\nrow = "source_down"\ncolumn = "owner"\n'


def test_an_open_cell_in_words() -> None:
    (item,) = at(ROW + CELL + OWNED, MODES)
    assert (item.row, item.column, item.severity, item.part) == ("source_down", "owner", "warning", "open_cells")
    assert item.message == "“Owner” of “the source is down” is still open."
    assert item.fix == "Fill it, or give an owner and a date to come."


@pytest.mark.parametrize(
    ("mark", "severity"),
    [
        ('owner = "ilze"\ndue = 2026-11-23\n', "warning"),
        ('owner = "ilze"\ndue = 2026-11-22\n', "error"),
        ('owner = "ilze"\n', "error"),
        ("due = 2026-12-04\n", "error"),
    ],
    ids=["today", "past", "no date", "no owner"],
)
@pytest.mark.parametrize("head", ["", EARLY], ids=["to support", "before delivery"])
def test_an_open_cell_waits_until_its_date(head: str, mark: str, severity: str) -> None:
    assert [item.severity for item in at(head + ROW + CELL + mark, MODES)] == [severity]


def test_an_open_cell_that_leads_nowhere_is_shown_as_it_stands() -> None:
    (item,) = at(ROW + CELL.replace("source_down", "sauce_down").replace('"owner"', '"boss"') + OWNED, MODES)
    assert item.message == "“boss” of “sauce_down” is still open."


def test_an_open_cell_of_what_is_not_applicable_or_not_asked_is_none() -> None:
    never = f'[not_applicable.{MODES}]\nreason = "It cannot fail"\n'
    assert at(ROW + never + CELL, MODES) == []
    hidden = CELL.replace(MODES, "close.evidence")
    assert at(EARLY + hidden, "close.evidence") == []
    assert at(CELL.replace(MODES, "close.future"), "close.future") == []


# -- placeholder-answer ------------------------------------------------------------------------------------------


def words(text: str) -> list[Finding]:
    return found(text, rule="placeholder-answer")


def test_a_placeholder_as_an_answer() -> None:
    (item,) = words('[source_of_truth]\njoin_key = "n/a"\n')
    assert (item.question, item.part) == ("source_of_truth.join_key", "")
    assert (item.message, item.fix) == (
        "“n/a” is not an answer.",
        "Decide it, or mark it open: who finds out, by when?",
    )


@pytest.mark.parametrize(
    "word", ["TBD", "tbd", " TBD. ", "n/a", "N/A.", "none", "NONE", "?", "?.", "same", "Same.", "\\nnone\\n"]
)
def test_an_answer_a_basis_and_a_reason_are_read_alike(word: str) -> None:
    assert len(words(f'[business_state]\njourney = "{word}"\n')) == 1
    assert len(words(f'[source_of_truth]\njoin_key = "{word}"\n')) == 1
    assumed = f'[support_view]\nstale_after = "30m"\n[assumed.{STALE}]\nbasis = "{word}"\n'
    assert [item.part for item in words(assumed)] == ["assumed"]
    assert [item.part for item in words(f'[not_applicable.{EXIT}]\nreason = "{word}"\n')] == ["not_applicable"]


@pytest.mark.parametrize(
    "answer", ["TBD next week", "nonesuch", "the same", "??", "none..", "T B D", "sаme", "n/a for cards", "no"]
)
def test_words_that_say_something_are_an_answer(answer: str) -> None:
    assert words(f'[source_of_truth]\njoin_key = "{answer}"\n') == []


@pytest.mark.parametrize(("cell", "count"), [("TBD", 1), ("tbd.", 1), ("?", 1), ("none", 0), ("n/a", 0), ("same", 0)])
def test_a_cell_may_be_none_but_not_undecided(cell: str, count: int) -> None:
    findings = words(f'[[fallback.fallback_steps]]\nstep = "Wait"\nlimit = "{cell}"\n')
    assert [(item.row, item.column) for item in findings] == [("Wait", "limit")] * count


def test_a_cell_of_any_kind_is_named_once() -> None:
    text = '[[alerts.alerts]]\nalert = "LagHigh"\nurgency = "TBD"\n'
    rules = [item.rule for item in found(text) if item.column == "urgency"]
    assert rules == ["placeholder-answer"]


def test_two_rows_of_one_name_are_told_apart() -> None:
    row = '[[fallback.fallback_steps]]\nstep = "Wait"\nlimit = "?"\n'
    assert [item.index for item in words(row + row)] == [0, 1]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            '[[fallback.fallback_steps]]\nstep = "Wait"\nlimit = "?"\n'
            '[[open_cells]]\nquestion = "fallback.fallback_steps"\nrow = "Wait"\ncolumn = "limit"\n',
            id="the cell is open",
        ),
        pytest.param('[[fallback.fallback_steps]]\nstep = "Wait"\nfuture = "TBD"\n', id="a column nobody asks for"),
        pytest.param(
            '[source_of_truth]\njoin_key = "TBD"\n[open.source_of_truth.join_key]\nowner = "i"\n',
            id="the answer is open",
        ),
        pytest.param('[business_state]\nfuture = "TBD"\n', id="a question nobody asks"),
        pytest.param('[support_view]\nagent_actions = ["none"]\n', id="a choice"),
        pytest.param('[open.source_of_truth.join_key]\nnote = "?"\n', id="a note"),
    ],
)
def test_what_is_no_answer_is_not_read(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        ("", "Not applicable without a reason is not an answer."),
        ("Not needed", "“Not needed” is not an answer."),
        ("too  early", "“too  early” is not an answer."),
        ("Nothing is stored", None),
        ("none of these", None),
    ],
)
def test_a_reason_has_three_words(reason: str, message: str | None) -> None:
    findings = words(f'[not_applicable.{EXIT}]\nreason = "{reason}"\n')
    assert [item.message for item in findings] == ([message] if message else [])
    assert all(item.fix == "Say in a sentence why the question does not arise here." for item in findings)
