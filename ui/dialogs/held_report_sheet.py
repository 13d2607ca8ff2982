"""What this counter holds about one person, on the screen: the words are those of the paper that is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.domain.held_about import HeldAbout
from app.domain.money import format_money
from app.domain.vietnam_time import local
from app.errors import KnownError
from ui.dialogs.sheet import Sheet
from ui.operations.desk import Desk, warn_of
from ui.operations.held_about import print_held, save_held
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.text import Text

Section = tuple[str, Sequence[str]]


def ask_for_folder(over: QWidget) -> str:
    """The system's own dialog; "" when it was left without a choice."""
    return QFileDialog.getExistingDirectory(over, tr("Chọn thư mục để lưu báo cáo"))


class HeldReportSheet(Sheet):
    """Enter prints, Ctrl S saves; nothing of it stays when it is closed."""

    def __init__(
        self, host: QWidget, desk: Desk, ask_folder: Callable[[QWidget], str] = ask_for_folder
    ) -> None:
        super().__init__(host, tr("Dữ liệu cá nhân đang giữ"), tr("In báo cáo"), width=980)
        self._desk, self._ask_folder = desk, ask_folder
        self._report: HeldAbout | None = None
        self._inside_words: QWidget | None = None
        self.save = ActionButton(tr("Lưu PDF"), "Ctrl S")
        self.save.clicked.connect(self.export)
        self.foot.insertWidget(1, self.save)
        self.confirmed.connect(self._print)
        self.closed.connect(self._forget)

    def show_report(self, report: HeldAbout) -> None:
        self._report = report
        self._put(report)
        self.open(self.act)

    def words(self) -> tuple[str, ...]:
        """Every line that stands on the sheet."""
        return () if self._inside_words is None else tuple(
            each.text() for each in self._inside_words.findChildren(Text))

    def export(self) -> None:
        report = self._report
        folder = self._ask_folder(self._host) if report is not None else ""
        if report is not None and folder:
            self._do(lambda: save_held(self._desk, report, Path(folder)))

    def _print(self) -> None:
        report = self._report
        if report is not None:
            self._do(lambda: print_held(self._desk, report))
        self.close_sheet()
        self._forget()

    def _do(self, work: Callable[[], None]) -> None:
        try:
            work()
        except KnownError as error:
            warn_of(self._desk, error)

    def _forget(self) -> None:
        self._report = None
        self._put(None)

    def _put(self, report: HeldAbout | None) -> None:
        if self._inside_words is not None:
            self._inside_words.hide()
            self._inside_words.deleteLater()
            self._inside_words = None
        if report is None:
            return
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for title, lines in _sections(report):
            column.addWidget(Text(title, "heading"))
            for line in lines:
                first, *more = line.split("\n")
                column.addWidget(Text(first, is_wrapped=True))
                if more:
                    column.addWidget(Text("\n".join(more), "secondary", is_wrapped=True))
            column.addSpacing(8)
        self.content.addWidget(box)
        self._inside_words = box

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_S and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.export()
            event.accept()
        else:
            super().keyPressEvent(event)


def _sections(report: HeldAbout) -> Iterator[Section]:
    if report.is_empty:
        nothing = tr("Quầy này không giữ dữ liệu nào có số giấy tờ này.")
        yield tr("Người có số giấy tờ {number}", number=report.number), (nothing,)
    else:
        yield tr("Người có số giấy tờ {number}", number=report.number), [
            f"{each.name}: {each.value}" for each in report.data]
        yield tr("Hồ sơ có người này"), [
            "\n".join((
                " · ".join((each.code, each.role, each.state)),
                " · ".join((each.procedure, each.source, tr("{n} lần in giấy", n=each.prints))),
                " · ".join((each.papers, each.until)),
            ))
            for each in report.dossiers
        ] or [tr("Không có.")]
        yield tr("Khoản tiền theo các hồ sơ này"), [
            f"{local(each.at):%d/%m/%Y %H:%M} · {each.code} · {each.what} · {format_money(each.amount)}"
            for each in report.money
        ] or [tr("Không có.")]
        yield tr("Ai đã mở xem số đầy đủ"), [
            f"{local(each.at):%d/%m/%Y %H:%M} · {each.clerk} · {each.what} · {each.code}" for each in report.looks
        ] or [tr("Không có.")]
        if report.others:
            yield tr("Nơi khác có số giấy tờ này"), [f"{each.name}: {each.amount}" for each in report.others]
    yield tr("Giữ đến khi nào"), report.terms
    if report.answer_by is not None:
        yield tr("Trả lời chậm nhất"), (f"{local(report.answer_by):%H:%M %d/%m/%Y}",)
