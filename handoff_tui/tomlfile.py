"""Reading TOML that a person or another program wrote: bounded, and with every mistake named by its place.

Python's `tomllib` raises four kinds of error, hangs on a FIFO and takes seconds on a few kilobytes of dotted
keys; `read_toml` turns all of that into one `FileError`. `outline` gives what `tomllib` does not: the line on
which each key stands, and the comments between them.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handoff_tui.errors import FileError, Where

__all__ = ["Comment", "Entry", "TomlFile", "has_comments", "outline", "parse_toml", "read_bytes", "read_toml"]

MAX_BYTES = 4 * 1024 * 1024
MAX_LINES = 100_000
MAX_DOTS = 64
"""Of one key; a longer one costs tomllib quadratic time (python/cpython#149231)."""
MAX_DEPTH = 100
_LONG_NUMBER = re.compile(r"0[xob][0-9A-Fa-f_]{1000}")
"""Longer ones Python reads and does not write out again."""
_STRINGS = re.compile(
    r'''(?s)"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\#[^\n]*'''
)  # and comments


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A file as it was read: its bytes, its text and the parsed tables."""

    path: Path
    raw: bytes
    text: str
    data: dict[str, Any]


def read_bytes(path: Path) -> bytes:
    """Return the content of a regular file of at most 4 MiB.

    Raises:
        FileError: The file is absent, unreadable, not a regular file, or too large.
    """
    where = Where(path)
    try:
        # A FIFO would block at open without O_NONBLOCK; a regular file ignores it.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise FileError("There is no such file.", hint="Check the name and the folder.", where=where) from None
    except OSError as error:
        raise FileError(f"It cannot be opened: {_reason(error)}.", hint="Check its permissions.", where=where) from None
    except ValueError:
        raise FileError("That is not a file name.", hint="Check the name.", where=Where(repr(str(path)))) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise FileError("This is not a file.", hint="Name a handoff file, not a folder or a device.", where=where)
    with os.fdopen(handle, "rb") as stream:
        try:
            content = stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise FileError(f"It cannot be read: {_reason(error)}.", hint="Try again.", where=where) from None
    if len(content) > MAX_BYTES:
        raise FileError("It is larger than 4 MB.", hint="A handoff is a few kilobytes: is this the file?", where=where)
    return content


def read_toml(path: Path) -> TomlFile:
    """Read and parse one TOML file.

    Raises:
        FileError: It cannot be read or is not TOML; `where` carries line and column where they are known.
    """
    raw = read_bytes(path)
    return parse_toml(raw, path)


def parse_toml(raw: bytes, path: Path) -> TomlFile:
    """Parse the bytes of a TOML file; `path` is only for messages.

    Raises:
        FileError: The bytes are not UTF-8, or not TOML.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise FileError(
            "It is not UTF-8 text.", hint="Save it as UTF-8 in your editor.", where=Where(path, line)
        ) from None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    _refuse_slow_text(text, path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(str(error), text, path) from None
    except RecursionError:
        raise FileError("It is nested too deeply.", hint="Remove the nested brackets.", where=Where(path)) from None
    except ValueError:
        raise FileError("A number in it is too long.", hint="Write it as text, in quotes.", where=Where(path)) from None
    _refuse_monsters(data, text, path)
    return TomlFile(path, raw, text, data)


def _refuse_monsters(data: dict[str, Any], text: str, path: Path) -> None:
    """Refuse what Python reads and cannot work with: nesting near its limit, numbers that it will not write out."""
    if _LONG_NUMBER.search(text) and (found := _LONG_NUMBER.search(bare := _without_texts(text))):
        line = bare.count("\n", 0, found.start()) + 1
        raise FileError("A number in it is too long.", hint="Write it as text, in quotes.", where=Where(path, line))
    level: list[Any] = [data]
    for _ in range(MAX_DEPTH):
        level = [
            item
            for node in level
            for item in (node.values() if isinstance(node, dict) else node)
            if isinstance(item, (dict, list))
        ]
        if not level:
            return
    raise FileError("It is nested too deeply.", hint="Remove the nested brackets.", where=Where(path))


def _without_texts(text: str) -> str:
    """Return TOML without its texts and comments, its lines where they were."""
    return _STRINGS.sub(lambda found: "\n" * found[0].count("\n"), text)


def _refuse_slow_text(text: str, path: Path) -> None:
    lines = text.split("\n")
    if len(lines) > MAX_LINES + 1:
        raise FileError("It has more than 100,000 lines.", hint="Is this the file?", where=Where(path))
    if all(line.count(".") < MAX_DOTS for line in lines if len(line) >= MAX_DOTS):
        return
    # Dots inside a text are nobody's key; what is left between two separators is a key or a number.
    for number, line in enumerate(_without_texts(text).split("\n"), 1):
        if any(piece.count(".") >= MAX_DOTS for piece in re.split(r"[=,{}\[\]]", line)):
            raise FileError("A key in it has too many dots.", hint="Use a [table] instead.", where=Where(path, number))


_POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def _syntax_error(message: str, text: str, path: Path) -> FileError:
    found = _POSITION.search(message)
    reason = message[: found.start()] if found else message
    line, column = None, None
    if found and found[1]:
        line, column = int(found[1]), int(found[2])
    elif found:
        line = text.rstrip("\n").count("\n") + 1
    if re.search(r"^(<{7}|={7}|>{7})( |$)", text, re.MULTILINE):
        reason = "it holds the marks of an unfinished git merge (<<<<<<<)"
        hint = "Decide between the two sides and remove the marks."
    elif re.match(r"Cannot (?:declare|overwrite|mutate|define)", reason):
        named = re.search(r"\(('.*'),?\)", reason)
        written = re.match(r"""\s*\[*\s*([\w."'-]+)\s*[=\]]""", text.split("\n")[line - 1]) if line else None
        key = ".".join(re.findall(r"'([^']*)'", named[1])) if named else written[1] if written else "a key"
        reason = f"{key} is written twice"
        hint = "Keep one of the two."
    else:
        reason = reason[:1].lower() + reason[1:]
        hint = "Mend that line, or take the last version from git."
    return FileError(f"It cannot be read as TOML: {reason}.", hint=hint, where=Where(path, line, column))


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


# -- where things stand ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """A key or a table header, with the line it stands on.

    `path` has a number after the name of an array of tables: `("parties", "people", 0, "key")`.
    """

    path: tuple[str | int, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment without its `#`, and the entry it stands above or beside; `None` at the end of the file."""

    text: str
    line: int
    about: tuple[str | int, ...] | None


_KEY_PART = re.compile(r"""\s*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([A-Za-z0-9_-]+))\s*""")
_VALUE_TOKEN = re.compile(
    r'''(?s)"""(?:\\.|(?!""").)*"{3,5}|\'\'\'(?:(?!\'\'\').)*\'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[\[{]|[\]}]|\#[^\n]*|\n|[^"'\[\]{}\#\n]+'''
)


_FROM_HASH = re.compile(r"\#.*")
_QUOTED_LINE = re.compile(r"""[ \t]*(?:[\w.-]+[ \t]*=[ \t]*)?(?:"(?:[^"\\]|\\.)*"|'[^']*'),?[ \t]*""")


def has_comments(text: str, *, but: str = "") -> bool:
    """Say whether TOML holds a comment, other than one that begins with `but`; a `#` inside a text is none.

    Far less work than `outline`: most files hold many `#channels` and no comment.
    """

    def ours(comment: str) -> bool:
        return bool(but) and comment.lstrip("# \t").startswith(but)

    lines = [text[text.rfind("\n", 0, found.start()) + 1 : found.end()] for found in _FROM_HASH.finditer(text)]
    if all(_QUOTED_LINE.fullmatch(line) or ours(line) for line in lines):
        return False
    return any(found[0][0] == "#" and not ours(found[0]) for found in _STRINGS.finditer(text))


def outline(text: str) -> Iterator[Entry | Comment]:
    """Walk over TOML that `tomllib` accepts, and yield its keys, headers and comments in order."""
    table: tuple[str | int, ...] = ()
    lengths: dict[tuple[str | int, ...], int] = {}
    waiting: list[tuple[str, int]] = []
    position, line = 0, 1
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        stripped = text[position:end].strip()
        if not stripped:
            position, line = end + 1, line + 1
        elif stripped.startswith("#"):
            waiting.append((stripped[1:].strip(), line))
            position, line = end + 1, line + 1
        else:
            if stripped.startswith("["):
                table = _header(stripped, lengths)
                entry, cursor = Entry(table, line), _header_end(text, position)
            else:
                key, cursor = _key(text, position)
                entry = Entry(table + key, line)
            yield from (Comment(body, at, entry.path) for body, at in waiting)
            waiting.clear()
            yield entry
            beside, position, line = _skip_value(text, cursor, line)
            yield from (Comment(body, at, entry.path) for body, at in beside)
    yield from (Comment(body, at, None) for body, at in waiting)


def _key(text: str, position: int) -> tuple[tuple[str, ...], int]:
    parts: list[str] = []
    while found := _KEY_PART.match(text, position):
        part = next(part for part in found.groups() if part is not None)
        parts.append(tomllib.loads(f'key = "{part}"')["key"] if found[1] and "\\" in part else part)
        position = found.end()
        if text[position : position + 1] != ".":
            break
        position += 1
    return tuple(parts), position + 1  # past the `=`


def _header(stripped: str, lengths: dict[tuple[str | int, ...], int]) -> tuple[str | int, ...]:
    array = stripped.startswith("[[")
    names, _ = _key(stripped, 2 if array else 1)
    path: tuple[str | int, ...] = ()
    for index, name in enumerate(names):
        path += (name,)
        if array and index == len(names) - 1:
            lengths[path] = lengths.get(path, 0) + 1
        if path in lengths:
            path += (lengths[path] - 1,)
    return path


def _header_end(text: str, position: int) -> int:
    while text[position] in " \t[":
        position += 1
    _, after = _key(text, position)
    end = after - 1
    while text[end : end + 1] == "]":
        end += 1
    return end


def _skip_value(text: str, position: int, line: int) -> tuple[list[tuple[str, int]], int, int]:
    """Step over a value to the start of the next line; collect comments inside and beside it."""
    depth = 0
    comments: list[tuple[str, int]] = []
    while position < len(text):
        found = _VALUE_TOKEN.match(text, position)
        if found is None:
            position += 1
            continue
        token = found[0]
        position = found.end()
        if token == "\n" and depth == 0:
            return comments, position, line + 1
        if token.startswith("#"):
            comments.append((token[1:].strip(), line))
        elif token in "[{":
            depth += 1
        elif token in "]}":
            depth -= 1
        line += token.count("\n")
    return comments, position, line
