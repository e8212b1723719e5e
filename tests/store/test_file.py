"""One handoff file: read, written only when something changed, proven before it is written."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from handoff_tui.catalog import Catalog
from handoff_tui.core.answers import Answer
from handoff_tui.core.handoff import Handoff, Head
from handoff_tui.core.template import Template
from handoff_tui.errors import SaveError
from handoff_tui.store.file import HandoffFile, document_path, write_document
from tests.store.example import EXAMPLE, NAME, read


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / NAME
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


def opened(path: Path, template: Template) -> tuple[HandoffFile, Handoff]:
    file, handoff = HandoffFile.read(path)
    file.template = template
    return file, handoff


def renamed(handoff: Handoff, name: str) -> Handoff:
    return replace(handoff, head=replace(handoff.head, name=name))


def test_open_and_save_untouched_writes_nothing(path: Path, payments: Template) -> None:
    file, handoff = opened(path, payments)
    before = path.stat()
    assert file.save(handoff) is False
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert path.read_text(encoding="utf-8") == EXAMPLE


def test_a_change_is_written_once(path: Path, payments: Template) -> None:
    file, handoff = opened(path, payments)
    changed = renamed(handoff, "Other")
    assert file.save(changed) is True
    assert file.save(changed) is False
    assert HandoffFile.read(path)[1] == changed


def test_several_saves_follow_one_another(path: Path, payments: Template) -> None:
    file, handoff = opened(path, payments)
    for name in ("one", "two", "three"):
        file.save(renamed(handoff, name))
        assert HandoffFile.read(path)[1].head.name == name


def test_somebody_elses_edit_is_kept_beside_ours(path: Path, payments: Template) -> None:
    file, handoff = opened(path, payments)
    theirs = EXAMPLE.replace("90d", "30d")
    path.write_text(theirs, encoding="utf-8")
    with pytest.raises(SaveError, match="Somebody else"):
        file.save(renamed(handoff, "Ours"))
    assert path.read_text(encoding="utf-8") == theirs
    (aside,) = [item for item in path.parent.iterdir() if item != path]
    assert read(aside.read_bytes()).head.name == "Ours"


def test_a_new_file_is_created_and_one_that_exists_is_not_touched(tmp_path: Path, payments: Template) -> None:
    path = tmp_path / NAME
    HandoffFile.create(path, payments, read(EXAMPLE))
    assert path.read_text(encoding="utf-8") == EXAMPLE
    with pytest.raises(SaveError, match="such a file already"):
        HandoffFile.create(path, payments, Handoff())
    assert path.read_text(encoding="utf-8") == EXAMPLE


def test_a_file_just_created_can_be_saved_again(tmp_path: Path, payments: Template) -> None:
    file = HandoffFile.create(tmp_path / NAME, payments, Handoff())
    assert file.save(Handoff()) is False
    assert file.save(read(EXAMPLE)) is True


@pytest.mark.parametrize("value", [None, {1: 2}, object(), b"bytes", "\ud800", {"a": {None: 1}}])
def test_what_toml_cannot_hold_is_an_error_and_the_file_stays(path: Path, payments: Template, value: Any) -> None:
    file, handoff = opened(path, payments)
    broken = handoff.with_answer("fallback.fallback_steps", Answer([{"step": "x", "more": value}]))
    with pytest.raises(SaveError, match="Not saved"):
        file.save(broken)
    assert path.read_text(encoding="utf-8") == EXAMPLE
    assert file.save(renamed(handoff, "Next")) is True


@pytest.mark.parametrize("line", ["a." * 200, "<<<<<<< HEAD", "=======", '"""', "'''", "# no comment", "[no.header]"])
def test_whatever_is_typed_into_a_text_can_be_saved(path: Path, payments: Template, line: str) -> None:
    file, handoff = opened(path, payments)
    text = f"{line}\n{line}"
    assert file.save(handoff.with_answer("business_state.journey", Answer(text)))
    assert HandoffFile.read(path)[1].value("business_state.journey") == text


def test_an_unconfirmed_save_is_not_taken_for_somebody_elses(
    path: Path, payments: Template, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, handoff = opened(path, payments)
    real, calls = os.fsync, iter(range(100))

    def folder_fails(handle: int) -> None:
        if next(calls) == 1:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(handle)

    monkeypatch.setattr(os, "fsync", folder_fails)
    with pytest.raises(SaveError, match="Not saved"):
        file.save(renamed(handoff, "One"))
    assert file.save(renamed(handoff, "One")) is True, "it is not yet known to be on the disk"
    assert file.save(renamed(handoff, "Two")) is True
    assert [item.name for item in path.parent.iterdir()] == [NAME]


def test_a_save_that_failed_can_be_tried_again(path: Path, payments: Template, monkeypatch: pytest.MonkeyPatch) -> None:
    file, handoff = opened(path, payments)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        with pytest.raises(SaveError, match="no space left"):
            file.save(renamed(handoff, "One"))
    assert file.save(renamed(handoff, "One")) is True


@pytest.mark.parametrize("name", ["caf\udce9.handoff.toml", "two\nlines.handoff.toml", "esc\x1b[2J.handoff.toml"])
def test_a_file_of_any_name_can_be_written(tmp_path: Path, payments: Template, name: str) -> None:
    path = tmp_path / name
    HandoffFile.create(path, payments, read(EXAMPLE))
    assert HandoffFile.read(path)[1] == read(EXAMPLE)
    assert b"\x1b" not in path.read_bytes()


# -- documents ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "document"), [(NAME, "stripe-billing.handoff.md"), ("old.toml", "old.md"), ("x", "x.md")]
)
def test_the_summary_lies_beside_the_file(tmp_path: Path, name: str, document: str) -> None:
    assert document_path(tmp_path / name) == tmp_path / document


def test_a_document_is_written_only_when_it_differs(tmp_path: Path) -> None:
    path = tmp_path / "x.handoff.md"
    assert write_document(path, "# One\n") is True
    before = path.stat().st_mtime_ns
    assert write_document(path, "# One\n") is False
    assert path.stat().st_mtime_ns == before
    assert write_document(path, "# Twö\n") is True
    assert path.read_bytes() == "# Twö\n".encode()


def test_after_somebody_else_wrote_ours_is_kept_in_one_file_beside_theirs(tmp_path: Path) -> None:
    template = Catalog().load("general")
    path = tmp_path / "x.handoff.toml"
    handoff = Handoff(head=Head(name="One"))
    file = HandoffFile.create(path, template, handoff)
    theirs = path.read_bytes() + b"# by hand\n"
    path.write_bytes(theirs)
    for name in ("Two", "Three"):
        with pytest.raises(SaveError, match="Somebody else"):
            file.save(replace(handoff, head=replace(handoff.head, name=name)))
    asides = [item for item in tmp_path.iterdir() if "conflict" in item.name]
    assert path.read_bytes() == theirs
    assert len(asides) == 1
    assert 'name = "Three"' in asides[0].read_text(encoding="utf-8")
