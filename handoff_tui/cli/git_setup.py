"""`handoff-wizard git-setup`."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import click

from handoff_tui.cli.streams import say
from handoff_tui.store.git_setup import Step, steps, take

__all__ = ["command"]


@click.command("git-setup")
@click.option("--undo", is_flag=True, help="Take away what this command wrote.")
@click.option("--dry-run", is_flag=True, help="Only show what would be written.")
def command(undo: bool, dry_run: bool) -> None:
    """Let git join two edits of one handoff answer by answer, in this one clone.

    Sets up a merge driver and readable hunks for *.handoff.toml, and lets git ignore the journals of interviews.
    Shows what it writes. Every clone needs it once; a host that merges pull requests does not use it.

    \b
    Examples:
      handoff-wizard git-setup
      handoff-wizard git-setup --undo
    """
    folder = Path.cwd()
    planned = steps(folder, undo=undo)
    _show(planned, folder)
    if not dry_run:
        for step in planned:
            take(folder, step)
    say(_end(planned, undo=undo, dry_run=dry_run))
    if not undo and shutil.which("handoff-wizard") is None:
        say("Git will not find handoff-wizard: put it on your PATH, else every merge of a handoff is a conflict.")


def _show(planned: Sequence[Step], folder: Path) -> None:
    """Say file by file what goes and what comes."""
    for file, inside in groupby(planned, key=lambda step: step.file):
        say(f"{file.relative_to(folder) if file.is_relative_to(folder) else file}:".replace("\n", " "))
        for step in inside:
            name = f"{step.key} = " if step.key else ""
            for sign, text in (("-", step.was), ("+", step.now)):
                if text:
                    say(f"  {sign} {name}{text}".replace("\n", " "))


def _end(planned: Sequence[Step], *, undo: bool, dry_run: bool) -> str:
    if not planned:
        return "There is nothing to take away." if undo else "This clone is set up already."
    if dry_run:
        return "Nothing was written; without --dry-run, this would be."
    if undo:
        return "Taken away: git merges handoffs line by line again."
    return "Written. Git now joins handoffs answer by answer in this clone. Undo: handoff-wizard git-setup --undo"
