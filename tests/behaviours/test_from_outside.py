"""Behaviours 12, 13, 20 to 25: what the command line, the files and the terminal show."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from handoff_tui.tui.app import WizardApp
from tests.behaviours.team import ANSWERS, TEMPLATE, with_team
from tests.cli.calling import COMMAND, call, run
from tests.core.making import COMPLETE, small
from tests.end_to_end.by_keys import terminal
from tests.terminal import CTRL_N, CTRL_Q, ENTER, F2, F3, F8, Terminal
from tests.tui.driver import Room, in_interview, in_room

SECRET = "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc"
"""Looks like a key, and is none; in two pieces, so that nobody who scans this repository takes it for one."""


def _batch(folder: Path, name: str = "batch", answers: str = ANSWERS) -> Path:
    """Write a handoff from answers; return its file."""
    (folder / "answers.toml").write_text(answers)
    run("new", name, "--answers", "answers.toml", "--no-input", cwd=folder)
    return folder / f"{name}.handoff.toml"


def _begin(wall: Terminal) -> None:
    """Fill the start screen of the team's template."""
    wall.wait_for("what do we call it")
    wall.send("Billing", ENTER, "2", ENTER, "\t", "Mara", CTRL_N)
    wall.wait_for("What is it for?")


# -- 12 ----------------------------------------------------------------------------------------------------------------


def test_12_statuses_carry_words_and_with_no_color_there_is_no_colour_in_what_is_written(tmp_path: Path) -> None:
    """That what is painted in colour can be read: `tests/tui/test_theme.py`."""
    path = _batch(with_team(tmp_path))
    with terminal(tmp_path, "resume", path.name, env={"NO_COLOR": "1"}) as wall:
        wall.wait_for("Review ·")
        wall.send(F2)
        wall.wait_for("Completed")
        wall.wait_for("Cannot start yet")
        codes = [code for found in re.findall(rb"\x1b\[([\d;:]*)m", bytes(wall.output)) for code in found.split(b";")]
    colours = [int(code) for code in codes if code and 30 <= int(code) <= 107 and int(code) not in (39, 49)]
    assert colours == []


# -- 13 ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("templates", [[], ["--templates", "our templates"]], ids=["beside", "named"])
def test_13_quitting_prints_counts_open_items_by_owner_the_file_and_the_exact_way_back(
    templates: list[str], tmp_path: Path
) -> None:
    with_team(tmp_path)
    if templates:
        (tmp_path / "handoff-templates").rename(tmp_path / "our templates")
    command = [*COMMAND, *templates, "new", "billing", "--template", "team"]
    with Terminal(command, cwd=tmp_path, columns=160) as wall:
        _begin(wall)
        wall.send("reading on", ENTER)
        wall.wait_for("How bad is it?")
        wall.send("1", ENTER)
        wall.wait_for("For how long may it be down?")
        wall.send("4h", ENTER)
        wall.wait_for("Agreed?")
        wall.send("\x1b")
        wall.wait_for("For how long may it be down?")
        wall.send(F3)
        wall.wait_for("We don't know yet")
        wall.send("Mara", ENTER, "4 Dec 2099", CTRL_N)
        wall.wait_for("Agreed?")
        wall.send(CTRL_Q)
        wall.wait_for("Leave the interview?")
        wall.send(ENTER)
        assert wall.wait_exit() == 0
        said = wall.screen_text
    assert re.search(r"2 answered · 1 open", said), said
    assert re.search(r"[Mm]ara:\n\s+Window, by 4 Dec 2099", said), said
    assert "Saved in billing.handoff.toml." in said
    way_back = re.search(r"Resume: handoff-wizard (.*)", said)
    assert way_back, said
    named = way_back[1].replace("'our templates'", "our templates")
    words = [*templates, "resume", "billing.handoff.toml"]
    assert named == " ".join(words)
    with Terminal([*COMMAND, *words], cwd=tmp_path, columns=160) as wall:
        wall.wait_for("For how long may it be down?")


# -- 20 ----------------------------------------------------------------------------------------------------------------


