"""Rows in lines: add, edit, copy, delete, move; a cell that nobody knows; a row that is left before it is done."""

from __future__ import annotations

from pathlib import Path

from handoff_tui.core.interview import Place
from handoff_tui.core.template import Template
from handoff_tui.session.opened import Opened
from tests.core.making import ALERT, COMPLETE, MARA, bundled
from tests.plain.making import opened_at
from tests.plain.talking import interview

TWO = [ALERT, {**ALERT, "alert": "Silence"}]


def at_alerts(folder: Path, rows: object = None) -> Opened:
    return opened_at("watch.alerts", folder, {**COMPLETE, "watch.alerts": [ALERT] if rows is None else rows})


def names(opened: Opened) -> list[str]:
    return [str(row["alert"]) for row in opened.session.rows("watch.alerts")]


def test_a_row_is_entered_field_by_field_and_enter_ends_the_table(tmp_path: Path) -> None:
    opened = opened_at("watch.alerts", tmp_path, {"parties.people": [MARA]})
    heard = interview(opened, "", "add", "LagHigh", "1", "2", "", "")
    assert "! There is no row yet." in heard.said
    assert opened.session.handoff.rows("watch.alerts") == [ALERT]
    assert opened.session.place == Place("question", "watch.window")


def test_a_field_is_explained_once_and_a_field_that_this_row_needs_is_asked_for(tmp_path: Path) -> None:
    opened = at_alerts(tmp_path)
    heard = interview(
        opened, "add", "A", "mara", "wake", "wiki", "", "add", "B", "mara", "1", "wiki", "more", "2 Nov", ""
    )
    assert heard.said.count("For example: LagHigh") == 1
    assert names(opened) == ["LagHigh", "A", "B"]
    assert opened.session.rows("watch.alerts")[2]["runbook"] == "wiki"
    assert str(opened.session.rows("watch.alerts")[2]["tested_on"]) == "2026-11-02"


def test_rows_are_copied_moved_deleted_and_brought_back(tmp_path: Path) -> None:
    opened = at_alerts(tmp_path, TWO)
    heard = interview(opened, "copy 1", "Third", ":keep", "up 3", "delete 1", "list", "edit 9", "wat", ":undo")
    assert "Third is row 2 of 3." in heard.said
    assert "LagHigh is removed." in heard.said
    assert "1 Third. Goes to: Māra Bērziņa; Urgency: only a note." in heard.said
    assert "There is no “9” here." in heard.said
    assert "Type one of: add, edit" in heard.said
    assert names(opened) == ["LagHigh", "Third", "Silence"]


def test_in_a_row_enter_keeps_what_stands_and_back_goes_one_field_back(tmp_path: Path) -> None:
    opened = at_alerts(tmp_path)
    heard = interview(opened, "1", "", ":back", "Lag", "", "1", ":clear", "wiki", "")
    assert "Alert, now “LagHigh”, Enter keeps it:" in heard.said
    assert opened.session.rows("watch.alerts") == [
        {"alert": "Lag", "goes_to": "mara", "urgency": "page_now", "runbook": "wiki"}
    ]


def test_what_is_wrong_is_said_at_its_field_and_kept(tmp_path: Path) -> None:
    opened = at_alerts(tmp_path)
    heard = interview(opened, "add", "LagHigh", "mara", "later", "2", "", "Other", "")
    assert "! “later” is not one of the choices." in heard.said
    assert "Urgency, 1 to 2, not accepted “later”, Enter keeps it:" in heard.said
    assert "! There is an alert called “LagHigh” already." in heard.said
    assert names(opened) == ["LagHigh", "Other"]


def test_a_field_that_is_not_marked_open_after_all_keeps_what_stood_there(tmp_path: Path) -> None:
    opened = at_alerts(tmp_path)
    heard = interview(opened, "edit 1", "", "", ":open", ":close", ":keep")
    assert "Urgency of LagHigh: we don't know yet." in heard.said
    assert opened.session.rows("watch.alerts") == [ALERT]
    interview(opened, "edit 1", "", "", ":open", "mara", "4 Dec", "", ":keep")
    assert "urgency" not in opened.session.rows("watch.alerts")[0]
    assert [cell.column for cell in opened.session.handoff.open_cells] == ["urgency"]


