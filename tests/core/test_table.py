from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from handoff_tui.core.handoff import context_of
from handoff_tui.core.reading import Context, Known, Rejection
from handoff_tui.core.table import MAX_ROWS, Row, TableKind
from tests.core.making import ALERT, MARA, TODAY, handoff_of, small, table_of

ALERTS = table_of(small(), "watch.alerts")
PEOPLE = table_of(small(), "parties.people")


def row_of(raw: dict[str, Any], context: Context, **how: Any) -> Row:
    result = ALERTS.read_row(raw, context, **how)
    assert isinstance(result, dict), result
    return result


def wrongs(raw: dict[str, Any], context: Context, **how: Any) -> list[tuple[str | None, str]]:
    result = ALERTS.read_row(raw, context, **how)
    assert isinstance(result, list), result
    return [(item.column, item.message) for item in result]


def test_a_row_is_read_cell_by_cell(context: Context) -> None:
    raw = {"alert": " LagHigh ", "goes_to": "Māra Bērziņa", "urgency": "only a note", "tested_on": "4 Nov"}
    assert row_of(raw, context) == {
        "alert": "LagHigh",
        "goes_to": "mara-berzina",
        "urgency": "notice",
        "tested_on": date(2026, 11, 4),
    }


def test_empty_and_blank_cells_count_as_absent(context: Context) -> None:
    assert row_of(ALERT | {"runbook": "", "tested_on": "  "}, context) == ALERT
    assert row_of(ALERT | {"runbook": None}, context) == ALERT


def test_everything_wrong_is_told_at_once_in_the_order_of_the_columns(context: Context) -> None:
    found = wrongs({"tested_on": "soon", "urgency": "later", "goes_to": "TBD", "alert": "LagHigh"}, context)
    assert [column for column, _ in found] == ["goes_to", "urgency", "tested_on"]


def test_a_rejection_names_the_row(context: Context) -> None:
    result = ALERTS.read_row(ALERT | {"urgency": "later"}, context)
    assert isinstance(result, list)
    assert [(item.row, item.column) for item in result] == [("LagHigh", "urgency")]


def test_a_needed_cell_that_is_empty_is_named_with_an_example(context: Context) -> None:
    gap = ALERTS.read_row({"alert": "LagHigh", "goes_to": "mara", "urgency": "page_now"}, context)
    assert gap == [Rejection("“Runbook” of LagHigh is empty.", "Fill it, for example wiki page.", "LagHigh", "runbook")]


def test_a_cell_is_needed_only_when_the_row_says_so(context: Context) -> None:
    runbook = ALERTS.column("runbook")
    assert runbook.needed({"urgency": "page_now"})
    assert not runbook.needed({"urgency": "notice"})
    assert not runbook.needed({})
    assert not ALERTS.column("tested_on").needed({"urgency": "page_now"})
    assert row_of(ALERT, context) == ALERT


def test_gaps_may_be_allowed_but_never_a_row_without_a_name(context: Context) -> None:
    assert row_of({"alert": "LagHigh"}, context, allow_gaps=True) == {"alert": "LagHigh"}
    assert wrongs({"goes_to": "mara"}, context, allow_gaps=True) == [("alert", "“Alert” of this alert is empty.")]


@pytest.mark.parametrize("name", ["LagHigh", "lag high", "LAG_HIGH", "Lag-High"])
def test_a_name_that_is_taken_is_refused_however_it_is_written(name: str, context: Context) -> None:
    taken = ["Lag High", "LagHigh"]
    assert [column for column, _ in wrongs(ALERT | {"alert": name}, context, taken=taken)] == ["alert"]


def test_a_wrong_name_is_told_once(context: Context) -> None:
    assert [column for column, _ in wrongs(ALERT | {"alert": "TBD"}, context)] == ["alert"]


def test_columns_nobody_knows_pass_through_untouched(context: Context) -> None:
    more = {"pager_level": 3, "nested": {"a": [1, 2]}}
    assert row_of(ALERT | more, context) == ALERT | more


