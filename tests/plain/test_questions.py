"""A question in lines: what stands there, what Enter does, what is refused and kept, what can be said beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handoff_tui.core.answers import Assumed, NotApplicable, Note, Open, Stale
from handoff_tui.core.conflicts import Conflict, with_conflicts
from handoff_tui.core.handoff import Head
from handoff_tui.core.interview import Place
from handoff_tui.core.template import Template
from handoff_tui.session.opened import Opened
from tests.core.making import ALERT, COMPLETE, MARA, handoff_of, template_from
from tests.plain.making import opened_at
from tests.plain.talking import interview

SUGGESTING = template_from("""
format = 1
version = 1
title = "Suggesting"
about = "One suggestion."
[start]
title = "Start"
theme = "T"
minutes = 4
keep = { kind = "duration", need = "essential", suggest = "90d" }
name = { kind = "line", need = "essential" }
""")


def at(question_id: str, folder: Path, values: object = COMPLETE, template: Template | None = None) -> Opened:
    assert isinstance(values, dict)
    return opened_at(question_id, folder, values, template)


def stale(opened: Opened, question_id: str) -> None:
    handoff = opened.session.handoff
    answer = handoff.answer(question_id).with_(stale=Stale(because="start.weight", was="low"))
    opened.session.commit(handoff.with_answer(question_id, answer), "made stale")


def test_the_header_says_section_number_and_what_is_left(tmp_path: Path) -> None:
    heard = interview(at("watch.window", tmp_path, {}))
    assert "\nWatch · question 5 of 8 · 29 minutes left\n" in heard.said
    assert heard.said.count("\nWatch") == 1


def test_enter_keeps_an_answer_that_stands_and_writes_nothing(tmp_path: Path) -> None:
    opened = at("watch.window", tmp_path)
    before = opened.session.handoff
    heard = interview(opened, "")
    assert "The answer now: 4 hours" in heard.said
    assert "Enter keeps it" in heard.said
    assert opened.session.handoff is before
    assert opened.session.place == Place("read_back", "watch")


def test_a_suggested_value_is_no_answer_before_enter_takes_it(tmp_path: Path) -> None:
    opened = at("start.keep", tmp_path, {}, SUGGESTING)
    heard = interview(opened)
    assert "Suggested: 90 days" in heard.said
    assert "Enter takes what is suggested" in heard.said
    assert opened.session.handoff.answer("start.keep").empty
    interview(opened, "")
    assert opened.session.handoff.value("start.keep") == "90d"


def test_enter_on_an_essential_question_explains_and_stays(tmp_path: Path) -> None:
    opened = at("start.goal", tmp_path, {})
    heard = interview(opened, "")
    assert "! There is no answer yet." in heard.said
    assert "“:open” if nobody knows yet" in heard.said
    assert opened.session.place == Place("question", "start.goal")


def test_enter_passes_an_optional_question(tmp_path: Path) -> None:
    opened = at("start.limits", tmp_path)
    opened.session.wanted.add("start")
    assert "Enter goes on without" in interview(opened, "").said
    assert opened.session.place == Place("question", "start.count")
    assert opened.session.handoff.answer("start.limits").empty


def test_enter_on_a_stale_answer_does_not_confirm_it_and_says_what_does(tmp_path: Path) -> None:
    opened = at("watch.window", tmp_path)
    stale(opened, "watch.window")
    heard = interview(opened, "")
    assert "“Weight” changed after this was answered (it was: a nuisance)" in heard.words
    assert "“:still” says that it still holds" in heard.words
    assert opened.session.handoff.answer("watch.window").stale is not None
    opened.session.jump(Place("question", "watch.window"))
    interview(opened, ":still")
    assert opened.session.handoff.answer("watch.window").stale is None
    assert opened.session.place == Place("read_back", "watch")


def test_what_is_refused_is_kept_and_enter_takes_it_again(tmp_path: Path) -> None:
    opened = at("watch.window", tmp_path)
    heard = interview(opened, "soon", "", ":again", ":drop", "")
    assert heard.said.count("! “soon” is not a length of time.") == 2
    assert "Typed and not accepted: soon" in heard.said
    assert "Forgotten." in heard.said
    assert opened.session.handoff.value("watch.window") == "4h"
    assert opened.session.place == Place("read_back", "watch")


def test_what_was_understood_is_said_where_it_is_not_what_was_typed(tmp_path: Path) -> None:
    assert "Taken: 90 minutes." in interview(at("watch.window", tmp_path, {}), "90 min").said


def test_what_was_chosen_by_number_is_said_and_what_was_typed_is_not_repeated(tmp_path: Path) -> None:
    opened = at("watch.window", tmp_path, {"parties.people": [MARA]})
    heard = interview(opened, ":open", "1", ":back", "Māra Bērziņa", ":back", "Zofia")
    assert heard.said.count("Taken: ") == 1
    assert "Taken: Māra Bērziņa." in heard.said


def test_a_text_half_typed_survives_a_command_and_the_end(tmp_path: Path) -> None:
    opened = at("start.goal", tmp_path, {})
    interview(opened, "one", "two", ":go window", ":back", ":go goal", ":add", "three", ".")
    assert opened.session.handoff.value("start.goal") == "one\ntwo\nthree"


# -- beside the answer -------------------------------------------------------------------------------------------


def test_open_asks_who_finds_out_and_by_when_and_goes_on(tmp_path: Path) -> None:
    opened = at("watch.window", tmp_path, {"parties.people": [MARA]})
    heard = interview(opened, ":open", "1", "soon", "4 Dec", "more", "finance wants 20d", ".")
    assert opened.session.handoff.answer("watch.window").mark == Open(
        owner="mara", due=date(2026, 12, 4), note="finance wants 20d"
    )
    assert "! “soon” is not a date." in heard.said
    assert "Taken: 4 Dec 2026." in heard.said
    assert opened.session.place == Place("read_back", "watch")


def test_assumed_asks_for_the_answer_first_where_there_is_none(tmp_path: Path) -> None:
    opened = at("watch.window", tmp_path, {"parties.people": [MARA]})
    interview(opened, ":assumed", "later", "4h", "draft 3", "mara", "4 Dec")
    answer = opened.session.handoff.answer("watch.window")
    assert answer.value == "4h"
    assert answer.mark == Assumed(basis="draft 3", confirmer="mara", due=date(2026, 12, 4))
    assert opened.session.drafts == {}


def test_an_answer_that_stands_is_assumed_as_it_is(tmp_path: Path) -> None:
    opened = at("watch.window", tmp_path)
    interview(opened, ":assumed", "draft 3", "mara", "4 Dec")
    assert isinstance(opened.session.handoff.answer("watch.window").mark, Assumed)
    assert opened.session.handoff.value("watch.window") == "4h"


def test_not_applicable_asks_why(tmp_path: Path) -> None:
    opened = at("watch.window", tmp_path, {})
    interview(opened, ":na", "", "no such thing")
    assert opened.session.handoff.answer("watch.window").mark == NotApplicable(reason="no such thing")


def test_a_form_that_is_closed_keeps_what_was_typed(tmp_path: Path) -> None:
    opened = at("watch.window", tmp_path, {"parties.people": [MARA]})
    interview(opened, ":open", "mara", ":close")
    assert opened.session.handoff.answer("watch.window").empty
    assert opened.session.drafts["mark:watch.window"] == {"kind": "open", "owner": "mara"}
    heard = interview(opened, ":open", "4 Dec", "")
    assert "Who finds out: Māra Bērziņa. “:back” goes there." in heard.said
    assert isinstance(opened.session.handoff.answer("watch.window").mark, Open)


@pytest.mark.parametrize("kind", ["open", "assumed"])
def test_a_form_that_was_open_when_it_ended_is_open_again(kind: str, tmp_path: Path) -> None:
    opened = at("watch.window", tmp_path)
    interview(opened, f":{kind}", *(["draft 3"] if kind == "assumed" else []), "mara")  # and there the input ends
    assert opened.session.dialog == "mark"
    heard = interview(opened, "4 Dec", "")
    assert "Where you were when it ended:" in heard.said
    assert opened.session.handoff.answer("watch.window").mark is not None
    assert (opened.session.dialog, opened.session.drafts) == ("", {})


def test_a_note_stays_at_the_question(tmp_path: Path) -> None:
    opened = at("watch.window", tmp_path)
    interview(opened, ":note", "finance asked", ".", "mara", "")
    assert opened.session.handoff.answer("watch.window").note == Note(text="finance asked", agreed_by=("mara",))
    assert opened.session.place == Place("read_back", "watch")


def test_a_new_name_is_asked_about_once(tmp_path: Path) -> None:
    opened = at("watch.window", tmp_path, {})
    heard = interview(opened, ":open", "Siobhán O'Reilly", "4 Dec", "")
    assert "Siobhán O'Reilly is new here" not in heard.said, "this template needs no more than a name"
    assert opened.session.handoff.rows("parties.people") == [{"key": "siobhan-oreilly", "name": "Siobhán O'Reilly"}]


def test_undo_takes_the_last_step_back_and_clear_is_one(tmp_path: Path) -> None:
    opened = at("watch.window", tmp_path)
    heard = interview(opened, ":clear", ":undo", ":undo")
    assert "The answer is taken away." in heard.said
    assert "Undone: “Window” cleared." in heard.said
    assert "There is nothing to undo." in heard.said
    assert opened.session.handoff.value("watch.window") == "4h"


# -- ways away ---------------------------------------------------------------------------------------------------


def test_go_finds_a_question_by_parts_of_its_words(tmp_path: Path) -> None:
    opened = at("start.goal", tmp_path)
    heard = interview(opened, ":go wind", ":go close", "9", "2", ":go nowhere", ":go")
    assert opened.session.place == Place("question", "close.signoff")
    assert "There is no “9” here." in heard.said
    assert "No question has “nowhere”." in heard.said


def test_sections_say_how_far_each_is_and_a_number_goes_there(tmp_path: Path) -> None:
    opened = at("start.goal", tmp_path, {"start.goal": "x"})
    heard = interview(opened, ":sections", "3")
    assert "1 Start: in progress" in heard.said
    assert "3 Watch: not started" in heard.said
    assert opened.session.place == Place("question", "watch.alerts")


def test_back_leads_out_of_a_refused_answer_and_says_where_it_ends(tmp_path: Path) -> None:
    opened = at("watch.window", tmp_path)
    heard = interview(opened, "soon", ":back", ":go goal", ":back")
    assert "This is the first question." in heard.said
    assert opened.session.drafts["watch.window"] == "soon"


def test_a_question_that_becomes_asked_is_asked_and_one_that_is_hidden_keeps_its_answer(tmp_path: Path) -> None:
    opened = at("start.weight", tmp_path)
    interview(opened, "2", ":go drill", "a drill", ":go weight", "1")
    assert "close.drill" not in {question.id for question in opened.session.interview.asked}
    assert opened.session.handoff.answer("close.drill").value == "a drill"


# -- two versions ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("take", "value"), [("ours", "4h"), ("theirs", "2d")])
def test_of_two_versions_one_is_taken(take: str, value: str, tmp_path: Path) -> None:
    opened = at("watch.window", tmp_path)
    handoff, _ = with_conflicts(opened.session.handoff, [Conflict("watch.window", ours="4h", theirs="2d")])
    opened.session.commit(handoff, "a merge")
    heard = interview(opened, f":{take}", ":ours")
    assert "Ours: 4 hours" in heard.said
    assert "Theirs: 2 days" in heard.said
    assert f"{take.capitalize()} holds." in heard.said
    assert "There is only one version of this." in heard.said
    assert opened.session.handoff.value("watch.window") == value
    assert opened.session.handoff.conflict == {}


def test_two_versions_of_a_cell_are_said_with_its_place(tmp_path: Path) -> None:
    opened = at("watch.alerts", tmp_path)
    found = Conflict("watch.alerts", "LagHigh", "urgency", ours="notice", theirs="page_now")
    handoff, _ = with_conflicts(opened.session.handoff, [found])
    opened.session.commit(handoff, "a merge")
    heard = interview(opened, ":theirs")
    assert "Two people answered this differently: LagHigh, Urgency." in heard.said
    assert opened.session.handoff.rows("watch.alerts") == [{**ALERT, "urgency": "page_now"}]


# -- what is told ------------------------------------------------------------------------------------------------


def test_what_is_wrong_with_an_answer_is_told_at_once_and_never_the_secret(tmp_path: Path) -> None:
    opened = at("start.goal", tmp_path, {})
    secret = "sk_" + "live_" + "4eC39HqLyjWDarjtT1zdp7dc"
    heard = interview(opened, f"The key is {secret}", ".", ":back", ":note", secret, ".", "", ":review")
    assert "Error: " in heard.said
    assert secret not in heard.said
    assert "[hidden]" in heard.said


def test_nothing_that_a_terminal_obeys_is_ever_written(tmp_path: Path) -> None:
    evil = "a\x1b]52;c;x\x07\x9b31m\u202eb"
    opened = at("start.goal", tmp_path)
    # As if somebody had written it into the file by hand.
    answers = handoff_of({**COMPLETE, "start.goal": evil, "watch.alerts": [{**ALERT, "alert": evil}]}).answers
    opened.session.handoff = replace(opened.session.handoff, head=Head(name=evil, owner=evil), answers=answers)
    heard = interview(opened, f":{evil}", evil, ".", ":go alerts", "list", "edit 1", ":close", ":review", "head")
    assert not set("\x1b\x07\x9b\u202e") & set(heard.said)
    assert "␛" in heard.said


def test_lines_are_no_longer_than_eighty(tmp_path: Path) -> None:
    opened = at("start.goal", tmp_path, {**COMPLETE, "start.goal": " ".join(["word"] * 100)})
    heard = interview(opened, ":help", "?", ":review", "")
    assert max(map(len, heard.said.splitlines())) <= 80
