"""A page in a real browser: headless Chromium, and a server that hears every request and what the page reports.

The server is Chromium's proxy too. Whatever a page asks of the outside world arrives here, is written down, and is
answered with an error: that nothing is loaded is seen, not believed.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

__all__ = ["PATIENCE", "Site", "chromium", "opened"]

PATIENCE = 120
"""Seconds after which a browser that reports nothing has failed; no page here needs a tenth of it."""

_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-field-trial-config",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--disable-features=OptimizationHints,MediaRouter,Translate,NetworkTimeServiceQuerying,AutofillServerCommunication",
    "--hide-scrollbars",
    "--window-size=1280,900",
)
_HOST = "handoff.test"
"""Where our pages lie; the name exists for the proxy only."""

_ITS_OWN = tuple(
    f"{kind}://{host}"
    for kind in ("http", "https")
    for host in ("accounts.google.com", "clients2.google.com", "update.googleapis.com")
)
"""What Chromium asks for itself, whatever page is open, and no flag keeps it from."""


def chromium() -> str | None:
    """Return the browser of this machine."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Site:
    """Files by path, every request that was made for something else, and what the page reported."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.strange: list[str] = []
        self.reports: queue.Queue[Any] = queue.Queue()

    def answer(self, path: str) -> bytes | None:
        """Return the file of an address, or note that something else was asked for."""
        ours = f"http://{_HOST}/"
        name = path.removeprefix(ours) if path.startswith(ours) else ""
        if name in self.files:
            return self.files[name]
        self.note(path)
        return None

    def note(self, address: str) -> None:
        """Note an address that a page asked for, and should not have."""
        if not address.endswith("/favicon.ico") and not address.startswith(_ITS_OWN):
            self.strange.append(address)


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = site.answer(self.path)
            self._send(404 if body is None else 200, body or b"")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.path == f"http://{_HOST}/report":
                site.reports.put(json.loads(body))
            else:
                site.note(self.path)
            self._send(200, b"")

        def do_CONNECT(self) -> None:
            site.note(f"https://{self.path}")
            self._send(403, b"")

        def _send(self, status: int, body: bytes) -> None:
            kind = "text/javascript" if self.path.endswith(".js") else "text/html; charset=utf-8"
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def _served(site: Site) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def opened(browser: str, home: Path, files: Mapping[str, bytes], page: str) -> tuple[Any, list[str]]:
    """Return what a page reports to `/report`, and every address that was asked for and is none of the files."""
    site = Site(files)
    # Chromium refuses its sandbox to root; what it opens here are pages of ours.
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with _served(site) as port, (home / "chromium.log").open("wb") as log:
        flags = [f"--user-data-dir={home / 'profile'}", f"--proxy-server=127.0.0.1:{port}"]
        command = [browser, *_FLAGS, *root, *flags, f"http://{_HOST}/{page}"]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            report = site.reports.get(timeout=PATIENCE)
        except queue.Empty:
            said = (home / "chromium.log").read_text(errors="replace")[-2000:]
            raise AssertionError(f"The browser reported nothing. It said: {said}") from None
        finally:
            process.terminate()
            process.wait(PATIENCE)
    return report, site.strange
