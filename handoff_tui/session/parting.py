"""The last words of an interview: what is answered and open, where the file is, how to resume."""

from __future__ import annotations

import shlex
from pathlib import Path

from handoff_tui.core.dates import say_date
from handoff_tui.core.text import one_line, plural
from handoff_tui.session.finish import by_owner, open_points, summary_of
from handoff_tui.session.pasting import tables_unread
from handoff_tui.session.session import Session
from handoff_tui.store.file import document_path

__all__ = ["parting_words"]


def parting_words(
    session: Session,
    path: Path,
    folder: Path,
    *,
    templates: Path | None = None,
    most: int | None = None,
    saved: bool = True,
) -> str:
    """Return what to say on leaving, some lines of plain text.

    Args:
        session: The interview that is left.
        path: Its file.
        folder: Where the command was called; the file is named from there.
        templates: The folder of templates that the command line named: without it the handoff is not opened again.
        most: How many lines of open points to show, where there is room for so many only.
        saved: Whether all of it is on the disk; where it is not, nothing here says so.
    """
    shown = str(path.relative_to(folder) if path.is_relative_to(folder) else path)
    named = shlex.quote(f"./{shown}" if shown.startswith("-") else shown)
    program = "handoff-wizard" + (f" --templates {shlex.quote(str(templates))}" if templates else "")
    lines = [f"{session.summary_line()}."]
    open_lines: list[str] = []
    for owner, points in by_owner(open_points(session)).items():
        open_lines.append(f"  {owner or 'nobody yet'}:")
        open_lines += [f"    {point.what}{f', by {say_date(point.due)}' if point.due else ''}" for point in points]
    if most is not None and len(open_lines) > most:
        open_lines = [*open_lines[:most], f"  … and {len(open_lines) - most} lines more, printed when you leave"]
    lines += open_lines
    lines += [
        f"{plural(len(cells), 'cell')} of “{label}” cannot be read yet; what was typed is kept beside the file only."
        for label, cells in tables_unread(session).items()
    ]
    lines += [f"Saved in {shown}."] if saved else []
    document = document_path(path)
    if document.exists() and not _is_current(document, session):
        lines.append(f"The summary {document.name} is older: {program} render {named}")
    if session.interview.only is None:
        lines.append(f"Resume: {program} resume {named}")
    else:
        lines += [
            f"Resume the prework: {program} new {named} --prework",
            f"With every question: {program} resume {named}",
        ]
    return "\n".join(map(one_line, lines))  # a name may hold line ends, and a reader would take them for ours


def _is_current(document: Path, session: Session) -> bool:
    try:
        return document.read_text(encoding="utf-8") == summary_of(session)
    except (OSError, UnicodeDecodeError):
        return False
