"""`git-setup`: shows what it writes into this one clone, writes it once, and takes back exactly that."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from handoff_tui.store.git import PATTERN, exclude
from tests.cli.calling import run
from tests.cli.checkout import NAME, Checkout, example

ATTRIBUTES = "*.handoff.toml merge=handoff diff=handoff"


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout.begun(tmp_path, example())


def inside(checkout: Checkout) -> dict[str, bytes]:
    """Return what git keeps for the clone: its settings, attributes and excludes."""
    git = checkout.folder / ".git"
    files = [git / "config", *sorted((git / "info").iterdir())]
    return {file.name: file.read_bytes() for file in files if file.is_file()}


def test_it_shows_what_it_writes_and_git_then_knows_it(checkout: Checkout) -> None:
    done = checkout.wizard("git-setup")
    assert (done.code, done.out) == (0, "")
    assert done.lines == [
        ".git/config:",
        "  + merge.handoff.name = handoff-wizard: join two edits of a handoff answer by answer",
        "  + merge.handoff.driver = handoff-wizard merge %O %A %B --path=%P",
        r"  + diff.handoff.xfuncname = ^\[.*\]",
        ".git/info/attributes:",
        f"  + {ATTRIBUTES}",
        ".git/info/exclude:",
        f"  + {PATTERN}",
        "Written. Git now joins handoffs answer by answer in this clone. Undo: handoff-wizard git-setup --undo",
    ]
    assert (
        checkout.git("check-attr", "merge", "diff", "--", NAME).out
        == f"{NAME}: merge: handoff\n{NAME}: diff: handoff\n"
    )
    assert checkout.git("check-attr", "merge", "other.toml").out == "other.toml: merge: unspecified\n"
    (checkout.folder / f".{NAME}.journal").touch()
    assert checkout.git("status", "--porcelain").out == ""


def test_a_hunk_shows_in_which_table_it_is(checkout: Checkout) -> None:
    checkout.set_up()
    checkout.path.write_text(checkout.path.read_text().replace("StripeSilent", "StripeQuiet", 1), encoding="utf-8")
    hunks = [line for line in checkout.git("diff").out.splitlines() if line.startswith("@@")]
    assert all("[[" in line for line in hunks)


def test_once_more_it_writes_nothing(checkout: Checkout) -> None:
    checkout.set_up()
    before = inside(checkout)
    done = checkout.wizard("git-setup")
    assert (done.code, done.lines) == (0, ["This clone is set up already."])
    assert inside(checkout) == before


def test_a_dry_run_shows_the_same_and_writes_nothing(checkout: Checkout) -> None:
    before = inside(checkout)
    dry = checkout.wizard("git-setup", "--dry-run")
    assert (dry.code, dry.lines[-1]) == (0, "Nothing was written; without --dry-run, this would be.")
    assert inside(checkout) == before
    assert checkout.wizard("git-setup").lines[:-1] == dry.lines[:-1]
    set_up = inside(checkout)
    assert checkout.wizard("git-setup", "--undo", "--dry-run").code == 0
    assert inside(checkout) == set_up


def test_undone_every_byte_is_as_before(checkout: Checkout) -> None:
    before = inside(checkout)
    checkout.set_up()
    done = checkout.wizard("git-setup", "--undo")
    assert (done.code, done.lines[-1]) == (0, "Taken away: git merges handoffs line by line again.")
    assert f"  - {ATTRIBUTES}" in done.lines
    assert inside(checkout) == before
    assert checkout.wizard("git-setup", "--undo").lines == ["There is nothing to take away."]


def test_what_somebody_wrote_there_stays(checkout: Checkout) -> None:
    info = checkout.folder / ".git" / "info"
    (info / "attributes").write_text(f"*.md text\n{ATTRIBUTES}\n*.png binary", encoding="utf-8")
    (info / "exclude").write_text("*.log", encoding="utf-8")
    checkout.set_up()
    assert (info / "attributes").read_text() == f"*.md text\n{ATTRIBUTES}\n*.png binary"
    assert (info / "exclude").read_text() == f"*.log\n# handoff-wizard git-setup\n{PATTERN}\n"
    assert checkout.wizard("git-setup", "--undo").code == 0
    assert (info / "attributes").read_text() == f"*.md text\n{ATTRIBUTES}\n*.png binary"
    assert (info / "exclude").read_text() == "*.log\n"


def test_what_an_interview_excluded_is_not_written_twice_and_stays(checkout: Checkout) -> None:
    exclude(checkout.path)
    checkout.set_up()
    text = (checkout.folder / ".git" / "info" / "exclude").read_text()
    assert text.count(PATTERN) == 1
    assert checkout.wizard("git-setup", "--undo").code == 0
    assert (checkout.folder / ".git" / "info" / "exclude").read_text() == text


def test_a_driver_of_somebody_else_is_not_replaced(checkout: Checkout) -> None:
    checkout.git("config", "merge.handoff.driver", "their-tool %A")
    before = inside(checkout)
    done = checkout.wizard("git-setup")
    assert (done.code, done.out, len(done.lines)) == (2, "", 1)
    assert "merge.handoff.driver is set to something else: their-tool %A." in done.err
    assert inside(checkout) == before
    assert checkout.wizard("git-setup", "--undo").code == 0
    assert inside(checkout) == before


def test_what_an_earlier_version_wrote_is_brought_up_to_date(checkout: Checkout) -> None:
    checkout.git("config", "merge.handoff.driver", "handoff-wizard merge %O %A %B")
    done = checkout.wizard("git-setup")
    assert "  - merge.handoff.driver = handoff-wizard merge %O %A %B" in done.lines
    assert checkout.git("config", "--get-all", "merge.handoff.driver").out.endswith("--path=%P\n")


def test_the_settings_of_the_user_are_never_touched(checkout: Checkout, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("[user]\n\tname = Me\n", encoding="utf-8")
    env = {**checkout.env, "GIT_CONFIG_GLOBAL": str(mine)}
    assert run("git-setup", cwd=checkout.folder, env=env).code == 0
    assert mine.read_text() == "[user]\n\tname = Me\n"
    assert list(checkout.home.iterdir()) == []


def test_from_a_folder_further_down_and_from_a_worktree_the_clone_is_set_up(checkout: Checkout, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    checkout.git("worktree", "add", "-q", str(tree), "-b", "other")
    (tree / "docs").mkdir()
    assert checkout.wizard("git-setup", cwd=tree / "docs").code == 0
    for folder in (checkout.folder, tree):
        assert "merge: handoff" in checkout.git("check-attr", "merge", NAME, cwd=folder).out
        assert checkout.wizard("git-setup", cwd=folder).lines == ["This clone is set up already."]
    assert checkout.wizard("git-setup", "--undo", cwd=tree).code == 0
    assert "unspecified" in checkout.git("check-attr", "merge", NAME).out


def test_an_interview_in_a_worktree_excludes_its_journal_too(checkout: Checkout, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    checkout.git("worktree", "add", "-q", str(tree), "-b", "other")
    exclude(tree / NAME)
    (tree / f".{NAME}.journal").touch()
    assert checkout.git("status", "--porcelain", cwd=tree).out == ""


@pytest.mark.parametrize("git", ["", "gitdir: /no/such/folder\n", "nonsense", "\xff"])
def test_where_there_is_no_proper_checkout_an_interview_goes_on_without(git: str, tmp_path: Path) -> None:
    (tmp_path / ".git").write_bytes(git.encode("latin-1"))
    before = sorted(tmp_path.rglob("*"))
    exclude(tmp_path / NAME)
    assert sorted(tmp_path.rglob("*")) == before


def test_outside_of_a_checkout_one_line_says_so(tmp_path: Path) -> None:
    done = run("git-setup", cwd=tmp_path, env={"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)})
    assert (done.code, done.out, len(done.lines)) == (2, "", 1)
    assert "There is no git checkout here: not a git repository" in done.err


def test_without_git_one_line_says_so(checkout: Checkout) -> None:
    done = run("git-setup", cwd=checkout.folder, env={"PATH": str(checkout.home)})
    assert (done.code, len(done.lines)) == (2, 1)
    assert "git cannot be run here" in done.err


def test_where_git_would_not_find_the_program_that_is_said(checkout: Checkout, tmp_path: Path) -> None:
    only_git = tmp_path / "bin"
    only_git.mkdir()
    (only_git / "git").symlink_to(shutil.which("git") or "")
    done = run("git-setup", cwd=checkout.folder, env={**checkout.env, "PATH": str(only_git)})
    assert done.code == 0
    assert done.lines[-1].startswith("Git will not find handoff-wizard: put it on your PATH")
