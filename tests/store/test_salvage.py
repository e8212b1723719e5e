"""A file that was cut off: what is whole of it is gone on with, all of it is kept beside, and nothing is invented."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from handoff_tui.core.handoff import Handoff
from handoff_tui.errors import FileError
from handoff_tui.store.file import HandoffFile
from handoff_tui.store.salvage import salvage
from handoff_tui.store.text import loads
from handoff_tui.tomlfile import parse_toml
from tests.hostile.mutants import EXAMPLES
from tests.store.example import HEAD

WHOLE = EXAMPLES[0].read_bytes()
TEXT = WHOLE.decode()
HEAD_ENDS = WHOLE.index(b"\n[", WHOLE.index(b"[handoff]"))
READS_AS_WHOLE = re.compile(rb"(= [0-9]+|^\[[\w.]+\])\Z", re.MULTILINE)
"""Half of a number is a number too, and a table of which only the name is left is an empty one: nothing tells."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.handoff.toml"


def is_beginning(part: Any, whole: Any) -> bool:
    """Say whether a value is what is left of another one that was cut off."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(key in whole and is_beginning(part[key], whole[key]) for key in part)
    if isinstance(part, list) and part and isinstance(part[0], dict):
        return len(part) <= len(whole) and all(map(is_beginning, part, whole))
    return bool(part == whole)


def left_of(content: bytes, path: Path) -> Handoff | None:
    """Return what can be gone on with of a file; `None` where it is refused."""
    path.write_bytes(content)
    try:
        return HandoffFile.read(path)[1]
    except FileError:
        found = salvage(path)
        return found.handoff if found else None


@pytest.mark.parametrize("start", range(3))
def test_cut_off_anywhere_all_that_is_whole_comes_back_and_nothing_else(start: int, path: Path) -> None:
    whole = loads(parse_toml(WHOLE, path))
    cuts = range(HEAD_ENDS + start * 211, len(WHOLE), 643)
    salvaged = 0
    for cut in cuts:
        content = WHOLE[:cut]
        if READS_AS_WHOLE.search(content):
            continue
        left = left_of(content, path)
        assert left is not None, f"nothing comes back of the first {cut} bytes"
        salvaged += left.head.status == "draft"
        values = {key: answer.value for key, answer in left.answers.items()}
        assert is_beginning(values, {key: whole.answer(key).value for key in values}), cut
        marks = {key: answer.mark for key, answer in left.answers.items() if answer.mark is not None}
        assert marks == {key: whole.answer(key).mark for key in marks}, cut
        complete = content[: content.rindex(b"\n[") + 1]
        expected = tomllib.loads(complete.decode())
        for section, questions in expected.items():
            for name, value in questions.items() if isinstance(questions, dict) else ():
                if f"{section}.{name}" in whole.answers:
                    assert is_beginning(value, values[f"{section}.{name}"]), (cut, section, name)
    assert len(cuts) > 15
    assert salvaged > len(cuts) / 2


@pytest.mark.parametrize(
    ("tail", "line"),
    [
        ('journey = "A customer', 5),
        ('journey = """\nA customer can\nre', 5),
        ('journey = """\nA customer can\n[', 5),
        ('journey = """\nA customer can read.\n', 5),
        ("jour", 5),
        ("journey =", 5),
        ("journey = [\n  'a',\n", 5),
        ('journey = "x"\ncriticality = "M\u0101', 6),
    ],
)
def test_the_line_where_it_is_cut_off_is_named_and_all_of_it_is_kept(tail: str, line: int, path: Path) -> None:
    content = f"{HEAD}[business_state]\n{tail}"
    path.write_text(content, encoding="utf-8")
    found = salvage(path)
    assert found is not None
    assert found.line == line + HEAD.count("\n") - 3
    said = found.keep()
    (kept,) = path.parent.glob("*.damaged-*")
    assert kept.read_text(encoding="utf-8") == content
    assert f"line {found.line}" in said
    assert kept.name in said
    assert path.read_text(encoding="utf-8") == content, "nothing is written into the file itself"


def test_half_a_character_and_what_a_disk_puts_where_it_lost_the_rest(path: Path) -> None:
    begun = f'{HEAD}[business_state]\njourney = "whole"\ncriticality = "M\u0101'.encode()
    for content in (begun[:-1], begun + b"\0" * 4096, begun[:-1] + b"\0" * 10):
        path.write_bytes(content)
        found = salvage(path)
        assert found is not None
        assert found.handoff.value("business_state.journey") == "whole"
        assert found.handoff.value("business_state.criticality") is None


def test_half_of_a_mark_is_left_out_as_a_whole(path: Path) -> None:
    begun = f'{HEAD}[business_state]\njourney = "x"\n\n[open.business_state.journey]\nowner = "mara"\ndue = 2026-1'
    path.write_text(begun, encoding="utf-8")
    found = salvage(path)
    assert found is not None
    assert found.handoff.value("business_state.journey") == "x"
    assert found.handoff.answer("business_state.journey").mark is None


def test_what_somebody_signed_off_is_a_draft_again(path: Path) -> None:
    path.write_text(f'{HEAD}status = "final"\n[business_state]\njourney = "x', encoding="utf-8")
    found = salvage(path)
    assert found is not None
    assert found.handoff.head.status == "draft"


@pytest.mark.parametrize(
    "content",
    [
        f'{HEAD}[business_state]\njourney = = "x"\ncriticality = "delay"\n',
        f'{HEAD}[business_state]\njourney = "x\ncriticality = "delay"\n',
        f'{HEAD}[business_state]\njourney = = "x"\ncriticality',
        f'{HEAD}[business_state]\njourney = """\nx\ncriticality = "delay"\n\n[alerts]\n',
        f"{HEAD}<<<<<<< ours\n",
        'format = 1\n[handoff]\nname = "x',
        'format = 1\n[handoff]\nname = "x"\n[business_state]\njourney = "x',
        "",
        "\0" * 100,
    ],
    ids=[
        "in the middle",
        "a line end in a text",
        "before the end",
        "a text without its end",
        "a merge",
        "in the head",
        "no template",
        "empty",
        "only zeros",
    ],
)
def test_what_is_not_only_cut_off_is_left_to_a_person(content: str, path: Path) -> None:
    path.write_text(content, encoding="utf-8")
    assert salvage(path) is None
    assert list(path.parent.iterdir()) == [path]
