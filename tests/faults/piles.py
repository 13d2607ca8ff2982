"""`python -m tests.faults.piles [--piles 100]`: does a damaged pile put a page under the wrong requirement?

Each pile is drawn (`pile_pages`), the light table looks at every side as at the counter, and what it found is
filed. A page under a requirement that is not its own is misfiled; so is a separator among the pages of a paper,
and a page taken for a separator. A page in the tray is unfiled, and shown. Exit status 1 when any page is misfiled
or missing, or nothing was filed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context

from PIL import Image

from app.domain.arrangement import TRAY, empty_arrangement, is_sound
from app.domain.blob import Blob
from app.domain.pile import file_page
from app.domain.scanned_page import ScannedPage
from app.domain.scanning import Finding, Treatment
from app.imaging.blank import BLANK_BELOW, ink_share
from app.imaging.prepare import codes_of, look_at, prepare
from app.imaging.separator_mark import separator_doubts
from app.imaging.skew import Lean, find_lean
from tests.faults.pile_pages import CODE, REQUIREMENTS, build_pile

_ARRIVED = datetime(2026, 9, 21, 2, 0, tzinfo=UTC)


@dataclass
class Figures:
    """What became of the pages of one or more piles."""

    pages: int = 0
    filed: int = 0
    unfiled: int = 0               # papers in the tray
    misfiled: int = 0
    missing: int = 0
    aside: int = 0                 # separators and their backs, set aside
    shown: int = 0                 # separators and their backs in the tray, for a look
    seconds: float = 0.0           # on the light table
    sheets: Counter[str] = field(default_factory=Counter)       # what became of damaged separators
    why: Counter[str] = field(default_factory=Counter)          # of the papers in the tray
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Figures) -> None:
        for name in ("pages", "filed", "unfiled", "misfiled", "missing", "aside", "shown", "seconds"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.sheets += other.sheets
        self.why += other.why
        self.wrong += other.wrong


def prepared(picture: Image.Image) -> Finding:
    """What the whole light table finds."""
    return prepare(picture, Treatment("text")).finding


def looked_at(picture: Image.Image) -> Finding:
    """The same without making the page that goes into the PDF: only what filing asks for."""
    look = look_at(picture)
    share = ink_share(look.ink, look.dpi / look.scale)
    is_blank = share < BLANK_BELOW
    lean = Lean(0.0, True, False) if is_blank else find_lean(look.ink)
    codes = () if is_blank else codes_of(look, lean.degrees if lean.is_sure else 0.0, lean.runs_down).texts
    return Finding(picture.width, picture.height, look.dpi, is_blank=is_blank, codes=codes, ink_share=share,
                   doubts=separator_doubts(look.grey, codes))


def file_pile(seed: int, length: int = 40, look: Callable[[Image.Image], Finding] = looked_at) -> Figures:
    """One pile from the feeder to its places."""
    pile = build_pile(seed, length)
    arrangement = empty_arrangement(REQUIREMENTS)
    figures = Figures()
    for ordinal, side in enumerate(pile.pages, start=1):
        started = time.perf_counter()
        finding = look(side.picture)
        figures.seconds += time.perf_counter() - started
        page = ScannedPage(str(ordinal), "intent", "batch", ordinal, "test", _ARRIVED, Blob("", 0, ""),
                           finding=finding)
        arrangement = file_page(arrangement, page, code=CODE, requirements=REQUIREMENTS,
                                is_duplex=pile.is_duplex).arrangement
    held = set(arrangement.page_ids)
    for ordinal, side in enumerate(pile.pages, start=1):
        figures.pages += 1
        if str(ordinal) not in held:
            figures.missing += 1
            continue
        found = arrangement.stack_of(str(ordinal))
        said = f"pile {seed} page {ordinal} ({side.what}, {pile.damage})"
        if found is None:
            figures.aside += side.belongs is None
            figures.misfiled += side.belongs is not None
            if side.belongs is not None:
                figures.wrong.append(f"{said}: taken for a separator")
        elif found[0] == TRAY:
            figures.unfiled += side.belongs is not None
            figures.shown += side.belongs is None
            if side.what == "separator":
                figures.sheets[f"undamaged: {arrangement.find(str(ordinal)).mark}"] += 1
            if side.belongs is not None:
                figures.why[found[1].why] += 1
        elif found[0] == side.belongs:
            figures.filed += 1
        else:
            figures.misfiled += 1
            figures.wrong.append(f"{said}: under {found[0]}")
    marks = Counter(page.mark for page in (*arrangement.tray.pages, *arrangement.separators))
    seen = ("unread" if marks["separator_unread"] else "covered" if marks["separator_covered"] else "whole")
    figures.sheets[f"{pile.damage}: {seen}"] += 1
    if not is_sound(arrangement) or len(held) != len(pile.pages):
        figures.missing += 1
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--piles", type=int, default=100)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--whole", action="store_true", help="through every stage of the light table")
    given = parser.parse_args()
    total = Figures()
    seeds = range(given.first, given.first + given.piles)
    done, started = 0, time.perf_counter()
    with get_context("spawn").Pool(given.processes) as pool:
        for figures in pool.imap_unordered(partial(file_pile, look=prepared if given.whole else looked_at), seeds):
            total.add(figures)
            done += 1
            print(f"{done}: filed {total.filed}, misfiled {total.misfiled}, missing {total.missing}, "
                  f"unfiled {total.unfiled}", flush=True)
        pool.close()
        pool.join()
    print(f"{given.piles} piles, {total.pages} pages in {time.perf_counter() - started:.0f} s; "
          f"light table {1000 * total.seconds / max(total.pages, 1):.0f} ms a page")
    print(f"filed {total.filed}, misfiled {total.misfiled}, missing {total.missing}, "
          f"unfiled and shown {total.unfiled} {dict(total.why)}")
    print(f"separators set aside {total.aside}, shown in the tray {total.shown}")
    print(f"damaged separators: {dict(sorted(total.sheets.items()))}")
    print(*total.wrong, sep="\n")
    return 1 if total.misfiled or total.missing or not total.filed else 0


if __name__ == "__main__":
    sys.exit(main())
