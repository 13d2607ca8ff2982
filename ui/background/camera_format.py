"""Which of a camera's formats is for paper, and why a camera would not open. No camera is needed to know."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path

MOST_PIXELS = 24_000_000
LEAST_RATE = 4.0
"""Pictures a second below which a hand under the camera cannot be led by the screen."""

_BUSY = ("busy", "in use", "being used", "used by another", "0xc00d3704", "0xc00d3ea3")
_DENIED = ("permission", "denied", "not allowed", "0x80070005")


def best_format(formats: Sequence[tuple[int, int, float]]) -> int:
    """The place of the format for still paper: the most pixels that still move, else the most pixels.

    `formats` are (width, height, pictures a second), at least one. A4 at 200 dpi has 1654 × 2339.
    """
    def worth(place: int) -> tuple[bool, bool, int, float]:
        width, height, rate = formats[place]
        return width * height <= MOST_PIXELS, rate >= LEAST_RATE, width * height, rate

    return max(range(len(formats)), key=worth)


def why_not(device: str, words: str) -> str:
    """The code for a camera that failed, from what the system says: `words`, and on Linux the device itself."""
    said = words.casefold()
    if any(word in said for word in _BUSY):
        return "camera_busy"
    if any(word in said for word in _DENIED):
        return "camera_refused"
    if device.startswith("/dev/"):
        return _why_not_device(device)
    return "camera_refused"


def _why_not_device(device: str) -> str:
    if not Path(device).exists():
        return "camera_none"
    try:
        os.close(os.open(device, os.O_RDWR | os.O_NONBLOCK))
    except OSError as error:
        return "camera_busy" if error.errno == errno.EBUSY else "camera_refused"
    return "camera_busy"               # it opens, but does not stream: somebody else has its pictures