def test_a_needed_field_that_is_left_empty_is_asked_for_at_the_end(tmp_path: Path) -> None:
    opened = at_alerts(tmp_path)
    heard = interview(opened, "add", "A", "", "2", "", "mara", "")
    assert "! “Goes to” of A is empty." in heard.said
    assert "“:open” for a field that nobody knows yet" in heard.said
    assert names(opened) == ["LagHigh", "A"]


def test_keep_takes_the_row_as_it_is(tmp_path: Path) -> None:
    opened = at_alerts(tmp_path)
    interview(opened, "add", "A", "mara", "2", "more", ":keep")
    assert names(opened) == ["LagHigh", "A"]


def test_a_row_that_is_closed_is_kept_as_far_as_it_goes_and_enter_leads_back_to_it(tmp_path: Path) -> None:
    opened = at_alerts(tmp_path)
    heard = interview(opened, "add", "A", "mara", ":close", "")
    assert opened.session.rows("watch.alerts")[1] == {"alert": "A", "goes_to": "mara"}
    assert "Rows, Enter fills in alert 2, A:" in heard.said
    assert heard.said.rstrip().endswith("Urgency, 1 to 2:")


def test_a_row_without_a_name_waits_until_it_is_added_again(tmp_path: Path) -> None:
    opened = at_alerts(tmp_path)
    heard = interview(opened, "add", "", "mara", ":go window", ":back", "add", "A", "", "2", "")
    assert "What you typed is kept; “add” opens it again." in heard.said
    assert opened.session.rows("watch.alerts")[1] == {**ALERT, "alert": "A"}
    assert opened.session.drafts == {}


def test_one_field_can_be_open_by_itself(tmp_path: Path) -> None:
    opened = at_alerts(tmp_path)
    heard = interview(opened, "add", ":open", "A", ":open", "mara", "4 Dec", "2", "", "")
    assert "“Alert” names the row and cannot be open." in heard.said
    [cell] = opened.session.handoff.open_cells
    assert (cell.row, cell.column, cell.owner) == ("A", "goes_to", "mara")
    assert opened.session.rows("watch.alerts")[1] == {"alert": "A", "urgency": "notice"}
    assert opened.session.place == Place("question", "watch.window")


def test_a_command_of_the_question_waits_until_the_row_is_done(tmp_path: Path) -> None:
    heard = interview(at_alerts(tmp_path), "add", ":undo", ":na", "?")
    assert heard.said.count("has no meaning here. Finish this first, or “:close” it.") == 2


def test_seeded_rows_are_filled_in_one_after_the_other(tmp_path: Path, payments: Template) -> None:
    opened = opened_at("ownership.responsibilities", tmp_path, {}, payments)
    heard = interview(opened, "", "Zofia", "", "1", "", "")
    assert "Rows, Enter fills in" in heard.said
    assert "Zofia is new here. This is asked once" in heard.said
    assert opened.session.rows("ownership.responsibilities")[0]["accountable"] == "zofia"
    assert opened.session.handoff.rows("parties.people")[0] == {
        "key": "zofia",
        "name": "Zofia",
        "function": "engineering",
        "kind": "person",
    }


def test_what_is_suggested_counts_also_where_nobody_asked_for_it(tmp_path: Path) -> None:
    opened = opened_at("source_of_truth.critical_fields", tmp_path, {}, bundled("payments"))
    interview(opened, "add", "state", "Stripe", "1", "1", "15m", "means", "")
    row = opened.session.rows("source_of_truth.critical_fields")[0]
    assert (row["class"], row["direction"], row["sensitivity"]) == ("financial", "in", "internal")


def test_in_a_form_drop_brings_back_what_stood_there_or_is_suggested(tmp_path: Path) -> None:
    opened = opened_at("source_of_truth.critical_fields", tmp_path, {}, bundled("payments"))
    heard = interview(
        opened, "add", "state", "Stripe", "1", "1", "soon", ":drop", "15m", "more", "", "wat", ":drop", ":keep"
    )
    assert heard.said.count("Forgotten.") == 2
    row = opened.session.rows("source_of_truth.critical_fields")[0]
    assert (row["fresh_within"], row["class"]) == ("15m", "financial")


def test_what_is_wrong_with_a_row_is_told_with_it_and_not_again_when_the_table_is_done(tmp_path: Path) -> None:
    secret = "sk_" + "live_" + "4eC39HqLyjWDarjtT1zdp7dc"
    heard = interview(at_alerts(tmp_path), "add", "A", "mara", "1", secret, "", "done")
    assert heard.said.count("Error: ") == 1
    assert secret not in heard.said
