"""The full list of procedures, as read from the national portal, into a catalogue and a report.

A row is one JSON object {code, name, field, ministry, level, days {value, unit}, days_hints, methods, fees,
free, papers [{name, originals, copies, form, case}], results, legal, decision, doubts, source}. The report
has a line for every row, used or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from app.domain.catalogue_check import CODE, check_catalogue
from app.domain.import_fees import read_fees, read_time
from app.domain.import_papers import read_cases
from app.domain.import_report import Finding, ImportReport, Problem, RowOutcome
from app.domain.import_texts import text_of, texts_of
from app.domain.procedure import Agency, Catalogue, Procedure
from app.domain.text import fold

UNASSIGNED = Agency("chua-gan", "Chưa gán cơ quan giải quyết", "khác", ())
"""Holder of procedures that nobody assigned to an agency of this province; never receivable."""

_DOUBT_TEXTS = {
    Problem.TIME_WITHOUT_UNIT: "Nguồn ghi thời hạn không có đơn vị: không tính ngày hẹn trả",
    Problem.TIME_MISSING: "Nguồn không ghi thời hạn: không tính ngày hẹn trả",
    Problem.TIME_UNIT_UNKNOWN: "Thời hạn ghi theo đơn vị khác: không tính ngày hẹn trả",
    Problem.TIME_AMBIGUOUS: "Nguồn ghi nhiều thời hạn: không tính ngày hẹn trả",
    Problem.TIME_DOUBTED: "Thời hạn còn nghi vấn",
    Problem.FEE_UNKNOWN: "Chưa biết mức phí, lệ phí",
    Problem.FEE_CONTRADICTED: "Nguồn ghi miễn phí nhưng ghi chú nêu phí: chưa biết mức",
    Problem.FEE_DATED: "Mức phí thay đổi theo ngày nêu trong ghi chú: chưa biết mức",
    Problem.FEE_BY_PIECE: "Phí tính theo trang, bản, người hoặc diện tích",
    Problem.FEE_ALTERNATIVES: "Nguồn ghi nhiều mức phí: chưa biết mức",
    Problem.FEE_BY_PROVINCE: "Mức thu do Hội đồng nhân dân cấp tỉnh quyết định",
    Problem.FEE_DOUBTED: "Số tiền còn nghi vấn: chưa biết mức",
    Problem.PAPERS_MISSING: "Nguồn không có thành phần hồ sơ",
    Problem.QUANTITY_IMPOSSIBLE: "Số lượng giấy tờ đọc sai: đặt lại là 1",
    Problem.CASE_LOST: "Một số giấy tờ không ghi thuộc trường hợp nào",
    Problem.FILE_NAME_KEPT: "Tên giấy tờ còn dính tên tệp biểu mẫu",
}
MOST_PAPERS = 500
_TIME_DOUBTS = ("the_source_contradicts_itself", "12 days comes from", "time_and_fee_glued_guess")
_NAME_DOUBT = "name_on_the_portal_is_wrong"
_DECISION_TITLE = re.compile(r"^(quyet dinh|cong bo|ve viec) .*\b(cong bo|ban hanh)\b")


def import_procedures(
    rows: Iterable[Any],
    *,
    version: str,
    published: date,
    valid_from: date | None = None,
    source: str = "",
    agencies: Sequence[Agency] = (),
    assignments: Mapping[str, str] | None = None,
) -> tuple[Catalogue, ImportReport]:
    """All usable rows as a catalogue that passes `check_catalogue`, and what was wrong with each row.

    `assignments` says which agency settles: a procedure code, a field or a ministry → agency id, the most
    exact one counts; "*" stands for the rest. A procedure without an agency goes to `UNASSIGNED` and may not
    be received. `valid_from` is `published` when not given. Raises Refusal when `agencies` or `assignments`
    do not fit together.
    """
    assigned = dict(assignments or {})
    procedures: dict[str, Procedure] = {}
    outcomes: list[RowOutcome] = []
    for number, row in enumerate(rows, start=1):
        findings: list[Finding] = []
        procedure = _read_row(row, procedures, assigned, findings)
        if procedure is not None:
            procedures[procedure.code] = procedure
        code, name = text_of(row, "code"), text_of(row, "name")
        outcomes.append(RowOutcome(number, code[:40], name[:300], tuple(findings)))
    settled = {procedure.code for procedure in procedures.values() if procedure.agency != UNASSIGNED.id}
    catalogue = Catalogue(
        version=version,
        published=published,
        valid_from=valid_from or published,
        source=source,
        agencies=(*agencies, UNASSIGNED) if len(settled) < len(procedures) else tuple(agencies),
        procedures=tuple(procedures.values()),
        receivable=frozenset(settled),
    )
    check_catalogue(catalogue)
    return catalogue, ImportReport(tuple(outcomes))


def _read_row(
    row: Any, known: Mapping[str, Procedure], assigned: Mapping[str, str], findings: list[Finding]
) -> Procedure | None:
    fault = _fault(row, known)
    if fault is not None:
        findings.append(fault)
        return None
    code, name, field = text_of(row, "code"), text_of(row, "name").rstrip("."), text_of(row, "field")
    agency = _agency(code, field, text_of(row, "ministry"), assigned)
    if agency == UNASSIGNED.id:
        findings.append(Finding(Problem.AGENCY_NOT_ASSIGNED, field))
    doubts = texts_of(row, "doubts")
    if any(doubt.startswith(_TIME_DOUBTS) for doubt in doubts):
        findings.append(Finding(Problem.TIME_DOUBTED, "; ".join(doubts)[:200]))
    elif doubts:
        findings.append(Finding(Problem.SOURCE_DOUBTS, "; ".join(doubts)[:200]))
    time = read_time(row, findings)
    cases = read_cases(row.get("papers"), time, read_fees(row, findings), findings)
    return Procedure(
        code=code,
        name=name,
        field=field,
        agency=agency,
        level=tuple(texts_of(row, "level")),
        cases=cases,
        results=tuple(texts_of(row, "results")),
        legal_basis=tuple(texts_of(row, "legal")),
        decision=text_of(row, "decision"),
        source=text_of(row, "source"),
        doubts=tuple(dict.fromkeys(
            _DOUBT_TEXTS[finding.problem] for finding in findings if finding.problem in _DOUBT_TEXTS
        )),
    )


def _fault(row: Any, known: Mapping[str, Procedure]) -> Finding | None:
    """What keeps a row out of the catalogue altogether."""
    if not isinstance(row, Mapping):
        return Finding(Problem.NOT_A_ROW, type(row).__name__)
    code, name = text_of(row, "code"), text_of(row, "name")
    papers = row.get("papers")
    if not CODE.fullmatch(code):
        return Finding(Problem.CODE_WRONG, code[:40])
    if code[0] in "56":
        return Finding(Problem.INTERNAL, code)
    if code in known:
        return Finding(Problem.CODE_REPEATED, code)
    if not name.strip("."):
        return Finding(Problem.NAME_MISSING)
    is_doubted = any(doubt.startswith(_NAME_DOUBT) for doubt in texts_of(row, "doubts"))
    if is_doubted or _DECISION_TITLE.match(fold(name)):
        return Finding(Problem.NAME_WRONG, name[:120])
    if not text_of(row, "field"):
        return Finding(Problem.FIELD_MISSING)
    if isinstance(papers, list) and len(papers) > MOST_PAPERS:
        return Finding(Problem.TOO_LARGE, f"{len(papers)} papers")
    return None


def _agency(code: str, field: str, ministry: str, assigned: Mapping[str, str]) -> str:
    for key in (code, field, ministry, "*"):
        if key in assigned:
            return assigned[key]
    return UNASSIGNED.id
