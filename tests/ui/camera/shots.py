"""`python -m tests.ui.camera.shots OUTDIR [NAME …]`: camera, sources and refused files as pictures."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from app.devices.scanning.port import ScanTrouble, Source, SourceKind, trouble_error
from app.devices.scanning.run import Found
from app.domain.scanning import Feed
from app.errors import Refusal
from tests.ui.digitise.desk import Bench
from tests.ui.digitise.scanner import OFFICE_SCANNER, sheet
from tests.ui.digitise.shots import shoot_all
from tests.ui.shooting import wait
from ui.background.camera import Camera
from ui.background.file_import import Imported, ImportState, RefusedFile
from ui.dialogs.camera_sheet import CameraSheet
from ui.operations.scan_sources import add_address
from ui.pages.digitise.page import DigitisePage

NETWORK = Source("escl:http://192.0.2.7/eSCL/", "Máy quét phòng họp, tầng 2", SourceKind.ESCL,
                 (Feed.FLATBED, Feed.FEEDER, Feed.DUPLEX))


def _camera(page: DigitisePage, camera: str, *arguments: str) -> CameraSheet:
    page.ways.new_camera = lambda parent: Camera(parent, arguments=arguments)
    page.ways.photograph()
    made = page.ways.camera
    assert made is not None
    if camera:
        wait(lambda: bool(made.choice.count() > 1))
        made.choice.setCurrentIndex(made.choice.findData(camera))
        made.choice.activated.emit(made.choice.currentIndex())
    return made


def camera_good(held: Bench, page: DigitisePage) -> None:
    made = _camera(page, "test:1", "--pictures", "5")
    wait(made.live.has_picture)
    made.confirm()
    wait(lambda: len(page.intake.pages) == 1 and page.intake.is_idle)
    made.confirm()
    wait(lambda: len(page.intake.pages) == 2 and page.intake.is_idle)


def camera_none(held: Bench, page: DigitisePage) -> None:
    made = _camera(page, "")
    wait(lambda: made.choice.count() == 1)


def camera_busy(held: Bench, page: DigitisePage) -> None:
    made = _camera(page, "test:4", "--pictures", "5")
    wait(lambda: made.again.isVisibleTo(made))


def sources_good(held: Bench, page: DigitisePage) -> None:
    add_address(held.office.application, "192.0.2.99")
    held.scans._look = lambda: (OFFICE_SCANNER, NETWORK)
    held.scans.look_for_sources()
    wait(lambda: len(held.scans.sources) == 2)
    page.ways.sources.watch.watch(Path(tempfile.gettempdir()) / "khong-co")
    page.ways.sources.choose()


def sources_none(held: Bench, page: DigitisePage) -> None:
    held.scans._look = lambda: Found((), ())
    held.scans.look_for_sources()
    wait(lambda: not held.scans.is_looking)
    page.ways.sources._show()
    held.scans.sources = ()
    page.ways.sources.choose()
    wait(lambda: not held.scans.is_looking)


def sources_error(held: Bench, page: DigitisePage) -> None:
    trouble = (SourceKind.SANE, trouble_error(ScanTrouble.NONE_INSTALLED))
    held.scans._look = lambda: Found((), (trouble,))
    held.scans.sources = ()
    page.ways.sources.choose()
    wait(lambda: not held.scans.is_looking)
    made = page.ways.sources.sheet
    assert made is not None
    made.address.set_text("may quet")
    made.address_typed.emit("may quet")


def files_refused(held: Bench, page: DigitisePage) -> None:
    page.ways.importing.files.ended.emit(Imported(5, (
        RefusedFile("Hợp đồng thuê nhà (Mẫu).pdf", Refusal("pdf_encrypted")),
        RefusedFile("ảnh chụp 2026-11-21.heic", Refusal("picture_unknown_kind", found="heic")),
        RefusedFile("Sổ hộ khẩu cũ.tif", Refusal("picture_broken"), 2),
    )))


def page_importing(held: Bench, page: DigitisePage) -> None:
    page.intake.take(sheet("text", 1, 150), "image/jpeg", "file", to="1")
    wait(lambda: len(page.intake.pages) == 1 and page.intake.is_idle)
    line = page.ways.importing.line
    page.ways.importing.files.progressed.emit(ImportState(True, "Hợp đồng thuê nhà (Mẫu).pdf", 2, 3, 14))
    wait(line.isVisible)


SCENES: tuple[Callable[[Bench, DigitisePage], None], ...] = (
    camera_good, camera_none, camera_busy, sources_good, sources_none, sources_error, files_refused,
    page_importing,
)


def main(arguments: list[str]) -> int:
    return shoot_all(arguments, SCENES, children=1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
