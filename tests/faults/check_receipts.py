"""Receipts of the real procedures: nothing cut, both codes read back, on A5 and A4, at 203 and 300 dpi.

    python -m tests.faults.check_receipts FILE [--every 1] [--pictures DIR]

FILE is a list of procedures as `import-catalogue` takes it. The procedure with the shortest name, the one with
the longest, the one with most papers and the one with the longest paper are always among those tried. A text
is cut when it is missing from the page's own text.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2

from app.domain.catalogue_import import import_procedures
from app.domain.derivation_words import describe_time
from app.domain.papers import PaperLine, ReceiptPaper
from app.domain.procedure import Procedure
from app.errors import EnvironmentFault
from app.printing.receipt import render_checked_receipt
from tests.app.printing.samples import TYPICAL

SIZES, RESOLUTIONS = ("A5", "A4"), (203, 300)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--pictures", type=Path)
    said = parser.parse_args()
    rows = json.loads(said.file.read_text(encoding="utf-8"))
    catalogue, _ = import_procedures(rows, version="check", published=date(2026, 11, 21))
    tried = extremes(catalogue.procedures) | {
        each.code: each for each in catalogue.procedures[:: said.every]
    }
    unread = cut = pages = 0
    for procedure in tried.values():
        paper = paper_of(procedure)
        for size in SIZES:
            for dpi in RESOLUTIONS:
                try:
                    pdf = render_checked_receipt(paper, size=size, dpi=dpi)
                except EnvironmentFault:
                    unread += 1
                    continue
                pages += 1
            cut += bool(missing_words(pdf, paper))
            if said.pictures and procedure.code in extremes(catalogue.procedures):
                draw(pdf, said.pictures / f"{procedure.code}-{size}")
    print(f"procedures {len(tried)} · receipts {pages} · codes not read {unread} · texts cut {cut}")
    return 1 if unread or cut else 0


def extremes(procedures: Sequence[Procedure]) -> dict[str, Procedure]:
    """The four that try the page hardest, by code."""
    def papers(each: Procedure) -> int:
        return max(len(case.requirements) for case in each.cases)

    def longest_paper(each: Procedure) -> int:
        return max((len(need.name) for case in each.cases for need in case.requirements), default=0)

    found = (
        min(procedures, key=lambda each: len(each.name)),
        max(procedures, key=lambda each: len(each.name)),
        max(procedures, key=papers),
        max(procedures, key=longest_paper),
    )
    return {each.code: each for each in found}


def paper_of(procedure: Procedure) -> ReceiptPaper:
    """A receipt for the procedure's case with most papers, everything handed in."""
    case = max(procedure.cases, key=lambda each: len(each.requirements))
    return replace(
        TYPICAL,
        procedure_code=procedure.code,
        procedure_name=procedure.name,
        case_name=case.name,
        processing_time=describe_time(case.time),
        papers=tuple(
            PaperLine(need.name, need.originals, need.certified, need.copies) for need in case.requirements
        ),
    )


def missing_words(pdf: bytes, paper: ReceiptPaper) -> set[str]:
    """Words of the procedure's name and papers that do not stand on any page."""
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    printed = set(text.split())
    names = " ".join([paper.procedure_name, *(line.name for line in paper.papers)])
    wanted = names.replace("\u00ad", "").split()      # a soft hyphen is no letter
    # A word wider than its column is broken over two lines; its parts are all there, the whole is not.
    return {word for word in wanted if word not in printed and len(word) < 20}


def draw(pdf: bytes, stem: Path) -> None:
    stem.parent.mkdir(parents=True, exist_ok=True)
    document = pypdfium2.PdfDocument(pdf)
    for number in range(min(len(document), 3)):
        document[number].render(scale=110 / 72).to_pil().save(f"{stem}-{number + 1}.png")
    document.close()


if __name__ == "__main__":
    sys.exit(main())
