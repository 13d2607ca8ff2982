"""The folder on the medium: `quay-mot-cua-<device>` with a random id in `medium.json`, and append-only segments.

The id is what makes it this medium: another stick, or the empty folder where the stick should be mounted, is never
taken for it. Segments are called `<epoch>-<n>.qmc`, n counting up from 1; `keys` says under which public key each
epoch was signed, so that a book put back from before the epoch can still check it.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.errors import EnvironmentFault
from sync.second_copy.disk import MediumDisk, medium_fault

FORMAT = "quay-mot-cua-second-copy-1"
CARD, SPARE = "medium.json", "medium-2.json"
"""Twice the same: one damaged sector must not make the medium another one."""
SEGMENT_BYTES = 8 * 1024 * 1024
"""A segment that has grown so large is followed by the next; only the last one is read at a start."""
_SEGMENT = re.compile(r"(\d{1,9})-(\d{1,6})\.qmc")
_DEVICE = re.compile(r"[A-Za-z0-9._-]{1,80}")


@dataclass(frozen=True, slots=True)
class Medium:
    """An existing one; `id` tells it from every other."""

    folder: Path                                   # with the device's name in it
    id: str
    device: str


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    epoch: int
    number: int

    @property
    def name(self) -> str:
        return f"{self.epoch}-{self.number:06}.qmc"


def folder_for(place: Path, device: str) -> Path:
    """Where in the chosen place the copies of `device` lie. Raises ValueError for a name that no folder bears."""
    if not _DEVICE.fullmatch(device):
        raise ValueError("device")
    return place / f"quay-mot-cua-{device}"


def make_medium(place: Path, device: str, now: datetime, disk: MediumDisk, *, data: Path | None = None) -> Medium:
    """Make `place` a medium of `device`, or take the one that is there already.

    Raises EnvironmentFault second_copy_same_disk when it lies on the disk of `data`, second_copy_damaged for a
    folder whose `medium.json` is not one, and what the system says.
    """
    folder = folder_for(place, device)
    try:
        if data is not None and disk.is_same_disk(place, data):
            raise EnvironmentFault("second_copy_same_disk")
        if disk.is_folder(folder) and {CARD, SPARE} & set(disk.names(folder)):
            return find_medium(place, device, "", disk)
        disk.make_folder(folder)
        card = {
            "format": FORMAT, "medium": secrets.token_hex(16), "device": device,
            "made_at": now.isoformat(timespec="seconds"),
        }
        content = json.dumps(card).encode() + b"\n"
        disk.write_new(folder / SPARE, content)
        disk.write_new(folder / CARD, content)
    except OSError as error:
        raise medium_fault(error) from error
    return find_medium(place, device, str(card["medium"]), disk)


def find_medium(place: Path, device: str, expected: str, disk: MediumDisk) -> Medium:
    """The medium at `place`; `expected`: only the one with this id. Nothing is written.

    Raises EnvironmentFault second_copy_missing, second_copy_wrong_medium, second_copy_damaged.
    """
    folder = folder_for(place, device)
    fault: EnvironmentFault | None = None
    for name in (CARD, SPARE):
        try:
            found = _read_card(folder, disk.read(folder / name))
        except OSError as error:
            fault = fault or medium_fault(error)
            continue
        except EnvironmentFault as error:
            fault = fault or error
            continue
        if found.device == device and (not expected or found.id == expected):
            return found
        fault = EnvironmentFault("second_copy_wrong_medium")
    assert fault is not None
    raise fault


def _read_card(folder: Path, content: bytes) -> Medium:
    """Raises EnvironmentFault second_copy_damaged."""
    try:
        said = json.loads(content)
        if said["format"] != FORMAT:
            raise ValueError("format")
        return Medium(folder, str(said["medium"]), str(said["device"]))
    except (ValueError, KeyError, TypeError) as error:
        raise EnvironmentFault("second_copy_damaged", amount=1) from error


def devices_at(place: Path, disk: MediumDisk) -> tuple[str, ...]:
    """Whose copies lie in `place`, for a new PC that does not know its name yet."""
    try:
        names = disk.names(place)
        found = [name.removeprefix("quay-mot-cua-") for name in names if name.startswith("quay-mot-cua-")]
        return tuple(
            device for device in found if {CARD, SPARE} & set(disk.names(folder_for(place, device)))
        )
    except OSError as error:
        raise medium_fault(error) from error


def segments_of(medium: Medium, disk: MediumDisk) -> tuple[Segment, ...]:
    """In the order of their writing within an epoch. Raises OSError."""
    found = (_SEGMENT.fullmatch(name) for name in disk.names(medium.folder))
    return tuple(sorted(Segment(int(each[1]), int(each[2])) for each in found if each))


def size_of(medium: Medium, disk: MediumDisk) -> int:
    """Bytes of all segments. Raises OSError."""
    return sum(disk.size(medium.folder / segment.name) for segment in segments_of(medium, disk))
