"""From the start screen, or from a file, to a session whose changes are saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from handoff_tui.catalog import Catalog
from handoff_tui.core.answers import Stale
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.interview import PREWORK, REVIEW
from handoff_tui.core.reading import PEOPLE, Rejection
from handoff_tui.core.template import Template
from handoff_tui.errors import FileError, SaveError, TemplateError
from handoff_tui.session.opened import Opened
from handoff_tui.session.start import begin, compose, file_for, file_named, names_in, open_file, resume
from handoff_tui.store.file import HandoffFile
from tests.core.making import TODAY, template_from
from tests.session.making import EXAMPLES, at, places

RAW: dict[str, object] = {
    "name": "Stripe billing state in Zendesk",
    "moment": "engineering_to_support",
    "participants": "Māra Bērziņa, Siobhán O'Reilly",
    "owner": "billing-platform",
}


def composed(template: Template, *, allow_gaps: bool = False, **raw: object) -> Handoff:
    handoff = compose(template, {**RAW, **raw}, TODAY, allow_gaps=allow_gaps)
    assert isinstance(handoff, Handoff), handoff
    return handoff


def refused(template: Template, raw: Mapping[str, object], *, allow_gaps: bool = False) -> list[Rejection]:
    wrong = compose(template, {**RAW, **raw}, TODAY, allow_gaps=allow_gaps)
    assert isinstance(wrong, list), wrong
    return wrong


def people(handoff: Handoff) -> dict[str, str]:
    return {row["key"]: row["name"] for row in handoff.rows(PEOPLE)}


# -- the start screen's answers ----------------------------------------------------------------------------------


def test_the_head_says_what_the_start_screen_heard(payments: Template) -> None:
    head = composed(payments).head
    assert (head.name, head.moment, head.owner) == (RAW["name"], RAW["moment"], "billing-platform")
    assert (head.template, head.template_version, head.status) == ("payments", payments.version, "draft")
    assert head.participants == ("Māra Bērziņa", "Siobhán O'Reilly")
    assert head.created == TODAY


def test_who_is_in_the_room_becomes_people_who_can_own_something(payments: Template) -> None:
    rows = composed(payments, owner="Māra Bērziņa").rows(PEOPLE)
    assert rows == [
        {"key": "mara-berzina", "name": "Māra Bērziņa", "kind": "person"},
        {"key": "siobhan-oreilly", "name": "Siobhán O'Reilly", "kind": "person"},
    ]


def test_an_owner_who_is_in_the_room_is_stored_by_key_and_joins_no_second_time(payments: Template) -> None:
    handoff = composed(payments, owner="māra bērziņa")
    assert handoff.head.owner == "mara-berzina"
    assert list(people(handoff)) == ["mara-berzina", "siobhan-oreilly"]


def test_an_owner_who_is_not_in_the_room_joins_the_people_under_the_name_as_typed(payments: Template) -> None:
    handoff = composed(payments, owner="  Billing Plattform ")
    assert handoff.head.owner == "billing-plattform"
    assert people(handoff)["billing-plattform"] == "Billing Plattform"
    assert "kind" not in handoff.rows(PEOPLE)[-1], "nobody said whether that is a person or a team"


def test_typed_names_are_taken_apart_and_a_list_of_names_is_not(payments: Template) -> None:
    typed = composed(payments, participants="O'Reilly, Siobhán;Lee\nMāra, Lee")
    assert typed.head.participants == ("O'Reilly", "Siobhán", "Lee", "Māra")
    listed = composed(payments, participants=["O'Reilly, Siobhán", "Lee; the second"])
    assert listed.head.participants == ("O'Reilly, Siobhán", "Lee; the second")
    assert people(listed)["oreilly-siobhan"] == "O'Reilly, Siobhán"


def test_two_people_of_one_name_get_keys_of_their_own(payments: Template) -> None:
    handoff = composed(payments, participants=["Ann Lee", "Ann-Lee", "Ann Lee 2", "ann lee"])
    assert people(handoff) == {
        "ann-lee": "Ann Lee",
        "ann-lee-2": "Ann-Lee",
        "ann-lee-2-2": "Ann Lee 2",
        "ann-lee-3": "ann lee",
        "billing-platform": "billing-platform",
    }


def test_a_name_without_a_latin_letter_has_a_key_too(payments: Template) -> None:
    handoff = composed(payments, participants="山田 太郎")
    assert people(handoff)["山田-太郎"] == "山田 太郎"


def test_nobody_in_the_room_leaves_only_the_owner(payments: Template) -> None:
    handoff = composed(payments, participants="")
    assert list(people(handoff)) == ["billing-platform"]
    assert handoff.head.participants == ()


def test_a_template_without_people_asks_for_none() -> None:
    bare = template_from(
        'format = 1\nversion = 1\ntitle = "Bare"\nabout = "Nobody."\n'
        '[start]\ntitle = "S"\ntheme = "T"\nminutes = 1\ngoal = { kind = "text", need = "essential" }\n'
    )
    handoff = composed(bare)
    assert handoff.answers == {}
    assert handoff.head.owner == "billing-platform"


@pytest.mark.parametrize(
    ("raw", "wrong"),
    [
        ({"name": " "}, ["name"]),
        ({"name": "TBD"}, ["name"]),
        ({"name": "one\ntwo"}, ["name"]),
        ({"moment": ""}, ["moment"]),
        ({"moment": "someday"}, ["moment"]),
        ({"owner": None}, ["owner"]),
        ({"name": "", "moment": "", "owner": "?"}, ["name", "moment", "owner"]),
        ({"participants": "TBD"}, ["participants"]),
    ],
)
def test_everything_that_is_wrong_is_said_at_once(payments: Template, raw: dict[str, object], wrong: list[str]) -> None:
    found = refused(payments, raw)
    assert [column for _, column in places(found)] == wrong
    assert all(item.fix for item in found)


def test_with_gaps_only_the_name_is_needed_and_what_is_given_must_still_be_right(payments: Template) -> None:
    handoff = compose(payments, {"name": "Orders"}, TODAY, allow_gaps=True)
    assert isinstance(handoff, Handoff)
    assert handoff.head.moment == "engineering_to_support"
    assert (handoff.head.owner, handoff.answers) == ("", {})
    assert places(refused(payments, {"name": ""}, allow_gaps=True))[0][1] == "name"
    assert places(refused(payments, {"moment": "someday"}, allow_gaps=True)) == [(RAW["name"], "moment")]


def test_names_are_one_a_line_or_between_commas_and_each_once() -> None:
    assert names_in(" Māra ,, Lee\n\nMāra;\tZofia ") == ["Māra", "Lee", "Zofia"]
    assert names_in(" \n,") == []


# -- which file --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("stripe-billing", "stripe-billing.handoff.toml"),
        ("Orders_v2.1", "Orders_v2.1.handoff.toml"),
        ("stripe.handoff.toml", "stripe.handoff.toml"),
        ("Stripe billing [state]!", "stripe-billing-state.handoff.toml"),
        ("sub/stripe", "sub/stripe.handoff.toml"),
        ("sub/Stripe billing", "sub/stripe-billing.handoff.toml"),
        (".hidden", "hidden.handoff.toml"),
        ("..", "unnamed.handoff.toml"),
        ("Šķirba; rm -rf x", "skirba-rm-rf-x.handoff.toml"),
        ("山田", "山田.handoff.toml"),
    ],
)
def test_a_name_or_a_path_gives_the_file(tmp_path: Path, name: str, path: str) -> None:
    assert file_for(name, tmp_path) == tmp_path / path


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Orders", "Orders.handoff.toml"),
        ("Returns / refunds", "returns-refunds.handoff.toml"),
        ("/etc/passwd", "etc-passwd.handoff.toml"),
        (r"A\B tests", "a-b-tests.handoff.toml"),
        ("../up", "up.handoff.toml"),
        ("--final", "final.handoff.toml"),
    ],
)
def test_what_people_call_a_handoff_never_leads_into_another_folder(tmp_path: Path, name: str, path: str) -> None:
    assert file_named(name, tmp_path) == tmp_path / path


@pytest.mark.parametrize("name", ["long " * 60, "long" * 60, "山" * 200])
def test_a_file_can_be_made_for_the_longest_name(tmp_path: Path, name: str) -> None:
    path = file_named(name, tmp_path)
    path.write_text("x")
    assert path.parent == tmp_path


# -- beginning and resuming --------------------------------------------------------------------------------------


def begun(folder: Path, template: Template | None = None, *, prework: bool = False) -> Opened:
    template = template or Catalog().load("payments")
    return begin(folder / "x.handoff.toml", template, composed(template), lambda: TODAY, prework=prework)


def test_a_new_handoff_stands_in_its_file_before_the_first_question(tmp_path: Path) -> None:
    opened = begun(tmp_path)
    assert HandoffFile.read(opened.path)[1] == opened.session.handoff
    assert opened.session.place == at("business_state.journey")
    assert opened.close()


def test_each_accepted_answer_goes_to_the_file(tmp_path: Path) -> None:
    opened = begun(tmp_path)
    assert opened.session.answer("business_state.journey", "A customer can read.") == []
    assert opened.close()
    assert HandoffFile.read(opened.path)[1].value("business_state.journey") == "A customer can read."


def test_a_file_that_exists_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "x.handoff.toml"
    path.write_text("mine")
    with pytest.raises(SaveError, match="There is such a file"):
        begun(tmp_path)
    assert path.read_text() == "mine"


def test_a_handoff_is_resumed_where_it_stopped(tmp_path: Path) -> None:
    opened = begun(tmp_path)
    opened.session.answer("business_state.journey", "A customer can read.")
    opened.session.mark("business_state.business_states", "not_applicable", {"reason": "there are none"})
    opened.close()
    again = resume(opened.path, Catalog(), lambda: TODAY)
    assert again.session.handoff == opened.session.handoff
    assert again.session.place == at("business_state.criticality")
    assert again.session.undo() is None, "what was done before it was opened is the file's history, not ours"
    again.close()


def test_opening_a_handoff_changes_no_byte_of_it(tmp_path: Path) -> None:
    example = EXAMPLES / "charging-plans.handoff.toml"
    path = tmp_path / example.name
    path.write_bytes(example.read_bytes())
    opened = resume(path, Catalog(), lambda: TODAY)
    assert opened.close()
    assert path.read_bytes() == example.read_bytes()
    assert opened.session.place == at("source_of_truth.keep_for"), "the first open one"


def test_a_newer_template_asks_again_what_changed_its_meaning_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "handoff-templates").mkdir()
    base = 'format = 1\nversion = {}\nextends = "base"\ntitle = "Ours"\nabout = "Ours."\n'
    question = (
        '[close.our_check]\nkind = "line"\nneed = "essential"\nlabel = "L"\nask = "A?"\nwhy = "W."\nexample = "E"\n'
    )
    ours = tmp_path / "handoff-templates" / "ours.toml"
    ours.write_text(base.format(1) + question)
    opened = begun(tmp_path, Catalog.beside(tmp_path).load("ours"))
    opened.session.answer("close.our_check", "yes")
    opened.session.answer("close.review_by", "2027-05-01")
    opened.close()
    ours.write_text(base.format(2) + question + "changed = 2\n")
    again = resume(opened.path, Catalog.beside(tmp_path), lambda: TODAY)
    stale = {key: answer.stale for key, answer in again.session.handoff.answers.items() if answer.stale}
    assert stale == {"close.our_check": Stale("handoff.template_version", "1")}
    assert again.session.handoff.head.template_version == 2
    again.close()


def test_prework_asks_only_what_one_person_can_prepare(tmp_path: Path) -> None:
    opened = begun(tmp_path, prework=True)
    session = opened.session
    assert session.place == at("parties.systems")
    assert {question.id for question in session.interview.asked} == PREWORK
    asked = [place.id for place in session.interview.route if place.kind == "question"]
    assert set(asked) == PREWORK, "also the recommended one of them"
    opened.close()
    again = resume(opened.path, Catalog(), lambda: TODAY)
    assert len(again.session.interview.asked) > 30, "the room is asked everything"
    again.close()


def test_a_finished_prework_goes_to_the_review(tmp_path: Path) -> None:
    opened = begun(tmp_path, prework=True)
    for question_id in PREWORK:
        assert opened.session.mark(question_id, "not_applicable", {"reason": "a trial"}) == []
    assert opened.session.interview.first_unsettled() == REVIEW
    opened.close()


def test_a_file_that_is_no_handoff_and_a_template_that_is_gone_are_named(tmp_path: Path) -> None:
    path = tmp_path / "x.handoff.toml"
    with pytest.raises(FileError, match="no such file"):
        open_file(path, Catalog())
    path.write_text('format = 1\n[handoff]\nname = "x"\ntemplate = "gone"\n')
    with pytest.raises(TemplateError, match="no template called “gone”"):
        resume(path, Catalog(), date.today)
