"""Behaviours 11 and 28: the rows of a table. What else may be pasted into one: `tests/tui/test_pasting.py`."""

from __future__ import annotations

from pathlib import Path

from handoff_tui.tui.widgets.field import Field
from tests.core.making import COMPLETE, MARA, small
from tests.tui.driver import Room, in_interview
from tests.tui.making import NAMED, kinds

GAPS = [{"gap": "no test account", "owner": "mara"}, {"gap": "no alert", "owner": "mara"}]


def _gaps(room: Room) -> list[str]:
    return [str(row["gap"]) for row in room.on_disk().rows("close.gaps")]


async def test_11_adding_shows_the_rows_entered_and_each_step_works_by_keyboard(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), {**COMPLETE, "close.gaps": GAPS}, at="close.gaps") as room:
        await room.press("insert")
        assert room.table.editing
        assert "no test account" in room.words
        assert "no alert" in room.words
        await room.press(*"no drill", "enter", *"mara", "ctrl+n")
        assert _gaps(room) == ["no test account", "no alert", "no drill"]
        await room.press("shift+tab", "home", "enter", "end", *" yet", "ctrl+n")
        assert _gaps(room) == ["no test account yet", "no alert", "no drill"]
        await room.press("shift+tab", "end", "ctrl+d")
        assert room.raw["owner"] == "mara"
        await room.press(*"no phone", "ctrl+n")
        assert _gaps(room)[-1] == "no phone"
        await room.press("shift+tab", "end", "alt+up")
        assert _gaps(room)[2:] == ["no phone", "no drill"]
        await room.press("delete")
        assert _gaps(room) == ["no test account yet", "no alert", "no drill"]


async def test_11_each_step_works_by_mouse_alone_too(tmp_path: Path) -> None:
    gaps = {**COMPLETE, "close.gaps": GAPS}
    async with in_interview(tmp_path, small(), gaps, at="close.gaps", size=(160, 40)) as room:
        await room.click(".rows-list", line=1)
        if room.table.editing:
            await room.click("#row-close")
        await room.click("#row-up")
        assert _gaps(room) == ["no alert", "no test account"]
        await room.click("#row-remove")
        assert _gaps(room) == ["no test account"]
        await room.click("#row-undo")
        assert _gaps(room) == ["no alert", "no test account"]
        await room.click("#row-edit")
        assert room.table.editing
        await room.click("#row-close")
        await room.click("#row-duplicate")
        assert room.raw["owner"] == "mara"
        await room.click("#row-close")
        assert _gaps(room) == ["no alert", "no test account"]


async def test_11_an_error_names_row_and_column(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), {**COMPLETE, "close.gaps": []}, at="close.gaps") as room:
        await room.press("insert", *"no drill", "ctrl+n")
        wrong = [str(line.render()) for line in room.app.screen.query(".form-wrong") if line.display]
        assert len(wrong) == 1
        assert "no drill" in wrong[0]
        assert "Owner" in wrong[0] or "owner" in wrong[0]


async def test_28_required_rows_are_there_from_the_start_and_count_only_once_they_are_filled(tmp_path: Path) -> None:
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.seeded") as room:
        assert "changes" in room.words
        assert "retries" in room.words
        assert room.answer("kinds.seeded").empty
        await room.press("ctrl+n")
        assert room.here == "kinds.seeded"


async def test_28_pasted_rows_are_matched_by_their_headers_and_a_bad_cell_is_flagged_and_kept(tmp_path: Path) -> None:
    sheet = [["Travels by", "Path", "May say"], ["batch", "events", "late"], ["pigeon", "copy", "soon, maybe"]]
    quoted = [[f'"{cell}"' for cell in line] for line in sheet]
    table = [f"| {' | '.join(line)} |" for line in (sheet[0], ["---"] * 3, *sheet[1:])]
    async with in_interview(tmp_path, kinds(), NAMED, at="kinds.table") as room:
        for text in ("\n".join(map("\t".join, sheet)), "\n".join(map(",".join, quoted)), "\n".join(table)):
            await room.paste(text)
            assert "copy, Travels by: “pigeon” is not one of the choices" in room.words
            await room.press("enter")
            assert room.rows("kinds.table") == [
                {"path": "events", "by": "batch", "says": "late"},
                {"path": "copy", "says": "soon, maybe"},
            ]
            assert "! pigeon" in room.words, "it stands in its cell"
            await room.press("ctrl+z")
            assert room.rows("kinds.table") == [], "one step takes all of it back"


async def test_28_only_the_needed_columns_show_and_the_others_fold_behind_more(tmp_path: Path) -> None:
    async with in_interview(tmp_path, small(), {"parties.people": [MARA]}, at="watch.alerts") as room:
        await room.press("enter")
        for needed in ("Alert", "Goes to", "Urgency"):
            assert needed in room.words
        assert "Tested_on" not in room.words.replace("more: Tested_on", "")
        await room.press(*"LagHigh", "enter", *"mara", "enter")
        assert "Runbook" not in room.words
        await room.press("1")
        assert "Runbook" in room.words, "needed by what was just chosen"
        folded = {column.id for column in room.table.table.columns if column.more}
        assert folded == {"tested_on"}
        assert "tested_on" not in _shown(room)
        await room.click("#form-more")
        assert "tested_on" in _shown(room)


def _shown(room: Room) -> list[str]:
    lines = [line for line in room.table.form.query(".form-line") if line.display and line.query(Field)]
    return [str(line.id or "").removeprefix("line-") for line in lines if line.region.height]
