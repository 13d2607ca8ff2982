"""The two scans of a return (trả kết quả): the citizen's receipt and the label of the result, in either order.

The result's label has a text of its own (`app.domain.result_code`), so one paper scanned twice is never a pair.
Whether two codes name one dossier is asked of the book, because a receipt may bear the province's own code.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.receipt_code import read_receipt_code
from app.domain.result_code import is_result_text, read_result
from app.errors import Refusal


class ReturnPaper(StrEnum):
    RECEIPT = "receipt"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class ReturnScan:
    """One of the two. `version` is the receipt's where its code says it, as in `ScannedReceipt`."""

    paper: ReturnPaper
    code: str
    version: int | None = None


def read_return_scan(text: str) -> ReturnScan:
    """Which of the two papers was scanned, and of which dossier.

    Raises `result_label_damaged` for a result's label that cannot be trusted (its check is wrong, or a newer
    program wrote it), and what `read_receipt_code` raises for everything that is neither.
    """
    if is_result_text(text):
        code = read_result(text)
        if code is None:
            raise Refusal("result_label_damaged")
        return ReturnScan(ReturnPaper.RESULT, code)
    found = read_receipt_code(text)
    return ReturnScan(ReturnPaper.RECEIPT, found.code.text, found.version)
