"""Bytes changed behind the program's back: it says so, or nothing of what was promised is touched. Never silence.

An office has received, scanned and filed; its folder lies there as a power cut would leave it, log and all. In
each turn one thing is damaged: bytes flipped or zeroed, a file cut, lengthened, removed, exchanged with another
one, with an older one, with another counter's. Then the program starts, reads its book through and its scans. It
says what is wrong (it does not start, numbers stop, a check finds it), or every row and scan is what it was.
What is damaged is never removed.

    python -m tests.faults.byte_damage [--mutations 2000] [--seed 1] [--without witness|book|scans]
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from app.errors import KnownError
from app.services.book_check import check_book
from app.services.scan_check import check_scans
from app.services.standing import numbers_stopped
from tests.app.services.scans import file_stacks, page_bytes, scan, stack_of
from tests.faults.power_checks import mark_of
from tests.faults.power_cuts import fast_folder
from tests.faults.power_day import PROVINCE
from tests.faults.powerless_disk import Image, read_folder, write_image
from tests.office import Office, SetClock, make_template, reopen, sample_intake

BOOK, LOG = "office/counter.db", "office/counter.db-wal"


@dataclass(slots=True)
class Figures:
    mutations: int = 0
    harmless: int = 0
    said: Counter[str] = field(default_factory=Counter)            # by what was said
    silent: list[str] = field(default_factory=list)                # damaged, and nothing was said
    discarded: list[str] = field(default_factory=list)             # damaged, and the program took it away
    seconds: float = 0.0

    @property
    def is_clean(self) -> bool:
        return not (self.silent or self.discarded) and bool(self.said) and self.harmless > 0


@dataclass(frozen=True, slots=True)
class Found:
    """Folders to take damage from: as it is, as it was before, and another counter's under another key."""

    now: Image
    before: Image
    other: Image
    mark: bytes                            # every row and every scan of `now`


def found_folders(folder: Path) -> Found:
    office = _begun(folder / "own", "quay-1")
    for number in range(4):
        _receive_and_file(office, number)
    office.application.database.checkpoint()
    before = read_folder(folder / "own")
    for number in range(4, 7):
        _receive_and_file(office, number)
    now = read_folder(folder / "own")
    with office.application.database.reading() as connection:
        mark = mark_of(connection, folder / "own" / "office" / "scans")
    office.application.close()
    other = _begun(folder / "other", "quay-khac")
    _receive_and_file(other, 50)
    theirs = read_folder(folder / "other")
    other.application.close()
    return Found(now, before, theirs, mark)


def _begun(folder: Path, device: str) -> Office:
    folder.mkdir()
    make_template(folder, PROVINCE, device=device, lo=1, hi=499)
    return reopen(folder, PROVINCE, SetClock())


def _receive_and_file(office: Office, number: int) -> None:
    pages = [scan(office, f"h-{number}", page_bytes(number * 10 + each), ordinal=each) for each in (1, 2)]
    code = office.receive(sample_intake(f"h-{number}")).dossier.code
    file_stacks(office, code, "1", stack_of(office, *pages), intent=f"h-{number}/lưu")


Damage = Callable[[Image, Found, random.Random], str]


def flip(image: Image, found: Found, noise: random.Random) -> str:
    path = _any_file(image, noise)
    content = bytearray(image[path])
    for _ in range(noise.randint(1, 64)):
        content[noise.randrange(len(content))] ^= noise.randint(1, 255)
    image[path] = bytes(content)
    return path


def zero(image: Image, found: Found, noise: random.Random) -> str:
    """A block that the disk gives back empty."""
    path = _any_file(image, noise)
    content = bytearray(image[path])
    at = noise.randrange(len(content)) // 512 * 512
    size = min(noise.choice((512, 4096)), len(content) - at)
    content[at : at + size] = bytes(size)
    image[path] = bytes(content)
    return path


def cut_short(image: Image, found: Found, noise: random.Random) -> str:
    path = _any_file(image, noise)
    image[path] = image[path][: noise.randrange(len(image[path]))]
    return path


def lengthen(image: Image, found: Found, noise: random.Random) -> str:
    path = _any_file(image, noise)
    image[path] += noise.randbytes(noise.choice((1, 512, 4096)))
    return path


def remove(image: Image, found: Found, noise: random.Random) -> str:
    path = noise.choice([LOG, BOOK, *_scans(image), *_keys(image)])
    del image[path]
    return path


def older(image: Image, found: Found, noise: random.Random) -> str:
    """One file, or the whole folder, as it was before."""
    everything = sorted(path for path in image if path.startswith("office/"))
    paths = noise.choice(([BOOK], [LOG], [BOOK, LOG], everything))
    for path in paths:
        image.pop(path, None)
        if path in found.before:
            image[path] = found.before[path]
    return "+".join(paths[:2])


