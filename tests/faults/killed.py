"""A program that saves, and is killed at each system call of the save in turn.

Call it as python -m tests.faults.killed FOLDER WAY. It forks for each call, and so must be a process with one thread:
not the one that runs the tests. In FOLDER it leaves a folder for each kill, and prints how many there were and the
calls of a save that nobody killed; the tests look at what the kills left.
"""

from __future__ import annotations

import json
import os
import sys
from itertools import count
from pathlib import Path

from tests.faults.calls import Fault, half_then_kill, injected, kill
from tests.faults.saves import WAYS, Way

FAULTS: dict[str, Fault] = {"before": kill, "after": half_then_kill}


def killed_at(way: Way, folder: Path, fault: Fault, at: int) -> tuple[int, list[str]]:
    """Save in a process that meets the fault at a call; return its status, and the calls made where it lived."""
    path = way.begin(folder)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        write = way.writer(path)
        with injected(fault, at) as calls:
            write()
        os.write(writing, json.dumps(calls.made).encode())
        os._exit(0)
    os.close(writing)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as stream:
        said = stream.read()
    return status, json.loads(said or b"[]")


def main(folder: Path, name: str) -> None:
    """Kill at every call, before it and after it (a write: in its middle)."""
    for when, fault in FAULTS.items():
        for at in count():
            status, calls = killed_at(WAYS[name], folder / f"{when}-{at}", fault, at)
            if not os.WIFSIGNALED(status):
                print(json.dumps({"when": when, "kills": at, "status": status, "calls": calls}))
                break


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
