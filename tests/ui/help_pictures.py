"""`python -m tests.ui.help_pictures`: the picture of the digitising page, made from the page itself."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image
from PySide6.QtWidgets import QApplication

from app.imaging.table_process import LightTable
from tests.ui.digitise.desk import Bench, bench
from tests.ui.digitise.scanner import Pile, sheet
from tests.ui.digitise.shots import arrived, shoot
from tests.ui.shooting import Shot, wait
from ui.help_pages import FOLDER
from ui.pages.digitise.page import DigitisePage
from ui.theme import install_theme
from ui.translations import Language

SIZE = (1366, 768)
COLOURS = 200


def pages_of_two_papers(held: Bench, page: DigitisePage) -> None:
    """Three pages just scanned for the first paper, one filed for the third."""
    page.intake.take(sheet("photo", 4, 200), "image/jpeg", "file", to="3")
    arrived(page, 1)
    page.on_paper.file_ready()
    wait(lambda: not page.filing.is_busy)
    page.go_to("1")
    held.pile.pages = [sheet(kind, seed, 200) for seed, kind in enumerate(("stamped", "table", "text"))]
    page.scan()
    arrived(page, 4)
    page.on_paper.toggle_compared()
    page.pages.thumbs.setFocus()
    wait(lambda: page.viewer.view.has_picture())


def main() -> int:
    app = QApplication([])
    install_theme(app).use("light")
    Language(app).use("vi")
    with (
        LightTable(children=2) as table, tempfile.TemporaryDirectory() as place,
        bench(Path(place), pile=Pile(), table=table) as held,
    ):
        made = Path(place) / "digitise.png"
        shoot(held, Shot(pages_of_two_papers, *SIZE, "vi", made))
        with Image.open(made) as picture:
            few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            few.save(FOLDER / "pictures" / "digitise.png", optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
