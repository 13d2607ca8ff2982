"""Rows and columns of the hand-over tables, and the history a page at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from app.domain.life.facts import LineVerdict
from app.domain.manifest import SAID, LineState
from app.services.handover.answering import Extra
from app.store.queries.manifests import ManifestLine, ManifestRow, Waiting, past_manifests
from ui.delegates.dates import full_moment
from ui.models.manifest_words import LINES, MARKED, PLACES, ROUTES, extra_words, manifest_words
from ui.operations.desk import Desk
from ui.theme import Tone
from ui.translations import mark, tr
from ui.widgets.paged_table import Column, Page


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency for which something waits; `drafted` is on its list already."""

    agency: str
    name: str
    waiting: int
    drafted: int


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A dossier on the list being made, or waiting beside it. `left` are ids of originals that stay here."""

    one: Waiting
    left: tuple[str, ...] = ()

    @property
    def travelling(self) -> int:
        return sum(name not in self.left for name, _ in self.one.originals)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A line of a list with what was marked and is not stored; or an extra dossier, then `line` is None."""

    code: str
    line: ManifestLine | None
    marked: LineVerdict | None = None
    reason: str = ""
    extra: Extra | None = None


def agency_count(row: AgencyRow) -> str:
    return f"{row.drafted}/{row.waiting}" if row.drafted else str(row.waiting)


AGENCIES: tuple[Column[AgencyRow], ...] = (
    Column(mark("Cơ quan"), lambda row: row.name, tooltip=lambda row: row.name),
    Column(mark("Hồ sơ"), agency_count, is_number=True),
)


def originals_text(row: DraftRow) -> str:
    amount = len(row.one.originals)
    if not amount:
        return ""
    if not row.left:
        return tr("{n} bản đi cùng", n=amount)
    if not row.travelling:
        return tr("{n} bản ở lại", n=amount)
    return tr("{n} đi, {stay} ở lại", n=row.travelling, stay=amount - row.travelling)


def originals_tone(row: DraftRow) -> Tone:
    return "warn" if row.left else "neutral"


COL_CODE, COL_PERSON, COL_PROCEDURE, COL_DUE, COL_ORIGINALS = range(5)
DRAFT: tuple[Column[DraftRow], ...] = (
    Column(mark("Mã hồ sơ"), lambda row: row.one.code),
    Column(mark("Chủ hồ sơ"), lambda row: row.one.applicant_name),
    Column(mark("Thủ tục"), lambda row: row.one.procedure_name, tooltip=lambda row: row.one.procedure_name),
    Column(mark("Hẹn trả"), lambda row: "", value=lambda row: row.one.due_at),
    Column(mark("Bản gốc"), originals_text, tone=originals_tone,
           tooltip=lambda row: "\n".join(name for _, name in row.one.originals)),
)


def under_person(row: DraftRow) -> str:
    return tr("Giao lại: cơ quan đã trả về") if row.one.was_sent_back else ""


def under_number(row: ManifestRow) -> str:
    return row.agency_name


def lines_text(row: ManifestRow) -> str:
    return f"{row.lines - row.open_lines}/{row.lines}"


def manifest_tip(row: ManifestRow) -> str:
    made = tr("Lập {moment} · {clerk}", moment=full_moment(row.made_at), clerk=row.clerk_name)
    said = [made, tr(ROUTES[row.route])]
    if row.item_code:
        said.append(row.item_code)
    if row.reminded_at is not None:
        said.append(tr("Đã nhắc {moment}", moment=full_moment(row.reminded_at)))
    return "\n".join(said)


COL_NUMBER, COL_WHEN, COL_ANSWERED = range(3)
OPEN_LISTS: tuple[Column[ManifestRow], ...] = (
    Column(mark("Danh sách"), lambda row: row.number, tooltip=manifest_tip),
    Column(mark("Hạn xác nhận"), lambda row: "", value=lambda row: row.expected_at, tooltip=manifest_tip),
    Column(mark("Đã nhận"), lines_text, is_number=True),
)


def past_lists(clock: Callable[[], datetime]) -> tuple[Column[ManifestRow], ...]:
    return (
        Column(mark("Danh sách"), lambda row: row.number, tooltip=manifest_tip),
        Column(mark("Lập lúc"), lambda row: "", value=lambda row: row.made_at, tooltip=manifest_tip),
        Column(mark("Tình trạng"), lambda row: manifest_words(row, clock())[0],
               tone=lambda row: manifest_words(row, clock())[1]),
    )


def answer_words(row: AnswerRow) -> tuple[str, Tone]:
    if row.marked is not None:
        words, tone = MARKED[row.marked]
    else:
        words, tone = LINES[row.line.state if row.line is not None else LineState.OPEN]
    return tr(words), tone


def answer_note(row: AnswerRow) -> str:
    """What is to be known of the line beside its state: a reason, another list, where the dossier is now."""
    if row.extra is not None:
        return extra_words(row.extra)
    line = row.line
    if line is None or row.reason:
        return row.reason
    if line.state is LineState.CONFLICT and line.other_manifest:
        return tr("Đi theo danh sách {number}", number=line.other_manifest)
    said = [line.reason]
    if line.is_disputed:
        said.append(tr("có mâu thuẫn, mở hồ sơ để xử lý"))
    if line.state in SAID and line.state is not LineState.ACCEPTED and line.custody is not None:
        said.append(tr(PLACES[line.custody]))
    return " · ".join(part for part in said if part)


COL_LINE_CODE, COL_LINE_PERSON, COL_LINE_STATE, COL_LINE_NOTE = range(4)
ANSWERS: tuple[Column[AnswerRow], ...] = (
    Column(mark("Mã hồ sơ"), lambda row: row.code),
    Column(mark("Chủ hồ sơ"), lambda row: row.line.applicant_name if row.line is not None else "",
           tooltip=lambda row: row.line.procedure_name if row.line is not None else ""),
    Column(mark("Xác nhận"), lambda row: answer_words(row)[0], tone=lambda row: answer_words(row)[1]),
    Column(mark("Ghi chú"), answer_note, tooltip=answer_note),
)


def under_answer(row: AnswerRow) -> str:
    return row.line.procedure_name if row.line is not None else ""


class PastManifests:
    """All lists, newest first, a page at a time."""

    def __init__(self, desk: Desk) -> None:
        self._database = desk.office.database

    def page(self, after: object | None, limit: int, sort: str, is_descending: bool) -> Page[ManifestRow]:
        before = cast("tuple[datetime, str] | None", after)
        with self._database.reading() as connection:
            rows = past_manifests(connection, before=before, limit=limit)
        last: Any = (rows[-1].made_at, rows[-1].id) if len(rows) == limit else None
        return Page(rows, last)
