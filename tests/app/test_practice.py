"""Practice and real work never open each other's folder or book, and what is cleared is practice's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from app.bootstrap import open_application
from app.domain.vietnam_time import local
from app.errors import EnvironmentFault, Refusal
from app.paths import DataFolder
from app.practice import MARK_FILE, VARIABLE, WATERMARK, begin_practice, clear_folder, is_practice, mark_folder
from app.services.pack import Program, pack_day
from app.services.second_copy import choose
from sync.contract import practice as on_the_wire
from tests.office import office_in, sample_intake


@pytest.fixture
def practising(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "1")


def opened(root: Path, keys: Path) -> None:
    open_application(DataFolder(root), key_folder=keys).close()


def refusal(root: Path, keys: Path) -> str:
    with pytest.raises(EnvironmentFault) as refused:
        opened(root, keys)
    return refused.value.code


def contents(root: Path) -> Mapping[str, bytes]:
    return {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}


def test_practice_refuses_a_real_book_and_touches_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office_in(tmp_path):
        pass
    root, keys = tmp_path / "office", tmp_path / "keys"
    before = contents(root)
    monkeypatch.setenv(VARIABLE, "1")
    assert refusal(root, keys) == "real_book"
    with pytest.raises(EnvironmentFault):
        mark_folder(root)
    assert contents(root) == before


def test_a_real_book_in_a_folder_that_somebody_marked_is_refused_all_the_same(
    tmp_path: Path, practising: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE)
    with office_in(tmp_path):
        pass
    (tmp_path / "office" / MARK_FILE).touch()
    monkeypatch.setenv(VARIABLE, "1")
    assert refusal(tmp_path / "office", tmp_path / "keys") == "real_book"


def test_the_real_program_refuses_a_practice_folder_and_a_practice_book_without_its_mark(
    tmp_path: Path, practising: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, keys = tmp_path / "practice", tmp_path / "keys"
    mark_folder(root)
    opened(root, keys)
    opened(root, keys)                             # its own it opens as often as one likes
    monkeypatch.delenv(VARIABLE)
    before = contents(root)
    assert refusal(root, keys) == "practice_book"
    assert contents(root) == before
    (root / MARK_FILE).unlink()
    assert refusal(root, keys) == "practice_book"


def test_practice_makes_no_book_where_no_practice_folder_is(tmp_path: Path, practising: None) -> None:
    assert refusal(tmp_path / "new", tmp_path / "keys") == "real_book"
    assert not (tmp_path / "new").exists()


def test_clearing_empties_a_practice_folder_and_no_other(tmp_path: Path) -> None:
    practice, real = tmp_path / "practice", tmp_path / "real"
    mark_folder(practice)
    (practice / "papers").mkdir()
    (practice / "papers" / "one.pdf").write_bytes(b"x")
    (practice / "counter.db").write_bytes(b"x")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_bytes(b"x")
    (practice / "link").symlink_to(outside)
    clear_folder(practice)
    assert [each.name for each in practice.iterdir()] == [MARK_FILE]
    assert (outside / "kept").exists()
    real.mkdir()
    (real / "counter.db").write_bytes(b"x")
    with pytest.raises(EnvironmentFault):
        clear_folder(real)
    assert (real / "counter.db").exists()


def test_nothing_goes_onto_a_stick_while_practising(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office_in(tmp_path) as office, office.application.database.writing() as connection:
        monkeypatch.setenv(VARIABLE, "1")
        with pytest.raises(Refusal) as refused:
            choose(connection, tmp_path / "stick", "medium")
    assert refused.value.code == "practice_stays_here"


def test_a_day_handed_out_as_a_pack_says_that_it_is_practice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office_in(tmp_path) as office:
        office.receive(sample_intake("bài tập"))
        monkeypatch.setenv(VARIABLE, "1")
        with office.application.database.reading() as connection:
            files = pack_day(
                connection, office.application.enrolled, local(office.clock.now()).date(), made_by="Mẫu",
                program=Program("0", ""), now=office.clock.now(),
            )
    assert WATERMARK in files["about.jsonl"].decode()


def test_a_practice_process_gives_way_to_no_former_version() -> None:
    surroundings = {"QMC_FORMER": "1.0", "QMC_GOOD": "/x", "QMC_REFUSED_BY": "2.0", "HOME": "/home/x"}
    begin_practice(surroundings)
    assert surroundings == {"HOME": "/home/x", VARIABLE: "1"}
    assert not is_practice()


def test_both_ends_of_the_line_mean_the_same() -> None:
    from app import practice as here

    assert (here.VARIABLE, here.OFFICE, here.TOP) == (
        on_the_wire.VARIABLE, on_the_wire.OFFICE, on_the_wire.TOP)
