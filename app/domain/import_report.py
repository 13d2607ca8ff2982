"""What an import could not use and why: every row has a line, nothing disappears without a word."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum


class Problem(StrEnum):
    """What was wrong with a row. The first group means that the row was left out."""

    NOT_A_ROW = "not_a_row"
    INTERNAL = "internal"                      # 5., 6.: between agencies, never at a counter
    CODE_WRONG = "code_wrong"
    CODE_REPEATED = "code_repeated"
    NAME_MISSING = "name_missing"
    NAME_WRONG = "name_wrong"                  # the portal shows a decision's title instead of the name
    FIELD_MISSING = "field_missing"
    TOO_LARGE = "too_large"

    TIME_WITHOUT_UNIT = "time_without_unit"
    TIME_MISSING = "time_missing"
    TIME_UNIT_UNKNOWN = "time_unit_unknown"    # months, fractions, free text
    TIME_AMBIGUOUS = "time_ambiguous"          # several times for one way of submitting
    TIME_DOUBTED = "time_doubted"              # the source itself doubts or contradicts it
    FEE_UNKNOWN = "fee_unknown"
    FEE_CONTRADICTED = "fee_contradicted"      # shown as free, but the note gives or cites a fee
    FEE_DATED = "fee_dated"                    # the note names dates that no field carries
    FEE_BY_PIECE = "fee_by_piece"              # by page, copy, person, area
    FEE_ALTERNATIVES = "fee_alternatives"      # several amounts, the case decides
    FEE_BY_PROVINCE = "fee_by_province"
    FEE_DOUBTED = "fee_doubted"
    PAPERS_MISSING = "papers_missing"
    PAPER_WITHOUT_NAME = "paper_without_name"
    PAPER_IS_A_NOTE = "paper_is_a_note"
    PAPER_REPEATED = "paper_repeated"
    QUANTITY_IMPOSSIBLE = "quantity_impossible"
    FILE_NAME_REMOVED = "file_name_removed"
    FILE_NAME_KEPT = "file_name_kept"
    CASE_LOST = "case_lost"                    # papers without a heading beside papers with one
    DELEGATE_CASE_SPREAD = "delegate_case_spread"
    AGENCY_NOT_ASSIGNED = "agency_not_assigned"
    SOURCE_DOUBTS = "source_doubts"


LEAVES_OUT = frozenset({
    Problem.NOT_A_ROW, Problem.INTERNAL, Problem.CODE_WRONG, Problem.CODE_REPEATED, Problem.NAME_MISSING,
    Problem.NAME_WRONG, Problem.FIELD_MISSING, Problem.TOO_LARGE,
})


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark about a row; `detail` quotes the source."""

    problem: Problem
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of row `row` (1 is the first)."""

    row: int
    code: str
    name: str
    findings: tuple[Finding, ...]

    @property
    def is_used(self) -> bool:
        return not any(finding.problem in LEAVES_OUT for finding in self.findings)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """One outcome per row, in the order of the rows: `used + skipped == rows`."""

    outcomes: tuple[RowOutcome, ...]

    @property
    def rows(self) -> int:
        return len(self.outcomes)

    @property
    def used(self) -> int:
        return sum(outcome.is_used for outcome in self.outcomes)

    @property
    def skipped(self) -> int:
        return self.rows - self.used

    @property
    def faultless(self) -> int:
        """Rows used without a single remark."""
        return sum(not outcome.findings for outcome in self.outcomes)

    def counts(self) -> dict[Problem, int]:
        """In how many rows each problem occurs, most frequent first."""
        counter = Counter(
            problem for outcome in self.outcomes for problem in {finding.problem for finding in outcome.findings}
        )
        return dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))

    def as_text(self) -> str:
        """The figures for a terminal."""
        lines = [f"rows {self.rows}", f"used {self.used}", f"skipped {self.skipped}",
                 f"faultless {self.faultless}"]
        lines += [f"{problem} {count}" for problem, count in self.counts().items()]
        return "\n".join(lines) + "\n"

    def as_csv(self) -> str:
        """Every remark as a line `row,code,name,used,problem,detail`; a faultless row has one line too."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["row", "code", "name", "used", "problem", "detail"])
        for outcome in self.outcomes:
            for finding in outcome.findings or (None,):
                writer.writerow([
                    outcome.row, outcome.code, outcome.name, "yes" if outcome.is_used else "no",
                    finding.problem if finding else "", finding.detail if finding else "",
                ])
        return text.getvalue()
