"""Which form lies on the desk: a fresh one, a parked one, a stored dossier to correct, what a power cut left.

The page shows a form; this says which. Whatever lay there before is set aside first, never lost.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from app.domain.dossier import DossierBody
from app.domain.vietnam_time import local
from app.errors import KnownError
from ui.operations.desk import Desk, new_intent, warn_of
from ui.pages.intake.choosing import brought_up_to_date
from ui.pages.intake.corrections import Correction, begin_correction, take_up_correction
from ui.pages.intake.form import IntakeForm, form_from_json
from ui.pages.intake.parked_words import label_of
from ui.pages.intake.parking import Parking
from ui.theme import Tone
from ui.translations import tr


@dataclass(frozen=True, slots=True)
class Word:
    """What is said over the steps; with `may_undo` one key takes the form back."""

    tone: Tone
    title: str
    detail: str = ""
    may_undo: bool = False


class Turnover(QObject):
    """`laid` is emitted with the form to show and the `Word` to say (None: nothing), `said` with a word alone."""

    laid = Signal(object, object)  # IntakeForm, Word | None
    said = Signal(object)          # Word
    left = Signal(str)             # code of the dossier whose correction was given up

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.parking = Parking(desk, self)
        self.correction: Correction | None = None

    @property
    def stored(self) -> DossierBody | None:
        """The dossier that is being corrected."""
        return self.correction.body if self.correction else None

    def start_anew(self, word: Word | None = None) -> None:
        """A fresh form for the next citizen."""
        self.correction = None
        self.laid.emit(IntakeForm(new_intent(self._desk)), word)

    def lay_next(self, form: IntakeForm, word: Word | None = None) -> None:
        """A form that is begun already: the next of a group, a pick-up. It is kept from the start."""
        self.correction = None
        self.laid.emit(form, word)
        self.parking.follow(form)
        self.parking.flush()

    def begin(self, form: IntakeForm, fresh: IntakeForm) -> None:
        """A form that begins with what is known already; `form` makes room."""
        self._set_aside(form)
        self.lay_next(fresh)

    def end(self, form: IntakeForm, word: Word) -> None:
        """`form` became something that is no dossier; a group it belongs to goes on."""
        self.parking.forget(form)
        if form.group:
            self.lay_next(IntakeForm(new_intent(self._desk), group=form.group), word)
        else:
            self.start_anew(word)

    def leave_group(self, form: IntakeForm) -> None:
        """The go is over; what is begun of another dossier stays as one that comes alone."""
        if form.is_bare:
            self.parking.discard(form)
            self.start_anew()
        else:
            self.lay_next(replace(form, group=""))

    def park(self, form: IntakeForm) -> None:
        """Sets `form` aside; gives up a correction; clears a search."""
        if form.correcting is not None:
            self.parking.discard(form)
            self.start_anew()
            self.left.emit(form.correcting.code)
        elif not form.is_blank:
            self.parking.park(form)
            self.start_anew(Word("info", tr("Đã để tạm: {name}", name=label_of(form)), may_undo=True))
        elif form.query:
            self.start_anew()

    def discard(self, form: IntakeForm) -> None:
        """Throws `form` away; inside a group that goes on with a bare one, and a bare one leaves the group."""
        if form.is_blank:
            return
        self.parking.discard(form)
        word = Word("info", tr("Đã bỏ biểu của: {name}", name=label_of(form)), may_undo=True)
        if form.group and not form.is_bare and form.correcting is None:
            self.lay_next(IntakeForm(new_intent(self._desk), group=form.group), word)
        else:
            self.start_anew(word)

    def undo(self, form: IntakeForm) -> None:
        """Takes back what was parked or thrown away last; `form` makes room."""
        before = self.parking.undo()
        if before is not None:
            self._set_aside(form)
            self._lay(before)

    def resume(self, form: IntakeForm, intent: str) -> None:
        """The parked form `intent` comes back, `form` makes room; one that lies on the desk already stays."""
        if form.draft == intent:
            return
        self._set_aside(form)
        try:
            parked = self.parking.resume(intent)
        except ValueError:
            self.start_anew(Word("bad", tr("Không mở được biểu này"), tr("Nó do bản chương trình mới hơn ghi.")))
            return
        if parked is None:
            self.start_anew(Word("info", tr("Hồ sơ này đã được tiếp nhận hoặc đã bỏ ở cửa sổ khác")))
            return
        self._lay(parked)

    def correct(self, form: IntakeForm, code: str) -> None:
        """The stored dossier `code` comes on the desk; `form` makes room."""
        try:
            correction = begin_correction(self._desk, code)
        except KnownError as error:
            warn_of(self._desk, error)
            return
        self._set_aside(form)
        self._lay_correction(correction)

    def offer_back(self) -> bool:
        """After a power cut or a kill: what was being filled in lies on the desk again. False: nothing was."""
        draft = self.parking.left_on_desk()
        if draft is None:
            return False
        try:
            form = form_from_json(draft.form)
        except ValueError:
            self.said.emit(Word("warn", tr("Có biểu do bản chương trình mới hơn ghi, chưa mở được ở đây")))
            return False
        clock = f"{local(draft.saved_at):%H:%M}"
        self._lay(form, Word("info", tr("Đã mở lại biểu đang làm dở lúc {time}", time=clock),
                             tr("Xem lại chỗ vừa gõ cuối cùng rồi làm tiếp.")))
        return True

    # inside

    def _set_aside(self, form: IntakeForm) -> None:
        if form.is_blank:
            return
        if form.correcting is not None:
            self.parking.discard(form)
        else:
            self.parking.park(form)

    def _lay(self, form: IntakeForm, word: Word | None = None) -> None:
        """Puts a form from the book on the desk, under the rules of today."""
        if form.correcting is not None:
            self._lay_correction(take_up_correction(self._desk, form), word)
            return
        self.correction = None
        today = local(self._desk.clock()).date()
        fresh = brought_up_to_date(form, self._desk.office.catalogue, today)
        if form.procedure is not None and fresh.procedure is None:
            gone = tr("Thủ tục của biểu này không còn trong danh mục")
            word = Word("warn", gone, tr("Chọn lại thủ tục."))
        self.laid.emit(fresh, word)

    def _lay_correction(self, correction: Correction, word: Word | None = None) -> None:
        self.correction = correction
        if correction.is_outdated:
            word = Word("warn", tr("Hồ sơ này đã được sửa ở nơi khác"), tr("Biểu đã lấy lại theo bản mới."))
        self.laid.emit(correction.form, word)
