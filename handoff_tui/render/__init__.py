"""Pure: a handoff -> text; a layout per document."""
