"""The two papers of a return side by side, each in its own box: scanned, missing, or lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Tone, set_look
from ui.translations import tr
from ui.widgets.glyph import TONE_ICONS, Glyph
from ui.widgets.text import Text


class ScanSlot(QFrame):
    """One paper: its name, the code that was read large, and a word under it."""

    def __init__(self, name: str, waiting: str) -> None:
        super().__init__()
        self._name, self._waiting = name, waiting
        self.setProperty("surface", "banner")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._glyph = Glyph("barcode", "ink-2", 22)
        self._title = Text(name, "secondary")
        self._code = Text("", "fact")
        self._note = Text("", "secondary", is_wrapped=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        for text in (self._title, self._code, self._note):
            words.addWidget(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 10)
        row.setSpacing(12)
        row.addWidget(self._glyph)
        row.addLayout(words, 1)
        self.wait()

    def wait(self) -> None:
        """Nothing was scanned yet."""
        self._show("", tr("Chưa quét"), self._waiting)

    def accept(self, code: str, note: str = "", tone: Tone = "ok") -> None:
        self._show(tone, code, note)

    def code(self) -> str:
        """What the box shows large."""
        return self._code.text()

    def _show(self, tone: str, code: str, note: str) -> None:
        set_look(self, surface="banner" if tone else "card", tone=tone)
        if tone:
            self._glyph.set_icon(TONE_ICONS[tone], f"{tone}-ink")  # type: ignore[index]
        else:
            self._glyph.set_icon("barcode", "ink-2")
        self._code.setText(code)
        self._note.setText(note)
        self.setAccessibleName(f"{self._name}: {code}. {note}")


class ScanSlots(QWidget):
    """`receipt` and `result`; `show_mismatch` when they are of two dossiers."""

    def __init__(self) -> None:
        super().__init__()
        self.receipt = ScanSlot(tr("1. Giấy hẹn của người dân"), tr("Quét mã vạch hoặc mã QR trên giấy tiếp nhận"))
        self.result = ScanSlot(tr("2. Nhãn trên kết quả"), tr("Lấy kết quả từ kệ, quét nhãn dán trên bìa"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.receipt, 1)
        row.addWidget(self.result, 1)

    def show_mismatch(self, values: Mapping[str, Any]) -> None:
        """Codes and places of both, and nothing about the other citizen; with them the clerk goes to the shelf."""
        self.receipt.accept(
            str(values.get("receipt_code", "")),
            tr("Kết quả của giấy hẹn này nằm ở kệ {shelf}", shelf=values.get("receipt_shelf", "–")), "bad",
        )
        self.result.accept(
            str(values.get("result_code", "")),
            tr("Không phải của giấy hẹn. Cất lại kệ {shelf}", shelf=values.get("result_shelf", "–")), "bad",
        )
