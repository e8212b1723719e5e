"""How support comes into a failure: what its agents see of it, and which answer says how support hears of it.

The drill plays it through and the on-call page prints it: both read it here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from handoff_tui.core.text import fold, mentions

__all__ = ["SIGNALS", "alert_name", "telling"]

SIGNALS: Mapping[str, str] = {
    "timeout": "delayed",
    "rate_limited": "delayed",
    "backlog": "delayed",
    "silent_carrier": "delayed",
    "source_down": "failed",
    "zendesk_down": "failed",
    "auth_expired": "failed",
    "bad_data": "failed",
    "duplicate": "conflict",
    "out_of_order": "conflict",
    "partial": "conflict",
    "money_moved_ticket_stale": "conflict",
    "decision_reversed": "conflict",
    "split_shipment": "conflict",
    "unknown_value": "unknown_value",
}
"""What an agent would see of each failure. A failure of a team's own stands for none: the room says which."""

_PAGED = re.compile(r"\b(page|alert|alarm|pager)", re.IGNORECASE)


def alert_name(text: str) -> str:
    """Return an alert's name as it is compared: `detected_by` may be typed in another case."""
    return unicodedata.normalize("NFC", text).strip().casefold()


def telling(
    rows: Sequence[tuple[str, str]],
    *,
    alert: str,
    called: Mapping[str, str],
    alerts: Iterable[str],
    people: Iterable[str],
    wakes: bool,
) -> tuple[list[int], str]:
    """Return the rows by which support hears of an alert, by index, and why these.

    An event is told in people's own words. One that names the alert goes before one that names who is called, that
    before whoever is called and tells, that before one about any page. What names another alert, or somebody else,
    is about that.

    Args:
        rows: The event of each row, and who tells, by key.
        alert: The alert, empty where a comparison notices the failure.
        called: Who is called, by key, with their names.
        alerts: The names of all alerts.
        people: The names of all people.
        wakes: Whether the alert wakes somebody.
    """
    own = [alert] if alert else []
    mine = {fold(name) for name in (*own, *called.values())}
    others = {fold(name) for name in (*alerts, *people)} - mine
    free = [at for at, (event, _) in enumerate(rows) if not mentions(event, others)]
    tiers = (
        ([at for at, (event, _) in enumerate(rows) if mentions(event, own)], "its event names the alert"),
        (
            [at for at, (event, _) in enumerate(rows) if mentions(event, called.values())],
            "its event names who is called",
        ),
        ([at for at in free if rows[at][1] in called], "it is told by who is called"),
        ([at for at in free if wakes and _PAGED.search(rows[at][0])], "it is about any page"),
    )
    return next(((found, why) for found, why in tiers if found), ([], ""))
