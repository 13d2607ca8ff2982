"""Mutation testing of the dossier's life: each lie in a copy of the tree must make a quick test fail.

    python -m tests.faults.mutants_life                     all of them, two at a time
    python -m tests.faults.mutants_life --only fold,moves   of these files
    python -m tests.faults.mutants_life --list

A mutant that survives is a rule without a test: it gets one, or stands in `equivalent_mutants` with the reason.
"""

from __future__ import annotations

import argparse
import importlib
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.equivalent_mutants import EQUIVALENT
from tests.faults.life_mutants import PARTS, PURE, REMAINING, Part
from tests.faults.mutants import GONE, Mutant

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("app", "tests", "sync", "ui", "resources")
LONGEST = 400
"""Seconds of one stage: a mutant that never ends is found out, too."""
HEAVY = ("sqlalchemy", "sqlcipher3.dbapi2", "cryptography.hazmat.primitives.asymmetric.ed25519", "hypothesis",
         "PySide6.QtWidgets", "reportlab.pdfgen.canvas")
"""Imported once here, not once a mutant; nothing of the product itself is."""
_PLAIN = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-W", "ignore:Module already imported")
_LIGHT = ("--noconftest", "-p", "no:pytestqt", "-p", "no:timeout", "-c", "quick.ini")


def all_mutants(only: frozenset[str] = frozenset()) -> Iterator[tuple[Part, Mutant]]:
    """In the order of the files; of several with one name each has its number."""
    for part in PARTS:
        if only and Path(part.path).stem not in only:
            continue
        seen: Counter[str] = Counter()
        for mutant in part.lies(ROOT, part.path):
            seen[mutant.what] += 1
            n = seen[mutant.what]
            yield part, mutant if n == 1 else replace(mutant, what=f"{mutant.what} ({n})")


def run(chosen: list[tuple[Part, Mutant]], parallel: int) -> dict[str, str]:
    """Name of each mutant → the tests that found it out, "" for one that survived."""
    for name in HEAVY:
        importlib.import_module(name)
    found: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="qmc-mutants-") as name:
        free = [_copy(Path(name) / str(number)) for number in range(parallel)]
        for stage in dict.fromkeys(stage for part, _ in chosen for stage in part.stages):
            if _tests_say(free[0], stage):
                said = (free[0] / "said").read_text()[-3000:]
                raise RuntimeError(f"{' '.join(stage)}: fails before anything is changed\n{said}")
        at_work: dict[int, tuple[Path, Part, Mutant]] = {}
        waiting = list(reversed(chosen))
        while waiting or at_work:
            while free and waiting:
                copy, each = free.pop(), waiting.pop()
                at_work[_forked(lambda copy=copy, each=each: _try(copy, *each))] = (copy, *each)
            pid, status = os.waitpid(-1, 0)
            copy, part, mutant = at_work.pop(pid)
            stage = os.waitstatus_to_exitcode(status)
            if stage < 0 or stage > len(part.stages):
                raise RuntimeError(f"{mutant.name}: the tests could not be run")
            found[mutant.name] = " ".join(Path(each).name for each in part.stages[stage - 1]) if stage else ""
            free.append(copy)
            _print(mutant, found[mutant.name])
    return found


def _try(copy: Path, part: Part, mutant: Mutant) -> int:
    """The number of the stage that found the mutant out, 0 for none."""
    path = copy / mutant.path
    honest = path.read_text(encoding="utf-8")
    _write(path, mutant.apply(honest))
    try:
        for number, stage in enumerate(part.stages, start=1):
            said = _tests_say(copy, stage)
            if said not in (0, 1, 2):              # 2: a module that no longer imports
                return 99
            if said:
                return number
        return 0
    finally:
        _write(path, honest)


def _tests_say(copy: Path, stage: tuple[str, ...]) -> int:
    """pytest's own exit code; 1 for tests that do not end."""
    child = _forked(lambda: _test(copy, stage))
    ends = time.monotonic() + LONGEST
    while time.monotonic() < ends:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return abs(os.waitstatus_to_exitcode(status))
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return 1


def _test(copy: Path, stage: tuple[str, ...]) -> int:
    os.chdir(copy)
    sys.path[0] = str(copy)
    sys.pycache_prefix = str(copy / "pyc")
    for name in [name for name in sys.modules if name.split(".")[0] in COPIED]:
        del sys.modules[name]                      # those of the honest tree
    with Path("said").open("w") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    light = _LIGHT if stage in (PURE, REMAINING) else ()
    return int(pytest.main([*_PLAIN, *light, *stage]))


def _forked(work: object) -> int:
    child = os.fork()
    if child:
        return child
    code = 99
    try:
        code = work()  # type: ignore[operator]
    finally:
        sys.stdout.flush()
        os._exit(code)


def _copy(folder: Path) -> Path:
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "quick.ini").write_text("[pytest]\n")
    return folder


def _write(path: Path, text: str) -> None:
    """With a time of its own: byte code is taken for fresh by the second."""
    now = path.stat().st_mtime
    path.write_text(text, encoding="utf-8")
    os.utime(path, (now + 2, now + 2))


def _print(mutant: Mutant, by: str) -> None:
    line = mutant.line((ROOT / mutant.path).read_text(encoding="utf-8"))
    verdict = f"killed by {by}" if by else "equivalent" if mutant.name in EQUIVALENT else "SURVIVED"
    print(f"{verdict:44} {mutant.name} · line {line}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="names of files without .py, comma separated")
    parser.add_argument("--like", default="", help="only mutants whose names hold one of these, parted by |")
    parser.add_argument("--first", action="store_true", help="only the first, quickest tests of each file")
    parser.add_argument("--parallel", type=int, default=2)
    parser.add_argument("--list", action="store_true")
    said = parser.parse_args()
    only = frozenset(filter(None, said.only.split(",")))
    chosen = [each for each in all_mutants(only) if any(part in each[1].name for part in said.like.split("|"))]
    if said.first:
        chosen = [(replace(part, stages=part.stages[:1]), mutant) for part, mutant in chosen]
    if said.list:
        for _, mutant in chosen:
            print(mutant.name)
        print(f"{len(chosen)} mutants")
        return 0
    began = time.monotonic()
    gone = [mutant.name for _, mutant in chosen if mutant.start == GONE]
    for name in gone:
        print(f"the source has changed, write it anew: {name}")
    found = run([each for each in chosen if each[1].start != GONE], said.parallel)
    left = [name for name, by in found.items() if not by and name not in EQUIVALENT]
    equivalent = sum(not by and name in EQUIVALENT for name, by in found.items())
    print(f"{len(found)} mutants, {len(found) - len(left) - equivalent} killed, {equivalent} equivalent, "
          f"{len(left)} survived, {time.monotonic() - began:.0f} s")
    return 1 if left or gone else 0


if __name__ == "__main__":
    sys.exit(main())
