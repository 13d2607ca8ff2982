"""How the pages of one paper are scanned and prepared: chosen from the requirement, never asked of the clerk.

Nghị định 30/2020/NĐ-CP, Phụ lục I: a digitised paper is a PDF of version 1.4 or later, in colour, 200 dpi at
least, at 100 % of its size. Limits per file and dossier are the province's configuration (domain facts, 8).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Colour(StrEnum):
    """What a page keeps of its colours. AUTO: colour where there is any (a stamp, a signature), else grey."""

    AUTO = "auto"
    COLOUR = "colour"
    GREY = "grey"
    BILEVEL = "bilevel"


class Feed(StrEnum):
    """Where the scanner takes the paper from."""

    FLATBED = "flatbed"
    FEEDER = "feeder"
    DUPLEX = "duplex"              # feeder, both sides


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """What is asked of a scanner."""

    feed: Feed = Feed.FEEDER
    dpi: int = 300
    is_colour: bool = True
    most_pages: int = 0            # 0: until the feeder is empty


@dataclass(frozen=True, slots=True)
class Treatment:
    """What the light table makes of each page. `dpi` of the result; `budget_bytes` for one page of it."""

    name: str                      # "text", "card", "photo", "drawing": names the rule that chose it
    colour: Colour = Colour.AUTO
    dpi: int = 200
    is_card_pair: bool = False     # two sides of a card go onto one A4 page at their true size
    is_straightened: bool = True
    is_cleaned: bool = True        # background made white; never for a photograph
    is_cropped: bool = True
    budget_bytes: int = 400_000
    quality: int = 75              # JPEG, before the budget lowers it


@dataclass(frozen=True, slots=True)
class Finding:
    """What the light table saw on one page, after preparing it."""

    width: int                     # pixels of the prepared page
    height: int
    dpi: int
    skew_degrees: float = 0.0      # by which it was turned straight
    turn: int = 0                  # quarter turns clockwise by which it was put upright: 0, 90, 180, 270
    is_blank: bool = False         # marked, never deleted
    colour: Colour = Colour.GREY   # what was kept
    codes: tuple[str, ...] = ()    # texts of all barcodes on it
    is_over_budget: bool = False   # the budget cannot be met; the clerk is told
    ink_share: float = 0.0
    doubts: tuple[str, ...] = ()   # codes: "dpi_low", "skew_unsure", "upside_down_unsure", "cut_off" …
