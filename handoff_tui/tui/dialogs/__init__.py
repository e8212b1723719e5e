"""What opens over a screen, asks one thing, and returns its result by `dismiss`."""
