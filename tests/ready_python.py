"""Processes of the gateway that begin at once: a Python that has imported it all forks for each of them.

A start from nothing spends a second on imports alone, and the tests start and kill gateways by the dozen. What is
forked is a process like any other: of its own number, memory and files, `python -m sync.gateway` from its first
line on, to be killed at any instant. That it starts from nothing too is shown by the gateway's
test_process.py and by the journey of the main job.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO

MODULE = "sync.gateway"
_IMPORTED = ("sync.gateway.serve", "sync.gateway.workers", "asyncio", "uvicorn.loops.auto",
             "uvicorn.protocols.http.auto", "uvicorn.lifespan.on")
_LONGEST = 1 << 17


class Forked:
    """A started process, as far as `subprocess.Popen` is asked about one."""

    def __init__(self, pid: int, handle: int, stdout: IO[str]) -> None:
        self.pid, self.stdout = pid, stdout
        self._handle = handle

    def terminate(self) -> None:
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        self._send(signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> None:
        """Until it has ended. Raises subprocess.TimeoutExpired."""
        if self._handle < 0:
            return
        if not select.select([self._handle], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired(MODULE, timeout or 0)
        os.close(self._handle)
        self._handle = -1

    def _send(self, number: signal.Signals) -> None:
        if self._handle >= 0:
            try:
                signal.pidfd_send_signal(self._handle, number)
            except ProcessLookupError:
                return


def start(arguments: Sequence[str], errors: IO[str]) -> Forked:
    """`python -m sync.gateway` with `arguments`; its stderr goes to `errors`."""
    link = _ready()
    reads, writes = os.pipe()
    said = {"arguments": list(arguments), "folder": str(Path.cwd()), "surroundings": dict(os.environ)}
    with Path(os.devnull).open("rb") as nothing:
        socket.send_fds(link, [json.dumps(said).encode()], [nothing.fileno(), writes, errors.fileno()])
    os.close(writes)
    number, (handle,), _, _ = socket.recv_fds(link, 64, 1)
    return Forked(int(number), handle, os.fdopen(reads, encoding="utf-8"))


@cache
def _ready() -> socket.socket:
    """The line to the Python that forks; both end with this process."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with its:
        forking = subprocess.Popen(
            [sys.executable, "-m", __name__, str(its.fileno())], pass_fds=(its.fileno(),), start_new_session=True,
            stdin=subprocess.DEVNULL,
        )

    def end() -> None:
        ours.close()
        forking.wait()

    atexit.register(end)
    return ours


def _fork_for(link: socket.socket) -> None:
    """Serve the line until it is closed. Returns in each forked process too, ready to begin."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)              # whoever asked waits for them; none is left behind
    while True:
        message, given, _, _ = socket.recv_fds(link, _LONGEST, 3)
        if not message:
            sys.exit()
        pid = os.fork()
        if pid == 0:
            link.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _begin(json.loads(message), given)
            return
        handle = os.pidfd_open(pid)
        socket.send_fds(link, [str(pid).encode()], [handle])
        for each in (handle, *given):
            os.close(each)


def _begin(said: dict[str, object], given: Sequence[int]) -> None:
    for own, other in enumerate(given):
        os.dup2(other, own)
        os.close(other)
    surroundings, arguments = said["surroundings"], said["arguments"]
    assert isinstance(surroundings, dict)
    assert isinstance(arguments, list)
    os.environ.clear()
    os.environ.update(surroundings)
    os.chdir(str(said["folder"]))
    sys.argv = [MODULE, *arguments]


if __name__ == "__main__":
    for name in _IMPORTED:
        import_module(name)
    gc.freeze()                                    # a collection in a child would copy every page of it
    _fork_for(socket.socket(fileno=int(sys.argv[1])))
    runpy.run_module(MODULE, run_name="__main__", alter_sys=True)
