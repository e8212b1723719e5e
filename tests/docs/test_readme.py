"""README and the pages below docs say what the program does: held against it."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from handoff_tui.catalog import Catalog
from handoff_tui.catalog.shape import KINDS
from handoff_tui.cli.main import cli
from handoff_tui.core.overlay import HEAD, SECTION_KEYS
from handoff_tui.core.question import Question
from handoff_tui.core.table import Column
from handoff_tui.core.template import Template
from handoff_tui.plain.commands import COMMANDS
from handoff_tui.render.documents import DOCUMENTS
from handoff_tui.store.settings import read_settings
from handoff_tui.tui.keys import ACTIONS, KEYS, keys_from
from tests.cli.calling import EXAMPLES, run

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TEMPLATES = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    context = click.Context(cli)
    return cli.list_commands(context)


def test_the_two_commands_stand_on_the_first_screen() -> None:
    first_screen = README.splitlines()[:24]
    assert "pip install . && handoff-wizard" in first_screen
    assert "pip install '.[test]' && pytest" in first_screen


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`handoff-wizard {command}" in README


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_document_is_in_the_readme(document: str) -> None:
    assert f"| `{document}` |" in README


@pytest.mark.parametrize("command", re.findall(r"^\| `handoff-wizard ([a-z-]+)", README, re.MULTILINE))
def test_every_command_of_the_readme_exists(command: str) -> None:
    assert command in commands()


@pytest.mark.parametrize("link", re.findall(r"\]\((?!http)([^)#]+)\)", README + TEMPLATES))
def test_every_link_leads_to_a_file(link: str) -> None:
    assert (ROOT / link).exists() or (ROOT / "docs" / link).exists()


@pytest.mark.parametrize("key", [part.strip() for keys, _ in KEYS for part in keys.split(",")])
def test_every_key_of_the_help_is_in_the_readme(key: str) -> None:
    names = [name for name in re.split(r" or |\+(?=$)", key) if name]
    assert all(name.strip() in README for name in names)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_plain_lines_is_in_the_readme(name: str) -> None:
    assert re.search(rf"`:{name}\b", README)


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_that_can_have_another_key_is_in_the_readme(action: str) -> None:
    assert f"`{action}`" in README


def test_the_example_of_settings_is_one(tmp_path: Path) -> None:
    found = re.search(r"```toml\n(\[keys\].*?)```", README, re.DOTALL)
    assert found is not None
    (tmp_path / "settings.toml").write_text(found[1], encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HANDOFF_WIZARD_SETTINGS", str(tmp_path / "settings.toml"))
        assert keys_from(read_settings()).of("review") == ("f7",)


@pytest.mark.parametrize(
    "key", sorted({*HEAD, *SECTION_KEYS, *Question.model_fields, *Column.model_fields} - {"id", "field"})
)
def test_every_key_of_a_template_is_described(key: str) -> None:
    assert f"`{key}`" in TEMPLATES or f"`{key} = " in TEMPLATES


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_described(kind: str) -> None:
    assert f"`{kind}`" in TEMPLATES


def test_the_example_of_a_template_is_one(tmp_path: Path) -> None:
    found = re.search(r"```toml\n(.*?)```", TEMPLATES, re.DOTALL)
    assert found is not None
    (tmp_path / "ours.toml").write_text(found[1], encoding="utf-8")
    template = Catalog([tmp_path]).examine("ours")
    assert isinstance(template, Template), template
    assert "payments.scheme_contact" in template.by_id


def test_what_the_drill_says_in_the_readme_is_what_it_says() -> None:
    found = re.search(r"```console\n\$ handoff-wizard (drill [^\n]*)\n(.*?)```", README, re.DOTALL)
    assert found is not None
    said = run(*found[1].split(), cwd=EXAMPLES).out
    parts = [part.strip("\n") for part in found[2].split("…\n")]
    assert len([part for part in parts if part]) == 3
    assert all(part in said for part in parts)
