"""A bank's file is read beside the window, in a process of its own; nothing of it is taken yet."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, cast

from app.domain.till.statement import LONGEST, MOST_LINES, Statement, StatementLine
from app.errors import Refusal
from app.framing import BrokenFrame, Frame, read_frame
from app.own_program import helper_command, helper_environment
from ui.operations.desk import Desk

MOST_SECONDS = 40.0
"""Of the wall clock, on a PC that has other things to do."""
MOST_ANSWER = 64 * 1024 * 1024
_CODE = re.compile(r"[a-z][a-z_]{2,60}")


def read_statement_file(
    desk: Desk, path: Path, on_read: Callable[[Statement], object], on_failure: Callable[[Exception], object]
) -> None:
    """One answer in the GUI thread. Fails as `read_apart`."""
    desk.background.run(lambda: read_apart(path), on_read, on_failure)


def read_apart(path: Path, command: list[str] | None = None) -> Statement:
    """The statement in the file at `path`; this process reads no byte of it.

    Raises what `read_rows` and `read_statement` refuse; `sheet_unreadable` (file) for a file that cannot be opened
    or that ended its reader, which includes one that took too long.
    """
    name = path.name
    try:
        with path.open("rb") as stream:
            answer = answer_of(command or command_for(name), stream)
    except OSError as error:
        raise Refusal("sheet_unreadable", file=name) from error
    if answer is None:
        raise Refusal("sheet_unreadable", file=name)
    if answer.head.get("event") != "done":
        raise _refusal(answer.head, name)
    try:
        return _statement(json.loads(answer.content))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refusal("sheet_unreadable", file=name) from error


def command_for(name: str, seconds: float = MOST_SECONDS) -> list[str]:
    """The child ends itself after `seconds`: a thread of Qt's pool can start no clock beside itself."""
    return helper_command("ui.background.statement_child", [str(os.getpid()), name, str(seconds)])


def answer_of(command: list[str], stream: BinaryIO) -> Frame | None:
    """What the child said of what it read from `stream`; None when it died."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
    with subprocess.Popen(command, stdin=stream, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          env=helper_environment(), creationflags=flags) as process:
        try:
            return read_frame(cast(BinaryIO, process.stdout), max_content=MOST_ANSWER)
        except BrokenFrame:
            return None
        finally:
            process.kill()


def _refusal(head: dict[str, Any], name: str) -> Refusal:
    """The child's own refusal. Its code and values are checked: it has read foreign bytes."""
    code, values = str(head.get("code")), head.get("values")
    if not _CODE.fullmatch(code) or not isinstance(values, dict):
        return Refusal("sheet_unreadable", file=name)
    return Refusal(code, **{str(key): value for key, value in values.items()
                            if isinstance(value, str | int | float)})


def _statement(told: dict[str, Any]) -> Statement:
    """Raises ValueError, KeyError, TypeError for what is no statement."""
    lines = tuple(
        StatementLine(date.fromisoformat(each["day"]), _amount(each["amount"]), str(each["text"])[:LONGEST],
                      str(each["reference"])[:LONGEST])
        for each in told["lines"]
    )
    if len(lines) > MOST_LINES:
        raise ValueError("too many lines")
    columns = {str(ours): str(theirs) for ours, theirs in told["columns"].items()}
    return Statement(lines, int(told["skipped"]), columns)


def _amount(value: object) -> int:
    if type(value) is not int or value <= 0:
        raise ValueError("no amount")
    return value
