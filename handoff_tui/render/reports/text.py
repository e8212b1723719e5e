"""Findings for people: what is wrong and what to do first, then where, then the name to look it up by."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from handoff_tui.core.finding import SEVERITIES, Acceptance, Finding, Group, Readiness, grouped
from handoff_tui.core.report import FileReport, Placed, Totals
from handoff_tui.core.text import brief, one_line, plural
from handoff_tui.render.reports.setting import Setting

__all__ = ["text"]

_GUTTER = 11
_BOLD, _DIM = "1", "2"
_COLOURS = {"error": "31", "warning": "33", "advice": "36", "accepted": "2"}
_READY = {Readiness.NOT_READY: "31", Readiness.WITH_OPEN_POINTS: "33", Readiness.READY: "32"}


def text(reports: Sequence[FileReport], setting: Setting) -> str:
    """Return each file with its findings, the heaviest first; then what the templates change, and the totals."""
    pen = _Pen(setting)
    blocks = [list(pen.file(report)) for report in reports]
    ends = list(pen.end(reports))
    lines: list[str] = []
    for block, following in pairwise([*blocks, ends]):
        lines += block
        # Calm lines stand together; a file with findings has room around it, and so has the end.
        if following and (len(block) > 1 or len(following) > 1 or following is ends):
            lines.append("")
    # The log of a build on GitHub takes what stands behind these for a command, wherever in a line.
    return "".join(f"{line}\n" for line in (*lines, *ends)).replace("##[", "## [")


class _Pen:
    """Writes lines of a given width, coloured if they may be."""

    def __init__(self, setting: Setting) -> None:
        self._width = setting.width
        self._colour = setting.colour

    # -- a file --------------------------------------------------------------------------------------------------

    def file(self, report: FileReport) -> Iterator[str]:
        """Yield the line of a file, and the findings below it."""
        yield self._head(report)
        told: tuple[str, ...] = ()
        for word, placed, reason in _parts(report):
            for group, lines in _groups(placed):
                fix = reason or f"Fix: {group.first.fix}"
                # What is mended in the same way is told together: a draft of a few answers lacks thirty others.
                again = told == (word, group.first.rule, fix)
                told = (word, group.first.rule, fix)
                yield from self._also(group) if again else self._said(word, group, fix)
                yield from self._places(_path(report), group, lines)

    def _head(self, report: FileReport) -> str:
        if report.unreadable:
            state = "cannot be read"
        else:
            state = report.readiness.words.replace("ready with", "ready, with")
            if report.status == "final":
                state = f"final, but {state}" if report.readiness is Readiness.NOT_READY else f"final and {state}"
        counts = "" if report.unreadable else _counts(Totals.of([report]))
        accepted = f"{len(report.accepted)} accepted" if report.accepted else ""
        said = ", ".join(part for part in (counts, accepted) if part)
        painted = self._paint(state, _BOLD, _READY[report.readiness])
        return f"{self._paint(_path(report), _BOLD)}: {painted}{f'; {said}' if said else ''}."

    def _said(self, word: str, group: Group, fix: str) -> Iterator[str]:
        """Yield message and fix beside the word for how heavy it is, so that no text of a person begins a line."""
        yield ""
        margin = " " * _GUTTER
        beside = f"  {self._paint(word, _BOLD, _COLOURS[word])}{margin[2 + len(word) :]}"
        for number, line in enumerate(self._wrapped(one_line(group.message))):
            yield (margin if number else beside) + self._paint(line, _BOLD)
        tag = f"[{group.first.rule}]"
        for line in self._wrapped(f"{one_line(fix)} {tag}"):
            said = line.removesuffix(tag)
            yield margin + said + (self._paint(tag, _DIM) if said != line else "")

    def _also(self, group: Group) -> Iterator[str]:
        for line in self._wrapped(f"Also: {one_line(group.message)}"):
            yield " " * _GUTTER + self._paint(line, _BOLD)

    def _places(self, path: str, group: Group, lines: Sequence[int | None]) -> Iterator[str]:
        """Yield a place a line, however long: terminals and editors open `path:line:` only in one piece."""
        for finding, line in zip(group.findings, lines, strict=True):
            where = f"{path}:{line}:" if line else f"{path}:"
            what = _place(finding)
            if line or what:
                yield " " * _GUTTER + self._paint(f"{where} {what}".rstrip(), _DIM)

    def _wrapped(self, said: str, margin: int = _GUTTER) -> list[str]:
        wrapped: list[str] = []
        for line in textwrap.wrap(said, self._width - margin, break_long_words=False, break_on_hyphens=False):
            # In a log of GitHub Actions a line that begins with :: is a command to the runner.
            if wrapped and line.startswith("::"):
                wrapped[-1] += f" {line}"
            else:
                wrapped.append(line)
        return wrapped or [""]

    def _paint(self, said: str, *codes: str) -> str:
        return f"\x1b[{';'.join(codes)}m{said}\x1b[0m" if self._colour and said else said

    # -- the end -------------------------------------------------------------------------------------------------

    def end(self, reports: Sequence[FileReport]) -> Iterator[str]:
        """Yield what the templates change, how to learn more, and the totals; nothing after one calm line."""
        notes = list(dict.fromkeys(note for report in reports for note in report.notes))
        for note in notes:
            first, *more = self._wrapped(f"Note: {one_line(note)}", margin=2)
            yield from (first, *(f"  {line}" for line in more))
        if notes:
            yield ""
        told = any(report.findings or report.accepted for report in reports)
        if told:
            yield self._paint("Why, with an example: handoff-wizard explain RULE", _DIM)
        if told or len(reports) > 1:
            yield self._totals(reports)

    def _totals(self, reports: Sequence[FileReport]) -> str:
        unreadable = sum(report.unreadable for report in reports)
        states = [report.readiness for report in reports if not report.unreadable]
        told = {state.words: states.count(state) for state in Readiness} | {"unreadable": unreadable}
        alone = len(reports) == 1
        said = ", ".join(words if alone else f"{count} {words}" for words, count in told.items() if count)
        counts = _counts(Totals.of(reports))
        return self._paint(f"{plural(len(reports), 'file')}: {said}{f'; {counts}' if counts else ''}.", _BOLD)


def _parts(report: FileReport) -> Iterator[tuple[str, list[Placed], str]]:
    """Yield what stands by how heavy it is, then what was accepted by who accepted it, with their words."""
    for severity in SEVERITIES:
        yield severity, [item for item in report.findings if item.finding.severity == severity], ""
    accepted: dict[Acceptance | None, list[Placed]] = {}
    for item in report.accepted:
        accepted.setdefault(item.finding.accepted, []).append(item)
    for by, placed in accepted.items():
        yield "accepted", placed, f"Accepted by {by.by}: {by.reason}" if by else "Accepted."


def _groups(placed: Iterable[Placed]) -> Iterator[tuple[Group, list[int | None]]]:
    """Yield what is said once, with the line of every place."""
    lines = {id(item.finding): item.line for item in placed}
    for group in grouped(item.finding for item in placed):
        yield group, [lines[id(finding)] for finding in group.findings]


def _counts(totals: Totals) -> str:
    said = [
        plural(totals.errors, "error") if totals.errors else "",
        plural(totals.warnings, "warning") if totals.warnings else "",
        plural(totals.advice, "piece of advice", "pieces of advice") if totals.advice else "",
    ]
    return ", ".join(part for part in said if part)


def _path(report: FileReport) -> str:
    path = one_line(report.path)
    return f"./{path}" if path.startswith(":") else path


def _place(finding: Finding) -> str:
    """Return question and row; nothing for the file as a whole."""
    row = None if finding.row is None else brief(one_line(finding.row)) or "(no name)"
    return " · ".join(part for part in (brief(one_line(finding.question)), row) if part)
