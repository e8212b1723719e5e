"""Every rule has been seen firing on files, and staying silent on their near misses."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoff_tui.checks import RULES
from tests.checks.corpus import failing, findings, passing
from tests.session.making import EXAMPLES


@pytest.mark.parametrize(("rule", "path"), [pytest.param(*case, id=f"{case[0]}/{case[1].name}") for case in failing()])
def test_a_file_gives_its_rule(rule: str, path: Path) -> None:
    found = findings(path)
    assert rule in {item.rule for item in found}, found


@pytest.mark.parametrize(("rule", "path"), [pytest.param(*case, id=case[1].name) for case in passing()])
def test_a_near_miss_is_left_alone(rule: str, path: Path) -> None:
    assert rule in RULES, "a near miss is called RULE-what.handoff.toml"
    found = findings(path)
    assert rule not in {item.rule for item in found}, [item for item in found if item.rule == rule]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_two_files_that_fail_and_one_that_passes(rule: str) -> None:
    assert len({path.read_bytes() for name, path in failing() if name == rule}) >= 2
    assert any(name == rule for name, _ in passing())


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.handoff.toml")), ids=lambda path: path.stem)
def test_the_examples_give_no_false_alarm(path: Path) -> None:
    assert [item for item in findings(path) if item.severity != "advice"] == []
