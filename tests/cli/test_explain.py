"""`explain`: the page of a rule, all of them by theme, and the page below docs that is made from the same source."""

from __future__ import annotations

import runpy
from itertools import pairwise
from pathlib import Path

import pytest

from handoff_tui.checks import RULES
from handoff_tui.render.rules import by_theme, explain, overview, rules_page
from tests.cli.calling import Done, call, run
from tests.cli.test_completion import completed
from tests.render.samples import parser, shown

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "rules.md"


@pytest.mark.parametrize("rule_id", RULES)
def test_a_rule_is_explained_with_all_that_its_page_has(rule_id: str, tmp_path: Path) -> None:
    done = run("explain", rule_id, cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    rule = RULES[rule_id]
    said = " ".join(done.out.split())
    assert said.startswith(f"{rule_id}: {rule.title}. ")
    for part in (rule.page.looks_for, rule.page.why, rule.page.bad, rule.page.good, rule.page.fix):
        assert " ".join(part.split()) in said
    assert max(map(len, done.out.splitlines())) <= 80


@pytest.mark.parametrize("rule_id", RULES)
def test_how_heavy_a_rule_is_and_where_it_holds_is_said_in_words(rule_id: str) -> None:
    rule = RULES[rule_id]
    said = " ".join(explain(rule).split())
    assert (rule.weight or rule.severity) in said or rule.weight[:1].upper() + rule.weight[1:] in said
    assert (f"Only with the template {rule.scope}," in said) == (rule.scope != "all")
    assert ("from engineering to support." in said.partition("Looks for")[0]) >= bool(rule.moment)
    assert ("no template can turn it off" in said) == rule.guards_file


def test_without_a_rule_all_are_listed_by_theme(tmp_path: Path) -> None:
    done = call("explain", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert [line for line in lines if line and not line.startswith(" ")] == list(by_theme(RULES))
    listed = [line.split()[:2] for line in lines if line.startswith("  ") and line[2] != " "]
    assert sorted(listed) == sorted([rule.id, rule.severity] for rule in RULES.values())
    assert max(map(len, lines)) <= 80


def test_the_numbered_rules_come_in_their_order_and_those_of_the_file_last() -> None:
    themes = by_theme(RULES)
    numbers = [rule.number for members in themes.values() for rule in members]
    known = [number for number in numbers if number is not None]
    assert known == sorted(known)
    assert numbers == [*known, *[None] * (len(numbers) - len(known))]


def test_a_wide_terminal_is_used_and_a_narrow_one_is_not_burst() -> None:
    assert overview(RULES, 200).count("\n") == len(RULES) + 2 * len(by_theme(RULES)) - 1
    assert max(len(line) for line in explain(RULES["sole-owner"], 50).splitlines()) <= 50
    assert explain(RULES["sole-owner"], 5)


@pytest.mark.parametrize("wrong", ["sole-ownr", "soleowner", "sole-owners"])
def test_a_rule_that_is_mistyped_is_guessed(wrong: str, tmp_path: Path) -> None:
    done = run("explain", wrong, cwd=tmp_path)
    said = f"handoff-wizard: There is no rule called “{wrong}”. Did you mean sole-owner?\n"
    assert done == Done(2, "", said)


@pytest.mark.parametrize("same", ["[sole-owner]", "SOLE-OWNER", "sole_owner"])
def test_a_rule_may_be_written_as_it_is_shown(same: str, tmp_path: Path) -> None:
    assert run("explain", same, cwd=tmp_path) == run("explain", "sole-owner", cwd=tmp_path)


@pytest.mark.parametrize("wrong", ["", "x", "\x1b[31m\n"])
def test_where_there_is_nothing_to_guess_the_list_is_named(wrong: str, tmp_path: Path) -> None:
    done = run("explain", wrong, cwd=tmp_path)
    assert (done.code, done.out, len(done.lines)) == (2, "", 1)
    assert done.err.endswith("See all of them: handoff-wizard explain.\n")
    assert "\x1b" not in done.err


def test_rules_are_completed(tmp_path: Path) -> None:
    assert completed(tmp_path, "explain", "") == list(RULES)
    assert completed(tmp_path, "explain", "sole") == ["sole-owner"]


# -- the page below docs -----------------------------------------------------------------------------------------


def test_the_page_says_what_the_program_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == rules_page(RULES), "write it anew: python docs/make_rules.py"


def test_the_page_is_written_by_its_script(tmp_path: Path) -> None:
    runpy.run_path(str(ROOT / "docs" / "make_rules.py"))["main"](tmp_path / "rules.md")
    assert (tmp_path / "rules.md").read_text(encoding="utf-8") == rules_page(RULES)


def test_the_page_has_each_rule_once_and_its_words_as_they_are() -> None:
    tokens = parser().parse(rules_page(RULES))
    texts = [shown(token) for token in tokens if token.type == "inline"]
    headings = [shown(after) for token, after in pairwise(tokens) if token.tag == "h3"]
    assert sorted(text for text in headings if text) == sorted(RULES)
    for rule in RULES.values():
        assert any(text.endswith(f"Looks for:<strong_close> {rule.page.looks_for}") for text in texts), rule.id
    links = [
        str(child.attrs["href"]) for token in tokens for child in token.children or [] if child.type == "link_open"
    ]
    assert links == [f"#{rule.id}" for members in by_theme(RULES).values() for rule in members]
