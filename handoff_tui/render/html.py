"""A Markdown document of ours as one page of HTML that needs nothing else: to print, to mail, to paste into a wiki.

markdown-it-py reads what `markdown.py` has escaped, as GitHub would, so a document has one layout and not two. What
is HTML in it is our own `<br>` inside cells; anything else of that kind is shown as text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from handoff_tui.render.markdown import Markup, plain, slug

__all__ = ["fragment", "page"]

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
body { overflow-wrap: anywhere; }
h1, h2, h3, h4 { line-height: 1.25; margin: 1.6em 0 .5em; }
h1 { margin-top: 0; }
h2 { border-top: 1px solid #8884; padding-top: .8em; }
h4 { border-bottom: 1px dotted #8886; }
ul, ol { padding-left: 1.4em; }
li { margin: .15em 0; }
.table { overflow-x: auto; margin: 1em 0; }
table { border-collapse: collapse; width: 100%; font-size: .9em; }
th, td { border: 1px solid #8888; padding: .35em .6em; text-align: left; vertical-align: top; }
th, td { overflow-wrap: break-word; }
td:first-child { min-width: 7em; }
th { background: #8882; }
blockquote { border-left: 4px solid #36c; margin: .6em 0; padding: .5em 1em; background: #8881; }
blockquote.warning { border-color: #c60; }
blockquote > :first-child { margin-top: 0; }
blockquote > :last-child { margin-bottom: 0; }
pre { white-space: pre-wrap; background: #8881; padding: .6em; }
.aside { font-size: .85em; opacity: .75; }
@media screen and (max-width: 40rem) {
  body { margin: 1rem auto; }
  ul, ol { padding-left: 1.1em; }
  table, tbody, tr, td { display: block; }
  thead { display: none; }
  table { border: 0; }
  tr { border: 1px solid #8888; border-radius: .3em; margin: .6em 0; padding: .3em .6em; }
  td { border: 0; padding: .15em 0; overflow-wrap: anywhere; }
  td:empty { display: none; }
  td:first-child { font-weight: bold; }
  td[data-label]:not(:first-child)::before { content: attr(data-label) ": "; opacity: .75; }
}
@media print {
  @page { margin: 15mm; }
  body { font-size: 10pt; line-height: 1.4; margin: 0; padding: 0; max-width: none; }
  a { color: inherit; text-decoration: none; }
  h1, h2, h3, h4, p:has(+ blockquote) { break-after: avoid; }
  tr, blockquote, li { break-inside: avoid; }
  p { orphans: 3; widows: 3; }
  .aside { display: none; }
}
""".strip()
_DRAWN = "A drawing of this stands in the Markdown document, where GitHub and GitLab show it; here it is said in words."
_LONG = re.compile(r"(?<=[!-~]{32})(?=[!-~])")
"""Where a word of more than 32 letters may break inside a table, so that it squeezes no other column."""


def page(markdown: str) -> str:
    """Return the document as a whole page; its title is the first heading."""
    tokens = _tokens(markdown)
    _fit(tokens)
    title = next((_text(tokens[n + 1]) for n, token in enumerate(tokens) if token.type == "heading_open"), "Handoff")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        # Nothing is loaded and nothing runs, whatever a wiki or a mail makes of it.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n"
        f"{_render(tokens, framed=True)}</body>\n</html>\n"
    )


def fragment(markdown: str) -> str:
    """Return the document as HTML to stand inside another page."""
    return _render(_tokens(markdown))


def _tokens(markdown: str) -> list[Token]:
    # HTML is on so that our `<br>` is seen as one; `_html` lets nothing else through.
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(markdown)
    names: dict[str, int] = {}
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", _unique(slug(_text(tokens[number + 1])), names))
        elif token.type == "blockquote_open":
            _alert(token, tokens[number + 2])
    return tokens


def _fit(tokens: Sequence[Token]) -> None:
    """Give each cell the head of its column, for a screen too narrow for columns, and let long words break."""
    heads: list[str] = []
    at = 0
    for token, inside in pairwise(tokens):
        match token.type:
            case "thead_open":
                heads = []
            case "th_open":
                heads.append(_text(inside))
            case "tr_open":
                at = 0
            case "td_open":
                token.attrSet("data-label", heads[at])
                at += 1
                for child in inside.children or []:
                    child.meta = {"breaks": True}


def _text(token: Token) -> str:
    """Return what a reader sees of an inline token."""
    return plain(Markup(token.content))


def _unique(name: str, names: dict[str, int]) -> str:
    """Return the name that GitHub gives a heading: a second one of it is numbered."""
    seen = names.get(name, 0)
    names[name] = seen + 1
    return f"{name}-{seen}" if seen else name


def _alert(quote: Token, first: Token) -> None:
    """Turn the mark of an alert into a class; what a person typed is escaped, and never such a mark."""
    mark, _, rest = first.content.partition("\n")
    if first.type == "inline" and mark in ("[!NOTE]", "[!WARNING]") and first.children:
        quote.attrSet("class", mark[2:-1].lower())
        first.content = rest
        while first.children and first.children.pop(0).type != "softbreak":
            pass


def _render(tokens: Sequence[Token], *, framed: bool = False) -> str:
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    reader.add_render_rule("html_inline", _html)
    reader.add_render_rule("html_block", _html)
    reader.add_render_rule("fence", _fence)
    reader.add_render_rule("text", _plain)
    if framed:
        reader.add_render_rule("table_open", _table)
        reader.add_render_rule("table_close", _table)
    return str(reader.renderer.render(tokens, reader.options, {}))


def _html(_renderer: Any, tokens: Sequence[Token], number: int, _options: Any, _env: Any) -> str:
    content = tokens[number].content
    return content if content == "<br>" else escape(content)


def _table(_renderer: Any, tokens: Sequence[Token], number: int, _options: Any, _env: Any) -> str:
    """Frame a table: should it be too wide all the same, it scrolls, and not the page."""
    return '<div class="table">\n<table>\n' if tokens[number].nesting > 0 else "</table>\n</div>\n"


def _plain(_renderer: Any, tokens: Sequence[Token], number: int, _options: Any, _env: Any) -> str:
    token = tokens[number]
    parts = _LONG.split(token.content) if token.meta.get("breaks") else [token.content]
    return "<wbr>".join(map(escapeHtml, parts))


def _fence(_renderer: Any, tokens: Sequence[Token], number: int, _options: Any, _env: Any) -> str:
    """Return a fence; a diagram would need a program to draw it, which such a page has not."""
    token = tokens[number]
    return f'<p class="aside">{_DRAWN}</p>\n' if token.info == "mermaid" else f"<pre>{escape(token.content)}</pre>\n"
