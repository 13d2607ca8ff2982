"""What a scanned page says when it is a separator sheet, whole, damaged, covered or of another dossier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.arrangement import TRAY
from app.domain.scanned_page import ScannedPage
from app.domain.separator import (
    END,
    QR_PLACES,
    Separator,
    is_ours,
    is_same_dossier,
    read_separator,
    requirement_key,
)

UNREAD_DOUBT = "separator_unread"  # in Finding.doubts: looks like a separator sheet, and no code of it was read


class Mark(StrEnum):
    """What filing saw: `mark` of a page, `why` of a stack in the tray."""

    BLANK = "blank"
    SEPARATOR = "separator"                        # about: requirement
    SEPARATOR_END = "separator_end"
    SEPARATOR_BACK = "separator_back"              # the blank other side of a separator
    SEPARATOR_BACK_USED = "separator_back_used"    # the other side bears something: scrap paper?
    SEPARATOR_COVERED = "separator_covered"        # about: requirement; some codes missing: something lies on it?
    SEPARATOR_UNREAD = "separator_unread"          # some separator, nobody knows which
    SEPARATOR_OTHER_DOSSIER = "separator_other_dossier"    # about: the other dossier's code
    SEPARATOR_UNKNOWN = "separator_unknown"        # about: key of a requirement this dossier does not have
    SEPARATORS_TWO = "separators_two"              # one sheet says two things
    PAGE_FAILED = "page_failed"                    # about: code of the failure; it might have been a separator
    PAGES_MISSING = "pages_missing"                # why: the pages before these did not arrive
    NO_SEPARATOR = "no_separator"                  # why: before the first separator
    MORE_THAN_DECLARED = "more_than_declared"      # why: more sheets than the separator said


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a separator sheet says: where the next pages belong (TRAY: nowhere), and its mark."""

    opens: str
    mark: Mark
    about: str = ""
    expected: int = 0


def separators_on(page: ScannedPage) -> frozenset[Separator]:
    """The codes of separator sheets on a page, whatever dossier they name."""
    codes = page.finding.codes if page.finding else ()
    return frozenset(found for found in map(read_separator, codes) if found)


def read_sheet(page: ScannedPage, code: str, requirements: Sequence[str]) -> Sheet | None:
    """What `page` says as a separator sheet of dossier `code`; None: it is a page like others."""
    if page.finding is None:
        return None
    read = separators_on(page)
    says = {(found.code, found.key) for found in read}
    if not read:
        looks_so = UNREAD_DOUBT in page.finding.doubts or any(map(is_ours, page.finding.codes))
        return Sheet(TRAY, Mark.SEPARATOR_UNREAD) if looks_so else None
    if len(says) > 1:
        return Sheet(TRAY, Mark.SEPARATORS_TWO)
    one = next(iter(read))
    if not is_same_dossier(one.code, code):
        return Sheet(TRAY, Mark.SEPARATOR_OTHER_DOSSIER, one.code)
    if one.key == END:
        return Sheet(TRAY, Mark.SEPARATOR_END)
    opened = {requirement_key(requirement): requirement for requirement in requirements}.get(one.key)
    if opened is None:
        return Sheet(TRAY, Mark.SEPARATOR_UNKNOWN, one.key)
    is_whole = {found.place for found in read}.issuperset(QR_PLACES)
    mark = Mark.SEPARATOR if is_whole else Mark.SEPARATOR_COVERED
    return Sheet(opened, mark, opened, max(found.sheets for found in read))
