"""What is said over the steps: a word of the turnover, what hinders, a refusal, a disk that fills up."""

from __future__ import annotations

from pathlib import Path

from app.errors import EnvironmentFault, KnownError
from app.services.disk_room import refuse_when_low
from ui.messages import sentence
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

    def say_full_disk(self, folder: Path, language: str) -> bool:
        """Whether the disk has no room for another dossier, which is then said: before anybody pays."""
        try:
            refuse_when_low(folder)
        except EnvironmentFault as error:
            self.say_refusal(error, language)
            return True
        return False
