"""How fast `check` is: whole processes, beside check-jsonschema and beside the standard parser alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from handoff_tui.catalog import Catalog
from handoff_tui.render.schema import schema
from handoff_tui.store.text import loads
from handoff_tui.tomlfile import read_toml
from tests.benchmarks import many
from tests.benchmarks.measure import Command, cores, in_turns
from tests.benchmarks.report import Ratio, share

__all__ = ["check_many", "check_one"]


def check_one(folder: Path, runs: int) -> Iterator[Ratio]:
    """Measure `check` of one handoff, beside check-jsonschema with the schema of its template on the same file."""
    path = many.many(folder, 1)[0]
    described = folder / "handoff.schema.json"
    template = Catalog().load(loads(read_toml(path)).head.template)
    described.write_text(json.dumps(schema(template)), encoding="utf-8")
    validate = ["-m", "check_jsonschema", "--schemafile", str(described), str(path)]
    ours, beside = _times([_check(path), Command(validate)], runs)
    yield Ratio("check: one handoff", ours, beside, "ms", 0.8)


def check_many(folder: Path, runs: int) -> Iterator[Ratio]:
    """Measure `check` of 100 and of 1,000 handoffs, beside a loop of `tomllib.loads` over them; and how it grows."""
    empty, hundred, thousand = (folder / name for name in ("empty", "100", "1000"))
    for inside in (empty, hundred, thousand):
        inside.mkdir()
    many.heads(empty)
    many.many(hundred, 100)
    many.many(thousand, 1000)
    if cores(1) is None:
        return  # nobody can be kept to one core here
    sides = [_check(empty, 1), _check(hundred, 1), _parse(hundred)]
    start, at_hundred, parsed_hundred = _times(sides, runs)
    yield Ratio("check: 100 handoffs, one core", at_hundred, parsed_hundred, "ms", None, "the start counts")
    sides = [_check(thousand, 1), _parse(thousand), *([_check(thousand, 2)] if cores(2) else [])]
    at_thousand, parsed, *on_two = _times(sides, max(3, runs // 3))
    yield Ratio("check: 1,000 handoffs, one core", at_thousand, parsed, "ms", 1.7)
    for times in on_two:
        yield Ratio("check: 1,000 handoffs, two cores", times, parsed, "ms", 1.0)
    once = share(start, 0.5)
    long, short = ([time - once for time in times] for times in (at_thousand, at_hundred))
    yield Ratio("check: 1,000 against 100, less start", long, short, "ms", 10.5, "one core")


def _check(path: Path, count: int | None = None) -> Command:
    return Command(["-m", "handoff_tui", "check", str(path), "--on", many.DAY.isoformat()], cores(count))


def _parse(folder: Path) -> Command:
    return Command(["-m", "tests.benchmarks.parsing", str(folder)], cores(1))


def _times(commands: list[Command], runs: int) -> list[list[float]]:
    times: list[list[float]] = [[] for _ in commands]
    for command in commands:
        command.run_time()  # once for nothing, as for the screens
    for side in in_turns(len(commands), runs):
        times[side].append(commands[side].run_time())
    return times
