"""eSCL's five requests, in plain words: what can you do, how are you, scan, the next page, forget it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple, Self

from app.devices.scanning.complete import is_complete, mime_of
from app.devices.scanning.escl.address import job_url
from app.devices.scanning.escl.capabilities import Capabilities, read_capabilities
from app.devices.scanning.escl.elements import MAX_XML, BadXml
from app.devices.scanning.escl.line import Answer, ScannerLine
from app.devices.scanning.escl.status import UNKNOWN, ScannerStatus, read_status
from app.devices.scanning.port import ScanTrouble, trouble_error
from app.framing import MAX_CONTENT

_LONGEST_WAIT = 5.0
_SHORTEST_WAIT = 0.05
_NO_SETTING = {400, 409, 415}
_NOT_ALLOWED = {401, 403}


class Page(NamedTuple):
    """One document as it came, whole."""

    content: bytes
    mime: str


class NotYet(NamedTuple):
    """An answer that is no page: its HTTP code, and after how many seconds to ask again."""

    code: int
    wait: float


class EsclClient:
    """One scanner. Raises KnownErrors as `ScannerLine` does, and "scanner_io" for what is no eSCL."""

    def __init__(self, root: str, *, patience: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._line = ScannerLine(root, patience=patience, clock=clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._line.__exit__()

    def capabilities(self) -> Capabilities:
        answer = self._line.meet("ScannerCapabilities", most_bytes=MAX_XML)
        if "hp_compact_server" in answer.headers.get("server", "").casefold():
            self._line.call_it_localhost()
        try:
            return read_capabilities(self._good(answer).content)
        except BadXml as error:
            raise trouble_error(ScanTrouble.IO, detail=f"capabilities: {error}") from error

    def status(self) -> ScannerStatus:
        """How it is; `UNKNOWN` when it does not say: its other answers then stand for themselves."""
        answer = self._line.ask("GET", "ScannerStatus", most_bytes=MAX_XML)
        if answer.code != 200:
            return UNKNOWN
        try:
            return read_status(answer.content)
        except BadXml as error:
            raise trouble_error(ScanTrouble.IO, detail=f"status: {error}") from error

    def create_job(self, request: bytes) -> str | NotYet:
        """The URL of a new job, or how it was refused."""
        answer = self._line.ask("POST", "ScanJobs", request, most_bytes=0)
        if answer.code not in {200, 201}:
            if answer.code in _NOT_ALLOWED:
                raise trouble_error(ScanTrouble.REFUSED, detail=f"HTTP {answer.code}")
            return NotYet(answer.code, _wait(answer))
        try:
            return job_url(self._line.root, answer.headers.get("location", ""))
        except ValueError as error:
            raise trouble_error(ScanTrouble.IO, detail="location") from error

    def next_document(self, job: str, progress: Callable[[], None]) -> Page | NotYet:
        """The next page of the job, or why there is none now. Raises "scanner_io" for one that is not whole."""
        answer = self._line.ask("GET", f"{job}/NextDocument", most_bytes=MAX_CONTENT, progress=progress)
        if answer.code in _NOT_ALLOWED:
            raise trouble_error(ScanTrouble.REFUSED, detail=f"HTTP {answer.code}")
        if answer.code != 200:
            return NotYet(answer.code, _wait(answer))
        return Page(answer.content, kind_of(answer.content))

    def give_up(self, job: str) -> None:
        """End the job; never raises for what the scanner says to it."""
        self._line.give_up(job)

    def _good(self, answer: Answer) -> Answer:
        if answer.code in _NOT_ALLOWED:
            raise trouble_error(ScanTrouble.REFUSED, detail=f"HTTP {answer.code}")
        if answer.code == 404:
            raise trouble_error(ScanTrouble.NOT_FOUND, detail="HTTP 404")
        if answer.code == 503:
            raise trouble_error(ScanTrouble.BUSY, detail="HTTP 503")
        if answer.code != 200:
            raise trouble_error(ScanTrouble.IO, detail=f"HTTP {answer.code}")
        return answer


def is_about_settings(code: int) -> bool:
    """Whether a refused job was refused for what it asked."""
    return code in _NO_SETTING


def kind_of(content: bytes) -> str:
    """The mime of a whole page by its first bytes; what the scanner called it does not count.

    Raises EnvironmentFault("scanner_io", detail="kind" or "cut short"): a page with its lower half missing looks
    like a page, so the mark that ends it must be there.
    """
    mime = mime_of(content[:1024])
    if not mime:
        raise trouble_error(ScanTrouble.IO, detail="kind")
    if not is_complete(content, mime):
        raise trouble_error(ScanTrouble.IO, detail="cut short")
    return mime


def _wait(answer: Answer) -> float:
    said = answer.headers.get("retry-after", "")
    seconds = float(said) if said.isascii() and said.isdigit() and len(said) < 5 else 1.0
    return min(max(seconds, _SHORTEST_WAIT), _LONGEST_WAIT)
