"""The border of the program: every ending has its exit code, and nothing ends in a traceback."""

from __future__ import annotations

import gc
import os
import sys

from handoff_tui.cli.streams import Exit, internal_error, refuse, say
from handoff_tui.errors import HandoffError, InputError, Where

__all__ = ["main"]


def main() -> None:
    """Run the program; end with an exit code of `product.md`, never with a traceback."""
    # What start-up builds is not garbage, and looking for some takes a tenth of it. A screen turns the collector on
    # again when it is painted; a command that only reads and writes is over before it would have mattered.
    gc.disable()
    try:
        code = _run()
    except KeyboardInterrupt:
        say("handoff-wizard: interrupted; every accepted answer is in the file.")
        code = Exit.INTERRUPTED
    except HandoffError as error:
        code = refuse(error)
    except OSError as error:  # a name that is too long, a folder that is gone: the system's no, not our mistake
        where = Where(str(error.filename)) if error.filename else None
        code = refuse(InputError(f"{error.strerror or error}.", hint="Check the name and the folder.", where=where))
    except Exception as error:  # noqa: BLE001 - a bug ends with one line and 70
        code = internal_error(error)
    sys.exit(code)


def _run() -> int:
    if len(sys.argv) == 1 and "_HANDOFF_WIZARD_COMPLETE" not in os.environ:
        # The command line has nothing to read: home is painted without it.
        from handoff_tui.cli.home import home

        return home(None)
    from handoff_tui.cli.main import run

    return run()
