"""`python -m tests.faults.check_catalogue FILE [--report CSV]`: the importer and the search on a full real list.

FILE holds the rows as one JSON list or one object a line. Prints figures; exit 1 when a row is lost, the package
does not come back from its own text, too few names are found by three of their syllables,
or a doubtful time would give a date.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.catalogue_codec import dump_catalogue, load_catalogue
from app.domain.catalogue_import import import_procedures
from app.domain.catalogue_search import CatalogueSearch
from app.domain.import_report import ImportReport, Problem
from app.domain.procedure import Agency, Catalogue, Procedure
from app.domain.syllables import plain_syllables

AGENCY = Agency("mau", "Cơ quan Mẫu", "tỉnh", ("H47.99",))
FOUND_AT_LEAST = 0.98
REMEMBERED = 16                    # syllables of a name that anyone would type
NO_DATE = {Problem.TIME_WITHOUT_UNIT, Problem.TIME_MISSING, Problem.TIME_UNIT_UNKNOWN, Problem.TIME_AMBIGUOUS}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.check_catalogue")
    parser.add_argument("file", type=Path)
    parser.add_argument("--report", type=Path, help="where the report of all rows is written as CSV")
    given = parser.parse_args(arguments)
    rows = read_rows(given.file.read_text(encoding="utf-8"))
    catalogue, report = import_procedures(
        rows, version="check", published=date(2026, 1, 1), agencies=(AGENCY,), assignments={"*": AGENCY.id}
    )
    if given.report:
        given.report.write_text(report.as_csv(), encoding="utf-8")
    print(report.as_text())
    faults = [*lost_rows(rows, catalogue, report), *dates_without_unit(catalogue, report)]
    text = dump_catalogue(catalogue)
    print(f"package {len(text)} characters")
    if load_catalogue(text) != catalogue:
        faults.append("the package does not say what the catalogue says")
    faults += names_not_found(catalogue)
    for fault in faults:
        print("FAULT", fault)
    return 1 if faults else 0


def read_rows(text: str) -> list[Any]:
    if text.lstrip().startswith("["):
        rows = json.loads(text)
        return rows if isinstance(rows, list) else [rows]
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def lost_rows(rows: list[Any], catalogue: Catalogue, report: ImportReport) -> Iterator[str]:
    if report.used + report.skipped != len(rows) or report.used != len(catalogue.procedures):
        yield f"{len(rows)} rows, {report.used} used, {report.skipped} skipped"


def dates_without_unit(catalogue: Catalogue, report: ImportReport) -> Iterator[str]:
    """A row with a doubtful time must not yield a date in any of its cases."""
    computable = {procedure.code for procedure in catalogue.procedures
                  if any(case.time.is_computable for case in procedure.cases)}
    for outcome in report.outcomes:
        if outcome.code in computable and NO_DATE & {finding.problem for finding in outcome.findings}:
            yield f"row {outcome.row} {outcome.code} gives a date from a doubtful time"


def names_not_found(catalogue: Catalogue) -> Iterator[str]:
    """Each procedure by the three syllables of its name that fewest others have."""
    search = CatalogueSearch(catalogue)
    names = {procedure.code: _told_apart_by(procedure) for procedure in catalogue.procedures}
    holders: dict[str, set[str]] = {}
    for procedure in catalogue.procedures:
        for syllable in plain_syllables(procedure.name):
            holders.setdefault(syllable, set()).add(procedure.code)
    found, spans = 0, []
    for code, syllables in names.items():
        if not syllables:
            continue
        wanted = min(itertools.combinations(syllables, min(3, len(syllables))),
                     key=lambda three: len(set.intersection(*(holders[one] for one in three))))
        began = time.perf_counter()
        hits = search.find(" ".join(wanted), 5)
        spans.append(time.perf_counter() - began)
        found += any(hit.procedure.code == code for hit in hits)
    spans.sort()
    share = found / max(1, len(names))
    print(f"found in the first five by three syllables: {found} of {len(names)} ({share:.1%})")
    middle, last = spans[len(spans) // 2], spans[int(len(spans) * 0.99)]
    print(f"search: median {middle * 1e3:.2f} ms, p99 {last * 1e3:.2f} ms")
    if share < FOUND_AT_LEAST:
        yield f"only {share:.1%} found by three syllables"


def _told_apart_by(procedure: Procedure) -> list[str]:
    syllables = plain_syllables(procedure.name)
    if syllables[:2] == ["thu", "tuc"] and len(syllables) > 2:
        syllables = syllables[2:]
    return list(dict.fromkeys(syllables))[:REMEMBERED]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
