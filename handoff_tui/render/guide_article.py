"""The article for Zendesk Guide: the support card where agents look things up.

Section, permission group and user segment belong to an account, so they are asked for and never guessed: an article
without a segment is one for everyone on the internet.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from handoff_tui.render.html import fragment
from handoff_tui.render.markdown import document
from handoff_tui.render.support_card import support_page
from handoff_tui.render.view import View
from handoff_tui.render.zendesk import inert

__all__ = ["Account", "article", "article_request"]


@dataclass(frozen=True, slots=True)
class Account:
    """What a request needs to know of an account: the language, who may edit, and who alone may read."""

    locale: str
    permission_group: int
    user_segment: int


def article(view: View) -> str:
    """Return the body of the article; its title is no part of it."""
    return inert(fragment(document(support_page(view))))


def article_request(view: View, account: Account) -> str:
    """Return the body of `POST /api/v2/help_center/{locale}/sections/{id}/articles`: a draft that tells nobody."""
    name = view.interview.handoff.head.name or "Handoff without a name"
    request = {
        "article": {
            "title": f"{inert(' '.join(name.split()))}: what support says and does",
            "locale": account.locale,
            "permission_group_id": account.permission_group,
            "user_segment_id": account.user_segment,
            "body": article(view),
            "draft": True,
        },
        "notify_subscribers": False,
    }
    return json.dumps(request, ensure_ascii=False, indent=2) + "\n"
