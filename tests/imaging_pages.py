"""Pages as a counter's scanner hands them over, drawn here: invented people, seeded, the same on every machine.

    page("stamped", skew=-2.5, noise=0.3, dpi=300, seed=7)

What is on the page comes from `kind` and `seed` alone; skew, turn, noise and border are what the paper went
through on the glass. Vietnamese text comes from resources/fonts.
"""

from __future__ import annotations

import math
import random
from functools import lru_cache
from pathlib import Path

import numpy as np
import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps

FONTS = Path(__file__).parents[1] / "resources" / "fonts"
A4_MM = (210.0, 297.0)
CARD_MM = (85.60, 53.98)           # ISO/IEC 7810 ID-1

TEXT_KINDS = ("text", "capitals", "stamped", "table")
"""Kinds with lines of text, from which the way up can be read."""

BLANK_KINDS = ("blank", "show_through", "punched", "dirty")
KINDS = (*TEXT_KINDS, "handwritten", "card", "card_back", "photo", "drawing", *BLANK_KINDS)

_STATES = (
    "Căn cứ Luật Đất đai và các văn bản hướng dẫn thi hành, người có tên dưới đây kính đề nghị cơ quan xem xét.",
    "Tôi xin cam đoan những nội dung kê khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật.",
    "Thửa đất số 152, tờ bản đồ số 27, diện tích 240,5 m², mục đích sử dụng: đất ở tại nông thôn.",
    "Họ và tên người khai: NGUYỄN VĂN MẪU, sinh ngày 03/02/1981, nơi thường trú: xã Thử Nghiệm, tỉnh Mẫu.",
    "Giấy tờ kèm theo gồm bản sao có chứng thực, bản chính để đối chiếu và các tài liệu khác có liên quan.",
    "Ủy ban nhân dân xã xác nhận nội dung nêu trên là đúng theo hồ sơ quản lý và sổ bộ đang lưu giữ.",
    "Quyết định này có hiệu lực kể từ ngày ký; những quy định trước đây trái với quyết định này đều bãi bỏ.",
    "Trường hợp hồ sơ chưa hợp lệ, bộ phận tiếp nhận hướng dẫn bổ sung trong thời hạn ba ngày làm việc.",
    "Bên nhận ủy quyền được thay mặt bên ủy quyền nộp hồ sơ, nhận kết quả và ký các giấy tờ cần thiết.",
    "Thời hạn giải quyết được tính từ ngày nhận đủ hồ sơ hợp lệ, không kể ngày nghỉ và ngày lễ theo quy định.",
)
_TITLES = ("ĐƠN ĐỀ NGHỊ ĐĂNG KÝ BIẾN ĐỘNG ĐẤT ĐAI", "TỜ KHAI CẤP BẢN SAO TRÍCH LỤC", "GIẤY ỦY QUYỀN")
_MRZ = ("IDVNM0810999990001081099999<<4", "8102036M4102037VNM<<<<<<<<<<<0", "NGUYEN<<VAN<MAU<<<<<<<<<<<")
_PAPER = (250, 249, 245)
_INK = (32, 32, 36)
_RED = (198, 28, 42)
_BLUE = (38, 62, 168)


def page(kind: str, *, skew: float = 0.0, noise: float = 0.0, dpi: int = 200, seed: int = 0, turn: int = 0,
         code: str = "", border: str = "") -> Image.Image:
    """One RGB scan of A4, as large as A4 is at `dpi` (a quarter `turn` swaps width and height).

    `skew` degrees by which it must be turned clockwise to stand straight; `turn` quarter turns clockwise by which
    it must be turned (0, 90, 180, 270); `noise` 0…1: grey paper, uneven light, grain and specks; `code`: text of a
    QR code in the lower left corner; `border` "black" or "white": 8 mm of the glass seen around the sheet.
    """
    chance = random.Random(f"{kind}-{seed}")
    sheet = blank_sheet(dpi)
    _DRAWN[kind](sheet, chance, dpi)
    if code:
        sheet.paste(code_picture(code, dpi, 26.0), (_px(22, dpi), sheet.height - _px(48, dpi)))
    if border:
        sheet = _on_glass(sheet, border, dpi)
    if turn:
        sheet = sheet.transpose({90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180,
                                 270: Image.Transpose.ROTATE_270}[turn])
    if skew:
        outside = (12, 12, 12) if border == "black" else sheet.getpixel((1, 1))
        sheet = sheet.rotate(skew, Image.Resampling.BICUBIC, fillcolor=outside)
    return worn(sheet, noise, seed) if noise else sheet


