"""A second reader of Markdown, of another family: what one of them forgives, the other need not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import mistune

__all__ = ["kinds", "texts"]

_LINES = ("paragraph", "block_text", "heading", "table_cell")
"""The blocks that hold lines of text."""


@cache
def _reader() -> mistune.Markdown:
    return mistune.create_markdown(renderer=None, plugins=["table", "strikethrough", "url", "task_lists", "footnotes"])


def _blocks(markdown: str) -> list[dict[str, Any]]:
    tokens = _reader()(markdown)
    assert isinstance(tokens, list)
    return tokens


def kinds(markdown: str) -> list[str]:
    """Return the kinds of all blocks and of everything inside them but text."""
    return [token["type"] for token in _all(_blocks(markdown)) if token["type"] not in ("text", "blank_line")]


def texts(markdown: str) -> list[str]:
    """Return the text that a reader sees of each block; what is neither text nor a break is named."""
    return [_shown(token["children"]) for token in _all(_blocks(markdown)) if token["type"] in _LINES]


def _all(tokens: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for token in tokens:
        yield token
        yield from _all(token.get("children", []))


def _shown(tokens: list[dict[str, Any]]) -> str:
    seen: list[str] = []
    for token in tokens:
        if token["type"] == "text":
            seen.append(token["raw"])
        elif token["type"] == "linebreak" or (token["type"], token.get("raw")) == ("inline_html", "<br>"):
            seen.append("\n")
        else:
            seen.append(f"<{token['type']}>{_shown(token.get('children', []))}")
    return "".join(seen)
