"""A bad line that is one: the kernel's own TCP over a network device whose packets wait, are late and get lost.

Both ends are on this machine, so a packet would never leave it. Here it does: what is sent to the far address goes
into a TUN device, is let through at the line's rate behind a modem's queue, and comes back in half a round trip
later under the other pair of addresses. Those add up to the same sum, so that no checksum changes. `wire` counts
every packet that took its place on the line, with headers, repetitions and those that were lost.

Needs the right to make a network device (root, or `unshare -Urn`).
"""

from __future__ import annotations

import asyncio
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.benchmarks.link import Link
from tests.relay import relay

_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
_MTU = 1500
USUAL = "cubic"                        # of Linux and Windows as they come
QUEUE = 32                             # full packets that the modem holds for each direction


class NoDevice(Exception):
    """This machine does not let us make a network device."""


@dataclass
class TunLine:
    """`url`: the target seen through the line; `wire` and `carried` count bytes each way, below and above TCP."""

    link: Link
    target: tuple[str, int]
    url: str = ""
    wire: dict[str, int] = field(default_factory=lambda: {"up": 0, "down": 0})
    carried: dict[str, int] = field(default_factory=lambda: {"up": 0, "down": 0})
    lost: int = 0
    _noise: random.Random = field(default_factory=lambda: random.Random(12))
    _free_at: dict[str, float] = field(default_factory=dict)
    _under_way: list[tuple[float, int, bytes]] = field(default_factory=list)
    _count: int = 0

    # The far end: TCP ends here and goes on to the target on loopback, which is no line at all.

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(*self.target)
        try:
            with suppress(asyncio.CancelledError):
                await asyncio.gather(self._copy("up", reader, back), self._copy("down", there, writer))
        finally:
            for end in (back, writer):
                end.close()
            await asyncio.gather(back.wait_closed(), writer.wait_closed(), return_exceptions=True)

    async def _copy(self, way: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while piece := await reader.read(65536):
                self.carried[way] += len(piece)
                writer.write(piece)
                await writer.drain()
        writer.close()

    # The line itself.

    def run(self, device: int, addresses: Addresses, ending: threading.Event) -> None:
        pair = {
            addresses.far: ("up", addresses.far_peer + addresses.inside),
            addresses.far_peer: ("down", addresses.far + addresses.near),
        }
        with suppress(OSError):                        # a line does not wait for a processor
            os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(10))
        while not ending.is_set():
            now = time.monotonic()
            while self._under_way and self._under_way[0][0] <= now:
                os.write(device, heapq.heappop(self._under_way)[2])
            wait = min(0.2, self._under_way[0][0] - now) if self._under_way else 0.2
            if not select.select([device], [], [], max(0.0, wait))[0]:
                continue
            packet = os.read(device, _MTU + 100)
            found = pair.get(packet[16:20]) if packet[0] >> 4 == 4 else None
            if found is not None:
                self._send(found[0], packet[:12] + found[1] + packet[20:])

    def _send(self, way: str, packet: bytes) -> None:
        now, rate = time.monotonic(), self.link.bits_per_second / 8
        free_at = max(now, self._free_at.get(way, 0.0))
        if (free_at - now) * rate > QUEUE * _MTU:
            return                                     # the modem's queue is full; TCP learns by it
        self.wire[way] += len(packet)
        self._free_at[way] = sent = free_at + len(packet) / rate
        if self._noise.random() < self.link.loss:
            self.lost += 1
            return
        self._count += 1
        heapq.heappush(self._under_way, (sent + self.link.round_trip / 2, self._count, packet))


@dataclass(frozen=True, slots=True)
class Addresses:
    """near → far as the client sees it, far_peer → inside as the far end does; 1 + 4 = 3 + 2."""

    near: bytes
    inside: bytes
    far_peer: bytes
    far: bytes

    @classmethod
    def of(cls, number: int) -> Addresses:
        near, inside, peer, far = (bytes((10, 209, number, last)) for last in (1, 2, 3, 4))
        return cls(near, inside, peer, far)


@contextmanager
def tun_line(target: tuple[str, int], link: Link, seed: int = 12) -> Iterator[TunLine]:
    """The line while the block runs; `seed` says which packets get lost. Raises NoDevice."""
    number = os.getpid() % 250
    addresses = Addresses.of(number)
    line = TunLine(link, target)
    line._noise.seed(seed)
    device = _device(f"qmcline{number}", number, link.control)
    ending = threading.Event()
    thread = threading.Thread(target=line.run, args=(device, addresses, ending), name="tun-line")
    try:
        thread.start()
        with relay(line.serve, "tun-line-end", f"10.209.{number}.2") as port:
            line.url = f"http://10.209.{number}.4:{port}"
            yield line
    finally:
        ending.set()
        thread.join()
        os.close(device)


def _device(name: str, number: int, control: str) -> int:
    try:
        device = os.open("/dev/net/tun", os.O_RDWR)
    except OSError as error:
        raise NoDevice(str(error)) from error
    try:
        fcntl.ioctl(device, _TUNSETIFF, struct.pack("16sH", name.encode(), _IFF_TUN | _IFF_NO_PI))
        for last in (1, 2):
            _ip("addr", "add", f"10.209.{number}.{last}/29", "dev", name)
        _ip("link", "set", name, "up", "mtu", str(_MTU))
        caution = ("lock", control) if control else (USUAL,)       # locked: the program cannot choose another
        _ip("route", "replace", f"10.209.{number}.0/29", "dev", name, "src", f"10.209.{number}.1",
            "congctl", *caution)
    except (OSError, subprocess.CalledProcessError) as error:
        os.close(device)
        raise NoDevice(str(error)) from error
    return device


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True, stdin=subprocess.DEVNULL)
