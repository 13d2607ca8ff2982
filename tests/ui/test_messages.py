"""Every code that any room raises has its sentences in both languages: what, safe, press, code."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

import app
import sync
import ui
from app.devices.printer import Trouble
from app.domain.citizen_card import _OTHER_CODES
from app.errors import EnvironmentFault, Refusal
from sync.contract.problems import Code
from ui.messages import _FORMATTER, UNFORESEEN, UNKNOWN_FAULT, UNKNOWN_REFUSAL, read_words, sentence, unforeseen

ROOMS = tuple(Path(room.__file__).parent for room in (app, sync, ui) if room.__file__)
ERRORS = ("KnownError", "Refusal", "EnvironmentFault")
PARTS = ("title", "what", "safe", "press")
JARGON = re.compile(r"\b(database|SQL|SQLite|exception|traceback|null|JSON|hash|payload|timeout|server)\b", re.I)


@cache
def trees() -> tuple[tuple[str, ast.AST], ...]:
    return tuple(
        (str(path.relative_to(room.parent)), ast.parse(path.read_text(encoding="utf-8")))
        for room in ROOMS for path in sorted(room.rglob("*.py"))
    )


def kinds() -> set[str]:
    """The names of all classes of known errors, found by their bases."""
    found, size = set(ERRORS), 0
    classes = [node for _, tree in trees() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    while size != len(found):
        size = len(found)
        found |= {node.name for node in classes if {getattr(base, "id", "") for base in node.bases} & found}
    return found


@cache
def raised() -> tuple[tuple[str, str], ...]:
    """Every literal code given to an error anywhere, with where it stands."""
    return tuple(_raised())


def _raised() -> Iterator[tuple[str, str]]:
    names = kinds()
    for place, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                first = node.args[0]
                if name in names and isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value, f"{place}:{node.lineno}"


def from_tables() -> set[str]:
    """Codes that are no literals where they are raised: they come out of a table or from the province."""
    packages = {
        f"{kind}_{code.removeprefix('catalogue_')}"
        for kind in ("calendar", "policy", "forms")
        for code, place in raised() if place.startswith("app/domain/package_reader")
    }
    province = {value for name, value in vars(Code).items() if name.isupper()}
    flaws = {"scan_has_commands", "scan_too_long", "scan_cut_off"}
    beside = {"not_a_gateway"}         # what answers is no gateway at all; sync.client says so itself
    troubles = {str(trouble) for trouble in Trouble}
    return packages | province | flaws | beside | troubles | set(_OTHER_CODES.values())


def test_every_code_has_its_words() -> None:
    words = read_words()
    missing = {code: where for code, where in raised() if code not in words}
    assert missing == {}
    assert from_tables() - set(words) == set()


def test_every_entry_is_raised_by_somebody() -> None:
    known = {code for code, _ in raised()} | from_tables() | {UNFORESEEN, UNKNOWN_FAULT, UNKNOWN_REFUSAL}
    assert set(read_words()) - known == set()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_entry_is_complete(language: str) -> None:
    wrong = {
        code: part for code, entry in read_words().items() for part in PARTS
        if not entry.get(language, {}).get(part, "").strip() or "!" in entry[language][part]
    }
    assert wrong == {}


def test_the_languages_tell_the_same_values() -> None:
    def values(entry: dict[str, str]) -> set[str]:
        return {name for part in PARTS for _, name, _, _ in string.Formatter().parse(entry[part]) if name}

    wrong = {
        code: (values(dict(entry["vi"])), values(dict(entry["en"]))) for code, entry in read_words().items()
        if values(dict(entry["vi"])) != values(dict(entry["en"]))
    }
    assert wrong == {}


def test_no_sentence_speaks_the_programmers_language() -> None:
    wrong = [
        (code, part) for code, entry in read_words().items() for language in ("vi", "en") for part in PARTS
        if JARGON.search(entry[language][part])
    ]
    assert wrong == []


def test_a_code_without_words_is_told_honestly() -> None:
    said = sentence(Refusal("never_heard_of", secret="049090000017"), "vi")
    assert "never_heard_of" in said.what
    assert said.code == "never_heard_of"
    assert "049090000017" not in said.detail()
    assert sentence(EnvironmentFault("never_heard_of"), "vi").title != said.title


def test_an_unforeseen_error_shows_no_trace_and_no_data() -> None:
    said = unforeseen(ValueError("Nguyễn Thị Mẫu 049090000017"), "en")
    assert said.code == "ValueError"
    assert "049090000017" not in said.title + said.detail()


@pytest.mark.parametrize(("value", "shown"), [
    (date(2026, 11, 21), "21/11/2026"),
    (datetime(2026, 11, 21, 4, 2, tzinfo=UTC), "11:02 21/11/2026"),
    (None, "…"),
    (["a", "b"], "a, b"),
    (7, "7"),
])
def test_a_value_is_written_as_the_office_writes_it(value: object, shown: str) -> None:
    assert _FORMATTER.vformat("{x}", (), {"x": value}) == shown


def test_a_value_that_is_missing_is_an_ellipsis_and_no_failure() -> None:
    assert _FORMATTER.vformat("đến {until}", (), {}) == "đến …"


def test_the_general_entries_are_there() -> None:
    assert {UNFORESEEN, UNKNOWN_FAULT, UNKNOWN_REFUSAL} <= set(read_words())
