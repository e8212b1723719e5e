"""The wheel has all that the command needs, and the command runs where there is no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from handoff_tui import __version__
from handoff_tui.resources import bundled_templates

CHECKOUT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((CHECKOUT / "docs" / "examples").glob("*.handoff.toml"))


def pip(python: Path | str, *arguments: object) -> None:
    command = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", *map(str, arguments)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout in a build environment of its own."""
    pytest.importorskip("pip", reason="this environment was made without pip")
    folder = tmp_path_factory.mktemp("dist")
    pip(sys.executable, "wheel", "--no-deps", "--wheel-dir", folder, CHECKOUT)
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_holds_every_file_that_the_program_reads(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    package = {
        path.relative_to(CHECKOUT).as_posix()
        for path in (CHECKOUT / "handoff_tui").rglob("*")
        if path.suffix in (".py", ".tcss") or path.name == "py.typed"
    }
    templates = {f"handoff_tui/_templates/{path.name}" for path in (CHECKOUT / "templates").glob("*.toml")}
    assert {"handoff_tui/py.typed", "handoff_tui/tui/app.py"} <= package
    assert {
        f"handoff_tui/_templates/{name}.toml" for name in ("base", "payments", "identity", "operations")
    } <= templates
    folder = CHECKOUT / "docs" / "examples"
    examples = {
        f"handoff_tui/_examples/{path.relative_to(folder).as_posix()}" for path in folder.rglob("*") if path.is_file()
    }
    assert len(examples) >= 2 * len(EXAMPLES) > 0
    licence = f"handoff_wizard-{__version__}.dist-info/licenses/LICENSE"
    assert package | templates | examples | {licence} <= names


def test_wheel_holds_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert tops == {"handoff_tui", f"handoff_wizard-{__version__}.dist-info"}


def test_templates_are_found_from_a_foreign_folder(tmp_path: Path) -> None:
    """In the environment of this test, whether the install is editable or not."""
    assert (bundled_templates() / "base.toml").is_file()
    command = [sys.executable, "-m", "handoff_tui", "templates", "list"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") >= 4


class Installed:
    """The command, installed in a clean environment; it runs in a foreign folder, with next to no variables set."""

    def __init__(self, environment: Path, folder: Path) -> None:
        self.command = environment / "bin" / "handoff-wizard"
        self.folder = folder

    def run(self, *arguments: object, code: int = 0) -> subprocess.CompletedProcess[bytes]:
        done = subprocess.run(
            [self.command, *map(str, arguments)],
            cwd=self.folder,
            env={"PATH": os.defpath},  # no HOME, no locale, no terminal
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        assert done.returncode == code, done.stderr.decode()
        return done


@pytest.fixture(scope="module", params=["wheel", "editable"])
def installed(request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    environment = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", environment], check=True, stdin=subprocess.DEVNULL)
    what = [wheel] if request.param == "wheel" else ["--editable", CHECKOUT]
    pip(environment / "bin" / "python", "install", *what)
    return Installed(environment, tmp_path_factory.mktemp("elsewhere"))


@pytest.mark.slow
class TestInstalled:
    def test_version(self, installed: Installed) -> None:
        assert installed.run("--version").stdout.decode() == f"handoff-wizard {__version__}\n"

    def test_templates(self, installed: Installed) -> None:
        listed = installed.run("templates", "list").stdout.decode().splitlines()
        assert {line.split()[0] for line in listed} >= {"general", "payments", "identity", "operations"}

    def test_screens_need_a_terminal(self, installed: Installed) -> None:
        assert b"terminal" in installed.run(code=2).stderr

    def test_an_example_is_put_into_the_folder_and_rehearsed(self, installed: Installed) -> None:
        installed.run("example", "identity")
        for name in ("wallet-verification.handoff.toml", "wallet-verification.handoff.md"):
            assert (installed.folder / name).read_bytes() == (CHECKOUT / "docs" / "examples" / name).read_bytes()
        told = installed.run("drill", "wallet-verification.handoff.toml", "source_down").stdout.decode()
        assert told.endswith("The chain holds.\n")

    def test_a_handoff_is_made_and_rendered(self, installed: Installed) -> None:
        assert EXAMPLES, "there is no example in docs/examples"
        for number, example in enumerate(EXAMPLES):
            name = f"demo-{number}"
            installed.run("new", name, "--answers", example, "--no-input")
            assert (installed.folder / f"{name}.handoff.toml").is_file()
            installed.run("render", f"{name}.handoff.toml")
            written = (installed.folder / f"{name}.handoff.md").read_bytes()
            shown = installed.run("render", f"{name}.handoff.toml", "--output", "-").stdout
            assert shown == written
            assert written.startswith(b"#")
