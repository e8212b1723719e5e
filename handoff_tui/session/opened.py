"""An interview with its file: saved by one thread, kept in a journal by every step, joined with what others write."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handoff_tui.core.handoff import Handoff
from handoff_tui.core.merge import merge
from handoff_tui.errors import FileError
from handoff_tui.session.recording import Recorder
from handoff_tui.session.session import Session
from handoff_tui.store.file import HandoffFile
from handoff_tui.store.journal import Held, Journal
from handoff_tui.store.saver import Saver

__all__ = ["Opened", "Outside"]


@dataclass(frozen=True, slots=True)
class Outside:
    """What somebody else did to the file while it was open.

    Args:
        taken: The ids of the answers that were taken over from them.
        disputed: The ids of those that both sides changed differently; ours stand until somebody decides.
        problem: Why the file cannot be read, where it cannot.
    """

    taken: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    problem: str = ""


@dataclass
class Opened:
    """A session and its file; `close` waits until everything is on the disk.

    `recovered` says what a crash had left behind; empty where nothing was.
    """

    session: Session
    file: HandoffFile
    saver: Saver
    journal: Journal | None = None
    recorder: Recorder | None = None
    recovered: str = ""

    @classmethod
    def of(cls, file: HandoffFile, session: Session, journal: Journal | None, recovered: str = "") -> Opened:
        """Return an interview whose every step is recorded and saved."""
        opened = cls(session, file, Saver(file), journal, None, recovered)
        if journal is not None:
            opened.recorder = Recorder(session, journal, lambda: opened.saver.saved)
        session.save = opened._save
        return opened

    @property
    def path(self) -> Path:
        """The handoff's file."""
        return self.file.path

    def record(self) -> None:
        """Keep what changed besides the answers: the place, and text that is not accepted yet."""
        if self.recorder is not None:
            self.recorder.record()

    def _save(self, handoff: Handoff) -> None:
        self.record()  # first: the journal knows before the saver may fail
        self.saver.submit(handoff)

    def close(self) -> bool:
        """Write what waits, end the saver and let go of the handoff; say whether all is on the disk."""
        self.record()
        done = self.saver.close()
        journal, self.journal, self.recorder = self.journal, None, None
        if journal is not None:
            journal.close(keep=not done or bool(self.session.drafts))
        return done

    # -- others ------------------------------------------------------------------------------------------------------

    def look_outside(self) -> Outside | None:
        """Bring in what somebody else wrote into the file meanwhile; `None` where nobody did.

        What both sides changed differently is kept in both versions, and ours stands until somebody decides.
        """
        if self.session.read_only or not self.saver.idle:
            return None
        base = self.file.base
        try:
            theirs = self.file.theirs()
        except FileError as error:
            return Outside(problem=str(error))
        if theirs is None or theirs == base:
            return None
        ours = self.session.handoff
        merged = merge(base, ours, theirs, self.session.template)
        keys = {**ours.answers, **merged.handoff.answers}
        taken = tuple(key for key in keys if ours.answer(key).value != merged.handoff.answer(key).value)
        self.session.commit(merged.handoff, "what somebody else changed in the file")
        if merged.handoff == ours:
            self.saver.submit(ours)
        disputed = tuple(dict.fromkeys(conflict.question for conflict in merged.conflicts))
        return Outside(taken, disputed)

    def save_as(self, path: Path) -> None:
        """Write the handoff into another file, and go on there; the old one is left as it is.

        Raises:
            SaveError: That file exists, or cannot be written either.
        """
        file = HandoffFile.create(path, self.session.template, self.session.handoff)
        self.saver.move_to(file)
        self.file = file
        journal, self.journal, self.recorder = self.journal, None, None
        if journal is not None:
            journal.close(keep=False)
        try:
            self.journal = Journal.open(path)
        except Held:
            return
        if self.journal is not None:
            self.recorder = Recorder(self.session, self.journal, lambda: self.saver.saved)
