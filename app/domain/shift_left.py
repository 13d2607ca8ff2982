"""What a shift leaves open to the next clerk, as counted facts; the words are put to it on paper and on screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.route_papers import MinutesKind


class Unit(StrEnum):
    """What a line counts."""

    NOTHING = "nothing"            # the line is its text
    DOSSIERS = "dossiers"
    RESULTS = "results"
    ORIGINALS = "originals"
    OPERATIONS = "operations"
    DOCUMENTS = "documents"
    PAGES = "pages"
    CODES = "codes"
    PRINTS = "prints"
    OBSTACLES = "obstacles"
    DONG = "dong"


class Topic(StrEnum):
    """Names of lines that are not somebody's own name."""

    OWN = ""                       # `LeftLine.name` says it
    TO_COLLECT = "to_collect"      # results to be given out here
    TO_POST = "to_post"
    CAME_BACK = "came_back"        # from the post, or fetched back
    FURTHER = "further"            # so many more than the lines above name
    UNSENT = "unsent"
    FILES = "files"
    RECEIPTS = "receipts"          # prints of receipts without an end
    PAPERS = "papers"              # the same, of other papers
    CONFLICTS = "conflicts"
    SENT_BACK = "sent_back"        # by the agency
    OBSTACLES = "obstacles"
    CASH = "cash"


@dataclass(frozen=True, slots=True)
class LeftLine:
    """One thing left open: `amount` of `unit`, since when, and a word of the clerk's own."""

    name: str = ""
    topic: Topic = Topic.OWN
    unit: Unit = Unit.NOTHING
    amount: int = 0
    since: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class LeftSection:
    """One part of the minutes; without lines nothing is left, which is said too."""

    kind: MinutesKind
    lines: tuple[LeftLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """What only the clerks can count: money in the drawer in đồng (None: not counted), books, paper, printers."""

    cash: int | None = None
    receipt_book: str = ""
    stock: str = ""
    note: str = ""
