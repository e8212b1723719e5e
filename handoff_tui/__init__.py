"""handoff-wizard: an interview that makes a team decide who owns a Zendesk integration before the first incident."""

__version__ = "0.1.0"
