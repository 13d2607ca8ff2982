"""One JSON object a line on stderr, without a word of what citizens or clerks wrote."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Mapping

LOGGER = logging.getLogger("sync.gateway")


class JsonLines(logging.Formatter):
    """Writes the record's `fields`; never a message that an exception carries (it may quote data)."""

    def format(self, record: logging.LogRecord) -> str:
        fields: Mapping[str, object] = getattr(record, "fields", {})
        return json.dumps({"level": record.levelname.lower(), "event": record.msg, **fields}, ensure_ascii=False)


def log_to_stderr() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    LOGGER.handlers = [handler]
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False


def say(event: str, **fields: object) -> None:
    LOGGER.info(event, extra={"fields": fields})


def say_fault(reference: str, error: BaseException) -> None:
    """Where it happened and of what kind; not what it said."""
    frames = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)][-12:]
    LOGGER.error("fault", extra={"fields": {
        "reference": reference, "kind": type(error).__name__, "frames": frames,
    }})
