"""Luyện tập: whether this process practises, and what keeps practice and real work apart.

A process practises from its first line to its last, and so do the processes it starts: the fact is a word in the
environment. One process never holds both a practice book and a real one, because each kind refuses the other's
book; so whatever asks `is_practice` (each paper, each export, each contact) asks about all it can ever see.

A practice folder carries a mark in a file, a practice book the same fact inside. The office and the codes of
practice are ones that no province gives out, so a practice paper found years later belongs to nobody's dossier.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path

from app.errors import EnvironmentFault, Refusal

VARIABLE = "QMC_PRACTICE"
"""The word in the environment; also read by the gateway, which shares no code with the counter."""

WATERMARK = "BẢN LUYỆN TẬP – KHÔNG CÓ GIÁ TRỊ"
OFFICE = "luyen-tap"
"""Id of the office; a gateway that does not practise takes no office of this name."""
TOP = "T00"
"""Level 1 of every practice identifier, where a real one has H01…H63 (provinces) or G01… (ministries)."""

MARK_FILE = "LUYEN-TAP"
SETTING = "is_practice"
_KEPT = frozenset({MARK_FILE, "counter.id", "counter.open", "window.lock"})
"""With its name the next practice book finds the key of the one before: no key is left behind by none."""

_OF_THE_LAUNCHER = ("QMC_FORMER", "QMC_GOOD", "QMC_REFUSED_BY")


def is_practice() -> bool:
    """Whether this process, and everything it starts, practises."""
    return os.environ.get(VARIABLE) == "1"


def begin_practice(environment: MutableMapping[str, str]) -> None:
    """From now on this process practises. An upgrade of a practice book gives way to no former version."""
    for name in _OF_THE_LAUNCHER:
        environment.pop(name, None)
    environment[VARIABLE] = "1"


def mark_folder(folder: Path) -> None:
    """Make `folder` a practice folder. Raises `real_book` where something lies already."""
    if is_practice_folder(folder):
        return
    if folder.exists() and any(folder.iterdir()):
        raise EnvironmentFault("real_book")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK_FILE).write_text(f"{WATERMARK}\n", encoding="utf-8")


def is_practice_folder(folder: Path) -> bool:
    return (folder / MARK_FILE).is_file()


def refuse_other_folder(folder: Path) -> None:
    """Before anything in `folder` is opened or made. Raises EnvironmentFault `practice_book`, `real_book`."""
    is_marked = is_practice_folder(folder)
    if is_marked and not is_practice():
        raise EnvironmentFault("practice_book")
    if is_practice() and not is_marked:
        raise EnvironmentFault("real_book")


def refuse_other_book(*, is_marked: bool, is_enrolled: bool) -> bool:
    """The same about an opened book; true when it is new and is to be marked. Raises as above."""
    if is_marked and not is_practice():
        raise EnvironmentFault("practice_book")
    if is_practice() and not is_marked and is_enrolled:
        raise EnvironmentFault("real_book")
    return is_practice() and not is_marked


def refuse_outside() -> None:
    """What would leave the practice room does not happen in it. Raises Refusal `practice_stays_here`."""
    if is_practice():
        raise Refusal("practice_stays_here")


def clear_folder(folder: Path) -> None:
    """Everything that was practised is gone; only in a practice folder. Raises EnvironmentFault `real_book`."""
    if not is_practice_folder(folder):
        raise EnvironmentFault("real_book")
    for each in folder.iterdir():
        if each.name in _KEPT:
            continue
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        else:
            with suppress(FileNotFoundError):
                each.unlink()
