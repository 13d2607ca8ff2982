"""A citizen's paper goes to the printer from memory: no file of it lies anywhere while it prints."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.office import office_in
from tests.ui.intake.counter_desk import Prints, counter_desk
from ui.operations.print_receipt import put_on_paper


def test_no_file_of_a_paper_is_made_to_print_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = tmp_path / "machine", tmp_path / "temp"
    places[1].mkdir()

    def files() -> set[Path]:
        return {each for place in places for each in place.rglob("*") if each.is_file()}

    class Looking(Prints):
        def print_pdf(self, pdf: bytes, name: str, *, slip: str, copies: int) -> None:
            assert files() == before
            super().print_pdf(pdf, name, slip=slip, copies=copies)

    with office_in(places[0]) as office:
        monkeypatch.setattr(tempfile, "tempdir", str(places[1]))
        printer = Looking()
        desk = replace(counter_desk(office).desk, printer=printer)
        before = files()
        put_on_paper(desk, "H47.15-261123-0001-1", b"%PDF paper", "receipt", 2)
        assert (printer.done, printer.pdfs) == ([("receipt", "H47.15-261123-0001-1")], [b"%PDF paper"])
