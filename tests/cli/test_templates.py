"""`templates list|show|check|new`: data on stdout, messages on stderr, mistakes by file and line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handoff_tui.catalog import Catalog
from tests.cli.calling import call, run

HEAD = 'format = 1\nversion = 1\nextends = "payments"\ntitle = "{}"\nabout = "With our own rules."\n'
MORE = '\n[business_state.journey]\nadds = "Which of our products?"\n'


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A team's own template, in a folder beside the handoffs."""
    path = tmp_path / "handoff-templates" / "ours.toml"
    path.parent.mkdir()
    path.write_text(HEAD.format("Our payments") + MORE, encoding="utf-8")
    return path


# -- list and show -----------------------------------------------------------------------------------------------


def test_the_list_has_each_template_with_its_title_and_what_it_is_for(ours: Path, tmp_path: Path) -> None:
    done = call("templates", "list", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert [line.split()[0] for line in lines] == ["payments", "identity", "operations", "ours", "general"]
    for card, line in zip(Catalog().cards()[:3], lines, strict=False):
        assert f" {card.title}: {card.about}" in line
    assert lines[3] == f"ours         Our payments: With our own rules.  ({ours})"


def test_a_folder_of_templates_may_be_named(ours: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / ".git").mkdir()
    named = ours.parent.rename(tmp_path / "named")
    assert "ours" not in run("templates", "list", cwd=elsewhere).out
    assert "\nours " in run("--templates", str(named), "templates", "list", cwd=elsewhere).out


def test_a_name_that_a_terminal_would_obey_is_shown(ours: Path, tmp_path: Path) -> None:
    ours.rename(ours.with_name("a\x1b[31mb.toml"))
    ours.write_text(HEAD.format(r"Our\u001b[31m title"))
    done = run("templates", "list", cwd=tmp_path)
    assert done.code == 0
    assert "\x1b" not in done.out
    assert len(done.out.splitlines()) == 6


def test_a_folder_whose_name_is_no_text_can_be_listed(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    (odd / "handoff-templates").mkdir(parents=True)
    (odd / "handoff-templates" / "ours.toml").write_text(HEAD.format("Ours"))
    done = run("templates", "list", cwd=odd)
    assert (done.code, done.err) == (0, "")
    assert "ours" in done.out


def test_show_has_every_question_in_the_order_it_is_asked(ours: Path, tmp_path: Path) -> None:
    done = call("templates", "show", "ours", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    template = Catalog([ours.parent]).load("ours")
    asked = [question.ask for question in template.by_id.values()]
    places = [done.out.index(f": {ask}\n") for ask in asked]
    assert places == sorted(places)
    assert "    Our payments: Which of our products?\n" in done.out
    assert "  criticality (choice, essential): If the integration stops" in done.out
    assert "    columns: state, plain_meaning, final, agent_may_say (more), customer_effect (more)\n" in done.out


# -- check -------------------------------------------------------------------------------------------------------


def test_check_without_a_name_checks_all_and_says_that_they_are_fine(ours: Path, tmp_path: Path) -> None:
    done = call("templates", "check", cwd=tmp_path)
    assert (done.code, done.out) == (0, "")
    assert [line.split(":")[0] for line in done.lines] == ["payments", "identity", "operations", "ours", "general"]
    count = len(Catalog([ours.parent]).load("ours").by_id)
    assert f"ours: fine, {count} questions in 10 sections." in done.lines


@pytest.mark.parametrize("name", ["ours", "handoff-templates/ours.toml"])
def test_a_mistake_is_named_by_file_and_line(name: str, ours: Path, tmp_path: Path) -> None:
    ours.write_text(HEAD.format("Ours") + MORE + 'colour = "red"\n[close.check]\nkind = "lien"\n')
    done = run("templates", "check", name, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert any("ours.toml:9: business_state.journey.colour" in line for line in done.lines), done.err
    assert len(done.lines) >= 1
    assert "fine" not in done.err


def test_each_mistake_has_its_line_and_one_broken_template_does_not_hide_the_others(ours: Path, tmp_path: Path) -> None:
    ours.write_text(HEAD.format("Ours") + '\n[business_state.journey]\ncolour = "red"\nshape = "round"\n')
    done = run("templates", "check", cwd=tmp_path)
    assert done.code == 2
    assert len([line for line in done.lines if "ours.toml:8: " in line or "ours.toml:9: " in line]) == 2
    assert len([line for line in done.lines if ": fine, " in line]) == 4


def test_a_template_that_is_no_toml_is_named_with_its_line(ours: Path, tmp_path: Path) -> None:
    ours.write_text("format = 1\nversion = = 2\n")
    done = run("templates", "check", "ours", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "ours.toml:2:" in done.err


def test_a_broken_template_is_refused_by_the_other_commands_too(ours: Path, tmp_path: Path) -> None:
    ours.write_text(HEAD.format("Ours") + '\n[business_state.journey]\ncolour = "red"\nshape = "round"\n')
    for words in (("templates", "show", "ours"), ("new", "x", "-t", "ours", "--no-input")):
        done = run(*words, cwd=tmp_path)
        assert (done.code, done.out) == (2, "")
        assert "ours.toml:8: " in done.err
        assert "(1 more: handoff-wizard templates check ours)" in done.err


# -- new ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("options", "below"), [((), "base"), (("--extends", "payments"), "payments")])
def test_a_new_template_is_fine_as_it_stands(options: tuple[str, ...], below: str, tmp_path: Path) -> None:
    done = call("templates", "new", "our-payments", *options, cwd=tmp_path)
    assert (done.code, done.out) == (0, "")
    assert done.lines == [
        "handoff-templates/our-payments.toml: written.",
        "Edit it, then: handoff-wizard templates check our-payments",
    ]
    text = (tmp_path / "handoff-templates" / "our-payments.toml").read_text(encoding="utf-8")
    assert f'extends = "{below}"' in text
    checked = run("templates", "check", "our-payments", cwd=tmp_path)
    assert checked.code == 0
    assert checked.lines[0].startswith("our-payments: fine, ")
    begun = run("new", "x", "--template", "our-payments", "--no-input", cwd=tmp_path)
    assert "close.our_check: no answer yet (recommended)." in begun.err


def test_a_new_template_goes_to_the_folder_that_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "questions"
    folder.mkdir()
    done = run("--templates", str(folder), "templates", "new", "ours.toml", cwd=tmp_path)
    assert done.code == 0
    assert [path.name for path in folder.iterdir()] == ["ours.toml"]
    assert not (tmp_path / "handoff-templates").exists()


def test_a_template_that_exists_is_not_overwritten(ours: Path, tmp_path: Path) -> None:
    stood = ours.read_bytes()
    done = run("templates", "new", "ours", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "ours.toml: There is such a template already. Choose another name." in done.err
    assert ours.read_bytes() == stood


ODD = ["", ".", "..", "../up", "/tmp/x", "a/b", "our.payments", ".toml", "a b", "--", "a\x1bb", "x" * 300]


@pytest.mark.parametrize("name", ODD, ids=lambda name: ascii(name)[:12])
def test_a_name_that_is_no_name_of_a_template_is_refused_and_nothing_is_made(name: str, tmp_path: Path) -> None:
    below = tmp_path / "below"
    below.mkdir()
    done = run("templates", "new", "--", name, cwd=below)
    assert (done.code, done.out) == (2, "")
    assert done.lines == ["handoff-wizard: That is not a template name. Use letters, digits and -: our-payments."]
    assert list(below.iterdir()) == []
    assert list(tmp_path.iterdir()) == [below]


def test_a_template_cannot_extend_one_that_is_not_there(tmp_path: Path) -> None:
    done = run("templates", "new", "ours", "--extends", "paiments", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "no template called “paiments”" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "handoff-templates").write_text("")
    done = run("templates", "new", "ours", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "handoff-templates: The folder cannot be made." in done.err
