"""S8 and S9: the real window beside a bare one; a key in the search box beside the same key over constant rows.

Each window is a process of its own, on Qt's offscreen platform; `window_probe` is what runs there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from tests.benchmarks.ground import Ground
from tests.benchmarks.table import Row, median, p99, shown
from tests.office import make_office


def rows(ground: Ground) -> Iterator[Row]:
    yield from _first_paint(ground)
    yield from _typing(ground)


def _first_paint(ground: Ground) -> Iterator[Row]:
    folder = ground.folder / "small"
    make_office(folder).application.close()
    keys = str(folder / "keys")
    bare, real = [], []
    for turn in range(ground.rounds(9, 1) + 1):
        runs = _probe(ground, "bare"), _probe(ground, "real", str(folder / "office"), keys=keys)
        if turn > 0:                       # the first one only compiles
            bare.append(runs[0])
            real.append(runs[1])

    def middle(runs: list[dict[str, Any]], what: str) -> float:
        return median([run[what] for run in runs])

    paint, paint_kb = middle(bare, "painted"), middle(bare, "painted_kb")
    peer, peer_memory = f"bare QMainWindow {shown(paint)}", f"bare QMainWindow {paint_kb / 1024:.0f} MB"
    ours, ours_kb = middle(real, "painted"), middle(real, "painted_kb")
    usable, usable_kb = middle(real, "usable"), middle(real, "usable_kb")
    yield Row("S8", "first paint, from the start of the process", shown(ours), peer, ours / paint, at_most=1.3)
    yield Row("S8", "memory at first paint", f"{ours_kb / 1024:.0f} MB", peer_memory, ours_kb / paint_kb,
              at_most=1.15)
    yield Row("S8", "usable: office open, start page painted", shown(usable), peer, usable / paint, at_most=3.5)
    yield Row("S8", "memory when usable", f"{usable_kb / 1024:.0f} MB", peer_memory, usable_kb / paint_kb)


def _typing(ground: Ground) -> Iterator[Row]:
    office = ground.big_office
    keys = ground.rounds(300)
    office.write(ground.rounds(8_000, 200))    # what the courier will be busy with
    key_folder = str(ground.folder / "big" / "keys")
    said = _probe(ground, "typing", str(office.application.folder.root), str(keys), keys=key_folder)
    if said["problem"]:
        raise RuntimeError(f"the courier could not send: {said['problem']}")
    found, constant, busy = said["found"], said["constant"], said["while_sending"]
    yield Row("S9", f"key to painted rows, p99 of {len(found)}", shown(p99(found)),
              f"the same keys over constant rows {shown(p99(constant))}", p99(found) / p99(constant), at_most=1.25)
    yield Row("S9", f"while the courier sends all it can, p99 of {len(busy)}", shown(p99(busy)),
              f"without {shown(p99(found))}", p99(busy) / p99(found), at_most=1.1)
    yield Row("S9", "the same, medians", shown(median(busy)), f"without {shown(median(found))}",
              median(busy) / median(found))


def _probe(ground: Ground, *arguments: str, keys: str = "") -> dict[str, Any]:
    """What the window's process said; moments become seconds since it was started.

    Modules come compiled, as they do for whoever installed the program.
    """
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "PYTHONPYCACHEPREFIX": str(ground.folder / "bytecode"), "QT_QPA_PLATFORM": "offscreen", "QMC_KEYS": keys,
    }
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.window_probe", *arguments], env=environment, check=True,
        stdout=subprocess.PIPE, text=True,
    )
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {name: value - started if name in ("painted", "usable") else value for name, value in said.items()}
