"""The words read on a page: kept beside it, for one turn of one prepared content, and never sent by themselves."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.domain.scanned_page import ScannedPage
from app.domain.scanning import Finding
from app.services.scan_check import check_scans, settle_check
from app.services.scan_tray import PageText, mark_filed, note_prepared, note_text, page_texts, wants_text
from app.store.tables import files
from tests.app.services.scans import page_bytes, scan
from tests.office import Office

FINDING = Finding(1654, 2339, 200)


def prepared(office: Office, page: ScannedPage, content: bytes = b"prepared") -> ScannedPage:
    with office.application.database.writing() as connection:
        return note_prepared(
            connection, office.application.blobs, page.id, content, "image/jpeg", b"small", FINDING
        )


def note(office: Office, page: ScannedPage, turn: int, layer: bytes | None) -> bool:
    with office.application.database.writing() as connection:
        return note_text(connection, office.application.blobs, page, turn, layer)


def texts(office: Office) -> dict[str, PageText]:
    with office.application.database.reading() as connection:
        return page_texts(connection, "i")


def content_of(office: Office, text: PageText) -> bytes | None:
    return None if text.layer is None else office.application.blobs.read(text.layer.sha256)


def test_words_are_kept_for_one_turn_and_the_newest_reading_holds(office: Office) -> None:
    page, other = (prepared(office, scan(office, "i", page_bytes(turn), ordinal=turn)) for turn in (1, 2))
    assert texts(office) == {}
    assert note(office, page, 0, b"upright words") and note(office, other, 0, None)
    found = texts(office)
    assert (found[page.id].turn, content_of(office, found[page.id])) == (0, b"upright words")
    assert found[other.id] == PageText(0, None), "given up is remembered"
    assert note(office, page, 450, b"turned words")
    turned = texts(office)[page.id]
    assert (turned.turn, content_of(office, turned)) == (90, b"turned words")
    assert note(office, page, 180, None) and texts(office)[page.id] == PageText(180, None)


def test_words_of_a_page_that_was_prepared_anew_are_not_its_words(office: Office) -> None:
    before = prepared(office, scan(office, "i", page_bytes(1)))
    assert note(office, before, 0, b"words")
    after = prepared(office, before, b"prepared anew")
    assert texts(office) == {}
    assert not note(office, before, 0, b"late words") and texts(office) == {}
    assert note(office, after, 0, b"new words") and set(texts(office)) == {after.id}


def test_a_page_that_is_not_prepared_has_no_words(office: Office) -> None:
    page = scan(office, "i", page_bytes(1))
    assert not note(office, page, 0, b"words") and texts(office) == {}


def test_words_are_wanted_until_a_page_was_read_at_its_turn_or_filed_without(office: Office) -> None:
    read, given_up, unread = (
        prepared(office, scan(office, "i", page_bytes(turn), ordinal=turn)) for turn in (1, 2, 3)
    )
    note(office, read, 90, b"words")
    note(office, given_up, 0, None)

    def wanted() -> list[tuple[bool, bool]]:
        with office.application.database.reading() as connection:
            return [
                (wants_text(connection, page.id, 0), wants_text(connection, page.id, 450))
                for page in (read, given_up, unread)
            ]

    assert wanted() == [(True, False), (False, True), (True, True)]
    with office.application.database.writing() as connection:
        mark_filed(connection, [read.id, given_up.id, unread.id])
    assert wanted() == [(True, False), (False, True), (False, False)]
    with office.application.database.reading() as connection:
        assert not wants_text(connection, "unknown", 0)


def test_the_words_are_checked_at_night_and_stay_on_this_counter(office: Office) -> None:
    page = prepared(office, scan(office, "i", page_bytes(1)))
    note(office, page, 0, b"words")
    layer = texts(office)[page.id].layer
    assert layer is not None
    application = office.application
    with application.database.reading() as connection:
        assert connection.execute(
            select(files.c.send_since).where(files.c.sha256 == layer.sha256)
        ).scalar_one() is None
        whole = check_scans(connection, application.blobs, lambda *step: None, office.clock.now())
    assert whole.is_clean and whole.checked == 4 and not whole.orphans
    application.blobs.path_of(layer.sha256).write_bytes(b"\0" * 200)
    with application.database.reading() as connection:
        found = check_scans(connection, application.blobs, lambda *step: None, office.clock.now())
    assert found.damaged == (layer.sha256,)
    with application.database.writing() as connection:
        assert settle_check(connection, application.blobs, found).damaged == 1


def test_a_kill_before_the_commit_leaves_a_page_to_be_read_again(office: Office) -> None:
    page = prepared(office, scan(office, "i", page_bytes(1)))
    with pytest.raises(RuntimeError), office.application.database.writing() as connection:
        assert note_text(connection, office.application.blobs, page, 0, b"words")
        raise RuntimeError                             # the transaction never came to its commit
    assert texts(office) == {}
    assert note(office, page, 0, b"words") and set(texts(office)) == {page.id}
