"""From a decoded scan to the page that goes into the PDF: the order of the light table's stages.

A page is judged small (about 100 dpi, a hundredth of a second) and touched large only once: cut out, straightened
and brought to its dpi in one pass, cleaned by one table, encoded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from app.domain.scanning import Colour, Finding, Treatment
from app.imaging.background import Paper, Whitening, look_at_paper
from app.imaging.blank import BLANK_BELOW, INK_DEPTH, ink_share
from app.imaging.card import Card, card_on_glass, card_sheet
from app.imaging.codes import FoundCodes, dense_part, read_codes
from app.imaging.crop import ink_box, outside_of, page_box, sheet_box
from app.imaging.encode import encode
from app.imaging.geometry import Box, bands, placed, quarter_turned
from app.imaging.pixels import LEAST_DPI, LOOK_DPI, Bits, Levels, Picture, dpi_of, grey_or_colour
from app.imaging.prepared import Prepared
from app.imaging.separator_mark import separator_doubts
from app.imaging.skew import Lean, find_lean, turned_points
from app.imaging.thumbnail import thumbnail_of
from app.imaging.tone import bilevel, colour_to_keep
from app.imaging.upright import find_way_up

_CODES_DPI = 150
_SAMPLE_PX = 520
_LEAST_SHEET = 150
"""Pixels of the small picture: 4 cm. What is smaller is a cutting, never a separator sheet."""

_ENOUGH_INK = 0.0015
"""Share of ink from which a page is expected to have lines; a stamp alone on a back page has none."""


@dataclass(frozen=True, slots=True)
class Look:
    """A scan and what is seen of it in the small."""

    source: Image.Image
    grey: Image.Image
    dpi: int
    scale: int                     # from the small picture to the scan
    small: Levels                  # grey, about 100 dpi
    sample: Levels                 # single pixels, grey or RGB
    outside: Bits | None           # the scanner's black lid, in the small picture
    paper: Paper
    depth: Levels                  # how much darker than the paper, in the small picture; 0 on what is not sheet
    ink: Bits                      # what is so dark that it is ink


def prepare(picture: Picture, treatment: Treatment) -> Prepared:
    """The page made upright, straight, clean and small, at its true size; what was seen on it is in the finding.

    `picture` is already inside the limits on pixels (`app.imaging.opening`). Never refuses: what cannot be done
    safely is left as it is and named in `finding.doubts`: dpi_low, skew_unsure, upside_down_unsure, cut_off,
    card_unsure, separator_unread.
    """
    look = look_at(picture)
    if treatment.is_card_pair:
        card = card_on_glass(look.source, look.outside, look.paper, look.dpi)
        if card is not None:
            return _on_card_sheet([card], [look], treatment)
    return _as_page(look, treatment)


def prepare_pair(front: Picture, back: Picture, treatment: Treatment) -> Prepared:
    """The two sides of a card on one A4 page at their true size, front above back.

    A side on which no card is found is laid down as it is, made to fit half a page, and `card_unsure` says so.
    """
    looks = [look_at(front), look_at(back)]
    cards = [card_on_glass(look.source, look.outside, look.paper, look.dpi) for look in looks]
    return _on_card_sheet(cards, looks, treatment)


def look_at(picture: Picture) -> Look:
    """Everything that is judged in the small, before anything large is touched."""
    source = grey_or_colour(picture)
    said = picture.info.get("dpi") if isinstance(picture, Image.Image) else None
    dpi = dpi_of(source, said)
    grey = source if source.mode == "L" else source.convert("L")
    scale = max(1, round(dpi / LOOK_DPI), max(source.size) // 4000)
    small = np.asarray(grey.reduce(scale) if scale > 1 else grey)
    ratio = min(1.0, _SAMPLE_PX / max(source.size))
    spots = max(1, round(source.width * ratio)), max(1, round(source.height * ratio))
    sample = np.asarray(source.resize(spots, Image.Resampling.NEAREST))
    outside = outside_of(small)
    paper = look_at_paper(small, outside, sample)
    level = paper.below(small.shape, 0.0)
    depth: Levels = level - np.minimum(level, small)
    if outside is not None:
        depth[outside] = 0
    return Look(source, grey, dpi, scale, small, sample, outside, paper, depth, depth > INK_DEPTH)


def _as_page(look: Look, treatment: Treatment) -> Prepared:
    doubts = ["dpi_low"] if look.dpi < LEAST_DPI else []
    share = ink_share(look.ink, look.dpi / look.scale)
    is_blank = share < BLANK_BELOW
    lean = Lean(0.0, True, False) if is_blank else find_lean(look.ink)
    has_lines = not is_blank and share > _ENOUGH_INK and treatment.name != "photo"
    degrees = lean.degrees if treatment.is_straightened and lean.is_sure else 0.0
    if has_lines and treatment.is_straightened and not lean.is_sure:
        doubts.append("skew_unsure")
    codes = FoundCodes((), None) if is_blank else codes_of(look, degrees, lean.runs_down)
    if min(look.small.shape) >= _LEAST_SHEET:
        doubts.extend(separator_doubts(Image.fromarray(look.small), codes.texts))  # pale ones count as blank
    turn, is_sure = _turn(look, lean, degrees, codes)
    if has_lines and not is_sure:
        doubts.append("upside_down_unsure")

    keep = colour_to_keep(treatment.colour, look.sample, look.paper)
    box = _box(look, treatment, degrees)
    out_dpi = treatment.dpi if look.dpi > treatment.dpi * 1.05 else look.dpi
    large = look.source if keep is Colour.COLOUR else look.grey
    is_cleaned = look.paper.is_paper and (treatment.is_cleaned or keep is Colour.BILEVEL)
    page = quarter_turned(_laid(look, large, degrees, box, out_dpi, is_cleaned), turn)
    if _is_cut(look):
        doubts.append("cut_off")
    return _finished(page, keep, out_dpi, treatment, Finding(
        0, 0, out_dpi, skew_degrees=round(degrees, 2), turn=turn, is_blank=is_blank, colour=keep,
        codes=codes.texts, ink_share=round(share, 6), doubts=tuple(doubts)))


def _finished(page: Image.Image, keep: Colour, dpi: int, treatment: Treatment, finding: Finding) -> Prepared:
    thumbnail = thumbnail_of(page)
    coded = encode(bilevel(page) if keep is Colour.BILEVEL else page, treatment, keep, dpi)
    finding = replace(finding, width=coded.page.width, height=coded.page.height, dpi=coded.dpi,
                      is_over_budget=coded.is_over_budget)
    return Prepared(coded.content, coded.mime, finding, thumbnail)


def codes_of(look: Look, degrees: float = 0.0, runs_down: bool = False) -> FoundCodes:
    """The codes on a scan, read from it straightened at 150 to 200 dpi; turn is the whole picture's."""
    part = dense_part(look.ink, look.dpi / look.scale)
    if part is None:
        return FoundCodes((), None)
    scale = max(1, look.dpi // _CODES_DPI)
    box = (int(part[0] * look.grey.width), int(part[1] * look.grey.height),
           round(part[2] * look.grey.width), round(part[3] * look.grey.height))
    grey = look.grey.crop(box) if scale == 1 else look.grey.reduce(scale, box=box)
    if abs(degrees) > 1.0:
        # Modules are several pixels wide here: a code survives ragged edges, not a slant.
        grey = grey.rotate(-degrees, Image.Resampling.NEAREST, expand=True, fillcolor=255)
    first = 270 if runs_down else 0
    found = read_codes(quarter_turned(grey, first))
    return found if found.turn is None else replace(found, turn=(found.turn + first) % 360)


def _turn(look: Look, lean: Lean, degrees: float, codes: FoundCodes) -> tuple[int, bool]:
    if codes.turn is not None:
        return codes.turn, True
    if not lean.is_sure:
        return 0, False
    found = find_way_up(look.ink, degrees, lean.runs_down)
    return found.turn, found.is_sure


def _box(look: Look, treatment: Treatment, degrees: float) -> Box:
    if not treatment.is_cropped:
        return 0.0, 0.0, float(look.source.width), float(look.source.height)
    sheet = sheet_box(look.outside, degrees, look.scale, look.dpi) if look.outside is not None else None

    def around_ink() -> Box | None:
        return ink_box(*turned_points(look.ink, degrees), look.source.size, look.scale)

    return page_box(look.source.size, sheet, around_ink, look.dpi)


def _laid(look: Look, large: Image.Image, degrees: float, box: Box, dpi: int, is_cleaned: bool) -> Image.Image:
    """`box` of the straightened picture at `dpi`. Of a page that is cleaned only the part that is not empty paper
    is touched: the rest would become white anyway."""
    ratio = dpi / look.dpi
    size = max(1, round((box[2] - box[0]) * ratio)), max(1, round((box[3] - box[1]) * ratio))
    fill = _paper_colour(look, large.mode)
    if not is_cleaned:
        return placed(large, degrees, box, size, fill)
    page = Image.new(large.mode, size, "white")
    used = _used_part(look, degrees)
    if used is None:
        return page
    left, top = (max(0, int((used[side] - box[side]) * ratio)) for side in (0, 1))
    right, bottom = (min(size[side - 2], round((used[side] - box[side - 2]) * ratio) + 1) for side in (2, 3))
    if right - left < 8 or bottom - top < 8:
        return page
    part = box[0] + left / ratio, box[1] + top / ratio, box[0] + right / ratio, box[1] + bottom / ratio
    width, height = look.source.size
    where = part[0] / width, part[1] / height, part[2] / width, part[3] / height
    size = right - left, bottom - top
    white = Whitening(look.paper, large.mode, size, where)
    for first, band in bands(large, degrees, part, size, fill):
        page.paste(white.of(band, first), (left, top + first))
    return page


def _used_part(look: Look, degrees: float) -> Box | None:
    """Around everything that cleaning would leave to be seen, in the straightened picture's pixels."""
    seen = look.depth > look.paper.faintest
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    if len(rows) == 0:
        return None
    sides, ends = (columns[0] - 2, columns[-1] + 3), (rows[0] - 2, rows[-1] + 3)
    corners = np.array([(x, y) for x in sides for y in ends], float) * look.scale - np.array(look.source.size) / 2
    sine, cosine = np.sin(np.radians(degrees)), np.cos(np.radians(degrees))
    x = corners[:, 0] * cosine - corners[:, 1] * sine + look.source.width / 2
    y = corners[:, 0] * sine + corners[:, 1] * cosine + look.source.height / 2
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def _paper_colour(look: Look, mode: str) -> float | tuple[int, ...]:
    if not look.paper.is_paper:
        return 255 if mode == "L" else (255, 255, 255)
    level = look.paper.level
    return round(level) if mode == "L" else tuple(min(255, round(level + tint)) for tint in look.paper.tint)


def _is_cut(look: Look) -> bool:
    """Ink runs into the picture's edge in several places: the sheet was larger than the glass, or lay askew."""
    if look.outside is not None or min(look.ink.shape) < 4:
        return False
    ink = look.ink
    rim = np.concatenate((ink[1], ink[-2], ink[:, 1], ink[:, -2]))
    return bool(rim.sum() > 0.01 * len(rim))


def _on_card_sheet(cards: list[Card | None], looks: list[Look], treatment: Treatment) -> Prepared:
    doubts: list[str] = []
    if any(card is None for card in cards):
        doubts.append("card_unsure")
    if any(look.dpi < LEAST_DPI for look in looks):
        doubts.append("dpi_low")
    texts: dict[str, None] = {}
    faces: list[Image.Image] = []
    for card, look in zip(cards, looks, strict=True):
        found = codes_of(look) if card is None else read_codes(card.face.convert("L"), is_thorough=True)
        texts.update(dict.fromkeys(found.texts))
        doubts.extend(separator_doubts(Image.fromarray(look.small), found.texts))
        faces.append(look.source if card is None else card.face)
        if card is not None and not card.is_sure:
            doubts.append("upside_down_unsure")
    dpi = min(treatment.dpi, *(look.dpi for look in looks), treatment.dpi)
    page = card_sheet(faces, [look.dpi for look in looks], dpi)
    keep = Colour.COLOUR if page.mode == "RGB" and treatment.colour is not Colour.GREY else Colour.GREY
    finding = Finding(0, 0, dpi, skew_degrees=round(cards[0].degrees, 2) if cards[0] else 0.0, colour=keep,
                      turn=cards[0].turn if cards[0] else 0, codes=tuple(texts), ink_share=1.0,
                      doubts=tuple(dict.fromkeys(doubts)))
    return _finished(page if keep is Colour.COLOUR else page.convert("L"), keep, dpi, treatment, finding)
