"""Every word of the window has its English, every English word is used, and switching needs no restart."""

from __future__ import annotations

import ast
import json
import string
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

import ui
from ui.models.counts import shown_count
from ui.theme import RESOURCES
from ui.translations import ENGLISH, VIETNAMESE, Language, mark, read_catalogue, tr

UI = Path(ui.__file__).parent


@cache
def sources() -> tuple[tuple[str, str], ...]:
    """Every literal given to `tr` or `mark` in ui/, with where it stands."""
    found = []
    for path in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if is_call and node.func.id in ("tr", "mark") and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.append((first.value, f"{path.relative_to(UI.parent)}:{node.lineno}"))
                elif isinstance(first, ast.JoinedStr | ast.BinOp):
                    found.append(("", f"{path.relative_to(UI.parent)}:{node.lineno}"))
    return tuple(found)


def braces(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_a_source_is_a_literal_and_not_built_from_parts() -> None:
    assert [where for source, where in sources() if not source] == []


def test_every_source_has_english() -> None:
    catalogue = read_catalogue(ENGLISH)
    missing = {source: where for source, where in sources() if source not in catalogue}
    assert missing == {}


def test_every_english_entry_is_used() -> None:
    assert set(read_catalogue(ENGLISH)) - {source for source, _ in sources()} == set()


def test_english_keeps_the_braces() -> None:
    wrong = {}
    for source, entry in read_catalogue(ENGLISH).items():
        for text in entry.values() if isinstance(entry, dict) else (entry,):
            if not braces(text) <= braces(source) or braces(source) - braces(text) - {"n"}:
                wrong[source] = text
    assert wrong == {}


def test_english_is_not_vietnamese() -> None:
    letters = set("ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ")
    names = {"Quầy Một Cửa", "the Đ key"}
    wrong = [
        text for entry in read_catalogue(ENGLISH).values()
        for text in (entry.values() if isinstance(entry, dict) else (entry,))
        if set(text.lower()) & letters and not any(name in text for name in names)
    ]
    assert wrong == []


@pytest.mark.parametrize(("count", "said"), [(0, "0 dossiers"), (1, "1 dossier"), (2, "2 dossiers")])
def test_english_has_its_plural(language: Language, count: int, said: str) -> None:
    language.use(ENGLISH)
    assert tr(mark("{n} hồ sơ"), n=count) == said


@pytest.mark.parametrize(("count", "said"), [
    (1, "1 difference"), (2, "2 differences"), (1001, "1.001 differences"),
])
def test_a_count_as_people_read_it_has_its_plural_too(language: Language, count: int, said: str) -> None:
    language.use(ENGLISH)
    assert tr("{n} chỗ lệch", n=shown_count(count)) == said


def test_vietnamese_is_the_source_itself(language: Language) -> None:
    assert tr(mark("{n} hồ sơ"), n=3) == "3 hồ sơ"


@pytest.mark.parametrize(("name", "words"), [(VIETNAMESE, ["Đồng ý", "Hủy"]), (ENGLISH, ["OK", "Cancel"])])
def test_qt_speaks_the_same_language(qtbot: QtBot, language: Language, name: str, words: list[str]) -> None:
    language.use(name)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert sorted(button.text().replace("&", "") for button in box.buttons()) == sorted(words)


def test_a_source_stands_in_one_file_only() -> None:
    folder = RESOURCES / "i18n" / ENGLISH
    found: dict[str, list[str]] = {}
    for file in folder.glob("*.json"):
        for source in json.loads(file.read_text(encoding="utf-8")):
            found.setdefault(source, []).append(file.name)
    assert {source: files for source, files in found.items() if len(files) > 1} == {}
