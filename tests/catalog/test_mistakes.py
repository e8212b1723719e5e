"""Every mistake in a template is named with its file, line and key, and with what to do (behaviour 25)."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoff_tui.catalog import Catalog
from handoff_tui.core.template import RESERVED, Template
from handoff_tui.errors import TemplateError

HEAD = 'format = 1\nversion = 1\ntitle = "Ours"\nabout = "For us."\n'
UPON_PAYMENTS = HEAD + 'extends = "payments"\n'
BASE = HEAD + '\n[first]\ntitle = "First"\ntheme = "Ownership"\nminutes = 5\n'
QUESTION = 'need = "essential"\nlabel = "L"\nask = "A?"\nwhy = "W."\nexample = "E"\n'
LINE = f'kind = "line"\n{QUESTION}'


def mistakes(folder: Path, text: str, name: str = "ours") -> list[TemplateError]:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    result = Catalog([folder]).examine(name)
    assert not isinstance(result, Template), "it loads"
    return result


def check_one(folder: Path, text: str, *, at: str, says: tuple[str, ...], fix: str) -> None:
    """Check that one mistake is reported, at the line that reads `at`, with these words and this way out."""
    found = mistakes(folder, text)
    assert len(found) == 1, [str(error) for error in found]
    error = found[0]
    assert error.where is not None
    assert error.where.path == folder / "ours.toml"
    assert error.where.line is not None, error
    assert text.split("\n")[error.where.line - 1] == at
    for word in says:
        assert word in error.message, error
    assert fix in error.hint, error


@pytest.mark.parametrize(
    ("text", "at", "says", "fix"),
    [
        # -- keys
        (f"{BASE}[first.one]\n{LINE}colour = 1\n", "colour = 1", ("first.one.colour", "not known"), "Use one of"),
        (f"{BASE}[first.one]\n{LINE}exampel = 1\n", "exampel = 1", ("first.one.exampel",), "Did you mean example?"),
        (f"{BASE}colour = 1\n[first.one]\n{LINE}", "colour = 1", ("first.colour",), "Use one of title"),
        (f"colour = 1\n{BASE}[first.one]\n{LINE}", "colour = 1", ("colour", "not known"), "Use one of format"),
        (f"{BASE}[first.one]\n{LINE.replace('label', '#')}", "[first.one]", ("label",), "Add label"),
        (f"{BASE}[first.one]\n{QUESTION}", "[first.one]", ("kind is missing",), "Add kind = one of line, text"),
        (
            f"{BASE}[first.one]\n{LINE}[first.one.when]\na = 1\n",
            "a = 1",
            ("first.one.when", "not text"),
            "Write it in quotes",
        ),
        # -- kinds
        (
            f'{BASE}[first.one]\nkind = "lines"\n{QUESTION}',
            'kind = "lines"',
            ("no kind “lines”",),
            "Did you mean line?",
        ),
        (
            f'{BASE}[first.one]\nkind = "blob"\n{QUESTION}',
            'kind = "blob"',
            ("no kind “blob”",),
            "Use one of line, text",
        ),
        (f"{BASE}[first.one]\n{LINE.replace('essential', 'vital')}", 'need = "vital"', ("vital",), "essential"),
        # -- conditions and premises
        (
            f'{BASE}[first.one]\n{LINE}when = {{ "first.two" = "x" }}\n',
            'when = { "first.two" = "x" }',
            ("first.one.when", "no question first.two"),
            "Mend the id",
        ),
        (
            f'{BASE}[first.one]\n{LINE}when = {{ "handoff.moment" = "later" }}\n',
            'when = { "handoff.moment" = "later" }',
            ("no handoff has the moment “later”",),
            "engineering_to_support",
        ),
        (
            f'{BASE}[first.one]\n{LINE}when = {{ "handoff.colour" = "x" }}\n',
            'when = { "handoff.colour" = "x" }',
            ("no question handoff.colour",),
            "Mend the id",
        ),
        (
            f'{BASE}[first.one]\n{LINE}premises = ["first.two"]\n',
            'premises = ["first.two"]',
            ("first.one.premises", "no question first.two"),
            "Mend the id",
        ),
        # -- values
        (
            f'{BASE}[first.one]\nkind = "choice"\n{QUESTION}choices = {{ a = "A", b = "B" }}\nsuggest = "c"\n',
            'suggest = "c"',
            ("first.one.suggest", "“c” is not one of the choices"),
            "Choose one of a, b",
        ),
        (
            f'{BASE}[first.one]\nkind = "duration"\n{QUESTION}suggest = "soon"\n',
            'suggest = "soon"',
            ("first.one.suggest",),
            "15m, 4h",
        ),
        (
            f'{BASE}[first.one]\nkind = "choice"\n{QUESTION}choices = {{ "A b" = "A", b = "B" }}\n',
            'choices = { "A b" = "A", b = "B" }',
            ("first.one.choices.A b", "lower-case letters"),
            "Rename it",
        ),
        (
            f'{BASE}[first.one]\nkind = "many"\n{QUESTION}choices = {{ a = "A" }}\nexclusive = "none"\n',
            'exclusive = "none"',
            ("“none” is not one of its choices",),
            "Use a choice's id",
        ),
        (f'{BASE}[first.one]\nkind = "many"\n{QUESTION}', "[first.one]", ("nothing to choose from",), "Add choices"),
        (
            f'{BASE}[first.one]\n{LINE}refers_to = "first.two"\n',
            'refers_to = "first.two"',
            ("no table first.two",),
            "Name a table question",
        ),
        # -- ids
        (f"{BASE}[first.Two]\n{LINE}", "[first.Two]", ("first.Two", "lower-case letters"), "Rename it"),
        # -- the head
        (BASE.replace("format = 1", "format = 2"), "format = 2", ("format", "not known"), "Write format = 1"),
        (BASE.replace('title = "Ours"\n', ""), "", ("title",), "Add title"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_key(
    tmp_path: Path, text: str, at: str, says: tuple[str, ...], fix: str
) -> None:
    if not at:  # what is missing at the top stands nowhere
        found = mistakes(tmp_path, text)
        assert [(str(error.where), fix in error.hint) for error in found] == [(str(tmp_path / "ours.toml"), True)]
        return
    check_one(tmp_path, text, at=at, says=says, fix=fix)


TABLE = f'{BASE}[first.rows]\nkind = "table"\n{QUESTION}columns.a = {{ label = "A" }}\n'


@pytest.mark.parametrize(
    ("text", "says", "fix"),
    [
        ('b = { label = "B", colour = 1 }', ("first.rows.columns.b.colour", "not known"), "Use one of"),
        ('b = { kind = "blob", label = "B" }', ("first.rows.columns.b", "no kind “blob”"), "Use one of line, text"),
        ('b = { kind = "table", label = "B" }', ("first.rows.columns.b", "no kind “table”"), "Use one of line, text"),
        ("b = { more = true }", ("first.rows.columns.b", "label"), "Add label"),
        ('b = { label = "Far too long a label" }', ("at most 14 characters",), "Shorten it"),
        ('b = { label = "B", suggest_from = "c" }', ("there is no column c",), "Name a column"),
        ('b = { label = "B", needed_when = { c = "x" } }', ("there is no column c",), "Name a column"),
        (
            'b = { kind = "choice", choices = { x = "X", y = "Y" }, suggest = "z", label = "B" }',
            ("first.rows.columns.b.suggest", "“z” is not one of the choices"),
            "Choose one of x, y",
        ),
        (
            'b = { label = "B", needed_by = { question = "first.no", column = "a" } }',
            ("there is no question first.no",),
            "Mend the id",
        ),
        (
            'b = { label = "B", needed_by = { question = "first.rows", column = "z" } }',
            ("there is no column z",),
            "Name a column",
        ),
        ("b = 3", ("first.rows.columns.b", "not a table"), "Write { key = … }"),
    ],
)
def test_a_mistake_in_a_column_is_named(tmp_path: Path, text: str, says: tuple[str, ...], fix: str) -> None:
    check_one(tmp_path, f"{TABLE}columns.{text}\n", at=f"columns.{text}", says=says, fix=fix)


@pytest.mark.parametrize("key", ["seeds", "required_rows"])
def test_a_seeded_row_must_be_one_of_the_choices(tmp_path: Path, key: str) -> None:
    text = TABLE.replace('{ label = "A" }', '{ label = "A", kind = "choice", choices = { x = "X", y = "Y" } }')
    text += f'columns.b = {{ label = "B" }}\n{key} = ["x", "z"]\n'
    check_one(tmp_path, text, at=f'{key} = ["x", "z"]', says=(f"first.rows.{key}", "“z”"), fix="Choose one of x, y")


def test_the_first_column_has_no_condition(tmp_path: Path) -> None:
    text = TABLE.replace('{ label = "A" }', '{ label = "A", more = true }') + 'columns.b = { label = "B" }\n'
    check_one(
        tmp_path,
        text,
        at='columns.a = { label = "A", more = true }',
        says=("first.rows.columns.a", "first column names the row"),
        fix="Take its conditions out",
    )


@pytest.mark.parametrize("section_id", sorted(RESERVED - {"format"}))
def test_a_section_cannot_be_called_like_a_key_of_every_handoff(tmp_path: Path, section_id: str) -> None:
    text = f"{BASE}[first.one]\n{LINE}\n" + BASE.replace(HEAD, "").replace("[first]", f"[{section_id}]")
    text += f"[{section_id}.one]\n{LINE}"
    check_one(
        tmp_path,
        text,
        at=f"[{section_id}]",
        says=(section_id, "key of every handoff"),
        fix="Call the section something else",
    )


# -- circles -----------------------------------------------------------------------------------------------------


def _pair(key: str, one: str, two: str) -> str:
    return f"{BASE}[first.one]\n{LINE}{key} = {one}\n[first.two]\n{LINE}{key} = {two}\n"


def test_questions_that_wait_for_one_another_are_a_circle(tmp_path: Path) -> None:
    check_one(
        tmp_path,
        _pair("when", '{ "first.two" = "x" }', '{ "first.one" = "x" }'),
        at='when = { "first.two" = "x" }',
        says=("first.one → first.two → first.one",),
        fix="Take one of the conditions out",
    )


def test_premises_that_rest_on_one_another_are_a_circle(tmp_path: Path) -> None:
    check_one(
        tmp_path,
        _pair("premises", '["first.two"]', '["first.one"]'),
        at='premises = ["first.two"]',
        says=("first.one → first.two → first.one",),
        fix="Take one",
    )


def test_a_question_that_waits_for_itself_is_a_circle(tmp_path: Path) -> None:
    text = f'{BASE}[first.one]\n{LINE}when = {{ "first.one" = "x" }}\n'
    check_one(
        tmp_path,
        text,
        at='when = { "first.one" = "x" }',
        says=("first.one → first.one",),
        fix="Take one of the conditions",
    )


def test_a_condition_that_no_answer_can_fulfil_is_named(tmp_path: Path) -> None:
    text = (
        f'{BASE}[first.one]\nkind = "choice"\n{QUESTION}choices = {{ a = "A", b = "B" }}\n'
        f'[first.two]\n{LINE}when = {{ "first.one" = "c" }}\n'
    )
    check_one(tmp_path, text, at='when = { "first.one" = "c" }', says=("nobody can be asked this", "“c”"), fix="a, b")


# -- TOML --------------------------------------------------------------------------------------------------------


def test_what_is_not_toml_is_named_by_line_and_column(tmp_path: Path) -> None:
    (error,) = mistakes(tmp_path, "format = 1\nversion = = 1\n")
    assert str(error.where) == f"{tmp_path / 'ours.toml'}:2:11"
    assert "TOML" in error.message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"{BASE}[first.one]\n{LINE}[first.one]\n{LINE}", 17),
        (f"{BASE}[first.one]\n{LINE}kind = 'text'\n", 17),
    ],
)
def test_an_id_that_stands_twice_is_named(tmp_path: Path, text: str, line: int) -> None:
    (error,) = mistakes(tmp_path, text)
    assert "written twice" in error.message
    assert "one" in error.message or "kind" in error.message
    assert error.where is not None
    assert error.where.line == line


def test_all_mistakes_are_told_at_once_and_loading_says_how_many_more(tmp_path: Path) -> None:
    text = f"{BASE}[first.one]\n{LINE}colour = 1\nshade = 2\n"
    assert len(mistakes(tmp_path, text)) == 2
    with pytest.raises(TemplateError, match=r"1 more: handoff-wizard templates check ours"):
        Catalog([tmp_path]).load("ours")


def test_a_section_without_a_header_of_its_own_is_named_where_it_begins(tmp_path: Path) -> None:
    found = mistakes(tmp_path, f"{BASE}[extra.one]\n{LINE}")
    assert [(error.message.split(":")[0], error.where and error.where.line) for error in found] == [
        ("extra.title", 10),
        ("extra.theme", 10),
        ("extra.minutes", 10),
    ]
