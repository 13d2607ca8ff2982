"""Names of the fields that a correction changed, from the paths the journal keeps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ui.translations import mark, tr

_FIELDS: tuple[tuple[str, str], ...] = (
    (r"procedure\.case", mark("trường hợp")),
    (r"procedure\b", mark("thủ tục")),
    (r"applicant\.(person|organisation)\.(full_name|name)", mark("tên chủ hồ sơ")),
    (r"applicant\.person\.birth_date", mark("ngày sinh")),
    (r"applicant\.person\.(personal_id|old_id|id_issue_date)", mark("số giấy tờ")),
    (r"applicant\.organisation\.tax_code", mark("mã số thuế")),
    (r"applicant\.person\.gender", mark("giới tính")),
    (r"applicant\.\w+\.address", mark("địa chỉ")),
    (r"applicant\.\w+\.phone", mark("số điện thoại")),
    (r"applicant\.\w+\.email", mark("thư điện tử")),
    (r"applicant\b", mark("chủ hồ sơ")),
    (r"submitter\b", mark("người nộp")),
    (r"papers\b", mark("giấy tờ")),
    (r"sets\b", mark("số bộ")),
    (r"(fees|fee_timing|exemption|exemption_reason|exemption_proof)\b", mark("phí, lệ phí")),
    (r"return_(method|address)\b", mark("cách trả kết quả")),
    (r"note\b", mark("ghi chú")),
    (r"national_code\b", mark("mã hồ sơ trực tuyến")),
)
_SILENT = re.compile(r"(intent|overridden|channel|pickup|group)\b|.*card_text$")
"""Parts of a form that are no field on any paper."""


def field_words(path: str) -> str:
    """The field behind a path as `app.services.correct.differences` writes it; "" for one that no paper shows."""
    if _SILENT.match(path):
        return ""
    return next((tr(words) for pattern, words in _FIELDS if re.match(pattern, path)), path)


def changed_words(changes: Iterable[tuple[str, Any, Any]]) -> str:
    """"tên chủ hồ sơ, ngày sinh": each field once, in the order of the form."""
    return ", ".join(dict.fromkeys(words for path, _, _ in changes if (words := field_words(path))))
