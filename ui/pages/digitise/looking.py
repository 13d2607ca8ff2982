"""Looking closely: one page over all the room beside the checklist, its size by a digit."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt

from ui.pages.digitise.pages_card import PagesCard
from ui.pages.digitise.view_card import ViewCard
from ui.widgets.page_view import Fit

_SIZES: Mapping[str, Fit | float] = {"0": Fit.PAGE, "1": 1.0, "2": 2.0}
"""Digits while the large page has the keys."""


class Looking:
    """Hides `pages` and gives their room to `viewer`, or takes it back. The checklist stays beside both."""

    def __init__(self, pages: PagesCard, viewer: ViewCard) -> None:
        self._pages, self._viewer = pages, viewer

    @property
    def is_wide(self) -> bool:
        return self._pages.isHidden()

    def closely(self) -> None:
        """Enter on a page: it takes all the room, and the arrows push it about."""
        self._show(is_wide=True)
        self._viewer.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle(self) -> None:
        """V: one page over all the room, or the pages beside it again."""
        self._show(is_wide=not self.is_wide)

    def take_digit(self, digit: str) -> bool:
        """0 the whole page, 1 one to one, 2 twice that, while the large page has the keys; False: not for us."""
        is_ours = self._viewer.view.hasFocus() and digit in _SIZES
        if is_ours:
            self._viewer.view.show_at(_SIZES[digit])
        return is_ours

    def _show(self, *, is_wide: bool) -> None:
        if is_wide == self.is_wide:
            return
        had_focus = self._pages.thumbs.hasFocus() or self._viewer.view.hasFocus()
        self._pages.setVisible(not is_wide)
        self._viewer.show_wide(is_wide=is_wide)
        if had_focus:
            beside = self._viewer.view if is_wide else self._pages.thumbs
            beside.setFocus(Qt.FocusReason.OtherFocusReason)
