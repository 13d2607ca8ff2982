"""The printer port: what the office asks of whatever puts papers on the desk. Values only.

A paper is printed only from a row that is already stored. When printing fails, an `EnvironmentFault` says so, the
dossier stays, and the paper goes to the reprint list.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Trouble(StrEnum):
    """What keeps a printer from printing; the value is also the code of the EnvironmentFault."""

    JAM = "printer_jam"
    OUT_OF_PAPER = "printer_out_of_paper"
    COVER_OPEN = "printer_cover_open"
    OFF = "printer_off"
    OUT_OF_TONER = "printer_out_of_toner"
    STOPPED = "printer_stopped"        # by a person or after a fault; someone must let it go on
    REFUSING = "printer_refuses_jobs"


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    name: str
    is_default: bool
    trouble: Trouble | None            # None: ready, or busy with an earlier job


class JobPhase(StrEnum):
    WAITING = "waiting"
    PRINTING = "printing"
    DONE = "done"                      # the device took all of it; whether paper lies in the tray, only eyes know
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNKNOWN = "unknown"                # the spooler has forgotten it or never had it


@dataclass(frozen=True, slots=True)
class JobState:
    phase: JobPhase
    trouble: Trouble | None = None     # of its printer, while the job is not finished


class Printer(Protocol):
    """A place papers can be sent to."""

    def list_printers(self) -> tuple[PrinterStatus, ...]:
        """Every printer of this PC, by name."""
        ...

    def print_pdf(self, pdf: bytes, job_name: str, *, printer: str = "", copies: int = 1, media: str = "") -> str:
        """Send a PDF, unscaled and one-sided; the job's identifier.

        `job_name` is seen in spool lists: a dossier code, never a person's name. `printer` "" means the default
        one; `media` is a size name ("A4", "A5") or "" for the printer's own. Raises EnvironmentFault with a code
        of `Trouble`, or `printer_unknown`, `no_default_printer`, `print_system_missing`, `print_system_down`,
        `print_system_silent`, `print_refused`; then nothing was sent.
        """
        ...

    def job_state(self, job: str) -> JobState:
        """How far a job is; never raises for a job it does not know."""
        ...

    def cancel_job(self, job: str) -> None:
        """Withdraw a job that is not finished; nothing happens when it is, or is unknown."""
        ...
