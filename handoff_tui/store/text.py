"""TOML text <-> Handoff. The same answers give the same bytes, and what nobody asks for is kept.

`product.md`, "One file format", settles the order: per section first the single answers, then the tables; then
the states, notes and what was accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Note, Open, OpenCell, Stale
from handoff_tui.core.handoff import Handoff, Head
from handoff_tui.core.table import TableKind
from handoff_tui.core.template import RESERVED, Template
from handoff_tui.core.text import clean, clean_line, visible
from handoff_tui.errors import FileError, Where
from handoff_tui.store import emit
from handoff_tui.tomlfile import Comment, TomlFile, has_comments, outline

__all__ = ["FORMAT", "HEADER", "dumps", "loads"]

FORMAT = 1
HEADER = "Integration handoff. Resume it: handoff-wizard resume "
_SCHEMA = ":schema "
_STATES: tuple[tuple[str, type[Open | Assumed | NotApplicable]], ...] = (
    ("open", Open),
    ("assumed", Assumed),
    ("not_applicable", NotApplicable),
)

T = TypeVar("T")
Raw = dict[str, Any]


# -- reading -----------------------------------------------------------------------------------------------------


def loads(file: TomlFile) -> Handoff:
    """Return the handoff that a file holds.

    Values stand as the file has them, right or wrong; `checks` says what is wrong with one. What this version does
    not know is kept in the `extra` of its place.

    Raises:
        FileError: It is no handoff, or one of a newer format.
    """
    data: Raw = _clean(file.data)
    _refuse_other_formats(data, file.path)
    head = _head(_table(data.pop("handoff", {})))
    data.pop("format", None)
    answers: dict[str, Answer] = {}
    # A quoted name with a dot would read as another section's question; it stays as it is, in `extra`.
    for section_id in [k for k, v in data.items() if k not in RESERVED and isinstance(v, dict) and "." not in k]:
        for name, value in data.pop(section_id).items():
            answers[f"{section_id}.{name}"] = Answer(value=value)
    extra: Raw = {}
    for key, kind in _STATES:
        _states(data, key, answers, extra, partial(_fill, kind), "mark")
    _states(data, "stale", answers, extra, partial(_fill, Stale), "stale")
    _states(data, "notes", answers, extra, partial(_fill, Note), "note")
    cells, rest = _open_cells(data.pop("open_cells", []))
    if rest:
        extra["open_cells"] = rest
    accepted = data.pop("accepted", [])
    if not _is_rows(accepted):
        extra["accepted"], accepted = accepted, []
    conflict = data.pop("conflict", {})
    if not isinstance(conflict, dict):
        extra["conflict"], conflict = conflict, {}
    handoff = Handoff(head, answers, cells, tuple(accepted), conflict, extra | data)
    # Only a person's comment is worth the walk through the text; our own header is not.
    return _with_comments(handoff, file.text) if has_comments(file.text, but=HEADER) else handoff


def _clean(value: Any) -> Any:
    """Return parsed TOML with every text in normal form: a file is a border of the model, like a keyboard."""
    if isinstance(value, str):
        return value if value.isprintable() and value[-1:] != " " else clean(value)
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list) else value


def _refuse_other_formats(data: Raw, path: Path) -> None:
    number = data.get("format")
    if number is None and not isinstance(data.get("handoff"), dict):
        raise FileError(
            "This is not a handoff: it has no [handoff].", hint="Name a *.handoff.toml file.", where=Where(path)
        )
    if not isinstance(data.get("handoff", {}), dict):
        raise FileError("Its handoff is not a table.", hint="Write [handoff] on a line of its own.", where=Where(path))
    if not isinstance(number, int | None) or isinstance(number, bool):
        raise FileError("Its format is not a number.", hint="Write format = 1.", where=Where(path))
    if number is not None and number > FORMAT:
        raise FileError(
            f"It has format {number}, which is newer than this program knows.",
            hint="Update it: pip install --upgrade handoff-wizard.",
            where=Where(path),
        )


def _head(raw: Raw) -> Head:
    names = raw.get("participants")
    if isinstance(names, list) and all(isinstance(name, str) for name in names):
        raw = raw | {"participants": tuple(names)}
    return _fill(Head, raw)


def _fill(kind: Callable[..., T], raw: Raw) -> T:
    """Build a record from the keys it knows and whose type fits; the others go to its `extra`."""
    fields: Mapping[str, Any] = getattr(kind, "__dataclass_fields__", {})
    types: dict[str, Any] = {
        "due": date, "created": date, "template_version": int, "participants": tuple, "agreed_by": (list, tuple),
    }  # fmt: skip
    known: Raw = {}
    extra: Raw = {}
    for key, value in raw.items():
        # A datetime is a date to Python, and cannot be compared with one; a bool is a number.
        fits = key in fields and key != "extra" and isinstance(value, types.get(key, str))
        fits = fits and not isinstance(value, datetime | bool)
        (known if fits else extra)[key] = value
    if "agreed_by" in known:
        known["agreed_by"] = tuple(str(name) for name in known["agreed_by"])
    return kind(**known, extra=extra)


def _states(data: Raw, key: str, answers: dict[str, Answer], extra: Raw, build: Any, attribute: str) -> None:
    """Move the keyed tables of one state to their answers; what has another shape goes to `extra`."""
    left: Raw = {}
    sections = data.pop(key, {})
    if not isinstance(sections, dict):
        extra[key] = sections
        return
    for section_id, questions in sections.items():
        for name, raw in questions.items() if isinstance(questions, dict) else ():
            question_id = f"{section_id}.{name}"
            answer = answers.get(question_id, Answer())
            if isinstance(raw, dict) and "." not in section_id and getattr(answer, attribute) is None:
                answers[question_id] = answer.with_(**{attribute: build(raw)})
            else:
                left.setdefault(section_id, {})[name] = raw
        if not isinstance(questions, dict):
            left[section_id] = questions
    if left:
        extra[key] = left


def _open_cells(raw: Any) -> tuple[tuple[OpenCell, ...], Any]:
    if not _is_rows(raw):
        return (), raw
    cells, rest = [], []
    for item in raw:
        proper = all(isinstance(item.get(key), str) for key in ("question", "row", "column"))
        if proper:
            cells.append(_fill(OpenCell, item))
        else:
            rest.append(item)
    return tuple(cells), rest


def _table(raw: Any) -> Raw:
    return raw if isinstance(raw, dict) else {}


def _is_rows(raw: Any) -> bool:
    return isinstance(raw, list) and all(isinstance(item, dict) for item in raw)


def _with_comments(handoff: Handoff, text: str) -> Handoff:
    """Move a person's own comments to the note of the question they stand above, or to the head's comment."""
    for comment in (replace(item, text=clean_line(item.text)) for item in outline(text) if isinstance(item, Comment)):
        if comment.text.startswith(HEADER) or not comment.text:
            continue
        if comment.text.startswith(_SCHEMA) and not handoff.schema:
            handoff = replace(handoff, schema=comment.text.removeprefix(_SCHEMA).strip())
            continue
        question_id = _question_at(comment.about, handoff)
        if question_id is None:
            joined = _join(handoff.head.comment, comment.text)
            handoff = replace(handoff, head=replace(handoff.head, comment=joined))
        else:
            answer = handoff.answer(question_id)
            note = answer.note or Note()
            note = replace(note, text=_join(note.text, comment.text))
            handoff = handoff.with_answer(question_id, answer.with_(note=note))
    return handoff


def _question_at(path: tuple[str | int, ...] | None, handoff: Handoff) -> str | None:
    names = [part for part in path or () if isinstance(part, str)]
    if names and names[0] in ("open", "assumed", "not_applicable", "stale", "notes", "conflict"):
        names = names[1:]
    question_id = ".".join(names[:2])
    return question_id if len(names) >= 2 and question_id in handoff.answers else None


def _join(before: str, text: str) -> str:
    return f"{before}\n{text}" if before else text


# -- writing -----------------------------------------------------------------------------------------------------


def dumps(handoff: Handoff, template: Template | None, file_name: str) -> str:
    """Return the text of a handoff's file, in the order of its template; without one, in the order of the answers."""
    schema = [f"#{_SCHEMA}{handoff.schema}\n"] if handoff.schema else []
    shown = visible(file_name).replace("\n", " ")  # on Linux a file name may hold anything
    first = "".join(schema) + f"# {HEADER}{shown}\n" + emit.body({"format": FORMAT} | _flat(handoff.extra))
    return "\n".join([first, *_blocks(handoff, template)])


