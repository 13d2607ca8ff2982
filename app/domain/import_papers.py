"""Papers and cases out of rows of the national portal, whose tables were read without cell borders.

What a reader of such a table must know: headings such as "Giấy tờ phải nộp" divide one case and are none of
their own; a heading about authorisation adds papers to every case; a number far too large is a year or a
form number that ran into the quantity; some names still carry the file name of their form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.domain.import_report import Finding, Problem
from app.domain.import_texts import text_of
from app.domain.package_reader import MAX_NAME
from app.domain.procedure import (
    Condition,
    FeeRule,
    ProcedureCase,
    ProcessingTime,
    Requirement,
    RequirementKind,
)
from app.domain.text import fold

MOST_COPIES = 10
ONLY_CASE = "Trường hợp chung"
LOST_CASE = "Giấy tờ nguồn không ghi thuộc trường hợp nào"

_FILE = re.compile(r"\.(docx?|pdf|xlsx?|rar|zip|jpe?g|png)\W*$", re.IGNORECASE)
_MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_LOWER, _UPPER = "a-z" + _MARKED, "A-Z" + _MARKED.upper()
_FILE_BEGINS = re.compile(
    rf"(?<=[{_LOWER}0-9).;])(?=[{_UPPER}][{_LOWER}]{{2}})"          # …26/01/2026|Mau so 04.docx
    rf"|(?<=[{_UPPER}])(?=[{_UPPER}][{_LOWER}]{{2}})"              # …TT-BNNMT|Phụ lục II.docx
    rf"|(?<=[{_LOWER}{_UPPER}0-9).;])"                            # …theo quy định|tờ trình.docx
    r"(?=(?:mẫu|mau|phụ lục|văn bản|tờ trình|tờ khai|bản khai|báo cáo|đơn)[ .])"
    r"|(?<=[A-Z])(?=\d\d[ -][A-Z])"                               # …80/2021/TT-BTC|01-LP.docx
    r"|(?<=[).])(?=\d)"                                           # …(mẫu HH2).|75-Mẫu HH2.doc
)
_LONGEST_FILE = 110
_SECTION = re.compile(r"^(giay to (can )?(phai )?(nop|xuat trinh)|thanh phan ho so|(\d+\) )?ho so (dang ky )?"
                      r"(bao )?gom)")
_DELEGATE_HEADING = re.compile(r"truong hop uy quyen|co the uy quyen cho")
_DELEGATE_PAPER = re.compile(
    r"^(\(?[ivx\d]+[.)] )?(ban sao )?(van ban|giay|hop dong) (ve viec )?uy quyen(?!.* lam chu ho)"
)
_SHOWN_HEADING = "giay to phai xuat trinh"
_CONDITIONAL = re.compile(
    r"^\W*(\(?\w{1,3}[.)] *)?(truong hop|doi voi|tuy tung)|neu co\b|\(neu |\((doi voi|truong hop|khi|tru) "
    r"|(doi voi|trong) truong hop|dien tu tuong tac"
)
_AT_COUNTER = "hinh thuc truc tiep"    # "(nếu … nộp hồ sơ theo hình thức trực tiếp)": here it is always so
_NOTE = re.compile(r"^(luu y|ghi chu|luu y chung)\b")
_NUMBERED = re.compile(r"^\((\d{1,2})\)\s*")
_MARKS = re.compile(r"^[\s*+\-–.•:]+|[\s:]+$")


def read_cases(
    papers: Any, time: ProcessingTime, fees: tuple[FeeRule, ...], findings: list[Finding]
) -> tuple[ProcedureCase, ...]:
    """At least one case; what could not be used is added to `findings`."""
    notes: list[str] = []
    spread: list[Requirement] = []
    cases: dict[str, list[tuple[int, Requirement]]] = {}
    for position, paper in enumerate(papers if isinstance(papers, list) else []):
        heading = text_of(paper, "case")
        bare = fold(_MARKS.sub("", heading))
        requirement = _requirement(paper, bare, findings)
        if requirement is None:
            continue
        if _NOTE.match(fold(requirement.name)):
            notes.append(requirement.name)
            findings.append(Finding(Problem.PAPER_IS_A_NOTE, requirement.name[:120]))
        elif _DELEGATE_HEADING.search(bare):
            spread.append(replace(requirement, condition=Condition.DELEGATE, alternatives="uy-quyen"))
        else:
            name = "" if _SECTION.match(bare) else _MARKS.sub("", heading)
            cases.setdefault(name, []).append((position, requirement))
    if spread:
        spread = list(_numbered(spread, findings))
        findings.append(Finding(Problem.DELEGATE_CASE_SPREAD, f"{len(spread)}"))
    if "" in cases and len(cases) > 1:
        findings.append(Finding(Problem.CASE_LOST, f"{len(cases[''])}"))
    if not cases:
        findings.append(Finding(Problem.PAPERS_MISSING))
        cases[""] = []
    only = len(cases) == 1
    return tuple(
        ProcedureCase(
            code=str(number),
            name=name or (ONLY_CASE if only else LOST_CASE),
            time=time,
            requirements=_numbered([*_in_order(items), *spread], findings),
            fees=fees,
            note="\n".join(notes)[:MAX_NAME],
        )
        for number, (name, items) in enumerate(cases.items(), start=1)
    )


def _requirement(paper: Any, heading: str, findings: list[Finding]) -> Requirement | None:
    name = _paper_name(text_of(paper, "name"), findings)
    if not name:
        findings.append(Finding(Problem.PAPER_WITHOUT_NAME))
        return None
    originals, copies = (_quantity(paper, kind, name, findings) for kind in ("originals", "copies"))
    if originals == copies == 0:
        originals = 1              # the portal leaves both columns empty for "one, as it is"
    folded = fold(name)
    is_delegate = bool(_DELEGATE_PAPER.match(folded))
    return Requirement(
        code="",
        name=name,
        originals=originals,
        copies=copies,
        is_required=is_delegate or _AT_COUNTER in folded or not _CONDITIONAL.search(folded),
        condition=Condition.DELEGATE if is_delegate else Condition.ALWAYS,
        kind=RequirementKind.SHOWN if heading.startswith(_SHOWN_HEADING) else RequirementKind.PAPER,
        form=text_of(paper, "form")[:500],
    )


def _paper_name(name: str, findings: list[Finding]) -> str:
    if not _FILE.search(name):
        return name
    begins = [match.start() for match in _FILE_BEGINS.finditer(name) if len(name) - match.start() <= _LONGEST_FILE]
    if not begins or begins[-1] == 0:
        findings.append(Finding(Problem.FILE_NAME_KEPT, name[-80:]))
        return name
    findings.append(Finding(Problem.FILE_NAME_REMOVED, name[begins[-1]:]))
    return name[:begins[-1]].rstrip()


def _quantity(paper: Any, kind: str, name: str, findings: list[Finding]) -> int:
    value = paper.get(kind) if isinstance(paper, Mapping) else None
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        return 0
    if value > MOST_COPIES:
        findings.append(Finding(Problem.QUANTITY_IMPOSSIBLE, f"{kind} {value}: {name[:80]}"))
        return 1
    return value


def _in_order(items: list[tuple[int, Requirement]]) -> list[Requirement]:
    """Papers in the order of their own numbers "(1) (2) …" when all have one, else as the source has them."""
    numbers = [_NUMBERED.match(item.name) for _, item in items]
    if len(items) > 1 and all(numbers):
        items = [item for _, item in sorted(
            zip((int(match[1]) for match in numbers if match), items, strict=True), key=lambda pair: pair[0]
        )]
    return [item for _, item in items]


def _numbered(items: list[Requirement], findings: list[Finding]) -> tuple[Requirement, ...]:
    """Codes "1", "2" … ; a paper that stands twice in one case is taken once."""
    seen: set[tuple[str, Condition]] = set()
    kept: list[Requirement] = []
    for item in items:
        key = (fold(item.name), item.condition)
        if key in seen:
            findings.append(Finding(Problem.PAPER_REPEATED, item.name[:120]))
            continue
        seen.add(key)
        kept.append(replace(item, code=str(len(kept) + 1)))
    return tuple(kept)
