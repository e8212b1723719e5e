"""The handoff that these tests render: payments, most questions answered, each state at least once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from handoff_tui.checks import check
from handoff_tui.core.answers import Answer
from handoff_tui.core.handoff import Handoff, Head
from handoff_tui.core.interview import Interview
from handoff_tui.render.summary import summary
from handoff_tui.session.publishing import publish
from handoff_tui.store.text import loads
from handoff_tui.tomlfile import read_toml
from tests.core.making import TODAY, bundled

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "docs" / "examples"


@cache
def billing() -> Handoff:
    return loads(read_toml(HERE / "billing.handoff.toml"))


def summarised(interview: Interview) -> str:
    """Return the summary with what the checks say on the day of the tests."""
    return summary(interview, check(interview, TODAY))


def rendered(handoff: Handoff) -> str:
    return summarised(Interview(bundled(handoff.head.template), handoff))


def published(handoff: Handoff, document: str, ending: str = "", file: str = "") -> str:
    """Return a document as the command line writes it on the day of the tests."""
    interview = Interview(bundled(handoff.head.template), handoff)
    return publish(interview, check(interview, TODAY), document, ending, file=file)


@cache
def example(name: str) -> Handoff:
    """Return an example of the documentation."""
    return loads(read_toml(EXAMPLES / f"{name}.handoff.toml"))


def handoff_of(values: dict[str, Any], template: str = "payments", **head: Any) -> Handoff:
    """Return a handoff with these answers: a value, or a whole `Answer`."""
    answers = {key: value if isinstance(value, Answer) else Answer(value) for key, value in values.items()}
    return Handoff(Head(**{"name": "A name", "template": template} | head), answers)


def changed(question_id: str, change: Callable[[Answer], Answer]) -> Handoff:
    """Return the sample with one answer changed."""
    return billing().with_answer(question_id, change(billing().answer(question_id)))


def part(text: str, title: str, level: int = 2) -> str:
    """Return what stands under a heading, down to the next one of its level or above."""
    lines = text.splitlines()
    start = lines.index(f"{'#' * level} {title}") + 1
    ends = tuple(f"{'#' * above} " for above in range(1, level + 1))
    end = next((number for number in range(start, len(lines)) if lines[number].startswith(ends)), len(lines))
    return "\n".join(lines[start:end])


def parser() -> MarkdownIt:
    """Return a reader of CommonMark with the tables and strikethrough of GitHub."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(token: Token) -> str:
    """Return the text that a reader sees of an inline token; what is neither text nor a break is named."""
    texts: list[str] = []
    for child in token.children or []:
        if child.type == "text":
            texts.append(child.content)
        elif child.type == "hardbreak" or (child.type, child.content) == ("html_inline", "<br>"):
            texts.append("\n")
        else:
            texts.append(f"<{child.type}>")
    return "".join(texts)
