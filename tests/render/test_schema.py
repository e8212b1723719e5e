"""The schema accepts what the program writes, and tells a person what they mistyped; check-jsonschema is the judge."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from handoff_tui.catalog import Catalog
from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Note, Open, OpenCell, Stale
from handoff_tui.core.handoff import MOMENTS, STATUSES, Handoff, Head
from handoff_tui.core.kinds import DateKind, ManyKind, ScalarKind
from handoff_tui.core.question import Question
from handoff_tui.core.reading import Context, Rejection
from handoff_tui.core.table import TableKind
from handoff_tui.core.template import RESERVED, Template
from handoff_tui.render.schema import schema
from handoff_tui.session.start import begin, compose, file_for
from handoff_tui.store.text import FORMAT, dumps
from tests.core.making import COMMON, TODAY, bundled, template_from
from tests.end_to_end.by_session import play, start
from tests.end_to_end.scenarios import SCRIPTS
from tests.properties.strategies import cell, stored, toml_values
from tests.store.example import EXAMPLE, NAME

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
NAMES = Catalog().names()
CONFLICT = '\n[[conflict.alerts.alerts]]\nrow = "Silence"\ncolumn = "urgency"\nours = "page_now"\ntheirs = "notice"\n'
WHOLE = EXAMPLE + CONFLICT
"""A draft with gaps, and with everything that can stand beside an answer."""

EVERY_KIND = f"""
format = 1
version = 1
title = "Every kind"
about = "Each with its options."

[one]
title = "One"
theme = "Kinds"
minutes = 1
line = {{ kind = "line", need = "optional" }}
referring = {{ kind = "line", need = "optional", refers_to = "one.rows", also = ["all"] }}
text = {{ kind = "text", need = "optional" }}
choice = {{ kind = "choice", need = "optional", choices = {{ a = "first", b = "second" }} }}
some = {{ kind = "many", need = "optional", choices = {{ a = "first", b = "second", c = "neither" }}, exclusive = "c" }}
more = {{ kind = "many", need = "optional", choices = {{ a = "first", b = "second" }}, others = true, exclusive = "a" }}
named = {{ kind = "many", need = "optional", refers_to = "one.rows" }}
number = {{ kind = "number", need = "optional" }}
few = {{ kind = "number", need = "optional", minimum = -2, maximum = 2, unit = "cats" }}
duration = {{ kind = "duration", need = "optional" }}
day = {{ kind = "date", need = "optional" }}

