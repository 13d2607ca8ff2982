"""Works the list of results that come: each scan a line, kept at once; F12 stores all of it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal

from app.domain.life.facts import ResultPaper
from app.domain.scan_kind import ScanKind, scan_kind
from app.domain.two_scans import read_return_scan
from app.errors import KnownError, Refusal
from app.services.days import today_at_counter
from app.services.results.shelves import next_shelf
from app.services.results.taking_in import Arrived, Expected, TakenIn, expect_result
from app.services.results.tray import Tray, empty_tray, keep_tray, read_tray
from ui.messages import sentence
from ui.operations.desk import Desk, new_intent
from ui.operations.results import take_list_in
from ui.pages.returning.arrived_table import ArrivedRow
from ui.pages.returning.take_view import TakeView
from ui.pages.returning.words import doubt_words
from ui.translations import tr


class Taking(QObject):
    """One list of one agency. `taken` carries the `TakenIn` of a list that was stored."""

    taken = Signal(object)

    def __init__(self, desk: Desk, view: TakeView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._view = desk, view
        self._expected: dict[str, Expected] = {}
        self._is_busy = False
        self.tray = Tray(new_intent(desk))
        view.table.moved.connect(self._on_moved)
        view.line.edited.connect(self._on_line_edited)
        view.delivery.edited.connect(lambda _: self._on_about_edited())
        view.giver.edited.connect(lambda _: self._on_about_edited())
        self._take_up()

    # scans

    def take(self, text: str) -> bool:
        """The cover, a receipt, a typed code: one more line. False for what is no code of a dossier."""
        if self._is_busy:
            return True
        if scan_kind(text) not in (ScanKind.DOSSIER_CODE, ScanKind.URL, ScanKind.RESULT):
            return False
        try:
            self._add(read_return_scan(text).code)
        except Refusal as refusal:
            self.refuse(refusal)
        return True

    def _add(self, code: str) -> None:
        tray = self.tray
        with self._desk.office.database.reading() as connection:
            expected = expect_result(connection, code)
            if any(line.code == expected.code for line in tray.lines):
                self._stand_on(expected.code)
                raise Refusal("result_on_list", code=expected.code)
            if tray.lines and expected.agency != tray.agency:
                raise Refusal("result_other_agency", code=expected.code, agency=expected.agency_name)
            day = today_at_counter(connection, self._desk.clock())
            shelf = next_shelf(connection, expected.code, day, (line.shelf for line in tray.lines))
        line = Arrived(expected.code, ResultPaper(expected.kinds[0]), shelf=shelf)
        self._expected[expected.code] = expected
        self._desk.sound.accept()
        self._view.trouble.silence()
        if expected.doubts:
            self._view.trouble.say("warn", tr("Kết quả {code} về khi chưa chờ", code=expected.code), tr(
                "{why}. Đúng thì đánh dấu ở dòng bên phải; nhầm thì bỏ dòng.", why=doubt_words(expected.doubts)))
        self._keep(replace(tray, agency=expected.agency, agency_name=expected.agency_name,
                           lines=(*tray.lines, line)), stand_on=line.code)

    # what the keys do

    def store(self) -> None:
        """F12: the whole list, once."""
        if self._is_busy:
            return
        if not self.tray.lines:
            self.refuse(Refusal("results_none_scanned"))
            return
        doubtful = next((row for row in self._rows() if row.needs_word), None)
        if doubtful is not None:
            self._stand_on(doubtful.line.code)
            doubt = doubtful.expected.doubts[0]
            self.refuse(Refusal("result_not_expected", code=doubtful.line.code, doubt=str(doubt)))
            self._view.line.meant.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._is_busy = True
        take_list_in(self._desk, self.tray, on_stored=self._on_stored, on_failure=self._on_failure)

    def remove(self) -> None:
        """The line the clerk stands on leaves the list; nothing was stored of it."""
        row = self._view.table.current_row()
        if row is not None and not self._is_busy:
            left = tuple(line for line in self.tray.lines if line.code != row.line.code)
            self._view.trouble.silence()
            self._keep(replace(self.tray, lines=left))

    def toggle_originals(self) -> None:
        self._view.line.toggle_originals()

    def refuse(self, error: KnownError) -> None:
        self._desk.sound.refuse()
        said = sentence(error, self._desk.language())
        self._view.trouble.say("bad", said.title, f"{said.detail()} ({said.code})")

    # inside

    def _take_up(self) -> None:
        """The list that was being scanned when the program ended; what cannot come in any more is left out."""
        with self._desk.office.database.reading() as connection:
            held = read_tray(connection)
            if held is not None:
                lines = []
                for line in held.lines:
                    try:
                        self._expected[line.code] = expect_result(connection, line.code)
                    except Refusal:
                        continue
                    lines.append(line)
                self.tray = replace(held, lines=tuple(lines))
        self._view.delivery.set_text(self.tray.delivery)
        self._view.giver.set_text(self.tray.giver_name)
        self._show()

    def _keep(self, tray: Tray, *, stand_on: str = "") -> None:
        self.tray = tray
        with self._desk.office.database.writing() as connection:
            if tray.lines:
                keep_tray(connection, tray)
            else:
                empty_tray(connection)
        self._show(stand_on)

    def _rows(self) -> list[ArrivedRow]:
        return [ArrivedRow(line, self._expected[line.code]) for line in self.tray.lines]

    def _show(self, stand_on: str = "") -> None:
        rows, view = self._rows(), self._view
        number = next((place for place, row in enumerate(rows) if row.line.code == stand_on), len(rows) - 1)
        view.table.show_lines(rows, number)
        if not rows and view.isVisible():
            view.code.setFocus(Qt.FocusReason.OtherFocusReason)    # the fields of a line close under the hand
        view.line.show_row(rows[number] if rows else None)
        view.card.set_title(self.tray.agency_name if rows else tr("Danh sách"))
        view.card.set_note(tr("{n} kết quả", n=len(rows)) if rows else "")
        view.take.setEnabled(bool(rows))
        view.remove.setEnabled(bool(rows))

    def _stand_on(self, code: str) -> None:
        self._view.table.stand_on(self._view.table.lines.find(code))

    def _on_moved(self, row: ArrivedRow | None) -> None:
        self._view.line.show_row(row)

    def _on_line_edited(self, line: Arrived) -> None:
        lines = tuple(line if each.code == line.code else each for each in self.tray.lines)
        self._keep(replace(self.tray, lines=lines), stand_on=line.code)

    def _on_about_edited(self) -> None:
        tray = replace(self.tray, delivery=self._view.delivery.text(), giver_name=self._view.giver.text())
        if tray.lines:
            self._keep(tray)
        else:
            self.tray = tray

    def _on_stored(self, taken: TakenIn) -> None:
        self._is_busy = False
        self._expected = {}
        self.tray = Tray(new_intent(self._desk))
        self._view.delivery.set_text("")
        self._view.giver.set_text("")
        self._show()
        self._desk.sound.accept()
        places = ", ".join(shelf for _, shelf in taken.places[:12])
        self._view.trouble.say(
            "ok", tr("Đã nhận {n} kết quả, phiếu {number}", n=len(taken.places), number=taken.number),
            tr("Dán nhãn rồi xếp lên kệ: {places}.", places=places), tr("Tin báo người dân"), "Alt N",
        )
        self.taken.emit(taken)

    def _on_failure(self, error: Exception) -> None:
        self._is_busy = False
        if not isinstance(error, KnownError):
            raise error
        self.refuse(error)
