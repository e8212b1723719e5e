"""An extending template adds and never replaces; what it may not do is named with file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoff_tui.catalog import Catalog
from handoff_tui.core.kinds import ChoiceKind, LineKind
from handoff_tui.core.template import Template
from tests.core.making import bundled, table_of

HEAD = 'format = 1\nversion = 1\nextends = "payments"\ntitle = "Ours"\nabout = "For us."\n'
NEW = 'kind = "line"\nneed = "recommended"\nlabel = "L"\nask = "A?"\nwhy = "W."\nexample = "E"\n'
SECTION = '[extra]\ntitle = "Extra"\ntheme = "T"\nminutes = 3\n'


def load(folder: Path, text: str) -> Template:
    (folder / "ours.toml").write_text(HEAD + text, encoding="utf-8")
    result = Catalog([folder]).examine("ours")
    assert isinstance(result, Template), [str(error) for error in result]
    return result


# -- what it may do ----------------------------------------------------------------------------------------------


def test_it_may_give_its_own_example_hint_and_suggestion(tmp_path: Path) -> None:
    own = load(tmp_path, '[ownership.change_notice]\nexample = "20d"\nhint = "Ours is 20 days."\nsuggest = "20d"\n')
    question = own.by_id["ownership.change_notice"]
    assert (question.example, question.hint, question.suggest) == ("20d", "Ours is 20 days.", "20d")
    assert question.ask == bundled("payments").by_id["ownership.change_notice"].ask


def test_it_may_add_to_what_is_brought_and_say_it_otherwise(tmp_path: Path) -> None:
    own = load(tmp_path, '[alerts.alerts.bring]\nfinance = "Our list."\nsecurity = "Theirs."\n')
    below = bundled("payments").by_id["alerts.alerts"].bring
    assert own.by_id["alerts.alerts"].bring == below | {"finance": "Our list.", "security": "Theirs."}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('finance = "What you must hear before the end of the month, and how"', "this repeats the template below"),
        ('legal = "x"', "nobody in parties.people works in “legal”"),
        ("finance = 3", "this is not text"),
    ],
)
def test_what_is_wrong_with_what_is_brought_is_named(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "ours.toml").write_text(HEAD + f"[alerts.alerts.bring]\n{text}\n", encoding="utf-8")
    (mistake,) = Catalog([tmp_path]).examine("ours")
    assert says in str(mistake)
    assert "alerts.alerts.bring." in str(mistake)


def test_it_may_add_choices_seeds_required_rows_and_also(tmp_path: Path) -> None:
    own = load(
        tmp_path,
        '[ownership.responsibilities]\nseeds = ["scheme_audit"]\nrequired_rows = ["scheme_audit"]\n'
        'columns.duty.choices.scheme_audit = "the scheme audit"\n'
        '[ownership.unknown_value.choices]\nask_us = "a note to ask us"\n'
        '[close.our_check]\nkind = "line"\nrefers_to = "alerts.alerts"\nalso = ["nobody"]\n'
        'need = "optional"\nlabel = "L"\nask = "A?"\nwhy = "W."\nexample = "E"\n',
    )
    table = table_of(own, "ownership.responsibilities")
    below = table_of(bundled("payments"), "ownership.responsibilities")
    assert table.seeds == (*below.seeds, "scheme_audit")
    assert table.required_rows == (*below.required_rows, "scheme_audit")
    field = own.by_id["ownership.unknown_value"].field
    assert isinstance(field, ChoiceKind)
    assert list(field.choices) == ["show_raw", "show_unknown", "reject_and_alert", "ignore", "ask_us"]
    checked = own.by_id["close.our_check"].field
    assert isinstance(checked, LineKind)
    assert checked.also == ("nobody",)


def test_it_may_add_an_optional_column_and_say_more_of_an_existing_one(tmp_path: Path) -> None:
    own = load(
        tmp_path,
        "[alerts.alerts.columns]\n"
        'severity = { label = "Severity", more = true }\n'
        'runbook = { example = "our wiki", hint = "Ask Mara.", suggest = "wiki" }\n',
    )
    table = table_of(own, "alerts.alerts")
    assert [column.id for column in table.columns][-1] == "severity"
    runbook = table.column("runbook")
    assert (runbook.example, runbook.hint, runbook.suggest, runbook.label) == (
        "our wiki",
        "Ask Mara.",
        "wiki",
        "Runbook",
    )


@pytest.mark.parametrize(("before", "followed_by"), [("", "close"), ('before = "alerts"\n', "alerts")])
def test_a_new_section_stands_before_the_close_or_where_it_says(tmp_path: Path, before: str, followed_by: str) -> None:
    own = load(tmp_path, f"{SECTION}{before}[extra.one]\n{NEW}")
    ids = [section.id for section in own.sections]
    assert ids[ids.index("extra") + 1] == followed_by
    assert own.section_by_id["extra"].questions[0].id == "extra.one"


def test_a_new_question_stands_at_the_end_of_its_section(tmp_path: Path) -> None:
    own = load(tmp_path, f"[ownership.one]\n{NEW}")
    assert [q.id for q in own.section_by_id["ownership"].questions][-1] == "ownership.one"


# -- what it may not do ------------------------------------------------------------------------------------------

MAY_NOT = [
    (
        '[business_state.journey]\nask = "Really?"',
        "business_state.journey.ask",
        "replaces nothing",
        "Use adds, example",
    ),
    ('[business_state.journey]\nneed = "optional"', "business_state.journey.need", "replaces nothing", "Use adds"),
    ('[business_state.journey]\nkind = "line"', "business_state.journey.kind", "replaces nothing", "Use adds"),
    (
        '[business_state.journey]\nkind = "text"',
        "business_state.journey.kind",
        "repeats the template below",
        "Take it out",
    ),
    ('[ownership.change_notice]\nexample = "10d"', "ownership.change_notice.example", "repeats", "Take it out"),
    ('[business_state.journey]\nadds = ""', "business_state.journey.adds", "not text", "Write one sentence"),
    ("[business_state.journey]\nadds = 3", "business_state.journey.adds", "not text", "Write one sentence"),
    ('[business_state.jorney]\nadds = "x?"', "business_state.jorney", "no such question", "Use one of journey"),
    ('[business_state]\ntitle = "Mine"', "business_state.title", "section of the template below", "Take this key out"),
    (
        "[ownership.unknown_value.choices]\nignore = 'x'",
        "ownership.unknown_value.choices.ignore",
        "has this choice",
        "another",
    ),
    (
        '[ownership.responsibilities]\nseeds = ["retry_logic"]',
        "ownership.responsibilities.seeds",
        "“retry_logic”",
        "Take it",
    ),
    (
        "[alerts.alerts.columns]\nnew = { label = 'N' }",
        "alerts.alerts.columns.new",
        "must be optional",
        "Add more = true",
    ),
    (
        "[alerts.alerts.columns]\nalert = { label = 'N' }",
        "alerts.alerts.columns.alert.label",
        "replaces nothing",
        "Use adds",
    ),
    ("[alerts.alerts.columns]\nalert = 3", "alerts.alerts.columns.alert", "a column is a table", "Write [section"),
    ("colour = 'red'", "colour", "not known", "Use one of format"),
    ("[title.x]\nkind = 'line'", "title", "", ""),
]


@pytest.mark.parametrize(("text", "key", "says", "fix"), MAY_NOT, ids=[text.replace("\n", " ") for text, *_ in MAY_NOT])
def test_what_it_may_not_do_is_named(tmp_path: Path, text: str, key: str, says: str, fix: str) -> None:
    head = HEAD.replace('title = "Ours"\n', "") if key == "title" else HEAD
    whole = f"{head}{text}\n" if text.startswith("[") else f"{text}\n{head}"
    (tmp_path / "ours.toml").write_text(whole, encoding="utf-8")
    found = Catalog([tmp_path]).examine("ours")
    assert isinstance(found, list)
    assert len(found) == 1, [str(error) for error in found]
    assert found[0].message.startswith(f"{key}: ")
    assert says in found[0].message
    assert fix in found[0].hint
    assert found[0].where is not None
    assert found[0].where.path == tmp_path / "ours.toml"
    guilty = whole.split("\n")[(found[0].where.line or 0) - 1]
    assert key.rpartition(".")[2] in guilty


def test_a_place_that_does_not_exist_is_named(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(f'{HEAD}{SECTION}before = "nowhere"\n[extra.one]\n{NEW}', encoding="utf-8")
    found = Catalog([tmp_path]).examine("ours")
    assert isinstance(found, list)
    assert [(error.message, error.where and error.where.line) for error in found] == [
        ("extra.before: there is no section nowhere.", 10)
    ]
