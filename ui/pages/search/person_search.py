"""One line in the journal for each search for a person, and no key that waits for it.

A search goes on while its text grows or shrinks. It is written once, when the hand has rested or the search is
over: a row opened, the box emptied, something else looked for, the page left. One that finds nobody shows nobody
and leaves no line; nor does one by a code, a list or a number of the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from app.errors import KnownError
from app.services.search_purpose import By
from app.store.queries.dossiers import DossierRow
from ui.background.alive import while_alive
from ui.models.typed_search import Looking, Typed
from ui.operations.desk import Desk, warn_of
from ui.operations.search_purpose import keep, purpose_now

RESTED_MS = 1000
_BY = {Looking.NAME: By.NAME, Looking.IDENTIFIER: By.NUMBER, Looking.DIGITS: By.DIGITS}


@dataclass(frozen=True, slots=True)
class _Search:
    by: By
    text: str
    shown: int


class PersonSearch(QObject):
    """Tell it with `looked` what is shown, with `settle` that it is over. `purpose` is what will be written."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._open: _Search | None = None
        self._written = ""                         # text of the search that has its line already
        self._has_warned = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(RESTED_MS)
        self._rest.timeout.connect(self.settle)

    def looked(self, typed: Typed, rows: Sequence[DossierRow], *, is_card: bool = False) -> None:
        """These rows stand on the screen for what was typed."""
        by = By.CARD if is_card else _by(typed, rows)
        if by is None or not rows:
            if by is None:
                self.settle()
                self._written = ""
            return
        if self._open is not None and not _is_same(self._open.text, typed.text):
            self.settle()
        if self._written and _is_same(self._written, typed.text):
            self._written = typed.text             # the same search, narrowed or widened
            return
        self._open = _Search(by, typed.text, len(rows))
        self._rest.start()

    def settle(self) -> None:
        """Writes the line of the search that is on the screen, if it has none yet."""
        self._rest.stop()
        search, self._open = self._open, None
        if search is None:
            return
        self._written = search.text
        try:
            keep(self._desk, search.by, search.shown, purpose_now(self._desk), while_alive(self, self._on_kept),
                 while_alive(self, self._on_failed))
        except KnownError as error:
            self._on_failed(error)

    def _on_kept(self) -> None:
        self._has_warned = False

    def _on_failed(self, error: Exception) -> None:
        """A citizen waits: the search stays, and what stands in the way is said once."""
        if not isinstance(error, KnownError) or not self._has_warned:
            self._has_warned = True
            warn_of(self._desk, error)


def _by(typed: Typed, rows: Sequence[DossierRow]) -> By | None:
    """None for what looks for no person. Four digits are a number of the day, and the end of telephone numbers."""
    if typed.looking is Looking.DAY_NUMBER:
        ends = f"-{int(typed.text):04d}"
        return By.DIGITS if any(not row.code.endswith(ends) for row in rows) else None
    return _BY.get(typed.looking)


def _is_same(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    return one.startswith(other) or other.startswith(one)
