"""What is taken out of the book is whole or nowhere, wherever the process dies; on every kind of medium."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import whole_file as module
from app.whole_file import put_whole, whole_file


@pytest.fixture(params=["without a name", "by its side", "no second name"])
def medium(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Linux, another system, and a USB stick's FAT."""
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "not supported")

    if request.param != "without a name":
        monkeypatch.setattr(module, "_nameless", lambda *_: None)
    if request.param == "no second name":
        monkeypatch.setattr(os, "link", refuse)
    yield request.param


def test_a_whole_file_has_its_name_and_nothing_else_is_there(tmp_path: Path, medium: str) -> None:
    put_whole(tmp_path / "a.pdf", b"first")
    put_whole(tmp_path / "a.pdf", b"second")
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"a.pdf": b"second"}


def test_another_file_of_that_name_is_left_where_it_may_not_be_replaced(tmp_path: Path, medium: str) -> None:
    put_whole(tmp_path / "a.pdf", b"first", replaces=False)
    with pytest.raises(FileExistsError):
        put_whole(tmp_path / "a.pdf", b"second", replaces=False)
    with pytest.raises(FileExistsError), whole_file(tmp_path / "b.pdf", replaces=False) as file:
        (tmp_path / "b.pdf").write_bytes(b"another came between")
        file.write(b"mine")
    assert (tmp_path / "b.pdf").read_bytes() == b"another came between"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.pdf", "b.pdf"]


def test_what_was_given_up_is_gone_and_the_older_one_stays(tmp_path: Path, medium: str) -> None:
    put_whole(tmp_path / "a.pdf", b"first")
    with pytest.raises(ValueError, match="given up"), whole_file(tmp_path / "a.pdf") as file:
        file.write(b"half")
        raise ValueError("given up")
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"a.pdf": b"first"}


def test_what_a_kill_left_by_its_side_goes_when_it_is_saved_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_nameless", lambda *_: None)
    for name in (".a[1].pdf.00c0ffee.part", ".a1.pdf.00c0ffee.part", "a[1].pdf.part"):
        (tmp_path / name).write_bytes(b"half")
    put_whole(tmp_path / "a[1].pdf", b"whole")
    there = sorted(each.name for each in tmp_path.iterdir())
    assert there == [".a1.pdf.00c0ffee.part", "a[1].pdf", "a[1].pdf.part"]


@pytest.mark.parametrize("folder", ["none", "a file"])
def test_a_wrong_place_is_known_before_the_first_byte(tmp_path: Path, medium: str, folder: str) -> None:
    (tmp_path / "a file").touch()
    begun = False
    with pytest.raises(OSError, match=r"a\.pdf|none|a file"), whole_file(tmp_path / folder / "a.pdf"):
        begun = True
    assert not begun


def test_killed_in_the_middle_it_has_no_name_at_all(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with whole_file(tmp_path / "a.xlsx") as file:
                file.write("Hoàng Thị Chim".encode() * 10_000)
                file.flush()
                os.write(writing, b".")
                signal.pause()
        finally:
            os._exit(1)
    os.close(writing)
    try:
        with os.fdopen(reading, "rb") as told:
            assert told.read(1) == b"."
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert list(tmp_path.iterdir()) == []
