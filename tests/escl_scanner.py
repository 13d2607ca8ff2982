"""A network scanner on loopback: a real HTTP server that speaks eSCL, has paper in it, and falls ill when told to.

Good enough for Debian's independent client (sane-airscan) to scan from. `python -m tests.escl_scanner` runs one by
hand and prints its address.
"""

from __future__ import annotations

import argparse
import socket
import ssl
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests import escl_answers
from tests.numbered_pages import numbered_page
from tests.self_signed import self_signed

GLASS = 777
"""The number of the page that lies on the glass."""


class Illness(Enum):
    """What happens when page `at` is asked for."""

    NONE = auto()
    JAM = auto()
    COVER_OPEN = auto()
    HANG = auto()              # the answer never begins
    STALL = auto()             # half a page, then nothing
    DRIP = auto()              # a byte now and then
    DROP = auto()              # half a page, then the connection is gone
    CUT_SHORT = auto()         # half a page that is called a whole one
    ENDLESS = auto()           # a page without end
    FOREIGN = auto()           # a web page instead of a picture
    LATE = auto()              # 503 once, then the page
    DENIAL = auto()            # 404 once although the job runs, then the page
    CANCELLED = auto()         # somebody pressed the red key at the scanner
    BROKEN = auto()            # 500


@dataclass
class _Job:
    path: str
    sides: list[int]
    is_feeder: bool
    dpi: int
    is_colour: bool
    started: float
    state: str = "Processing"
    given: int = 0
    has_refused: bool = False


Draw = Callable[[int, int, bool], bytes]
"""(number, dpi, is_colour) -> the bytes of that page."""


@dataclass
class EsclScanner:
    """`sheets` lie in the feeder; page numbers run from 1. In duplex a sheet has two: the back of sheet n is the
    number after its front. Everything may be changed while it runs."""

    sheets: int = 0
    illness: Illness = Illness.NONE
    at: int = 1                            # the page of the job at which it falls ill
    busy: int = 0                          # so many jobs are refused with 503 first
    pages_per_minute: float = 0            # 0: as fast as they are asked for
    says_empty_late: bool = False          # takes a job without paper, and says 404 for its first page
    detects_paper: bool = False
    has_platen: bool = True
    has_duplex: bool = True
    formats: Sequence[str] = ("image/jpeg", "application/pdf")
    location_host: str = ""                # what it calls itself in Location; "" for its address
    sends_on_to: str = ""                  # every GET is answered with a redirect to this root
    server_name: str = "EsclScanner"
    refuses_with: int = 0                  # the HTTP code for every job
    capabilities: bytes | None = None      # instead of its own
    status: bytes | None = None            # b"" for one that will not say
    is_curt: bool = False                  # closes the connection after each answer
    draw: Draw = numbered_page
    name: str = "Máy quét Mẫu 60"
    uuid: str = field(default_factory=lambda: str(uuid.uuid4()))
    tls: Path | None = None                # folder for its certificate

    def __post_init__(self) -> None:
        self.asked: list[tuple[str, str]] = []             # (verb, path)
        self.hosts: list[str] = []                         # Host header of each job
        self.settings: list[dict[str, str]] = []
        self.given_up: list[str] = []
        self.has_hung = threading.Event()                  # it hangs or stalls now
        self.connections = 0
        self.feeder_state = ""
        self.jobs: dict[str, _Job] = {}
        self.lock = threading.Lock()
        self.closing = threading.Event()
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self.port}/eSCL/"

    @property
    def source(self) -> str:
        return "escl:" + self.url

    def start(self) -> None:
        self._server = _Server(self)
        if self.tls is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self_signed(self.tls))
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False,
            )
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="escl-scanner")
        self._thread.start()

    def stop(self) -> None:
        assert self._server is not None and self._thread is not None
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.cut()
        self._server.server_close()

    # What it says

    def capabilities_xml(self) -> bytes:
        return self.capabilities if self.capabilities is not None else escl_answers.capabilities(
            self.name, self.uuid, self.formats, has_platen=self.has_platen, has_duplex=self.has_duplex,
            detects_paper=self.detects_paper,
        )

    def status_xml(self) -> bytes:
        if self.status is not None:
            return self.status
        state = "Processing" if self.busy or self.running() else "Idle"
        feeder = self.feeder_state or ("ScannerAdfLoaded" if self.sheets else "ScannerAdfEmpty")
        return escl_answers.status(state, feeder, [(job.path, job.given, job.state) for job in self.jobs.values()])

    # What it does

    def running(self) -> bool:
        return any(job.state == "Processing" for job in self.jobs.values())

    def new_job(self, body: bytes) -> _Job | int:
        """The job, or the code that refuses it."""
        elements = ElementTree.fromstring(body).iter()
        asked = {element.tag.rpartition("}")[2]: element.text or "" for element in elements}
        self.settings.append(asked)
        if self.refuses_with:
            return self.refuses_with
        if self.busy or self.running():
            self.busy = max(0, self.busy - 1)
            return 503
        is_feeder = asked["InputSource"] == "Feeder"
        if is_feeder and self.illness is Illness.COVER_OPEN and self.at == 1:
            self.feeder_state = "ScannerAdfHatchOpen"
            return 409
        if is_feeder and not self.sheets and not self.says_empty_late:
            return 409
        sides = [GLASS]
        if is_feeder:
            count = self.sheets * 2 if asked.get("Duplex") == "true" else self.sheets
            sides = list(range(1, count + 1))
            self.sheets = 0
        job = _Job(
            f"/eSCL/ScanJobs/{uuid.uuid4()}", sides, is_feeder, int(asked["XResolution"]),
            asked["ColorMode"] == "RGB24", time.monotonic(),
        )
        self.jobs[job.path] = job
        return job

    def await_page(self, job: _Job) -> None:
        """Until the mechanics have drawn the next sheet through: the first takes as long as the others."""
        if self.pages_per_minute:
            due = job.started + (job.given + 1) * 60 / self.pages_per_minute
            self.closing.wait(max(0.0, due - time.monotonic()))


