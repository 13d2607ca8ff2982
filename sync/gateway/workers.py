"""Several serving processes on one port: `--workers N`.

The parent binds the port, starts them, and starts each again that ends; it serves nothing itself. All they share
is that socket, the database and the folder. Quotas (`doors.Quota`) count in each process for itself, so N workers
let a counter in N times as often at most.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from sync.gateway.logs import say

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0


@dataclass
class Workers:
    """The processes and what they said when they began."""

    command: Sequence[str]
    bound: socket.socket
    count: int
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self) -> dict[str, object] | None:
        """Start all. Returns the refusal of the first one that cannot begin, or None when all were stopped."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stopping.set)
        begun = [await self._start() for _ in range(self.count)]
        refused = next((said for _, said in begun if not said["ok"]), None)
        if refused is None:
            _tell(begun[0][1])
        else:
            self._stopping.set()
        await asyncio.gather(*(self._keep(process) for process, _ in begun))
        return refused

    async def _start(self) -> tuple[asyncio.subprocess.Process, dict[str, object]]:
        process = await asyncio.create_subprocess_exec(
            *self.command, "--listen-on", str(self.bound.fileno()), pass_fds=(self.bound.fileno(),),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        line = await process.stdout.readline()
        return process, json.loads(line) if line else {"ok": False, "reason": "ended"}

    async def _keep(self, process: asyncio.subprocess.Process) -> None:
        """Start it again whenever it ends; more slowly while it cannot begin, as when the database is away."""
        pause = _FIRST_PAUSE
        while True:
            ended = asyncio.ensure_future(process.wait())
            stopping = asyncio.ensure_future(self._stopping.wait())
            await asyncio.wait((ended, stopping), return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            if self._stopping.is_set():
                if process.returncode is None:
                    process.terminate()
                await ended
                return
            say("worker_ended", pid=process.pid, code=process.returncode)
            process, said = await self._start()
            if said["ok"]:
                pause = _FIRST_PAUSE
                continue
            await self._pause(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return


def end_with_parent() -> None:
    """In a worker: when the parent is gone its end of our standard input closes, and nobody would ever stop us."""
    def watch() -> None:
        while os.read(0, 1):
            pass
        os._exit(1)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def inherited_socket(descriptor: int) -> socket.socket:
    """The socket that the parent has bound."""
    return socket.socket(fileno=descriptor)


def _tell(ready: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(ready, ensure_ascii=False) + "\n")
    sys.stdout.flush()
