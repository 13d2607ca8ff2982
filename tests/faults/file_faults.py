"""Half an upload never counts as whole and goes on where it stopped (reliability.md, P11).

A counter on a real encrypted book brings a 3 MB document to a real gateway process on PostgreSQL, once for every
4 KB of it: each time the line is reset at a random byte of those 4 KB of the document, and the next
contact goes on. Every tenth time the gateway is killed with signal 9 while the line is down. Then the whole must
be at the province, byte for byte, and the bytes that had to travel twice are counted: at most one chunk a cut.
Between them lies come over the line (chunks at wrong places, with wrong digests, a whole of other bytes): none
may be kept.

    python -m tests.faults.file_faults [--points 750] [--seed 1]
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import requests

from app.services.courier import gateway_of
from sync.contract import files as wire
from sync.contract.files import LARGEST_CHUNK
from sync.contract.limits import KB
from sync.signing import SignedBearer, signer_of
from tests.postgres import running_postgres
from tests.sync.client.cutting_line import CuttingLine, cutting_line
from tests.sync.client.scans import at_province, file_at, scan
from tests.sync.client.trial import Counter, Trial, trial_province

STEP = 4 * KB
SIZE = 750 * STEP
"""3 MB: 750 places to cut at."""

KILL_EVERY = 10
LIE_EVERY = 25


@dataclass(slots=True)
class Figures:
    points: int = 0                # places at which the line was cut and the document then went on to its end
    cuts: int = 0
    kills: int = 0
    contacts: int = 0
    whole: int = 0                 # at the province, byte for byte
    early: int = 0                 # called whole by the counter while the province had not all of it
    most_resent: int = 0           # bytes that travelled twice for one cut
    resent: int = 0
    lies: int = 0
    lies_kept: int = 0             # chunks or wholes taken that should not have been
    chunk: int = LARGEST_CHUNK
    seconds: float = 0.0

    @property
    def is_clean(self) -> bool:
        return (
            0 < self.whole == self.points == self.cuts and not self.early and not self.lies_kept
            and self.most_resent <= self.chunk
        )


def run(points: int, seed: int, folder: Path, database_url: str, size: int = SIZE) -> Figures:
    """Cut at `points` places spread over a document of `size` bytes; all of them when there are as many."""
    figures, noise = Figures(), random.Random(seed)
    places = [STEP * (1 + n * (size // STEP) // points) - noise.randrange(STEP) for n in range(points)]
    began = time.perf_counter()
    with trial_province(folder / "gateway", database_url) as trial, cutting_line(trial.url) as line:
        counter = trial.place().enrol(folder / "counter")
        counter.move(line.url)
        try:
            for number, cut in enumerate(places, start=1):
                content = scan(size, noise.randrange(2**40))
                _one(trial, counter, line, content, min(cut, size), number, figures)
                figures.points = number
        except KeyboardInterrupt:
            print(f"… stopped by hand; of {points} places these were tried:", file=sys.stderr)
        counter.close()
    figures.seconds = time.perf_counter() - began
    return figures


def _one(
    trial: Trial, counter: Counter, line: CuttingLine, content: bytes, cut: int, number: int, figures: Figures
) -> None:
    (blob,) = file_at(counter, content)
    line.prepare(cut)
    before = line.cuts
    path = at_province(trial, blob)
    while True:
        counter.sync()
        figures.contacts += 1
        is_whole = path.is_file() and path.read_bytes() == content
        if counter.outbox().files_waiting == 0:
            figures.early += not is_whole
            break
        if number % KILL_EVERY == 0 and line.cuts > before and figures.kills < number // KILL_EVERY:
            figures.kills += 1
            trial.process.kill9()
            trial.process.start()
        if number % LIE_EVERY == 1 and figures.lies < 3 * (number // LIE_EVERY + 1):
            _lie(trial, counter, content, figures)
    figures.cuts += line.cuts - before
    figures.whole += is_whole
    resent = line.passed - len(content)
    figures.resent += resent
    figures.most_resent = max(figures.most_resent, resent)
    path.unlink(missing_ok=True)                       # 750 of them would be 2 GB
    counter.office.application.blobs.remove(blob.sha256)


def _lie(trial: Trial, counter: Counter, content: bytes, figures: Figures) -> None:
    """A chunk for a later place, one with another's digest, one that is not there: refused, the offset stays."""
    with counter.office.application.database.reading() as connection:
        line = gateway_of(connection)
    assert line is not None
    here = counter.office
    with requests.Session() as session:
        session.trust_env = False
        session.auth = SignedBearer(line.token, signer_of(here.application.enrolled, here.clock.now()))
        path = f"{trial.url}{wire.FILE.format(sha256=hashlib.sha256(content).hexdigest())}"
        common = {wire.TUS_RESUMABLE: wire.TUS, "Content-Type": wire.CHUNK_TYPE}
        start = session.head(path, headers=common, timeout=60)
        if start.status_code != 200:                   # the cut came before it was begun
            return
        offset = int(start.headers[wire.OFFSET])
        chunk = content[offset:offset + STEP]
        good = wire.checksum_text(hashlib.sha256(chunk).digest())
        bad = wire.checksum_text(hashlib.sha256(chunk + b"x").digest())
        for place, digest in ((offset + STEP, good), (max(0, offset - 1) if offset else 1, good), (offset, bad)):
            answer = session.patch(path, data=chunk, timeout=60,
                                   headers={**common, wire.OFFSET: str(place), wire.CHECKSUM: digest})
            figures.lies += 1
            figures.lies_kept += answer.status_code // 100 == 2
        after = session.head(path, headers=common, timeout=60)
        figures.lies_kept += int(after.headers[wire.OFFSET]) != offset


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=SIZE // STEP)
    parser.add_argument("--seed", type=int, default=1)
    said = parser.parse_args()
    logging.getLogger("urllib3").setLevel(logging.ERROR)     # it warns of each line that was cut
    with tempfile.TemporaryDirectory(prefix="qmc-files-") as folder, running_postgres() as server:
        found = run(said.points, said.seed, Path(folder), server.create_database())
    print(f"cut points {found.points} of a {SIZE:,} B document · cuts {found.cuts} · contacts {found.contacts} · "
          f"gateway killed {found.kills} times · {found.seconds:.0f} s")
    print(f"whole at the province {found.whole} · called whole too early {found.early} · false chunks "
          f"{found.lies}, kept {found.lies_kept}")
    print(f"sent twice for one cut: at most {found.most_resent:,} B, {found.resent // max(1, found.cuts):,} B on "
          f"average (a chunk is at most {found.chunk:,} B)")
    print("clean" if found.is_clean else "VIOLATED")
    return 0 if found.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
