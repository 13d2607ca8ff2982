"""F12 twice is one act; what an act says is seen; a start of the program waits for nobody who writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.devices.printer import PrinterStatus
from app.domain.self_check import Part, State
from app.errors import EnvironmentFault
from app.services import first_run
from app.store.boot import read_mark
from app.store.settings import read_setting
from tests.office import MORNING, Office, office_in
from tests.ui.dossier.desk import AtOnce, make_desk
from ui.background.tasks import Task
from ui.command_line import self_check
from ui.operations import first_run as acts
from ui.pages import enrol
from ui.pages.enrol import EnrolPage
from ui.pages.first_run.medium import MediumPanel
from ui.pages.first_run.panel import StepPanel
from ui.pages.first_run.printer import PrinterPanel
from ui.pages.first_run.restart import RestartPanel
from ui.paper_printer import PaperPrinter


class Queue:
    """A pool that works when it is told to, the last job first: so may a pool of two."""

    def __init__(self) -> None:
        self.jobs: list[Callable[[], object]] = []

    def run(self, work: Any, on_done: Any = None, on_failure: Any = None, *, takes_task: bool = False) -> Task:
        self.jobs.append(lambda: AtOnce().run(work, on_done, on_failure, takes_task=takes_task))
        return Task(1)

    def work(self) -> int:
        jobs, self.jobs = self.jobs, []
        for job in reversed(jobs):
            job()
        return len(jobs)


@pytest.fixture
def office(tmp_path: Path, qapp: QApplication) -> Iterator[Office]:
    with office_in(tmp_path) as found:
        yield found


@pytest.mark.parametrize("panel_of", [RestartPanel, PrinterPanel, MediumPanel])
def test_f12_twice_is_one_act_and_may_be_pressed_again_after_it(
    office: Office, qtbot: QtBot, tmp_path: Path, panel_of: Callable[..., StepPanel],
) -> None:
    queue = Queue()
    panel = panel_of(replace(make_desk(office)[0], background=queue))  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    if isinstance(panel, MediumPanel):
        panel.field.set_text(str(tmp_path / "nowhere"))
    if isinstance(panel, RestartPanel):
        panel.set_label("F12")
    for _ in range(2):
        panel.act()
        panel.act()
        assert queue.work() == 1


def test_the_mark_that_was_left_is_the_one_that_is_looked_for(office: Office, qtbot: QtBot) -> None:
    queue = Queue()
    panel = RestartPanel(replace(make_desk(office)[0], background=queue))  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    panel.act()
    panel.act()
    queue.work()
    with office.application.database.reading() as connection:
        wanted = read_setting(connection, first_run.SETTING)["restart"]["token"]
    assert read_mark(office.application.folder.root) == wanted


@pytest.mark.parametrize("is_open", [True, False])
def test_the_page_of_enrolment_shows_what_became_of_the_practice_window(
    office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, is_open: bool,
) -> None:
    monkeypatch.setattr(enrol, "open_practice_room", lambda: is_open)
    page = EnrolPage(make_desk(office)[0], office.application.folder)
    qtbot.addWidget(page)
    page.practise()
    assert page._said.isVisibleTo(page)
    assert ("Chưa mở được" in page._said.text()) is not is_open


def test_a_start_without_a_mark_to_look_for_waits_for_nobody_who_writes(office: Office) -> None:
    database = office.application.database
    with database.writing():
        assert acts.look_after_restart(office.application) is None
    with database.writing() as connection:
        first_run.begin_restart_test(connection, "dau", "start-1", MORNING)
    assert acts.look_after_restart(office.application) is False
    with database.writing():
        assert acts.look_after_restart(office.application) is None, "judged once"


def test_files_are_no_printer_and_a_queue_called_pdf_is_one(
    office: Office, monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk, _ = make_desk(office)
    assert PaperPrinter(office.application).port("pdf").list_printers()
    monkeypatch.setattr(PaperPrinter, "_way_of_this_machine", lambda _: "pdf")
    assert acts.printers_here(desk) == ()
    assert self_check.check_printer(office.application).found == "files"

    class OfSystem:
        def list_printers(self) -> tuple[PrinterStatus, ...]:
            return (PrinterStatus("PDF", is_default=True, trouble=None),)

    monkeypatch.setattr(PaperPrinter, "port", lambda self, way="": OfSystem())
    assert acts.printers_here(desk) == ("PDF",)
    checked = self_check.check_printer(office.application)
    assert (checked.part, checked.state) == (Part.PRINTER, State.GOOD)


def test_a_print_system_that_answers_again_is_not_called_down_any_more(office: Office, qtbot: QtBot) -> None:
    panel = PrinterPanel(make_desk(office)[0])
    qtbot.addWidget(panel)
    panel._on_none(EnvironmentFault("print_system_down"))
    assert "print_system_down" in panel.result.accessibleName()
    panel._on_printers(("Máy in Mẫu",))
    assert panel.result.isHidden() and "1" in panel.found.text()
