"""What goes into the journal as an interview goes on.

A step is written as what changed: the answers before and after it, in the words of the file itself. So it can be
replayed on a file that already holds some of it, and joined with what somebody else wrote there meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from handoff_tui.core.handoff import Handoff
from handoff_tui.core.template import Template
from handoff_tui.errors import FileError
from handoff_tui.session.session import Session
from handoff_tui.store.journal import Journal, Record
from handoff_tui.store.text import dumps, loads
from handoff_tui.tomlfile import parse_toml

__all__ = ["Recorder", "Step", "identity", "read_step"]

_WHOLE = ("head", "open_cells", "accepted", "conflict", "extra")
"""What is written as a whole when any of it changed."""
_LARGE = 4 * 1024 * 1024


class Recorder:
    """Writes what changed in a session since the last time into its journal.

    Args:
        session: The interview.
        journal: Where to.
        base: Gives what the file holds, as far as we know: the journal has everything from there on.
    """

    def __init__(self, session: Session, journal: Journal, base: Callable[[], Handoff]) -> None:
        self._session = session
        self._journal = journal
        self._base = base
        self._handoff: Handoff
        self._place: Mapping[str, Any]
        self._drafts: dict[str, Any]
        self._limit: int
        self._begin()

    def record(self) -> None:
        """Write what changed: answers, the place, text that is not accepted yet.

        What a full disk did not take is written with the next change.
        """
        session = self._session
        if session.handoff is not self._handoff:
            step = _step(self._handoff, session.handoff, session.template)
            if step is None or self._journal.write(step):
                self._handoff = session.handoff
        place = _place_of(session)
        if place != self._place and self._journal.write({"at": place}):
            self._place = place
        if session.drafts != self._drafts:
            self._record_drafts()
        if self._journal.size > self._limit:
            self._begin()

    def _record_drafts(self) -> None:
        now = self._session.drafts
        for key in self._drafts.keys() - now.keys():
            if self._journal.write({"draft": key}):
                del self._drafts[key]
        for key, raw in now.items():
            if (key not in self._drafts or self._drafts[key] != raw) and self._journal.write(
                {"draft": key, "raw": raw}
            ):
                self._drafts[key] = raw

    def _begin(self) -> None:
        """Begin a journal that holds only what is in no file."""
        session = self._session
        self._handoff, self._place, self._drafts = session.handoff, _place_of(session), dict(session.drafts)
        self._journal.begin(self._all())
        self._limit = self._journal.size + _LARGE

    def _all(self) -> Iterator[Record]:
        yield {"of": identity(self._handoff)}
        if step := _step(self._base(), self._handoff, self._session.template):
            yield step
        yield {"at": self._place}
        yield from ({"draft": key, "raw": raw} for key, raw in self._drafts.items())


def identity(handoff: Handoff) -> list[str]:
    """Return what tells one handoff from another: a journal may be copied, or its file replaced."""
    head = handoff.head
    return [head.template, str(head.created), head.name]


def _place_of(session: Session) -> dict[str, Any]:
    back, form = session.return_to, session.form_of
    place: dict[str, Any] = {"kind": session.place.kind, "id": session.place.id, "wanted": sorted(session.wanted)}
    place |= {"back": [back.kind, back.id]} if back else {}
    place |= {"form": form, "cell": session.cell} if form is not None else {}
    return place | ({"dialog": session.dialog} if session.dialog else {})


# -- steps -------------------------------------------------------------------------------------------------------


def _step(before: Handoff, after: Handoff, template: Template) -> dict[str, Any] | None:
    """Return what a step changed, as two handoffs that hold nothing else; `None` where it changed nothing."""
    ids = [key for key in {**before.answers, **after.answers} if before.answer(key) is not after.answer(key)]
    changed = [key for key in ids if before.answer(key) != after.answer(key)]
    whole = [name for name in _WHOLE if getattr(before, name) != getattr(after, name)]
    if not changed and not whole:
        return None
    return {
        "changed": changed,
        "whole": whole,
        "was": _text(before, changed, template),
        "now": _text(after, changed, template),
    }


def _text(handoff: Handoff, ids: Iterable[str], template: Template) -> str:
    part = replace(handoff, answers={key: handoff.answers[key] for key in ids if key in handoff.answers})
    return dumps(part, template, "journal")


@dataclass(frozen=True, slots=True)
class Step:
    """A step as it is read back; `parts` are the ids of answers, and names of what is kept as a whole."""

    parts: tuple[str, ...]
    was: Handoff
    now: Handoff

    def undone(self, handoff: Handoff) -> Handoff:
        """Return a handoff as it was before the step."""
        return self._put(handoff, self.was)

    def done(self, handoff: Handoff) -> Handoff:
        """Return a handoff as it is after the step."""
        return self._put(handoff, self.now)

    def _put(self, handoff: Handoff, values: Handoff) -> Handoff:
        for name in self.parts:
            if name in _WHOLE:
                handoff = replace(handoff, **{name: getattr(values, name)})
            else:
                handoff = handoff.with_answer(name, values.answer(name))
        return handoff

    @staticmethod
    def part(handoff: Handoff, name: str) -> Any:
        """Return what stands in a handoff under the name of a part."""
        return getattr(handoff, name) if name in _WHOLE else handoff.answer(name)


def read_step(record: Mapping[str, Any]) -> Step | None:
    """Return the step that a record holds; `None` where it cannot be read."""
    try:
        was, now = (loads(parse_toml(str(record[key]).encode(), Path("journal"))) for key in ("was", "now"))
        whole = [name for name in record["whole"] if name in _WHOLE]
        return Step((*map(str, record["changed"]), *whole), was, now)
    except (KeyError, TypeError, ValueError, FileError):  # ValueError: half a character
        return None
