from __future__ import annotations

import re

from hypothesis import given

from handoff_tui.core.text import clean, clean_line, fold, key_from, visible
from tests.properties.strategies import typed


@given(typed)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(typed)
def test_what_is_normal_has_one_kind_of_line_end_and_nothing_a_terminal_obeys(text: str) -> None:
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]", clean(text)
    )
    assert all(line == line.rstrip() for line in clean(text).split("\n"))
    assert clean_line(text) == clean_line(text).strip()
    clean(text).encode()


@given(typed)
def test_normalising_drops_no_letter(text: str) -> None:
    assert [char for char in clean(text) if char.isalnum()] == [char for char in text if char.isalnum()]


@given(typed)
def test_what_is_shown_can_be_printed_and_is_as_long(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert visible(shown) == shown
    shown.encode()


@given(typed, typed)
def test_a_key_is_never_empty_stays_itself_and_needs_no_quoting_in_a_list(text: str, joint: str) -> None:
    for sign in ("-", "_"):
        key = key_from(text, joint=sign)
        assert key
        assert key_from(key, joint=sign) == key
        assert not re.search(r"[\s,;'\"]", key)


@given(typed)
def test_a_text_is_like_itself_however_it_is_spaced(text: str) -> None:
    assert fold(f"  {text}\t") == fold(text)
    assert fold(text.replace(" ", "_")) == fold(text)
