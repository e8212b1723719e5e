"""`diff`: two versions of the contract, from files, from git and from standard input, told in words."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from handoff_tui.core import changes
from handoff_tui.core.handoff import Handoff
from tests.cli.calling import COMMAND, PAYMENTS, run
from tests.cli.checkout import NAME, TEMPLATE, Checkout, answering, example, write

MAX = "fallback.fallback_max"


def changed() -> Handoff:
    """Return the example with an owner, a window and a text changed, and with one person's backup gone."""
    handoff = answering(MAX, "2h")(example())
    handoff = answering("source_of_truth.join_key", "The customer's number")(handoff)
    people = [
        {k: v for k, v in row.items() if (row["key"], k) != ("asa", "backup")} for row in handoff.rows("parties.people")
    ]
    handoff = changes.give(handoff, TEMPLATE, "parties.people", people)
    return replace(handoff, head=replace(handoff.head, status="draft", owner="jorgen"))


@pytest.fixture
def new(tmp_path: Path) -> Path:
    write(tmp_path / NAME, changed())
    return tmp_path / NAME


def test_two_files_are_compared_in_words(new: Path) -> None:
    done = run("diff", str(PAYMENTS), NAME, cwd=new.parent)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0].startswith(f"{PAYMENTS} and {NAME}: ")
    assert lines[2:6] == [
        "Owners and contacts",
        "  Integration owner was Åsa Lindqvist, is now Jørgen Kjær.",
        "  People, Åsa Lindqvist: backup was Jørgen Kjær; nothing stands there now.",
        "",
    ]
    assert "  Longest fallback was 12 hours, is now 2 hours." in lines
    assert "Findings that appeared" in lines
    assert any("[sole-owner]" in line for line in lines)


def test_what_is_the_same_has_no_change_and_ends_with_0_too(new: Path) -> None:
    done = run("diff", NAME, NAME, cwd=new.parent)
    assert (done.code, done.out) == (0, f"{NAME} and {NAME}: no change of the contract.\n")


def test_markdown_is_for_a_pull_request(new: Path) -> None:
    done = run("diff", str(PAYMENTS), NAME, "--format", "markdown", cwd=new.parent)
    assert done.out.startswith("## What changed in Charging plan payments in Zendesk\n")
    assert "- Integration owner was Åsa Lindqvist, is now Jørgen Kjær.\n" in done.out
    assert "### Findings that appeared\n" in done.out


def test_json_is_for_scripts(new: Path) -> None:
    data = json.loads(run("diff", str(PAYMENTS), NAME, "--format", "json", cwd=new.parent).out)
    assert (data["old"], data["new"]) == (str(PAYMENTS), NAME)
    assert data["changes"][0] == {
        "weight": 1,
        "question": "handoff.owner",
        "row": None,
        "column": None,
        "was": "Åsa Lindqvist",
        "is": "Jørgen Kjær",
        "words": "Integration owner was Åsa Lindqvist, is now Jørgen Kjær",
    }
    assert {item["rule"] for item in data["findings"]["appeared"]} >= {"sole-owner"}


def test_a_secret_is_hidden(tmp_path: Path) -> None:
    secret = "sk_live_4eC39HqLyjWDarjtT1zdp7dc"
    write(tmp_path / NAME, answering("source_of_truth.join_key", f"The key {secret}")(example()))
    for form in ("text", "markdown", "json"):
        done = run("diff", str(PAYMENTS), NAME, "--format", form, cwd=tmp_path)
        assert "4eC39" not in done.out + done.err
        assert "hidden" in done.out


# -- where versions come from ------------------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    begun = Checkout.begun(tmp_path, example(), f"docs/{NAME}")
    write(begun.path, changed())
    return begun


@pytest.mark.parametrize(
    ("old", "folder"),
    [
        (f"HEAD:docs/{NAME}", "."),
        (f"HEAD:docs/{NAME}", "docs"),
        (f"main:./{NAME}", "docs"),
        (f"HEAD:{NAME}", "docs"),
        (f":docs/{NAME}", "."),
    ],
)
def test_a_version_in_git_is_named_as_git_names_it(old: str, folder: str, checkout: Checkout) -> None:
    new = NAME if folder == "docs" else f"docs/{NAME}"
    done = checkout.wizard("diff", old, new, cwd=checkout.folder / folder)
    assert (done.code, done.err) == (0, "")
    assert "Longest fallback was 12 hours, is now 2 hours." in done.out


