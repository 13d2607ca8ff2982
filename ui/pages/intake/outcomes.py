"""What follows once the book has answered: the next citizen, the dossier that came of it, or why it did not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.domain.intake import ChosenProcedure
from app.domain.till.accounts import Means
from app.errors import KnownError
from app.services.correct import Corrected
from app.services.receive import Received
from ui.messages import sentence
from ui.operations.desk import Desk, new_intent
from ui.pages.intake import keys
from ui.pages.intake.form import IntakeForm
from ui.pages.intake.going_on import Onward, next_form
from ui.pages.intake.notices import Notices
from ui.pages.intake.reading_back import ReadingBack
from ui.pages.intake.turnover import Turnover, Word
from ui.translations import tr


class Outcomes(QObject):
    """`procedure` and `code` are those of the dossier received last; `form` gives the form on the desk."""

    dossier_asked = Signal(str)    # code
    read_again = Signal()          # the promise is too old to hold
    received = Signal(object)      # body of the dossier that was stored just now
    transfer_taken = Signal(str)   # id of the collection that a citizen pays by transfer now
    group_ended = Signal()         # the last dossier of a group was received

    def __init__(
        self, desk: Desk, turnover: Turnover, reading: ReadingBack, banner: Notices,
        form: Callable[[], IntakeForm], parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._turnover, self._banner, self._form = desk, turnover, banner, form
        self.procedure: ChosenProcedure | None = None
        self.code = ""
        self._reading = reading
        reading.received.connect(self._on_received)
        reading.corrected.connect(self._on_corrected)
        reading.failed.connect(self._on_refused)
        reading.stale.connect(self._on_stale)

    def _on_received(self, received: Received) -> None:
        form, code = self._form(), received.dossier.code
        self._turnover.parking.forget(form)
        if form.procedure is not None:
            self.procedure = form.procedure
        self.code = code
        if received.is_new:
            self.received.emit(received.dossier)
            self._go_on(form, received.dossier.intake.group)
            collected = received.collected
            if collected is not None and collected.collection.taking.means is Means.TRANSFER:
                self.transfer_taken.emit(collected.op_id)
            words = tr("Đã lưu {code}, đang in. {key}: số hóa giấy tờ", code=code, key=keys.SCAN.cap)
            if collected is not None and not collected.collection.session:
                words = tr("{words} · thu ngoài ca", words=words)
            self._desk.frame.say(words)
        else:
            self._turnover.start_anew(Word("info", tr("Biểu này đã được tiếp nhận từ trước: {code}", code=code)))
            self.dossier_asked.emit(code)

    def _go_on(self, form: IntakeForm, group: str) -> None:
        onward = self._reading.onward
        if not group:
            self._turnover.start_anew()
            return
        self._turnover.lay_next(next_form(form, onward, new_intent(self._desk), group))
        if onward is Onward.DONE:
            self.group_ended.emit()

    def _on_corrected(self, corrected: Corrected) -> None:
        code, version = corrected.dossier.code, corrected.dossier.version
        self._turnover.parking.discard(self._form())
        self._turnover.start_anew()
        self._desk.frame.say(tr("Đã lưu bản {version} của {code}, đang in", version=version, code=code))
        self.dossier_asked.emit(code)

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._banner.say_refusal(error, self._desk.language())
        if error.code == "intent_reused":
            said = sentence(error, self._desk.language())
            self._turnover.parking.forget(self._form())
            self._turnover.start_anew(Word("info", said.title, f"{said.detail()} ({said.code})"))
            if error.values["code"]:               # "" where the form became something else than a dossier
                self.dossier_asked.emit(str(error.values["code"]))

    def _on_stale(self) -> None:
        self.read_again.emit()
        self._desk.frame.say(tr("Giờ hẹn đã tính lại, xin đọc lại lần nữa"), "info")