def test_open_cells_are_no_gaps() -> None:
    rows = [{"alert": "LagHigh", "urgency": "page_now"}]
    assert [gap.column for gap in ALERTS.gaps(rows, set())] == ["goes_to", "runbook"]
    assert [gap.column for gap in ALERTS.gaps(rows, {("LagHigh", "goes_to"), ("Other", "runbook")})] == ["runbook"]


def test_a_table_reads_all_rows_or_says_all_that_is_wrong(context: Context) -> None:
    other = ALERT | {"alert": "Silence"}
    assert ALERTS.read([ALERT, other], context) == [ALERT, other]
    wrong = ALERTS.read(
        [ALERT, ALERT, {"alert": "X", "urgency": "page_now", "goes_to": "mara"}, {"urgency": "?"}], context
    )
    assert [(item.row, item.column) for item in wrong if isinstance(item, Rejection)] == [
        ("LagHigh", "alert"),
        ("", "alert"),
        ("", "urgency"),
        ("X", "runbook"),
    ]


@pytest.mark.parametrize("raw", ["text", {"alert": "x"}, ["x"], 3, None])
def test_what_is_no_table_is_rejected(raw: object, context: Context) -> None:
    assert "not a table" in str(ALERTS.read(raw, context)[0])
    assert "not a table" in str(ALERTS.check(raw)[0])


def test_no_row_is_no_answer_and_too_many_are_too_many(context: Context) -> None:
    assert "no row yet" in str(ALERTS.read([], context)[0])
    rows = [ALERT | {"alert": f"A{number}"} for number in range(MAX_ROWS + 1)]
    assert "501 rows" in str(ALERTS.read(rows, context)[0])
    assert len(ALERTS.read(rows[:-1], context)) == MAX_ROWS


def test_what_a_file_holds_is_checked_cell_by_cell_and_gaps_are_no_matter_of_it() -> None:
    wrong = ALERTS.check([{"alert": "LagHigh", "urgency": "later", "more": 1}, {"urgency": "notice"}])
    assert [(item.row, item.column) for item in wrong] == [("LagHigh", "urgency")]


def test_seeded_rows_have_their_first_cell() -> None:
    table = TableKind.model_validate(
        {
            "kind": "table",
            "columns": [
                {"id": "a", "label": "A", "field": {"kind": "line"}},
                {"id": "b", "label": "B", "field": {"kind": "line"}},
            ],
            "seeds": ["one", "two"],
        }
    )
    assert table.seed_rows() == [{"a": "one"}, {"a": "two"}]


def test_a_suggestion_is_a_value_or_comes_from_another_column() -> None:
    column = PEOPLE.column("key").model_copy(update={"suggest_from": "name"})
    assert column.suggestion({"name": "Māra Bērziņa"}) == "mara-berzina"
    assert column.suggestion({}) is None
    assert PEOPLE.column("backup").model_copy(update={"suggest": "zofia"}).suggestion({}) == "zofia"
    assert PEOPLE.column("backup").suggestion({}) is None


def test_a_suggestion_is_not_stored_by_itself(context: Context) -> None:
    columns = (PEOPLE.columns[0], PEOPLE.columns[1].model_copy(update={"suggest": "Nobody"}), PEOPLE.columns[2])
    table = PEOPLE.model_copy(update={"columns": columns})
    assert table.read_row({"key": "mara"}, context, allow_gaps=True) == {"key": "mara"}


def test_a_column_that_is_not_there_is_a_bug() -> None:
    with pytest.raises(KeyError):
        ALERTS.column("colour")


def test_the_context_knows_names_from_every_table_people_by_what_they_are_called() -> None:
    handoff = handoff_of({"parties.people": [MARA, {"key": "zofia"}, "broken", {}], "watch.alerts": [ALERT]})
    names = context_of(handoff, small(), TODAY).names
    assert names["parties.people"] == [Known("mara", "Māra Bērziņa"), Known("zofia", "zofia")]
    assert names["watch.alerts"] == [Known("LagHigh", "LagHigh")]
    assert names["parties.systems"] == []
