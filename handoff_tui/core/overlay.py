"""A scenario laid over its base, as the plain tables that a template file holds.

An extending template adds and never replaces: whoever knows the base can read a scenario as a list of additions,
and a question asked in one scenario is the same question in all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["HEAD", "RULES", "SECTION_KEYS", "Mistake", "Path", "overlay", "sections_in"]

Raw = dict[str, Any]
Path = tuple[str, ...]

HEAD = ("format", "version", "title", "about", "extends")
RULES = "rules"
"""The one table of a template that is no section: the rules of the findings that it turns off or lowers."""
SECTION_KEYS = ("title", "asks", "theme", "minutes", "before")
_REPLACES = ("example", "hint", "suggest")
_EXTENDS_LISTS = ("seeds", "required_rows", "also")
_DEFAULT_PLACE = "close"


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a template, at which key, and what to do."""

    path: Path
    message: str
    fix: str


def overlay(below: Mapping[str, Any], above: Mapping[str, Any]) -> tuple[Raw, list[Mistake]]:
    """Lay an extending template over the one below it.

    Returns:
        The merged tables, in which `adds` is a list of (title, text), and what was wrong with the upper one. What
        is wrong is left out of the result.
    """
    merged: Raw = dict(below) | {key: above[key] for key in HEAD if key in above}
    mistakes: list[Mistake] = []
    for section_id, section in above.items():
        if not isinstance(section, dict):
            if section_id not in HEAD:
                mistakes.append(_unknown((section_id,), HEAD))
        elif section_id == RULES:
            merged[RULES] = _rules(below.get(RULES), section, mistakes)
        elif section_id in HEAD:
            mistakes.append(Mistake((section_id,), "this is a key of the head, not a section", "rename the section"))
        elif not isinstance(merged.get(section_id), dict):
            merged = _insert(merged, section_id, section, mistakes)
        else:
            merged[section_id] = _section(merged[section_id], section, section_id, above.get("title", ""), mistakes)
    return merged, mistakes


def sections_in(raw: Mapping[str, Any]) -> list[str]:
    """Return the ids of the sections in the tables of a template, in their order."""
    return [key for key, value in raw.items() if isinstance(value, dict) and key != RULES]


def _rules(below: Any, above: Raw, mistakes: list[Mistake]) -> Raw:
    """Return the changes of the rules; here the upper template may replace, for it knows its team's reasons."""
    known = below if isinstance(below, dict) else {}
    mistakes += [
        Mistake((RULES, rule), "this repeats the template below", "take it out")
        for rule, change in above.items()
        if known.get(rule) == change
    ]
    return {**known, **above}


def _insert(merged: Raw, section_id: str, section: Raw, mistakes: list[Mistake]) -> Raw:
    place = section.get("before", _DEFAULT_PLACE)
    body = {key: value for key, value in section.items() if key != "before"}
    if not isinstance(place, str) or not isinstance(merged.get(place), dict):
        if "before" in section:
            mistakes.append(
                Mistake((section_id, "before"), f"there is no section {place}", "name a section that exists")
            )
        return merged | {section_id: body}
    ordered: Raw = {}
    for key, value in merged.items():
        if key == place:
            ordered[section_id] = body
        ordered[key] = value
    return ordered


def _section(below: Raw, above: Raw, section_id: str, title: str, mistakes: list[Mistake]) -> Raw:
    merged = dict(below)
    for name, question in above.items():
        path = (section_id, name)
        if not isinstance(question, dict):
            mistakes.append(
                Mistake(path, f"“{section_id}” is a section of the template below", "take this key out; add questions")
            )
        elif isinstance(below.get(name), dict):
            merged[name] = _question(below[name], question, path, title, mistakes)
        elif "kind" in question:
            merged[name] = question
        else:
            near = [key for key, value in below.items() if isinstance(value, dict)]
            mistakes.append(
                Mistake(
                    path,
                    "the template below has no such question",
                    f"use one of {', '.join(near)}, or give the new question a kind",
                )
            )
    return merged


def _question(below: Raw, above: Raw, path: Path, title: str, mistakes: list[Mistake]) -> Raw:
    merged = dict(below)
    for key, value in above.items():
        here = (*path, key)
        if key == "adds":
            if isinstance(value, str) and value.strip():
                said = below.get("adds", [])
                merged["adds"] = [*(said if isinstance(said, list) else []), (title, value)]
            else:
                mistakes.append(Mistake(here, "this is not text", "write one sentence in quotes"))
        elif key == "columns" and isinstance(value, dict) and isinstance(below.get("columns", {}), dict):
            merged["columns"] = _columns(below.get("columns", {}), value, here, mistakes)
        else:
            _key(merged, below, key, value, here, mistakes)
    return merged


def _columns(below: Raw, above: Raw, path: Path, mistakes: list[Mistake]) -> Raw:
    merged = dict(below)
    for name, column in above.items():
        here = (*path, name)
        if not isinstance(column, dict):
            mistakes.append(Mistake(here, "a column is a table of keys", "write [section.question.columns.column]"))
        elif not isinstance(below.get(name), dict):
            if column.get("more") is True:
                merged[name] = column
            else:
                mistakes.append(
                    Mistake(here, "a new column must be optional", "add more = true, or use a column that exists")
                )
        else:
            merged[name] = dict(below[name])
            for key, value in column.items():
                _key(merged[name], below[name], key, value, (*here, key), mistakes)
    return merged


def _key(merged: Raw, below: Raw, key: str, value: Any, path: Path, mistakes: list[Mistake]) -> None:
    """Take over one key that an extending template may add to, or say why not."""
    if below.get(key) == value:
        mistakes.append(Mistake(path, "this repeats the template below", "take it out"))
    elif key in _REPLACES:
        merged[key] = value
    elif key == "choices" and isinstance(value, dict) and isinstance(below.get(key, {}), dict):
        twice = [choice for choice in value if choice in below.get(key, {})]
        mistakes += [
            Mistake((*path, choice), "the template below has this choice", "take it out, or use another id")
            for choice in twice
        ]
        merged[key] = below.get(key, {}) | {k: v for k, v in value.items() if k not in twice}
    elif key == "bring" and isinstance(value, dict) and isinstance(below.get(key, {}), dict):
        mistakes += [
            Mistake((*path, function), "this repeats the template below", "take it out")
            for function, text in value.items()
            if below.get(key, {}).get(function) == text
        ]
        merged[key] = below.get(key, {}) | value
    elif key in _EXTENDS_LISTS and isinstance(value, list) and isinstance(below.get(key, []), list):
        mistakes += [
            Mistake(path, f"the template below has “{item}” already", "take it out")
            for item in value
            if item in below.get(key, [])
        ]
        merged[key] = [*below.get(key, []), *(item for item in value if item not in below.get(key, []))]
    else:
        allowed = ("adds", *_REPLACES, "bring", "choices", *_EXTENDS_LISTS, "columns")
        mistakes.append(
            Mistake(
                path,
                "an extending template adds to a question and replaces nothing of it",
                f"use {', '.join(allowed[:-1])} or {allowed[-1]}",
            )
        )


def _unknown(path: Path, allowed: tuple[str, ...]) -> Mistake:
    return Mistake(path, "this key is not known", f"use one of {', '.join(allowed)}, or a [section]")
