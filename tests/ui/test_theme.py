"""Both themes are complete, legible by measure, and nothing in the window's code carries a colour."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF, QRawFont
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

import ui
from ui.theme import RESOURCES, THEMES, Theme, read_tokens, set_look, style_sheet, theme


def test_the_themes_have_the_same_tokens() -> None:
    first, *others = (set(read_tokens(name)) for name in THEMES)
    assert all(other == first for other in others)


@pytest.mark.parametrize("name", THEMES)
def test_every_token_of_the_sheet_is_known(name: str) -> None:
    assert "@" not in style_sheet(read_tokens(name))


def test_a_token_that_no_theme_has_is_named() -> None:
    with pytest.raises(KeyError):
        style_sheet({})


DRAWN = {Path("background/camera_pictures.py")}
"""Pictures of what lies before a camera that is none: paper and ink, not the window's look."""


def test_no_code_of_the_window_carries_a_colour() -> None:
    pattern = re.compile(r"#[0-9a-fA-F]{6}\b|QColor\([\"'0-9]|rgba?\(|setStyleSheet\(\s*[f\"']")
    folder = Path(ui.__file__).parent
    found = [
        f"{path.relative_to(folder)}:{number}"
        for path in folder.rglob("*.py") if path.relative_to(folder) not in DRAWN
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]
    assert found == []


def test_every_icon_named_in_code_exists() -> None:
    named = {spec.icon for spec in __import__("ui.shortcuts", fromlist=["PLACES"]).PLACES.values()}
    named |= set(__import__("ui.widgets.glyph", fromlist=["TONE_ICONS"]).TONE_ICONS.values())
    assert named <= {path.stem for path in (RESOURCES / "icons").glob("*.svg")}


@pytest.mark.parametrize(("role", "weight"), [("body", 400), ("strong", 500), ("heading", 600), ("code", 600)])
def test_the_shipped_face_is_used_in_its_weight(look: Theme, role: str, weight: int) -> None:
    info = QFontInfo(look.font(role))  # type: ignore[arg-type]
    assert info.family().startswith("Be Vietnam Pro")
    assert info.weight() == weight


@pytest.mark.parametrize("role", ["figures", "code", "fact"])
def test_figures_are_of_one_width(look: Theme, role: str) -> None:
    metrics = QFontMetricsF(look.font(role))  # type: ignore[arg-type]
    assert len({round(metrics.horizontalAdvance(digit * 4), 2) for digit in "0123456789"}) == 1


FACES = sorted((RESOURCES / "fonts").glob("BeVietnamPro*.ttf"))


@pytest.mark.parametrize("file", FACES, ids=lambda path: path.stem)
def test_the_face_has_every_vietnamese_letter(file: Path) -> None:
    vowels = "aăâeêioôơuưy"
    tones = "\u0300\u0301\u0303\u0309\u0323"
    font = QRawFont(str(file), 16)
    letters = {unicodedata.normalize("NFC", vowel + tone) for vowel in vowels for tone in ("", *tones)} | {"đ"}
    missing = [letter for letter in letters | {letter.upper() for letter in letters}
               if not font.supportsCharacter(ord(letter))]
    assert len(letters) == 73
    assert missing == []


def test_a_switch_reaches_what_is_on_screen(qtbot: QtBot, look: Theme) -> None:
    label = QLabel("chữ")
    qtbot.addWidget(label)
    label.show()
    before = label.palette().color(label.foregroundRole())
    with qtbot.waitSignal(look.changed):
        look.use("contrast")
    assert theme().name == "contrast"
    assert label.palette().color(label.foregroundRole()) != before
    assert label.palette().color(label.foregroundRole()) == look.color("ink")


def test_an_icon_takes_the_colour_of_its_token(look: Theme) -> None:
    image = look.pixmap("dot", "bad", 24).toImage()
    assert image.pixelColor(12, 12) == look.color("bad")


@pytest.mark.parametrize("kind", [QLineEdit, QPushButton])
@pytest.mark.parametrize("name", THEMES)
def test_the_focus_ring_is_three_pixels_of_amber_all_round(
    qtbot: QtBot, look: Theme, kind: type[QLineEdit] | type[QPushButton], name: str
) -> None:
    look.use(name)
    widget = kind("abc")
    qtbot.addWidget(widget)
    widget.resize(120, 40)
    widget.show()
    widget.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    image = widget.grab().toImage()
    focus, middle = look.color("focus"), image.height() // 2
    edges = [(depth, middle) for depth in range(3)] + [(image.width() - 1 - depth, middle) for depth in range(3)]
    edges += [(60, depth) for depth in range(3)] + [(60, image.height() - 1 - depth) for depth in range(3)]
    assert {image.pixelColor(x, y).name() for x, y in edges} == {focus.name()}


def test_the_focus_moves_no_text(qtbot: QtBot) -> None:
    line = QLineEdit("abc")
    other = QLineEdit()
    for widget in (line, other):
        qtbot.addWidget(widget)
        widget.resize(120, 40)
        widget.show()
    line.grab()
    before = line.cursorRect().x()
    line.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    line.grab()
    assert line.cursorRect().x() == before


def test_a_changed_property_restyles(qtbot: QtBot, look: Theme) -> None:
    label = QLabel("chữ")
    qtbot.addWidget(label)
    label.show()
    set_look(label, tone="bad")
    assert label.palette().color(label.foregroundRole()) == look.color("bad-ink")
