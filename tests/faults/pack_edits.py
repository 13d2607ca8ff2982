"""One byte of a day's pack changed at a time: each must be found, with the file and the line it stands in.

    python -m tests.faults.pack_edits --edits 2000
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app import verifier
from app.services.pack import Files, Program, pack_day, zipped
from tests.app.services.till.desk import CashDesk
from tests.office import office_in, sample_intake


@dataclass(frozen=True, slots=True)
class Edit:
    raw: bytes
    place: int


def edited(raw: bytes, seed: int) -> Edit:
    """One byte, anywhere, is another one."""
    noise = random.Random(seed)
    place = noise.randrange(len(raw))
    changed = bytearray(raw)
    changed[place] = (changed[place] + noise.randrange(1, 256)) % 256
    return Edit(bytes(changed), place)


def misnamed(whole: bytes, files: Files, edit: Edit, beside: Path) -> str:
    """What is wrong with how the verifier names this edit; "" when it is found where it is."""
    beside.write_bytes(edit.raw)
    breaks = verifier.verify_pack_file(beside).breaks
    name, line = _where(whole, files, edit.place)
    if not breaks:
        return f"byte {edit.place} of {name}: not found"
    if line and not any((found, at) == (name, line) for found, at, _ in breaks):
        return f"byte {edit.place}, {name} line {line}: said {breaks[:3]}"
    return "" if all(found for found, _, _ in breaks) else f"byte {edit.place}: no name"


def _where(whole: bytes, files: Files, place: int) -> tuple[str, int]:
    """File and line of a byte; ("container", 0) where it belongs to none."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        for entry in archive.infolist():
            begin = entry.header_offset + 30 + len(entry.filename)
            if begin <= place < begin + entry.file_size:
                return entry.filename, files[entry.filename].count(b"\n", 0, place - begin) + 1
    return "container", 0


def _pack() -> Files:
    with tempfile.TemporaryDirectory() as folder, office_in(Path(folder)) as office:
        desk = CashDesk(office)
        desk.open({50_000: 2})
        office.receive(sample_intake("một"))
        desk.collect()
        desk.close({50_000: 6})
        found: Files = desk.read(lambda connection: pack_day(
            connection, office.application.enrolled, date(2026, 11, 23), made_by="Mẫu",
            program=Program("0.1.0", "# Thử\n"), now=office.clock.now()))
        return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    files = _pack()
    whole, wrong = zipped(files), []
    with tempfile.TemporaryDirectory() as folder:
        beside = Path(folder) / "ca.zip"
        beside.write_bytes(whole)
        assert not verifier.verify_pack_file(beside).breaks
        for n in range(asked.edits):
            said = misnamed(whole, files, edited(whole, asked.seed * 1_000_003 + n), beside)
            if said:
                wrong.append(said)
                print(said)
    print(f"{asked.edits} edits of {len(whole)} bytes, {len(wrong)} not found or wrongly named")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
