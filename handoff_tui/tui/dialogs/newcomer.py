"""What is asked, on the spot, of somebody or something that was named for the first time."""

from __future__ import annotations

from handoff_tui.session.asking import about_newcomer
from handoff_tui.session.joining import Newcomer
from handoff_tui.session.session import Session
from handoff_tui.tui.dialogs.forms import Draft, FormDialog

__all__ = ["newcomer_dialog"]


def newcomer_dialog(session: Session, newcomer: Newcomer) -> FormDialog:
    """Return the dialog that asks for what a newcomer lacks; closing it leaves the row to be finished later."""
    title, index, columns = about_newcomer(session, newcomer)
    row = session.rows(newcomer.table)[index]
    return FormDialog(
        title,
        "This is asked once; every later answer can use the name.",
        session.table(newcomer.table),
        session.context,
        row,
        lambda raw: session.put_row(newcomer.table, index, {**row, **raw}),
        only=columns,
        # As if it were typed into the row's own form: there it is found again.
        draft=Draft(session.drafts, f"{newcomer.table}#{newcomer.row}", row),
    )
