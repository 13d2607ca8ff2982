"""A bad line in user space: a relay on loopback that lets so many bits a second through, so late.

Each direction has its own line, shared by all connections, and a short queue: a sender that is ahead has to wait,
as in front of a real modem. `loss` stands for what the kernel does on a lossy line: a lost piece takes its place
on the line twice and arrives a round trip later, and what was sent behind it on the same connection waits for it.
`carried` counts the bytes that connections put through each way, without such repetitions, `wire` with them.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.relay import relay

PIECE = 1460
QUEUE = 16                             # pieces under way in each direction


@dataclass
class SlowLine:
    bits_per_second: float
    round_trip: float                  # seconds
    target: tuple[str, int]
    port: int = 0
    loss: float = 0.0                  # share of pieces
    carried: dict[str, int] = field(default_factory=lambda: {"up": 0, "down": 0})
    wire: dict[str, int] = field(default_factory=lambda: {"up": 0, "down": 0})
    _noise: random.Random = field(default_factory=lambda: random.Random(12))
    _free_at: dict[str, float] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(*self.target)
        try:
            with suppress(asyncio.CancelledError):     # the line is cut; asyncio would complain aloud
                await asyncio.gather(self._carry("up", reader, back), self._carry("down", there, writer))
        finally:
            for end in (back, writer):
                end.close()
            await asyncio.gather(back.wait_closed(), writer.wait_closed(), return_exceptions=True)

    async def _carry(self, way: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(QUEUE)
        delivering = asyncio.create_task(_deliver(queue, writer))
        now = asyncio.get_running_loop().time
        with suppress(ConnectionError):
            while piece := await reader.read(PIECE):
                self.carried[way] += len(piece)
                is_lost = self._noise.random() < self.loss
                self.wire[way] += (1 + is_lost) * len(piece)
                taken = (1 + is_lost) * len(piece) * 8 / self.bits_per_second
                sent = self._free_at[way] = max(now(), self._free_at.get(way, 0.0)) + taken
                await asyncio.sleep(sent - now())
                await queue.put((sent + self.round_trip * (0.5 + is_lost), piece))
        await queue.put((now(), b""))
        await delivering


async def _deliver(queue: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
    now = asyncio.get_running_loop().time
    with suppress(ConnectionError):
        while True:
            due, piece = await queue.get()
            await asyncio.sleep(max(0.0, due - now()))
            if not piece:
                break
            writer.write(piece)
            await writer.drain()
    writer.close()


@contextmanager
def slow_line(
    target: tuple[str, int], *, bits_per_second: float, round_trip: float, loss: float = 0.0
) -> Iterator[SlowLine]:
    """The relay at `port` of 127.0.0.1 while the block runs."""
    line = SlowLine(bits_per_second, round_trip, target, loss=loss)
    with relay(line.serve, "slow-line") as line.port:
        yield line
