"""Whether a receipt and a result that were scanned belong together: the guard against the wrong person."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.two_scans import ReturnPaper, ReturnScan, read_return_scan
from app.errors import Refusal
from app.services.life.reading import KnownLife
from app.services.results.known import find_here


@dataclass(frozen=True, slots=True)
class Pair:
    """One dossier, named by both papers. `version` as the receipt says it, None when it does not."""

    held: KnownLife
    version: int | None

    @property
    def is_old_receipt(self) -> bool:
        """A receipt replaced by a correction: good for the return all the same."""
        return self.version is not None and self.version < self.held.body.version


def match_pair(connection: Connection, one: str, other: str) -> Pair:
    """The dossier of the two scanned texts, in either order.

    Raises `same_paper_twice` (paper: receipt or result), `result_receipt_mismatch` (receipt_code, receipt_shelf,
    result_code, result_shelf: codes and places, nothing about a person), `dossier_not_here` and its like, and
    what `read_return_scan` raises.
    """
    first, second = read_return_scan(one), read_return_scan(other)
    if first.paper is second.paper:
        raise Refusal("same_paper_twice", paper=str(first.paper))
    receipt, result = (first, second) if first.paper is ReturnPaper.RECEIPT else (second, first)
    return pair_of(connection, receipt, result)


def pair_of(connection: Connection, receipt: ReturnScan, result: ReturnScan) -> Pair:
    """The same for two papers that were read before."""
    wanted, found = find_here(connection, receipt.code), find_here(connection, result.code)
    if wanted.id != found.id:
        raise Refusal(
            "result_receipt_mismatch", receipt_code=wanted.code, receipt_shelf=wanted.life.shelf or "–",
            result_code=found.code, result_shelf=found.life.shelf or "–",
        )
    return Pair(wanted, receipt.version)


def match_result(connection: Connection, text: str) -> KnownLife:
    """The dossier of a result's label alone, where the receipt is lost. Raises `result_scan_missing` for another
    paper, and what `match_pair` raises."""
    scan = read_return_scan(text)
    if scan.paper is not ReturnPaper.RESULT:
        raise Refusal("result_scan_missing")
    return find_here(connection, scan.code)
