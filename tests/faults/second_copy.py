"""A medium that is damaged in any way, and a write that is cut at any byte: found, said and made whole again.

An office keeps a dozen operations on its stick. In each turn the stick is damaged: bytes flipped or zeroed, a file
cut, lengthened, removed, doubled, its parts exchanged. Then the keeper reads all of it and writes anew what is
lacking; afterwards every operation must lie there in its exact bytes, or the keeper must have said why not. Beside
it an older book restores from the damaged stick: what comes back must be exactly what was written, in order.
At last one write is cut off at each of its bytes in turn.

    python -m tests.faults.second_copy [--turns 2000] [--seed 1]
"""

from __future__ import annotations

import errno
import random
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import KnownError
from app.store import journal as book
from sync.contract.sealed import SealedRecord
from sync.contract.sealing import BrokenSeal, NotForUs
from sync.second_copy.keeper import Keeper
from sync.second_copy.medium import segments_of
from sync.second_copy.restore import restore_from_medium
from sync.second_copy.survey import records_of
from tests.faults.command import command
from tests.office import reopen
from tests.sync.second_copy.conftest import PROVINCE, Trial, make_trial

OPERATIONS, EARLY = 12, 4
Damage = Callable[[Path, random.Random], None]


@dataclass(slots=True)
class Figures:
    turns: int = 0
    healed: int = 0                # everything lies there again in its exact bytes
    said: int = 0                  # not, and the keeper said so
    silent: int = 0                # not, and nobody said anything
    restored: int = 0              # operations that an older book got back from damaged sticks
    wrong: int = 0                 # of these: other than what was written
    torn: int = 0                  # bytes at which a write was cut
    unmended: int = 0              # of these: not whole after the next try
    codes: set[str] = field(default_factory=set)

    @property
    def is_clean(self) -> bool:
        return not (self.silent or self.wrong or self.unmended) and self.healed > 0


def flip(folder: Path, noise: random.Random) -> None:
    file = noise.choice(sorted(folder.iterdir()))
    content = bytearray(file.read_bytes())
    for _ in range(noise.choice((1, 1, 2, 8, 64))):
        content[noise.randrange(len(content))] ^= 1 << noise.randrange(8)
    file.write_bytes(content)


def zero(folder: Path, noise: random.Random) -> None:
    file = noise.choice(sorted(folder.iterdir()))
    content = bytearray(file.read_bytes())
    start = noise.randrange(len(content))
    end = min(len(content), start + noise.choice((1, 16, 512, 4096)))
    content[start:end] = bytes(end - start)
    file.write_bytes(content)


def cut(folder: Path, noise: random.Random) -> None:
    file = noise.choice(sorted(folder.iterdir()))
    file.write_bytes(file.read_bytes()[: noise.randrange(file.stat().st_size + 1)])


def lengthen(folder: Path, noise: random.Random) -> None:
    file = noise.choice(sorted(folder.iterdir()))
    content = file.read_bytes()
    more = noise.choice((noise.randbytes(noise.randrange(1, 600)), content[: noise.randrange(1, len(content))]))
    file.write_bytes(content + more)


def remove(folder: Path, noise: random.Random) -> None:
    noise.choice(sorted(folder.iterdir())).unlink()


def exchange(folder: Path, noise: random.Random) -> None:
    """Two stretches of one file change places."""
    file = noise.choice(sorted(folder.glob("*.qmc")))
    content = file.read_bytes()
    a, b, c = sorted(noise.randrange(len(content) + 1) for _ in range(3))
    file.write_bytes(content[:a] + content[b:c] + content[a:b] + content[c:])


def double(folder: Path, noise: random.Random) -> None:
    """A segment under another number, or another epoch's name."""
    file = noise.choice(sorted(folder.glob("*.qmc")))
    shutil.copy(file, folder / noise.choice(("1-000009.qmc", "2-000001.qmc", "1-000002.qmc")))


DAMAGES: tuple[Damage, ...] = (flip, flip, flip, zero, cut, lengthen, remove, exchange, double)


