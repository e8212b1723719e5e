"""What comes back after a crash: the steps that no file has, the place, text that was not accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from handoff_tui.core.handoff import Handoff
from handoff_tui.core.interview import REVIEW, Place
from handoff_tui.core.kinds import ManyKind
from handoff_tui.core.merge import merge
from handoff_tui.core.table import TableKind
from handoff_tui.core.template import Template
from handoff_tui.session.recording import Step, identity, read_step
from handoff_tui.session.session import BESIDE, Session
from handoff_tui.store.journal import Record

__all__ = ["Recovered", "recover"]


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a journal brings back: the handoff, where the interview stood, text that was not accepted.

    Args:
        handoff: The handoff with everything that was accepted.
        at: Where the interview stood, as it was recorded.
        drafts: Text not accepted yet, as in a session.
        steps: How many steps the file did not have.
        conflicts: How many of them somebody else had changed differently meanwhile.
        foreign: Whether the journal is of another handoff; nothing of it is used then.
        unused: Records that are of no use here: damaged, or of questions that the template no longer has.
    """

    handoff: Handoff
    at: Mapping[str, Any] = field(default_factory=dict)
    drafts: Mapping[str, Any] = field(default_factory=dict)
    steps: int = 0
    conflicts: int = 0
    foreign: bool = False
    unused: Sequence[Record] = ()

    def place_in(self, session: Session) -> None:
        """Bring a session to where the interview stood."""
        at, template = self.at, session.template
        session.drafts.update(self.drafts)
        wanted = at.get("wanted")
        if isinstance(wanted, list):
            session.wanted |= {name for name in wanted if isinstance(name, str) and name in template.section_by_id}
        place, back = _place(at.get("kind"), at.get("id"), template), at.get("back")
        if place is None:
            return
        session.place = place
        session.return_to = _place(back[0], back[1], template) if isinstance(back, list) and len(back) == 2 else None
        session.dialog, session.cell = (str(at.get(key, "")) for key in ("dialog", "cell"))
        if isinstance(at.get("form"), str):
            session.reopen_form(at["form"])

    def in_words(self) -> str:
        """Return what was recovered, in a sentence; empty where there was nothing."""
        parts = []
        if self.steps:
            parts.append(f"{self.steps} step{'s' * (self.steps != 1)} that the file did not have yet")
        if self.drafts:
            parts.append("what you had typed and not accepted yet")
        said = f"Recovered: {' and '.join(parts)}." if parts else ""
        if self.conflicts:
            said += " The file was changed meanwhile: both versions are kept where they differ."
        return said


def recover(handoff: Handoff, template: Template, records: Iterable[Record], *, cut: bool = False) -> Recovered:
    """Return a handoff as its file has it with what the journal knows besides.

    With `cut`, the end of the file is missing: what the file lacks is no edit of anybody.
    """
    steps: list[Step] = []
    at: Mapping[str, Any] = {}
    of: object = None
    drafts: dict[str, Record] = {}
    unused: list[Record] = []
    for record in records:
        if isinstance(record.get("at"), dict):
            at = record["at"]
        elif isinstance(key := record.get("draft"), str):
            drafts.pop(key, None)
            drafts |= {key: record} if "raw" in record else {}
        elif "changed" in record and (step := read_step(record)):
            steps.append(step)
        elif "of" in record:
            of = record["of"]
        elif "holder" not in record:
            unused.append(record)
    if of is not None and not _is_of(of, handoff, steps):
        return Recovered(handoff, foreign=True)
    unused += [record for key, record in drafts.items() if not _fits(key, record["raw"], template)]
    kept = {key: record["raw"] for key, record in drafts.items() if record not in unused}
    joined, left, conflicts = _replay(handoff, template, steps, cut=cut)
    return Recovered(joined, at, kept, left, conflicts, unused=unused)


def _is_of(of: object, handoff: Handoff, steps: Sequence[Step]) -> bool:
    """Say whether a journal belongs to a handoff; its name may have been changed in one of the steps."""
    known = [identity(part) for step in steps for part in (step.was, step.now)]
    return identity(handoff) in [of, *known]


def _replay(handoff: Handoff, template: Template, steps: Sequence[Step], *, cut: bool) -> tuple[Handoff, int, int]:
    """Return the handoff with the steps its file lacks, how many those were, and the conflicts that came of it."""
    expected = {name: Step.part(step.now, name) for step in steps for name in step.parts}
    differs = {name for name, value in expected.items() if Step.part(handoff, name) != value}
    for done in range(len(steps), -1, -1):
        # The file holds the first `done` steps, if all they touch is as it was after them.
        if not differs:
            return _done(handoff, steps[done:]), len(steps) - done, 0
        for name in steps[done - 1].parts if done else ():
            same = Step.part(handoff, name) == Step.part(steps[done - 1].was, name)
            (differs.discard if same else differs.add)(name)
    if cut:
        return _done(handoff, steps), len(steps), 0
    # Somebody else wrote meanwhile: their version, ours, and the one both began with.
    base = handoff
    for step in reversed(steps):
        base = step.undone(base)
    merged = merge(base, _done(base, steps), handoff, template)
    return merged.handoff, len(steps), len(merged.conflicts)


def _done(handoff: Handoff, steps: Iterable[Step]) -> Handoff:
    for step in steps:
        handoff = step.done(handoff)
    return handoff


def _fits(key: str, raw: object, template: Template) -> bool:
    """Say whether what was typed can be shown again: its question is there, and of a kind to which it belongs."""
    beside = key.startswith(BESIDE)
    question_id, hash_, _ = (key.partition(":")[2] if beside else key).partition("#")
    question = template.by_id.get(question_id)
    if question is None or (hash_ and not isinstance(question.field, TableKind)):
        return False
    if beside or hash_:
        return isinstance(raw, dict) and all(map(_is_raw, raw.values()))
    if isinstance(question.field, TableKind):
        return False
    return _is_raw(raw) and isinstance(raw, list) == isinstance(question.field, ManyKind)


def _is_raw(raw: object) -> bool:
    texts = raw if isinstance(raw, list) else [raw]
    return raw is None or all(isinstance(text, str) for text in texts)


def _place(kind: object, place_id: object, template: Template) -> Place | None:
    """Return a place that exists in the template."""
    if not isinstance(place_id, str):
        return None
    if kind == "question" and place_id in template.by_id:
        return Place("question", place_id)
    if kind == "read_back" and place_id in template.section_by_id:
        return Place("read_back", place_id)
    return REVIEW if kind == "review" else None
