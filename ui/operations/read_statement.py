"""A bank's file is read beside the window; nothing of it is taken yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.domain.till.statement import Statement, read_statement
from app.errors import Refusal
from ui.operations.desk import Desk


def read_statement_file(
    desk: Desk, path: Path, on_read: Callable[[Statement], object], on_failure: Callable[[Exception], object]
) -> None:
    """One answer in the GUI thread. Fails with what `read_rows` and `read_statement` refuse, `sheet_unreadable`
    (file) when the file cannot be opened."""
    def work() -> Statement:
        from app.spreadsheets.reading import read_rows  # its reader is heavy, and not for the first paint

        try:
            with path.open("rb") as stream:
                rows = read_rows(stream, path.name)
        except OSError as error:
            raise Refusal("sheet_unreadable", file=path.name) from error
        return read_statement(rows)

    desk.background.run(work, on_read, on_failure)
