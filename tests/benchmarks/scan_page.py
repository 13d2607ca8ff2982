"""S14: a scanned page through the light table, against decoding and encoding alone, and against unpaper.

Processor time, not the clock's: the pages of a pile are prepared on every core at once, so what a page costs is
what counts, and a busy machine does not change it much.

"Decode and encode" is the scan decoded in full and encoded again as it is, same library, same quality. Shown
beside it: the shortest way to the page that is written (decode, grey, 200 dpi, encode), and decoding the scan plus
encoding a page that was made before, which leaves out even the change of dpi.
"""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from app.domain.scanning import Colour
from app.domain.treatment import TEXT
from app.imaging.background import Whitening
from app.imaging.blank import ink_share
from app.imaging.encode import group4, jpeg
from app.imaging.geometry import placed
from app.imaging.prepare import codes_of, look_at, prepare
from app.imaging.skew import find_lean
from app.imaging.thumbnail import thumbnail_of
from app.imaging.tone import bilevel
from app.imaging.upright import find_way_up
from tests.benchmarks.table import Row, median, shown
from tests.imaging_pages import TEXT_KINDS, page

if TYPE_CHECKING:  # the feeder's processes load the light table and nothing else
    from tests.benchmarks.ground import Ground

AT_MOST = 1.7
FEEDER_PPM = 60
SKEW = 1.3


def rows(ground: Ground) -> Iterator[Row]:
    rounds = ground.rounds(15)
    scans = {dpi: _scan("text", dpi) for dpi in (200, 300)}
    works: dict[str, Callable[[], object]] = {}
    for name, dpi, colour in (("300 dpi colour in, 200 dpi grey out", 300, Colour.AUTO),
                              ("200 dpi colour in, 200 dpi grey out", 200, Colour.AUTO),
                              ("300 dpi colour in, 200 dpi colour out", 300, Colour.COLOUR),
                              ("300 dpi colour in, 200 dpi bilevel out", 300, Colour.BILEVEL)):
        works[name] = lambda dpi=dpi, colour=colour: prepare(_decoded(scans[dpi]), replace(TEXT, colour=colour))
    for dpi in (200, 300):
        works[f"decode and encode {dpi} dpi"] = lambda dpi=dpi: jpeg(_decoded(scans[dpi]), 75, dpi)
    works["shortest way"] = lambda: jpeg(_shrunk(_decoded(scans[300])), 75, 200)
    small = _shrunk(_decoded(scans[300]))
    works["ends alone"] = lambda: (_decoded(scans[300]), jpeg(small, 75, 200))
    taken = _interleaved(works, rounds)
    peer = {dpi: median(taken[f"decode and encode {dpi} dpi"]) for dpi in (200, 300)}
    for name, dpi in ((name, int(name[:3])) for name in works if " in, " in name):
        ours = median(taken[name])
        bare = f"decode+encode as it is {shown(peer[dpi])}"
        yield Row("S14", f"page, {name}", shown(ours), bare, ours / peer[dpi],
                  at_most=AT_MOST if name.endswith("grey out") and dpi == 300 else None)
    ours = median(taken["300 dpi colour in, 200 dpi grey out"])
    for peer_name, words in (("shortest way", "decode, reduce to 200 dpi grey, encode"),
                             ("ends alone", "decode 300 dpi colour, encode 200 dpi grey made before")):
        theirs = median(taken[peer_name])
        yield Row("S14", f"300 dpi colour in, 200 dpi grey out, against: {words}", shown(ours), shown(theirs),
                  ours / theirs)
    yield from _stages(scans[300], rounds, ours)
    yield from _unpaper(scans[300], ours)
    grey = prepare(_decoded(scans[300]), TEXT)
    lines = prepare(_decoded(scans[300]), replace(TEXT, colour=Colour.BILEVEL))
    yield Row("S14", "bilevel smaller than grey", f"{len(lines.content):,} B", f"{len(grey.content):,} B",
              len(grey.content) / len(lines.content), at_least=10)
    yield _lean(ground.rounds(40))
    yield _feeder(ground.rounds(40), scans[300])
    yield _memory(ground.rounds(1000), scans[200])


