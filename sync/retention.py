"""At the end of a contact, once a day: scans that the province holds, and names in lists, leave on their day.

Behind a contact and nowhere else: what it has just said is what the province holds. A contact never fails for it,
and takes some batches only; what is left the next one does.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from app.clock import Clock
from app.domain.identifiers import Randomness
from app.errors import KnownError
from app.services.counter import Counter
from app.services.retention.purging import Run, purge_batch
from app.services.retention.unlisting import Unlisted, unlist_batch
from app.store.blobs import BlobStore
from app.store.database import Database

_LOG = logging.getLogger(__name__)
BATCHES = 10
"""Of one contact: the line waits no longer than some seconds for it."""


def purge_when_due(
    database: Database, blobs: BlobStore, counter: Counter, clock: Clock, randomness: Randomness
) -> None:
    """Scans, then names in lists, each whatever becomes of the other. Raises nothing: what stands in the way is
    met again by the next contact."""
    runs: tuple[Callable[[], Run | Unlisted | None], ...] = (
        lambda: purge_batch(database, blobs, counter, clock.now(), randomness),
        lambda: unlist_batch(database, counter, clock.now(), randomness),
    )
    for run in runs:
        try:
            for _ in range(BATCHES):
                done = run()
                if done is None or done.is_done:
                    break
        except KnownError as error:
            _LOG.warning("retention: %s", error.code)
        except Exception:                          # a contact never fails for what can wait for the next
            _LOG.exception("retention")
