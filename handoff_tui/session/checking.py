"""Checking files: which ones, against which templates, on which day, and what that means for whoever waits for it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handoff_tui.catalog import Catalog
from handoff_tui.checks import ALWAYS_FAIL, check, unfit_changes
from handoff_tui.core.finding import Finding, Readiness
from handoff_tui.core.interview import Interview
from handoff_tui.core.report import FileReport, Placed
from handoff_tui.core.template import Template
from handoff_tui.core.text import clean, visible
from handoff_tui.errors import HandoffError, TemplateError
from handoff_tui.session.secrecy import HIDDEN, Hush, hushed
from handoff_tui.store.library import find
from handoff_tui.store.lines import Lines
from handoff_tui.store.text import loads
from handoff_tui.tomlfile import TomlFile, read_toml

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

__all__ = ["HIDDEN", "Checker", "check_all", "failed", "files_at"]

_MANY = 60
"""Files from which a second process is worth its start."""
_PARTS = 16
"""Into how many parts the share of a process is divided: the last one is what the others may have to wait for."""


# -- one file ----------------------------------------------------------------------------------------------------


class Checker:
    """Checks files one by one; templates are read once for all files that use the same ones.

    Args:
        today: The day on which dates are past or to come.
        templates: A folder of templates to look in first.
    """

    def __init__(self, today: date, templates: Path | None = None) -> None:
        self._today = today
        self._templates = templates
        self._beside: dict[Path, Catalog] = {}
        self._catalogs: dict[tuple[Path, ...], Catalog] = {}
        self._broken: dict[tuple[tuple[Path, ...], str], TemplateError] = {}

    def check(self, path: Path) -> FileReport:
        """Return what the checks say of a file; one that cannot be read is reported, not raised."""
        try:
            file = read_toml(path)
            handoff = loads(file)
        except HandoffError as error:
            line = error.where.line if error.where else None
            return _unreadable(path, Finding("unreadable", "error", "", error.message, error.hint), line)
        try:
            template = self._template(path.parent, handoff.head.template)
        except TemplateError as error:
            # The line it names is one of the template's; the handoff is unreadable only because of it.
            place = f" ({error.where})" if error.where else ""
            said = f"Its template cannot be used. {error.message}{place}"
            finding = Finding("unreadable", "error", "handoff.template", said, error.hint)
            return _unreadable(path, finding, Lines(file).of(finding))
        verdict = check(Interview(template, handoff), self._today)
        lines = Lines(file)
        report = FileReport(
            path.as_posix(),
            handoff.head.status,
            verdict.readiness,
            tuple(Placed(finding, lines.of(finding)) for finding in verdict.findings),
            tuple(Placed(finding, lines.of(finding)) for finding in verdict.accepted),
            tuple(_notes(template)),
        )
        return _without_secrets(report, file)

    def _template(self, folder: Path, name: str) -> Template:
        """Return a template for the handoffs of a folder.

        Raises:
            TemplateError: There is none, or it has a mistake; the files that use it are not each a reason to look anew.
        """
        if folder not in self._beside:
            catalog = Catalog.beside(folder, self._templates)
            self._beside[folder] = self._catalogs.setdefault(catalog.folders, catalog)
        catalog = self._beside[folder]
        key = (catalog.folders, name)
        if key not in self._broken:
            try:
                return catalog.named(name)
            except TemplateError as error:
                self._broken[key] = error
        raise self._broken[key]


def _unreadable(path: Path, finding: Finding, line: int | None) -> FileReport:
    shown = replace(finding, message=hushed(visible(finding.message)), fix=hushed(visible(finding.fix)))
    return FileReport(path.as_posix(), "unreadable", Readiness.NOT_READY, (Placed(shown, line),))


def _notes(template: Template) -> Iterator[str]:
    unfit = {rule_id: what for rule_id, what, _ in unfit_changes(template)}
    for rule_id, change in template.rules.items():
        if rule_id in unfit:
            yield f"{rule_id} is not changed by the template {template.id}: {unfit[rule_id]}."
        else:
            what = "is off" if change.severity == "off" else "is at most a warning"
            yield f"{rule_id} {what} in the template {template.id}: {change.reason}"


def failed(report: FileReport, *, strict: bool) -> bool:
    """Say whether a file fails: an error in a final handoff, what fails anywhere; when strict, any error or warning.

    A status that nobody knows is no draft: a typing error there must not let errors pass.
    """
    for placed in report.findings:
        finding = placed.finding
        if finding.severity == "error" and (strict or report.status != "draft" or finding.rule in ALWAYS_FAIL):
            return True
        if finding.severity == "warning" and strict:
            return True
    return False


# -- secrets -----------------------------------------------------------------------------------------------------


def _without_secrets(report: FileReport, file: TomlFile) -> FileReport:
    """Return the report without the values of the secrets that its file holds: a log is read by more people.

    A rule quotes the text it is about, and a row is called by its first cell; either may be the secret.
    """
    guilty = {(item.finding.question, item.finding.row) for item in report.findings if item.finding.rule == "secret"}
    hush = Hush.of(_texts(file.data)) if guilty else Hush()

    def told(placed: Placed) -> Placed:
        finding = hush.finding(placed.finding)
        # A card number is found from a few digits of its digest, by trying.
        fingerprint = "" if (finding.question, finding.row) in guilty else finding.fingerprint
        row = None if finding.row is None else hush(finding.row)
        finding = replace(finding, question=hush(finding.question), row=row, fingerprint=fingerprint)
        return replace(placed, finding=finding)

    return replace(
        report,
        status=hush(report.status),
        findings=tuple(map(told, report.findings)),
        accepted=tuple(map(told, report.accepted)),
    )


def _texts(value: Any) -> Iterator[str]:
    """Yield every text below a value in normal form, keys too."""
    if isinstance(value, str):
        yield clean(value)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield key
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


# -- many files --------------------------------------------------------------------------------------------------


def files_at(paths: Iterable[Path]) -> list[Path]:
    """Return the handoffs at the paths, each once: those below a folder, and a file of any name.

    What does not exist, and a folder that cannot be listed, stand for themselves: nobody must think they were checked.
    """
    found: dict[str, Path] = {}
    for path in paths:
        listed = os.path.isdir(path) and os.access(path, os.R_OK | os.X_OK)  # noqa: PTH112 - never raises
        for item in find(path) if listed else [path]:
            found.setdefault(os.path.abspath(item), item)  # noqa: PTH100 - `resolve` raises on links in a circle
    return list(found.values())


def check_all(
    paths: Sequence[Path], today: date, templates: Path | None = None, *, processes: int | None = None
) -> Iterator[FileReport]:
    """Yield what the checks say of each file, in the order given; many files are shared among the processors."""
    if processes is None:
        processes = _processors() if len(paths) >= _MANY else 1
    done = 0
    if processes > 1 and len(paths) > 1:
        from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - 15 ms, for many files only

        try:
            for report in _shared(paths, today, templates, processes):
                yield report
                done += 1
        except (BrokenProcessPool, NotImplementedError, OSError):
            pass  # a machine that gives us no second process, or ended it: the rest goes on in this one
    yield from map(Checker(today, templates).check, paths[done:])


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _shared(paths: Sequence[Path], today: date, templates: Path | None, processes: int) -> Iterator[FileReport]:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - as above

    share = -(-len(paths) // (processes * _PARTS))
    parts = [paths[start : start + share] for start in range(0, len(paths), share)]
    # Ctrl+C reaches every process of the terminal; only this one answers it.
    quiet = (signal.SIGINT, signal.SIG_IGN)
    pool = ProcessPoolExecutor(processes, mp_context=_context(), initializer=signal.signal, initargs=quiet)
    try:
        for reports in pool.map(partial(_check_part, today=today, templates=templates), parts):
            yield from reports
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


def _context() -> BaseContext:
    """Return how processes begin: as a copy of this one where that is safe, for it has everything loaded."""
    import multiprocessing  # noqa: PLC0415 - as above

    alone = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if alone else "spawn")


def _check_part(paths: Sequence[Path], *, today: date, templates: Path | None) -> list[FileReport]:
    return list(map(_checker(today, templates).check, paths))


@lru_cache(maxsize=1)
def _checker(today: date, templates: Path | None) -> Checker:
    """Return the one checker of a process that does parts: it has read the templates already."""
    return Checker(today, templates)
