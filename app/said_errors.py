"""What goes to standard error tells which error it was and where, never with its words.

A session writes down what its programs say there (`~/.xsession-errors`, the journal), in clear and for good; and
the words of an error nobody foresaw may be a citizen's name: KeyError('Nguyễn Thị …'). On a terminal everything is
said, for who looks into it: a terminal forgets.
"""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

from app.error_places import places_in

_DEEPEST = 8


def say_no_words() -> None:
    """From now on, for the life of this process; on a terminal nothing changes."""
    if sys.stderr is None or sys.stderr.isatty():
        return
    sys.excepthook = lambda kind, _, trace: _say(_where(kind, trace))
    threading.excepthook = lambda said: _say(_where(said.exc_type, said.exc_traceback))
    sys.unraisablehook = lambda said: _say(_where(said.exc_type, said.exc_traceback))
    logging.lastResort = _LastResort(logging.WARNING)


class _LastResort(logging.Handler):
    """For what is logged while no log is open."""

    def emit(self, record: logging.LogRecord) -> None:
        kind, _, trace = record.exc_info or (None, None, None)
        place = f"{record.levelname} {record.name}:{record.lineno}"
        _say(f"{place} {_where(kind, trace)}" if kind is not None else place)


def _where(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Kind of the error, and the places it came through, the innermost first."""
    return " ".join([kind.__name__, *(f"{name}:{line}" for name, line in places_in(trace)[:_DEEPEST])])


def _say(line: str) -> None:
    try:
        sys.stderr.write(f"{line}\n")
    except (OSError, ValueError, AttributeError):      # closed, or a pipe that nobody reads
        return
