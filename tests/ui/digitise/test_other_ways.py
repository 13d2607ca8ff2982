"""The other ways onto the page: the camera key, files chosen, pasted and dropped, sources by keys, a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.devices.scanning.port import Feed, Notice, ScanTrouble, Source, SourceKind, trouble_error
from app.devices.scanning.run import Found
from app.domain.arrangement import TRAY
from app.errors import EnvironmentFault, Refusal
from app.imaging.table_process import LightTable
from tests.escl_scanner import escl_scanner
from tests.faults import bomb_pictures
from tests.ui.digitise.desk import Bench, bench
from tests.ui.digitise.scanner import OFFICE_SCANNER, sheet
from ui.background.camera import Camera
from ui.background.scan_desk import ScanDesk
from ui.dialogs.source_sheet import SourceSheet
from ui.operations.scan_sources import add_address, keep_folder, read_by_hand
from ui.pages.digitise.page import DigitisePage
from ui.translations import tr

LONG = 40_000


@contextmanager
def at_page(qtbot: QtBot, folder: Path, table: LightTable) -> Iterator[tuple[Bench, DigitisePage]]:
    with bench(folder / "office", table=table) as held:
        page = held.page(qtbot)
        qtbot.waitUntil(lambda: bool(held.scans.sources), timeout=LONG)
        yield held, page


def files(folder: Path, **contents: bytes) -> list[Path]:
    made = []
    for name, content in contents.items():
        made.append(folder / f"{name}.jpg")
        made[-1].write_bytes(content)
    return made


def settle(qtbot: QtBot, page: DigitisePage, pages: int) -> None:
    intake, files = page.intake, page.ways.importing.files
    qtbot.waitUntil(
        lambda: len(intake.pages) == pages and intake.is_idle and not files.is_running, timeout=LONG
    )


def lying(page: DigitisePage, place: str) -> int:
    return len(page.intake.arrangement.place(place).pages)


def test_ctrl_o_takes_the_files_that_were_chosen_into_the_open_paper(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    one, two = files(tmp_path, one=sheet("text", 1), two=sheet("text", 2))
    with at_page(qtbot, tmp_path, table) as (held, page):
        page.ways.importing.ask = lambda over: (one, two)
        page.go_to("2")
        qtbot.keyClick(page.left_side.items, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, page, 2)
        assert lying(page, "2") == 2
        assert ("ok", tr("Đã nhập {n} trang", n=2)) in held.around.frame.words


def test_a_dialog_left_without_a_choice_changes_nothing(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with at_page(qtbot, tmp_path, table) as (_, page):
        page.ways.importing.ask = lambda over: ()
        page.ways.importing.choose()
        assert not page.ways.importing.files.is_running


def test_refused_files_are_listed_by_name_and_enter_goes_on(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    good, bad = files(tmp_path, good=sheet("text", 1), bad=bomb_pictures.jpeg_cut_short())
    with at_page(qtbot, tmp_path, table) as (_, page):
        page.ways.importing.ask = lambda over: (bad, good)
        page.ways.importing.choose()
        qtbot.waitUntil(lambda: page.ways.importing.refused is not None, timeout=LONG)
        settle(qtbot, page, 1)
        told = page.ways.importing.refused
        assert told is not None and told.is_open
        (words,) = told.words()
        assert words.startswith("bad.jpg: ") and words.endswith("(picture_broken)")
        qtbot.keyClick(told, Qt.Key.Key_Return)
        assert not told.is_open
        assert lying(page, "1") == 1


@pytest.fixture
def clipboard() -> Iterator[QMimeData]:
    held = QMimeData()
    yield held
    QGuiApplication.clipboard().clear()


def test_ctrl_v_takes_a_picture_of_the_clipboard(
    qtbot: QtBot, tmp_path: Path, table: LightTable, clipboard: QMimeData
) -> None:
    picture = QImage(400, 560, QImage.Format.Format_RGB32)
    picture.fill(QColor(240, 240, 240))
    clipboard.setImageData(picture)
    with at_page(qtbot, tmp_path, table) as (_, page):
        QGuiApplication.clipboard().setMimeData(clipboard)
        qtbot.keyClick(page.left_side.items, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, page, 1)
        (kept,) = page.intake.pages.values()
        assert (kept.source, kept.original.mime) == ("clipboard", "image/png")


def test_ctrl_v_without_a_picture_says_so(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with at_page(qtbot, tmp_path, table) as (held, page):
        QGuiApplication.clipboard().clear()
        page.ways.importing.paste()
        assert held.around.frame.words[-1][0] == "info"


def drop(widget: QWidget, point: QPoint, paths: list[Path]) -> bool:
    """Files from another program, carried over `widget` and let go; whether they were taken."""
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(point, copy, held, left, none)
    QApplication.sendEvent(widget, enter)
    event = QDropEvent(QPointF(point), copy, held, left, none)
    QApplication.sendEvent(widget, event)
    return enter.isAccepted() and event.isAccepted()


def test_files_dropped_onto_a_paper_the_tray_or_the_page_go_there(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    paths = files(tmp_path, **{name: sheet("text", seed) for seed, name in enumerate(("a", "b", "c"))})
    with at_page(qtbot, tmp_path, table) as (_, page):
        items = page.left_side.items
        row = items.visualRect(page.left_side.model.index(2, 0)).center()
        assert drop(items.viewport(), row, paths[:1])
        assert drop(page.left_side.tray, QPoint(20, 20), paths[1:2])
        assert drop(page, QPoint(5, 5), paths[2:])
        settle(qtbot, page, 3)
        assert (lying(page, "3"), lying(page, TRAY), lying(page, "1")) == (1, 1, 1)


def test_words_dragged_over_the_page_are_not_taken(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with at_page(qtbot, tmp_path, table) as (_, page):
        held = QMimeData()
        held.setText("chữ")
        copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QDragEnterEvent(QPoint(5, 5), copy, held, left, none)
        QApplication.sendEvent(page, event)
        assert not event.isAccepted()


def test_c_opens_the_camera_for_the_open_paper_and_remembers_it(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with at_page(qtbot, tmp_path, table) as (held, page):
        page.ways.new_camera = lambda parent: Camera(parent, arguments=("--pictures", "5"))
        page.go_to("3")
        qtbot.keyClick(page.left_side.items, Qt.Key.Key_C)
        camera = page.ways.camera
        assert camera is not None
        qtbot.waitUntil(camera.live.has_picture, timeout=LONG)
        qtbot.keyClick(camera, Qt.Key.Key_Space)
        settle(qtbot, page, 1)
        assert lying(page, "3") == 1
        assert held.around.clicks.accepted == 1
        qtbot.keyClick(camera, Qt.Key.Key_Escape)
        assert read_by_hand(held.office.application).camera == camera.device != ""
        assert page.left_side.items.hasFocus()


def opened(qtbot: QtBot, page: DigitisePage) -> SourceSheet:
    qtbot.keyClick(page.left_side.items, Qt.Key.Key_Q)
    made = page.ways.sources.sheet
    assert made is not None and made.is_open
    return made


def type_into(qtbot: QtBot, sheet_: SourceSheet, key: Qt.Key, text: str) -> None:
    """A jumps to the address, F to the folder; then text and Enter."""
    sheet_.list.setFocus()
    qtbot.keyClick(sheet_.list, key)
    field = sheet_.address.line if key == Qt.Key.Key_A else sheet_.folder.line
    assert field.hasFocus()
    field.clear()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_source_is_chosen_by_keys_and_kept_for_this_counter(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    other = replace(OFFICE_SCANNER, id="sane:other:1", name="Máy quét khác")
    with at_page(qtbot, tmp_path, table) as (held, page):
        add_address(held.office.application, "192.0.2.44")
        held.scans.sources = (OFFICE_SCANNER, other)
        made = opened(qtbot, page)
        assert made.model.rowCount() == 3          # the typed address does not answer, and is shown
        qtbot.keyClick(made.list, Qt.Key.Key_Down)
        qtbot.keyClick(made.list, Qt.Key.Key_Down)
        assert made.source is None and not made.act.isEnabled()
        qtbot.keyClick(made.list, Qt.Key.Key_Return)
        assert made.is_open                        # nothing to scan with there
        qtbot.keyClick(made.list, Qt.Key.Key_Up)
        qtbot.keyClick(made.list, Qt.Key.Key_Return)
        assert not made.is_open
        assert page.left_side.scan.source == other
        assert read_by_hand(held.office.application).addresses == ("http://192.0.2.44/eSCL/",)


def test_an_address_is_typed_kept_and_removed_by_keys(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with at_page(qtbot, tmp_path, table) as (held, page):
        office = held.office.application
        made = opened(qtbot, page)
        type_into(qtbot, made, Qt.Key.Key_A, "may quet")
        assert "192.168.1.20" in made.address.message()
        assert read_by_hand(office).addresses == ()
        type_into(qtbot, made, Qt.Key.Key_A, "192.0.2.44:8080")
        assert read_by_hand(office).addresses == ("http://192.0.2.44:8080/eSCL/",)
        qtbot.waitUntil(lambda: not held.scans.is_looking, timeout=LONG)
        assert [made.model.source_row(row).address for row in range(made.model.rowCount())] == [
            "", "http://192.0.2.44:8080/eSCL/"]
        made.list.stand_on(1)
        made.list.setFocus()
        qtbot.keyClick(made.list, Qt.Key.Key_Delete)
        assert read_by_hand(office).addresses == ()
        qtbot.keyClick(made, Qt.Key.Key_Escape)


def test_a_typed_address_is_asked_over_the_network(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with escl_scanner(sheets=1) as scanner, at_page(qtbot, tmp_path, table) as (held, page):
        made = opened(qtbot, page)
        type_into(qtbot, made, Qt.Key.Key_A, scanner.url)
        qtbot.waitUntil(lambda: not held.scans.is_looking, timeout=LONG)
        typed = read_by_hand(held.office.application).addresses
        every = (Feed.FLATBED, Feed.FEEDER, Feed.DUPLEX)
        found = Found((Source(f"escl:{typed[0]}", scanner.name, SourceKind.ESCL, every),), ())
        held.scans._look = lambda: found
        qtbot.keyClick(made.list, Qt.Key.Key_T)
        qtbot.waitUntil(lambda: held.scans.sources == found.sources, timeout=LONG)
        row = made.model.source_row(made.model.find(f"escl:{typed[0]}"))
        assert row.source is not None and row.source.name == scanner.name and row.source.feeds
        assert row.address == typed[0]             # Delete forgets it
        qtbot.keyClick(made, Qt.Key.Key_Escape)


def test_no_scanner_and_no_scanning_system_are_said(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    with at_page(qtbot, tmp_path, table) as (held, page):
        missing = Found((), ((SourceKind.SANE, trouble_error(ScanTrouble.NONE_INSTALLED)),))
        held.scans._look = lambda: missing
        made = opened(qtbot, page)
        qtbot.keyClick(made.list, Qt.Key.Key_T)
        qtbot.waitUntil(lambda: made.trouble.isVisible(), timeout=LONG)
        assert "scanner_none_installed" in made.trouble.accessibleName()
        held.scans._look = lambda: Found((), ())
        qtbot.keyClick(made.list, Qt.Key.Key_T)
        qtbot.waitUntil(lambda: not held.scans.is_looking, timeout=LONG)
        assert made.trouble.isHidden() and not made.act.isEnabled()
        qtbot.keyClick(made, Qt.Key.Key_Escape)


def test_a_folder_is_watched_beside_other_work_and_remembered(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    folder = tmp_path / "quet"
    folder.mkdir()
    with at_page(qtbot, tmp_path, table) as (held, page):
        made = opened(qtbot, page)
        type_into(qtbot, made, Qt.Key.Key_F, str(folder))
        assert read_by_hand(held.office.application).folder == str(folder)
        assert page.ways.watched.isVisibleTo(page)
        qtbot.keyClick(made, Qt.Key.Key_Escape)
        held.pile.pages = [sheet("text", 4)]
        page.scan()                                # the scanner works meanwhile
        files(folder, one=sheet("text", 1), torn=bomb_pictures.png_no_width())
        (folder / "locked.pdf").write_bytes(b"%PDF-1.4 nothing in it %%EOF")
        settle(qtbot, page, 4)
        moved = sorted(path.name for path in (folder / "da-nhan").iterdir())
        assert moved == ["locked.pdf", "one.jpg", "torn.jpg"]
        assert sum(bool(each.failure) for each in page.intake.pages.values()) == 2
        assert {each.source for each in page.intake.pages.values()} >= {f"folder:{folder}"}
        page.ways.sources._on_unwatch()
        assert page.ways.watched.isHidden()
        assert read_by_hand(held.office.application).folder == ""


def test_the_watched_folder_of_the_day_before_is_watched_again_and_its_trouble_is_said(
    qtbot: QtBot, tmp_path: Path, table: LightTable
) -> None:
    with bench(tmp_path / "office", table=table) as held:
        keep_folder(held.office.application, str(tmp_path / "gone"))
        page = held.page(qtbot)
        qtbot.waitUntil(lambda: page.trouble.isVisible(), timeout=LONG)
        assert "scanner_not_found" in page.trouble.accessibleName()
        assert page.ways.watched.isHidden()


@pytest.mark.parametrize(("error", "name"), [
    (EnvironmentFault("watched_folder_gone"), ""), (Refusal("watched_file_unknown"), "hinh.heic"),
])
def test_what_the_watched_folder_has_to_say_is_shown(
    qtbot: QtBot, tmp_path: Path, table: LightTable, error: Refusal, name: str
) -> None:
    with at_page(qtbot, tmp_path, table) as (_, page):
        page.ways.sources.watch.noticed.emit(Notice(error, name))
        assert page.trouble.isVisible()
        assert name in page.trouble.title() and error.code in page.trouble.accessibleName()


def test_leaving_the_page_lets_the_folder_go(qtbot: QtBot, tmp_path: Path, table: LightTable) -> None:
    folder = tmp_path / "quet"
    folder.mkdir()
    with bench(tmp_path / "office", table=table) as held:
        page = held.page(qtbot)
        watch = page.ways.sources.watch
        watch.watch(folder)
        page.deleteLater()
        qtbot.waitUntil(lambda: watch.state.folder is None, timeout=LONG)


def test_the_desk_asks_at_the_addresses_that_were_typed(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []

    def look(patience: float = 0.0, *, addresses: tuple[str, ...] = ()) -> Found:
        asked.append(addresses)
        return Found((OFFICE_SCANNER,), ())

    monkeypatch.setattr("app.devices.scanning.run.look_for_sources", look)
    with bench(tmp_path / "office") as held:
        add_address(held.office.application, "192.0.2.44")
        scans = ScanDesk(held.office.application)
        scans.look_for_sources()
        qtbot.waitUntil(lambda: scans.sources == (OFFICE_SCANNER,), timeout=LONG)
        scans.close()
    assert asked == [("http://192.0.2.44/eSCL/",)]
