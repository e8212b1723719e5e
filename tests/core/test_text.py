from __future__ import annotations

import pytest

from handoff_tui.core.text import (
    clean,
    clean_line,
    fold,
    is_placeholder,
    key_from,
    mentions,
    plural,
    sentences,
    visible,
)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\vb\fc\x85d\u2028e\u2029f\x1cg", "a\nb\nc\nd\ne\nf\ng"),
        ("a\x00b\x1b[31mc\x9bd", "ab[31mcd"),
        ("a\u202eb\u2066c\ufeff", "abc"),
        ("a\ud800b", "a\ufffdb"),
        ("one  \ntwo\t\n", "one\ntwo"),
        ("\n\n  indented", "  indented"),
        ("tab\tinside", "tab\tinside"),
    ],
)
def test_text_is_normalised_once(raw: str, kept: str) -> None:
    assert clean(raw) == kept


@pytest.mark.parametrize("text", ["👩‍👩‍👧", "می‌خواهم", "a\u200eb\u200fc", "नमस्ते", "e\u0301"])
def test_joiners_and_marks_that_names_and_emoji_need_stay(text: str) -> None:
    assert clean(text) == text


def test_a_line_loses_the_blanks_around_it() -> None:
    assert clean_line(" \n a \t") == "a"


def test_a_long_run_of_blanks_takes_a_number_of_steps_that_grows_with_its_length() -> None:
    # With quadratic steps this would not end for minutes.
    assert clean(" " * 200_000 + "x") == " " * 200_000 + "x"


@pytest.mark.parametrize("raw", ["\x1b[2J", "\u202eabc", "a\x9b", "\ud800", "\x7f", "\u2028", "\ufeff"])
def test_nothing_that_a_terminal_obeys_stays_in_what_is_shown(raw: str) -> None:
    assert visible(raw).isprintable()
    assert len(visible(raw)) == len(raw)


def test_case_blanks_and_joints_do_not_count_in_a_comparison() -> None:
    assert fold("Billing_On-Call ") == fold("billing  on call")
    assert fold("ﬁeld") == fold("FIELD")
    assert fold("a") != fold("b")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Siobhán O'Reilly-Nguyễn", "siobhan-oreilly-nguyen"),
        ("Māra Bērziņa", "mara-berzina"),
        ("Łukasz Żak", "lukasz-zak"),
        ("Søren Ærø", "soren-aero"),
        ("Strauß", "strauss"),
        ("O’Brien", "obrien"),
        ("Acme™ (EU)", "acmetm-eu"),
        ("東京 太郎", "東京-太郎"),
        ("हिन्दी", "हिन्दी"),
        ("Команда 2", "команда-2"),
        ("24", "24"),
        ("!!!", "unnamed"),
        ("", "unnamed"),
    ],
)
def test_a_key_comes_from_a_name_and_is_never_empty(name: str, key: str) -> None:
    assert key_from(name) == key


def test_a_key_may_be_joined_by_another_sign() -> None:
    assert key_from("Shoe size", joint="_") == "shoe_size"


@pytest.mark.parametrize(
    ("text", "in_answer", "in_cell"),
    [
        ("TBD", True, True),
        ("tbd.", True, True),
        (" ? ", True, True),
        ("n/a", True, False),
        ("None", True, False),
        ("same", True, False),
        ("none of these", False, False),
        ("to be decided by Zofia", False, False),
    ],
)
def test_placeholders(text: str, in_answer: bool, in_cell: bool) -> None:
    assert is_placeholder(text) is in_answer
    assert is_placeholder(text, cell=True) is in_cell


def test_plural() -> None:
    assert [plural(n, "row") for n in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]
    assert plural(2, "entry", "entries") == "2 entries"


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("plan-bridge is down", "Plan bridge", True),
        ("plan-bridges are down", "plan-bridge", False),
        ("Zendesk", "Desk", False),
        ("See --- here", "---", True),
        ("See here", "---", False),
        ("anything", "", False),
    ],
)
def test_a_name_is_mentioned_as_a_word_of_its_own(text: str, name: str, found: bool) -> None:
    assert mentions(text, [name]) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wait. Then start it! Why? ", ["Wait.", "Then start it!", "Why?"]),
        ("Restart it, e.g. BridgeDown. Go on", ["Restart it, e.g. BridgeDown.", "Go on"]),
        ("after 10 min. of silence. It ends", ["after 10 min. of silence.", "It ends"]),
        ("See no. 5. Stop 1.5 hours", ["See no. 5. Stop 1.5 hours"]),
        ("He says “Stop.” Élan. “Go”", ["He says “Stop.”", "Élan.", "“Go”"]),
        ("one\nTwo\n\nthree", ["one", "Two", "three"]),
        ("止める。始める。", ["止める。", "始める。"]),
        ("", []),
    ],
)
def test_sentences_are_whole_and_word_for_word(text: str, found: list[str]) -> None:
    assert sentences(text) == found
