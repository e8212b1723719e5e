"""A drill as it is read in a terminal, and as the record that is kept of it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import replace

from handoff_tui.core.dates import say_date
from handoff_tui.core.drill import Drill, Gap, Link, Rehearsal, Span
from handoff_tui.core.text import log_line, visible
from handoff_tui.render.markdown import (
    Block,
    Markup,
    alert,
    bullets,
    document,
    escape,
    heading,
    join,
    led,
    paragraph,
    strong,
    table,
)

__all__ = ["last_rehearsed", "markdown", "numbered", "text", "times"]

_BOLD, _DIM, _YELLOW, _GREEN = "1", "2", "33", "32"


def last_rehearsed(drill: Drill) -> str:
    """Return when a failure was last rehearsed, in words."""
    return f"rehearsed on {say_date(drill.last)}" if drill.last else "never rehearsed"


def times(span: Span) -> str:
    """Return a time with what it is the sum of, and what is not in it."""
    parts = f": {' + '.join(span.parts)}" if span.parts else ""
    return f"{span.words}{parts}.{f' Not in it: {span.lacks}.' if span.lacks else ''}"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def numbered(drill: Drill) -> Iterator[tuple[str, Link]]:
    """Yield the links with their numbers; those that this failure does not need as one."""
    idle = [number for number, link in enumerate(drill.links, 1) if link.needless]
    for number, link in enumerate(drill.links, 1):
        if not link.needless:
            yield str(number), link
        elif number == idle[0]:
            yield f"{number} to {idle[-1]}", replace(link, title="Whom to call, what to say, what to do by hand")


# -- in the terminal ---------------------------------------------------------------------------------------------


def text(rehearsal: Rehearsal, width: int = 80, colour: bool = False) -> str:
    """Return the drills for a terminal; of several, first which chains hold."""
    pen = _Pen(width, colour)
    lines = [*pen.bold(f"Drill: {rehearsal.name}, {say_date(rehearsal.day)}"), ""]
    if len(rehearsal.drills) > 1:
        lines += [*pen.overview(rehearsal), ""]
    for at, drill in enumerate(rehearsal.drills):
        lines += [*pen.drill(rehearsal, at, drill), ""]
    return "".join(f"{line}\n" for line in lines[:-1])


class _Pen:
    def __init__(self, width: int, colour: bool) -> None:
        self._width, self._colour = width, colour

    def paint(self, said: str, *codes: str) -> str:
        return f"\x1b[{';'.join(codes)}m{said}\x1b[0m" if self._colour and said else said

    @staticmethod
    def plain(said: str) -> str:
        """Return a text of a person on one line, with nothing that a terminal or a log of a build would obey."""
        return log_line(" ".join(visible(said).split()))

    def _wrapped(self, said: str, margin: str = "   ", hanging: str = "") -> list[str]:
        lines = textwrap.wrap(
            self.plain(said),
            self._width,
            initial_indent=margin,
            subsequent_indent=margin + hanging,
            break_on_hyphens=False,
        )
        return [log_line(line) for line in lines]

    def bold(self, said: str) -> list[str]:
        return [self.paint(line, _BOLD) for line in self._wrapped(said, "", "  ")]

    def overview(self, rehearsal: Rehearsal) -> Iterator[str]:
        names = [self.plain(drill.name) for drill in rehearsal.drills]
        ends = [f"{drill.outcome}, {last_rehearsed(drill)}" for drill in rehearsal.drills]
        room = max(map(len, names))
        beside = room + max(map(len, ends)) + 4 <= self._width
        for name, end, drill in zip(names, ends, rehearsal.drills, strict=True):
            painted = self.paint(end, _YELLOW if drill.gaps else _GREEN)
            if beside:
                yield f"  {name.ljust(room)}  {painted}"
            else:
                yield from (*self._wrapped(name, "  ", "  "), f"    {painted}")

    def drill(self, rehearsal: Rehearsal, at: int, drill: Drill) -> Iterator[str]:
        yield from self.bold(f"Failure: {drill.name}")
        yield f"   {_sentence(last_rehearsed(drill))}"
        yield from self._wrapped(f"The customer sees: {drill.sees or 'nobody has said what'}", hanging="  ")
        for number, link in numbered(drill):
            yield ""
            yield self.paint(f"{number}  {link.title}", _BOLD)
            before = rehearsal.like_before(at, link)
            yield from self._wrapped(f"As for “{before}”.") if before and not link.needless else self._link(link)
        if drill.clock:
            yield ""
            yield self.paint("The clock", _BOLD)
            for span in drill.clock:
                yield from self._wrapped(times(span), hanging="  ")
        yield ""
        yield self.paint(_sentence(drill.outcome), _BOLD, _YELLOW if drill.gaps else _GREEN)

    def _link(self, link: Link) -> Iterator[str]:
        for said in link.said:
            yield from self._wrapped(f"{said.label}: {said.text}" if said.label else said.text, hanging="  ")
        for gap in link.gaps:
            yield from (self.paint(line, _YELLOW) for line in self._wrapped(f"Gap: {gap.text}", hanging="  "))
            if gap.place:
                yield from (self.paint(line, _DIM) for line in self._wrapped(f"Decide it at: {gap.place}", "     "))
        if link.aloud:
            yield from (self.paint(line, _DIM) for line in self._wrapped(f"Try it: {link.aloud}", hanging="  "))


# -- the record --------------------------------------------------------------------------------------------------


def markdown(rehearsal: Rehearsal) -> str:
    """Return the record: who took part is ticked off, what was learned is written in."""
    blocks = [
        heading(1, f"Drill: {rehearsal.name}"),
        paragraph(Markup(f"Rehearsed on {say_date(rehearsal.day)}. Who took part:")),
        bullets([*(led("[ ] ", name) for name in rehearsal.people), Markup("[ ] …")]),
    ]
    if len(rehearsal.drills) > 1:
        rows = [[drill.name, drill.outcome, _hears(drill), last_rehearsed(drill)] for drill in rehearsal.drills]
        blocks.append(table(["Failure", "On paper", "The clock", "Until now"], rows))
    for at, drill in enumerate(rehearsal.drills):
        blocks += _drill(rehearsal, at, drill)
    return document(blocks)


def _hears(drill: Drill) -> str:
    return drill.clock[0].words if drill.clock else ""


def _drill(rehearsal: Rehearsal, at: int, drill: Drill) -> Iterator[Block]:
    yield heading(2, led("Failure: ", drill.name))
    yield paragraph(join(led("**The customer sees:** ", drill.sees or "nobody has said what")))
    for number, link in numbered(drill):
        yield heading(3, Markup(f"{number}. {link.title}"))
        before = rehearsal.like_before(at, link)
        if before and not link.needless:
            yield paragraph(led("As for “", before, "”."))
        else:
            yield from _link(link)
    if drill.clock:
        yield heading(3, Markup("The clock"))
        yield bullets(
            led(f"{strong(escape(span.words), '.')} ", _sum(span)) or strong(span.words, ".") for span in drill.clock
        )
    yield paragraph(join(strong(f"On paper {drill.outcome}", "."), f"Until now {last_rehearsed(drill)}.", by=" "))
    yield paragraph(Markup("**In the room we learned:** …"))


def _sum(span: Span) -> Markup:
    parts = join(*span.parts, by=" + ")
    return join(led("", parts, "."), led("Not in it: ", span.lacks, "."), by=" ")


def _link(link: Link) -> Iterator[Block]:
    said = [led(f"**{escape(one.label)}:** ", one.text) if one.label else escape(one.text) for one in link.said]
    yield bullets([*said, led("[ ] ", link.aloud)])
    yield from map(_gap, link.gaps)


def _gap(gap: Gap) -> Block:
    return alert("WARNING", join(led("**Gap:** ", gap.text), led("Decide it at: ", gap.place, "."), by=" "))
