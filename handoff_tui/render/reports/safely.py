"""User text on its way out: nothing in it moves a cursor, breaks a line, or ends the word it stands in."""

from __future__ import annotations

import json
import re
from typing import Any

from handoff_tui.core.text import visible

__all__ = ["as_json", "one_line"]

_RAW = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
"""What JSON leaves as it is and a terminal obeys."""


def one_line(text: str) -> str:
    """Return text as one line that is safe to show; what would break the line is a visible symbol."""
    return visible(text).replace("\n", "\N{SYMBOL FOR LINE FEED}").replace("\t", " ")


def as_json(value: Any) -> str:
    """Return JSON that reads back as just this value, and that a terminal may show as it stands."""
    # A file name that is no UTF-8 holds half characters, which strict readers of JSON refuse.
    text = json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "replace").decode()
    return _RAW.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"
