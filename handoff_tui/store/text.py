"""TOML text -> Handoff, and back by `layout`. What nobody asks for is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from handoff_tui.core.answers import Answer, Note, OpenCell, Stale
from handoff_tui.core.handoff import Handoff, Head
from handoff_tui.core.template import RESERVED
from handoff_tui.core.text import clean, clean_line
from handoff_tui.errors import FileError, Where
from handoff_tui.store.kept import STATES
from handoff_tui.store.layout import FORMAT, HEADER, SCHEMA, dumps
from handoff_tui.tomlfile import Comment, TomlFile, has_comments, outline

__all__ = ["FORMAT", "HEADER", "dumps", "loads"]

T = TypeVar("T")
Raw = dict[str, Any]


def loads(file: TomlFile) -> Handoff:
    """Return the handoff that a file holds.

    Values stand as the file has them, right or wrong; `checks` says what is wrong with one. What this version does
    not know is kept in the `extra` of its place.

    Raises:
        FileError: It is no handoff, or one of a newer format.
    """
    # What this program wrote is in normal form already: one look spares a copy of everything.
    data: Raw = dict(file.data) if _are_clean(file.data.values()) else _clean(file.data)
    _refuse_other_formats(data, file.path)
    head = _fill(Head, _table(data.pop("handoff", {})))
    data.pop("format", None)
    answers: dict[str, Answer] = {}
    # A quoted name with a dot would read as another section's question; it stays as it is, in `extra`.
    for section_id in [k for k, v in data.items() if k not in RESERVED and isinstance(v, dict) and "." not in k]:
        for name, value in data.pop(section_id).items():
            answers[f"{section_id}.{name}"] = Answer(value=value)
    extra: Raw = {}
    for key, kind in STATES:
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


def _are_clean(values: Iterable[Any]) -> bool:
    for value in values:
        if isinstance(value, str):
            if clean(value) != value:
                return False
        elif isinstance(value, (dict, list)) and not _are_clean(value.values() if isinstance(value, dict) else value):
            return False
    return True


def _clean(value: Any) -> Any:
    """Return parsed TOML with every text in normal form: a file is a border of the model, like a keyboard."""
    if isinstance(value, str):
        return clean(value)
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
    if number is not None and number < 0:
        raise FileError(f"There is no format {number}.", hint="Write format = 1.", where=Where(path))
    if number is not None and number > FORMAT:
        raise FileError(
            f"It has format {number}, which is newer than this program knows.",
            hint="Update it: pip install --upgrade handoff-wizard.",
            where=Where(path),
        )


def _fill(kind: Callable[..., T], raw: Raw) -> T:
    """Build a record from the keys it knows and whose type fits; the others go to its `extra`."""
    fields: Mapping[str, Any] = getattr(kind, "__dataclass_fields__", {})
    types: dict[str, Any] = {
        "due": date, "created": date, "template_version": int, "participants": tuple, "agreed_by": tuple,
    }  # fmt: skip
    known: Raw = {}
    extra: Raw = {}
    for key, value in raw.items():
        if key in fields and types.get(key) is tuple and _is_names(value):
            known[key] = tuple(value)
            continue
        # A datetime is a date to Python, and cannot be compared with one; a bool is a number.
        fits = key in fields and key != "extra" and isinstance(value, types.get(key, str))
        fits = fits and not isinstance(value, datetime | bool)
        (known if fits else extra)[key] = value
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


def _is_names(raw: Any) -> bool:
    return isinstance(raw, list) and all(isinstance(name, str) for name in raw)


def _is_rows(raw: Any) -> bool:
    return isinstance(raw, list) and all(isinstance(item, dict) for item in raw)


def _with_comments(handoff: Handoff, text: str) -> Handoff:
    """Move a person's own comments to the note of the question they stand above, or to the head's comment."""
    schema = handoff.schema
    said: dict[str | None, list[str]] = {}
    for comment in (replace(item, text=clean_line(item.text)) for item in outline(text) if isinstance(item, Comment)):
        if comment.text.startswith(HEADER) or not comment.text:
            continue
        if comment.text.startswith(SCHEMA) and not schema:
            schema = " ".join(comment.text.removeprefix(SCHEMA).split())
            continue
        said.setdefault(_question_at(comment.about, handoff), []).append(comment.text)
    about_all = "\n".join(filter(None, [handoff.head.comment, *said.pop(None, [])]))
    answers = dict(handoff.answers)
    for question_id, texts in said.items():
        answer = answers[str(question_id)]
        note = answer.note or Note()
        note = replace(note, text="\n".join(filter(None, [note.text, *texts])))
        answers[str(question_id)] = answer.with_(note=note)
    return replace(handoff, head=replace(handoff.head, comment=about_all), answers=answers, schema=schema)


def _question_at(path: tuple[str | int, ...] | None, handoff: Handoff) -> str | None:
    names = [part for part in path or () if isinstance(part, str)]
    if names and names[0] in ("open", "assumed", "not_applicable", "stale", "notes", "conflict"):
        names = names[1:]
    question_id = ".".join(names[:2])
    return question_id if len(names) >= 2 and question_id in handoff.answers else None
