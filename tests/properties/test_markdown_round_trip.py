"""Whatever a person types comes back from a reader of Markdown, and never becomes markup."""

from __future__ import annotations

import importlib.util
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from handoff_tui.core.text import clean
from handoff_tui.render.markdown import (
    Markup,
    address,
    bullets,
    escape,
    fence,
    heading,
    join,
    led,
    link,
    numbered,
    paragraph,
    plain,
    quote,
    strong,
    table,
)
from tests.render import second

READERS = [MarkdownIt("commonmark").enable(["table", "strikethrough"])]
if importlib.util.find_spec("linkify_it"):
    READERS.append(MarkdownIt("gfm-like"))

NASTY = """\
\\ ` ``` ~~~ * ** *** _ __ ___ { } {{ }} {% %} [ ] ( ) < > # ## ####### | ~ ~~ $ $$ & ^ = == === ! @ : ; . , +
+++ - -- --- - --- | :-: |---| 1. 12) 1) 3.5 0. a foo bar_baz past_due a__b _x x_ é_é 中 中** 😀 “ ” ' " / % <br>
<br/> <b> </b> <!-- --> <script> <?x?> <![CDATA[ &amp; &#35; &#x23; &lt &copy; http://a.example
https://x.example/y?z=a_b www.a.example WWW.A.example foo@bar.example @name mailto:a@b.example ftp://q.example
xmpp:a@b.example :smile: 08:00 [^1] [^1]: [!NOTE] [x] [ ] [a](b) ![i](j) [r]: <https://x.example> ~x~ ~~x~~
*x* **x** _x_ `x` $x$ #12 !3 \\| \\\\ \\* &\\ == +x+ ^x^ => -> C# R&D AT&T"""
BREAKS = [
    " ",
    "  ",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "\n\n\n",
    "\n    ",
    "  \n",
    "\\\n",
    "\u00a0",
    "\u3000",
    "\u200b",
    "\u200d",
    "\ufe0f",
]
pieces = st.lists(st.sampled_from([*NASTY.split(), *BREAKS]), min_size=1, max_size=10).map("".join)
texts = st.one_of(
    pieces, st.text(max_size=40), st.lists(st.one_of(pieces, st.text(max_size=5)), max_size=4).map("".join)
)


