"""Which languages this PC can read from a page: those of Tesseract, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys

VIETNAMESE = "vie"

_PATIENCE = 20.0
"""Seconds; a cold disk on an old PC."""


def text_languages() -> tuple[str, ...]:
    """Tesseract's languages in the order of their names ("eng", "vie"); empty where there is none or it does not
    answer. Starts a process: not for the thread of the window."""
    program = shutil.which("tesseract")
    if program is None:
        return ()
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
    try:
        done = subprocess.run(
            [program, "--list-langs"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=_PATIENCE, check=False, creationflags=flags, text=True, encoding="utf-8", errors="replace",
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    if done.returncode != 0:
        return ()
    # A heading in words, then a name a line; "osd" and "equ" tell directions and formulas, they are no languages.
    names = {line.strip() for line in done.stdout.splitlines()[1:]}
    return tuple(sorted(name for name in names - {"osd", "equ"} if name.isidentifier()))
