"""A pile from the feeder files itself: each page under the requirement whose separator sheet came before it.

When it is not certain where a page belongs it goes to the TRAY, where the clerk sees it and why: a page too many
in the tray costs a key, a page under the wrong paper costs the citizen a journey. Certain is a page that follows a
separator of this dossier, read by its codes, with no doubt in between. Codes of other kinds are ignored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.domain.arrangement import TRAY, Arrangement, OpenPile, PlacedPage
from app.domain.arranging import add, add_separator, remark, set_aside
from app.domain.scanned_page import ScannedPage
from app.domain.separator_sheet import Mark, Sheet, read_sheet, separators_on


@dataclass(frozen=True, slots=True)
class Filed:
    """The arrangement with the page in it; `requirement` is where it lies (TRAY too); None: a separator."""

    arrangement: Arrangement
    requirement: str | None
    mark: str = ""


# Separators nobody needs to look at again; the others lie in the tray, each in a stack of its own.
_CLEAR = (Mark.SEPARATOR, Mark.SEPARATOR_END)
_OPENING = (Mark.SEPARATOR, Mark.SEPARATOR_COVERED)


def file_page(arrangement: Arrangement, page: ScannedPage, *, code: str, requirements: Sequence[str],
              is_duplex: bool, start: str = TRAY, leaves_out_blanks: bool = False) -> Filed:
    """`page`, prepared or failed, into its place. Pages come in the order of their batch; twice changes nothing.

    `code` of the dossier; `requirements`: the codes of its checklist; `start`: the requirement that the clerk had
    chosen before scanning; pages lie under it until the first separator. A new batch starts anew. In `is_duplex`
    piles pages 1 and 2, 3 and 4 … are the sides of one sheet.
    """
    if page.id in arrangement.page_ids:
        found = arrangement.stack_of(page.id)
        return Filed(arrangement, found[0] if found else None, arrangement.find(page.id).mark)
    pile = arrangement.pile
    if page.batch == pile.batch and page.ordinal <= pile.ordinal:      # overtaken by the pages behind it
        late = add(arrangement, PlacedPage(page.id), why=Mark.PAGES_MISSING)
        return Filed(late, TRAY)
    pile = _pile_for(arrangement, page, start)
    known = [requirement for requirement in requirements
             if any(place.requirement == requirement for place in arrangement.places)]
    sheet = read_sheet(page, code, known)
    if is_duplex and page.ordinal % 2 == 0 and pile.sheet:
        return _file_back(arrangement, page, pile, sheet)
    if sheet is not None:
        return _file_sheet(arrangement, page, pile, sheet, is_duplex=is_duplex)
    return _file_plain(arrangement, page, pile, is_duplex=is_duplex, leaves_out_blanks=leaves_out_blanks)


def look_again(
    arrangement: Arrangement, page: ScannedPage, *, code: str, requirements: Sequence[str]
) -> Arrangement:
    """`page` was prepared once more: it stays where it lies and bears the mark of what is seen on it now.

    A clear separator is set aside. Pages that came behind it stay where they are: the clerk sent them there, or
    they lie in the tray because nothing was certain.
    """
    found = arrangement.stack_of(page.id) if page.id in arrangement.page_ids else None
    if found is None or page.finding is None:
        return arrangement
    sheet = read_sheet(page, code, requirements)
    if sheet is not None:
        after = remark(arrangement, page.id, sheet.mark, sheet.about)
        return set_aside(after, [page.id]) if sheet.mark in _CLEAR else after
    return remark(arrangement, page.id, Mark.BLANK if page.finding.is_blank else "")


def reconcile(declared: int, scanned: int) -> int:
    """How many sheets too many arrived (> 0) or are missing (< 0) against what the clerk counted."""
    return scanned - declared


def count_sheets(arrangement: Arrangement, pages: Iterable[ScannedPage], *, is_duplex: bool) -> int:
    """Sheets of paper among the scanned `pages`, separators not counted: held against the clerk's count.

    A sheet in the tray counts; so does one whose pages are blank or left out of the PDF.
    """
    aside = {page.page_id for page in arrangement.separators}
    sheets = {(page.batch, (page.ordinal + 1) // 2 if is_duplex else page.ordinal): False for page in pages}
    for page in pages:
        if page.id in aside or separators_on(page):
            sheets[page.batch, (page.ordinal + 1) // 2 if is_duplex else page.ordinal] = True
    return sum(not is_separator for is_separator in sheets.values())


def _pile_for(arrangement: Arrangement, page: ScannedPage, start: str) -> OpenPile:
    """The pile as it stands before `page`: begun anew for a new batch, closed where pages are missing."""
    pile = arrangement.pile
    if page.batch != pile.batch:
        last = arrangement.place(start).stacks[-1:]
        joins = [stack.id for stack in last if start != TRAY or stack.why == Mark.NO_SEPARATOR]
        pile = OpenPile(page.batch, requirement=start, stack="".join(joins),
                        why="" if start != TRAY else Mark.NO_SEPARATOR)
    if page.ordinal == pile.ordinal + 1:
        return replace(pile, ordinal=page.ordinal)
    return replace(_closed(pile, Mark.PAGES_MISSING), ordinal=page.ordinal, sheet="", blank="")


def _closed(pile: OpenPile, why: Mark, about: str = "") -> OpenPile:
    """Nothing is certain from here on: the next pages go to a new stack in the tray."""
    return replace(pile, requirement=TRAY, stack="", why=why, about=about, expected=0, left=0)


def _file_plain(arrangement: Arrangement, page: ScannedPage, pile: OpenPile, *, is_duplex: bool,
                leaves_out_blanks: bool) -> Filed:
    if page.finding is None:
        if not page.failure:
            raise ValueError("the page is still on the light table")
        placed = PlacedPage(page.id, mark=Mark.PAGE_FAILED, about=page.failure)
        after = add(arrangement, placed, why=Mark.PAGE_FAILED, about=page.failure)
        closed = replace(_closed(pile, Mark.PAGE_FAILED, page.failure), sheet="", blank="")
        return Filed(replace(after, pile=closed), TRAY, Mark.PAGE_FAILED)
    if pile.expected:
        pile = replace(pile, left=pile.left - 1) if pile.left else _closed(
            pile, Mark.MORE_THAN_DECLARED, pile.requirement)
    mark = Mark.BLANK if page.finding.is_blank else ""
    placed = PlacedPage(page.id, is_left_out=bool(mark) and leaves_out_blanks, mark=mark)
    after = add(arrangement, placed, pile.requirement, stack=pile.stack, why=pile.why, about=pile.about,
                expected=pile.expected)
    found = after.stack_of(page.id)
    pile = replace(pile, stack=found[1].id if found else "", sheet="", blank=page.id if mark else "")
    return Filed(replace(after, pile=pile), pile.requirement, mark)


def _file_sheet(arrangement: Arrangement, page: ScannedPage, pile: OpenPile, sheet: Sheet, *,
                is_duplex: bool) -> Filed:
    """A separator sheet: what it opens begins a new stack, so two sheets of one requirement make two papers."""
    placed = PlacedPage(page.id, mark=sheet.mark, about=sheet.about)
    if is_duplex and page.ordinal % 2 == 0 and pile.blank and sheet.mark in _CLEAR:
        arrangement = _with_back_aside(arrangement, pile.blank)        # fed face down: its back came first
    after = (add_separator(arrangement, placed) if sheet.mark in _CLEAR
             else add(arrangement, placed, why=sheet.mark, about=sheet.about))
    opened = _closed(pile, sheet.mark, sheet.about)
    if sheet.opens != TRAY:
        opened = replace(opened, requirement=sheet.opens, why="", about="", expected=sheet.expected,
                         left=sheet.expected * (2 if is_duplex else 1))
    opened = replace(opened, sheet=page.id, blank="")
    return Filed(replace(after, pile=opened), None if sheet.mark in _CLEAR else TRAY, sheet.mark)


def _file_back(arrangement: Arrangement, page: ScannedPage, pile: OpenPile, back: Sheet | None) -> Filed:
    """The other side of the separator that came just before."""
    beside = arrangement.stack_of(pile.sheet)          # None: the sheet is clear and set aside
    front = arrangement.find(pile.sheet)
    if back is not None and (back.mark not in _OPENING or back.about != front.about or front.mark not in _OPENING):
        filed = _file_sheet(arrangement, page, pile, back, is_duplex=False)
        closed = replace(_closed(pile, Mark.SEPARATORS_TWO), sheet="", blank="")
        return replace(filed, arrangement=replace(filed.arrangement, pile=closed))
    pile = replace(pile, sheet="", blank="")
    if back is None and not (page.finding and page.finding.is_blank):
        used = PlacedPage(page.id, mark=Mark.SEPARATOR_BACK_USED)
        if page.finding is None:
            return _file_plain(arrangement, page, pile, is_duplex=True, leaves_out_blanks=False)
        after = add(arrangement, used, why=Mark.SEPARATOR_BACK_USED)
        return Filed(replace(after, pile=pile), TRAY, Mark.SEPARATOR_BACK_USED)
    placed = PlacedPage(page.id, mark=Mark.SEPARATOR_BACK, about=front.about)
    after = (add_separator(arrangement, placed) if beside is None
             else add(arrangement, placed, stack=beside[1].id))
    return Filed(replace(after, pile=pile), None if beside is None else TRAY, Mark.SEPARATOR_BACK)


def _with_back_aside(arrangement: Arrangement, page_id: str) -> Arrangement:
    aside = set_aside(arrangement, [page_id])
    return replace(aside, separators=tuple(
        replace(page, mark=Mark.SEPARATOR_BACK, is_left_out=False) if page.page_id == page_id else page
        for page in aside.separators))