def pile(count: int, *, seed: int = 0, dpi: int = 200) -> list[Image.Image]:
    """`count` pages of mixed kinds, each a little skewed and noisy, as a feeder takes them."""
    chance = random.Random(seed)
    return [page(chance.choice(KINDS), skew=chance.uniform(-3, 3), noise=chance.uniform(0, 0.4), dpi=dpi,
                 seed=place) for place in range(count)]


def blank_sheet(dpi: int = 200) -> Image.Image:
    """Empty A4 paper."""
    return Image.new("RGB", (round(A4_MM[0] / 25.4 * dpi), round(A4_MM[1] / 25.4 * dpi)), _PAPER)


def code_picture(text: str, dpi: int, size_mm: float) -> Image.Image:
    """A QR code with its quiet zone, `size_mm` wide."""
    drawn = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=4, add_quiet_zones=True)
    side = _px(size_mm, dpi)
    return Image.fromarray(np.array(drawn)).convert("RGB").resize((side, side), Image.Resampling.LANCZOS)


def worn(sheet: Image.Image, noise: float, seed: int = 0) -> Image.Image:
    """The same scan with paper less white, light falling off to one side, grain and specks; `noise` 0…1."""
    width, height = sheet.size
    random_bits = np.random.default_rng(seed)
    tile = random_bits.normal(0.0, 22.0 * noise, (256, 256)).astype(np.float32)
    grain = np.tile(tile, (height // 256 + 1, width // 256 + 1))[:height, :width]
    across = np.linspace(1.0 - 0.22 * noise, 1.0 - 0.05 * noise, width, dtype=np.float32)
    values = np.asarray(sheet, np.float32) * across[None, :, None] + grain[:, :, None]
    result = Image.fromarray(values.clip(0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(result)
    for _ in range(int(60 * noise)):
        x, y = int(random_bits.integers(0, width)), int(random_bits.integers(0, height))
        size = int(random_bits.integers(1, 3))
        draw.ellipse((x, y, x + size, y + size), fill=(90, 88, 84))
    return result


def text_height(dpi: int) -> int:
    """Pixels of the body text's size (13 points, as Nghị định 30/2020 asks)."""
    return round(13 / 72 * dpi)


# What is on the page ------------------------------------------------------------------------------------------


def _text(sheet: Image.Image, chance: random.Random, dpi: int) -> None:
    draw = ImageDraw.Draw(sheet)
    y = _heading(draw, sheet, chance, dpi)
    size = text_height(dpi)
    font = _font("LiberationSerif-Regular.ttf", size)
    left, right = _px(28, dpi), sheet.width - _px(18, dpi)
    for _ in range(chance.randint(4, 8)):
        words = " ".join(chance.choices(_STATES, k=chance.randint(1, 3))).split()
        x: float = left + _px(10, dpi)
        for word in words:
            wide = draw.textlength(word + " ", font=font)
            if x + wide > right:
                x, y = left, y + round(size * 1.45)
            if y > sheet.height - _px(62, dpi):
                return
            draw.text((x, y), word, fill=_INK, font=font)
            x += wide
        y += round(size * 1.9)


def _capitals(sheet: Image.Image, chance: random.Random, dpi: int) -> None:
    """A short notice, mostly headings: little to tell the way up from."""
    draw = ImageDraw.Draw(sheet)
    y = _heading(draw, sheet, chance, dpi)
    font = _font("LiberationSerif-Regular.ttf", text_height(dpi))
    for line in chance.sample(_STATES, 3):
        draw.text((_px(28, dpi), y), line[:62], fill=_INK, font=font)
        y += round(text_height(dpi) * 1.6)


def _stamped(sheet: Image.Image, chance: random.Random, dpi: int) -> None:
    _text(sheet, chance, dpi)
    _sign_and_stamp(sheet, chance, dpi, (_px(145, dpi), _px(250, dpi)))


def _table(sheet: Image.Image, chance: random.Random, dpi: int) -> None:
    draw = ImageDraw.Draw(sheet)
    top = _heading(draw, sheet, chance, dpi)
    font = _font("LiberationSerif-Regular.ttf", round(11 / 72 * dpi))
    lefts = [_px(at, dpi) for at in (20, 32, 92, 128, 195)]
    high, line = _px(9, dpi), max(1, _px(0.3, dpi))
    count = chance.randint(12, 18)
    for row in range(count + 1):
        y = top + row * high
        draw.line((lefts[0], y, lefts[-1], y), fill=_INK, width=line)
        if row == count:
            break
        cells = ("STT", "Tên giấy tờ", "Số lượng", "Ghi chú") if row == 0 else (
            str(row), chance.choice(_STATES)[:34], f"{chance.randint(1, 3)} bản", chance.choice(_STATES)[4:40])
        for left, cell in zip(lefts, cells, strict=False):
            draw.text((left + _px(1.5, dpi), y + _px(2.2, dpi)), cell, fill=_INK, font=font)
    for left in lefts:
        draw.line((left, top, left, top + count * high), fill=_INK, width=line)


def _handwritten(sheet: Image.Image, chance: random.Random, dpi: int) -> None:
    """Blue ballpoint on dotted lines."""
    draw = ImageDraw.Draw(sheet)
    y = _heading(draw, sheet, chance, dpi)
    for _ in range(9):
        y += _px(11, dpi)
        for x in range(_px(25, dpi), sheet.width - _px(20, dpi), _px(1.2, dpi)):
            draw.point((x, y), fill=_INK)
        _scrawl(draw, chance, dpi, (_px(27, dpi), y - _px(1, dpi)), chance.uniform(60, 150))


def _card(sheet: Image.Image, chance: random.Random, dpi: int) -> None:
    _lay_card(sheet, _card_front(chance, dpi), chance, dpi)


def _card_back(sheet: Image.Image, chance: random.Random, dpi: int) -> None:
    _lay_card(sheet, _card_reverse(chance, dpi), chance, dpi)


def _photo(sheet: Image.Image, chance: random.Random, dpi: int) -> None:
    """A 4×6 cm portrait glued on the sheet, with the soft greys that cleaning must not touch."""
    picture = portrait(chance.random(), dpi, (40.0, 60.0))
    sheet.paste(picture, (_px(80, dpi), _px(90, dpi)))


def _drawing(sheet: Image.Image, chance: random.Random, dpi: int) -> None:
    """A plan of a piece of land: thin lines, dimensions, a north arrow."""
    draw = ImageDraw.Draw(sheet)
    thin = max(1, _px(0.25, dpi))
    corners = [(_px(x + chance.uniform(-8, 8), dpi), _px(y + chance.uniform(-8, 8), dpi))
               for x, y in ((45, 70), (160, 60), (170, 190), (60, 205))]
    draw.polygon(corners, outline=_INK, width=thin * 2)
    font = _font("LiberationSerif-Regular.ttf", round(10 / 72 * dpi))
    for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1], strict=True):
        draw.text(((x1 + x2) // 2, (y1 + y2) // 2), f"{chance.uniform(8, 30):.2f} m".replace(".", ","), fill=_INK,
                  font=font)
        draw.line((x1, y1, (x2 + _px(105, dpi)) // 2, (y2 + _px(130, dpi)) // 2), fill=(120, 120, 120), width=thin)
    draw.rectangle((_px(18, dpi), _px(15, dpi), sheet.width - _px(15, dpi), sheet.height - _px(18, dpi)),
                   outline=_INK, width=thin)


def _blank(sheet: Image.Image, chance: random.Random, dpi: int) -> None:
    return


def _show_through(sheet: Image.Image, chance: random.Random, dpi: int) -> None:
    """The back of a printed page: its text shines through, mirrored and faint."""
    other = blank_sheet(dpi)
    _stamped(other, chance, dpi)
    faint = other.transpose(Image.Transpose.FLIP_LEFT_RIGHT).filter(ImageFilter.GaussianBlur(dpi / 130))
    sheet.paste(Image.blend(sheet, faint, 0.09))


def _punched(sheet: Image.Image, chance: random.Random, dpi: int) -> None:
    """Two holes 80 mm apart (ISO 838), black as the scanner's lid."""
    draw = ImageDraw.Draw(sheet)
    for y in (297 / 2 - 40, 297 / 2 + 40):
        draw.ellipse((_px(9, dpi), _px(y - 3, dpi), _px(15, dpi), _px(y + 3, dpi)), fill=(14, 14, 14))


def _dirty(sheet: Image.Image, chance: random.Random, dpi: int) -> None:
    """Specks, a hair on the glass, and the shadow of a fold."""
    draw = ImageDraw.Draw(sheet)
    for _ in range(40):
        x, y, size = chance.uniform(5, 205), chance.uniform(5, 290), chance.uniform(0.1, 0.35)
        draw.ellipse((_px(x, dpi), _px(y, dpi), _px(x + size, dpi), _px(y + size, dpi)), fill=(110, 106, 100))
    fold = _px(chance.uniform(140, 150), dpi)
    for away in range(_px(2, dpi)):
        shade = 232 + round(14 * away / _px(2, dpi))
        draw.line((0, fold + away, sheet.width, fold + away), fill=(shade, shade - 1, shade - 4))


_DRAWN = {"text": _text, "capitals": _capitals, "stamped": _stamped, "table": _table, "handwritten": _handwritten,
          "card": _card, "card_back": _card_back, "photo": _photo, "drawing": _drawing, "blank": _blank,
          "show_through": _show_through, "punched": _punched, "dirty": _dirty}


# Parts of pages -----------------------------------------------------------------------------------------------


def _heading(draw: ImageDraw.ImageDraw, sheet: Image.Image, chance: random.Random, dpi: int) -> int:
    """National title and name of the paper; returns where the body begins."""
    bold = _font("LiberationSerif-Bold.ttf", text_height(dpi))
    middle, y = sheet.width * 0.62, _px(20, dpi)
    draw.text((middle, y), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", fill=_INK, font=bold, anchor="ma")
    draw.text((middle, y + _px(6, dpi)), "Độc lập - Tự do - Hạnh phúc", fill=_INK, font=bold, anchor="ma")
    draw.line((middle - _px(26, dpi), y + _px(13, dpi), middle + _px(26, dpi), y + _px(13, dpi)), fill=_INK,
              width=max(1, _px(0.25, dpi)))
    title = _font("LiberationSerif-Bold.ttf", round(15 / 72 * dpi))
    name = chance.choice(_TITLES)
    draw.text((sheet.width / 2, y + _px(24, dpi)), name, fill=_INK, font=title, anchor="ma")
    return y + _px(38, dpi)


def _sign_and_stamp(sheet: Image.Image, chance: random.Random, dpi: int, at: tuple[int, int]) -> None:
    draw = ImageDraw.Draw(sheet)
    _scrawl(draw, chance, dpi, (at[0] - _px(10, dpi), at[1] + _px(4, dpi)), 42.0, _BLUE)
    stamp = Image.new("RGB", (_px(38, dpi), _px(38, dpi)), (255, 255, 255))
    ring = ImageDraw.Draw(stamp)
    wide = max(2, _px(0.7, dpi))
    ring.ellipse((2, 2, stamp.width - 3, stamp.height - 3), outline=_RED, width=wide)
    inner = _px(6.5, dpi)
    ring.ellipse((inner, inner, stamp.width - inner, stamp.height - inner), outline=_RED, width=max(1, wide // 2))
    font = _font("BeVietnamPro-SemiBold.ttf", round(9 / 72 * dpi))
    middle = (stamp.width / 2, stamp.height / 2)
    ring.text(middle, "UBND\nXÃ THỬ", fill=_RED, font=font, anchor="mm", align="center")
    tilted = stamp.rotate(chance.uniform(-12, 12), Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    corner = (at[0] - stamp.width // 2, at[1] - stamp.height // 2)
    below = sheet.crop((*corner, corner[0] + stamp.width, corner[1] + stamp.height))
    sheet.paste(ImageChops.multiply(below, tilted), corner)


def _scrawl(draw: ImageDraw.ImageDraw, chance: random.Random, dpi: int, at: tuple[int, int], length_mm: float,
            ink: tuple[int, int, int] = _BLUE) -> None:
    points, phase = [], chance.uniform(0, 6)
    for step in range(int(length_mm * 4)):
        along = step / 4
        points.append((at[0] + _px(along + 1.6 * math.sin(step * 0.9 + phase), dpi),
                       at[1] - _px(2 + 2.1 * math.sin(step * 0.63) * math.sin(step * 0.05 + phase), dpi)))
    draw.line(points, fill=ink, width=max(2, _px(0.35, dpi)), joint="curve")


def portrait(shade: float, dpi: int, size_mm: tuple[float, float]) -> Image.Image:
    """A face-like picture on light blue: continuous tones, no real person."""
    width, height = _px(size_mm[0], dpi), _px(size_mm[1], dpi)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = columns / width - 0.5, rows / height
    picture = np.empty((height, width, 3), np.float32)
    picture[:] = (176, 200, 226)
    picture -= (y * 26)[..., None]
    body = ((x / 0.46) ** 2 + ((y - 1.05) / 0.34) ** 2) < 1
    picture[body] = (52, 60, 78)
    face = ((x / 0.21) ** 2 + ((y - 0.42) / 0.22) ** 2) < 1
    light = (205 + 28 * x * 4 - 40 * np.abs(y - 0.4) - 24 * shade)[..., None]
    picture[face] = (light * np.array((1.0, 0.82, 0.7), np.float32))[face]
    hair = (((x / 0.25) ** 2 + ((y - 0.30) / 0.19) ** 2) < 1) & (y < 0.33)
    picture[hair] = (30, 26, 24)
    return Image.fromarray(picture.clip(0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(dpi / 250))


def _card_front(chance: random.Random, dpi: int) -> Image.Image:
    card = _card_ground(dpi, (226, 238, 228))
    draw = ImageDraw.Draw(card)
    bold = _font("BeVietnamPro-SemiBold.ttf", _px(3.0, dpi))
    plain = _font("BeVietnamPro-Regular.ttf", _px(2.5, dpi))
    draw.text((_px(24, dpi), _px(3, dpi)), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", fill=_INK, font=plain)
    draw.text((_px(32, dpi), _px(8, dpi)), "CĂN CƯỚC CÔNG DÂN", fill=_RED, font=bold)
    draw.ellipse((_px(5, dpi), _px(3, dpi), _px(17, dpi), _px(15, dpi)), fill=_RED)
    for line, text in enumerate(("Số: 001081099999", "Họ và tên: NGUYỄN VĂN MẪU", "Ngày sinh: 03/02/1981",
                                 "Giới tính: Nam   Quốc tịch: Việt Nam",
                                 "Nơi thường trú: xã Thử Nghiệm, tỉnh Mẫu")):
        draw.text((_px(28, dpi), _px(17 + line * 6.4, dpi)), text, fill=_INK, font=plain)
    card.paste(portrait(chance.random(), dpi, (20, 26)), (_px(4, dpi), _px(19, dpi)))
    qr = code_picture("001081099999||Nguyễn Văn Mẫu|03021981|Nam|Xã Thử Nghiệm, Tỉnh Mẫu|25042021", dpi, 16.0)
    card.paste(qr, (_px(68, dpi), _px(2, dpi)))
    return card


def _card_reverse(chance: random.Random, dpi: int) -> Image.Image:
    card = _card_ground(dpi, (232, 234, 240))
    draw = ImageDraw.Draw(card)
    chip = (_px(8, dpi), _px(8, dpi), _px(21, dpi), _px(20, dpi))
    draw.rounded_rectangle(chip, _px(1.5, dpi), fill=(206, 170, 84))
    plain = _font("BeVietnamPro-Regular.ttf", _px(2.5, dpi))
    draw.text((_px(26, dpi), _px(8, dpi)), "Đặc điểm nhận dạng: không", fill=_INK, font=plain)
    draw.text((_px(26, dpi), _px(14, dpi)), "Ngày, tháng, năm: 25/04/2021", fill=_INK, font=plain)
    mono = _font("LiberationSerif-Bold.ttf", _px(3.6, dpi))
    for line, text in enumerate(_MRZ):
        draw.text((_px(5, dpi), _px(34 + line * 5.6, dpi)), text, fill=_INK, font=mono)
    return card


def _card_ground(dpi: int, tint: tuple[int, int, int]) -> Image.Image:
    width, height = _px(CARD_MM[0], dpi), _px(CARD_MM[1], dpi)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    wave = 6 * np.sin(columns / dpi * 60 + 4 * np.sin(rows / dpi * 20))
    return Image.fromarray((np.array(tint, np.float32) + wave[..., None]).clip(0, 255).astype(np.uint8))


def _lay_card(sheet: Image.Image, card: Image.Image, chance: random.Random, dpi: int) -> None:
    """On the glass under a white lid, a little askew, with the thin shadow of its edge."""
    mask = Image.new("L", card.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, card.width - 1, card.height - 1), _px(3.18, dpi), fill=255)
    room = _px(8, dpi)
    angle = chance.uniform(-5, 5)
    card, mask = (ImageOps.expand(part, room).rotate(angle, Image.Resampling.BICUBIC) for part in (card, mask))
    at = (_px(chance.uniform(15, 90), dpi), _px(chance.uniform(20, 180), dpi))
    shadow = mask.filter(ImageFilter.GaussianBlur(dpi / 130)).point(lambda value: value * 0.5)
    sheet.paste((96, 96, 98), (at[0] + _px(0.3, dpi), at[1] + _px(0.4, dpi)), shadow)
    sheet.paste(card, at, mask)


def _on_glass(sheet: Image.Image, border: str, dpi: int) -> Image.Image:
    """8 mm of the scanner's lid on every side of the sheet."""
    room = _px(8, dpi)
    ground = (12, 12, 12) if border == "black" else (255, 255, 255)
    around = Image.new("RGB", (sheet.width + 2 * room, sheet.height + 2 * room), ground)
    around.paste(sheet, (room, room))
    return around


@lru_cache(maxsize=32)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / name), size)


def _px(millimetres: float, dpi: int) -> int:
    return round(millimetres / 25.4 * dpi)
