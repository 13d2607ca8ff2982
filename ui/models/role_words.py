"""The roles of the province's office file, as people at the counter call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.domain.people.roles import Role
from ui.translations import mark, tr

ROLE_WORDS: Mapping[Role, str] = {
    Role.INTAKE: mark("Tiếp nhận"),
    Role.RETURN: mark("Trả kết quả"),
    Role.CASHIER: mark("Thu ngân"),
    Role.SHIFT_LEAD: mark("Trưởng ca"),
    Role.CATALOGUE_ADMIN: mark("Quản trị danh mục"),
    Role.AUDITOR: mark("Kiểm tra, chỉ xem"),
}


def role_words(roles: Iterable[Role]) -> str:
    """In the order of the table; a word for none."""
    held = frozenset(roles)
    said = (tr(words) for role, words in ROLE_WORDS.items() if role in held)
    return ", ".join(said) or tr("chưa được giao việc gì")