def run(turns: int, seed: int, folder: Path, tears: int = 1_000_000) -> Figures:
    figures, noise = Figures(), random.Random(seed)
    trial = make_trial(folder)
    try:
        trial.receive(EARLY)
        trial.keeper.keep()
        trial.office.application.close()
        shutil.copytree(trial.folder / "office", trial.folder / "older" / "office")
        shutil.copytree(trial.folder / "keys", trial.folder / "older" / "keys")
        trial.office = reopen(trial.folder, trial.office.province, trial.office.clock, seed=2)
        trial.new_keeper()
        trial.receive(OPERATIONS - EARLY)
        trial.keeper.keep()
        written = _written(trial)
        shutil.copytree(trial.place, folder / "whole")
        for _ in range(turns):
            _one(trial, noise, figures, written)
        _renew(trial)
        _tear(trial, figures, tears)
    finally:
        trial.office.application.close()
    return figures


def _one(trial: Trial, noise: random.Random, figures: Figures, written: dict[int, str]) -> None:
    _renew(trial)
    (copies,) = trial.place.iterdir()
    noise.choice(DAMAGES)(copies, noise)
    if figures.turns % 8 == 0:
        _restore(trial, figures, written)
    code = ""
    application = trial.office.application
    try:
        Keeper(application.database, application.book_key, application.clock, trial.disk).keep(is_thorough=True)
    except KnownError as error:
        code = error.code
        figures.codes.add(code)
    if code not in ("second_copy_damaged", "second_copy_missing", "second_copy_wrong_medium") and (
        _on_medium(trial) == written
    ):
        figures.healed += 1
    elif code:
        figures.said += 1
    else:
        figures.silent += 1
    figures.turns += 1


def _restore(trial: Trial, figures: Figures, written: dict[int, str]) -> None:
    """Into a book from before; the stick is only read."""
    home = trial.folder / "again"
    shutil.copytree(trial.folder / "older", home)
    office = reopen(home, trial.office.province, trial.office.clock, seed=3).application
    try:
        figures.restored += restore_from_medium(office.database, office.book_key, trial.place).brought
    except KnownError as error:
        figures.codes.add(error.code)
    with office.database.reading() as connection:
        rows = book.after(connection, "quay-1", 1, 0, 100)
    figures.wrong += [row.payload for row in rows] != [written[seq] for seq in range(1, len(rows) + 1)]
    office.close()
    shutil.rmtree(home)


def _tear(trial: Trial, figures: Figures, most: int) -> None:
    """One more operation, whose writing stops behind each byte in turn."""
    trial.keeper.keep()
    trial.receive()
    written = _written(trial)
    shutil.rmtree(trial.folder / "whole")
    shutil.copytree(trial.place, trial.folder / "whole")
    (segment,) = segments_of(trial.medium, trial.disk)
    before = trial.disk.size(trial.medium.folder / segment.name)
    trial.new_keeper().keep()
    size = trial.disk.size(trial.medium.folder / segment.name) - before
    for torn in range(0, size, max(1, size // most)):
        _renew(trial)
        keeper = trial.new_keeper()
        trial.disk.fail(1, errno.EIO, torn)
        try:
            keeper.keep()
        except KnownError as error:
            figures.codes.add(error.code)
        trial.new_keeper().keep()
        figures.torn += 1
        figures.unmended += _on_medium(trial) != written
    assert figures.torn


def _renew(trial: Trial) -> None:
    shutil.rmtree(trial.place)
    shutil.copytree(trial.folder / "whole", trial.place)


def _written(trial: Trial) -> dict[int, str]:
    with trial.office.application.database.reading() as connection:
        return {row.seq: row.payload for row in book.after(connection, "quay-1", 1, 0, 1_000)}


def _on_medium(trial: Trial) -> dict[int, str]:
    """What the province could open of it."""
    found: dict[int, str] = {}
    for segment in segments_of(trial.medium, trial.disk):
        for _, record in records_of(trial.medium, segment, trial.disk):
            if isinstance(record, SealedRecord) and record.epoch == 1:
                try:
                    found[record.seq] = record.open(PROVINCE).payload.decode()
                except (NotForUs, BrokenSeal):
                    continue
    return found


def main() -> int:
    return command("damaged sticks: found, said, made whole", run, ("turns", 2_000))


if __name__ == "__main__":
    sys.exit(main())
