"""What changed, in typed words, told once to everyone who shows it.

An operation that stored something publishes a `Change`; pages, badges and the bottom line listen and read
again what they show of it. Nothing else carries news between pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class Change:
    """What may look different now. `dossiers` are the codes concerned, for a page that shows one dossier."""

    dossiers: frozenset[str] = frozenset()
    has_drafts: bool = False       # parked or unfinished receptions
    has_prints: bool = False       # receipts printed, waiting or doubtful
    has_scans: bool = False        # pages that wait in a tray, the checks of scans and book
    has_sync: bool = False         # sent, confirmed, refused, line up or down
    has_notices: bool = False      # something came from outside
    has_catalogue: bool = False    # procedures, agencies, fees, calendar
    has_settings: bool = False     # clerk, agency account, printers, look, language
    is_everything: bool = False    # rebuilt or restored: read all again

    def __or__(self, other: Change) -> Change:
        return Change(
            self.dossiers | other.dossiers,
            self.has_drafts or other.has_drafts,
            self.has_prints or other.has_prints,
            self.has_scans or other.has_scans,
            self.has_sync or other.has_sync,
            self.has_notices or other.has_notices,
            self.has_catalogue or other.has_catalogue,
            self.has_settings or other.has_settings,
            self.is_everything or other.is_everything,
        )

    def touches(self, code: str) -> bool:
        """Whether the dossier `code` may have changed."""
        return self.is_everything or code in self.dossiers


class Changes(QObject):
    """One per window, handed round in the context. Publish from the GUI thread."""

    happened = Signal(object)      # Change

    def publish(self, change: Change) -> None:
        self.happened.emit(change)
