"""What the province's operator does with what a counter gives to support.

    python -m sync.gateway support-code K7QM4-2MX8P        a code read over the telephone, in words
    python -m sync.gateway support-bundle FILE --data DIR  a bundle, opened with the province's key

JSON on stdout; exit 0, 1 where it cannot be read, 2 wrong use. The bundle needs the folder's key, no database.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sync.contract.support_bundle import SupportFault, open_bundle, read_head
from sync.contract.support_code import (
    CONTACT_WITHIN,
    WAITING_FROM,
    Contact,
    NotACode,
    Standing,
    Waiting,
    read_code,
)
from sync.contract.support_numbers import UNFORESEEN, code_of, titles
from sync.gateway.province import KEY_FILE, load_seal

COMMANDS = ("support-code", "support-bundle")

_WRONG = {
    "length": "Mã có 10 chữ, hai nhóm năm chữ. Nhờ đọc lại cả mã.",
    "letter": "Chữ thứ {place} không có trong mã. Nhờ đọc lại.",
    "check": "Có chữ nghe nhầm. Nhờ đọc lại từng chữ.",
    "layout": "Mã của bản phần mềm mới hơn bản ở đây.",
}
_UNFORESEEN_WORDS = "Lỗi chưa lường trước: loại lỗi nằm trong gói hỗ trợ"
_FLAGS = (
    ("is_line_down", "không liên lạc được với tỉnh"), ("is_medium_missing", "ổ thứ hai vắng hoặc chưa đặt"),
    ("is_disk_low", "ổ đĩa sắp đầy"), ("is_clock_doubtful", "đồng hồ máy đáng ngờ"),
    ("is_practice", "đang ở chế độ luyện tập"),
)


def main(word: str, argv: Sequence[str]) -> int:
    """`word` is one of COMMANDS."""
    parser = argparse.ArgumentParser(prog=f"python -m sync.gateway {word}")
    if word == "support-code":
        parser.add_argument("code", nargs="+", help="as it was read out; groups may stand apart")
        return _say(_read(" ".join(parser.parse_args(argv).code)))
    parser.add_argument("file", type=Path)
    parser.add_argument("--data", type=Path, default=Path("gateway-data"), help="folder of the province's key")
    said = parser.parse_args(argv)
    return _say(_open(said.file, said.data))


def in_words(standing: Standing) -> Mapping[str, Any]:
    """What a code says, for an operator: Vietnamese sentences, and the error's own word for the handbook."""
    code = code_of(standing.error)
    title = _UNFORESEEN_WORDS if code == UNFORESEEN else re.sub(r"{.*?}", "…", titles("vi").get(code, ""))
    version = ".".join(map(str, standing.version)) if any(standing.version) else "chạy từ mã nguồn"
    return {
        "version": version, "error": code or None, "title": title or None, "number": standing.error,
        "waiting": _waiting(standing.waiting), "contact": _contact(standing.contact),
        "flags": [words for name, words in _FLAGS if getattr(standing, name)],
    }


def _read(text: str) -> dict[str, Any]:
    try:
        return {"ok": True, **in_words(read_code(text))}
    except NotACode as error:
        return {"ok": False, "reason": error.what, "said": _WRONG[error.what].format(place=error.place)}


def _open(file: Path, data: Path) -> dict[str, Any]:
    if not (data / KEY_FILE).is_file():            # never make a province by looking into a bundle
        return {"ok": False, "reason": "data_folder_or_url"}
    try:
        content = file.read_bytes()
        head, facts = read_head(content), open_bundle(content, load_seal(data).opening_key)
    except OSError:
        return {"ok": False, "reason": "file_unreadable"}
    except SupportFault as fault:
        return {"ok": False, "reason": f"support_bundle_{fault.what}"}
    return {"ok": True, "head": head, "facts": facts}


def _waiting(size: Waiting) -> str:
    if size is Waiting.UNKNOWN:
        return "không rõ, sổ chưa mở được"
    if size is Waiting.NONE:
        return "không có việc nào chờ gửi"
    least = WAITING_FROM[size]
    above = sorted(each for each in WAITING_FROM.values() if each > least)
    return f"{least}–{above[0] - 1} việc chờ gửi" if above else f"từ {least} việc chờ gửi"


def _contact(age: Contact) -> str:
    special = {Contact.UNKNOWN: "không rõ", Contact.NEVER: "chưa lần nào liên lạc với tỉnh",
               Contact.LONGER: "liên lạc gần nhất hơn 7 ngày trước"}
    if age in special:
        return special[age]
    minutes = CONTACT_WITHIN[age]
    hours, days = minutes // 60, minutes // 1440
    span = f"{days} ngày" if days > 1 else f"{hours} giờ" if hours else f"{minutes} phút"
    return f"liên lạc gần nhất trong vòng {span}"


def _say(answer: dict[str, Any]) -> int:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1) + "\n")
    return 0 if answer["ok"] else 1
