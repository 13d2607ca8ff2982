"""`python -m tests.benchmarks.feeder_scanner`: a feeder full of real-looking pages, in a process of its own as in
life. Prints its address, then feeds until its input ends."""

from __future__ import annotations

import argparse
import io
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image

from tests.escl_scanner import escl_scanner
from tests.imaging_pages import pile

DPI = 300
_MOST_DRAWN = 6


def drawn_pages(count: int) -> list[bytes]:
    """Mixed pages of A4, 300 dpi, colour, as a scanner compresses them. Drawn at half the dpi, in a quarter of the
    time, and enlarged: what is measured does not read them."""
    pages = []
    for sheet in pile(count, seed=14, dpi=DPI // 2):
        written = io.BytesIO()
        large = sheet.resize((sheet.width * 2, sheet.height * 2), Image.Resampling.BICUBIC)
        large.save(written, "JPEG", quality=85, dpi=(DPI, DPI))
        pages.append(written.getvalue())
    return pages


def told_apart(page: bytes, number: int) -> bytes:
    """The same picture as another file: equal contents are stored once, and a pile has none."""
    return page[:2] + b"\xff\xfe" + struct.pack(">HI", 6, number) + page[2:]


@contextmanager
def feeder_scanner(sheets: int, pages_per_minute: float) -> Iterator[tuple[str, int]]:
    """The source id of a feeder that draws `pages_per_minute` through, and its process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.feeder_scanner", str(sheets), str(pages_per_minute)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        yield process.stdout.readline().strip(), process.pid
    finally:
        process.stdin.close()
        process.wait(timeout=20)
        process.stdout.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sheets", type=int)
    parser.add_argument("pages_per_minute", type=float)
    said = parser.parse_args()
    pages = drawn_pages(min(said.sheets, _MOST_DRAWN))
    with escl_scanner(
        sheets=said.sheets, pages_per_minute=said.pages_per_minute,
        draw=lambda number, dpi, is_colour: told_apart(pages[number % len(pages)], number),
    ) as scanner:
        print(scanner.source, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
