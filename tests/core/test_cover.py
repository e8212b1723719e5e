"""Who stands behind whom, followed to the end."""

from __future__ import annotations

import pytest

from handoff_tui.core.cover import Cover, cover_of

DAY = "Mon-Fri 08:00-17:00 Europe/Oslo"


def people(**rows: tuple[str, str]) -> dict[str, dict[str, str]]:
    """Return contacts, each with hours and stand-in."""
    return {
        key: {name: cell for name, cell in (("hours", hours), ("backup", backup)) if cell}
        for key, (hours, backup) in rows.items()
    }


@pytest.mark.parametrize(
    ("rows", "cover"),
    [
        (people(a=("24x7", "")), Cover((), (), (), False)),
        (people(a=("24x7", "a")), Cover((), (), (), False)),
        (people(a=("24x7", "b"), b=("24x7", "a")), Cover(("b",), ("b",), (), True)),
        (people(a=("24x7", "b"), b=(DAY, "c"), c=("24x7", "")), Cover(("b", "c"), ("c",), (), False)),
        (people(a=("24x7", "b"), b=(DAY, "c"), c=(DAY, "b")), Cover(("b", "c"), (), (), True)),
        (people(a=("24x7", "b"), b=("", "")), Cover(("b",), (), ("b",), False)),
        (people(a=("24x7", "ghost")), Cover(("ghost",), (), ("ghost",), False)),
    ],
)
def test_the_chain_is_followed_to_its_end(rows: dict[str, dict[str, str]], cover: Cover) -> None:
    assert cover_of(rows, "a") == cover


def test_of_somebody_who_is_not_listed_nothing_is_known() -> None:
    assert cover_of({}, "ghost") == Cover((), (), (), False)
