"""The window and its launcher: a version that may not or cannot take the book over gives way to the one before.

    QMC_FORMER        the version before, ready to be started; only then this program ends with `NOT_TAKEN_OVER`
    QMC_GOOD          a file to be made once this version holds the data and its window stands
    QMC_REFUSED_BY    this is the version before: that newer one has just given way
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from app.bootstrap import Application
from app.errors import EnvironmentFault, KnownError
from app.own_program import FORMER, installed_facts
from app.paths import DataFolder
from app.services.upgrade.go_back import go_back
from app.services.upgrade.take_over import NotTakenOver, UpgradeAhead
from app.services.upgrade.word import Refused, leave_word, read_word, take_word_back
from app.store.keys import find_key
from ui.command_line import folder as folders

GOOD, REFUSED_BY = "QMC_GOOD", "QMC_REFUSED_BY"


class GiveWay(Exception):
    """This version has left its word and is to end with `NOT_TAKEN_OVER`."""


def open_office(folder: DataFolder, *, may_upgrade: bool = True) -> Application:
    """The office in `folder` with this version.

    Raises GiveWay, EnvironmentFault with what is wrong, and without `may_upgrade` UpgradeAhead for an older book.
    """
    has_former = bool(os.environ.get(FORMER))
    try:
        return folders.open_folder(folder, has_former=has_former, may_upgrade=may_upgrade)
    except UpgradeAhead:
        raise
    except NotTakenOver as error:
        if has_former:
            leave_word(folder, own_version(), error, datetime.now(UTC))
            raise GiveWay from error
        raise
    except EnvironmentFault as fault:
        if fault.code == "database_newer" and os.environ.get(REFUSED_BY) and _went_back(folder):
            return folders.open_folder(folder)
        raise
    except KnownError:
        raise
    except Exception as error:
        if has_former:                             # nobody foresaw it; the version before may know nothing of it
            unforeseen = NotTakenOver("upgrade_failed", to=own_version(), why=type(error).__name__)
            leave_word(folder, own_version(), unforeseen, datetime.now(UTC))
            raise GiveWay from error
        raise


def upgrade_office(folder: DataFolder) -> None:
    """Bring an older book over, beside the window. Raises what `open_office` raises."""
    open_office(folder).close()


def settle_in(folder: DataFolder) -> Refused | None:
    """The window stands. What a newer version left is told once more while this is the one before."""
    good = os.environ.get(GOOD)
    if good:
        with suppress(OSError):                    # the launcher then asks again at the next start, no more
            Path(good).parent.mkdir(parents=True, exist_ok=True)
            Path(good).touch()
    if os.environ.get(REFUSED_BY):
        return read_word(folder)
    take_word_back(folder)
    return None


def own_version() -> str:
    """As the build wrote it; "" for a checkout."""
    return installed_facts().get("version", "")


def _went_back(folder: DataFolder) -> bool:
    store, keys = folders.key_places()
    return go_back(folder, find_key(folder.database, store, keys).key, datetime.now(UTC)) is not None
