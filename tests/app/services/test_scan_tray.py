"""The tray of an intake: a page that was shown is there after anything, and nothing is ever thrown away."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.domain.arrangement import Arrangement, PlacedPage, Stack, empty_arrangement
from app.domain.blob import blob_of
from app.domain.scanned_page import ScannedPage
from app.domain.scanning import Colour, Finding
from app.errors import EnvironmentFault, Refusal
from app.services.scan_tray import (
    declare_count,
    declared_counts,
    filed_pages,
    find_page,
    keep_page,
    note_failure,
    note_prepared,
    pages,
    read_arrangement,
    save_arrangement,
    waiting_pages,
)
from app.store.blobs import BlobStore
from app.store.disk import Disk, NewFile
from app.store.tables import files, scanned_pages
from tests.app.services.scans import file_stacks, page_bytes, scan, stack_of
from tests.office import Office, reopen, sample_intake

FINDING = Finding(1654, 2339, 200, skew_degrees=0.25, turn=90, colour=Colour.BILEVEL, codes=("QR", "mã"),
                  is_over_budget=True, ink_share=0.0312, doubts=("skew_unsure",))


def tray(office: Office, intent: str) -> tuple[ScannedPage, ...]:
    with office.application.database.reading() as connection:
        return pages(connection, intent)


def waiting(office: Office) -> list[tuple[str, int, str | None]]:
    with office.application.database.reading() as connection:
        return [(each.intent, each.count, each.code) for each in waiting_pages(connection)]


def prepare(office: Office, page: ScannedPage, content: bytes = b"prepared", finding: Finding = FINDING) -> None:
    application = office.application
    with application.database.writing() as connection:
        note_prepared(connection, application.blobs, page.id, content, "image/tiff", b"small", finding)


def arrange(office: Office, intent: str, arrangement: Arrangement) -> None:
    with office.application.database.writing() as connection:
        save_arrangement(connection, intent, arrangement, office.clock.now())


def test_a_page_is_kept_once_however_often_it_arrives(office: Office) -> None:
    first = scan(office, "i", page_bytes(1), page_id="p1")
    again = scan(office, "i", page_bytes(1), page_id="p1")
    assert again == first and tray(office, "i") == (first,)
    assert first.original == blob_of(page_bytes(1), "image/png")
    for intent, content in (("i", page_bytes(2)), ("k", page_bytes(1))):
        with pytest.raises(Refusal, match="page_reused"):
            scan(office, intent, content, page_id="p1")
    assert tray(office, "i") == (first,) and tray(office, "k") == ()


def test_pages_come_back_in_the_order_they_arrived_after_a_restart(office: Office, tmp_path: Path) -> None:
    kept = []
    for ordinal in range(1, 6):
        office.clock.advance(timedelta(milliseconds=40))
        kept.append(scan(office, "i", page_bytes(ordinal), ordinal=ordinal))
    prepare(office, kept[2])
    office.application.close()
    again = reopen(tmp_path, office.province, office.clock)
    found = tray(again, "i")
    assert [page.id for page in found] == [page.id for page in kept]
    assert [again.application.blobs.read(page.original.sha256) for page in found] == [
        page_bytes(ordinal) for ordinal in range(1, 6)
    ]
    assert waiting(again) == [("i", 5, None)]
    again.application.close()


def test_what_the_light_table_found_comes_back_whole(office: Office) -> None:
    page = scan(office, "i", page_bytes(1))
    assert (page.prepared, page.finding) == (None, None)
    prepare(office, page)
    (found,) = tray(office, "i")
    assert found.prepared == blob_of(b"prepared", "image/tiff")
    assert found.thumbnail == blob_of(b"small", "image/jpeg")
    assert found.finding == FINDING and found.original == page.original
    prepare(office, page, b"prepared anew", replace(FINDING, skew_degrees=0, ink_share=1))
    (found,) = tray(office, "i")
    assert found.prepared == blob_of(b"prepared anew", "image/tiff") and found.original == page.original
    assert office.application.blobs.read(blob_of(b"prepared", "").sha256), "what was made before is not deleted"


def test_a_failure_is_kept_until_the_page_is_prepared_after_all(office: Office) -> None:
    page = scan(office, "i", page_bytes(1))
    with office.application.database.writing() as connection:
        note_failure(connection, page.id, "picture_broken")
    assert tray(office, "i")[0].failure == "picture_broken"
    prepare(office, page)
    assert tray(office, "i")[0].failure == ""
    with pytest.raises(Refusal, match="page_unknown"):
        prepare(office, replace(page, id="nowhere"))


def test_what_waits_is_offered_with_its_number_once_there_is_one(office: Office) -> None:
    scan(office, "cũ", page_bytes(1))
    office.clock.advance(timedelta(minutes=1))
    page = scan(office, "mới", page_bytes(2))
    assert waiting(office) == [("mới", 1, None), ("cũ", 1, None)]
    code = office.receive(sample_intake("mới")).dossier.code
    assert waiting(office) == [("mới", 1, code), ("cũ", 1, None)]
    file_stacks(office, code, "1", stack_of(office, page), intent="f")
    assert waiting(office) == [("cũ", 1, None)]


def test_an_arrangement_comes_back_and_what_is_left_out_waits_no_more(office: Office) -> None:
    kept = [scan(office, "i", page_bytes(turn), ordinal=turn) for turn in range(1, 5)]
    with office.application.database.reading() as connection:
        assert read_arrangement(connection, "i") is None
    one, two, three, four = (PlacedPage(page.id) for page in kept)
    empty = empty_arrangement(["1", "2"])
    arranged = replace(
        empty,
        places=(
            replace(empty.places[0], stacks=(
                Stack("s1", (replace(one, turn=90), replace(two, is_left_out=True))),
            )),
            *empty.places[1:-1],
            replace(empty.tray, stacks=(Stack("s2", (three,)),)),
        ),
        separators=(four,), last_stack=2,
    )
    arrange(office, "i", arranged)
    with office.application.database.reading() as connection:
        assert read_arrangement(connection, "i") == arranged
    assert waiting(office) == [("i", 2, None)]
    arrange(office, "i", replace(arranged, separators=()))
    assert waiting(office) == [("i", 3, None)], "taken in again it waits again"
    assert len(tray(office, "i")) == 4


def test_a_filed_page_stays_filed_whatever_is_arranged_later(office: Office) -> None:
    page = scan(office, "i", page_bytes(1))
    code = office.receive(sample_intake("i")).dossier.code
    file_stacks(office, code, "1", stack_of(office, page), intent="f")
    arrange(office, "i", replace(empty_arrangement(["1"]), separators=(PlacedPage(page.id),)))
    with office.application.database.reading() as connection:
        assert filed_pages(connection, "i") == {page.id}


def test_the_clerks_count_of_a_batch_is_kept_and_mended(office: Office) -> None:
    with office.application.database.writing() as connection:
        declare_count(connection, "i", "b1", 12)
        declare_count(connection, "i", "b2", 3)
        declare_count(connection, "i", "b1", 13)
        assert declared_counts(connection, "i") == {"b1": 13, "b2": 3}
        with pytest.raises(Refusal, match="page_count_below_one"):
            declare_count(connection, "i", "b1", 0)


class FullDisk(Disk):
    @contextmanager
    def new_file(self, path: Path) -> Iterator[NewFile]:
        with super().new_file(path) as arriving:
            arriving.write(b"a beginning")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            yield arriving


def test_a_full_disk_leaves_no_row_and_no_half_file_and_the_page_may_come_again(office: Office) -> None:
    application = office.application
    full = BlobStore(application.folder.scans, _key(office), FullDisk())
    for _ in range(2):
        with pytest.raises(EnvironmentFault, match="disk_full"), application.database.writing() as connection:
            keep_page(
                connection, full, page_id="p1", intent="i", batch="b", ordinal=1, source="file",
                content=page_bytes(1), mime="image/png", now=office.clock.now(),
            )
    with application.database.reading() as connection:
        for table in (scanned_pages, files):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0
        assert find_page(connection, "p1") is None
    assert list(application.blobs.walk()) == [] and application.blobs.leftovers() == ()
    assert scan(office, "i", page_bytes(1), page_id="p1").id == "p1"


def _key(office: Office) -> bytes:
    from app.store.keys import load_or_make_key

    root = office.application.folder.root
    return load_or_make_key(root / "counter.db", None, root.parent / "keys").key


def test_a_row_that_cannot_be_written_leaves_a_file_that_nobody_names_and_the_page_may_come_again(
    office: Office,
) -> None:
    application = office.application
    with pytest.raises(RuntimeError), application.database.writing() as connection:
        keep_page(
            connection, application.blobs, page_id="p1", intent="i", batch="b", ordinal=1, source="file",
            content=page_bytes(1), mime="image/png", now=office.clock.now(),
        )
        raise RuntimeError                             # the transaction never came to its commit
    assert tray(office, "i") == () and len(list(application.blobs.walk())) == 1
    page = scan(office, "i", page_bytes(1), page_id="p1")
    assert tray(office, "i") == (page,) and len(list(application.blobs.walk())) == 1


def test_a_program_that_starts_sweeps_what_the_last_one_left_half(office: Office, tmp_path: Path) -> None:
    scan(office, "i", page_bytes(1))
    incoming = office.application.blobs.incoming
    (incoming / "half").write_bytes(b"half")
    office.application.close()
    again = reopen(tmp_path, office.province, office.clock)
    assert list(incoming.iterdir()) == [] and len(tray(again, "i")) == 1
    again.application.close()


def test_a_page_costs_the_disk_one_set_of_syncs(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    scan(office, "i", page_bytes(1))
    asked: list[str] = []
    monkeypatch.setattr(Disk, "sync_folder", lambda self, folder: asked.append(f"folder {folder.name}"))
    plain = NewFile.sync
    monkeypatch.setattr(NewFile, "sync", lambda self: (asked.append("file"), plain(self))[1])
    folder = office.application.blobs.path_of(scan(office, "i", page_bytes(1), ordinal=2).original.sha256).parent
    asked.clear()
    content = next(
        content for content in (page_bytes(turn) for turn in range(10_000))
        if blob_of(content, "").sha256.startswith(folder.name) and content != page_bytes(1)
    )
    scan(office, "i", content, ordinal=3)
    assert asked == ["file", f"folder {folder.name}"]
