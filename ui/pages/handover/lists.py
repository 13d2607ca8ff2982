"""Following lists to their last answer: marks by scan or key, then one press that stores them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from app.domain.dossier_code import parse_code
from app.domain.life.facts import LineVerdict
from app.domain.life.states import Source
from app.domain.manifest import LineState
from app.domain.reason_library import Act
from app.errors import KnownError
from app.services.handover.acknowledging import Acknowledgement
from app.services.handover.answering import Extra, look_at_extra
from app.services.handover.reading import find_travelling
from app.store.queries.manifests import ManifestLine, ManifestRow, find_manifest, lines_of, open_manifests
from ui.delegates.dates import full_moment
from ui.models.manifest_rows import AnswerRow, PastManifests
from ui.models.manifest_words import LINES, extra_words
from ui.operations import handover
from ui.operations.desk import Desk, new_intent
from ui.pages.handover.answer_sheet import AnswerSheet
from ui.pages.handover.answering import Answering
from ui.pages.handover.lists_view import ListsView
from ui.pages.handover.reason_sheet import ReasonSheet
from ui.pages.handover.telling import Telling
from ui.pages.handover.words import answered_words
from ui.translations import tr
from ui.widgets.paged_table import ListSource

MOST_OPEN = 1_000


class Lists(QObject):
    """One view of lists. `answering` is shared: what is marked in one view is marked in the other."""

    dossier_requested = Signal(str)

    def __init__(self, view: ListsView, desk: Desk, telling: Telling, answering: Answering) -> None:
        super().__init__(view)
        self.view, self._desk, self._tell, self._answering = view, desk, telling, answering
        self.manifest: ManifestRow | None = None
        self._lines: tuple[ManifestLine, ...] = ()
        self._names: dict[str, str] = {}           # agency → who answered there last
        self._intent = ""
        self._other = ""                           # list that the dossier just scanned belongs to
        self._scanned = ""
        self.sheet: AnswerSheet | None = None
        self.reasons: ReasonSheet | None = None
        view.chosen.connect(self._on_chosen)
        view.lines.opened.connect(self._on_line_opened)
        for button, work in (
            (view.accept, self.accept), (view.refuse, self.ask_refusal), (view.missing, self.miss),
            (view.paper, self.accept_by_paper), (view.save, self.ask),
        ):
            button.clicked.connect(work)

    # what is shown

    def refresh(self) -> None:
        keep = self.manifest.id if self.manifest is not None else ""
        if self.view.is_history:
            self.view.show_lists(PastManifests(self._desk), keep)
        else:
            with self._desk.office.database.reading() as connection:
                found = open_manifests(connection, MOST_OPEN)
            self.view.show_lists(ListSource(found), keep)

    def show_manifest(self, manifest: ManifestRow) -> None:
        """Stands on that list, also where the view has not shown it yet."""
        self.manifest = manifest
        self.refresh()
        if self.manifest is None or self.manifest.id != manifest.id:
            self._on_chosen(manifest)

    def _on_chosen(self, row: ManifestRow | None) -> None:
        is_same = row is not None and self.manifest is not None and row.id == self.manifest.id
        self.manifest = row
        self._read_lines()
        # Another list begins at its first open line, wherever the clerk stood in the one before.
        first = next((line.code for line in self._lines if line.state is LineState.OPEN), "")
        self._show_lines("" if is_same else first)

    def _read_lines(self) -> None:
        self._lines = ()
        if self.manifest is not None:
            with self._desk.office.database.reading() as connection:
                self.manifest = find_manifest(connection, self.manifest.id) or self.manifest
                self._lines = lines_of(connection, self.manifest.id)

    def _show_lines(self, stand_on: str = "") -> None:
        view, manifest = self.view, self.manifest
        if manifest is None:
            view.show_lines(tr("Danh sách"), "", ())
            marked = ""
        else:
            said = tr("{agency} · lập {moment} · {clerk}", agency=manifest.agency_name,
                      moment=full_moment(manifest.made_at), clerk=manifest.clerk_name)
            view.show_lines(manifest.number, said, self._answering.rows(manifest.id, self._lines), stand_on)
            marked = self._answering.summary(manifest.id)
        is_open = manifest is not None and manifest.is_open
        still = manifest.open_lines if manifest is not None else 0
        if marked:
            view.summary.setText(tr("Chưa lưu: {marks}", marks=marked))
        else:
            view.summary.setText(tr("{n} dòng chờ xác nhận", n=still) if is_open else "")
        view.beside.setText(tr("Quét lại bìa từng hồ sơ mà bên nhận đã kiểm.") if is_open else "")
        view.save.setEnabled(bool(marked))
        for button in (view.accept, view.refuse, view.missing, view.paper, view.remind):
            button.setEnabled(is_open)

    # marks

    def take_code(self, code: str) -> None:
        """A cover was scanned back: its line is accepted; what is on no list here is an extra one."""
        try:
            with self._desk.office.database.reading() as connection:
                known = find_travelling(connection, code)
                code = known.code if known is not None else code
                line = self._line(code)
                other = known.manifest if known is not None else None
                extra = None
                if self.manifest is not None and line is None and other is None:
                    extra = look_at_extra(connection, self.manifest, self._lines, code)
        except KnownError as error:
            self._tell.refused(error)
            return
        if line is not None:
            self._take_line(line)
            return
        if other is not None:
            self._belongs_to(other, code)
        elif extra is not None and self.manifest is not None and self.manifest.is_open:
            self._take_extra(extra)
        else:
            self._desk.sound.refuse()
            self._tell.notice("warn", tr("{code} không nằm trong danh sách nào đang chờ", code=code))

    def go_to_other(self) -> None:
        """C: to the list that the dossier just scanned belongs to."""
        name, self._other = self._other, ""
        if not name:
            return
        with self._desk.office.database.reading() as connection:
            found = find_manifest(connection, name)
        if found is not None:
            self._tell.silence()
            self.show_manifest(found)
            self.take_code(self._scanned)

    def accept(self) -> None:
        self._mark_current(LineVerdict.ACCEPTED)

    def miss(self) -> None:
        self._mark_current(LineVerdict.MISSING)

    def ask_refusal(self) -> None:
        """X: a refused line has a reason."""
        line = self._current_open()
        if line is None:
            return
        if self.reasons is None:
            self.reasons = ReasonSheet(self.view.window(), Act.SENT_BACK)
            self.reasons.confirmed.connect(self._on_reason)
            self.destroyed.connect(self.reasons.deleteLater)
        self.reasons.ask(tr("Bên nhận từ chối hồ sơ {code}", code=line.code), tr("Ghi từ chối"))

    def unmark(self) -> None:
        """Delete: the mark of the current line goes, an extra dossier leaves the list."""
        row = self.view.lines.current_row()
        if self.manifest is not None and isinstance(row, AnswerRow):
            self._answering.unmark(self.manifest.id, row.code)
            self._show_lines()

    def accept_by_paper(self) -> None:
        """P: every line without a mark was signed for on paper."""
        manifest = self.manifest
        if manifest is None or not manifest.is_open:
            return
        marked = {answer.code for answer in self._answering.answers(manifest.id)}
        for line in self._lines:
            if line.state is LineState.OPEN and line.code not in marked:
                self._answering.mark(manifest.id, line.code, LineVerdict.ACCEPTED)
        self._show_lines()
        self.ask(source=Source.PAPER)

    # storing

    def ask(self, *_: object, source: Source = Source.COUNTER) -> None:
        """F12: who answered there."""
        manifest = self.manifest
        if manifest is None or not self._answering.has_marks(manifest.id):
            return
        if self.sheet is None:
            self.sheet = AnswerSheet(self.view.window())
            self.sheet.confirmed.connect(self._store)
            self.destroyed.connect(self.sheet.deleteLater)
        self._intent = new_intent(self._desk)
        self.sheet.ask(
            tr("Xác nhận danh sách {number}", number=manifest.number), self._answering.summary(manifest.id),
            manifest.open_lines - len(self._answering.answers(manifest.id)), source,
            self._names.get(manifest.agency, ""),
        )

    def _store(self) -> None:
        assert self.sheet is not None and self.manifest is not None
        manifest = self.manifest
        self._names[manifest.agency] = self.sheet.by_name
        handover.answer(
            self._desk, manifest.id, self._answering.answers(manifest.id), self._answering.extras(manifest.id),
            by_name=self.sheet.by_name, source=self.sheet.source, intent=self._intent, on_stored=self._on_stored,
            on_failure=self._on_failed,
        )

    def _on_stored(self, said: Acknowledgement) -> None:
        assert self.sheet is not None
        self.sheet.close_sheet()
        self._answering.clear(said.manifest)
        self.refresh()
        title = tr("{number}: {words}", number=said.number, words=answered_words(said))
        if said.slip:
            self._tell.notice(
                "warn", title, tr("Phiếu chênh lệch {slip} đang in. Dòng bị từ chối hoặc thiếu nằm ở danh sách "
                                  "“trả lại” của Hôm nay.", slip=said.slip),
            )
        else:
            self._tell.silence()
            self._tell.passing(title)

    def _on_failed(self, error: Exception) -> None:
        if self.sheet is not None:
            self.sheet.close_sheet()
        self._tell.refused(error)
        self.refresh()

    # inside

    def _line(self, code: str) -> ManifestLine | None:
        try:
            key = parse_code(code).key
        except KnownError:
            return None
        return next((line for line in self._lines if parse_code(line.code).key == key), None)

    def _take_line(self, line: ManifestLine) -> None:
        assert self.manifest is not None
        if line.state is LineState.OPEN:
            self._desk.sound.accept()
            self._tell.silence()
            self._answering.mark(self.manifest.id, line.code, LineVerdict.ACCEPTED)
        elif line.state is LineState.CONFLICT:
            self._desk.sound.refuse()
            self._tell.notice(
                "bad", tr("{code} đang có mâu thuẫn", code=line.code),
                tr("Quầy khác đã đưa hồ sơ vào danh sách {number}. Mở hồ sơ (Enter) để người có trách nhiệm "
                   "quyết định.", number=line.other_manifest or "–"),
            )
        else:
            self._desk.sound.refuse()
            words = tr(LINES[line.state][0])
            self._tell.passing(tr("{code}: dòng này đã có xác nhận ({words})", code=line.code, words=words))
        self._show_lines(line.code)

    def _belongs_to(self, other: ManifestRow, code: str) -> None:
        self._other, self._scanned = other.number, code
        if self.manifest is None or not self._answering.has_marks(self.manifest.id):
            self.go_to_other()
            return
        self._tell.refused_with_way_out(
            tr("Hồ sơ {code} thuộc danh sách {number}", code=code, number=other.number),
            tr("Không đánh dấu ở đây. Bấm C để mở danh sách đó; các dòng đã đánh dấu vẫn được giữ."),
            tr("Mở danh sách đó"), "C", self.go_to_other,
        )

    def _take_extra(self, extra: Extra) -> None:
        assert self.manifest is not None
        self._desk.sound.refuse()
        self._answering.add_extra(self.manifest.id, extra)
        self._tell.notice(
            "warn", tr("{code} không có trong danh sách này", code=extra.code),
            tr("{words}. Ghi vào phiếu chênh lệch khi lưu; Delete để bỏ.", words=extra_words(extra)),
        )
        self._show_lines(extra.code)

    def _current_open(self) -> ManifestLine | None:
        row = self.view.lines.current_row()
        if not isinstance(row, AnswerRow) or row.line is None or row.line.state is not LineState.OPEN:
            return None
        return row.line

    def _mark_current(self, verdict: LineVerdict, reason: str = "") -> None:
        line = self._current_open()
        if line is not None and self.manifest is not None:
            self._answering.mark(self.manifest.id, line.code, verdict, reason)
            self._tell.silence()
            self._show_lines()
            self._step_down()

    def _step_down(self) -> None:
        """On to the next line, so that a pile is answered by one key."""
        self.view.lines.stand_on(self.view.lines.currentIndex().row() + 1)
        self.view.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_reason(self) -> None:
        assert self.reasons is not None
        reason = self.reasons.reason
        self.reasons.close_sheet()
        self._mark_current(LineVerdict.REFUSED, reason)

    def _on_line_opened(self, row: AnswerRow) -> None:
        self.dossier_requested.emit(row.code)
