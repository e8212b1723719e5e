"""A drill as text and as a record: the bytes that were reviewed, and nothing a person typed is markup or a command.

After a change that is meant: `GOLDEN=write pytest tests/render/test_drill.py`, then read the diff.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import date

import pytest

from handoff_tui.core.drill import Rehearsal
from handoff_tui.render.drill import markdown, text
from handoff_tui.session.drilling import rehearsal
from handoff_tui.store.file import HandoffFile
from tests.core.making import bundled
from tests.hostile.mutants import EXAMPLES
from tests.render.samples import HERE, parser, shown
from tests.render.test_hostile import HOSTILE, structure

DAY = date(2026, 11, 24)
NAMES = [path.name.split(".")[0] for path in EXAMPLES]


def rehearsed(index: int = 0) -> Rehearsal:
    handoff = HandoffFile.read(EXAMPLES[index])[1]
    return rehearsal(handoff, bundled(handoff.head.template), DAY)


@pytest.mark.parametrize("index", range(len(EXAMPLES)), ids=NAMES)
def test_the_record_is_the_one_that_was_reviewed(index: int) -> None:
    golden = HERE / f"{NAMES[index]}.drill.md"
    record = markdown(rehearsed(index))
    if os.environ.get("GOLDEN") == "write":
        golden.write_bytes(record.encode())
    assert record == golden.read_bytes().decode(), "If this is meant: GOLDEN=write pytest tests/render/test_drill.py"


@pytest.mark.parametrize("index", range(len(EXAMPLES)), ids=NAMES)
def test_both_ways_of_telling_it_hold_every_answer_and_every_gap(index: int) -> None:
    whole = rehearsed(index)
    for drill in whole.drills:
        alone = replace(whole, drills=(drill,))
        told = " ".join(text(alone).split())
        tokens = parser().parse(markdown(alone))
        record = " ".join(" ".join(shown(token) for token in tokens if token.type == "inline").split())
        texts = [said.text for link in drill.links for said in link.said if not link.needless]
        texts += [part for gap in drill.gaps for part in (gap.text, gap.place)]
        texts += [part for span in drill.clock for part in (span.words, *span.parts, span.lacks)]
        for said in (" ".join(item.split()) for item in texts):
            assert said in told
            assert said in record


def test_what_was_said_of_an_earlier_failure_is_not_said_again() -> None:
    for told in (text(rehearsed()), markdown(rehearsed())):
        # Once, and where Stripe or Zendesk is down once more: some of the steps need just that.
        assert " ".join(told.split()).count("The support duty lead starts it in #support-live") == 3
        assert "As for “no reply in time”." in told


def hostile(typed: str) -> Rehearsal:
    """Return the drill of a failure with gaps and without, this in every text of it that comes from the file."""
    whole = rehearsed()
    chosen = (whole.drills[2], whole.drills[6])
    assert [bool(drill.gaps) for drill in chosen] == [False, True]
    return Rehearsal(typed, DAY, (typed,), tuple(drill.told(lambda _: typed) for drill in chosen[:1]))


@pytest.mark.parametrize("typed", HOSTILE)
def test_the_record_keeps_its_structure_and_shows_the_text_as_it_was_typed(typed: str) -> None:
    record = markdown(hostile(typed))
    assert structure(record) == structure(markdown(hostile("xyzzy")))
    texts = "\n".join(shown(token) for token in parser().parse(record) if token.type == "inline")
    plain = markdown(hostile("xyzzy"))
    assert texts.count(typed.strip()) >= plain.count("xyzzy") > 30


@pytest.mark.parametrize(
    "typed", ["\x1b[31mred", "\x1b]52;c;x\x07", "\u202eback", "a\x85b\x00", "a\nb\n\nc", "::stop", "##[x]"]
)
@pytest.mark.parametrize("width", [60, 100])
def test_a_terminal_and_a_log_obey_nothing_of_it(typed: str, width: int) -> None:
    told = text(hostile(typed), width)
    assert not set(told) & set("\x1b\x07\u202e\x85\x00")
    assert not any(line.lstrip().startswith("::") for line in told.splitlines())
    assert "##[" not in told
    assert len(told.splitlines()) == len(text(hostile("xyzzy"), width).splitlines())
    assert not set(markdown(hostile(typed))) & set("\x1b\x07\u202e\x85\x00")


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(len, text(rehearsed(), width).splitlines())) <= width


def test_colour_changes_no_word() -> None:
    coloured = text(rehearsed(), 80, colour=True)
    assert "\x1b[1;33mThe chain breaks" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == text(rehearsed(), 80)
