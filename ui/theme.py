"""How everything looks: tokens (JSON) poured into one sheet (QSS), fonts by path, icons in a token's colour.

No colour, size or family is written in code. A widget takes its look from `resources/styles/base.qss` through
the dynamic properties `role`, `tone`, `surface` and `kind`; what is painted by hand asks the `Theme` for a
token. The theme in force belongs to the QApplication and is found with `theme()`; switching it at run time
repaints everything, so a painter reads tokens when it paints and keeps none.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

import resources

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

RESOURCES = Path(resources.__file__).parent
THEMES = ("light", "contrast")
"""Names of the token files that are shipped; the first is the one a new counter starts with."""

Tone = Literal["neutral", "info", "ok", "warn", "bad"]
"""What a chip, banner or figure says about its matter; always beside an icon or a word, never alone."""

FontRole = Literal[
    "body", "strong", "small", "chip", "key", "heading", "title", "figures", "code", "fact", "count"
]

_FONT_FILES = (
    "BeVietnamPro-Regular.ttf", "BeVietnamPro-Medium.ttf", "BeVietnamPro-SemiBold.ttf",
    "BeVietnamProFigures-Regular.ttf", "BeVietnamProFigures-SemiBold.ttf",
)
_FONTS: dict[FontRole, tuple[str, str, QFont.Weight]] = {  # family token, size token, weight
    "body": ("family", "body-size", QFont.Weight.Normal),
    "strong": ("family", "body-size", QFont.Weight.Medium),
    "small": ("family", "small-size", QFont.Weight.Normal),
    "chip": ("family", "chip-size", QFont.Weight.Medium),
    "key": ("family", "key-size", QFont.Weight.Medium),
    "heading": ("family", "body-size", QFont.Weight.DemiBold),
    "title": ("family", "title-size", QFont.Weight.DemiBold),
    "figures": ("figures", "body-size", QFont.Weight.Normal),
    "code": ("figures", "body-size", QFont.Weight.DemiBold),
    "fact": ("figures", "fact-size", QFont.Weight.DemiBold),
    "count": ("family", "count-size", QFont.Weight.DemiBold),
}
_PALETTE = {
    QPalette.ColorRole.Window: "ground", QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "field", QPalette.ColorRole.AlternateBase: "row-hover",
    QPalette.ColorRole.Text: "ink", QPalette.ColorRole.PlaceholderText: "ink-3",
    QPalette.ColorRole.Button: "paper", QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.Highlight: "selection", QPalette.ColorRole.HighlightedText: "ink",
    QPalette.ColorRole.ToolTipBase: "paper", QPalette.ColorRole.ToolTipText: "ink",
    QPalette.ColorRole.Link: "action-soft-ink", QPalette.ColorRole.LinkVisited: "action-soft-ink",
    QPalette.ColorRole.Accent: "action",
}


def read_tokens(name: str) -> dict[str, str]:
    """The tokens of the theme `name`."""
    text = (RESOURCES / "styles" / f"{name}.json").read_text(encoding="utf-8")
    return cast(dict[str, str], json.loads(text))


def style_sheet(tokens: dict[str, str]) -> str:
    """`base.qss` with every `@token` replaced; KeyError names a token that no theme has."""
    text = (RESOURCES / "styles" / "base.qss").read_text(encoding="utf-8")
    rules = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"@([a-z][a-z0-9-]*)", lambda match: tokens[match[1]], rules)


class Theme(QObject):
    """The look in force. Made once by `install`, switched with `use`; emits `changed` after a switch."""

    changed = Signal()

    def __init__(self, app: QApplication, name: str) -> None:
        super().__init__(app)
        self._app = app
        self._sheet = ""
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        self._fonts: dict[FontRole, QFont] = {}
        for file in _FONT_FILES:
            if QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / file)) < 0:
                raise FileNotFoundError(f"font {file} is not in the program's folder")
        self.use(name)

    def use(self, name: str) -> None:
        """Switches to the theme `name` of `THEMES`; every window follows at once."""
        self.name = name
        self._tokens = read_tokens(name)
        self._colors: dict[str, QColor] = {}
        self._pixmaps.clear()
        self._fonts.clear()
        self._app.setPalette(self._palette())
        self._app.setFont(self.font("body"))
        before, self._sheet = self._sheet, style_sheet(self._tokens)
        for window in QApplication.topLevelWidgets():
            if before and window.styleSheet() == before:
                window.setStyleSheet(self._sheet)
        self.changed.emit()

    def dress(self, window: QWidget) -> None:
        """Gives the sheet to `window` and to all that is put into it, now and later.

        Not to the application: Qt would then style every part again each time what it lies in is put into
        something larger. So a page is built plain and dressed once, when it comes into the window.
        """
        window.setStyleSheet(self._sheet)

    def color(self, token: str) -> QColor:
        """The colour of `token`; KeyError when there is none."""
        color = self._colors.get(token)
        if color is None:
            color = self._colors[token] = QColor(self._tokens[token])
        return color

    def pixels(self, token: str) -> int:
        """The size token `token` in device-independent pixels."""
        return int(self._tokens[token].removesuffix("px"))

    def font(self, role: FontRole) -> QFont:
        """The font of `role`; "figures", "code" and "fact" have digits of one width."""
        font = self._fonts.get(role)
        if font is None:
            family, size, weight = _FONTS[role]
            font = QFont(self._tokens[family])
            font.setPixelSize(self.pixels(size))
            font.setWeight(weight)
            # Hinted advances are whole pixels and loosen the words of this face.
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            self._fonts[role] = font
        return font

    def pixmap(self, icon: str, token: str, size: int, ratio: float = 1.0) -> QPixmap:
        """The icon `icon` of resources/icons, `size` pixels square, drawn in the colour of `token`."""
        key = (icon, token, size, ratio)
        if key not in self._pixmaps:
            svg = (RESOURCES / "icons" / f"{icon}.svg").read_text(encoding="utf-8")
            renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", self._tokens[token]).encode()))
            pixmap = QPixmap(round(size * ratio), round(size * ratio))
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter, QRectF(pixmap.rect()))
            painter.end()
            pixmap.setDevicePixelRatio(ratio)
            self._pixmaps[key] = pixmap
        return self._pixmaps[key]

    def icon(self, icon: str, token: str = "ink-2", size: int = 20) -> QIcon:
        """`pixmap` for Qt's own widgets; it does not follow a theme switch, so prefer `Glyph` in a page."""
        from PySide6.QtGui import QIcon  # no page of the first paint has one

        return QIcon(self.pixmap(icon, token, size, self._app.devicePixelRatio()))

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, token in _PALETTE.items():
            palette.setColor(role, self.color(token))
        for text in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, text, self.color("ink-3"))
        return palette


def install_theme(app: QApplication, name: str = THEMES[0]) -> Theme:
    """Loads the fonts and dresses `app`; call once, before the first widget."""
    app.setStyle("Fusion")         # the same on every desktop, and the one that QSS reaches fully
    return Theme(app, name)


def theme() -> Theme:
    """The theme of the running application. Raises LookupError before `install_theme`."""
    app = QApplication.instance()
    found = app.findChild(Theme, options=Qt.FindChildOption.FindDirectChildrenOnly) if app else None
    if found is None:
        raise LookupError("install_theme was not called")
    return found


def set_look(widget: QWidget, **properties: str) -> None:
    """Sets dynamic properties that the sheet selects on (role, tone, kind, surface) and restyles if needed."""
    is_changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            is_changed = True
    if is_changed and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()
