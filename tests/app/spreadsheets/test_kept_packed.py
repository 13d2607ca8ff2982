"""A list of citizens never lies in a temporary file while its spreadsheet is made."""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.spreadsheets.kept_packed import PackedText
from app.spreadsheets.writing import write_table
from tests.app.spreadsheets.tables import rows, table


def open_files() -> set[str]:
    """What this process holds open, a file without a name too."""
    found = set()
    for each in Path("/proc/self/fd").iterdir():
        try:
            found.add(str(each.readlink()))
        except OSError:
            continue                               # the folder's own, gone by now
    return found


def test_no_row_is_put_into_a_file_before_the_sheet_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before, seen = open_files(), []

    def look(count: int) -> None:
        seen.append(count)
        assert list(tmp_path.rglob("*")) == []
        assert open_files() - before == set()

    write_table(io.BytesIO(), table(), look, rows=rows(1_200))
    assert seen == [500, 1000, 1200]


def test_a_stopped_list_leaves_nothing_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208  the descriptors, not their files

    def stop(_count: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        write_table(io.BytesIO(), table(), stop, rows=rows(600))
    assert list(tmp_path.iterdir()) == []
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


LETTERS = st.characters(exclude_categories=["Cs"])


@given(st.lists(st.text(LETTERS, max_size=40), max_size=30), st.integers(1, 3_000))
def test_packed_text_comes_back_as_it_was_written(texts: list[str], times: int) -> None:
    text = PackedText()
    whole = "".join(texts)
    for _ in range(times if len(whole) < 60 else 1):
        text.write(whole)
    assert b"".join(text.pieces()) == (whole * (times if len(whole) < 60 else 1)).encode()
