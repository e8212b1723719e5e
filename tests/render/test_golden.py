"""The summary as bytes, in a file that a reviewer can open as Markdown.

After a change that is meant: `GOLDEN=write pytest tests/render/test_golden.py`, then read the diff.
"""

from __future__ import annotations

import os

from handoff_tui.checks import check
from handoff_tui.core.interview import Interview
from handoff_tui.render.documents import DOCUMENTS
from tests.core.making import TODAY, bundled
from tests.render.samples import HERE, billing, rendered

GOLDEN = HERE / "billing.handoff.md"


def test_the_summary_is_the_one_that_was_reviewed() -> None:
    text = rendered(billing()).encode()
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.write_bytes(text)
    assert text.decode() == GOLDEN.read_bytes().decode(), (
        "If this is meant: GOLDEN=write pytest tests/render/test_golden.py"
    )
    assert text == GOLDEN.read_bytes()


def test_the_command_line_finds_the_summary_by_name() -> None:
    interview = Interview(bundled("payments"), billing())
    assert DOCUMENTS["summary"](interview, check(interview, TODAY)) == rendered(billing())


def test_an_interview_limited_to_a_part_gives_the_whole_document() -> None:
    prework = Interview(bundled("payments"), billing(), only=frozenset({"parties.people"}))
    assert DOCUMENTS["summary"](prework, check(prework, TODAY)) == rendered(billing())
