"""Mermaid itself draws our charts: the nodes and edges that were meant, every label as it was typed, nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from handoff_tui.core.handoff import Handoff
from handoff_tui.core.text import clean, short, visible
from tests.browser.hostile import HOSTILE, handoff_with
from tests.browser.mermaid import Drawing, drawn
from tests.render.samples import billing, example, published

pytestmark = pytest.mark.slow

WORD = "zqzq"
"""No word of ours, and nothing to Mermaid."""
LEVELS = ("strict", "loose")
"""GitHub's and GitLab's, and one that lets through whatever a label really is."""


def charts(handoff: Handoff, document: str = "on-call") -> list[str]:
    return re.findall(r"^```mermaid\n(.*?)^```$", published(handoff, document), re.MULTILINE | re.DOTALL)


@dataclass
class Meant:
    """What our own text of a chart says, read without Mermaid; only for labels that have nothing hostile in them."""

    nodes: list[list[str]] = field(default_factory=list)
    said: list[list[str]] = field(default_factory=list)
    edges: int = 0

    @classmethod
    def of(cls, source: str) -> Meant:
        meant = cls()
        for line in source.splitlines()[1:]:
            label = re.search(r'"(.*)"', line)
            lines = [decoded(part) for part in label[1].split("<br/>")] if label else []
            if "-->" in line or "-.->" in line:
                meant.edges += 1
                meant.said += [lines] if lines else []
            else:
                meant.nodes.append(lines)
        return meant

    def with_(self, text: str) -> Meant:
        """Return what is meant where this was typed in place of the word."""

        def line(said: str) -> str:
            return short(visible(said.replace(WORD, text)), 60)

        def all_of(labels: list[list[str]]) -> list[list[str]]:
            return [[line(said) for said in label] for label in labels]

        return Meant(all_of(self.nodes), all_of(self.said), self.edges)


def decoded(label: str) -> str:
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), label)


def differs(found: Drawing, meant: Meant) -> list[str]:
    """Return how a drawing is not what was meant."""
    if found.error:
        return [found.error]
    pairs = {
        "nodes": (sorted(map(one_line, found.nodes)), sorted(map(one_line, meant.nodes))),
        "labels": (sorted(map(one_line, found.said)), sorted(map(one_line, meant.said))),
        "edges": (found.edges, meant.edges),
        "links or scripts": (found.strange, []),
    }
    return [f"{what}: {is_!r} for {should!r}" for what, (is_, should) in pairs.items() if is_ != should]


def one_line(lines: list[str]) -> str:
    """Return a label as one line, without the word joiners, which nobody sees."""
    return " / ".join(" ".join(line.replace("\N{WORD JOINER}", "").split()) for line in lines)


def compare(browser: str, mermaid: bytes, home: Path, wanted: list[tuple[str, Meant]]) -> list[Drawing]:
    sources = [(source, level) for source, _ in wanted for level in LEVELS]
    found, alarms = drawn(browser, mermaid, home, sources)
    meant = [item for _, item in wanted for _ in LEVELS]
    wrong = [
        f"{source[:80]} ({level}): {way}"
        for (source, level), drawing, item in zip(sources, found, meant, strict=True)
        for way in differs(drawing, item)
    ]
    assert wrong == []
    assert alarms == []
    return found


def test_the_charts_of_the_examples_are_drawn_as_they_are_meant(browser: str, mermaid: bytes, tmp_path: Path) -> None:
    handoffs = [*map(example, ("charging-plans", "furniture-deliveries", "wallet-verification")), billing()]
    sources = [source for handoff in handoffs for page in ("summary", "on-call") for source in charts(handoff, page)]
    assert len(sources) == 16
    found = compare(browser, mermaid, tmp_path, [(source, Meant.of(source)) for source in sources])
    assert all(drawing.nodes and drawing.said for drawing in found)
    # A drawing wider than this is shrunk by GitHub until nobody reads it.
    assert max(drawing.width for drawing in found) < 1600


def test_whatever_is_typed_is_shown_as_text(browser: str, mermaid: bytes, tmp_path: Path) -> None:
    plain = [Meant.of(source) for source in charts(handoff_with(WORD))]
    assert sorted((len(item.nodes), item.edges) for item in plain) == [(2, 2), (10, 8)]
    wanted = [
        (source, meant.with_(text))
        for text in map(clean, HOSTILE)
        for source, meant in zip(charts(handoff_with(text)), plain, strict=True)
    ]
    compare(browser, mermaid, tmp_path, wanted)


def test_what_is_no_chart_of_ours_would_be_noticed(browser: str, mermaid: bytes, tmp_path: Path) -> None:
    sources = [
        'flowchart LR\n    n1["a"]\n    click n1 href "javascript:alert(1)"',
        'flowchart LR\n    n1["<img src=x onerror=alert(1)>"]',
        'flowchart LR\n    n1["a"',
        'flowchart LR\n    n1["**a**"]\n    n1 --> n2',
    ]
    found, _ = drawn(browser, mermaid, tmp_path, [(source, "loose") for source in sources])
    assert all(differs(drawing, Meant([["a"]], [], 0)) for drawing in found)
    assert found[0].strange
    assert found[1].strange
    assert found[2].error
