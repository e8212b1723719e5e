"""What goes into the journal as an interview goes on, and how it comes back after a crash.

A step is written as what changed: the answers before and after it, in the words of the file itself. So it can be
replayed on a file that already holds some of it, and joined with what somebody else wrote there meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from handoff_tui.core.handoff import Handoff
from handoff_tui.core.interview import REVIEW, Place
from handoff_tui.core.merge import merge
from handoff_tui.core.template import Template
from handoff_tui.errors import FileError
from handoff_tui.session.session import Session
from handoff_tui.store.journal import Journal
from handoff_tui.store.text import dumps, loads
from handoff_tui.tomlfile import parse_toml

__all__ = ["Recorder", "Recovered", "recover"]

_WHOLE = ("head", "open_cells", "accepted", "conflict", "extra")
"""What is written as a whole when any of it changed."""
_LARGE = 2 * 1024 * 1024


class Recorder:
    """Writes what changed in a session since the last time into its journal."""

    def __init__(self, session: Session, journal: Journal, saved: Callable[[], bool]) -> None:
        self._session = session
        self._journal = journal
        self._saved = saved
        self._handoff = session.handoff
        self._place: object = None
        self._drafts: dict[str, Any] = dict(session.drafts)
        self._begin()

    def record(self) -> None:
        """Write what changed: answers, the place, text that is not accepted yet."""
        session = self._session
        if session.handoff is not self._handoff:
            before, self._handoff = self._handoff, session.handoff
            self._write(_step(before, session.handoff, session.template))
        place = _place_of(session)
        if place != self._place:
            self._place = place
            self._write({"at": place})
        if session.drafts != self._drafts:
            for key in self._drafts.keys() - session.drafts.keys():
                self._write({"draft": key})
            for key, raw in session.drafts.items():
                if key not in self._drafts or self._drafts[key] != raw:
                    self._write({"draft": key, "raw": raw})
            self._drafts = dict(session.drafts)
        if self._journal.size > _LARGE and self._saved():
            self._begin()

    def rebase(self) -> None:
        """Begin anew after the file was brought in from outside: steps before it no longer lead anywhere."""
        self._handoff = self._session.handoff
        self._begin()

    def _begin(self) -> None:
        """Begin a journal that holds only what is in no file."""
        self._journal.begin()
        self._place = _place_of(self._session)
        self._write({"at": self._place})
        for key, raw in self._session.drafts.items():
            self._write({"draft": key, "raw": raw})

    def _write(self, record: Mapping[str, Any]) -> None:
        self._journal.write(record)


def _place_of(session: Session) -> dict[str, Any]:
    back = session.return_to
    place: dict[str, Any] = {"kind": session.place.kind, "id": session.place.id, "wanted": sorted(session.wanted)}
    place |= {"back": [back.kind, back.id]} if back else {}
    place |= {"row": session.row} if session.row is not None else {}
    return place | ({"form": True} if session.form_open else {})


# -- steps -------------------------------------------------------------------------------------------------------


def _step(before: Handoff, after: Handoff, template: Template) -> dict[str, Any]:
    """Return what a step changed, as two handoffs that hold nothing else."""
    ids = [key for key in {**before.answers, **after.answers} if before.answer(key) is not after.answer(key)]
    changed = [key for key in ids if before.answer(key) != after.answer(key)]
    whole = [name for name in _WHOLE if getattr(before, name) != getattr(after, name)]
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
class _Step:
    """A step as it is read back."""

    changed: tuple[str, ...]
    whole: tuple[str, ...]
    was: Handoff
    now: Handoff


def _read_step(record: Mapping[str, Any]) -> _Step | None:
    try:
        was, now = (loads(parse_toml(str(record[key]).encode(), Path("journal"))) for key in ("was", "now"))
        return _Step(tuple(map(str, record["changed"])), tuple(map(str, record["whole"])), was, now)
    except (KeyError, TypeError, FileError):
        return None


def _put(handoff: Handoff, step: _Step, part: Handoff) -> Handoff:
    """Return a handoff in which what a step changed is as in `part`."""
    for key in step.changed:
        handoff = handoff.with_answer(key, part.answer(key))
    return replace(handoff, **{name: getattr(part, name) for name in step.whole if name in _WHOLE})


# -- after a crash -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a journal brings back: the handoff, where the interview stood, text that was not accepted."""

    handoff: Handoff
    place: Place | None = None
    return_to: Place | None = None
    row: int | None = None
    form_open: bool = False
    wanted: frozenset[str] = frozenset()
    drafts: Mapping[str, Any] = field(default_factory=dict)
    steps: int = 0
    conflicts: int = 0

    def place_in(self, session: Session) -> None:
        """Bring a session to where the interview stood."""
        session.drafts.update(self.drafts)
        session.wanted |= self.wanted
        if self.place is not None:
            session.place, session.return_to = self.place, self.return_to
            session.row, session.form_open = self.row, self.form_open

    def in_words(self, *, torn: bool = False) -> str:
        """Return what was recovered, in a sentence; empty where there was nothing."""
        parts = []
        if self.steps:
            parts.append(f"{self.steps} step{'s' * (self.steps != 1)} that the file did not have yet")
        if self.drafts:
            parts.append("what you had typed and not accepted yet")
        said = f"Recovered: {' and '.join(parts)}." if parts else ""
        said += " A line that could not be read is kept beside the journal." if torn else ""
        if self.conflicts:
            said += " The file was changed meanwhile: both versions are kept where they differ."
        return said.strip()


