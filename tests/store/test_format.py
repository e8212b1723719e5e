"""The file is the contract: what the example holds, in which order it is written, and that nothing is lost."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from difflib import unified_diff
from typing import Any

import pytest

from handoff_tui.core import changes
from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Note, Open, OpenCell, Stale
from handoff_tui.core.handoff import Handoff, Head
from handoff_tui.core.reading import PEOPLE
from handoff_tui.core.template import Template
from handoff_tui.errors import FileError
from handoff_tui.store.text import dumps
from tests.store.example import EXAMPLE, HEAD, NAME, read, written


def test_the_example_loads() -> None:
    handoff = read(EXAMPLE)
    assert handoff.head == Head(
        name="Stripe billing state in Zendesk",
        template="payments",
        template_version=1,
        moment="engineering_to_support",
        status="draft",
        owner="billing-platform",
        participants=("Siobhán O'Reilly-Nguyễn", "Māra Bērziņa"),
        created=date(2026, 11, 23),
    )
    assert handoff.value("business_state.journey").count("\n") == 1
    assert handoff.rows("parties.systems") == [{"name": "Stripe", "role": "source"}]
    assert handoff.answer("ownership.change_notice").mark == Open(
        note="finance wants 20d, engineering offers 10d", owner="siobhan", due=date(2026, 12, 4)
    )
    assert handoff.answer("source_of_truth.keep_for") == Answer(
        "90d", Assumed(basis="privacy notice draft 3", confirmer="zofie", due=date(2026, 12, 15))
    )
    assert handoff.answer("business_state.success_measure").mark == NotApplicable(
        reason="replaces a manual look-up; nobody recorded a before-figure"
    )
    assert handoff.answer("alerts.alerts").stale == Stale("business_state.criticality", "delay")
    assert handoff.answer("fallback.fallback_max").note == Note(text="finance asked for 4h", agreed_by=("zofie",))
    assert handoff.open_cells == (
        OpenCell("failure_handling.delivery_paths", "events", "dedupe_window", "siobhan", date(2026, 12, 4)),
    )
    assert [item["fingerprint"] for item in handoff.accepted] == ["9c1185a5"]
    assert handoff.extra == {}


def test_the_example_is_written_as_it_stands() -> None:
    assert written(read(EXAMPLE)) == EXAMPLE


def test_the_same_answers_give_the_same_bytes_in_whatever_order_they_came() -> None:
    handoff = read(EXAMPLE)
    turned = replace(handoff, answers=dict(reversed(list(handoff.answers.items()))))
    assert written(turned) == EXAMPLE


def test_a_file_written_in_another_order_is_put_into_order() -> None:
    blocks = EXAMPLE.split("\n\n")
    shuffled = "\n\n".join([blocks[0], *reversed(blocks[1:])])
    assert tomllib.loads(shuffled) == tomllib.loads(EXAMPLE)
    assert written(read(shuffled)) == EXAMPLE


def test_without_a_template_the_order_of_the_file_stays() -> None:
    text = dumps(read(EXAMPLE), None, NAME)
    assert tomllib.loads(text) == tomllib.loads(EXAMPLE)


def test_a_changed_cell_is_a_diff_of_one_line(payments: Template) -> None:
    before = read(EXAMPLE)
    rows = before.rows("source_of_truth.critical_fields")
    after = changes.put_row(
        before, payments, "source_of_truth.critical_fields", rows, 0, rows[0] | {"fresh_within": "1h"}
    )
    diff = list(unified_diff(EXAMPLE.split("\n"), written(after).split("\n"), n=0, lineterm=""))[2:]
    assert [line for line in diff if not line.startswith("@@")] == ['-fresh_within = "15m"', '+fresh_within = "1h"']


def test_an_added_row_is_a_diff_of_its_own_lines(payments: Template) -> None:
    before = read(EXAMPLE)
    rows = before.rows("parties.systems")
    after = changes.put_row(before, payments, "parties.systems", rows, None, {"role": "zendesk", "name": "Zendesk"})
    diff = list(unified_diff(EXAMPLE.split("\n"), written(after).split("\n"), n=0, lineterm=""))[2:]
    assert sorted(line for line in diff if line[:1] != "@") == [
        "+",
        "+[[parties.systems]]",
        '+name = "Zendesk"',
        '+role = "zendesk"',
    ]


def test_an_added_person_in_the_list_is_a_diff_of_one_line() -> None:
    before = read(EXAMPLE)
    after = replace(before, head=replace(before.head, participants=(*before.head.participants, "Lee")))
    assert set(written(after).split("\n")) - set(EXAMPLE.split("\n")) == {'    "Lee",'}


def test_a_section_has_its_single_answers_before_its_tables_and_columns_in_the_templates_order() -> None:
    text = f'{HEAD}[alerts]\nsilence_check = "an alert"\n[[alerts.support_told]]\nwithin = "10m"\nevent = "P1"\n'
    text += '[[alerts.alerts]]\nurgency = "notice"\nalert = "LagHigh"\n'
    keys = [line.split(" =")[0] for line in written(read(text)).split("\n") if line]
    assert keys[keys.index("[alerts]") :] == [
        "[alerts]",
        "silence_check",
        "[[alerts.alerts]]",
        "alert",
        "urgency",
        "[[alerts.support_told]]",
        "event",
        "within",
    ]


def test_nothing_in_the_file_depends_on_the_clock() -> None:
    assert written(read(EXAMPLE)) == written(read(EXAMPLE))
    assert "created" not in written(Handoff())


def test_a_handoff_with_nothing_in_it_is_a_head() -> None:
    assert written(Handoff()).split("\n") == [
        f"# Integration handoff. Resume it: handoff-wizard resume {NAME}",
        "format = 1",
        "",
        "[handoff]",
        'template = "general"',
        "template_version = 1",
        'moment = "engineering_to_support"',
        'status = "draft"',
        "",
    ]


def test_answers_to_hidden_questions_stay_at_their_path() -> None:
    text = f'{HEAD}moment = "discovery_to_delivery"\n\n[close]\nearly_support_until = 2026-12-18\n'
    handoff = read(text)
    assert handoff.answer("close.early_support_until").value == date(2026, 12, 18)
    assert "[close]\nearly_support_until = 2026-12-18\n" in written(handoff)


def test_a_value_is_kept_whatever_its_state() -> None:
    text = (
        f'{HEAD}\n[fallback]\nfallback_max = "8h"\n\n[not_applicable.fallback.fallback_max]\nreason = "never by hand"\n'
    )
    assert tomllib.loads(written(read(text)))["fallback"] == {"fallback_max": "8h"}


def test_a_question_with_two_states_keeps_both_and_the_first_counts() -> None:
    text = f'{HEAD}\n[open.fallback.fallback_max]\nowner = "mara"\n\n[assumed.fallback.fallback_max]\nbasis = "draft"\n'
    handoff = read(text)
    assert handoff.answer("fallback.fallback_max").mark == Open(owner="mara")
    assert tomllib.loads(written(handoff))["assumed"] == {"fallback": {"fallback_max": {"basis": "draft"}}}


def test_a_newer_format_is_refused_with_what_to_do() -> None:
    with pytest.raises(FileError, match="newer than this program") as caught:
        read(EXAMPLE.replace("format = 1", "format = 2"))
    assert "pip install --upgrade" in caught.value.hint


def test_an_older_format_or_none_is_written_as_this_one() -> None:
    for text in (EXAMPLE.replace("format = 1\n", ""), EXAMPLE.replace("format = 1", "format = 0")):
        assert written(read(text)) == EXAMPLE


@pytest.mark.parametrize("text", ["a = 1\n", "", '[tool.poetry]\nname = "x"\n'])
def test_another_toml_file_is_no_handoff(text: str) -> None:
    with pytest.raises(FileError, match="not a handoff"):
        read(text)


@pytest.mark.parametrize(
    "text", ['format = "1"\n[handoff]\n', "format = true\n[handoff]\n", "format = 1.0\n[handoff]\n"]
)
def test_a_format_that_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(FileError, match="not a number"):
        read(text)


def test_a_head_that_is_no_table_is_refused_rather_than_lost() -> None:
    with pytest.raises(FileError, match="not a table"):
        read("format = 1\nhandoff = 3\n")


def test_renaming_a_person_is_a_diff_of_the_lines_that_name_them(payments: Template) -> None:
    text = EXAMPLE.replace(
        "[[parties.systems]]", '[[parties.people]]\nkey = "siobhan"\nname = "Siobhán"\n\n[[parties.systems]]'
    )
    before = read(text)
    rows: list[dict[str, Any]] = before.rows(PEOPLE)
    after = changes.put_row(before, payments, PEOPLE, rows, 0, rows[0] | {"key": "siobhan-o"})
    new = set(written(after).split("\n")) - set(written(before).split("\n"))
    assert new == {'key = "siobhan-o"', 'owner = "siobhan-o"'}
