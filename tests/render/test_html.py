"""The pages of HTML: nothing runs, nothing is loaded, and what was typed is text."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from handoff_tui.render.documents import DOCUMENTS
from handoff_tui.render.html import fragment, page
from handoff_tui.render.markdown import alert, document, escape, heading, paragraph, quote, table
from tests.render.samples import billing, published
from tests.render.test_hostile import HOSTILE, WORD
from tests.render.test_hostile import document as hostile_document

NAMES = [name for name, item in DOCUMENTS.items() if {".md", ".html"} <= set(item.writers)]


class Reader(HTMLParser):
    """Keeps the tags with the names of their attributes, every address, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(" ".join([tag, *(name for name, _ in attrs)]))
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action")]
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.tags.append("comment")

    def handle_data(self, data: str) -> None:
        self.text += data


def closed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "text", [*HOSTILE, '"><img src=x onerror=alert(1)>', "</title><script>", "<br>", "javascript:x"]
)
def test_what_was_typed_is_text(text: str, name: str) -> None:
    hostile = Reader(hostile_document(text, name, ".html"))
    plain = Reader(hostile_document(WORD, name, ".html"))
    assert hostile.tags == plain.tags
    assert closed(hostile.text) == closed(plain.text.replace(WORD, text))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_needs_nothing_else(name: str) -> None:
    text = published(billing(), name, ".html")
    read = Reader(text)
    assert not {tag.split()[0] for tag in read.tags} & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert "default-src 'none'" in text
    for address in read.addresses:
        assert address.startswith("https://") or address.removeprefix("#") in read.ids
    assert len(set(read.ids)) == len(read.ids)


def test_the_title_is_the_first_heading_as_text() -> None:
    assert "<title>a &lt;b&gt; *c*</title>" in page(document([heading(1, "a <b> *c*")]))


def test_a_line_break_in_a_cell_is_one_and_typed_html_is_none() -> None:
    html = fragment(document([table(["x"], [[escape("one\ntwo <br> three")]])]))
    assert "<td>one<br>two &lt;br&gt; three</td>" in html


def test_a_banner_is_marked_and_a_quote_that_looks_like_one_is_not() -> None:
    html = fragment(document([alert("WARNING", "Not signed off."), quote("[!WARNING]\nsaid the customer")]))
    assert '<blockquote class="warning">\n<p>Not signed off.</p>' in html
    assert "<blockquote>\n<p>[!WARNING]<br />\nsaid the customer</p>" in html


def test_two_headings_of_one_name_have_each_their_own_id() -> None:
    html = fragment(document([heading(2, "A"), heading(2, "A"), paragraph("x")]))
    assert '<h2 id="a">A</h2>\n<h2 id="a-1">A</h2>' in html


def test_a_drawing_is_not_shown_as_code() -> None:
    text = published(billing(), "on-call", ".html")
    assert "flowchart" not in text
    assert "A drawing of this stands in the Markdown document" in text


def test_a_cell_names_its_column_for_a_narrow_screen() -> None:
    html = page(document([table(["One", "Two <b>"], [["a", "b"], ["c", ""]])]))
    assert '<td data-label="One">a</td>\n<td data-label="Two &lt;b&gt;">b</td>' in html
    assert '<td data-label="Two &lt;b&gt;"></td>' in html


def test_a_long_word_in_a_cell_may_break_and_stays_one_word() -> None:
    html = page(document([table(["x"], [["a" * 40]]), paragraph("b" * 40)]))
    assert ("a" * 32 + "<wbr>" + "a<wbr>" * 7 + "a</td>") in html
    assert "b" * 40 in html
