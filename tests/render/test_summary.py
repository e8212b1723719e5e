"""The summary as a whole: its beginning, its order, and each state beside its answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Note, Open, OpenCell, Stale
from handoff_tui.core.handoff import Handoff, Head
from handoff_tui.core.interview import Interview
from handoff_tui.render.points import NOTHING_OPEN
from tests.core.making import complete, small, template_from
from tests.render.samples import billing, changed, handoff_of, part, rendered, summarised

PERSON = {"key": "zofia", "name": "Zofia Wiśniewska", "function": "finance"}
NOTICE = "ownership.change_notice"
OWNERSHIP = "3. Who owns contract changes, retry logic, and reconciliation?"
DUE = date(2026, 12, 4)


def stands(answer: Answer, question_id: str = NOTICE, title: str = OWNERSHIP) -> str:
    """Return the section of a question that has this answer."""
    return part(rendered(handoff_of({"parties.people": [PERSON], question_id: answer})), title)


# -- the beginning -----------------------------------------------------------------------------------------------


def test_it_begins_with_the_name_and_says_at_once_that_it_is_a_draft() -> None:
    lines = rendered(billing()).splitlines()
    assert lines[0] == "# Stripe billing state in Zendesk"
    assert lines[2] == "> [!WARNING]"
    assert lines[3].startswith(
        "> **Draft: not signed off yet.** 5 points are open, 2 answers are assumed, 1 answer is to"
    )


def test_a_final_handoff_says_so_and_what_is_open_nevertheless() -> None:
    final = rendered(replace(billing(), head=replace(billing().head, status="final")))
    assert "> [!NOTE]\n> **Final: signed off.** 5 points are open, 2 answers are assumed" in final
    assert "Draft" not in final


def test_a_draft_without_gaps_does_not_count_nothing() -> None:
    text = summarised(Interview(small(), complete()))
    assert "**Draft: not signed off yet.** Every question that has to be answered has an answer." in text


def test_one_line_says_what_it_is_and_who_decided() -> None:
    text = rendered(billing())
    assert (
        "**Payments** handoff, from engineering to support · Integration owner: **Billing platform** · In the" in text
    )
    assert "Created 23 Nov 2026 · Status: draft" in text


def test_an_empty_handoff_renders_and_says_that_nothing_has_an_answer() -> None:
    text = rendered(Handoff(Head(template="payments")))
    assert text.startswith("# Handoff without a name\n")
    assert "questions have no answer." in text
    assert "No integration owner is named" in text
    assert "```" not in text
    assert "**No answer yet:** Customer journey, States support meets, Worst effect" in text


@pytest.mark.parametrize("handoff", [billing(), Handoff(Head(template="payments"))])
def test_it_ends_with_one_line_feed_and_is_the_same_each_time(handoff: Handoff) -> None:
    text = rendered(handoff)
    assert text == rendered(handoff)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text


# -- the order ---------------------------------------------------------------------------------------------------


def test_incident_first_then_open_points_then_the_seven_questions_then_people_and_sign_off() -> None:
    headings = [line[3:] for line in rendered(billing()).splitlines() if line.startswith("## ")]
    first = ["If it breaks now", "Open and assumed points", "What does not fit yet", "How updates travel"]
    assert headings[:4] == first
    assert [heading[:2] for heading in headings[4:11]] == ["1.", "2.", "3.", "4.", "5.", "6.", "7."]
    assert headings[11:] == ["Money", "Who to call", "Gaps, rehearsals and review", "Sign-off"]


def test_every_link_leads_to_a_heading() -> None:
    text = rendered(billing())
    headings = [line.lstrip("#").strip() for line in text.splitlines() if line.startswith("#")]
    slugs = {"".join(c for c in item.lower() if c.isalnum() or c in "- _").replace(" ", "-") for item in headings}
    targets = [piece.split(")")[0] for piece in text.split("](#")[1:]]
    assert len(targets) > 15
    assert set(targets) <= slugs


# -- states in place ---------------------------------------------------------------------------------------------


def test_open_names_who_finds_out_and_when() -> None:
    text = stands(Answer(mark=Open(note="finance wants 20d", owner="zofia", due=DUE)))
    assert (
        "- **Change notice:** **Not decided yet:** Zofia Wiśniewska finds out by 4 Dec 2026. finance wants 20d" in text
    )


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (Open(), "**Not decided yet:** nobody is named, no date is set."),
        (Open(owner="zofia"), "**Not decided yet:** Zofia Wiśniewska finds out, no date is set."),
        (Open(due=DUE), "**Not decided yet:** nobody is named, by 4 Dec 2026."),
        (Open(owner="gone", due=DUE), "**Not decided yet:** gone finds out by 4 Dec 2026."),
        (NotApplicable(reason="the vendor never changes it"), "Not applicable: the vendor never changes it"),
        (NotApplicable(), "Not applicable"),
    ],
)
def test_what_is_missing_of_a_mark_is_said(mark: Any, words: str) -> None:
    assert f"- **Change notice:** {words}\n" in stands(Answer(mark=mark)) + "\n"


def test_an_open_question_does_not_show_the_value_it_had() -> None:
    assert "10d" not in stands(Answer("10d", Open(owner="zofia", due=DUE)))


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (
            Assumed(basis="draft 3", confirmer="zofia", due=DUE),
            "until Zofia Wiśniewska confirms by 4 Dec 2026: draft 3",
        ),
        (Assumed(confirmer="zofia"), "until Zofia Wiśniewska confirms"),
        (Assumed(basis="draft 3", due=DUE), "until somebody confirms by 4 Dec 2026; nobody is named: draft 3"),
    ],
)
def test_an_assumed_answer_shows_its_value_and_on_what_it_rests(mark: Assumed, words: str) -> None:
    assert f"- **Change notice:** 10 days\\\n  **Assumed** {words}\n" in stands(Answer("10d", mark)) + "\n"


def test_a_stale_answer_says_what_changed() -> None:
    text = rendered(billing())
    stale = "**To be reconfirmed:** ‘Worst effect’ changed since (was: customers wait longer)"
    assert stale in part(text, "Alerts", 3)
    assert stale in part(text, "If an alert wakes you", 3)


@pytest.mark.parametrize(
    ("stale", "words"),
    [
        (Stale("handoff.template_version", "1"), "**To be reconfirmed:** the question has changed since."),
        (Stale("gone.question", "x"), "**To be reconfirmed:** ‘gone.question’ changed since (was: x)"),
        (Stale(NOTICE), "**To be reconfirmed:** ‘Change notice’ changed since"),
    ],
)
def test_staleness_of_every_origin_reads(stale: Stale, words: str) -> None:
    assert f"10 days\\\n  {words}\n" in stands(Answer("10d", stale=stale)) + "\n"


def test_a_note_stands_beside_its_answer_with_those_who_agreed() -> None:
    people = [PERSON, {"key": "mara", "name": "Māra Bērziņa", "function": "support"}]
    note = Note(text="finance asked for 20d", agreed_by=("zofia", "mara"))
    text = rendered(handoff_of({"parties.people": people, NOTICE: Answer("10d", note=note)}))
    assert "10 days\\\n  Note: finance asked for 20d — agreed by Zofia Wiśniewska, Māra Bērziņa" in text


def test_a_note_on_a_question_without_an_answer_is_not_lost() -> None:
    assert "- **Change notice:** No answer yet.\\\n  Note: ask legal" in stands(Answer(note=Note(text="ask legal")))


def test_two_versions_of_a_merge_stand_beside_the_answer_and_in_the_banner() -> None:
    conflict = {"ownership": {"change_notice": [{"ours": "10d", "theirs": "20d"}]}}
    text = rendered(replace(handoff_of({NOTICE: "10d"}), conflict=conflict))
    assert "1 answer has two versions." in text
    assert "**Two versions:** ‘10 days’ stands here, the other is ‘20 days’" in part(text, OWNERSHIP)


def test_a_conflict_in_a_cell_names_it_in_words() -> None:
    conflict = {"alerts": {"alerts": [{"row": "RefundMismatch", "column": "urgency", "ours": "work_hours"}]}}
    text = part(rendered(replace(billing(), conflict=conflict)), "Alerts", 3)
    assert (
        "**Two versions of RefundMismatch, urgency:** ‘in working hours’ stands here, the other is ‘(removed)’" in text
    )


# -- answers -----------------------------------------------------------------------------------------------------


def test_a_text_of_several_paragraphs_keeps_them() -> None:
    text = part(rendered(billing()), "1. What business state or customer journey does the integration support?")
    assert "- **Customer journey:**\n\n  Because of this" in text
    assert "sees why.\n\n  After day 14 access ends by itself" in text


def test_a_narrow_table_has_all_its_columns() -> None:
    assert "| Account | Owner | Expires | Renewed how |" in rendered(billing())
    assert "| zd-sync OAuth client | Tomáš Dvořák | 1 Mar 2027 | Create a new key" in rendered(billing())


def test_a_wide_table_keeps_its_needed_columns_and_the_rest_below() -> None:
    text = part(rendered(billing()), "Critical fields", 3)
    assert "| Field | Record | Shown in | Agents | Fresh within |" in text
    assert "- **dispute_state** — Class: about money · May change it: Revenue operations · Stale after: 2 hours" in text


def test_cells_needed_in_some_rows_only_stand_below_too() -> None:
    text = part(rendered(billing()), "Delivery paths", 3)
    assert "| copy to Zendesk | billing-sync | Zendesk | sent through an event bus | our own code | 12 hours |" in text
    assert "Ids kept for: Not decided yet: Siobhán O'Reilly-Nguyễn, by 4 Dec 2026" in text
    assert "copy to Zendesk** —" not in text


def test_rows_of_several_texts_are_lists_and_not_columns_of_three_words() -> None:
    text = part(rendered(billing()), "Support signals", 3)
    assert "|" not in text
    assert "**the update is late**\n\n- **Agent sees:** A grey badge" in text


def test_people_go_by_name_with_hours_and_backup() -> None:
    text = part(rendered(billing()), "People", 3)
    assert "| Name | Works in | Hours | Reached by | Backup | Kind |" in text
    assert (
        "| Billing on-call | engineering | 24x7 | Pager, then #billing-live in Slack | Siobhán O'Reilly-Nguyễn |"
        in text
    )


def test_people_without_a_name_keep_their_key() -> None:
    text = rendered(handoff_of({"parties.people": [{"key": "billing-oncall", "function": "engineering"}]}))
    assert "| billing-oncall | No answer yet | engineering |" in part(text, "People", 3)


def test_a_needed_cell_that_is_empty_is_no_silent_hole() -> None:
    text = rendered(handoff_of({"close.known_gaps": [{"gap": "No test account"}]}))
    assert "| No test account | No answer yet |" in text
    assert "**Not finished:** Known gaps: 1 cell has no answer yet" in part(text, "Open and assumed points")


def test_optional_questions_without_an_answer_share_one_line() -> None:
    text = part(rendered(billing()), "5. What should support see when the integration fails or lags?")
    assert text.rstrip().endswith("Optional, not answered: Who sees it")


def test_a_question_that_is_not_asked_now_is_left_out() -> None:
    discovery = replace(billing(), head=replace(billing().head, moment="discovery_to_delivery"))
    assert "Rehearsals" not in rendered(discovery)
    assert "Early support until" not in rendered(discovery)
    assert "from discovery to delivery" in rendered(discovery)


def test_risks_taken_on_stand_with_their_reason() -> None:
    text = part(rendered(billing()), "Risks taken on", 3)
    assert text.strip() == "- **Alerts, StripeSilence:** drill booked for December — accepted by Māra Bērziņa"


def test_sign_off_comes_last() -> None:
    text = rendered(billing())
    assert text.rindex("\n## ") == text.index("\n## Sign-off\n")
    assert "| Māra Bērziņa | Support | accepts it with conditions |" in part(text, "Sign-off")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "true"),
        (4, "4"),
        ("4 *hours*", r"4 \*hours\*"),
        (["a", "b"], "a, b"),
        ({"a": [1, 2]}, "a: 1, 2"),
        (date(2026, 12, 4), "4 Dec 2026"),
        (datetime(2026, 12, 4, 3, 0), "2026-12-04 03:00:00"),
        ("", "No answer yet"),
        ("a\x1b[31mb", r"a␛\[31mb"),
    ],
)
def test_a_value_that_does_not_fit_is_shown_as_it_stands(value: object, words: str) -> None:
    assert f"- **Change notice:** {words}\n" in stands(Answer(value)) + "\n"


def test_a_table_that_is_none_is_shown_as_it_stands() -> None:
    text = rendered(handoff_of({"close.known_gaps": ["a", {"gap": "b"}, 3]}))
    assert "| b | No answer yet |\n\na\n\n3\n" in part(text, "Known gaps", 3) + "\n"
    assert "The table is empty." in part(rendered(handoff_of({"close.known_gaps": []})), "Known gaps", 3)


def test_a_date_in_a_cell_and_a_choice_are_in_words() -> None:
    text = part(rendered(billing()), "Gaps, rehearsals and review")
    assert "15 Dec 2026" in text
    assert "- **Read again by:** 1 May 2027" in text


def test_an_address_alone_is_a_link_and_one_within_a_text_is_not() -> None:
    assert "<https://status.stripe.com/>" in rendered(billing())
    text = stands(Answer("see https://x.example/a"), "ownership.contract_location")
    assert r"see https\://x.example/a" in text


# -- open and assumed points -------------------------------------------------------------------------------------


def rows_of_points(text: str) -> list[str]:
    return [line for line in part(text, "Open and assumed points").splitlines() if line.startswith("| ")][2:]


def test_points_are_sorted_by_person_then_date_and_nobody_comes_last() -> None:
    rows = rows_of_points(rendered(billing()))
    assert [row.split(" | ")[0:2] for row in rows] == [
        ["| Māra Bērziņa", "1 Dec 2026"],
        ["| Māra Bērziņa", "4 Dec 2026"],
        ["| Siobhán O'Reilly-Nguyễn", "4 Dec 2026"],
        ["| Siobhán O'Reilly-Nguyễn", "4 Dec 2026"],
        ["| Zofia Wiśniewska", "30 Nov 2026"],
        ["| Zofia Wiśniewska", "1 Dec 2026"],
        ["| Zofia Wiśniewska", "15 Dec 2026"],
        ["| nobody named", "no date"],
    ]


def test_a_point_says_what_where_and_on_what_it_rests() -> None:
    rows = "\n".join(rows_of_points(rendered(billing())))
    assert (
        "| Longest fallback (question 7) | Assumed: 8 hours; because: what the evening team managed in March |" in rows
    )
    assert "| Failures (question 4): money moved but ticket is silent, Owner | Not decided yet |" in rows
    assert "| Change notice (question 3) | Not decided yet: finance wants 20d, engineering offers 10d |" in rows


def test_a_long_assumed_text_is_not_cut_into_another_meaning() -> None:
    rows = rows_of_points(
        rendered(handoff_of({"fallback.fallback_exit": Answer("x " * 200, Assumed(confirmer="zofia"))}))
    )
    assert rows[0] == "| zofia | no date | Fallback ends (question 7) | Assumed as it stands there |"


def test_an_assumed_table_names_its_rows() -> None:
    text = rendered(changed("payments.money_actions", lambda answer: answer.with_(mark=Assumed(confirmer="mara"))))
    assert "| Money actions | Assumed: refund a payment, extend access |" in "\n".join(rows_of_points(text))


def test_nothing_open_is_said_in_one_sentence() -> None:
    text = summarised(Interview(small(), complete()))
    assert part(text, "Open and assumed points").strip() == NOTHING_OPEN


def test_an_open_cell_of_a_row_or_column_that_is_gone_is_listed_nevertheless() -> None:
    cells = (OpenCell("alerts.alerts", "Gone", "nothing", "mara", DUE), OpenCell(NOTICE, "a", "b"))
    rows = "\n".join(rows_of_points(rendered(replace(billing(), open_cells=cells))))
    assert "Alerts (question 6): Gone, nothing" in rows
    assert "Change notice (question 3): a, b" in rows


# -- templates of a team -----------------------------------------------------------------------------------------


def test_a_template_with_other_questions_renders_by_kind_alone() -> None:
    template = template_from("""
