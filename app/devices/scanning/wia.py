"""Scanners of Windows through its own WIA Automation Library 2.0 (`wiaaut.dll`), a COM object with names.

Property numbers, flags and HRESULTs are those of the Windows SDK's `wiadef.h`. Thin on purpose: what happens on a
real desk can only be seen there; `tests` hold these calls against a desk of the same few calls, written by hand.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from app.devices.scanning.port import Emit, ScanTrouble, Source, SourceKind, trouble_error
from app.domain.scanning import Feed, ScanSettings
from app.errors import KnownError

_PREFIX = f"{SourceKind.WIA.value}:"
_SCANNER = 1                                           # WiaDeviceType.ScannerDeviceType
NAME = 7                                               # WIA_DIP_DEV_NAME
CAPABILITIES, STATUS, SELECT, PAGES = 3086, 3087, 3088, 3096   # WIA_DPS_DOCUMENT_HANDLING_…, WIA_DPS_PAGES
FEED, FLAT, DUP = 1, 2, 4                              # in CAPABILITIES
FEED_READY = 1                                         # in STATUS
FEEDER, FLATBED, DUPLEX = 1, 2, 4                      # in SELECT
INTENT, X_DPI, Y_DPI = 6146, 6147, 6148                # WIA_IPS_CUR_INTENT, WIA_IPS_XRES, WIA_IPS_YRES
X_AT, Y_AT, X_SIZE, Y_SIZE = 6149, 6150, 6151, 6152    # WIA_IPS_XPOS …, in pixels
COLOUR_INTENT, GREY_INTENT = 1, 2
JPEG = "{B96B3CAE-0728-11D3-9D7B-0000F81EF32E}"        # WiaImgFmt_JPEG
BMP = "{B96B3CAB-0728-11D3-9D7B-0000F81EF32E}"         # WiaImgFmt_BMP, which every driver has
PAGE_INCHES = (8.5, 11.69)

_TROUBLES = {                                          # FACILITY_WIA is 33: 0x8021….
    0x80210002: ScanTrouble.JAMMED,                    # WIA_ERROR_PAPER_JAM
    0x80210003: ScanTrouble.NO_PAPER,                  # WIA_ERROR_PAPER_EMPTY
    0x80210004: ScanTrouble.JAMMED,                    # WIA_ERROR_PAPER_PROBLEM
    0x80210005: ScanTrouble.NOT_FOUND,                 # WIA_ERROR_OFFLINE
    0x80210006: ScanTrouble.BUSY,                      # WIA_ERROR_BUSY
    0x80210007: ScanTrouble.BUSY,                      # WIA_ERROR_WARMING_UP
    0x80210008: ScanTrouble.REFUSED,                   # WIA_ERROR_USER_INTERVENTION
    0x80210009: ScanTrouble.NOT_FOUND,                 # WIA_ERROR_ITEM_DELETED
    0x8021000A: ScanTrouble.IO,                        # WIA_ERROR_DEVICE_COMMUNICATION
    0x8021000B: ScanTrouble.REFUSED,                   # WIA_ERROR_INVALID_COMMAND
    0x8021000C: ScanTrouble.REFUSED,                   # WIA_ERROR_INCORRECT_HARDWARE_SETTING
    0x8021000D: ScanTrouble.BUSY,                      # WIA_ERROR_DEVICE_LOCKED
    0x8021000E: ScanTrouble.DIED,                      # WIA_ERROR_EXCEPTION_IN_DRIVER
    0x8021000F: ScanTrouble.IO,                        # WIA_ERROR_INVALID_DRIVER_RESPONSE
    0x80210010: ScanTrouble.COVER_OPEN,                # WIA_ERROR_COVER_OPEN, 16 in wiadef.h …
    0x80210016: ScanTrouble.COVER_OPEN,                # … and 0x16 in the vendor's table of error codes: either
    0x80210011: ScanTrouble.REFUSED,                   # WIA_ERROR_LAMP_OFF
    0x80210013: ScanTrouble.BUSY,                      # WIA_ERROR_NETWORK_RESERVATION_FAILED
    0x80210014: ScanTrouble.JAMMED,                    # WIA_ERROR_MULTI_FEED
    0x80210015: ScanTrouble.NOT_FOUND,                 # WIA_S_NO_DEVICE_AVAILABLE
    0x80070005: ScanTrouble.REFUSED,                   # E_ACCESSDENIED
    0x80040154: ScanTrouble.NONE_INSTALLED,            # REGDB_E_CLASSNOTREG: wiaaut.dll is not there
    0x800706BA: ScanTrouble.DIED,                      # RPC_S_SERVER_UNAVAILABLE: the WIA service has ended
    0x800706BE: ScanTrouble.DIED,                      # RPC_S_CALL_FAILED: it ended in the middle of a call
}


def _device_manager() -> Any:
    return import_module("comtypes.client").CreateObject("WIA.DeviceManager")      # there is none but on Windows


class WiaPageSource:
    """`port.PageSource` over WIA. `manager` makes the COM object "WIA.DeviceManager"."""

    def __init__(self, manager: Callable[[], Any] = _device_manager) -> None:
        self._manager = manager

    def list_sources(self) -> tuple[Source, ...]:
        """Every scanner Windows knows. What it can feed is asked only when it is opened: opening wakes it."""
        with _told():
            infos = self._manager().DeviceInfos
            found = [infos.Item(number) for number in range(1, infos.Count + 1)]
            return tuple(
                Source(f"{_PREFIX}{info.DeviceID}", str(_read(info, NAME) or info.DeviceID), SourceKind.WIA)
                for info in found if info.Type == _SCANNER)

    def scan(self, source_id: str, settings: ScanSettings, emit: Emit, progress: Callable[[], None]) -> None:
        with _told():
            progress()
            device = self._connect(source_id.removeprefix(_PREFIX))
            progress()
            _choose_feed(device, settings.feed)
            item = device.Items.Item(1)
            _set_up(item, settings)
            mime_format = JPEG if _has_format(item, JPEG) else BMP
            pages = 0
            while True:
                try:
                    image = item.Transfer(mime_format)
                except Exception as error:
                    if pages and trouble_of(error) is ScanTrouble.NO_PAPER:
                        return                         # the feeder ran empty: that is how a pile ends
                    raise
                emit(*_content(image, settings.dpi))
                pages += 1
                if settings.feed is Feed.FLATBED or pages == settings.most_pages:
                    return

    def _connect(self, device_id: str) -> Any:
        infos = self._manager().DeviceInfos
        for number in range(1, infos.Count + 1):
            if infos.Item(number).DeviceID == device_id:
                return infos.Item(number).Connect()
        raise trouble_error(ScanTrouble.NOT_FOUND)


def trouble_of(error: Exception) -> ScanTrouble | None:
    """The trouble a COM error's HRESULT names; None when it is no COM error."""
    code = getattr(error, "hresult", None)
    return None if code is None else _TROUBLES.get(code & 0xFFFFFFFF, ScanTrouble.IO)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """COM errors leave as codes of the port."""
    try:
        yield
    except KnownError:
        raise
    except ImportError as error:
        raise trouble_error(ScanTrouble.NONE_INSTALLED, detail=str(error.name or "")) from error
    except Exception as error:
        if (trouble := trouble_of(error)) is None:
            raise
        raise trouble_error(trouble, detail=f"0x{getattr(error, 'hresult', 0) & 0xFFFFFFFF:08X}") from error