async def test_20_the_screens_plain_lines_and_a_batch_file_give_the_same_bytes_with_a_hidden_answer_and_an_error(
    tmp_path: Path,
) -> None:
    """Whole interviews of every scenario, by keys and by a session: `tests/end_to_end`."""
    with_team(tmp_path)
    refused = run("new", "wrong", "--answers", "wrong.toml", "--no-input", cwd=_written(tmp_path))
    assert "one.window" in refused.err
    assert "“4 of” is not a length of time" in refused.err
    async with in_room(WizardApp(tmp_path)) as room:
        await room.press("n")
        listing = room.one("#cards")
        ids = [option.id for option in listing.options]  # type: ignore[attr-defined]
        await room.press("home", *["down"] * ids.index("team"), "enter")
        await room.press(*"Screens", "enter", "2", "enter", "tab", *"Mara", "ctrl+n")
        await room.press(*"reading on", "enter", "2", "enter", *"every May", "enter", *"4 of", "enter")
        assert "“4 of” is not a length of time" in room.words
        await room.press("end", "backspace", "backspace", *"hours", "enter")
        await room.jump("one.weight")
        await room.press("1", "enter")
        await room.jump("one.window")
        await room.click("#reconfirm")
        room.on_disk()
    batch = _batch(tmp_path, answers=ANSWERS.replace('"Billing"', '"Screens"'))
    by_screens = (tmp_path / "Screens.handoff.toml").read_text()
    assert by_screens.replace("Screens.handoff", "batch.handoff") == batch.read_text()
    assert 'drill = "every May"' in by_screens, "hidden, and kept by all"
    (tmp_path / "Screens.handoff.toml").unlink()
    typed = "Screens/2//Mara/reading on/2/every May/4 of/4 hours/:go weight/1/:go window/:still/:quit/"
    typed = typed.replace("/", "\n")
    words = [*COMMAND, "new", "Screens", "--template", "team", "--plain"]
    told = subprocess.run(words, cwd=tmp_path, input=typed, capture_output=True, encoding="utf-8", check=True)
    assert "“4 of” is not a length of time" in told.stdout
    assert (tmp_path / "Screens.handoff.toml").read_text() == by_screens


def _written(folder: Path) -> Path:
    (folder / "wrong.toml").write_text(ANSWERS.replace("4 hours", "4 of"))
    return folder


