"""Findings in the interview: told of an answer when it is given, at the read-back, at review; jumped to, taken on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import OptionList, Static

from handoff_tui.checks import check
from handoff_tui.core.answers import Answer
from handoff_tui.core.interview import Interview, Place
from handoff_tui.session.findings import verdict
from handoff_tui.store.file import HandoffFile
from tests.core.making import bundled
from tests.session.making import EXAMPLES
from tests.tui.driver import Room, in_interview

PATHS, STATES, ALERTS = "failure_handling.delivery_paths", "business_state.business_states", "alerts.alerts"


def example(**changed: Any) -> dict[str, Answer]:
    """Return the answers of the payments example, some changed; `a__b` stands for the question `a.b`."""
    answers = dict(HandoffFile.read(EXAMPLES / "charging-plans.handoff.toml")[1].answers)
    for name, change in changed.items():
        question_id = name.replace("__", ".")
        value = change(answers[question_id].value) if callable(change) else change
        answers[question_id] = value if isinstance(value, Answer) else answers[question_id].with_(value=value)
    return answers


def unsigned(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row | {"auth": "none"} if row.get("trigger") == "webhook" else row for row in rows]


def never_rehearsed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: cell for key, cell in row.items() if key != "tested_on"} for row in rows]


def payments(tmp_path: Path, answers: Mapping[str, Any], **how: Any) -> Any:
    return in_interview(tmp_path, bundled("payments"), answers, **({"owner": "asa"} | how))


def listing(room: Room) -> OptionList:
    return room.app.screen.query_one(OptionList)


def findings(room: Room) -> list[str]:
    return [str(option.prompt) for option in listing(room).options if str(option.id).startswith("finding:")]


async def go_to(room: Room, option_id: str) -> None:
    listing(room).highlighted = [option.id for option in listing(room).options].index(option_id)
    listing(room).focus()
    await room.settle()


async def read_back(room: Room, section: str) -> None:
    room.session.jump(Place("read_back", section))
    await room.app.show_place()
    await room.settle()
    assert room.screen_name == "ReadBackScreen"


def remark(room: Room) -> str:
    line = room.app.screen.query_one("#remark", Static)
    return str(line.content) if line.display else ""


# -- when an answer is given -----------------------------------------------------------------------------------------


async def test_what_is_wrong_with_a_text_is_said_on_the_next_page_and_is_in_nobodys_way(tmp_path: Path) -> None:
    async with payments(tmp_path, {}, at="business_state.journey") as room:
        key = "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc"
        await room.press(*f"Use {key} to replay", "ctrl+n")
        assert room.here == STATES
        assert "Customer journey" in remark(room)
        assert "Stripe live key" in remark(room)
        assert key not in room.screen
        await room.press("escape")
        assert room.here == "business_state.journey"
        assert remark(room) == "", "said once"


async def test_nothing_is_said_while_somebody_types(tmp_path: Path) -> None:
    async with payments(tmp_path, {}, at="business_state.journey") as room:
        await room.press(*("sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc"))
        assert remark(room) == ""


async def test_what_is_wrong_with_a_row_is_said_when_it_is_kept(tmp_path: Path) -> None:
    rows = [{"state": "past_due", "plain_meaning": "The renewal failed", "final": "no"}]
    async with payments(tmp_path, {STATES: rows}, at=STATES) as room:
        await room.press("enter", "enter", "end", *" (see db1.corp.internal)", "ctrl+n")
        rows = room.rows(STATES)
        assert "internal" in str(rows[0])
        assert "past_due" in remark(room)


# -- the end of a section --------------------------------------------------------------------------------------------


async def test_a_read_back_tells_what_its_section_caused_and_leads_to_the_row_and_back(tmp_path: Path) -> None:
    answers = example(failure_handling__delivery_paths=unsigned)
    async with payments(tmp_path, answers) as room:
        await read_back(room, "failure_handling")
        assert [line for line in findings(room) if "Anyone could send" in line]
        index = next(i for i, line in enumerate(findings(room)) if "Anyone could send" in line)
        before = room.session.place
        await go_to(room, f"finding:{index}")
        await room.press("enter")
        assert room.here == PATHS
        at = room.app.screen.query_one(".rows-list", OptionList).highlighted
        assert at is not None
        assert room.rows(PATHS)[at]["auth"] == "none"
        await room.press("enter")
        assert room.focused_column == "auth", "the row opens at the cell that is to blame"
        await room.press("escape", "enter")
        assert room.focused_column != "auth", "and only the first time"
        await room.press("escape", "ctrl+n")
        assert room.session.place == before
        await room.press("enter")
        assert room.session.place != before, "a finding is never in the way of going on"


async def test_a_read_back_says_nothing_of_what_nobody_has_been_at(tmp_path: Path) -> None:
    rows = [
        {"field": "plan", "record": "Stripe", "place": "user_field", "agent_edit": "locked", "fresh_within": "1h",
         "direction": "both", "class": "operational"},
    ]  # fmt: skip
    systems = [{"name": "Stripe", "role": "source"}]
    answers = {"source_of_truth.critical_fields": rows, "parties.systems": systems}
    async with payments(tmp_path, answers) as room:
        await read_back(room, "source_of_truth")
        assert findings(room) == [], "who wins is asked later in this section"
        assert "two-way-no-rule" in {item.rule for item in verdict(room.session).findings}
        room.session.mark("source_of_truth.conflict_rule", "not_applicable", {"reason": "we do not know at all"})
        await read_back(room, "source_of_truth")
        assert [line for line in findings(room) if "which side wins" in line]


async def test_an_answer_is_blamed_at_the_read_back_of_the_section_that_caused_it(tmp_path: Path) -> None:
    answers = example(fallback__fallback_max=Answer("52w"))
    async with payments(tmp_path, answers) as room:
        await read_back(room, "fallback")
        assert [line for line in findings(room) if "events stop coming" in line.lower()]


# -- review ----------------------------------------------------------------------------------------------------------


async def test_review_says_the_same_as_check(tmp_path: Path) -> None:
    answers = example(alerts__alerts=never_rehearsed, failure_handling__delivery_paths=unsigned)
    async with payments(tmp_path, answers) as room:
        await room.review()
        wanted = check(Interview(bundled("payments"), room.on_disk()), room.session.today())
        assert verdict(room.session) == wanted
        told = " ".join(" ".join(findings(room)).split())
        for item in wanted.findings:
            assert item.fix in told


async def test_what_has_one_cause_is_said_once_with_all_its_places(tmp_path: Path) -> None:
    answers = example(failure_handling__failure_modes=never_rehearsed)
    async with payments(tmp_path, answers) as room:
        await room.review()
        lines = findings(room)
        assert len([line for line in lines if "never been rehearsed" in line]) == 1
        assert len([line for line in lines if "›" in line]) >= 2


async def test_review_comes_back_to_the_finding_and_goes_on_with_the_next_when_it_is_mended(tmp_path: Path) -> None:
    answers = example(failure_handling__delivery_paths=unsigned, payments__card_data="other")
    async with payments(tmp_path, answers) as room:
        await room.review()
        count = len(findings(room))
        index = next(i for i, line in enumerate(findings(room)) if "Card data" in line)
        await go_to(room, f"finding:{index}")
        await room.press("enter")
        assert room.here == "payments.card_data"
        await room.press("escape")
        assert listing(room).highlighted_option is not None
        assert str(listing(room).highlighted_option.id) == f"finding:{index}"  # type: ignore[union-attr]
        await room.press("enter", "2", "enter")
        assert room.screen_name == "ReviewScreen"
        assert len(findings(room)) == count - 1
        assert str(listing(room).highlighted_option.id).startswith("finding:")  # type: ignore[union-attr]


async def test_a_warning_is_taken_on_with_a_reason_and_a_name_and_that_can_be_taken_back(tmp_path: Path) -> None:
    answers = example(alerts__alerts=never_rehearsed)
    async with payments(tmp_path, answers) as room:
        await room.review()
        index = next(i for i, line in enumerate(findings(room)) if "rehearsed" in line)
        await go_to(room, f"finding:{index}")
        await room.press("a")
        assert room.screen_name == "FormDialog"
        await room.press("ctrl+n")
        assert room.screen_name == "FormDialog", "a reason and a name are needed"
        await room.press(*"drill in [b]December[/b]", "enter", *"Åsa Lindqvist", "ctrl+n")
        assert room.screen_name == "ReviewScreen"
        assert not [line for line in findings(room) if "rehearsed" in line]
        accepted = room.on_disk().accepted
        assert accepted
        assert {item["rule"] for item in accepted} == {"untested"}
        assert {item["by"] for item in accepted} == {"asa"}
        assert {item["reason"] for item in accepted} == {"drill in [b]December[/b]"}
        assert "drill in [b]December[/b]" in room.screen
        at = next(str(option.id) for option in listing(room).options if str(option.id).startswith("accepted:"))
        await go_to(room, at)
        await room.press("a")
        assert room.on_disk().accepted == ()
        assert [line for line in findings(room) if "rehearsed" in line]


async def test_an_error_cannot_be_taken_on(tmp_path: Path) -> None:
    async with payments(tmp_path, example(failure_handling__delivery_paths=unsigned)) as room:
        await room.review()
        index = next(i for i, line in enumerate(findings(room)) if "Anyone could send" in line)
        await go_to(room, f"finding:{index}")
        await room.press("a")
        assert room.screen_name == "ReviewScreen"
        assert room.on_disk().accepted == ()


async def test_an_acceptance_lapses_when_the_text_changes(tmp_path: Path) -> None:
    async with payments(tmp_path, example(alerts__alerts=never_rehearsed)) as room:
        await room.review()
        index = next(i for i, line in enumerate(findings(room)) if "rehearsed" in line)
        await go_to(room, f"finding:{index}")
        await room.press("a")
        await room.press(*"drill in December", "enter", *"asa", "ctrl+n")
        rows = room.rows(ALERTS)
        at = next(i for i, row in enumerate(rows) if row["urgency"] == "page_now")
        # Another day of rehearsal, also too long ago: the cell it was accepted for is not the same any more.
        room.session.put_row(ALERTS, at, rows[at] | {"tested_on": date(2025, 1, 1)})
        standing = [item for item in verdict(room.session).findings if item.rule == "untested"]
        assert [item.row for item in standing] == [rows[at]["alert"]]


async def test_the_head_is_asked_for_where_it_is_to_blame(tmp_path: Path) -> None:
    async with payments(tmp_path, example(), owner="") as room:
        await room.review()
        index = next(i for i, line in enumerate(findings(room)) if "integration owner" in line)
        await go_to(room, f"finding:{index}")
        await room.press("enter")
        assert room.screen_name == "FormDialog"


# -- finish ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20)])
async def test_finish_says_which_errors_keep_it_from_final_and_leads_there(
    size: tuple[int, int], tmp_path: Path
) -> None:
    answers = example(failure_handling__delivery_paths=unsigned)
    async with payments(tmp_path, answers, size=size) as room:
        await room.review()
        await room.click("#finish")
        assert room.one("#final").disabled
        assert "Anyone could send" in room.screen
        listing(room).focus()
        await room.press("enter")
        assert room.here == PATHS


async def test_warnings_alone_do_not_keep_it_from_final(tmp_path: Path) -> None:
    async with payments(tmp_path, example(alerts__alerts=never_rehearsed)) as room:
        await room.review()
        await room.click("#finish")
        assert not room.one("#final").disabled
        await room.press("f")
        assert room.on_disk().head.status == "final"
        assert "rehearsed" in (tmp_path / "x.handoff.md").read_text(encoding="utf-8")
