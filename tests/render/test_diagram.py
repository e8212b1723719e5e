"""The Mermaid chart: which nodes and edges, and labels that cannot become anything else."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from handoff_tui.core.answers import Answer, Open
from handoff_tui.render.diagram import mermaid_label
from tests.render.samples import billing, handoff_of, part, rendered

PATH = {"path": "events", "from": "Stripe", "to": "Zendesk", "trigger": "webhook", "retry_window": "3d"}


def chart(paths: list[dict[str, Any]], systems: list[str] | None = None) -> list[str]:
    values = {
        "failure_handling.delivery_paths": paths,
        "parties.systems": [{"name": name, "role": "source"} for name in systems or []],
    }
    lines = part(rendered(handoff_of(values)), "How updates travel").strip().splitlines()
    assert lines[:2] == ["```mermaid", "flowchart LR"]
    assert lines[-1] == "```"
    return [line.strip() for line in lines[2:-1]]


def test_systems_are_nodes_and_paths_are_labelled_edges() -> None:
    assert chart([PATH], ["Stripe", "Zendesk", "Ledger"]) == [
        'n1["Stripe"]',
        'n2["Zendesk"]',
        'n3["Ledger"]',
        'n1 -->|"events<br/>pushed by webhook<br/>retried for 3d"| n2',
    ]


def test_a_system_that_is_not_listed_becomes_a_node_too() -> None:
    assert chart([PATH | {"to": "Unlisted"}], ["Stripe"])[:2] == ['n1["Stripe"]', 'n2["Unlisted"]']


def test_an_end_that_is_not_decided_is_drawn_as_that() -> None:
    assert chart([{"path": "p", "from": "Stripe"}]) == ['n1["Stripe"]', 'n2["not decided yet"]', 'n1 -->|"p"| n2']


def test_no_retries_are_said_in_words_and_a_value_that_does_not_fit_is_shown() -> None:
    assert (
        chart([PATH | {"retry_window": "0s", "trigger": "pigeon"}])[-1]
        == 'n1 -->|"events<br/>pigeon<br/>no retries"| n2'
    )


def test_without_a_path_there_is_no_chart() -> None:
    path = Answer([PATH], mark=Open(owner="mara"))
    text = rendered(billing().with_answer("failure_handling.delivery_paths", path))
    assert "## How updates travel" not in text


def decoded(label: str) -> str:
    """Return what a reader sees of a label: entity codes become those of HTML, and a word joiner shows nothing."""
    assert label[0] == label[-1] == '"'
    codes = re.sub(r"#(\d+);", r"&#\1;", label[1:-1])
    return html.unescape(re.sub(r"#([a-z]+);", r"&\1;", codes)).replace("\N{WORD JOINER}", "")


NASTY = [
    '"', "a]b", "`x`", "#quot;", "#35;", "<script>alert(1)</script>", "%%{init: {}}%%", "%% gone", "end",
    "click n1 href", "a --> b", "|", ";", "**b**", "1. one", "- two", "www.example.com", "https://x.example",
    "direction TB", "style a:#fff;", "{{x}}", "@{shape: x}", "$$x$$", "a:fa-bell", "c:\\new", "ﬂ°°35¶ß", "\\",
    "a & b &amp;", "Verzögerung 中 😀", "x\N{ZERO WIDTH JOINER}y",
]  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_a_label_shows_its_text_and_nothing_in_it_is_syntax(text: str) -> None:
    label = mermaid_label(text)
    assert decoded(label) == text
    assert not set(label[1:-1]) & set('"`<>[]{}()|%\\\n$*:@&')
    assert re.sub(r"#\w+;", "", label).count("#") == 0


def test_a_label_is_one_line_of_60_characters_at_most() -> None:
    assert decoded(mermaid_label("a\n\n\tb  c")) == "a b c"
    assert decoded(mermaid_label('"' * 80)) == '"' * 59 + "…"
    assert decoded(mermaid_label(" \n")) == "not decided yet"


def test_ids_and_versions_stay_readable_in_the_file() -> None:
    assert mermaid_label("billing-sync past_due v1.2") == '"billing-sync past_due v1.2"'


def test_hostile_systems_stay_inside_the_fence() -> None:
    lines = chart([PATH | {"from": '```\n"]; click n1', "path": "~~~"}])
    assert lines[0] == 'n1["#96;#96;#96; #quot;#93;#59; click n1"]'
    assert len(lines) == 3
