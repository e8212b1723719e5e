"""What a rule names, the bundled templates have: every id, column and choice; and what it uses, it names."""

from __future__ import annotations

import pytest

from handoff_tui.catalog import Catalog
from handoff_tui.checks import RULES
from handoff_tui.checks.registry import runs
from handoff_tui.core.kinds import ChoiceKind, ManyKind
from handoff_tui.core.rule import ALL
from handoff_tui.core.table import TableKind

CATALOG = Catalog()


@pytest.mark.parametrize("rule_id", RULES)
def test_a_rule_names_only_what_the_templates_have(rule_id: str) -> None:
    rule = RULES[rule_id]
    template = CATALOG.load("general" if rule.scope == ALL else rule.scope)
    for question_id, columns in rule.reads.items():
        question = template.by_id[question_id]
        for column_id, choices in columns.items():
            if isinstance(question.field, TableKind):
                field = question.field.column(column_id).field
            else:
                assert column_id == ""
                field = question.field
            for choice in choices:
                offered = getattr(field, "also", ()) if not isinstance(field, ChoiceKind | ManyKind) else field.choices
                assert choice in offered, (question_id, column_id, choice)


@pytest.mark.parametrize("rule_id", RULES)
@pytest.mark.parametrize("name", CATALOG.names())
def test_a_rule_runs_where_it_should(rule_id: str, name: str) -> None:
    rule = RULES[rule_id]
    assert runs(rule, CATALOG.load(name)) == (rule.scope in (ALL, name))
