"""Every finding has the line where a person would look for it: of the cell, row or answer, or where it belongs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handoff_tui.core.finding import Finding
from handoff_tui.errors import FileError
from handoff_tui.store.lines import Lines
from handoff_tui.tomlfile import Entry, outline, parse_toml
from tests.session.making import EXAMPLES

TEXT = '''\
# Integration handoff. Resume it: handoff-wizard resume x.handoff.toml
format = 1
colour = "red"

[handoff]
name = "Stripe"  # head
owner = "mara"

[business_state]
journey = """
[[alerts.alerts]]
alert = "in a text"
"""
criticality = "delay"

[[parties.people]]
key = "mara"
name = "Māra"

[[parties.people]]
key = "zofia"
name = "Zofia"
backup = [
    "mara",
]
hours = "office"

[[parties.people]]  # the second zofia
key = "zofia"
name = "Other"
reach = "chat"

[[parties.people]]
name = "written first"
key = "odd"

[[parties.systems]]
number = 7
key = 8

[source_of_truth]
systems = [{ name = "a" }, { name = "b" }]

[open.ownership.change_notice]
owner = "mara"

[[open_cells]]
question = "parties.people"
row = "mara"
column = "reach"

[[open_cells]]
question = "parties.people"
row = "mara"
column = "hours"

[assumed.source_of_truth.keep_for]
basis = "draft"

[not_applicable.business_state.success_measure]
reason = "none"

[stale.parties.people]
because = "business_state.criticality"

[notes.business_state.journey]
text = "a note"

[[accepted]]
rule = "untested"
question = "alerts.alerts"
row = "Lag"

[[accepted]]
rule = "untested"
question = "parties.people"

[[conflict.parties.people]]
row = "mara"
ours = "a"

[[conflict.parties.people]]
row = "zofia"
ours = "a"
'''


def line_of(needle: str, occurrence: int = 1, text: str = TEXT) -> int:
    """Return the line that begins so, counted from 1."""
    return [number for number, line in enumerate(text.split("\n"), 1) if line.startswith(needle)][occurrence - 1]


def at(question: str, text: str = TEXT, **place: Any) -> int:
    lines = Lines(parse_toml(text.encode(), Path("x.handoff.toml")))
    return lines.of(Finding("rule", "error", question, "Wrong.", "Mend it.", **place))


@pytest.mark.parametrize(
    ("place", "line"),
    [
        pytest.param({"question": "business_state.criticality"}, line_of("criticality"), id="an answer"),
        pytest.param({"question": "business_state.journey"}, line_of("journey"), id="a text of several lines"),
        pytest.param({"question": "parties.people"}, line_of("[[parties.people]]"), id="a table"),
        pytest.param({"question": "parties.people", "row": "zofia"}, line_of("[[parties.people]]", 2), id="a row"),
        pytest.param(
            {"question": "parties.people", "row": "zofia", "column": "backup"}, line_of("backup"), id="a cell"
        ),
        pytest.param(
            {"question": "parties.people", "row": "zofia", "index": 2},
            line_of("[[parties.people]]", 3),
            id="the second row of a name",
        ),
        pytest.param(
            {"question": "parties.people", "row": "zofia", "column": "name", "index": 2},
            line_of('name = "Other"'),
            id="a cell of the second row of a name",
        ),
        pytest.param(
            {"question": "parties.people", "row": "zofia", "column": "reach"},
            line_of("reach"),
            id="a cell that only the second row of a name has",
        ),
        pytest.param(
            {"question": "parties.people", "row": "mara", "column": "hours"},
            line_of("[[parties.people]]", 1),
            id="a cell that is not there",
        ),
        pytest.param(
            {"question": "parties.people", "row": "odd"},
            line_of("[[parties.people]]", 4),
            id="a row whose name is not written first",
        ),
        pytest.param(
            {"question": "parties.systems", "row": "7"}, line_of("[[parties.systems]]"), id="a name that is no text"
        ),
        pytest.param(
            {"question": "parties.people", "row": "", "column": "key"},
            line_of("[[parties.people]]"),
            id="a row without a name",
        ),
        pytest.param(
            {"question": "parties.people", "row": "gone"}, line_of("[[parties.people]]"), id="a row that is not there"
        ),
        pytest.param(
            {"question": "source_of_truth.systems", "row": "b", "column": "name"},
            line_of("systems = "),
            id="rows in one line",
        ),
        pytest.param({"question": "business_state.missing"}, line_of("[business_state]"), id="an absent answer"),
        pytest.param(
            {"question": "parties.missing"}, line_of("[[parties.people]]"), id="an absent answer among tables only"
        ),
        pytest.param({"question": "fallback.missing"}, line_of("[handoff]"), id="an absent section"),
        pytest.param({"question": "handoff.owner"}, line_of("owner"), id="the head"),
        pytest.param({"question": "handoff.moment"}, line_of("[handoff]"), id="an absent key of the head"),
        pytest.param({"question": ""}, line_of("[handoff]"), id="the file as a whole"),
        pytest.param({"question": "", "part": "colour"}, line_of("colour"), id="an unknown key of the file"),
        pytest.param({"question": "ownership.change_notice", "part": "open"}, line_of("[open."), id="an open answer"),
        pytest.param({"question": "source_of_truth.keep_for", "part": "assumed"}, line_of("[assumed"), id="assumed"),
        pytest.param(
            {"question": "business_state.success_measure", "part": "not_applicable"},
            line_of("[not_applicable"),
            id="not applicable",
        ),
        pytest.param({"question": "parties.people", "part": "stale"}, line_of("[stale"), id="stale"),
        pytest.param({"question": "business_state.journey", "part": "notes"}, line_of("[notes"), id="a note"),
        pytest.param(
            {"question": "parties.people", "row": "mara", "column": "reach", "part": "open_cells"},
            line_of("[[open_cells]]"),
            id="an open cell",
        ),
        pytest.param(
            {"question": "parties.people", "row": "mara", "column": "hours", "part": "open_cells"},
            line_of("[[open_cells]]", 2),
            id="another open cell of the same row",
        ),
        pytest.param(
            {"question": "parties.people", "row": "mara", "part": "open_cells"},
            line_of("[[open_cells]]"),
            id="an open cell, whichever",
        ),
        pytest.param(
            {"question": "alerts.alerts", "row": "Lag", "part": "accepted"}, line_of("[[accepted]]"), id="accepted"
        ),
        pytest.param(
            {"question": "parties.people", "part": "accepted"}, line_of("[[accepted]]", 2), id="accepted, by question"
        ),
        pytest.param({"question": "else.where", "part": "accepted"}, line_of("[[accepted]]"), id="accepted, lost"),
        pytest.param(
            {"question": "parties.people", "row": "zofia", "part": "conflict"},
            line_of("[[conflict", 2),
            id="a conflict of a row",
        ),
        pytest.param({"question": "parties.people", "part": "conflict"}, line_of("[[conflict"), id="a conflict"),
    ],
)
def test_a_finding_has_its_line(place: dict[str, Any], line: int) -> None:
    assert at(**place) == line


def walked(text: str) -> dict[tuple[str | int, ...], int]:
    """Return the first line of every path, from a walk over the whole file."""
    found: dict[tuple[str | int, ...], int] = {}
    for entry in outline(text):
        if isinstance(entry, Entry):
            for end in range(1, len(entry.path) + 1):
                found.setdefault(entry.path[:end], entry.line)
    return found


CORPUS = Path(__file__).resolve().parents[1] / "corpus"
ODD = [
    TEXT,
    TEXT.replace('alert = "in a text"', "[handoff]\n[x]\n[ ]\n[not a header]\n[[]]\n[a.]"),
    'a = """\n[b]\n"""\n[b]\nc = 1\n[[d]]\ne = [\n["b"],\n[1],\n]\n[[d]]\n',
    'format = 1\n["b c"]\nd = 1\n[e."f g"]\nh = 2\n[e.i]\nj = 3\n',
    "a.b.c = 1\n[a.d]\ne.f = 2\n[a.d.g]\n",
    "  [ a . b ]  # [c]\n  d = 1\n\t[[e]]\n[e.f]\ng = 1\n[[e]]\n[e.f]\ng = 2\n[[e.h]]\n",
    "[a]\nb = '''\n[[c]]\n'''\n",
    "",
]
FILES = [*EXAMPLES.glob("*.toml"), *CORPUS.glob("fail/*/*.toml")]


@pytest.mark.parametrize("text", [*ODD, *sorted({path.read_text(errors="replace") for path in FILES})], ids=len)
def test_the_short_way_leads_to_the_same_lines_as_a_walk(text: str) -> None:
    try:
        file = parse_toml(text.encode(), Path("x.toml"))
    except FileError:
        return  # what is no TOML has no lines to look for
    lines = Lines(file)
    for path, line in walked(file.text).items():
        assert lines.line(path) == line, path
    assert lines.line(("nowhere", "at", 0, "all")) is None


def test_a_name_is_compared_as_the_model_has_it() -> None:
    text = '[handoff]\n[[parties.people]]\nkey = "a"\n[[parties.people]]\nkey = "ma\\u001bra "\n'
    assert at("parties.people", text, row="mara") == 4


def test_windows_line_ends_and_a_byte_order_mark_count_for_nothing() -> None:
    text = "\ufeff" + TEXT.replace("\n", "\r\n")
    assert at("parties.people", text, row="zofia", column="backup") == line_of("backup")


@pytest.mark.parametrize(
    "text",
    [
        "format = 1\n",
        "handoff = 3\n",
        "a = 1\nparties = 3\nopen_cells = 3\naccepted = [1, { a = 1 }]\nconflict = []\nopen = 3\n",
        'handoff = {}\nparties = { people = [{ key = "x" }, 3] }\nconflict = { parties = { people = 3 } }\n',
        "parties.people = 3\nopen.parties = 3\n",
    ],
)
@pytest.mark.parametrize("part", ["", "open", "open_cells", "accepted", "conflict", "notes", "new"])
def test_a_file_of_any_shape_has_a_line_for_everything(text: str, part: str) -> None:
    for place in ({}, {"row": "x"}, {"row": "x", "column": "key"}, {"row": "x", "index": 7}):
        assert 1 <= at("parties.people", text, part=part, **place) <= text.count("\n")
        assert at("", text, part=part) >= 1


def test_states_written_by_hand_in_one_table_are_found_too() -> None:
    text = '[handoff]\nname = "x"\n[open]\nbusiness_state = { journey = { owner = "mara" } }\n'
    assert at("business_state.journey", text, part="open") == 4
