"""What a handoff needs of the git checkout it lies in: journals that are never checked in, versions of long ago."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from handoff_tui.errors import FileError, InputError, Where
from handoff_tui.tomlfile import MAX_BYTES

if TYPE_CHECKING:
    from subprocess import CompletedProcess

__all__ = ["PATTERN", "ask", "exclude", "show", "top_of"]

PATTERN = ".*.handoff.toml.journal*"


# -- journals ----------------------------------------------------------------------------------------------------


def exclude(beside: Path, pattern: str = PATTERN) -> None:
    """Let git ignore the journals of this checkout, in `.git/info/exclude`; never an obstacle to an interview.

    Git itself is not asked: it may be absent, and an interview does not wait for it.
    """
    with contextlib.suppress(OSError, UnicodeDecodeError):
        folder = _git_folder(Path(os.path.realpath(beside.parent)))
        if folder is not None:
            _add(folder / "info" / "exclude", pattern)


def _git_folder(folder: Path) -> Path | None:
    """Return the folder where git keeps what all worktrees of a checkout share; `None` outside of one."""
    for above in (folder, *folder.parents):
        git = above / ".git"
        if git.is_file():  # a worktree or a submodule, whose folder lies elsewhere
            found = re.match(r"gitdir: (.*)", git.read_text(encoding="utf-8"))
            if found is None:
                return None
            git = above / found[1].rstrip("\r\n")
            common = git / "commondir"
            return git / common.read_text(encoding="utf-8").strip() if common.is_file() else git
        if git.is_dir():
            return git
    return None


def _add(file: Path, pattern: str) -> None:
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    if pattern not in text.split("\n"):
        file.parent.mkdir(exist_ok=True)
        with file.open("a", encoding="utf-8") as stream:
            stream.write(("" if text.endswith("\n") or not text else "\n") + pattern + "\n")


# -- asking git --------------------------------------------------------------------------------------------------


def ask(folder: Path, *words: str) -> CompletedProcess[bytes]:
    """Run git in a folder, without a shell, and return what it said.

    Raises:
        InputError: Git is not there.
    """
    import subprocess  # noqa: PLC0415 - an interview begins without it

    try:
        # Its complaints are matched and shown: in one language.
        return subprocess.run(
            ["git", *words],
            cwd=folder,
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise InputError("git cannot be run here.", hint="Install it, or name a file.", where=Where(folder)) from error


def top_of(folder: Path) -> Path:
    """Return the top folder of the checkout that a folder lies in.

    Raises:
        InputError: It lies in none, or git is not there.
    """
    done = ask(folder, "rev-parse", "--show-toplevel")
    if done.returncode:
        raise InputError(f"There is no git checkout here: {_complaint(done)}.", hint="Go into one, or name a file.")
    return Path(os.fsdecode(done.stdout.removesuffix(b"\n")))


def show(version: str, folder: Path) -> bytes:
    """Return a file as it was in a revision: `REV:path`, the path from the top of the checkout or from the folder.

    Raises:
        InputError: Git is not there, or knows no such version.
        FileError: It is no file, or none of a handoff's size.
    """
    top_of(folder)
    revision, _, path = version.partition(":")
    # As git reads it, the path is one from the top; from here it is what people mean who are further down.
    names = [version] if path.startswith(("./", "../")) else [version, f"{revision}:./{path}"]
    for name in names:
        kind = ask(folder, "cat-file", "-t", "--end-of-options", name)
        if kind.returncode == 0:
            if kind.stdout != b"blob\n":
                hint = "Name the file in it: HEAD:docs/stripe.handoff.toml."
                raise FileError("This is no file in git, but a folder.", hint=hint, where=Where(version))
            return _content(folder, name, version)
    asked = ask(folder, "show", "--end-of-options", names[0])
    raise InputError(
        f"git has no such version: {_complaint(asked)}.",
        hint="Write a revision and the path from the top of the checkout: HEAD~1:docs/stripe.handoff.toml.",
        where=Where(version),
    )


def _content(folder: Path, name: str, version: str) -> bytes:
    size = ask(folder, "cat-file", "-s", "--end-of-options", name)
    if int(size.stdout) > MAX_BYTES:
        hint = "A handoff is a few kilobytes: is this the file?"
        raise FileError("It is larger than 4 MB.", hint=hint, where=Where(version))
    return ask(folder, "show", "--no-textconv", "--no-color", "--end-of-options", name).stdout


def _complaint(done: CompletedProcess[bytes]) -> str:
    """Return why git did not do it, in its own words."""
    lines = done.stderr.decode("utf-8", "replace").splitlines() or ["it does not say why"]
    return lines[0].removeprefix("fatal: ").rstrip(".")
