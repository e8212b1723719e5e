"""Three hundred apps in one process: what each would do again at its start is done once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from textual.css.stylesheet import Stylesheet

from handoff_tui.tui.app import WizardApp


@pytest.fixture(scope="session", autouse=True)
def _started_once() -> Iterator[None]:
    """Read each style sheet once per theme, and never freeze what one app left behind for the next."""
    parse = Stylesheet._parse_rules
    known: dict[object, Any] = {}

    def parse_once(self: Stylesheet, *what: Any, **how: Any) -> Any:
        key = (what, tuple(how.items()), tuple(self._variables.items()))
        if key not in known:
            known[key] = parse(self, *what, **how)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        patch.setattr(WizardApp, "_collect_garbage_again", staticmethod(lambda: None))
        yield