def recover(handoff: Handoff, template: Template, records: Iterable[Mapping[str, Any]]) -> Recovered:
    """Return a handoff as its file has it with what the journal knows besides."""
    steps: list[_Step] = []
    place: Mapping[str, Any] = {}
    drafts: dict[str, Any] = {}
    for record in records:
        if isinstance(record.get("at"), dict):
            place = record["at"]
        elif isinstance(record.get("draft"), str):
            drafts.pop(record["draft"], None)
            drafts |= {record["draft"]: record["raw"]} if "raw" in record else {}
        elif "changed" in record and (step := _read_step(record)):
            steps.append(step)
    joined, left, conflicts = _replay(handoff, template, steps)
    back, row, wanted = place.get("back"), place.get("row"), place.get("wanted")
    return Recovered(
        joined,
        _place(place.get("kind"), place.get("id"), template),
        _place(back[0], back[1], template) if isinstance(back, list) and len(back) == 2 else None,
        row if isinstance(row, int) else None,
        place.get("form") is True,
        frozenset(wanted if isinstance(wanted, list) else ()) & template.section_by_id.keys(),
        drafts,
        left,
        conflicts,
    )


def _replay(handoff: Handoff, template: Template, steps: list[_Step]) -> tuple[Handoff, int, int]:
    """Return the handoff with the steps its file lacks, how many those were, and the conflicts that came of it."""
    for done in range(len(steps), -1, -1):
        # The file holds the first `done` steps, if it is as it was after them.
        state = handoff
        for step in reversed(steps[done:]):
            state = _put(state, step, step.was)
        for step in steps[:done]:
            state = _put(state, step, step.now)
        if state == handoff:
            for step in steps[done:]:
                handoff = _put(handoff, step, step.now)
            return handoff, len(steps) - done, 0
    # Somebody else wrote meanwhile: their version, ours, and the one both began with.
    base = handoff
    for step in reversed(steps):
        base = _put(base, step, step.was)
    ours = base
    for step in steps:
        ours = _put(ours, step, step.now)
    merged = merge(base, ours, handoff, template)
    return merged.handoff, len(steps), len(merged.conflicts)


def _place(kind: object, place_id: object, template: Template) -> Place | None:
    """Return a place that exists in the template."""
    if kind == "question" and place_id in template.by_id:
        return Place("question", str(place_id))
    if kind == "read_back" and place_id in template.section_by_id:
        return Place("read_back", str(place_id))
    return REVIEW if kind == "review" else None
