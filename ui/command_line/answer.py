"""How a command answers: one JSON object on stdout and an exit code."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

from app.errors import KnownError
from app.own_program import FORMER, NOT_TAKEN_OVER
from ui.command_line.folder import OlderBook

Said = argparse.Namespace
Command = Callable[[Said], Mapping[str, Any]]


def answer(found: Mapping[str, Any]) -> int:
    """Print the object; exit 1 when it says `"ok": false`."""
    sys.stdout.write(json.dumps(found, ensure_ascii=False, default=str) + "\n")
    return 1 if found.get("ok") is False else 0


def answering(command: Command) -> Callable[[Said], int]:
    """`command` with its refusals turned into `{"ok": false, "reason": …}` and a sentence on stderr.

    Where the version whose book it is stands ready, nothing is said: it is to answer the same words.
    """

    def run(said: Said) -> int:
        try:
            return answer(command(said))
        except KnownError as error:
            if isinstance(error, OlderBook) and os.environ.get(FORMER):
                return NOT_TAKEN_OVER
            from ui.messages import sentence  # only a refusal needs words

            message = sentence(error, "vi")
            sys.stderr.write(f"{message.what} {message.safe} {message.press}\n")
            return answer({"ok": False, "reason": error.code, **_plain(error.values)})

    return run


def text_of(argument: str) -> str:
    """The argument, or all of stdin for `-`; bytes that are no UTF-8 become U+FFFD, which is refused later."""
    if argument == "-":
        return sys.stdin.buffer.read().decode("utf-8", errors="replace")
    return argument.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="replace")


def _plain(values: Mapping[str, object]) -> dict[str, Any]:
    """Values that JSON takes; "reason" is the code's own place, the system's word for it goes beside it."""
    return {
        "detail" if name == "reason" else name: value
        for name, value in values.items()
        if isinstance(value, str | int | float | bool)
    }
