"""F5: everything that somebody still has to find out or confirm, by owner and by date; go to any of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from handoff_tui.core.dates import say_date
from handoff_tui.core.text import plural
from handoff_tui.session.finish import OpenPoint, by_owner, open_points
from handoff_tui.session.session import Session
from handoff_tui.tui.dialogs.base import Dialog
from handoff_tui.tui.keys import keys_of
from handoff_tui.tui.typeahead import focus_now
from handoff_tui.tui.widgets.chrome import Action
from handoff_tui.tui.widgets.listing import Hanging, Listing
from handoff_tui.tui.words import safe

__all__ = ["OpenPointsDialog"]

_NOTHING = "Nothing is open. {key} at a question says who finds out, and by when."


class OpenPointsDialog(Dialog[OpenPoint]):
    """Returns the point to go to."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._today = session.today()
        self._points = [point for points in by_owner(open_points(session)).values() for point in points]
        self.title_text = f"Open points: {self._count(self._points)}" if self._points else "Open points"

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        if self._points:
            yield Listing(id="points")
        else:
            yield Static(safe(_NOTHING.format(key=keys_of(self.app).shown("dont-know")), "$quiet"), markup=False)

    def buttons(self) -> Iterable[Widget]:
        """Return the buttons."""
        if self._points:
            yield Action("Go there", id="points-go", action="screen.go", main=True)
        yield Action("Close", id="dialog-close", action="screen.close")

    def on_mount(self) -> None:
        """Show the points, each under its owner; begin at the first."""
        if self._points:
            listing = self.query_one(Listing)
            listing.show(list(self._options()))
            focus_now(listing)
        else:
            focus_now(self.query_one("#dialog-close"))

    def _options(self) -> Iterator[Option]:
        room = max(len(_when(point, self._today)) for point in self._points)
        index = 0
        for at, (owner, points) in enumerate(by_owner(self._points).items()):
            head = Content("\n" if at else "") + safe(owner or "Nobody yet", "bold" if owner else "bold $warning")
            yield Option(head + safe(f"  {self._count(points)}", "$quiet"), disabled=True)
            for point in points:
                yield Option(self._line(point, room), id=str(index))
                index += 1

    def _line(self, point: OpenPoint, room: int) -> Hanging:
        when = _when(point, self._today).ljust(room)
        style = "$error" if point.overdue(self._today) else "$warning" if point.due is None else ""
        sign = "? " if point.kind == "open" else "◐ "
        about = " ".join(point.about.split())
        line = safe(sign, "$warning") + safe(when, style) + safe(f"  {point.what}", "bold")
        more = safe(f"  {'' if point.kind == 'open' else 'to confirm: '}{about}" if about else "", "$quiet")
        return Hanging((len(sign) + room + 2, line + more))

    def _count(self, points: Sequence[OpenPoint]) -> str:
        late = sum(point.overdue(self._today) for point in points)
        return plural(len(points), "point") + (f", {late} overdue" if late else "")

    # -- going there ---------------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id is not None:
            self.dismiss(self._points[int(event.option_id)])

    def action_go(self) -> None:
        """Go to the point that is highlighted."""
        self.query_one(Listing).action_select()


def _when(point: OpenPoint, today: date) -> str:
    if point.due is None:
        return "no date"
    return f"overdue since {say_date(point.due)}" if point.overdue(today) else f"by {say_date(point.due)}"
