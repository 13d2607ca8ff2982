"""Every scanner SANE knows, through its own command `scanimage`, run as a child of this child.

`scanimage` rather than a binding: a driver that crashes takes its own process down, and nothing has to be compiled
against the system's libsane. A feeder's pages pass through a folder in memory (`memory_folder`), each unlinked as
soon as it is stored; a flatbed's one page comes through a pipe and touches nothing.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

from app.devices.scanning.faults import says_an_end, trouble_of
from app.devices.scanning.last_words import LastWords
from app.devices.scanning.memory_folder import memory_folder
from app.devices.scanning.port import Emit, ScanTrouble, Source, SourceKind, trouble_error
from app.devices.scanning.sane_options import Plan, feeds_of, has_colour, plan, read_options
from app.devices.scanning.sane_picture import encode_page, is_whole
from app.domain.scanning import Feed, ScanSettings

OPENING = 4.0
"""Seconds a device gets to say what it can do when all are listed."""
LETTING_GO = 5.0
"""Seconds `scanimage` gets to end the scan at the device, which lets the sheet out: after SIGTERM, or in silence
once it has said how the scan ended."""
_PREFIX = f"{SourceKind.SANE.value}:"
_PART_END = re.compile(rb"[\r\n]")
_MOST_WORDS = 1 << 20
_DEVICE_LINE = "%d|%v|%m|%t%n"


class SanePageSource:
    """`port.PageSource` over `scanimage`."""

    def __init__(self, program: str = "scanimage", memory: Sequence[Path] | None = None) -> None:
        """`memory`: places that live in memory; None asks the system."""
        self._program, self._memory = program, memory

    def list_sources(self) -> tuple[Source, ...]:
        """Every device of every backend. Each is opened to learn what it can feed; one that is in use or does not
        answer within `OPENING` seconds is listed without that."""
        output, said, code = self._ask("-f", _DEVICE_LINE)
        if code and (trouble := trouble_of(said.splitlines(), code)):
            raise trouble_error(trouble[0], detail=trouble[1])
        found = (_source_of(line) for line in output.splitlines() if line.count("|") >= 3)
        return tuple(self._with_feeds(source) for source in found)

    def _with_feeds(self, source: Source) -> Source:
        try:
            listing, _, code = self._ask("-d", source.id.removeprefix(_PREFIX), "-A", most_seconds=OPENING)
        except subprocess.TimeoutExpired:
            return source
        if code:
            return source
        options = read_options(listing)
        return replace(source, feeds=feeds_of(options), is_colour=has_colour(options))

    def scan(self, source_id: str, settings: ScanSettings, emit: Emit, progress: Callable[[], None]) -> None:
        device = source_id.removeprefix(_PREFIX)
        progress()
        listing, said, code = self._ask("-d", device, "-A")
        if code and (trouble := trouble_of(said.splitlines(), code)):
            raise trouble_error(trouble[0], detail=trouble[1])
        asked = plan(read_options(listing), settings)
        progress()
        if settings.feed is Feed.FLATBED:
            self._one_page(device, asked, emit, progress)
            return
        with memory_folder(self._memory) as folder:
            if folder is None:                 # never in clear on a disk; the flatbed needs no folder
                raise trouble_error(ScanTrouble.REFUSED, detail="no_memory_folder")
            self._batch(device, asked, folder, emit, progress)

    def _batch(self, device: str, asked: Plan, folder: Path, emit: Emit, progress: Callable[[], None]) -> None:
        """Its progress lines (-p) are the signs of life and the brake: while a page waits to be stored nobody
        reads them, the pipe of 64 KB fills, and `scanimage` cannot run ahead by more than some 150 MB."""
        count = (f"--batch-count={asked.count}",) if asked.count else ()
        command = (
            self._program, "-d", device, *asked.arguments, "--format=pnm", "-p",
            f"--batch={folder}/%d.pnm", "--batch-print", *count)
        pages, said = 0, deque[str](maxlen=50)
        with _running(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
            heard = LastWords(process, has_said_its_end=lambda: says_an_end(said), letting_go=LETTING_GO)
            for line in _lines(heard.pieces()):
                page = Path(line)
                if page.parent != folder:      # words, not a page
                    if line.startswith("Scanning page "):
                        said.clear()           # it goes on: what it said before was no end
                    if not line.startswith("Progress:"):
                        said.append(line)
                    progress()
                    continue
                _hand_over(page, asked.dpi, emit)
                pages += 1
            code = heard.code()
        for page in sorted(folder.glob("*.pnm"), key=lambda each: int(each.stem)):
            _hand_over(page, asked.dpi, emit)  # whole, but it was killed before it could say so
            pages += 1
        trouble = trouble_of(list(said), code)
        if trouble is not None and trouble[0] is ScanTrouble.NO_PAPER and pages:
            return                             # the feeder ran empty: that is how a batch ends
        if trouble is not None:
            raise trouble_error(trouble[0], detail=trouble[1])
        if not pages:
            raise trouble_error(ScanTrouble.NO_PAPER)

    def _one_page(self, device: str, asked: Plan, emit: Emit, progress: Callable[[], None]) -> None:
        command = (self._program, "-d", device, *asked.arguments, "--format=pnm")
        with tempfile.TemporaryFile() as words, _running(command, stdout=subprocess.PIPE, stderr=words) as process:
            picture = bytearray()
            heard = LastWords(
                process, has_said_its_end=lambda: is_whole(picture) or says_an_end(_said_so_far(words)),
                letting_go=LETTING_GO)
            for piece in heard.pieces():
                picture += piece
                progress()
            code = heard.code()
            trouble = trouble_of(_said_so_far(words), code)
        if trouble is not None:
            raise trouble_error(trouble[0], detail=trouble[1])
        emit(*encode_page(bytes(picture), asked.dpi))

    def _ask(self, *arguments: str, most_seconds: float | None = None) -> tuple[str, str, int]:
        """What it answers, what it says beside that, and its exit code. Raises TimeoutExpired after
        `most_seconds`; None waits as long as it says nothing of its end."""
        with _running((self._program, *arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            while True:
                try:
                    output, said = process.communicate(timeout=most_seconds or LETTING_GO)
                    return output.decode(errors="replace"), said.decode(errors="replace"), process.returncode
                except subprocess.TimeoutExpired as silent:
                    words = (silent.stderr or b"").decode(errors="replace")
                    if most_seconds is not None:
                        raise
                    if says_an_end(words.splitlines()):
                        process.kill()         # it hangs at its end: see `last_words`
                        return "", words, process.wait()


@contextlib.contextmanager
def _running(command: Sequence[str], *, stdout: int, stderr: object) -> Iterator[subprocess.Popen[bytes]]:
    """`command` as long as this block lasts; a block left early gives the device back before it goes on."""
    if shutil.which(command[0]) is None:
        raise trouble_error(ScanTrouble.NONE_INSTALLED, detail=command[0])
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr,  # type: ignore[call-overload]
        env=os.environ | {"LC_ALL": "C", "LANGUAGE": "C"})
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            try:                               # read on: it must not wait for us with its last words
                process.communicate(timeout=LETTING_GO)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()


def _hand_over(page: Path, dpi: int, emit: Emit) -> None:
    emit(*encode_page(page.read_bytes(), dpi))
    page.unlink()                              # only now: the other side has stored it


def _said_so_far(words: IO[bytes]) -> list[str]:
    """Read beside the writer, whose place in the file stays the end."""
    if sys.platform == "win32":                # SANE is not there: this module is only imported
        return []
    return os.pread(words.fileno(), _MOST_WORDS, 0).decode(errors="replace").splitlines()


def _lines(pieces: Iterable[bytes]) -> Iterator[str]:
    """What comes, line by line the moment each is whole; a progress line ends with a CR."""
    begun = b""
    for piece in pieces:
        *whole, begun = _PART_END.split(begun + piece)
        yield from (part.decode(errors="replace") for part in whole if part)
    if begun:
        yield begun.decode(errors="replace")


def _source_of(line: str) -> Source:
    device, vendor, model, _ = line.split("|", 3)
    name = " ".join(word for word in (vendor, model) if word and word.lower() != "noname") or device
    return Source(f"{_PREFIX}{device}", name, SourceKind.SANE)
