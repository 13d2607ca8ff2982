"""A short run of the tampered books; the long one is `python -m tests.faults.tamper`. No honest book is blamed."""

from __future__ import annotations

import errno
import os
import shutil
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from app.book_verifier import Findings, sentence, verify_book, verify_open_book
from app.errors import Refusal
from app.services.backup.names import backups_in
from app.services.backup.restore import ask_restore, restore_backup
from app.services.drafts import save_draft
from app.services.rebuild import rebuild
from app.services.sealing import Sealing
from app.services.second_copy import choose, chosen
from app.store.database import open_database
from app.store.keys import find_key
from app.store.settings import write_setting
from sync.second_copy.keeper import Keeper
from sync.second_copy.restore import restore_from_medium
from tests.app.store.older_books import back_to_0007
from tests.faults.lives import one_life
from tests.faults.power_day import PROVINCE
from tests.faults.tamper import run
from tests.faults.tamper_edits import book_of
from tests.faults.tamper_office import Worked, verified, worked_office
from tests.office import Office, SetClock, make_office, reopen, sample_intake


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Worked:
    return worked_office(tmp_path_factory.mktemp("tamper") / "worked", acts=8)


@pytest.fixture
def home(worked: Worked, tmp_path: Path) -> Path:
    shutil.copytree(worked.now, tmp_path / "home")
    return tmp_path / "home"


def opened(home: Path, seed: int = 11) -> Office:
    return reopen(home, PROVINCE, SetClock(), seed)


def said(found: Findings) -> set[str]:
    return {each.what for each in found.breaks}


def test_every_edit_of_a_table_or_a_file_is_found_and_named(worked: Worked, tmp_path: Path) -> None:
    figures = run(8, 5, tmp_path, worked)
    assert figures.is_clean, figures


def test_an_honest_book_is_whole_open_closed_and_cut_off(worked: Worked) -> None:
    for home in (worked.now, worked.before, worked.cut):
        found = verified(home)
        assert (found.breaks, found.notes) == ([], []), [sentence(each) for each in found.breaks]
    assert found.looked["operations"] > 20 and found.looked["second copy"] and found.looked["backups"]


def test_work_that_was_taken_back_rebuilt_or_killed_leaves_the_book_whole(home: Path) -> None:
    office = opened(home)
    database = office.application.database
    with pytest.raises(ZeroDivisionError), database.writing() as connection:
        write_setting(connection, "thử", 1)
        raise ZeroDivisionError
    with database.writing() as connection:
        connection.execute(text("SAVEPOINT thử"))
        write_setting(connection, "thử", 2)
        connection.execute(text("ROLLBACK TO thử"))
        write_setting(connection, "thử", 3)
        rebuild(connection)
    office.application.close()
    assert verified(home).breaks == []
    one_life(lambda pipe: _receive_for_ever(home, pipe), 0.2, counted_from="open")
    assert verified(home).breaks == [], "as the kill left it"
    opened(home).application.close()
    assert verified(home).breaks == []


def _receive_for_ever(home: Path, pipe: int) -> None:
    office = opened(home, seed=12)
    write = office.application.database
    os.write(pipe, b"open")
    for turn in range(10_000):
        with write.writing() as connection:
            save_draft(connection, intent=f"nháp-{turn}", label="Mẫu", clerk="nv-1", form={"n": turn},
                       now=office.clock.now())


def test_an_upgraded_book_is_whole_and_what_was_edited_before_is_still_told(tmp_path: Path) -> None:
    home = tmp_path / "home"
    office = make_office(home)
    office.receive(sample_intake("một"))
    with office.application.database.writing() as connection:
        back_to_0007(connection)
    office.application.close()
    for file in (home / "keys").glob("*.seal*"):
        file.unlink()                              # that version knew of none
    opened(home).application.close()
    found = verified(home)
    assert found.breaks == [] and {each.what for each in found.notes} == {"told_begun"}
    with book_of(home) as book:
        book.execute("UPDATE leases SET hi = 900")
        book.execute("UPDATE alembic_version SET version_num = '0008'")
        book.execute("ALTER TABLE book_seal RENAME TO kept")
    with book_of(home) as book:
        book.execute("DROP TABLE kept")
    opened(home).application.close()
    assert said(verified(home)) == {"sealed_anew"}, "a seal that was taken off is no beginning"


