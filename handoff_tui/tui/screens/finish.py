"""The end: draft or final; then what was written, what is open by owner, and how to check it in."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from handoff_tui.core.dates import say_date
from handoff_tui.core.finding import grouped
from handoff_tui.core.interview import REVIEW
from handoff_tui.core.text import plural, visible
from handoff_tui.errors import SaveError
from handoff_tui.session.findings import verdict
from handoff_tui.session.finish import Finished, by_owner, errors_of, finish, git_commands, open_points
from handoff_tui.tui.screens.findings import FindingsScreen
from handoff_tui.tui.typeahead import focus_now
from handoff_tui.tui.widgets.chrome import Action, Bar, KeyHints, scroll_by_key
from handoff_tui.tui.widgets.listing import Hanging, Listing
from handoff_tui.tui.words import safe

__all__ = ["FinishScreen"]


class FinishScreen(FindingsScreen):
    """Draft or final."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "final", "Sign it off as final", id="final", show=False),
        Binding("d", "draft", "Write the draft", id="draft", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Lay out what stands in the way, the choice, and room for the result."""
        errors = errors_of(self.session)
        yield Bar()
        with Vertical(id="stage"):
            yield Static(Content("Draft or final?"), markup=False, id="ask")
            yield Static(Content(self._lead(len(grouped(errors)))), markup=False, id="why")
            with VerticalScroll(id="result", can_focus=False):
                yield Listing(id="errors")
                yield Static(markup=False, id="written")
            with Horizontal(id="buttons"):
                yield Action(
                    "Sign off as final", id="final", action="screen.final", main=not errors, disabled=bool(errors)
                )
                yield Action("Write the draft", id="draft", action="screen.draft", main=bool(errors))
                yield Action("Review", id="back", action="screen.back")
                yield Action("Drill", id="drill", action="screen.drill")
                yield Action("Leave", id="leave", action="app.leave")
        yield KeyHints(
            (
                ("Enter", "do it", "screen.go_on"),
                ("Esc", "review", "screen.back"),
                ("Ctrl+Q", "leave", "app.leave"),
                ("F1", "help", "screen.help"),
                ("F6", "drill", "screen.drill"),
            )
        )

    @staticmethod
    def _lead(errors: int) -> str:
        if errors:
            return (
                f"{plural(errors, 'point')} must be settled before it can be final. "
                "A draft can be written and checked in at any time; Enter on a point goes there."
            )
        return "Nothing stands in the way. Final means signed off; a later change makes it a draft again."

    def on_mount(self) -> None:
        """Show what stands in the way, and offer the choice that can be made."""
        errors = errors_of(self.session)
        self.query_one("#drill").display = False  # beside the choice there is no room for it, and no need yet
        self.fill()
        self.refresh_bar()
        focus_now(self.query_one("#draft" if errors else "#final"))

    def fill(self) -> None:
        """Show what has to be mended, and the warnings that stand."""
        options = self.findings_as_options(item for item in verdict(self.session).findings if item.severity != "advice")
        listing = self.query_one("#errors", Listing)
        listing.show(options)
        listing.display = bool(options)

    def refresh_bar(self) -> None:
        """Show the counts."""
        self.show_counts("Finish")

    def action_final(self) -> None:
        """Sign the handoff off."""
        if not errors_of(self.session):
            self._finish(final=True)

    def action_draft(self) -> None:
        """Write the draft and its summary."""
        self._finish(final=False)

    def _finish(self, *, final: bool) -> None:
        if self.refused():
            return
        try:
            finished = finish(self.session, self.wizard.path, final=final)
        except SaveError as error:
            self.notify(visible(str(error)), severity="error", markup=False)
            return
        self.refresh_bar()
        self._show(finished)

    def _show(self, finished: Finished) -> None:
        head = finished.handoff.head
        self.query_one("#ask", Static).update(
            Content("Signed off." if head.status == "final" else "The draft is written.")
        )
        self.query_one("#why", Static).update(Content("Both files lie side by side; check them in together."))
        parts = [
            Content.assemble(("Written", "bold")),
            safe(f"  {finished.path.name}") + safe("  the contract, for machines and diffs", "$quiet"),
            safe(f"  {finished.summary.name}") + safe("  the summary, for people", "$quiet"),
        ]
        points = by_owner(open_points(self.session))
        if points:
            parts += [Content(""), Content.assemble(("Open, by owner", "bold"))]
            for owner, items in points.items():
                parts += [
                    safe(f"  {owner or 'nobody yet'}: {point.what}, {point.kind}")
                    + safe(f" by {say_date(point.due)}" if point.due else ", no date", "$warning")
                    for point in items
                ]
        parts += [Content(""), Content.assemble(("Check it in", "bold"))]
        parts += [safe(f"  {command}") for command in git_commands(finished)]
        written = self.query_one("#written", Static)
        written.update(Hanging(*((2, part) for part in parts)))
        written.display = True
        self.query_one("#errors").display = False
        for name in ("#final", "#draft"):
            self.query_one(name).display = False
        self.query_one("#drill").display = True
        self.query_one("#leave", Action).add_class("main")
        # After the buttons that had the focus are gone, or the toolkit moves it to their neighbour.
        self.call_after_refresh(focus_now, self.query_one("#leave"))
        self.wizard.finished = finished

    def on_key(self, event: events.Key) -> None:
        """Let the arrows read on in what was written and is open: the commands to check it in stand at its end."""
        if not self.listing.has_focus:
            scroll_by_key(self.query_one("#result"), event)

    async def action_go_on(self) -> None:
        """Do what the focused button does, or what can be done."""
        if self.query_one("#draft").display:
            self._finish(final=not errors_of(self.session))

    async def action_back(self) -> None:
        """Go back to the review."""
        await self.jump(REVIEW)

    @on(OptionList.OptionSelected)
    async def _mend(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        await self.go_to_finding(event.option_id, REVIEW)
