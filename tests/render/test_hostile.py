"""Hostile text in every answer: the document keeps its structure, and shows the text as it was typed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from handoff_tui.core.answers import Answer, Assumed, NotApplicable, Note, Open
from handoff_tui.core.finding import Finding, Readiness, Verdict
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.interview import Interview
from handoff_tui.core.kinds import LineKind, TextKind
from handoff_tui.core.table import TableKind
from handoff_tui.render.documents import DOCUMENTS
from handoff_tui.render.support_card import support_card
from handoff_tui.render.view import View
from tests.core.making import bundled
from tests.render import second
from tests.render.samples import billing, example, parser, shown

HOSTILE = [
    "# heading", "===", "---", "***", "> quote", "- item", "1. item", "    code", "```", "~~~", "| a | b |",
    "<b>bold</b>", "<script>alert(1)</script>", "<!-- gone", "&amp;lt;", "[x](y)", "![x](y)", "[x]: /y",
    "[^1]: note", "[!NOTE]", "**bold**", "__bold__", "*x", "x*", "_x_", "~~gone~~", "$x$", "`code`",
    "ends with \\", "\\", "a\\|b", "see http://x.example", "www.x.example", "a@b.example", "@name #12 !3 %4 &5",
    ":smile:", "{{ x }}", "{% raw %}", "<https://x.example>", "{toc}", "+++", "=", "x  ", "\ufe0f",
]  # fmt: skip


def poisoned(text: str, handoff: Handoff | None = None) -> Handoff:
    """Return the sample with this in every text that a person types, also in names, notes and reasons."""
    handoff = handoff or billing()
    template = bundled(handoff.head.template)
    answers = {}
    for question_id, answer in handoff.answers.items():
        field = template.by_id[question_id].field
        value: Any = answer.value
        if isinstance(field, TableKind) and value:
            free = {c.id for c in field.columns if isinstance(c.field, TextKind) or _free(c.field)}
            free -= {"key", field.key.id if question_id in ("parties.systems", "alerts.alerts") else "key"}
            value = [{key: text if key in free else cell for key, cell in row.items()} for row in value]
        elif isinstance(field, TextKind) or _free(field):
            value = text if value else value
        answers[question_id] = _poisoned_state(answer, text).with_(value=value)
    head = replace(handoff.head, name=text, participants=(text, text))
    return replace(handoff, head=head, answers=answers, accepted=({"question": "alerts.alerts", "reason": text},))


def _free(field: object) -> bool:
    return isinstance(field, LineKind) and field.refers_to is None


def _poisoned_state(answer: Answer, text: str) -> Answer:
    mark = answer.mark
    match mark:
        case Open():
            mark = replace(mark, note=text)
        case Assumed():
            mark = replace(mark, basis=text)
        case NotApplicable():
            mark = replace(mark, reason=text)
    return answer.with_(mark=mark, note=Note(text=text, agreed_by=(text,)) if answer.note else None)


def document(text: str, name: str = "summary", ending: str = ".md") -> str:
    """Return a document of the poisoned sample, with a finding that holds the text too; always the same findings."""
    finding = Finding("untested", "warning", "alerts.alerts", f"{text} has never been rehearsed.", text, text)
    interview = Interview(bundled("payments"), poisoned(text))
    return DOCUMENTS[name].writers[ending](interview, Verdict((finding,), (), Readiness.NOT_READY))


def structure(markdown: str) -> list[str]:
    """Return the kinds of all blocks and of everything inside them but text."""
    kinds: list[str] = []
    for token in parser().parse(markdown):
        kinds.append(token.type + token.tag)
        kinds += [child.type for child in token.children or [] if child.type != "text"]
    return kinds


def inline_texts(markdown: str) -> list[str]:
    """Return the texts that a reader sees."""
    return [shown(token) for token in parser().parse(markdown) if token.type == "inline"]


ENGINES = {"markdown-it": (structure, inline_texts), "mistune": (second.kinds, second.texts)}
MARKDOWN = [name for name, item in DOCUMENTS.items() if ".md" in item.writers]
WORD = "zqzq"
"""No word of ours."""


@cache
def plain(name: str, engine: str) -> tuple[list[str], list[str]]:
    """Return the structure and the texts of a document with nothing nasty in it."""
    kinds, texts = ENGINES[engine]
    return kinds(document(WORD, name)), texts(document(WORD, name))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", MARKDOWN)
@pytest.mark.parametrize("text", HOSTILE)
def test_the_structure_is_that_of_a_plain_word(text: str, name: str, engine: str) -> None:
    assert ENGINES[engine][0](document(text, name)) == plain(name, engine)[0]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", MARKDOWN)
@pytest.mark.parametrize("text", HOSTILE)
def test_the_text_comes_back_as_it_was_typed(text: str, name: str, engine: str) -> None:
    lines = plain(name, engine)[1]
    assert sum(WORD in line for line in lines) > 6
    texts = ENGINES[engine][1](document(text, name))
    assert [_closed(line) for line in texts] == [_closed(line.replace(WORD, text)) for line in lines]


def _closed(line: str) -> str:
    """Return a line without its blanks: how many there are, Markdown does not show."""
    return "".join(line.split())


@pytest.mark.parametrize("name", ["wallet-verification", "furniture-deliveries"])
@pytest.mark.parametrize("text", HOSTILE)
def test_the_card_of_each_scenario_keeps_its_structure_and_its_texts(text: str, name: str) -> None:
    card, harmless = _card(text, name), _card(WORD, name)
    assert structure(card) == structure(harmless)
    assert [_closed(line) for line in inline_texts(card)] == [
        _closed(line.replace(WORD, text)) for line in inline_texts(harmless)
    ]


@cache
def _card(text: str, name: str) -> str:
    handoff = poisoned(text, example(name))
    return support_card(View.of(Interview(bundled(handoff.head.template), handoff)))


def test_the_links_are_ours_and_those_that_are_an_address_as_a_whole() -> None:
    links = [
        child.attrs["href"]
        for token in parser().parse(document("[x](https://evil.example)"))
        for child in token.children or []
        if child.type == "link_open"
    ]
    assert links
    assert all(str(target).startswith("#") for target in links)


def test_no_control_character_reaches_the_document() -> None:
    text = document("a\x1b]52;c;x\x07\x00\u202eb\x85")
    assert not set(text) & {"\x1b", "\x07", "\x00", "\u202e", "\x85"}
    text.encode()
    document("\ud800").encode()
