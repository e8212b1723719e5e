"""One question on the screen: the question first, then why, the field, an example, the buttons."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from handoff_tui.core.answers import State
from handoff_tui.core.conflicts import conflicts_in
from handoff_tui.core.finding import Finding, grouped
from handoff_tui.core.kinds import ManyKind
from handoff_tui.core.question import Question
from handoff_tui.core.reading import Rejection
from handoff_tui.core.table import TableKind, rows_left
from handoff_tui.core.text import room_left
from handoff_tui.session.asking import raw_of, standing
from handoff_tui.session.pasting import unread_cells
from handoff_tui.session.session import Session
from handoff_tui.session.words import note_line, state_line
from handoff_tui.tui.typeahead import focus_now
from handoff_tui.tui.widgets.chrome import Action
from handoff_tui.tui.widgets.field import Field
from handoff_tui.tui.widgets.fields import field_for
from handoff_tui.tui.widgets.table import TableBody
from handoff_tui.tui.widgets.versions import Versions
from handoff_tui.tui.words import safe

__all__ = ["QuestionPage"]


class PageBody(Vertical):
    """What stands above the buttons; it tells when it grows or shrinks."""

    class Resized(Message):
        """Posted when its size changed."""

    def on_resize(self) -> None:
        """Tell of the new size."""
        self.post_message(self.Resized())


class QuestionPage(Vertical):
    """A question and the way to answer it. It reads the session; it changes nothing there."""

    def __init__(self, session: Session, question: Question) -> None:
        super().__init__(id="page", classes="table" if isinstance(question.field, TableKind) else question.field.kind)
        self.session = session
        self.question = question
        self._initial: object = None

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        question = self.question
        with VerticalScroll(id="page-scroll", can_focus=False), PageBody(id="page-body"):
            yield Static(Content(question.ask), markup=False, id="ask")
            for title, text in question.adds:
                yield Static(Content.assemble((f"In {title.lower()}: ", "$quiet"), text), markup=False, classes="adds")
            yield Static(Content(question.why), markup=False, id="why")
            yield Static(markup=False, id="state")
            if conflicts := conflicts_in(self.session.handoff, question.id):
                yield Versions(question, conflicts, self.session.people())
            yield self._body()
            yield Static(markup=False, id="wrong")
            yield Static(markup=False, id="room")
            yield Static(markup=False, id="remark")
            yield Static(
                Content.assemble(("For example: ", "$quiet"), (question.example, "$quiet")), markup=False, id="example"
            )
            if question.hint:
                hint = " ".join(question.hint.split())
                yield Static(Content.styled(hint, "$quiet"), markup=False, id="hint")
        with Horizontal(id="buttons"):
            yield Action("Continue", id="continue", action="screen.go_on", main=True)
            yield Action("Still true", id="reconfirm", action="screen.reconfirm")
            yield Action("Don't know yet", id="dont-know", action="screen.dont_know")
            yield Action("Note", id="note", action="screen.note")
        if isinstance(question.field, TableKind):
            with Horizontal(id="row-buttons"):
                yield Action("Keep this row", id="row-keep", action="screen.go_on", main=True)
                yield Action("Don't know this cell", id="row-open", action="screen.dont_know")
                yield Action("Close", id="row-close", action="screen.back")

    def _body(self) -> Field | TableBody:
        if isinstance(self.question.field, TableKind):
            return TableBody(self.question.field)
        draft = self.session.drafts.get(self.question.id)
        return field_for(self.question.field, self.session.context, self._standing if draft is None else draft)

    @property
    def _standing(self) -> object:
        """What stands there without anything typed: the answer, or what is suggested."""
        return standing(self.session, self.question)

    def on_mount(self) -> None:
        """Show the state, the rows, and begin at the field."""
        self.show_state()
        if self.table is not None:
            self.show_rows(self.session.row)
        else:
            self._remember()
            self._say_room()
        # Somebody else has it open: it is read, and not typed into.
        self.query_one(PageBody).disabled = bool(self.session.read_only)
        self.call_after_refresh(self.take_focus)
        if self.query(Versions):  # what is to be decided comes before what is acted on
            self.call_after_refresh(self._show_top)
        self._name_button()

    def _show_top(self) -> None:
        # Behind the scrolling to what was just focused, which waits in the same queue.
        self.screen.call_later(self.query_one("#page-scroll", VerticalScroll).scroll_home, animate=False)

    def on_resize(self) -> None:
        """Fit the page to a new size of the screen."""
        self._fit()

    def on_page_body_resized(self, event: PageBody.Resized) -> None:
        """Fit the page to a new size of what is on it."""
        event.stop()
        self._fit()

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted beside the fields of a table as rows of it."""
        if self.table is not None:
            event.stop()
            self.post_message(TableBody.Pasted(event.text))

    def _fit(self) -> None:
        """Keep the buttons in sight: what does not fit above them scrolls."""
        self.set_class(self.query_one(PageBody).size.height + 2 > self.size.height, "-full")

    def _remember(self) -> None:
        if self.field is not None and not isinstance(self.question.field, TableKind):
            drafted = self.question.id in self.session.drafts
            self._initial = raw_of(self.question.field, self._standing) if drafted else self.field.raw

    def keep_typed(self) -> None:
        """Keep what is typed and not accepted, as it is; the journal has every key of it."""
        if self.field is not None and self.touched:
            self.session.keep_draft(self.question.id, self.field.raw)

    # -- parts ---------------------------------------------------------------------------------------------------

    @property
    def field(self) -> Field | None:
        """The field, where the answer is no table."""
        return None if self.table else self.query_one(Field)

    @property
    def table(self) -> TableBody | None:
        """The table's rows and form, where the answer is a table."""
        found = self.query(TableBody)
        return found.first() if found else None

    @property
    def touched(self) -> bool:
        """Whether something is typed or chosen that was not accepted yet."""
        if self.field is None or self._initial is None:  # a page that is just being made
            return False
        return self.field.raw != self._initial or self.question.id in self.session.drafts

    def take_focus(self) -> None:
        """Focus what a person acts on."""
        if self.session.read_only:
            focus_now(self.query_one("#continue"))
        elif self.table is not None:
            self.table.take_focus()
        elif self.field is not None:
            self.field.take_focus()

    # -- showing -------------------------------------------------------------------------------------------------

    def show_state(self) -> None:
        """Show what stands behind the answer: suggested, open, assumed, stale, the note."""
        session, question = self.session, self.question
        answer = session.handoff.answer(question.id)
        parts: list[Content] = []
        if said := state_line(session, answer):
            parts.append(
                safe(("! " if answer.stale else "? " if answer.state is State.OPEN else "") + said, "$warning")
            )
        if answer.value is None and question.suggest is not None and answer.mark is None:
            parts.append(Content.styled("suggested: Continue makes it the answer", "$quiet"))
        if answer.note:
            parts.append(safe(note_line(session, answer.note), "$quiet"))
        line = self.query_one("#state", Static)
        line.update(Content("\n").join(parts))
        line.set_class(bool(parts), "said")
        self.query_one("#reconfirm", Action).display = answer.stale is not None

    def show_rows(self, at: int | None = None) -> None:
        """Show the rows of a table as they stand."""
        if self.table is not None:
            session, question = self.session, self.question
            rows, open_cells = session.rows(question.id), session.handoff.open_in(question.id)
            self.table.show(rows, open_cells, session.people(), at, unread=unread_cells(session, question.id))
            self._tell_room(rows_left(len(rows)))

    def _say_room(self) -> None:
        """Tell of the limit before it is met: what is over it is kept as it was typed, and is no answer."""
        raw = self.field.raw if self.field is not None else ""
        self._tell_room(room_left(raw) if isinstance(raw, str) else "")

    def _tell_room(self, said: str) -> None:
        line = self.query_one("#room", Static)
        line.update(safe(said))
        line.display = bool(said)

    def remark(self, findings: Sequence[Finding], *, about: str = "") -> None:
        """Say what is wrong with an answer that was accepted; `about` names it where it is not the one shown here."""
        line = self.query_one("#remark", Static)
        said = [f"! {about}{group.message} {group.first.fix}" for group in grouped(findings)]
        line.update(safe("\n".join(said)))
        line.display = bool(said)

    def say_wrong(self, rejections: Sequence[Rejection]) -> None:
        """Show what is wrong with the answer; nothing typed is touched."""
        line = self.query_one("#wrong", Static)
        said = [f"! {rejection}" for rejection in rejections[:3]]
        said += [f"… and {len(rejections) - 3} more"] if len(rejections) > 3 else []
        line.update(safe("\n".join(said)))
        line.display = bool(rejections)
        if rejections:
            self.take_focus()

    def _name_button(self) -> None:
        if self.field is not None and isinstance(self.question.field, ManyKind):
            count = len(self.field.raw)
            button = self.query_one("#continue", Action)
            button.label = Content(f"Continue with {count}" if count else "Continue")
            button.refresh(layout=True)

    def on_field_changed(self, event: Field.Changed) -> None:
        """Take the old complaint away; the button counts what is chosen."""
        if self.table is None:
            self.say_wrong([])
            self._say_room()
            self._name_button()
