"""A desk with SANE's own test devices, and a `scanimage` in front of the real one that adds a fault of the day.

Every page, word and exit code is the real program's: the one in front only chooses which options and pictures it
gets, because the test backends have no feeder of 30 pages and no jam after the fourth.
"""

from __future__ import annotations

import os
import select
import shlex
import shutil
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

_REAL = shutil.which("scanimage") or "scanimage"
_FRONT = """#!/bin/sh
case " $* " in *" --format=pnm"*) ;; *) exec {real} "$@" ;; esac
{body}
"""
_ALWAYS = "#!/bin/sh\n{body}\n"
FIRST_WIDTH = 100
"""Page n of a numbered pile is FIRST_WIDTH + n pixels wide: its identity survives any encoding."""


class SaneDesk:
    """`environment` for the process that scans; the methods choose what the next scan meets."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "bin").mkdir(parents=True)
        (folder / "etc").mkdir()
        (folder / "etc" / "dll.conf").write_text("test\npnm\n")
        (folder / "etc" / "test.conf").write_text("number_of_devices 2\nmode Gray\nsource Flatbed\n")
        self.environment = {
            "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}",
            "SANE_CONFIG_DIR": str(folder / "etc"),
        }
        self.with_options()

    @property
    def program(self) -> str:
        return str(self._folder / "bin" / "scanimage")

    def with_options(self, *options: str) -> None:
        """The real program, with `options` of the test device added."""
        self._front(f'exec {_REAL} "$@" {" ".join(options)}')

    def feeder_refilled(self, times: int) -> None:
        """The test backend's feeder of ten pages, filled again as often as it takes."""
        starts = " ".join(str(1 + 10 * time) for time in range(times))
        self._front(f'for start in {starts}; do {_REAL} "$@" --batch-start=$start || exit $?; done')

    def trouble_after(self, pages: int, status: str) -> None:
        """The test backend's feeder gives `pages`, then every read ends with `status`."""
        self._front(
            f'{_REAL} "$@" --batch-count={pages} || exit $?\n'
            f'exec {_REAL} "$@" --batch-start={pages + 1} --read-return-value=SANE_STATUS_{status}')

    def stands_still_after(self, pages: int) -> None:
        """The test backend's feeder gives `pages`; then the driver neither ends nor says a word: not even that
        its batch is over, as the real program does at the end of each."""
        self._front(f'{_REAL} "$@" --batch-count={pages} 2>/dev/null || exit $?\nexec sleep 600')

    def hangs_after(self, words: str, pages: int = 0) -> None:
        """The test backend's feeder gives `pages`, or a whole flatbed page; then the driver says `words` and does
        not end. To whoever waits for its end all the same it says in the end that the paper was jammed."""
        given = f'{_REAL} "$@" --batch-count={pages} 2>/dev/null || exit $?\n' if pages else ""
        self._front(f"{given}{self.hanging(words)}")

    @staticmethod
    def hanging(words: str) -> str:
        """Shell words: says `words` and hangs, as above."""
        late = "import time; time.sleep(60); raise SystemExit('scanimage: sane_start: Document feeder jammed')"
        return f"{f'echo {shlex.quote(words)} >&2' if words else ':'}\nexec {sys.executable} -S -E -c \"{late}\""

    def numbered_pile(self, pages: int, last: str = "") -> None:
        """The pnm backend with another picture for each page; then the shell words `last`."""
        pile = self._folder / "pile"
        pile.mkdir(exist_ok=True)
        for number in range(1, pages + 1):
            Image.new("L", (FIRST_WIDTH + number, 60), 255 - number % 200).save(pile / f"{number}.pgm")
        self._front(
            f"number=1\nwhile [ $number -le {pages} ]; do\n"
            f'{_REAL} "$@" --filename={pile}/$number.pgm --batch-start=$number --batch-count=1 || exit $?\n'
            f"number=$((number + 1))\ndone\n{last}")

    def jammed_pile(self, pages: int) -> None:
        """A numbered pile that jams behind `pages`."""
        self.numbered_pile(pages, last=(
            f'exec {_REAL} "$@" --filename={self._folder}/pile/1.pgm --status-jammed=yes '
            f"--batch-start={pages + 1} --batch-count=1"))

    def says(self, script: str) -> None:
        """No real program at all: these shell words when pages are scanned."""
        self._front(script)

    def says_always(self, script: str) -> None:
        """These shell words whatever is asked."""
        self._front(script, _ALWAYS)

    def _front(self, body: str, form: str = _FRONT) -> None:
        front = self._folder / "bin" / "scanimage"
        front.write_text(form.format(real=_REAL, body=body))
        front.chmod(0o755)


def children_of(pid: int) -> Sequence[int]:
    """Processes that `pid`'s main thread has started and that have not been waited for."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def await_end(pid: int) -> None:
    """Wait until a process that need not be ours has ended."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        assert select.select([descriptor], [], [], 30)[0], f"process {pid} lives on"
    finally:
        os.close(descriptor)


def kill(pid: int, number: signal.Signals = signal.SIGKILL) -> None:
    os.kill(pid, number)
