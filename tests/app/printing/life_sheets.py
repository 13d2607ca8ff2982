"""Every invented paper of a dossier's life under one name, and its pages as they were laid out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from app.domain.dossier_papers import RegisterPaper
from app.printing import hand_out, register
from app.printing.flow import Page
from app.printing.formats import Paper
from app.printing.papers import render
from tests.app.printing.life_samples import (
    CONTROLS,
    DERIVATIONS,
    EXTENSIONS,
    HISTORIES,
    REFUSALS,
    REGISTERS,
    STOPS,
    SUPPLEMENTS,
)
from tests.app.printing.reading import squeezed, texts_of

TABLES: dict[str, dict[str, Any]] = {
    "supplement": SUPPLEMENTS, "refusal": REFUSALS, "extension": EXTENSIONS, "stop": STOPS, "control": CONTROLS,
    "derivation": DERIVATIONS, "history": HISTORIES, "register": REGISTERS,
}
SHEETS: dict[str, Any] = {f"{kind}: {name}": paper
                          for kind, table in TABLES.items() for name, paper in table.items()}
ABOUT_ONE = {name: paper for name, paper in SHEETS.items() if not name.startswith("register")}
WITH_CODE = {name: paper for name, paper in ABOUT_ONE.items() if paper.subject.code}
FORM_SETS = ("01/2018", "03/2025")


@cache
def words_of(paper: Any, size: str | None = None) -> str:
    """All pages of a paper's first copy without blanks."""
    copies = None if isinstance(paper, RegisterPaper) else ("",)
    return squeezed(" ".join(texts_of(paper, size, copies)))


def sizes_of(name: str) -> list[str]:
    return ["A4 landscape"] if name.startswith("register") else ["A5", "A4"]


CASES = [(name, size) for name in SHEETS for size in sizes_of(name)]


@dataclass(frozen=True, slots=True)
class Written:
    """What was handed to the writer of PDFs: the pages of one copy, with its own marks on them."""

    sheet: Paper
    pages: list[Page]
    own_marks: list[Page]


class _LaidOut(Exception):
    def __init__(self, written: Written) -> None:
        super().__init__()
        self.written = written


def watch_writing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Written]:
    """Returns `write(paper, size)`, which lays out, tells which pages would go into the PDF, and makes none."""

    def short(sheet: Paper, pages: Sequence[Page], copies: Sequence[Sequence[Page]], title: str) -> bytes:
        raise _LaidOut(Written(sheet, list(pages), list(copies[0])))

    def long(sheet: Paper, pages: Iterable[Page], everywhere: Callable[[int], Page], title: str) -> bytes:
        kept = list(pages)
        raise _LaidOut(Written(sheet, kept, [everywhere(len(kept))] * len(kept)))

    monkeypatch.setattr(hand_out, "write_pdf", short)
    monkeypatch.setattr(register, "write_long_pdf", long)

    def write(paper: object, size: str) -> Written:
        with pytest.raises(_LaidOut) as laid_out:
            render(paper, size=size)
        return laid_out.value.written

    return write
