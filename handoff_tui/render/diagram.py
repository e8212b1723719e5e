"""Mermaid flowcharts, which GitHub and GitLab draw; first of them the way of the updates.

Only what cannot mean anything to Mermaid stands in a label as typed; all else is written as entity codes
(mermaid.js.org, "Entity codes to escape characters"), so a label can neither end, nor break the chart, nor become
Markdown or HTML. `tests/browser/test_diagrams.py` lets Mermaid itself draw them.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from handoff_tui.core.text import short, visible
from handoff_tui.render.markdown import Block, fence
from handoff_tui.render.view import View

__all__ = ["Chart", "flowchart", "mermaid_label"]

PATHS = "failure_handling.delivery_paths"
SYSTEMS = "parties.systems"
_LONGEST = 60
"""Characters of a line in the chart; the tables have all of it."""
_NAMED = {'"': "quot", "<": "lt", ">": "gt", "&": "amp"}
_CODED = re.compile(
    r"""
      [^\w\ .-]                                      # all but letters, digits, spaces and joints
    | (?<![A-Za-z0-9])[-_.] | [-_.](?![A-Za-z0-9])   # joints, but for those inside past_due and v1.2
    | (?<=[Ww]{3})\.                                 # www. begins a link, and Mermaid draws none
    | (?<=direction)\                                # "direction TB" is a command wherever it stands
    """,
    re.VERBOSE,
)

# What Mermaid reads out of a label even after it has decoded it: a line break, a formula, an icon, its own codes.
_READ_LATE = re.compile(r"(?<=\\)(?=n) | (?<=\$)(?=\$) | (?<=:)(?=fa-) | (?<=ﬂ)(?=°) | (?<=¶)(?=ß)", re.VERBOSE)


def mermaid_label(*lines: str) -> str:
    """Return lines as a quoted Mermaid label that shows just that text, each cut at 60 characters.

    A label of nothing says that it is not decided yet. A word joiner, which nobody sees, parts what Mermaid would
    still read as something else.
    """
    shown = [line for text in lines if (line := short(visible(text), _LONGEST))]
    coded = [_CODED.sub(_code, _READ_LATE.sub("\N{WORD JOINER}", line)) for line in shown]
    return f'"{"<br/>".join(coded) or "not decided yet"}"'


def _code(found: re.Match[str]) -> str:
    return f"#{_NAMED.get(found[0], ord(found[0]))};"


class Chart:
    """A flowchart from left to right. What has one key is one node; a node stands where it is first named."""

    def __init__(self) -> None:
        self._ids: dict[Hashable, str] = {}
        self._nodes: list[str] = []
        self._edges: list[str] = []

    def has(self, key: Hashable) -> bool:
        """Say whether there is such a node."""
        return key in self._ids

    def node(self, key: Hashable, *lines: str) -> None:
        """Add a node, if it is new."""
        if key not in self._ids:
            self._ids[key] = f"n{len(self._ids) + 1}"
            self._nodes.append(f"    {self._ids[key]}[{mermaid_label(*lines)}]")

    def edge(self, start: Hashable, end: Hashable, lines: Iterable[str] = (), *, gap: bool = False) -> None:
        """Join two nodes; a gap is drawn as a broken line."""
        said = [line for line in lines if line]
        label = f"|{mermaid_label(*said)}|" if said else ""
        self._edges.append(f"    {self._ids[start]} {'-.->' if gap else '-->'}{label} {self._ids[end]}")

    def block(self) -> Block:
        """Return the chart as Markdown."""
        return fence("\n".join(["flowchart LR", *self._nodes, *self._edges]), "mermaid")


def flowchart(view: View) -> list[Block]:
    """Return the way of the updates: systems are nodes, delivery paths are edges; nothing where no path is known."""
    rows = view.rows(PATHS)
    if not rows:
        return []
    chart = Chart()
    for name in [str(row["name"]) for row in view.rows(SYSTEMS) if "name" in row]:
        chart.node(name, name)
    for row in rows:
        _path(view, row, chart)
    return [chart.block()]


def _path(view: View, row: Mapping[str, Any], chart: Chart) -> None:
    """Draw a path; systems that are not listed yet join the nodes, an unknown one as the empty name."""
    start, end = (_plain(row.get(end)) for end in ("from", "to"))
    chart.node(start, start)
    chart.node(end, end)
    said = [_plain(row.get("path")), _words(view, row, "trigger")]
    if window := _plain(row.get("retry_window")):
        said.append("no retries" if window == "0s" else f"retried for {window}")
    chart.edge(start, end, said)


def _plain(value: Any) -> str:
    return str(value) if value is not None else ""


def _words(view: View, row: Mapping[str, Any], column_id: str) -> str:
    """Return a cell in words, as they are and not as Markdown."""
    table = view.table(PATHS)
    column = next((item for item in table.columns if item.id == column_id), None) if table else None
    value = row.get(column_id)
    if column is None or value is None:
        return ""
    return column.field.say(value) if column.field.check(value) is None else str(value)
