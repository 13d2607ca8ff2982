"""A counter that prints to files leaves no paper behind its window, and none on the disk where there is memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.devices.paper_tray import SESSION, WORD, empty_tray, ready_tray
from app.devices.pdf_folder_printer import PdfFolderPrinter

NOTHING: dict[str, str] = {}


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A session's private folder that counts as memory."""
    folder = tmp_path / "session"
    folder.mkdir(mode=0o700)
    monkeypatch.setattr("app.devices.paper_tray.is_in_memory", lambda path: path == folder)
    return {SESSION: str(folder)}


def print_one(papers: Path, surroundings: dict[str, str], name: str = "H47-1") -> None:
    PdfFolderPrinter(papers, lambda folder: ready_tray(folder, surroundings)).print_pdf(b"%PDF citizen", name)


def lying(*places: Path) -> list[str]:
    return [path.name for place in places for path in place.rglob("*") if path.is_file()]


def test_papers_lie_in_the_sessions_memory_and_are_found_in_the_data_folder(
    tmp_path: Path, session: dict[str, str],
) -> None:
    papers = tmp_path / "data" / "papers"
    print_one(papers, session)
    print_one(papers, session)
    assert sorted(each.name for each in papers.iterdir()) == [WORD, "H47-1-2.pdf", "H47-1.pdf"]
    assert papers.is_symlink() and papers.resolve().is_relative_to(session[SESSION])
    assert papers.resolve().stat().st_mode & 0o077 == 0
    assert empty_tray(papers, session) == 2
    assert not papers.is_symlink() and lying(tmp_path) == []


def test_without_such_a_place_they_lie_in_the_data_folder_until_the_window_closes(tmp_path: Path) -> None:
    papers = tmp_path / "data" / "papers"
    print_one(papers, NOTHING)
    assert not papers.is_symlink() and papers.stat().st_mode & 0o077 == 0
    assert "xóa hết" in (papers / WORD).read_text("utf-8-sig")
    assert empty_tray(papers, NOTHING) == 1
    assert not papers.exists() and empty_tray(papers, NOTHING) == 0


@pytest.mark.parametrize(("mode", "is_memory"), [(0o755, True), (0o700, False)])
def test_a_sessions_folder_that_others_may_enter_or_that_lies_on_a_disk_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, is_memory: bool,
) -> None:
    shared, papers = tmp_path / "session", tmp_path / "data" / "papers"
    shared.mkdir()
    shared.chmod(mode)
    monkeypatch.setattr("app.devices.paper_tray.is_in_memory", lambda path: is_memory)
    print_one(papers, {SESSION: str(shared)})
    assert not papers.is_symlink() and not list(shared.iterdir())


def test_what_a_killed_window_left_goes_with_the_next_one_whatever_session_that_has(
    tmp_path: Path, session: dict[str, str],
) -> None:
    papers = tmp_path / "data" / "papers"
    print_one(papers, NOTHING)                         # on the disk, by a version before
    print_one(papers, session, "H47-2")                # from now on in memory: the old ones are gone
    assert sorted(each.name for each in papers.iterdir()) == [WORD, "H47-2.pdf"]
    assert empty_tray(papers, NOTHING) == 1            # the link says where, also to a session without a place
    assert lying(tmp_path) == []


def test_a_link_that_leads_nowhere_or_elsewhere_is_replaced_and_nothing_at_its_end_is_touched(
    tmp_path: Path, session: dict[str, str],
) -> None:
    papers, hers = tmp_path / "data" / "papers", tmp_path / "hers"
    papers.parent.mkdir()
    hers.mkdir()
    (hers / "a.pdf").write_bytes(b"%PDF")
    papers.symlink_to(hers)
    assert empty_tray(papers, session) == 0 and lying(hers) == ["a.pdf"]
    papers.symlink_to(tmp_path / "gone")
    print_one(papers, session)
    assert empty_tray(papers, session) == 1
    papers.symlink_to(tmp_path / "gone")
    print_one(papers, NOTHING)
    assert list(papers.iterdir()) and not papers.is_symlink()
