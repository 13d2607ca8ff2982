"""What the lines send at once follows what each of them has measured."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.store.blobs import BlobStore
from app.store.queries.papers import WaitingFile
from sync.client import GatewayClient, Reached
from sync.contract.limits import KB
from sync.core.pace import Pace
from sync.file_lines import Kept, Lines, Upload, Whole
from tests.sync.client.scans import scan

KBIT = 125.0


class LineOf(GatewayClient):
    """A province at the end of a line of so many bytes a second: its clock goes on by what a chunk takes."""

    def __init__(self, rate: float, wait: float = 0.2) -> None:
        super().__init__("http://127.0.0.1:1")
        self._rate, self._wait = rate, wait
        self.now = 0.0
        self.chunks: list[int] = []

    def begin_file(self, sha256: str, size: int) -> Reached:
        return Reached(0, False)

    def send_chunk(self, sha256: str, size: int, offset: int, chunk: bytes) -> Reached:
        self.now += self._wait + len(chunk) / self._rate
        self.chunks.append(len(chunk))
        return Reached(offset + len(chunk), offset + len(chunk) == size)


@pytest.mark.parametrize(("kbits", "usual"), [(16, 16 * KB), (64, 32 * KB), (256, 32 * KB), (10_000, 256 * KB)])
def test_chunks_become_what_the_line_bears(tmp_path: Path, kbits: int, usual: int) -> None:
    blobs = BlobStore(tmp_path, b"k" * 32)
    uploads = []
    for seed in range(3):
        blob = blobs.put(scan(1_000_000, seed), "application/pdf")
        uploads.append(Upload(WaitingFile(blob.sha256, blob.size, blob.mime, datetime.now(UTC), 0), None))
    line = LineOf(kbits * KBIT)
    whole, carried = [], 0
    with Lines(uploads, blobs, lambda: line, lambda: line.now, Pace(rate=kbits * KBIT)) as lines:
        lines._threads[0].join()
        while lines.is_running:
            match lines.next(10.0):
                case Whole(sha256):
                    whole.append(sha256)
                case Kept(_, _, arrived):
                    carried += arrived
    assert sorted(whole) == sorted(each.file.sha256 for each in uploads) and carried == 3_000_000
    assert max(set(line.chunks), key=line.chunks.count) == usual, sorted(set(line.chunks))
