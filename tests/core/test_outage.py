"""What an outage does to a path: right at each boundary, and never better than the answers say."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from handoff_tui.core.outage import Comparison, Ends, Fate, Hop, fate_of

HOUR = 3600
OUTAGE = 30 * HOUR


def hop(
    tried: int | None,
    then: str = "reconcile",
    by: str = "sender",
    comparisons: Sequence[Comparison] = (),
    kept: int | None = None,
    order: str = "",
) -> Hop:
    return Hop(by, tried, then, kept, order, comparisons)


@pytest.mark.parametrize(
    ("tried", "ends"),
    [(None, "unstated"), (0, "hand"), (OUTAGE - 1, "hand"), (OUTAGE, "hand"), (OUTAGE + 1, "retried")],
)
def test_a_try_counts_only_after_the_outage_not_at_its_last_moment(tried: int | None, ends: Ends) -> None:
    assert fate_of(hop(tried, "dead_letter"), OUTAGE) == Fate(ends)


@pytest.mark.parametrize(
    ("then", "ends"),
    [("dead_letter", "hand"), ("ticket", "hand"), ("lost", "lost"), ("", "unstated"), ("what?", "unstated")],
)
def test_what_comes_after_the_last_try_decides(then: str, ends: Ends) -> None:
    assert fate_of(hop(HOUR, then), OUTAGE) == Fate(ends)


@pytest.mark.parametrize("by", ["", "whoever"])
def test_a_window_without_anybody_who_tries_says_nothing(by: str) -> None:
    assert fate_of(hop(OUTAGE * 9, "dead_letter", by), OUTAGE) == Fate("unstated")


@pytest.mark.parametrize("window", [None, 0, OUTAGE * 9])
def test_where_nobody_tries_again_a_window_does_not_count(window: int | None) -> None:
    assert fate_of(hop(window, "lost", "nobody"), OUTAGE) == Fate("lost")


@pytest.mark.parametrize(
    ("every", "back", "fate"),
    [
        (HOUR, OUTAGE + HOUR, Fate("compared", (2,))),
        (HOUR, OUTAGE + HOUR - 1, Fate("unstated")),
        (HOUR, OUTAGE, Fate("unstated")),
        (24 * HOUR, OUTAGE + HOUR, Fate("unstated")),
        (None, OUTAGE * 9, Fate("unstated")),
        (HOUR, None, Fate("unstated")),
    ],
)
def test_a_comparison_must_look_back_over_the_outage_and_its_own_interval(
    every: int | None, back: int | None, fate: Fate
) -> None:
    assert fate_of(hop(HOUR, comparisons=[Comparison(2, every, back)]), OUTAGE) == fate


def test_every_comparison_that_reaches_is_named_and_no_other() -> None:
    found = [Comparison(1, HOUR, HOUR), Comparison(3, HOUR, OUTAGE * 2), Comparison(4, HOUR, OUTAGE + HOUR)]
    assert fate_of(hop(HOUR, comparisons=found), OUTAGE) == Fate("compared", (3, 4))
    assert fate_of(hop(HOUR), OUTAGE) == Fate("unstated")


@pytest.mark.parametrize("tried", [0, HOUR, OUTAGE - 1, OUTAGE])
def test_that_a_comparison_looks_back_is_never_that_it_repairs(tried: int) -> None:
    reaches = [Comparison(1, HOUR, OUTAGE + HOUR)]
    assert fate_of(hop(tried, comparisons=reaches), OUTAGE).ends == "compared"
    assert fate_of(hop(OUTAGE + 1, comparisons=reaches), OUTAGE) == Fate("retried")


def test_a_comparison_does_not_help_what_is_given_up_as_lost() -> None:
    assert fate_of(hop(HOUR, "lost", comparisons=[Comparison(1, HOUR, OUTAGE * 9)]), OUTAGE) == Fate("lost")


@pytest.mark.parametrize(
    ("kept", "order", "forgotten"),
    [
        (OUTAGE + 1, "", False),
        (OUTAGE, "", True),
        (0, "sequence", True),
        (0, "refetch", False),
        (None, "", False),
    ],
)
def test_ids_must_be_kept_for_longer_than_the_outage(kept: int | None, order: str, forgotten: bool) -> None:
    assert hop(HOUR, kept=kept, order=order).forgotten(OUTAGE) is forgotten