def _flat(extra: Mapping[str, Any]) -> Raw:
    return {
        key: value for key, value in extra.items() if not isinstance(value, dict) and not (value and _is_rows(value))
    }


def _blocks(handoff: Handoff, template: Template | None) -> Iterator[str]:
    yield from emit.table(("handoff",), _head_values(handoff.head))
    ordered = _ordered(handoff, template)
    for section_id in dict.fromkeys(question_id.partition(".")[0] for question_id in ordered):
        inside = [question_id for question_id in ordered if question_id.partition(".")[0] == section_id]
        values = {question_id.partition(".")[2]: handoff.answers[question_id].value for question_id in inside}
        body = {
            name: _in_column_order(f"{section_id}.{name}", value, template)
            for name, value in values.items()
            if value is not None
        }
        if body:
            yield from emit.table((section_id,), body)
    marks = {key: _keyed(handoff, ordered, partial(_mark, kind)) for key, kind in _STATES}
    marks["stale"] = _keyed(handoff, ordered, lambda answer: answer.stale)
    marks["notes"] = _keyed(handoff, ordered, lambda answer: answer.note)
    nested = {key: value for key, value in handoff.extra.items() if key not in _flat(handoff.extra)}
    for key in ("open", "open_cells", "assumed", "not_applicable", "stale", "notes", "accepted", "conflict"):
        whole: Raw = {}
        if key == "open_cells":
            whole = {key: [_values(cell) for cell in handoff.open_cells] + list(nested.pop(key, []))}
        elif key == "accepted":
            whole = {key: list(handoff.accepted) + list(nested.pop(key, []))}
        elif key == "conflict":
            whole = {key: handoff.conflict}
        else:
            whole = {key: _merge(marks[key], nested.pop(key, {}))}
        if whole[key]:
            yield from emit.table((), whole)
    if nested:
        yield from emit.table((), nested)


