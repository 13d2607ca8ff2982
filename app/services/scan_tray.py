"""The pages of one intake from the moment they arrive: kept, prepared, arranged, offered again after a restart.

Pages belong to an intent, so they may come before the dossier has its number. Functions that take `blobs` write
the content first, whole and read back, and only then the row, inside the caller's transaction: a page that has a
row has its file, whatever dies in between. What the window shows, it shows after the commit.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, func, literal_column, select, text, update
from sqlalchemy.dialects.sqlite import insert

from app.domain.arrangement import Arrangement
from app.domain.blob import Blob
from app.domain.body import from_body, to_body
from app.domain.digitised import PDF
from app.domain.operation import Type
from app.domain.scanned_page import ScannedPage
from app.domain.scanning import Finding
from app.errors import Refusal
from app.store.blobs import BlobStore
from app.store.prepared import Prepared, added_row
from app.store.tables import files, journal, scan_batches, scan_trays, scanned_pages


class PageState(IntEnum):
    """What has become of a page; none is ever deleted."""

    WAITING = 0
    LEFT_OUT = 1                   # by the clerk: a blank side, a separator sheet, a page that is not wanted
    FILED = 2                      # it stands in a document of the dossier


@dataclass(frozen=True, slots=True)
class PageText:
    """What was read on a prepared page turned clockwise by `turn` degrees. `layer` is a page of PDF with its
    words; None: none to be had, and not tried again at this turn."""

    turn: int
    layer: Blob | None


@dataclass(frozen=True, slots=True)
class WaitingTray:
    """Pages of one intake that are in no document yet; `code` is None while it has no number."""

    intent: str
    count: int
    newest: datetime
    code: str | None


# Each page of a feeder waits for these.
_files = insert(files).values(send_since=None, sent_bytes=0, confirmed_at=None, purged_at=None)
_KEEP_FILE = Prepared(
    # What had left this machine and comes again is here again, since now.
    _files.on_conflict_do_update(
        index_elements=["sha256"], set_={"kept_at": _files.excluded.kept_at, "purged_at": None},
        where=files.c.purged_at.is_not(None),
    ),
    ["sha256", "size", "mime", "kept_at"],
)
_IS_KEPT = Prepared(select(scanned_pages.c.state).where(scanned_pages.c.id == bindparam("page")))
_ADD_PAGE = added_row(scanned_pages)
_NOTE = Prepared(
    update(scanned_pages)
    .where(scanned_pages.c.id == bindparam("page"))
    .values(
        prepared=bindparam("made"), thumbnail=bindparam("small"), finding=bindparam("saw"),
        failure=literal_column("''"), text=literal_column("NULL"), text_turn=literal_column("NULL"),
    )
)

_ORIGINAL, _PREPARED, _THUMBNAIL = files.alias(), files.alias(), files.alias()
_PAGES = (
    select(
        scanned_pages,
        _ORIGINAL.c.size.label("original_size"), _ORIGINAL.c.mime.label("original_mime"),
        _PREPARED.c.size.label("prepared_size"), _PREPARED.c.mime.label("prepared_mime"),
        _THUMBNAIL.c.size.label("thumbnail_size"), _THUMBNAIL.c.mime.label("thumbnail_mime"),
    )
    .join(_ORIGINAL, _ORIGINAL.c.sha256 == scanned_pages.c.original)
    .outerjoin(_PREPARED, _PREPARED.c.sha256 == scanned_pages.c.prepared)
    .outerjoin(_THUMBNAIL, _THUMBNAIL.c.sha256 == scanned_pages.c.thumbnail)
)


def keep_page(
    connection: Connection, blobs: BlobStore, *, page_id: str, intent: str, batch: str, ordinal: int, source: str,
    content: bytes, mime: str, now: datetime,
) -> ScannedPage:
    """Keep a page as it arrived; safe and shown as soon as the caller's transaction is committed.

    The content is written and read back before the row. The same page twice is one page. Raises `page_reused` (its
    id bears another content) and what `BlobStore.put` raises, disk_full above all: nothing half is then here.
    """
    is_known = _IS_KEPT.first(connection, {"page": page_id}) is not None
    blob = blobs.put(content, mime)
    if is_known:
        known = _known(connection, page_id)
        if (known.intent, known.original.sha256) != (intent, blob.sha256):
            raise Refusal("page_reused")
        return known
    note_file(connection, blob, now)
    _ADD_PAGE.run(connection, {
        "id": page_id, "intent": intent, "batch": batch, "ordinal": ordinal, "source": source, "arrived_at": now,
        "original": blob.sha256, "prepared": None, "thumbnail": None, "finding": None, "failure": "",
        "state": int(PageState.WAITING), "text": None, "text_turn": None,
    })
    return ScannedPage(page_id, intent, batch, ordinal, source, now, blob)


def note_prepared(
    connection: Connection, blobs: BlobStore, page_id: str, prepared: bytes, mime: str, thumbnail: bytes,
    finding: Finding,
) -> ScannedPage:
    """What the light table made of the page: contents first, then the row. Prepared again, the newer one holds
    and its words are to be read anew; the original never changes. Raises `page_unknown` and what `BlobStore.put`
    raises."""
    page = _known(connection, page_id)
    made, small = blobs.put(prepared, mime), blobs.put(thumbnail, "image/jpeg")
    for blob in (made, small):
        note_file(connection, blob, page.arrived_at)
    _NOTE.run(connection, {
        "page": page.id, "made": made.sha256, "small": small.sha256,
        "saw": _finding_text(finding),
    })
    return _known(connection, page_id)


def note_failure(connection: Connection, page_id: str, code: str) -> None:
    """Why the light table could not prepare the page; the original stays and can be tried again."""
    connection.execute(update(scanned_pages).where(scanned_pages.c.id == page_id).values(failure=code))


def note_text(
    connection: Connection, blobs: BlobStore, page: ScannedPage, turn: int, layer: bytes | None
) -> bool:
    """Keep the words read on the prepared `page` turned by `turn`, the content first; None: given up, or no words.

    False, and nothing is noted, when the page has been prepared anew since. What was read at another turn gives
    way. The words stay on this counter: they are sent only inside the paper's PDF.
    """
    if page.prepared is None or not _is_prepared_so(connection, page.id, page.prepared.sha256):
        return False
    blob = None if layer is None else blobs.put(layer, PDF)
    if blob is not None:
        note_file(connection, blob, page.arrived_at)
    connection.execute(
        update(scanned_pages)
        .where(scanned_pages.c.id == page.id)
        .values(text=None if blob is None else blob.sha256, text_turn=turn % 360)
    )
    return True


def wants_text(connection: Connection, page_id: str, turn: int) -> bool:
    """Whether the words of a page, turned by `turn`, are still to be read. Not of one that was filed without them:
    its PDF is made. One that was filed with them and turned since may be filed anew."""
    row = connection.execute(
        select(scanned_pages.c.state, scanned_pages.c.text_turn).where(scanned_pages.c.id == page_id)
    ).one_or_none()
    if row is None or row.text_turn == turn % 360:
        return False
    return bool(row.state != PageState.FILED or row.text_turn is not None)


def page_texts(connection: Connection, intent: str) -> dict[str, PageText]:
    """By page, what was read in an intake so far."""
    rows = connection.execute(
        select(scanned_pages.c.id, scanned_pages.c.text_turn, files.c.sha256, files.c.size, files.c.mime)
        .outerjoin(files, files.c.sha256 == scanned_pages.c.text)
        .where(scanned_pages.c.intent == intent, scanned_pages.c.text_turn.is_not(None))
    )
    return {
        row.id: PageText(row.text_turn, None if row.sha256 is None else Blob(row.sha256, row.size, row.mime))
        for row in rows
    }


def note_file(connection: Connection, blob: Blob, now: datetime) -> None:
    """Name a content that is kept; it stays here unless a dossier's operation asks for it to be sent."""
    _KEEP_FILE.run(
        connection, {"sha256": blob.sha256, "size": blob.size, "mime": blob.mime, "kept_at": now}
    )


