"""The pages of HTML in a real browser: nothing runs or is loaded, every link hits, nothing is wider than a phone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from handoff_tui.core.handoff import Handoff
from handoff_tui.render.documents import DOCUMENTS
from tests.browser.browsing import opened
from tests.browser.hostile import HOSTILE, handoff_with
from tests.render.samples import billing, example, published
from tests.render.test_hostile import document as poisoned

pytestmark = pytest.mark.slow

NAMES = [name for name, item in DOCUMENTS.items() if {".md", ".html"} <= set(item.writers)]
EXAMPLES = ("charging-plans", "furniture-deliveries", "wallet-verification")
ATTACK = (
    '"><img src="http://evil.test/x.png" onerror="top.alarms.push(1)"><script>top.alarms.push(1)</script>'
    "<link rel=stylesheet href=http://evil.test/x.css></style></title></td>"
    + "W" * 300
    + " javascript:top.alarms.push(1)"
)

_PROBE = """<!DOCTYPE html><meta charset="utf-8"><title>Probe</title><body style="margin:0"><script>
window.alarms = [];
const looked = (frame, width) => new Promise(resolve => {
  frame.style.width = `${width}px`;
  requestAnimationFrame(() => resolve(frame.contentDocument.documentElement.scrollWidth));
});
async function probe(name) {
  const frame = document.createElement("iframe");
  frame.style.cssText = "border:0;height:900px;width:400px";
  await new Promise(resolve => { frame.onload = resolve; frame.src = name; document.body.append(frame); });
  const page = frame.contentDocument, all = [...page.querySelectorAll("*")];
  const inner = [...page.querySelectorAll('a[href^="#"]')].map(link => decodeURIComponent(link.hash.slice(1)));
  const found = {
    title: page.title,
    text: page.body.innerText.length,
    scripts: page.scripts.length + all.filter(item => [...item.attributes].some(one => /^on/i.test(one.name))).length,
    loaded: frame.contentWindow.performance.getEntriesByType("resource").map(item => item.name),
    links: inner.length,
    lost: inner.filter(id => !page.getElementById(id)),
    outside: [...page.querySelectorAll("a[href]")].map(link => link.href)
      .filter(href => !/^https?:/.test(href)),
    phone: await looked(frame, 400),
    desk: await looked(frame, 1280),
  };
  frame.remove();
  return found;
}
(async () => {
  const found = {};
  for (const name of NAMES) found[name] = await probe(name);
  await fetch("report", {method: "POST", body: JSON.stringify({found, alarms: window.alarms})});
})();
</script>
"""


def probed(browser: str, home: Path, pages: dict[str, str]) -> tuple[dict[str, dict[str, Any]], list[Any]]:
    """Return what stands in each page, and every alarm and request besides."""
    files = {name: page.encode() for name, page in pages.items()}
    probe = _PROBE.replace("NAMES", json.dumps(list(pages))).encode()
    report, strange = opened(browser, home, {**files, "probe.html": probe}, "probe.html")
    return report["found"], [*report["alarms"], *strange]


def pages(handoffs: dict[str, Handoff]) -> dict[str, str]:
    return {
        f"{key}.{name}.html": published(handoff, name, ".html") for key, handoff in handoffs.items() for name in NAMES
    }


def wrong(found: dict[str, Any]) -> list[str]:
    """Return what is not as it should be in a page."""
    faults = {
        "no title": not found["title"],
        "scripts": found["scripts"],
        "loaded": found["loaded"],
        "links that lead nowhere": found["lost"],
        "links to no web page": found["outside"],
        "wider than a phone": found["phone"] > 400,
        "wider than a window": found["desk"] > 1280,
    }
    return [f"{what}: {is_}" for what, is_ in faults.items() if is_]


def test_the_pages_of_the_examples_are_whole(browser: str, tmp_path: Path) -> None:
    handoffs = {"billing": billing()} | {name: example(name) for name in EXAMPLES}
    found, alarms = probed(browser, tmp_path, pages(handoffs))
    assert alarms == []
    assert {name: faults for name, page in found.items() if (faults := wrong(page))} == {}
    for name, page in found.items():
        assert page["title"].startswith(handoffs[name.partition(".")[0]].head.name)
        assert page["text"] > 1000 or "follow-ups" in name
        assert page["links"] or name.split(".")[1] in ("follow-ups", "invitation")


def test_whatever_is_typed_breaks_no_page(browser: str, tmp_path: Path) -> None:
    texts = [ATTACK, "x" * 2000, "ä" * 2000, "😀" * 2000, "مرحبا" * 400, *HOSTILE[:12]]
    hostile = pages({f"h{number}": handoff_with(text) for number, text in enumerate(texts)})
    hostile |= {f"attack.{name}.html": poisoned(ATTACK, name, ".html") for name in NAMES}
    found, alarms = probed(browser, tmp_path, hostile)
    assert alarms == []
    assert {name: faults for name, page in found.items() if (faults := wrong(page))} == {}


def test_a_bad_page_would_be_noticed(browser: str, tmp_path: Path) -> None:
    bad = {
        "runs.html": "<title>x</title><script>top.alarms.push('ran')</script>",
        "loads.html": "<title>x</title><img src=http://evil.test/x.png>",
        "sends.html": "<title>x</title><link rel=stylesheet href=https://evil.test/x.css>",
        "lost.html": "<title>x</title><a href='#gone'>x</a>",
        "wide.html": "<title>x</title><div style='width:1300px'>x</div>",
        "click.html": "<title>x</title><a href='javascript:1'>x</a>",
        "good.html": "<title>x</title><p id=a><a href='#a'>x</a>",
    }
    found, alarms = probed(browser, tmp_path, bad)
    assert [name for name, page in found.items() if not wrong(page)] == ["good.html"]
    assert alarms[:1] == ["ran"]
    assert any("evil.test/x.png" in str(alarm) for alarm in alarms)
    assert any("evil.test:443" in str(alarm) for alarm in alarms)