def test_one_of_the_two_may_come_from_standard_input(new: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "diff", str(PAYMENTS), "-"],
        cwd=new.parent,
        input=new.read_bytes(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().startswith(f"{PAYMENTS} and standard input: ")


def test_a_file_with_a_colon_in_its_name_is_a_file(new: Path) -> None:
    new.rename(new.with_name("a:b.toml"))
    assert run("diff", "a:b.toml", "a:b.toml", cwd=new.parent).code == 0


def test_a_team_s_templates_beside_a_version_in_git_are_found(tmp_path: Path) -> None:
    ours = replace(example(), head=replace(example().head, template="ours"))
    checkout = Checkout.begun(tmp_path, ours, f"docs/{NAME}")
    templates = checkout.folder / "docs" / "handoff-templates"
    templates.mkdir()
    (templates / "ours.toml").write_text(
        'format = 1\nversion = 1\ntitle = "Ours"\nabout = "Ours."\nextends = "payments"\n', encoding="utf-8"
    )
    for folder in (".", "docs"):
        done = checkout.wizard("diff", f"HEAD:docs/{NAME}", f"HEAD:docs/{NAME}", cwd=checkout.folder / folder)
        assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("HEAD~7:docs/x.toml", "invalid object name 'HEAD~7'"),
        ("HEAD:docs/gone.toml", "path 'docs/gone.toml' does not exist in 'HEAD'"),
        ("--output=x:y", "No such option"),
        ("HEAD:docs", "HEAD:docs: This is no file in git, but a folder."),
        ("gone.toml", "There is no such file"),
        ("-", "standard input: This is not a handoff"),
    ],
)
def test_a_version_that_is_not_there_is_one_clear_line(old: str, said: str, checkout: Checkout) -> None:
    done = checkout.wizard("diff", old, f"docs/{NAME}")
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert len(done.lines) <= 2


def test_a_revision_is_never_an_option_of_git(checkout: Checkout) -> None:
    done = checkout.wizard("diff", "--", f"--output=owned:{NAME}", f"docs/{NAME}")
    assert done.code == 2
    assert not list(checkout.folder.glob("owned*"))


def test_outside_of_a_checkout_that_is_said(new: Path) -> None:
    done = run("diff", f"HEAD:{NAME}", NAME, cwd=new.parent, env={"GIT_CEILING_DIRECTORIES": str(new.parent.parent)})
    assert (done.code, done.out) == (2, "")
    assert "There is no git checkout here" in done.err


def test_without_git_that_is_said(new: Path) -> None:
    done = run("diff", f"HEAD:{NAME}", NAME, cwd=new.parent, env={"PATH": str(new.parent)})
    assert (done.code, len(done.lines)) == (2, 1)
    assert "git cannot be run here. Install it, or name a file." in done.err


def test_standard_input_cannot_be_both(tmp_path: Path) -> None:
    done = run("diff", "-", "-", cwd=tmp_path)
    assert (done.code, "Only one of the two" in done.err) == (2, True)


def test_a_file_that_is_too_large_in_git_is_refused(checkout: Checkout) -> None:
    checkout.path.write_bytes(b"#" * (4 * 1024 * 1024 + 1))
    checkout.commit("large")
    done = checkout.wizard("diff", f"HEAD:docs/{NAME}", f"HEAD~1:docs/{NAME}")
    assert (done.code, "larger than 4 MB" in done.err) == (2, True)


def test_what_is_wrong_with_a_version_is_said_with_its_name_and_line(checkout: Checkout) -> None:
    checkout.path.write_text("format = 1\n= x\n", encoding="utf-8")
    checkout.commit("broken")
    done = checkout.wizard("diff", f"HEAD:docs/{NAME}", f"HEAD~1:docs/{NAME}")
    assert done.code == 2
    assert f"HEAD:docs/{NAME}:2" in done.err
