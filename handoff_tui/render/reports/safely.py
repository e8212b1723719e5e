"""JSON on its way out: nothing in it moves a cursor or ends the word it stands in."""

from __future__ import annotations

import json
import re
from typing import Any

__all__ = ["as_json"]

_RAW = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
"""What JSON leaves as it is and a terminal obeys."""


def as_json(value: Any) -> str:
    """Return JSON that reads back as just this value, and that a terminal may show as it stands."""
    # A file name that is no UTF-8 holds half characters, which strict readers of JSON refuse.
    text = json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "replace").decode()
    text = _RAW.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return text.replace("##[", "\\u0023#[") + "\n"  # a command, to the log of a build on GitHub
