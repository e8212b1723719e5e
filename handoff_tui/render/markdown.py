"""Markdown as GitHub and GitLab show it, built so that what a person typed is never markup.

`Markup` is text that is Markdown already; every builder escapes whatever is plain `str`. Inside a `Markup` a line
feed is a line break and an empty line begins a new paragraph: each builder writes them as its place allows, a
backslash at the line's end in a paragraph, `<br>` in a cell, a space in a heading.

Escapes are those of `robustness.md`, "Markdown", less those that no reader of Markdown can need: a document is also
read raw, in a diff, and it is full of `past_due`, `#support-live` and `08:00`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NewType

from handoff_tui.core.text import visible

__all__ = [
    "Block",
    "Markup",
    "address",
    "alert",
    "bullets",
    "document",
    "escape",
    "fence",
    "heading",
    "join",
    "led",
    "link",
    "numbered",
    "paragraph",
    "plain",
    "quote",
    "slug",
    "strong",
    "table",
]


class Markup(str):
    """Text that is Markdown already."""

    __slots__ = ()


Block = NewType("Block", str)
"""Finished lines of a document, without a line feed at either end."""


# -- text --------------------------------------------------------------------------------------------------------

_SPECIAL = re.compile(
    r"""
      [\\`*{}\[\]<|~$^]
    | (?<!_)_+(?!_)                     # a run of underscores: see _escaped
    | & (?=[A-Za-z0-9#])                # an entity
    | [@!%] (?=[\w"\[])                 # a mention, a merge request, a milestone
    | (?<!&) [#] (?![^\W\d_])           # 12, or the end of a heading; a channel's name needs nothing
    | == +                              # a highlight
    | : (?=\S) (?! (?<=[0-9]:) [0-9] )  # https://, :smile:, but not 08:00
    | (?<![A-Za-z0-9]) [Ww]{3} \.       # www.
    | ^ (?: [>\#=:] | [-+] (?![A-Za-z0-9]) | [0-9]+ [.)] (?=\s|$) )
    """,
    re.VERBOSE,
)


def escape(text: str) -> Markup:
    """Return text as Markdown that shows just that text: its lines trimmed, several empty lines as one.

    Proven by `tests/properties/test_markdown_round_trip.py`.
    """
    lines = [line.strip() for line in visible("\n".join(text.splitlines())).split("\n")]
    escaped = "\n".join(_SPECIAL.sub(_escaped, line) for line in lines)
    return Markup(re.sub(r"\n{3,}", "\n\n", escaped).strip("\n"))


def _escaped(found: re.Match[str]) -> str:
    what = found[0]
    if what[0] == "_":
        before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
        # CommonMark 0.31, rules 2 and 6: between letters and digits an underscore neither opens nor closes emphasis.
        return what if before.isalnum() and after.isalnum() else what.replace("_", r"\_")
    if len(what) > 1 and what[-1] in ".)":
        return f"{what[:-1]}\\{what[-1]}"
    return "".join(f"\\{character}" for character in what)


_ADDRESS = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]{0,200}(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/?#=&+-]{0,400})?")


def address(text: str) -> Markup:
    """Return text that is as a whole a plain web address as a link that shows it; any other text escaped.

    A runbook is needed in a hurry. Only characters that no reader of Markdown decodes are let through.
    """
    return Markup(f"<{text}>") if _ADDRESS.fullmatch(text) else escape(text)


def inline(content: str) -> Markup:
    """Return the content as Markdown: escaped unless it is that already."""
    return content if isinstance(content, Markup) else escape(content)


def join(*parts: str, by: str = "") -> Markup:
    """Return the parts that are not empty as one, with our own words `by` between them."""
    return Markup(by.join(part for part in map(inline, parts) if part))


def led(words: str, content: str, after: str = "") -> Markup:
    """Return the content between our own words; nothing for nothing."""
    text = inline(content)
    return Markup(f"{words}{text}{after}") if text else Markup()


# A backslash before punctuation, the marks of bold, an address, a link to a heading: all that these builders write.
_MARKS = re.compile(r"\\([!-/:-@\[-`{-~])|\*\*|<(https?://[^<>\s]+)>|\[((?:\\.|[^\[\]\\])*)\]\(#[^()\s]*\)")


def plain(content: Markup) -> str:
    """Return the text that a reader of this Markdown sees, for documents that are none; ours only.

    Proven by `tests/properties/test_markdown_round_trip.py`.
    """
    return _MARKS.sub(lambda found: found[1] or found[2] or plain(Markup(found[3] or "")), content)


def strong(content: str, after: str = "") -> Markup:
    """Return the content in bold and on one line, `after` are our own words; nothing for nothing.

    White space or punctuation must stand on both sides of it.
    """
    line = _one_line(content)
    return Markup(f"**{line}{after}**") if line else Markup()


def link(content: str, target: str) -> Markup:
    """Return a link to a heading of this document; `target` is a `slug`. A heading without a letter has none."""
    return Markup(f"[{_one_line(content)}](#{target})" if target else _one_line(content))


def slug(title: str) -> str:
    """Return the name that GitHub and GitLab give a heading, for links to it."""
    return re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")


def _one_line(content: str) -> str:
    return " ".join(inline(content).split())


# -- blocks ------------------------------------------------------------------------------------------------------


def heading(level: int, content: str) -> Block:
    """Return a heading of level 1 to 6."""
    return Block(f"{'#' * level} {_one_line(content)}")


def paragraph(content: str) -> Block:
    """Return one paragraph, or as many as the content has."""
    return Block(re.sub(r"(?<!\n)\n(?!\n)", "\\\\\n", inline(content)))


def bullets(items: Iterable[str]) -> Block:
    """Return a list; empty items are left out."""
    return Block("\n".join(_item("- ", content) for content in items if content))


def numbered(items: Iterable[str]) -> Block:
    """Return a numbered list; empty items are left out."""
    full = [content for content in items if content]
    return Block("\n".join(_item(f"{number}. ", content) for number, content in enumerate(full, 1)))


def _item(mark: str, content: str) -> str:
    return mark + re.sub(r"\n(?!\n)", "\n" + " " * len(mark), paragraph(content))


def quote(content: str) -> Block:
    """Return a block quote."""
    return Block("\n".join(f"> {line}".rstrip() for line in paragraph(content).split("\n")))


def alert(kind: str, content: str) -> Block:
    """Return a quote that GitHub and GitLab colour; `kind` is NOTE, TIP, IMPORTANT, WARNING or CAUTION."""
    return Block(f"> [!{kind}]\n{quote(content)}")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Block:
    """Return a table; each row has as many cells as the header."""
    lines = [_row(header), _row([Markup("---")] * len(header)), *map(_row, rows)]
    return Block("\n".join(lines))


def _row(cells: Sequence[str]) -> str:
    return "|" + "".join(f" {_cell(cell)} |" for cell in cells)


def _cell(content: str) -> str:
    return inline(content).replace("\n", "<br>")


def fence(text: str, language: str = "") -> Block:
    """Return text in a fence that is longer than any run of backticks in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    marks = "`" * max(3, longest + 1)
    return Block(f"{marks}{language}\n{text}\n{marks}")


def document(blocks: Iterable[str]) -> str:
    """Return the blocks that are not empty as one text with one line feed at its end.

    A list right after a list has another mark: with the same one the two would be one list.
    """
    full: list[str] = []
    for block in blocks:
        follows = bool(full) and block.startswith("- ") and full[-1].startswith("- ")
        full += [re.sub("^- ", "* ", block, flags=re.MULTILINE) if follows else block] if block else []
    return "\n\n".join(full) + "\n"
