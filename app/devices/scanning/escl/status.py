"""How a network scanner feels (ScannerStatus): its feeder, its cover, our job."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from app.devices.scanning.escl.elements import BadXml, read_xml, text, texts
from app.devices.scanning.port import ScanTrouble

_COVER = ("hatchopen", "dooropen", "coveropen", "covernotclosed", "lidopen")
_JAM = ("jam", "mispick", "multipick", "pagetooshort", "pagetoolong", "inputtrayfailed", "inputtrayoverloaded")
"""Two sheets drawn in at once, or none, are seen to in the same way: open it, take the paper out, begin again."""


@dataclass(frozen=True, slots=True)
class JobState:
    """`state` is "Pending", "Processing", "Completed", "Canceled" or "Aborted"."""

    path: str
    state: str


@dataclass(frozen=True, slots=True)
class ScannerStatus:
    """`state` "Idle", "Processing", "Testing", "Stopped", "Down"; `feeder` as AdfState says, "" without one."""

    state: str
    feeder: str
    reasons: tuple[str, ...]
    jobs: tuple[JobState, ...]

    @property
    def is_empty(self) -> bool:
        """The feeder's sensor sees no paper. Not the end of a feed: its last sheet may still be inside."""
        return self.feeder.casefold().endswith("empty")

    def trouble(self, *, of_feeder: bool = True) -> tuple[ScanTrouble, str] | None:
        """What a hand must see to at the scanner, and the scanner's own word for it. A jam in the feeder is none
        for the glass."""
        for said in (self.feeder if of_feeder else "", *self.reasons):
            folded = said.casefold().replace("-", "")
            if any(word in folded for word in _COVER):
                return ScanTrouble.COVER_OPEN, said
            if any(word in folded for word in _JAM):
                return ScanTrouble.JAMMED, said
        return None

    def job(self, url: str) -> str:
        """The state of the job at `url`; "" when the scanner does not list it."""
        path = urlsplit(url).path.rstrip("/")
        return next((job.state for job in self.jobs if job.path == path), "")


UNKNOWN = ScannerStatus("", "", (), ())
"""Of a scanner that will not say, as some do not while they scan."""


def read_status(content: bytes) -> ScannerStatus:
    """Raises BadXml for anything but ScannerStatus."""
    root = read_xml(content)
    if root.tag != "ScannerStatus":
        raise BadXml("not ScannerStatus")
    # A job's own reasons belong to that job, which may be an old one: only the scanner's are read.
    jobs = list(root.iter("JobInfo"))
    of_jobs = {id(reason) for job in jobs for reason in job.iter()}
    reasons = tuple(
        (found.text or "").strip()[:100] for found in root.iter()
        if found.tag in {"StateReason", "ScannerStateReason"} and id(found) not in of_jobs
    )
    return ScannerStatus(
        next(texts(root, "State"), ""), text(root, "AdfState")[:100], reasons,
        tuple(JobState(_path(text(job, "JobUri")), text(job, "JobState")) for job in jobs),
    )


def _path(said: str) -> str:
    try:
        return urlsplit(said).path.rstrip("/")
    except ValueError:                                   # half of an IPv6 address
        return ""
