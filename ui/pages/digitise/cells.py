"""What lies in one place, as cells of the page list. Values only, no widget."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.arrangement import TRAY, Arrangement, PlacedPage
from app.domain.scanned_page import ScannedPage
from app.domain.separator_sheet import Mark
from ui.models.scanned_pages import PageCell, PageState
from ui.pages.digitise.words import doubt_words, why_words
from ui.translations import tr

_BLANK_MARKS = ("blank", "separator_back")


def page_cells(
    arrangement: Arrangement, pages: Mapping[str, ScannedPage], place: str
) -> tuple[PageCell, ...]:
    """The pages under `place`, stack after stack; in the tray also the separator sheets and what just arrived."""
    rows: list[tuple[str, tuple[PlacedPage, ...], bool]] = []
    stacks = arrangement.place(place).stacks
    for number, stack in enumerate(stacks, 1):
        if place == TRAY:
            is_behind = stack.why == Mark.PAGE_FAILED and stack.pages[0].mark != Mark.PAGE_FAILED
            words = why_words("after_failed" if is_behind else stack.why, stack.about)
        elif len(stacks) > 1:
            words = tr("Xấp {number}", number=number)
        else:
            words = tr("{n} trang", n=len(stack.pages))
        rows.append((words, stack.pages, False))
    if place == TRAY:
        lying = set(arrangement.page_ids)
        fresh = tuple(PlacedPage(page) for page in pages if page not in lying)
        rows += [(tr("Vừa đến"), fresh, False)] if fresh else []
        rows += [(tr("Tờ ngăn, không vào PDF"), arrangement.separators, True)] if arrangement.separators else []
    cells: list[PageCell] = []
    for stack_number, (words, placed, is_aside) in enumerate(rows):
        for at, lies in enumerate(placed):
            cells.append(_cell(
                lies, pages.get(lies.page_id), len(cells) + 1, stack_number, words if at == 0 else "",
                is_last=at == len(placed) - 1, is_separator=is_aside or lies.mark.startswith("separator"),
            ))
    return tuple(cells)


def _cell(
    lies: PlacedPage, page: ScannedPage | None, number: int, stack: int, words: str, *, is_last: bool,
    is_separator: bool,
) -> PageCell:
    finding = page.finding if page is not None else None
    state = PageState.WAITING
    if page is not None and page.failure:
        state = PageState.FAILED
    elif finding is not None:
        state = PageState.READY
    doubts = [doubt_words(code) for code in finding.doubts] if finding else []
    if finding is not None and finding.is_over_budget:
        doubts.append(tr("Tệp quá lớn"))
    is_blank = (finding is not None and finding.is_blank) or lies.mark in _BLANK_MARKS
    said = ", ".join(part for part in (
        tr("Trang {number}", number=number),
        words,
        tr("trang trắng") if is_blank else "",
        tr("bỏ ra, không vào PDF") if lies.is_left_out else "",
        tr("tờ ngăn") if is_separator else "",
        tr("không mở được") if state is PageState.FAILED else "",
        tr("đang làm sạch") if state is PageState.WAITING else "",
        *doubts,
    ) if part)
    return PageCell(
        page=lies.page_id, number=number, stack=stack, stack_words=words, is_last_of_stack=is_last,
        thumbnail=page.thumbnail.sha256 if page is not None and page.thumbnail is not None else "",
        turn=lies.turn, state=state, is_blank=is_blank, is_left_out=lies.is_left_out, is_separator=is_separator,
        doubts=tuple(doubts), words=said,
    )


def waiting_in_tray(arrangement: Arrangement, pages: Mapping[str, ScannedPage]) -> int:
    """Pages in the tray that shall still go somewhere, the ones that just arrived among them."""
    lying = set(arrangement.page_ids)
    return sum(not page.is_left_out for page in arrangement.tray.pages) + sum(page not in lying for page in pages)
