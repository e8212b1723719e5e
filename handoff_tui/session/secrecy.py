"""No secret leaves its file: what is told of a handoff, on a screen or in a log, comes without their values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from handoff_tui.checks.secrets import secrets_in
from handoff_tui.core.finding import Finding, Verdict

__all__ = ["HIDDEN", "Hush", "hushed"]

HIDDEN = "[hidden]"
"""What stands in a message where the file holds a secret."""


def hushed(text: str) -> str:
    """Return a text without the secrets that can be seen in it."""
    for found in sorted(secrets_in(text), key=lambda item: item.start, reverse=True):
        text = text[: found.start] + HIDDEN + text[found.end :]
    return text


@dataclass(frozen=True, slots=True)
class Hush:
    """Takes the secrets of one handoff out of what is told of it.

    Some are one only by the words around them: a message that quotes the value alone does not show what it is.
    """

    values: tuple[str, ...] = ()

    @classmethod
    def of(cls, texts: Iterable[str]) -> Hush:
        """Return what hides the secrets in these texts."""
        values = {text[found.start : found.end] for text in texts for found in secrets_in(text)}
        return cls(tuple(sorted(values, key=len, reverse=True)))

    def __call__(self, text: str) -> str:
        """Return a text without secrets."""
        for value in self.values:
            text = text.replace(value, HIDDEN)
        return hushed(text)

    def finding(self, finding: Finding) -> Finding:
        """Return a finding that says nothing secret; its place stays as it is, for it is looked up by it."""
        accepted = finding.accepted
        if accepted is not None:
            accepted = replace(accepted, reason=self(accepted.reason), by=self(accepted.by))
        message, fix, cause = self(finding.message), self(finding.fix), self(finding.cause)
        return replace(finding, message=message, fix=fix, cause=cause, accepted=accepted)

    def verdict(self, verdict: Verdict) -> Verdict:
        """Return a verdict whose findings say nothing secret."""
        findings, accepted = (tuple(map(self.finding, part)) for part in (verdict.findings, verdict.accepted))
        return replace(verdict, findings=findings, accepted=accepted)
