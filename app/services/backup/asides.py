"""Books that were put aside are kept until they hold nothing that the book in use does not.

    the newest two      stay, whatever is in them
    an older one        goes when each of its operations stands in the book in use, line for line
    one that is lacking one operation here, sent or not, or that cannot be read through, stays: who knows what it
    holds but a person

A book aside is a whole second one: of 50,000 dossiers it takes hundreds of megabytes, and what the retention takes
out of the book in use would stay in it for ever.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from sqlalchemy import Connection, text

from app.errors import EnvironmentFault
from app.paths import DataFolder
from app.services.backup.mend import lying_open
from app.services.backup.restore import asides_in
from app.store.database import Database

KEPT = 2
_WHEN = re.compile(r"\d{8}T\d{6}Z")
_SOME = 500


def clear_asides(folder: DataFolder, database: Database, key: bytes) -> int:
    """Remove those that are wanted no more; how many went. `database`: the book in use, open and whole."""
    gone = 0
    for aside in _oldest(folder):
        if _stands_here(aside, database, key, folder.root):
            shutil.rmtree(aside.parent, ignore_errors=True)
            gone += not aside.exists()
    return gone


def _oldest(folder: DataFolder) -> tuple[Path, ...]:
    """All but the newest two. One without a time is the newer version's that was never used: it holds least."""
    newest = sorted(asides_in(folder), key=lambda each: (bool(_WHEN.fullmatch(each.parent.name)), each),
                    reverse=True)
    return tuple(newest[KEPT:])


def _stands_here(aside: Path, database: Database, key: bytes, root: Path) -> bool:
    try:
        with lying_open(aside, key, root) as lying, database.reading() as here:
            if lying is None:
                return False
            with lying.reading() as there:
                if not _holds_all(here, there):    # first: whoever stays for that is not read whole at each backup
                    return False
            return not lying.integrity_findings()
    except (EnvironmentFault, OSError):            # damaged somewhere, or no room for a second whole book
        return False


def _holds_all(here: Connection, there: Connection) -> bool:
    """Whether each line of the journal `there` is a line of the journal `here`."""
    rows = there.execution_options(yield_per=_SOME).execute(text("SELECT device, epoch, seq, hash FROM journal"))
    same = text("SELECT 1 FROM journal WHERE device = :device AND epoch = :epoch AND seq = :seq AND hash = :hash")
    return all(here.execute(same, dict(row._mapping)).first() is not None for row in rows)
