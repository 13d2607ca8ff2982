"""A real CUPS with real queues: what leaves it decodes, and each way a printer fails has its own code."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from app.devices.cups_printer import CupsPrinter
from app.devices.printer import JobPhase, JobState, Trouble
from app.errors import EnvironmentFault
from app.printing.decode_back import check_codes
from app.printing.receipt import render_receipt
from tests.app.devices.cups_server import CupsServer, cups_server
from tests.app.printing.samples import LONG_CODE, TYPICAL


@pytest.fixture(scope="module")
def server() -> Iterator[CupsServer]:
    with cups_server() as running:
        yield running


@pytest.fixture(scope="module")
def office(server: CupsServer) -> Path:
    return server.add_queue("office")


@pytest.fixture(scope="module")
def printer(server: CupsServer) -> CupsPrinter:
    return CupsPrinter(server.address)


def await_phase(printer: CupsPrinter, job: str, *phases: JobPhase) -> JobState:
    """The job's state once it is in one of `phases`; asking again is the only way CUPS tells."""
    end = time.monotonic() + 30
    state = printer.job_state(job)
    while state.phase not in phases and time.monotonic() < end:
        state = printer.job_state(job)
    assert state.phase in phases
    return state


@pytest.mark.parametrize("size", ["A5", "A4"])
@pytest.mark.parametrize("dpi", [203, 300])
def test_a_printed_receipt_keeps_both_codes_readable(printer: CupsPrinter, office: Path, size: str,
                                                     dpi: int) -> None:
    job = printer.print_pdf(render_receipt(TYPICAL, size=size), LONG_CODE, printer="office", media=size)
    await_phase(printer, job, JobPhase.DONE)
    check_codes(office.read_bytes(), LONG_CODE, dpi=dpi)


def test_the_filters_neither_scale_nor_turn_the_paper(printer: CupsPrinter, office: Path) -> None:
    sent = render_receipt(TYPICAL, size="A5")
    await_phase(printer, printer.print_pdf(sent, LONG_CODE, printer="office", media="A5"), JobPhase.DONE)

    def place_of_code(pdf: bytes) -> tuple[float, ...]:
        page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
        found = page.search(LONG_CODE).get_next()
        assert found
        return tuple(page.get_charbox(found[0]))

    # CUPS' A5 is 420 × 595 points, ours 419.5 × 595.3: the sheet is centred on it, which half a point allows for.
    assert place_of_code(office.read_bytes()) == pytest.approx(place_of_code(sent), abs=0.5)


def test_the_default_printer_is_used_when_none_is_named(server: CupsServer, printer: CupsPrinter,
                                                        office: Path) -> None:
    with pytest.raises(EnvironmentFault) as nobody:
        printer.print_pdf(b"%PDF", "x")
    assert nobody.value.code == "no_default_printer"
    server.run("lpadmin", "-d", "office")
    assert [status.name for status in printer.list_printers() if status.is_default] == ["office"]
    job = printer.print_pdf(render_receipt(TYPICAL), LONG_CODE)
    assert job.startswith("office-")
    await_phase(printer, job, JobPhase.DONE)
    server.run("lpadmin", "-x", "office")
    server.add_queue("office")


def test_an_unknown_printer_is_refused(printer: CupsPrinter) -> None:
    with pytest.raises(EnvironmentFault) as fault:
        printer.print_pdf(b"%PDF", "x", printer="nowhere")
    assert (fault.value.code, fault.value.values) == ("printer_unknown", {"printer": "nowhere"})


@pytest.mark.parametrize(("reason", "trouble"), [
    ("media-jam-error", Trouble.JAM),
    ("offline-report", Trouble.OFF),
    ("media-empty-error", Trouble.OUT_OF_PAPER),
    ("cover-open-error", Trouble.COVER_OPEN),
    ("toner-empty-error", Trouble.OUT_OF_TONER),
])
def test_a_printer_in_trouble_says_which_and_gets_no_further_paper(
        server: CupsServer, printer: CupsPrinter, reason: str, trouble: Trouble) -> None:
    name = reason.replace("-", "")
    server.add_sick_queue(name, reason)
    pdf = render_receipt(TYPICAL)
    job = printer.print_pdf(pdf, LONG_CODE, printer=name)        # healthy until its first job meets the jam
    end = time.monotonic() + 30
    while printer.job_state(job).trouble is None and time.monotonic() < end:
        continue
    assert printer.job_state(job).trouble is trouble
    with pytest.raises(EnvironmentFault) as fault:
        printer.print_pdf(pdf, LONG_CODE, printer=name)
    assert (fault.value.code, fault.value.values) == (trouble.value, {"printer": name})
    printer.cancel_job(job)
    assert await_phase(printer, job, JobPhase.CANCELLED) == JobState(JobPhase.CANCELLED)


def test_a_stopped_printer_gets_nothing(server: CupsServer, printer: CupsPrinter) -> None:
    paper = server.add_queue("stopped")
    server.run("cupsdisable", "stopped")
    with pytest.raises(EnvironmentFault) as fault:
        printer.print_pdf(render_receipt(TYPICAL), LONG_CODE, printer="stopped")
    assert fault.value.code == "printer_stopped"
    assert paper.read_bytes() == b""


def test_a_queue_that_takes_no_jobs_says_so(server: CupsServer, printer: CupsPrinter) -> None:
    server.add_queue("closed")
    server.run("cupsreject", "closed")
    with pytest.raises(EnvironmentFault) as fault:
        printer.print_pdf(render_receipt(TYPICAL), LONG_CODE, printer="closed")
    assert fault.value.code == "printer_refuses_jobs"


def test_a_job_nobody_knows_is_unknown_and_cannot_be_cancelled(printer: CupsPrinter) -> None:
    assert printer.job_state("office-99999") == JobState(JobPhase.UNKNOWN)
    printer.cancel_job("office-99999")


def test_a_print_system_that_is_not_running_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as fault:
        CupsPrinter(str(tmp_path / "no.sock")).print_pdf(b"%PDF", "x")
    assert fault.value.code == "print_system_down"


def test_a_pc_without_print_programs_is_told_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentFault) as fault:
        CupsPrinter().list_printers()
    assert fault.value.code == "print_system_missing"


def test_a_print_system_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    silent = tmp_path / "lpstat"
    silent.write_text("#!/bin/sh\nexec tail -f /dev/null\n")
    silent.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(EnvironmentFault) as fault:
        CupsPrinter(answer_seconds=0.3).list_printers()
    assert fault.value.code == "print_system_silent"
