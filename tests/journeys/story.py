"""What a clerk has on her desk through a week, and how the book stands at the end of each chapter of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.domain.life.life import Life
from app.domain.life.states import Holder
from app.services.life.reading import read_life
from app.store.queries.dossiers import DossierList, count, page
from tests.journeys.day import Clerk, Office, at_work, read_codes, words_of
from ui.models.dossier_rows import known_now
from ui.theme import Theme
from ui.translations import Language

Chapter = Callable[[Clerk, "Story"], None]


@dataclass
class Story:
    """What the clerk has on her desk, papers by their file's name; and how the book stood at the chapter's end."""

    office: Office
    codes: list[str] = field(default_factory=list)
    papers: dict[str, Path] = field(default_factory=dict)
    manifests: list[str] = field(default_factory=list)
    alarm: tuple[str, str] = ("", "")
    reminder: str = ""
    labels: dict[str, str] = field(default_factory=dict)        # dossier → what the label of its result holds
    wrong_pair: tuple[int, ...] = ()                # refusals heard, operations stored: after the scan, after F12

    lists: dict[DossierList, set[str]] = field(default_factory=dict)
    lives: dict[str, Life] = field(default_factory=dict)
    _receipts: dict[str, str] = field(default_factory=dict)

    @property
    def police(self) -> list[str]:
        return self.codes[:8]

    @property
    def land(self) -> list[str]:
        return self.codes[8:]

    def take(self, clerk: Clerk) -> dict[str, Path]:
        """Papers that just came out, put with the others: the tray is emptied when the window closes."""
        desk = self.office.folder.root.with_name("desk")
        desk.mkdir(exist_ok=True)
        fresh = {stem: Path(shutil.copy(file, desk)) for stem, file in clerk.new_papers().items()}
        self.papers |= fresh
        return fresh

    def receipt(self, code: str) -> str:
        """What the scanner reads on the citizen's receipt."""
        if code not in self._receipts:
            self._receipts[code] = code if code in read_codes(self.papers[f"{code}-1"]) else ""
        return self._receipts[code]

    def paper(self, kind: str, about: str = "") -> Path:
        """The one paper of that kind, about that dossier or list."""
        (found,) = [file for stem, file in self.papers.items() if stem.endswith(kind) and stem.startswith(about)]
        return found

    def words(self, kind: str, about: str = "") -> str:
        return words_of(self.paper(kind, about))

    def names(self, codes: Iterable[str], kind: str, about: str = "") -> bool:
        """Whether the paper names each of them, also where a code goes on in the next line of its cell."""
        words = self.words(kind, about).replace(" ", "")
        return all(code in words for code in codes)

    def book_of(self, code: str) -> Holder:
        """Who holds the red book of a land dossier."""
        (book,) = self.lives[code].originals
        return book.holder


def play(app: QApplication, theme: Theme, language: Language, story: Story, chapter: Chapter) -> None:
    with at_work(app, theme, language, story.office) as clerk:
        chapter(clerk, story)
        clerk.press("Home")
        story.take(clerk)
        clerk.look(f"{chapter.__name__}-home")
        story.lists = {what: listed(clerk, what) for what in DossierList}
        story.lives = {code: life_of(clerk, code) for code in story.codes}


def listed(clerk: Clerk, what: DossierList) -> set[str]:
    """The dossiers of a list, as many as its count says."""
    assert clerk.counter.desk is not None
    desk = clerk.counter.desk
    known = known_now(desk)
    with desk.office.database.reading() as connection:
        rows = page(connection, what, known)
        assert count(connection, what, known) == len(rows)
    return {row.code for row in rows}


def life_of(clerk: Clerk, code: str) -> Life:
    assert clerk.counter.desk is not None
    with clerk.counter.desk.office.database.reading() as connection:
        return read_life(connection, code).life
