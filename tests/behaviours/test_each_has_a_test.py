"""Every one of the twenty-eight behaviours has a test that is called by its number."""

from __future__ import annotations

import re
from pathlib import Path

BEHAVIOURS = range(1, 29)


def test_every_behaviour_has_a_test_of_its_number() -> None:
    texts = [path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")]
    numbers = {
        int(found) for text in texts for found in re.findall(r"^(?:async )?def test_(\d\d)_", text, re.MULTILINE)
    }
    assert numbers == set(BEHAVIOURS)
