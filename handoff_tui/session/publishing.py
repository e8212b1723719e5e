"""A document of a handoff, to check in and to pass on: nothing leaves that must stay inside.

Secrets leave in no document, and what rule `unsafe-text` finds not in one for support. It is taken out of the answers
before they are written: in the finished text a secret may be escaped, and no longer be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from handoff_tui.checks.wording import unsafe_in
from handoff_tui.core.finding import Verdict
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.interview import Interview
from handoff_tui.render.documents import DOCUMENTS, Writer
from handoff_tui.render.view import LEFT_OUT
from handoff_tui.session.secrecy import Hush

__all__ = ["publish"]

Tell = Callable[[str], str]


def publish(
    interview: Interview,
    verdict: Verdict,
    document: str,
    ending: str = "",
    writer: Writer | None = None,
    file: str = "",
) -> str:
    """Return a document as the file of this ending holds it; without one, as it is written unasked.

    A `writer` of its own writes it in place of that of the ending. `file` is what the handoff's own file is called.
    """
    found = DOCUMENTS[document]
    ending = ending or found.ending
    told = _told(interview, verdict, for_support=found.for_support)
    return (writer or found.writer(ending, file))(*told)


def _told(interview: Interview, verdict: Verdict, *, for_support: bool) -> tuple[Interview, Verdict]:
    """Return a handoff and its findings as they may be told; what somebody called a false alarm is no secret.

    That holds for a question only as long as no other secret is found in it.
    """
    accepted, left = (
        {item.question for item in found if item.rule == "secret"} for found in (verdict.accepted, verdict.findings)
    )
    handoff, harmless = interview.handoff, accepted - left
    secret = [answer for question_id, answer in handoff.answers.items() if question_id not in harmless]
    hush = Hush.of(_texts([*secret, handoff.head, handoff.open_cells, handoff.accepted, handoff.conflict]))

    def tell(text: str) -> str:
        told = hush(text)
        if for_support and told != text:
            return f"({LEFT_OUT}it would show a secret)"
        return _for_support(told) if for_support else told

    def tell_harmless(text: str) -> str:
        return _for_support(text) if for_support else text

    answers = {
        question_id: _told_all(answer, tell_harmless if question_id in harmless else tell)
        for question_id, answer in handoff.answers.items()
    }
    told: Handoff = _told_all(replace(handoff, answers={}), tell)
    return Interview(interview.template, replace(told, answers=answers)), _told_all(verdict, tell)


def _for_support(text: str) -> str:
    """Return a text that support may read, else what was taken out of it and why."""
    kinds = unsafe_in(text)
    return f"({LEFT_OUT}it would show {', '.join(kinds)})" if kinds else text


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def _told_all(value: Any, tell: Tell) -> Any:
    """Return a value with every text in it as it may be told; names stay the same wherever they stand."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return tell(value)
    if isinstance(value, Mapping):
        return {key: _told_all(item, tell) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_told_all(item, tell) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _told_all(getattr(value, field.name), tell) for field in fields(value)})
    return value
