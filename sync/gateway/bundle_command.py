"""`python -m sync.gateway take-bundle PATH`: what came by hand, into custody; the answer goes on the same stick.

JSON on stdout; exit 0 when every bundle was taken, 1 when one was refused, 2 wrong use.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sync.contract.bundle import SUFFIX, BundleFault, BundleKind, BundleReader
from sync.contract.codec import MalformedMessage
from sync.gateway.bundle_answer import write_answer
from sync.gateway.bundles import Desk, take_bundle
from sync.gateway.opening import Opened
from sync.gateway.place import add_place, open_or_say
from sync.gateway.problem import ProblemRaised

COMMAND = "take-bundle"


def main(argv: Sequence[str]) -> int:
    """Take one bundle, or every one in a folder, in the order they were made."""
    parser = argparse.ArgumentParser(prog=f"python -m sync.gateway {COMMAND}")
    add_place(parser)
    parser.add_argument("path", type=Path, help="a bundle, or the folder of the stick")
    parser.add_argument("--answer", type=Path, metavar="DIR", help="where the answers go; default: beside it")
    said = parser.parse_args(argv)
    opened = open_or_say(said.data, said.database)
    if isinstance(opened, str):
        return _say({"ok": False, "reason": opened})
    try:
        taken = [_take(opened, each, said.answer or each.parent) for each in bundles_at(said.path)]
    except OSError as error:
        return _say({"ok": False, "reason": "file_unreadable", "what": type(error).__name__})
    finally:
        opened.files.close()
        opened.database.close()
    if not taken:
        return _say({"ok": False, "reason": "bundle_none_here"})
    return _say({"ok": all(each["ok"] for each in taken), "bundles": taken})


def bundles_at(path: Path) -> list[Path]:
    """The file itself; of a folder every bundle of a counter, by when each counter made it. Raises OSError."""
    if path.is_file():
        return [path]
    found = []
    for file in path.iterdir():
        if file.suffix == SUFFIX and file.is_file():
            with file.open("rb") as handle:
                try:
                    head = BundleReader(handle).head
                except BundleFault:
                    found.append(("", 0, file))    # said why, when it is taken
                    continue
            if head.kind == BundleKind.OUTGOING:
                found.append((head.device, head.number, file))
    return [file for *_, file in sorted(found)]


def _take(opened: Opened, file: Path, folder: Path) -> dict[str, Any]:
    desk = Desk(opened.database, opened.seal, opened.files, datetime.now(UTC))
    try:
        found = take_bundle(desk, file)
        answer = write_answer(desk, found, folder)
    except ProblemRaised as problem:
        return {"ok": False, "file": file.name, "reason": problem.problem.code, **problem.problem.values}
    except MalformedMessage as error:
        return {"ok": False, "file": file.name, "reason": "malformed", "where": error.where, "what": error.what}
    return {
        "ok": True, "file": file.name, "device": found.head.device, "epoch": found.head.epoch,
        "number": found.head.number, "taken": found.taken, "already": found.already,
        "left": [{"epoch": each.epoch, "seq": each.seq, "outcome": each.outcome, "reason": each.reason}
                 for each in found.left],
        "files": len(found.files), "files_left": found.files_left, "answer": str(answer),
        "is_stale": found.hello is None,
    }


def _say(answer: dict[str, Any]) -> int:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1) + "\n")
    return 0 if answer["ok"] else 1
