"""Help inside the window, over a shade: the pages at the left, the text at the right; Esc goes back to work."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.services.known_problems import Known
from ui.help_pages import FOLDER, PAGES, PROBLEMS_PAGE, language_in_force, read_page, title_of
from ui.shortcuts import Key, bind
from ui.theme import theme
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.help_news import put_news
from ui.widgets.help_text import fill, fit_pictures

_EDGE, _WIDEST, _LIST_WIDTH, _ROW = 24, 1080, 264, 38
_BACK = Key("Alt+Left", mark("Trang trước"))


class HelpView(QWidget):
    """Covers `host`. `open_at` shows a page; `closed` when it is put away and the focus is back."""

    closed = Signal()
    shown = Signal(str)            # a page, each time it is opened

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._before: QWidget | None = None
        self._way: list[str] = []
        self._known: tuple[Known, ...] = ()
        self.page = ""
        self.setAccessibleName(tr("Trợ giúp"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.titles = QListWidget()
        self.titles.setAccessibleName(tr("Các trang trợ giúp"))
        self.titles.setFixedWidth(_LIST_WIDTH)
        self.titles.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.titles.setProperty("kind", "pages")
        for name in PAGES:
            item = QListWidgetItem(title_of(read_page(name, language_in_force())), self.titles)
            item.setSizeHint(QSize(0, _ROW))
        self.titles.currentRowChanged.connect(self._on_chosen)
        self.text = QTextBrowser()
        self.text.setProperty("surface", "help")
        self.text.setSearchPaths([str(FOLDER / language_in_force())])
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._on_link)
        self.back = ActionButton(tr(_BACK.does), _BACK.cap)
        self.back.clicked.connect(self.go_back)
        close = ActionButton(tr("Đóng"), "Esc")
        close.clicked.connect(self.close_help)
        self._card = card = Card(tr("Trợ giúp"))
        pages = QHBoxLayout()
        pages.setSpacing(20)
        pages.addWidget(self.titles)
        pages.addWidget(self.text, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(close)
        card.body.addLayout(pages, 1)
        card.body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.addWidget(card, 1, Qt.AlignmentFlag.AlignHCenter)
        bind(self, {_BACK: self.go_back})          # a shortcut, because the text has its own idea of this key
        host.installEventFilter(self)
        self.text.viewport().installEventFilter(self)
        theme().changed.connect(self._on_theme_changed)
        self.hide()

    def tell(self, known: tuple[Known, ...]) -> None:
        """What the province says of this version; stands on its page when that is opened next."""
        self._known = known
        new = sum(each.is_new for each in known)
        row, title = PAGES.index(PROBLEMS_PAGE), title_of(read_page(PROBLEMS_PAGE, language_in_force()))
        self.titles.item(row).setText(tr("{n} mới · {title}", title=title, n=new) if new else title)

    def open_at(self, name: str) -> None:
        """Shows page `name` from its top; the arrow keys scroll it at once."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._way = []
        self._show(name)
        self._fit()
        self.show()
        self.raise_()
        self.text.verticalScrollBar().setValue(0)  # the room for the pictures is known only now
        self.text.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_help(self) -> None:
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None
        self.closed.emit()

    def follow(self, name: str) -> None:
        """Goes on to page `name`; `go_back` returns."""
        if name != self.page:
            self._way.append(self.page)
            self._show(name)

    def go_back(self) -> None:
        if self._way:
            self._show(self._way.pop())

    # inside

    def _show(self, name: str) -> None:
        self.page = name
        markdown = read_page(name, language_in_force())
        document = self.text.document()
        fill(document, markdown)
        if name == PROBLEMS_PAGE:
            put_news(document, self._known, language_in_force())
        self._fit_pictures()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.text.setAccessibleName(title_of(markdown))
        self.text.verticalScrollBar().setValue(0)
        self.titles.blockSignals(True)             # what is shown is not chosen a second time
        self.titles.setCurrentRow(PAGES.index(name))
        self.titles.blockSignals(False)
        self.back.setEnabled(bool(self._way))
        self.shown.emit(name)

    def _on_chosen(self, row: int) -> None:
        self.follow(PAGES[row])

    def _on_link(self, link: QUrl) -> None:
        self.follow(link.path().removesuffix(".md"))

    def _on_theme_changed(self) -> None:
        if self.page:
            place = self.text.verticalScrollBar().value()
            self._show(self.page)
            self.text.verticalScrollBar().setValue(place)

    def _fit(self) -> None:
        self.setGeometry(self._host.rect())
        self._card.setFixedWidth(min(_WIDEST, self.width() - 2 * _EDGE))

    def _fit_pictures(self) -> None:
        document = self.text.document()
        room = self.text.maximumViewportSize().width() - self.text.verticalScrollBar().sizeHint().width()
        fit_pictures(document, int(room - 2 * document.documentMargin()))

    # Qt's side

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes round inside; the text has taken it for its links before."""
        stops = [widget for widget in (self.text, self.titles, self.back, *self._closing()) if widget.isEnabled()]
        here = QApplication.focusWidget()
        place = stops.index(here) if here in stops else -1
        stops[(place + (1 if is_next else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _closing(self) -> list[QWidget]:
        return [button for button in self.findChildren(ActionButton) if button is not self.back]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_help()
        elif event.key() == Qt.Key.Key_Backspace:
            self.go_back()
        event.accept()                 # nothing typed here reaches the page behind

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._card.geometry().contains(event.position().toPoint()):
            self.close_help()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.text.viewport():
            self._fit_pictures()
        elif event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().color("shade"))
