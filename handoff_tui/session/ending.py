"""How a run of an interview ends: everything on the disk, the exit code, what to say to the person who left."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handoff_tui.session.opened import Opened

__all__ = ["Ending", "ended"]

_INTERNAL = 70
"""The exit code of `product.md` for a mistake of ours."""


@dataclass(frozen=True, slots=True)
class Ending:
    """The exit code, what to say to the person who left, and what failed, if it did."""

    code: int
    words: str = ""
    failure: Exception | None = None


def ended(
    opened: Opened | None,
    folder: Path,
    *,
    code: int,
    signalled: bool,
    failure: Exception | None,
    templates: Path | None = None,
) -> Ending:
    """Close what was open, and return how it ended.

    Args:
        opened: The interview, if one was begun.
        folder: Where the command was called.
        code: The exit code, where nothing failed.
        signalled: Whether a signal ended it: nobody chose to leave here, and what breaks meanwhile is not told.
        failure: What failed, if anything did.
        templates: The folder of templates that the command line named.
    """
    saved = opened is None or opened.close(keep_place=signalled or failure is not None)
    words = [] if opened is None or saved else [f"NOT SAVED: {_reason(opened)}"]
    if failure is not None and not signalled:
        return Ending(_INTERNAL, "\n".join(words), failure)
    if opened is not None:
        # It brings the summary with it, which nobody needs who left from home.
        from handoff_tui.session.parting import parting_words  # noqa: PLC0415

        words.append(parting_words(opened.session, opened.path, folder, templates=templates, saved=saved))
    return Ending(code, "\n".join(words))


def _reason(opened: Opened) -> str:
    error = opened.saver.error
    return str(error) if error else "the disk did not answer in time."
