"""How much goes at once: measured from what went before, so that a thin line is neither idle nor choked.

A request costs a wait (`latency`) and its bytes at the line's `rate`. On a good line a whole day's dossiers go in
one request; on 64 kbit/s one takes seconds, not minutes; after a break the next is half as much. Pure: the driver
measures, remembers `as_stored` between contacts, and sends what this says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sync.contract.files import LARGEST_CHUNK
from sync.contract.limits import KB, MB

MOST_OPERATIONS = 1_000
"""Beyond it a request saves nothing: the wait is spread over a thousand already (performance.md, lesson 7)."""

FIRST_OPERATIONS = 400
"""To a province of which nothing is known yet: enough to measure by."""

BATCH_SECONDS = 8.0
"""Of line time in one push. What is lost when it breaks, and far below every proxy's patience."""

PACKED = 4.0
"""Operations pack to one part in so many, until it was measured: 15 was seen, long free text packs worst."""

BEST_PACKED = 16.0
FIRST_BYTES = 1 * MB
MOST_BYTES = 4 * MB                    # of operation lines, unpacked; half of what the gateway takes packed
LEAST_BYTES = 16 * KB

FLIGHT = 3
"""Batches on their way at once. At 1 Mbit/s, 200 ms and 2 % loss one connection takes 1.3 to 2.6 of the time that
the bytes need, two 1.2 to 1.7, three 1.2 to 1.3, four no less."""

FAR = 0.05                             # seconds: a nearer province answers before a second batch is worth it
LONG_WAIT = 0.4                        # a longer one was a lost packet or a busy province, not the way there
WORTH_WAITS = 2.0                      # of line time in each batch of a flight

LEAST_CHUNK = 16 * KB                  # with smaller ones the headers cost more than 6 % of the line
LIGHT_CHUNK = 32 * KB                  # with these 3 %
FIRST_CHUNK = 32 * KB
CHUNK_SECONDS = 2.0
"""Of line time in one chunk of a document: what a cut costs at most, ten waits of a slow line."""

LIGHT_CHUNK_SECONDS = 9.0
"""A line on which those would be small spends so long on one, rather than a fifteenth of itself on headers."""

THIN = 16 * KB
"""Bytes a second: below it two connections fill the line; more would only share out the same wait."""

LINES = 8
"""Connections that fill a line of 1 Mbit/s on which TCP takes each of 2 % lost packets for a jam: 4 fill 0.69 of
it, 6 fill 0.82, 8 fill 0.89, 12 fill 0.91."""

FIRST_LINES = 4                        # with first chunks on each, 64 kbit/s is busy for a quarter of a minute

TELLING = 4 * KB                       # a smaller request measures the wait, a larger one the line
MOST_BREAKS = 10                       # from a thousand operations down to one
FASTEST = 16.0 * MB
SLOWEST = 128.0
SHORTEST = 1e-3
MUCH_SLOWER = 4.0                      # than what was believed: it is another line, or a jam that will pass
GROWN = 0.75                           # how much of a longer wait is believed at once


