"""A rule of the findings, as people look it up: what it reads, how heavy it is, and its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from handoff_tui.core.finding import Severity

__all__ = ["ALL", "FILE", "Page", "Reads", "Rule"]

Reads: TypeAlias = Mapping[str, Mapping[str, tuple[str, ...]]]
"""The questions a rule reads, by full id: column id -> the choices it names; the column of a single answer is ""."""

ALL = "all"
"""The scope of a rule that holds for every template."""
FILE = "The file and each answer"
"""The theme of the checks by kind and of the file, which carry no number."""


@dataclass(frozen=True, slots=True)
class Page:
    """What `explain` says of a rule, in words for people who don't write code."""

    looks_for: str
    why: str
    bad: str
    good: str
    fix: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: `severity` is the heaviest it can be, `weight` says when it is lighter.

    Args:
        id: Its name in files and on the command line.
        title: What it is about, in a few words.
        severity: The heaviest it can be.
        page: What `explain` says.
        weight: When it is an error, when a warning; empty where it is always the same.
        number: Its number in the list of rules; none for the checks by kind and of the file.
        theme: What it belongs to.
        scope: `all`, or the template that it and those that extend it obey.
        moment: The moment it waits for; empty for both.
        reads: What it reads; it does not run where a template lacks one of the questions.
        by_itself: Whether one answer is enough to see it, also where it reads several: it is told when that is given.
        guards_file: Whether it protects the file itself, so that no template may turn it off.
    """

    id: str
    title: str
    severity: Severity
    page: Page
    weight: str = ""
    number: int | None = None
    theme: str = FILE
    scope: str = ALL
    moment: str = ""
    reads: Reads = field(default_factory=dict)
    by_itself: bool = False
    guards_file: bool = False
