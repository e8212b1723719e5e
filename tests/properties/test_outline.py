"""`outline` and tomllib agree on which keys a document has, and every comment is found with what it is about."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from handoff_tui.store import emit
from handoff_tui.tomlfile import Comment, Entry, outline
from tests.properties.strategies import keys, stored

Path = tuple[str | int, ...]

leaves = st.one_of(
    stored,
    st.integers(-9, 9),
    st.booleans(),
    st.dates(),
    st.lists(stored, max_size=3),
    st.lists(st.lists(stored, max_size=2), max_size=2),
)
documents = st.recursive(
    st.dictionaries(keys, leaves, max_size=3),
    lambda inner: st.dictionaries(keys, leaves | inner | st.lists(inner, min_size=1, max_size=2), max_size=3),
    max_leaves=5,
)


def paths(node: dict[str, Any], above: Path = ()) -> Iterator[Path]:
    for key, value in node.items():
        yield (*above, key)
        if isinstance(value, dict):
            yield from paths(value, (*above, key))
        elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            for index, item in enumerate(value):
                yield (*above, key, index)
                yield from paths(item, (*above, key, index))


def with_prefixes(found: set[Path]) -> set[Path]:
    return {path[:end] for path in found for end in range(1, len(path) + 1)}


@given(documents)
def test_the_keys_of_a_document_are_those_that_tomllib_reads(document: dict[str, Any]) -> None:
    text = "\n".join(emit.table(("doc",), document))
    assert tomllib.loads(text) == {"doc": document}
    entries = {item.path for item in outline(text) if isinstance(item, Entry)}
    assert with_prefixes(entries) == set(paths({"doc": document}))


@given(documents)
def test_a_document_in_another_style_has_no_key_that_tomllib_does_not_read(document: dict[str, Any]) -> None:
    text = tomli_w.dumps(document, multiline_strings=True)
    known = set(paths(tomllib.loads(text)))
    assert {item.path for item in outline(text) if isinstance(item, Entry)} <= known


comments = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=12).map(str.strip).filter(bool)
statements = st.tuples(
    st.lists(comments, max_size=2),
    st.one_of(st.just("key"), st.just("header"), st.just("array"), st.just("dotted")),
    leaves,
    st.none() | comments,
)


@given(st.lists(statements, max_size=8), st.lists(comments, max_size=2))
def test_every_comment_is_found_with_its_line_and_what_it_is_about(parts: list[Any], end: list[str]) -> None:
    lines: list[str] = []
    expected: list[tuple[str, int, Path | None]] = []
    table: Path = ()
    for number, (above, style, value, beside) in enumerate(parts):
        name = f"k{number}"
        if style == "header":
            table, statement = (name,), f"[{name}]"
        elif style == "array":
            table, statement = (name, 0), f"[[{name}]]"
        else:
            key = f"{name}.'in ner'" if style == "dotted" else name
            statement = key + tomli_w.dumps({"x": value}, multiline_strings=True).rstrip("\n").removeprefix("x")
        about = (
            table if style in ("header", "array") else (*table, name, "in ner") if style == "dotted" else (*table, name)
        )
        for comment in above:
            lines.append(f"  # {comment}")
            expected.append((comment, len(lines), about))
        lines += (statement + (f" # {beside}" if beside else "")).split("\n")
        if beside:
            expected.append((beside, len(lines), about))
    for comment in end:
        lines.append(f"# {comment}")
        expected.append((comment, len(lines), None))
    text = "\n".join(lines)
    tomllib.loads(text)
    assert [(item.text, item.line, item.about) for item in outline(text) if isinstance(item, Comment)] == expected
