"""What a line is, and the truest emulation of it that this machine allows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Link:
    bits_per_second: float
    round_trip: float                  # seconds
    loss: float = 0.0                  # share of packets, each way
    control: str = ""                  # how TCP behaves whatever the program asks for; "": as on most systems

    def floor(self, up: int, round_trips: int = 1) -> float:
        """Seconds in which so many bytes go out when nothing is around them and nothing gets lost."""
        return up * 8 / self.bits_per_second + round_trips * self.round_trip

    def __str__(self) -> str:
        rate = self.bits_per_second
        speed = f"{rate / 1e6:g} Mbit/s" if rate >= 1e6 else f"{rate / 1e3:g} kbit/s"
        lossy = f", {self.loss:.0%} lost" if self.loss else ""
        return f"{speed}, {self.round_trip * 1000:.0f} ms{lossy}"


OFFICE = Link(1_000_000, 0.2, 0.02)
THIN = Link(64_000, 0.2, 0.02)


class Line(Protocol):
    """`carried`: bytes above TCP each way; `wire`: below it, with headers and repetitions."""

    @property
    def url(self) -> str: ...
    @property
    def carried(self) -> dict[str, int]: ...
    @property
    def wire(self) -> dict[str, int]: ...


@contextmanager
def emulated(
    target: tuple[str, int], link: Link, *, by_relay: bool = False, seed: int = 12,
) -> Iterator[tuple[str, Line]]:
    """The line while the block runs (`seed` chooses what gets lost), and how it is made: "packets" (the kernel's
    TCP over a device that loses them) where we may make a device, else "relay" (a lost piece comes late, TCP's own
    caution is left out)."""
    from tests.benchmarks.slow_line import slow_line
    from tests.benchmarks.tun_line import NoDevice, tun_line
    if not by_relay:
        try:
            made = tun_line(target, link, seed)
            line = made.__enter__()
        except NoDevice:
            pass
        else:
            try:
                yield "packets", line
            finally:
                made.__exit__(None, None, None)
            return
    with slow_line(target, bits_per_second=link.bits_per_second, round_trip=link.round_trip,
                   loss=link.loss) as relayed:
        yield "relay", relayed
