"""A disk as it is after the power went: what was synced is there, the rest is kept, lost or torn.

Stricter than most file systems: a name is safe only when its folder was synced, and unsynced sectors of 512 bytes
reach the disk in any order or not at all (ALICE, OSDI 2014).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from tests.faults.disk_log import (
    Call,
    Copied,
    Cut,
    FolderMade,
    Linked,
    Made,
    Removed,
    Renamed,
    Said,
    Synced,
    Written,
)

SECTOR = 512

Image = dict[str, bytes]
"""Files by their path. A folder without a file is not told."""


@dataclass(slots=True)
class _Content:
    """What of one file is on the disk, and what was written since and is not known to be."""

    safe: bytearray = field(default_factory=bytearray)
    now: bytearray = field(default_factory=bytearray)
    waiting: list[Written | Cut] = field(default_factory=list)

    def change(self, change: Written | Cut) -> None:
        _apply(self.now, change)
        self.waiting.append(change)

    def sync(self) -> None:
        if self.waiting:
            self.safe = bytearray(self.now)
            self.waiting.clear()


@dataclass(frozen=True, slots=True)
class _Name:
    """A change of names that is not known to be on the disk: `content` None takes the name away."""

    path: str
    content: _Content | None
    was: str = ""                          # where it stood before, when it was renamed


class Disk:
    """`take` each call in turn; `kept`, `lost`, `torn` and `mixed` give what a power cut leaves at this moment."""

    def __init__(self, before: Mapping[str, bytes]) -> None:
        self._safe = {path: _Content(bytearray(raw), bytearray(raw)) for path, raw in before.items()}
        self._now = dict(self._safe)
        self._waiting: list[_Name] = []
        self._last: Written | None = None
        self._safe_folders: set[str] = {str(above) for path in before for above in PurePosixPath(path).parents}
        self._new_folders: set[str] = set()
        self.said: list[str] = []

    def take(self, call: Call) -> None:
        self._last = None
        match call:
            case Said(line):
                self.said.append(line)
            case Made(path):
                self._name(_Name(path, _Content()))
            case Written(path):
                self._now[path].change(call)
                self._last = call
            case Copied(path, offset, source, start, size):
                self.take(Written(path, offset, bytes(self._now[source].now[start : start + size])))
            case Cut(path):
                self._now[path].change(call)
            case Renamed(path, target):
                self._name(_Name(target, self._now[path], path))
            case Linked(path, target):
                self._name(_Name(target, self._now[path]))
            case Removed(path):
                self._name(_Name(path, None))
            case FolderMade(path):
                self._new_folders.add(path)
            case Synced(path) if path in self._now:
                self._now[path].sync()
            case Synced(path):
                self._sync_names(path)

    def kept(self) -> Image:
        """Everything reached the disk: the same as when only the program died."""
        return {path: bytes(content.now) for path, content in self._now.items()}

    def lost(self) -> Image:
        """Nothing that was not synced reached the disk."""
        reachable = self._reachable(self._safe_folders)
        return {path: bytes(content.safe) for path, content in self._safe.items() if reachable(path)}

    def torn(self, noise: random.Random) -> Image:
        """Everything but the last write, of which some sectors are there."""
        found = self.kept()
        if self._last is not None:
            path, content = self._last.path, self._now[self._last.path]
            found[path] = _some(content.safe, content.waiting, lambda at: at or noise.random() < 0.5)
        return found

    def mixed(self, noise: random.Random) -> Image:
        """Any of the waiting sectors and names are there, the others not."""
        share = noise.choice((0.1, 0.5, 0.9))
        has_sizes = noise.random() < 0.25              # the new length is there, whatever the sectors
        names = dict(self._safe)
        for name in self._waiting:
            if noise.random() < share:
                _rename(names, name)
        folders = self._safe_folders | {each for each in sorted(self._new_folders) if noise.random() < share}
        reachable = self._reachable(folders)
        found = {}
        for path, content in names.items():
            if reachable(path):
                raw = _some(content.safe, content.waiting, lambda _: noise.random() < share)
                found[path] = raw.ljust(len(content.now), b"\0") if has_sizes else raw
        return found

    def _name(self, name: _Name) -> None:
        _rename(self._now, name)
        self._waiting.append(name)

    def _sync_names(self, folder: str) -> None:
        rest = []
        for name in self._waiting:
            if _folder(name.path) == folder:
                _rename(self._safe, name)
            else:
                rest.append(name)
        self._waiting = rest
        made = {each for each in self._new_folders if _folder(each) == folder}
        self._new_folders -= made
        self._safe_folders |= made

    def _reachable(self, folders: set[str]) -> Callable[[str], bool]:
        there = folders | {"."}
        return lambda path: all(str(above) in there for above in PurePosixPath(path).parents)


def write_image(image: Image, folder: Path) -> None:
    """The files of an image, below an empty `folder`."""
    for path, content in image.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def read_folder(folder: Path) -> Image:
    """Every file below `folder`, as it is now."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*")) if file.is_file() and not file.name.endswith("-shm")
    }


def _folder(path: str) -> str:
    return str(PurePosixPath(path).parent)


def _rename(names: dict[str, _Content], name: _Name) -> None:
    if name.was:
        names.pop(name.was, None)
    if name.content is None:
        names.pop(name.path, None)
    else:
        names[name.path] = name.content


def _apply(content: bytearray, change: Written | Cut) -> None:
    if isinstance(change, Cut):
        del content[change.size :]
        content.extend(b"\0" * (change.size - len(content)))
        return
    content.extend(b"\0" * (change.offset - len(content)))
    content[change.offset : change.offset + len(change.data)] = change.data


def _some(safe: bytearray, waiting: list[Written | Cut], is_there: Callable[[bool], bool]) -> bytes:
    """`safe` with some sectors of what waits; `is_there` is asked of each, with whether an earlier one."""
    content = bytearray(safe)
    for place, change in enumerate(waiting):
        is_earlier = place < len(waiting) - 1
        if isinstance(change, Cut):
            if is_there(is_earlier):
                _apply(content, change)
            continue
        for offset, data in _sectors(change):
            if is_there(is_earlier):
                _apply(content, Written(change.path, offset, data))
    return bytes(content)


def _sectors(change: Written) -> Iterator[tuple[int, bytes]]:
    at, end = change.offset, change.offset + len(change.data)
    while at < end:
        following = min((at // SECTOR + 1) * SECTOR, end)
        yield at, change.data[at - change.offset : following - change.offset]
        at = following
