"""What README shows for CI and for commits is what a host would run: it parses, fits its schema, calls what exists."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import jsonschema  # type: ignore[import-untyped]
import pytest
from check_jsonschema import builtin_schemas  # type: ignore[import-untyped]
from ruamel.yaml import YAML

from handoff_tui import __version__
from handoff_tui.cli.main import cli
from tests.cli.calling import PAYMENTS, run

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
WORKFLOW, CONFIG = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)


def parsed(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


@pytest.fixture(scope="module")
def hook() -> dict[str, Any]:
    hooks = parsed((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert len(hooks) == 1
    return dict(hooks[0])


def options(words: list[str]) -> None:
    """Check that a call of ours is one that the command line takes."""
    assert words[0] == "handoff-wizard"
    # As below the group: a command keeps the names of its help option from the first context that it meets.
    context = click.Context(cli, help_option_names=["-h", "--help"])
    command = cli.get_command(context, words[1])
    assert command is not None, words
    command.make_context(words[1], words[2:], parent=context)


# -- the workflow ------------------------------------------------------------------------------------------------


def test_the_workflow_is_one_that_github_takes() -> None:
    path = Path(str(builtin_schemas.__file__)).parent / "vendor" / "github-workflows.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validators.validator_for(schema)(schema).validate(parsed(WORKFLOW))


def test_the_steps_of_the_workflow_call_what_there_is() -> None:
    steps = parsed(WORKFLOW)["jobs"]["check"]["steps"]
    calls = [shlex.split(step["run"]) for step in steps if step.get("run", "").startswith("handoff-wizard")]
    assert [call[:4] for call in calls] == [
        ["handoff-wizard", "check", "--format", "github"],
        ["handoff-wizard", "check", "--format", "sarif"],
    ]
    for call in calls:
        options(call[: call.index(">")] if ">" in call else call)
    uploaded = next(step["with"]["sarif_file"] for step in steps if "upload-sarif" in step.get("uses", ""))
    assert calls[1][-2:] == [">", uploaded]


def test_the_workflow_installs_this_version_on_a_python_that_it_promises() -> None:
    assert f"@v{__version__}" in WORKFLOW
    version = next(
        step["with"]["python-version"] for step in parsed(WORKFLOW)["jobs"]["check"]["steps"] if "with" in step
    )
    assert f"Programming Language :: Python :: {version}" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_actions_of_the_workflow_are_those_of_our_own() -> None:
    ours = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    for action in re.findall(r"uses: (actions/\S+)", WORKFLOW):
        assert action in ours


# -- the hook ----------------------------------------------------------------------------------------------------


def test_the_hook_calls_a_command_that_exists(hook: dict[str, Any]) -> None:
    assert (hook["id"], hook["language"], hook["types"]) == ("handoff-check", "python", ["toml"])
    assert hook["entry"] == "handoff-wizard check"
    options([*shlex.split(hook["entry"]), "a.handoff.toml", "b.handoff.toml"])
    assert (hook["pass_filenames"], hook["require_serial"]) == (True, False)


@pytest.mark.parametrize(
    ("path", "chosen"),
    [
        ("stripe.handoff.toml", True),
        ("deep/er/stripe.handoff.toml", True),
        ("handoff.toml", False),
        ("x.handoff.toml.journal", False),
        ("x-handoff.toml", False),
        ("x.handoff.md", False),
    ],
)
def test_the_hook_runs_for_handoffs_alone(path: str, chosen: bool, hook: dict[str, Any]) -> None:
    assert bool(re.search(hook["files"], path)) == chosen


def test_the_hook_fails_where_the_command_does(hook: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "a.handoff.toml").write_bytes(PAYMENTS.read_bytes())
    (tmp_path / "b.handoff.toml").write_bytes(PAYMENTS.read_bytes().replace(b'backup = "jorgen"\n', b"", 1))
    words = [*shlex.split(hook["entry"])[1:], "--on", "2026-11-23"]
    assert run(*words, "a.handoff.toml", cwd=tmp_path).code == 0
    assert run(*words, "a.handoff.toml", "b.handoff.toml", cwd=tmp_path).code == 1


def test_readme_names_the_hook_and_this_version(hook: dict[str, Any]) -> None:
    (repository,) = parsed(CONFIG)["repos"]
    assert repository["rev"] == f"v{__version__}"
    assert [item["id"] for item in repository["hooks"]] == [hook["id"]]


def test_the_program_that_the_hook_calls_is_what_the_package_installs() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("handoff-wizard"), "check", "--help"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: handoff-wizard check ")
