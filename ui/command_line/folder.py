"""Which data folder a command works on, and opening the office in it.

A command begins a book where there is none, but takes none over from an earlier version: that may have to wait for
a cash session, takes as long as a backup, and a person has to be told. The window does it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import EnvironmentFault
from app.paths import DataFolder, current_data_folder

if TYPE_CHECKING:
    import argparse

    from app.bootstrap import Application
    from app.store.keys import KeyStore

KEYS = "QMC_KEYS"
"""Environment variable naming the folder of key files, where there is no key store (tests, support)."""


def data_folder(said: argparse.Namespace) -> DataFolder:
    """`--data`, else the folder that was opened last, else this account's own."""
    asked: Path | None = getattr(said, "data", None)
    return DataFolder(asked.absolute()) if asked is not None else current_data_folder()


class OlderBook(EnvironmentFault):
    """The book is an earlier version's, and a command was to open it; nothing was changed."""


@contextmanager
def opened(said: argparse.Namespace) -> Iterator[Application]:
    """The office in the folder, closed again afterwards. Raises what `open_for_command` raises."""
    application = open_for_command(data_folder(said))
    try:
        yield application
    finally:
        application.close()


def open_for_command(folder: DataFolder) -> Application:
    """As `open_folder`; an earlier version's book stays as it is.

    Raises OlderBook `upgrade_waits_window` {version} and what `open_application` raises.
    """
    from app.own_program import installed_facts
    from app.services.upgrade.take_over import UpgradeAhead

    try:
        return open_folder(folder, may_upgrade=False)
    except UpgradeAhead as ahead:
        raise OlderBook("upgrade_waits_window", version=installed_facts().get("version", "")) from ahead


def open_folder(folder: DataFolder, *, has_former: bool = False, may_upgrade: bool = True) -> Application:
    # The window asks this module for its folder before its first paint; opening the book comes after it.
    from app.bootstrap import open_application
    from app.own_program import installed_facts

    store, keys = key_places()
    return open_application(
        folder, key_store=store, key_folder=keys, program=installed_facts().get("version", ""),
        has_former=has_former, may_upgrade=may_upgrade,
    )


def key_places() -> tuple[KeyStore | None, Path | None]:
    """(the system's key store, folder of key files where another than the usual was named)."""
    from app.store.keys import system_key_store

    keys = os.environ.get(KEYS)
    return (None, Path(keys)) if keys else (system_key_store(), None)
