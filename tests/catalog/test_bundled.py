"""The bundled templates against the contract of `contract.py`."""

from __future__ import annotations

import pytest

from handoff_tui.catalog import Catalog
from handoff_tui.core.kinds import ChoiceKind, LineKind, ManyKind
from handoff_tui.core.template import Template
from tests.catalog.contract import ADDS, ASKS, BASE, MINUTES, SCENARIOS, THEMES, described, expected
from tests.core.making import bundled, table_of

NAMES = ("general", *SCENARIOS)


@pytest.mark.parametrize("name", NAMES)
def test_every_bundled_template_loads(name: str) -> None:
    result = Catalog().examine(name)
    assert isinstance(result, Template), "\n".join(map(str, result))


def test_the_start_screen_offers_the_scenarios_first_and_the_base_as_general_last() -> None:
    cards = Catalog().cards()
    assert [card.id for card in cards] == ["payments", "identity", "operations", "general"]
    assert all(card.bundled and card.title and card.about.endswith(".") for card in cards)


@pytest.mark.parametrize("section_id", BASE)
def test_the_base_asks_what_the_contract_says(section_id: str) -> None:
    assert described(bundled("general").section_by_id[section_id]) == expected(BASE[section_id])


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_has_a_section_of_its_own_before_the_close(name: str) -> None:
    template = bundled(name)
    assert described(template.section_by_id[name]) == expected(SCENARIOS[name])
    assert [section.id for section in template.sections] == [*list(BASE)[:-1], name, "close"]
    assert template.lineage == ("general", name)


ADDED_CHOICES = {
    "payments": {
        "ownership.responsibilities duty": ["finance_close"],
        "failure_handling.failure_modes mode": ["money_moved_ticket_stale"],
        "source_of_truth.never_copied": ["bank_account"],
    },
    "identity": {
        "ownership.responsibilities duty": ["decision_appeals"],
        "failure_handling.failure_modes mode": ["decision_reversed"],
        "source_of_truth.never_copied": ["birth_date", "biometric", "list_match"],
    },
    "operations": {
        "ownership.responsibilities duty": ["carrier_contact"],
        "failure_handling.failure_modes mode": ["split_shipment", "silent_carrier"],
        "source_of_truth.never_copied": ["door_code", "supplier_cost"],
    },
}


def _all_choices(template: Template) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for question in template.by_id.values():
        if isinstance(question.field, ChoiceKind | ManyKind):
            found[question.id] = list(question.field.choices)
    for question, table in template.tables():
        for column in table.columns:
            if isinstance(column.field, ChoiceKind | ManyKind):
                found[f"{question.id} {column.id}"] = list(column.field.choices)
    return found


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_adds_these_choices_and_no_others(name: str) -> None:
    base = _all_choices(bundled("general"))
    more = {
        place: choices[len(base[place]) :]
        for place, choices in _all_choices(bundled(name)).items()
        if place in base and choices != base[place]
    }
    assert more == ADDED_CHOICES[name]


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_changes_nothing_of_the_base_but_what_it_may(name: str) -> None:
    own = bundled(name)
    for question in bundled("general").by_id.values():
        same = own.by_id[question.id]
        for part in ("ask", "why", "need", "label", "when", "premises", "may_stay_open", "always_offered"):
            assert getattr(same, part) == getattr(question, part), (question.id, part)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_adds_a_question_of_its_own_to_each_of_these(name: str) -> None:
    template = bundled(name)
    added = {question.id: question.adds for question in template.by_id.values() if question.adds}
    assert set(ADDS) <= set(added)
    for adds in added.values():
        assert [title for title, _ in adds] == [template.title]
        assert all(words.endswith("?") for _, words in adds)


@pytest.mark.parametrize("name", NAMES)
def test_sections_1_to_7_open_with_the_playbooks_own_words(name: str) -> None:
    sections = bundled(name).section_by_id
    assert {key: sections[key].asks for key in ASKS} == ASKS
    assert {key: sections[key].theme for key in THEMES} == THEMES


@pytest.mark.parametrize("name", NAMES)
def test_the_minutes_of_the_essentials(name: str) -> None:
    minutes = {section.id: section.minutes for section in bundled(name).sections}
    own = minutes.pop(name, None)
    assert minutes == MINUTES
    assert name != "payments" or own == 8


