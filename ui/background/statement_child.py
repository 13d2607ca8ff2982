"""A bank's file is read in a process of its own:
    `python -m ui.background.statement_child PARENT NAME SECONDS < FILE`

    out   {"event": "done"} with the statement as JSON, or
          {"event": "failed", "code", "values"}: what the file is refused for

The file comes from outside and its reader is other people's code: here it can write nothing, take no more than its
share, and take the window with it no more than a stone.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from dataclasses import asdict
from typing import Any, BinaryIO

from app.domain.till.statement import read_statement
from app.errors import KnownError
from app.framing import write_frame
from app.imaging.limits import allow_processor, confine
from app.spreadsheets.limits import MOST
from app.spreadsheets.reading import read_rows

MEMORY = 640 * 1024 * 1024
"""Bytes; the largest table that is not refused has four million cells."""
PROCESSOR_SECONDS = 20


def main(parent: int, name: str, seconds: float) -> None:
    """One file, one answer, in `seconds` of the wall clock or not at all."""
    late = threading.Timer(seconds, os._exit, [1])
    late.daemon = True
    late.start()
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)                            # a library that prints says it to nobody
    os.close(nowhere)
    sys.dont_write_bytecode = True
    warm_up()
    confine(MEMORY, parent)
    allow_processor(PROCESSOR_SECONDS)
    try:
        head, content = _read(sys.stdin.buffer, name)
    except MemoryError:
        head, content = _failed("sheet_too_large", {"file": name, "most_rows": MOST.rows}), b""
    write_frame(answers, head, content)


def warm_up() -> None:
    """What weighs something, before the limit counts."""
    from app.spreadsheets import csv_rows, xlsx_rows  # noqa: F401


def _read(stream: BinaryIO, name: str) -> tuple[dict[str, Any], bytes]:
    try:
        found = read_statement(read_rows(stream, name))
    except KnownError as error:
        return _failed(error.code, dict(error.values)), b""
    told = {"skipped": found.skipped, "columns": found.columns,
            "lines": [asdict(line) | {"day": line.day.isoformat()} for line in found.lines]}
    return {"event": "done"}, json.dumps(told, ensure_ascii=False).encode()


def _failed(code: str, values: dict[str, Any]) -> dict[str, Any]:
    return {"event": "failed", "code": code, "values": values}


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]))
