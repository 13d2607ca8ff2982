"""Joining the province: what is typed, or what a file or a square code says. From any thread."""

from __future__ import annotations

from pathlib import Path

from app.bootstrap import Application
from app.errors import KnownError, Refusal
from sync.contract.enrol_file import MAX_FILE, is_digits
from ui.background.file_import import Given


def enrol_with_code(office: Application, url: str, code: str) -> None:
    """Raises what the province says."""
    from sync.client import GatewayClient  # requests is only paid for where a line is spoken to
    from sync.enrol import enrol_counter

    with GatewayClient(url) as client:
        enrol_counter(office.database, client, url, code, device_name="counter", clock=office.clock)


def enrol_with_text(office: Application, text: str) -> None:
    """With the text of the file, or the digits of the square. Raises what the province says, and
    `enrol_file_unreadable`, `enrol_file_newer`, `enrol_file_false`: the province that answered did not sign it."""
    from sync.enrol_by_file import enrol_by_file, read_file  # as above

    enrol_by_file(office.database, *read_file(text), office.clock)


def read_text(file: Path) -> str:
    """Raises `enrol_file_unreadable`."""
    try:
        with file.open("rb") as handle:
            return handle.read(MAX_FILE + 1).decode("utf-8")
    except (OSError, ValueError) as error:
        raise Refusal("enrol_file_unreadable") from error


def given_text(given: Given) -> str:
    """Of a file that was let go over the page. Raises `enrol_file_unreadable`."""
    try:
        return given.read(MAX_FILE).decode("utf-8")
    except (OSError, ValueError, KnownError) as error:
        raise Refusal("enrol_file_unreadable") from error


def is_square(text: str) -> bool:
    """Whether a scanner typed this from a square code, wherever the cursor stood."""
    return is_digits(text.strip())
