"""YAML that every reader takes for the same: what a person typed is always text, and never a number, a date or a key.

Written here and not by a library. PyYAML quotes by the rules of YAML 1.1, so that a reader of 1.2, as Backstage is,
takes its bare `1e3` for a number; ruamel.yaml quotes by those of 1.2, so that a reader of 1.1 takes its bare `yes` for
a truth. And what is not decided stands in comments, which neither writes for plain data. The shapes are few: mappings
with keys of ours, lists, text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from handoff_tui.core.text import visible

__all__ = ["Node", "Noted", "documents", "scalar"]

Node: TypeAlias = "str | Sequence[Node] | Mapping[str, Node] | Noted"


@dataclass(frozen=True, slots=True)
class Noted:
    """A value with comments above its key; a comment without words is none."""

    value: Node
    notes: Sequence[str] = ()


# What no version of YAML takes for anything but text: it begins with a letter, and nothing in it joins but these.
_BARE = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_./:][A-Za-z0-9]+)*")
_NOT_TEXT = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null"})
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def documents(*mappings: Mapping[str, Node]) -> str:
    """Return mappings as the documents of one file; empty values and their keys are left out."""
    return "---\n".join("".join(f"{line}\n" for line in _mapping(mapping, "")) for mapping in mappings)


def scalar(text: str) -> str:
    """Return text on one line, in quotes unless nobody could take it for anything else."""
    if _BARE.fullmatch(text) and text.casefold() not in _NOT_TEXT:
        return text
    return '"' + "".join(map(_character, visible(text))) + '"'


def _character(character: str) -> str:
    """Return a character as it may stand between double quotes in YAML 1.1 and 1.2 alike."""
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _comment(text: str) -> str:
    """Return text for behind a `#`: on one line, for the end of the line is the end of the comment."""
    line = " ".join(visible(text).split())
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in line)


def _mapping(mapping: Mapping[str, Node], indent: str) -> Iterator[str]:
    for key, node in mapping.items():
        value = node
        if isinstance(node, Noted):
            value = node.value
            yield from (f"{indent}# {_comment(note)}" for note in node.notes if note)
        if isinstance(value, str):
            yield f"{indent}{key}: {scalar(value)}"
        elif value:
            yield f"{indent}{key}:"
            yield from _block(value, f"{indent}  ")


def _block(node: Node, indent: str) -> Iterator[str]:
    if isinstance(node, Mapping):
        yield from _mapping(node, indent)
    elif isinstance(node, Sequence):
        for item in node:
            lines = [f"{indent}  {scalar(item)}"] if isinstance(item, str) else list(_block(item, f"{indent}  "))
            lines[0] = f"{indent}- {lines[0].lstrip(' ')}"
            yield from lines
