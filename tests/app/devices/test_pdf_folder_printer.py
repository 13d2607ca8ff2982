from __future__ import annotations

from pathlib import Path

import pytest

from app.devices.pdf_folder_printer import PdfFolderPrinter
from app.devices.printer import JobPhase, JobState
from app.errors import EnvironmentFault


@pytest.mark.parametrize(("job_name", "file_name"), [
    ("000.00.15.H47-260921-0001", "000.00.15.H47-260921-0001.pdf"),
    ("../../etc/passwd", "etc_passwd.pdf"),
    ("nhãn bìa: 12", "nhãn_bìa_12.pdf"),
    ("...", "paper.pdf"),
])
def test_the_job_name_becomes_a_safe_file_name(tmp_path: Path, job_name: str, file_name: str) -> None:
    folder = tmp_path / "out"
    assert PdfFolderPrinter(folder).print_pdf(b"%PDF-1", job_name) == file_name
    assert [path.name for path in folder.iterdir()] == [file_name]
    assert (folder / file_name).read_bytes() == b"%PDF-1"


def test_a_second_paper_of_the_same_name_stands_beside_the_first(tmp_path: Path) -> None:
    printer = PdfFolderPrinter(tmp_path)
    jobs = [printer.print_pdf(content, "H47-1") for content in (b"one", b"two", b"three")]
    assert jobs == ["H47-1.pdf", "H47-1-2.pdf", "H47-1-3.pdf"]
    assert [(tmp_path / job).read_bytes() for job in jobs] == [b"one", b"two", b"three"]


def test_a_printed_file_is_done_and_another_name_is_unknown(tmp_path: Path) -> None:
    printer = PdfFolderPrinter(tmp_path / "tray")
    job = printer.print_pdf(b"%PDF", "a")
    (tmp_path / "secret").write_text("x")
    printer.cancel_job(job)
    assert printer.job_state(job) == JobState(JobPhase.DONE)
    assert printer.job_state("b.pdf") == JobState(JobPhase.UNKNOWN)
    assert printer.job_state("../secret") == JobState(JobPhase.UNKNOWN)


def test_a_folder_that_cannot_be_written_is_an_environment_fault(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    with pytest.raises(EnvironmentFault) as fault:
        PdfFolderPrinter(tmp_path / "taken").print_pdf(b"%PDF", "a")
    assert fault.value.code == "print_folder_unwritable"


def test_it_answers_to_its_own_name_only(tmp_path: Path) -> None:
    printer = PdfFolderPrinter(tmp_path)
    (status,) = printer.list_printers()
    assert status.trouble is None and status.is_default
    assert printer.print_pdf(b"%PDF", "a", printer=status.name) == "a.pdf"
    with pytest.raises(EnvironmentFault) as fault:
        printer.print_pdf(b"%PDF", "a", printer="office")
    assert fault.value.code == "printer_unknown"
