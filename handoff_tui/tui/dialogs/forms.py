"""Dialogs that are a form: a note, a newcomer, an open cell, the head; and the one that marks a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from handoff_tui.core.reading import Context, Rejection
from handoff_tui.core.table import TableKind
from handoff_tui.session.asking import MARK_WORDS
from handoff_tui.session.forms import MARK_FORMS
from handoff_tui.tui.dialogs.base import Dialog
from handoff_tui.tui.host import host_of
from handoff_tui.tui.widgets.chrome import Action
from handoff_tui.tui.widgets.field import Field
from handoff_tui.tui.widgets.form import Form
from handoff_tui.tui.widgets.options import Options

__all__ = ["Draft", "FormDialog", "MarkDialog"]

Raw = dict[str, object]


class Draft:
    """What is typed into a dialog and not accepted yet: the next time, or after a crash, it is there again.

    Args:
        drafts: Those of the session; the journal keeps them.
        key: The name of this one.
        beside: What belongs to it and is not in the form.
    """

    def __init__(self, drafts: dict[str, Any], key: str, beside: Mapping[str, object] | None = None) -> None:
        self._drafts = drafts
        self._key = key
        self._accepted = False
        self.beside = {name: value for name, value in (beside or {}).items() if isinstance(value, str | list)}
        self.raw: Raw = dict(drafts.get(key, {}))
        """What was typed before; nothing where nothing was."""

    @property
    def last(self) -> str | None:
        """The last field in which something was typed before: there it is gone on with."""
        return next((name for name, said in reversed(self.raw.items()) if said), None)

    def keep(self, raw: Raw) -> None:
        """Keep what is typed now."""
        if any(raw.values()) and not self._accepted:
            self._drafts[self._key] = {**self.beside, **raw}
        else:
            self._drafts.pop(self._key, None)

    def accept(self) -> None:
        """Forget it, also where the dialog is painted once more."""
        self._accepted = True
        self._drafts.pop(self._key, None)


class FormDialog(Dialog[bool]):
    """Ask for a form's fields; `submit` accepts them or returns what is wrong. Returns whether it was accepted."""

    def __init__(
        self,
        title: str,
        lead: str,
        form: TableKind,
        context: Context,
        raw: Mapping[str, object],
        submit: Callable[[Raw], Sequence[Rejection]],
        *,
        only: Sequence[str] | None = None,
        keep: str = "Keep",
        draft: Draft | None = None,
    ) -> None:
        super().__init__()
        self.title_text = title
        self._lead = lead
        self._draft = draft or Draft({}, "")
        self._form = Form(form, context, {**raw, **self._draft.raw}, only=only)
        self._submit = submit
        self._keep = keep

    def body(self) -> Iterable[Widget]:
        """Return the sentence above the form, and the form."""
        if self._lead:
            yield Static(Content(self._lead), markup=False, classes="dialog-lead")
        yield self._form

    def buttons(self) -> Iterable[Widget]:
        """Return the two buttons."""
        yield Action(self._keep, id="dialog-keep", action="screen.keep", main=True)
        yield Action("Close", id="dialog-close", action="screen.close")

    def on_mount(self) -> None:
        """Begin at the first empty field, or where the typing stopped."""
        self._form.take_focus(self._draft.last)

    @on(Field.Changed)
    def keep_typed(self) -> None:
        """Keep every key, as on a page."""
        if self._form.is_mounted and self._form.touched:
            self._draft.keep(self._form.raw)
            host_of(self).record()

    def action_keep(self) -> None:
        """Accept what is typed."""
        self._form.keep()

    @on(Form.Kept)
    def _kept(self, event: Form.Kept) -> None:
        event.stop()
        rejections = self._submit(event.raw)
        if rejections:
            self._form.say_wrong(rejections)
        else:
            self._draft.accept()
            self.dismiss(True)


class MarkDialog(Dialog[bool]):
    """Say "we don't know yet" in one of three ways. Returns whether the question was marked."""

    title_text = "We don't know yet"

    def __init__(
        self,
        context: Context,
        submit: Callable[[str, Raw], Sequence[Rejection]],
        *,
        kind: str,
        raw: Mapping[str, object],
        may_assume: bool,
        draft: Draft,
    ) -> None:
        super().__init__()
        self._reading = context
        self._submit = submit
        self._draft = draft
        kinds = [item for item in MARK_WORDS if item != "assumed" or may_assume]
        self._choices = {item: MARK_WORDS[item] for item in kinds}
        self._typed = draft.raw
        begun = self._typed.pop("kind", kind)
        self._kind = str(begun) if begun in kinds else kind
        self._raw = {**raw, **self._typed}

    def body(self) -> Iterable[Widget]:
        """Return the three ways, and the form of the one chosen."""
        yield Options(self._choices, chosen=[self._kind], classes="mark-kinds")
        yield Vertical(Form(MARK_FORMS[self._kind], self._reading, self._raw), id="mark-form")

    def buttons(self) -> Iterable[Widget]:
        """Return the two buttons."""
        yield Action("Mark it", id="dialog-keep", action="screen.keep", main=True)
        yield Action("Close", id="dialog-close", action="screen.close")

    def on_mount(self) -> None:
        """Begin at the form: `open` is what is meant most of the time."""
        self.query_one(Form).take_focus(self._draft.last)

    def action_keep(self) -> None:
        """Accept what is typed."""
        self.query_one(Form).keep()

    @on(Options.Changed, ".mark-kinds")
    async def _switch(self, event: Options.Changed) -> None:
        event.stop()
        self._kind = event.chosen[0]
        room = self.query_one("#mark-form", Vertical)
        # What the next form does not ask is there again on coming back.
        self._raw |= {name: said for name, said in self.query_one(Form).raw.items() if said}
        await room.remove_children()
        await room.mount(Form(MARK_FORMS[self._kind], self._reading, self._raw))

    @on(Field.Changed)
    def keep_typed(self) -> None:
        """Keep every key, as on a page."""
        for form in self.query(Form):
            if form.is_mounted and form.touched:
                self._typed |= form.raw
                self._draft.beside = {"kind": self._kind}
                self._draft.keep(self._typed)
                host_of(self).record()

    @on(Options.Submitted, ".mark-kinds")
    def _into_form(self, event: Options.Submitted) -> None:
        event.stop()
        self.query_one(Form).take_focus()

    @on(Form.Kept)
    def _kept(self, event: Form.Kept) -> None:
        event.stop()
        rejections = self._submit(self._kind, event.raw)
        if not rejections:
            self._draft.accept()
            self.dismiss(True)
            return
        here = {column.id for column in MARK_FORMS[self._kind].columns}
        self.query_one(Form).say_wrong(rejections)
        if all(rejection.column not in here for rejection in rejections):
            # The answer that is to be assumed is itself wrong: that is said at the question.
            self.notify(str(rejections[0]), severity="warning", markup=False)
