"""`schema`: the JSON Schema of a template's handoffs on stdout, or in a file that is written only where it changed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from handoff_tui.catalog import Catalog
from handoff_tui.cli.schema import command
from handoff_tui.errors import InputError, SaveError, TemplateError
from handoff_tui.render.schema import schema
from tests.core.making import COMMON
from tests.store.example import EXAMPLE, read

OURS = 'format = 1\nversion = 1\nextends = "payments"\ntitle = "Ours"\nabout = "Ours."\n'
QUESTION = f'[close.our_check]\nkind = "line"\nneed = "optional"\n{COMMON}'


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def call(*arguments: str, templates: Path | None = None) -> Result:
    """Call the command as the group calls it."""
    return CliRunner().invoke(command, arguments, obj=templates)


def made(*arguments: str, templates: Path | None = None) -> Any:
    done = call(*arguments, templates=templates)
    assert (done.exit_code, done.stderr) == (0, ""), done.output
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", Catalog().names())
def test_stdout_carries_the_schema_and_nothing_else(name: str, tmp_path: Path) -> None:
    assert made(name) == schema(Catalog().load(name))
    assert list(tmp_path.iterdir()) == []


def test_without_a_name_it_is_that_of_the_general_template() -> None:
    assert call().stdout == call("general").stdout


def test_it_is_indented_and_keeps_the_letters_of_every_language() -> None:
    text = call("payments").stdout
    assert text.startswith('{\n  "$schema": ')
    assert text.endswith("\n}\n")
    assert "\\u" not in text
    assert "…" in text


def test_it_is_written_where_it_is_asked_for_and_a_second_time_unchanged(tmp_path: Path) -> None:
    done = call("payments", "--output", "handoff.schema.json")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "handoff.schema.json: written.\n")
    path = tmp_path / "handoff.schema.json"
    stood = path.read_text(encoding="utf-8"), path.stat().st_mtime_ns, path.stat().st_ino
    assert stood[0] == call("payments", "-o", "-").stdout
    again = call("payments", "-o", "handoff.schema.json")
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "handoff.schema.json: unchanged.\n")
    assert (path.read_text(encoding="utf-8"), path.stat().st_mtime_ns, path.stat().st_ino) == stood


@pytest.mark.parametrize("name", ["billing.handoff.toml", "our-template.toml", "not-there.toml", "SHOUTED.TOML"])
def test_it_never_takes_the_place_of_a_handoff_or_a_template(name: str, tmp_path: Path) -> None:
    (tmp_path / "billing.handoff.toml").write_text(EXAMPLE, encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    done = call("payments", "-o", name)
    assert isinstance(done.exception, InputError)
    assert "A schema is no TOML file." in str(done.exception)
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "billing.handoff.toml").read_text(encoding="utf-8") == EXAMPLE


def test_a_folder_is_no_output(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    assert isinstance(call("payments", "-o", "docs").exception, SaveError)


def test_a_template_that_is_not_there_is_said() -> None:
    done = call("paymnets")
    assert isinstance(done.exception, TemplateError)
    assert "There is no template called “paymnets”." in str(done.exception)
    assert done.stdout == ""


def test_a_teams_own_template_is_found_beside_by_option_and_by_path(tmp_path: Path) -> None:
    beside, elsewhere = tmp_path / "handoff-templates", tmp_path / "elsewhere"
    for folder, name in ((beside, "ours"), (elsewhere, "theirs")):
        folder.mkdir()
        (folder / f"{name}.toml").write_text(OURS + QUESTION, encoding="utf-8")
    found = [made("ours"), made("theirs", templates=elsewhere), made("elsewhere/theirs.toml")]
    names = [item["properties"]["handoff"]["properties"]["template"]["const"] for item in found]
    assert names == ["ours", "theirs", "theirs"]
    assert all("our_check" in item["properties"]["close"]["properties"] for item in found)


def test_nothing_of_a_template_reaches_a_terminal_as_a_command(tmp_path: Path) -> None:
    (tmp_path / "handoff-templates").mkdir()
    (tmp_path / "handoff-templates" / "ours.toml").write_text(
        OURS.replace("Ours.", "O\\u009b2Jrs \\u202e.") + QUESTION, encoding="utf-8"
    )
    text = call("ours").stdout
    assert json.loads(text)["description"] == "O\N{REPLACEMENT CHARACTER}2Jrs \N{REPLACEMENT CHARACTER}."
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_the_line_that_the_help_names_is_the_one_that_the_store_keeps() -> None:
    text = call("--help").stdout
    line = re.search(r"^ +(#:schema (\S+))$", text, re.MULTILINE)
    assert line is not None
    assert read(f"{line[1]}\n{EXAMPLE}").schema == line[2]
    example = re.search(r"^    handoff-wizard schema (.*)$", text, re.MULTILINE)
    assert example is not None
    assert Path(line[2]).name in example[1]
    assert call(*example[1].split()).exit_code == 0