def another_counters(image: Image, found: Found, noise: random.Random) -> str:
    paths = noise.choice(([BOOK], [LOG], [BOOK, LOG]))
    for path in paths:
        image[path] = found.other[path]
    return "+".join(paths)


def exchange(image: Image, found: Found, noise: random.Random) -> str:
    one, two = noise.sample(_scans(image), 2)
    image[one], image[two] = image[two], image[one]
    return "scans"


DAMAGES: tuple[tuple[Damage, int], ...] = (
    (flip, 50), (zero, 12), (cut_short, 12), (lengthen, 6), (remove, 6), (older, 6), (another_counters, 4),
    (exchange, 4),
)


def _any_file(image: Image, noise: random.Random) -> str:
    place = noise.random()
    if place < 0.4:
        return BOOK
    if place < 0.7:
        return LOG
    return noise.choice(_scans(image) if place < 0.92 else _keys(image))


def _scans(image: Image) -> list[str]:
    return sorted(path for path in image if path.startswith("office/scans/"))


def _keys(image: Image) -> list[str]:
    return sorted(path for path in image if path.startswith("keys/") or path.endswith(".id"))


def run(mutations: int, folder: Path, *, seed: int = 1, without: str = "") -> Figures:
    """Damage after damage; `without` leaves one of the three looks out, so that silence must be found."""
    started = time.perf_counter()
    noise = random.Random(seed)
    _silence_library()
    found = found_folders(folder)
    figures = Figures()
    kinds, weights = zip(*DAMAGES, strict=True)
    for number in range(mutations):
        image = dict(found.now)
        damage = noise.choices(kinds, weights)[0]
        what = f"{number} {damage.__name__} {damage(image, found, noise)}"
        if image == found.now:
            continue
        figures.mutations += 1
        place = folder / "image"
        write_image(image, place)
        said = _looked_at(place, found, figures, what, without)
        if said:
            figures.said[said] += 1
        figures.discarded += [
            f"{what}: {path} ({said})" for path in image
            if "/incoming/" not in path and not (place / path).exists()
            and not (path == LOG and _is_log_kept(image, found, place, said))
        ]
        shutil.rmtree(place)
    figures.seconds = time.perf_counter() - started
    return figures


def _is_log_kept(image: Image, found: Found, place: Path, said: str) -> bool:
    """A whole log, or one whose damage did no harm, was folded into the book; of any other there is a copy."""
    copies = [file.read_bytes() for file in (place / "office" / "backups").glob("*-wal")]
    return not said or image[LOG] == found.now[LOG] or image[LOG] in copies


def _silence_library() -> None:
    """The library writes every damaged page to this program's error output, beside raising it."""
    connection = sqlcipher.connect(":memory:")
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.close()


def _looked_at(place: Path, found: Found, figures: Figures, what: str, without: str) -> str:
    """What the program says of the folder; "" when it says nothing."""
    try:
        office = reopen(place, PROVINCE, SetClock(), seed=99)
    except KnownError as error:
        return error.code
    try:
        if office.application.counter is None:
            return "not_enrolled"
        with office.application.database.reading() as connection:
            stopped = numbers_stopped(connection)
        if stopped is not None and without != "witness":
            return f"numbers_stopped: {stopped.reason}"
        if without != "book":
            book = check_book(office.application.database, office.application.enrolled, office.clock.now())
            if not book.is_whole:
                return "book_damaged"
        with office.application.database.reading() as connection:
            scans = check_scans(connection, office.application.blobs, lambda *_: None, office.clock.now())
            if not scans.is_clean and without != "scans":
                return "scans_damaged"
            is_same = mark_of(connection, place / "office" / "scans") == found.mark
    except KnownError as error:
        return error.code
    finally:
        office.application.close()
    if is_same:
        figures.harmless += 1
    else:
        figures.silent.append(what)
    return ""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutations", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", choices=("", "witness", "book", "scans"), default="")
    said = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="qmc-damage-", dir=fast_folder()) as folder:
        found = run(said.mutations, Path(folder), seed=said.seed, without=said.without)
    print(f"mutations {found.mutations} · said {found.said.total()} · harmless {found.harmless} · silent "
          f"{len(found.silent)} · discarded {len(found.discarded)} · {found.seconds:.0f} s")
    print("  " + ", ".join(f"{code} {times}" for code, times in found.said.most_common()))
    for what in [*found.silent, *found.discarded][:20]:
        print(f"  {what}")
    is_good = bool(found.silent) if said.without else found.is_clean
    print("clean" if is_good else "VIOLATED")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
