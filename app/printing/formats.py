"""Sheet formats: size, margins and type sizes, in points, in settings from comfortable to dense."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.printing.codes import MM


@dataclass(frozen=True, slots=True)
class Paper:
    """One format in one setting."""

    name: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    head: float                    # type size of the state's and the unit's name
    body: float
    small: float                   # notes, table heads, footers
    title: float
    gap: float                     # air between fields
    sign: float                    # room to sign
    qr_module_mm: float

    @property
    def room(self) -> float:
        return self.width - self.left - self.right

    @property
    def end(self) -> float:
        return self.height - self.bottom


# NĐ 30/2020 sets A4: margins 20–25, 20–25, 30–35, 15–20 mm, text 13–14, state and units 12–13; the line with copy
# and form number and the foot stand in the margins. The forms may be A5, where such margins would leave half the
# sheet: they shrink in proportion and the text is 10 points. A paper of one page is worth a smaller type (a second
# sheet per copy gets lost); several pages keep the comfortable one.
_A4 = Paper("A4", 210 * MM, 297 * MM, 30 * MM, 15 * MM, 15 * MM, 20 * MM, head=12, body=13, small=11, title=14,
            gap=3.6, sign=18 * MM, qr_module_mm=0.6)
_A5 = Paper("A5", 148 * MM, 210 * MM, 13 * MM, 9 * MM, 6.5 * MM, 10.5 * MM, head=9.5, body=10, small=8.5,
            title=12.5, gap=2.6, sign=12 * MM, qr_module_mm=0.5)

# Slips that go into a purse.
_A6 = Paper("A6", 105 * MM, 148 * MM, 8 * MM, 8 * MM, 6 * MM, 9 * MM, head=8.5, body=9.5, small=7.5, title=12,
            gap=1.6, sign=9 * MM, qr_module_mm=0.45)

# Lists with many columns: their copies go between offices, and a row that needs few lines is worth a smaller type.
_A4_LANDSCAPE = Paper("A4 landscape", 297 * MM, 210 * MM, 18 * MM, 12 * MM, 10 * MM, 14 * MM, head=11, body=10,
                      small=9, title=14, gap=2.2, sign=15 * MM, qr_module_mm=0.6)

# Receipts of money: few lines, three of them from one sheet's worth of paper.
_A5_LANDSCAPE = replace(_A5, name="A5 landscape", width=210 * MM, height=148 * MM, left=14 * MM, right=10 * MM)

SETTINGS: dict[str, tuple[Paper, ...]] = {
    "A4": (_A4, replace(_A4, gap=1.2, sign=15 * MM), replace(_A4, body=12, small=10.5, gap=0.8, sign=13 * MM),
           replace(_A4, body=11.5, small=10, gap=0.4, sign=12 * MM)),
    "A5": (_A5, replace(_A5, body=9.5, small=8, title=12, gap=0.6, sign=10 * MM),
           replace(_A5, body=9, small=7.5, title=12, gap=0.2, sign=9.5 * MM)),
    "A6": (_A6, replace(_A6, body=9, gap=1.0), replace(_A6, body=8.5, small=7, title=11, gap=0.4)),
    "A5 landscape": (_A5_LANDSCAPE, replace(_A5_LANDSCAPE, body=9.5, small=8, title=12, gap=0.6, sign=10 * MM),
                     replace(_A5_LANDSCAPE, body=9, small=7.5, title=12, gap=0.2, sign=9.5 * MM)),
    "A4 landscape": (_A4_LANDSCAPE, replace(_A4_LANDSCAPE, body=9.5, small=8.5, gap=1, sign=13 * MM),
                     replace(_A4_LANDSCAPE, body=9, small=8, gap=0.6, sign=12 * MM)),
}
