"""`python -m app report II.06a --from 2026-01-01 --to 2026-12-31`: a report as JSON, a spreadsheet or a paper."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.bootstrap import Application
from app.domain.identifiers import uuid7
from app.domain.people.roles import Act
from app.domain.reports.periods import Period
from app.domain.reports.table import ReportTable, drill_key
from app.errors import Refusal
from app.services.asked import ask_data
from app.services.reports.asking import asking
from app.services.reports.registry import choice_of
from app.whole_file import put_whole
from ui.command_line.acting import acting_clerk
from ui.command_line.answer import Said, text_of
from ui.command_line.folder import opened


def report(said: Said) -> Mapping[str, Any]:
    """The rows, and the file where one is asked for; of persons only when the purpose is kept.

    Raises Refusal `purpose_missing`, `file_unwritable` (file).
    """
    with opened(said) as office:
        period = Period(said.first, said.last)
        choice = choice_of(text_of(said.report).strip())
        with office.database.reading() as connection:
            asked = asking(
                connection, office.enrolled, office.catalogue.agencies, period, now=office.clock.now(),
                made_by=office.enrolled.shift_name,
            )
            table = choice.make(connection, asked)
        if choice.has_persons:
            _ask(office, text_of(said.purpose), table, period)
    files = _write(table, said.xlsx, said.pdf)
    columns = [{"key": each.key, "title": each.title, "number": each.number} for each in table.columns]
    return {
        "ok": True, "report": table.id, "title": table.title, "period": table.period_words,
        "columns": columns,
        "rows": [_row(table, at) for at in range(len(table.rows))], "notes": list(table.notes), "files": files,
    }


def _ask(office: Application, purpose: str, table: ReportTable, period: Period) -> None:
    clerk, now = acting_clerk(office, "", Act.ASK_DATA), office.clock.now()
    with office.database.writing() as connection:
        ask_data(
            connection, office.enrolled, clerk, purpose=purpose,
            what=f"{table.id} {period.first.isoformat()}..{period.last.isoformat()}", count=len(table.rows),
            intent=uuid7(now, office.randomness), now=now, randomness=office.randomness,
        )


def _row(table: ReportTable, at: int) -> dict[str, Any]:
    row = table.rows[at]
    lists = {column.key: key for column in table.columns if (key := drill_key(table, row, column)) is not None}
    cells = {column.key: cell for column, cell in zip(table.columns, row.cells, strict=True)}
    return {**cells, "level": row.level, "is_total": row.is_total, "lists": lists}


def _write(table: ReportTable, xlsx: Path | None, pdf: Path | None) -> list[str]:
    files = []
    if xlsx is not None:
        from app.spreadsheets.writing import write_table  # only who wants a file waits for its library

        write_table(xlsx.absolute(), table)
        files.append(str(xlsx.absolute()))
    if pdf is not None:
        from app.printing.report_table import render_report

        try:
            put_whole(pdf.absolute(), render_report(table))
        except OSError as error:
            raise Refusal("file_unwritable", file=pdf.name) from error
        files.append(str(pdf.absolute()))
    return files
