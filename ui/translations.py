"""Words of the window: Vietnamese in the source, English from the files of `resources/i18n/en/`.

How a page marks its words
    tr("Tiếp nhận hồ sơ")                 a literal, translated now
    tr("{n} hồ sơ chờ gửi", n=3)          values are put in after translation; `n` also picks the plural
    mark("Hôm nay")                       a literal in a table, handed to `tr` when it is shown
The argument is always a literal (or a value that came from `mark`): a test reads every `tr` and `mark` in
`ui/` from the syntax tree and fails when English is missing or no longer used. A plural in the catalogue is
{"one": "…", "other": "…"}. Nothing is kept translated: after `Language.use` the window rebuilds its pages,
so a page calls `tr` while it builds or paints. Papers of law never pass through here.

Qt's own words (OK, Cancel, the print dialog) have no Vietnamese in Qt; `qt_vi.json` holds them.
"""

from __future__ import annotations

import json
from typing import cast

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator

from ui.theme import RESOURCES

VIETNAMESE = "vi"
ENGLISH = "en"
LANGUAGES = (VIETNAMESE, ENGLISH)

_CONTEXT = "quay"

Entry = str | dict[str, str]


def mark(source: str) -> str:
    """`source` unchanged; tells the catalogue test that it will reach `tr`."""
    return source


def tr(source: str, **values: object) -> str:
    """`source` in the language in force, with `values` put into its braces."""
    n = values.get("n")
    count = n if isinstance(n, int) else 1 if n == "1" else -1     # most counts come as people read them
    text = QCoreApplication.translate(_CONTEXT, source, None, count)
    return text.format(**values) if values else text


def read_catalogue(name: str) -> dict[str, Entry]:
    """All entries of the language `name`: source → its words. One file per room of the window."""
    words: dict[str, Entry] = {}
    for file in sorted((RESOURCES / "i18n" / name).glob("*.json")):
        words |= cast(dict[str, Entry], json.loads(file.read_text(encoding="utf-8")))
    return words


def read_qt_words() -> dict[str, dict[str, str]]:
    """Qt's own words in Vietnamese: Qt context → source → Vietnamese."""
    text = (RESOURCES / "i18n" / "qt_vi.json").read_text(encoding="utf-8")
    return cast(dict[str, dict[str, str]], json.loads(text))


class _Catalogue(QTranslator):
    """A translator that looks up a dictionary instead of a compiled file, so nothing has to be built."""

    def __init__(self, words: dict[str, dict[str, Entry]], parent: QObject) -> None:
        super().__init__(parent)
        self._words = words

    def translate(                 # None is Qt's null string: "not mine, ask the next"
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        entry = self._words.get(context, {}).get(source)
        if isinstance(entry, dict):
            return entry["one" if n == 1 else "other"]
        return entry

    def isEmpty(self) -> bool:
        return False


class Language(QObject):
    """The language in force; owned by the application. `use` makes Qt send LanguageChange to every window."""

    def __init__(self, app: QCoreApplication, name: str = VIETNAMESE) -> None:
        super().__init__(app)
        self._app = app
        self._installed: QTranslator | None = None
        self.name = ""
        self.use(name)

    def use(self, name: str) -> None:
        """Switches to `name` of `LANGUAGES`; the same name again does nothing."""
        if name == self.name:
            return
        self.name = name
        if self._installed is not None:
            self._app.removeTranslator(self._installed)
            self._installed.deleteLater()
        words: dict[str, dict[str, Entry]]
        if name == ENGLISH:
            words = {_CONTEXT: read_catalogue(ENGLISH)}
        else:
            words = {context: dict(entries) for context, entries in read_qt_words().items()}
        # Numbers and dates are Vietnamese in both languages: the papers on the desk are.
        QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
        self._installed = _Catalogue(words, self)
        self._app.installTranslator(self._installed)
