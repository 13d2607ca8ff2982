"""Piles as a feeder takes them: drawn papers between printed separator sheets, worn, askew and damaged, seeded."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw

from app.domain.papers import OfficeHead
from app.domain.separator import SeparatorLine
from app.printing.separator_sheets import render_separator_sheets
from tests import imaging_pages

DPI = 200
CODE, OTHER_CODE = "000.00.15.H47-260921-0001", "000.00.15.H47-260921-0002"
REQUIREMENTS = ("1", "2", "3", "4", "5", "giấy-tờ/khác 06")
FOREIGN = ("https://tracuu.example.vn/hs/000.00.15.H47-260921-0002", "049090000000|Nguyễn Văn Mẫu|01012001",
           "QMC: 000.00.15.H47-260921-0001*2", "000.00.15.H47-260921-0001")
_KINDS = ("text", "capitals", "stamped", "table", "handwritten", "drawing", "photo", "card")
_HEAD = OfficeHead("Ủy ban nhân dân tỉnh Mẫu", "Trung tâm Phục vụ hành chính công tỉnh Mẫu", "Thành phố Mẫu",
                   "TTPVHCC")
_WHITE = 249


@dataclass(frozen=True, slots=True)
class PilePage:
    """One side that the scanner hands over. `belongs` is the requirement, None: a separator's front or back."""

    picture: Image.Image
    belongs: str | None
    what: str


@dataclass(frozen=True, slots=True)
class Pile:
    is_duplex: bool
    damage: str
    pages: tuple[PilePage, ...]


