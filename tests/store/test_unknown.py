"""Keys that this version does not know are kept and written back, at every level."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from handoff_tui.checks import check
from handoff_tui.core.answers import Assumed, Open
from handoff_tui.core.interview import Interview
from tests.core.making import TODAY, bundled
from tests.store.example import EXAMPLE, HEAD, read, written

LEVELS = {
    "at the top": 'future = "x"\n' + HEAD,
    "a table at the top": HEAD + "\n[[future]]\na = 1\n\n[[future]]\nb = 2\n",
    "in the head": HEAD + "future = 1.5\n",
    "a table in the head": HEAD + "\n[handoff.future]\na = 1\n\n[[handoff.list]]\nb = 2\n",
    "a section": HEAD + '\n[future]\nanswer = "x"\n\n[future.table]\na = 1\n\n[[future.rows]]\nb = 2\n',
    "in a section": HEAD + "\n[fallback]\nfuture = [1, 2]\nfallback_max = '8h'\n",
    "in a row": HEAD + "\n[[alerts.alerts]]\nalert = 'LagHigh'\npager_level = 3\n",
    "a table in a row": HEAD + "\n[[alerts.alerts]]\nalert = 'LagHigh'\n[alerts.alerts.future.deep]\na = 1\n",
    "tables in a row": HEAD
    + "\n[[alerts.alerts]]\nalert = 'A'\n[[alerts.alerts.f]]\na = 1\n[[alerts.alerts.f]]\n"
    + "[[alerts.alerts]]\nalert = 'B'\n[[alerts.alerts.f]]\na = 2\n",
    "in a mark": HEAD + "\n[open.fallback.fallback_max]\nowner = 'mara'\nfuture = true\n",
    "a table in a mark": HEAD
    + "\n[assumed.fallback.fallback_max]\nbasis = 'x'\n[assumed.fallback.fallback_max.f]\na = 1\n",
    "in a reason": HEAD + "\n[not_applicable.fallback.fallback_max]\nreason = 'x'\nfuture = 2026-01-02\n",
    "in a stale mark": HEAD + "\n[stale.fallback.fallback_max]\nbecause = 'x'\nfuture = 07:32:00\n",
    "in a note": HEAD + "\n[notes.fallback.fallback_max]\ntext = 'x'\nfuture = 1979-05-27T07:32:00Z\n",
    "in an open cell": HEAD + "\n[[open_cells]]\nquestion = 'a.b'\nrow = 'x'\ncolumn = 'y'\nfuture = 1\n",
    "in what was accepted": HEAD + "\n[[accepted]]\nrule = 'untested'\nfuture = { a = 1 }\n",
    "in a conflict": HEAD + "\n[[conflict.fallback.fallback_max]]\nours = '8h'\nfuture = 1\n",
    "a mark for an unknown question": HEAD + "\n[open.future.question]\nowner = 'mara'\n",
    "a mark of another shape": HEAD + "\n[open]\nfuture = 3\nfallback = 'x'\n",
    "a state that is no table": "open = 'later'\nstale = 3\n" + HEAD,
    "an open cell without a place": HEAD + "\n[[open_cells]]\nowner = 'mara'\n",
    "open cells that are no tables": "open_cells = [1, 'x']\n" + HEAD,
    "what was accepted is no table": "accepted = 'all of it'\n" + HEAD,
    "a conflict that is no table": "conflict = 'x'\n" + HEAD,
    "a stale mark without a reason": HEAD + "\n[stale.alerts.alerts]\nwas = 'delay'\n",
    "a stale mark whose reason is no text": HEAD + "\n[stale.alerts.alerts]\nbecause = 3\n",
    "keys of the wrong type": HEAD.replace('"x"', "3") + "owner = ['mara']\nparticipants = 'mara'\ncreated = 'today'\n",
    "a state of the wrong type": HEAD + "status = 5\ntemplate_version = 'one'\n",
    "a due date that is a moment": HEAD + "\n[open.alerts.alerts]\nowner = 'm'\ndue = 2026-12-04T10:00:00\n",
    "names that need quotes": HEAD + '\n["a.b"]\nc = 1\n\n[a]\n"b.c" = 2\n\n[open."a.b".c]\nowner = "m"\n',
    "mixed lists": HEAD + "\n[future]\nlist = [[1, 2], { a = 'x' }, 'y', []]\nempty = []\n",
    "a table where a value belongs": HEAD + "\n[fallback.fallback_max]\nhours = 8\n",
    "a value where a table belongs": HEAD + "\n[alerts]\nalerts = 'all of them'\n",
}


@pytest.mark.parametrize("text", LEVELS.values(), ids=LEVELS)
def test_what_is_not_known_is_kept(text: str) -> None:
    defaults = {"template": "general", "template_version": 1, "moment": "engineering_to_support", "status": "draft"}
    before: dict[str, Any] = tomllib.loads(text)
    after = tomllib.loads(written(read(text)))
    assert after.pop("handoff") == defaults | before.pop("handoff")
    assert after == before
    assert written(read(written(read(text)))) == written(read(text))


def test_unknown_keys_stay_when_the_answer_beside_them_changes() -> None:
    handoff = read(LEVELS["in a mark"])
    answer = handoff.answer("fallback.fallback_max")
    assert isinstance(answer.mark, Open)
    later = handoff.with_answer("fallback.fallback_max", answer.with_(mark=replace(answer.mark, owner="zofia")))
    assert tomllib.loads(written(later))["open"]["fallback"]["fallback_max"] == {"owner": "zofia", "future": True}


def test_a_right_value_replaces_one_that_could_not_be_read() -> None:
    text = f"{HEAD}status = 5\n\n[assumed.fallback.fallback_max]\nbasis = 'x'\ndue = 'soon'\n"
    handoff = read(text)
    answer = handoff.answer("fallback.fallback_max")
    assert isinstance(answer.mark, Assumed)
    assert answer.mark.due is None
    dated = handoff.with_answer("fallback.fallback_max", answer.with_(mark=replace(answer.mark, due=date(2026, 12, 4))))
    final = replace(dated, head=replace(dated.head, status="final"))
    data = tomllib.loads(written(final))
    assert data["assumed"]["fallback"]["fallback_max"]["due"] == date(2026, 12, 4)
    assert data["handoff"]["status"] == "final"


def test_a_due_date_that_is_a_moment_breaks_no_check() -> None:
    handoff = read(LEVELS["a due date that is a moment"])
    mark = handoff.answer("alerts.alerts").mark
    assert isinstance(mark, Open)
    assert mark.due is None
    assert isinstance(mark.extra["due"], datetime)
    assert any(
        item.question == "alerts.alerts" for item in check(Interview(bundled("payments"), handoff), TODAY).findings
    )


def test_two_quoted_names_that_read_the_same_with_dots_are_not_confused() -> None:
    handoff = read(LEVELS["names that need quotes"])
    assert set(handoff.answers) == {"a.b.c"}
    assert handoff.answer("a.b.c").value == 2


def test_the_schema_line_is_kept_at_the_top() -> None:
    text = f"#:schema ./handoff.schema.json\n{EXAMPLE}"
    handoff = read(text)
    assert handoff.schema == "./handoff.schema.json"
    assert written(handoff) == text


def test_a_conflict_of_a_merge_is_kept_and_written_last() -> None:
    text = f'{EXAMPLE}\n[[conflict.fallback.fallback_max]]\nours = "8h"\ntheirs = "4h"\n'
    assert written(read(text)) == text
