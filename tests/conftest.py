"""What every test promises: no Qt or log warning, no thread and no timer left behind, no display needed."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from PySide6.QtWidgets import QApplication

from ui.theme import Theme, install_theme
from ui.translations import Language

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*.debug=false")

MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30


def pytest_configure() -> None:
    """Books of tests lie in memory where there is room: a commit then waits for no disk, half of the whole wait.

    The program asks for the same syncs; what a power cut leaves is the business of tests/faults, which kill it.
    """
    settings.register_profile("no seconds", deadline=None)     # a full machine is no fault of a rule
    settings.load_profile("no seconds")
    if "PYTEST_DEBUG_TEMPROOT" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(MEMORY)
    # Nearly all that is made at the collection stays: to look through it every 700 objects is a fifth of the time.
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The one Qt warning that is the offscreen display's own: it has no window manager to tell sizes to."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Thousands of collected tests are no garbage: without this each test of the window searched them twice."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Theme:
    """The application's one theme; a second would answer for other widgets than the first."""
    return install_theme(qapp)


@pytest.fixture(scope="session")
def spoken(qapp: QApplication) -> Language:
    """The application's one language."""
    return Language(qapp)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(record)


@pytest.fixture(autouse=True)
def no_log_warnings(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning in the log fails the test, unless the test asked for `caplog` and so looks at the log itself."""
    collector = _Collector()
    root = logging.getLogger()
    root.addHandler(collector)
    yield
    root.removeHandler(collector)
    if "caplog" not in request.fixturenames:
        said = [f"{record.name}: {record.getMessage()}" for record in collector.seen]
        assert not said, f"the log holds warnings: {said}"


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """Threads of Python that the test started have ended when it ends."""
    before = set(threading.enumerate())
    yield
    left = {thread for thread in threading.enumerate() if thread.is_alive()} - before
    for thread in left:
        thread.join(timeout=2.0)
    left = {thread for thread in left if thread.is_alive() and not thread.name.startswith("pytest_timeout")}
    assert not left, f"threads left running: {sorted(thread.name for thread in left)}"


def collect_garbage() -> None:
    """Two passes: the first runs finalizers, the second frees what they held."""
    gc.collect()
    gc.collect()
