"""The national adapter as a real HTTP server: it keeps what it is told, answers from recorded files, and breaks
where a test says so. Without its guard it takes a second "add" of a code for a second dossier; each is counted.
"""

from __future__ import annotations

import json
import threading
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ANSWERS = Path(__file__).parent / "answers"


def recorded(name: str) -> Any:
    return json.loads((ANSWERS / f"{name}.json").read_text(encoding="utf-8"))


@dataclass
class National:
    """What it holds and what it was asked. `faults`: one word for each service request to come, "" for none.

    lost_before · lost_after: the connection ends before or after the request had its effect
    500_before · 500_after, unreadable_after, busy, session, refuse, redirect
    """

    held: dict[str, dict[str, Any]] = field(default_factory=dict)
    added: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    progress: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    chunks: list[int] = field(default_factory=list)
    statuses: dict[str, str] = field(default_factory=dict)     # of its own accord, by code
    faults: deque[str] = field(default_factory=deque)
    asked: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    guards: bool = True                            # False: it does not notice that an added code is there
    tells_progress: bool = False
    password: str = "mật khẩu mẫu"
    logins: int = 0
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, body: dict[str, Any]) -> Any:
        service = body["service"]
        if service == "TraCuuHoSo":
            return self._look_up(body["mahoso"])
        if service == "CapNhatTienDoHoSoMC":
            self.chunks.append(len(body["data"]))
            for row in body["data"]:
                self.progress.setdefault(row["MaHoSo"], []).append(row)
            return recorded("taken")
        (dossier,) = body["data"]
        code = dossier["MaHoSo"]
        if body["isUpdating"] == "True":
            if code not in self.held:
                return recorded("absent")
            self.updated[code] += 1
        elif code in self.held and self.guards:
            return recorded("exists")
        else:
            self.added[code] += 1
        self.held[code] = dossier
        return recorded("taken")

    def _look_up(self, code: str) -> Any:
        if code not in self.held:
            return recorded("found_none")
        held = self.held[code]
        found = {name: held[name] for name in ("MaHoSo", "MaTTHC", "ChuHoSo", "NgayTiepNhan")}
        found["TrangThai"] = self.statuses.get(code, held["TrangThaiHoSo"])
        if self.tells_progress:
            found["TienDo"] = self.progress.get(code, [])
        return {**recorded("found_none"), "data": [found]}


@contextmanager
def running_national(national: National | None = None) -> Iterator[National]:
    """Serves on a loopback port until the block ends."""
    here = national or National()

    class Handler(_Handler):
        pass

    Handler.national = here
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    here.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    national: National

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.national.lock:
            self._serve(body)

    def _serve(self, body: dict[str, Any]) -> None:
        national = self.national
        if self.path == "/login":
            national.logins += 1
            if body["password"] != national.password:
                self._say(200, recorded("login_refused"))
                return
            said = recorded("login")
            self._say(200, {**said, "session": said["session"].replace("{n}", str(national.logins))})
            return
        fault = national.faults.popleft() if national.faults else ""
        code = body.get("mahoso") or body["data"][0]["MaHoSo"]
        national.asked.append((body["service"] + (" " + body["isUpdating"] if "isUpdating" in body else ""), code))
        national.bodies.append(body)
        if fault == "session" or body["session"] != f"phien-mau-{national.logins}":
            national.logins += fault == "session"  # the session that was given is no more
            self._say(200, recorded("session_over"))
        elif fault == "refuse":
            self._say(200, recorded("refused"))
        elif fault == "busy":
            self._say(429, {}, {"Retry-After": "7"})
        elif fault == "redirect":
            self._say(302, {}, {"Location": "https://khac.mau.example/"})
        elif fault == "500_before":
            self._say(500, {})
        elif fault == "lost_before":
            self.close_connection = True
        else:
            self._take_and_say(fault, national.answer(body))

    def _take_and_say(self, fault: str, said: Any) -> None:
        if fault == "500_after":
            self._say(500, {})
        elif fault == "unreadable_after":
            self._say(200, None, raw=b"<html>Service Unavailable</html>")
        elif fault == "lost_after":
            self.close_connection = True
        else:
            self._say(200, said)

    def _say(
        self, status: int, body: Any, headers: dict[str, str] | None = None, raw: bytes | None = None,
    ) -> None:
        content = json.dumps(body, ensure_ascii=False).encode() if raw is None else raw
        self.send_response(status)
        for name, value in {**(headers or {}), "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Tests say what they want to know."""
