"""After an act that is paid by transfer: its VietQR square over the page, turned to the citizen."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.dialogs.cash_transfer_sheet import CashTransferSheet
from ui.operations.desk import Desk


class Transferring(QObject):
    """Makes the sheet when the first transfer comes."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(host)
        self._desk, self._host = desk, host
        self.sheet: CashTransferSheet | None = None

    @property
    def is_open(self) -> bool:
        return self.sheet is not None and self.sheet.is_open

    def show(self, op_id: str) -> None:
        """The square of that collection; nothing where it is no transfer."""
        if self.sheet is None:
            self.sheet = CashTransferSheet(self._host.window(), self._desk)
            self._host.destroyed.connect(self.sheet.deleteLater)
        if self.sheet.show_collection(op_id):
            self.sheet.open()

    def close_sheet(self) -> None:
        if self.sheet is not None:
            self.sheet.close_sheet()