def build_pile(seed: int, length: int = 40) -> Pile:
    """`length` sides: separators at 0–5°, one of them damaged, one paper with a foreign code, blanks in duplex.

    One pile in four also has the separator of another dossier left in it; what follows that one belongs nowhere.
    """
    chance = random.Random(seed)
    is_duplex = chance.random() < 0.5
    damage = list(DAMAGES)[seed % len(DAMAGES)]
    chosen = [place for place in range(len(REQUIREMENTS)) if chance.random() < 0.8] or [0, 1]
    sides = length // 2 * 2 if is_duplex else length
    step = 2 if is_duplex else 1
    chosen = chosen[:sides // step // 3]
    papers = sides // step - len(chosen)
    cuts = sorted(chance.sample(range(1, papers), len(chosen) - 1))
    counts = [end - start for start, end in zip([0, *cuts], [*cuts, papers], strict=True)]
    damaged = chance.choice(chosen)
    foreign, stray = chance.randrange(papers), chance.randrange(papers) if chance.random() < 0.25 else -1
    pages: list[PilePage] = []
    number = 0
    for place, count in zip(chosen, counts, strict=True):
        front = separator_picture(place)
        if place == damaged:
            front = DAMAGES[damage](front.copy(), chance)
        said = "damaged separator" if place == damaged else "separator"
        _lay(pages, front, None, said, chance, is_duplex=is_duplex)
        for _ in range(count):
            if number == stray and number != foreign:
                _lay(pages, separator_picture(len(REQUIREMENTS) + 1), None, "other dossier", chance,
                     is_duplex=is_duplex)
                place = -1
            code = chance.choice(FOREIGN) if number == foreign else ""
            belongs = REQUIREMENTS[place] if place >= 0 else "none"
            _lay(pages, paper_picture(chance.choice(_KINDS), chance.randrange(3), code), belongs,
                 "foreign code" if code else "paper", chance, is_duplex=is_duplex)
            number += 1
    return Pile(is_duplex, damage, tuple(pages))


def _lay(pages: list[PilePage], front: Image.Image, belongs: str | None, what: str, chance: random.Random, *,
         is_duplex: bool) -> None:
    """A sheet on the pile; sometimes upside down. Its back is blank, or written on when it is a paper."""
    turn = 180 if chance.random() < 0.15 else 0
    pages.append(PilePage(scanned(front.rotate(turn) if turn else front, chance), belongs, what))
    if is_duplex:
        is_written = belongs is not None and chance.random() < 0.3
        back = paper_picture("text", chance.randrange(3), "") if is_written else (
            show_through(front) if chance.random() < 0.5 else paper_picture("blank", 0, ""))
        pages.append(PilePage(scanned(back, chance), belongs, f"back of {what}"))


@lru_cache(maxsize=64)
def paper_picture(kind: str, seed: int, code: str) -> Image.Image:
    return imaging_pages.page(kind, seed=seed, code=code, dpi=DPI).convert("L")


@cache
def _sheets() -> tuple[Image.Image, ...]:
    lines = [SeparatorLine(place + 1, requirement, "Giấy tờ mẫu thứ " + "rất dài " * place)
             for place, requirement in enumerate(REQUIREMENTS)]
    other = [SeparatorLine(1, "1", "Giấy tờ của người khác")]
    drawn = []
    for pdf in (render_separator_sheets(_HEAD, CODE, lines),
                render_separator_sheets(_HEAD, OTHER_CODE, other, has_end=False)):
        document = pypdfium2.PdfDocument(pdf)
        drawn += [page.render(scale=DPI / 72).to_pil().convert("L") for page in document]
        document.close()
    return tuple(Image.eval(picture, lambda value: 30 + value * (_WHITE - 30) // 255) for picture in drawn)


def separator_picture(place: int) -> Image.Image:
    """The sheet of REQUIREMENTS[place] as the scanner sees it fresh from the printer; then end, then another's."""
    return _sheets()[place]


def show_through(front: Image.Image) -> Image.Image:
    """The blank back of a sheet through which the front is seen, mirrored and pale."""
    mirrored = front.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return Image.eval(mirrored, lambda value: _WHITE - (_WHITE - value) // 16)


@cache
def _grain() -> np.ndarray:
    return np.random.default_rng(7).normal(0.0, 1.0, (2600, 2000)).astype(np.float32)


def scanned(sheet: Image.Image, chance: random.Random) -> Image.Image:
    """Turned by up to 5° either way, with grain, uneven light and, now and then, the lamp's dust line."""
    skew = chance.uniform(-5, 5) if chance.random() < 0.8 else 0.0
    turned = sheet.rotate(skew, Image.Resampling.BILINEAR, fillcolor=_WHITE)
    rough, dark = chance.uniform(0, 12), chance.uniform(0.88, 1.0)
    y, x = chance.randrange(200), chance.randrange(200)
    pixels = np.asarray(turned, np.float32) * dark
    pixels += _grain()[y:y + pixels.shape[0], x:x + pixels.shape[1]] * rough
    if chance.random() < 0.1:
        pixels[:, chance.randrange(pixels.shape[1])] *= 0.5
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


# What happens to a separator sheet ----------------------------------------------------------------------------


def _torn(sheet: Image.Image, chance: random.Random) -> Image.Image:
    width, height = sheet.size
    share = chance.uniform(0.2, 0.7)
    corners = [(0, 0), (width, 0), (0, height), (width, height)]
    x, y = chance.choice(corners)
    ImageDraw.Draw(sheet).polygon([(x, y), (abs(x - width * share), y), (x, abs(y - height * share))], fill=_WHITE)
    return sheet


def _scribbled(sheet: Image.Image, chance: random.Random) -> Image.Image:
    draw = ImageDraw.Draw(sheet)
    for _ in range(chance.randint(3, 14)):
        points = [(chance.randrange(sheet.width), chance.randrange(sheet.height)) for _ in range(12)]
        draw.line(points, fill=chance.randint(30, 90), width=chance.randint(4, 14), joint="curve")
    return sheet


def _stained(sheet: Image.Image, chance: random.Random) -> Image.Image:
    """Coffee: wide darker patches with darker rims, through which the print is still seen a little."""
    shade = Image.new("L", sheet.size, 255)
    draw = ImageDraw.Draw(shade)
    for _ in range(chance.randint(2, 7)):
        x, y = chance.randrange(sheet.width), chance.randrange(sheet.height)
        size = chance.randint(150, 450)
        draw.ellipse((x - size, y - size, x + size, y + size), fill=chance.randint(90, 190),
                     outline=chance.randint(60, 110), width=14)
    pixels = np.asarray(sheet, np.uint16) * np.asarray(shade, np.uint16) // 255
    return Image.fromarray(pixels.astype(np.uint8))


def _faded(sheet: Image.Image, chance: random.Random) -> Image.Image:
    """Toner running out: what is left of the ink differs from stripe to stripe."""
    left = np.repeat(np.array([chance.uniform(0.12, 0.7) for _ in range(20)], np.float32), sheet.width // 20 + 1)
    pixels = _WHITE - (_WHITE - np.asarray(sheet, np.float32)) * left[None, :sheet.width]
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _struck_out(sheet: Image.Image, chance: random.Random) -> Image.Image:
    """Somebody has crossed out every code with a thick pen, thoroughly."""
    draw = ImageDraw.Draw(sheet)
    millimetre = DPI / 25.4
    for left, top, right, bottom in ((18, 18, 52, 52), (158, 18, 192, 52), (18, 245, 52, 279),
                                     (158, 245, 192, 279), (68, 138, 142, 208), (18, 213, 192, 229)):
        for _ in range(9):
            points = [(chance.uniform(left, right) * millimetre, chance.uniform(top, bottom) * millimetre)
                      for _ in range(6)]
            draw.line(points, fill=chance.choice((40, 70, _WHITE)), width=chance.randint(14, 26))
    return sheet


def _washed_out(sheet: Image.Image, chance: random.Random) -> Image.Image:
    return _struck_out(_torn(_faded(sheet, chance), chance), chance)


DAMAGES: dict[str, Callable[[Image.Image, random.Random], Image.Image]] = {
    "torn": _torn, "scribbled": _scribbled, "stained": _stained, "faded": _faded, "struck out": _struck_out,
    "all of it": _washed_out,
}


def damaged_separators(seed: int) -> Iterator[tuple[str, Image.Image]]:
    """One separator sheet damaged in each way."""
    chance = random.Random(seed)
    for name, damage in DAMAGES.items():
        yield name, scanned(damage(separator_picture(chance.randrange(len(REQUIREMENTS))).copy(), chance), chance)