format = 1
version = 1
title = "Ours"
about = "Nothing of the base."

[greeting]
title = "Greeting"
asks = "Who greets?"
theme = "Ownership"
minutes = 1
who = { kind = "contact", need = "essential", label = "Greeter" }
when = { kind = "many", need = "essential", label = "Days", choices = { mon = "Mondays", tue = "Tuesdays" } }
[parties]
title = "Who"
theme = "Ownership"
minutes = 1
[parties.people]
kind = "table"
need = "essential"
columns.key = { label = "Key" }
columns.name = { label = "Name" }
[extra]
title = "Extra"
theme = "Ownership"
minutes = 1
fun = { kind = "number", need = "optional", label = "Fun", unit = "points" }
""")
    answers = {
        "greeting.who": Answer("mara"),
        "greeting.when": Answer(["mon", "tue"]),
        "parties.people": Answer([{"key": "mara", "name": "Māra"}]),
        "extra.fun": Answer(1200),
    }
    text = summarised(Interview(template, Handoff(Head(name="Team", template="small"), answers)))
    assert "If it breaks now" not in text
    assert "How updates travel" not in text
    assert "## 1. Who greets?\n\n- **Greeter:** Māra\n- **Days:** Mondays, Tuesdays\n" in text
    assert "## Extra\n\n- **Fun:** 1,200 points\n" in text


def test_a_comment_of_the_file_is_shown_as_text() -> None:
    text = rendered(handoff_of({}, comment="# ask *legal*\n- soon"))
    assert "Comment: \\# ask \\*legal\\*\\\n\\- soon\n" in text
