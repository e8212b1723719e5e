"""A person's comments become notes, at the head `handoff.comment`; none is dropped without a word (behaviour 22)."""

from __future__ import annotations

import pytest

from handoff_tui.core.answers import Note
from handoff_tui.core.handoff import Handoff
from tests.store.example import EXAMPLE, HEAD, read, written

BODY = """
[source_of_truth]
keep_for = "90d"
never_copied = [
    "card_number",
    "secret",
]

[[alerts.alerts]]
alert = "LagHigh"
urgency = "notice"

[open.ownership.change_notice]
owner = "mara"

[notes.fallback.fallback_max]
text = "finance asked for 4h"
"""
FILE = HEAD + BODY


def noted(text: str, question_id: str) -> str:
    note = read(text).answer(question_id).note
    return note.text if note else ""


def put(before: str, comment: str) -> str:
    """Put a comment line above a line of the file."""
    assert FILE.count(before) == 1
    return FILE.replace(before, f"# {comment}\n{before}")


@pytest.mark.parametrize(
    ("above", "question_id"),
    [
        ('keep_for = "90d"', "source_of_truth.keep_for"),
        ("never_copied = [", "source_of_truth.never_copied"),
        ('    "secret",', "source_of_truth.never_copied"),
        ("[[alerts.alerts]]", "alerts.alerts"),
        ('urgency = "notice"', "alerts.alerts"),
        ("[open.ownership.change_notice]", "ownership.change_notice"),
        ('owner = "mara"', "ownership.change_notice"),
    ],
)
def test_a_comment_above_becomes_the_note_of_its_question(above: str, question_id: str) -> None:
    assert noted(put(above, "ask Lee"), question_id) == "ask Lee"


@pytest.mark.parametrize(
    ("line", "question_id"),
    [
        ('keep_for = "90d"', "source_of_truth.keep_for"),
        ('    "secret",', "source_of_truth.never_copied"),
        ("never_copied = [", "source_of_truth.never_copied"),
        ("[[alerts.alerts]]", "alerts.alerts"),
        ('alert = "LagHigh"', "alerts.alerts"),
    ],
)
def test_a_comment_beside_becomes_the_note_of_its_question(line: str, question_id: str) -> None:
    assert noted(FILE.replace(line, f"{line} # ask Lee"), question_id) == "ask Lee"


def test_a_comment_is_appended_to_a_note_that_is_there() -> None:
    assert (
        noted(put("[notes.fallback.fallback_max]", "ask Lee"), "fallback.fallback_max")
        == "finance asked for 4h\nask Lee"
    )


def test_several_comments_of_a_question_are_one_note_in_their_order() -> None:
    text = put('alert = "LagHigh"', "one\n#two\n#  three").replace('urgency = "notice"', 'urgency = "notice" # four')
    assert noted(text, "alerts.alerts") == "one\ntwo\nthree\nfour"


@pytest.mark.parametrize(
    "text",
    [
        f"# ask Lee\n{FILE}",
        FILE.replace("[handoff]", "# ask Lee\n[handoff]"),
        FILE.replace('name = "x"', 'name = "x" # ask Lee'),
        FILE.replace("[source_of_truth]", "# ask Lee\n[source_of_truth]"),
        FILE + "# ask Lee\n",
        FILE + "\n\n   # ask Lee",
    ],
    ids=["top", "above the head", "beside the head", "above a section", "end", "end without a line end"],
)
def test_a_comment_that_belongs_to_no_question_becomes_the_comment_of_the_head(text: str) -> None:
    handoff = read(text)
    assert handoff.head.comment == "ask Lee"
    assert all(answer.note is None for key, answer in handoff.answers.items() if key != "fallback.fallback_max")


def test_our_own_header_is_no_comment() -> None:
    assert read(EXAMPLE).head.comment == ""
    assert read(EXAMPLE.replace("stripe-billing.handoff.toml", "renamed.handoff.toml", 1)).head.comment == ""


def test_a_header_that_a_person_wrote_on_is_kept() -> None:
    text = EXAMPLE.replace("# Integration handoff. Resume it", "# Integration handoff (old). Resume it", 1)
    assert read(text).head.comment.startswith("Integration handoff (old).")


def test_a_number_sign_inside_a_text_is_no_comment() -> None:
    text = (
        HEAD
        + '\n[business_state]\njourney = """\n# not a comment\nposts in #live"""\n'
        + "\n[alerts]\nsilence_check = '# no'\n"
    )
    handoff = read(text)
    assert handoff.value("business_state.journey") == "# not a comment\nposts in #live"
    assert all(answer.note is None for answer in handoff.answers.values())
    assert handoff.head.comment == ""


def test_an_empty_comment_says_nothing() -> None:
    assert read(f"#\n{FILE}#\n") == read(FILE)


def test_a_comment_does_not_come_twice_when_the_file_is_saved_and_read_again() -> None:
    once = read(put('keep_for = "90d"', "ask Lee") + "# and Zofia\n")
    twice = read(written(once))
    assert twice == once
    assert written(twice) == written(once)
    assert "#" not in written(once).split("\n", 1)[1]


def test_a_schema_line_is_no_comment_but_a_second_one_is_kept() -> None:
    handoff = read(f"#:schema one.json\n#:schema two.json\n{FILE}")
    assert handoff.schema == "one.json"
    assert handoff.head.comment == ":schema two.json"


def test_comments_do_not_change_what_is_answered() -> None:
    def bare(handoff: Handoff) -> dict[str, object]:
        return {key: answer.with_(note=None) for key, answer in handoff.answers.items()}

    assert bare(read(put("[[alerts.alerts]]", "x"))) == bare(read(FILE))
    assert read(FILE).answer("fallback.fallback_max").note == Note(text="finance asked for 4h")


def test_a_comment_is_normalised_like_any_other_text() -> None:
    handoff = read(put('keep_for = "90d"', "ask\u202e Lee\u2028"))
    assert handoff.answer("source_of_truth.keep_for").note == Note(text="ask Lee")
    assert read(written(handoff)) == handoff
