"""The entry point of `handoff-wizard` and of `python -m handoff_tui`."""

from handoff_tui.cli.entry import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
