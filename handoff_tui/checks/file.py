"""The file as a whole: what a bad merge left in it, what nobody asks for, and what must never be checked in."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from handoff_tui.checks.facts import Facts, Found
from handoff_tui.checks.rule import rule
from handoff_tui.checks.secrets import secrets_in
from handoff_tui.checks.texts import Text
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.rule import Page
from handoff_tui.core.table import TableKind
from handoff_tui.core.template import RESERVED, Template
from handoff_tui.core.text import visible

__all__ = ["conflict_marker", "secret", "unknown_key", "unreadable"]


@rule(
    "unreadable",
    "A file that cannot be read",
    "error",
    guards_file=True,
    page=Page(
        looks_for="A file that is no handoff: not TOML, not UTF-8, of a newer format, with the marks of an unfinished "
        "git merge, or made with a template that is not here.",
        why="Nothing in it can be checked, and nobody can resume it.",
        bad="A key is written twice after a merge by hand.",
        good="The file opens in the interview.",
        fix="Mend the line that the message names, or take the last version from git.",
    ),
)
def unreadable(_: Facts) -> Iterator[Found]:
    """Nothing: such a file has no facts, and whoever tried to read it reports it under this rule."""
    return iter(())


_MARKER = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)


@rule(
    "conflict-marker",
    "A git merge inside an answer",
    "error",
    guards_file=True,
    page=Page(
        looks_for="A line that begins with <<<<<<< or >>>>>>> inside a text.",
        why="Git leaves both versions in the file and marks them so. Inside a text the file can still be read, and "
        "the marks become part of the answer.",
        bad="A first action that holds two versions, one above and one below a line of =======.",
        good="A first action that two people read and agreed on.",
        fix="Keep one version, and delete the three marks.",
    ),
)
def conflict_marker(facts: Facts) -> Iterator[Found]:
    """In every text of the file, hidden answers and notes too."""
    if "<<<<<<<" in facts.texts.joined or ">>>>>>>" in facts.texts.joined:
        for text in facts.texts:
            if _MARKER.search(text.text):
                message = "This text holds the marks of an unfinished git merge (<<<<<<<, >>>>>>>)."
                yield _at(text, message, "Keep one version, and delete the marks.")


@rule(
    "secret",
    "A secret in the file",
    "error",
    weight="an error; the only one that can be accepted, as a false alarm",
    guards_file=True,
    page=Page(
        looks_for="A key, a token, a password in an address or a card number, anywhere in the file.",
        why="The file is checked in: whoever can read the repository can use it, also long after it was deleted.",
        bad="A replay command with the live API key in it.",
        good="A replay command that takes the key from the vault, with the vault's path.",
        fix="Remove it, change it where it is used (it counts as known now), and write where it is kept instead.",
    ),
)
def secret(facts: Facts) -> Iterator[Found]:
    """One for each text that holds one; the text itself is never repeated."""
    if not any(secrets_in(facts.texts.joined)):
        return
    for text in facts.texts:
        kinds = list(dict.fromkeys(found.kind for found in secrets_in(text.text)))
        if kinds:
            fix = "Remove it and change it where it is used; write where it is kept. A false alarm can be accepted."
            yield _at(text, f"It holds {' and '.join(kinds)}.", fix)


def _at(text: Text, message: str, fix: str) -> Found:
    return Found(text.question, message, fix, text.row, text.column, index=text.index, part=text.part, text=text.text)


# -- keys that nobody reads --------------------------------------------------------------------------------------


@rule(
    "unknown-key",
    "Something no question asks for",
    "warning",
    page=Page(
        looks_for="A key that neither the format nor the template knows: a typing error by hand, or a newer template.",
        why="It is kept, but no check and no document reads it: whoever wrote it thinks it counts.",
        bad="retry_windw = “3d” in a delivery path.",
        good="retry_window = “3d”.",
        fix="Correct the key, or remove it.",
    ),
)
def unknown_key(facts: Facts) -> Iterator[Found]:
    """Hidden questions are known; what stands at them is kept."""
    handoff, template = facts.handoff, facts.template
    for key, value in handoff.extra.items():
        if key in RESERVED:
            yield from _left_over(handoff, key, value)
        else:
            yield _unknown(key, template.section_by_id, question=key)
    for key in _strange(handoff.head):
        yield _unknown(key, _keys(handoff.head), question=f"handoff.{key}")
    for question_id, answer in handoff.answers.items():
        question = template.by_id.get(question_id)
        if question is None:
            yield _unknown_question(question_id, template)
            continue
        for part, record in answer.parts():
            for key in _strange(record):
                yield _unknown(key, _keys(record), question=question_id, part=part)
        if isinstance(question.field, TableKind) and question_id in facts.asked:
            yield from _in_rows(question_id, question.field, handoff.rows(question_id))
    yield from _in_lists(handoff)


def _in_rows(question_id: str, table: TableKind, rows: Sequence[Mapping[str, Any]]) -> Iterator[Found]:
    known = table.by_id.keys()
    for index, row in enumerate(rows):
        for key in () if row.keys() <= known else row:
            if key not in known:
                label = table.row_label(row)
                yield _unknown(key, known, question=question_id, row=label, column=key, index=index)


_ACCEPTANCE = ("rule", "question", "row", "reason", "by", "fingerprint")


def _in_lists(handoff: Handoff) -> Iterator[Found]:
    """In what belongs to no single question: open cells, what was accepted, what a merge left behind."""
    for cell in handoff.open_cells:
        for key in _strange(cell):
            yield _unknown(key, _keys(cell), question=cell.question, row=cell.row, part="open_cells")
    for item in handoff.accepted:
        row = item.get("row")
        place = {"question": str(item.get("question", "")), "row": row if isinstance(row, str) else None}
        for key in item:
            if key not in _ACCEPTANCE:
                yield _unknown(key, _ACCEPTANCE, part="accepted", **place)
    if not all(isinstance(questions, dict) for questions in handoff.conflict.values()):
        yield from _left_over(handoff, "conflict", None)


def _left_over(handoff: Handoff, key: str, value: Any) -> Iterator[Found]:
    """A key of the format with a second state of one question under it, or with what has another form."""
    twice = [
        f"{section_id}.{name}"
        for section_id, states in (value.items() if isinstance(value, dict) else ())
        for name, state in (states.items() if isinstance(states, dict) else ())
        if isinstance(state, dict) and handoff.answer(f"{section_id}.{name}").mark
    ]
    for question_id in twice:
        message = f"“{visible(question_id)}” has two states; the one under “{key}” is kept and not read."
        yield Found(question_id, message, "Keep one of the two.", part=key, text=key)
    if not twice:
        message = f"What stands under “{key}” does not have the form it needs; it is kept and not read."
        yield Found(key, message, "Write it as the README shows.", text=key)


def _keys(record: Any) -> list[str]:
    return [key for key in record.__dataclass_fields__ if key != "extra"]


def _strange(record: Any) -> list[str]:
    """Return the keys of a record that the format does not have; one that it has is of the wrong kind there."""
    return [key for key in record.extra if key not in _keys(record)]


def _unknown_question(question_id: str, template: Template) -> Found:
    section_id, _, name = question_id.partition(".")
    section = template.section_by_id.get(section_id)
    if section is None:
        return _unknown(question_id, template.by_id, question=question_id)
    return _unknown(question_id, [question.name for question in section.questions], name, question=question_id)


def _unknown(key: str, known: Iterable[str], word: str | None = None, **place: Any) -> Found:
    near = _near(word or key, tuple(known))
    fix = f"Did you mean {near}? Else remove it." if near else "Correct it, or remove it."
    message = f"Nothing asks for “{visible(key)}”; it is kept and not read."
    return Found(message=message, fix=fix, text=key, **place)


@lru_cache(maxsize=256)
def _near(word: str, known: tuple[str, ...]) -> str | None:
    """Return what a key was probably meant to be; the same slip stands in many rows."""
    return next(iter(difflib.get_close_matches(word, known, n=1)), None)
