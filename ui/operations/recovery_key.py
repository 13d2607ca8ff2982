"""The key of a book that lost it: read as it was typed or scanned, tried, and kept where keys are kept."""

from __future__ import annotations

from app.errors import Refusal
from app.paths import DataFolder
from app.store.keys import put_back_key
from sync.contract.key_letters import GROUPS, WrongLetters, plain_letters, read_key_letters
from ui.command_line.folder import key_places

GROUP = 5


def give_key_back(folder: DataFolder, typed: str) -> None:
    """The book in `folder` opens again when this returns. From any thread.

    Raises `recovery_letters_wrong` {group}, `recovery_letters_count` {letters, of}, `recovery_square_misread`,
    `recovery_key_of_other_book`, and what speaks against keeping a key.
    """
    store, keys = key_places()
    put_back_key(folder.database, read_typed_key(typed), store, keys)


def read_typed_key(typed: str) -> bytes:
    """Raises the first three of `give_key_back`."""
    try:
        return read_key_letters(typed)
    except WrongLetters as wrong:
        if wrong.group:
            raise Refusal("recovery_letters_wrong", group=wrong.group) from wrong
        if wrong.is_square:
            raise Refusal("recovery_square_misread") from wrong
        raise Refusal("recovery_letters_count", letters=wrong.letters, of=GROUPS * GROUP) from wrong


def in_groups(typed: str) -> str:
    """What was typed so far, as it stands on the sheet: groups of five with a dash between."""
    letters = plain_letters(typed)
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def wrong_group(typed: str) -> int:
    """The first group that is whole and wrong; 0 while all are right so far."""
    try:
        read_key_letters(typed)
    except WrongLetters as wrong:
        return wrong.group
    return 0
