"""The article: the card's words in HTML that Guide keeps, and a request as Zendesk documents it."""

from __future__ import annotations

import json

import pytest

from handoff_tui.checks.wording import unsafe_in
from handoff_tui.core.interview import Interview
from handoff_tui.render.guide_article import Account, article, article_request
from handoff_tui.render.view import View
from tests.core.making import bundled
from tests.render.samples import billing, example, published
from tests.render.test_hostile import HOSTILE, WORD, poisoned
from tests.render.test_html import Reader, closed

ACCOUNT = Account("en-us", 56, 123)
KEPT = {"a", "blockquote", "br", "h2", "h3", "h4", "li", "ol", "p", "strong", "ul"}
KEPT |= {"table", "tbody", "td", "th", "thead", "tr"}
"""Tags that Guide leaves in an article."""


def view(handoff: object = None) -> View:
    return View.of(Interview(bundled("payments"), handoff or billing()))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["charging-plans", "furniture-deliveries", "wallet-verification"])
def test_it_says_what_the_card_says_in_tags_that_guide_keeps(name: str) -> None:
    html = published(example(name), "guide-article")
    read = Reader(html)
    assert {tag.split()[0].removeprefix("/") for tag in read.tags} <= KEPT
    assert unsafe_in(read.text) == []
    card = Reader(published(example(name), "support-card", ".html"))
    for part in ("What each state means", "When it is late, failed or in conflict", "Where to escalate, by hour"):
        assert part in read.text
        assert part in card.text
    for word in ("webhook", "Retried by", "Timeout"):
        assert word not in read.text


def test_the_request_is_a_draft_for_one_segment_that_tells_nobody() -> None:
    request = json.loads(article_request(view(), ACCOUNT))
    assert set(request) == {"article", "notify_subscribers"}
    assert request["notify_subscribers"] is False
    assert request["article"] == {
        "title": "Stripe billing state in Zendesk: what support says and does",
        "locale": "en-us",
        "permission_group_id": 56,
        "user_segment_id": 123,
        "body": article(view()),
        "draft": True,
    }


@pytest.mark.parametrize("text", [*HOSTILE, "{{dc.secret}}", "<script>alert(1)</script>"])
def test_what_was_typed_is_text_and_is_not_filled_in(text: str) -> None:
    html = article(view(poisoned(text)))
    plain = Reader(article(view(poisoned(WORD))))
    assert Reader(html).tags == plain.tags
    assert closed(Reader(html).text) == closed(plain.text.replace(WORD, text))
    assert "{{" not in article_request(view(poisoned(text)), ACCOUNT)
    assert "{%" not in html
