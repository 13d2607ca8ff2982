"""A gateway as a process of its own on a loopback port: for trials, demonstrations and tests.

Standard library only. It ends nothing but the process it started.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Protocol
from urllib.parse import urlsplit


class GatewayFailed(Exception):
    """The process or a command answered no; holds its answer."""


class Launched(Protocol):
    """What is asked of a process that was started."""

    @property
    def pid(self) -> int: ...

    @property
    def stdout(self) -> IO[str] | None: ...

    def terminate(self) -> None: ...

    def kill(self) -> None: ...

    def wait(self, timeout: float | None = None) -> object: ...


class GatewayProcess:
    """`python -m sync.gateway` on a data folder, started, stopped, killed and started again on the same port."""

    def __init__(
        self, data: Path, database_url: str | None = None, log: Path | None = None, *, is_held: bool = False,
    ) -> None:
        """`is_held`: it ends by itself when this process does, however that ends (also by SIGKILL)."""
        self.data = data
        self._is_held = is_held
        self._place = ["--data", str(data), *(["--database", database_url] if database_url else [])]
        self._log = log or data / "gateway.log"
        self.options: list[str] = []               # more of the command line, for its next start
        self._port = 0
        self._process: Launched | None = None
        self.url = ""

    def start(self) -> GatewayProcess:
        """Returns once it can be reached at `url`. Raises GatewayFailed."""
        self.data.mkdir(parents=True, exist_ok=True)
        with self._log.open("a") as log:
            self._process = self._launch([*self._place, "--port", str(self._port), *self.options], log)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        ready: dict[str, Any] = json.loads(line) if line else {"ok": False, "reason": "ended"}
        if not ready["ok"]:
            self.stop()
            raise GatewayFailed(ready)
        self.url = ready["url"]
        self._port = urlsplit(self.url).port or 0
        return self

    def _launch(self, arguments: Sequence[str], log: IO[str]) -> Launched:
        held = ["--end-with-input"] if self._is_held else []
        return subprocess.Popen(
            [sys.executable, "-m", "sync.gateway", *arguments, *held], stdout=subprocess.PIPE, stderr=log,
            stdin=subprocess.PIPE if self._is_held else subprocess.DEVNULL, text=True,
        )

    @property
    def pid(self) -> int:
        """Of the process that was started; 0 when none is."""
        return self._process.pid if self._process else 0

    def stop(self) -> None:
        """Ask it to end and wait until it did; requests under way are answered first."""
        self._end("terminate")

    def kill9(self) -> None:
        """End it at this instant, as a power cut would."""
        self._end("kill")

    def _end(self, how: str) -> None:
        if self._process is None:
            return
        getattr(self._process, how)()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdout, getattr(self._process, "stdin", None)):
            if pipe is not None:
                pipe.close()
        self._process = None

    def operate(self, command: str, *arguments: str) -> dict[str, Any]:
        """Run an operator's command and return its answer. Raises GatewayFailed when it refuses."""
        done = subprocess.run(
            [sys.executable, "-m", "sync.gateway", command, *arguments, *self._place],
            capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
        )
        try:
            answer: dict[str, Any] = json.loads(done.stdout)
        except ValueError as error:
            raise GatewayFailed({"exit": done.returncode, "said": done.stderr[-2000:]}) from error
        if not answer["ok"]:
            raise GatewayFailed(answer)
        return answer

    def add_office(self, content: dict[str, Any]) -> dict[str, Any]:
        path = self.data / f"office-{content['id']}.json"
        self.data.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return self.operate("add-office", str(path))

    def mint_code(self, office: str, counter: str) -> str:
        return str(self.operate("enrol-code", "--office", office, "--counter", counter)["code"])

    def post_status(self, code: str, status: str) -> int:
        return int(self.operate("post-status", code, status)["position"])

    def report(self) -> dict[str, Any]:
        return self.operate("report")

    def __enter__(self) -> GatewayProcess:
        return self.start()

    def __exit__(self, *_: Sequence[object]) -> None:
        self.stop()