def _ordered(handoff: Handoff, template: Template | None) -> list[str]:
    """Return the ids of the answers in the template's order, then those it does not know; tables last in a section.

    Unknown ones stay in the order of the file. Those without a value have no place there, so they go by their id:
    read back, they come in the order of their states.
    """
    known = template.by_id if template else {}
    unknown = [question_id for question_id in handoff.answers if question_id not in known]
    strange = [question_id for question_id in unknown if handoff.answers[question_id].value is not None]
    strange += sorted(set(unknown) - set(strange))
    places = [question_id for question_id in known if question_id in handoff.answers]
    sections = [section.id for section in template.sections] if template else []
    sections += [question_id.partition(".")[0] for question_id in strange]

    def weight(question_id: str) -> tuple[int, bool]:
        value = handoff.answers[question_id].value
        rows = isinstance(value, dict) or (_is_rows(value) and bool(value))
        return sections.index(question_id.partition(".")[0]), rows

    return sorted([*places, *strange], key=weight)


def _in_column_order(question_id: str, value: Any, template: Template | None) -> Any:
    question = template.by_id.get(question_id) if template else None
    if question is None or not isinstance(question.field, TableKind) or not _is_rows(value):
        return value
    columns = [column.id for column in question.field.columns]
    return [
        {key: row[key] for key in columns if key in row}
        | {key: item for key, item in row.items() if key not in columns}
        for row in value
    ]


def _head_values(head: Head) -> Raw:
    values = _values(head)
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}


def _values(record: Any) -> Raw:
    """Return a record's keys in order, without those that hold nothing, and with what it did not know.

    A value that was unreadable (`due = "soon"`) stays until somebody gives a right one.
    """
    fields = {name: f.default for name, f in record.__dataclass_fields__.items() if name != "extra"}
    values = {name: getattr(record, name) for name in fields}
    kept = {name: list(v) if isinstance(v, tuple) else v for name, v in values.items() if v not in ("", None, ())}
    extra = {key: v for key, v in record.extra.items() if values.get(key) == fields.get(key)}
    return kept | extra


def _mark(kind: type[Any], answer: Answer) -> Any:
    return answer.mark if isinstance(answer.mark, kind) else None


def _keyed(handoff: Handoff, ordered: Sequence[str], part: Any) -> Raw:
    keyed: Raw = {}
    for question_id in ordered:
        record = part(handoff.answers[question_id])
        if record is not None:
            section_id, _, name = question_id.partition(".")
            keyed.setdefault(section_id, {})[name] = _values(record)
    return keyed


def _merge(ours: Raw, kept: Any) -> Raw:
    if not isinstance(kept, dict):
        return ours
    merged = dict(ours)
    for section_id, questions in kept.items():
        if isinstance(questions, dict) and isinstance(merged.get(section_id), dict):
            merged[section_id] = merged[section_id] | questions
        else:
            merged.setdefault(section_id, questions)
    return merged
