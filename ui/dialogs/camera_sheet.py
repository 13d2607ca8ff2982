"""The document camera over the page: the live picture large, Space takes a page, the last one is shown.

What goes wrong is said over the picture and the window lives on; pages taken so far are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.treatment import treatment_for
from app.errors import KnownError
from ui.background.camera import Camera, CameraDevice, Still
from ui.background.camera_stills import Stills
from ui.background.page_intake import PageIntake
from ui.background.page_values import Wanted
from ui.dialogs.sheet import Sheet
from ui.messages import sentence
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.banner import Banner
from ui.widgets.choice import Choice
from ui.widgets.live_picture import LivePicture
from ui.widgets.text import Text

_SIDE = 252
_SMALL = 236, 190
_OTHERS = 340                      # pixels that the rest of the side takes


class CameraSheet(Sheet):
    """`show_for` a paper, then `open`; closing gives the camera back. `kept` with each page that is safe."""

    kept = Signal()

    def __init__(
        self, host: QWidget, intake: PageIntake, language: Callable[[], str],
        new_camera: Callable[[QWidget], Camera] = Camera,
    ) -> None:
        super().__init__(host, tr("Chụp bằng camera"), tr("Chụp"), way_back=tr("Xong"), width=1680)
        self._intake, self._language = intake, language
        self._cameras: tuple[CameraDevice, ...] = ()
        self._is_card, self._last_used = False, ""
        self.camera = new_camera(self)
        self.stills: Stills | None = None
        self.live = LivePicture(tr("Hình từ camera"))
        self.trouble = Banner()
        self.choice = Choice(tr("Camera"))
        self.next = ActionButton(tr("Camera khác"), "C")
        self.again = ActionButton(tr("Mở lại camera"), "R")
        self.target = Text("", "heading", is_wrapped=True)
        self.hint = Text("", "", is_wrapped=True)
        self.count = Text("", "fact")
        self.state = Text("", "secondary", is_wrapped=True)
        self.last = QLabel()
        self.forget = ActionButton(tr("Bỏ tờ vừa chụp"), "Backspace")
        self._room = QWidget()
        self._arrange()
        self._connect()

    def show_for(self, paper: Wanted | None, last_used: str = "") -> None:
        """Pages will lie under `paper`, None for the tray. `last_used` is the camera chosen the time before."""
        self.target.setText(tr("Vào: {name}", name=paper.name) if paper is not None else tr("Vào: Chưa xếp"))
        self._is_card = paper is not None and treatment_for(paper.name, paper.form).is_card_pair
        if self.stills is not None:
            self.stills.deleteLater()
        self.stills = Stills(self._intake, paper.code if paper is not None else "", self)
        self.stills.changed.connect(self._show_count)
        self.stills.safe.connect(self.kept)
        self.stills.refused.connect(self._say_error)
        self._last_used = last_used
        self.last.clear()
        self.last.hide()
        self._show_count()

    @property
    def device(self) -> str:
        """The camera in use, by id; "" for none."""
        return self.camera.wanted

    def open(self, first: QWidget | None = None) -> None:
        self.trouble.silence()
        self._wait()
        super().open(first)
        self.camera.start()

    def close_sheet(self) -> None:
        self.camera.close()
        super().close_sheet()

    def confirm(self) -> None:
        """Enter and Space: one page more; the sheet stays open."""
        if self.live.has_picture() and self.camera.take_still():
            self.state.setText(tr("Giữ yên giấy…"))

    # inside

    def _arrange(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(10)
        above: tuple[QWidget, ...] = (self.target, self.hint, self.choice, self.next)
        below: tuple[QWidget, ...] = (self.count, self.state, self.last, self.forget)
        for widget in above:
            side.addWidget(widget)
        side.addStretch(1)
        for widget in below:
            side.addWidget(widget)
        right = QWidget()
        right.setFixedWidth(_SIDE)
        side.setContentsMargins(0, 0, 0, 0)
        right.setLayout(side)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.trouble)
        left.addWidget(self.live, 1)
        left.addWidget(self.again, alignment=Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout(self._room)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        row.addLayout(left, 1)
        row.addWidget(right)
        self.content.addWidget(self._room)
        self.last.setAccessibleName(tr("Tờ vừa chụp"))
        self.last.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.again.hide()
        self.next.hide()

    def _connect(self) -> None:
        camera = self.camera
        self.destroyed.connect(camera.close)       # the window was closed over it, or has built its pages anew
        camera.found.connect(self._on_found)
        camera.preview.connect(self._on_preview)
        camera.still.connect(self._on_still)
        camera.failed.connect(self._on_failed)
        self.choice.activated.connect(self._on_chosen)
        self.next.clicked.connect(self.use_next)
        self.again.clicked.connect(self.try_again)
        self.forget.clicked.connect(self.leave_out_last)

    def use_next(self) -> None:
        """C: the next camera of the list."""
        if len(self._cameras) > 1:
            self.choice.setCurrentIndex((self.choice.currentIndex() + 1) % len(self._cameras))
            self._on_chosen(self.choice.currentIndex())

    def try_again(self) -> None:
        """R: the camera anew."""
        self.trouble.silence()
        self._wait()
        self.camera.restart()

    def leave_out_last(self) -> None:
        """Backspace."""
        if self.stills is not None and self.stills.leave_out_last():
            self.state.setText(tr("Đã bỏ ra tờ vừa chụp; vẫn giữ trong danh sách trang."))
            self.last.hide()

    def _wait(self) -> None:
        self.again.hide()
        self.live.say(tr("Đang mở camera…"))
        self.act.setEnabled(False)

    def _on_found(self, cameras: Sequence[CameraDevice]) -> None:
        self._cameras = tuple(cameras)
        ids = [each.id for each in self._cameras]
        wanted = self.camera.wanted if self.camera.wanted in ids else self._last_used
        place = ids.index(wanted) if wanted in ids else 0
        self.choice.blockSignals(True)
        self.choice.clear()
        for each in self._cameras:
            self.choice.addItem(each.name, each.id)
        if not ids:
            self.choice.addItem(tr("Không có camera"))
        self.choice.setCurrentIndex(place)
        self.choice.setEnabled(len(ids) > 1)
        self.choice.blockSignals(False)
        self.next.setVisible(len(ids) > 1)
        if not ids:
            self._nothing_to_see()
            self.live.say(
                tr("Chưa thấy camera nào"),
                tr("Cắm camera vào máy: hình hiện ra ngay. Hoặc bấm Esc rồi quét, nhập tệp."),
            )
        elif self.camera.wanted != ids[place]:
            self._on_chosen(place)

    def _on_chosen(self, place: int) -> None:
        self.trouble.silence()
        self._wait()
        self.camera.open(self._cameras[place].id)

    def _on_preview(self, picture: QImage) -> None:
        if not self.live.has_picture():
            self.trouble.silence()
            self.again.hide()
            self.act.setEnabled(True)
        self.live.show_picture(picture)

    def _on_still(self, still: Still) -> None:
        assert self.stills is not None
        wide, high = _SMALL[0], max(60, min(_SMALL[1], self._room.height() - _OTHERS))
        smooth, whole = Qt.TransformationMode.SmoothTransformation, Qt.AspectRatioMode.KeepAspectRatio
        self.last.setPixmap(QPixmap.fromImage(still.small).scaled(wide, high, whole, smooth))
        self.last.show()
        self.stills.take(still.content, self.camera.wanted)

    def _on_failed(self, error: KnownError) -> None:
        self._say_error(error)
        self._nothing_to_see()
        if error.values.get("will_restart"):
            self.live.say(tr("Đang mở lại camera…"))
        else:
            self.live.say(tr("Không có hình"), tr("Bấm R để mở lại camera."))
            self.again.show()

    def _nothing_to_see(self) -> None:
        self.act.setEnabled(False)
        if not self.isAncestorOf(self.focusWidget() or self):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_error(self, error: KnownError) -> None:
        said = sentence(error, self._language())
        self.trouble.say("bad", said.title, f"{said.detail()} ({said.code})")

    def _show_count(self) -> None:
        stills = self.stills
        assert stills is not None
        self.count.setText(tr("Đã chụp {n} trang", n=stills.count))
        if stills.underway:
            self.state.setText(tr("Đang lưu…"))
        elif stills.count:
            self.state.setText(tr("Trang đã được giữ an toàn."))
        else:
            self.state.setText("")
        self.forget.setEnabled(bool(stills.count or stills.underway))
        if self._is_card:
            is_front = stills.count % 2 == 0
            self.hint.setText(tr("Tiếp theo: mặt trước của thẻ") if is_front else tr("Tiếp theo: mặt sau của thẻ"))
        else:
            self.hint.setText(tr("Đặt giấy trên nền sẫm, đủ bốn góc trong hình."))

    def _fit(self) -> None:
        room = self._host.height() - 48 - 4 - 22 - 20 - 28 - 48 - self.title.sizeHint().height() - 12
        self._room.setFixedHeight(max(300, room))
        super()._fit()

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat():
            match event.key():
                case Qt.Key.Key_Space:
                    self.confirm()
                    event.accept()
                    return
                case Qt.Key.Key_Backspace:
                    self.leave_out_last()
                    event.accept()
                    return
                case Qt.Key.Key_C:
                    self.use_next()
                    event.accept()
                    return
                case Qt.Key.Key_R:
                    self.try_again()
                    event.accept()
                    return
        super().keyPressEvent(event)
