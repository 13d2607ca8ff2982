"""Where papers go when nobody has chosen: to the print system of this PC, which says what is wrong with it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.errors import EnvironmentFault
from app.store.settings import write_setting
from tests.office import office_in
from ui.paper_printer import PaperPrinter, clear_papers


@pytest.fixture
def print_system_that_is_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "bin" / "lpstat"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho scheduler is not running\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.usefixtures("print_system_that_is_down")
def test_a_paper_never_turns_into_a_clear_file_because_the_print_system_is_down(tmp_path: Path) -> None:
    with office_in(tmp_path / "machine") as office:
        printer = PaperPrinter(office.application)
        with pytest.raises(EnvironmentFault, match="print_system_down"):
            printer.print_pdf(b"%PDF", "H47.15-1", slip="receipt", copies=1)
        assert not office.application.folder.papers.exists()


@pytest.mark.usefixtures("print_system_that_is_down")
@pytest.mark.parametrize("setting", [("is_demo", True), ("printers", {"way": "pdf"})])
def test_a_trial_office_and_one_that_chose_files_print_to_files(
    tmp_path: Path, setting: tuple[str, object],
) -> None:
    with office_in(tmp_path / "machine") as office:
        with office.application.database.writing() as connection:
            write_setting(connection, *setting)
        PaperPrinter(office.application).print_pdf(b"%PDF", "H47.15-1", slip="receipt", copies=1)
        folder = office.application.folder.papers
        assert [each.name for each in folder.glob("*.pdf")] == ["H47.15-1.pdf"]
        assert folder.stat().st_mode & 0o077 == 0, "nobody else's to read"


@pytest.mark.parametrize(("is_demo", "left"), [(False, 0), (True, 1)])
def test_files_of_real_people_go_with_the_window_and_invented_ones_stay(
    tmp_path: Path, is_demo: bool, left: int,
) -> None:
    with office_in(tmp_path / "machine") as office:
        with office.application.database.writing() as connection:
            write_setting(connection, "printers", {"way": "pdf"})
            write_setting(connection, "is_demo", is_demo)
        PaperPrinter(office.application).print_pdf(b"%PDF", "H47.15-1", slip="receipt", copies=1)
        assert clear_papers(office.application) == 1 - left
        assert len(list(office.application.folder.papers.glob("*"))) == left
