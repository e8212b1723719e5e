"""A label of the Mermaid chart shows its text, and nothing in it can be read as syntax, Markdown or HTML."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from handoff_tui.core.text import clean
from handoff_tui.render.diagram import mermaid_label

NASTY = [
    '"', "'", "`", "[", "]", "(", ")", "{", "}", "|", "<script>", "<br>", "#quot;", "#35;", "#", "&amp;", "%%",
    "%%{init: {}}%%", "end", "click n1 href", "subgraph", "style a:#fff;", "-->", "---", ";", ":::", "\n",
    "\\n", "\\", "1. ", "- ", "**b**", "_i_", "www.a.example", "https://x.example", "a@b.example", "ﬂ°°35¶ß",
    "@{shape: x}", "$$x$$", "direction TB", " ", "\t", "past_due",
]  # fmt: skip
texts = st.one_of(st.lists(st.sampled_from(NASTY), min_size=1, max_size=6).map("".join), st.text(max_size=80)).map(
    clean
)


def decoded(label: str) -> str:
    """Return what a reader sees: `#35;` and `#quot;` become entities of HTML, and a word joiner shows nothing."""
    shown = html.unescape(re.sub(r"#([a-z]+);", r"&\1;", re.sub(r"#(\d+);", r"&#\1;", label[1:-1])))
    return shown.replace("\N{WORD JOINER}", "")


@given(text=texts)
def test_a_label_shows_its_text_on_one_line(text: str) -> None:
    line = " ".join(text.split()) or "not decided yet"
    label = mermaid_label(text)
    assert label[0] == label[-1] == '"'
    assert decoded(label) == (line if len(line) <= 60 else line[:59].rstrip() + "…").replace("\N{WORD JOINER}", "")


@given(text=texts)
def test_nothing_in_a_label_is_syntax(text: str) -> None:
    bare = re.sub(r"#(?:\d+|quot|lt|gt|amp);", "", mermaid_label(text)[1:-1])
    assert re.fullmatch(r"[\w .-]*", bare)
    assert "\n" not in bare
    # Mermaid looks for these anywhere in a line, quoted or not.
    assert not re.search(r"direction\s+(TB|BT|RL|LR)|style.*:|classDef.*:|%%", mermaid_label(text))
