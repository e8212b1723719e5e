"""Where the bundled question templates and the examples lie."""

from __future__ import annotations

from pathlib import Path

__all__ = ["bundled_examples", "bundled_templates"]

_PACKAGE = Path(__file__).resolve().parent


def bundled_templates() -> Path:
    """Return the folder of the bundled templates.

    A wheel carries them inside the package; an editable install and a plain checkout have them beside it.
    """
    packaged = _PACKAGE / "_templates"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "templates"


def bundled_examples() -> Path:
    """Return the folder of the finished handoffs that people look at first; packaged as the templates are."""
    packaged = _PACKAGE / "_examples"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "docs" / "examples"
