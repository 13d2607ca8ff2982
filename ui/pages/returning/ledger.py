"""Works the ledger of originals: what is out, what a scan finds, what goes back to the citizen."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.life.states import Holder
from app.errors import Refusal
from app.services.life.reading import HeldOriginal, held_originals
from app.services.results.original_ledger import OriginalPlace, Originals, find_originals
from ui.delegates.dates import full_moment
from ui.messages import sentence
from ui.operations.desk import Desk, new_intent
from ui.operations.results import move, print_original_labels
from ui.pages.returning.originals_sheet import OriginalRow, OriginalsSheet
from ui.translations import tr


class Ledger(QObject):
    """One sheet over the window; `take` is asked for scans while it is open."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.sheet: OriginalsSheet | None = None
        self._asked = ""               # the scan the rows come from; "" for all that is out

    @property
    def is_open(self) -> bool:
        return self.sheet is not None and self.sheet.is_open

    def show_all(self, host: QWidget) -> None:
        """Every original that is not with its citizen, the longest first."""
        self._asked = ""
        self._open(host)
        self._show()

    def show_for(self, host: QWidget, text: str) -> None:
        """The originals of the dossier that a scan names. Raises what `find_originals` raises."""
        with self._desk.office.database.reading() as connection:
            found = find_originals(connection, text)
        self._asked = text
        self._open(host)
        self._show_found(found)

    def take(self, text: str) -> None:
        """A scan while the sheet is open."""
        try:
            with self._desk.office.database.reading() as connection:
                found = find_originals(connection, text)
        except Refusal as refusal:
            self._desk.sound.refuse()
            said = sentence(refusal, self._desk.language())
            self._desk.frame.say(f"{said.title}. {said.press} ({said.code})", "bad")
            return
        self._desk.sound.accept()
        self._asked = text
        self._show_found(found)

    def _open(self, host: QWidget) -> None:
        if self.sheet is None or self.sheet.parentWidget() is not host:
            self.sheet = OriginalsSheet(host)
            self.sheet.given_back.connect(self._give_back)
            self.sheet.labels_asked.connect(lambda code: print_original_labels(self._desk, code))
            self.sheet.typed.connect(self._on_typed)

    def _on_typed(self, text: str) -> None:
        if text:
            self.take(text)
        else:
            self._asked = ""
            self._show()

    def _show(self) -> None:
        assert self.sheet is not None
        with self._desk.office.database.reading() as connection:
            if self._asked:
                self._show_found(find_originals(connection, self._asked))
                return
            rows = [_out(one) for one in held_originals(connection)]
        self.sheet.show_rows(rows, tr("Bản gốc: ai đang giữ"))

    def _show_found(self, found: Originals) -> None:
        assert self.sheet is not None
        rows = [_placed(found, place) for place in found.places]
        self.sheet.show_rows(rows, tr("Bản gốc của hồ sơ {code}", code=found.held.code), found.scanned)

    def _give_back(self, row: OriginalRow, reason: str) -> None:
        if move(self._desk, row.code, row.id, Holder.CITIZEN, reason, intent=new_intent(self._desk)):
            self._show()


def _out(one: HeldOriginal) -> OriginalRow:
    return OriginalRow(one.code, one.applicant_name, one.id, one.name, one.holder, one.since)


def _placed(found: Originals, place: OriginalPlace) -> OriginalRow:
    applicant = found.held.body.intake.applicant
    one, event = place.original, place.event
    since = one.since or found.held.body.received_at
    said = tr("Ghi nhận lúc {at}, {name}", at=full_moment(event.at), name=event.name) if event is not None else tr(
        "Giữ từ khi tiếp nhận, {at}", at=full_moment(since))
    name = applicant.name if applicant is not None else ""
    return OriginalRow(found.held.code, name, one.id, one.name, one.holder, since, said)