def _choose_feed(device: Any, feed: Feed) -> None:
    can = _read(device, CAPABILITIES)
    if can is None:                                    # a plain flatbed need not have the property
        can = FLAT
    needed = {Feed.FLATBED: FLAT, Feed.FEEDER: FEED, Feed.DUPLEX: FEED | DUP}[feed]
    if can & needed != needed:
        raise trouble_error(ScanTrouble.REFUSED, detail=feed.value)
    _write(device, SELECT, {Feed.FLATBED: FLATBED, Feed.FEEDER: FEEDER, Feed.DUPLEX: FEEDER | DUPLEX}[feed])
    if feed is Feed.FLATBED:
        return
    status = _read(device, STATUS)
    if status is not None and not status & FEED_READY:
        raise trouble_error(ScanTrouble.NO_PAPER)      # some drivers would scan the flatbed instead
    _write(device, PAGES, 1)                           # one picture for each transfer


def _set_up(item: Any, settings: ScanSettings) -> None:
    _write(item, INTENT, COLOUR_INTENT if settings.is_colour else GREY_INTENT)
    _write(item, X_DPI, settings.dpi)
    _write(item, Y_DPI, settings.dpi)
    for number, value in ((X_AT, 0), (Y_AT, 0), (X_SIZE, PAGE_INCHES[0]), (Y_SIZE, PAGE_INCHES[1])):
        with contextlib.suppress(Exception):           # a smaller glass refuses the size and keeps its own
            _write(item, number, round(value * settings.dpi))


def _has_format(item: Any, wanted: str) -> bool:
    return any(item.Formats.Item(number).upper() == wanted for number in range(1, item.Formats.Count + 1))


def _content(image: Any, dpi: int) -> tuple[bytes, str]:
    content = bytes(image.FileData.BinaryData)
    if content[:3] == b"\xff\xd8\xff":
        return content, "image/jpeg"
    from PIL import Image

    made = io.BytesIO()
    with Image.open(io.BytesIO(content), formats=["BMP"]) as picture:
        picture.convert("RGB" if picture.mode not in ("1", "L") else "L").save(
            made, "JPEG", quality=90, subsampling=0, dpi=(dpi, dpi))
    return made.getvalue(), "image/jpeg"


def _property(thing: Any, number: int) -> Any:
    for place in range(1, thing.Properties.Count + 1):
        if thing.Properties.Item(place).PropertyID == number:
            return thing.Properties.Item(place)
    return None


def _read(thing: Any, number: int) -> Any:
    found = _property(thing, number)
    return None if found is None else found.Value


def _write(thing: Any, number: int, value: int) -> None:
    """Set a property; one that the device does not have, or that is as wished already, is left alone."""
    found = _property(thing, number)
    if found is not None and found.Value != value:
        found.Value = value
