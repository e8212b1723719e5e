"""The other side of `check` of many: nothing but the standard parser. `python -m tests.benchmarks.parsing FOLDER`."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path


def main() -> None:
    """Parse every file of a folder."""
    for path in Path(sys.argv[1]).iterdir():
        tomllib.loads(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
