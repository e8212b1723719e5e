"""The rules as people look them up: one page of a rule for the terminal, all of them as Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from handoff_tui.core.rule import ALL, FILE, Rule
from handoff_tui.render.markdown import Block, Markup, document, heading, join, link, paragraph, slug, strong
from handoff_tui.render.markdown import table as table_of

__all__ = ["advice_page", "by_theme", "explain", "overview", "rules_page"]

_PARTS = {
    "Looks for": "looks_for",
    "Why it matters": "why",
    "Not like this": "bad",
    "Like this": "good",
    "What to do": "fix",
}
"""The parts of a page, in reading order, and what holds each."""
_MOMENTS = {
    "discovery_to_delivery": "from discovery to delivery",
    "engineering_to_support": "from engineering to support",
}
_SEVERITIES = {"error": "an error", "warning": "a warning", "advice": "advice"}


def by_theme(rules: Mapping[str, Rule]) -> dict[str, list[Rule]]:
    """Return the rules by theme: the numbered ones in their order, the checks of the file last."""
    ordered = sorted(rules.values(), key=lambda rule: (rule.theme == FILE, rule.number or 0))
    themes: dict[str, list[Rule]] = {}
    for rule in ordered:
        themes.setdefault(rule.theme, []).append(rule)
    return themes


# -- in the terminal ---------------------------------------------------------------------------------------------


def explain(rule: Rule, width: int = 80) -> str:
    """Return the page of a rule for a terminal of this width."""
    lines = [*_wrapped(f"{rule.id}: {rule.title}.", width, ""), *_wrapped(_weight(rule), width, "")]
    for title, part in _PARTS.items():
        lines += ["", title, *_wrapped(getattr(rule.page, part), width, "  ")]
    return "\n".join(lines) + "\n"


def overview(rules: Mapping[str, Rule], width: int = 80) -> str:
    """Return all rules by theme: the id, how heavy it can be, what it is about."""
    longest = max((len(rule_id) for rule_id in rules), default=0)
    lines: list[str] = []
    for theme, members in by_theme(rules).items():
        lines += ["", theme] if lines else [theme]
        for rule in members:
            beside = f"  {rule.id:<{longest}}  {rule.severity:<7}  "
            lines += _wrapped(rule.title, width, " " * len(beside), first=beside)
    return "".join(f"{line}\n" for line in lines)


def _wrapped(text: str, width: int, indent: str, *, first: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        max(width, len(indent) + 20),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _weight(rule: Rule) -> str:
    """Return how heavy a rule is, where it holds, and what no template may do about it."""
    weight = rule.weight or ("always " if rule.severity == "error" else "") + _SEVERITIES[rule.severity]
    said = [f"{weight[:1].upper()}{weight[1:]}."]
    if rule.scope != ALL:
        said.append(f"Only with the template {rule.scope}, and with those that extend it.")
    if rule.moment:
        said.append(f"Only {_MOMENTS.get(rule.moment, rule.moment)}.")
    if rule.guards_file:
        said.append("It guards the file itself, so no template can turn it off.")
    return " ".join(said)


# -- as Markdown -------------------------------------------------------------------------------------------------


def advice_page(rule: Rule) -> str:
    """Return the page of a rule without its name, for a host that shows the name itself."""
    return document(_page(rule))


def rules_page(rules: Mapping[str, Rule]) -> str:
    """Return the page of all rules: a list to choose from, then each under its theme."""
    themes = by_theme(rules)
    blocks: list[Block] = [
        heading(1, "What the checks look for"),
        paragraph(
            "An error keeps a handoff from becoming final. A warning is listed in the summary, and can be accepted "
            "with a written reason. Advice is shown, and keeps nobody from anything."
        ),
        paragraph(
            Markup(
                "In the terminal: `handoff-wizard explain RULE`. This page is made from the program itself, by "
                "`python docs/make_rules.py`."
            )
        ),
        table_of(["Rule", "What it is about", "At its heaviest"], _rows(themes)),
    ]
    for theme, members in themes.items():
        blocks.append(heading(2, theme))
        for rule in members:
            blocks += [heading(3, rule.id), paragraph(strong(rule.title, after=".")), *_page(rule)]
    return document(blocks)


def _rows(themes: Mapping[str, Sequence[Rule]]) -> Iterator[list[str]]:
    for members in themes.values():
        for rule in members:
            yield [link(rule.id, slug(rule.id)), rule.title, rule.severity]


def _page(rule: Rule) -> Iterator[Block]:
    yield paragraph(_weight(rule))
    for title, part in _PARTS.items():
        yield paragraph(join(strong(title, after=":"), getattr(rule.page, part), by=" "))
