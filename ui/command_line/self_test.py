"""`--self-test`: whether this program, as it stands on this machine, does its work from end to end.

    quay-mot-cua --self-test [--gateway URL --code CODE [--ca FILE]] [--data OLD_FOLDER]

One JSON line a step, `{"step": …, "ok": true, …}`; the first that fails is the last line, and the exit code is 1.
Nothing is shortened: book and window are those of every day (drawn where nobody sees it), the province is
the real gateway. All of it lies in a folder of its own that is gone afterwards; the account's book, keys and
settings are neither read nor written. `--gateway` is for a province of the trial: the code is used up there and
one dossier of an invented person arrives. `--data` brings a copy of that book through this version's steps; the
book itself is only read.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from app.errors import KnownError
from app.paths import DataFolder
from ui.command_line.folder import KEYS

Told = Mapping[str, Any]


class StepFailed(Exception):
    """A step's own verdict: `args[0]` says what was not as it should be."""


def self_test(said: argparse.Namespace) -> int:
    """Run the steps; 0 when every one of them is good."""
    with tempfile.TemporaryDirectory(prefix="quay-self-test-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        with _own_surroundings(place):
            return _run(_steps(said, place))


def _steps(said: argparse.Namespace, place: Path) -> Iterator[tuple[str, Callable[[], Told]]]:
    from ui.command_line import self_test_steps as steps

    demo = DataFolder(place / "office")
    yield "program", steps.program
    yield "modules", steps.modules
    yield "empty_book", lambda: steps.empty_book(place / "empty")
    yield "old_books", lambda: steps.old_books(place / "old", place / "keys")
    asked: Path | None = getattr(said, "data", None)
    if asked is not None:
        given = DataFolder(asked.absolute())
        yield "given_book", lambda: steps.given_book(given, place / "given", said.given_keys)
    yield "light_table", steps.light_table
    yield "scanners", steps.scanners
    yield "window", lambda: steps.window(demo)
    yield "receipts", lambda: steps.receipts(demo)
    yield "journal", lambda: steps.journal(demo, place / "journal.json")
    yield "practice", lambda: steps.practice(place / "practice")
    if said.gateway:
        yield "gateway", lambda: steps.gateway(DataFolder(place / "joined"), said.gateway, said.code, said.ca)


def _run(steps: Iterator[tuple[str, Callable[[], Told]]]) -> int:
    for name, step in steps:
        started = time.monotonic()
        try:
            with contextlib.redirect_stdout(sys.stderr):     # what a step says meanwhile is for people
                told: Told = {"ok": True, **step()}
        except KnownError as error:
            told = {"ok": False, "reason": error.code, "values": dict(error.values)}
        except StepFailed as failed:
            told = {"ok": False, "reason": str(failed)}
        except Exception as error:               # whatever it is, it is the answer
            told = {"ok": False, "reason": type(error).__name__, "detail": str(error)[:500]}
        line = {"step": name, **told, "seconds": round(time.monotonic() - started, 2)}
        sys.stdout.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
        sys.stdout.flush()
        if not told["ok"]:
            return 1
    return 0


@contextlib.contextmanager
def _own_surroundings(place: Path) -> Iterator[None]:
    """Keys in a folder of the trial, no screen, no line but the one that is asked for."""
    before = dict(os.environ)
    os.environ |= {KEYS: str(place / "keys"), "QT_QPA_PLATFORM": "offscreen"}
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
