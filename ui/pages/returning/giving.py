"""Works the return: takes scans in any order, shows what belongs together, hands out what may go out, once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.dossier_code import parse_code
from app.domain.life.states import Delivery
from app.domain.original_code import is_original_text
from app.domain.scan_kind import ScanKind, scan_kind
from app.domain.two_scans import ReturnPaper, ReturnScan, read_return_scan
from app.domain.vietnam_time import local
from app.errors import KnownError, Refusal
from app.services.life.reading import KnownLife
from app.services.results.known import find_here
from app.services.results.original_ledger import find_originals
from app.services.results.pairing import pair_of
from app.services.results.returning import GivenOut, Handing, amount_due, originals_owed
from app.store.queries.results import results_of_person
from ui.messages import sentence
from ui.operations.desk import Desk, new_intent
from ui.operations.results import give_out
from ui.pages.intake.scans import read_scan
from ui.pages.returning.collector_role import role_at_counter
from ui.pages.returning.give_view import GiveView
from ui.pages.returning.words import not_here_words
from ui.translations import tr

ON_SHELF = (Delivery.SHELF, Delivery.UNDELIVERED)


class Giving(QObject):
    """One return at a time. `held` is the dossier on the desk; `given` when a result went out."""

    given = Signal(object)         # GivenOut
    transfer_taken = Signal(str)   # id of the collection that the citizen pays by transfer now

    def __init__(self, desk: Desk, view: GiveView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._view = desk, view
        self._texts: dict[ReturnPaper, str] = {}
        self._scans: dict[ReturnPaper, ReturnScan] = {}
        self.held: KnownLife | None = None
        self.last = ""             # code of the dossier that was given out last
        self._is_lost = False
        self._is_busy = False
        self._intent = new_intent(desk)
        view.clear()

    @property
    def is_begun(self) -> bool:
        """Whether something is on the desk that Esc would throw away."""
        return self.held is not None or self._is_lost or bool(self._view.collector.identifier.text())

    def begin_anew(self) -> None:
        """For the next citizen."""
        self._texts, self._scans = {}, {}
        self.held, self._is_lost = None, False
        self._intent = new_intent(self._desk)
        self._view.trouble.silence()
        self._view.clear()

    # scans

    def take(self, text: str, *, is_rewritten: bool = False) -> bool:
        """A receipt, a result, a citizen's card or an original's label; False for anything else."""
        if self._is_busy:
            return True            # what is being stored does not change under the clerk's hands
        kind = scan_kind(text)
        try:
            if is_original_text(text):
                self._take_original(text)
            elif kind in (ScanKind.RESULT, ScanKind.DOSSIER_CODE, ScanKind.URL):
                self._take_paper(text)
            elif kind in (ScanKind.CITIZEN_CARD, ScanKind.PERSONAL_NUMBER):
                self._take_card(text, is_rewritten=is_rewritten)
            else:
                return False
        except Refusal as refusal:
            self.refuse(refusal)
        return True

    def open_for(self, code: str) -> None:
        """From the list of what waits: shows where it lies; both papers are still to be scanned."""
        self.begin_anew()
        with self._desk.office.database.reading() as connection:
            self._show(find_here(connection, code))

    def lose_receipt(self) -> None:
        """Alt M: the receipt is lost, or was found again."""
        self._is_lost = not self._is_lost
        if self._is_lost:
            self._texts.pop(ReturnPaper.RECEIPT, None)
            self._scans.pop(ReturnPaper.RECEIPT, None)
            self._view.slots.receipt.accept(
                tr("Mất giấy hẹn"), tr("Ghi lý do; kiểm tra kỹ giấy tờ tùy thân"), "warn")
        else:
            self._view.slots.receipt.wait()
        self._view.lost.setVisible(self._is_lost)
        if self._is_lost:
            self._view.point_to(self._view.lost)
        self._show_action()

    def _take_paper(self, text: str) -> None:
        scan = read_return_scan(text)
        with self._desk.office.database.reading() as connection:
            held = find_here(connection, scan.code)
            other = self._scans.get(_other(scan.paper))
            if other is not None:
                pair = (scan, other) if scan.paper is ReturnPaper.RECEIPT else (other, scan)
                try:
                    pair_of(connection, *pair)
                except Refusal as refusal:         # the one that matters most: both papers say it, large
                    self._view.slots.show_mismatch(refusal.values)
                    raise
        if self.held is not None and self.held.id != held.id:
            if self._scans.get(scan.paper) is None and not self._scans:
                self.begin_anew()                  # opened from the list, and another citizen came
            elif other is None:
                self.begin_anew()                  # the next citizen's paper of the same kind
        if scan.paper is ReturnPaper.RECEIPT and self._is_lost:
            self.lose_receipt()                    # it was found
        self._texts[scan.paper], self._scans[scan.paper] = text, scan
        self._desk.sound.accept()
        self._view.trouble.silence()
        if self.held is None or self.held.id != held.id:
            self._show(held)
        self._show_slots(held)
        self._show_action()
        if held.life.delivery not in ON_SHELF:
            self._desk.sound.refuse()
            self._view.trouble.say(*not_here_words(held))

    def _take_card(self, text: str, *, is_rewritten: bool) -> None:
        reading = read_scan(text, local(self._desk.clock()).date(), is_rewritten=is_rewritten)
        assert reading is not None
        person = reading.person
        self._desk.sound.accept()
        self._view.collector.fill(person.full_name, person.personal_id)
        if self.held is not None:
            self._view.collector.set_role(role_at_counter(self.held, person.personal_id))
        else:
            self._say_results_of(person.personal_id)

    def _say_results_of(self, identifier: str) -> None:
        """The card came first: what lies here for this person."""
        with self._desk.office.database.reading() as connection:
            codes = results_of_person(connection, identifier)
            places = [find_here(connection, code).life.shelf for code in codes]
        if codes:
            said = "; ".join(f"{place or '–'}: {code}" for place, code in zip(places, codes, strict=True))
            self._view.trouble.say("info", tr("Có {n} kết quả của người này ở quầy", n=len(codes)), said)
        else:
            self._view.trouble.say("info", tr("Không có kết quả nào của người này trên kệ"), tr(
                "Người nhận thay thì quét giấy hẹn trước."))

    def _take_original(self, text: str) -> None:
        with self._desk.office.database.reading() as connection:
            found = find_originals(connection, text)
        if self.held is None or found.held.id != self.held.id:
            raise Refusal("original_of_other_dossier", code=found.held.code)
        if not self._view.originals.tick(found.scanned):
            raise Refusal("original_elsewhere", code=found.held.code)
        self._desk.sound.accept()

    # giving out

    def give(self) -> None:
        """F12, once: everything is checked again where it is stored."""
        if self._is_busy:
            return
        if self.held is None:
            self.refuse(Refusal("receipt_scan_missing"))
            return
        if self.held.life.delivery not in ON_SHELF:
            self._desk.sound.refuse()
            self._view.trouble.say(*not_here_words(self.held))
            return
        view = self._view
        if self._is_lost and not view.lost.is_finished():
            self.refuse(Refusal("lost_receipt_unsaid"))
            return
        if ReturnPaper.RESULT not in self._texts:
            self.refuse(Refusal("result_scan_missing"))
            return
        handing = Handing(
            receipt_scan=self._texts.get(ReturnPaper.RECEIPT, ""),
            result_scan=self._texts[ReturnPaper.RESULT],
            collector=view.collector.collector(),
            originals=view.originals.given(),
            originals_left=view.originals.reason(),
            lost_receipt=view.lost.text() if self._is_lost else "",
            money=view.money.money(),
            satisfaction=view.satisfaction.level(),
            note=view.satisfaction.note.text(),
        )
        self._is_busy = True
        give_out(self._desk, self.held.code, handing, intent=self._intent, on_stored=self._on_stored,
                 on_failure=self._on_failure, on_transfer=self.transfer_taken.emit)

    def _on_stored(self, given: GivenOut) -> None:
        self._is_busy = False
        name = self._view.collector.name.text().strip()
        self.begin_anew()
        self.last = given.code
        self._view.code.setFocus(Qt.FocusReason.OtherFocusReason)      # the next citizen's paper may be typed
        self._desk.sound.accept()
        old = " " + tr("Giấy hẹn là bản cũ đã được thay, vẫn hợp lệ để trả.") if given.is_old_receipt else ""
        self._view.trouble.say(
            "ok", tr("Đã trả kết quả {code} cho {name}", code=given.code, name=name),
            tr("Giấy biên nhận số {number}: hai bên ký.", number=given.number) + old, tr("Trả nhầm?"), "Alt U",
        )
        self.given.emit(given)

    def _on_failure(self, error: Exception) -> None:
        self._is_busy = False
        if not isinstance(error, KnownError):
            raise error
        self.refuse(error)

    def refuse(self, error: KnownError) -> None:
        """Said large with its own sound, and the hand is put where it is mended."""
        self._desk.sound.refuse()
        said = sentence(error, self._desk.language())
        self._view.trouble.say("bad", said.title, f"{said.detail()} ({said.code})")
        place = self._place_of(error.code)
        if place is not None:
            self._view.point_to(place)

    def _place_of(self, code: str) -> QWidget | None:
        view, who = self._view, self._view.collector
        return {
            "collector_name_missing": who.name, "collector_identifier_missing": who.identifier,
            "collector_not_owner": who.identifier, "collector_not_submitter": who.identifier,
            "collector_identifier_differs": view.satisfaction.note, "authority_missing": who.authority,
            "originals_left_unsaid": view.originals.left, "money_due": view.money.amount,
            "money_amount_differs": view.money.amount, "lost_receipt_unsaid": view.lost,
        }.get(code)

    # inside

    def refresh(self) -> None:
        """Another counter, or the province, may have moved the dossier on the desk."""
        if self.held is None or self._is_busy:
            return
        with self._desk.office.database.reading() as connection:
            found = find_here(connection, self.held.code)
        if (found.life.tail, found.body.version) != (self.held.life.tail, self.held.body.version):
            self._show(found)
            if found.life.delivery not in ON_SHELF:
                self._view.trouble.say(*not_here_words(found))

    def _show(self, held: KnownLife) -> None:
        self.held = held
        intake = held.body.intake
        assert intake.applicant is not None
        collector = self._view.collector
        collector.offer(has_submitter=intake.submitter is not None, is_person=intake.applicant.person is not None)
        if collector.identifier.text():
            collector.set_role(role_at_counter(held, collector.identifier.text()))
        is_here = held.life.delivery in ON_SHELF
        self._view.show_owed(*((originals_owed(held), amount_due(held)) if is_here else ((), 0)))
        self._show_action()

    def _show_slots(self, held: KnownLife) -> None:
        slots = self._view.slots
        for paper, slot in ((ReturnPaper.RECEIPT, slots.receipt), (ReturnPaper.RESULT, slots.result)):
            scan = self._scans.get(paper)
            if scan is not None:
                slot.accept(held.code, _note(held, scan), "ok" if held.life.delivery in ON_SHELF else "warn")

    def _show_action(self) -> None:
        has_receipt = ReturnPaper.RECEIPT in self._scans or self._is_lost
        is_ready = has_receipt and ReturnPaper.RESULT in self._scans
        held = self.held
        self._view.facts.show_held(held, is_ready=is_ready and held is not None and held.life.delivery in ON_SHELF)


def _other(paper: ReturnPaper) -> ReturnPaper:
    return ReturnPaper.RESULT if paper is ReturnPaper.RECEIPT else ReturnPaper.RECEIPT


def _note(held: KnownLife, scan: ReturnScan) -> str:
    if scan.paper is ReturnPaper.RESULT:
        return tr("Nhãn kết quả đọc tốt")
    if scan.version is not None and scan.version < held.body.version:
        return tr("Bản {old}, đã thay bằng bản {version}; vẫn dùng để trả được",
                  old=scan.version, version=held.body.version)
    if parse_code(scan.code).key != parse_code(held.code).key:
        return tr("Giấy ghi mã của tỉnh: {code}", code=scan.code)
    return tr("Đã đọc giấy hẹn")
