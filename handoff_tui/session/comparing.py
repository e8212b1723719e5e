"""Two versions of a handoff side by side: what changed in the contract, and what the checks say now and said before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handoff_tui.checks import check
from handoff_tui.core.compare import compare, findings
from handoff_tui.core.finding import Finding
from handoff_tui.core.handoff import Handoff
from handoff_tui.core.interview import Interview
from handoff_tui.core.template import Template
from handoff_tui.render.changes import Comparison
from handoff_tui.session.secrecy import Hush, hushed

__all__ = ["compared"]


def compared(
    old: tuple[str, Handoff, Template], new: tuple[str, Handoff, Template], name: str, today: date
) -> Comparison:
    """Return what changed between two versions, each given with what it is called and with its questions.

    Secrets are hidden: a comparison is pasted into pull requests.
    """
    verdicts = [check(Interview(template, handoff), today) for _, handoff, template in (old, new)]
    appeared, gone = findings(verdicts[0], verdicts[1])
    return Comparison(
        hushed(old[0]),
        hushed(new[0]),
        hushed(name),
        tuple(compare(old[1], new[1], new[2], hushed)),
        tuple(map(_hushed, appeared)),
        tuple(map(_hushed, gone)),
    )


def _hushed(finding: Finding) -> Finding:
    row = None if finding.row is None else hushed(finding.row)
    return replace(Hush().finding(finding), row=row)
