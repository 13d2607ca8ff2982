"""Kiểm tra sổ: whether anything was changed beside this program, found out while the counter goes on working."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from ui.background.one_job import OneJob
from ui.models.counts import shown_count
from ui.operations import verify_book as acts
from ui.operations.desk import Desk
from ui.pages.admin.card import AdminCard
from ui.shortcuts import Key
from ui.translations import mark, tr

VERIFY = Key("V", mark("Kiểm tra sổ có bị sửa không"))
SHOWN = 4
"""Findings in words; the command tells all of them."""


class VerifyAct(QObject):
    """A key of `card` and its work, told there. What was found stays until the page is closed: nothing of it is
    written into the book that is in doubt."""

    def __init__(self, card: AdminCard, desk: Desk) -> None:
        super().__init__(card)
        self._card, self._desk = card, desk
        self._job: OneJob | None = None
        self.button = card.add_act(VERIFY, tr("Kiểm tra sổ"), self.begin)
        card.progress.cancelled.connect(self._on_cancelled)

    def begin(self) -> None:
        if self._job is not None:
            return
        self._job = job = acts.verify_job(self._desk.office)
        job.setParent(self)
        job.stepped.connect(self._on_step)
        job.ended.connect(self._on_ended)
        self.button.setEnabled(False)
        self._card.trouble.silence()
        self._card.progress.start(tr("Đang kiểm tra sổ…"))
        self._card.say("")
        job.start()

    def stop(self) -> None:
        """Nobody would hear of what it finds."""
        if self._job is not None:
            self._job.stop()
            self._end()

    # inside

    def _on_step(self, said: dict[str, Any]) -> None:
        self._card.progress.tell(tr("Đang kiểm tra sổ…"), done=int(said["done"]), total=int(said["of"]))

    def _on_cancelled(self) -> None:
        self.stop()
        self._card.say(tr("Đã dừng: chưa kiểm tra hết sổ."))

    def _on_ended(self, answer: dict[str, Any]) -> None:
        self._end()
        found = acts.read_verified(answer, self._desk.language())
        if found is None:
            self._card.trouble.say(
                "bad", tr("Chưa kiểm tra được sổ"), tr("Đóng chương trình rồi chạy lệnh verify."))
        elif found.breaks:
            more = len(found.breaks) - SHOWN
            lines = [*found.breaks[:SHOWN], *([tr("Còn {n} chỗ nữa.", n=shown_count(more))] if more > 0 else [])]
            self._card.trouble.say("bad", tr("Sổ có chỗ bị sửa"), " ".join(
                [*lines, tr("Đừng khôi phục vội, gọi người phụ trách máy.")]))
        else:
            looked = {name: shown_count(found.looked.get(name, 0)) for name in (
                "tables", "operations", "scans", "backups")}
            self._card.say(tr("Không có chỗ nào bị sửa: {tables} bảng, {operations} việc, {scans} bản số hóa, "
                              "{backups} bản sao lưu.", **looked), "ok")
        self._card.told.emit()

    def _end(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        self._card.progress.finish()
        self.button.setEnabled(True)
