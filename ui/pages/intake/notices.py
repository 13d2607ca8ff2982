"""What is said over the steps: a word of the turnover, what hinders, a refusal, a disk that fills up."""

from __future__ import annotations

from pathlib import Path

from app.errors import EnvironmentFault, KnownError
from app.services.disk_room import refuse_when_low
from app.services.standing import numbers_stopped
from app.store.database import Database
from ui.messages import sentence
from ui.models.standing_words import stopped_short
from ui.pages.intake import keys
from ui.pages.intake.findings import Finding
from ui.pages.intake.messages import finding_words
from ui.pages.intake.turnover import Word
from ui.translations import tr
from ui.widgets.banner import Banner


class Notices(Banner):
    """The banner of Tiếp nhận, in its own terms."""

    def say_word(self, word: Word) -> None:
        action = (tr("Lấy lại"), keys.UNDO.cap) if word.may_undo else ("", "")
        self.say(word.tone, word.title, word.detail, *action)

    def say_finding(self, found: tuple[Finding, ...]) -> None:
        """The first of what hinders reception, and how many more there are."""
        first = found[0]
        rest = tr("Còn {n} chỗ nữa.", n=len(found) - 1) if len(found) > 1 else ""
        self.say("warn" if first.is_doubt else "bad", finding_words(first), rest)

    def say_refusal(self, error: KnownError, language: str) -> None:
        said = sentence(error, language)
        self.say("bad", said.title, f"{said.detail()} ({said.code})")

    def say_stopped(self, database: Database) -> None:
        """That this counter gives out no numbers: when a form opens, before anybody pays; and no longer than it is
        so."""
        with database.reading() as connection:
            stopped = numbers_stopped(connection)
        title = tr("Quầy đang tạm ngừng cấp số")
        is_said = not self.isHidden() and self.title() == title
        if stopped is None:
            if is_said:
                self.silence()
        elif not is_said:
            self.say("bad", title, stopped_short(stopped.reason) + " " + tr(
                "Ghi biểu rồi bấm Esc để tạm, hẹn công dân. Đừng thu phí. Mở Đồng bộ (F7) xem cách xử lý."))

    def say_full_disk(self, folder: Path, language: str) -> bool:
        """Whether the disk has no room for another dossier, which is then said: before anybody pays."""
        try:
            refuse_when_low(folder)
        except EnvironmentFault as error:
            self.say_refusal(error, language)
            return True
        return False
