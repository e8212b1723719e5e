"""TOML text with our own order and table headers; `tomli_w` formats each flat body.

Left to itself `tomli_w` would put whole tables on one line, and a changed cell would be a large diff.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import tomli_w

__all__ = ["body", "table"]

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def body(values: Mapping[str, Any]) -> str:
    """Return flat key-value lines; a list has one item a line."""
    return tomli_w.dumps(values, multiline_strings=True)


def table(path: tuple[str, ...], values: Mapping[str, Any], *, array: bool = False) -> Iterator[str]:
    """Yield the blocks of a table and of all tables inside it: a header, its flat keys, then the nested ones.

    A table that holds only other tables has no header of its own; a row of an array always has one.
    """
    flat = {key: value for key, value in values.items() if not _nested(value)}
    if flat or array or not values:
        name = ".".join(_key(part) for part in path)
        yield (f"[[{name}]]\n" if array else f"[{name}]\n") + body(flat)
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from table((*path, key), value)
        elif _nested(value):
            for row in value:
                yield from table((*path, key), row, array=True)


def _nested(value: Any) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, list) and bool(value) and all(isinstance(item, Mapping) for item in value)
    )


def _key(part: str) -> str:
    return part if _BARE.fullmatch(part) else tomli_w.dumps({part: 0}).removesuffix(" = 0\n")
