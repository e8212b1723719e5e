"""`handoff-wizard example`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from handoff_tui.cli.streams import say
from handoff_tui.errors import InputError, Where
from handoff_tui.resources import bundled_examples
from handoff_tui.store.atomic import atomic_write
from handoff_tui.store.file import SUFFIX, document_path
from handoff_tui.tomlfile import read_toml

__all__ = ["TEMPLATES", "command"]

TEMPLATES = ("payments", "identity", "operations")
"""The templates that have an example; `general` is what is common to all of them."""


@click.command("example")
@click.argument("template", type=click.Choice(TEMPLATES, case_sensitive=False), default="payments", required=False)
def command(template: str) -> None:
    """Put a finished handoff and its summary into this folder, to look at before anybody is invited.

    TEMPLATE is the kind of integration that it is about; payments, if you do not say. A file that is there already is
    never overwritten.

    \b
    Examples:
      handoff-wizard example
      handoff-wizard example identity
    """
    source = _example_of(template)
    files = [Path(source.name), Path(document_path(source).name)]
    for path in files:
        if os.path.lexists(path):  # a link that leads nowhere is somebody's too
            raise InputError(
                "There is such a file already, and an example never overwrites one. Nothing was written.",
                hint=f"If it is the example, look at it: handoff-wizard resume {files[0]}; else call this in another "
                "folder.",
                where=Where(path),
            )
    for path in files:
        atomic_write(path, source.with_name(path.name).read_bytes(), fresh=True)
    say(f"{files[0]} (the contract) and {files[1]} (for people): written. Try next:")
    for what, how in (
        ("Look at every answer, and change one", f"resume {files[0]}"),
        ("What the checks say", f"check {files[0]}"),
        ("The card for agents", f"render {files[0]} --document support-card"),
        ("A drill of two minutes", f"drill {files[0]} source_down"),
        ("Your own", f"new my-integration --template {template}"),
    ):
        say(f"  {what}: handoff-wizard {how}")


def _example_of(template: str) -> Path:
    """Return the example that was made with a template.

    Raises:
        InputError: The installation has lost it.
    """
    for path in sorted(bundled_examples().glob(f"*{SUFFIX}")):
        if read_toml(path).data["handoff"]["template"] == template:
            return path
    raise InputError(f"The example for {template} is not where it belongs.", hint="Install handoff-wizard again.")
