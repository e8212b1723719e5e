"""Start: which scenario, each with what it is for; then the name, the moment, who is in the room, the owner."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from handoff_tui.catalog import Catalog, TemplateCard
from handoff_tui.core.reading import PEOPLE, Context, Known
from handoff_tui.core.table import Column
from handoff_tui.errors import HandoffError
from handoff_tui.session.forms import START
from handoff_tui.session.joining import people_from
from handoff_tui.session.start import begin, compose, file_named, names_in
from handoff_tui.tui.host import Host, host_of
from handoff_tui.tui.keys import keys_of
from handoff_tui.tui.typeahead import focus_now
from handoff_tui.tui.widgets.chrome import Action, KeyHints, TwoEnds
from handoff_tui.tui.widgets.form import Form
from handoff_tui.tui.widgets.listing import Listing
from handoff_tui.tui.words import safe

__all__ = ["StartScreen"]


class StartScreen(Screen[None]):
    """Two pages: the scenario, and the head of the handoff."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="back", show=False),
        Binding("ctrl+n", "go_on", "Continue", id="continue", show=False),
        Binding("f1", "help", "Help", id="help", show=False),
    ]

    def __init__(
        self, folder: Path, catalog: Catalog, *, path: Path | None, template: str | None, first: Mapping[str, object]
    ) -> None:
        super().__init__()
        self._folder = folder
        self._catalog = catalog
        self._path = path
        self._template = template
        self._raw: dict[str, object] = dict(first)

    def compose(self) -> ComposeResult:
        """Lay out both pages; one is in sight."""
        yield TwoEnds(id="bar-file")
        with Vertical(id="stage"):
            yield Static(markup=False, id="ask")
            yield Static(markup=False, id="why")
            yield Listing(id="cards")
            with VerticalScroll(id="start-form", can_focus=False):
                yield Form(START, self._names(), self._raw, only=[column.id for column in START.columns])
            yield Static(markup=False, id="wrong")
            with Horizontal(id="buttons"):
                yield Action("Continue", id="continue", action="screen.go_on", main=True)
                yield Action("Back", id="back", action="screen.back")
        yield KeyHints(
            (
                ("Enter", "continue", "screen.go_on"),
                ("Esc", "back", "screen.back"),
                ("Ctrl+Q", "leave", "app.leave"),
                ("F1", "help", "screen.help"),
            )
        )

    def _names(self) -> Context:
        rows = people_from(names_in(str(self._raw.get("participants") or "")))
        return Context(date.today(), {PEOPLE: [Known(str(row["key"]), str(row["name"])) for row in rows]})

    def on_mount(self) -> None:
        """Show the page that is to be filled in first."""
        on_offer = self._catalog.cards()
        names = [card.id for card in on_offer]
        self.query_one("#cards", Listing).show([_card(card) for card in on_offer], at=self._template)
        where = self._path.name if self._path else "a new handoff"
        self.query_one("#bar-file", TwoEnds).show(Content("handoff-wizard"), Content.styled(where, "$quiet"))
        if self._template in names:
            self._show_form()
        else:
            self._show_cards()

    def _show_cards(self) -> None:
        self._page("What is the integration about?", "The choice sets the wording and adds a section of questions.")
        self.query_one("#cards").display = True
        self.query_one("#start-form").display = False
        focus_now(self.query_one("#cards"))

    def _show_form(self) -> None:
        title = next(card.title for card in self._catalog.cards() if card.id == self._template)
        self._page(f"{title}: what do we call it, and who is here?", "These four stand at the head of the handoff.")
        self.query_one("#cards").display = False
        self.query_one("#start-form").display = True
        self.query_one(Form).take_focus()

    def _page(self, ask: str, why: str) -> None:
        self.query_one("#ask", Static).update(Content(ask))
        self.query_one("#why", Static).update(Content(why))
        self.query_one("#wrong", Static).display = False

    @property
    def _choosing(self) -> bool:
        return bool(self.query_one("#cards").display)

    def action_go_on(self) -> None:
        """Accept the page in sight."""
        if self._choosing:
            self.query_one("#cards", Listing).action_select()
        else:
            self.query_one(Form).keep()

    async def action_back(self) -> None:
        """Go back to the scenarios, and from there home; what is typed stays."""
        if not self._choosing:
            self._show_cards()
        else:
            self.wizard.half_typed["start"] = self.query_one(Form).raw
            await self.wizard.go_home()

    def action_help(self) -> None:
        """Open the help: what the choice is between, or what each field is for."""
        from handoff_tui.tui.dialogs.help import HelpDialog

        fields = [(column.label, _explained(column)) for column in START.columns]
        cards = [(card.title, card.about) for card in self._catalog.cards()]
        self.app.push_screen(HelpDialog(keys_of(self.app).start_help, about=cards if self._choosing else fields))

    @property
    def unwritten(self) -> str:
        """What to say to somebody who leaves while something is typed here; empty where nothing is."""
        typed = {name: said for name, said in self.query_one(Form).raw.items() if said and name != "moment"}
        return "Nothing is written yet: what you typed here would be gone. Continue keeps it." if typed else ""

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._template = event.option_id
        self._show_form()

    @on(Form.Kept)
    async def _kept(self, event: Form.Kept) -> None:
        event.stop()
        try:
            template = self._catalog.load(self._template or "general")
            handoff = compose(template, event.raw, date.today())
            if isinstance(handoff, list):
                self.query_one(Form).say_wrong(handoff)
                return
            path = self._path or file_named(handoff.head.name, self._folder)
            if path.exists():
                self._refuse(f"{path.name} exists already. Give this one another name, or resume that one.")
                return
            opened = begin(path, template, handoff, date.today, prework=self.wizard.prework)
        except HandoffError as error:
            self._refuse(str(error))
            return
        await self.wizard.adopt(opened)

    def _refuse(self, why: str) -> None:
        wrong = self.query_one("#wrong", Static)
        wrong.update(safe(f"! {why}"))
        wrong.display = True
        self.query_one(Form).take_focus()

    @property
    def wizard(self) -> Host:
        """The app, as this screen knows it."""
        return host_of(self)


def _explained(column: Column) -> str:
    return f"{column.ask} For example: {column.example}" if column.example else column.ask


def _card(card: TemplateCard) -> Option:
    title = card.title if card.id != "general" else f"{card.title}: something else"
    return Option(Content.assemble((title, "bold"), "\n", (card.about, "$quiet"), "\n"), id=card.id)
