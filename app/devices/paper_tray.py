"""The tray of a counter that prints to files: `papers` in its data folder, emptied when the window closes.

A paper tells of a citizen, in clear. It lies in memory where the system gives each session a private folder there
(XDG_RUNTIME_DIR): `papers` is then a link to it, nothing reaches the disk, and a cut of power or the end of the
session leaves nothing. Elsewhere it lies in the data folder itself. Either way the tray is emptied when the window
closes, and when it opens the next time after a kill; who wants to keep a paper takes it out before. A file beside
the papers says so.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from app.devices.scanning.memory_folder import is_in_memory
from app.whole_file import put_whole

SESSION = "XDG_RUNTIME_DIR"
WORD = "DOC-TRUOC.txt"
_SAID = (
    "Máy này chưa có máy in: giấy nằm ở đây dưới dạng PDF.\r\n"
    "Đóng chương trình là xóa hết. Cần giữ tờ nào thì in hoặc chép ra trước.\r\n\r\n"
    "No printer here: papers lie in this folder as PDF.\r\n"
    "All are removed when the program closes. Print or copy what is to be kept before.\r\n"
)
_OPEN_TO_OTHERS = 0o077


def ready_tray(papers: Path, surroundings: Mapping[str, str] = os.environ) -> Path:
    """`papers`, there and private, with its word; in memory where this session can. Raises OSError."""
    memory = _in_memory(papers, surroundings)
    if memory is None:
        if papers.is_symlink():                        # of a session that had such a place
            papers.unlink()
        papers.mkdir(mode=0o700, parents=True, exist_ok=True)
    else:
        memory.mkdir(mode=0o700, parents=True, exist_ok=True)
        _point(papers, memory)
    if not (papers / WORD).exists():
        put_whole(papers / WORD, _SAID.encode("utf-8-sig"), mode=0o600)
    return papers


def empty_tray(papers: Path, surroundings: Mapping[str, str] = os.environ) -> int:
    """Take the tray away with all that lies in it; how many papers there were. What a disk refuses to give up, and
    what somebody holds open, the next time takes."""
    memory = _in_memory(papers, surroundings)
    pointed = papers.readlink() if papers.is_symlink() else None
    own = {each for each in (memory, pointed) if each is not None and each.name == _name(papers)}
    found = 0
    for place in {papers, *own}:
        if place.is_symlink() or not place.is_dir():
            continue
        found += sum(1 for _ in place.glob("*.pdf"))
        shutil.rmtree(place, ignore_errors=True)
    if pointed is not None:
        with suppress(OSError):
            papers.unlink()
    return found


def _point(papers: Path, memory: Path) -> None:
    if papers.is_symlink() and papers.readlink() == memory:
        return
    if papers.is_symlink():
        papers.unlink()
    elif papers.is_dir():                              # of a session that had no such place
        shutil.rmtree(papers)
    papers.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    papers.symlink_to(memory, target_is_directory=True)


def _in_memory(papers: Path, surroundings: Mapping[str, str]) -> Path | None:
    """The session's place for this tray; None where it has none that is in memory and nobody else's."""
    session = surroundings.get(SESSION)
    if sys.platform == "win32" or not session:
        return None
    try:
        stands = Path(session).stat()
    except OSError:
        return None
    is_own = stat.S_ISDIR(stands.st_mode) and stands.st_uid == os.getuid() and not stands.st_mode & _OPEN_TO_OTHERS
    return Path(session) / "quay-mot-cua" / _name(papers) if is_own and is_in_memory(Path(session)) else None


def _name(papers: Path) -> str:
    """Of two data folders of one account each has its own."""
    return f"papers-{hashlib.sha256(os.fsencode(papers.absolute())).hexdigest()[:16]}"
