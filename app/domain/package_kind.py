"""One reader of foreign JSON for several kinds of package; a refusal says which kind was being read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import Refusal


@contextmanager
def reading(kind: str) -> Iterator[None]:
    """Names refusals of the package reader after `kind`: `catalogue_not_json` becomes `calendar_not_json`."""
    try:
        yield
    except Refusal as refusal:
        family, _, fault = refusal.code.partition("_")
        if family != "catalogue":
            raise
        raise Refusal(f"{kind}_{fault}", **refusal.values) from refusal
