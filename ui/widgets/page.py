"""What every page is built on: a head with its title, a body, its keys, and three moments of its life."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.shortcuts import Key, bind
from ui.widgets.text import ElidedText, Text


class Page(QWidget):
    """Build the page in `__init__` into `body` (a column; gutters are already there).

    `head` takes widgets at the right of the title. `bind_keys` makes keys work and lists them for F1.
    A page shows `tr` words once; after a change of language the window builds a new page.
    """

    help_page = ""
    """Its page of `ui.help_pages`, where it is not that of the place."""

    def __init__(self, title: str, lead: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._keys: list[Key] = []
        self._title = Text(title, "title")
        self._lead = ElidedText(lead, "lead")
        self.head = QHBoxLayout()
        self.head.setSpacing(14)
        self.head.addWidget(self._title)
        self.head.addWidget(self._lead, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(14)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(12)
        column.addLayout(self.head)
        column.addLayout(self.body, 1)

    def set_title(self, title: str, lead: str = "") -> None:
        self._title.setText(title)
        self.set_lead(lead)
        self.setAccessibleName(title)

    def set_lead(self, lead: str) -> None:
        """The quiet words beside the title: "Ca sáng, mở lúc 07:02"."""
        self._lead.setText(lead)

    def bind_keys(self, keys: Mapping[Key, Callable[[], object]]) -> None:
        """Each key works while the focus is on this page, and F1 tells it."""
        bind(self, keys)
        self._keys.extend(keys)

    def tell_keys(self, *keys: Key) -> None:
        """Lists keys for F1 that a widget of the page takes itself (the digits of the checklist)."""
        self._keys.extend(keys)

    def keys(self) -> Sequence[Key]:
        return tuple(self._keys)

    # the moments; a page overrides what it needs

    def arrive(self) -> None:
        """The page has come to the front: read what may have changed, put the focus where the work starts."""

    def take_scan(self, text: str, *, is_rewritten: bool = False) -> bool:
        """A scan came while this page is in front. True when the page used it (the intake takes ID cards).

        `is_rewritten`: an input method changed keys on the way, so only what can be proved may be believed.
        """
        return False

    def may_close(self) -> bool:
        """False keeps the window open: something on this page is not safe yet."""
        return True
