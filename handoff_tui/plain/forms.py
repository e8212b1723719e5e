"""A form, field by field: a row, a mark, a note, a newcomer, the start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Literal

from handoff_tui.core.kinds import ChoiceKind, TextKind
from handoff_tui.core.reading import Context, Rejection
from handoff_tui.core.table import Column, TableKind
from handoff_tui.core.text import labelled, short
from handoff_tui.plain.commands import Command
from handoff_tui.plain.fields import Raw, ask_field, how, say_offer, say_raw
from handoff_tui.plain.talk import Here, Leave, Talk
from handoff_tui.session.asking import in_form_order, raw_of

__all__ = ["Form"]

_TAKES = frozenset({"back", "clear", "drop", "keep", "close"})
_LEADS = frozenset({"go", "sections", "review", "quit"})
_LONG = 60
Step = Literal["next", "back", "close", "keep"]


@dataclass
class Form:
    """The fields of one row; what is optional is asked on request.

    Args:
        talk: The conversation.
        table: The fields.
        first: What stands there.
        context: Gives the names so far.
        submit: Accepts the fields, or returns what is wrong.
        only: The columns to ask for, where not all; nothing is optional then.
        leads: The commands that lead away from here.
        keeps: Called with what is typed so far.
        opens: Marks one field as open by itself; says whether that was done.
        is_open: Gives the columns that are open.
        heard: The columns that were explained before; of these only the name is said.
        note: What `:note` does here.
        at: Called with the field that is asked for next.
        from_first: Whether to begin at the first field, also where it is filled.
    """

    talk: Talk
    table: TableKind
    first: Mapping[str, object]
    context: Callable[[], Context]
    submit: Callable[[dict[str, object]], Sequence[Rejection]]
    only: Sequence[str] | None = None
    leads: AbstractSet[str] = _LEADS
    keeps: Callable[[dict[str, object]], None] = lambda _: None
    opens: Callable[[Column, dict[str, object]], bool] | None = None
    is_open: Callable[[], AbstractSet[str]] = frozenset
    heard: set[str] = field(default_factory=set)
    note: Callable[[], None] | None = None
    at: Callable[[str], None] = lambda _: None
    from_first: bool = False

    def __post_init__(self) -> None:
        """Begin with what stands there."""
        asked = [column for column in self.table.columns if self.only is None or column.id in self.only]
        self._columns = in_form_order(asked)
        self._raw: dict[str, Raw] = {
            column.id: raw_of(column.field, self.first[column.id])
            for column in self._columns
            if self.first.get(column.id) is not None
        }
        self._unfolded = self.only is not None
        self._wrong: dict[str | None, Rejection] = {}
        self._touched = False

    # -- what stands -------------------------------------------------------------------------------------------------

    @property
    def whole(self) -> dict[str, object]:
        """Every field as it was typed or chosen; where nothing was, what is suggested counts."""
        raw: dict[str, object] = dict(self._raw)
        for column in self._columns:
            suggestion = column.suggestion(raw)
            if column.id not in raw and suggestion and column.id not in self.is_open():
                raw[column.id] = suggestion
        return raw

    def _is_asked(self, column: Column) -> bool:
        """Say whether a field is asked for: not behind "more", and needed in this row or filled already."""
        if column is self.table.key and self.first.get(column.id) in self.table.seeds:
            return False  # the title names a seeded row
        needed = column.needed(self.whole)
        if column.needed_when is not None and not needed and not self._raw.get(column.id):
            return False
        return self._unfolded or not column.more or (column.needed_when is not None and needed)

    # -- going through -----------------------------------------------------------------------------------------------

    def run(self, *, at: str = "") -> bool:
        """Ask field by field, from `at` or the first that is empty; say whether the form was accepted, not closed."""
        columns = self._columns
        begin = self._begin(at)
        while True:
            ended = self._through(columns, begin)
            if ended == "close":
                self._keep()
                return False
            if ended != "keep" and not self._unfolded and columns is self._columns:
                folded = [column for column in columns if not self._is_asked(column) and column.more]
                more = self._ask_more(folded) if folded else "keep"
                if more == "more":
                    self._unfolded, begin = True, columns.index(folded[0])
                    continue
                if more == "back":
                    begin = self._before(columns, len(columns))
                    continue
            rejections = self.submit(self.whole)
            if not rejections:
                return True
            self._wrong = {item.column: item for item in reversed(rejections)}
            for item in rejections:
                self.talk.console.say(f"! {item}")
            if self.opens is not None:
                self.talk.console.say("“:open” for a field that nobody knows yet; “:close” leaves the row for later.")
            columns, begin = [column for column in self._columns if column.id in self._wrong], 0
            if not columns:
                self._keep()
                return False

    def _begin(self, at: str) -> int:
        ids = [column.id for column in self._columns]
        if at in ids:
            self._unfolded = self._unfolded or self._columns[ids.index(at)].more
            return ids.index(at)
        whole, shown = self.whole, [column for column in self._columns if self._is_asked(column)]
        if self.from_first:
            return 0
        empty = [column for column in shown if not self._raw.get(column.id) and column.id not in self.is_open()]
        passed = shown[: shown.index(empty[0])] if empty else []
        said = [
            labelled(column.label, self._say(column, whole[column.id])) for column in passed if whole.get(column.id)
        ]
        if said:
            self.talk.console.say(f"{'; '.join(said)}. “:back” goes there.", indent=2)
        return self._columns.index(empty[0]) if empty else 0

    def _through(self, columns: Sequence[Column], begin: int) -> Step:
        index = begin
        while index < len(columns):
            column = columns[index]
            if not self._is_asked(column) and column.id not in self._wrong:
                index += 1
                continue
            self.at(column.id)
            step = self._ask(column)
            if step == "next":
                index += 1
            elif step == "back":
                index = self._before(columns, index)
                if index < 0:
                    return "close"
            else:
                return step
        return "next"

    def _before(self, columns: Sequence[Column], index: int) -> int:
        return next((at for at in range(index - 1, -1, -1) if self._is_asked(columns[at])), -1)

    def _ask_more(self, folded: Sequence[Column]) -> str:
        whole = self.whole
        names = [
            f"{column.label.lower()} ({self._say(column, whole[column.id])})"
            if whole.get(column.id)
            else column.label.lower()
            for column in folded
        ]
        self.talk.console.say(f"More, optional: {', '.join(names)}.", indent=2)
        while True:
            prompt = f"Enter keeps the {self.table.row_name}, “more” asks for these:"
            said = self._listen(prompt, None)
            if isinstance(said, Command):
                return "back" if said.name in ("back", "close") else "keep"
            if not said:
                return "keep"
            if isinstance(said, str) and "more".startswith(said.strip().casefold()):
                return "more"
            self.talk.console.say("Type “more”, or press Enter.")

    # -- one field ---------------------------------------------------------------------------------------------------

    def _ask(self, column: Column) -> Step:
        self._explain(column)
        while True:
            said = self._listen(self._prompt(column), column)
            if isinstance(said, Command):
                step = self._do(said, column)
                if step is not None:
                    return step
                continue
            if said is None:
                value = self.whole.get(column.id)
                if value and column.id in self._wrong and self._refused(column, value):
                    continue  # what was typed, once more; and it is still wrong
                return "next"
            if not self._refused(column, said):
                return "next"

    def _refused(self, column: Column, raw: object) -> bool:
        """Take over what was typed; say whether it is wrong, and why. It is kept all the same."""
        context = self.context()
        value = column.field.read(raw, context, cell=True)
        kept = value if isinstance(column.field, ChoiceKind) and isinstance(value, str) else raw
        if isinstance(kept, str | list):
            self._raw[column.id] = kept
        self._touched = True
        self._keep()
        if isinstance(value, Rejection):
            self._wrong[column.id] = value
            self.talk.console.say(f"! {value}")
            return True
        self._wrong.pop(column.id, None)
        said = self._say(column, self._raw[column.id])
        if not isinstance(column.field, TextKind) and said:
            self.talk.say_taken(said, indent=2)
        return False

    def _do(self, command: Command, column: Column) -> Step | None:
        if command.name == "back":
            return "back"
        if command.name == "keep":
            return "keep"
        if command.name == "close":
            return "close"
        if command.name == "open" and self.opens is not None:
            if self.opens(column, self.whole):
                self._raw.pop(column.id, None)
                self._wrong.pop(column.id, None)
                return "next"
            return None
        self._touched = True
        self._wrong.pop(column.id, None)
        if command.name == "clear":
            self._raw[column.id] = ""
            self.talk.console.say(f"{column.label} is empty now.", indent=2)
        else:
            self._raw.pop(column.id, None)
            if self.first.get(column.id) is not None:
                self._raw[column.id] = raw_of(column.field, self.first[column.id])
            self.talk.console.say("Forgotten.", indent=2)
        self._keep()
        return None

    def _listen(self, prompt: str, column: Column | None) -> Raw | Command | None:
        takes = _TAKES | ({"open"} if self.opens is not None else frozenset())
        here = Here(
            help=lambda: self._help(column),
            again=lambda: self._explain(column, whole=True),
            takes=takes,
            leads=self.leads,
            note=self.note,
            instead="Finish this first, or “:close” it.",
        )
        try:
            if column is None:
                return self.talk.ask(prompt, here)
            stands = self.whole.get(column.id)
            return ask_field(
                self.talk,
                column.field,
                self.context(),
                prompt,
                here,
                stands=stands if isinstance(stands, str) else "",
                keep=lambda text: self._keep({column.id: text}),
            )
        except Leave:
            self._keep()
            raise

    def _keep(self, more: Mapping[str, object] | None = None) -> None:
        if self._touched or more:
            self.keeps({**self._raw, **(more or {})})

    # -- words -------------------------------------------------------------------------------------------------------

    def _say(self, column: Column, raw: object) -> str:
        return short(say_raw(column.field, self.context(), raw_of(column.field, raw)), _LONG)

    def _explain(self, column: Column | None, *, whole: bool = False) -> None:
        if column is None:
            return
        if whole or column.id not in self.heard:
            example = f" For example: {column.example}" if column.example else ""
            self.talk.console.say(f"{column.ask or column.label}{example}", indent=2)
            say_offer(self.talk, column.field, self.context())
            self.heard.add(column.id)
        elif column.field.table_of_names:
            say_offer(self.talk, column.field, self.context())  # there may be more of them now

    def _help(self, column: Column | None) -> None:
        if column is not None:
            self._explain(column, whole=True)
            if column.hint:
                self.talk.console.say(column.hint, indent=2)
        self.talk.console.say("“:back” one field back, “:keep” keeps it as it is now, “:close” closes it, “:help”.")

    def _prompt(self, column: Column) -> str:
        parts = [column.label, how(column.field, self.context())]
        whole = self.whole
        if column.id in self.is_open() and not self._raw.get(column.id):
            parts.append("open")
        elif self._raw.get(column.id):
            name = "not accepted" if column.id in self._wrong else "now"
            parts.append(f"{name} “{self._say(column, self._raw[column.id])}”, Enter keeps it")
        elif whole.get(column.id):
            parts.append(f"suggested “{self._say(column, whole[column.id])}”, Enter takes it")
        elif not column.needed(whole):
            parts.append("optional")
        label, *rest = (part for part in parts if part)
        joint = " " if label.endswith("?") else ", "
        return f"{label}{joint if rest else ''}{', '.join(rest)}:"
