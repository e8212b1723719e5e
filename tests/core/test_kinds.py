"""What each kind of answer accepts, and what it says of the rest."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from handoff_tui.core.kinds import (
    ChoiceKind,
    ContactKind,
    DateKind,
    DurationKind,
    LineKind,
    ManyKind,
    NumberKind,
    ScalarKind,
    SystemKind,
    TextKind,
)
from handoff_tui.core.reading import PEOPLE, SYSTEMS, Context, Known, Rejection
from handoff_tui.core.text import MAX_TEXT
from tests.core.making import TODAY

LINE = LineKind()
TEXT = TextKind(kind="text")
CHOICE = ChoiceKind(kind="choice", choices={"page_now": "wake somebody now", "work_hours": "in working hours"})
NUMBER = NumberKind(kind="number", minimum=0, maximum=50_000, unit="updates an hour")
DURATION = DurationKind(kind="duration")
DATE = DateKind(kind="date")
CONTACT = ContactKind(kind="contact")
SYSTEM = SystemKind(kind="system")
ALL = (LINE, TEXT, CHOICE, NUMBER, DURATION, DATE, CONTACT, SYSTEM, ManyKind(kind="many", choices={"one": "One"}))

PEOPLE_HERE = Context(
    TODAY,
    {
        PEOPLE: [Known("mara", "Māra Bērziņa"), Known("billing-oncall", "Billing on-call")],
        SYSTEMS: [Known("Stripe", "Stripe"), Known("Zendesk", "Zendesk")],
        "alerts.alerts": [Known("BillingLagHigh", "BillingLagHigh")],
    },
)


def rejected(kind: ScalarKind, raw: object, context: Context, *, cell: bool = False) -> Rejection:
    result = kind.read(raw, context, cell=cell)
    assert isinstance(result, Rejection), result
    return result


# -- what all kinds share ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.kind)
@pytest.mark.parametrize("raw", ["", "  \t ", "\n\n"])
def test_nothing_is_not_an_answer_and_the_way_out_is_named(kind: ScalarKind, raw: str, context: Context) -> None:
    assert "Don't know yet" in rejected(kind, raw, context).fix


@pytest.mark.parametrize("kind", [LINE, TEXT, CONTACT, SYSTEM, DURATION, DATE, CHOICE, NUMBER], ids=lambda k: k.kind)
@pytest.mark.parametrize("raw", ["TBD", "tbd.", " n/a ", "?", "none", "Same"])
def test_a_placeholder_is_never_an_answer(kind: ScalarKind, raw: str, context: Context) -> None:
    assert "is not an answer" in rejected(kind, raw, context).message


def test_in_a_cell_none_is_a_word_but_tbd_is_not(context: Context) -> None:
    assert LINE.read("none", context, cell=True) == "none"
    assert "is not an answer" in rejected(LINE, "TBD", context, cell=True).message


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.kind)
def test_a_value_of_another_type_is_rejected_not_raised(kind: ScalarKind, context: Context) -> None:
    for raw in (None, 1.5, True, {"a": 1}, [1]):
        assert isinstance(kind.read(raw, context), Rejection), raw
        assert isinstance(kind.check(raw), Rejection), raw


def test_a_text_over_the_limit_is_rejected_with_its_length_and_nothing_cut(context: Context) -> None:
    assert TEXT.read("x" * MAX_TEXT, context) == "x" * MAX_TEXT
    assert "20,001" in rejected(TEXT, "x" * (MAX_TEXT + 1), context).message


# -- line and text -----------------------------------------------------------------------------------------------


def test_a_line_is_kept_without_the_blanks_around_it(context: Context) -> None:
    assert LINE.read("  Stripe customer id  ", context) == "Stripe customer id"


def test_a_line_of_two_lines_is_rejected_and_not_cut(context: Context) -> None:
    assert "one line" in rejected(LINE, "first\nsecond", context).message


def test_a_text_keeps_its_lines_and_loses_trailing_blanks(context: Context) -> None:
    assert TEXT.read("\n first  \r\n\r\n  second\t\n", context) == "first\n\n  second"


def test_a_line_that_refers_to_a_table_takes_its_spelling_from_there() -> None:
    kind = LineKind(refers_to="alerts.alerts", also=("reconciliation", "not_needed"))
    assert kind.read("billinglaghigh", PEOPLE_HERE) == "BillingLagHigh"
    assert kind.read("Not needed", PEOPLE_HERE) == "not_needed"
    assert kind.read("SomethingNew", PEOPLE_HERE) == "SomethingNew"


# -- choice and many ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", ["page_now", "Page now", "wake somebody now", "PAGE-NOW", "wake", "p"])
def test_a_choice_is_meant_by_id_by_words_or_by_a_beginning_of_its_own(raw: str, context: Context) -> None:
    assert CHOICE.read(raw, context) == "page_now"


def test_a_beginning_that_two_choices_have_means_neither(context: Context) -> None:
    kind = ChoiceKind(kind="choice", choices={"card_number": "a", "card_code": "b"})
    assert rejected(kind, "card", context).fix == "Choose “a” or “b”."


def test_a_rejected_choice_lists_what_there_is_in_the_words_that_people_see(context: Context) -> None:
    assert rejected(CHOICE, "later", context).fix == "Choose “wake somebody now” or “in working hours”."
    assert rejected(MANY, "later", context).fix == "Choose “refresh it”, “send again” or “nothing”."


def test_a_choice_that_a_file_has_wrong_is_answered_with_the_ids_that_a_file_takes() -> None:
    assert "page_now, work_hours" in str(CHOICE.check("later"))
    assert "refresh, retry, none" in str(MANY.check(["delete"]))


def test_a_choice_called_none_can_be_chosen(context: Context) -> None:
    kind = ChoiceKind(kind="choice", choices={"none": "nothing at all", "last_four": "the last four digits"})
    assert kind.read("none", context) == "none"
    assert kind.read("None", context, cell=True) == "none"


def test_a_choice_is_said_in_its_words() -> None:
    assert CHOICE.say("page_now") == "wake somebody now"
    assert CHOICE.say("unknown") == "unknown"


MANY = ManyKind(
    kind="many", choices={"refresh": "refresh it", "retry": "send again", "none": "nothing"}, exclusive="none"
)
OWN = ManyKind(kind="many", choices={"card_number": "card number", "secret": "password or key"}, others=True)


def test_many_takes_a_list_or_a_text_and_keeps_the_order_of_the_choices(context: Context) -> None:
    assert MANY.read("retry, refresh", context) == ["refresh", "retry"]
    assert MANY.read(["retry", "refresh", "retry"], context) == ["refresh", "retry"]
    assert MANY.read("send again; refresh it", context) == ["refresh", "retry"]
    assert MANY.read("retry\r\nrefresh", context) == ["refresh", "retry"]


def test_an_exclusive_choice_stands_alone(context: Context) -> None:
    assert MANY.read("none", context) == ["none"]
    assert rejected(MANY, "none, retry", context).message == "“nothing” cannot stand beside the others."
    assert MANY.check(["none", "retry"]) is not None


def test_many_rejects_an_unknown_id_unless_others_may_be_added(context: Context) -> None:
    assert "“delete” is not one of the choices" in rejected(MANY, "delete", context).message
    assert OWN.read("Shoe size, secret", context) == ["secret", "shoe_size"]
    assert OWN.check(["shoe_size"]) is None
    assert MANY.check(["delete"]) is not None


@pytest.mark.parametrize("raw", ["TBD", "?", "secret, tbd"])
def test_a_placeholder_is_no_id_of_ones_own(raw: str, context: Context) -> None:
    assert "is not an answer" in rejected(OWN, raw, context).message


def test_an_id_of_ones_own_does_not_become_a_choice_that_begins_like_it(context: Context) -> None:
    assert OWN.read("pass", context) == ["pass"]
    assert OWN.read("password or key", context) == ["secret"]


def test_many_from_a_table_takes_names_and_makes_keys_of_new_ones() -> None:
    kind = ManyKind(kind="many", refers_to=PEOPLE)
    assert kind.read("Māra Bērziņa, New Person", PEOPLE_HERE) == ["mara", "new-person"]
    assert kind.table_of_names == PEOPLE


def test_an_empty_choice_is_rejected(context: Context) -> None:
    assert rejected(MANY, [], context).message == "Nothing is chosen yet."
    assert MANY.check([]) is not None
    assert MANY.check("retry") is not None


def test_many_is_edited_and_said_as_a_list() -> None:
    assert MANY.edit_text(["refresh", "retry"]) == "refresh, retry"
    assert OWN.say(["secret", "shoe_size"]) == "password or key, shoe size"


# -- number ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("1800", 1800),
        ("1,800", 1800),
        ("1 800", 1800),
        ("1'800", 1800),
        ("2k", 2000),
        ("1800 updates an hour", 1800),
        (7, 7),
        ("0", 0),
        ("12,000", 12000),
        ("1\xa0800", 1800),
    ],
)
def test_a_number_as_people_write_it(raw: object, value: int, context: Context) -> None:
    assert NUMBER.read(raw, context) == value


@pytest.mark.parametrize("raw", ["about 1800", "1.5", "1,80", "12 000,5", "1e3", "9" * 16, "²"])
def test_what_is_no_whole_number_is_rejected_with_an_example(raw: str, context: Context) -> None:
    assert "for example 1800" in rejected(NUMBER, raw, context).fix


def test_a_number_has_its_bounds(context: Context) -> None:
    assert rejected(NUMBER, "-1", context).fix == "Write 0 or more."
    assert rejected(NUMBER, 50_001, context).fix == "Write 50000 or less."
    assert NUMBER.check(-1) is not None
    assert NUMBER.check(50_000) is None


def test_true_is_no_number(context: Context) -> None:
    assert NUMBER.check(True) is not None
    assert NUMBER.say(1800) == "1,800 updates an hour"


# -- duration and date; what they read is in their own tests ------------------------------------------------------


def test_a_duration_is_stored_in_its_short_form(context: Context) -> None:
    assert DURATION.read("4 hours", context) == "4h"


def test_a_bare_number_is_asked_for_its_unit(context: Context) -> None:
    wrong = rejected(DURATION, "15", context)
    assert wrong.message == "15 of what?"
    assert "15m" in wrong.fix
    assert "15h" in wrong.fix


@pytest.mark.parametrize("raw", ["1 month", "two Months"])
def test_a_month_is_rejected_because_months_differ(raw: str, context: Context) -> None:
    wrong = rejected(DURATION, raw, context)
    assert "differ in length" in wrong.message
    assert "30d" in wrong.fix


@pytest.mark.parametrize("value", ["4 hours", "04h", "0m", "h", "-1h", "1.5h", 4, "", "9" * 10 + "h"])
def test_only_the_short_form_is_right_in_a_file(value: object) -> None:
    wrong = DURATION.check(value)
    assert wrong is not None
    assert "4h" in wrong.fix


def test_a_date_is_read_and_given_back_for_editing(context: Context) -> None:
    assert DATE.read("24 Dec", context) == date(2026, 12, 24)
    assert DATE.read(date(2026, 12, 24), context) == date(2026, 12, 24)
    assert DATE.edit_text(date(2026, 12, 24)) == "2026-12-24"
    assert DATE.say(date(2026, 12, 4)) == "4 Dec 2026"


def test_a_date_with_two_meanings_is_rejected_and_asks_for_the_month_as_a_word(context: Context) -> None:
    wrong = rejected(DATE, "03/04/2026", context)
    assert "two different days" in wrong.message
    assert "4 Dec 2026" in wrong.fix


@pytest.mark.parametrize("raw", ["31/02/2026", "13/13/2026", "soon", "10", "2026-02-30"])
def test_a_day_that_does_not_exist_is_not_called_ambiguous(raw: str, context: Context) -> None:
    wrong = rejected(DATE, raw, context)
    assert "is not a date" in wrong.message
    assert "2026-12-24" in wrong.fix


def test_a_moment_is_no_date_and_neither_is_text(context: Context) -> None:
    moment = datetime(2026, 12, 24, 10, 0)
    assert isinstance(DATE.read(moment, context), Rejection)
    assert DATE.check(moment) is not None
    assert DATE.check("2026-12-24") is not None


# -- names -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", ["mara", "MARA", "Māra Bērziņa", "māra  bērziņa"])
def test_a_contact_is_found_by_key_and_by_name(raw: str) -> None:
    assert CONTACT.read(raw, PEOPLE_HERE) == "mara"


def test_a_new_contact_gets_a_key_and_a_new_system_keeps_its_name() -> None:
    assert CONTACT.read("Siobhán O'Reilly-Nguyễn", PEOPLE_HERE) == "siobhan-oreilly-nguyen"
    assert SYSTEM.read("stripe", PEOPLE_HERE) == "Stripe"
    assert SYSTEM.read("Our ERP", PEOPLE_HERE) == "Our ERP"


def test_contacts_and_systems_say_where_their_names_stand() -> None:
    assert (CONTACT.table_of_names, SYSTEM.table_of_names) == (PEOPLE, SYSTEMS)
    assert LINE.table_of_names is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (LINE, "x"),
        (TEXT, "a\nb"),
        (CHOICE, "page_now"),
        (MANY, ["retry"]),
        (NUMBER, 3),
        (DURATION, "60m"),
        (DATE, date(2026, 1, 2)),
        (CONTACT, "mara"),
        (SYSTEM, "Stripe"),
    ],
    ids=lambda item: getattr(item, "kind", ""),
)
def test_what_a_file_may_hold_passes_and_stays_when_it_is_edited(kind: ScalarKind, value: Any) -> None:
    assert kind.check(value) is None
    assert kind.read(kind.edit_text(value), PEOPLE_HERE) == value
