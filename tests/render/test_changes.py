"""Changes on their way out: in words for people, as Markdown that notifies nobody, as JSON that scripts can rely on."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given

from handoff_tui.core.compare import Change
from handoff_tui.core.finding import Finding, Severity
from handoff_tui.core.text import one_line, visible
from handoff_tui.core.weight import Weight
from handoff_tui.render.changes import FORMATS, Comparison
from tests.properties.strategies import typed
from tests.render.samples import parser


def change(words: str, weight: Weight = Weight.OWNERS, **more: Any) -> Change:
    told = {"question": "alerts.alerts", "row": None, "column": None, "was": "a", "now": "b"} | more
    return Change(weight, words=words, **told)


def finding(message: str, severity: Severity = "error", rule: str = "sole-owner") -> Finding:
    return Finding(rule, severity, "alerts.alerts", message, "Add a backup.", "LagHigh")


SAMPLE = Comparison(
    "main:x.handoff.toml",
    "x.handoff.toml",
    "Stripe billing",
    (
        change("Alerts, LagHigh: goes to was Zofia, is now Revenue-ops", row="LagHigh", column="goes_to"),
        change("Longest fallback was 8 hours, is now 12 hours", Weight.WINDOWS),
        change("Alerts, LagHigh: urgency was “a”, is now “b”", Weight.FACTS),
        change("Customer journey was “One.”, is now “Two.”", Weight.WORDING, was="One.", now=None),
    ),
    (finding("Nobody covers for Zofia."),),
    (finding("Never rehearsed.", "warning", "untested"),),
)
NOTHING = Comparison("a", "b", "")


def told(form: str, *words: str, weight: Weight = Weight.OWNERS) -> str:
    return FORMATS[form](Comparison("a", "b", "N", tuple(change(item, weight) for item in words)))


# -- for a terminal ----------------------------------------------------------------------------------------------


def test_people_read_the_heaviest_first_and_then_the_findings() -> None:
    assert (
        FORMATS["text"](SAMPLE)
        == """\
main:x.handoff.toml and x.handoff.toml: 4 changes, 1 finding appeared, 1 finding gone.

Owners and contacts
  Alerts, LagHigh: goes to was Zofia, is now Revenue-ops.

Windows and deadlines
  Longest fallback was 8 hours, is now 12 hours.

Other choices and facts
  Alerts, LagHigh: urgency was “a”, is now “b”.

Wording
  Customer journey was “One.”, is now “Two.”.

Findings that appeared
  error: Nobody covers for Zofia. [sole-owner]

Findings that are gone
  warning: Never rehearsed. [untested]
"""
    )


def test_where_nothing_changed_one_line_says_so() -> None:
    assert FORMATS["text"](NOTHING) == "a and b: no change of the contract.\n"


def test_long_sentences_are_wrapped_and_what_goes_on_is_indented() -> None:
    lines = told("text", "word " * 60).splitlines()[3:]
    assert len(lines) > 2
    assert max(map(len, lines)) <= 100
    assert lines[0].startswith("  word")
    assert all(line.startswith("    word") for line in lines[1:])


@given(typed)
def test_no_text_begins_a_line_or_commands_a_terminal_or_a_build(text: str) -> None:
    out = told("text", f"It was “{text}”")
    assert visible(out) == out
    assert "##[" not in out
    assert all(not line or line[0] == " " or line == Weight.OWNERS.title for line in out.splitlines()[1:])
    assert not re.search(r"^\s*::", out, re.MULTILINE)


# -- for a pull request ------------------------------------------------------------------------------------------


def test_a_pull_request_shows_the_heavy_ones_and_folds_the_others() -> None:
    assert (
        FORMATS["markdown"](SAMPLE)
        == """\
## What changed in Stripe billing

Between `main:x.handoff.toml` and `x.handoff.toml`: 4 changes, 1 finding appeared, 1 finding gone.

### Owners and contacts

- Alerts, LagHigh: goes to was Zofia, is now Revenue-ops.

### Windows and deadlines

- Longest fallback was 8 hours, is now 12 hours.

### Findings that appeared

- **Error:** Nobody covers for Zofia. Add a backup.

### Findings that are gone

- **Warning:** Never rehearsed. Add a backup.

<details>
<summary>Other choices and facts (1)</summary>

- Alerts, LagHigh: urgency was “a”, is now “b”.

</details>

<details>
<summary>Wording (1)</summary>

- Customer journey was “One.”, is now “Two.”.

</details>
"""
    )


def test_without_a_change_and_a_name_it_says_that() -> None:
    assert FORMATS["markdown"](NOTHING) == (
        "## What changed in the handoff\n\nBetween `a` and `b`: no change of the contract.\n"
    )


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("ask @mara now", "ask `@mara` now"),
        ("ask @zendesk/billing-team.", "ask `@zendesk/billing-team`."),
        ("see #12 and GH-7", "see `#12` and `GH-7`"),
        ("see acme/billing#12!", "see `acme/billing#12`!"),
        ("see !34, please", "see `!34`, please"),
        ("in #support-live", "in #support-live"),
        ("mail mara@example.org", r"mail mara\@example.org"),
        (".@mara", ".`@mara`"),
        ("`@mara`", r"\``@mara`\`"),
    ],
)
def test_nobody_is_notified_and_no_number_is_a_link(said: str, written: str) -> None:
    assert f"- {written}." in told("markdown", said) or f"- {written}\n" in told("markdown", said)


@given(typed)
def test_what_was_typed_is_shown_and_is_no_markup(text: str) -> None:
    out = told("markdown", f"It was “{text}”", weight=Weight.WORDING)
    tokens = parser().parse(out)
    assert [token.type for token in tokens if token.type.endswith("_open")] == [
        "heading_open",
        "paragraph_open",
        "bullet_list_open",
        "list_item_open",
        "paragraph_open",
    ]
    (html, closing) = (token.content for token in tokens if token.type == "html_block")
    assert (html, closing) == ("<details>\n<summary>Wording (1)</summary>\n", "</details>\n")
    (*_, item) = (token for token in tokens if token.type == "inline")
    assert {child.type for child in item.children or []} <= {"text", "code_inline"}
    said = "".join(child.content for child in item.children or [])
    assert said == " ".join(one_line(f"It was “{text}”.").split())


# -- for scripts -------------------------------------------------------------------------------------------------


def test_json_has_the_keys_that_scripts_rely_on() -> None:
    data = json.loads(FORMATS["json"](SAMPLE))
    assert list(data) == ["old", "new", "changes", "findings"]
    assert data["changes"][0] == {
        "weight": 1,
        "question": "alerts.alerts",
        "row": "LagHigh",
        "column": "goes_to",
        "was": "a",
        "is": "b",
        "words": "Alerts, LagHigh: goes to was Zofia, is now Revenue-ops",
    }
    assert (data["changes"][3]["was"], data["changes"][3]["is"]) == ("One.", None)
    assert data["findings"] == {
        "appeared": [
            {
                "rule": "sole-owner",
                "severity": "error",
                "question": "alerts.alerts",
                "row": "LagHigh",
                "message": "Nobody covers for Zofia.",
                "fix": "Add a backup.",
            }
        ],
        "gone": [
            {
                "rule": "untested",
                "severity": "warning",
                "question": "alerts.alerts",
                "row": "LagHigh",
                "message": "Never rehearsed.",
                "fix": "Add a backup.",
            }
        ],
    }


@given(typed)
def test_json_reads_back_whatever_was_typed(text: str) -> None:
    words = json.loads(told("json", text))["changes"][0]["words"]
    assert words == text.encode("utf-8", "replace").decode()
