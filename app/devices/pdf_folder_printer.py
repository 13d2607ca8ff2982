"""Printing to PDF: each paper becomes a file in one folder, and no paper replaces another."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from app.devices.printer import JobPhase, JobState, PrinterStatus
from app.errors import EnvironmentFault
from app.whole_file import put_whole

NAME = "PDF"
_UNSAFE = re.compile(r"[^\w.\-]+")


class PdfFolderPrinter:
    """A printer whose tray is `folder`; a job's identifier is its file's name.

    `copies` and `media` change nothing: one file can be printed as often as one likes.
    """

    def __init__(self, folder: Path, ready: Callable[[Path], object] | None = None) -> None:
        """`ready` makes the folder, before each paper; raises OSError. Without it an ordinary one is made."""
        self._folder, self._ready = folder, ready if ready is not None else _make

    def list_printers(self) -> tuple[PrinterStatus, ...]:
        return (PrinterStatus(NAME, is_default=True, trouble=None),)

    def print_pdf(self, pdf: bytes, job_name: str, *, printer: str = "", copies: int = 1, media: str = "") -> str:
        """The PDF as <job name>.pdf, or <job name>-2.pdf … beside an earlier one: no paper is overwritten.

        Raises EnvironmentFault("printer_unknown") or ("print_folder_unwritable", reason=…).
        """
        if printer not in {"", NAME}:
            raise EnvironmentFault("printer_unknown", printer=printer)
        stem = _UNSAFE.sub("_", job_name).strip("._") or "paper"
        try:
            self._ready(self._folder)
            return self._place(pdf, stem)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise EnvironmentFault("print_folder_unwritable", reason=reason) from error

    def _place(self, pdf: bytes, stem: str) -> str:
        number = 1
        while True:
            name = f"{stem}.pdf" if number == 1 else f"{stem}-{number}.pdf"
            try:
                put_whole(self._folder / name, pdf, replaces=False, mode=0o600)
                return name
            except FileExistsError:
                number += 1

    def job_state(self, job: str) -> JobState:
        is_there = Path(job).name == job and (self._folder / job).is_file()
        return JobState(JobPhase.DONE if is_there else JobPhase.UNKNOWN)

    def cancel_job(self, job: str) -> None:
        """A file is finished the moment it exists: nothing is left to withdraw."""


def _make(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
