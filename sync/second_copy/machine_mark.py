"""On a medium: of which machine its copies are. A machine that finds its own mark and no book has lost the book.

So a disk that forgets everything at each restart (a "frozen" PC) is told from a new one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.errors import KnownError
from app.store.witness import machine_name
from sync.second_copy.disk import MediumDisk
from sync.second_copy.medium import devices_at, folder_for

_MARK = "machine.json"


@dataclass(frozen=True, slots=True)
class OwnCopy:
    """Copies of this very machine, found where its book is not."""

    place: Path
    device: str


def leave_machine_mark(place: Path, device: str, disk: MediumDisk, machine: str | None = None) -> None:
    """This machine keeps its copies here from now on. A medium that takes no mark is as good for all else."""
    name = _of(machine)
    mark = folder_for(place, device) / _MARK
    with suppress(OSError):
        if name:
            mark.unlink(missing_ok=True)           # of the machine that stood here before
            disk.write_new(mark, json.dumps({"machine": name}).encode())


def own_copies(places: Iterable[Path], disk: MediumDisk, machine: str | None = None) -> tuple[OwnCopy, ...]:
    """Where copies of this machine lie. What cannot be read is passed by: it is only looked at."""
    name = _of(machine)
    found = []
    for place in places if name else ():
        devices: tuple[str, ...] = ()
        with suppress(KnownError):
            devices = devices_at(place, disk)
        for device in devices:
            with suppress(OSError, ValueError, KeyError, TypeError):
                if json.loads(disk.read(folder_for(place, device) / _MARK))["machine"] == name:
                    found.append(OwnCopy(place, device))
    return tuple(found)


def _of(machine: str | None) -> str:
    name = machine_name() if machine is None else machine
    return hashlib.sha256(b"quay-mot-cua machine" + name.encode()).hexdigest()[:32] if name else ""
