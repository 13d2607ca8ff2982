"""`python -m tests.ui.help_keys`: writes the help page of all keys from the pages themselves, in both languages.

Each page is built on a real office and asked for the keys it has bound; `test_help` fails when the files differ.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.services.receive import Received
from tests.office import Office, office_in, sample_intake
from tests.ui.digitise.desk import scan_desk
from tests.ui.digitise.scanner import Pile
from tests.ui.dossier.desk import make_desk
from ui.help_pages import FOLDER
from ui.pages.admin.page import AdminPage
from ui.pages.cash.page import CashPage
from ui.pages.digitise.page import DigitisePage
from ui.pages.dossier.page import DossierPage
from ui.pages.enrol import EnrolPage
from ui.pages.first_run.page import FirstRunPage
from ui.pages.handover.page import HandoverPage
from ui.pages.home.page import HomePage
from ui.pages.intake.page import IntakePage
from ui.pages.post.page import PostPage
from ui.pages.report.page import ReportPage
from ui.pages.returning.page import ReturnPage
from ui.pages.search.page import SearchPage
from ui.pages.sync.page import SyncPage
from ui.shortcuts import PLACES, WINDOW_KEYS
from ui.theme import install_theme
from ui.translations import LANGUAGES, Language, tr
from ui.widgets.page import Page

TITLES = {"vi": "Bảng phím", "en": "All keys"}
LEADS = {
    "vi": "Giữ phím lâu không làm việc hai lần. Trong ô đang gõ, phím chữ và phím số là chữ và số.",
    "en": "A key held down works once. In a field, letters and digits are letters and digits.",
}
HEADS = {"vi": ("Phím", "Việc"), "en": ("Key", "What it does")}
CODE = {"vi": "Hồ sơ", "en": "Dossier"}
PAPERS = {"vi": "Số hóa giấy tờ", "en": "Digitise papers"}


def key_page(folder: Path, language: Language, name: str) -> str:
    """The Markdown of the page; `folder` is empty and gets an office."""
    language.use(name)
    with office_in(folder) as office:
        received = office.receive(sample_intake("biểu-phím"))
        parts = [f"# {TITLES[name]}", LEADS[name], *_everywhere(name)]
        for title, page in _pages(office, received, name):
            told = page.keys()
            parts += [f"## {title}", _table(name, ((key.cap, tr(key.does)) for key in told))]
            page.deleteLater()
    return "\n\n".join(parts) + "\n"


def _everywhere(name: str) -> list[str]:
    places = [(look.key, tr(look.name)) for look in PLACES.values()]
    window = [(key.cap, tr(key.does)) for key in WINDOW_KEYS]
    return [f"## {tr('Ở mọi nơi')}", _table(name, places + window)]


def _pages(office: Office, received: Received, name: str) -> Iterable[tuple[str, Page]]:
    desk, _ = make_desk(office)
    for page in (
        HomePage(desk), IntakePage(desk), SearchPage(desk), HandoverPage(desk), ReturnPage(desk), PostPage(desk),
        CashPage(desk), ReportPage(desk),
    ):
        yield page.accessibleName(), page
    yield CODE[name], DossierPage(desk, received.dossier.code)
    desk_with_scans, scans = scan_desk(office, desk, Pile())
    try:
        yield PAPERS[name], DigitisePage(desk_with_scans, received.dossier.code)
    finally:
        scans.close()
    for page in (SyncPage(desk), AdminPage(desk), EnrolPage(desk, office.application.folder), FirstRunPage(desk)):
        yield page.accessibleName(), page


def _table(name: str, rows: Iterable[tuple[str, str]]) -> str:
    """One line for keys that do the same: "Alt 1 … Alt 9"."""
    caps: dict[str, list[str]] = {}
    for cap, does in rows:
        caps.setdefault(does, []).append(cap)
    head, rule = "| " + " | ".join(HEADS[name]) + " |", "|---|---|"
    lines = [f"| **{_span(found)}** | {does} |" for does, found in caps.items()]
    return "\n".join((head, rule, *lines))


def _span(caps: list[str]) -> str:
    return caps[0] if len(caps) == 1 else f"{caps[0]} … {caps[-1]}"


def main() -> int:
    app = QApplication([])
    install_theme(app)
    language = Language(app)
    for name in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            (FOLDER / name / "keys.md").write_text(key_page(Path(folder), language, name), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
