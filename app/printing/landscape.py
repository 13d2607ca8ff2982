"""A4 on its side: books and lists with many columns."""

from __future__ import annotations

from app.printing.codes import MM
from app.printing.formats import Paper

# NĐ 30/2020 wants 20 mm and more on each side; thirteen columns leave no room for that. The left edge keeps what a
# binding takes.
A4_LANDSCAPE = Paper("A4 landscape", 297 * MM, 210 * MM, 15 * MM, 10 * MM, 10 * MM, 13 * MM, head=11, body=11,
                     small=8.5, title=14, gap=2, sign=15 * MM, qr_module_mm=0.5)
