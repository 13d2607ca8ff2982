"""What is known of a digitised paper, and which papers of a dossier are to be digitised.

Names in Vietnamese are those of the national record of a digitised paper (Giấy tờ số hóa, domain facts 8).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any

from app.domain.intake import PaperStatus
from app.errors import Refusal

RESULT = "ket-qua"
"""In place of a requirement's code: the dossier's own result (LoaiSoHoa: kết quả), where it is a paper."""

PDF = "application/pdf"
MEGABYTE = 1 << 20


class DigitisedStatus(IntEnum):
    """TrangThaiSoHoa of a requirement, national codes."""

    NONE = 0                       # chưa số hóa
    DIGITISED = 1                  # được số hóa
    REUSED_PAPER = 2               # tái sử dụng từ thành phần hồ sơ khác
    REUSED_RESULT = 3              # tái sử dụng từ kết quả hồ sơ khác


@dataclass(frozen=True, slots=True)
class PaperAbout:
    """Metadata of a digitised paper; everything may be empty but who digitised it, which filing fills in."""

    name: str = ""                 # Tên
    type_code: str = ""            # MaGiayTo: the paper type's code
    owner_id: str = ""             # MaDinhDanh
    owner: str = ""                # ChuGiayTo
    number: str = ""               # SoKyHieu
    issued_on: date | None = None  # NgayBanHanh
    issuer: str = ""               # CoQuanBanHanh
    signer: str = ""               # NguoiKy
    excerpt: str = ""              # TrichYeu
    valid_to: date | None = None   # ThoiHanHieuLuc
    is_permanent: bool = False     # ThoiHanVinhVien
    scope: str = ""                # PhamViHieuLuc
    digitised_by: str = ""         # NguoiSoHoa: the clerk's name
    digitised_at: datetime | None = None           # ThoiGianSoHoa
    unit: str = ""                 # DonVi

    def is_expired(self, day: date) -> bool:
        """Whether the paper says of itself that it no longer holds on `day`."""
        return not self.is_permanent and self.valid_to is not None and self.valid_to < day


@dataclass(frozen=True, slots=True)
class QualityCheck:
    """What the clerk looked at before the citizen left; False: not looked at."""

    is_complete: bool = False      # all pages are there
    is_readable: bool = False      # upright and legible
    is_right_person: bool = False  # no page of another citizen or dossier
    is_compared: bool = False      # đã đối chiếu bản chính

    @property
    def is_good(self) -> bool:
        return self.is_complete and self.is_readable and self.is_right_person


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a digitised paper; `originals` are the contents that its pages were made from.

    `turns`: degrees clockwise by which the clerk turned each of them; empty when none was turned.
    """

    sha256: str
    size: int
    mime: str
    pages: int
    originals: tuple[str, ...] = ()
    turns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ReusedFrom:
    """Where a reused paper was digitised."""

    code: str
    requirement: str
    version: int


class Wanted(StrEnum):
    """Which of the papers handed in are to be digitised."""

    PRESENT = "present"            # every one of them
    REQUIRED = "required"          # those that the procedure requires
    LISTED = "listed"              # those that the authority lists
    NONE = "none"


@dataclass(frozen=True, slots=True)
class DigitisingRule:
    """What this office digitises, by configuration, and how large a file may be.

    Thông tư 01/2023/TT-VPCP names results of earlier procedures, papers that special law names and papers that
    the authority lists; without such a list everything that was handed in is digitised. `listed` maps a
    procedure's code ("" for all) to requirement codes.
    """

    wanted: Wanted = Wanted.PRESENT
    listed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    file_limit: int = 20 * MEGABYTE
    dossier_limit: int = 60 * MEGABYTE

    def papers(self, procedure: str, papers: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
        """Codes of the requirements to digitise, of a dossier's papers as its journal line has them."""
        given = (paper for paper in papers if paper["status"] == PaperStatus.PRESENT.value)
        return tuple(dict.fromkeys(
            str(paper["requirement"]) for paper in given
            if self._is_wanted(procedure, str(paper["requirement"]), bool(paper["is_required"]))
        ))

    def _is_wanted(self, procedure: str, requirement: str, is_required: bool) -> bool:
        match self.wanted:
            case Wanted.PRESENT:
                return True
            case Wanted.REQUIRED:
                return is_required
            case Wanted.LISTED:
                return any(requirement in self.listed.get(key, ()) for key in (procedure, ""))
            case Wanted.NONE:
                return False


def parse_rule(text: str | None) -> DigitisingRule:
    """The rule in a JSON text that `rule_body` gave; the default for None. Raises `digitising_rule_damaged`."""
    if text is None:
        return DigitisingRule()
    try:
        body = json.loads(text)
        plain = DigitisingRule()
        return DigitisingRule(
            Wanted(body.get("wanted", plain.wanted)),
            {str(key): frozenset(map(str, codes)) for key, codes in dict(body.get("listed", {})).items()},
            int(body.get("file_limit", plain.file_limit)), int(body.get("dossier_limit", plain.dossier_limit)),
        )
    except (ValueError, TypeError, AttributeError) as error:
        raise Refusal("digitising_rule_damaged") from error


def rule_body(rule: DigitisingRule) -> dict[str, Any]:
    """The rule as JSON values."""
    return {
        "wanted": rule.wanted.value, "listed": {key: sorted(codes) for key, codes in rule.listed.items()},
        "file_limit": rule.file_limit, "dossier_limit": rule.dossier_limit,
    }
