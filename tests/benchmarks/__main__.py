"""Measure, and print a table of ratios; in less than five minutes on an idle machine of two cores."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks import handoffs
from tests.benchmarks.checking import check_many, check_one
from tests.benchmarks.measure import Program, in_turns, key_times, machine, memory, start_time
from tests.benchmarks.report import HEADING, Ratio

_WIZARD, _PEER, _SAVING = "handoff_tui", "tests.benchmarks.peer", "tests.benchmarks.saving"
_HOME_SIZE = (120, 72)
"""High enough for 20 handoffs of two lines each."""


def home(folder: Path, runs: int) -> Iterator[Ratio]:
    """Measure `handoff-wizard` to the names and states of 20 handoffs, beside a list and a footer."""
    inside = folder / "handoffs"
    inside.mkdir()
    names = handoffs.library(inside, 20)
    lines = folder / "list.txt"
    lines.write_text("".join(f"{name}  payments · {_status(name, names)}\n" for name in names), encoding="utf-8")
    ready = [*names, "final"]
    ours = Program(_WIZARD, [], inside, ready, _HOME_SIZE)
    peer = Program(_PEER, ["list", str(lines)], folder, ready, _HOME_SIZE)
    mine, other = _starts([ours, peer], runs)
    yield Ratio("home: 20 handoffs painted", mine, other, "ms", 1.15)


def resume(folder: Path, runs: int) -> Iterator[Ratio]:
    """Measure `resume FILE` to the painted question, beside a text area; and the memory both then hold."""
    ours, peer = _at_question(folder, "resumed")
    mine, other = _starts([ours, peer], runs)
    yield Ratio("resume: question painted", mine, other, "ms", 1.7, "1.3 if painted before the rest is loaded")
    held = [[memory(program) for _ in range(3)] for program in (ours, peer)]
    known = [[number for number in numbers if number is not None] for numbers in held]
    if all(known):
        yield Ratio("memory at the first question", known[0], known[1], "MB", 1.5)


def keys(folder: Path, runs: int) -> Iterator[Ratio]:
    """Measure key to paint in a text answer, at 5 and at 500 rows, beside a text area."""
    few, peer = _at_question(folder, "few", rows=5)
    many, _ = _at_question(folder, "many", rows=500)
    at_few, at_many, other = _typed([few, many, peer], runs)
    for name, part in (("median", 0.5), ("p95", 0.95)):
        yield Ratio(f"key to paint, 500 rows, {name}", at_many, other, "ms", 1.2, part=part)
        yield Ratio(f"key to paint, 5 rows, {name}", at_few, other, "ms", 1.2, part=part)
        yield Ratio(f"key to paint, 500 rows against 5, {name}", at_many, at_few, "ms", 1.1, part=part)


def saving(folder: Path, runs: int) -> Iterator[Ratio]:
    """Measure key to paint with a save of a 12 KB handoff under way at each key, beside the same without."""
    ready = [handoffs.marker_of(handoffs.at_text_question(folder / "saved.handoff.toml"))]
    sides = []
    for name in ("yes", "no"):
        path = handoffs.at_text_question(folder / f"saved-{name}.handoff.toml")
        sides.append(Program(_SAVING, [str(path), name], folder, ready))
    with_saves, without = _typed(sides, runs)
    for name, part in (("median", 0.5), ("p99", 0.99)):
        yield Ratio(f"key to paint while saving, {name}", with_saves, without, "ms", 1.2, part=part)


Measurement = Callable[[Path, int], Iterator[Ratio]]

_ALL: dict[str, Measurement] = {
    "home": home,
    "resume": resume,
    "keys": keys,
    "saving": saving,
    "check-one": check_one,
    "check-many": check_many,
}
_LETTERS_A_RUN = 120


def _status(name: str, names: list[str]) -> str:
    return "final" if name == names[-1] else "draft"


def _at_question(folder: Path, name: str, *, rows: int | None = None) -> tuple[Program, Program]:
    """Return the wizard at a text question, and the bare app that shows the same words in a text area."""
    path = handoffs.at_text_question(folder / f"{name}.handoff.toml", rows=rows)
    marker = handoffs.marker_of(path)
    text = folder / f"{name}.txt"
    text.write_text(f"\n{marker}\n\n", encoding="utf-8")
    ours = Program(_WIZARD, ["resume", str(path)], folder, [marker])
    return ours, Program(_PEER, ["text", str(text)], folder, [marker], steps_down=2)


def _starts(programs: list[Program], runs: int) -> list[list[float]]:
    times: list[list[float]] = [[] for _ in programs]
    for program in programs:
        start_time(program)  # once for nothing: compiles, and warms the disk's cache
    for side in in_turns(len(programs), runs):
        times[side].append(start_time(programs[side]))
    return times


def _typed(programs: list[Program], runs: int) -> list[list[float]]:
    times: list[list[float]] = [[] for _ in programs]
    for side in in_turns(len(programs), max(1, runs // 5)):
        times[side] += key_times(programs[side], _LETTERS_A_RUN)
    return times


def main() -> None:
    """Measure what is asked for, and print each line when it is known."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("what", nargs="*", help=f"what to measure: {', '.join(_ALL)}; default: all")
    parser.add_argument("--runs", type=int, default=15, help="starts of each side (default: 15); long ones fewer")
    asked = parser.parse_args()
    if strange := [name for name in asked.what if name not in _ALL]:
        parser.error(f"there is no {strange[0]!r} to measure")
    print(machine())
    print("Medians unless said otherwise; in brackets least and most.")
    print("Beside: a bare Textual app, or what is said; `check`: check-jsonschema, or tomllib alone on one core.")
    print(HEADING)
    for name in asked.what or _ALL:
        with tempfile.TemporaryDirectory() as folder:
            for line in _ALL[name](Path(folder), asked.runs):
                print(line, flush=True)


if __name__ == "__main__":
    main()
