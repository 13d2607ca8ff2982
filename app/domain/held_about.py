"""What a counter holds about one person (báo cáo dữ liệu cá nhân đang giữ), and where in a text they stand.

Whoever asks has a right to know (Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP; answered within two working days).
People are found by the number of a document and by nothing else: a name is many persons'.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.identity_number import is_identity_number
from app.domain.papers import OfficeHead
from app.domain.text import nfc
from app.errors import Refusal

WORKING_DAYS = 2
"""Within which a data subject is answered."""

CONTACTS: Mapping[str, str] = {
    "full_name": "Họ và tên", "birth_date": "Ngày sinh", "gender": "Giới tính", "address": "Địa chỉ",
    "phone": "Điện thoại", "email": "Thư điện tử", "old_id": "Số giấy tờ cũ", "id_issue_date": "Ngày cấp",
    "card_text": "Nội dung mã QR của thẻ",
}
"""Fields of a person (`app.domain.applicant.Person`) in the words of the report."""

APPLICANT, SUBMITTER, NAMED = "Chủ hồ sơ", "Người nộp hồ sơ", "Có tên trong hồ sơ"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands in a text: as what, and what is written beside it about the same person."""

    role: str
    beside: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HeldData:
    """One thing that is known of the person, and in which dossiers it stands."""

    name: str
    value: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldDossier:
    """`papers`: what is digitised, in words; `until`: how long its scans and its data stay, in words."""

    code: str
    procedure: str
    agency: str
    role: str
    received_at: datetime
    state: str
    source: str
    papers: str
    prints: int
    until: str


@dataclass(frozen=True, slots=True)
class HeldMoney:
    at: datetime
    code: str
    what: str
    amount: int                    # đồng; what went back is negative


@dataclass(frozen=True, slots=True)
class HeldLook:
    """Somebody opened a number or a telephone number in full."""

    at: datetime
    clerk: str
    code: str
    what: str


@dataclass(frozen=True, slots=True)
class HeldOther:
    """Where else the number stands: what kind of thing, how many."""

    name: str
    amount: int


@dataclass(frozen=True, slots=True)
class HeldAbout:
    """The whole answer. `number` as asked; `terms`: for how long this office keeps what, in words."""

    head: OfficeHead
    counter_name: str
    number: str
    asked_at: datetime
    answer_by: datetime | None
    purpose: str
    clerk_name: str
    data: tuple[HeldData, ...]
    dossiers: tuple[HeldDossier, ...]
    money: tuple[HeldMoney, ...]
    looks: tuple[HeldLook, ...]
    others: tuple[HeldOther, ...]
    terms: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.dossiers or self.others)


def read_number(text: str) -> str:
    """The number of an identity paper as dossiers hold it: 12 digits, 9 of an old one, or a passport's.

    Refusal `held_number_unclear`: nobody is found by a name or by the end of a telephone number.
    """
    said = "".join(nfc(text).split()).upper()
    if not is_identity_number(said):
        raise Refusal("held_number_unclear")
    return said


def places(text: Any, number: str) -> Iterator[Place]:
    """Each place of a JSON value in which `number` stands by itself: not as a part of another number."""
    yield from _inside(text, number, ())


def _inside(value: Any, number: str, path: tuple[str, ...]) -> Iterator[Place]:
    if isinstance(value, Mapping):
        if any(each == number for each in value.values()):
            yield Place(_role(path), {
                name: str(held) for name in CONTACTS if isinstance(held := value.get(name), str) and held
            })
        for name, held in value.items():
            yield from _inside(held, number, (*path, str(name)))
    elif isinstance(value, list):
        for held in value:
            if held == number:
                yield Place(_role(path), {})
            else:
                yield from _inside(held, number, path)


def _role(path: tuple[str, ...]) -> str:
    if "submitter" in path:
        return SUBMITTER
    return APPLICANT if "applicant" in path else NAMED


def shown_date(text: str) -> str:
    """"1990-03-07" as people write it; everything else as it stands."""
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return text
