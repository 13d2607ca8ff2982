"""One page that arrived at the counter, before and after the light table has looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.blob import Blob
from app.domain.scanning import Finding


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """`original` is what the source handed over and never changes; `prepared` is what goes into the PDF.

    `intent` is the intake's, so that pages belong to a dossier from the moment its form was opened.
    """

    id: str                        # UUIDv7, in the order of arrival
    intent: str
    batch: str                     # one press of the scan key; UUIDv7
    ordinal: int                   # 1, 2, 3 … inside the batch
    source: str                    # "sane:test:0", "escl:…", "folder", "file", "camera", "clipboard"
    arrived_at: datetime
    original: Blob
    prepared: Blob | None = None   # None: still on the light table
    thumbnail: Blob | None = None
    finding: Finding | None = None
    failure: str = ""              # code: why it could not be prepared; the original stays
