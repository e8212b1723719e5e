"""Where keys and comments stand in a file; `test_outline.py` of the properties compares it with tomllib."""

from __future__ import annotations

import tomllib

import pytest

from handoff_tui.tomlfile import Comment, Entry, outline

TEXT = '''\
# top
a = 1 # beside

# above
[one]
"quoted.key" = """
# not a comment
[not.a.header]
"""
b.c = [ # in a list
    "x", # after x
    { d = 1 },
]
[[rows]]
x = '# no'
[rows.inner]
y = """two
lines""" # late
[[rows]]
[[rows.deep]]
z = 1
# end
'''


def test_every_key_and_header_has_its_line() -> None:
    assert [(item.path, item.line) for item in outline(TEXT) if isinstance(item, Entry)] == [
        (("a",), 2),
        (("one",), 5),
        (("one", "quoted.key"), 6),
        (("one", "b", "c"), 10),
        (("rows", 0), 14),
        (("rows", 0, "x"), 15),
        (("rows", 0, "inner"), 16),
        (("rows", 0, "inner", "y"), 17),
        (("rows", 1), 19),
        (("rows", 1, "deep", 0), 20),
        (("rows", 1, "deep", 0, "z"), 21),
    ]


def test_every_comment_has_its_line_and_what_it_is_about() -> None:
    assert [(item.text, item.line, item.about) for item in outline(TEXT) if isinstance(item, Comment)] == [
        ("top", 1, ("a",)),
        ("beside", 2, ("a",)),
        ("above", 4, ("one",)),
        ("in a list", 10, ("one", "b", "c")),
        ("after x", 11, ("one", "b", "c")),
        ("late", 18, ("rows", 0, "inner", "y")),
        ("end", 22, None),
    ]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('"a\\u0062" = 1', ("ab",)),
        ("'a\"b' = 1", ('a"b',)),
        ('"say \\"hi\\"" = 1', ('say "hi"',)),
        ('[ spaced . "out" ]', ("spaced", "out")),
        ("[[ rows ]]", ("rows", 0)),
        ('"" = 1', ("",)),
        ("  indented  =  1", ("indented",)),
        ('"a.b".c = 1', ("a.b", "c")),
    ],
)
def test_keys_are_named_as_tomllib_names_them(text: str, path: tuple[str | int, ...]) -> None:
    tomllib.loads(text)
    assert [item.path for item in outline(text) if isinstance(item, Entry)] == [path]


@pytest.mark.parametrize(
    "value",
    [
        '"""a""""',
        '"""a"""""',
        "'''a''''",
        '"""\\""""',
        '"\\\\"',
        "'\\'",
        '"#"',
        "'#'",
        "[[\"#\"], ['#']]",
        "{ a = '#' }",
    ],
)
def test_a_value_is_stepped_over_whatever_quotes_it_has(value: str) -> None:
    text = f"a = {value} # one\nb = 2 # two\n"
    tomllib.loads(text)
    assert [(item.text, item.about) for item in outline(text) if isinstance(item, Comment)] == [
        ("one", ("a",)),
        ("two", ("b",)),
    ]
