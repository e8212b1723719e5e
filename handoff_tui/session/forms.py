"""The small forms beside the questions: the start, the three marks, an open cell, a note.

Each is a table's columns, so that every face asks for them, reads them and rejects them as it does a row.
"""

from __future__ import annotations

from handoff_tui.core.handoff import MOMENTS
from handoff_tui.core.kinds import ChoiceKind, ContactKind, DateKind, LineKind, ManyKind, TextKind
from handoff_tui.core.reading import PEOPLE, Rejection
from handoff_tui.core.table import Column, TableKind

__all__ = [
    "ACCEPTANCE",
    "ASSUMED",
    "DRILL",
    "MARK_FORMS",
    "MOMENT_WORDS",
    "NOTE",
    "NOT_APPLICABLE",
    "OPEN",
    "OPEN_CELL",
    "START",
]

MOMENT_WORDS = dict(
    zip(
        MOMENTS,
        ("from discovery to delivery", "from engineering to support"),
        strict=True,
    )
)


class _Form(TableKind):
    """A table of one row: what is typed first names nothing."""

    def gap(self, label: str, column: Column, index: int | None = None) -> Rejection:
        """Return what to say of an empty field."""
        return super().gap("", column, index)


def _form(row_name: str, *columns: Column) -> TableKind:
    return _Form(kind="table", row_name=row_name, columns=columns)


START = _form(
    "handoff",
    Column(
        id="name",
        field=LineKind(kind="line"),
        label="Name",
        ask="What would an agent call this integration?",
        example="Stripe billing state in Zendesk",
    ),
    Column(
        id="moment",
        field=ChoiceKind(kind="choice", choices=MOMENT_WORDS),
        label="Handover",
        ask="From the design to its builders, or from the builders to support? It decides what may stay open.",
    ),
    Column(
        id="participants",
        field=TextKind(kind="text"),
        label="In the room",
        ask="Who is in the room? One name a line, or separated by commas; each can own something later.",
        example="Māra Bērziņa, Siobhán O'Reilly",
        more=True,
    ),
    Column(
        id="owner",
        field=ContactKind(kind="contact"),
        label="Owner",
        ask="Who is the integration owner? A person or a team.",
        example="billing-platform",
    ),
)

_DUE = Column(id="due", field=DateKind(kind="date"), label="By when", ask="By when do we know?", example="4 Dec")

OPEN = _form(
    "open point",
    Column(
        id="owner", field=ContactKind(kind="contact"), label="Who finds out", ask="Who finds out?", example="siobhan"
    ),
    _DUE,
    Column(
        id="note",
        field=TextKind(kind="text"),
        label="What we know",
        ask="What do we know so far?",
        example="finance wants 20d, engineering offers 10d",
        more=True,
    ),
)

ASSUMED = _form(
    "assumption",
    Column(
        id="basis",
        field=LineKind(kind="line"),
        label="Based on",
        ask="What is the assumption based on?",
        example="privacy notice draft 3",
    ),
    Column(
        id="confirmer", field=ContactKind(kind="contact"), label="Who confirms", ask="Who confirms it?", example="zofie"
    ),
    _DUE,
)

NOT_APPLICABLE = _form(
    "reason",
    Column(
        id="reason",
        field=LineKind(kind="line"),
        label="Reason",
        ask="Why does the question not arise here?",
        example="replaces a manual look-up; nobody measured it before",
    ),
)

MARK_FORMS = {"open": OPEN, "assumed": ASSUMED, "not_applicable": NOT_APPLICABLE}

OPEN_CELL = _form("open cell", OPEN.columns[0], _DUE)

NOTE = _form(
    "note",
    Column(
        id="text",
        field=TextKind(kind="text"),
        label="Note",
        ask="What should a reader know about this answer?",
        example="finance asked for 4h",
    ),
    Column(
        id="agreed_by",
        field=ManyKind(kind="many", refers_to=PEOPLE),
        label="Agreed by",
        ask="Who agreed?",
        example="zofie, mara",
        more=True,
    ),
)

ACCEPTANCE = _form(
    "acceptance",
    Column(
        id="reason",
        field=LineKind(kind="line"),
        label="Reason",
        ask="Why do we live with it?",
        example="drill booked for December",
    ),
    Column(id="by", field=ContactKind(kind="contact"), label="Accepted by", ask="Who takes it on?", example="mara"),
)

DRILL = _form(
    "drill",
    Column(
        id="on",
        field=DateKind(kind="date", usually="past"),
        label="Held on",
        ask="On which day was it rehearsed?",
        example="today",
    ),
    Column(
        id="took_part",
        field=ManyKind(kind="many", refers_to=PEOPLE),
        label="Took part",
        ask="Who took part?",
        example="zofie, mara",
    ),
    Column(
        id="alert_rang",
        field=ChoiceKind(kind="choice", choices={"no": "no", "yes": "yes, and it arrived"}),
        label="Alert set off",
        ask="Was the alert set off on purpose, and did it reach whom it should? Then its own day is written down too.",
        more=True,
    ),
    Column(
        id="learned",
        field=TextKind(kind="text"),
        label="We learned",
        ask="What did the room learn?",
        example="nobody knew the phone of the night desk",
        more=True,
    ),
)
