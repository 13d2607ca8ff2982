"""What is asked of a network scanner: the settings of one job (ScanSettings), in the words of its capabilities."""

from __future__ import annotations

from typing import NamedTuple
from xml.sax.saxutils import escape

from app.devices.scanning.escl.capabilities import Capabilities, InputCaps
from app.devices.scanning.port import ScanTrouble, trouble_error
from app.domain.scanning import Feed, ScanSettings

_A4_WIDTH, _A4_HEIGHT = 2480, 3508
"""210 × 297 mm in 1/300 inch. Left unsaid, some scan US Letter and cut 17 mm off."""

_IN_COLOUR = ("RGB24", "Grayscale8", "BlackAndWhite1")
_IN_GREY = ("Grayscale8", "RGB24", "BlackAndWhite1")
_FORMATS = ("image/jpeg", "application/pdf", "image/png", "image/tiff")
"""JPEG comes a page at a time; a PDF may hold the whole feed back until its last page."""


class Asked(NamedTuple):
    """The XML of a job and the resolution that its pages will have."""

    xml: bytes
    dpi: int


def scan_request(settings: ScanSettings, capabilities: Capabilities) -> Asked:
    """What `settings` means for this scanner. Raises Refusal("scanner_refused", detail=…) when it has no such feed
    ("feed"), or no format that we read ("format")."""
    caps = capabilities.inputs.get(settings.feed)
    if caps is None:
        raise trouble_error(ScanTrouble.REFUSED, detail="feed")
    mime = _first(_FORMATS, caps.formats)
    if mime is None:
        raise trouble_error(ScanTrouble.REFUSED, detail="format")
    colour = _first(_IN_COLOUR if settings.is_colour else _IN_GREY, caps.colours) or "RGB24"
    dpi = caps.resolution(settings.dpi)
    return Asked(_written(settings.feed, caps, mime, colour, dpi), dpi)


def _first(wanted: tuple[str, ...], offered: frozenset[str]) -> str | None:
    return next((one for one in wanted if one in offered), None)


def _written(feed: Feed, caps: InputCaps, mime: str, colour: str, dpi: int) -> bytes:
    mime, colour = escape(mime), escape(colour)
    twice = f"<scan:DocumentFormatExt>{mime}</scan:DocumentFormatExt>" if caps.says_format_twice else ""
    sides = "" if feed is Feed.FLATBED else f"<scan:Duplex>{str(feed is Feed.DUPLEX).lower()}</scan:Duplex>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<scan:ScanSettings xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"'
        ' xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03">'
        "<pwg:Version>2.0</pwg:Version><scan:Intent>Document</scan:Intent>"
        "<pwg:ScanRegions><pwg:ScanRegion>"
        "<pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>"
        "<pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset>"
        f"<pwg:Width>{min(_A4_WIDTH, caps.max_width or _A4_WIDTH)}</pwg:Width>"
        f"<pwg:Height>{min(_A4_HEIGHT, caps.max_height or _A4_HEIGHT)}</pwg:Height>"
        "</pwg:ScanRegion></pwg:ScanRegions>"
        f"<pwg:InputSource>{'Platen' if feed is Feed.FLATBED else 'Feeder'}</pwg:InputSource>"
        f"<scan:ColorMode>{colour}</scan:ColorMode><pwg:DocumentFormat>{mime}</pwg:DocumentFormat>{twice}"
        f"<scan:XResolution>{dpi}</scan:XResolution><scan:YResolution>{dpi}</scan:YResolution>{sides}"
        "</scan:ScanSettings>"
    ).encode()
