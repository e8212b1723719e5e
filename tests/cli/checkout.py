"""A git checkout of its own, with the real git and the real command, and nothing of the user's settings."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handoff_tui.core import changes
from handoff_tui.core.handoff import Handoff
from handoff_tui.store.text import dumps, loads
from handoff_tui.tomlfile import read_toml
from tests.cli.calling import PAYMENTS, Done, call
from tests.core.making import bundled

__all__ = ["NAME", "TEMPLATE", "Checkout", "answering", "example", "read", "write"]

NAME = "charging.handoff.toml"
TEMPLATE = bundled("payments")


def example() -> Handoff:
    """Return a finished handoff as a draft."""
    return read(PAYMENTS)


def read(path: Path) -> Handoff:
    return loads(read_toml(path))


def write(path: Path, handoff: Handoff) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dumps(handoff, TEMPLATE, path.name), encoding="utf-8")


def answering(question_id: str, value: Any) -> Callable[[Handoff], Handoff]:
    """Return what a group does that answers one question."""
    return lambda handoff: changes.give(handoff, TEMPLATE, question_id, value)


@dataclass
class Checkout:
    """A checkout in a folder, with a handoff in it."""

    folder: Path
    home: Path
    name: str = NAME

    @classmethod
    def begun(cls, folder: Path, handoff: Handoff | None, name: str = NAME) -> Checkout:
        """Return a checkout whose first commit holds a handoff, or nothing but a README."""
        checkout = cls(folder / "checkout", folder / "home", name)
        checkout.folder.mkdir()
        checkout.home.mkdir()
        checkout.git("init", "-q", "-b", "main")
        (checkout.folder / "README").write_text("A checkout.\n")
        if handoff is not None:
            write(checkout.path, handoff)
        checkout.commit("begin")
        return checkout

    @property
    def path(self) -> Path:
        return self.folder / self.name

    @property
    def env(self) -> dict[str, str]:
        beside = str(Path(sys.executable).parent)
        return {
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / "none"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_EDITOR": "true",
            "GIT_CEILING_DIRECTORIES": str(self.folder.parent),
            "PATH": f"{beside}{os.pathsep}{os.environ['PATH']}",
            **{f"GIT_{who}_{what}": "t@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        }

    def git(self, *words: str, code: int | None = 0, cwd: Path | None = None) -> Done:
        """Run git; `code` is how it must end, `None` for anyhow."""
        done = subprocess.run(
            ["git", *words],
            cwd=cwd or self.folder,
            env={**os.environ, **self.env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        found = Done(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert code in (None, found.code), found
        return found

    def commit(self, message: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def wizard(self, *words: str, cwd: Path | None = None) -> Done:
        """Call handoff-wizard in the checkout."""
        return call(*words, cwd=cwd or self.folder, env=self.env)

    def set_up(self) -> None:
        assert self.wizard("git-setup").code == 0

    def on_branch(self, branch: str, *steps: Callable[[Handoff], Handoff]) -> None:
        """Commit what a group does on a branch that begins at main."""
        self.git("checkout", "-q", "-B", branch, "main")
        handoff = read(self.path)
        for step in steps:
            handoff = step(handoff)
        write(self.path, handoff)
        self.commit(branch)

    def handoff(self) -> Handoff:
        return read(self.path)
