"""Network scanners, spoken to directly by eSCL (AirScan, Mopria): no driver of the maker, no SANE, any system.

    announced by mDNS (`_uscan._tcp`, `_uscans._tcp`) or an address typed by hand
      GET  ScannerCapabilities            what it has: glass, feeder, both sides, colours, formats, dpi
      POST ScanJobs                       201 and where the job lives
      GET  <job>/NextDocument             one page; 503: not yet; 404: that was all
      GET  ScannerStatus                  asked whenever an answer is not a page: jam, open cover, no paper
      DELETE <job>                        given up: cancelled, broken, or enough pages

What a scanner says is taken with care. It is some box on the office's line: its XML may not hold entities, its
pages have a size limit while they arrive, their kind is what their first bytes say, its `Location` may only name
a path on the machine we were talking to already, and no redirect leads to another one.

Encrypted scanners sign for themselves: nobody issues a certificate for 192.168.1.20. Their certificate is
therefore not verified when the address is one of the office's own (private, link-local, loopback), but whoever
answered first must answer until the job's end. Beyond the office an address is verified like any other.
Remembering the certificate between two jobs was tried in thought and left: scanners make a new one with each new
address, and a clerk cannot judge a fingerprint.

Protocol: Mopria eSCL Technical Specification 2.97; the differences of real devices as sane-airscan met them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.devices.scanning.escl.source import EsclPageSource

__all__ = ["EsclPageSource"]


def __getattr__(name: str) -> object:
    """Load the network libraries with the first use: the window checks a typed address without them."""
    if name != "EsclPageSource":
        raise AttributeError(name)
    from app.devices.scanning.escl.source import EsclPageSource

    return EsclPageSource
