"""`merge`: called by hand, and by git itself for branches of breakout groups, for a rebase and for a stash."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from handoff_tui.core import changes
from handoff_tui.core.conflicts import conflicts_in
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.resolve import resolve
from tests.cli.calling import Done, run
from tests.cli.checkout import NAME, TEMPLATE, Checkout, answering, example, read, write

ALERTS, MAX, WINDOW = "alerts.alerts", "fallback.fallback_max", "ownership.change_notice"
Step = Callable[[Handoff], Handoff]


def draft() -> Handoff:
    handoff = example()
    return replace(handoff, head=replace(handoff.head, status="draft"))


def row(name: str, **cells: Any) -> Step:
    """Return what a group does that adds an alert or changes one."""

    def step(handoff: Handoff) -> Handoff:
        rows = handoff.rows(ALERTS)
        found = next((at for at, item in enumerate(rows) if item["alert"] == name), None)
        new = (rows[found] if found is not None else {"alert": name}) | cells
        return changes.put_row(handoff, TEMPLATE, ALERTS, rows, found, new)

    return step


def without(name: str) -> Step:
    return lambda handoff: changes.give(
        handoff, TEMPLATE, ALERTS, [item for item in handoff.rows(ALERTS) if item["alert"] != name]
    )


def names(handoff: Handoff) -> list[str]:
    return [item["alert"] for item in handoff.rows(ALERTS)]


# -- by hand -----------------------------------------------------------------------------------------------------


def three(folder: Path, ours: Handoff, theirs: Handoff, base: Handoff | None = None) -> Callable[..., Done]:
    """Write three versions, and return how to merge them."""
    for name, handoff in (("base", base or draft()), ("ours", ours), ("theirs", theirs)):
        write(folder / f"{name}.handoff.toml", handoff)
    return lambda *words: run(
        "merge", "base.handoff.toml", "ours.handoff.toml", "theirs.handoff.toml", *words, cwd=folder
    )


def test_two_edits_are_joined_into_ours(tmp_path: Path) -> None:
    done = three(tmp_path, answering(MAX, "2h")(draft()), answering(WINDOW, "20d")(draft()))()
    assert (done.code, done.out) == (0, "")
    assert done.lines[0] == "ours.handoff.toml: joined; nothing to decide."
    result = read(tmp_path / "ours.handoff.toml")
    assert (result.value(MAX), result.value(WINDOW)) == ("2h", "20d")
    assert "resume ours.handoff.toml\n" in (tmp_path / "ours.handoff.toml").read_text()
    assert {path.name for path in tmp_path.iterdir()} == {f"{n}.handoff.toml" for n in ("base", "ours", "theirs")}


def test_a_conflict_is_named_in_words_and_kept_in_the_file(tmp_path: Path) -> None:
    done = three(
        tmp_path,
        row("StripeSilent", urgency="notice")(answering(MAX, "2h")(draft())),
        row("StripeSilent", urgency="ticket")(answering(MAX, "3h")(draft())),
    )()
    assert done.code == 1
    assert done.lines == [
        "ours.handoff.toml: 2 answers were changed differently on both sides. "
        "Ours stands until you decide, theirs is kept beside it.",
        "  Alerts, StripeSilent: urgency: ours is “no action but good to know”, "
        "theirs is “when the ticket's turn comes”",
        "  Longest fallback: ours is 2 hours, theirs is 3 hours",
        "Decide in the interview: handoff-wizard resume ours.handoff.toml",
    ]
    result = read(tmp_path / "ours.handoff.toml")
    assert result.value(MAX) == "2h"
    assert [item.theirs for item in conflicts_in(result)] == ["ticket", "3h"]


def test_what_has_to_be_looked_at_again_is_said(tmp_path: Path) -> None:
    base = draft()
    ours = changes.reconfirm(answering("business_state.criticality", "delay")(base), ALERTS)
    done = three(tmp_path, ours, row("New", urgency="notice")(base))()
    assert done.code == 0
    assert "To be looked at again, because the other side changed what it rests on: Alerts." in done.err


def test_a_final_handoff_is_a_draft_after_it_and_that_is_said(tmp_path: Path) -> None:
    done = three(tmp_path, example(), answering(MAX, "2h")(draft()))()
    assert done.lines[-1] == "It was final on one side, and is a draft now: sign it off again."
    assert read(tmp_path / "ours.handoff.toml").head.status == "draft"


def test_conflicts_of_an_earlier_merge_are_said_and_are_none_of_this_one(tmp_path: Path) -> None:
    ours = replace(draft(), conflict={"fallback": {"fallback_max": [{"ours": "12h", "theirs": "8h"}]}})
    done = three(tmp_path, ours, answering(WINDOW, "20d")(ours), base=ours)()
    assert (done.code, done.lines[-1]) == (0, "1 conflict of an earlier merge still to be decided.")


@pytest.mark.parametrize("nothing", [os.devnull, "empty"])
def test_without_a_common_beginning_what_differs_is_a_conflict(nothing: str, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    write(tmp_path / "ours.toml", answering(MAX, "2h")(draft()))
    write(tmp_path / "theirs.toml", draft())
    done = run("merge", nothing, "ours.toml", "theirs.toml", cwd=tmp_path)
    assert done.code == 1
    assert done.lines[1] == "  Longest fallback: ours is 2 hours, theirs is 12 hours"


def test_the_same_on_both_sides_is_not_written_again(tmp_path: Path) -> None:
    merge = three(tmp_path, draft(), draft())
    path = tmp_path / "ours.handoff.toml"
    path.write_text("# by hand\n" + path.read_text().replace(" = ", "  =  "), encoding="utf-8")
    before = path.read_bytes()
    (tmp_path / "theirs.handoff.toml").write_bytes(before)
    (tmp_path / "base.handoff.toml").write_bytes(before)
    assert merge().code == 0
    assert path.read_bytes() == before


def test_the_mode_of_the_file_stays(tmp_path: Path) -> None:
    merge = three(tmp_path, draft(), answering(MAX, "2h")(draft()))
    (tmp_path / "ours.handoff.toml").chmod(0o640)
    assert merge().code == 0
    assert stat.S_IMODE((tmp_path / "ours.handoff.toml").stat().st_mode) == 0o640


def broken(path: Path) -> None:
    path.write_text("format = 1\n<<<<<<< ours\n", encoding="utf-8")


def newer(path: Path) -> None:
    path.write_text("format = 2\n[handoff]\n", encoding="utf-8")


@pytest.mark.parametrize("side", ["base", "ours", "theirs"])
@pytest.mark.parametrize("spoil", [broken, newer, Path.unlink])
def test_a_side_that_cannot_be_used_is_named_and_ours_left_alone(
    spoil: Callable[[Path], None], side: str, tmp_path: Path
) -> None:
    merge = three(tmp_path, answering(MAX, "2h")(draft()), answering(MAX, "3h")(draft()))
    spoil(tmp_path / f"{side}.handoff.toml")
    ours = tmp_path / "ours.handoff.toml"
    before = ours.read_bytes() if ours.exists() else None
    done = merge("--path", "docs/x.handoff.toml")
    assert (done.code, done.out, len(done.lines)) == (2, "", 1)
    assert f"docs/x.handoff.toml ({side})" in done.err
    assert "ours stands there as it was" in done.err
    assert (ours.read_bytes() if ours.exists() else None) == before


def test_a_result_that_could_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    # In the conflict it would stand deeper than a file may be nested.
    def deep(leaf: int) -> Step:
        value: Any = leaf
        for _ in range(97):
            value = [value]
        return lambda handoff: handoff.with_answer("future.deep", handoff.answer("future.deep").with_(value=value))

    merge = three(tmp_path, deep(1)(draft()), deep(2)(draft()))
    before = (tmp_path / "ours.handoff.toml").read_bytes()
    done = merge()
    assert (done.code, "would not read back" in done.err) == (2, True)
    assert (tmp_path / "ours.handoff.toml").read_bytes() == before


def test_a_read_only_file_is_refused(tmp_path: Path) -> None:
    merge = three(tmp_path, draft(), answering(MAX, "2h")(draft()))
    (tmp_path / "ours.handoff.toml").chmod(0o444)
    done = merge()
    assert (done.code, "read-only" in done.err) == (2, True)
    assert read(tmp_path / "ours.handoff.toml") == draft()


def test_without_its_template_it_is_joined_and_that_is_said(tmp_path: Path) -> None:
    base = replace(draft(), head=replace(draft().head, template="gone"))
    done = three(tmp_path, row("New", urgency="notice")(base), answering(MAX, "2h")(base), base=base)()
    assert done.code == 0
    assert "merged without its template" in done.lines[0]
    result = read(tmp_path / "ours.handoff.toml")
    assert (names(result)[-1], result.value(MAX)) == ("New", "2h")


def test_a_secret_on_the_other_side_is_not_shown(tmp_path: Path) -> None:
    secret = "sk_live_4eC39HqLyjWDarjtT1zdp7dc"
    done = three(
        tmp_path,
        answering("source_of_truth.join_key", "The customer id")(draft()),
        answering("source_of_truth.join_key", f"The key {secret}")(draft()),
    )()
    assert done.code == 1
    assert "[hidden]" in done.err
    assert "4eC39" not in done.err


# -- by git ------------------------------------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    begun = Checkout.begun(tmp_path, draft())
    begun.set_up()
    return begun


def merged(checkout: Checkout, ours: tuple[Step, ...], theirs: tuple[Step, ...], code: int = 0) -> Done:
    """Let two groups work on branches, and merge theirs into ours."""
    checkout.on_branch("theirs", *theirs)
    checkout.on_branch("ours", *ours)
    return checkout.git("merge", "--no-edit", "theirs", code=code)


def test_groups_that_fill_different_sections_join_without_a_word(tmp_path: Path) -> None:
    begun = replace(draft(), answers={key: draft().answers[key] for key in ("parties.people", "parties.systems")})
    checkout = Checkout.begun(tmp_path, begun)
    checkout.set_up()
    whole = draft()

    def section(name: str) -> Step:
        answers = {key: answer for key, answer in whole.answers.items() if key.startswith(f"{name}.")}
        return lambda handoff: replace(handoff, answers={**handoff.answers, **answers})

    groups = ("business_state", "ownership", "failure_handling", "fallback")
    for name in groups:
        checkout.on_branch(name, section(name))
    checkout.git("checkout", "-q", "main")
    for name in groups:
        checkout.git("merge", "--no-edit", name)
    result = checkout.handoff()
    expected = {key for key in whole.answers if key.partition(".")[0] in (*groups, "parties")}
    assert set(result.answers) == expected
    assert all(result.answer(key).value == whole.answer(key).value for key in expected)
    assert checkout.git("status", "--porcelain").out == ""
    assert f"resume {NAME}\n" in checkout.path.read_text()


def test_without_the_driver_git_alone_makes_a_conflict_of_the_same(tmp_path: Path) -> None:
    checkout = Checkout.begun(tmp_path, draft())
    merged(checkout, (row("A", urgency="notice"),), (row("B", urgency="ticket"),), code=1)
    assert "<<<<<<<" in checkout.path.read_text()


def test_rows_that_two_groups_added_to_one_table_both_stand(checkout: Checkout) -> None:
    before = names(draft())
    merged(checkout, (row("Zed", urgency="notice"),), (row("Alpha", urgency="ticket"),))
    assert names(checkout.handoff()) == [*before, "Alpha", "Zed"]


def test_merging_the_other_way_round_gives_the_same_file(checkout: Checkout) -> None:
    merged(checkout, (row("Zed", urgency="notice"), answering(MAX, "2h")), (row("Alpha", urgency="ticket"),))
    one = checkout.path.read_bytes()
    checkout.git("checkout", "-q", "theirs")
    checkout.git("merge", "--no-edit", "ours~1")
    assert checkout.path.read_bytes() == one


def test_one_cell_that_two_groups_changed_is_decided_later_and_until_then_the_check_fails(checkout: Checkout) -> None:
    done = merged(checkout, (row("StripeSilent", urgency="notice"),), (row("StripeSilent", urgency="ticket"),), code=1)
    assert "Alerts, StripeSilent: urgency: ours is" in done.err
    assert "CONFLICT" in done.out
    check = checkout.wizard("check")
    assert check.code == 1
    assert "Two people answered “Alerts” differently." in check.out
    assert "[conflict]" in check.out
    found = conflicts_in(checkout.handoff())
    assert [(item.row, item.column, item.ours, item.theirs) for item in found] == [
        ("StripeSilent", "urgency", "notice", "ticket")
    ]
    write(checkout.path, resolve(checkout.handoff(), TEMPLATE, ALERTS, 0, "theirs"))
    check = checkout.wizard("check")
    assert "[conflict]" not in check.out
    assert check.code == 0
    checkout.commit("join")
    assert checkout.handoff().rows(ALERTS)[names(checkout.handoff()).index("StripeSilent")]["urgency"] == "ticket"


def test_a_row_deleted_here_and_changed_there_is_decided_later(checkout: Checkout) -> None:
    merged(checkout, (without("StripeSilent"),), (row("StripeSilent", urgency="ticket"),), code=1)
    result = checkout.handoff()
    assert "StripeSilent" not in names(result)
    (item,) = conflicts_in(result)
    assert (item.row, item.column, item.theirs["urgency"]) == ("StripeSilent", None, "ticket")
    assert "StripeSilent" in names(resolve(result, TEMPLATE, ALERTS, 0, "theirs"))


def test_one_row_that_two_groups_added_is_no_duplicate(checkout: Checkout) -> None:
    merged(
        checkout,
        (row("Same", urgency="notice", audience="support"),),
        (row("Same", urgency="ticket", audience="support"),),
        code=1,
    )
    assert names(checkout.handoff()).count("Same") == 1
    assert "[duplicate-row]" not in checkout.wizard("check").out


def test_a_handoff_that_two_groups_began_by_themselves(tmp_path: Path) -> None:
    checkout = Checkout.begun(tmp_path, None)
    checkout.set_up()
    for branch, step in (("theirs", answering(MAX, "3h")), ("ours", answering(MAX, "2h"))):
        checkout.git("checkout", "-q", "-B", branch, "main")
        write(checkout.path, step(draft()))
        checkout.commit(branch)
    done = checkout.git("merge", "--no-edit", "theirs", code=1)
    assert "Longest fallback: ours is 2 hours, theirs is 3 hours" in done.err
    assert checkout.handoff().value(MAX) == "2h"


def test_a_rebase_joins_as_a_merge_does(checkout: Checkout) -> None:
    checkout.on_branch("theirs", row("Alpha", urgency="ticket"), answering(WINDOW, "20d"))
    checkout.on_branch("ours", row("Zed", urgency="notice"), answering(MAX, "2h"))
    checkout.git("rebase", "-q", "theirs")
    result = checkout.handoff()
    assert names(result)[-2:] == ["Alpha", "Zed"]
    assert (result.value(MAX), result.value(WINDOW)) == ("2h", "20d")


def test_a_rebase_with_a_conflict_goes_on_when_it_is_decided(checkout: Checkout) -> None:
    checkout.on_branch("theirs", answering(MAX, "3h"))
    checkout.on_branch("ours", answering(MAX, "2h"))
    checkout.git("rebase", "-q", "theirs", code=1)
    # In a rebase ours is the branch that we come to.
    assert [(item.ours, item.theirs) for item in conflicts_in(checkout.handoff())] == [("3h", "2h")]
    write(checkout.path, resolve(checkout.handoff(), TEMPLATE, MAX, 0, "theirs"))
    checkout.git("add", "-A")
    checkout.git("rebase", "--continue")
    assert checkout.handoff().value(MAX) == "2h"
    assert conflicts_in(checkout.handoff()) == ()


def test_what_was_stashed_comes_back_joined(checkout: Checkout) -> None:
    write(checkout.path, answering(MAX, "2h")(draft()))
    checkout.git("stash", "-q")
    write(checkout.path, row("Alpha", urgency="ticket")(draft()))
    checkout.commit("more")
    checkout.git("stash", "pop", "-q")
    assert (checkout.handoff().value(MAX), names(checkout.handoff())[-1]) == ("2h", "Alpha")


def test_crossing_merges_have_a_beginning_in_common_too(checkout: Checkout) -> None:
    checkout.on_branch("one", answering(MAX, "2h"))
    checkout.on_branch("two", answering(WINDOW, "20d"))
    first, second = (checkout.git("rev-parse", branch).out.strip() for branch in ("one", "two"))
    checkout.git("merge", "-q", "--no-edit", first)
    checkout.git("checkout", "-q", "one")
    checkout.git("merge", "-q", "--no-edit", second)
    write(checkout.path, answering(MAX, "4h")(checkout.handoff()))
    checkout.commit("one again")
    checkout.git("checkout", "-q", "two")
    checkout.git("merge", "-q", "--no-edit", "one")
    assert (checkout.handoff().value(MAX), checkout.handoff().value(WINDOW)) == ("4h", "20d")


def test_a_handoff_further_down_with_a_strange_name_uses_the_templates_beside_it(tmp_path: Path) -> None:
    name = "docs/it's a $(touch owned) & more.handoff.toml"
    ours = replace(draft(), head=replace(draft().head, template="ours"))
    checkout = Checkout.begun(tmp_path, ours, name)
    templates = checkout.folder / "docs" / "handoff-templates"
    templates.mkdir()
    (templates / "ours.toml").write_text(
        'format = 1\nversion = 1\ntitle = "Ours"\nabout = "Ours."\nextends = "payments"\n', encoding="utf-8"
    )
    checkout.commit("templates")
    checkout.set_up()
    done = merged(checkout, (answering(MAX, "2h"),), (answering(MAX, "3h"),), code=1)
    assert "without its template" not in done.err
    assert f"{name}: 1 answer was changed" in done.err
    assert not (checkout.folder / "owned").exists()
    assert checkout.path.read_text().splitlines()[0].endswith(f"resume {Path(name).name}")


def test_a_side_that_git_cannot_read_leaves_ours_and_the_merge_undecided(checkout: Checkout) -> None:
    checkout.on_branch("theirs", answering(MAX, "3h"))
    checkout.path.write_text("no handoff\n", encoding="utf-8")
    checkout.commit("broken")
    checkout.on_branch("ours", answering(MAX, "2h"))
    ours = checkout.path.read_bytes()
    done = checkout.git("merge", "--no-edit", "theirs", code=1)
    assert f"{NAME} (theirs):1" in done.err
    assert checkout.path.read_bytes() == ours
    assert "UU" in checkout.git("status", "--porcelain").out
