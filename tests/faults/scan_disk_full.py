"""A small disk that is really full in the middle of a pile: every page that was shown is whole, the others are not
there, and with room again the pile goes on. Needs the right to mount a disk.

    python -m tests.faults.scan_disk_full [--megabytes 8]
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import EnvironmentFault
from app.services.scan_check import check_scans
from app.services.scan_tray import pages
from tests.app.services.scans import scan
from tests.office import Office, make_office

INTENT = "xấp giấy"


@dataclass(slots=True)
class Figures:
    kept: int = 0
    refused: int = 0
    codes: set[str] = field(default_factory=set)
    lost: int = 0                  # shown, and not there whole
    half: int = 0                  # there, and never shown; or lying about half written
    went_on: int = 0               # pages kept with room again

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.half) and self.codes == {"disk_full"} and self.went_on > 0


def run(folder: Path, megabytes: int = 8) -> Figures:
    """Scan until the disk says no, three times over; then make room and scan on."""
    figures = Figures()
    _mount(folder, f"size={megabytes}m")
    try:
        office = make_office(folder)
        try:
            shown = _scan_until_full(office, figures, 0)
            for turn in range(1, 3):                   # small pages fit where a large one did not
                shown |= _scan_until_full(office, figures, turn * 1_000, size=3_000)
            _check(office, figures, shown)
            _mount(folder, f"remount,size={megabytes * 4}m")
            for number in range(5_000, 5_005):
                shown[scan(office, INTENT, _content(number, 90_000), ordinal=number).id] = (number, 90_000)
                figures.went_on += 1
            _check(office, figures, shown)
        finally:
            office.application.close()
    finally:
        subprocess.run(["umount", str(folder)], check=True)
    return figures


def _content(number: int, size: int) -> bytes:
    return random.Random(number).randbytes(size)


def _scan_until_full(
    office: Office, figures: Figures, first: int, *, size: int = 90_000
) -> dict[str, tuple[int, int]]:
    shown: dict[str, tuple[int, int]] = {}
    for number in range(first, first + 1_000):
        try:
            page = scan(office, INTENT, _content(number, size), ordinal=number)
        except EnvironmentFault as fault:
            figures.refused += 1
            figures.codes.add(fault.code)
            break
        shown[page.id] = (number, size)
        figures.kept += 1
    return shown


def _check(office: Office, figures: Figures, shown: dict[str, tuple[int, int]]) -> None:
    blobs = office.application.blobs
    with office.application.database.reading() as connection:
        here = {page.id: page for page in pages(connection, INTENT)}
        found = check_scans(connection, blobs, lambda *_: None, office.clock.now())
    for page_id, (number, size) in shown.items():
        page = here.pop(page_id, None)
        is_whole = page is not None and blobs.read(page.original.sha256) == _content(number, size)
        figures.lost += not is_whole
    figures.lost += len(found.missing) + len(found.damaged)
    figures.half += len(here) + found.leftovers + len(office.application.database.integrity_findings())
    for file in blobs.walk():                          # a whole page without a row is a page that was not shown
        blobs.read(file.sha256)


def _mount(folder: Path, options: str) -> None:
    kind = [] if options.startswith("remount") else ["-t", "tmpfs", "tmpfs"]
    subprocess.run(["mount", "-o", options, *kind, str(folder)], check=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=8)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qmc-scan-full-") as folder:
        found = run(Path(folder), said.megabytes)
    print(f"pages kept {found.kept} · refused {found.refused} as {', '.join(sorted(found.codes)) or 'nothing'} · "
          f"lost {found.lost} · half {found.half} · kept with room again {found.went_on}")
    print("clean" if found.is_clean else "VIOLATED")
    return 0 if found.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
