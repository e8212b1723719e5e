"""Handoffs in files: the TOML text, the atomic save, the list of those below a folder."""
