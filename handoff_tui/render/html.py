"""A Markdown document of ours as one page of HTML that needs nothing else: to print, to mail, to paste into a wiki.

markdown-it-py reads what `markdown.py` has escaped, as GitHub would, so a document has one layout and not two. What
is HTML in it is our own `<br>` inside cells; anything else of that kind is shown as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from handoff_tui.render.markdown import Markup, plain, slug

__all__ = ["fragment", "page"]

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3, h4 { line-height: 1.25; margin: 1.6em 0 .5em; }
h2 { border-top: 1px solid #8884; padding-top: .8em; }
table { border-collapse: collapse; width: 100%; margin: 1em 0; font-size: .9em; }
th, td { border: 1px solid #8888; padding: .35em .6em; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
td:first-child { min-width: 7em; }
blockquote { border-left: 4px solid #36c; margin: .6em 0; padding: .1em 1em; background: #8881; }
blockquote.note, blockquote.warning { border-color: #b60; }
pre { white-space: pre-wrap; background: #8881; padding: .6em; }
@media print {
  body { font-size: 10pt; margin: 0; max-width: none; }
  a { color: inherit; text-decoration: none; }
  h1, h2, h3, h4 { break-after: avoid; }
  tr, blockquote, li { break-inside: avoid; }
}
""".strip()
_DRAWN = (
    "The drawing of this stands in the Markdown document, where GitHub and GitLab show it; the table has all of it."
)


def page(markdown: str) -> str:
    """Return the document as a whole page; its title is the first heading."""
    tokens = _tokens(markdown)
    title = next((_text(tokens[n + 1]) for n, token in enumerate(tokens) if token.type == "heading_open"), "Handoff")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        # Nothing is loaded and nothing runs, whatever a wiki or a mail makes of it.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n"
        f"{_render(tokens)}</body>\n</html>\n"
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


def _render(tokens: Sequence[Token]) -> str:
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    reader.add_render_rule("html_inline", _html)
    reader.add_render_rule("html_block", _html)
    reader.add_render_rule("fence", _fence)
    return str(reader.renderer.render(tokens, reader.options, {}))


def _html(_renderer: Any, tokens: Sequence[Token], number: int, _options: Any, _env: Any) -> str:
    content = tokens[number].content
    return content if content == "<br>" else escape(content)


def _fence(_renderer: Any, tokens: Sequence[Token], number: int, _options: Any, _env: Any) -> str:
    """Return a fence; a diagram would need a program to draw it, which such a page has not."""
    token = tokens[number]
    return f"<p>{_DRAWN}</p>\n" if token.info == "mermaid" else f"<pre>{escape(token.content)}</pre>\n"
