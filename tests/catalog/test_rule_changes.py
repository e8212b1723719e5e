"""A template may turn a rule off or lower it, with a reason: `[rules.RULE]`, read, laid over, refused by its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handoff_tui.catalog import Catalog
from handoff_tui.checks import RULES, unfit_changes
from handoff_tui.core.overlay import RULES as CHANGES
from handoff_tui.core.overlay import Mistake
from handoff_tui.core.template import RuleChange, Template
from handoff_tui.errors import TemplateError
from tests.cli.calling import run

HEAD = 'format = 1\nversion = 1\ntitle = "Ours"\nabout = "For us."\nextends = "{}"\n'
REASON = "drills are planned for all integrations at once"
BASE = 'format = 1\nversion = 1\ntitle = "B"\nabout = "For us."\n[a]\ntitle = "A"\ntheme = "Ownership"\nminutes = 5\n'


def change(rule: str, severity: str = "off", reason: str = REASON) -> str:
    return f'\n[rules.{rule}]\nseverity = "{severity}"\nreason = "{reason}"\n'


def write(folder: Path, name: str, text: str, extends: str = "payments") -> None:
    (folder / f"{name}.toml").write_text(HEAD.format(extends) + text, encoding="utf-8")


def loaded(folder: Path, name: str = "ours") -> Template:
    result = Catalog([folder]).examine(name)
    assert isinstance(result, Template), [str(error) for error in result]
    return result


def mistakes(folder: Path, name: str = "ours") -> list[TemplateError]:
    result = Catalog([folder]).examine(name)
    assert not isinstance(result, Template)
    return result


def test_the_bundled_templates_change_no_rule() -> None:
    for name in Catalog().names():
        assert Catalog().load(name).rules == {}


def test_changes_are_read_with_their_reasons(tmp_path: Path) -> None:
    write(tmp_path, "ours", change("untested") + change("sole-owner", "warning"))
    assert loaded(tmp_path).rules == {
        "untested": RuleChange(severity="off", reason=REASON),
        "sole-owner": RuleChange(severity="warning", reason=REASON),
    }


def test_they_are_no_section_and_leave_the_questions_alone(tmp_path: Path) -> None:
    write(tmp_path, "ours", change("untested"))
    assert list(loaded(tmp_path).by_id) == list(Catalog().load("payments").by_id)
    assert CHANGES not in loaded(tmp_path).section_by_id


def test_those_of_the_template_below_hold_too_and_may_be_replaced(tmp_path: Path) -> None:
    write(tmp_path, "below", change("untested") + change("sole-owner", "warning"))
    write(tmp_path, "ours", change("untested", "warning", "one team drills by itself") + change("stale"), "below")
    changed = loaded(tmp_path).rules
    assert {rule: item.severity for rule, item in changed.items()} == {
        "untested": "warning",
        "sole-owner": "warning",
        "stale": "off",
    }
    assert changed["untested"].reason == "one team drills by itself"


def test_a_template_that_extends_nothing_may_change_rules(tmp_path: Path) -> None:
    question = 'kind = "line"\nneed = "essential"\nlabel = "L"\nask = "A?"\nwhy = "W."\nexample = "E"\n'
    (tmp_path / "ours.toml").write_text(f"{BASE}[a.one]\n{question}{change('stale')}")
    assert loaded(tmp_path).rules["stale"].severity == "off"


WRONG = {
    "repeated": (change("untested"), "[rules.untested]", "rules.untested: this repeats", "Take it out."),
    "another severity": (
        change("stale", "error"),
        'severity = "error"',
        "rules.stale.severity: “error” is not allowed",
        "'off' or 'warning'",
    ),
    "no severity": ('[rules.stale]\nreason = "because of that"\n', "[rules.stale]", "“severity” is missing", "Add"),
    "no reason": ('[rules.stale]\nseverity = "off"\n', "[rules.stale]", "“reason” is missing", "Add reason"),
    "a reason that is none": (change("stale", "off", "no"), 'reason = "no"', "this is no reason", "in a sentence"),
    "a reason that is no text": (
        '[rules.stale]\nseverity = "off"\nreason = 3\n',
        "reason = 3",
        "rules.stale.reason: this is no reason",
        "in a sentence",
    ),
    "no table": ('[rules]\nstale = "off"\n', 'stale = "off"', "rules.stale: this is no change", "Write severity ="),
    "a key that is not known": (
        change("stale") + 'raeson = "x"\n',
        'raeson = "x"',
        "rules.stale.raeson: this key is not known",
        "Did you mean reason?",
    ),
    "not a table at all": ("rules = 3\n", "rules = 3", "rules: this key is not known", "Use one of format"),
}


@pytest.mark.parametrize(("text", "at", "says", "fix"), WRONG.values(), ids=WRONG)
def test_a_change_that_cannot_be_is_named_with_its_line(
    text: str, at: str, says: str, fix: str, tmp_path: Path
) -> None:
    write(tmp_path, "below", change("untested"))
    write(tmp_path, "ours", text, "below")
    (error,) = mistakes(tmp_path)
    assert says in error.message
    assert fix in error.hint
    assert not error.hint.endswith("?.")
    assert error.where is not None
    assert error.where.line is not None
    assert (tmp_path / "ours.toml").read_text().split("\n")[error.where.line - 1] == at


def test_changes_of_a_broken_base_are_a_mistake_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "below.toml").write_text(f"rules = 3\n{BASE}")
    write(tmp_path, "ours", change("stale"), "below")
    assert isinstance(Catalog([tmp_path]).examine("below"), list)
    Catalog([tmp_path]).examine("ours")


# -- rules that there are ----------------------------------------------------------------------------------------


def test_a_rule_that_is_not_there_or_guards_the_file_cannot_be_changed(tmp_path: Path) -> None:
    guards = [rule.id for rule in RULES.values() if rule.guards_file]
    write(tmp_path, "ours", "".join(map(change, ["untestd", *guards, "untested"])))
    assert [rule for rule, _, _ in unfit_changes(loaded(tmp_path))] == ["untestd", *guards]


def test_a_mistake_of_others_is_blamed_on_the_file_that_made_it(tmp_path: Path) -> None:
    write(tmp_path, "below", change("untestd"))
    write(tmp_path, "ours", "", "below")
    error = Catalog([tmp_path]).blame("ours", Mistake((CHANGES, "untestd"), "there is no such rule", "mend it"))
    assert str(error) == f"{tmp_path / 'below.toml'}:7: rules.untestd: there is no such rule. Mend it."


@pytest.mark.parametrize("name", ["ours", "handoff-templates/ours.toml"])
def test_check_names_them_with_file_and_line(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "handoff-templates"
    folder.mkdir()
    write(folder, "ours", change("untestd") + change("secret") + change("zzzz") + change("untested"))
    done = run("templates", "check", name, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert [re.sub(r"^.*/", "", line, count=1) for line in done.lines] == [
        "ours.toml:7: rules.untestd: there is no such rule. Did you mean untested?",
        "ours.toml:11: rules.secret: this rule protects the file and cannot be changed. Take it out.",
        "ours.toml:15: rules.zzzz: there is no such rule. See all of them: handoff-wizard explain.",
    ]


def test_check_is_content_with_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "handoff-templates"
    folder.mkdir()
    write(folder, "ours", change("untested"))
    done = run("templates", "check", "ours", cwd=tmp_path)
    assert (done.code, "ours: fine, " in done.err) == (0, True)


def test_the_example_of_the_docs_is_a_change_that_can_be(tmp_path: Path) -> None:
    docs = (Path(__file__).resolve().parents[2] / "docs" / "templates.md").read_text(encoding="utf-8")
    example = re.findall(r"```toml\n(.*?)```", docs.partition("## The checks")[2], re.DOTALL)[0]
    write(tmp_path, "ours", example)
    assert list(unfit_changes(loaded(tmp_path))) == []
    assert len(loaded(tmp_path).rules) == 1
    for key in RuleChange.model_fields:
        assert f"| `{key}` |" in docs
