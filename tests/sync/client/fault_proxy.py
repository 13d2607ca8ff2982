"""A bad line in front of a gateway: a TCP proxy that reads whole requests and then does what a rule says.

Whole requests, because the interesting cuts are known places: before the province saw anything, after it
committed but before it could say so, in the middle of its answer. `rule` is asked once a request.
"""

from __future__ import annotations

import gzip
import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came over the line; `count` from 1."""

    count: int
    method: str
    path: str
    raw: bytes
    body: bytes

    @property
    def plain(self) -> bytes:
        """The body unzipped."""
        return gzip.decompress(self.body) if self.body[:2] == b"\x1f\x8b" else self.body


@dataclass(frozen=True, slots=True)
class Rule:
    """What happens to a request. Names, because a test's list of faults shall read as one."""

    name: str = "pass"
    cut: int = 0                   # bytes of the answer that arrive
    answer: bytes = b""            # an answer that is not the gateway's


PASS = Rule()
DROP_BEFORE = Rule("drop_before")                  # the province never saw it
DROP_AFTER = Rule("drop_after")                    # it did all of it, and nobody heard
RESET = Rule("reset")                              # RST instead of an answer, nothing forwarded
RESET_AFTER = Rule("reset_after")
DUPLICATE = Rule("duplicate")                      # a retrying proxy sends it twice
REPLAY = Rule("replay")                            # the request before comes again first, late
HANG = Rule("hang")                                # nobody answers, the line stays open


def truncate(cut: int) -> Rule:
    return Rule("truncate", cut=cut)


def page(status: str, body: bytes, kind: str = "text/html", *headers: str) -> Rule:
    """Somebody else's page: a captive portal, an office proxy, a broken server."""
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers, "", ""]
    return Rule("answer", answer="\r\n".join(head).encode() + body)


PORTAL = page("200 OK", b"<html><body>Please log in to this Wi-Fi</body></html>")
PROXY_ERROR = page("503 Service Unavailable", b"<html>proxy</html>")
REDIRECT = page("302 Found", b"", "text/html", "Location: http://portal.example/login")
BROKEN_SERVER = page("500 Internal Server Error", b'{"code": "internal", "status": 500}', "application/json")

Rules = Callable[[Asked], Rule]


@dataclass
class FaultProxy:
    """Use as a context manager; `url` is what the client is told. `rule` may be changed at any time."""

    upstream: str
    rule: Rules = lambda asked: PASS
    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    _before: bytes = b""
    _sockets: set[socket.socket] = field(default_factory=set)
    _threads: list[threading.Thread] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> FaultProxy:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._acceptor = threading.Thread(target=self._accept, name="fault-proxy")
        self._acceptor.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._acceptor.join()
        with self._lock:
            for each in self._sockets:
                with suppress(OSError):            # it may have ended by itself just now
                    each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self._sockets.add(client)
            thread = threading.Thread(target=self._serve, args=(client,), name="fault-proxy-line")
            self._threads.append(thread)
            thread.start()

    def _serve(self, client: socket.socket) -> None:
        try:
            with client:
                while (raw := _read_message(client)) and self._one(client, raw):
                    pass
        except OSError:
            return
        finally:
            with self._lock:
                self._sockets.discard(client)

    def _one(self, client: socket.socket, raw: bytes) -> bool:
        """Treat one request; False when the line is to be closed."""
        head, _, body = raw.partition(b"\r\n\r\n")
        method, path, _ = head.split(b"\r\n", 1)[0].decode().split(" ", 2)
        with self._lock:
            asked = Asked(len(self.asked) + 1, method, path, raw, body)
            self.asked.append(asked)
            before, self._before = self._before, raw
        rule = self.rule(asked)
        match rule.name:
            case "pass":
                client.sendall(self.forward(raw))
                return True
            case "answer":
                client.sendall(rule.answer)
                return True
            case "duplicate":
                self.forward(raw)
                client.sendall(self.forward(raw))
                return True
            case "replay":
                if before:
                    self.forward(before)
                client.sendall(self.forward(raw))
                return True
            case "answer_and_close":
                client.sendall(rule.answer)
            case "truncate":
                client.sendall(self.forward(raw)[: rule.cut])
            case "drop_after":
                self.forward(raw)
            case "reset_after":
                self.forward(raw)
                _reset(client)
            case "reset":
                _reset(client)
            case "hang":
                client.recv(1)                     # until the client gives up
        return False

    def forward(self, raw: bytes) -> bytes:
        """Send a request on and return the gateway's whole answer."""
        parts = urlsplit(self.upstream)
        try:
            with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=60) as gateway:
                gateway.sendall(raw)
                return _read_message(gateway)
        except OSError:
            return b""                             # the gateway is away: an empty answer, then the end


def _read_message(line: socket.socket) -> bytes:
    """One whole HTTP/1.1 message; what came of it when the other end closes before."""
    found = b""
    while b"\r\n\r\n" not in found:
        more = line.recv(65536)
        if not more:
            return found
        found += more
    head, _, body = found.partition(b"\r\n\r\n")
    length = 0
    for header in head.split(b"\r\n")[1:]:
        name, _, value = header.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        more = line.recv(65536)
        if not more:
            break
        body += more
    return head + b"\r\n\r\n" + body


def _reset(line: socket.socket) -> None:
    """Close with RST, as a firewall that lost its table does."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()
