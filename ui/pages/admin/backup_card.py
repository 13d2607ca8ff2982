"""Sao lưu: the last backups here and on the medium, one now, the drill, and the way to a restore."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.people.roles import Act
from app.errors import EnvironmentFault, KnownError
from app.services.backup.known import HERE, MEDIUM
from app.services.backup.rehearse import Rehearsed
from ui.background.one_job import OneJob
from ui.delegates.dates import lowered, near_moment
from ui.messages import sentence
from ui.models.counts import shown_count
from ui.models.sizes import shown_size
from ui.operations import backup as acts
from ui.operations.desk import Desk
from ui.pages.admin.card import AdminCard
from ui.pages.admin.restore_sheet import RestoreSheet
from ui.pages.sync.machine_card import Fact
from ui.shortcuts import Key
from ui.translations import mark, tr

NOW = Key("S", mark("Sao lưu ngay"))
DRILL = Key("D", mark("Diễn tập khôi phục"))
RESTORE = Key("K", mark("Khôi phục từ bản sao lưu"))


class BackupCard(AdminCard):
    """One job at a time; its steps are told under the facts."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(tr("Sao lưu"), desk, host)
        self._job: OneJob | None = None
        self._sheet: RestoreSheet | None = None
        self.now = self.add_act(NOW, tr("Sao lưu ngay"), self.back_up)
        self.drill = self.add_act(DRILL, tr("Diễn tập khôi phục"), self.rehearse)
        self.restore = self.add_act(RESTORE, tr("Khôi phục…"), self.open_restore)
        self.end_acts()
        self.progress.cancelled.connect(self._on_cancelled)

    # what is shown

    def refresh(self) -> None:
        view, now = acts.read_backup_view(self._desk), self._desk.clock()
        self.tell(self._facts(view, now), tr(
            "Bản sao lưu là cả sổ ở một thời điểm, gồm cả hồ sơ để tạm; tự chép khi đóng chương trình. "
            "Bản thứ hai (Đồng bộ, phím B) chép từng việc ngay khi lưu và tỉnh mở được."
        ))
        if view.is_whole is False:
            self.trouble.say("bad", tr("Sổ trên máy này có chỗ hỏng"), tr("Bấm K để xem cách khôi phục."))
        elif view.troubles and self._job is None:
            trouble = view.troubles[0]
            self.say_error(EnvironmentFault(trouble.code, **trouble.values), "warn")
        else:
            self.trouble.silence()
        is_free = self._job is None
        self.now.setEnabled(is_free)
        self.drill.setEnabled(is_free and bool(view.here))
        self.restore.setEnabled(is_free)

    def _facts(self, view: acts.BackupView, now: datetime) -> Iterator[Fact]:
        if view.here:
            size = shown_size(sum(each.size for each in view.here))
            kept = tr("giữ {n} bản, {size}", n=shown_count(len(view.here)), size=size)
            yield Fact(tr("Trên máy này"), near_moment(view.here[0].at, now), kept)
        else:
            yield Fact(tr("Trên máy này"), tr("chưa có"), tr("bấm S để sao lưu"), "warn")
        if view.place is None:
            lost = tr("máy hỏng là mất cả bản sao lưu: đặt ổ ở Đồng bộ, phím B")
            yield Fact(tr("Trên ổ thứ hai"), tr("chưa đặt ổ"), lost, "warn")
        elif view.on_medium is None:
            yield Fact(tr("Trên ổ thứ hai"), tr("chưa có"), str(view.place), "warn")
        else:
            scans = tr("kèm {n} tệp quét", n=shown_count(view.on_medium.scans))
            tone = "warn" if any(each.where == MEDIUM for each in view.troubles) else ""
            yield Fact(tr("Trên ổ thứ hai"), near_moment(view.on_medium.at, now), scans, tone)
        tried = view.rehearsed
        if tried is None:
            yield Fact(tr("Diễn tập gần nhất"), tr("chưa lần nào"), tr("mỗi tháng một lần, bấm D"), "warn")
            return
        is_due = acts.is_drill_due(view, now)
        note = tr("bản dùng được") if tried.is_good else tr("bản đó không dùng được, hãy sao lưu lại")
        tone = "bad" if not tried.is_good else "warn" if is_due else ""
        yield Fact(tr("Diễn tập gần nhất"), near_moment(tried.at, now), note, tone)

    # what the clerk does

    def back_up(self) -> None:
        self._start(acts.backup_job(self._desk.office), tr("Đang sao lưu…"), self._on_backed_up)

    def rehearse(self) -> None:
        if not self.is_allowed(Act.BACK_UP):
            return
        self._start(acts.rehearsal_job(self._desk.office), tr("Đang mở thử bản sao lưu…"), self._on_rehearsed)

    def open_restore(self) -> None:
        if not self.is_allowed(Act.BACK_UP):
            return
        if self._sheet is None:
            self._sheet = RestoreSheet(self._host.window(), self._desk)
            self.destroyed.connect(self._sheet.deleteLater)
        self._sheet.ask(acts.read_backup_view(self._desk))

    def stop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self._end()

    # inside

    def _start(self, job: OneJob, words: str, on_end: Any) -> None:
        if self._job is not None:
            return
        job.setParent(self)
        self._job = job
        job.stepped.connect(self._on_step)
        job.ended.connect(on_end)
        self.say("")
        self.progress.start(words)
        self.refresh()
        job.start()

    def _on_step(self, said: dict[str, Any]) -> None:
        done, of = int(said.get("done", 0)), int(said.get("of", 0))
        self.progress.tell(step_words(said), done=done, total=of)

    def _on_cancelled(self) -> None:
        self.stop()
        self.say(tr("Đã dừng. Các bản sao lưu trước vẫn còn nguyên."))

    def _on_backed_up(self, answer: dict[str, Any]) -> None:
        self._end()
        self._tell_refusal(answer)
        if answer.get("here"):
            on_medium = tr(" và trên ổ thứ hai") if answer.get("medium") else ""
            self.say(tr("Đã sao lưu trên máy này{on_medium}, đọc lại đúng.", on_medium=on_medium), "ok")

    def _on_rehearsed(self, answer: dict[str, Any]) -> None:
        self._end()
        try:
            tried = acts.journal_drill(self._desk, answer)
        except KnownError as error:
            self.say_error(error)
            return
        if not tried:
            self._tell_refusal(answer)
            return
        self.say(" ".join(drill_words(where, done, self._desk) for where, done in tried),
                 "ok" if all(done.is_good for _, done in tried) else "bad")

    def _tell_refusal(self, answer: dict[str, Any]) -> None:
        problems = answer.get("problems") or {}
        if problems:
            first = problems.get(HERE) or problems[MEDIUM]
            self.say_error(EnvironmentFault(first["code"], **first["values"]))
        elif answer.get("reason"):
            self.say_error(EnvironmentFault(str(answer["reason"])))
        elif not answer:
            self.say_error(EnvironmentFault("backup_failed", reason="–"))

    def _end(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        self.progress.finish()
        self.refresh()


def step_words(said: dict[str, Any]) -> str:
    """What a job is at."""
    if said.get("what") == "scans":
        return tr("Đang chép tệp quét sang ổ thứ hai…")
    if said.get("what") == "tried":
        return tr("Đang mở thử bản sao lưu…")
    if not said.get("of"):
        return tr("Đang đọc lại bản sao lưu…")
    return tr("Đang chép sổ sang ổ thứ hai…") if said.get("where") == MEDIUM else tr("Đang chép sổ…")


def drill_words(where: str, done: Rehearsed, desk: Desk) -> str:
    """The drill in one sentence."""
    at = lowered(near_moment(done.backup.at, desk.clock()))
    place = tr("Bản trên ổ thứ hai") if where == MEDIUM else tr("Bản trên máy này")
    if not done.is_good:
        why = sentence(EnvironmentFault(done.problem), desk.language())
        return tr("{place} ({at}) không dùng được: {why} ({code}).", place=place, at=at, why=lowered(why.title),
                  code=why.code)
    return tr(
        "{place} ({at}) mở được, đủ {n} hồ sơ, {m} việc; từ đó sổ thêm {k} việc.", place=place, at=at,
        n=shown_count(done.dossiers), m=shown_count(done.operations), k=shown_count(done.newer),
    )
