"""A report is made, and written to a file, beside the window; either can be given up in the middle."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.reports.chart import Chart
from app.domain.reports.periods import Period
from app.domain.reports.table import ReportTable, Row
from app.errors import Refusal
from app.services.reports.asking import Asking, asking
from app.services.reports.charts import charts_of
from app.services.reports.listing import list_rows, list_table
from app.services.reports.offered import Counted, counted_by
from app.services.reports.registry import choice_of
from app.store.stopping import given_up_when
from app.whole_file import put_whole
from ui.background.tasks import Task
from ui.models.dossier_rows import known_now
from ui.operations.desk import Desk, clerk_at

if TYPE_CHECKING:
    from app.printing.chart_picture import Picture

OnFailure = Callable[[Exception], object]
SHEET, PAPER = ".xlsx", ".pdf"


class Ticker(QObject):
    """Carries how many rows are written from the thread that writes to the one that shows."""

    told = Signal(int)


@dataclass(frozen=True, slots=True)
class Made:
    """A report as it was asked for; its lists and charts are asked for with the same question."""

    asked: Asking
    table: ReportTable


@dataclass(frozen=True, slots=True)
class FigureList:
    """What stands behind one figure, as it was opened: why, how many; `counted`: which dossiers, once found."""

    asked: Asking
    key: str
    title: str
    count: int
    purpose: str
    has_persons: bool = True
    counted: Counted | None = None


def make(
    desk: Desk, report: str, period: Period, on_made: Callable[[Made], object], on_failure: OnFailure
) -> Task:
    """Fails with what the report refuses."""
    office, now, made_by = desk.office, desk.clock(), clerk_at(desk).name

    def work(task: Task) -> Made:
        with office.database.reading() as connection, given_up_when(connection, lambda: task.is_cancelled):
            asked = asking(
                connection, office.enrolled, office.catalogue.agencies, period, now=now, made_by=made_by
            )
            return Made(asked, choice_of(report).make(connection, asked))

    return desk.background.run(work, on_made, on_failure, takes_task=True)


def find_dossiers(
    desk: Desk, figure: FigureList, on_found: Callable[[FigureList], object], on_failure: OnFailure
) -> Task:
    """Which dossiers the figure counts: some are found one by one. Fails with `report_without_list`."""
    database = desk.office.database

    def work(task: Task) -> FigureList:
        with database.reading() as connection, given_up_when(connection, lambda: task.is_cancelled):
            return replace(figure, counted=counted_by(connection, figure.asked, figure.key))

    return desk.background.run(work, on_found, on_failure, takes_task=True)


def count_charts(
    desk: Desk, made: Made, on_charted: Callable[[tuple[Chart, ...]], object], on_failure: OnFailure
) -> Task:
    """The charts of a report; only who looks at them waits for what they count beside its table."""
    database = desk.office.database

    def work(task: Task) -> tuple[Chart, ...]:
        with database.reading() as connection, given_up_when(connection, lambda: task.is_cancelled):
            return charts_of(connection, made.asked, made.table)

    return desk.background.run(work, on_charted, on_failure, takes_task=True)


def draw(
    desk: Desk, charts: tuple[Chart, ...], wide: int, high: int, density: float,
    on_drawn: Callable[[tuple[Picture, ...]], object], on_failure: OnFailure,
) -> Task:
    """The charts as pictures for a page of `wide` by `high` pixels."""
    def work(task: Task) -> tuple[Picture, ...]:
        from app.printing.chart_picture import chart_picture  # only who looks at a chart waits for it

        pictures = []
        for chart in charts:
            task.check()
            pictures.append(chart_picture(chart, wide, density, most=high))
        return tuple(pictures)

    return desk.background.run(work, on_drawn, on_failure, takes_task=True)


def save_table(
    desk: Desk, table: ReportTable, charts: tuple[Chart, ...], target: Path, ticker: Ticker,
    on_saved: Callable[[Path], object], on_failure: OnFailure,
) -> Task:
    """As a spreadsheet or a paper, by the ending of `target`; a paper is signed, and has the charts behind it.

    Fails with `file_unwritable` (file).
    """
    place = desk.office.enrolled.paper_head.place

    def work(task: Task) -> Path:
        _write(target, table, None, task, ticker, place=place, charts=charts)
        return target

    return desk.background.run(work, on_saved, on_failure, takes_task=True)


def save_list(
    desk: Desk, figure: FigureList, target: Path, ticker: Ticker, on_saved: Callable[[Path], object],
    on_failure: OnFailure,
) -> Task:
    """Every dossier of the list, read row by row. Fails as `save_table` does."""
    office = desk.office

    def work(task: Task) -> Path:
        known = known_now(desk)
        table = list_table(figure.asked, figure.key, figure.title, figure.purpose)
        with office.database.reading() as connection, given_up_when(connection, lambda: task.is_cancelled):
            _write(target, table, list_rows(connection, figure.asked, figure.key, known), task, ticker)
        return target

    return desk.background.run(work, on_saved, on_failure, takes_task=True)


def _write(
    target: Path, table: ReportTable, rows: Iterable[Row] | None, task: Task, ticker: Ticker, *,
    place: str | None = None, charts: tuple[Chart, ...] = (),
) -> None:
    def tell(count: int) -> None:
        task.check()
        ticker.told.emit(count)

    # Only who wants a file waits for its library.
    if target.suffix == SHEET:
        from app.spreadsheets.writing import write_table

        write_table(target, table, tell, rows=rows)
        return
    from app.printing.report_table import render_report

    pdf = render_report(table, rows=rows, place=place, charts=charts, progress=tell)
    task.check()
    try:
        put_whole(target, pdf)
    except OSError as error:
        raise Refusal("file_unwritable", file=target.name) from error