def typed(text: str) -> str:
    """Return what the document promises to show: the clean text, its lines trimmed, empty lines as one."""
    lines = "\n".join(line.strip() for line in clean(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n")


kept = texts.map(clean).filter(typed)


def shown(token: Token) -> str:
    """Return the text a reader sees; anything that is neither text nor a break is named, and so fails."""
    seen: list[str] = []
    for child in token.children or []:
        if child.type == "text":
            seen.append(child.content)
        elif child.type == "hardbreak" or (child.type, child.content) == ("html_inline", "<br>"):
            seen.append("\n")
        # GitHub's readers link bare addresses by themselves; the text of such a link is the text.
        elif child.type not in ("link_open", "link_close") or child.markup != "linkify":
            seen.append(f"<{child.type}>")
    return "".join(seen)


def read(reader: MarkdownIt, markdown: str) -> tuple[list[str], list[str]]:
    """Return the kinds of the blocks and the texts of a document."""
    tokens = reader.parse(markdown + "\n")
    return [token.type for token in tokens if token.type != "inline"], [shown(t) for t in tokens if t.type == "inline"]


PIECES = [
    *NASTY.split(), *NASTY.splitlines(), "a\n=", "a\n===", "a\n-", "a\n---", "a\n- b\n1. c\n# d\n> e", "    a",
]  # fmt: skip


@pytest.mark.parametrize("text", PIECES)
def test_each_nasty_piece_in_a_second_engine(text: str) -> None:
    assert second.kinds(paragraph(text))[:1] == ["paragraph"]
    assert second.texts(paragraph(text)) == [typed(text)]
    cells = table(["one", "two"], [[text, "word"]])
    assert second.kinds(cells).count("table_cell") == 4
    assert second.texts(cells) == ["one", "two", typed(text), "word"]
    assert second.texts(bullets([text, "word"])) == [typed(text), "word"]


@pytest.mark.parametrize("reader", READERS, ids=["commonmark", "gfm-like"][: len(READERS)])
@pytest.mark.parametrize("text", PIECES)
def test_each_nasty_piece(reader: MarkdownIt, text: str) -> None:
    assert read(reader, paragraph(text)) == (["paragraph_open", "paragraph_close"], [typed(text)])


@pytest.mark.parametrize("reader", READERS, ids=["commonmark", "gfm-like"][: len(READERS)])
class TestRoundTrip:
    """The same text in each place of a document."""

    @given(text=kept)
    @example(text="a\n\nb\nc")
    @example(text="a\n===\n---")
    @example(text="a | b\n--- | ---\nc | d")
    def test_paragraphs(self, reader: MarkdownIt, text: str) -> None:
        kinds, shown_texts = read(reader, paragraph(text))
        assert set(kinds) == {"paragraph_open", "paragraph_close"}
        assert "\n\n".join(shown_texts) == typed(text)

    @given(rows=st.lists(st.lists(texts.map(clean), min_size=3, max_size=3), min_size=1, max_size=4))
    @example(rows=[["\\", "|", "\\|"], ["---", ":-:", "|"], ["", "a\n\nb", "`|`"]])
    def test_cells(self, reader: MarkdownIt, rows: list[list[str]]) -> None:
        kinds, shown_texts = read(reader, table(["one", "two", "three"], rows))
        assert kinds.count("tr_open") == len(rows) + 1
        assert kinds.count("td_open") == 3 * len(rows)
        assert shown_texts == ["one", "two", "three", *(typed(cell) for row in rows for cell in row)]

    @given(header=st.lists(kept, min_size=2, max_size=2))
    def test_headers(self, reader: MarkdownIt, header: list[str]) -> None:
        assert read(reader, table(header, []))[1] == [typed(cell) for cell in header]

    @given(items=st.lists(kept, min_size=1, max_size=4))
    def test_lists(self, reader: MarkdownIt, items: list[str]) -> None:
        for built, kind in ((bullets(items), "bullet_list"), (numbered(items), "ordered_list")):
            kinds, shown_texts = read(reader, built)
            assert kinds.count(f"{kind}_open") == 1
            assert kinds.count("list_item_open") == len(items)
            assert set(kinds) <= {f"{kind}_{end}" for end in ("open", "close")} | {
                "list_item_open", "list_item_close", "paragraph_open", "paragraph_close",
            }  # fmt: skip
            assert shown_texts == [line for item in items for line in typed(item).split("\n\n")]

    @given(text=kept, label=kept)
    def test_bold_labels(self, reader: MarkdownIt, text: str, label: str) -> None:
        flat = " ".join(label.split())
        line = join(strong(label, after=":"), " ".join(text.split()), by=" ")
        assert read(reader, bullets([line]))[1] == [f"<strong_open>{flat}:<strong_close> {' '.join(text.split())}"]

    @given(text=kept)
    def test_headings(self, reader: MarkdownIt, text: str) -> None:
        assert read(reader, heading(2, text)) == (["heading_open", "heading_close"], [" ".join(text.split())])

    @given(text=kept)
    def test_quotes(self, reader: MarkdownIt, text: str) -> None:
        kinds, shown_texts = read(reader, quote(text))
        assert (kinds[0], kinds[-1]) == ("blockquote_open", "blockquote_close")
        assert set(kinds[1:-1]) == {"paragraph_open", "paragraph_close"}
        assert "\n\n".join(shown_texts) == typed(text)

    @given(text=texts.map(clean))
    def test_fences(self, reader: MarkdownIt, text: str) -> None:
        (token,) = reader.parse(fence(text, "mermaid") + "\n")
        assert (token.type, token.info, token.content) == ("fence", "mermaid", text + "\n")

    @given(parts=st.lists(kept, min_size=1, max_size=4))
    def test_joined_texts(self, reader: MarkdownIt, parts: list[str]) -> None:
        flat = [" ".join(item.split()) for item in parts]
        line = join(Markup("Note: "), join(*flat, by=" · "))
        assert read(reader, paragraph(line))[1] == [f"Note: {' · '.join(flat)}"]


@given(text=texts)
def test_the_same_text_gives_the_same_escape_and_no_control_character(text: str) -> None:
    once = escape(text)
    assert once == escape(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", once)
    assert once == once.strip()


@given(text=kept)
@example("see **this** <https://x.example> [a](#b) \\\\ \\* past_due")
def test_the_plain_text_of_our_markdown_is_what_was_typed(text: str) -> None:
    assert plain(escape(text)) == typed(text)
    assert plain(led("**Note:** ", text)) == f"Note: {typed(text)}"
    line = " ".join(typed(text).split())
    assert plain(strong(text)) == line
    assert plain(link(text, "there")) == line
    assert plain(address("https://x.example/a-b_c?d=*")) == "https://x.example/a-b_c?d=*"
    assert plain(address("https://x.example/a-b_c")) == "https://x.example/a-b_c"
