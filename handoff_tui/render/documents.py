"""Every document by name. Apart from `handoff_tui.render`, so that `check` loads none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from handoff_tui.core.finding import Verdict
from handoff_tui.core.interview import Interview
from handoff_tui.render.backstage import backstage
from handoff_tui.render.follow_ups import follow_ups, follow_ups_csv
from handoff_tui.render.guide_article import Account, article, article_request
from handoff_tui.render.html import page
from handoff_tui.render.invitation import FILE, invitation
from handoff_tui.render.macros import macros
from handoff_tui.render.on_call import on_call
from handoff_tui.render.summary import summary
from handoff_tui.render.support_card import support_card
from handoff_tui.render.view import View

__all__ = ["DOCUMENTS", "Account", "Document", "Writer", "request_for"]

Writer = Callable[[Interview, Verdict], str]


@dataclass(frozen=True, slots=True)
class Document:
    """What can be written of a handoff.

    Args:
        about: What it is, for `--help`.
        writers: By the ending of a file; the first is the one that is written unasked.
        for_support: Agents read it and copy from it: nothing in it may be for insiders only.
        naming: The same writers for a file of this name, where the document names the handoff's file.
    """

    about: str
    writers: Mapping[str, Writer] = field(default_factory=dict)
    for_support: bool = False
    naming: Callable[[str], Mapping[str, Writer]] | None = None

    @property
    def ending(self) -> str:
        """The ending of the file that is written unasked."""
        return next(iter(self.writers))

    def writer(self, ending: str, file: str = "") -> Writer:
        """Return what writes it for files of this ending; `file` is what the handoff's file is called, if known."""
        return (self.naming(file) if self.naming and file else self.writers)[ending]

    def __call__(self, interview: Interview, verdict: Verdict) -> str:
        """Write it as it is written unasked."""
        return self.writers[self.ending](interview, verdict)


def _of_view(write: Callable[[View], str]) -> Writer:
    """Return a writer whose document does not say what the checks found."""
    return lambda interview, _verdict: write(View.of(interview))


def _as_page(write: Writer) -> Writer:
    """Return a writer of the same document as a page of HTML."""
    return lambda interview, verdict: page(write(interview, verdict))


def _markdown(
    about: str, write: Writer, *, for_support: bool = False, more: Mapping[str, Writer] | None = None
) -> Document:
    """Return a document in Markdown, which can be had as a page of HTML too."""
    return Document(about, {".md": write, ".html": _as_page(write), **(more or {})}, for_support)


def _invitations(file: str) -> Mapping[str, Writer]:
    """Return the writers of the invitation to a handoff in a file of this name."""
    write = _of_view(lambda view: invitation(view, file))
    return {".md": write, ".html": _as_page(write)}


DOCUMENTS: dict[str, Document] = {
    "summary": _markdown("every answer, what to do if it breaks first", summary),
    "invitation": Document("the sheet to send before the workshop", _invitations(FILE), naming=_invitations),
    "support-card": _markdown("for an agent with a customer on the line", _of_view(support_card), for_support=True),
    "on-call": _markdown("for an engineer who is paged at night", _of_view(on_call)),
    "follow-ups": _markdown(
        "what is left to do, by date and owner", _of_view(follow_ups), more={".csv": _of_view(follow_ups_csv)}
    ),
    "zendesk-macros": Document(
        "request bodies for Zendesk's API, inactive", {".json": _of_view(macros)}, for_support=True
    ),
    "guide-article": Document(
        "the support card as an article for Zendesk Guide", {".html": _of_view(article)}, for_support=True
    ),
    "backstage": Document("entries of Backstage's catalog, for catalog-info.yaml", {".yaml": _of_view(backstage)}),
}
"""What the command line can render, by the name after `--document`."""


def request_for(account: Account) -> Writer:
    """Return a writer of the article as a request body for one account of Zendesk."""
    return lambda interview, _verdict: article_request(View.of(interview), account)
