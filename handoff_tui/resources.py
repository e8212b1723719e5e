"""Where the bundled question templates lie."""

from __future__ import annotations

from pathlib import Path

__all__ = ["bundled_templates"]

_PACKAGE = Path(__file__).resolve().parent


def bundled_templates() -> Path:
    """Return the folder of the bundled templates.

    A wheel carries them inside the package; an editable install and a plain checkout have them beside it.
    """
    packaged = _PACKAGE / "_templates"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "templates"
