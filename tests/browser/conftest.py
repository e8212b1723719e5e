"""What these tests need of the machine; where it is missing they are skipped, and say so."""

from __future__ import annotations

import pytest

from tests.browser.browsing import chromium
from tests.browser.mermaid import library


@pytest.fixture(scope="session")
def browser() -> str:
    found = chromium()
    if found is None:
        pytest.skip("there is no Chromium here (Debian: apt-get install chromium; or its path in CHROMIUM)")
    return found


@pytest.fixture(scope="session")
def mermaid(request: pytest.FixtureRequest) -> bytes:
    cache = request.config.cache
    assert cache is not None
    found = library(cache.mkdir("mermaid"))
    if isinstance(found, str):
        pytest.skip(found)
    return found
