"""The scanning port: what the office asks of whatever pages come from. Values and two Protocols, no machine.

An adapter (`PageSource`) runs in a child process (`app.devices.scanning.child`) and nowhere else: it may hang,
swallow memory or die. The window talks to it through `app.devices.scanning.run`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.domain.scanning import Feed, ScanSettings
from app.errors import EnvironmentFault, KnownError, Refusal


class SourceKind(StrEnum):
    """Which adapter answers for a source; also the first part of its id, before the colon."""

    SANE = "sane"
    ESCL = "escl"
    WIA = "wia"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Source:
    """One place that pages come from.

    `id` is stable between two starts of the program as far as the driver's own name is: "sane:test:0",
    "escl:http://192.0.2.7:8080/eSCL", "wia:{6BDD1FC6-…}\\\\0001", "folder:/home/quay/scan". `name` is shown to
    the clerk and comes from the device. `feeds` is empty when only opening the device would tell.
    """

    id: str
    name: str
    kind: SourceKind
    feeds: tuple[Feed, ...] = ()
    is_colour: bool = True


class ScanTrouble(StrEnum):
    """What ends a scan before its paper does; the value is the code of the error and of its sentence."""

    JAMMED = "scanner_jammed"
    COVER_OPEN = "scanner_cover_open"
    NO_PAPER = "scanner_no_paper"              # none lay in the feeder: not one page came
    BUSY = "scanner_busy"                      # another program or PC has it
    NOT_FOUND = "scanner_not_found"            # unplugged, off, another address; a watched folder that is gone
    REFUSED = "scanner_refused"                # it cannot do what is asked, or this account may not
    SILENT = "scanner_silent"                  # nothing heard for `patience` seconds; its process was ended
    DIED = "scanner_died"                      # its driver or child process ended without a word
    IO = "scanner_io"                          # the line to it or the disk failed
    NONE_INSTALLED = "scanner_none_installed"  # no scanning system on this PC (sane-utils, WIA)
    CANCELLED = "scan_cancelled"               # a person did it
    NOT_KEPT = "scan_not_kept"                 # a page came and could not be stored; the feed was stopped


_BY_A_PERSON = {ScanTrouble.NO_PAPER, ScanTrouble.REFUSED, ScanTrouble.CANCELLED}


def trouble_error(trouble: ScanTrouble, **values: object) -> KnownError:
    """The error of a trouble. Values: `source` (its id), `detail` (the driver's own words, technical), `pages`
    (how many had been handed over before; `run` adds it)."""
    if trouble in _BY_A_PERSON:
        return Refusal(trouble.value, **values)
    return EnvironmentFault(trouble.value, **values)


Emit = Callable[[bytes, str], None]
"""Hands one whole page on: its bytes and their mime ("image/jpeg", "image/png", "image/tiff", or
"application/pdf", which may hold several). It returns when the page is stored on the other side; until then the
adapter keeps what it would need to give the page again."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the clerk should see while the scan goes on.

    `name` is a file's name as it lies in a watched folder: shown on the screen, never written to a log, because
    people put names of people into it.
    """

    error: KnownError
    name: str = ""


class PageSource(Protocol):
    """One adapter. Made anew for each job, used by one thread, in the child."""

    def list_sources(self) -> Sequence[Source]:
        """What can be reached now. Empty when there is nothing; raises a KnownError of `ScanTrouble` when it
        cannot be known (`NONE_INSTALLED`, `IO`)."""
        ...

    def scan(self, source_id: str, settings: ScanSettings, emit: Emit, progress: Callable[[], None]) -> None:
        """Scan until the paper ends, `settings.most_pages` have come, or trouble; each page goes to `emit` the
        moment it is whole, in the order of the feed, both sides of a sheet one after the other.

        Returns when all is well. Raises a KnownError of `ScanTrouble` otherwise; an empty feeder is `NO_PAPER`
        only before the first page. Call `progress` whenever the device shows life without a page (it warms up,
        a part of a page came): silence is what the watchdog ends a job for.

        A cancel arrives as Refusal("scan_cancelled") out of `emit`, `progress` or, on Linux, any call that waits.
        Let it through and give the device back in a `finally` (end the job, let the sheet out) within five
        seconds: after that the process is killed.
        """
        ...
