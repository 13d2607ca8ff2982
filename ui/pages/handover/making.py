"""Making a list: only what lies at the counter and belongs with the chosen agency goes on it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.errors import KnownError
from app.services.handover.drafts import Draft, draft_lines, draft_sizes, keep_draft
from app.services.handover.making import Made
from app.services.handover.reading import look_at_cover, next_run
from app.store.queries.manifests import Waiting, waiting_agencies, waiting_for
from ui.models.manifest_rows import AgencyRow, DraftRow
from ui.operations import handover
from ui.operations.desk import Desk, new_intent
from ui.operations.handover import Leaving
from ui.pages.handover.make_sheet import MakeSheet
from ui.pages.handover.making_view import MakingView
from ui.pages.handover.originals_sheet import OriginalsSheet
from ui.pages.handover.telling import Telling
from ui.pages.handover.words import run_words
from ui.translations import tr

MOST_WAITING = 2_000
"""Rows of the list of what is not scanned; whoever has more scans them."""


class Making(QObject):
    """The list of one agency at a time; those of the others are kept. `made` carries the `Made`."""

    made = Signal(object)

    def __init__(self, view: MakingView, desk: Desk, telling: Telling) -> None:
        super().__init__(view)
        self.view, self._desk, self._tell = view, desk, telling
        self._agencies: tuple[AgencyRow, ...] = ()
        self._agency = ""
        self._rows: list[DraftRow] = []
        self._others: tuple[Waiting, ...] = ()
        self._is_on_waiting = False
        self._intent = ""
        self._wanted: Waiting | None = None        # of another agency, offered to go there
        self.sheet: MakeSheet | None = None
        self.originals: OriginalsSheet | None = None
        view.agency_chosen.connect(self._on_agency)
        view.make.clicked.connect(self.ask)
        view.waiting.clicked.connect(self.toggle_waiting)
        view.all.clicked.connect(self.add_all)
        view.table.opened.connect(self._on_opened)

    # what is shown

    @property
    def agency(self) -> AgencyRow | None:
        return next((row for row in self._agencies if row.agency == self._agency), None)

    def refresh(self) -> None:
        """Reads again what waits and what is on the list."""
        with self._desk.office.database.reading() as connection:
            drafted = draft_sizes(connection)
            found = waiting_agencies(connection)
            self._agencies = tuple(
                AgencyRow(one.agency, one.name, one.waiting, drafted.get(one.agency, 0)) for one in found
            )
            if self.agency is None:
                first = next((row for row in self._agencies if row.drafted), None)
                chosen = first or (self._agencies[0] if self._agencies else None)
                self._agency = chosen.agency if chosen is not None else ""
            draft, lines = draft_lines(connection, self._agency)
            self._others = waiting_for(connection, self._agency, limit=MOST_WAITING) if self._is_on_waiting else ()
        self._rows = [DraftRow(one, draft.left_here.get(one.code, ())) for one in lines]
        self._show()

    def _show(self) -> None:
        self._agencies = tuple(
            replace(row, drafted=len(self._rows)) if row.agency == self._agency else row for row in self._agencies
        )
        self.view.show_agencies(self._agencies, self._agency)
        self._show_rows()

    def _show_rows(self) -> None:
        agency, amount = self.agency, len(self._rows)
        waiting = agency.waiting - amount if agency is not None else 0
        view = self.view
        if self._is_on_waiting:
            on_list = {row.one.code for row in self._rows}
            others = [DraftRow(one) for one in self._others if one.code not in on_list]
            view.empty.set_words(
                tr("Mọi hồ sơ của cơ quan này đã nằm trong danh sách"), tr("Bấm W để xem danh sách.")
            )
            view.show_rows(tr("Chưa quét"), tr("Enter để thêm hồ sơ đang chọn"), others)
        else:
            if agency is None:
                view.empty.set_words(
                    tr("Chưa có hồ sơ chờ bàn giao"), tr("Hồ sơ tiếp nhận xong (F2) sẽ hiện ở đây theo cơ quan.")
                )
            else:
                view.empty.set_words(
                    tr("Quét bìa hồ sơ để đưa vào danh sách"),
                    tr("Hoặc G để gõ mã, W để xem {n} hồ sơ đang chờ.", n=waiting),
                )
            view.show_rows(agency.name if agency is not None else tr("Danh sách đang lập"), "", self._rows)
        view.waiting.set_label(
            tr("Xem danh sách") if self._is_on_waiting else tr("Chưa quét: {n}", n=waiting)
        )
        view.all.setVisible(self._is_on_waiting and waiting > 0)
        originals = sum(row.travelling for row in self._rows)
        said = tr("{n} hồ sơ · {originals} bản gốc đi cùng", n=amount, originals=originals)
        view.totals.setText(said if amount else "")
        view.beside.setText(tr("còn {n} hồ sơ của cơ quan này chưa quét", n=waiting) if waiting else "")
        view.make.setEnabled(amount > 0)

    # the list

    def take_code(self, code: str) -> None:
        """A cover was scanned or its code typed."""
        self._wanted = None
        known = next((row for row in self._rows if row.one.code == code), None)
        if known is not None:
            self._tell.passing(tr("{code} đã có trong danh sách", code=code))
            self._show_draft(code)
            return
        try:
            with self._desk.office.database.reading() as connection:
                one = look_at_cover(connection, code)
        except KnownError as error:
            self._tell.refused(error)
            return
        if any(row.one.code == one.code for row in self._rows):        # the other form of its code
            self._show_draft(one.code)
        elif one.agency == self._agency or not self._rows:
            self._desk.sound.accept()
            self._go_to(one.agency)
            self._add(one)
        else:
            self._wanted = one
            self._tell.refused_with_way_out(
                tr("Hồ sơ {code} thuộc {agency}", code=one.code, agency=one.agency_name),
                tr("Không đưa vào danh sách này. Bấm C để chuyển sang danh sách của cơ quan đó và thêm vào; "
                   "danh sách đang lập vẫn được giữ."),
                tr("Chuyển sang cơ quan đó"), "C", self.change_over,
            )

    def change_over(self) -> None:
        """C: to the list of the agency whose cover was just refused, with that dossier on it."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._tell.silence()
            self._go_to(wanted.agency)
            self._add(wanted)

    def drop(self) -> None:
        """Delete: the dossier comes off the list; nothing else changes."""
        row = self.view.table.current_row()
        if isinstance(row, DraftRow) and not self._is_on_waiting:
            self._rows = [each for each in self._rows if each.one.code != row.one.code]
            self._keep()
            self._show()

    def choose_originals(self) -> None:
        """O: one original changes at once; of several is asked."""
        row = self.view.table.current_row()
        if not isinstance(row, DraftRow) or self._is_on_waiting or not row.one.originals:
            return
        if len(row.one.originals) == 1:
            names = tuple(name for name, _ in row.one.originals)
            self._set_left(row.one.code, () if row.left else names)
            return
        if self.originals is None:
            self.originals = OriginalsSheet(self._host())
            self.originals.confirmed.connect(self._on_originals)
            self.destroyed.connect(self.originals.deleteLater)
        self.originals.show_originals(row.one.code, row.one.originals, row.left)
        self.originals.open()

    def toggle_waiting(self) -> None:
        self._is_on_waiting = not self._is_on_waiting
        self.refresh()
        self.view.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_all(self) -> None:
        """A: everything that waits for this agency, scanned or not."""
        if self._is_on_waiting:
            on_list = {row.one.code for row in self._rows}
            self._rows += [DraftRow(one) for one in self._others if one.code not in on_list]
            self._keep()
            self._is_on_waiting = False
            self._show()

    def step_agency(self, by: int) -> None:
        names = [row.agency for row in self._agencies]
        if names:
            place = names.index(self._agency) if self._agency in names else 0
            self._go_to(names[(place + by) % len(names)])

    # making it

    def ask(self) -> None:
        """F12: what will be made, before it is."""
        agency = self.agency
        if agency is None or not self._rows:
            return
        try:
            with self._desk.office.database.reading() as connection:
                run = next_run(connection, self._desk.office.rules, self._desk.clock())
        except KnownError as error:
            self._tell.refused(error)
            return
        if self.sheet is None:
            self.sheet = MakeSheet(self._host(), self._desk.language())
            self.sheet.confirmed.connect(self._make)
            self.destroyed.connect(self.sheet.deleteLater)
        self._intent = new_intent(self._desk)
        self.sheet.show_list(
            agency.name, len(self._rows), sum(row.travelling for row in self._rows), run,
            run_words(run, self._desk.clock()), agency.waiting - len(self._rows),
        )
        self.sheet.open()

    def _make(self) -> None:
        sheet = self.sheet
        assert sheet is not None
        kept = {
            row.one.code: tuple(name for name, _ in row.one.originals if name not in row.left)
            for row in self._rows if row.left
        }
        leaving = Leaving(
            self._agency, tuple(row.one.code for row in self._rows), sheet.route, sheet.item_code,
            sheet.has_control_sheets, kept,
        )
        handover.make(
            self._desk, leaving, intent=self._intent, on_made=self._on_made, on_failure=self._on_failed
        )

    def _on_made(self, made: Made) -> None:
        if self.sheet is not None:
            self.sheet.close_sheet()
        self._rows = []
        self._keep()
        self.refresh()
        self.made.emit(made)

    def _on_failed(self, error: Exception) -> None:
        if self.sheet is not None:
            self.sheet.close_sheet()
        self._tell.refused(error)
        self.refresh()

    # inside

    def _host(self) -> QWidget:
        return self.view.window()

    def _on_agency(self, row: AgencyRow) -> None:
        self._go_to(row.agency)

    def _go_to(self, agency: str) -> None:
        if agency != self._agency:
            self._agency = agency
            self._is_on_waiting = False
            self.refresh()

    def _on_opened(self, row: DraftRow) -> None:
        if self._is_on_waiting:
            self._add(row.one)

    def _add(self, one: Waiting) -> None:
        self._tell.silence()
        if all(row.one.code != one.code for row in self._rows):
            self._rows.append(DraftRow(one))
            self._keep()
        self._show()
        if not self._is_on_waiting:
            self.view.stand_on(one.code)

    def _show_draft(self, code: str) -> None:
        if self._is_on_waiting:
            self._is_on_waiting = False
            self._show()
        self.view.stand_on(code)

    def _on_originals(self) -> None:
        assert self.originals is not None
        row = self.view.table.current_row()
        if isinstance(row, DraftRow):
            self._set_left(row.one.code, self.originals.left)
        self.originals.close_sheet()

    def _set_left(self, code: str, left: tuple[str, ...]) -> None:
        self._rows = [replace(row, left=left) if row.one.code == code else row for row in self._rows]
        self._keep()
        self._show()

    def _keep(self) -> None:
        draft = Draft(
            tuple(row.one.code for row in self._rows), {row.one.code: row.left for row in self._rows if row.left}
        )
        with self._desk.office.database.writing() as connection:
            keep_draft(connection, self._agency, draft)
