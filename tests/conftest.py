"""What every test may use: the bundled templates, loaded once, and one hypothesis profile."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from handoff_tui.catalog import Catalog
from handoff_tui.core.reading import Context
from handoff_tui.core.template import Template
from tests.core.making import TODAY, small

settings.register_profile(
    "handoff",
    deadline=None,  # a busy machine is no bug
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
# For a long look: pytest tests/properties --hypothesis-profile thorough
settings.register_profile("thorough", settings.get_profile("handoff"), max_examples=3000)
settings.load_profile("handoff")


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return Catalog()


@pytest.fixture(scope="session")
def payments(catalog: Catalog) -> Template:
    return catalog.load("payments")


@pytest.fixture(scope="session")
def small_template() -> Template:
    return small()


@pytest.fixture
def context() -> Context:
    """A Monday in November, and nobody named yet."""
    return Context(TODAY)
