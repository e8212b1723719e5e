"""The last words of an interview: what is answered and open, where the file is, how to resume."""

from __future__ import annotations

import shlex
from pathlib import Path

from handoff_tui.core.dates import say_date
from handoff_tui.core.text import visible
from handoff_tui.session.finish import grouped, open_points
from handoff_tui.session.session import Session

__all__ = ["parting_words"]


def parting_words(session: Session, path: Path, folder: Path) -> str:
    """Return what to say on leaving, some lines of plain text; `folder` is where the command was called."""
    shown = path.relative_to(folder) if path.is_relative_to(folder) else path
    lines = [f"{session.summary_line()}."]
    for owner, points in grouped(open_points(session)).items():
        lines.append(f"  {owner or 'nobody yet'}:")
        lines += [f"    {point.what}{f', by {say_date(point.due)}' if point.due else ''}" for point in points]
    lines.append(f"Saved in {shown}.")
    lines.append(f"Resume: handoff-wizard resume {shlex.quote(str(shown))}")
    return visible("\n".join(lines))
