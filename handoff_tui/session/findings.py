"""What the checks say while an interview is under way: of one answer, at the end of a section, at review.

Nothing is ever said of a question that nobody has been at: on screen that is "not yet", and no finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from handoff_tui.checks import RULES, check
from handoff_tui.checks.texts import Texts
from handoff_tui.core.condition import is_head_id
from handoff_tui.core.finding import Finding, Verdict
from handoff_tui.core.interview import Interview
from handoff_tui.core.question import Question
from handoff_tui.core.reading import PEOPLE, Rejection
from handoff_tui.core.table import TableKind
from handoff_tui.core.wording import gist, say_scalar
from handoff_tui.session.forms import ACCEPTANCE
from handoff_tui.session.joining import join
from handoff_tui.session.secrecy import Hush
from handoff_tui.session.session import Session

__all__ = [
    "about_section",
    "accept",
    "at_once",
    "can_be_accepted",
    "place_of",
    "said_now",
    "told",
    "told_gist",
    "verdict",
    "withdraw",
]

_SAID_LATER = {"open-essential", "stale", "conflict", "unknown-key"}
"""What the page of the question shows by itself, or what no typing caused."""


def verdict(session: Session) -> Verdict:
    """Return what the checks say of the whole handoff as it stands; the same as `check` says of its file."""
    return _checked(session)[0]


def told(session: Session, text: str) -> str:
    """Return what is said of the handoff, like the name of a row, without its secrets: others read the screen too."""
    return _checked(session)[1](text)


def place_of(session: Session, finding: Finding) -> str:
    """Return where a finding is, in words: the question's label and the row's name."""
    return told(session, _place_of(session, finding))


def _place_of(session: Session, finding: Finding) -> str:
    question = session.template.by_id.get(finding.question)
    if question is None:
        return "The head" if is_head_id(finding.question) else finding.question
    if finding.row is None or not isinstance(question.field, TableKind):
        return question.label
    key = question.field.key.field
    name = say_scalar(key, finding.row, session.people()) if finding.row else "a row without a name"
    return f"{question.label}: {session.people().get(name, name) if question.id == PEOPLE else name}"


def told_gist(session: Session, question: Question, width: int) -> str:
    """Return an answer in one short line, without its secrets."""
    value = session.handoff.answer(question.id).value
    return gist(question, value, width=width, hide=lambda line: told(session, line))


def _checked(session: Session) -> tuple[Verdict, Hush]:
    if session.checked is None or session.checked[0] is not session.handoff:
        found = check(Interview(session.template, session.handoff), session.today())
        guilty = any(item.rule == "secret" for item in found.findings)
        hush = Hush.of(Texts(session.handoff, session.template).all) if guilty else Hush()
        session.checked = (session.handoff, hush.verdict(found), hush)
    return session.checked[1:]


def said_now(session: Session, findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that are not about a question nobody has been at yet."""

    def visited(question_id: str) -> bool:
        known = session.template.by_id.get(question_id)
        return known is None or is_head_id(question_id) or not session.handoff.answer(question_id).empty

    return [item for item in findings if visited(item.question) and (not item.lacks or visited(item.lacks))]


def at_once(session: Session, question_id: str) -> list[Finding]:
    """Return what is wrong with an answer by itself, whatever the others say: told when it is given."""
    return [
        item
        for item in verdict(session).findings
        if item.question == question_id
        and item.rule not in _SAID_LATER
        and item.severity != "advice"
        and (RULES[item.rule].by_itself or set(RULES[item.rule].reads) <= {question_id})
    ]


def about_section(session: Session, section_id: str) -> list[Finding]:
    """Return the findings that a section's answers have, or caused elsewhere."""

    def touches(item: Finding) -> bool:
        rule = RULES[item.rule]
        # What one answer shows by itself, no other section caused.
        questions = {item.question, *(() if rule.by_itself else rule.reads)}
        return any(question.partition(".")[0] == section_id for question in questions)

    return [item for item in said_now(session, verdict(session).findings) if touches(item)]


def can_be_accepted(finding: Finding) -> bool:
    """Say whether somebody may take a finding on: a warning, or a false alarm of `secret`; never another error."""
    return finding.severity == "warning" or finding.rule == "secret"


def accept(session: Session, findings: Sequence[Finding], raw: Mapping[str, object]) -> list[Rejection]:
    """Take findings of one cause on, with one reason and one name; `raw` are the cells of that form."""
    read = ACCEPTANCE.read_row(raw, session.context)
    if isinstance(read, list):
        return read
    by = ACCEPTANCE.column("by").field
    handoff = join(session.handoff, session.template, by, read["by"], raw.get("by"))
    taken = [_entry(item) | {"reason": read["reason"], "by": read["by"]} for item in findings]
    taken = [{key: entry[key] for key in _KEYS if key in entry} for entry in taken]
    places = [_place(entry) for entry in taken]
    kept = [entry for entry in handoff.accepted if _place(entry) not in places]
    session.commit(replace(handoff, accepted=(*kept, *taken)), f"“{RULES[findings[0].rule].title}” accepted")
    return []


def withdraw(session: Session, findings: Sequence[Finding]) -> None:
    """Accept findings no longer."""
    places = [_place(_entry(item)) for item in findings]
    kept = tuple(entry for entry in session.handoff.accepted if _place(entry) not in places)
    title = RULES[findings[0].rule].title
    session.commit(replace(session.handoff, accepted=kept), f"“{title}” no longer accepted")


_KEYS = ("rule", "question", "row", "reason", "by", "fingerprint")


def _entry(finding: Finding) -> dict[str, Any]:
    """Return what of an acceptance the finding itself says."""
    row = {} if finding.row is None else {"row": finding.row}
    return {"rule": finding.rule, "question": finding.question, **row, "fingerprint": finding.fingerprint}


def _place(entry: Mapping[str, Any]) -> tuple[Any, ...]:
    # A row may have two findings of one rule, in two cells: the fingerprint tells them apart.
    return tuple(entry.get(key) for key in ("rule", "question", "row", "fingerprint"))
