"""What is asked, on the spot, of somebody or something that was named for the first time."""

from __future__ import annotations

from handoff_tui.session.joining import Newcomer
from handoff_tui.session.session import Session
from handoff_tui.tui.dialogs.forms import Draft, FormDialog

__all__ = ["newcomer_dialog"]


def newcomer_dialog(session: Session, newcomer: Newcomer) -> FormDialog:
    """Return the dialog that asks for what a newcomer lacks; closing it leaves the row to be finished later."""
    table = session.table(newcomer.table)
    rows = session.rows(newcomer.table)
    index = [table.row_label(row) for row in rows].index(newcomer.row)
    name = str(rows[index].get("name") or newcomer.row)
    # What is suggested counts once somebody has seen it: whether this is a person or a rota decides who is alone.
    suggested = [column.id for column in table.columns if column.suggest is not None]
    return FormDialog(
        f"{name} will be paged" if "hours" in newcomer.lacks else f"{name} is new here",
        "This is asked once; every later answer can use the name.",
        table,
        session.context,
        rows[index],
        lambda raw: session.put_row(newcomer.table, index, {**rows[index], **raw}),
        only=("name", *newcomer.lacks, *suggested),
        # As if it were typed into the row's own form: there it is found again.
        draft=Draft(session.drafts, f"{newcomer.table}#{newcomer.row}", rows[index]),
    )
