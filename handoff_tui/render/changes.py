"""What changed between two versions of a handoff: for a terminal, for a pull request, and for scripts."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handoff_tui.core.compare import Change
from handoff_tui.core.finding import Finding, grouped
from handoff_tui.core.text import one_line, plural
from handoff_tui.core.weight import Weight
from handoff_tui.render.markdown import Block, Markup, bullets, document, escape, heading, join, paragraph, strong
from handoff_tui.render.reports.safely import as_json

__all__ = ["FORMATS", "Comparison"]

_WIDTH = 100
_FOLDED = (Weight.FACTS, Weight.WORDING)
"""What a pull request shows when somebody asks for it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a handoff.

    Args:
        old: What the version before is called: a file, `REV:path`, or standard input.
        new: What the version after is called.
        name: The name of the handoff.
        changes: What changed, the heaviest first.
        appeared: The findings that only the version after has.
        gone: The findings that only the version before had.
    """

    old: str
    new: str
    name: str
    changes: Sequence[Change] = ()
    appeared: Sequence[Finding] = ()
    gone: Sequence[Finding] = ()

    def by_weight(self) -> Iterator[tuple[Weight, list[Change]]]:
        """Yield the changes of each weight that has some."""
        for weight in Weight:
            found = [change for change in self.changes if change.weight is weight]
            if found:
                yield weight, found

    def counts(self) -> str:
        """Return how much changed, in words."""
        told = [plural(len(self.changes), "change") if self.changes else "No change of the contract"]
        told += [f"{plural(len(self.appeared), 'finding')} appeared"] if self.appeared else []
        told += [f"{plural(len(self.gone), 'finding')} gone"] if self.gone else []
        return ", ".join(told)


_FINDINGS = (("Findings that appeared", "appeared"), ("Findings that are gone", "gone"))


# -- for a terminal ----------------------------------------------------------------------------------------------


def text(comparison: Comparison) -> str:
    """Return the changes under the names of their weights, one sentence each."""
    lines = [f"{one_line(comparison.old)} and {one_line(comparison.new)}: {_small(comparison.counts())}."]
    for weight, changes in comparison.by_weight():
        lines += ["", weight.title]
        for change in changes:
            lines += _wrapped(f"{change.words}.")
    for title, name in _FINDINGS:
        found: Sequence[Finding] = getattr(comparison, name)
        lines += ["", title] if found else []
        for group in grouped(found):
            lines += _wrapped(f"{group.first.severity}: {group.message} [{group.first.rule}]")
    # The log of a build on GitHub takes what stands behind these for a command, wherever in a line.
    return "".join(f"{line}\n" for line in lines).replace("##[", "## [")


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _wrapped(said: str) -> list[str]:
    """Return a sentence on lines that read well, none of which a runner on GitHub takes for a command."""
    lines: list[str] = []
    width = _WIDTH - 4
    for line in textwrap.wrap(one_line(said), width, break_long_words=False, break_on_hyphens=False):
        if lines and line.startswith("::"):
            lines[-1] += f" {line}"
        else:
            lines.append(f"{'    ' if lines else '  '}{line}")
    return lines


# -- for a pull request ------------------------------------------------------------------------------------------


def markdown(comparison: Comparison) -> str:
    """Return the changes as Markdown, the lighter ones folded away; nothing in it is markup that somebody typed.

    Nobody is notified by a name in an answer, and no number becomes a link: both stand as code.
    """
    blocks: list[str] = [heading(2, _in_request(f"What changed in {comparison.name or 'the handoff'}"))]
    between = join(Markup("Between"), _called(comparison.old), Markup("and"), _called(comparison.new), by=" ")
    blocks.append(paragraph(join(between, f"{_small(comparison.counts())}.", by=": ")))
    folded: list[str] = []
    for weight, changes in comparison.by_weight():
        told = bullets(_in_request(f"{change.words}.") for change in changes)
        if weight in _FOLDED:
            folded.append(_fold(f"{weight.title} ({len(changes)})", told))
        else:
            blocks += [heading(3, weight.title), told]
    for title, name in _FINDINGS:
        found: Sequence[Finding] = getattr(comparison, name)
        if found:
            blocks += [heading(3, title), bullets(map(_finding, grouped(found)))]
    return document([*blocks, *folded])


def _finding(group: Any) -> Markup:
    said = _in_request(f"{group.message} {group.first.fix}")
    return join(strong(group.first.severity.capitalize(), after=":"), said, by=" ")


def _fold(title: str, content: Block) -> Block:
    """Return a part that is closed at first; a reader's `<` is escaped, so that nothing typed can close or open it."""
    return Block(f"<details>\n<summary>{title}</summary>\n\n{content}\n\n</details>")


def _called(name: str) -> Markup:
    """Return the name of a version as code where that shows it as it is: `HEAD:x.handoff.toml` reads badly escaped."""
    return Markup(f"`{name}`") if re.fullmatch(r"[\w./:~^@{}+-]{1,200}", name) else _in_request(name)


_REFERENCE = re.compile(
    r"""
      (?<!\w) @ \w (?: [\w/.-]* [\w] )?            # somebody, or a team
    | (?: \b [\w.-]+ / [\w.-]+ )? [#!] [0-9]+ \b   # an issue or a request, of this or of another repository
    | \b GH-[0-9]+ \b
    """,
    re.VERBOSE,
)


def _in_request(said: str) -> Markup:
    """Return a text on one line for a pull request, where escaping alone leaves names and numbers alive."""
    line = " ".join(one_line(said).split())
    parts: list[str] = []
    end = 0
    for found in _REFERENCE.finditer(line):
        parts += [_piece(line[end : found.start()]), Markup(f"`{found[0]}`")]
        end = found.end()
    return join(*parts, _piece(line[end:]))


def _piece(text: str) -> Markup:
    """Return a piece of a line, with the blanks around it that escaping a whole text would take away."""
    inner = text.strip(" ")
    if not inner:
        return Markup(text)
    before, after = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
    return Markup(f"{before}{escape(inner)}{after}")


# -- for scripts -------------------------------------------------------------------------------------------------


def json(comparison: Comparison) -> str:
    """Return everything as JSON.

    `weight` goes from 1 (owners) to 7 (wording); `row`, `column`, `was` and `is` are null where there is none.
    """
    return as_json(
        {
            "old": comparison.old,
            "new": comparison.new,
            "changes": [
                {
                    "weight": int(change.weight),
                    "question": change.question,
                    "row": change.row,
                    "column": change.column,
                    "was": change.was,
                    "is": change.now,
                    "words": change.words,
                }
                for change in comparison.changes
            ],
            "findings": {
                "appeared": [_as_table(finding) for finding in comparison.appeared],
                "gone": [_as_table(finding) for finding in comparison.gone],
            },
        }
    )


def _as_table(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "question": finding.question,
        "row": finding.row,
        "message": finding.message,
        "fix": finding.fix,
    }


FORMATS: Mapping[str, Callable[[Comparison], str]] = {"text": text, "markdown": markdown, "json": json}
"""How changes can be told, by the name after `--format`."""
