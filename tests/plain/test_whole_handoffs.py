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
from tests.end_to_end.by_session import play_to_files
from tests.end_to_end.scenarios import SCRIPTS
from tests.end_to_end.script import Script
from tests.plain.talking import Heard, Lines, Player

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
        talk, catalog, tmp_path / "plain", choose_template(talk, catalog), path=None, first={}, prework=False
    )
    assert opened is not None
    Interview(talk, opened).run()
    assert opened.close()
    assert "Signed off." in heard.said
    assert (opened.path.read_bytes(), opened.path.with_suffix(".md").read_bytes()) == wanted
    assert max(map(len, heard.said.splitlines())) < 200
