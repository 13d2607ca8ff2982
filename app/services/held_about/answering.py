"""The report on one person: what was found, in the words of the paper; and the line that says why it was asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from app.domain.calendar import Calendar
from app.domain.deadline_policy import DeadlinePolicy
from app.domain.dossier import State
from app.domain.dossier_code import parse_code
from app.domain.event_words import STATES
from app.domain.held_about import (
    APPLICANT,
    CONTACTS,
    NAMED,
    SUBMITTER,
    WORKING_DAYS,
    HeldAbout,
    HeldData,
    HeldDossier,
    HeldLook,
    HeldMoney,
    HeldOther,
    read_number,
    shown_date,
)
from app.domain.identifiers import Randomness
from app.domain.operation import Type, parse
from app.domain.procedure import ProcessingTime, TimeUnit
from app.domain.retention import Hold, Policy, list_day, read_policy, scan_day
from app.domain.till.entries import EntryKind
from app.domain.vietnam_time import local
from app.domain.workdays import compute_due
from app.errors import Refusal
from app.services.asked import ask_data
from app.services.counter import Clerk, Counter
from app.services.held_about.finding import DRAFT, Found, find
from app.services.retention.kept import Standings
from app.services.retention.purging import retention_day
from app.store import projection
from app.store.tables import (
    dossiers,
    feed_entries,
    files,
    journal,
    money_entries,
    paper_documents,
    paper_prints,
    print_jobs,
)

WHAT = "held_about"
"""What the journal calls it; the number that was asked for is not written there."""

_ROLES = (APPLICANT, SUBMITTER, NAMED)
_MONEY: Mapping[str, str] = {
    EntryKind.COLLECTED: "Thu tiền", EntryKind.VOIDED: "Hủy khoản thu", EntryKind.REFUNDED: "Hoàn tiền",
}
_LOOKED: Mapping[str, str] = {"identifier": "số giấy tờ", "phone": "số điện thoại"}
_OTHERS: Mapping[str, str] = {
    DRAFT: "Phiếu đang soạn hoặc để tạm, chưa thành hồ sơ", Type.REFUSAL_MADE: "Phiếu từ chối tiếp nhận",
    Type.PICKUP_MADE: "Phiếu hẹn nhận hồ sơ tại nhà", Type.ONLINE_ASSISTED: "Lượt hỗ trợ nộp trực tuyến",
}
_OTHER = "Dòng nhật ký khác có số giấy tờ này"


def held_about(
    connection: Connection, counter: Counter, clerk: Clerk, calendar: Calendar, number: str, purpose: str,
    *, now: datetime,
) -> HeldAbout:
    """What this counter holds. Reads the whole book; nothing is kept of the asking (`keep_asking`).

    Refusal `held_number_unclear`.
    """
    number = read_number(number)
    found = find(connection, number)
    policy = read_policy(counter.office)
    named = _named(connection, found.roles)
    standings = Standings(connection, policy, retention_day(connection, now))
    return HeldAbout(
        head=counter.paper_head, counter_name=counter.name, number=number, asked_at=now,
        answer_by=_answer_by(now, calendar), purpose=purpose, clerk_name=clerk.name,
        data=_data(found, {code: row.code for row, codes in named.here for code in codes}),
        dossiers=tuple(
            _dossier(connection, standings, policy, row, {role for code in codes for role in found.roles[code]})
            for row, codes in named.here),
        money=tuple(_money(connection, [row.code_key for row, _ in named.here])),
        looks=tuple(_looks(connection, {row.code for row, _ in named.here})),
        others=_others(found, named),
        terms=_terms(policy),
    )


def keep_asking(
    connection: Connection, counter: Counter, clerk: Clerk, report: HeldAbout, *, intent: str, now: datetime,
    randomness: Randomness,
) -> None:
    """The line that somebody asked, and why; before the report is shown. Raises what `ask_data` raises, and
    `act_not_allowed` for a clerk who may not."""
    ask_data(connection, counter, clerk, purpose=report.purpose, what=WHAT, count=len(report.dossiers),
             intent=intent, now=now, randomness=randomness)


@dataclass(frozen=True, slots=True)
class _Named:
    """`here`: dossiers of this book, the oldest first, each once with every code that lines wrote of it. `absent`:
    how many that are not here. `no_codes`: no dossier's: a list's own number may stand in that place."""

    here: tuple[tuple[Row[Any], tuple[str, ...]], ...]
    absent: int
    no_codes: int


def _named(connection: Connection, codes: Iterable[str]) -> _Named:
    here: dict[int, list[str]] = {}
    absent: set[str] = set()
    no_codes = 0
    for code in sorted(codes):
        try:
            dossier = projection.find_dossier(connection, code)
            if dossier is None:
                absent.add(parse_code(code).key)
            else:
                here.setdefault(dossier, []).append(code)
        except Refusal:
            no_codes += 1
    rows = ((connection.execute(select(dossiers).where(dossiers.c.id == dossier)).one(), tuple(written))
            for dossier, written in here.items())
    return _Named(tuple(sorted(rows, key=lambda each: each[0].received_at)), len(absent), no_codes)


def _dossier(
    connection: Connection, standings: Standings, policy: Policy, row: Row[Any], roles: Iterable[str]
) -> HeldDossier:
    held = frozenset(roles)
    return HeldDossier(
        code=row.code, procedure=row.procedure_name, agency=row.agency_name,
        role=", ".join(each for each in _ROLES if each in held and (each != NAMED or len(held) == 1)),
        received_at=row.received_at, state=STATES[State(row.state)],
        source="Quầy này tiếp nhận" if row.is_own else "Quầy khác tiếp nhận, tỉnh gửi tới",
        papers=_papers(connection, row.id),
        prints=_prints(connection, row.code),
        until=_until(standings, policy, row.id),
    )


def _papers(connection: Connection, dossier: int) -> str:
    documents = connection.execute(
        select(paper_documents.c.pages, files.c.sha256, files.c.purged_at)
        .outerjoin(files, files.c.sha256 == paper_documents.c.sha256)
        .where(paper_documents.c.dossier == dossier)
    ).all()
    if not documents:
        return "không có bản số hóa"
    said = f"{len(documents)} tệp số hóa, {sum(each.pages for each in documents)} trang"
    left = sum(1 for each in documents if each.purged_at is not None)
    elsewhere = sum(1 for each in documents if each.sha256 is None)
    if left:
        said += f"; {left} tệp đã chuyển về tỉnh và xóa ở máy này"
    if elsewhere:
        said += f"; {elsewhere} tệp ở quầy khác"
    return said


def _until(standings: Standings, policy: Policy, dossier: int) -> str:
    standing = standings.read(dossier)
    kept, holds = standing.kept, standings.holds(dossier)
    parts = []
    day = scan_day(kept, policy)
    if not standing.contents:
        parts.append("Không còn bản số hóa ở máy này")
    elif policy.scan_days is None or Hold.NOT_OURS in holds:
        parts.append("Bản số hóa: chưa có thời hạn xóa ở máy này")
    elif day is not None and not holds - {Hold.NOT_DUE}:
        parts.append(f"Bản số hóa: ở máy này đến {day:%d/%m/%Y}")
    else:
        parts.append(f"Bản số hóa: {policy.scan_days} ngày sau khi hồ sơ xong và tỉnh nhận đủ tệp")
    end = list_day(kept, policy)
    if end is not None:
        parts.append(f"Tên, số giấy tờ, điện thoại: trong danh sách và tra cứu đến {end:%d/%m/%Y}")
    return ". ".join(parts)


def _terms(policy: Policy) -> tuple[str, ...]:
    days, months = policy.scan_days, policy.personal_months
    scans = ("Bản số hóa: tỉnh chưa đặt thời hạn xóa ở máy của quầy." if days is None else
             f"Bản số hóa tự xóa ở máy của quầy {days} ngày sau khi hồ sơ xong và tỉnh xác nhận giữ đủ tệp; "
             "bản ở kho của tỉnh do cơ quan quản lý.")
    personal = ("Tên, số giấy tờ, điện thoại: tỉnh chưa đặt thời hạn gỡ." if months is None else
                f"Tên, số giấy tờ, điện thoại gỡ khỏi danh sách và tra cứu {months} tháng sau khi hồ sơ xong.")
    journal_ = ("Nhật ký của quầy, mã hóa trên đĩa, là chứng từ có chữ ký số: không sửa và không xóa từng dòng "
                "được.")
    return scans, personal, journal_


def _data(found: Found, names: Mapping[str, str]) -> tuple[HeldData, ...]:
    """`names`: how a dossier is called here, by what a line wrote."""
    order = list(CONTACTS)
    known = sorted(found.beside.items(), key=lambda each: (order.index(each[0][0]), each[0]))
    return tuple(
        HeldData(CONTACTS[name], "có giữ nguyên văn" if name == "card_text" else shown_date(value),
                 tuple(sorted({names.get(code, code) for code in codes if code})))
        for (name, value), codes in known
    )


def _prints(connection: Connection, code: str) -> int:
    receipts = select(func.count()).select_from(print_jobs).where(print_jobs.c.code == code)
    papers = select(func.count()).select_from(paper_prints).where(paper_prints.c.code == code)
    return int(connection.execute(receipts).scalar_one() + connection.execute(papers).scalar_one())


def _money(connection: Connection, keys: Sequence[str]) -> Iterator[HeldMoney]:
    for key in keys:
        rows = connection.execute(
            select(money_entries).where(money_entries.c.code_key == key, money_entries.c.code_key != "")
            .order_by(money_entries.c.at, money_entries.c.op_id)
        )
        for row in rows:
            yield HeldMoney(row.at, row.code, _MONEY.get(row.kind, row.kind), row.amount)


def _looks(connection: Connection, codes: frozenset[str] | set[str]) -> Iterator[HeldLook]:
    """Who opened a number or telephone number in full, here and at the counters whose lines are here."""
    wanted = {parse_code(code).key for code in codes}
    own = select(journal.c.payload).where(journal.c.type == Type.PERSON_REVEALED).order_by(journal.c.position)
    fed = select(func.json_extract(feed_entries.c.payload, "$.payload")).where(
        func.instr(feed_entries.c.payload, Type.PERSON_REVEALED) > 0)
    for query in (own, fed):
        for payload in connection.execute(query).scalars():
            try:
                operation = parse(payload or "", b"")
                code = str(operation.body["code"])
                is_wanted = operation.header.type == Type.PERSON_REVEALED and parse_code(code).key in wanted
            except (ValueError, KeyError, Refusal):
                continue
            if is_wanted:
                what = str(operation.body.get("what", ""))
                yield HeldLook(datetime.fromisoformat(operation.header.wall_time),
                               str(operation.body.get("clerk_name", "")), code, _LOOKED.get(what, what))


def _others(found: Found, named: _Named) -> tuple[HeldOther, ...]:
    """Lines without a dossier; and dossiers that are named here and not here themselves."""
    counted: dict[str, int] = {}
    for kind, amount in found.others.items():
        if amount:
            name = _OTHERS.get(kind, _OTHER)
            counted[name] = counted.get(name, 0) + amount
    if named.no_codes:
        counted[_OTHER] = counted.get(_OTHER, 0) + named.no_codes
    if named.absent:
        counted["Hồ sơ có nhắc tới số này mà máy này không giữ"] = named.absent
    return tuple(HeldOther(name, amount) for name, amount in sorted(counted.items()))


def _answer_by(now: datetime, calendar: Calendar) -> datetime | None:
    try:
        time = ProcessingTime(WORKING_DAYS, TimeUnit.WORKING_DAY)
        due = compute_due(now, time, DeadlinePolicy(), calendar).due
    except Refusal:
        return None
    return None if due is None else local(due)
