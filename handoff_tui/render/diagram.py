"""The way of the updates as a Mermaid flowchart: systems are nodes, delivery paths are edges.

GitHub and GitLab draw a fenced `mermaid`. Only what cannot mean anything to Mermaid stands in a label as typed; all
else is written as entity codes (mermaid.js.org, "Entity codes to escape characters"), so a label can neither end,
nor break the chart, nor become Markdown or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from handoff_tui.core.text import short, visible
from handoff_tui.render.markdown import Block, fence
from handoff_tui.render.view import View

__all__ = ["flowchart", "mermaid_label"]

PATHS = "failure_handling.delivery_paths"
SYSTEMS = "parties.systems"
_LONGEST = 60
"""Characters of a name in the chart; the tables have all of it."""
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


def mermaid_label(text: str) -> str:
    """Return text as a quoted Mermaid label that shows just that text, on one line, cut at 60 characters.

    A label of nothing says that it is not decided yet.
    """
    line = short(visible(text), _LONGEST) or "not decided yet"
    return f'"{_CODED.sub(_code, line)}"'


def _code(found: re.Match[str]) -> str:
    return f"#{_NAMED.get(found[0], ord(found[0]))};"


def flowchart(view: View) -> list[Block]:
    """Return the chart; nothing where no path is known."""
    rows = view.rows(PATHS)
    if not rows:
        return []
    nodes: dict[str, str] = {}
    for name in [str(row["name"]) for row in view.rows(SYSTEMS) if "name" in row]:
        nodes.setdefault(name, f"n{len(nodes) + 1}")
    edges = [_edge(view, row, nodes) for row in rows]
    lines = [f"    {node}[{mermaid_label(name)}]" for name, node in nodes.items()]
    return [fence("\n".join(["flowchart LR", *lines, *edges]), "mermaid")]


def _edge(view: View, row: Mapping[str, Any], nodes: dict[str, str]) -> str:
    """Return the line of a path; systems that are not listed yet join the nodes, an unknown one as the empty name."""
    ends = [nodes.setdefault(_plain(row.get(end)), f"n{len(nodes) + 1}") for end in ("from", "to")]
    said = [_plain(row.get("path")), _words(view, row, "trigger")]
    if window := _plain(row.get("retry_window")):
        said.append("no retries" if window == "0s" else f"retried for {window}")
    label = "<br/>".join(mermaid_label(part)[1:-1] for part in said if part)
    return f'    {ends[0]} -->|"{label}"| {ends[1]}'


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
