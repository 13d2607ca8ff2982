"""Do bytes from the line, from a stick or from another release ever bring a reader down?

    python -m tests.faults.fuzz_sync [--count 20000] [--seed 1] [--only NAME]
    python -m tests.faults.guided_sync NAME [SECONDS]             with atheris, if that is installed

Each reader of `sync_readers` gets recorded samples that were damaged: bits, cuts, doubled and foreign pieces, odd
values, depths and lengths. It may say no with its own errors and must raise no other.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.faults.altered_messages import weird_within
from tests.faults.sync_readers import Target, targets

PIECES = (
    b"[" * 100_000, b'{"a":' * 50_000, b"9" * 5_000, b"1e999", b"NaN", b"-Infinity", b'"\\ud800"', b"\\u0000",
    b"\x00", b"\xff\xfe", b"\r\n", b"\x1f\x8b", b"QMCR1", b"QMCB1\n", b"null", b"true", b"[]", b"{}", b"=", b",",
)


@dataclass
class Figures:
    """What a run found."""

    read: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)

    def feed(self, name: str, target: Target, raw: bytes) -> None:
        try:
            target.read(raw)
            self.read[name] += 1
        except target.says_no:
            self.refused[name] += 1
        except Exception as error:                 # whatever it is: that is what is looked for
            what = f"{type(error).__name__}: {error!s:.200}"
            self.crashes.append(f"{name}: {what} of {len(raw)} bytes {raw[:300]!r}")


def damaged(sample: bytes, others: tuple[bytes, ...], noise: random.Random) -> bytes:
    """The sample with one to four things done to it."""
    raw = sample
    for _ in range(noise.randrange(1, 5)):
        raw = noise.choice(_WAYS)(raw, others, noise)
    return raw


def _flip(raw: bytes, _: tuple[bytes, ...], noise: random.Random) -> bytes:
    at = noise.randrange(len(raw) + 1)
    return raw[:at] + noise.randbytes(1) + raw[at + 1:]


def _cut(raw: bytes, _: tuple[bytes, ...], noise: random.Random) -> bytes:
    at = noise.randrange(len(raw) + 1)
    return raw[:at] + raw[at + noise.choice((1, 8, 64, len(raw))):]


def _splice(raw: bytes, others: tuple[bytes, ...], noise: random.Random) -> bytes:
    other = noise.choice(others)
    at, start = noise.randrange(len(raw) + 1), noise.randrange(len(other) + 1)
    return raw[:at] + other[start:start + noise.randrange(1, 200)] + raw[at:]


def _piece(raw: bytes, _: tuple[bytes, ...], noise: random.Random) -> bytes:
    at = noise.randrange(len(raw) + 1)
    return raw[:at] + noise.choice(PIECES) + raw[at + noise.randrange(3):]


def _value(raw: bytes, _: tuple[bytes, ...], noise: random.Random) -> bytes:
    try:
        return json.dumps(weird_within(json.loads(raw), noise), ensure_ascii=noise.random() < 0.5).encode(
            "utf-8", "surrogatepass")
    except (ValueError, RecursionError):
        return _flip(raw, (), noise)


_WAYS: tuple[Callable[[bytes, tuple[bytes, ...], random.Random], bytes], ...] = (
    _flip, _flip, _cut, _splice, _piece, _value, _value, _value,
)


def run(count: int, seed: int, only: str = "") -> Figures:
    """`count` damaged samples to each reader, and every sample whole."""
    figures = Figures()
    for name, target in targets().items():
        if only and name != only:
            continue
        noise = random.Random(f"{seed} {name}")
        for sample in (*target.samples, *PIECES, b""):
            figures.feed(name, target, sample)
        for _ in range(count):
            figures.feed(name, target, damaged(noise.choice(target.samples), target.samples, noise))
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    chosen = parser.parse_args()
    figures = run(chosen.count, chosen.seed, chosen.only)
    for name in targets():
        print(f"{figures.read[name]:8} read {figures.refused[name]:8} refused  {name}")
    print(f"{len(figures.crashes)} crashes")
    for crash in figures.crashes[:20]:
        print(crash)
    return 1 if figures.crashes else 0


if __name__ == "__main__":
    sys.exit(main())
