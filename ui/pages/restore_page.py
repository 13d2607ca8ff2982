"""The book does not open: what happened, the backups that are there, and what comes back beyond them.

Stands in the window before any office is open, so it is given what it needs and knows no desk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.errors import EnvironmentFault, KnownError
from app.paths import DataFolder
from app.services.backup.names import Backup, backups_in
from app.services.backup.restore import Examined, examined, key_for
from ui.background.alive import while_alive
from ui.background.tasks import BackgroundTasks, Task
from ui.command_line.folder import key_places
from ui.delegates.cells import ChipDelegate
from ui.delegates.dates import full_moment, lowered, near_moment
from ui.dialogs.sheet import Sheet
from ui.messages import Message, sentence
from ui.models.counts import shown_count
from ui.models.sizes import shown_size
from ui.operations.restore import RestoreDone, restore_all
from ui.shortcuts import Key
from ui.theme import Tone
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page
from ui.widgets.paged_table import Column, ListSource, PagedTableModel
from ui.widgets.progress_line import ProgressLine
from ui.widgets.row_table import RowTable
from ui.widgets.text import Text


@dataclass(frozen=True, slots=True)
class Line:
    """One backup; `found` None until it has been read."""

    backup: Backup
    where: str
    when: str
    found: Examined | None = None

    @property
    def is_good(self) -> bool:
        return self.found is not None and not self.found.problem

    @property
    def standing(self) -> str:
        if self.found is None:
            return tr("đang đọc…")
        return tr("dùng được") if self.is_good else PROBLEMS.get(self.found.problem, PROBLEMS["backup_damaged"])()

    @property
    def tone(self) -> Tone:
        return "neutral" if self.found is None else "ok" if self.is_good else "bad"

    @property
    def content(self) -> str:
        figures = self.found.figures if self.found is not None else None
        if figures is None:
            return shown_size(self.backup.size)
        return tr("{n} hồ sơ, {m} việc", n=shown_count(figures.dossiers), m=shown_count(figures.operations))


PROBLEMS: dict[str, Callable[[], str]] = {
    "backup_damaged": lambda: tr("hỏng"),
    "backup_missing": lambda: tr("không còn"),
    "backup_newer": lambda: tr("của bản phần mềm mới hơn"),
    "backup_of_other_book": lambda: tr("của sổ khác"),
    "database_key_lost": lambda: tr("máy này không có khóa"),
}

COLUMNS: tuple[Column[Line], ...] = (
    Column(mark("Sổ vào lúc"), lambda line: line.when),
    Column(mark("Tình trạng"), lambda line: line.standing, tone=lambda line: line.tone),
    Column(mark("Trong đó"), lambda line: line.content),
    Column(mark("Nằm ở"), lambda line: line.where),
)
CHOOSE = Key("N", mark("Chọn nơi khác có bản sao lưu"))
TRY = Key("T", mark("Thử mở sổ như cũ"))


class RestorePage(Page):
    """`restored` with what came back; `retry_requested` when the book is to be opened as it is."""

    help_page = "admin"
    restored = Signal(object)
    retry_requested = Signal()

    def __init__(
        self, message: Message, folder: DataFolder, background: BackgroundTasks, clock: Callable[[], datetime],
        language: str, parent: QWidget | None = None,
    ) -> None:
        super().__init__(message.title, "", parent)
        self._folder, self._background, self._clock, self._language = folder, background, clock, language
        self._lines: list[Line] = []
        self._reading: Task | None = None
        self._sheet: Sheet | None = None
        self._is_busy = False
        self.what = Banner()
        self.what.say("bad", message.what, f"{message.safe} ({message.code})")
        self.refused = Banner()
        self.meaning = Text(tr(
            "Chọn một bản sao lưu để đưa vào chỗ sổ này. Sổ hỏng không bị xóa, nó được giữ ở chỗ riêng. "
            "Việc làm sau bản sao lưu: máy đọc lại từ sổ hỏng và từ bản thứ hai ngay bây giờ, phần còn lại tỉnh "
            "đưa về khi có mạng. Từ giờ tới lúc đó, quầy chưa cấp số mới."
        ), is_wrapped=True)
        self.table = RowTable(tr("Bản sao lưu"))
        self.table.set_delegate(1, ChipDelegate(has_icon=True))
        self._model: PagedTableModel[Line] = PagedTableModel(
            COLUMNS, ListSource(()), lambda line: line.backup.file, parent=self.table
        )
        self.table.setModel(self._model)
        self.table.set_widths(0, 0, 0, -1)
        self.table.set_empty(EmptyState(
            tr("Trên máy này không có bản sao lưu"), tr("Cắm ổ USB có bản sao lưu, bấm N rồi chọn ổ đó."),
            icon="usb",
        ))
        self.table.opened.connect(self.ask)
        self.act = ActionButton(tr("Khôi phục bản đang chọn"), "Enter", kind="primary")
        self.act.clicked.connect(lambda: self.ask(self.table.current_row()))
        self.choose = ActionButton(tr("Chọn nơi khác…"), CHOOSE.cap)
        self.choose.clicked.connect(self._pick)
        self.again = ActionButton(tr("Thử mở sổ như cũ"), TRY.cap)
        self.again.clicked.connect(self._retry)
        self.progress = ProgressLine()
        self._arrange()
        self.bind_keys({CHOOSE: self._pick, TRY: self._retry})
        self.tell_keys(Key("Enter", mark("Khôi phục bản đang chọn")))

    # what is shown

    def arrive(self) -> None:
        self.look_in(self._folder.backups, tr("máy này"))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_in(self, place: Path, name: str = "") -> None:
        """Adds the backups of a folder, of a medium, or of the counter's folder on it; each is then read."""
        known = {line.backup.file for line in self._lines}
        try:
            folders = [place, place / "backups", *sorted(place.glob("quay-mot-cua-*/backups"))]
            found = [each for folder in folders for each in backups_in(folder) if each.file not in known]
        except (OSError, EnvironmentFault):
            found = []
        now = self._clock()
        self._lines += [Line(each, name or str(place), exact_moment(each.at, now)) for each in found]
        self._lines.sort(key=lambda line: line.backup.at, reverse=True)
        if not found and name == "":
            self._say(EnvironmentFault("backup_none"))
        self._show()
        self._read_next()

    def _show(self) -> None:
        here = self.table.currentIndex().row()
        self._model.set_source(ListSource(tuple(self._lines)))
        self.table.stand_on(max(0, here))
        self.act.setEnabled(bool(self._lines) and not self._is_busy)

    def _read_next(self) -> None:
        """One after the other: a whole backup is read, which takes a while on a slow stick."""
        waiting = next((line for line in self._lines if line.found is None), None)
        if waiting is None or self._reading is not None:
            return
        backup = waiting.backup
        self._reading = self._background.run(
            lambda: self._examined(backup), while_alive(self, self._on_read), while_alive(self, self._on_failure)
        )

    def _examined(self, backup: Backup) -> Examined:
        store, keys = key_places()
        try:
            key = key_for(self._folder, backup, store, keys)
        except EnvironmentFault as fault:
            return Examined(backup, problem=fault.code)
        return examined(backup, key, backup.book)

    def _on_read(self, found: Examined) -> None:
        self._reading = None
        self._lines = [
            replace(line, found=found) if line.backup == found.backup else line for line in self._lines
        ]
        self._show()
        self._read_next()

    # what the clerk does

    def ask(self, line: Line | None) -> None:
        """Once more in words before anything is moved."""
        if line is None or self._is_busy:
            return
        if line.found is not None and line.found.problem:
            self._say(EnvironmentFault(line.found.problem, revision="–"))
            return
        sheet = Sheet(self.window(), tr("Khôi phục sổ {at}?", at=lowered(line.when)), tr("Khôi phục"))
        sheet.content.addWidget(Text(tr(
            "Sổ hiện tại được chuyển nguyên vẹn sang thư mục aside rồi bản này vào chỗ nó. "
            "Mất điện giữa chừng thì lần mở sau làm tiếp."
        ), is_wrapped=True))
        sheet.confirmed.connect(lambda: self._restore(line))
        sheet.confirmed.connect(sheet.close_sheet)
        self._sheet = sheet
        sheet.open()

    def _restore(self, line: Line) -> None:
        self._set_busy(is_busy=True)
        self.progress.start(tr("Đang khôi phục sổ; đừng tắt máy…"), may_cancel=False)
        folder, backup = self._folder, line.backup
        self._background.run(
            lambda: restore_all(folder, backup), while_alive(self, self._on_restored),
            while_alive(self, self._on_failure),
        )

    def _on_restored(self, done: RestoreDone) -> None:
        self.progress.finish()
        self.restored.emit(done)

    def _on_failure(self, error: Exception) -> None:
        self._reading = None
        self.progress.finish()
        self._set_busy(is_busy=False)
        if not isinstance(error, KnownError):
            raise error
        self._say(error)

    def _pick(self) -> None:
        found = QFileDialog.getExistingDirectory(self, tr("Chọn ổ hoặc thư mục có bản sao lưu"))
        if found:
            self.look_in(Path(found))

    def _retry(self) -> None:
        if not self._is_busy:
            self.retry_requested.emit()

    # inside

    def _set_busy(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        for button in (self.act, self.choose, self.again):
            button.setEnabled(not is_busy)
        self.refused.silence()

    def _say(self, error: KnownError) -> None:
        said = sentence(error, self._language)
        self.refused.say("warn", said.title, f"{said.detail()} ({said.code})")

    def _arrange(self) -> None:
        acts = QHBoxLayout()
        acts.setSpacing(10)
        acts.addWidget(self.again)
        acts.addWidget(self.choose)
        acts.addStretch(1)
        acts.addWidget(self.act)
        for widget in (self.what, self.meaning, self.refused):
            self.body.addWidget(widget)
        card = Card(is_flush=True)
        card.body.addWidget(self.table)
        self.body.addWidget(card, 1)
        self.body.addWidget(self.progress)
        self.body.addLayout(acts)


def exact_moment(moment: datetime, now: datetime) -> str:
    """With the time also for days that are past: two backups of a day are told apart."""
    near = near_moment(moment, now)
    return near if ":" in near else full_moment(moment)


def restored_words(done: RestoreDone) -> str:
    """What came back, in one breath."""
    words = [tr("Sổ có {n} hồ sơ của bản sao lưu.", n=shown_count(done.dossiers))]
    if done.from_book:
        words.append(tr("Đọc lại {n} việc từ sổ hỏng.", n=shown_count(done.from_book)))
    if done.from_medium:
        words.append(tr("Lấy lại {n} việc từ bản thứ hai.", n=shown_count(done.from_medium)))
    if done.scans:
        words.append(tr("Chép về {n} tệp quét.", n=shown_count(done.scans)))
    if done.is_stopped:
        words.append(tr("Quầy cấp số mới sau lần liên lạc tới với tỉnh: bấm F7."))
    return " ".join(words)