def pages(connection: Connection, intent: str) -> tuple[ScannedPage, ...]:
    """All pages of an intake in the order of arrival, whatever became of them."""
    query = _PAGES.where(scanned_pages.c.intent == intent).order_by(scanned_pages.c.id)
    return tuple(_page(row) for row in connection.execute(query))


def find_page(connection: Connection, page_id: str) -> ScannedPage | None:
    row = connection.execute(_PAGES.where(scanned_pages.c.id == page_id)).one_or_none()
    return None if row is None else _page(row)


def filed_pages(connection: Connection, intent: str) -> frozenset[str]:
    """Ids of the pages that stand in a document already."""
    return frozenset(
        connection.execute(
            select(scanned_pages.c.id)
            .where(scanned_pages.c.intent == intent, scanned_pages.c.state == int(PageState.FILED))
        ).scalars()
    )


def waiting_pages(connection: Connection) -> tuple[WaitingTray, ...]:
    """Every intake with pages in no document, the newest first: offered at start and on Home."""
    # As the partial index says it.
    is_waiting: ColumnElement[bool] = literal_column("(scanned_pages.state = 0)")
    newest = func.max(scanned_pages.c.arrived_at).label("newest")
    rows = connection.execute(
        select(scanned_pages.c.intent, func.count().label("amount"), newest, journal.c.number, journal.c.type)
        .outerjoin(journal, journal.c.intent == scanned_pages.c.intent)
        .where(is_waiting)
        .group_by(scanned_pages.c.intent)
        .order_by(newest.desc())
    )
    return tuple(
        WaitingTray(
            row.intent, row.amount, row.newest, row.number if row.type == Type.DOSSIER_RECEIVED else None
        )
        for row in rows
    )


