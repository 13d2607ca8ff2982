"""A folder that something else puts scans into: a vendor's tool, a copier, a phone's transfer. Always works.

A file is taken when it has looked the same for some looks and is whole by its own form; it is moved to a subfolder
only after the page is stored, and never deleted. Between the two a power cut can come: such a file is offered
again at the next start, because a page twice is seen and a page lost is not.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.devices.scanning.complete import is_complete, mime_of
from app.devices.scanning.port import Emit, Notice, ScanTrouble, Source, SourceKind, trouble_error
from app.domain.scanning import ScanSettings
from app.errors import EnvironmentFault, KnownError, Refusal
from app.framing import MAX_CONTENT

TAKEN = "da-nhan"
"""Name of the subfolder ("đã nhận", received), without marks for the sake of old network drives."""
BETWEEN_LOOKS = 1.0                        # seconds
LOOKS_SETTLED = 2                          # looks with nothing changed, after the first
LOOKS_PATIENT = 90                         # looks after which a file that is not whole is told
_TEMPORARY_ENDS = (
    ".tmp", ".part", ".partial", ".crdownload", ".download", ".filepart", ".!ut", ".lock", ".swp", ".ini", ".db")
_TEMPORARY_STARTS = (".", "~", "$")


@dataclass
class _Seen:
    """A file that waits: as it was at the last look."""

    stamp: tuple[int, int, int]            # size, mtime in ns, inode
    same: int = 0                          # looks without a change
    looks: int = 0
    told: str = ""                         # the code the clerk was told


class FolderPageSource:
    """`port.PageSource` over a folder; it goes on until it is cancelled."""

    def __init__(self, notice: Callable[[Notice], None], *, pause: Callable[[float], None] = time.sleep) -> None:
        self._notice, self._pause = notice, pause
        self._waiting: dict[str, _Seen] = {}
        self._done: dict[str, tuple[int, int, int]] = {}       # stored, but could not be moved away
        self._is_gone = False

    def list_sources(self) -> tuple[Source, ...]:
        """None: a watched folder is chosen by a person, see `folder_source`."""
        return ()

    def scan(self, source_id: str, settings: ScanSettings, emit: Emit, progress: Callable[[], None]) -> None:
        """Take every file that settles in the folder, oldest first, each once. What is told meanwhile: `look`.

        Raises `NOT_FOUND` when the folder is not there at the start; later it is waited for. `settings.most_pages`
        counts files; how a picture looks was settled where it was made.
        """
        folder = Path(source_id.removeprefix(f"{SourceKind.FOLDER.value}:"))
        if not folder.is_dir():
            raise trouble_error(ScanTrouble.NOT_FOUND)
        taken = 0
        while True:
            progress()
            for name in self.look(folder):
                if self._take(folder, name, emit):
                    taken += 1
                    if taken == settings.most_pages:
                        return
            self._pause(BETWEEN_LOOKS)

    def look(self, folder: Path) -> list[str]:
        """One look: the names that have settled, oldest first.

        Tells, once for each file: `watched_file_unsettled` when it is still growing or half after `LOOKS_PATIENT`
        looks, `watched_file_unreadable`, `watched_file_too_large`, `watched_file_unknown`; and once for each time
        it happens `watched_folder_gone`, `watched_folder_back`.
        """
        try:
            stamps = _stamps(folder)
        except OSError:
            self._tell_folder(is_gone=True)
            return []
        self._tell_folder(is_gone=False)
        for kept in (self._waiting, self._done):
            for name in kept.keys() - stamps.keys():
                del kept[name]             # taken away, or renamed: the same name later is another file
        for name, stamp in stamps.items():
            if self._done.get(name) == stamp:
                continue
            self._done.pop(name, None)
            seen = self._waiting.get(name)
            if seen is None:
                self._waiting[name] = _Seen(stamp)
                continue
            seen.looks += 1
            seen.same = seen.same + 1 if seen.stamp == stamp else 0
            if seen.stamp != stamp and seen.told not in ("", "watched_file_unsettled"):
                seen.told = ""             # another content: it may be told anew
            seen.stamp = stamp
            if seen.same < LOOKS_SETTLED and seen.looks >= LOOKS_PATIENT:
                self._tell(name, Refusal("watched_file_unsettled"))
        settled = [name for name, seen in self._waiting.items() if seen.same >= LOOKS_SETTLED and stamps[name][0]]
        return sorted(settled, key=lambda name: (stamps[name][1], name))

    def _take(self, folder: Path, name: str, emit: Emit) -> bool:
        seen, path = self._waiting[name], folder / name
        try:
            if seen.stamp[0] > MAX_CONTENT:
                return self._tell(name, Refusal("watched_file_too_large", most=MAX_CONTENT))
            content = path.read_bytes()
            if _stamp(path.stat()) != seen.stamp:
                return False               # it changed while it was read
        except FileNotFoundError:
            return False
        except PermissionError:
            return self._tell(name, EnvironmentFault("watched_file_unreadable"))
        except OSError:                    # a network drive that drops: the next look tells
            return False
        mime = mime_of(content[:1024])
        if not mime:
            return self._tell(name, Refusal("watched_file_unknown"))
        if len(content) != seen.stamp[0] or not is_complete(content, mime):
            if seen.looks >= LOOKS_PATIENT:
                self._tell(name, Refusal("watched_file_unsettled"))
            return False
        emit(content, mime)                # returns when it is stored: the acknowledgement
        del self._waiting[name]
        self._put_away(path, seen.stamp)
        return True

    def _put_away(self, path: Path, stamp: tuple[int, int, int]) -> None:
        try:
            if _stamp(path.stat()) != stamp:
                return                     # somebody has put another file there meanwhile: it is new
            place = path.parent / TAKEN
            place.mkdir(exist_ok=True)
            path.rename(_free_name(place, path))
        except FileNotFoundError:
            return
        except OSError as error:
            self._done[path.name] = stamp  # never twice in this run
            reason = errno.errorcode.get(error.errno or 0, "")
            self._notice(Notice(EnvironmentFault("watched_file_not_moved", reason=reason), path.name))

    def _tell(self, name: str, error: KnownError) -> bool:
        seen = self._waiting[name]
        if seen.told != error.code:
            seen.told = error.code
            self._notice(Notice(error, name))
        return False

    def _tell_folder(self, *, is_gone: bool) -> None:
        if is_gone != self._is_gone:
            self._is_gone = is_gone
            self._notice(Notice(EnvironmentFault("watched_folder_gone" if is_gone else "watched_folder_back")))


def folder_source(path: Path) -> Source:
    """The source that watches `path`; it need not exist yet."""
    return Source(f"{SourceKind.FOLDER.value}:{path}", path.name or str(path), SourceKind.FOLDER)


def _stamps(folder: Path) -> dict[str, tuple[int, int, int]]:
    found = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            if _is_temporary(entry.name):
                continue
            try:
                if entry.is_file(follow_symlinks=False):
                    found[entry.name] = _stamp(Path(entry.path).lstat())
            except FileNotFoundError:      # gone between two glances
                continue
    return found


def _stamp(stat: os.stat_result) -> tuple[int, int, int]:
    return stat.st_size, stat.st_mtime_ns, stat.st_ino


def _is_temporary(name: str) -> bool:
    return name.startswith(_TEMPORARY_STARTS) or name.lower().endswith(_TEMPORARY_ENDS)


def _free_name(place: Path, path: Path) -> Path:
    wanted, number = place / path.name, 2
    while wanted.exists():
        wanted = place / f"{path.stem} ({number}){path.suffix}"
        number += 1
    return wanted
