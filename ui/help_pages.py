"""The help pages of resources/help: which there are, which belongs to a place, and reading one.

A page is Markdown, one file per language under the same name. `**bold**` is kept for what can be seen: a key, or
words as they stand on the screen; a test compares them with the catalogue, so help never names what is not there.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from ui.shortcuts import Place
from ui.theme import RESOURCES
from ui.translations import VIETNAMESE, Language

FOLDER = RESOURCES / "help"
PICTURES = FOLDER / "pictures"
PAGES = (
    "start", "first-run", "practice", "intake", "card", "digitise", "reprint", "life", "handover", "return",
    "post", "cash", "report", "search", "offline", "sync", "sign-in", "admin", "trouble", "personal-data",
    "catalogue", "due-date", "keys", "questions", "known-problems",
)
"""In the order of the list beside the text."""

PAGE_OF: Mapping[Place, str] = {
    Place.HOME: "start",
    Place.INTAKE: "intake",
    Place.SEARCH: "search",
    Place.HANDOVER: "handover",
    Place.RETURN: "return",
    Place.CASH: "cash",
    Place.SYNC: "sync",
    Place.REPORT: "report",
    Place.SETTINGS: "admin",
}
DIGITISE_PAGE = "digitise"
"""Of a dossier's papers."""
POST_PAGE = "post"
"""Of what goes and comes by post."""
PROBLEMS_PAGE = "known-problems"
"""Under whose title the province may say more."""
DOSSIER_PAGE = "life"
"""Of one dossier, which is no place of its own."""


def language_in_force() -> str:
    """The language the window speaks."""
    app = QCoreApplication.instance()
    found = app.findChild(Language) if app is not None else None
    return found.name if isinstance(found, Language) else VIETNAMESE


def read_page(name: str, language: str) -> str:
    """The Markdown of page `name`. Raises KeyError for a name that is not one of `PAGES`."""
    if name not in PAGES:
        raise KeyError(name)
    return (FOLDER / language / f"{name}.md").read_text(encoding="utf-8")


def title_of(markdown: str) -> str:
    """The first heading."""
    return markdown.partition("\n")[0].removeprefix("# ")