def test_an_upgrade_covers_nothing_up(home: Path) -> None:
    with book_of(home) as book:
        book.execute("UPDATE drafts SET label = 'Người Khác'")
    office = opened(home)
    key, folder = office.application.book_key, office.application.folder
    sealing = Sealing(office.application.database.seals, office.application.witness)
    office.application.close()
    database = open_database(folder.database, key)
    with database.writing() as connection:
        sealing.after_steps(connection, sealing.before_steps(connection), office.clock.now())
    database.close()
    opened(home).application.close()
    assert [(each.where, each.what) for each in verified(home).breaks] == [("drafts", "broken_before_upgrade")]


def test_a_backup_that_was_put_back_is_told_and_blamed_only_for_what_is_still_missing(home: Path) -> None:
    office = opened(home)
    folder, key = office.application.folder, office.application.book_key
    office.application.close()
    ask_restore(folder)
    (*_, oldest) = backups_in(folder.backups)
    restore_backup(folder, oldest, key, office.clock.now())
    office = opened(home)
    assert {"lacks_older", "second_copy_holds_other"} & said(verified(home))
    brought = restore_from_medium(office.application.database, key, home / "stick").brought
    office.application.close()
    found = verified(home)
    assert brought and found.breaks == [], [sentence(each) for each in found.breaks]
    assert {each.what for each in found.notes} == {"told_older", "backup_unknown"}


def test_work_that_goes_on_does_not_make_an_edit_fit(home: Path) -> None:
    with book_of(home) as book:
        book.execute("UPDATE drafts SET label = 'Người Khác'")
    office = opened(home)
    with office.application.database.writing() as connection:
        write_setting(connection, "thử", 1)
    office.application.close()
    assert [(each.where, each.what) for each in verified(home).breaks] == [("drafts", "table_changed")]


def test_a_rebuild_heals_what_it_works_out_anew_and_hides_nothing_else(home: Path) -> None:
    with book_of(home) as book:
        for table in ("drafts", "verdicts", "worklist", "life_events"):
            assert book.execute(f"DELETE FROM {table}").rowcount, f"{table} had something to lose"
    office = opened(home)
    with office.application.database.writing() as connection:
        rebuild(connection)
    office.application.close()
    assert [(each.where, each.what) for each in verified(home).breaks] == [
        ("drafts", "table_changed"), ("verdicts", "table_changed"),
    ]


def test_a_file_that_a_disk_does_not_give_back_is_named_and_nothing_else_is_blamed(
    worked: Worked, monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, *others = sorted((worked.now / "office" / "scans").glob("??/*"))
    segment = next((worked.now / "stick").glob("*/*.qmc"))
    really = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path in (first, segment):
            raise OSError(errno.EIO, "Input/output error")
        return really(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    found = verified(worked.now)
    assert {(each.where, each.what) for each in found.breaks} == {
        (f"scans/{first.name[:12]}", "unreadable"), (f"{segment.parent.name}/{segment.name}", "unreadable"),
    }
    assert found.looked["scans"] > len(others) > 0


def test_work_that_goes_on_is_not_blamed_and_an_edit_is_named_beside_it(home: Path) -> None:
    office = opened(home)
    application = office.application
    with application.database.writing() as connection:
        copy = chosen(connection)
        assert copy is not None
        choose(connection, home / "stick", copy.medium)
    keeper = Keeper(application.database, application.book_key, office.clock)
    steps: list[str] = []

    def at_work(step: str) -> None:
        steps.append(step)
        if step == "medium":
            office.receive(sample_intake(f"lúc-đọc-{len(steps)}"))
            keeper.keep()
        elif step == "tries" and steps.count("tries") % 2:
            for _ in range(2):
                with pytest.raises(Refusal):
                    application.sign_ins.sign_in(application.enrolled, "nv-1", "sai-bét")

    assert said(verified(home, partial(verify_book, on_step=at_work))) == {
        "second_copy_holds_other", "tries_differ"}, "read as if nobody had it open"
    steps.clear()
    with book_of(home) as book:
        book.execute("UPDATE drafts SET label = 'Người Khác'")
    found = verified(home, partial(verify_open_book, on_step=at_work))
    application.close()
    assert [(each.where, each.what) for each in found.breaks] == [("drafts", "table_changed")]


def test_a_secret_that_is_gone_is_told_ever_after(home: Path) -> None:
    find_key(home / "office" / "counter.db", None, home / "keys").witness.with_suffix(".seal").unlink()
    assert said(verified(home)) == {"seal_secret_missing"}
    opened(home).application.close()
    opened(home).application.close()
    assert "sealed_anew" in said(verified(home))
