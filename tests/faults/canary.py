"""A stolen PC tells of no citizen: 200 dossiers, 20 kills, and then every byte that the program left is searched.

The real window works in an account of its own (`canary_machine`), receives citizens who all bear the same
invented words, scans, files, prints, exports, backs up, all at once (`canary_acts`), and is killed with everything
it started at a random instant; every fourth time it crashes, with core files allowed. After each kill all that
lies in the account and on the stick is searched (`canary_search`), before the next start could tidy anything up.
Every second window has no printer: its papers are files in the memory of the session, which goes with the power.
Two more windows are closed as a clerk does it, with papers in the tray, once in memory and once in the data
folder: then nothing may lie in either.

What the clerk saved on purpose is hers, where she saved it; but it is whole or not there.

    python -m tests.faults.canary [--dossiers 200] [--kills 20] [--seed 1] [--leaky]

`--leaky`: with a program that prints through temporary files; must not come out clean.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2

from tests.faults.canary_clerk import BROKEN
from tests.faults.canary_machine import Machine
from tests.faults.canary_search import Found, Search
from tests.faults.canary_words import WORDS

SHORTEST, LONGEST = 0.5, 30.0
"""Seconds to the kill, from the first dossier; every fifth life from the opened window."""
LONGEST_START = 120.0
MOST_LIVES = 60
MEMORY = "/dev/shm"


@dataclass(slots=True)
class Figures:
    kills: int = 0
    crashes: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    printed: int = 0
    searched: int = 0                  # files, each as often as it had changed
    bytes: int = 0
    streams: int = 0                   # packed ones that were opened
    hits: list[Found] = field(default_factory=list)
    in_memory: int = 0                 # papers that a kill left there
    to_close: int = 0
    closed: int = 0
    halves: list[str] = field(default_factory=list)        # of what the clerk saved
    saved: int = 0
    seconds: float = 0.0

    @property
    def dossiers(self) -> int:
        return self.acts["receive"] + self.acts["by keys"]

    @property
    def is_clean(self) -> bool:
        return not (self.hits or self.halves or self.broken) and self.closed == self.to_close

    @property
    def broken(self) -> list[str]:
        """Acts that were begun and failed: what they would have left behind was not searched."""
        return [act for act in self.acts if act.startswith(f"{BROKEN} ")]

    def __str__(self) -> str:
        acts = " · ".join(f"{name} {count}" for name, count in self.acts.most_common())
        hits = "\n".join(f"  {each.where}: {each.word}, {each.form}" for each in self.hits[:20])
        return (f"kills {self.kills}, of them crashes {self.crashes} · closed {self.closed} · dossiers "
                f"{self.dossiers} · papers printed {self.printed}, left in memory by a kill "
                f"{self.in_memory} · saved files {self.saved} · {self.seconds:.0f} s\n{acts}\n"
                f"searched {self.searched} files, {self.bytes / 1e6:.0f} MB, {self.streams} packed streams\n"
                f"hits {len(self.hits)} · halves {self.halves} · broken {self.broken}\n{hits}\n"
                f"{'clean' if self.is_clean else 'VIOLATED'}")


def run(
    dossiers: int, kills: int, seed: int, folder: Path, *, longest: float = LONGEST, is_leaky: bool = False,
    closings: int = 2, on_life: Callable[[Figures], object] = lambda figures: None,
) -> Figures:
    """Lives until both are reached, and then those that are closed."""
    with tempfile.TemporaryDirectory(prefix="qmc-canary-session-", dir=MEMORY) as session:
        machine = Machine(folder / "machine", Path(session))
        machine.make()
        return _lives(dossiers, kills, seed, machine, longest, closings, on_life, is_leaky=is_leaky)


def _lives(
    dossiers: int, kills: int, seed: int, machine: Machine, longest: float, closings: int,
    on_life: Callable[[Figures], object], *, is_leaky: bool,
) -> Figures:
    noise, figures, session = random.Random(seed), Figures(), machine.session
    assert session is not None
    search, known = Search(WORDS), _Known()
    started = time.perf_counter()
    while (figures.dossiers < dossiers or figures.kills < kills) and figures.kills < MOST_LIVES:
        is_crash = figures.kills % 4 == 3
        _one_life(machine, seed * 1000 + figures.kills, noise.uniform(SHORTEST, longest), figures,
                  signal.SIGSEGV if is_crash else signal.SIGKILL, is_leaky=is_leaky)
        figures.kills += 1
        figures.crashes += is_crash
        trays = set((session / "quay-mot-cua").glob("papers-*"))
        figures.in_memory += sum(len(list(tray.glob("*.pdf"))) for tray in trays)
        changed = known.changed((machine.account, machine.medium, session))
        figures.hits += search.each(file for file in changed if not trays & {*file.parents})
        on_life(figures)
    for number in range(closings):
        _one_life(machine, seed * 1000 + figures.kills + number, LONGEST_START, figures, signal.SIGKILL,
                  is_closed=True, has_session=not number % 2)
        figures.hits += search.each(_Known().changed((machine.account, machine.medium, session)))
    figures.to_close, figures.closed = closings, figures.acts["closed"]
    figures.seconds = time.perf_counter() - started
    figures.searched, figures.bytes, figures.streams = search.files, search.bytes, search.streams
    figures.printed = machine.printed
    figures.saved = len(list(machine.hers.iterdir()))
    figures.halves = [each.name for each in sorted(machine.hers.iterdir()) if not _is_whole(each)]
    return figures


def _one_life(
    machine: Machine, turn: int, life: float, figures: Figures, end: signal.Signals, *, is_leaky: bool = False,
    is_closed: bool = False, has_session: bool = True,
) -> None:
    def allow_core() -> None:
        _, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))

    words = [str(machine.root), str(turn), *(["leaky"] if is_leaky else []), *(["close"] if is_closed else [])]
    command = [sys.executable, "-m", "tests.faults.canary_life", *words]
    with machine.session_log.open("ab") as said, subprocess.Popen(
        command, env=machine.surroundings(has_session=has_session), cwd=machine.account / "cwd",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said, text=True, preexec_fn=allow_core,
        start_new_session=True,
    ) as window:
        assert window.stdout is not None
        with _ended_after(life, window, end) as begin:
            for line in window.stdout:
                if turn % 5 == 4 or line.strip() in ("receive", "by keys"):
                    begin()
                figures.acts[line.strip()] += 1
    _await_end_of_group(window.pid)


@contextmanager
def _ended_after(life: float, window: subprocess.Popen[str], end: signal.Signals) -> Iterator[Callable[[], None]]:
    timers = [threading.Timer(LONGEST_START, lambda: _end_group(window.pid, signal.SIGKILL))]
    timers[0].start()

    def begin() -> None:
        if len(timers) == 1:
            timers.append(threading.Timer(life, lambda: _end_group(window.pid, end)))
            timers[1].start()

    try:
        yield begin
    finally:
        for timer in timers:
            timer.cancel()
            timer.join()
        _end_group(window.pid, signal.SIGKILL)


def _end_group(group: int, end: signal.Signals) -> None:
    """The window as `end` says, and then what it started, at once."""
    try:
        os.kill(group, end)
        if end is signal.SIGKILL:
            os.killpg(group, end)
    except ProcessLookupError:
        return


def _await_end_of_group(group: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            os.killpg(group, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return
        time.sleep(0.01)


class _Known:
    """Files and folders that were searched as they are; of a folder, its name."""

    def __init__(self) -> None:
        self._seen: dict[Path, tuple[int, int, int]] = {}

    def changed(self, places: tuple[Path, ...]) -> Iterator[Path]:
        for place in places:
            for path in sorted(place.rglob("*")):
                stands = path.lstat()
                is_folder = stat.S_ISDIR(stands.st_mode)
                mark = (stands.st_ino, *((0, 0) if is_folder else (stands.st_size, stands.st_mtime_ns)))
                if self._seen.get(path) != mark:
                    self._seen[path] = mark
                    yield path


def _is_whole(file: Path) -> bool:
    try:
        match file.suffix:
            case ".pdf":
                with pypdfium2.PdfDocument(file) as document:
                    return len(document) > 0
            case ".xlsx" | ".zip":
                with zipfile.ZipFile(file) as package:
                    return package.testzip() is None
            case ".csv":
                return file.read_bytes().endswith(b"\n")
    except (pypdfium2.PdfiumError, zipfile.BadZipFile):
        return False
    return False                                   # a `.part`, or what nobody asked for


def _tell(figures: Figures) -> None:
    sys.stderr.write(f"{figures.kills} kills, {figures.dossiers} dossiers, {len(figures.hits)} hits\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dossiers", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--leaky", action="store_true")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qmc-canary-") as folder:
        found = run(said.dossiers, said.kills, said.seed, Path(folder), is_leaky=said.leaky, on_life=_tell)
    sys.stdout.write(f"{found}\n")
    is_whole = found.dossiers >= said.dossiers and found.kills >= said.kills
    return 0 if is_whole and found.is_clean != said.leaky else 1


if __name__ == "__main__":
    sys.exit(main())
