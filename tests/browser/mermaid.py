"""Mermaid itself, from npm: what GitHub and GitLab draw with. Kept in pytest's cache, and in no commit."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser.browsing import PATIENCE, opened

__all__ = ["VERSION", "Drawing", "drawn", "library"]

VERSION = "11.17.2"
_FILE = "package/dist/mermaid.min.js"

_PAGE = """<!DOCTYPE html><meta charset="utf-8"><title>Drawings</title><body><script src="mermaid.js"></script><script>
window.alarms = [];
for (const name of ["alert", "prompt", "confirm", "open", "callback"]) window[name] = () => window.alarms.push(name);
addEventListener("securitypolicyviolation", event => window.alarms.push(event.blockedURI));
const lines = element => {
  const text = node => node.nodeType === 3 ? node.data : node.nodeName === "BR" ? "\\n" :
    [...node.childNodes].map(text).join("");
  return text(element).split("\\n").map(line => line.trim());
};
async function draw(source, level, number) {
  mermaid.initialize({startOnLoad: false, securityLevel: level, theme: "default"});
  const place = document.body.appendChild(document.createElement("div"));
  try {
    await mermaid.parse(source);
    place.innerHTML = (await mermaid.render(`drawing${number}`, source)).svg;
  } catch (error) {
    place.remove();
    return {error: String(error)};
  }
  await new Promise(requestAnimationFrame);
  const all = [...place.querySelectorAll("*")];
  const found = {
    nodes: [...place.querySelectorAll("g.node")].map(lines),
    edges: place.querySelectorAll("path.flowchart-link").length,
    said: [...place.querySelectorAll("g.edgeLabel")].map(lines).filter(said => said.join("")),
    strange: all.filter(item =>
      ["script", "a", "img", "image", "iframe", "object", "embed", "use", "form", "input"].includes(item.localName)
      || [...item.attributes].some(one => /^on/i.test(one.name) || /^\\s*(javascript|data):/i.test(one.value))
    ).map(item => item.outerHTML.slice(0, 200)),
    width: Math.ceil(place.querySelector("svg").viewBox.baseVal.width),
  };
  place.remove();
  return found;
}
(async () => {
  const found = [];
  for (const [source, level] of SOURCES) found.push(await draw(source, level, found.length));
  await fetch("report", {method: "POST", body: JSON.stringify({found, alarms: window.alarms})});
})();
</script>
"""


@dataclass(frozen=True)
class Drawing:
    """What stands in a drawing: the lines of each node and of each edge that says something."""

    nodes: list[list[str]]
    said: list[list[str]]
    edges: int
    strange: list[str]
    width: int
    error: str = ""


def library(cache: Path) -> bytes | str:
    """Return Mermaid, or why it cannot be had."""
    kept = cache / f"mermaid-{VERSION}.js"
    if not kept.exists():
        npm = shutil.which("npm")
        if npm is None:
            return "there is no npm here to fetch Mermaid with"
        with tempfile.TemporaryDirectory() as folder:
            command = [npm, "pack", f"mermaid@{VERSION}", "--silent", "--pack-destination", folder]
            try:
                done = subprocess.run(command, cwd=folder, capture_output=True, timeout=PATIENCE, check=False)
            except subprocess.TimeoutExpired:
                return "npm did not answer in time"
            if done.returncode:
                return f"npm could not fetch Mermaid {VERSION}"
            with tarfile.open(next(Path(folder).glob("*.tgz"))) as packed, packed.extractfile(_FILE) as file:  # type: ignore[union-attr]
                whole = cache / f"{kept.name}.{os.getpid()}"
                whole.write_bytes(file.read())
        whole.replace(kept)
    return kept.read_bytes()


def drawn(
    browser: str, mermaid: bytes, home: Path, sources: Sequence[tuple[str, str]]
) -> tuple[list[Drawing], list[str]]:
    """Return what Mermaid makes of each source at its security level, and every alarm and request besides."""
    told = json.dumps([list(item) for item in sources]).replace("<", "\\u003c")
    page = _PAGE.replace("SOURCES", told).encode()
    report: dict[str, Any]
    report, strange = opened(browser, home, {"page.html": page, "mermaid.js": mermaid, "report": b""}, "page.html")
    empty: dict[str, Any] = {"nodes": [], "said": [], "edges": 0, "strange": [], "width": 0}
    return [Drawing(**(empty | item)) for item in report["found"]], [*report["alarms"], *strange]
