"""Several programs on one book at the same time: real processes, let go at one moment."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.office import Office, Province, SetClock, reopen

Work = Callable[[Office], Any]


def together(folder: Path, province: Province, works: Sequence[Work]) -> list[Any]:
    """Each work in a window of its own; their answers (plain JSON) in order, or the error as text.

    The caller holds no connection to the book: SQLite's are not carried across a fork.
    """
    gate, key = os.pipe()                              # all children wait until the last `key` is let go of
    children = [_window(folder, province, work, gate, key) for work in works]
    os.close(gate)
    os.close(key)
    answers = []
    for child, pipe in children:
        with os.fdopen(pipe, "rb") as said:
            text = said.read()
        os.waitpid(child, 0)
        answers.append(json.loads(text) if text else "killed")
    return answers


def _window(folder: Path, province: Province, work: Work, gate: int, key: int) -> tuple[int, int]:
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    os.close(key)
    signal.alarm(60)                                   # a deadlock ends as "killed", never as a hanging run
    try:
        office = reopen(folder, province, SetClock(), seed=os.getpid())
        os.read(gate, 1)
        answer = work(office)
        office.application.close()
    except BaseException as error:
        answer = repr(error)
    os.write(writing, json.dumps(answer).encode())
    os._exit(0)
