"""What the screens share that show findings: each said once with its places, jumped to, taken on with a reason."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets.option_list import Option

from handoff_tui.core.finding import Finding, Group, grouped
from handoff_tui.core.interview import Place
from handoff_tui.core.text import plural
from handoff_tui.session.findings import accept, can_be_accepted, place_of, verdict, withdraw
from handoff_tui.session.forms import ACCEPTANCE, START
from handoff_tui.tui.dialogs.forms import Draft, FormDialog
from handoff_tui.tui.screens.base import InterviewBase
from handoff_tui.tui.typeahead import hold_keys
from handoff_tui.tui.widgets.listing import Listing
from handoff_tui.tui.words import safe

__all__ = ["FindingsScreen"]

_STYLES = {"error": "$error", "warning": "$warning", "advice": "$quiet"}
_MARGIN = 11
"""Cells of the sign and the severity before a message."""
_MOST_PLACES = 12
_ROOMY = 30
"""Lines of a screen from which on there is room for air."""


class FindingsScreen(InterviewBase):
    """A screen whose listing holds findings among its lines."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "accept", "Accept a warning with a reason, or take that back", id="accept", show=False)
    ]

    _groups: tuple[Group, ...] = ()
    _taken: tuple[Group, ...] = ()

    def fill(self) -> None:
        """Show the lines anew, after something was accepted."""
        raise NotImplementedError

    @property
    def listing(self) -> Listing:
        """The list that holds the findings."""
        return self.query_one(Listing)

    # -- lines ---------------------------------------------------------------------------------------------------

    def findings_as_options(self, findings: Iterable[Finding]) -> list[Option]:
        """Return the lines of findings, and remember which is which."""
        self._groups = tuple(grouped(findings))
        return [option for index, group in enumerate(self._groups) for option in self._lines(index, group)]

    def accepted_as_options(self, findings: Iterable[Finding]) -> list[Option]:
        """Return a line for each thing that was taken on, with the reason."""
        self._taken = tuple(grouped(findings))
        lines = [self._accepted(group) for group in self._taken]
        before = len(self._groups)
        return [Option(self._gap(before + at) + line, id=f"accepted:{at}") for at, line in enumerate(lines)]

    def _lines(self, index: int, group: Group) -> Iterator[Option]:
        first = group.first
        severity = first.severity.capitalize()
        sign = "·" if first.severity == "advice" else "!"
        head = Content.styled(f"{sign} {severity}".ljust(_MARGIN), _STYLES[first.severity])
        alone = len(group.findings) == 1
        said = self._wrapped(group.message)
        about = self._wrapped(f"{first.fix} ({place_of(self.session, first)})" if alone else first.fix)
        line = self._gap(index) + head + safe(said.lstrip(), "bold") + safe("\n" + about, "$quiet")
        yield Option(line, id=f"finding:{index}")
        if not alone:
            for at, finding in enumerate(group.findings[:_MOST_PLACES]):
                text = f"{' ' * _MARGIN}› {place_of(self.session, finding)}"
                yield Option(safe(text), id=f"finding:{index}:{at}")
            if len(group.findings) > _MOST_PLACES:
                more = f"{' ' * _MARGIN}… and {len(group.findings) - _MOST_PLACES} more"
                yield Option(safe(more, "$quiet"), disabled=True)

    def _accepted(self, group: Group) -> Content:
        taken = group.first.accepted
        who = self.session.people().get(taken.by, taken.by) if taken else ""
        reason = f"{taken.reason} ({who})" if taken else ""
        where = place_of(self.session, group.first) if len(group.findings) == 1 else ""
        about = " · ".join(part for part in (where, reason) if part)
        said = self._wrapped(group.message).lstrip()
        return safe("Accepted".ljust(_MARGIN), "$quiet") + safe(said) + safe("\n" + self._wrapped(about), "$quiet")

    def _gap(self, index: int) -> Content:
        """Return the line that sets one thing apart from the one before, where the screen has room for it."""
        return Content("\n" if index and self.app.size.height >= _ROOMY else "")

    def _wrapped(self, text: str) -> str:
        width = max(min(self.app.size.width - 8, 88) - 6, 30)
        indent = " " * _MARGIN
        return textwrap.fill(" ".join(text.split()), width, initial_indent=indent, subsequent_indent=indent)

    def findings_in_words(self) -> str:
        """Return how much was found: “2 errors · 1 warning”."""
        found = [group.first.severity for group in self._groups]
        return " · ".join(plural(found.count(item), item) for item in ("error", "warning") if item in found)

    def show_counts(self, place: str) -> None:
        """Show how ready the handoff is, and in counts why: “2 errors · 1 warning · 1 open”."""
        found, still_open = self.findings_in_words(), self.session.interview.progress.open
        left = f"{found} · {still_open} open" if found and still_open else found or self.session.summary_line()
        self.show_bar(f"{place} · {verdict(self.session).readiness.words}", left=left)

    # -- acting --------------------------------------------------------------------------------------------------

    def _chosen(self, option_id: str | None) -> tuple[Group, Finding] | None:
        kind, _, rest = (option_id or "").partition(":")
        groups = {"finding": self._groups, "accepted": self._taken}.get(kind)
        if groups is None:
            return None
        index, _, at = rest.partition(":")
        group = groups[int(index)]
        return group, group.findings[int(at or 0)]

    async def go_to_finding(self, option_id: str | None, return_to: Place) -> bool:
        """Go to where a finding is, at its row; say whether the line was a finding."""
        chosen = self._chosen(option_id)
        if chosen is None:
            return False
        finding = chosen[1]
        if finding.question in self.session.template.by_id:
            self.wizard.reviewed, self.wizard.led = option_id, (finding,)
            place = Place("question", finding.question)
            await self.jump(place, return_to=return_to, row=finding.index, cell=finding.column)
        elif finding.question.startswith("handoff."):
            self.action_head()
        else:
            self.notify("This stands in the file itself; open it in an editor.", markup=False)
            self.wizard.release_keys()
        return True

    def action_accept(self) -> None:
        """Take the highlighted warning on with a reason and a name; an accepted one, no longer."""
        if self.refused():
            self.wizard.release_keys()
            return
        highlighted = self.listing.highlighted_option
        chosen = self._chosen(highlighted.id if highlighted else None)
        if chosen is None:
            self.notify("Go to a warning first.", markup=False)
            return
        group, _ = chosen
        if group in self._taken:
            withdraw(self.session, group.findings)
            self._show_again()
        elif can_be_accepted(group.first):
            hold_keys(self)  # the list has the focus, and is about to get what is typed for the dialog
            self._ask_why(group)
        else:
            advice = group.first.severity == "advice"
            said = (
                "Advice needs no accepting." if advice else "An error has to be mended; only a warning can be accepted."
            )
            self.notify(said, markup=False)

    @work
    async def _ask_why(self, group: Group) -> None:
        dialog = FormDialog(
            "This is a false alarm" if group.first.rule == "secret" else "Accept this warning",
            f"{group.message} It comes back when the text changes.",
            ACCEPTANCE,
            self.session.context,
            {},
            lambda raw: accept(self.session, group.findings, raw),
            keep="Accept",
            draft=Draft(self.wizard.half_typed, f"accept:{group.first.rule}:{group.message}"),
        )
        if await self.app.push_screen_wait(dialog):
            self._show_again()
            self.wizard.release_keys()

    def _show_again(self) -> None:
        at = self.listing.highlighted or 0
        self.fill()
        able = [index for index, option in enumerate(self.listing.options) if not option.disabled]
        self.listing.highlighted = next((index for index in able if index >= at), able[-1] if able else None)
        self.refresh_bar()

    @work
    async def action_head(self) -> None:
        """Change the name, the owner or the moment."""
        if self.refused():
            self.wizard.release_keys()
            return
        session = self.session
        head = session.handoff.head
        raw = {"name": head.name, "moment": head.moment, "owner": head.owner}
        dialog = FormDialog(
            "The head of the handoff",
            "",
            START,
            session.context,
            raw,
            session.change_head,
            only=tuple(raw),
            draft=Draft(self.wizard.half_typed, "head"),
        )
        if await self.app.push_screen_wait(dialog):
            await self.wizard.show_place()