# -- 21 ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [(), ("new", "x"), ("resume",)], ids=lambda words: " ".join(words) or "home")
def test_21_without_three_terminals_no_screen_starts_one_line_says_so_and_the_exit_code_is_2(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    done = call(*words, cwd=tmp_path)
    assert (done.code, done.out, len(done.lines)) == (2, "", 1)
    assert "needs a terminal" in done.err
    with Terminal(["/bin/sh", "-c", '"$@" 2>err', "sh", *COMMAND, *words], cwd=tmp_path) as wall:
        assert wall.wait_exit() == 2
    assert b"\x1b" not in wall.output
    assert "stderr is not one" in (tmp_path / "err").read_text()


def test_21_no_input_lists_what_is_missing_by_id(tmp_path: Path) -> None:
    with_team(tmp_path)
    done = run("new", "x", "--template", "team", "--no-input", cwd=tmp_path)
    assert done.code == 2
    ids = [line.partition(":")[0] for line in done.lines]
    assert {"one.goal", "one.weight", "one.window"} <= set(ids)
    assert "one.drill" not in ids, "not asked as things stand"


# -- 22 ----------------------------------------------------------------------------------------------------------------


def test_22_writing_again_without_a_change_changes_no_byte_and_a_comment_becomes_a_note(tmp_path: Path) -> None:
    path = _batch(with_team(tmp_path))
    commented = path.read_text().replace('goal = "', '# agreed with legal\ngoal = "')
    path.write_text(commented)
    for _ in range(2):
        assert run("render", path.name, cwd=tmp_path).code == 0
        summary = (tmp_path / "batch.handoff.md").read_bytes()
    with Terminal([*COMMAND, "resume", path.name], cwd=tmp_path) as wall:
        wall.wait_for("Review ·")
        wall.send(CTRL_Q)
        wall.wait_for("Leave the interview?")
        wall.send(ENTER)
        wall.wait_exit()
    assert path.read_text() == commented, "looked through, and not touched"
    assert (tmp_path / "batch.handoff.md").read_bytes() == summary
    with Terminal([*COMMAND, "resume", path.name], cwd=tmp_path) as wall:
        wall.wait_for("Review ·")
        wall.send(F2)
        wall.wait_for("Type part of")
        wall.send("For how long")
        wall.wait_gone("Weight")
        wall.send(ENTER)
        wall.wait_for("For how long may it be down?")
        wall.send("\x7f\x7f")
        wall.wait_gone("▌ 4")
        wall.send("5h", ENTER)
        wall.wait_for("Agreed?")
        wall.wait_for(lambda _: "5h" in path.read_text())
    changed = path.read_text()
    assert 'text = "agreed with legal"' in changed
    assert [line for line in changed.split("\n") if line.startswith("goal")] == ['goal = "reading on"']


# -- 23 ----------------------------------------------------------------------------------------------------------------


async def test_23_under_a_newer_template_only_new_changed_and_stale_questions_are_asked(tmp_path: Path) -> None:
    path = _batch(with_team(tmp_path), answers=ANSWERS.replace('weight = "low"', 'weight = "high"') + _COPIES)
    newer = TEMPLATE.replace("version = 1", "version = 2").replace('example = "4h"', 'example = "4h"\nchanged = 2')
    with_team(tmp_path, newer + _NEW)
    asked = []
    async with in_room(WizardApp(tmp_path)) as room:
        await room.press("enter")
        for _ in range(10):
            if room.screen_name == "ReviewScreen":
                break
            asked.append(room.here)
            if room.here == "one.window":
                assert "the question itself changed" in room.words
                await room.click("#reconfirm")
            elif room.here == "two.new":
                await room.press(*"Mara", "enter")
            room.session.jump(room.session.interview.first_unsettled())
            await room.show()
        assert asked == ["one.window", "two.new"]
        assert room.on_disk().head.template_version == 2
    assert 'goal = "reading on"' in path.read_text()


_COPIES = '\n[two]\ncopies = "in the wiki"\n'
_NEW = """
[two.new]
kind = "line"
need = "essential"
label = "New"
ask = "Who looks after it?"
why = "Somebody has to."
example = "Mara"
"""


# -- 24 ----------------------------------------------------------------------------------------------------------------


async def test_24_a_secret_is_pointed_out_at_once_refused_by_review_and_final_and_never_said_again(
    tmp_path: Path,
) -> None:
    answers = {**COMPLETE, "start.goal": "It reads"}
    async with in_interview(tmp_path, small(), answers, at="start.goal", size=(120, 36)) as room:
        await room.press("end")
        await room.paste(f" with {SECRET}.")
        await room.press("ctrl+n")
        assert room.here == "start.weight"
        assert "Stripe live key" in room.words, "on the very next page"
        assert SECRET not in room.words
        await room.press("enter")
        assert room.screen_name == "ReadBackScreen"
        _names_the_place_and_not(room, "Goal")
        await room.review()
        _names_the_place_and_not(room, "Goal")
        await room.press("slash", *"reads", "enter")
        assert "[hidden]" in room.words
        assert SECRET not in room.words
        await room.press("escape", "ctrl+n", "f")
        _names_the_place_and_not(room, "Goal")
        assert room.on_disk().head.status == "draft"
        await room.press("d")
        assert SECRET not in room.words
    assert SECRET not in (tmp_path / "x.handoff.md").read_text()


def _names_the_place_and_not(room: Room, place: str) -> None:
    assert "Stripe live key" in room.words
    assert place in room.words
    assert SECRET not in room.words


def test_24_check_and_a_batch_refuse_it_by_place_too(tmp_path: Path) -> None:
    path = _batch(with_team(tmp_path), answers=ANSWERS.replace("reading on", f"with {SECRET}"))
    for words in (("check", path.name), ("check", path.name, "--format", "json"), ("render", path.name, "-o", "-")):
        done = run(*words, cwd=tmp_path)
        assert SECRET not in done.out + done.err
    done = run("check", path.name, cwd=tmp_path)
    assert done.code == 1
    assert "one.goal" in done.out or "Goal" in done.out
    final = run("new", "y", "--answers", "answers.toml", "--no-input", "--final", cwd=tmp_path)
    assert final.code == 2
    assert "one.goal" in final.err
    assert SECRET not in final.err


# -- 25 ----------------------------------------------------------------------------------------------------------------


def test_25_a_template_check_names_unknown_ids_cycles_and_unreachable_questions_by_file_and_key(
    tmp_path: Path,
) -> None:
    wrong = TEMPLATE.replace('label = "Goal"', 'label = "Goal"\npremises = ["one.nowhere"]')
    wrong = wrong.replace('label = "Weight"', 'label = "Weight"\npremises = ["one.window"]')
    wrong = wrong.replace('"one.weight" = "high" }\n\n[one.window]', '"one.weight" = "never" }\n\n[one.window]')
    with_team(tmp_path, wrong)
    done = run("templates", "check", "team", cwd=tmp_path)
    assert done.code != 0
    said = done.out + done.err
    assert "handoff-templates/team.toml" in said
    assert re.search(r"one\.goal\.premises: there is no question one\.nowhere", said), said
    assert re.search(r"one\.weight\.premises: these questions wait for one another", said), said
    assert re.search(r"one\.drill\.when: nobody can be asked this", said), said


def test_25_a_second_instance_opens_read_only_and_names_the_holder(tmp_path: Path) -> None:
    path = _batch(with_team(tmp_path))
    before = path.read_bytes()
    with Terminal([*COMMAND, "resume", path.name], cwd=tmp_path) as first:
        first.wait_for("Review ·")
        with Terminal([*COMMAND, "resume", path.name], cwd=tmp_path, columns=120) as second:
            second.wait_for("READ-ONLY")
            second.wait_for(lambda wall: re.search(r"READ-ONLY: \S+.* has it open", wall.screen_text))
            second.send(F2)
            second.wait_for("Type part of")
            second.send("What is it", ENTER)
            second.wait_for("What is it for?")
            second.send(F3)
            second.wait_for("Ctrl+R")
            second.send(F8)
            second.wait_for("Review ·")
        first.send(F2)
        first.wait_for("Type part of")
    assert path.read_bytes() == before
