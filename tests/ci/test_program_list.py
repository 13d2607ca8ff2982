"""The list that a build leaves in the program, and what the verifier makes of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from installer import __main__ as build

from app.book_verifier import check_program
from app.book_verifier.findings import Findings


@pytest.fixture
def program(tmp_path: Path) -> Path:
    for name in ("quay-mot-cua", "VERSION", "_internal/thư-viện.so"):
        file = tmp_path / "program" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")
    (tmp_path / "program" / "_internal" / "second.so").symlink_to("thư-viện.so")
    build.list_files(tmp_path / "program")
    return tmp_path / "program"


def looked(program: Path | None) -> Findings:
    found = Findings()
    check_program(program, found)
    return found


def test_a_program_as_it_was_built_is_whole_and_its_list_can_be_compared(program: Path) -> None:
    found = looked(program)
    assert (found.breaks, found.looked) == ([], {"program": 4})
    (note,) = found.notes
    assert note.values == {"digest": hashlib.sha256((program / "files.sha256").read_bytes()).hexdigest()}
    assert build.list_files(program).read_bytes() == (program / "files.sha256").read_bytes(), "the same each time"


@pytest.mark.parametrize(("edit", "said"), [
    (lambda folder: (folder / "VERSION").write_text("9"), ("program/VERSION", "file_changed")),
    (lambda folder: (folder / "VERSION").unlink(), ("program/VERSION", "file_missing")),
    (lambda folder: (folder / "_internal" / "sitecustomize.py").write_text("x"),
     ("program/_internal/sitecustomize.py", "file_added")),
    (lambda folder: (folder / "files.sha256").unlink(), ("program/files.sha256", "file_missing")),
    (lambda folder: (folder / "files.sha256").write_text("x"), ("program/files.sha256", "unreadable")),
    (lambda folder: (folder / "files.sha256").write_bytes(b"\xff"), ("program/files.sha256", "unreadable")),
])
def test_a_file_that_is_not_as_it_was_built_is_named(
    program: Path, edit: Callable[[Path], object], said: tuple[str, str],
) -> None:
    edit(program)
    assert [(each.where, each.what) for each in looked(program).breaks] == [said]


def test_from_source_there_is_nothing_to_compare_with() -> None:
    assert [each.what for each in looked(None).notes] == ["program_not_checked"]
