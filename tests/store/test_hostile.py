"""Files that nobody should have written: one error, with its place, and never a hang (robustness, case 25)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handoff_tui.core.text import clean
from handoff_tui.errors import FileError
from handoff_tui.store.file import HandoffFile
from handoff_tui.store.library import entry
from handoff_tui.store.text import loads
from handoff_tui.tomlfile import MAX_BYTES, parse_toml, read_toml
from tests.store.example import EXAMPLE, HEAD

DOTS = 40_000
HOSTILE: dict[str, tuple[bytes, str, int | None]] = {
    "nested brackets": (b"a = " + b"[" * 100_000, "nested too deeply", None),
    "nested tables": (b"a = " + b"{a=" * 100_000, "nested too deeply", None),
    "a huge integer": (b"a = " + b"9" * 5000, "number in it is too long", None),
    "a dotted key": (b"x = 1\n" + b"a." * DOTS + b"b = 1", "too many dots", 2),
    "a dotted header": (b"[" + b"a." * DOTS + b"b]", "too many dots", 1),
    "a dotted key in a table": (b"x = { " + b"a." * DOTS + b"b = 1 }", "too many dots", 1),
    "a dotted key with blanks": (b"a \t . \t " * DOTS + b"b = 1", "too many dots", 1),
    "a dotted key in quotes": (b'"a b".' * DOTS + b"b = 1", "too many dots", 1),
    "a dotted key behind a text": (b'x = ["""a"""", {' + b"a." * DOTS + b'b = 1}, ""]', "too many dots", 1),
    "Latin-1": ("a = 1\nb = 'Siobhán'".encode("latin-1"), "not UTF-8", 2),
    "UTF-16": ("a = 1".encode("utf-16"), "not UTF-8", 1),
    "a NUL": (b"a = 1\nb = '\x00'", "TOML", 2),
    "too many lines": (b"\n" * 100_002, "100,000 lines", None),
    "a duplicate key": (b"[a]\nb = 1\nb = 2\n", "b is written twice", 3),
    "a duplicate table": (b"[a.b]\n[a.b]\n", "a.b is written twice", 2),
    "a duplicate state": (b"[open.a.b]\nowner = 'x'\n[open.a.b]\nowner = 'y'\n", "open.a.b is written twice", 3),
    "half a value": (b"a = 1\nb =", "TOML", 2),
    "an open text": (b'a = """never ends', "TOML", 1),
    "a conflict": (b"<<<<<<< ours\na = 1\n=======\na = 2\n>>>>>>> theirs\n", "unfinished git merge", 1),
    "a conflict after a while": (b"a = 1\n<<<<<<< HEAD\nb = 1\n=======\nb = 2\n>>>>>>> x\n", "unfinished git merge", 2),
    "a binary": (bytes(range(256)), "not UTF-8", None),
}


@pytest.mark.parametrize(("content", "says", "line"), HOSTILE.values(), ids=HOSTILE)
def test_one_error_names_the_place(content: bytes, says: str, line: int | None) -> None:
    with pytest.raises(FileError) as caught:
        parse_toml(content, Path("x.handoff.toml"))
    assert says in caught.value.message
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    assert caught.value.where is not None
    assert caught.value.where.path == Path("x.handoff.toml")
    if line is not None:
        assert caught.value.where.line == line


@pytest.mark.parametrize("content", [b"a = nan\n", b"a = -inf\n", b"a = 0xffffffffffffffffffffffff\n", b""])
def test_odd_values_that_toml_allows_are_read(content: bytes) -> None:
    parse_toml(content, Path("x"))


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"),
    ],
    ids=["BOM", "CRLF", "both"],
)
def test_a_file_that_windows_touched_loads_as_it_was(change: object) -> None:
    assert callable(change)
    touched = parse_toml(change(EXAMPLE.encode()), Path("x"))
    assert loads(touched) == loads(parse_toml(EXAMPLE.encode(), Path("x")))


@pytest.mark.parametrize("line", ["a." * 200, "1. " * 100, "." * 300, '"' + "x." * 100, "[" + "y." * 100 + "]"])
@pytest.mark.parametrize("quotes", ['"""', "'''"])
def test_dots_in_a_text_are_nobodys_key(line: str, quotes: str) -> None:
    text = f"{HEAD}\n[business_state]\njourney = {quotes}\n{line}\n{quotes}\n# {line}\n"
    assert loads(parse_toml(text.encode(), Path("x"))).value("business_state.journey") == clean(line)


def test_what_is_not_a_regular_file_is_refused_and_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.handoff.toml")
    for path in (tmp_path, tmp_path / "pipe.handoff.toml", Path("/dev/zero")):
        with pytest.raises(FileError, match="This is not a file"):
            read_toml(path)


def test_refusing_a_folder_leaves_nothing_open(tmp_path: Path) -> None:
    def next_handle() -> int:
        handle = os.open(os.devnull, os.O_RDONLY)
        os.close(handle)
        return handle

    before = next_handle()
    with pytest.raises(FileError):
        read_toml(tmp_path)
    assert next_handle() == before


def test_a_file_over_four_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "x.handoff.toml"
    with path.open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    with pytest.raises(FileError, match="larger than 4 MB"):
        read_toml(path)
    path.write_bytes(b"#" * MAX_BYTES)
    assert read_toml(path).data == {}


def test_a_file_that_is_not_there_or_not_ours_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        read_toml(tmp_path / "nothing.toml")
    with pytest.raises(FileError, match="not a file name"):
        read_toml(Path("a\x00b"))
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(FileError, match="cannot be opened"):
        read_toml(tmp_path / "loop")


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")  # root may open everything

    monkeypatch.setattr(os, "open", denied)
    with pytest.raises(FileError, match="permission denied"):
        read_toml(tmp_path / "x.toml")


def test_a_hostile_file_is_an_entry_with_its_problem_at_home(tmp_path: Path) -> None:
    path = tmp_path / "x.handoff.toml"
    path.write_bytes(HOSTILE["a conflict"][0])
    assert "unfinished git merge" in entry(path).problem
    with pytest.raises(FileError, match="unfinished git merge"):
        HandoffFile.read(path)
