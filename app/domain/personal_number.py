"""The 12-digit personal number (số định danh cá nhân): PPP G YY NNNNNN.

PPP is the province of birth registration (or a country for births registered abroad), G century and sex,
YY the year of birth; the last six digits are random. There is **no check digit**: a mistyped number cannot
be caught by arithmetic, only doubted where G and YY contradict the card.
Source: Thông tư 07/2016/TT-BCA, Nghị định 137/2015/NĐ-CP, Luật Căn cước 2023.
"""

from __future__ import annotations

import re

from app.domain.applicant import Gender

_TWELVE_DIGITS = re.compile(r"[0-9]{12}")

PROVINCES: dict[str, str] = {
    "001": "Hà Nội", "002": "Hà Giang", "004": "Cao Bằng", "006": "Bắc Kạn", "008": "Tuyên Quang",
    "010": "Lào Cai", "011": "Điện Biên", "012": "Lai Châu", "014": "Sơn La", "015": "Yên Bái",
    "017": "Hoà Bình", "019": "Thái Nguyên", "020": "Lạng Sơn", "022": "Quảng Ninh", "024": "Bắc Giang",
    "025": "Phú Thọ", "026": "Vĩnh Phúc", "027": "Bắc Ninh", "030": "Hải Dương", "031": "Hải Phòng",
    "033": "Hưng Yên", "034": "Thái Bình", "035": "Hà Nam", "036": "Nam Định", "037": "Ninh Bình",
    "038": "Thanh Hóa", "040": "Nghệ An", "042": "Hà Tĩnh", "044": "Quảng Bình", "045": "Quảng Trị",
    "046": "Huế", "048": "Đà Nẵng", "049": "Quảng Nam", "051": "Quảng Ngãi", "052": "Bình Định",
    "054": "Phú Yên", "056": "Khánh Hòa", "058": "Ninh Thuận", "060": "Bình Thuận", "062": "Kon Tum",
    "064": "Gia Lai", "066": "Đắk Lắk", "067": "Đắk Nông", "068": "Lâm Đồng", "070": "Bình Phước",
    "072": "Tây Ninh", "074": "Bình Dương", "075": "Đồng Nai", "077": "Bà Rịa - Vũng Tàu",
    "079": "Hồ Chí Minh", "080": "Long An", "082": "Tiền Giang", "083": "Bến Tre", "084": "Trà Vinh",
    "086": "Vĩnh Long", "087": "Đồng Tháp", "089": "An Giang", "091": "Kiên Giang", "092": "Cần Thơ",
    "093": "Hậu Giang", "094": "Sóc Trăng", "095": "Bạc Liêu", "096": "Cà Mau",
}
"""The 63 codes. The mergers of 2025 changed none: a number is for life."""


def is_personal_number(text: str) -> bool:
    """Whether `text` is twelve ASCII digits and nothing else."""
    return _TWELVE_DIGITS.fullmatch(text) is not None


def has_known_province(number: str) -> bool:
    """Whether the first three digits name a province; False for those born abroad as well."""
    return number[:3] in PROVINCES


def gender_in(number: str) -> Gender:
    """The sex that the fourth digit states: even Nam, odd Nữ."""
    return "Nữ" if int(number[3]) % 2 else "Nam"


def birth_year_in(number: str) -> int:
    """The year of birth that digits four to six state: 0/1 is 19xx, 2/3 is 20xx, and so on to 23xx."""
    return 1900 + int(number[3]) // 2 * 100 + int(number[4:6])
