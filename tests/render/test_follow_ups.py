"""The follow-ups: nothing that is left to do is missing, and no spreadsheet takes a text for a formula."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

import pytest

from handoff_tui.core.interview import Interview
from handoff_tui.render.follow_ups import follow_ups
from handoff_tui.render.view import View
from tests.core.making import complete, small
from tests.render.samples import billing, changed, handoff_of, published
from tests.render.test_hostile import HOSTILE, poisoned

LIST = "follow-ups"
SIGNOFF = "close.signoff"


def rows(handoff: object = None) -> list[dict[str, str]]:
    text = published(handoff or billing(), LIST, ".csv")  # type: ignore[arg-type]
    assert text.endswith("\r\n")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_it_is_sorted_by_date_and_then_by_owner_and_no_date_comes_last() -> None:
    found = [(row["due"], row["owner"]) for row in rows()]
    assert found == sorted(found, key=lambda item: (item[0] or "9", not item[1], item[1]))
    assert found[0] == ("2026-11-30", "Zofia Wiśniewska")
    assert found[-1] == ("", "")


def test_every_kind_of_thing_to_do_is_there() -> None:
    assert {row["kind"] for row in rows()} == {"open", "to confirm", "known gap", "condition", "to reconfirm"}
    unfinished = {row["kind"] for row in rows(handoff_of({"close.known_gaps": [{"gap": "No test account"}]}))}
    assert {"no answer", "not finished", "known gap"} <= unfinished


def test_markdown_and_csv_hold_the_same() -> None:
    lines = [line for line in published(billing(), LIST).splitlines() if line.startswith("| ")][2:]
    assert len(lines) == len(rows())
    assert all(row["owner"] in line for row, line in zip(rows(), lines, strict=True))


def test_how_somebody_is_reached_stands_beside_the_name() -> None:
    assert "| **Siobhán O'Reilly-Nguyễn** | +353 1 555 0142 | open |" in published(billing(), LIST)


@pytest.mark.parametrize(
    ("row", "stands"),
    [
        ({"who": "mara", "function": "Support"}, "has not decided yet"),
        ({"who": "mara", "function": "Support", "decision": "reject"}, "does not accept it"),
        ({"who": "mara", "function": "Support", "decision": "accept", "condition": "a drill"}, "accepts it: a drill"),
        ({"who": "mara", "function": "Support", "decision": "accept"}, None),
    ],
)
def test_who_has_not_simply_accepted_is_listed(row: dict[str, str], stands: str | None) -> None:
    found = rows(changed(SIGNOFF, lambda answer: answer.with_(value=[row])))
    assert [item["how_it_stands"] for item in found if item["kind"] == "condition"] == ([stands] if stands else [])


def test_nothing_to_do_is_said_in_one_sentence() -> None:
    text = follow_ups(View.of(Interview(small(), complete())))
    assert "Nothing is left to do" in text
    assert "|" not in text


@pytest.mark.parametrize("text", [*HOSTILE, "=1+1", "+1", "-1", "@SUM(A1)", 'say "no", please', "two\nlines"])
def test_a_text_is_one_cell_and_never_a_formula(text: str) -> None:
    found = rows(poisoned(text))
    assert len(found) == len(rows(poisoned("word")))
    for row in found:
        assert len(row) == 7
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())
    gap = next(row for row in found if row["kind"] == "known gap")
    typed = " ".join(text.split())
    assert gap["what"] in (typed, f"'{typed}")


def test_a_date_with_a_time_is_no_date_and_stops_nothing() -> None:
    gaps = [
        {"gap": "One", "effect": "Slow", "owner": "mara", "due": datetime(2026, 12, 4, 9, 0)},
        {"gap": "Two", "effect": "Slow", "owner": "mara", "due": date(2026, 12, 3)},
    ]
    found = rows(handoff_of({"close.known_gaps": gaps}))
    assert {row["due"] for row in found if row["kind"] == "known gap"} == {"2026-12-03", ""}
