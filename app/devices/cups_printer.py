"""Printing through CUPS with its own programs as child processes: the PDF arrives as vectors, unscaled.

`lp`, `lpstat` and `cancel` are asked in the C locale, whose words are part of their interface. The PDF goes
through standard input: no copy of a citizen's paper is left in a temporary folder.
"""

from __future__ import annotations

import os
import re
import subprocess

from app.devices.printer import JobPhase, JobState, PrinterStatus, Trouble
from app.errors import EnvironmentFault

ANSWER_SECONDS = 15.0

# IPP printer-state-reasons (RFC 8011, 5.4.12) without their severity; the first that applies is told.
_TROUBLES = (
    ("media-jam", Trouble.JAM), ("cover-open", Trouble.COVER_OPEN), ("door-open", Trouble.COVER_OPEN),
    ("interlock-open", Trouble.COVER_OPEN), ("media-empty", Trouble.OUT_OF_PAPER),
    ("media-needed", Trouble.OUT_OF_PAPER), ("input-tray-missing", Trouble.OUT_OF_PAPER),
    ("toner-empty", Trouble.OUT_OF_TONER), ("marker-supply-empty", Trouble.OUT_OF_TONER),
    ("offline", Trouble.OFF), ("shutdown", Trouble.OFF), ("timed-out", Trouble.OFF),
    ("connecting-to-device", Trouble.OFF), ("paused", Trouble.STOPPED), ("stopped", Trouble.STOPPED),
)
_REQUEST = re.compile(r"request id is (\S+)")
_PRINTER = re.compile(r"^printer (\S+) (.*)$")
_DEFAULT = re.compile(r"^system default destination: (\S+)", re.MULTILINE)
_REFUSING = re.compile(r"^(\S+) not accepting requests", re.MULTILINE)


class CupsPrinter:
    """The printers of one CUPS server; `server` "" means this PC's own, else a socket's path or host:port."""

    def __init__(self, server: str = "", *, answer_seconds: float = ANSWER_SECONDS) -> None:
        self._server = server
        self._answer_seconds = answer_seconds

    def list_printers(self) -> tuple[PrinterStatus, ...]:
        """Queues, and printers CUPS has found on the network without a queue (their troubles are not known)."""
        self._require_running()
        names = self._ask("lpstat", "-e").split()
        default = self._default()
        troubles = _printer_troubles(self._ask("lpstat", "-l", "-p")) if names else {}
        refusing = set(_REFUSING.findall(self._ask("lpstat", "-a"))) if names else set()
        return tuple(
            PrinterStatus(name, name == default,
                          troubles.get(name) or (Trouble.REFUSING if name in refusing else None))
            for name in sorted(names))

    def print_pdf(self, pdf: bytes, job_name: str, *, printer: str = "", copies: int = 1, media: str = "") -> str:
        """As `Printer.print_pdf`. A printer in trouble gets nothing: a job left waiting would come out later, as a
        second paper beside the reprint.
        """
        known = self.list_printers()
        chosen = [status for status in known if (status.name == printer if printer else status.is_default)]
        if not chosen:
            raise EnvironmentFault("printer_unknown", printer=printer) if printer else (
                EnvironmentFault("no_default_printer"))
        status = chosen[0]
        if status.trouble:
            raise EnvironmentFault(status.trouble.value, printer=status.name)
        # No scaling: "fit to page" would pull the barcode's modules off the dots. One-sided: copy 1 and copy 2 of
        # a receipt go to different people and may not share a sheet.
        options = ["print-scaling=none", "sides=one-sided", *([f"media={media}"] if media else [])]
        answer = self._ask("lp", "-d", status.name, "-n", str(copies), "-t", job_name,
                           *(part for option in options for part in ("-o", option)), send=pdf)
        found = _REQUEST.search(answer)
        if not found:
            raise EnvironmentFault("print_refused", printer=status.name, answer=answer.strip())
        return found.group(1)

    def job_state(self, job: str) -> JobState:
        alerts = _job_alerts(self._ask("lpstat", "-l", "-W", "not-completed", "-o")).get(job)
        if alerts is not None:
            trouble = _printer_troubles(self._ask("lpstat", "-l", "-p")).get(job.rpartition("-")[0])
            return JobState(JobPhase.PRINTING if "job-printing" in alerts else JobPhase.WAITING, trouble)
        alerts = _job_alerts(self._ask("lpstat", "-l", "-W", "completed", "-o")).get(job)
        if alerts is None:
            return JobState(JobPhase.UNKNOWN)
        if "job-canceled" in alerts:
            return JobState(JobPhase.CANCELLED)
        return JobState(JobPhase.FAILED if "abort" in alerts or "error" in alerts else JobPhase.DONE)

    def cancel_job(self, job: str) -> None:
        if self.job_state(job).phase in {JobPhase.WAITING, JobPhase.PRINTING}:
            self._ask("cancel", job)

    def _default(self) -> str:
        found = _DEFAULT.search(self._ask("lpstat", "-d"))
        return found.group(1) if found else ""

    def _require_running(self) -> None:
        if "is running" not in self._ask("lpstat", "-r"):
            raise EnvironmentFault("print_system_down")

    def _ask(self, *command: str, send: bytes | None = None) -> str:
        """What the program said on standard output."""
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "C"}
        if self._server:
            environment["CUPS_SERVER"] = self._server
        try:
            done = subprocess.run(command, env=environment, input=send or b"", capture_output=True,
                                  timeout=self._answer_seconds, check=False)
        except FileNotFoundError as error:
            raise EnvironmentFault("print_system_missing", program=command[0]) from error
        except subprocess.TimeoutExpired as error:
            raise EnvironmentFault("print_system_silent", program=command[0],
                                   seconds=self._answer_seconds) from error
        said = done.stderr.decode("utf-8", "replace").strip()
        if done.returncode and command[0] == "lp":
            raise EnvironmentFault("print_refused", printer=command[2], answer=said)
        if done.returncode and "No destinations added" not in said:
            raise EnvironmentFault("print_system_down", answer=said)
        return done.stdout.decode("utf-8", "replace")


def _trouble(alerts: str) -> Trouble | None:
    return next((trouble for word, trouble in _TROUBLES if word in alerts), None)


def _printer_troubles(listing: str) -> dict[str, Trouble | None]:
    """Trouble by printer out of `lpstat -l -p`: a head line per printer, its alerts indented below."""
    troubles: dict[str, Trouble | None] = {}
    name = ""
    for line in listing.splitlines():
        head = _PRINTER.match(line)
        if head:
            name = head.group(1)
            troubles[name] = Trouble.STOPPED if head.group(2).startswith("disabled") else None
        elif name and line.strip().startswith("Alerts:"):
            troubles[name] = _trouble(line) or troubles[name]
    return troubles


def _job_alerts(listing: str) -> dict[str, str]:
    """Alerts by job out of `lpstat -l -o`."""
    alerts: dict[str, str] = {}
    job = ""
    for line in listing.splitlines():
        if line and not line[0].isspace():
            job = line.split()[0]
            alerts[job] = ""
        elif job and line.strip().startswith("Alerts:"):
            alerts[job] = line.partition(":")[2].strip()
    return alerts
