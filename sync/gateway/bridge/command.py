"""`python -m sync.gateway bridge`: say what is due once or for ever, tell how it stands, or try one again.

JSON on stdout, one object a round; exit 0 good, 1 refused or in trouble, 2 wrong use.
"""

from __future__ import annotations

import argparse
import json
import secrets
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from sync.contract.codec import MalformedMessage
from sync.gateway.bridge.configuration import Settings, read_settings
from sync.gateway.bridge.figures import bridge_figures
from sync.gateway.bridge.line import HttpLine
from sync.gateway.bridge.queue import retry
from sync.gateway.bridge.reading import key_of
from sync.gateway.bridge.worker import Bridge
from sync.gateway.database import Database
from sync.gateway.logs import log_to_stderr, say_fault
from sync.gateway.place import add_place, open_or_say
from sync.gateway.times import stamp


def main(argv: Sequence[str]) -> int:
    """Run the bridge, or one question about it."""
    parser = argparse.ArgumentParser(prog="python -m sync.gateway bridge",
                                     description="Tells the national database what the offices did.")
    add_place(parser)
    parser.add_argument("--config", type=Path, help="the province's bridge file (JSON)")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--once", action="store_true", help="say what is due and end")
    what.add_argument("--serve", action="store_true", help="go on until told to stop")
    what.add_argument("--figures", action="store_true", help="how the queue stands")
    what.add_argument("--retry", metavar="CODE", help="say a refused dossier once more")
    parser.add_argument("--as-ours", action="store_true",
                        help="with --retry: what bears this code there is this dossier; write over it")
    chosen = parser.parse_args(argv)
    if (chosen.once or chosen.serve) and chosen.config is None:
        parser.error("--once and --serve need --config")
    settings = _settings(chosen.config) if chosen.once or chosen.serve else None
    if isinstance(settings, dict):
        return _answer(settings)
    opened = open_or_say(chosen.data, chosen.database)
    if isinstance(opened, str):
        return _answer({"ok": False, "reason": opened})
    try:
        if settings is None:
            return _answer(_ask(opened.database, chosen))
        log_to_stderr()
        return _run(opened.database, settings, is_once=chosen.once)
    finally:
        opened.database.close()


def _settings(path: Path) -> Settings | dict[str, Any]:
    try:
        return read_settings(path)
    except MalformedMessage as error:
        return {"ok": False, "reason": "file_malformed", "where": error.where, "what": error.what}
    except (OSError, ValueError) as error:
        return {"ok": False, "reason": "file_unreadable", "what": type(error).__name__}


def _ask(database: Database, chosen: argparse.Namespace) -> dict[str, Any]:
    if chosen.figures:
        with database.reading() as connection:
            return {"ok": True, **bridge_figures(connection)}
    with database.writing() as connection:
        count = retry(connection, key_of(chosen.retry) or "", stamp(datetime.now(UTC)), as_ours=chosen.as_ours)
    return {"ok": count > 0, "queued": count} if count else {"ok": False, "reason": "nothing_to_retry"}


def _run(database: Database, settings: Settings, *, is_once: bool) -> int:
    line = HttpLine(settings)
    bridge = Bridge(database, line, settings.configuration, clock=lambda: datetime.now(UTC),
                    mint=lambda: secrets.token_hex(16))
    stopped = threading.Event()
    before = {each: signal.signal(each, lambda *_: stopped.set()) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        if is_once:
            return _answer(_round(bridge, stopped.is_set))
        while not stopped.is_set():
            try:
                _answer(_round(bridge, stopped.is_set))
            except SQLAlchemyError as error:       # the database restarts; so do we, a minute later
                say_fault("bridge", error)
            stopped.wait(settings.configuration.interval_seconds)
        return 0
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
        line.close()


def _round(bridge: Bridge, should_stop: Callable[[], bool]) -> dict[str, Any]:
    done = bridge.run(should_stop)
    return {"ok": not done.trouble, "read": done.read, "posted": done.posted,
            **{str(result): count for result, count in sorted(done.done.items())},
            **({"reason": done.trouble} if done.trouble else {})}


def _answer(answer: dict[str, Any]) -> int:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    return 0 if answer["ok"] else 1
