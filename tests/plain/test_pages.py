"""The end of a section, the review, the finish, in lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoff_tui.core.interview import REVIEW, Place
from handoff_tui.core.template import Template
from handoff_tui.session.opened import Opened
from handoff_tui.store.file import HandoffFile
from tests.cli.calling import PAYMENTS
from tests.core.making import COMPLETE
from tests.plain.making import FILE, opened_at
from tests.plain.talking import interview


def at(place: Place, folder: Path, **values: object) -> Opened:
    opened = opened_at("start.goal", folder, {key: value for key, value in {**COMPLETE, **values}.items() if value})
    opened.session.place = place
    return opened


READ_BACK = Place("read_back", "start")


def test_a_section_is_read_back_and_enter_agrees(tmp_path: Path) -> None:
    opened = at(READ_BACK, tmp_path)
    heard = interview(opened, "")
    assert "Start · end of the section" in heard.said
    assert "You decided:\n  1 Goal: A customer can keep reading.\n  2 Weight: a nuisance\n" in heard.said
    assert "Not asked yet, optional: limits, count. “more” asks for them." in heard.said
    assert opened.session.place == Place("question", "parties.people")


def test_at_a_read_back_a_number_goes_there_and_comes_back(tmp_path: Path) -> None:
    opened = at(READ_BACK, tmp_path)
    heard = interview(opened, "7", "wat", "1", "Another.", ".")
    assert "There is no “7” here." in heard.said
    assert "Enter agrees and goes on. A number goes there" in heard.said
    assert opened.session.handoff.value("start.goal") == "Another."
    assert heard.said.count("You decided:") == 2


def test_more_asks_the_optional_questions(tmp_path: Path) -> None:
    opened = at(READ_BACK, tmp_path)
    heard = interview(opened, "more", "none known", ".")
    assert "Start · an optional question" in heard.said
    assert opened.session.handoff.value("start.limits") == "none known"


def test_the_review_says_every_answer_and_goes_to_one_by_number_or_by_words(tmp_path: Path) -> None:
    opened = at(REVIEW, tmp_path)
    heard = interview(opened, "window", "5h", "a", "nowhere", "list", "goal")
    assert "Review · " in heard.said
    assert "Window: 4h" in heard.said or "Window: 4 hours" in heard.said
    assert "Several have that: " in heard.said
    assert "Nothing has that." in heard.said
    assert "“list” says every answer." in heard.said, "on coming back only what was found is said"
    assert opened.session.handoff.value("watch.window") == "5h"
    assert opened.session.place == Place("question", "start.goal")


def test_next_goes_to_what_is_left(tmp_path: Path) -> None:
    opened = at(REVIEW, tmp_path, **{"watch.window": None})
    heard = interview(opened, "next")
    assert "“next” goes to the first" in heard.said
    assert opened.session.place == Place("question", "watch.window")


def test_a_warning_is_accepted_with_a_reason_and_a_name_and_no_longer(tmp_path: Path, payments: Template) -> None:
    values = {key: answer.value for key, answer in HandoffFile.read(PAYMENTS)[1].answers.items()}
    alerts = [{key: cell for key, cell in row.items() if key != "tested_on"} for row in values["alerts.alerts"]]
    opened = opened_at("alerts.alerts", tmp_path, {**values, "alerts.alerts": alerts}, payments)
    opened.session.place = REVIEW
    heard = interview(opened)
    number = next(line.split()[0] for line in heard.said.splitlines() if " Warning: " in line)
    heard = interview(opened, f"accept {number}", "we live with it", "asa", "accept 99")
    assert "Accepted." in heard.said
    assert "we live with it (Åsa Lindqvist)" in heard.words
    assert {(taken["reason"], taken["by"]) for taken in opened.session.handoff.accepted} == {("we live with it", "asa")}
    number = next(line.split()[0] for line in heard.said.splitlines() if " Accepted: " in line)
    assert "It is no longer accepted." in interview(opened, f"accept {number}").said
    assert opened.session.handoff.accepted == ()


def test_the_head_is_changed_at_review(tmp_path: Path) -> None:
    opened = at(REVIEW, tmp_path)
    interview(opened, "head", "Other name", "1", "")
    head = opened.session.handoff.head
    assert (head.name, head.moment, head.owner) == ("Other name", "discovery_to_delivery", "mara")


@pytest.mark.parametrize("said", ["draft", "final", ""])
def test_finish_writes_both_files_and_says_how_to_check_them_in(said: str, tmp_path: Path) -> None:
    opened = at(REVIEW, tmp_path)
    heard = interview(opened, "finish", said, "wat", "")
    assert "Nothing stands in the way." in heard.said
    assert f"\n  git add {FILE} small.handoff.md\n" in heard.said
    assert "Press Enter to leave" in heard.said
    assert opened.close()
    assert HandoffFile.read(tmp_path / FILE)[1].head.status == ("draft" if said == "draft" else "final")
    assert (tmp_path / "small.handoff.md").exists()


def test_what_stands_in_the_way_of_final_has_a_number_that_leads_there(tmp_path: Path) -> None:
    opened = at(REVIEW, tmp_path, **{"watch.window": None})
    heard = interview(opened, "finish", "final", "1", "4h")
    assert "  1 Error: " in heard.said
    assert "Not yet: the errors must be settled first." in heard.said
    assert "Draft or final? Enter writes the draft:" in heard.said
    assert opened.session.handoff.value("watch.window") == "4h"
    assert opened.session.place == REVIEW


def test_from_the_finish_review_and_quit_lead_away(tmp_path: Path) -> None:
    opened = at(REVIEW, tmp_path)
    heard = interview(opened, "finish", ":review", "finish", ":quit", "never read")
    assert heard.said.count("Finish · ") == 2
    assert opened.session.handoff.head.status == "draft"


def test_what_somebody_else_wrote_is_joined_and_told_before_the_next_question(tmp_path: Path) -> None:
    opened = at(Place("question", "start.goal"), tmp_path)
    path = tmp_path / FILE
    path.write_text(path.read_text(encoding="utf-8").replace('window = "4h"', 'window = "2d"'), encoding="utf-8")
    heard = interview(opened, "")
    assert "Somebody else changed this file. 1 answer taken over." in heard.said
    assert "Window, new: 2 days" in heard.said
    assert opened.session.handoff.value("watch.window") == "2d"


def test_a_file_that_is_gone_is_told_and_written_again_on_request(tmp_path: Path) -> None:
    opened = at(Place("question", "start.goal"), tmp_path)
    (tmp_path / FILE).unlink()
    heard = interview(opened, "", ":again", ":saved")
    assert "The file is no longer there." in heard.said
    assert (tmp_path / FILE).exists()


def test_saved_says_where_and_saves_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    opened = at(Place("question", "start.goal"), tmp_path)
    heard = interview(opened, ":saved", f":saved {tmp_path / 'other'}", f":saved {tmp_path / FILE}")
    assert f"Saved in {FILE}. It always is." in heard.said
    assert "From now on it is saved there." in heard.words
    assert opened.path == tmp_path / "other" / FILE
    assert "There is such a file already." in heard.said


def test_a_finding_in_a_row_leads_to_its_field(tmp_path: Path) -> None:
    opened = at(REVIEW, tmp_path, **{"watch.alerts": [{"alert": "LagHigh", "urgency": "notice"}]})
    heard = interview(opened, "1", "", "mara", "", "", "")
    assert "It is about row 1, LagHigh." in heard.said
    assert opened.session.rows("watch.alerts")[0]["goes_to"] == "mara"
    assert opened.session.place == REVIEW