def save_arrangement(connection: Connection, intent: str, arrangement: Arrangement, now: datetime) -> None:
    """Keep where the pages lie; those left out and the separator sheets wait for nothing any more."""
    text_ = json.dumps(to_body(arrangement), ensure_ascii=False, separators=(",", ":"))
    statement = insert(scan_trays).values(intent=intent, arrangement=text_, saved_at=now)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["intent"], set_={"arrangement": text_, "saved_at": now}
        )
    )
    _set_states(connection, intent, set_aside(arrangement))


def read_arrangement(connection: Connection, intent: str) -> Arrangement | None:
    """Where the pages lay when it was saved last; None when nothing was arranged yet."""
    found = connection.execute(
        select(scan_trays.c.arrangement).where(scan_trays.c.intent == intent)
    ).scalar_one_or_none()
    return None if found is None else from_body(Arrangement, json.loads(found))


def set_aside(arrangement: Arrangement) -> frozenset[str]:
    """Ids of the pages that shall stand in no document."""
    left_out = {
        page.page_id
        for place in arrangement.places for stack in place.stacks for page in stack.pages if page.is_left_out
    }
    return frozenset(left_out | {page.page_id for page in arrangement.separators})


def mark_filed(connection: Connection, page_ids: Iterable[str]) -> None:
    """These pages stand in a document now."""
    _change(connection, page_ids, PageState.FILED)


def leave_pages_out(connection: Connection, intent: str) -> None:
    """The form became no dossier: its pages stand in no document and wait for nothing any more."""
    rows = connection.execute(
        select(scanned_pages.c.id)
        .where(scanned_pages.c.intent == intent, scanned_pages.c.state == int(PageState.WAITING))
    ).scalars().all()
    _change(connection, rows, PageState.LEFT_OUT)


def declare_count(connection: Connection, intent: str, batch: str, declared: int) -> None:
    """How many pages the clerk counted in a batch. Raises `page_count_below_one`."""
    if declared < 1:
        raise Refusal("page_count_below_one")
    statement = insert(scan_batches).values(intent=intent, batch=batch, feed="", target="", declared=declared)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["intent", "batch"], set_={"declared": declared})
    )


def declared_counts(connection: Connection, intent: str) -> dict[str, int]:
    """Pages as counted, by batch."""
    rows = connection.execute(
        select(scan_batches.c.batch, scan_batches.c.declared)
        .where(scan_batches.c.intent == intent, scan_batches.c.declared > 0)
    )
    return {row.batch: row.declared for row in rows}


def _set_states(connection: Connection, intent: str, aside: frozenset[str]) -> None:
    """Bring the pages that stand in no document to "left out" or back to "waiting"; most stay as they are."""
    rows = connection.execute(
        select(scanned_pages.c.id, scanned_pages.c.state)
        .where(scanned_pages.c.intent == intent, scanned_pages.c.state != int(PageState.FILED))
    ).all()
    for state in (PageState.WAITING, PageState.LEFT_OUT):
        is_aside = state is PageState.LEFT_OUT
        changed = [row.id for row in rows if (row.id in aside) == is_aside and row.state != state]
        _change(connection, changed, state)


_CHANGE = text("UPDATE scanned_pages SET state = :state WHERE id = :page")


def _change(connection: Connection, page_ids: Iterable[str], state: PageState) -> None:
    values: Sequence[dict[str, Any]] = [{"page": page_id, "state": int(state)} for page_id in page_ids]
    if values:
        connection.execute(_CHANGE, values)


def _finding_text(finding: Finding) -> str:
    # Journal bodies know no fractions; a finding never enters the journal.
    fractions = {"skew_degrees": float(finding.skew_degrees), "ink_share": float(finding.ink_share)}
    return json.dumps(asdict(finding) | fractions, ensure_ascii=False)


def _is_prepared_so(connection: Connection, page_id: str, prepared: str) -> bool:
    found = select(scanned_pages.c.id).where(scanned_pages.c.id == page_id, scanned_pages.c.prepared == prepared)
    return connection.execute(found).first() is not None


def _known(connection: Connection, page_id: str) -> ScannedPage:
    page = find_page(connection, page_id)
    if page is None:
        raise Refusal("page_unknown")
    return page


def _page(row: Row[Any]) -> ScannedPage:
    def blob(name: str) -> Blob | None:
        sha256 = getattr(row, name)
        return None if sha256 is None else Blob(sha256, getattr(row, f"{name}_size"), getattr(row, f"{name}_mime"))

    original = blob("original")
    assert original is not None
    return ScannedPage(
        id=row.id, intent=row.intent, batch=row.batch, ordinal=row.ordinal, source=row.source,
        arrived_at=row.arrived_at, original=original, prepared=blob("prepared"), thumbnail=blob("thumbnail"),
        finding=None if row.finding is None else from_body(Finding, json.loads(row.finding)),
        failure=row.failure,
    )
