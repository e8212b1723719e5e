"""Rows from a sheet, a CSV file, a Markdown table: cells, headers, and what has no column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff_tui.core.pasted import looks_like_rows, read_pasted
from tests.core.making import small, table_of
from tests.tui.making import kinds

TABLE = table_of(kinds(), "kinds.table")
PEOPLE = table_of(kinds(), "parties.people")
ALERTS = table_of(small(), "watch.alerts")

TWO = ({"path": "events", "sends": "Stripe", "by": "batch"}, {"path": "copy", "sends": "Zendesk", "by": "webhook"})


@pytest.mark.parametrize(
    "text",
    [
        "Path\tSends\tTravels by\nevents\tStripe\tbatch\ncopy\tZendesk\twebhook",
        "path\tsends\tby\r\nevents\tStripe\tbatch\r\ncopy\tZendesk\twebhook\r\n",
        "PATH,Sends,Travels_by\nevents,Stripe,batch\ncopy,Zendesk,webhook\n",
        "Path;Sends;Travels by\nevents;Stripe;batch\n\ncopy;Zendesk;webhook",
        '"Path", "Sends", "Travels by"\n"events", "Stripe", "batch"\n"copy", "Zendesk", "webhook"',
        "| Path | Sends | Travels by |\n|---|:--|--:|\n| events | Stripe | batch |\n| copy | Zendesk | webhook |",
        "Path | Sends | **Travels by**\n--- | --- | ---\nevents | Stripe | batch\ncopy | Zendesk | webhook",
        "Which path is it?\tWhich system sends?\tTravels by\nevents\tStripe\tbatch\ncopy\tZendesk\twebhook",
        "\ufeffSends\tTravels by\tPath\nStripe\tbatch\tevents\nZendesk\twebhook\tcopy",
        "events\tStripe\tbatch\ncopy\tZendesk\twebhook",
        "events;Stripe;batch\ncopy;Zendesk;webhook",
        "| events | Stripe | batch |\n| copy | Zendesk | webhook |",
    ],
)
def test_every_way_to_copy_rows_gives_the_same_cells(text: str) -> None:
    pasted = read_pasted(text, TABLE)
    assert tuple(row for row in pasted.rows if "ids_kept" not in row) == TWO or pasted.rows == TWO
    assert pasted.beside == ()


def test_without_a_header_the_cells_are_in_the_order_of_the_columns_and_what_is_past_the_last_is_told() -> None:
    cells = ["events", "Stripe", "batch", "30d", "late", "mara", "4 Nov", "money", "extra"]
    pasted = read_pasted("\t".join(cells), TABLE)
    assert list(pasted.rows[0]) == [column.id for column in TABLE.columns]
    assert [(item.header, item.text) for item in pasted.beside] == [("column 9", "extra")]


def test_what_stands_under_a_header_nobody_knows_is_told_with_its_row() -> None:
    pasted = read_pasted("Path\tComment\nevents\tsee wiki\ncopy\t", TABLE)
    assert [(item.row, item.header, item.text) for item in pasted.beside] == [(0, "Comment", "see wiki")]
    assert pasted.rows == ({"path": "events"}, {"path": "copy"})


def test_a_second_column_of_one_name_is_told_and_does_not_overwrite_the_first() -> None:
    pasted = read_pasted("Path\tSends\tSends\nevents\tStripe\tAdyen", TABLE)
    assert pasted.rows == ({"path": "events", "sends": "Stripe"},)
    assert pasted.beside[0].text == "Adyen"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('Path\tMay say\nevents\t"one\ntwo ""three"""', 'one\ntwo "three"'),
        ('Path,May say\nevents,"late, and\nmore"', "late, and\nmore"),
        ("|Path|May say|\n|-|-|\n|events|a \\| b \\* c<br>d|", "a | b * c\nd"),
        ('Path\tMay say\nevents\t"a quote that nobody closes', '"a quote that nobody closes'),
        ('Path\tMay say\nevents\t5" pipe', '5" pipe'),
    ],
)
def test_quotes_bars_and_lines_inside_a_cell_stay(text: str, says: str) -> None:
    assert read_pasted(text, TABLE).rows == ({"path": "events", "says": says},)


def test_two_stray_quotes_do_not_swallow_the_rows_between_them() -> None:
    rows = read_pasted('events\t"a\ncopy\tb\nthird\tc"', TABLE).rows
    assert [row["path"] for row in rows] == ["events", "copy", "third"]


def test_lines_in_a_cell_of_one_line_are_joined() -> None:
    assert read_pasted('Path\tSends\n"ev\nents"\tStripe', TABLE).rows[0]["path"] == "ev ents"


def test_lines_alone_are_names() -> None:
    assert read_pasted("events\ncopy, at night\n\nthird", TABLE).rows == (
        {"path": "events"},
        {"path": "copy, at night"},
        {"path": "third"},
    )


def test_names_alone_go_to_what_the_short_name_is_made_of() -> None:
    assert read_pasted("Māra Bērziņa\nZofia", PEOPLE).rows == ({"name": "Māra Bērziņa"}, {"name": "Zofia"})


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a\tb\nc\td", True),
        ("| a | b |\n| c | d |", True),
        ("Path;Sends\nevents;Stripe", True),
        ("one line\twith a tab", False),
        ("It is late,\nand it rains.", False),
        ("first, second\nthird, fourth", False),
    ],
)
def test_a_cell_takes_prose_and_a_table_takes_rows(text: str, rows: bool) -> None:
    assert looks_like_rows(text, TABLE) is rows


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=6), max_size=5), st.sampled_from("\t;,|"))
def test_no_word_of_any_paste_is_lost(cells: list[list[str]], mark: str) -> None:
    text = "\n".join(mark.join(line) for line in cells)
    pasted = read_pasted(text, ALERTS)
    kept = " ".join([*(cell for row in pasted.rows for cell in row.values()), *(item.text for item in pasted.beside)])
    heading = text.split("\n", 1)[0]
    for letter in set(filter(str.isalnum, text)) - set(heading):
        assert letter in kept


@given(st.lists(st.dictionaries(st.sampled_from(["alert", "runbook"]), st.text("ab|\\\n*\"',; ", min_size=1))))
def test_what_is_written_as_a_markdown_table_comes_back(rows: list[dict[str, str]]) -> None:
    def cell(text: str) -> str:
        escaped = "".join(f"\\{char}" if char in "\\|*" else char for char in text)
        return escaped.replace("\n", "<br>")

    lines = ["| Alert | Runbook |", "|---|---|"]
    lines += [f"| {cell(row.get('alert', ''))} | {cell(row.get('runbook', ''))} |" for row in rows]
    expected = [{key: " ".join(text.split()) for key, text in row.items() if text.split()} for row in rows]
    read = read_pasted("\n".join(lines), ALERTS).rows
    assert [{key: " ".join(text.split()) for key, text in row.items()} for row in read] == [e for e in expected if e]
