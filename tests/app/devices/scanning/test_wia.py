"""The calls to WIA against a desk of the same few calls, written by hand after the SDK's `wiadef.h`."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pytest
from PIL import Image

from app.devices.scanning.port import ScanTrouble, Source, SourceKind
from app.devices.scanning.wia import (
    BMP,
    CAPABILITIES,
    INTENT,
    JPEG,
    NAME,
    PAGES,
    SELECT,
    STATUS,
    X_DPI,
    X_SIZE,
    Y_DPI,
    Y_SIZE,
    WiaPageSource,
    trouble_of,
)
from app.domain.scanning import Feed, ScanSettings
from app.errors import KnownError


class ComError(Exception):
    """As comtypes raises it: a signed HRESULT."""

    def __init__(self, hresult: int) -> None:
        super().__init__()
        self.hresult = hresult - (1 << 32)


class Collection:
    """Counted from 1, as COM does."""

    def __init__(self, things: Sequence[Any]) -> None:
        self._things = things

    @property
    def Count(self) -> int:
        return len(self._things)

    def Item(self, number: int) -> Any:
        if number < 1:
            raise ComError(0x80210001)
        return self._things[number - 1]


class Property:
    def __init__(self, number: int, value: object, most: int | None = None) -> None:
        self.PropertyID, self._value, self._most, self.written = number, value, most, list[object]()

    @property
    def Value(self) -> object:
        return self._value

    @Value.setter
    def Value(self, value: int) -> None:
        if self._most is not None and value > self._most:
            raise ComError(0x80070057)
        self.written.append(value)
        self._value = value


class Picture:
    def __init__(self, content: bytes) -> None:
        self.FileData = type("Vector", (), {"BinaryData": memoryview(content)})()


class Scanner:
    """One device, its item and its info in one; `answers` are pages or HRESULTs, in order."""

    Type = 1
    DeviceID = r"{6BDD1FC6-810F-11D0-BEC7-08002BE2092F}\0001"

    def __init__(self, answers: Sequence[int | bytes] = (), *, can: int | None = 7, status: int | None = 1,
                 formats: Sequence[str] = (BMP, JPEG)) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []
        self.properties = [Property(NAME, "Máy quét Thử"), Property(SELECT, 2), Property(PAGES, 0),
                           Property(INTENT, 0), Property(X_DPI, 100), Property(Y_DPI, 100), Property(X_SIZE, 0),
                           Property(Y_SIZE, 0, most=3000)]
        self.properties += [Property(CAPABILITIES, can)] if can is not None else []
        self.properties += [Property(STATUS, status)] if status is not None else []
        self.Properties, self.Formats = Collection(self.properties), Collection(formats)
        self.Items = Collection([self])

    def Connect(self) -> Scanner:
        return self

    def Transfer(self, form: str) -> Picture:
        self.asked.append(form)
        answer = self._answers.pop(0)
        if isinstance(answer, int):
            raise ComError(answer)
        return Picture(answer)

    def value(self, number: int) -> object:
        return next(each.Value for each in self.properties if each.PropertyID == number)


class Camera(Scanner):
    Type = 2
    DeviceID = "camera"


def source_over(*devices: Scanner) -> WiaPageSource:
    return WiaPageSource(lambda: type("DeviceManager", (), {"DeviceInfos": Collection(devices)})())


def page(kind: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (20, 30), "white").save(made, kind)
    return made.getvalue()


def scan(
    device: Scanner, settings: ScanSettings, source_id: str = f"wia:{Scanner.DeviceID}",
) -> tuple[list[str], str]:
    """The mimes of the pages, and the code at the end."""
    mimes: list[str] = []

    def emit(content: bytes, mime: str) -> None:
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()
        mimes.append(mime)

    try:
        source_over(device).scan(source_id, settings, emit, lambda: None)
    except KnownError as error:
        return mimes, error.code
    return mimes, ""


EMPTY, JAM = 0x80210003, 0x80210002


def test_scanners_are_listed_and_cameras_are_not() -> None:
    assert source_over(Camera(), Scanner()).list_sources() == (
        Source(f"wia:{Scanner.DeviceID}", "Máy quét Thử", SourceKind.WIA),)


@pytest.mark.parametrize(("answers", "feed", "pages", "code"), [
    ([page("JPEG")], Feed.FLATBED, 1, ""),
    ([*[page("JPEG")] * 3, EMPTY], Feed.FEEDER, 3, ""),
    ([*[page("JPEG")] * 4, EMPTY], Feed.DUPLEX, 4, ""),
    ([EMPTY], Feed.FEEDER, 0, "scanner_no_paper"),
    ([page("JPEG"), JAM], Feed.FEEDER, 1, "scanner_jammed"),
    ([page("JPEG"), 0x80210010], Feed.FEEDER, 1, "scanner_cover_open"),
    ([0x80210006], Feed.FLATBED, 0, "scanner_busy"),
    ([0x8021FFFF], Feed.FLATBED, 0, "scanner_io"),
])
def test_each_pile_ends_with_its_pages_and_its_code(
        answers: list[int | bytes], feed: Feed, pages: int, code: str) -> None:
    assert scan(Scanner(answers), ScanSettings(feed)) == (["image/jpeg"] * pages, code)


def test_what_is_asked_is_set_on_the_device() -> None:
    device = Scanner([page("JPEG")])
    scan(device, ScanSettings(Feed.DUPLEX, 200, is_colour=False, most_pages=1))
    asked = (SELECT, PAGES, INTENT, X_DPI, Y_DPI, X_SIZE)
    assert [device.value(number) for number in asked] == [5, 1, 2, 200, 200, 1700]


def test_a_smaller_glass_keeps_its_own_size() -> None:
    device = Scanner([page("JPEG")])
    assert scan(device, ScanSettings(Feed.FLATBED, 300)) == (["image/jpeg"], "")
    assert device.value(Y_SIZE) == 0


def test_a_property_that_is_as_wished_is_not_written() -> None:
    device = Scanner([page("JPEG")])
    scan(device, ScanSettings(Feed.FLATBED, 100))
    assert [each.written for each in device.properties if each.PropertyID in (SELECT, X_DPI)] == [[], []]


def test_a_driver_without_jpeg_gives_a_bitmap_that_becomes_one() -> None:
    device = Scanner([page("BMP")], formats=(BMP,))
    assert scan(device, ScanSettings(Feed.FLATBED)) == (["image/jpeg"], "")
    assert device.asked == [BMP]


def test_an_empty_feeder_is_seen_before_the_driver_takes_the_flatbed_instead() -> None:
    device = Scanner([page("JPEG")], status=2)
    assert scan(device, ScanSettings(Feed.FEEDER)) == ([], "scanner_no_paper")
    assert device.asked == []


@pytest.mark.parametrize(("can", "feed", "code"), [
    (2, Feed.FEEDER, "scanner_refused"), (3, Feed.DUPLEX, "scanner_refused"), (1, Feed.FLATBED, "scanner_refused"),
    (None, Feed.FEEDER, "scanner_refused"), (None, Feed.FLATBED, ""), (3, Feed.FEEDER, ""),
])
def test_a_way_the_device_does_not_have_is_refused(can: int | None, feed: Feed, code: str) -> None:
    assert scan(Scanner([page("JPEG"), EMPTY], can=can), ScanSettings(feed))[1] == code


def test_most_pages_ends_the_pile() -> None:
    device = Scanner([page("JPEG")] * 9)
    assert scan(device, ScanSettings(Feed.FEEDER, most_pages=2)) == (["image/jpeg"] * 2, "")


def test_a_scanner_that_is_gone_is_told() -> None:
    assert scan(Scanner(), ScanSettings(), "wia:another") == ([], "scanner_not_found")


def test_a_mistake_of_ours_is_not_taken_for_the_scanner() -> None:
    assert trouble_of(ValueError()) is None
    with pytest.raises(IndexError):
        scan(Scanner([]), ScanSettings(Feed.FLATBED))


def test_without_windows_there_is_no_wia() -> None:
    with pytest.raises(KnownError) as told:
        WiaPageSource().list_sources()
    assert told.value.code == ScanTrouble.NONE_INSTALLED.value
