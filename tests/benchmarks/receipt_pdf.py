"""S7: a receipt as PDF beside a PDF written by hand with the same words at the same places.

The hand-written file is the limit: no layout, no library, the text positions known beforehand, fonts deflated
beforehand (ours are, too), only the applicant's name and the dossier code change from one to the next. Both make
two copies of one A5 page with Code 128 and QR of a new code each time, so no code comes from a cache.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import median
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics

from app.domain.papers import ReceiptPaper
from app.printing.codes import bars, square
from app.printing.decode_back import check_codes
from app.printing.fonts import register_fonts
from app.printing.receipt import render_checked_receipt, render_receipt
from app.printing.receipt_layout import ReceiptLayout, lay_out_receipt
from tests.app.printing.samples import TYPICAL

ROUNDS = 150


class Row(NamedTuple):
    name: str
    ours_ms: float
    peer_ms: float
    ratio: float
    goal: str


def _papers() -> Iterator[ReceiptPaper]:
    number = 0
    while True:
        number += 1
        yield replace(TYPICAL, code=f"000.00.15.H47-260921-{number:04d}", book_number=number,
                      applicant_name=f"Nguyễn Thị Thử {number}", submitter_name=f"Nguyễn Thị Thử {number}")


class HandWritten:
    """A PDF writer of forty lines: what remains when layout and library are taken away."""

    def __init__(self, layout: ReceiptLayout, sample: ReceiptPaper) -> None:
        self.layout, self.sample = layout, sample
        page = layout.pages[0]
        self.codes_at = [(x, layout.sheet.height - y, tall, code.module) for x, y, tall, code in page.codes]
        self.rules = "\n".join(
            f"{weight:g} w {x1:.2f} {layout.sheet.height - y1:.2f} m {x2:.2f} {layout.sheet.height - y2:.2f} l S"
            for x1, y1, x2, y2, weight in page.rules)
        faces = sorted({face for _, _, _, pieces, _ in page.texts for _, face in pieces})
        self.fonts = {face: pdfmetrics.getFont(face) for face in faces}

    def write(self, paper: ReceiptPaper) -> bytes:
        sheet, sample = self.layout.sheet, self.sample
        out = []
        for x, y, size, pieces, extra in self.layout.pages[0].texts:
            out.append(f"BT {extra:.3f} Tw 1 0 0 1 {x:.2f} {sheet.height - y:.2f} Tm")
            for text, face in pieces:
                said = text.replace(sample.code, paper.code).replace(sample.applicant_name, paper.applicant_name)
                codes = self.fonts[face]._codes
                out.append(f"/{face} {size:g} Tf <{bytes([codes[letter] for letter in said]).hex()}> Tj")
            out.append("ET")
        content = zlib.compress("\n".join([*out, self.rules, *self._codes(paper.code)]).encode("ascii"))
        box = f"[0 0 {sheet.width:.4f} {sheet.height:.4f}]"
        objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>"]
        objects += [f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Resources 6 0 R/Contents 5 0 R>>".encode()] * 2
        objects.append(b"<</Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(content), content))
        fonts, rows = [], []
        for number, (face, font) in enumerate(self.fonts.items()):
            made, at = font._made, 7 + 4 * number
            rows.append(f"/{face} {at} 0 R")
            fonts += [made.font % (b"%d 0 R" % (at + 1), b"%d 0 R" % (at + 2)), made.to_unicode,
                      made.descriptor % (b"%d 0 R" % (at + 3)), made.font_file]
        objects += [f"<</Font<<{''.join(rows)}>>>>".encode(), *fonts]
        file, offsets = bytearray(b"%PDF-1.4\n"), []
        for number, body in enumerate(objects, 1):
            offsets.append(len(file))
            file += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        start = len(file)
        file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        file += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        file += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
        return bytes(file)

    def _codes(self, code: str) -> list[str]:
        (bar_x, bar_top, tall, unit), (qr_x, qr_top, _, dot) = self.codes_at
        code_128, qr = bars(code, self.layout.sheet.width), square(code, self.layout.sheet.qr_module_mm)
        assert code_128 is not None
        out = [f"{bar_x + at * unit:.6f} {bar_top - tall:.6f} {count * unit:.6f} {tall:.6f} re"
               for at, count in code_128.spans]
        out += [f"{qr_x + at * dot:.6f} {qr_top - (row + 1) * dot:.6f} {count * dot:.6f} {dot:.6f} re"
                for row, at, count in qr.spans]
        return [*out, "f"]


def _ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def bench_receipt(rounds: int = ROUNDS) -> list[Row]:
    """One row each for the receipt alone and with both codes read back at 203 dpi; interleaved, medians."""
    register_fonts()
    papers = _papers()
    sample = next(papers)
    layout = lay_out_receipt(sample, "A5", None)
    render_receipt(sample)                    # cuts the shared subsets, once per process
    peer = HandWritten(layout, sample)
    check_codes(peer.write(sample), sample.code)
    ours, checked, by_hand = [], [], []
    for _ in range(rounds):
        for times, work in ((ours, render_receipt), (by_hand, peer.write), (checked, render_checked_receipt)):
            paper = next(papers)
            times.append(_ms(lambda work=work, paper=paper: work(paper)))  # type: ignore[misc]
    limit = median(by_hand)
    return [Row("S7 receipt PDF, A5, two copies, against a hand-written PDF", median(ours), limit,
                median(ours) / limit, "≤ 4.5"),
            Row("S7 the same with both codes read back", median(checked), limit, median(checked) / limit, "shown")]


if __name__ == "__main__":
    for row in bench_receipt():
        print(f"{row.name:<62} {row.ours_ms:7.2f} ms  limit {row.peer_ms:6.2f} ms  ×{row.ratio:.2f}  {row.goal}")
