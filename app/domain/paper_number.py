"""Numbers of the papers that travel: lists, slips and minutes, given by a counter alone and unique without a line.

    BG-261122-7K3H-001-P
    kind, day, tag of the counter's device, running number of that kind, day and device, check sign

The number is what the paper's barcodes hold and what people say on the telephone. It can be taken for no dossier
code, and a hand-held scanner types it unharmed (`app.domain.wedge_signs`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.wedge_signs import SIGNS, check_sign, digest_signs


class PaperKind(StrEnum):
    """The first two letters of a number, from the paper's Vietnamese name."""

    HANDOVER = "BG"                # danh sách bàn giao hồ sơ
    DISCREPANCY = "CL"             # phiếu chênh lệch
    RESULTS = "KQ"                 # phiếu bàn giao kết quả
    RESULT_RECEIPT = "TK"          # giấy biên nhận trả kết quả
    POST = "BC"                    # bảng kê bưu chính
    PICKUP = "GT"                  # giấy thu gom tại nhà
    GROUP = "NH"                   # biên bản giao nhận nhiều hồ sơ, theo nhóm
    SHIFT = "BB"                   # biên bản bàn giao ca
    CASH = "CQ"                    # biên bản chốt quỹ
    SLIP = "PT"                    # phiếu thu tạm
    REMITTANCE = "NT"              # bảng kê nộp tiền


MOST = 9999
_TAG = 4
_NUMBER = re.compile(rf"(?P<said>(?P<kind>[A-Z]{{2}})-(?P<day>[0-9]{{6}})-(?P<tag>[{SIGNS}]{{{_TAG}}})"
                     rf"-(?P<n>[0-9]{{3,4}}))-(?P<check>[{SIGNS}])")


@dataclass(frozen=True, slots=True)
class PaperNumber:
    """A number taken apart; `text` is what is printed."""

    text: str
    kind: PaperKind
    day: date
    tag: str                       # of the device that gave it
    n: int


def device_tag(device: str) -> str:
    """Four signs for a device. Two counters share them once in 280,000 pairs: enough to tell apart the counters of
    an office and of those who deal with it; in the province's books a paper is known by its operation instead."""
    return digest_signs(device, _TAG)


def paper_number(kind: PaperKind | str, day: date, device: str, n: int) -> str:
    """The number of the n-th paper of its kind that `device` makes on `day`; n from 1 to 9999, else ValueError."""
    if not 0 < n <= MOST:
        raise ValueError("a running number is 1 to 9999")
    said = f"{PaperKind(kind)}-{day:%y%m%d}-{device_tag(device)}-{n:03d}"
    return f"{said}-{check_sign(said)}"


def read_paper_number(text: str) -> PaperNumber | None:
    """The number in a scan or as typed, in any case; None when it is none, damaged, or of an unknown kind."""
    found = _NUMBER.fullmatch(text.strip().upper())
    if found is None or found["kind"] not in set(PaperKind) or check_sign(found["said"]) != found["check"]:
        return None
    digits = found["day"]
    try:
        day = date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return None
    n = int(found["n"])
    if n == 0 or found["n"] != f"{n:03d}":
        return None
    return PaperNumber(found[0], PaperKind(found["kind"]), day, found["tag"], n)
