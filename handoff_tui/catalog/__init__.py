"""Reads question templates, bundled ones and a team's own, and says what is wrong with one."""

from handoff_tui.catalog.loader import Catalog, TemplateCard

__all__ = ["Catalog", "TemplateCard"]
