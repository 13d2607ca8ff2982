"""What a real program asked of the disk, call by call, as strace saw it.

`record(command, log)` runs a program under strace; `read_log(log, root, known)` gives its calls on files below
`root` in order, with every byte. Lines that the program says go to the file `root/said`: they are no content, they
mark the moment from which something is promised.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SAID = "said"
CALLS = ("openat,lseek,write,pwrite64,writev,pwritev,pwritev2,ftruncate,truncate,fallocate,fsync,fdatasync,"
         "sync_file_range,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,mkdir,mkdirat,rmdir,sendfile,"
         "copy_file_range")

NEVER = frozenset({"symlink", "symlinkat", "rmdir", "truncate"})
"""Calls by name that the program makes nowhere; the model of the disk does not know them."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new, empty file."""

    path: str


@dataclass(frozen=True, slots=True)
class Written:
    path: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Copied:
    """`size` bytes of another file, from one place to the other."""

    path: str
    offset: int
    source: str
    source_offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Cut:
    """The file now has `size` bytes."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """A file's content, or the names in a folder."""

    path: str


@dataclass(frozen=True, slots=True)
class Renamed:
    path: str
    target: str


@dataclass(frozen=True, slots=True)
class Linked:
    """The file has a second name."""

    path: str
    target: str


@dataclass(frozen=True, slots=True)
class Removed:
    path: str


@dataclass(frozen=True, slots=True)
class FolderMade:
    path: str


@dataclass(frozen=True, slots=True)
class Said:
    """From here on this line is promised."""

    line: str


Call = Made | Written | Copied | Cut | Synced | Renamed | Linked | Removed | FolderMade | Said

_LINE = re.compile(rb"^\d+ +(\w+)\((.*)\) = (-?\d+)")
_TEXT = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"')
_AT = re.compile(rb"\[(\d+)\]")
_OPENED = re.compile(rb"(\d+)<((?:\\x[0-9a-f]{2})*)>")


class UnknownCallError(Exception):
    """The program did something to a file that the model of the disk does not know."""


def record(command: Sequence[str], log: Path) -> None:
    """Run `command` to its end. Raises CalledProcessError with what it said when it fails."""
    subprocess.run(
        ["strace", "-f", "--seccomp-bpf", "-qq", "-y", "-xx", "-s", "4000000", "-e", f"trace={CALLS}",
         "-e", "signal=none", "-o", str(log), *command],
        check=True, capture_output=True,
    )


def read_log(log: Path, root: Path, known: Iterable[str]) -> list[Call]:
    """The calls on files below `root`, paths relative to it; `known`: the files that were there before.

    SQLite's shared memory is no content of a disk. Raises UnknownCallError for what no model knows.
    """
    return list(_Reading(str(root), known).calls(log))


class _Reading:
    def __init__(self, root: str, known: Iterable[str]) -> None:
        self._root = root
        self._known = set(known)
        self._places: dict[tuple[str, str], int] = {}      # (path, descriptor) to where `write` goes on

    def calls(self, log: Path) -> Iterator[Call]:
        with log.open("rb") as lines:
            for line in lines:
                if b"<unfinished" in line or b"resumed>" in line:
                    raise UnknownCallError("two threads at once: " + line[:80].decode())
                found = _LINE.match(line)
                if found is None or int(found[3]) < 0:
                    continue
                yield from self._call(found[1].decode(), found[2], int(found[3]), line)

    def _call(self, name: str, words: bytes, result: int, line: bytes) -> Iterator[Call]:
        texts = [_plain(text) for text in _TEXT.findall(words)]
        if name == "openat":
            path = self._below(texts[0].decode())
            if path is not None:
                yield from self._opened(path, words, line)
            return
        if name in {"rename", "renameat", "renameat2", "link", "linkat"}:
            source, target = (self._below(text.decode()) for text in texts)
            if source is not None and target is not None:
                is_moved = name.startswith("rename")
                if is_moved:
                    self._known.discard(source)
                self._known.add(target)
                yield Renamed(source, target) if is_moved else Linked(source, target)
            return
        if name in {"unlink", "unlinkat", "mkdir", "mkdirat"}:
            path = self._below(texts[0].decode())
            if path is not None:
                self._known.discard(path)
                yield Removed(path) if name.startswith("unlink") else FolderMade(path)
            return
        if name in NEVER and any(self._below(text.decode()) is not None for text in texts):
            raise UnknownCallError(f"{name} of {texts}")
        opened = _OPENED.match(words)
        path = self._below(_plain(opened[2]).decode()) if opened else None
        if path is None or opened is None:
            return
        yield from self._on_file(name, path, opened[1].decode(), words, texts, result)

    def _on_file(
        self, name: str, path: str, descriptor: str, words: bytes, texts: list[bytes], result: int
    ) -> Iterator[Call]:
        if name in {"fsync", "fdatasync"}:
            yield Synced(path)
        elif name == "lseek":
            self._places[path, descriptor] = result
        elif name == "ftruncate":
            yield Cut(path, int(words.rsplit(b",", 1)[1]))
        elif name == "pwrite64":
            yield Written(path, int(words.rsplit(b",", 1)[1]), texts[0][:result])
        elif name == "write" and path == SAID:
            yield from (Said(each) for each in texts[0].decode().split("\n") if each)
        elif name == "write":
            at = self._places.get((path, descriptor), 0)
            self._places[path, descriptor] = at + result
            yield Written(path, at, texts[0][:result])
        elif name == "sendfile":
            source = _OPENED.findall(words)[1][1]
            at, before = self._places.get((path, descriptor), 0), _AT.search(words)
            self._places[path, descriptor] = at + result
            from_file = self._below(_plain(source).decode())
            if before is None or from_file is None:
                raise UnknownCallError(f"sendfile from outside to {path}")
            yield Copied(path, at, from_file, int(before[1]), result)
        else:
            raise UnknownCallError(f"{name} of {path}")

    def _opened(self, path: str, words: bytes, line: bytes) -> Iterator[Call]:
        descriptor = _OPENED.search(line, line.rindex(b"= "))
        assert descriptor is not None
        self._places[path, descriptor[1].decode()] = 0
        if path == SAID or b"O_CREAT" not in words:
            return
        if path not in self._known:
            self._known.add(path)
            yield Made(path)
        elif b"O_TRUNC" in words:
            yield Cut(path, 0)

    def _below(self, path: str) -> str | None:
        if not path.startswith(self._root) or path.endswith("-shm"):
            return None
        return path[len(self._root) :].lstrip("/") or "."


def _plain(text: bytes) -> bytes:
    return bytes.fromhex(text.replace(b"\\x", b"").decode())
