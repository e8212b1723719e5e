"""What people type, what files hold, and whole handoffs on the real payments template."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Note, Open, OpenCell, Stale
from handoff_tui.core.handoff import MOMENTS, STATUSES, Handoff, Head
from handoff_tui.core.kinds import ChoiceKind, DateKind, DurationKind, ManyKind, NumberKind, ScalarKind
from handoff_tui.core.question import Question
from handoff_tui.core.table import Column, TableKind
from handoff_tui.core.template import RESERVED
from handoff_tui.core.text import clean
from tests.core.making import bundled

NASTY = [
    '"',
    '"""',
    "'''",
    "\\",
    '\\"',
    "#",
    "# no",
    "[a]",
    "[[a]]",
    "a = 1",
    "=",
    ",",
    "{",
    "<<<<<<< ours",
    "=======",
    "\n",
    "\n\n",
    " ",
    "  \n",
    "\t",
    "\r",
    "\r\n",
    "\x0b",
    "\x1c",
    "\x85",
    "\u2028",
    "\x00",
    "\x1b[2J",
    "\x9b",
    "\x7f",
    "\ufeff",
    "\u202e",
    "\u200d",
    "👩\u200d👩\u200d👧",
    "é",
    "ß",
    "İ",
    "ﬁ",
    "हिन्दी",
    "東京",
    "¼",
    "²",
    "٣",
    "’",
    "TBD",
    "n/a",
    "none",
    "?",
]

typed: SearchStrategy[str] = st.lists(
    st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=()), max_size=12)), max_size=6
).map("".join)
"""Whatever a keyboard or a clipboard can give, lone surrogates included."""

stored: SearchStrategy[str] = typed.map(clean)
"""Text as it stands in an answer."""

by_hand: SearchStrategy[str] = st.text(st.characters(codec="utf-8"), max_size=20)
"""Text that a person or another program may have written into a file."""

keys: SearchStrategy[str] = st.one_of(st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True), stored, by_hand)

_scalars: SearchStrategy[Any] = st.one_of(
    stored,
    st.integers(-(2**70), 2**70),
    st.booleans(),
    st.floats(allow_nan=False),
    st.dates(),
    st.times(),
    st.datetimes(),
)
toml_values: SearchStrategy[Any] = st.recursive(
    _scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)),
    max_leaves=6,
)
"""Any value that TOML has, nested tables and mixed lists included."""


def extras(*known: str) -> SearchStrategy[dict[str, Any]]:
    """Keys that this version does not know."""
    return st.dictionaries(keys.filter(lambda key: key not in known), toml_values, max_size=2)


_PEOPLE = st.sampled_from(["mara", "zofia", "billing-oncall"])
_DUE = st.none() | st.dates()

opens = st.builds(Open, note=stored, owner=_PEOPLE | stored, due=_DUE, extra=extras("note", "owner", "due"))
assumptions = st.builds(
    Assumed, basis=stored, confirmer=_PEOPLE | stored, due=_DUE, extra=extras("basis", "confirmer", "due")
)
reasons = st.builds(NotApplicable, reason=stored, extra=extras("reason"))
stales = st.builds(Stale, because=stored, was=stored, extra=extras("because", "was"))
notes = st.builds(
    Note, text=stored, agreed_by=st.lists(stored, max_size=3).map(tuple), extra=extras("text", "agreed_by")
)


def cell(field: ScalarKind) -> SearchStrategy[Any]:
    """A value of a kind, or any text in its place."""
    right: SearchStrategy[Any]
    if isinstance(field, ChoiceKind):
        right = st.sampled_from(list(field.choices))
    elif isinstance(field, ManyKind):
        right = st.lists(st.sampled_from(list(field.choices) or ["mara"]) | stored, min_size=1, max_size=3)
    elif isinstance(field, NumberKind):
        right = st.integers(0, 10**9)
    elif isinstance(field, DurationKind):
        right = st.builds("{}{}".format, st.integers(1, 9999), st.sampled_from("smhdw"))
    elif isinstance(field, DateKind):
        right = st.dates()
    else:
        right = stored
    return right | stored


@st.composite
def rows(draw: DrawFn, table: TableKind) -> dict[str, Any]:
    others: list[Column] = draw(
        st.lists(st.sampled_from(table.columns[1:]), unique_by=lambda column: column.id, max_size=4)
    )
    row = {column.id: draw(cell(column.field)) for column in (table.key, *others)}
    return row | draw(extras(*(column.id for column in table.columns)))


def values(question: Question) -> SearchStrategy[Any]:
    if isinstance(question.field, TableKind):
        return st.lists(rows(question.field), max_size=3) | toml_values
    return cell(question.field) | toml_values


@st.composite
def answers(draw: DrawFn, value: SearchStrategy[Any]) -> Answer:
    return Answer(
        draw(st.none() | value),
        draw(st.none() | opens | assumptions | reasons),
        draw(st.none() | stales),
        draw(st.none() | notes),
    )


heads = st.builds(
    Head,
    name=stored,
    template=st.sampled_from(["payments", "general", "our-own"]),
    template_version=st.integers(1, 9),
    moment=st.sampled_from(MOMENTS),
    status=st.sampled_from(STATUSES),
    owner=stored,
    participants=st.lists(stored, max_size=3).map(tuple),
    created=_DUE,
    comment=stored,
    extra=extras(*Head.__dataclass_fields__),
)
cells = st.builds(
    OpenCell,
    question=stored.filter(bool),
    row=stored.filter(bool),
    column=stored.filter(bool),
    owner=stored,
    due=_DUE,
    extra=extras(*OpenCell.__dataclass_fields__),
)
_strange_section = keys.filter(lambda key: key not in RESERVED and "." not in key)
_top = st.dictionaries(
    keys.filter(lambda key: key not in RESERVED and key not in bundled("payments").section_by_id),
    toml_values.filter(lambda value: not isinstance(value, dict)),
    max_size=2,
)


@st.composite
def handoffs(draw: DrawFn) -> Handoff:
    """A handoff with any text anywhere, states, notes, unknown questions and unknown keys at every level."""
    template = bundled("payments")
    known = draw(st.lists(st.sampled_from(list(template.by_id.values())), unique_by=lambda q: q.id, max_size=5))
    found = {question.id: draw(answers(values(question))) for question in known}
    extra = draw(_top)
    for section_id, name in draw(st.lists(st.tuples(_strange_section, keys), max_size=2)):
        if section_id not in extra:
            found[f"{section_id}.{name}"] = draw(answers(toml_values))
    return Handoff(
        head=draw(heads),
        answers={question_id: answer for question_id, answer in found.items() if not answer.empty},
        open_cells=tuple(draw(st.lists(cells, max_size=2))),
        accepted=tuple(draw(st.lists(extras(), max_size=2))),
        conflict=draw(
            st.dictionaries(keys, st.dictionaries(keys, st.lists(extras(), max_size=2), max_size=2), max_size=1)
        ),
        extra=extra,
        schema=draw(st.sampled_from(["", "./schema.json", "https://example.com/a#b"])),
    )
