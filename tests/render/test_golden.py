"""The documents as bytes, in files that a reviewer can open.

After a change that is meant: `GOLDEN=write pytest tests/render/test_golden.py`, then read the diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handoff_tui.checks import check
from handoff_tui.core.interview import Interview
from handoff_tui.render.documents import DOCUMENTS
from tests.core.making import TODAY, bundled
from tests.render.samples import EXAMPLES, HERE, billing, example, published, rendered

NAMES = sorted(path.name.removesuffix(".handoff.toml") for path in EXAMPLES.glob("*.handoff.toml"))
WRITTEN = [(document, ending) for document, item in DOCUMENTS.items() for ending in item.writers]


def compare(path: Path, text: str) -> None:
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    assert path.read_bytes().decode() == text, "If this is meant: GOLDEN=write pytest tests/render/test_golden.py"
    assert path.read_bytes() == text.encode()


def test_the_summary_is_the_one_that_was_reviewed() -> None:
    compare(HERE / "billing.handoff.md", rendered(billing()))


@pytest.mark.parametrize(("document", "ending"), WRITTEN[1:])
def test_a_draft_with_open_points_is_written_as_it_was_reviewed(document: str, ending: str) -> None:
    compare(HERE / "golden" / f"billing.{document}{ending}", published(billing(), document, ending))


# The summaries of the examples stand beside them, and pages in HTML are held against those of the draft above.
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("document", "ending"), [item for item in WRITTEN[1:] if item[1] != ".html" or item[0] == "guide-article"]
)
def test_the_documents_of_an_example_are_those_that_were_reviewed(name: str, document: str, ending: str) -> None:
    written = published(example(name), document, ending, f"{name}.handoff.toml")
    compare(EXAMPLES / "documents" / f"{name}.{document}{ending}", written)


def test_no_document_stands_there_that_nobody_writes_any_more() -> None:
    written = {f".{document}{ending}" for document, ending in WRITTEN}
    there = [*(HERE / "golden").iterdir(), *(EXAMPLES / "documents").iterdir()]
    assert {path.name[path.name.index(".") :] for path in there} <= written


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_command_line_finds_a_document_by_name(document: str) -> None:
    interview = Interview(bundled("payments"), billing())
    assert DOCUMENTS[document](interview, check(interview, TODAY)) == published(billing(), document)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_an_interview_limited_to_a_part_gives_the_whole_document(document: str) -> None:
    prework = Interview(bundled("payments"), billing(), only=frozenset({"parties.people"}))
    assert DOCUMENTS[document](prework, check(prework, TODAY)) == published(billing(), document)
