"""The folder on the stick: written whole or not at all, on the medium, and read back from there."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.errors import EnvironmentFault, Refusal
from app.store.durable import fsync_folder
from sync.contract.bundle import SUFFIX, BundleFault, BundleKind, BundleReader
from sync.second_copy.disk import medium_fault


def bundle_name(device: str, number: int, once: bytes) -> str:
    """`once`: random, for a book that was put back counts again from before; the bundle that lies on the stick may
    then be all that is left of what it lost, and is never written over."""
    return f"goi-{device}-{number:04}-{once.hex()}{SUFFIX}"


def acknowledgements_at(place: Path, device: str) -> tuple[Path, ...]:
    """Files in a folder that are acknowledgements of this counter, newest first by what they say of themselves.

    Raises EnvironmentFault bundle_place_….
    """
    found: list[tuple[str, Path]] = []
    with saying_faults():
        for file in sorted(place.iterdir()):
            if file.suffix == SUFFIX and file.is_file():
                made_at = _acknowledged_at(file, device)
                if made_at is not None:
                    found.append((made_at, file))
    return tuple(file for _, file in sorted(found, reverse=True))


def _acknowledged_at(file: Path, device: str) -> str | None:
    with file.open("rb") as handle:
        try:
            head = BundleReader(handle).head
        except BundleFault:
            return None
    return head.made_at if (head.kind, head.device) == (BundleKind.ACKNOWLEDGEMENT, device) else None


@contextmanager
def saying_faults() -> Iterator[None]:
    """What the system or the file says becomes a code: bundle_place_… (EnvironmentFault), bundle_… (Refusal)."""
    try:
        yield
    except OSError as error:
        raise _place_fault(error) from error
    except BundleFault as fault:
        raise _refusal(fault) from fault


def _place_fault(error: OSError) -> EnvironmentFault:
    match medium_fault(error).code:
        case "second_copy_missing":
            return EnvironmentFault("bundle_place_missing")
        case "second_copy_read_only":
            return EnvironmentFault("bundle_place_read_only")
        case "second_copy_full":
            return EnvironmentFault("bundle_place_full")
        case _:
            return EnvironmentFault("bundle_place_broken")


def _refusal(fault: BundleFault) -> Refusal:
    match fault.what:
        case BundleFault.NOT_ONE:
            return Refusal("bundle_not_one")
        case BundleFault.TORN:
            return Refusal("bundle_torn")
        case BundleFault.OTHER_READER:
            return Refusal("bundle_of_other")
        case _:
            return Refusal("bundle_damaged")


@contextmanager
def new_part(place: Path, name: str) -> Iterator[BinaryIO]:
    """A file to write, on the medium afterwards, that does not bear `name` yet (`give_name`). Raises OSError.

    Nothing half is ever taken for a bundle, wherever the stick is pulled out.
    """
    with _part(place, name).open("wb") as handle:
        yield handle
        handle.flush()
        os.fsync(handle.fileno())


@contextmanager
def read_back(place: Path, name: str) -> Iterator[BinaryIO]:
    """What was written, not from what the system still has in memory, where it can be told so. Raises OSError."""
    with _part(place, name).open("rb") as handle:
        if sys.platform == "linux":
            os.posix_fadvise(handle.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        yield handle


def give_name(place: Path, name: str) -> Path:
    """It was read back whole: now it is a bundle. Raises OSError."""
    file = place / name
    _part(place, name).replace(file)
    fsync_folder(place)
    return file


def _part(place: Path, name: str) -> Path:
    return place / f"{name}.part"


def forget_part(place: Path, name: str) -> None:
    """What a making that broke off left there, if it can still be reached."""
    try:
        _part(place, name).unlink(missing_ok=True)
    except OSError:                                # the stick is gone: a `.part` is taken for nothing
        return
