"""Text that somebody could type to break a drawing or a page, and a handoff that has it everywhere."""

from __future__ import annotations

from typing import Any

from handoff_tui.core.handoff import Handoff
from tests.render.samples import handoff_of

__all__ = ["HOSTILE", "handoff_with"]

HOSTILE = [
    '"', "'", '"]', "]", "[/x]", "[(x)]", "((x))", "{x}", "{{x}}", "a|b", '|"| n9', "n1 --> n2", "a -.-> b", "---",
    "<script>alert(1)</script>", "<img src=http://evil.test/x.png onerror=alert(1)>", "<br/>", "<b>bold</b>", "</div>",
    "<svg onload=alert(1)>", "%%{init: {'theme':'dark'}}%%", "%% gone", "click n1 callback",
    'click n1 href "https://evil.test"', "x:::class", "classDef default fill:#f00", "style n1 fill:#f00",
    "linkStyle 0 stroke:red", "subgraph one", "end", "direction TB", "flowchart TD", "`code`", "`**bold**`", "**bold**",
    "_it_ and *it*", "~~gone~~", "1. one", "- two", "# three", "> four", "#quot;", "#35;", "&quot;", "&lt;b&gt;", "&",
    ";", "\\", "\\n", "$$x^2$$", "@{ shape: circle }", "fa:fa-bell", "javascript:alert(1)",
    "https://evil.test/?a=1&b=2", "www.evil.test", "me@evil.test", "[a](https://evil.test)", "![a](http://evil.test/a)",
    "one\ntwo\n\nthree", "tab\tand  blanks", "😀 👩‍🚀 🏳️‍🌈", "שלום עולם", "مرحبا (1) بالعالم", "日本語テキスト",
    "ﬂ°°35¶ß", "é e\u0301",
    "constructor", "__proto__", "x" * 2000, "word " * 400, '"]' * 1000, "---\ntitle: x\n---", "accTitle: x", "o", "x",
]  # fmt: skip


def handoff_with(text: str) -> Handoff:
    """Return a handoff that has this in every place that a drawing shows."""
    rows: dict[str, list[dict[str, Any]]] = {
        "parties.systems": [{"name": text, "role": "source"}, {"name": "Zendesk", "role": "zendesk"}],
        "parties.people": [{"key": "them", "name": text, "function": "engineering"}],
        "failure_handling.delivery_paths": [
            {"path": text, "from": text, "to": "Zendesk", "trigger": "webhook", "retry_window": "3d"},
            {"path": "b", "from": "Zendesk", "to": text, "trigger": text, "retry_window": text},
        ],
        "failure_handling.failure_modes": [
            {"mode": "timeout", "customer_sees": text, "owner": "them", "detected_by": text},
            {"mode": text, "customer_sees": text, "owner": "them", "detected_by": f"no {text}"},
            {"mode": "partial", "customer_sees": text, "owner": "them", "detected_by": "agents"},
        ],
        "alerts.alerts": [{"alert": text, "goes_to": "them", "urgency": "page_now", "first_action": text}],
        "alerts.support_told": [{"event": "somebody is paged", "who": "somebody", "channel": text, "within": "10m"}],
        "support_view.support_signals": [{"signal": "delayed", "agent_sees": text, "agent_may_say": text}],
    }
    return handoff_of(rows, name=text)
