"""Nothing leaves in a document that must stay inside."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handoff_tui.checks import check
from handoff_tui.core.answers import Answer, Note, Open
from handoff_tui.core.finding import Acceptance, Finding, Readiness, Verdict
from handoff_tui.core.interview import Interview
from handoff_tui.render.documents import DOCUMENTS
from handoff_tui.session.publishing import publish
from tests.core.making import TODAY, bundled
from tests.render.samples import billing

SECRET = "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc"
EVERY = [(name, ending) for name, item in DOCUMENTS.items() for ending in item.writers][1:]


def leaking() -> Interview:
    """Return the sample with a key in a text, a cell, a note, the note of an open point and the head."""
    handoff = billing().with_answer("fallback.fallback_start", Answer(f"Use {SECRET}", note=Note(text=SECRET)))
    handoff = handoff.with_answer("fallback.fallback_exit", Answer(None, Open(note=f"ask for {SECRET}")))
    rows = [
        row | {"next_step": f"Paste {SECRET}", "agent_may_say": SECRET}
        for row in handoff.rows("support_view.support_signals")
    ]
    handoff = handoff.with_answer("support_view.support_signals", Answer(rows))
    gaps = [{"gap": f"The key {SECRET} is in the wiki", "owner": "zofia"}]
    handoff = handoff.with_answer("close.known_gaps", Answer(gaps))
    return Interview(bundled("payments"), replace(handoff, head=replace(handoff.head, name=f"Billing {SECRET}")))


@pytest.mark.parametrize(("document", "ending"), EVERY)
def test_no_secret_leaves_in_a_document(document: str, ending: str) -> None:
    interview = leaking()
    text = publish(interview, check(interview, TODAY), document, ending)
    assert SECRET[8:] not in text.replace("\\", "")
    assert "[hidden]" in text.replace("\\", "") or "left out: " in text


def test_what_somebody_called_a_false_alarm_is_told() -> None:
    interview = leaking()
    false_alarm = Finding("secret", "error", "close.known_gaps", "A key.", "", accepted=Acceptance("a sample", "mara"))
    text = publish(interview, Verdict((), (false_alarm,), Readiness.READY), "on-call").replace("\\", "")
    assert f"The key {SECRET} is in the wiki" in text
    assert "Use [hidden]" in text


def test_a_false_alarm_shows_no_other_secret_of_its_question() -> None:
    interview = leaking()
    found = Finding("secret", "error", "close.known_gaps", "A key.", "")
    false_alarm = replace(found, row="another", accepted=Acceptance("a sample", "mara"))
    text = publish(interview, Verdict((found,), (false_alarm,), Readiness.NOT_READY), "on-call").replace("\\", "")
    assert SECRET not in text
    assert "The key [hidden] is in the wiki" in text


def test_an_interview_is_not_changed_by_what_is_told_of_it() -> None:
    interview = leaking()
    before = interview.handoff
    publish(interview, check(interview, TODAY), "support-card")
    assert interview.handoff == before
    assert SECRET in interview.handoff.head.name
