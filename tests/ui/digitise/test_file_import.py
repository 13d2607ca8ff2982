"""Files into an intake: good ones become pages, bad ones are told by name and hold up nobody."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.imaging.table_process import LightTable
from tests.faults import bomb_pdfs, bomb_pictures
from tests.imaging_pages import page as drawn
from tests.ui.digitise.desk import Bench, bench
from tests.ui.digitise.scanner import sheet
from ui.background.file_import import FileImport, Imported, ImportState, file_given
from ui.background.handed_over import handed_over
from ui.background.page_intake import PageIntake
from ui.pages.digitise.reading import destination_of, read_shown

LONG = 40_000


@dataclass
class Counter:
    held: Bench
    intake: PageIntake
    files: FileImport
    ends: list[Imported]
    states: list[ImportState]


@contextmanager
def counter(folder: Path, table: LightTable) -> Iterator[Counter]:
    with bench(folder / "office", table=table) as held:
        intake = held.scans.intake_of(destination_of(held.desk, read_shown(held.desk, held.code)))
        made = Counter(held, intake, FileImport(held.scans, intake), [], [])
        made.files.ended.connect(made.ends.append)
        made.files.progressed.connect(made.states.append)
        yield made


def written(folder: Path, **files: bytes) -> list[Path]:
    made = []
    for name, content in files.items():
        path = folder / name.replace("_dot_", ".")
        path.write_bytes(content)
        made.append(path)
    return made


def pdf(pages: int) -> bytes:
    held = io.BytesIO()
    sheets = [drawn("text", seed=seed, dpi=50) for seed in range(pages)]
    sheets[0].save(held, "PDF", save_all=True, append_images=sheets[1:], resolution=50)
    return held.getvalue()


def tiff(pages: int) -> bytes:
    held = io.BytesIO()
    sheets = [drawn("text", seed=seed, dpi=50) for seed in range(pages)]
    sheets[0].save(held, "TIFF", save_all=True, append_images=sheets[1:], dpi=(50, 50))
    return held.getvalue()


def png() -> bytes:
    held = io.BytesIO()
    drawn("text", dpi=50).save(held, "PNG", dpi=(50, 50))
    return held.getvalue()


def settle(qtbot: QtBot, at: Counter, ends: int = 1) -> None:
    qtbot.waitUntil(lambda: len(at.ends) == ends and at.intake.is_idle, timeout=LONG)


def test_pdf_tiff_jpeg_and_png_become_pages_in_their_order(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    # A name says nothing: the bytes do.
    paths = written(
        tmp_path, a_dot_pdf=pdf(3), b_dot_tif=tiff(2), c_dot_dat=sheet("text", 1), d_dot_jpg=png(),
    )
    with counter(tmp_path, table) as at:
        at.files.take(tuple(map(file_given, paths)), "2")
        settle(qtbot, at)
        assert at.ends == [Imported(7)]
        lying = [at.intake.pages[page.page_id] for page in at.intake.arrangement.place("2").pages]
        assert [page.ordinal for page in lying] == [1, 2, 3, 4, 5, 6, 7]
        assert {page.source for page in lying} == {"file"}
        assert lying[5].original.mime == "image/jpeg" and lying[6].original.mime == "image/png"
        assert not any(page.failure for page in lying)
        said = [(state.name, state.file, state.page) for state in at.states if state.is_running]
        assert said[:4] == [("a.pdf", 1, 0), ("a.pdf", 1, 1), ("a.pdf", 1, 2), ("a.pdf", 1, 3)]
        assert not at.states[-1].is_running


HOSTILE = {
    "png_60k_header": (bomb_pictures.png_60k_header, "picture_too_many_pixels"),
    "jpeg_cut_short": (bomb_pictures.jpeg_cut_short, "picture_broken"),
    "pdf_locked": (bomb_pdfs.pdf_locked, "pdf_encrypted"),
    "pdf_head_only": (bomb_pdfs.pdf_head_only, "pdf_broken"),
    "pdf_20000_pages": (bomb_pdfs.pdf_20000_pages, "pdf_too_many_pages"),
    "tiff_cut_short": (bomb_pictures.tiff_cut_short, None),        # some of its frames may be whole
    "a_letter": (lambda: b"Kinh gui " * 40, "picture_unknown_kind"),
    "nothing": (lambda: b"", "import_empty"),
    "too_heavy": (bomb_pdfs.pdf_65_megabytes, "file_too_large"),
}


def test_hostile_files_are_told_by_name_and_the_good_ones_go_on(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    bad = written(tmp_path, **{name: make() for name, (make, _) in HOSTILE.items()})
    first, last = written(tmp_path, first_dot_jpg=sheet("text", 2), last_dot_jpg=sheet("text", 3))
    folder = tmp_path / "a folder.pdf"
    folder.mkdir()
    with counter(tmp_path, table) as at:
        given = [first, *bad, folder, tmp_path / "gone.pdf", last]
        at.files.take(tuple(map(file_given, given)), "1")
        settle(qtbot, at)
        codes = {refused.name: refused.error.code for refused in at.ends[0].refused}
        wanted = {name: code for name, (_, code) in HOSTILE.items() if code}
        assert {name: codes.get(name) for name in wanted} == wanted
        assert (codes["a folder.pdf"], codes["gone.pdf"]) == ("import_no_file", "import_no_file")
        assert {"first.jpg", "last.jpg"}.isdisjoint(codes)
        originals = [page.original for page in at.intake.pages.values() if page.original.mime == "image/jpeg"]
        assert len(originals) >= 2


def with_last_frame_gone(content: bytes) -> bytes:
    """A little-endian TIFF whose last directory says that its picture lies behind the end of the file."""
    made, at = bytearray(content), struct.unpack_from("<I", content, 4)[0]
    while True:
        tags = struct.unpack_from("<H", content, at)[0]
        strips = next(place for place in range(at + 2, at + 2 + 12 * tags, 12)
                      if struct.unpack_from("<H", content, place)[0] == 273)
        following = struct.unpack_from("<I", content, at + 2 + 12 * tags)[0]
        if not following:
            struct.pack_into("<I", made, strips + 8, len(content) + 1000)
            return bytes(made)
        at = following


def test_a_file_that_breaks_in_the_middle_keeps_its_whole_pages_and_says_so(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with counter(tmp_path, table) as at:
        paths = written(tmp_path, x_dot_tif=with_last_frame_gone(tiff(3)))
        at.files.take(tuple(map(file_given, paths)), "1")
        settle(qtbot, at)
        (refused,) = at.ends[0].refused
        assert (refused.name, refused.error.code, refused.pages) == ("x.tif", "picture_broken", 2)
        assert len(at.intake.pages) == at.ends[0].pages == 2


def test_a_cancelled_import_keeps_what_it_has(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with counter(tmp_path, table) as at:
        at.files.progressed.connect(lambda state: at.files.cancel() if state.page == 2 else None)
        at.files.take(tuple(map(file_given, written(tmp_path, long_dot_pdf=pdf(12)))), "1")
        settle(qtbot, at)
        assert at.ends[0].is_cancelled
        assert 2 <= at.ends[0].pages < 12
        assert len(at.intake.pages) == at.ends[0].pages


def test_a_second_import_waits_for_the_first(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    one, two = written(tmp_path, one_dot_pdf=pdf(2), two_dot_jpg=sheet("text", 5))
    with counter(tmp_path, table) as at:
        at.files.take((file_given(one),), "1")
        at.files.take((file_given(two),), "3")
        settle(qtbot, at, 2)
        assert [len(at.intake.arrangement.place(each).pages) for each in ("1", "3")] == [2, 1]


def image() -> QImage:
    made = QImage(600, 800, QImage.Format.Format_RGB32)
    made.fill(QColor(250, 250, 250))
    for line in range(40, 760, 30):
        for x in range(60, 540):
            made.setPixelColor(x, line, QColor(20, 20, 30))
    return made


def test_a_picture_of_the_clipboard_is_kept_as_png(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    held = QMimeData()
    held.setImageData(image())
    with counter(tmp_path, table) as at:
        at.files.take(handed_over(held), "1")
        settle(qtbot, at)
        (page,) = at.intake.pages.values()
        assert (page.source, page.original.mime) == ("clipboard", "image/png")
        kept = QImage.fromData(at.held.office.application.blobs.read(page.original.sha256), "PNG")
        assert kept.size() == image().size() and kept.pixelColor(100, 40) == QColor(20, 20, 30)


def test_a_copied_file_is_taken_and_an_address_elsewhere_is_refused(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    (path,) = written(tmp_path, x_dot_jpg=sheet("text", 7))
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path)), QUrl("https://mau.example/giay.pdf")])
    with counter(tmp_path, table) as at:
        at.files.take(handed_over(held), "1")
        settle(qtbot, at)
        assert at.ends[0].pages == 1
        assert [(each.name, each.error.code) for each in at.ends[0].refused] == [("giay.pdf", "import_no_file")]


@pytest.mark.parametrize("fill", [lambda held: None, lambda held: held.setText("chữ")])
def test_words_alone_are_nothing_to_take(fill: object) -> None:
    held = QMimeData()
    assert callable(fill)
    fill(held)
    assert handed_over(held) == ()
