"""The secret of the seal: made once, whoever starts at the same time, and no reason to keep a counter shut."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import EnvironmentFault
from app.store.hold import BookHold
from app.store.keys import find_key, find_seal_key, load_or_make_key, load_or_make_seal_key
from tests.app.store.test_opening import MemoryKeyring, open_and_close


def book_of(folder: Path) -> Path:
    return folder / "office" / "counter.db"


def secret_in(folder: Path, store: MemoryKeyring | None) -> bytes | None:
    return find_seal_key(find_key(book_of(folder), store, folder / "keys"), store)


def test_of_two_windows_that_start_at_once_one_alone_makes_the_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, really = MemoryKeyring(), BookHold.take_alone
    made: list[bytes] = []

    def take_alone_after_another(hold: BookHold, patience: float = 0.0) -> None:
        if not made:                               # it was quicker by the wink between look and lock
            found = load_or_make_key(book_of(tmp_path), store, tmp_path / "keys")
            made.append(load_or_make_seal_key(found, store)[0])
        really(hold, patience)

    monkeypatch.setattr(BookHold, "take_alone", take_alone_after_another)
    open_and_close(tmp_path, store)
    assert [secret_in(tmp_path, store)] == made


def test_while_secrets_are_made_nobody_else_opens_the_book(tmp_path: Path) -> None:
    class Watching(MemoryKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            other = BookHold(book_of(tmp_path))
            with pytest.raises(EnvironmentFault, match="book_in_use"):
                other.share(0)
            other.close()
            super().set_password(service, username, password)

    store = Watching()
    open_and_close(tmp_path, store)
    assert len(store.held) == 2, "the book's and the seal's"


def test_a_secret_that_cannot_be_read_gives_way_to_a_new_one(tmp_path: Path) -> None:
    store = MemoryKeyring()
    open_and_close(tmp_path, store)
    (place,) = (place for place in store.held if place[1].endswith(".seal"))
    for content in ("zz", "00" * 31):
        store.held[place] = content
        open_and_close(tmp_path, store)
        assert len(secret_in(tmp_path, store) or b"") == 32
    open_and_close(tmp_path / "b", None)
    (file,) = (tmp_path / "b" / "keys").glob("*.seal")
    file.write_text("zz", encoding="utf-8")
    open_and_close(tmp_path / "b", None)
    assert len(secret_in(tmp_path / "b", None) or b"") == 32


def test_a_secret_that_cannot_be_replaced_is_said(tmp_path: Path) -> None:
    open_and_close(tmp_path, None)
    (file,) = (tmp_path / "keys").glob("*.seal")
    file.unlink()
    file.mkdir()                                   # to a system the same as a file that is another account's
    with pytest.raises(EnvironmentFault, match="key_unwritable"):
        open_and_close(tmp_path, None)