@pytest.mark.parametrize(
    ("name", "preset"),
    [
        ("payments", ["card_number", "security_code", "bank_account"]),
        ("identity", ["id_image", "birth_date", "biometric", "list_match"]),
        ("operations", ["door_code", "card_number", "supplier_cost"]),
    ],
)
def test_what_is_never_copied_is_suggested_by_scenario(name: str, preset: list[str]) -> None:
    question = bundled(name).by_id["source_of_truth.never_copied"]
    assert question.suggest == preset
    assert isinstance(question.field, ManyKind)
    assert question.field.others


@pytest.mark.parametrize(
    ("name", "suggested"),
    [("general", "operational"), ("payments", "financial"), ("identity", "identity"), ("operations", "operational")],
)
def test_the_class_of_a_field_is_suggested_by_scenario(name: str, suggested: str) -> None:
    assert table_of(bundled(name), "source_of_truth.critical_fields").column("class").suggest == suggested


FOUR_DUTIES = ("contract_changes", "retry_logic", "reconciliation", "zendesk_config")
FOUR_MODES = ("duplicate", "timeout", "partial", "source_down")


@pytest.mark.parametrize(
    ("name", "question_id", "seeds", "required"),
    [
        ("general", "ownership.responsibilities", FOUR_DUTIES, FOUR_DUTIES),
        ("payments", "ownership.responsibilities", (*FOUR_DUTIES, "finance_close"), FOUR_DUTIES),
        ("identity", "ownership.responsibilities", (*FOUR_DUTIES, "decision_appeals"), FOUR_DUTIES),
        ("operations", "ownership.responsibilities", (*FOUR_DUTIES, "carrier_contact"), FOUR_DUTIES),
        ("general", "failure_handling.failure_modes", FOUR_MODES, FOUR_MODES),
        ("general", "support_view.support_signals", ("delayed", "failed", "conflict"), ()),
        ("payments", "payments.money_actions", ("refund", "extend_access"), ()),
    ],
)
def test_seeded_and_required_rows(
    name: str, question_id: str, seeds: tuple[str, ...], required: tuple[str, ...]
) -> None:
    table = table_of(bundled(name), question_id)
    assert (table.seeds, table.required_rows) == (seeds, required)


@pytest.mark.parametrize("name", NAMES)
def test_conditions_and_premises(name: str) -> None:
    template = bundled(name)
    support = {"handoff.moment": "engineering_to_support"}
    assert {q.id: q.when for q in template.by_id.values() if q.when} == {
        "close.evidence": support,
        "close.early_support_until": support,
    }
    assert {q.id: q.premises for q in template.by_id.values() if q.premises} == {
        "alerts.alerts": ("business_state.criticality",),
        "support_view.support_signals": ("business_state.criticality",),
        "support_view.stale_after": ("source_of_truth.critical_fields",),
        "fallback.fallback_max": ("failure_handling.delivery_paths",),
        "close.signoff": "essentials",
    }


def test_columns_that_depend_on_something_else() -> None:
    people = table_of(bundled("general"), "parties.people")
    assert people.key.suggest_from == "name"
    needed = people.column("hours").needed_by
    assert needed is not None
    assert (needed.question, needed.column, needed.when) == ("alerts.alerts", "goes_to", {"urgency": "page_now"})
    detected = table_of(bundled("general"), "failure_handling.failure_modes").column("detected_by").field
    assert isinstance(detected, LineKind)
    assert (detected.refers_to, detected.also) == ("alerts.alerts", ("reconciliation", "agents", "not_needed"))
    informed = table_of(bundled("general"), "ownership.responsibilities").column("informed").field
    assert informed.table_of_names == "parties.people"
    final = table_of(bundled("general"), "business_state.business_states").column("final").field
    assert isinstance(final, ChoiceKind)
    assert final.choices == {"yes": "settled", "no": "still moving", "can_reverse": "can be undone"}


@pytest.mark.parametrize("name", NAMES)
def test_every_question_can_be_asked_aloud_and_says_why(name: str) -> None:
    for question in bundled(name).by_id.values():
        assert question.ask.endswith(("?", "…")), question.id
        assert question.why.endswith("."), question.id
        assert question.example, question.id
        assert question.label, question.id
