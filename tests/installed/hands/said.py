"""How the hands tell what they did, and wait."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any


class Stuck(Exception):
    """What was waited for did not come; the text says what."""


def say(event: str, **values: object) -> None:
    sys.stdout.write(json.dumps({"event": event, **values}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def until(condition: Callable[[], Any], what: str, seconds: float = 60.0) -> Any:
    end = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > end:
            raise Stuck(what)
        time.sleep(0.05)
    return found
