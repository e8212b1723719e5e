"""The handoffs that are measured: made from a real one, each for what its measurement needs."""

from __future__ import annotations

import copy
import tomllib
from pathlib import Path
from typing import Any

import tomli_w

from handoff_tui.catalog import Catalog
from handoff_tui.store.text import dumps, loads
from handoff_tui.tomlfile import parse_toml

__all__ = ["CHECKOUT", "at_text_question", "library", "marker_of"]

CHECKOUT = Path(__file__).resolve().parents[2]
_QUESTION = "business_state.journey"
_TABLE = ("business_state", "business_states")


def library(folder: Path, count: int) -> list[str]:
    """Put copies of a complete handoff into a folder; return their names. The last one is final, the others drafts."""
    data = _complete()
    names = [f"Integration number {index:02}" for index in range(1, count + 1)]
    for name in names:
        data["handoff"].update(name=name, status="final" if name == names[-1] else "draft")
        _write(folder / f"{name.lower().replace(' ', '-')}.handoff.toml", data)
    return names


def at_text_question(path: Path, *, rows: int | None = None) -> Path:
    """Write a complete handoff that resumes at its first question, one that is answered with text.

    With `rows` it has one table, of so many rows, instead of its own.
    """
    data = _complete()
    section, question = _QUESTION.split(".")
    data[section].pop(question, None)
    if rows is not None:
        data = _without_tables(data)
        section, table = _TABLE
        data[section][table] = [
            {"state": f"state_{index:03}", "plain_meaning": f"What state {index} means to a customer", "final": "no"}
            for index in range(1, rows + 1)
        ]
    _write(path, data)
    return path


def marker_of(path: Path) -> str:
    """Return the beginning of the question that such a handoff resumes at: short enough to stand on one line."""
    template = Catalog().load(tomllib.loads(path.read_text(encoding="utf-8"))["handoff"]["template"])
    return " ".join(template.by_id[_QUESTION].ask.split()[:3])


def _complete() -> dict[str, Any]:
    """Return the complete handoff whose size is nearest to the 12 KB that the goals are for."""
    at_hand = [*(CHECKOUT / "docs" / "examples").glob("*.handoff.toml"), CHECKOUT / "tests/render/billing.handoff.toml"]
    source = min(at_hand, key=lambda path: abs(path.stat().st_size - 12_000))
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _without_tables(data: dict[str, Any]) -> dict[str, Any]:
    """Return a handoff without rows, and without what is said about answers that it no longer has."""
    kept = copy.deepcopy(data)
    for about in ("open", "open_cells", "assumed", "not_applicable", "stale", "notes", "accepted"):
        kept.pop(about, None)
    for section in kept.values():
        if isinstance(section, dict):
            for key in [key for key, value in section.items() if _is_table(value)]:
                del section[key]
    return kept


def _is_table(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _write(path: Path, data: dict[str, Any]) -> None:
    """Write a handoff just as the program does: laid out otherwise, the same answers take three times the bytes."""
    handoff = loads(parse_toml(tomli_w.dumps(data).encode(), path))
    path.write_text(dumps(handoff, Catalog().load(handoff.head.template), path.name), encoding="utf-8")
