"""Makes the context that every page is given, from an opened office and the window around it."""

from __future__ import annotations

from collections.abc import Callable

from app.bootstrap import Application
from ui.background.scan_desk import ScanDesk
from ui.background.tasks import BackgroundTasks
from ui.changes import Changes
from ui.context import Context, Frame, SecondCopy, Sound
from ui.operations.desk import Desk
from ui.paper_printer import PaperPrinter


def make_desk(
    office: Application, *, language: Callable[[], str], changes: Changes, background: BackgroundTasks,
    frame: Frame, sound: Sound, scans: ScanDesk, second_copy: SecondCopy | None = None,
) -> Desk:
    """The desk of the clerk whose shift it is; personal sign-in belongs to the accounts of a later release."""
    return Context(
        office=office,
        clock=office.clock.now,
        clerk=lambda: office.enrolled.shift_clerk,
        language=language,
        changes=changes,
        background=background,
        printer=PaperPrinter(office),
        frame=frame,
        sound=sound,
        scans=scans,
        second_copy=second_copy,
    )