class _Server(ThreadingHTTPServer):
    daemon_threads = False                 # joined when it stops: a test must leave no thread
    request_queue_size = 32

    def __init__(self, scanner: EsclScanner) -> None:
        self.scanner = scanner
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        self.scanner.connections += 1
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away in the middle is what many tests are about."""

    def cut(self) -> None:
        for one in list(self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    @property
    def scanner(self) -> EsclScanner:
        return self.server.scanner

    def do_GET(self) -> None:
        scanner = self.scanner
        scanner.asked.append(("GET", self.path))
        if scanner.sends_on_to and self.path.startswith("/eSCL/"):
            self._answer(307, Location=scanner.sends_on_to + self.path.removeprefix("/eSCL/"))
        elif self.path == "/eSCL/ScannerCapabilities":
            self._answer(200, scanner.capabilities_xml(), "text/xml")
        elif self.path == "/eSCL/ScannerStatus":
            with scanner.lock:
                said = scanner.status_xml()
            self._answer(200 if said else 503, said, "text/xml")
        elif self.path.endswith("/NextDocument") and (job := scanner.jobs.get(self.path.rpartition("/")[0])):
            self._next_document(job)
        else:
            self._answer(404)

    def do_POST(self) -> None:
        self.scanner.asked.append(("POST", self.path))
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.scanner.hosts.append(self.headers["Host"])
        with self.scanner.lock:
            job = self.scanner.new_job(body)
        if isinstance(job, int):
            self._answer(job, **{"Retry-After": "0"})      # in another moment
        else:
            host = self.scanner.location_host or self.headers["Host"]
            self._answer(201, Location=f"http://{host}{job.path}")

    def do_DELETE(self) -> None:
        self.scanner.asked.append(("DELETE", self.path))
        job = self.scanner.jobs.get(self.path)
        if job is not None:
            job.state = "Canceled"
            self.scanner.given_up.append(self.path)
        self._answer(200 if job else 404)

    def _next_document(self, job: _Job) -> None:
        scanner = self.scanner
        if job.state != "Processing":
            self._answer(404)
            return
        if scanner.illness is not Illness.NONE and job.given + 1 == scanner.at and not job.has_refused:
            self._fall_ill(job)
        elif job.given >= len(job.sides):
            job.state = "Completed"
            self._answer(404)
        else:
            scanner.await_page(job)
            self._give(job)

    def _give(self, job: _Job) -> None:
        content = self._page(job)
        job.given += 1
        if not job.is_feeder:
            job.state = "Completed"
        self._answer(200, content, "image/jpeg")

    def _page(self, job: _Job) -> bytes:
        return self.scanner.draw(job.sides[job.given], job.dpi, job.is_colour)

    def _fall_ill(self, job: _Job) -> None:
        scanner, illness = self.scanner, self.scanner.illness
        match illness:
            case Illness.JAM | Illness.COVER_OPEN:
                job.state = "Aborted"
                scanner.feeder_state = "ScannerAdfJam" if illness is Illness.JAM else "ScannerAdfDoorOpen"
                self._answer(409)
            case Illness.LATE | Illness.DENIAL:
                job.has_refused = True
                self._answer(503 if illness is Illness.LATE else 404, **{"Retry-After": "0"})
            case Illness.CANCELLED:
                job.state = "Canceled"
                self._answer(404)
            case Illness.BROKEN:
                self._answer(500)
            case Illness.FOREIGN:
                self._answer(200, b"<html><body>Dang nhap</body></html>", "image/jpeg")
            case Illness.CUT_SHORT:
                page = self._page(job)
                self._answer(200, page[: len(page) // 2], "image/jpeg")
            case Illness.HANG:
                scanner.has_hung.set()
                scanner.closing.wait()
                self.close_connection = True
            case Illness.STALL | Illness.DROP:
                page = self._page(job)
                self._head(200, len(page), "image/jpeg")
                self.wfile.write(page[: len(page) // 2])
                if illness is Illness.STALL:
                    scanner.has_hung.set()
                    scanner.closing.wait()
                self.close_connection = True
            case Illness.DRIP:
                page = self._page(job)
                self._head(200, len(page), "image/jpeg")
                self.close_connection = True
                for byte in page:
                    self.wfile.write(bytes([byte]))
                    if scanner.closing.wait(0.01):
                        return
            case Illness.ENDLESS:
                self._head(200, None, "image/jpeg")
                self.close_connection = True
                self.wfile.write(self._page(job))
                while not scanner.closing.is_set():
                    self.wfile.write(b"\0" * (1 << 20))

    def _head(self, code: int, length: int | None, mime: str = "", **headers: str) -> None:
        self.send_response(code)
        if length is not None:
            self.send_header("Content-Length", str(length))
        if mime:
            self.send_header("Content-Type", mime)
        if self.scanner.is_curt:
            self.send_header("Connection", "close")
        for name, said in headers.items():
            self.send_header(name, said)
        self.end_headers()

    def _answer(self, code: int, content: bytes = b"", mime: str = "", **headers: str) -> None:
        self._head(code, len(content), mime, **headers)
        self.wfile.write(content)

    def version_string(self) -> str:
        return self.scanner.server_name

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def escl_scanner(**values: Any) -> Iterator[EsclScanner]:
    """A running scanner; its server and threads are gone afterwards."""
    scanner = EsclScanner(**values)
    scanner.start()
    try:
        yield scanner
    finally:
        scanner.stop()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.escl_scanner")
    parser.add_argument("--sheets", type=int, default=10)
    parser.add_argument("--rate", type=float, default=0, help="pages a minute")
    said = parser.parse_args()
    with escl_scanner(sheets=said.sheets, pages_per_minute=said.rate) as scanner:
        print(scanner.url, flush=True)  # noqa: T201
        with suppress(KeyboardInterrupt):
            scanner.closing.wait()


if __name__ == "__main__":
    main()