@dataclass(frozen=True, slots=True)
class Pace:
    """What is known of the line. `rate` in bytes a second, `latency` in seconds, None: not measured yet;
    `breaks` in a row, while something was on its way, that no success has made up for. `packed`: how many bytes of
    operations go into one of the line."""

    rate: float | None = None
    latency: float | None = None
    breaks: int = 0
    packed: float = PACKED

    def after(self, sent: int, seconds: float, plain: int = 0) -> Pace:
        """A push or chunk of so many bytes, as they went over the line, was answered in so many seconds; `plain`:
        what they were before they were packed, where they were."""
        healed = replace(self, breaks=max(0, self.breaks - 1))
        if plain and sent >= TELLING:
            now = min(BEST_PACKED, max(1.0, plain / sent))
            healed = replace(healed, packed=(self.packed + now) / 2 if now > self.packed else now)
        if sent < TELLING:
            return healed.waited(seconds)
        spent = max(seconds, SHORTEST)
        # A lucky wait must not make the line look endless.
        on_line = spent if self.latency is None else max(spent - self.latency, spent / 4)
        seen = min(FASTEST, max(SLOWEST, sent / on_line))
        # What was measured on another line, such as the modem that stands in for it, is forgotten at once.
        is_other = self.rate is None or seen * MUCH_SLOWER < self.rate
        return replace(healed, rate=seen if self.rate is None or is_other else (self.rate + seen) / 2)

    def waited(self, seconds: float) -> Pace:
        """A request with next to nothing in it, such as the hello, was answered in so many seconds.

        A shorter wait is believed at once, a longer one for the most part: a line that was changed for one
        far away would otherwise look thin for many contacts, its waits counted as time on the line.
        """
        spent = max(seconds, SHORTEST)
        known = spent if self.latency is None else self.latency
        return replace(self, latency=min(spent, known + (spent - known) * GROWN))

    def broke(self) -> Pace:
        """The line went while something was on its way: half as much next time."""
        return replace(self, breaks=min(MOST_BREAKS, self.breaks + 1))

    def shared(self, lines: int) -> Pace:
        """What one of so many connections at once will find."""
        return replace(self, rate=None if self.rate is None else max(SLOWEST, self.rate / max(1, lines)))

    @property
    def batch_operations(self) -> int:
        most = FIRST_OPERATIONS if self.rate is None else MOST_OPERATIONS
        return max(1, most >> self.breaks)

    @property
    def batch_bytes(self) -> int:
        """Of operation lines before compression; a single operation goes whatever its size."""
        wanted = FIRST_BYTES if self.rate is None else int(self.rate * BATCH_SECONDS * self.packed)
        return max(LEAST_BYTES, min(MOST_BYTES, wanted) >> self.breaks)

    @property
    def may_fly(self) -> bool:
        """Whether more than one batch at once is worth a thought."""
        return self.rate is not None and self.latency is not None and self.latency >= FAR and not self.breaks

    def flight(self, plain: int) -> int:
        """In how many batches so many bytes of operation lines had best go at once."""
        if self.rate is None or self.latency is None or not self.may_fly:
            return 1
        seconds = plain / self.packed / self.rate
        return max(1, min(FLIGHT, int(seconds / (min(self.latency, LONG_WAIT) * WORTH_WAITS))))

    @property
    def chunk_bytes(self) -> int:
        """Of a document; a power of two, so that a measured rate that wavers does not."""
        wanted = FIRST_CHUNK
        if self.rate is not None:
            wanted = max(int(self.rate * CHUNK_SECONDS), min(LIGHT_CHUNK, int(self.rate * LIGHT_CHUNK_SECONDS)))
        allowed = max(LEAST_CHUNK, min(LARGEST_CHUNK, wanted) >> self.breaks)
        return int(1 << (allowed.bit_length() - 1))

    @property
    def lines(self) -> int:
        """Connections that carry documents at once."""
        if self.rate is None:
            return FIRST_LINES
        return LINES if self.rate >= THIN else 2

    @property
    def as_stored(self) -> dict[str, float | int | None]:
        """For the book; `stored` reads it back."""
        return {"rate": self.rate, "latency": self.latency, "breaks": self.breaks, "packed": self.packed}

    @classmethod
    def stored(cls, held: Mapping[str, object] | None) -> Pace:
        """As a former contact left it; whatever cannot be read counts as not measured."""
        if held is None:
            return cls()
        breaks = held.get("breaks")
        is_count = isinstance(breaks, int) and not isinstance(breaks, bool)
        return cls(
            _number(held.get("rate"), SLOWEST, FASTEST), _number(held.get("latency"), SHORTEST, 3600.0),
            min(MOST_BREAKS, max(0, breaks)) if is_count and isinstance(breaks, int) else 0,
            _number(held.get("packed"), 1.0, BEST_PACKED) or PACKED,
        )


def _number(value: object, least: float, most: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        return None
    return float(value)