def _stages(scan: bytes, rounds: int, whole: float) -> Iterator[Row]:
    picture = _decoded(scan)
    look = look_at(picture)
    lean = find_lean(look.ink)
    size = round(picture.width / 1.5), round(picture.height / 1.5)
    box = (0.0, 0.0, float(picture.width), float(picture.height))
    straight = placed(look.grey, lean.degrees, box, size, 250)
    white = Whitening(look.paper, "L", straight.size)
    clean = white.of(straight)
    taken = _interleaved({
        "decode": lambda: _decoded(scan),
        "look in the small, paper, border": lambda: look_at(picture),
        "lean": lambda: find_lean(look.ink),
        "way up": lambda: find_way_up(look.ink, lean.degrees, False),
        "blank": lambda: ink_share(look.ink, 100),
        "codes": lambda: codes_of(look, lean.degrees),
        "straighten and 200 dpi (whole sheet)": lambda: placed(look.grey, lean.degrees, box, size, 250),
        "clean (whole sheet)": lambda: white.of(straight),
        "encode grey": lambda: jpeg(clean, 75, 200),
        "encode bilevel": lambda: group4(bilevel(clean), 200),
        "thumbnail": lambda: thumbnail_of(clean),
    }, rounds)
    for name, seconds in taken.items():
        yield Row("S14", f"  stage: {name}", shown(median(seconds)), "share of the page", median(seconds) / whole)


def _unpaper(scan: bytes, ours: float) -> Iterator[Row]:
    program = shutil.which("unpaper")
    if program is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.pgm", Path(folder) / "out.pgm"
        _decoded(scan).convert("L").save(source)
        skipped = ["--no-blackfilter", "--no-noisefilter", "--no-blurfilter", "--no-grayfilter", "--no-mask-scan",
                   "--no-mask-center", "--no-border-scan", "--no-border-align", "--overwrite", "-q"]
        before = _children_seconds()
        done = subprocess.run([program, *skipped, str(source), str(target)], capture_output=True, check=False)
        theirs = _children_seconds() - before
    if done.returncode == 0:
        yield Row("S14", "unpaper's deskew alone takes so much longer than our whole page", shown(ours),
                  shown(theirs), theirs / ours, at_least=2)


def _lean(count: int) -> Row:
    """`ratio` is the greatest error in degrees."""
    chance = random.Random(14)
    errors = []
    for place in range(count):
        skew = chance.uniform(-8, 8)
        picture = page(chance.choice(TEXT_KINDS), skew=skew, noise=chance.uniform(0, 0.5), seed=place)
        errors.append(abs(find_lean(look_at(picture).ink).degrees - skew))
    what = f"lean of {count} pages within ±8°, greatest error in degrees"
    return Row("S14", what, f"mean {np.mean(errors):.3f}°", "0.05°", float(max(errors)), at_most=0.05)


def _feeder(count: int, scan: bytes) -> Row:
    """A feeder that hands over a page each second has its pages prepared by two processes."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(_prepared_size, [scan] * 2))
        started = time.perf_counter()
        list(pool.map(_prepared_size, [scan] * count))
        minutes = (time.perf_counter() - started) / 60
    ppm = count / minutes
    return Row("S14", f"{count} pages of 300 dpi colour by two processes, a minute", f"{ppm:.0f} pages",
               f"feeder {FEEDER_PPM} pages", ppm / FEEDER_PPM, at_least=1)


def _memory(count: int, scan: bytes) -> Row:
    """`ratio`: resident memory after all pages over that after the first tenth."""
    early = 0
    for place in range(count):
        _prepared_size(scan)
        if place == count // 10:
            early = _resident()
    late = _resident()
    return Row("S14", f"memory after {count:,} pages", f"{late >> 20} MB", f"after a tenth {early >> 20} MB",
               late / max(1, early), at_most=1.1)


def _prepared_size(scan: bytes) -> int:
    return len(prepare(_decoded(scan), TEXT).content)


def _scan(kind: str, dpi: int) -> bytes:
    return jpeg(page(kind, skew=SKEW, noise=0.2, dpi=dpi, seed=3), 85, dpi)


def _decoded(scan: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(scan))
    picture.load()
    return picture


def _shrunk(picture: Image.Image) -> Image.Image:
    size = round(picture.width / 1.5), round(picture.height / 1.5)
    return picture.convert("L").resize(size, Image.Resampling.BICUBIC)


def _interleaved(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(max(3, rounds)):
        for name, work in works.items():
            started = time.process_time()
            work()
            taken[name].append(time.process_time() - started)
    return taken


def _children_seconds() -> float:
    if sys.platform == "win32":
        return time.perf_counter()
    import resource

    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _resident() -> int:
    status = Path("/proc/self/status")
    if not status.exists():
        return 1
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) << 10
