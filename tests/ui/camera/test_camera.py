"""The camera through its real process, with drawn pictures where the lens would be."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.errors import KnownError
from ui.background.camera import Camera, CameraDevice, Still
from ui.background.camera_format import best_format, why_not

LARGE, SMALL, DARK, BUSY = "test:1", "test:2", "test:3", "test:4"
LONG = 30_000
PICTURES = ("--pictures", "0.5")


class Heard:
    """What a camera has said."""

    def __init__(self, camera: Camera) -> None:
        self.previews: list[QImage] = []
        self.stills: list[Still] = []
        self.failures: list[KnownError] = []
        self.found: list[tuple[CameraDevice, ...]] = []
        camera.preview.connect(self.previews.append)
        camera.still.connect(self.stills.append)
        camera.failed.connect(self.failures.append)
        camera.found.connect(self.found.append)


@pytest.fixture
def camera(qtbot: QtBot) -> Iterator[Camera]:
    made = Camera(arguments=PICTURES, patience_ms=1_800, pauses_ms=(20, 20))
    yield made
    made.close()


def opened(qtbot: QtBot, camera: Camera, device: str = LARGE) -> Heard:
    heard = Heard(camera)
    camera.start()
    camera.open(device)
    qtbot.waitUntil(lambda: bool(heard.previews), timeout=LONG)
    return heard


def test_the_cameras_of_this_pc_are_listed(qtbot: QtBot, camera: Camera) -> None:
    heard = Heard(camera)
    camera.start()
    qtbot.waitUntil(lambda: bool(heard.found), timeout=LONG)
    assert {LARGE, SMALL} <= {each.id for each in heard.found[0]}


@pytest.mark.parametrize(("device", "size", "shown"), [
    (LARGE, QSize(2592, 1944), QSize(960, 720)), (SMALL, QSize(1280, 720), QSize(960, 540)),
])
def test_the_preview_is_small_and_the_still_is_whole(
    qtbot: QtBot, camera: Camera, device: str, size: QSize, shown: QSize
) -> None:
    heard = opened(qtbot, camera, device)
    assert heard.previews[0].size() == shown
    assert camera.take_still()
    qtbot.waitUntil(lambda: bool(heard.stills), timeout=LONG)
    still = heard.stills[0]
    whole = QImage.fromData(still.content, "JPG")
    assert whole.size() == size
    assert max(still.small.width(), still.small.height()) == 240
    middle = whole.pixelColor(size.width() // 2, size.height() // 2)
    assert middle.lightness() > 200 or middle.lightness() < 90     # paper or ink, not the table's edge
    assert whole.pixelColor(3, size.height() - 3).lightness() < 90


def test_previews_go_on_as_they_are_seen(qtbot: QtBot, camera: Camera) -> None:
    heard = opened(qtbot, camera, SMALL)
    qtbot.waitUntil(lambda: len(heard.previews) >= 5, timeout=LONG)
    assert heard.failures == []


def test_another_camera_takes_the_place_of_the_one_before(qtbot: QtBot, camera: Camera) -> None:
    heard = opened(qtbot, camera, LARGE)
    camera.open(SMALL)
    qtbot.waitUntil(lambda: heard.previews[-1].size() == QSize(960, 540), timeout=LONG)


@pytest.mark.parametrize(("device", "code"), [
    (BUSY, "camera_busy"), (DARK, "camera_silent"), ("/dev/no-such-camera", "camera_none"),
])
def test_a_camera_that_cannot_be_had_is_named(
    qtbot: QtBot, camera: Camera, device: str, code: str
) -> None:
    heard = Heard(camera)
    camera.start()
    camera.open(device)
    qtbot.waitUntil(lambda: bool(heard.failures), timeout=LONG)
    assert heard.failures[0].code == code
    camera.open(SMALL)
    qtbot.waitUntil(lambda: bool(heard.previews), timeout=LONG)


def test_without_a_camera_no_still_is_promised(camera: Camera) -> None:
    assert not camera.take_still()


@pytest.mark.parametrize(("harm", "code"), [
    (signal.SIGKILL, "camera_died"), (signal.SIGSTOP, "camera_silent"),
    pytest.param(signal.SIGSEGV, "camera_died", marks=pytest.mark.slow),
])
def test_a_process_that_dies_or_hangs_is_told_and_started_again(
    qtbot: QtBot, camera: Camera, harm: signal.Signals, code: str
) -> None:
    heard = opened(qtbot, camera, SMALL)
    first = camera.pid
    os.kill(first, harm)
    qtbot.waitUntil(lambda: bool(heard.failures), timeout=LONG)
    assert (heard.failures[0].code, heard.failures[0].values["will_restart"]) == (code, True)
    heard.previews.clear()
    qtbot.waitUntil(lambda: bool(heard.previews), timeout=LONG)
    assert camera.pid not in (0, first)


def test_a_process_that_dies_each_time_is_left_alone_until_a_person_asks(qtbot: QtBot) -> None:
    camera = Camera(arguments=PICTURES, pauses_ms=(20,))
    try:
        heard = Heard(camera)
        camera.start()
        qtbot.waitUntil(lambda: bool(heard.found), timeout=LONG)      # it lives, but no picture came yet
        os.kill(camera.pid, signal.SIGKILL)
        qtbot.waitUntil(lambda: len(heard.found) == 2, timeout=LONG)
        os.kill(camera.pid, signal.SIGKILL)
        qtbot.waitUntil(lambda: len(heard.failures) == 2, timeout=LONG)
        assert [error.values["will_restart"] for error in heard.failures] == [True, False]
        assert camera.pid == 0
        camera.restart()
        camera.open(SMALL)
        qtbot.waitUntil(lambda: bool(heard.previews), timeout=LONG)
    finally:
        camera.close()


def test_closing_ends_the_process(qtbot: QtBot, camera: Camera) -> None:
    opened(qtbot, camera, SMALL)
    process = camera.pid
    camera.close()
    assert camera.pid == 0
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@pytest.mark.parametrize(("formats", "best"), [
    ([(640, 480, 30.0), (3264, 2448, 15.0), (1920, 1080, 30.0)], 1),
    ([(3264, 2448, 1.0), (1920, 1080, 30.0)], 1),                  # too slow to lead a hand by
    ([(3264, 2448, 5.0), (3264, 2448, 15.0)], 1),                  # the livelier of two that are as large
    ([(9000, 7000, 30.0), (3264, 2448, 15.0)], 1),                 # more than any light table takes
    ([(9000, 7000, 1.0)], 0),
])
def test_the_format_with_the_most_points_that_still_moves_is_for_paper(
    formats: list[tuple[int, int, float]], best: int
) -> None:
    assert best_format(formats) == best


@pytest.mark.parametrize(("device", "words", "code"), [
    ("x", "Device or resource busy", "camera_busy"),
    ("x", "The video recording device is being used by another application", "camera_busy"),
    ("x", "Permission denied", "camera_refused"), ("x", "", "camera_refused"),
    ("/dev/no-such-camera", "Could not open", "camera_none"),
])
def test_what_the_system_says_has_a_code(device: str, words: str, code: str) -> None:
    assert why_not(device, words) == code
