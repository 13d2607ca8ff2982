"""The program's own log in the data folder: when, how grave, which line of ours, which kind of error. No sentence.

What a line would say stands in the source; what was put into it may be a citizen's and is never written down:

    2026-11-22T13:00:01+07:00 ERROR ui.counter_window:393 KeyError ui.background.tasks:63 app.services.receive:88

Beside it stand the errors that were said to the clerk, each with the code that she could read to support.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from types import TracebackType

from app.domain.vietnam_time import VIETNAM
from app.error_places import places_in

LOG_BYTES = 256 * 1024
"""Then the log begins anew; the one before is kept once."""
SLIPS = 200
SAME_AGAIN = timedelta(minutes=10)
_ROOMS = ("app", "ui", "sync")
_FRAMES = 12
_KIND = re.compile(r"[A-Za-z_]{1,60}")
_MODULE = re.compile(r"(?:app|ui|sync)(?:\.[a-z_]{1,40}){0,5}")


class ProgramLog(logging.Handler):
    """Writes what our own rooms log to `file`; a disk that refuses is nobody's trouble but the log's."""

    def __init__(self, file: Path) -> None:
        super().__init__(logging.INFO)
        self._file = file

    def filter(self, record: logging.LogRecord) -> bool:
        return record.name.partition(".")[0] in _ROOMS and super().filter(record) is not False

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):
            if self._file.exists() and self._file.stat().st_size > LOG_BYTES:
                self._file.replace(_before(self._file))
            with self._file.open("a", encoding="utf-8") as file:
                file.write(line_of(record) + "\n")


def line_of(record: logging.LogRecord) -> str:
    """The line of a log record: nothing of its words and values."""
    at = datetime.fromtimestamp(record.created, VIETNAM).isoformat(timespec="seconds")
    parts = [at, record.levelname, f"{_module(record.name)}:{record.lineno}"]
    if record.exc_info and record.exc_info[0] is not None:
        kind = record.exc_info[0].__name__
        parts.append(kind if _KIND.fullmatch(kind) else "Error")
        parts.extend(_places(record.exc_info[2]))
    return " ".join(parts)


@contextmanager
def logging_to(file: Path) -> Iterator[None]:
    """Everything our rooms log from now on, and what nobody caught, goes to `file`."""
    handler, root = ProgramLog(file), logging.getLogger()
    level, uncaught, in_thread = root.level, sys.excepthook, threading.excepthook

    def on_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        logging.getLogger("app.program_log").error("uncaught", exc_info=(kind, error, trace))
        uncaught(kind, error, trace)

    def on_uncaught_in_thread(said: threading.ExceptHookArgs) -> None:
        if said.exc_value is not None:
            error = (said.exc_type, said.exc_value, said.exc_traceback)
            logging.getLogger("app.program_log").error("uncaught in a thread", exc_info=error)
        in_thread(said)

    root.addHandler(handler)
    root.setLevel(min(level or logging.INFO, logging.INFO))
    sys.excepthook, threading.excepthook = on_uncaught, on_uncaught_in_thread
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = uncaught, in_thread
        root.setLevel(level)
        root.removeHandler(handler)
        handler.close()


def read_log(file: Path, most: int) -> list[str]:
    """The newest `most` lines, the oldest of them first."""
    lines: list[str] = []
    for each in (_before(file), file):
        with suppress(OSError):
            lines += each.read_text(encoding="utf-8", errors="replace").splitlines()
    return lines[-most:]


@dataclass(frozen=True, slots=True)
class ErrorSlip:
    """An error as it was said: its code, and the support code that stood beside it."""

    at: datetime
    code: str
    support: str


class ErrorSlips:
    """The last errors that were said, in `file`. The same one again within minutes is not written twice."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._kept: list[ErrorSlip] | None = None

    def read(self) -> tuple[ErrorSlip, ...]:
        """The oldest first."""
        if self._kept is None:
            self._kept = list(_slips_in(self._file))
        return tuple(self._kept)

    def add(self, slip: ErrorSlip) -> None:
        kept = list(self.read())
        if any(each.code == slip.code and abs(slip.at - each.at) < SAME_AGAIN for each in kept[-5:]):
            return
        self._kept = [*kept, slip][-SLIPS:]
        with suppress(OSError):
            if len(kept) >= SLIPS:                 # begun anew with those that are kept
                text = "".join(map(_line, self._kept))
                part = self._file.with_suffix(".part")
                part.write_text(text, encoding="utf-8")
                part.replace(self._file)
                return
            with self._file.open("a", encoding="utf-8") as file:
                file.write(_line(slip))


def _slips_in(file: Path) -> Iterator[ErrorSlip]:
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    for line in lines[-SLIPS:]:
        with suppress(ValueError):
            at, code, support = line.split(" ")
            yield ErrorSlip(datetime.fromisoformat(at), code, support)


def _line(slip: ErrorSlip) -> str:
    return f"{slip.at.isoformat(timespec='seconds')} {slip.code} {slip.support}\n"


def _before(file: Path) -> Path:
    return file.with_name(file.name + ".1")


def _module(name: str) -> str:
    return name if _MODULE.fullmatch(name) else name.partition(".")[0]


def _places(trace: TracebackType | None) -> list[str]:
    """Where the error came through our own code, the innermost place first."""
    ours = (f"{_module(name)}:{line}" for name, line in places_in(trace) if name.partition(".")[0] in _ROOMS)
    return list(islice(ours, _FRAMES))
