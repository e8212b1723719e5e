"""The escaper and the builders, case by case; `properties/test_markdown_round_trip.py` tries many more."""

from __future__ import annotations

import pytest

from handoff_tui.render.markdown import (
    Markup,
    address,
    alert,
    bullets,
    document,
    escape,
    fence,
    heading,
    join,
    led,
    link,
    numbered,
    paragraph,
    quote,
    slug,
    strong,
    table,
)
from tests.render.samples import parser


@pytest.mark.parametrize(
    "text",
    [
        "past_due", "a__b", "größe_ß", "#support-live", "08:00-17:00 Europe/Oslo", "+49 30 1234", "-5 degrees",
        "3.5 hours", "a > b", "a -> b", "R & D", "v1.2.3", "50 %", "Done!", "a = b", "foo (bar)", "“quoted”",
        "it's", "a, b; c: d", "1800",
    ],
)  # fmt: skip
def test_what_no_reader_of_markdown_needs_escaped_stays_readable(text: str) -> None:
    assert escape(f"x {text}") == f"x {text}"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a*b*", r"a\*b\*"),
        ("_x_", r"\_x\_"),
        ("`x`", r"\`x\`"),
        ("a\\", "a\\\\"),
        ("<b>", r"\<b>"),
        ("<!-- x -->", r"\<!-- x -->"),
        ("&amp; &#35; AT&T", r"\&amp; \&#35; AT\&T"),
        ("[a](b) ![c](d)", r"\[a\](b) \!\[c\](d)"),
        ("[^1] [!NOTE] [x]", r"\[\^1\] \[!NOTE\] \[x\]".replace("[!", r"[\!")),
        ("# a", r"\# a"),
        ("#support", r"\#support"),
        ("see #12", r"see \#12"),
        ("> a", r"\> a"),
        ("- a", r"\- a"),
        ("---", r"\---"),
        ("+ a", r"\+ a"),
        ("===", r"\=\=\="),
        ("=", r"\="),
        ("1. a", r"1\. a"),
        ("12)", r"12\)"),
        (": a", r"\: a"),
        ("a|b", r"a\|b"),
        ("~a~ $b$", r"\~a\~ \$b\$"),
        ("{{ x }}", r"\{\{ x \}\}"),
        ("https://x.example :smile:", r"https\://x.example \:smile:"),
        ("www.x.example", r"www\.x.example"),
        ("@name a@b.example !12", r"\@name a\@b.example \!12"),
        ("C#", r"C\#"),
    ],
)
def test_what_could_be_markup_is_escaped(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_lines_are_trimmed_and_empty_ones_part_paragraphs() -> None:
    assert escape("\n    a  \n\tb\n \n\u00a0\n\nc\\\n") == "a\nb\n\nc\\\\"
    assert paragraph("a\nb\n\nc\\\nd") == "a\\\nb\n\nc\\\\\\\nd"
    assert escape(" \n\t") == ""


def test_control_and_bidi_characters_are_shown_and_line_ends_are_one() -> None:
    assert escape("a\x1bb\u202ec") == "a␛b\N{REPLACEMENT CHARACTER}c"
    assert escape("a\r\nb\u2028c\x85d") == "a\nb\nc\nd"


def test_what_is_markup_already_is_left_alone_and_plain_text_is_not() -> None:
    assert join(Markup("**x**"), "*y*", by=" ") == r"**x** \*y\*"
    assert join("", "a", Markup(), "b", by=", ") == "a, b"
    assert led("by ", "*") == r"by \*"
    assert led("by ", " ") == ""


def test_bold_is_one_line_and_nothing_for_nothing() -> None:
    assert strong(" a\n\nb ", after=":") == "**a b:**"
    assert strong(" ", after=":") == ""


def test_an_address_is_a_link_only_as_a_whole_and_plain() -> None:
    assert address("https://status.stripe.com/a_b?c=1&d=2#e") == "<https://status.stripe.com/a_b?c=1&d=2#e>"
    for text in [
        "see https://a.b",
        "https://a.b/<x>",
        "https://a.b/|",
        "javascript:alert(1)",
        "https://a.b/%20",
        "https://é.b",
    ]:
        assert "<h" not in address(text)
        assert not address(text).startswith("<")


def test_headings_and_links_to_them() -> None:
    assert heading(2, "a\nb #") == r"## a b \#"
    assert slug("4. How are duplicates, timeouts handled?") == "4-how-are-duplicates-timeouts-handled"
    assert link("a [b]", "c") == r"[a \[b\]](#c)"


def test_lists_keep_their_paragraphs_inside() -> None:
    assert bullets(["a", "", "b\nc\n\nd"]) == "- a\n- b\\\n  c\n\n  d"
    assert numbered(["a", "b\nc"]) == "1. a\n2. b\\\n   c"
    assert bullets([]) == ""


def test_quotes_and_alerts() -> None:
    assert quote("a\n\nb") == "> a\n>\n> b"
    assert alert("WARNING", "a") == "> [!WARNING]\n> a"


def test_cells_keep_their_pipes_and_lines() -> None:
    assert table(["a", "b"], [["x|y\\", "1\n\n2"]]) == "| a | b |\n| --- | --- |\n| x\\|y\\\\ | 1<br><br>2 |"


def test_a_fence_is_longer_than_what_is_in_it() -> None:
    assert fence("a ```` b", "mermaid") == "`````mermaid\na ```` b\n`````"
    assert fence("a") == "```\na\n```"


def test_a_document_ends_with_one_line_feed() -> None:
    assert document(["a", "", "b"]) == "a\n\nb\n"


def test_two_lists_one_after_another_stay_two() -> None:
    text = document(
        [bullets(["a", Markup("b\n\n- c")]), bullets(["d\n\ne"]), bullets(["f"]), paragraph("g"), bullets(["h"])]
    )
    assert text == "- a\n- b\n\n  - c\n\n* d\n\n  e\n\n- f\n\ng\n\n- h\n"
    assert [token.type for token in parser().parse(text)].count("bullet_list_open") == 5