[one.rows]
{COMMON}
kind = "table"
need = "optional"
columns.place = {{ label = "Place" }}
columns.wait = {{ kind = "duration", label = "Wait", example = "15m", hint = "At most." }}
"""


@cache
def validator(name: str) -> Any:
    """Return a validator in this process, by the name of a template; it treats formats as check-jsonschema does."""
    template = every_kind() if name == "every kind" else bundled(name)
    validating = jsonschema.Draft202012Validator
    return validating(schema(template), format_checker=validating.FORMAT_CHECKER)


@cache
def every_kind() -> Template:
    return template_from(EVERY_KIND)


def plain(value: Any) -> Any:
    """Return TOML values as JSON has them."""
    return json.loads(json.dumps(value, default=lambda day: day.isoformat()))


def judge(folder: Path, template: str, *files: Path, **texts: str) -> dict[str, set[str]]:
    """Let check-jsonschema validate files and texts; return the places of the mistakes of each that has any."""
    target = folder / "handoff.schema.json"
    target.write_text(json.dumps(schema(bundled(template)), ensure_ascii=False), encoding="utf-8")
    for name, text in texts.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    paths = [*map(str, files), *(f"{name}.toml" for name in texts)]
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", target.name, "--output-format", "json", *paths]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    said = json.loads(done.stdout)
    assert (said["status"], said.get("parse_errors", [])) == ("fail" if done.returncode else "ok", []), done.stdout
    found: dict[str, set[str]] = {}
    for error in said["errors"]:
        found.setdefault(Path(error["filename"]).stem, set()).add(error["path"])
    return found


# -- what the schema is ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_it_is_a_schema_of_the_draft_that_it_names(name: str) -> None:
    made = schema(bundled(name))
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(made)


def test_it_names_every_key_of_the_file_and_every_question(payments: Template) -> None:
    keys = schema(payments)["properties"]
    assert set(keys) == RESERVED | set(payments.section_by_id)
    assert keys["format"]["const"] == FORMAT
    assert [f"{section}.{name}" for section in payments.section_by_id for name in keys[section]["properties"]] == list(
        payments.by_id
    )


def test_a_question_and_a_column_come_with_the_words_of_the_interview() -> None:
    question = bundled("payments").by_id["business_state.criticality"]
    keys = schema(bundled("payments"))["properties"]["business_state"]["properties"]
    assert keys["criticality"]["title"] == question.label
    for words in (question.ask, question.why, question.example, "delay (customers wait longer)"):
        assert words in keys["criticality"]["description"]
    assert keys["criticality"]["enum"][1] == "delay"
    assert keys["criticality"]["x-taplo"]["docs"]["enumValues"][1] == "customers wait longer"
    assert "Payments: Which money or access state" in keys["journey"]["description"]
    row = schema(every_kind())["properties"]["one"]["properties"]["rows"]["items"]
    assert row["properties"]["wait"]["title"] == "Wait"
    assert row["properties"]["wait"]["description"].startswith("At most.\n\nExample: 15m\n\nA number and a unit")
    assert row["required"] == ["place"]


def parts(made: Any) -> Iterator[dict[str, Any]]:
    """Yield every schema inside a schema, itself first."""
    yield made
    inner = [*made.get("properties", {}).values(), *made.get("$defs", {}).values(), *made.get("anyOf", [])]
    for part in [*inner, *([made["items"]] if "items" in made else [])]:
        yield from parts(part)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_what_taplo_reads(name: str) -> None:
    """Draft 7 ignores what stands beside a `$ref`, and Taplo offers what has no type as a table."""
    any_value = schema(bundled(name))["$defs"]["conflict"]["properties"]
    for part in parts(schema(bundled(name))):
        if "$ref" in part:
            assert list(part) == ["$ref"]
        else:
            assert "type" in part or part in (any_value["ours"], any_value["theirs"])
        if part.get("type") == "object":
            assert part["additionalProperties"] is False


# -- what it accepts ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.handoff.toml")), ids=lambda path: path.name)
def test_every_example_is_accepted(path: Path, tmp_path: Path) -> None:
    template = tomllib.loads(path.read_text(encoding="utf-8"))["handoff"]["template"]
    assert judge(tmp_path, template, path) == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_that_was_just_begun_is_accepted(name: str, tmp_path: Path) -> None:
    template = bundled(name)
    said = {"name": "Stripe billing", "moment": MOMENTS[0], "participants": "Mara, Zofia", "owner": "Mara"}
    handoff = compose(template, said, TODAY)
    bare = compose(template, {"name": "Bare"}, TODAY, allow_gaps=True)
    assert isinstance(handoff, Handoff)
    assert isinstance(bare, Handoff)
    for draft in (handoff, bare):
        assert begin(file_for(draft.head.name, tmp_path), template, draft, lambda: TODAY).close()
    files = sorted(tmp_path.glob("*.handoff.toml"))
    assert len(files) == 2
    assert judge(tmp_path, name, *files) == {}


def test_states_notes_open_cells_gaps_conflicts_and_what_was_accepted_are_accepted(tmp_path: Path) -> None:
    assert judge(tmp_path, "payments", whole=WHOLE, begun=f"#:schema ./handoff.schema.json\n{WHOLE}") == {}


@pytest.mark.parametrize("name", list(SCRIPTS))
def test_a_handoff_that_was_played_to_its_end_is_accepted(name: str, tmp_path: Path) -> None:
    opened = start(SCRIPTS[name], tmp_path, TODAY)
    play(opened.session, SCRIPTS[name].steps)
    assert opened.close()
    assert judge(tmp_path, SCRIPTS[name].start.template, *tmp_path.glob("*.handoff.toml")) == {}


def right(field: ScalarKind) -> SearchStrategy[Any]:
    """A value as the program reads it; none where what was typed is no answer."""
    read = cell(field).map(lambda raw: field.read(raw, Context(TODAY), cell=True))
    return read.map(lambda value: None if isinstance(value, Rejection) else value)


@st.composite
def rows(draw: DrawFn, table: TableKind) -> list[dict[str, Any]]:
    found = []
    for _ in range(draw(st.integers(0, 3))):
        others = draw(st.lists(st.sampled_from(table.columns[1:]), unique_by=lambda column: column.id, max_size=4))
        row = {column.id: draw(right(column.field)) for column in (table.key, *others)}
        found.append({key: value for key, value in row.items() if value is not None})
    return [row for row in found if table.key.id in row]


@st.composite
def answers(draw: DrawFn, question: Question) -> Answer:
    """An answer as the screens make it: a value that was accepted, marks without keys of another version."""
    field = question.field
    value = draw(rows(field) if isinstance(field, TableKind) else right(field))
    due = st.none() | st.dates()
    marks = st.one_of(
        st.none(),
        st.builds(Open, note=stored, owner=stored, due=due, extra=st.just({})),
        st.builds(Assumed, basis=stored, confirmer=stored, due=due, extra=st.just({})),
        st.builds(NotApplicable, reason=stored, extra=st.just({})),
    )
    people = st.lists(stored.filter(bool), max_size=2).map(tuple)
    return Answer(
        value,
        draw(marks),
        draw(st.none() | st.builds(Stale, because=stored, was=stored, extra=st.just({}))),
        draw(st.none() | st.builds(Note, text=stored, agreed_by=people, extra=st.just({}))),
    )


@st.composite
def drafts(draw: DrawFn, template: Template) -> Handoff:
    """Any draft that the program can write."""
    asked = draw(st.lists(st.sampled_from(list(template.by_id.values())), unique_by=lambda q: q.id, max_size=5))
    found = {question.id: draw(answers(question)) for question in asked}
    name = stored.filter(bool)
    question, table = draw(st.sampled_from(list(template.tables())))
    column = draw(st.sampled_from(table.columns))
    cells = st.builds(OpenCell, st.just(question.id), name, st.just(column.id), stored, st.none() | st.dates())
    heads = st.builds(
        Head,
        name=name,
        template=st.just(template.id),
        template_version=st.integers(1, 9),
        moment=st.sampled_from(MOMENTS),
        status=st.sampled_from(STATUSES),
        owner=stored,
        participants=st.lists(name, max_size=2).map(tuple),
        created=st.none() | st.dates(),
        comment=stored,
        extra=st.just({}),
    )
    accepted = {"rule": "untested", "question": question.id, "by": draw(name), "fingerprint": "9c1185a5"}
    conflict = {question.section_id: {question.name: [{"row": draw(name), "ours": draw(name)}]}}
    return Handoff(
        head=draw(heads),
        answers={question_id: answer for question_id, answer in found.items() if not answer.empty},
        open_cells=tuple(draw(st.lists(cells, max_size=2))),
        accepted=draw(st.sampled_from([(), (accepted,)])),
        conflict=draw(st.sampled_from([{}, conflict])),
    )


@given(st.sampled_from(NAMES).flatmap(lambda name: st.tuples(st.just(name), drafts(bundled(name)))))
def test_whatever_the_program_writes_is_accepted(made: tuple[str, Handoff]) -> None:
    name, draft = made
    written = tomllib.loads(dumps(draft, bundled(name), NAME))
    assert [error.message for error in validator(name).iter_errors(plain(written))] == []


# -- what it tells -----------------------------------------------------------------------------------------------

CRITICALITY = 'criticality = "money_or_access"'
IN_SECTION = "$.business_state"
MISTAKES = {
    "a question": ("journey = ", "jorney = ", IN_SECTION),
    "a section": ("[source_of_truth]", "[source_of_thruth]", "$"),
    "a column": ("plain_meaning", "plain_meening", "$.business_state.business_states[0]"),
    "a key of the head": ("template_version", "version", "$.handoff"),
    "a state": ("[stale.", "[stail.", "$"),
    "the question of a state": ("[open.ownership.change_notice]", "[open.ownership.notice]", "$.open.ownership"),
    "the section of a note": ("[notes.fallback.", "[notes.fall_back.", "$.notes"),
    "a key of open": ('note = "finance', 'text = "finance', "$.open.ownership.change_notice"),
    "a key of assumed": ("confirmer", "owner", "$.assumed.source_of_truth.keep_for"),
    "a key of not_applicable": (
        'reason = "replaces',
        'because = "replaces',
        "$.not_applicable.business_state.success_measure",
    ),
    "a key of stale": ("was = ", "before = ", "$.stale.alerts.alerts"),
    "a key of a note": ("agreed_by", "agreed", "$.notes.fallback.fallback_max"),
    "a key of an open cell": ('column = "dedupe_window"\nowner', 'column = "dedupe_window"\nwho', "$.open_cells[0]"),
    "an open cell without a row": ('row = "events"\n', "", "$.open_cells[0]"),
    "the table of an open cell": ('question = "failure_handling.', 'question = "failures.', "$.open_cells[0].question"),
    "the column of an open cell": ('"dedupe_window"', '"dedup_window"', "$.open_cells[0].column"),
    "a key of an acceptance": ('by = "mara"', 'who = "mara"', "$.accepted[0]"),
    "an acceptance of nothing": ('rule = "untested"\n', "", "$.accepted[0]"),
    "the question of an acceptance": ('question = "alerts.alerts"', 'question = "alerts"', "$.accepted[0].question"),
    "a fingerprint": ("9c1185a5", "9C1185A5", "$.accepted[0].fingerprint"),
    "a key of a conflict": ("theirs", "their", "$.conflict.alerts.alerts[0]"),
    "a choice": ('"money_or_access"', '"money"', "$.business_state.criticality"),
    "a choice in a row": ('final = "no"', 'final = "perhaps"', "$.business_state.business_states[0].final"),
    "the moment": ("engineering_to_support", "support", "$.handoff.moment"),
    "the status": ('status = "draft"', 'status = "done"', "$.handoff.status"),
    "a duration": ('"90d"', '"90 days"', "$.source_of_truth.keep_for"),
    "more than a duration": ('"90d"', '"90d or so"', "$.source_of_truth.keep_for"),
    "a duration in a row": ('"15m"', '"15"', "$.source_of_truth.critical_fields[0].fresh_within"),
    "a date in words": ("created = 2026-11-23", 'created = "23 Nov"', "$.handoff.created"),
    "a date that is a moment": (
        "due = 2026-12-15",
        "due = 2026-12-15T09:00:00",
        "$.assumed.source_of_truth.keep_for.due",
    ),
    "a number in quotes": (CRITICALITY, 'events_per_hour_peak = "9"', "$.business_state.events_per_hour_peak"),
    "a number too small": (CRITICALITY, "events_per_hour_peak = -1", "$.business_state.events_per_hour_peak"),
    "a list that is none": ('"90d"', '"90d"\nnever_copied = "secret"', "$.source_of_truth.never_copied"),
    "an empty list": ('"90d"', '"90d"\nnever_copied = []', "$.source_of_truth.never_copied"),
    "a choice twice": ('"90d"', '"90d"\nnever_copied = ["secret", "secret"]', "$.source_of_truth.never_copied"),
    "an empty text": ('name = "Stripe billing state in Zendesk"', 'name = ""', "$.handoff.name"),
    "a row without a name": ('state = "past_due"\n', "", "$.business_state.business_states[0]"),
    "another template": ('template = "payments"', 'template = "identity"', "$.handoff.template"),
    "another format": ("format = 1", "format = 2", "$.format"),
    "no head": (EXAMPLE[EXAMPLE.index("[handoff]") : EXAMPLE.index("[business_state]")], "", "$"),
}
"""What was mistyped: what stands in the draft, what is put in its place, and where the mistake must be told."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The places that check-jsonschema tells of each mistaken draft, in one call for all."""
    texts = {name.replace(" ", "_"): WHOLE.replace(old, new) for name, (old, new, _) in MISTAKES.items()}
    return judge(tmp_path_factory.mktemp("mistakes"), "payments", **texts)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_at_its_place_and_nowhere_else(name: str, told: dict[str, set[str]]) -> None:
    old, _, place = MISTAKES[name]
    assert old in WHOLE
    assert told.get(name.replace(" ", "_")) == {place}


# -- the kinds ---------------------------------------------------------------------------------------------------


def told_apart(field: Any, value: Any) -> bool:
    """Say whether JSON tells this value from others: it has no dates, and `1.0` is a whole number to it."""
    if isinstance(field, DateKind):
        return not (isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value))
    return not any(isinstance(item, date | time | float) for item in (value if isinstance(value, list) else [value]))


@pytest.mark.parametrize("name", [q.name for q in every_kind().by_id.values() if q.field.kind != "table"])
@given(data=st.data())
def test_a_value_is_right_for_the_schema_if_it_is_right_for_the_checks(name: str, data: st.DataObject) -> None:
    field: Any = every_kind().by_id[f"one.{name}"].field
    value = data.draw(cell(field) | st.integers(-5, 5) | toml_values)
    assume(told_apart(field, value))
    fits = field.check(value) is None
    if isinstance(field, ManyKind) and isinstance(value, list):
        fits = fits and all(value) and len(set(value)) == len(value)  # here alone the schema is the stricter one
    judging = validator("every kind")
    only = judging.evolve(schema=judging.schema["properties"]["one"]["properties"][name])
    assert only.is_valid(plain(value)) == fits
