"""The composition root: the only file that knows all the rooms, and imports each only when it is entered.

    python -m app                 the window on the current data folder
    python -m app demo            a ready demo office: the window, or (no display) the main job played offscreen
    python -m app COMMAND …       card, due, code, procedures, receive, sync, status, verify … (JSON on stdout)
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from app.memory_dumps import leave_no_memory_dump
from app.said_errors import say_no_words


def main(arguments: Sequence[str]) -> int:
    """Exit code: 0 good, 1 a refusal, 2 wrong use."""
    _speak_utf8()
    leave_no_memory_dump()
    say_no_words()
    if not arguments:
        from ui.command_line.window import open_current

        return open_current()
    from ui.command_line.parser import parse  # the window's path pays for no command's imports

    said = parse(arguments)
    result: int = said.run(said)
    return result


def _speak_utf8() -> None:
    """Vietnamese on any console: Windows code pages and LANG=C would garble or refuse it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
