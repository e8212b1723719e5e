"""Whole handoffs by plain lines: byte for byte what the session writes, and so what the screens and the batch write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handoff_tui.catalog import Catalog
from handoff_tui.plain.console import Console
from handoff_tui.plain.interview import Interview
from handoff_tui.plain.start import choose_template, fill_head
from handoff_tui.plain.talk import Talk
from handoff_tui.session.batch import fill
from handoff_tui.session.start import begin
from tests.core.making import handoff_of, small
from tests.end_to_end.by_session import play_to_files
from tests.end_to_end.scenarios import SCRIPTS
from tests.end_to_end.script import Script
from tests.plain.talking import Heard, Lines, Player, interview

TODAY = date.today()


def whole(player: Player, script: Script, number: int) -> Lines:
    yield from player.start(script, number)
    yield from player.play(script.steps)
    while not player.hears("Draft or final?"):
        yield from player.type("")
    yield from player.type("final")
    yield from player.type("")


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_whole_handoff_is_written_byte_for_byte_as_by_the_session(name: str, tmp_path: Path) -> None:
    (tmp_path / "session").mkdir()
    wanted = play_to_files(SCRIPTS[name], tmp_path / "session", TODAY, final=True)
    (tmp_path / "plain").mkdir()
    catalog = Catalog()
    player = Player(catalog.load(name))
    number = [card.id for card in catalog.cards()].index(name) + 1
    heard = Heard(player.feed(whole(player, SCRIPTS[name], number)))
    talk = Talk(Console(heard.line, heard.write))
    opened = fill_head(
        talk, catalog, tmp_path / "plain", choose_template(talk, catalog), path=None, typed={}, prework=False
    )
    assert opened is not None
    Interview(talk, opened).run()
    assert opened.close()
    assert "Signed off." in heard.said
    assert (opened.path.read_bytes(), opened.path.with_suffix(".md").read_bytes()) == wanted
    assert [line for line in heard.said.splitlines() if len(line) > 80 and not line.startswith("  git ")] == []


def test_a_hidden_branch_and_answers_that_were_refused_leave_the_same_bytes_in_all_faces(tmp_path: Path) -> None:
    """A question is asked, answered, and hidden again; what was refused on the way leaves no trace."""
    handoff = handoff_of(name="Small", owner="mara")
    by_session = begin(tmp_path / "session.toml", small(), handoff, lambda: TODAY)
    session = by_session.session
    for question_id, raw in (("start.goal", "Read."), ("start.weight", "high"), ("close.drill", "in December")):
        assert session.answer(question_id, raw) == []
    assert session.put_row("watch.alerts", None, {"alert": "Lag", "goes_to": "Zofia Ł", "urgency": "notice"}) == []
    assert session.accept_table("watch.alerts") == []
    assert session.answer("watch.window", "90m") == []
    assert session.mark("close.review_by", "open", {"owner": "zofia-l", "due": "2027-05-01"}) == []
    assert session.answer("start.weight", "low") == []
    assert by_session.close()

    by_lines = begin(tmp_path / "plain.toml", small(), handoff, lambda: TODAY)
    heard = interview(
        by_lines,
        *("", "Read.", ".", "tbd", "9", "2"),  # the goal; a weight that is none, a number that nothing has
        *(":go drill", "?", "in December", ":go alerts"),
        *("add", "Lag", "Zofia Ł", "sometimes", "2", "", "done"),
        *("90", "soon", "90 min", ":go review", ":open", "1", "whenever", "1 May 2027", "", ":go weight", "1"),
    )
    assert heard.said.count("\n! ") == 6
    assert by_lines.close()

    by_batch = begin(tmp_path / "batch.toml", small(), handoff, lambda: TODAY)
    assert fill(by_batch.session, session.handoff) == []
    assert by_batch.close()
    wanted = (tmp_path / "session.toml").read_text(encoding="utf-8").replace("session.toml", "X")
    assert '[close]\ndrill = "in December"' in wanted
    assert (tmp_path / "plain.toml").read_text(encoding="utf-8").replace("plain.toml", "X") == wanted
    assert (tmp_path / "batch.toml").read_text(encoding="utf-8").replace("batch.toml", "X") == wanted
