"""What is done with a whole list: remind, digest, take back, print again; and what was missing and is found."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.manifest import LineState
from app.domain.route_papers import DigestKind
from app.errors import KnownError
from app.services.handover.digest import Digest, agency_digest
from app.services.handover.making import Undone
from app.services.handover.reminding import Reminder, reminder
from app.store.queries.manifests import ManifestRow
from ui.models.manifest_rows import AnswerRow
from ui.operations import handover
from ui.operations.desk import Desk, clerk_at, new_intent
from ui.pages.handover.found_sheet import FoundSheet
from ui.pages.handover.notice_sheet import NoticeSheet
from ui.pages.handover.reason_sheet import ReasonSheet
from ui.pages.handover.telling import Telling
from ui.translations import tr

AT_ONCE = "Hoàn tác ngay sau khi lập"
"""Stands in the journal as the reason."""


class ListActs(QObject):
    """Each act asks in a sheet of its own where there is something to ask."""

    def __init__(self, page: QWidget, desk: Desk, telling: Telling) -> None:
        super().__init__(page)
        self._page, self._desk, self._tell = page, desk, telling
        self.notice: NoticeSheet | None = None
        self.digest: NoticeSheet | None = None
        self.why: ReasonSheet | None = None
        self.found: FoundSheet | None = None
        self._intent = ""
        self._reminder: Reminder | None = None
        self._digest: Digest | None = None
        self._undoing: ManifestRow | None = None
        self._finding = ""

    # the exact words

    def remind(self, manifest: ManifestRow | None) -> None:
        """N: what to send about a list nobody has answered."""
        if manifest is None:
            return
        try:
            with self._desk.office.database.reading() as connection:
                found = reminder(
                    connection, self._desk.office.enrolled, clerk_at(self._desk), manifest.id,
                    rules=self._desk.office.rules, now=self._desk.clock(),
                )
        except KnownError as error:
            self._tell.refused(error)
            return
        if self.notice is None:
            self.notice = NoticeSheet(self._page.window(), tr("Nhắc cơ quan xác nhận"))
            self.notice.confirmed.connect(self._on_reminded)
            self.destroyed.connect(self.notice.deleteLater)
        self._reminder, self._intent = found, new_intent(self._desk)
        self.notice.show_texts(
            tr("{agency}: danh sách {number}, {n} dòng, đã {hours} giờ làm việc chưa xác nhận.",
               agency=found.manifest.agency_name, number=found.manifest.number, n=found.manifest.open_lines,
               hours=found.hours),
            found.texts,
        )
        self.notice.open()

    def show_digest(self, agency: str, name: str) -> None:
        """D: what waits for this agency today, read beside the window."""
        office, now, clerk = self._desk.office, self._desk.clock(), clerk_at(self._desk)

        def read() -> Digest:
            with office.database.reading() as connection:
                return agency_digest(
                    connection, office.enrolled, clerk, agency, name, rules=office.rules, now=now
                )

        if agency:
            self._desk.background.run(read, self._open_digest, self._tell.refused)

    def _open_digest(self, found: Digest) -> None:
        name = found.paper.agency_name
        if self.digest is None:
            self.digest = NoticeSheet(self._page.window(), tr("Tổng hợp trong ngày"), has_paper=True)
            self.digest.confirmed.connect(self._on_digest_sent)
            self.digest.print_asked.connect(self._on_digest_printed)
            self.destroyed.connect(self.digest.deleteLater)
        self._digest, self._intent = found, new_intent(self._desk)
        self.digest.show_texts(
            tr("{agency}: {open} chưa xác nhận, {late} quá hạn, {soon} sắp đến hạn, {asked} chờ bổ sung, "
               "{back} trả lại.", agency=name, open=found.count(DigestKind.UNACKNOWLEDGED),
               late=found.count(DigestKind.OVERDUE), soon=found.count(DigestKind.DUE_SOON),
               asked=found.count(DigestKind.AWAITING_SUPPLEMENT), back=found.count(DigestKind.SENT_BACK)),
            found.texts,
        )
        self.digest.open()

    def _on_reminded(self) -> None:
        assert self.notice is not None and self._reminder is not None
        means, found = str(self.notice.channel), self._reminder.manifest
        self.notice.close_sheet()
        handover.remind(
            self._desk, found.id, found.agency, means, intent=self._intent, on_failure=self._tell.refused,
            on_stored=lambda _: self._tell.passing(tr("Đã ghi lần nhắc {number}", number=found.number)),
        )

    def _on_digest_sent(self) -> None:
        assert self.digest is not None
        self._send_digest(str(self.digest.channel))

    def _on_digest_printed(self) -> None:
        self._send_digest("paper")

    def _send_digest(self, means: str) -> None:
        assert self.digest is not None and self._digest is not None
        self.digest.close_sheet()
        name = self._digest.paper.agency_name
        handover.send_digest(
            self._desk, self._digest, means, intent=self._intent, on_failure=self._tell.refused,
            on_stored=lambda: self._tell.passing(tr("Đã ghi tổng hợp gửi {agency}", agency=name)),
        )

    # taking back

    def ask_undo(self, manifest: ManifestRow | None) -> None:
        """U: why the whole list is taken back."""
        if manifest is None or manifest.is_undone:
            return
        if self.why is None:
            self.why = ReasonSheet(self._page.window())
            self.why.confirmed.connect(self._on_why)
            self.destroyed.connect(self.why.deleteLater)
        self._undoing = manifest
        self.why.ask(
            tr("Hủy danh sách {number}: {n} hồ sơ trở về quầy", number=manifest.number, n=manifest.lines),
            tr("Hủy danh sách"),
        )

    def undo_at_once(self, manifest: str) -> None:
        """Ctrl Z: the list that was just made."""
        self._undo(manifest, AT_ONCE)

    def _on_why(self) -> None:
        assert self.why is not None and self._undoing is not None
        reason = self.why.reason
        self.why.close_sheet()
        self._undo(self._undoing.id, reason)

    def _undo(self, manifest: str, reason: str) -> None:
        handover.undo(
            self._desk, manifest, reason, intent=new_intent(self._desk), on_undone=self._on_undone,
            on_failure=self._tell.refused,
        )

    def _on_undone(self, undone: Undone) -> None:
        title = tr("Đã hủy danh sách {number}: {n} hồ sơ ở lại quầy", number=undone.number, n=len(undone.codes))
        if undone.has_paper:
            self._tell.notice(
                "warn", title, tr("Giấy đã in không còn giá trị: gạch chéo cả hai liên, không giao cho ai.")
            )
        else:
            self._tell.silence()
            self._tell.passing(title)

    # paper and found dossiers

    def print_again(self, manifest: ManifestRow | None) -> None:
        """I: one more print of the list, marked as a copy."""
        if manifest is not None:
            handover.print_again(self._desk, manifest, intent=new_intent(self._desk))

    def ask_found(self, row: AnswerRow | None) -> None:
        """F: a dossier that was missing turned up."""
        if row is None or row.line is None or row.line.state is not LineState.MISSING:
            return
        if self.found is None:
            self.found = FoundSheet(self._page.window())
            self.found.confirmed.connect(self._on_found)
            self.destroyed.connect(self.found.deleteLater)
        self._finding = row.code
        self.found.ask(row.code)

    def _on_found(self) -> None:
        assert self.found is not None
        where, note = self.found.where, self.found.note
        self.found.close_sheet()
        handover.find(
            self._desk, self._finding, where, note, intent=new_intent(self._desk), on_failure=self._tell.refused,
            on_stored=lambda _: self._tell.passing(tr("Đã ghi: tìm thấy {code}", code=self._finding)),
        )
