"""An interview with its file: saved by one thread, kept in a journal by every step, joined with what others write."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from handoff_tui.core import changes
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.merge import merge
from handoff_tui.core.text import plural
from handoff_tui.errors import FileError
from handoff_tui.session.recording import Recorder
from handoff_tui.session.session import Session
from handoff_tui.store.file import HandoffFile
from handoff_tui.store.git import exclude
from handoff_tui.store.journal import Held, Journal, journal_path
from handoff_tui.store.saver import Saver

__all__ = ["Opened", "Outside", "open_journal"]


@dataclass(frozen=True, slots=True)
class Outside:
    """What somebody else did to the file while it was open.

    Args:
        taken: The ids of the answers that were taken over from them.
        disputed: The ids of those that both sides changed differently; ours stand until somebody decides.
        problem: Why the file cannot be read, where it cannot.
        gone: Whether the file is no longer there; it is not written again unasked.
    """

    taken: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    problem: str = ""
    gone: bool = False

    def in_words(self) -> str:
        """Return what it means for the answers here."""
        if self.problem:
            return f"It cannot be read now: {self.problem} Your answers are safe here, and stay in the journal."
        parts = [f"{plural(len(self.taken), 'answer')} taken over"] if self.taken else []
        parts += [f"{plural(len(self.disputed), 'answer')} to decide: both versions are kept"] if self.disputed else []
        return (", ".join(parts) or "Nothing that you have to look at") + "."


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
    _missed: int = 0
    """How often in a row the file was not there: an editor that saves by renaming takes it away for a moment."""

    @classmethod
    def of(cls, file: HandoffFile, session: Session, journal: Journal | None, recovered: str = "") -> Opened:
        """Return an interview whose every step is recorded and saved."""
        opened = cls(session, file, Saver(file), journal, None, recovered)
        opened._record_in(journal)
        session.save = opened._save
        return opened

    def _record_in(self, journal: Journal | None) -> None:
        self.journal = journal
        self.recorder = Recorder(self.session, journal, self._base) if journal is not None else None

    def _base(self) -> Handoff:
        """Return what the file holds: the journal has everything from there on."""
        return changes.renew(self.file.base, self.session.template)

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

    def close(self, *, keep_place: bool = False) -> bool:
        """Write what waits, end the saver and let go of the handoff; say whether all is on the disk.

        With `keep_place` the next `resume` goes on at the same place: nobody chose to leave here.
        """
        self.record()
        done = self.saver.close()
        journal, self.journal, self.recorder = self.journal, None, None
        if journal is not None:
            journal.close(keep=keep_place or not done or bool(self.session.drafts))
        return done

    # -- others ------------------------------------------------------------------------------------------------------

    def look_outside(self) -> Outside | None:
        """Bring in what somebody else wrote into the file meanwhile; `None` where nobody did.

        What both sides changed differently is kept in both versions, and ours stands until somebody decides.
        """
        if self.session.read_only or not self.saver.idle:
            return None
        self._look_after_journal()
        if self.file.gone:
            return self._miss()
        self._missed = 0
        base = self.file.base
        try:
            theirs = self.file.theirs()
        except FileError as error:
            return Outside(problem=str(error))
        if theirs is None or theirs == base:
            return None
        ours, form = self.session.handoff, self.session.form_of
        merged = merge(base, ours, theirs, self.session.template)
        keys = {**ours.answers, **merged.handoff.answers}
        taken = tuple(key for key in keys if ours.answer(key).value != merged.handoff.answer(key).value)
        self.session.commit(merged.handoff, "what somebody else changed in the file")
        self.session.reopen_form(form)  # its row may stand elsewhere now
        if merged.handoff == ours:
            self.saver.submit(ours)
        disputed = tuple(dict.fromkeys(conflict.question for conflict in merged.conflicts))
        return Outside(taken, disputed)

    def _miss(self) -> Outside | None:
        """Tell once that the file is gone; from then on it counts as not saved."""
        self._missed += 1
        if self._missed != 2:
            return None
        self.saver.submit(self.session.handoff)
        return Outside(gone=True)

    def _look_after_journal(self) -> None:
        """Begin another journal where somebody cleaned this one away: it is the lock, and keeps what is typed."""
        journal = self.journal
        if journal is None or journal.stands:
            return
        with contextlib.suppress(Held):
            if (another := open_journal(self.path, fresh=True)) is not None:
                self._record_in(another)
                journal.close(keep=True)

    def save_as(self, path: Path) -> None:
        """Write the handoff into another file, or again into its own that is gone; go on there.

        The old one, if there is one, is left as it is.

        Raises:
            SaveError: That file exists, or cannot be written either.
        """
        file = HandoffFile.create(path, self.session.template, self.session.handoff)
        self.saver.move_to(file)
        self.file, self._missed = file, 0
        journal = self.journal
        if journal is not None and journal.path == journal_path(path) and journal.stands:
            return
        with contextlib.suppress(Held):
            if (another := open_journal(path, fresh=True)) is not None:
                self._record_in(another)  # before the old one goes: there is always one
                if journal is not None:
                    journal.close(keep=False)


def open_journal(path: Path, *, fresh: bool = False) -> Journal | None:
    """Open the journal of a handoff file, and let git ignore it; `None` where the folder takes none.

    With `fresh` the file is a new one: what an earlier file of that name left in its journal is kept beside it.

    Raises:
        Held: Another instance has it.
    """
    journal = Journal.open(path)
    if journal is not None:
        exclude(journal.path)
        if fresh and any("draft" in record or "changed" in record for record in journal.left):
            journal.keep_beside(journal.content(), "earlier")
    return journal
