"""A bank's file is read by another process: a file that breaks its reader breaks nothing else."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import pytest

from app.domain.till.statement import StatementLine
from app.errors import Refusal
from ui.operations.read_statement import answer_of, command_for, read_apart

CSV = """Ngày giao dịch;Số tiền ghi có;Nội dung giao dịch;Số tham chiếu
23/11/2026;200.000;Nguyễn chuyển phí;FT01
sai;x;;
"""
SAYS = ("import json, struct, sys; head = {head}.encode(); body = {body}.encode(); "
        "sys.stdout.buffer.write(struct.pack('>II', len(head), len(body)) + head + body)")


def test_what_the_file_says_comes_back_whole(tmp_path: Path) -> None:
    file = tmp_path / "sao-ke.csv"
    file.write_text(CSV, "utf-8")
    found = read_apart(file)
    assert found.lines == (StatementLine(date(2026, 11, 23), 200_000, "Nguyễn chuyển phí", "FT01"),)
    assert found.skipped == 1 and found.columns["reference"] == "Số tham chiếu"


@pytest.mark.parametrize(("content", "code"), [
    (b"PK\x03\x04" + b"\0" * 200, "sheet_unreadable"), (b"", "statement_without_headings"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "sheet_old_format"),
])
def test_what_is_no_statement_is_refused_by_its_code(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "la.xlsx"
    file.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        read_apart(file)
    assert refused.value.code == code
    with pytest.raises(Refusal, match="sheet_unreadable"):
        read_apart(tmp_path / "không có.csv")


@pytest.mark.parametrize("script", [
    "raise SystemExit(3)", "import os; os.abort()", "print('not our language')",
    SAYS.format(head="'[]'", body="''"),
    SAYS.format(head="""'{"event": "failed", "code": "../x", "values": {}}'""", body="''"),
    SAYS.format(head="""'{"event": "done"}'""", body="'{}'"),
    SAYS.format(head="""'{"event": "done"}'""",
                body="""'{"lines": [{"day": "2026-11-23", "amount": -5, "text": "", "reference": ""}]}'"""),
])
def test_a_reader_that_dies_or_lies_is_a_file_that_cannot_be_read(tmp_path: Path, script: str) -> None:
    file = tmp_path / "sao-ke.csv"
    file.write_text(CSV, "utf-8")
    with pytest.raises(Refusal, match="sheet_unreadable"):
        read_apart(file, [sys.executable, "-c", script])


def test_a_reader_that_never_ends_is_ended() -> None:
    reading, writing = os.pipe()                   # a file that never comes to its end
    with os.fdopen(reading, "rb") as stream, os.fdopen(writing, "wb"):
        assert answer_of(command_for("sao-ke.csv", seconds=0.2), stream) is None
