"""The command line as a shell calls it: a process of its own, or `main` in this one where that is enough."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from handoff_tui.cli.entry import main

COMMAND = (sys.executable, "-m", "handoff_tui")
EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
PAYMENTS = EXAMPLES / "charging-plans.handoff.toml"
PAYMENTS_SUMMARY = EXAMPLES / "charging-plans.handoff.md"


@dataclass(frozen=True)
class Done:
    """What a command did: its exit code, and what it wrote where."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The messages."""
        return self.err.splitlines()


def call(*arguments: str, cwd: Path, env: Mapping[str, str] | None = None) -> Done:
    """Call `handoff-wizard` in a process of its own, without a terminal."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def run(*arguments: str, cwd: Path, env: Mapping[str, str] | None = None) -> Done:
    """Call the same `main` in this process: a tenth of the time, and everything but the interpreter's own part."""
    out, err = _stream(), _stream()
    with (
        contextlib.chdir(cwd),
        mock.patch.dict(os.environ, env or {}),
        mock.patch.object(sys, "argv", ["handoff-wizard", *arguments]),
        mock.patch.object(sys, "stdin", _stream()),
        mock.patch.object(sys, "stdout", out),
        mock.patch.object(sys, "stderr", err),
        _collecting(),
    ):
        code: object = None
        try:
            main()
        except SystemExit as end:
            code = end.code
    assert isinstance(code, int), code
    return Done(code, _text(out), _text(err))


@contextlib.contextmanager
def _collecting() -> Iterator[None]:
    """Give the collector back, which a command that is over soon turns off."""
    try:
        yield
    finally:
        gc.enable()


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
