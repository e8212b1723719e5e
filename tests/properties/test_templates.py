"""A template laid over another adds and never takes away, and no template, however wrong, raises."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from handoff_tui.catalog.review import review
from handoff_tui.catalog.shape import build
from handoff_tui.core.overlay import HEAD, Mistake, overlay
from handoff_tui.core.template import Template
from handoff_tui.resources import bundled_templates
from tests.properties.strategies import keys, toml_values

Raw = dict[str, Any]
OWN = {"format": 1, "version": 1, "extends": "base", "title": "Ours", "about": "For us."}
TEXT = st.sampled_from(["Which of ours?", "An example", "A hint (as of Nov 2026)."])


@cache
def base() -> Raw:
    return tomllib.loads((bundled_templates() / "base.toml").read_text(encoding="utf-8"))


def sections(raw: Raw) -> dict[str, Raw]:
    return {key: value for key, value in raw.items() if isinstance(value, dict)}


QUESTIONS = [(s, q) for s, body in sections(base()).items() for q, value in body.items() if isinstance(value, dict)]
TABLES = [(s, q) for s, q in QUESTIONS if base()[s][q]["kind"] == "table"]
CHOICES = [(s, q) for s, q in QUESTIONS if "choices" in base()[s][q]]
NEW_QUESTION = {"kind": "line", "need": "optional", "label": "L", "ask": "A?", "why": "W.", "example": "E"}
NEW_SECTION = {"title": "New", "theme": "T", "minutes": 1, "one": NEW_QUESTION}


@st.composite
def extensions(draw: st.DrawFn, mark: str = "") -> Raw:
    """An extension of the base that makes no mistake; `mark` keeps the names that two of them invent apart."""
    raw: Raw = {}

    def at(section: str, *path: str) -> Raw:
        node = raw.setdefault(section, {})
        for part in path:
            node = node.setdefault(part, {})
        assert isinstance(node, dict)
        return node

    for section, question in draw(st.lists(st.sampled_from(QUESTIONS), max_size=3, unique=True)):
        at(section, question).update(
            draw(st.fixed_dictionaries({}, optional={"adds": TEXT, "example": TEXT, "hint": TEXT}))
        )
    for section, question in draw(st.lists(st.sampled_from(TABLES), max_size=2, unique=True)):
        at(section, question)["seeds"] = [f"seed_{mark}"]
        at(section, question, "columns", f"own_{mark}").update({"label": "Own", "more": True})
        first = next(iter(base()[section][question]["columns"]))
        at(section, question, "columns", first)["hint"] = f"Our hint {mark}."
    for section, question in draw(st.lists(st.sampled_from(CHOICES), max_size=2, unique=True)):
        at(section, question, "choices")[f"own_{mark}"] = "our own"
    for section in draw(st.lists(st.sampled_from(list(sections(base()))), max_size=2, unique=True)):
        at(section)[f"new_{mark}"] = dict(NEW_QUESTION)
    if draw(st.booleans()):
        place = draw(st.sampled_from(["", *sections(base())]))
        raw[f"extra_{mark}"] = NEW_SECTION | ({"before": place} if place else {})
    return raw


def together(one: Raw, two: Raw) -> Raw:
    """Return the additions of two extensions as those of one: the first's before the second's."""
    joined = dict(one)
    for key, value in two.items():
        here = joined.get(key)
        if isinstance(here, dict) and isinstance(value, dict):
            joined[key] = together(here, value)
        elif isinstance(here, list) and isinstance(value, list):
            joined[key] = [*here, *value]
        else:
            joined[key] = value
    return joined


def ordered_ids(raw: Raw) -> list[str]:
    return [f"{s}.{q}" for s, body in sections(raw).items() for q, value in body.items() if isinstance(value, dict)]


def assert_contains(whole: Any, part: Any, path: tuple[str, ...] = ()) -> None:
    """Check that nothing of a template is missing, but for the words that an extension may replace."""
    if isinstance(part, dict):
        assert isinstance(whole, dict), path
        kept = [key for key in whole if key in part]
        assert kept == list(part), path
        for key, value in part.items():
            if not (path and key in ("example", "hint", "suggest")) and not (not path and key in HEAD):
                assert_contains(whole[key], value, (*path, key))
    elif isinstance(part, list):
        assert whole[: len(part)] == part, path
    else:
        assert whole == part, path


def assert_added(whole: Any, part: Any) -> None:
    """Check that everything an extension says is there."""
    if not isinstance(part, dict):
        assert whole[-len(part) :] == part if isinstance(part, list) else whole == part
        return
    for key, value in part.items():
        if key == "adds":
            assert whole["adds"][-1] == ("Ours", value)
        elif key != "before":
            assert_added(whole[key], value)


def test_an_empty_extension_changes_nothing_but_the_head() -> None:
    merged, mistakes = overlay(base(), OWN)
    assert mistakes == []
    assert merged == base() | OWN
    assert ordered_ids(merged) == ordered_ids(base())


@given(extensions())
def test_what_is_added_keeps_every_question_of_the_base_in_its_order(above: Raw) -> None:
    merged, mistakes = overlay(base(), OWN | above)
    assert mistakes == []
    assert [item for item in ordered_ids(merged) if item in ordered_ids(base())] == ordered_ids(base())
    assert_contains(merged, base())
    assert_added(merged, above)


@given(extensions())
def test_what_is_laid_makes_a_template_that_loads(above: Raw) -> None:
    # A seed of a table whose first column is a choice must be one of the choices.
    for section, question in TABLES:
        above.get(section, {}).get(question, {}).pop("seeds", None)
    merged, _ = overlay(base(), OWN | above)
    template = build(merged, "ours", ("general", "ours"))
    assert isinstance(template, Template), template
    assert review(template) == []


@given(extensions("one"), extensions("two"))
def test_laying_one_after_the_other_is_laying_both_at_once(one: Raw, two: Raw) -> None:
    for section, question in QUESTIONS:
        words = one.get(section, {}).get(question, {})
        for key in ("adds", "example", "hint"):  # both say it: the later one replaces, or stands behind
            if key in words:
                two.get(section, {}).get(question, {}).pop(key, None)
    merged, wrong = overlay(base(), OWN | one)
    merged, wrong_too = overlay(merged, OWN | two)
    at_once, wrong_at_once = overlay(base(), OWN | together(one, two))
    assert (wrong, wrong_too, wrong_at_once) == ([], [], [])
    assert merged == at_once
    assert ordered_ids(merged) == ordered_ids(at_once)


def test_laying_changes_neither_of_the_two() -> None:
    below, above = deepcopy(base()), deepcopy(OWN | {"close": {"own": dict(NEW_QUESTION)}})
    before = deepcopy((below, above))
    overlay(below, above)
    assert (below, above) == before


# -- templates that are wrong ------------------------------------------------------------------------------------

VOCABULARY = st.sampled_from(
    [
        "title",
        "asks",
        "theme",
        "minutes",
        "before",
        "format",
        "extends",
        "kind",
        "need",
        "columns",
        "choices",
        "seeds",
        "also",
    ]
    + [
        "adds",
        "example",
        "hint",
        "suggest",
        "when",
        "premises",
        "label",
        "more",
        "needed_when",
        "needed_by",
        "refers_to",
    ]
    + [name for pair in QUESTIONS[:12] for name in pair]
    + ["table", "choice", "many", "essential", "essentials"]
)
wrong_keys: SearchStrategy[str] = VOCABULARY | keys
wrong_values: SearchStrategy[Any] = st.recursive(
    VOCABULARY | toml_values,
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(wrong_keys, inner, max_size=3)),
    max_leaves=8,
)


def assert_said(mistakes: list[Mistake]) -> None:
    for mistake in mistakes:
        assert mistake.path
        assert mistake.message
        assert mistake.fix


@given(st.dictionaries(wrong_keys, wrong_values, max_size=4))
def test_whatever_is_laid_over_the_base_is_laid_or_named_and_the_base_is_still_there(above: Raw) -> None:
    merged, mistakes = overlay(base(), above)
    assert_said(mistakes)
    assert [item for item in ordered_ids(merged) if item in ordered_ids(base())] == ordered_ids(base())
    twice, again = overlay(merged, above)
    assert_said(again)
    assert isinstance(twice, dict)


@given(st.dictionaries(wrong_keys, wrong_values, max_size=4), st.dictionaries(wrong_keys, wrong_values, max_size=4))
def test_no_two_templates_raise(below: Raw, above: Raw) -> None:
    merged, mistakes = overlay(below, above)
    assert_said(mistakes)
    look_at(merged)


@given(st.data())
def test_a_template_with_one_thing_wrong_is_a_template_or_named(data: st.DataObject) -> None:
    raw = deepcopy(base())
    node: Any = raw
    while True:
        key = data.draw(st.sampled_from(list(node)))
        if not isinstance(node[key], dict) or not node[key] or data.draw(st.integers(0, 5)) == 0:
            break
        node = node[key]
    action = data.draw(st.sampled_from(["replace", "remove", "rename", "add"]))
    if action == "replace":
        node[key] = data.draw(wrong_values)
    elif action == "add":
        node[data.draw(wrong_keys)] = data.draw(wrong_values)
    else:
        value = node.pop(key)
        if action == "rename":
            node[data.draw(wrong_keys)] = value
    look_at(raw)


def look_at(raw: Raw) -> None:
    built = build(raw, "wrong", ("wrong",))
    assert_said(review(built) if isinstance(built, Template) else built)
