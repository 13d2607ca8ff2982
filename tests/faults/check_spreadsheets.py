"""Does a real spreadsheet program open our reports, and are the cells of the right type there?

    python -m tests.faults.check_spreadsheets [--rows 100000] [--office soffice]

Writes a report of many rows and every kind of cell, measures the memory it took, lets LibreOffice (headless, with
a home of its own) turn it into a flat spreadsheet, whose cells name their types, and compares each one. Exit 2
where LibreOffice is not installed.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from xml.etree.ElementTree import iterparse

from app.domain.vietnam_time import local
from app.spreadsheets.writing import write_table
from tests.app.spreadsheets.tables import COLUMNS, TOP, rows, table

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TYPES = ("float", "string", "string", "string", "float", "date", "date", "percentage", "float")
"""What the format calls the kinds of `COLUMNS`."""


def cells_of(flat: Path) -> Iterator[list[tuple[str | None, str | None]]]:
    """Type and value of each cell, row by row; formulas are told as the type "formula"."""
    for _, element in iterparse(flat):
        if element.tag == f"{_TABLE}table-row":
            row: list[tuple[str | None, str | None]] = []
            for cell in element:
                kind = "formula" if f"{_TABLE}formula" in cell.attrib else cell.get(f"{_OFFICE}value-type")
                text = " ".join("".join(paragraph.itertext()) for paragraph in cell)
                value = cell.get(f"{_OFFICE}value") or cell.get(f"{_OFFICE}date-value") or text
                row += [(kind, value)] * int(cell.get(f"{_TABLE}number-columns-repeated", "1")) if kind else [
                    (None, None)]
            yield row
            element.clear()


def wrong_cells(flat: Path, count: int) -> tuple[int, Counter[str]]:
    """How many rows were compared, and what was wrong in them."""
    found: Counter[str] = Counter()
    compared = 0
    for row, meant in zip(islice(cells_of(flat), TOP, None), rows(count), strict=False):
        compared += 1
        for column, kind, cell in zip(COLUMNS, TYPES, row, strict=False):
            value = meant.cells[COLUMNS.index(column)]
            is_blank = cell[0] is None and value in ("", " ")
            if cell[0] != kind and not is_blank:
                found[f"{column.key} is a {cell[0]}, not a {kind}"] += 1
            elif kind == "float" and float(cell[1] or "nan") != value:
                found[f"{column.key} has another value"] += 1
            elif kind == "date" and not is_same_day(cell[1], value):
                found[f"{column.key} is another day"] += 1
            elif kind == "string" and isinstance(value, str) and (cell[1] or "").split() != value.split():
                found[f"{column.key} has another text"] += 1
    return compared, found


def is_same_day(shown: str | None, meant: object) -> bool:
    """The wall clock of the office, whole days without one. The format counts days in binary: a breath is lost."""
    if isinstance(meant, datetime) and shown is not None:
        there = datetime.fromisoformat(shown[:26]).replace(tzinfo=local(meant).tzinfo)
        return abs(there - meant) < timedelta(milliseconds=1)
    return isinstance(meant, date) and shown == meant.isoformat()


def opened(office: str, file: Path, folder: Path) -> Path:
    """The file as LibreOffice understands it."""
    subprocess.run(
        [office, f"-env:UserInstallation={(folder / 'home').as_uri()}", "--headless", "--convert-to", "fods",
         "--outdir", str(folder), str(file)],
        check=True, capture_output=True, timeout=1800, env=os.environ | {"HOME": str(folder)})
    return file.with_suffix(".fods")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--office", default="soffice")
    said = parser.parse_args()
    office = shutil.which(said.office)
    if office is None:
        print(f"{said.office} is not installed")
        return 2
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "report.xlsx"
        before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
        write_table(file, table(), rows=rows(said.rows))
        more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
        print(f"{said.rows:,} rows written in {time.perf_counter() - start:.1f} s, {more} MB more at the most, "
              f"{file.stat().st_size // 1024:,} kB")
        start = time.perf_counter()
        flat = opened(office, file, Path(place))
        print(f"opened by LibreOffice in {time.perf_counter() - start:.1f} s")
        compared, found = wrong_cells(flat, said.rows)
    print(f"{compared:,} rows compared, {sum(found.values())} cells wrong")
    for what, times in found.most_common(20):
        print(f"  {times:>8,} {what}")
    return 1 if found or compared != said.rows else 0


if __name__ == "__main__":
    sys.exit(main())
